//! Which edition of the privacy notice is in force (LGPDPPSO 20 to 22: changes are told).
//!
//! The words are in the translation files; a test of the public service compares them with this
//! version, so that nobody changes the one without the other.

use jiff::civil::Date;
use jiff::civil::date;

crate::coded_enum! {
    /// An edition of the simplified and of the full notice. A complaint says which one was shown
    /// before it was sent, so every edition that was ever in force stays here.
    pub enum Edition {
        /// In force on 22 November 2026 alone: it promised that nobody whom a person keeps out can
        /// open a complaint, that every look is on record, and that what is old is deleted.
        First = "1",
        /// In force on the same day: it said what of that was not done yet.
        Second = "2",
        /// In force since the same day: whoever is kept out and recognised can no longer open a
        /// complaint.
        Third = "3",
    }
}

impl Edition {
    /// The one in force.
    pub const CURRENT: Self = Self::Third;

    /// Since when it is, or was, in force.
    pub const fn since(self) -> Date {
        match self {
            Self::First | Self::Second => date(2026, 11, 22),
            Self::Third => SINCE,
        }
    }
}

/// The version of the simplified and of the full notice.
pub const VERSION: &str = Edition::CURRENT.code();
/// Since when it is in force.
pub const SINCE: Date = date(2026, 11, 22);
