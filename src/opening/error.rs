//! Why something sealed stays closed.

use sealing::{LetterError, SealError};

/// Why an envelope, or something else sealed in the same frame, is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not as long as any envelope is: truncated or extended.
    #[error("not the size of an envelope")]
    Size,
    /// The length field points outside the envelope.
    #[error("the frame is damaged")]
    Frame,
    /// Sealed to another key.
    #[error("sealed to another key")]
    WrongKey,
    /// age refuses it: altered or cut.
    #[error("altered or damaged")]
    Damaged,
    /// The filler is not the one that was sealed.
    #[error("the filler was altered")]
    Filler,
    /// It opens, but belongs to another row.
    #[error("the envelope belongs to another row")]
    Moved,
    /// It opens, but is not a letter as the format has it.
    #[error(transparent)]
    Letter(#[from] LetterError),
}

impl OpenError {
    /// A stable name for the quarantine and its page.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Frame => "frame",
            Self::WrongKey => "wrong_key",
            Self::Damaged => "damaged",
            Self::Filler => "filler",
            Self::Moved => "moved",
            Self::Letter(_) => "letter",
        }
    }
}

/// Why something cannot be sealed anew under another key; it stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
    /// It does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opens, and cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Why the committee's identity cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The file does not open.
    #[error(transparent)]
    Protected(#[from] ProtectedError),
    /// It opens, and is no private key in it.
    #[error("there is no private key in this file")]
    NotAnIdentity,
}

/// Why a file under a passphrase cannot be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum ProtectedError {
    /// The passphrase is not the one.
    #[error("the passphrase does not open this file")]
    WrongPassphrase,
    /// No file under a passphrase.
    #[error("this is not a file under a passphrase")]
    NotProtected,
    /// Protecting it with more work than this machine should do to read it.
    #[error("the file asks for more work than is allowed")]
    TooMuchWork,
    /// age could not write.
    #[error("the file could not be sealed")]
    Seal(#[source] std::io::Error),
}
