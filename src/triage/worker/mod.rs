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
//! 4. *move the files* (case files, then mailroom): see `evidence`;
//! 5. *remove* (mailroom): the envelope.
//!
//! Whoever is killed between two of them leaves the envelope where it is; it is opened again, and the
//! steps that are done are found done. The first reply does not wait for the classification: a batch
//! is admitted and answered as a whole before any of it is classified. No reply waits for a file:
//! files are moved when all that waits is answered, and a round moves only so much of them.

mod acts;
mod admission;
mod classification;
mod evidence;
#[cfg(test)]
mod evidence_tests;
mod follow_up;
mod incidents;
mod interim;
#[cfg(test)]
mod later_tests;
mod members;
#[cfg(test)]
mod tests;
mod words;
#[cfg(test)]
mod words_tests;

use std::ops::AddAssign;
use std::sync::Arc;

use classifier::Classifier;
use committee::access::{Access, AccessError};
use committee::alike::AlikeError;
use committee::calendar::SharedCalendar;
use committee::incidents::IncidentError;
use committee::members::RosterError;
use domain::complaint::Complaint;
use jiff::SignedDuration;
use jiff::civil::Date;
use mailbox::EntrySealError;
use opening::{CaseRecipient, OpenError};
use sealing::{Content, EnvelopeId, Letter, SealError};
use serde::Serialize;
use service::clock::Clock;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId, DocumentId, DocumentKind, SealedDocument};
use store::mailroom::{TriageMailroom, WaitingEnvelope};
use tokio::task::spawn_blocking;

pub use self::acts::TendError;
pub use self::evidence::Files;
use self::follow_up::Following;
pub use self::members::Agreed;
use crate::documents;
use committee::keyring::Keyring;
use committee::waiting::Walk;

/// How often a step of a case is tried while others change the case.
const TRIES: u32 = 16;

/// Envelopes that are taken from the mailroom at once.
const BATCH: u32 = 32;

/// Reason of the quarantine for an envelope that made the opening panic.
const PANIC: &str = "panic";
/// Reason of the quarantine for a message whose mailbox never got a case.
const NO_CASE: &str = "no_case";
/// How long a message waits for its case; its complaint is stored before it can be sent.
const ORPHAN_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

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
    pub calendar: SharedCalendar,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The files under way.
    pub files: Files,
    /// The members that every circle is known to agree with.
    pub agreed: Agreed,
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// New cases, counted when they have all their files.
    pub admitted: u64,
    /// Further messages put into their cases, with all their files.
    pub followed: u64,
    /// Mailboxes moved to other words, those of whoever came too late included.
    pub moved: u64,
    /// Envelopes set aside.
    pub quarantined: u64,
    /// Envelopes that could not be finished; they wait and are tried again.
    pub deferred: u64,
    /// Whether files wait for another round, which may follow at once.
    pub files_wait: bool,
    /// Cases that no member may open, in all: each is about whoever could. Somebody else has to be
    /// invited.
    pub unheld: u64,
}

impl AddAssign for Round {
    fn add_assign(&mut self, other: Self) {
        self.admitted += other.admitted;
        self.followed += other.followed;
        self.moved += other.moved;
        self.quarantined += other.quarantined;
        self.deferred += other.deferred;
        self.files_wait |= other.files_wait;
        // Not of a round, but as it is now.
        self.unheld = other.unheld;
    }
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
    /// The classifier or the opening of an envelope panicked.
    #[error("a step panicked")]
    Panicked,
    /// Other replies kept taking the position in a mailbox, or the case kept getting other keys.
    #[error("a case stayed contended")]
    Contended,
    /// Who may open a case could not be found out or changed.
    #[error(transparent)]
    Access(AccessError),
    /// A security incident cannot be read or kept.
    #[error(transparent)]
    Incident(IncidentError),
    /// The members' records are not as they have to be.
    #[error(transparent)]
    Roster(RosterError),
}

impl Round {
    /// Lets what is at fault wait, and goes on; a fault of all ends the round.
    fn defer(&mut self, error: WorkerError) -> Result<(), WorkerError> {
        if !error.is_of_one_case() {
            return Err(error);
        }
        tracing::error!(cause = %error, "an envelope waits");
        self.deferred += 1;
        Ok(())
    }
}

