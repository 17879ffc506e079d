//! Files that people hand in: sealed while they arrive, never held whole, never on our disk in clear.
//!
//! [`Shared::hold`](crate::shared::Shared::hold) takes a file of a form, tells its type by its content, and seals it piece by
//! piece into chunks that are stored while the next ones arrive. What comes of it is a [`HeldFile`]:
//! the keys, which travel sealed in the page until the complaint is sent, and then in its letter.
//!
//! An upload that breaks off, a file that is refused and a page that is never sent leave chunks
//! behind whose key is gone; nobody can read them, and triage sweeps them after two working days. So no letter of a later day
//! than the next legal one names a file: [`Shared::take_aged`] says which ones are too old.
//!
//! Who may send at the same time, and how much, is divided so that nobody shuts others out (`crowd`,
//! `ledger`). Neither knows who anybody is.
//!
//! Memory for one upload is bounded whatever its length: a piece that fills, and the chunks that wait
//! for the store, for which all uploads share one room.

mod crowd;
mod fault;
mod hold;
mod ledger;
mod limits;
mod options;
mod writer;

pub(crate) use self::crowd::{Errand, Wanted};
pub(crate) use self::fault::{EvidenceError, EvidenceFault};
use self::limits::Allowance;
pub use self::limits::EvidenceLimits;
pub(crate) use self::limits::{Evidence, Upload};
pub use self::options::EvidenceOptions;

use cleaning::NotCleaned;
use domain::coded_enum;
use domain::evidence::{FileName, Finding, Version, letter_may_name};
use jiff::civil::Date;
use sealing::EvidenceItem;
use serde::{Deserialize, Serialize};

use crate::shared::Shared;

/// A file that is stored, and what was found in it. It travels sealed in the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HeldFile {
    /// The day, of those that files are kept by, on which its first chunk was stored.
    pub(crate) stored_on: Date,
    /// As it was sent.
    pub(crate) original: EvidenceItem,
    /// Without its metadata, if such a copy could be made.
    pub(crate) cleaned: Option<EvidenceItem>,
    /// The metadata that was found.
    pub(crate) findings: Vec<Finding>,
    /// How the cleaning went.
    pub(crate) cleaning: Cleaning,
    /// Which copy is handed in; `None` while the person has to say it.
    pub(crate) choice: Option<Choice>,
}

/// What a page says of a file that is not to be handed in.
pub(crate) const LEFT_OUT: &str = "left-out";

/// Somebody still has to say what is to become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a file that was not cleaned waits for a decision")]
pub(crate) struct Undecided;

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
    pub(crate) fn items(&self) -> Result<impl Iterator<Item = &EvidenceItem>, Undecided> {
        let choice = self.choice.ok_or(Undecided)?;
        let cleaned = self.cleaned.as_ref();
        let original = match (choice, cleaned) {
            (Choice::Cleaned, Some(_)) => None,
            (Choice::Original | Choice::Both | Choice::Cleaned, _) => Some(&self.original),
        };
        let cleaned = match choice {
            Choice::Original => None,
            Choice::Cleaned | Choice::Both => cleaned,
        };
        Ok(original.into_iter().chain(cleaned))
    }

    /// Whether it might have been cleaned at a calmer time. Then nobody but the person says that it
    /// goes out with all that is in it.
    pub(crate) fn has_missed_cleaning(&self) -> bool {
        match self.cleaning {
            Cleaning::NotCleaned(why) => why.is_passing(),
            Cleaning::Done | Cleaning::NothingFound => false,
        }
    }

    /// What can be handed in of it; nothing where there is no choice.
    pub(crate) fn choices(&self) -> &'static [Choice] {
        if self.cleaned.is_some() {
            &[Choice::Cleaned, Choice::Original, Choice::Both]
        } else if self.has_missed_cleaning() {
            &[Choice::Original]
        } else {
            &[]
        }
    }

    /// The choice that stands until the person makes another; `None` if they have to.
    fn first_choice(&self) -> Option<Choice> {
        if self.cleaned.is_some() {
            Some(Choice::Cleaned)
        } else if self.has_missed_cleaning() {
            None
        } else {
            Some(Choice::Original)
        }
    }

    /// How long the file is as it was sent, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.original.bytes
    }
}

impl Shared {
    /// Takes out the files that a letter of now may not name any more: triage may have removed them.
    pub(crate) fn take_aged(&self, files: &mut Vec<HeldFile>) -> Vec<HeldFile> {
        let today = self.house_day();
        files
            .extract_if(.., |file| self.is_aged(file, today))
            .collect()
    }

    /// The number of the first of such files, from 0.
    pub(crate) fn first_aged(&self, files: &[HeldFile]) -> Option<usize> {
        let today = self.house_day();
        files.iter().position(|file| self.is_aged(file, today))
    }

    fn is_aged(&self, file: &HeldFile, today: Date) -> bool {
        !letter_may_name(self.calendar.house(), file.stored_on, today)
    }
}

/// Everything that a letter names of some files. A cleaned copy is named by its file's place: what
/// the person called the file may tell as much as what was taken out of it.
pub(crate) fn items(files: &[HeldFile]) -> Result<Vec<EvidenceItem>, Undecided> {
    let mut items = Vec::new();
    for (place, file) in (1..).zip(files) {
        items.extend(file.items()?.cloned().map(|item| match item.version {
            Version::Original => item,
            Version::Cleaned => EvidenceItem {
                name: FileName::neutral(place, item.media_type),
                ..item
            },
        }));
    }
    Ok(items)
}

/// Whether the person still has to say what is to become of one of them.
pub(crate) fn is_undecided(files: &[HeldFile]) -> bool {
    files.iter().any(|file| file.choice.is_none())
}

/// Takes over what a page says of each file, by its place. What it does not say stays as it was; a
/// file that is left out is let go.
pub(crate) fn choose<'a>(files: &mut Vec<HeldFile>, said: impl Fn(usize) -> &'a str) {
    let mut place = 0..;
    files.retain_mut(|file| {
        let said = place.next().map_or("", &said);
        if let Ok(choice) = said.parse::<Choice>()
            && file.choices().contains(&choice)
        {
            file.choice = Some(choice);
        }
        said != LEFT_OUT
    });
}
