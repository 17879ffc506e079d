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
use domain::calendar::Calendar;
use domain::complaint::Complaint;
use jiff::civil::Date;
use mailbox::EntrySealError;
use opening::OpenError;
use sealing::{Content, EnvelopeId, SealError};
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

impl WorkerError {
    /// Whether it is the fault of one case, so that the others can go on.
    fn is_of_one_case(&self) -> bool {
        match self {
            Self::ServiceRecord(_) | Self::CaseRecipient(_) | Self::Contended => true,
            Self::Reply(error) => *error == EntrySealError::TooLong,
            Self::Seal(error) => matches!(error, SealError::TooLong),
            Self::Store(_) | Self::Randomness | Self::NoFolio { .. } => false,
        }
    }
}

/// What became of a complaint in the first step.
enum Admission {
    /// It has its case.
    Case(AdmittedCase),
    /// It was worked off before and its case no longer exists.
    Over,
    /// It cannot become a case, for this reason.
    Refused(&'static str),
}

/// A complaint that has its case and waits for the second step.
struct AdmittedCase {
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
    /// See [`WorkerError`]. What is wrong with one envelope or one case is no error of the round: the
    /// envelope is set aside, or waits, and the others go on.
    pub async fn round(&self) -> Result<Round, WorkerError> {
        let mut round = Round::default();
        // Replies of a round that broke off come first.
        self.deliver_outbox().await?;
        // Messages whose case may still be in a later batch, and what could not be finished, wait.
        let mut messages = Vec::new();
        let mut waiting = Vec::new();
        loop {
            let batch = self
                .mailroom
                .waiting(self.keyring.key_id(), &waiting, BATCH)
                .await?;
            if batch.is_empty() {
                break;
            }
            let mut admitted = Vec::new();
            for envelope in batch {
                let letter = match self.keyring.open(&envelope) {
                    Ok(letter) => letter,
                    Err(error) => {
                        self.set_aside(envelope.id, error.code(), &mut round)
                            .await?;
                        continue;
                    }
                };
                match letter.content {
                    Content::Message(_) => {
                        messages.push(envelope.id);
                        waiting.push(envelope.id);
                    }
                    Content::Complaint(_) => match self.admit(letter).await? {
                        Admission::Case(case) => {
                            round.admitted += 1;
                            admitted.push(case);
                        }
                        Admission::Over => self.mailroom.remove(envelope.id).await?,
                        Admission::Refused(reason) => {
                            self.set_aside(envelope.id, reason, &mut round).await?;
                        }
                    },
                }
            }
            self.deliver_outbox().await?;
            for case in admitted {
                match self.classify(&case).await {
                    Ok(()) => self.mailroom.remove(case.envelope).await?,
                    Err(error) if error.is_of_one_case() => {
                        tracing::error!(cause = %error, "a case could not be classified");
                        waiting.push(case.envelope);
                        round.deferred += 1;
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        self.follow_up_all(&messages, &mut round).await?;
        Ok(round)
    }

    /// Sets an envelope aside with its reason; it is kept to the byte.
    async fn set_aside(
        &self,
        envelope: EnvelopeId,
        reason: &'static str,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        self.mailroom.quarantine(envelope, reason).await?;
        tracing::warn!(reason, "an envelope was set aside");
        round.quarantined += 1;
        Ok(())
    }

    /// Puts the messages of this round into their cases, now that every complaint has one.
    async fn follow_up_all(
        &self,
        messages: &[EnvelopeId],
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
                // What came meanwhile is for the next round.
                let Ok(letter) = self.keyring.open(&envelope) else {
                    continue;
                };
                let Content::Message(text) = letter.content else {
                    continue;
                };
                let followed = self
                    .follow_up(envelope.id, letter.lookup_id, letter.received_on, text)
                    .await;
                match followed {
                    Ok(true) => {
                        self.deliver_outbox().await?;
                        self.mailroom.remove(envelope.id).await?;
                        round.followed += 1;
                    }
                    Ok(false) => round.deferred += 1,
                    Err(error) if error.is_of_one_case() => {
                        tracing::error!(cause = %error, "a message waits");
                        round.deferred += 1;
                    }
                    Err(error) => return Err(error),
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