impl From<AlikeError> for WorkerError {
    fn from(error: AlikeError) -> Self {
        match error {
            AlikeError::Store(error) => Self::Store(error),
            AlikeError::Seal(error) => Self::Seal(error),
        }
    }
}

impl From<IncidentError> for WorkerError {
    fn from(error: IncidentError) -> Self {
        match error {
            IncidentError::Store(error) => Self::Store(error),
            error @ (IncidentError::Open(_)
            | IncidentError::Seal(_)
            | IncidentError::Full
            | IncidentError::Contended) => Self::Incident(error),
        }
    }
}

impl From<RosterError> for WorkerError {
    fn from(error: RosterError) -> Self {
        match error {
            RosterError::Store(error) => Self::Store(error),
            error @ (RosterError::Anchor(_)
            | RosterError::Gone(_)
            | RosterError::Older(_)
            | RosterError::Open(_)) => Self::Roster(error),
        }
    }
}

impl From<AccessError> for WorkerError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Store(error) => Self::Store(error),
            error @ (AccessError::Unknown
            | AccessError::NoCopy
            | AccessError::Open(_)
            | AccessError::Seal(_)
            | AccessError::Recipient(_)
            | AccessError::NobodyLeft
            | AccessError::Altered
            | AccessError::Contended) => Self::Access(error),
        }
    }
}

