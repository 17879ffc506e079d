//! `guiando classifier export-feedback`: what the committee made of each proposal, in labels, without a word
//! of any complaint.

use std::io;
use std::path::PathBuf;

use committee::feedback::{Line, shuffled};
use ring::rand::SystemRandom;
use sealing::SealError;

use super::opened::{OpenedError, Whose};
use crate::output;

/// What the committee made of what was proposed: JSON lines, in an order that was drawn. No text, no folio and
/// no day, and no quarter or year that fewer than five lines share; but whoever knows a complaint well may know
/// it by its labels, so keep the file as the cases are kept.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportFeedback {
    #[command(flatten)]
    whose: Whose,
    /// File to write, whole or not at all, for its owner alone; standard output without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum FeedbackError {
    /// No cases were opened.
    #[error(transparent)]
    Opened(#[from] OpenedError),
    /// The system has no randomness to give.
    #[error(transparent)]
    Randomness(#[from] SealError),
    /// The lines cannot be made.
    #[error("the labels cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The result cannot be written.
    #[error("{} cannot be written; nothing was changed there", path.display())]
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

impl ExportFeedback {
    pub(crate) fn run(self) -> Result<(), FeedbackError> {
        let mut lines = Vec::new();
        // By case, the order would single cases out.
        let learnt = shuffled(self.whose.learn(false)?, &SystemRandom::new())?;
        for line in Line::all(learnt.into_iter().map(|one| one.opinion).collect()) {
            serde_json::to_writer(&mut lines, &line)?;
            lines.push(b'\n');
        }
        match self.out {
            None => Ok(output::to_stdout(&lines)?),
            Some(path) => output::replace(&path, &lines)
                .map_err(|source| FeedbackError::File { path, source }),
        }
    }
}
