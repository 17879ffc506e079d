//! What the cleaner tells of one file.

use domain::coded_enum;
use domain::evidence::{Finding, MediaType};
use serde::{Deserialize, Serialize};

coded_enum! {
    /// Why a file is not taken at all.
    pub enum Refusal {
        /// It is cut off or damaged: nobody could open it.
        Malformed = "malformed",
        /// Opening it would take more memory or time than any honest file of its size.
        Bomb = "bomb",
        /// It is something else than its name or its beginning says.
        Mislabelled = "mislabelled",
        /// It needs a password, which the committee does not have.
        Encrypted = "encrypted",
        /// An office file with programs in it.
        Macros = "macros",
    }
}

coded_enum! {
    /// Why a file that is taken could not be cleaned.
    pub enum NotCleaned {
        /// It is larger than the limit; not even looked at.
        TooLarge = "too_large",
        /// Nothing here cleans files of its type.
        Unsupported = "unsupported",
        /// It is protected against changes, though everybody can read it.
        Protected = "protected",
        /// Other files are inside it, which would stay as they are.
        Attachments = "attachments",
        /// It is written in an unusual way; a cleaned copy might not open.
        Unusual = "unusual",
        /// Something was still there after cleaning.
        Residue = "residue",
        /// Looking at it took too long.
        Timeout = "timeout",
        /// The files of others took every place at the cleaner.
        Busy = "busy",
        /// The cleaner is missing, cannot lock itself in, or broke.
        Unavailable = "unavailable",
    }
}

impl NotCleaned {
    /// Whether the reason is not in the file: another time, it may be cleaned.
    pub const fn is_passing(self) -> bool {
        match self {
            Self::Timeout | Self::Busy | Self::Unavailable => true,
            Self::TooLarge
            | Self::Unsupported
            | Self::Protected
            | Self::Attachments
            | Self::Unusual
            | Self::Residue => false,
        }
    }
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The file is not taken.
    Refused(Refusal),
    /// The file is taken, but there is no cleaned copy. What was found is told all the same.
    NotCleaned(NotCleaned),
    /// There was nothing to take out: the file itself is as clean as a copy would be.
    NothingFound,
    /// A cleaned copy of so many bytes follows.
    Cleaned(u64),
}

/// What the cleaner tells of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What the file is, after a look at all of it.
    pub media: MediaType,
    /// How it went.
    pub outcome: Outcome,
    /// The metadata that was found, each kind at most a few times.
    pub findings: Vec<Finding>,
}

impl Report {
    /// A report of a file in which nothing was looked for.
    pub fn without_findings(media: MediaType, outcome: Outcome) -> Self {
        Self {
            media,
            outcome,
            findings: Vec::new(),
        }
    }
}
