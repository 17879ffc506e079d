//! Putting a further message of the complainant into its case, and showing it back to them.

use domain::complaint::{MessageText, SecretText};
use jiff::civil::Date;
use mailbox::{Author, Body, Entry};
use opening::CaseRecipient;
use sealing::{EnvelopeId, LookupId};
use store::casefiles::{DocumentId, DocumentKind, FollowUp, Followed, SealedDocument};

use super::{Worker, WorkerError, random_id};
use crate::documents::MessageDocument;

/// How often a position is tried while other replies take it.
const TRIES: u32 = 16;

impl Worker {
    /// Writes the message and its echo, or finds them written; `false` when the mailbox has no case
    /// yet.
    pub(super) async fn follow_up(
        &self,
        envelope_id: EnvelopeId,
        lookup_id: LookupId,
        received_on: Date,
        text: MessageText,
    ) -> Result<bool, WorkerError> {
        let text = SecretText::from(text.expose().to_owned());
        for _ in 0..TRIES {
            let Some(case) = self.cases.case_of(self.keyring.hash(lookup_id)).await? else {
                return Ok(false);
            };
            let service_record = self
                .keyring
                .open_service_record(&case.service_record)
                .map_err(WorkerError::ServiceRecord)?;
            let recipient: CaseRecipient = case.recipient.parse()?;
            let document = MessageDocument { text: text.clone() };
            let echo = Entry {
                posted_on: received_on,
                body: Body::Message {
                    from: Author::Complainant,
                    text: text.clone(),
                },
            };
            let follow_up = FollowUp {
                envelope_id,
                seen_on: received_on,
                case_id: case.id,
                document: SealedDocument {
                    id: DocumentId(random_id(&self.keyring)?),
                    kind: DocumentKind::Message,
                    written_on: received_on,
                    sealed: recipient.seal(&document, self.keyring.rng())?,
                },
                reply: mailbox::seal(
                    &service_record.mailbox_key,
                    service_record.lookup_id,
                    case.next_position,
                    &echo,
                    self.keyring.rng(),
                )?,
            };
            match self.cases.follow_up(&follow_up).await? {
                Followed::Now | Followed::Before => return Ok(true),
                Followed::PositionTaken => {}
            }
        }
        Err(WorkerError::Contended)
    }
}
