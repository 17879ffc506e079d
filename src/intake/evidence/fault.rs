//! Why a file is not taken.

use actix_web::http::StatusCode;
use cleaning::Refusal;
use sealing::SealError;
use service::language::Texts;
use service::problem::Problem;

use crate::multipart::MultipartError;

/// What is wrong with one file. The form that it came in can be read further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EvidenceFault {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Longer than one file may be.
    #[error("the file is too large")]
    TooLarge,
    /// Longer than all files of one complaint may be together.
    #[error("the files are too large together")]
    TooLargeTogether,
    /// More files than one complaint may have.
    #[error("there are too many files")]
    TooMany,
    /// Of no type that is taken.
    #[error("the type of the file is not taken")]
    Type,
    /// Named as something that it is not.
    #[error("the file is not what its name says")]
    Mislabelled,
    /// Cut off or damaged.
    #[error("the file is damaged")]
    Malformed,
    /// It would take more memory or time to open than an honest file does.
    #[error("the file would overwhelm whoever opens it")]
    Bomb,
    /// It needs a password.
    #[error("the file needs a password")]
    Encrypted,
    /// It holds programs.
    #[error("the file holds programs")]
    Macros,
    /// As much as may come has come; some of it can come again soon.
    #[error("no more files are taken now")]
    Full,
    /// It could not be cleaned now, and nobody has said that it may go out as it is.
    #[error("the file could not be cleaned now")]
    Uncleaned,
    /// Handed in so long before its letter that it may be gone.
    #[error("the file was handed in too long before its letter")]
    Aged,
}

impl EvidenceFault {
    /// Every fault, for whoever has a text for each.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 13] = [
        Self::Empty,
        Self::TooLarge,
        Self::TooLargeTogether,
        Self::TooMany,
        Self::Type,
        Self::Mislabelled,
        Self::Malformed,
        Self::Bomb,
        Self::Encrypted,
        Self::Macros,
        Self::Full,
        Self::Uncleaned,
        Self::Aged,
    ];

    /// A stable name; its texts are `problem-CODE` and `problem-CODE-next`.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Empty => "evidence-empty",
            Self::TooLarge => "evidence-too-large",
            Self::TooLargeTogether => "evidence-too-large-together",
            Self::TooMany => "evidence-too-many",
            Self::Type => "evidence-type",
            Self::Mislabelled => "evidence-mislabelled",
            Self::Malformed => "evidence-malformed",
            Self::Bomb => "evidence-bomb",
            Self::Encrypted => "evidence-encrypted",
            Self::Macros => "evidence-macros",
            Self::Full => "evidence-full",
            Self::Uncleaned => "evidence-uncleaned",
            Self::Aged => "evidence-aged",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::TooLarge | Self::TooLargeTogether | Self::TooMany => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::Type => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Empty
            | Self::Mislabelled
            | Self::Malformed
            | Self::Bomb
            | Self::Encrypted
            | Self::Macros
            | Self::Aged => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Full | Self::Uncleaned => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The problem that it is for the sender.
    pub(crate) fn problem(self, texts: &Texts) -> Problem {
        Problem::new(texts, self.status(), self.code())
    }
}

impl From<Refusal> for EvidenceFault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Malformed => Self::Malformed,
            Refusal::Bomb => Self::Bomb,
            Refusal::Mislabelled => Self::Mislabelled,
            Refusal::Encrypted => Self::Encrypted,
            Refusal::Macros => Self::Macros,
        }
    }
}

/// Why a file could not be held.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EvidenceError {
    /// The file is at fault; the others of the form can still be read.
    #[error(transparent)]
    File(#[from] EvidenceFault),
    /// The form cannot be read any further.
    #[error(transparent)]
    Form(#[from] MultipartError),
    /// The store did not take it.
    #[error("the store did not take it")]
    NotStored,
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness,
}

impl From<SealError> for EvidenceError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::TooLong => Self::File(EvidenceFault::TooLarge),
            SealError::TooMuchEvidence => Self::File(EvidenceFault::TooMany),
            SealError::Randomness | SealError::Age(_) | SealError::Overhead { .. } => {
                Self::Randomness
            }
        }
    }
}

impl From<ring::error::Unspecified> for EvidenceError {
    fn from(_: ring::error::Unspecified) -> Self {
        Self::Randomness
    }
}
