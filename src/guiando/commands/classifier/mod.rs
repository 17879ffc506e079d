//! `guiando classifier`: what can be asked about the classifier itself.

pub(super) mod evaluate;

use clap::Subcommand;

use evaluate::EvaluateError;

/// What can be asked about the classifier.
#[derive(Debug, Subcommand)]
pub(crate) enum ClassifierCommand {
    /// How well it does on texts whose answers are known
    Evaluate(evaluate::Evaluate),
}

impl ClassifierCommand {
    pub(crate) fn run(self) -> Result<(), EvaluateError> {
        match self {
            Self::Evaluate(command) => command.run(),
        }
    }
}
