//! `guiando classifier`: what can be asked about the classifier itself.

pub(super) mod drift;
pub(super) mod evaluate;
pub(super) mod feedback;
pub(super) mod opened;
pub(super) mod retrain;

use clap::Subcommand;

use evaluate::EvaluateError;
use feedback::FeedbackError;
use retrain::RetrainingError;

/// What can be asked about the classifier.
#[derive(Debug, Subcommand)]
pub(crate) enum ClassifierCommand {
    /// How well it does on texts whose answers are known
    Evaluate(evaluate::Evaluate),
    /// What the committee made of each proposal: labels without text
    ExportFeedback(feedback::ExportFeedback),
    /// How often the committee agrees with it, by quarter and by class
    Drift(drift::Drift),
    /// Learn on site from what the committee confirmed and corrected
    Retrain(retrain::Retrain),
}

/// Why it was not answered.
#[derive(Debug, thiserror::Error)]
pub enum ClassifierError {
    /// See [`evaluate`].
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    /// See [`feedback`] and [`drift`].
    #[error(transparent)]
    Feedback(#[from] FeedbackError),
    /// See [`mod@retrain`].
    #[error(transparent)]
    Retrain(#[from] RetrainingError),
}

impl ClassifierCommand {
    pub(crate) fn run(self) -> Result<(), ClassifierError> {
        match self {
            Self::Evaluate(command) => command.run()?,
            Self::ExportFeedback(command) => command.run()?,
            Self::Drift(command) => command.run()?,
            Self::Retrain(command) => command.run()?,
        }
        Ok(())
    }
}
