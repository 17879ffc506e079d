//! Putting a further message of the complainant into its case, and showing it back to them.

use domain::complaint::SecretText;
use mailbox::{Author, Body, Entry, Message};
use opening::CaseRecipient;
use sealing::{FollowUp as Told, Letter};
use store::casefiles::{CaseId, DocumentKind, FollowUp, Followed};

use super::{Worker, WorkerError};
use crate::documents::MessageDocument;

/// How often a position is tried while other replies take it.
const TRIES: u32 = 16;

/// The reason of the quarantine for a message whose sender did not hold the token: whoever can write
/// to the mailroom knows lookup ids, and no mailbox key.
const MAILBOX_KEY: &str = "mailbox_key";

/// What became of a message.
pub(super) enum Following {
    /// It is in its case and the echo in the outbox.
    Done {
        /// The case.
        case: CaseId,
        /// Public half of its key.
        recipient: String,
    },
    /// Its mailbox has no case yet.
    NoCase,
    /// It cannot enter the case, for this reason.
    Refused(&'static str),
}

impl Worker {
    /// Writes the message and its echo, or finds them written.
    pub(super) async fn follow_up(
        &self,
        letter: &Letter,
        told: &Told,
    ) -> Result<Following, WorkerError> {
        let text = match &told.text {
            Some(text) => SecretText::from(text.expose().to_owned()),
            None => SecretText::default(),
        };
        let hash = self.keyring.hash(letter.lookup_id);
        for _ in 0..TRIES {
            let Some(case) = self.cases.case_of(hash).await? else {
                return Ok(Following::NoCase);
            };
            let record = self
                .keyring
                .open_service_record(case.id, &case.service_record)
                .map_err(WorkerError::ServiceRecord)?;
            if record.mailbox_key != letter.mailbox_key || record.lookup_id != letter.lookup_id {
                return Ok(Following::Refused(MAILBOX_KEY));
            }
            let recipient: CaseRecipient = case.recipient.parse()?;
            let echo = Entry {
                posted_on: letter.received_on,
                body: Body::Message(Message::written(Author::Complainant, text.clone())),
            };
            let follow_up = FollowUp {
                envelope_id: letter.envelope_id,
                seen_on: letter.received_on,
                case_id: case.id,
                document: self.document(
                    case.id,
                    &recipient,
                    DocumentKind::Message,
                    letter.received_on,
                    &MessageDocument { text: text.clone() },
                )?,
                reply: mailbox::seal(
                    &record.mailbox_key,
                    record.lookup_id,
                    case.next_position,
                    &echo,
                    self.keyring.rng(),
                )?,
                state: None,
                start: None,
                stop: None,
            };
            match self.cases.follow_up(&follow_up).await? {
                Followed::Now | Followed::Before => {
                    return Ok(Following::Done {
                        case: case.id,
                        recipient: case.recipient,
                    });
                }
                Followed::PositionTaken => {}
            }
        }
        Err(WorkerError::Contended)
    }
}
