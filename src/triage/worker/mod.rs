//! From an envelope in the mailroom to a case with a first reply, exactly once.
//!
//! There are two stores and so no transaction over both. Each step is one transaction of one store,
//! and each can be repeated:
//!
//! 1. *admit* (case files): the case, the id of the envelope as seen, and the finished sealed reply
//!    in the outbox;
//! 2. *deliver* (mailroom, then case files): the reply is copied byte for byte, then forgotten in the
//!    outbox;
//! 3. *classify* (case files): the proposal, unless there is one;
//! 4. *remove* (mailroom): the envelope.
//!
//! Whoever is killed between two of them leaves the envelope where it is; it is opened again, and the
//! steps that are done are found done. The first reply does not wait for the classification: a batch
//! is admitted and answered as a whole before any of it is classified.

mod admission;
mod classification;
mod follow_up;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use classifier::Classifier;
use domain::calendar::{Calendar, CalendarError};
use domain::complaint::Complaint;
use jiff::civil::Date;
use mailbox::EntrySealError;
use opening::OpenError;
use sealing::{Content, EnvelopeId, Letter, SealError};
use service::clock::Clock;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};
use store::mailroom::TriageMailroom;

use crate::keyring::Keyring;

/// Envelopes that are taken from the mailroom at once.
const BATCH: u32 = 32;

/// Works off the mailroom.
pub struct Worker {
    /// The store that intake writes to.
    pub mailroom: Arc<dyn TriageMailroom>,
    /// The store of the cases.
    pub cases: Arc<dyn CaseFiles>,
    /// What opens.
    pub keyring: Arc<Keyring>,
    /// What proposes.
    pub classifier: &'static dyn Classifier,
    /// The committee's calendar.
    pub calendar: Calendar,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// New cases.
    pub admitted: u64,
    /// Further messages put into their cases.
    pub followed: u64,
    /// Envelopes set aside.
    pub quarantined: u64,
    /// Messages whose case is not there yet; they are tried again.
    pub deferred: u64,
}

/// Why a round broke off. Nothing is lost: the next round goes on where it stopped.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// A store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A reply could not be sealed.
    #[error(transparent)]
    Reply(#[from] EntrySealError),
    /// A term ends outside the calendar.
    #[error(transparent)]
    Term(#[from] CalendarError),
    /// What the service itself sealed does not open.
    #[error("what the service keeps for a case does not open")]
    ServiceRecord(#[source] OpenError),
    /// A key in the case files is not one.
    #[error("the public key of a case is not valid")]
    CaseRecipient(#[from] sealing::RecipientError),
    /// The system has no randomness to give.
    #[error("the system gives no randomness")]
    Randomness,
    /// Every folio of the year that was drawn is taken.
    #[error("no free folio was drawn for {year}")]
    NoFolio {
        /// The year.
        year: i16,
    },
    /// Other replies kept taking the position in a mailbox.
    #[error("a mailbox position stayed contended")]
    Contended,
}

/// A complaint that has its case and waits for the second step.
struct Admitted {
    envelope: EnvelopeId,
    case: CaseId,
    recipient: String,
    received_on: Date,
    complaint: Box<Complaint>,
    classified: bool,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("keyring", &self.keyring)
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// Works off everything that waits, batch by batch.
    ///
    /// # Errors
    /// See [`WorkerError`]; an envelope that cannot be opened is no error, it is set aside.
    pub async fn round(&self) -> Result<Round, WorkerError> {
        let mut round = Round::default();
        // Replies of a round that broke off come first.
        self.deliver_outbox().await?;
        // Messages whose case is still in a later batch wait for the end of the round.
        let mut deferred = Vec::new();
        loop {
            let batch = self
                .mailroom
                .waiting(self.keyring.key_id(), &deferred, BATCH)
                .await?;
            if batch.is_empty() {
                break;
            }
            let mut admitted = Vec::new();
            for envelope in batch {
                match self.keyring.open(&envelope) {
                    Ok(letter) => match letter.content {
                        Content::Complaint(_) => admitted.push(self.admit(letter).await?),
                        Content::Message(_) => deferred.push(envelope.id),
                    },
                    Err(error) => {
                        self.mailroom.quarantine(envelope.id, error.code()).await?;
                        tracing::warn!(reason = error.code(), "an envelope was set aside");
                        round.quarantined += 1;
                    }
                }
            }
            round.admitted += u64::try_from(admitted.len()).unwrap_or(u64::MAX);
            self.deliver_outbox().await?;
            for complaint in admitted {
                self.classify(&complaint).await?;
                self.mailroom.remove(complaint.envelope).await?;
            }
        }
        self.follow_up_all(deferred, &mut round).await?;
        Ok(round)
    }

    /// Puts the messages of this round into their cases, now that every complaint has one.
    async fn follow_up_all(
        &self,
        messages: Vec<EnvelopeId>,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        let mut tried: Vec<EnvelopeId> = Vec::new();
        while tried.len() < messages.len() {
            let batch = self
                .mailroom
                .waiting(self.keyring.key_id(), &tried, BATCH)
                .await?;
            if batch.is_empty() {
                break;
            }
            for envelope in batch {
                tried.push(envelope.id);
                let Ok(Letter {
                    envelope_id,
                    lookup_id,
                    received_on,
                    content,
                    ..
                }) = self.keyring.open(&envelope)
                else {
                    continue;
                };
                let Content::Message(text) = content else {
                    continue;
                };
                if self
                    .follow_up(envelope_id, lookup_id, received_on, text)
                    .await?
                {
                    self.deliver_outbox().await?;
                    self.mailroom.remove(envelope_id).await?;
                    round.followed += 1;
                } else {
                    round.deferred += 1;
                }
            }
        }
        Ok(())
    }

    /// Copies finished replies into the mailroom.
    async fn deliver_outbox(&self) -> Result<(), WorkerError> {
        loop {
            let replies = self.cases.outbox(BATCH).await?;
            if replies.is_empty() {
                return Ok(());
            }
            for reply in replies {
                self.mailroom.post(&reply).await?;
                self.cases
                    .delivered(reply.lookup_id, reply.position)
                    .await?;
            }
        }
    }

    /// The committee's civil day.
    fn today(&self) -> Date {
        self.calendar.legal_day(self.clock.now())
    }
}

/// Sixteen random bytes, for an id.
fn random_id(keyring: &Keyring) -> Result<[u8; 16], WorkerError> {
    use ring::rand::SecureRandom as _;
    let mut bytes = [0; 16];
    keyring
        .rng()
        .fill(&mut bytes)
        .map_err(|_| WorkerError::Randomness)?;
    Ok(bytes)
}
