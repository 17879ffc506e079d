//! `guiando classifier retrain`: learning from what the committee confirmed and corrected, on its own machine.
//!
//! The words of the cases are in memory while they are learnt from, and nowhere else.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use ::classifier::retraining::{Agreement, Lesson, RetrainError, Sure, retrain};

use super::opened::{OpenedError, Whose};
use crate::output;

/// Learn from the cases that the committee classified, and write what was learnt for
/// `triage --classifier-heads`: the shipped classifier stays, only how its answers become probabilities is
/// fitted anew. How often it then agrees with the committee is estimated on cases that were not learnt from; if
/// that is less than before, or if it is wrong more often where it asks for nobody, nothing is written. The file holds numbers fitted to the cases, never a word: keep
/// it as the cases are kept
#[derive(Debug, clap::Args)]
pub(crate) struct Retrain {
    #[command(flatten)]
    whose: Whose,
    /// File to write, for its owner alone; there must be none yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Why nothing was learnt.
#[derive(Debug, thiserror::Error)]
pub enum RetrainingError {
    /// No cases were opened.
    #[error(transparent)]
    Opened(#[from] OpenedError),
    /// The cases do not do.
    #[error(transparent)]
    Retrain(#[from] RetrainError),
    /// What was learnt agrees less with the committee than the shipped classifier.
    #[error("what was learnt agrees less with the committee than before; nothing was written")]
    Worse,
    /// There is something at that place.
    #[error("there is something at {} already; nothing was written", .0.display())]
    Taken(PathBuf),
    /// The result cannot be written.
    #[error("{} cannot be written", path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard output.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

impl Retrain {
    pub(crate) fn run(self) -> Result<(), RetrainingError> {
        // Told before anybody is asked for a passphrase, and before a case is opened.
        if self.out.symlink_metadata().is_ok() {
            return Err(RetrainingError::Taken(self.out));
        }
        let learnt = self.whose.learn(true)?;
        let lessons: Vec<Lesson<'_>> = learnt
            .iter()
            .filter_map(|one| {
                let confirmed = &one.opinion.confirmed;
                Some(Lesson {
                    text: one.text.as_ref()?.expose(),
                    main: confirmed.main,
                    labels: &confirmed.labels,
                    urgency: confirmed.urgency,
                })
            })
            .collect();
        let made = retrain(::classifier::shipped(), &lessons)?;
        output::to_stdout(told(&made.before, &made.after).as_bytes())?;
        if !made.is_no_worse() {
            return Err(RetrainingError::Worse);
        }
        match output::create(&self.out, &made.heads, 0o600) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(RetrainingError::Taken(self.out))
            }
            Err(source) => Err(RetrainingError::File {
                path: self.out,
                source,
            }),
        }
    }
}

/// What was and what would be, for people.
fn told(before: &Agreement, after: &Agreement) -> String {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let urgent = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), percent);
    let sure = |sure: Sure| {
        let share = sure.share().map_or_else(|| "-".to_owned(), percent);
        format!("{share} of {}", sure.of)
    };
    let lines = [
        ("main risk", percent(before.main), percent(after.main)),
        (
            "among the first three",
            percent(before.top_three),
            percent(after.top_three),
        ),
        (
            "right where nobody is asked for",
            sure(before.sure),
            sure(after.sure),
        ),
        (
            "urgent ones proposed as urgent",
            urgent(before.urgent),
            urgent(after.urgent),
        ),
        (
            "log loss (less is better)",
            format!("{:.3}", before.log_loss),
            format!("{:.3}", after.log_loss),
        ),
    ];
    let mut out = format!(
        "agreement with the committee on {} cases, each estimated without learning from it\n{:<34}{:<18}after\n",
        before.lessons, "", "before"
    );
    for (name, was, is) in lines {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{name:<34}{was:<18}{is}");
    }
    out
}
