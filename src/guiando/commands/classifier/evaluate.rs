//! `guiando classifier evaluate`: figures on labelled complaints, one JSON object a line with `text`,
//! `main`, `labels` and `urgency`.
//!
//! Every core works; the time told is that of one core for one text.

use std::fmt::Write as _;
use std::io;
use std::num::NonZero;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use ::classifier::evaluation::{Figures, Labelled, compare, reliability_svg};
use ::classifier::{Classifier, Proposal};
use clap::{Args, ValueEnum};
use domain::catalogue::Risk;

use crate::output::{replace, to_stdout};

/// Classifies labelled complaints and tells how often it is right
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// Labelled complaints, one JSON object a line
    file: PathBuf,
    /// How to tell the figures
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Where to draw stated probability against share of right ones, as SVG
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The file cannot be read.
    #[error("{file} cannot be read")]
    Read {
        /// Which.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line that is not as it must be. What it says is not repeated.
    #[error(
        "line {line}, column {column}: an object with `text`, `main`, `labels` and `urgency` is needed"
    )]
    Line {
        /// Which, from 1.
        line: usize,
        /// Where in it, from 1.
        column: usize,
    },
    /// Nothing to evaluate.
    #[error("there is no labelled complaint in it")]
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

/// Milliseconds that one core takes for a text with its explanation.
#[derive(Debug, Clone, Copy, serde::Serialize)]
struct Speed {
    median_ms: f64,
    slowest_ms: f64,
}

impl Evaluate {
    pub(crate) fn run(self) -> Result<(), EvaluateError> {
        let Self { file, format, plot } = self;
        let source = match std::fs::read_to_string(&file) {
            Ok(source) => source,
            Err(source) => return Err(EvaluateError::Read { file, source }),
        };
        let texts = labelled(&source)?;
        let classifier = ::classifier::standard();
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let (proposals, times) = classified(classifier, &texts, cores)?;
        let figures = compare(classifier.version(), &texts, &proposals);
        if let Some(plot) = plot {
            replace(&plot, reliability_svg(&figures).as_bytes())?;
        }
        let outcome = Outcome {
            figures,
            speed: speed(times),
        };
        let told = match format {
            Format::Text => text(&outcome),
            Format::Json => serde_json::to_string_pretty(&outcome).map_err(io::Error::from)? + "\n",
        };
        Ok(to_stdout(told.as_bytes())?)
    }
}

fn labelled(source: &str) -> Result<Vec<Labelled>, EvaluateError> {
    let mut texts = Vec::new();
    for (line, json) in (1..).zip(source.lines()) {
        if json.trim().is_empty() {
            continue;
        }
        texts.push(
            serde_json::from_str(json).map_err(|error| EvaluateError::Line {
                line,
                column: error.column(),
            })?,
        );
    }
    if texts.is_empty() {
        return Err(EvaluateError::Empty);
    }
    Ok(texts)
}

/// Proposals in the order of the texts, and how long each took.
fn classified(
    classifier: &dyn Classifier,
    texts: &[Labelled],
    workers: usize,
) -> Result<(Vec<Proposal>, Vec<Duration>), EvaluateError> {
    let part = texts.len().div_ceil(workers.max(1));
    let done: Vec<(Proposal, Duration)> = thread::scope(|scope| {
        let threads: Vec<_> = texts
            .chunks(part)
            .map(|texts| {
                scope.spawn(move || {
                    texts
                        .iter()
                        .map(|labelled| {
                            let started = Instant::now();
                            (classifier.classify(&labelled.text), started.elapsed())
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
    .into_iter()
    .flatten()
    .collect();
    Ok(done.into_iter().unzip())
}

fn speed(mut times: Vec<Duration>) -> Speed {
    times.sort_unstable();
    let at = |index: usize| {
        times
            .get(index)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    Speed {
        median_ms: at(times.len() / 2),
        slowest_ms: at(times.len().saturating_sub(1)),
    }
}

/// The figures for a person.
fn text(outcome: &Outcome) -> String {
    let figures = &outcome.figures;
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "{} on {} texts\n\n\
         main risk right     {:.3}\n\
         macro-F1            {:.3}\n\
         among first three   {:.3}\n\
         calibration error   {:.3}\n\
         decided unaided     {:.3} of the texts, {:.3} of them right\n\
         all labels, F1      {:.3}\n\
         alta found          {:.3}, {:.3} of what is called alta is\n\
         urgency right       {:.3}\n\
         explained           {:.3}\n\
         turned away         {:.3} of what is within competence\n\
         time on one core    {:.0} ms (median), {:.0} ms (slowest)\n",
        figures.version,
        figures.texts,
        figures.accuracy,
        figures.macro_f1,
        figures.top_three,
        figures.calibration_error,
        figures.decided.coverage,
        figures.decided.accuracy,
        figures.labels_f1,
        figures.urgency.recall_alta,
        figures.urgency.precision_alta,
        figures.urgency.accuracy,
        figures.explained,
        figures.turned_away,
        outcome.speed.median_ms,
        outcome.speed.slowest_ms,
    );
    let _ = writeln!(out, "{:<20} texts  precision  recall  F1", "class");
    for class in &figures.classes {
        let _ = writeln!(
            out,
            "{:<20} {:>5}  {:>9.3}  {:>6.3}  {:.3}",
            class.risk.code(),
            class.texts,
            class.precision,
            class.recall,
            class.f1
        );
    }
    let _ = writeln!(
        out,
        "\nconfusion: a row is what a text is, a column what is proposed"
    );
    for (risk, row) in Risk::ALL.iter().zip(&figures.confusion) {
        let _ = write!(out, "{:<20}", risk.code());
        for count in row {
            let _ = write!(out, " {count:>4}");
        }
        out.push('\n');
    }
    out.push_str("\nprobability stated   right  texts\n");
    for bin in &figures.reliability {
        let _ = writeln!(
            out,
            "{:>18.3}  {:>6.3}  {:>5}",
            bin.stated, bin.right, bin.texts
        );
    }
    out.push_str("\nfrom probability  share of texts  right\n");
    for point in &figures.curve {
        let _ = writeln!(
            out,
            "{:>16.2}  {:>14.3}  {:.3}",
            point.from, point.coverage, point.accuracy
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

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
        let texts = labelled(&source).unwrap();
        for workers in [1, 2, 5, 40] {
            let (proposals, times) = classified(&Echo, &texts, workers).unwrap();
            assert_eq!(times.len(), texts.len());
            let mains: Vec<_> = proposals.iter().map(|proposal| proposal.main).collect();
            assert_eq!(mains, Risk::ALL);
        }
    }

    #[test]
    fn a_bad_line_is_named_and_its_text_is_not_repeated() {
        let error = labelled("\n{\"text\":\"secreto\"}").unwrap_err();
        assert!(
            matches!(error, EvaluateError::Line { line: 2, .. }),
            "{error:?}"
        );
        assert!(!error.to_string().contains("secreto"));
        assert!(matches!(labelled(" \n"), Err(EvaluateError::Empty)));
    }
}
