//! A mailbox as its owner sees it.

use domain::case::{Deadline, Folio, Status};
use domain::complaint::SecretText;
use jiff::civil::Date;

use crate::entry::{Author, Body, Entry, Notice};

/// All entries of a mailbox, read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Where the case stands.
    pub status: Status,
    /// Number of the case, once it has one.
    pub folio: Option<Folio>,
    /// Terms that run, the next one first.
    pub deadlines: Vec<Deadline>,
    /// Everything that was said, in order.
    pub messages: Vec<Posted>,
}

/// One message as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Who says it.
    pub from: Author,
    /// On which day.
    pub posted_on: Date,
    /// What.
    pub words: Words,
}

/// Words of a person, or of the service in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// As somebody wrote them.
    Written(SecretText),
    /// As the translation files have them.
    Notice(Notice),
}

impl Mailbox {
    /// Reads entries in the order of their positions; the latest standing counts.
    pub fn read(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut mailbox = Self {
            status: Status::Received,
            folio: None,
            deadlines: Vec::new(),
            messages: Vec::new(),
        };
        for Entry { posted_on, body } in entries {
            let (from, words) = match body {
                Body::Standing(standing) => {
                    mailbox.status = standing.status;
                    mailbox.folio = standing.folio;
                    mailbox.deadlines = standing.deadlines;
                    (Author::System, Words::Notice(standing.notice))
                }
                Body::Message { from, text } => (from, Words::Written(text)),
            };
            mailbox.messages.push(Posted {
                from,
                posted_on,
                words,
            });
        }
        mailbox
    }
}
