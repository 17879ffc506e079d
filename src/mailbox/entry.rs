//! What one entry of a mailbox says.

use domain::case::{Deadline, Folio, Status};
use domain::coded_enum;
use domain::complaint::SecretText;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One entry of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Day on which it was written; terms that it starts run from the day after.
    pub posted_on: Date,
    /// What it says.
    pub body: Body,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Where the case stands from now on.
    Standing(Standing),
    /// A message between the person and the committee.
    Message {
        /// Who wrote it.
        from: Author,
        /// The text.
        text: SecretText,
    },
}

/// Where a case stands, for the person who filed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In one word.
    pub status: Status,
    /// Number of the case, once it has one.
    pub folio: Option<Folio>,
    /// Terms that run, the next one first.
    pub deadlines: Vec<Deadline>,
    /// What the service says about it, in the reader's language.
    pub notice: Notice,
}

coded_enum! {
    /// Who wrote a message.
    pub enum Author {
        /// The committee.
        Committee = "committee",
        /// The service itself.
        System = "system",
        /// The person who filed.
        Complainant = "complainant",
    }
}

coded_enum! {
    /// Messages of the service itself; their wording is in the translation files.
    pub enum Notice {
        /// The complaint is stored, sealed, and waits to be opened.
        Stored = "stored",
        /// The committee's service has opened it and given it a folio.
        Opened = "opened",
    }
}
