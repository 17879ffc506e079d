//! Files that people hand in: sealed while they arrive, never held whole, never on our disk in clear.
//!
//! [`Shared::hold`](crate::shared::Shared::hold) takes a file of a form, tells its type by its content, and seals it piece by
//! piece into chunks that are stored while the next ones arrive. What comes of it is a [`HeldFile`]:
//! the keys, which travel sealed in the page until the complaint is sent, and then in its letter.
//!
//! An upload that breaks off, a file that is refused and a page that is never sent leave chunks
//! behind whose key is gone; nobody can read them, and triage sweeps them after two working days.
//!
//! Memory for one upload is bounded whatever its length: a piece that fills, and the chunks that wait
//! for the store, for which all uploads share one room.

mod fault;
mod hold;
mod limits;
mod options;
mod writer;

pub(crate) use self::fault::{EvidenceError, EvidenceFault};
pub use self::limits::EvidenceLimits;
pub(crate) use self::limits::{Allowance, Evidence};
pub use self::options::EvidenceOptions;

use cleaning::NotCleaned;
use domain::coded_enum;
use domain::evidence::Finding;
use sealing::EvidenceItem;
use serde::{Deserialize, Serialize};

/// A file that is stored, and what was found in it. It travels sealed in the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HeldFile {
    /// As it was sent.
    pub(crate) original: EvidenceItem,
    /// Without its metadata, if such a copy could be made.
    pub(crate) cleaned: Option<EvidenceItem>,
    /// The metadata that was found.
    pub(crate) findings: Vec<Finding>,
    /// How the cleaning went.
    pub(crate) cleaning: Cleaning,
    /// Which copy is handed in.
    pub(crate) choice: Choice,
}

/// How the cleaning of a file went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cleaning {
    /// There is a cleaned copy.
    Done,
    /// There was nothing to take out.
    NothingFound,
    /// There is no cleaned copy.
    NotCleaned(NotCleaned),
}

coded_enum! {
    /// Which copy of a file is handed in.
    pub(crate) enum Choice {
        /// The file as it was sent.
        Original = "original",
        /// The cleaned copy.
        Cleaned = "cleaned",
        /// Both.
        Both = "both",
    }
}

impl HeldFile {
    /// What is handed in of it. Where there is no cleaned copy, the file as it was sent.
    pub(crate) fn items(&self) -> impl Iterator<Item = &EvidenceItem> {
        let cleaned = self.cleaned.as_ref();
        let original = match (self.choice, cleaned) {
            (Choice::Cleaned, Some(_)) => None,
            (Choice::Original | Choice::Both | Choice::Cleaned, _) => Some(&self.original),
        };
        let cleaned = match self.choice {
            Choice::Original => None,
            Choice::Cleaned | Choice::Both => cleaned,
        };
        original.into_iter().chain(cleaned)
    }

    /// How long the file is as it was sent, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.original.bytes
    }
}

/// Everything that a letter names of some files.
pub(crate) fn items(files: &[HeldFile]) -> Vec<EvidenceItem> {
    files.iter().flat_map(HeldFile::items).cloned().collect()
}