impl WorkerError {
    /// Whether it is the fault of one case, so that the others can go on.
    fn is_of_one_case(&self) -> bool {
        match self {
            Self::ServiceRecord(_)
            | Self::CaseRecipient(_)
            | Self::Contended
            | Self::Panicked
            | Self::NoFolio { .. } => true,
            Self::Reply(error) => *error == EntrySealError::TooLong,
            Self::Seal(error) => matches!(error, SealError::TooLong),
            Self::Access(error) => match error {
                AccessError::Unknown
                | AccessError::NoCopy
                | AccessError::Open(_)
                | AccessError::Recipient(_)
                | AccessError::NobodyLeft
                | AccessError::Altered
                | AccessError::Contended => true,
                AccessError::Seal(error) => matches!(error, SealError::TooLong),
                AccessError::Store(_) => false,
            },
            Self::Store(_) | Self::Randomness | Self::Roster(_) | Self::Incident(_) => false,
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
    has_files: bool,
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
    /// Works off everything that waits: all complaints first, then the other words that people chose, then
    /// the messages, whose cases then exist, and last the files. Each pass walks once through the ids, so a round ends whatever keeps coming, and what
    /// waits for long costs one opening a round.
    ///
    /// # Errors
    /// See [`WorkerError`]. What is wrong with one envelope or one case is no error of the round: the
    /// envelope is set aside, or waits, and the others go on.
    pub async fn round(&self) -> Result<Round, WorkerError> {
        let mut round = Round::default();
        // Replies of a round that broke off come first.
        self.deliver_outbox().await?;
        let access = self.access().await?;
        let mut walk = self.walk();
        let (mut messages, mut files, mut words) = (false, false, false);
        while let Some(batch) = walk.next(&*self.mailroom).await? {
            let mut admitted = Vec::new();
            for envelope in batch {
                let Some(letter) = self.open(envelope, &mut round).await? else {
                    continue;
                };
                let id = letter.envelope_id;
                if let Content::FollowUp(told) = &letter.content {
                    messages = true;
                    files |= !told.evidence.is_empty();
                    continue;
                }
                if let Content::NewWords(_) = &letter.content {
                    words = true;
                    continue;
                }
                match self.admit(letter, &access).await {
                    Ok(Admission::Case(case)) => admitted.push(case),
                    Ok(Admission::Over) => self.mailroom.remove(id).await?,
                    Ok(Admission::Refused(reason)) => {
                        self.set_aside(id, reason, &mut round).await?;
                    }
                    Err(error) => round.defer(error)?,
                }
            }
            self.deliver_outbox().await?;
            for case in admitted {
                match self.classify(&case).await {
                    Ok(()) if case.has_files => files = true,
                    Ok(()) => {
                        self.mailroom.remove(case.envelope).await?;
                        round.admitted += 1;
                    }
                    Err(error) => round.defer(error)?,
                }
            }
        }
        // Before the messages: some may come with the new words already.
        if words {
            self.change_words_all(&mut round).await?;
        }
        if messages {
            self.follow_up_all(&access, &mut round).await?;
        }
        self.follow_members(&access, &mut round).await?;
        self.post_interim(&mut round).await?;
        self.tell_of_incidents(&mut round).await?;
        if files {
            self.move_files(&mut round).await?;
        }
        Ok(round)
    }

    /// Puts messages into their cases, now that every complaint has one.
    async fn follow_up_all(&self, access: &Access, round: &mut Round) -> Result<(), WorkerError> {
        let mut walk = self.walk();
        while let Some(batch) = walk.next(&*self.mailroom).await? {
            for envelope in batch {
                let Some(letter) = self.open(envelope, round).await? else {
                    continue;
                };
                // A complaint that came meanwhile is for the next round.
                let Content::FollowUp(told) = &letter.content else {
                    continue;
                };
                let id = letter.envelope_id;
                match self.follow_up(&letter, told, access).await {
                    Ok(Following::Done) => {
                        self.deliver_outbox().await?;
                        if told.evidence.is_empty() {
                            self.mailroom.remove(id).await?;
                            round.followed += 1;
                        }
                    }
                    Ok(Following::NoCase) if self.is_orphan(letter.received_on) => {
                        self.set_aside(id, NO_CASE, round).await?;
                    }
                    Ok(Following::NoCase) => round.deferred += 1,
                    Ok(Following::Refused(reason)) => self.set_aside(id, reason, round).await?,
                    Err(error) => round.defer(error)?,
                }
            }
        }
        Ok(())
    }

    /// Through all that waits for any of the keys.
    fn walk(&self) -> Walk {
        Walk::through(self.keyring.key_ids(), BATCH)
    }

    /// Opens an envelope, or sets it aside. Hostile bytes are opened on a thread of their own, so
    /// that not even a panic stops the worker.
    async fn open(
        &self,
        envelope: WaitingEnvelope,
        round: &mut Round,
    ) -> Result<Option<Letter>, WorkerError> {
        let envelope = match envelope {
            WaitingEnvelope::Sound(envelope) => envelope,
            WaitingEnvelope::Unsound { id, reason } => {
                self.set_aside(id, reason, round).await?;
                return Ok(None);
            }
        };
        let id = envelope.id;
        let keyring = Arc::clone(&self.keyring);
        let reason = match spawn_blocking(move || keyring.open(&envelope)).await {
            Ok(Ok(letter)) => return Ok(Some(letter)),
            Ok(Err(error)) => error.code(),
            Err(_) => PANIC,
        };
        self.set_aside(id, reason, round).await?;
        Ok(None)
    }

    /// Sets an envelope aside with its reason; it is kept to the byte.
    async fn set_aside(
        &self,
        envelope: EnvelopeId,
        reason: &str,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        self.mailroom.quarantine(envelope, reason).await?;
        round.quarantined += 1;
        Ok(())
    }

    /// A document for one place in one case, sealed to the case's key.
    fn document<T: Serialize>(
        &self,
        case: CaseId,
        recipient: &CaseRecipient,
        kind: DocumentKind,
        written_on: Date,
        content: &T,
    ) -> Result<SealedDocument, WorkerError> {
        let id = DocumentId(random_id(&self.keyring)?);
        self.document_under(id, case, recipient, kind, written_on, content)
    }

    /// The same under an id that is known.
    fn document_under<T: Serialize>(
        &self,
        id: DocumentId,
        case: CaseId,
        recipient: &CaseRecipient,
        kind: DocumentKind,
        written_on: Date,
        content: &T,
    ) -> Result<SealedDocument, WorkerError> {
        let place = documents::place(case, id, kind, written_on);
        let sealed = recipient.seal(&place, content, self.keyring.rng())?;
        Ok(SealedDocument {
            id,
            kind,
            written_on,
            sealed,
        })
    }

    /// Whether a message has waited for its case for so long that none will come.
    fn is_orphan(&self, received_on: Date) -> bool {
        received_on.saturating_add(ORPHAN_AFTER) < self.today()
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
        self.calendar.now().legal_day(self.clock.now())
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
