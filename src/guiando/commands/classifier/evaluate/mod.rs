//! `guiando classifier evaluate`: figures on labelled complaints.
//!
//! A line is a JSON object with `text`, `main`, `labels` (`main` first) and `urgency`; further fields are
//! not looked at. Blank lines count but say nothing. Every core works. No text is repeated, in a figure or in a
//! message.

mod speed;
mod table;

use std::fs;
use std::io::{self, Read as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use ::classifier::evaluation::{Figures, Labelled, compare, reliability_svg};
use ::classifier::{Classifier, Proposal};
use clap::Args;

use crate::output::{replace, to_stdout};
use speed::Speed;

/// Classifies labelled complaints and tells how often it is right
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// Labelled complaints, one JSON object a line; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Tell the figures as JSON
    #[arg(long)]
    json: bool,
    /// Where to draw stated probability against share of right ones, as SVG
    #[arg(long, value_name = "FILE")]
    reliability: Option<PathBuf>,
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// A file cannot be read.
    #[error("{} cannot be read", .file.display())]
    Read {
        /// Which.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line that is not as it must be. What it says is not repeated.
    #[error(
        "{}, line {line}, column {column}: an object with `text`, `main`, `labels`, the first of them `main` \
         and none twice, and `urgency` is needed",
        .file.display()
    )]
    Line {
        /// In which file.
        file: PathBuf,
        /// Which, from 1.
        line: usize,
        /// Where in it, from 1.
        column: usize,
    },
    /// Nothing to evaluate.
    #[error("there is no labelled complaint in what was given")]
    Empty,
    /// A thread broke.
    #[error("a classifier thread broke; report this as a fault of the program")]
    Worker,
    /// The figures cannot be written.
    #[error("the figures cannot be written")]
    Write(#[from] io::Error),
}

/// The figures and how long they took.
#[derive(serde::Serialize)]
struct Outcome {
    #[serde(flatten)]
    figures: Figures,
    speed: Speed,
}

impl Evaluate {
    pub(crate) fn run(self) -> Result<(), EvaluateError> {
        let mut texts = Vec::new();
        for file in &self.files {
            texts.extend(labelled(file, &read(file)?)?);
        }
        if texts.is_empty() {
            return Err(EvaluateError::Empty);
        }
        let classifier = ::classifier::standard();
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let begun = Instant::now();
        let (proposals, times) = classified(classifier, &texts, cores)?;
        let outcome = Outcome {
            speed: Speed::new(&texts, &times, begun.elapsed(), cores),
            figures: compare(classifier.version(), &texts, &proposals),
        };
        if let Some(plot) = self.reliability {
            replace(&plot, reliability_svg(&outcome.figures).as_bytes())?;
        }
        let told = if self.json {
            serde_json::to_string_pretty(&outcome).map_err(io::Error::from)? + "\n"
        } else {
            table::told(&outcome)
        };
        Ok(to_stdout(told.as_bytes())?)
    }
}

fn read(file: &Path) -> Result<String, EvaluateError> {
    let source = if file == Path::new("-") {
        let mut source = String::new();
        io::stdin().read_to_string(&mut source).map(|_| source)
    } else {
        fs::read_to_string(file)
    };
    source.map_err(|source| EvaluateError::Read {
        file: file.to_owned(),
        source,
    })
}

fn labelled(file: &Path, source: &str) -> Result<Vec<Labelled>, EvaluateError> {
    (1..)
        .zip(source.lines())
        .filter(|(_, json)| !json.trim().is_empty())
        .map(|(line, json)| {
            serde_json::from_str(json).map_err(|error| EvaluateError::Line {
                file: file.to_owned(),
                line,
                // Labels that cannot be are a fault of the object as a whole.
                column: error.column().max(1),
            })
        })
        .collect()
}

/// Proposals in the order of the texts, and how long each took.
fn classified(
    classifier: &dyn Classifier,
    texts: &[Labelled],
    workers: usize,
) -> Result<(Vec<Proposal>, Vec<Duration>), EvaluateError> {
    let workers = workers.max(1);
    // Dealt out in turn, so that nobody gets all the long ones of a sorted file.
    let mut done = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let own = texts.iter().enumerate().skip(worker).step_by(workers);
                    own.map(|(at, labelled)| {
                        let begun = Instant::now();
                        (at, classifier.classify(&labelled.text), begun.elapsed())
                    })
                    .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| EvaluateError::Worker))
            .collect::<Result<Vec<_>, _>>()
    })?
    .concat();
    done.sort_unstable_by_key(|(at, ..)| *at);
    Ok(done
        .into_iter()
        .map(|(_, proposal, time)| (proposal, time))
        .unzip())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::catalogue::Risk;
    use domain::routing::Urgency;

    use super::*;

    /// Proposes what the text says.
    struct Echo;

    impl Classifier for Echo {
        fn classify(&self, text: &str) -> Proposal {
            let main: Risk = text.parse().unwrap_or(Risk::FueraCompetencia);
            Proposal {
                main,
                labels: vec![main],
                probabilities: BTreeMap::from([(main, 1.0)]),
                urgency: Urgency::Media,
                review: false,
                evidence: Vec::new(),
                counter_evidence: Vec::new(),
            }
        }

        fn version(&self) -> &'static str {
            "echo"
        }
    }

    #[test]
    fn proposals_keep_the_order_of_the_texts() {
        let line = |risk: &Risk| {
            format!(
                r#"{{"text":"{risk}","main":"{risk}","labels":["{risk}"],"urgency":"alta","style":"x"}}"#
            )
        };
        let source = Risk::ALL.iter().map(line).collect::<Vec<_>>().join("\n\n");
        let texts = labelled(Path::new("x"), &source).unwrap();
        for workers in [1, 2, 5, 40] {
            let (proposals, times) = classified(&Echo, &texts, workers).unwrap();
            assert_eq!(times.len(), texts.len());
            let mains: Vec<_> = proposals.iter().map(|proposal| proposal.main).collect();
            assert_eq!(mains, Risk::ALL);
        }
    }
}
