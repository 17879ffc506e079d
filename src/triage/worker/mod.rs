//! From an envelope in the mailroom to a case with a first reply, exactly once.
//!
//! There are two stores and so no transaction over both. Each step is one transaction of one store for a
//! whole batch, and each can be repeated:
//!
//! 1. *admit* (case files): the cases, the ids of the envelopes as seen, and the finished sealed replies
//!    in the outbox;
//! 2. *deliver* (mailroom, then case files): the replies are copied byte for byte, then forgotten in the
//!    outbox;
//! 3. *classify* (case files): the proposals, where there are none;
//! 4. *move the files* (case files, then mailroom): see `evidence`;
//! 5. *remove* (mailroom): the envelopes.
//!
//! Whoever is killed between two of them leaves the envelopes where they are; they are opened again, and
//! the steps that are done are found done. In a batch each complaint has its own outcome: one that cannot be
//! opened, made a case of or classified, whose mailbox has a case or whose folio is taken, holds up no other.
//! A store that refuses a write ends the round, and the next one tries again: it does not tell a row that it
//! will not have from a disk that is full.
//!
//! No first reply waits for a backlog to be classified: all that waits is answered before any of it is
//! classified, and is opened a second time then, so that of what people wrote no more is in memory than a
//! batch. A round classifies only for so long, so what comes meanwhile is answered before it goes on. What is
//! known to be answered is not opened for that again.
//! No reply waits for a backlog of files: they are moved when all that waits is answered and classified, and
//! a round moves only so much of them.
//!
//! What needs no store, opening, making cases and classifying, is done on all cores (`cores`), and the next
//! batch is made while one is written.

mod acts;
mod admission;
mod case_maker;
mod classification;
mod cores;
mod evidence;
#[cfg(test)]
mod evidence_tests;
mod fault;
mod follow_up;
mod hidden;
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

use std::collections::HashSet;
use std::ops::AddAssign;
use std::sync::Arc;
use std::time::Duration;

use classifier::Classifier;
use committee::access::Access;
use committee::calendar::SharedCalendar;
use committee::keyring::Keyring;
use committee::waiting::Walk;
use jiff::SignedDuration;
use jiff::civil::Date;
use opening::CaseRecipient;
use sealing::{Content, EnvelopeId, Letter};
use serde::Serialize;
use service::clock::Clock;
use store::casefiles::{CaseFiles, CaseId, DocumentId, DocumentKind, SealedDocument};
use store::mailroom::{TriageMailroom, WaitingEnvelope};

pub use self::acts::TendError;
pub use self::admission::Answered;
use self::classification::Unproposed;
use self::cores::on_all_cores;
pub use self::evidence::Files;
pub use self::fault::WorkerError;
use self::follow_up::Following;
pub use self::hidden::{HiddenShare, NotAShare};
pub use self::members::Agreed;
use crate::documents;

/// How often a step of a case is tried while others change the case.
const TRIES: u32 = 16;

/// Envelopes, replies or cases that a worker takes from a store at once.
pub const BATCH: u32 = 256;

/// For how long a round goes on to propose. What comes meanwhile waits for its first reply as long, and until
/// what each core has begun is done.
pub const PROPOSING: Duration = Duration::from_secs(1);

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
    /// What share of the proposals the committee sees only after it has classified the case itself.
    pub hidden: HiddenShare,
    /// The committee's calendar.
    pub calendar: SharedCalendar,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The files under way.
    pub files: Files,
    /// The members that every circle is known to agree with.
    pub agreed: Agreed,
    /// How many envelopes, replies or cases are taken from a store at once: [`BATCH`], but for tests.
    pub batch: u32,
    /// For how long a round goes on to propose: [`PROPOSING`], but for tests.
    pub proposing: Duration,
    /// The complaints that this process knows to be answered.
    pub answered: Answered,
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
    /// Whether proposals or files wait for another round, which may follow at once.
    pub more_waits: bool,
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
        self.more_waits |= other.more_waits;
        // Not of a round, but as it is now.
        self.unheld = other.unheld;
    }
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

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("keyring", &self.keyring)
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// Works off what waits: all complaints are answered first, then come the other words that people chose,
    /// the messages, whose cases then exist, what is proposed for the new cases, and last the files; of these
    /// two only so much as a round may. Each pass walks once through the ids, so a round ends whatever keeps
    /// coming, and what waits for long costs one opening a round.
    ///
    /// # Errors
    /// See [`WorkerError`]. What is wrong with one envelope or one case is no error of the round: the
    /// envelope is set aside, or waits, and the others go on.
    pub async fn round(&self) -> Result<Round, WorkerError> {
        let mut round = Round::default();
        // Replies of a round that broke off come first.
        self.deliver_outbox().await?;
        let access = self.access().await?;
        let waiting = self.answer_all(&access, &mut round).await?;
        // Before the messages: some may come with the new words already.
        if !waiting.words.is_empty() {
            self.change_words_all(&waiting.words, &mut round).await?;
        }
        if !waiting.messages.is_empty() {
            self.follow_up_all(&access, &waiting.messages, &mut round)
                .await?;
        }
        let mut unproposed = Unproposed::default();
        if !waiting.complaints.is_empty() {
            unproposed = self.propose_all(&waiting.complaints, &mut round).await?;
        }
        self.follow_members(&access, &mut round).await?;
        self.post_interim(&mut round).await?;
        self.tell_of_incidents(&mut round).await?;
        if unproposed.more {
            // A complaint goes with its files, so nothing would be proposed for it any more.
            round.more_waits = true;
        } else if waiting.files || unproposed.files {
            self.move_files(&mut round).await?;
        }
        Ok(round)
    }

    /// Puts messages into their cases, now that every complaint has one.
    async fn follow_up_all(
        &self,
        access: &Access,
        messages: &HashSet<EnvelopeId>,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        let mut walk = self.walk();
        while let Some(batch) = walk.next(&*self.mailroom).await? {
            let batch = only(batch, messages);
            for letter in self.open_all(batch, round).await? {
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
        Walk::through(self.keyring.key_ids(), self.batch)
    }

    /// Opens envelopes on all cores; what does not open is set aside. Not even bytes that make the opening
    /// panic stop the worker.
    async fn open_all(
        &self,
        envelopes: Vec<WaitingEnvelope>,
        round: &mut Round,
    ) -> Result<Vec<Letter>, WorkerError> {
        let ids: Vec<EnvelopeId> = envelopes.iter().map(WaitingEnvelope::id).collect();
        let keyring = Arc::clone(&self.keyring);
        let opened = on_all_cores(envelopes, move |envelope| match envelope {
            WaitingEnvelope::Sound(envelope) => {
                keyring.open(&envelope).map_err(|error| error.code())
            }
            WaitingEnvelope::Unsound { id: _, reason } => Err(reason),
        });
        let mut letters = Vec::with_capacity(ids.len());
        for (id, opened) in ids.into_iter().zip(opened.await) {
            match opened.unwrap_or(Err(PANIC)) {
                Ok(letter) => letters.push(letter),
                Err(reason) => self.set_aside(id, reason, round).await?,
            }
        }
        Ok(letters)
    }

    /// Opens one, or sets it aside.
    async fn open(
        &self,
        envelope: WaitingEnvelope,
        round: &mut Round,
    ) -> Result<Option<Letter>, WorkerError> {
        Ok(self.open_all(vec![envelope], round).await?.pop())
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
        let keyring = &self.keyring;
        seal_document(keyring, id, case, recipient, kind, written_on, content)
    }

    /// Whether a message has waited for its case for so long that none will come.
    fn is_orphan(&self, received_on: Date) -> bool {
        received_on.saturating_add(ORPHAN_AFTER) < self.today()
    }

    /// Copies finished replies into the mailroom.
    async fn deliver_outbox(&self) -> Result<(), WorkerError> {
        loop {
            let replies = self.cases.outbox(self.batch).await?;
            if !replies.is_empty() {
                self.mailroom.post_all(&replies).await?;
                let places: Vec<_> = replies
                    .iter()
                    .map(|reply| (reply.lookup_id, reply.position))
                    .collect();
                self.cases.delivered(&places).await?;
            }
            if u32::try_from(replies.len()).is_ok_and(|count| count < self.batch) {
                return Ok(());
            }
        }
    }

    /// The committee's day, as at the desk: after office hours, and on days that do not count, the next one
    /// that does.
    fn today(&self) -> Date {
        self.calendar.now().legal_day(self.clock.now())
    }
}

/// A document for one place in one case, sealed to the case's key.
fn seal_document<T: Serialize>(
    keyring: &Keyring,
    id: DocumentId,
    case: CaseId,
    recipient: &CaseRecipient,
    kind: DocumentKind,
    written_on: Date,
    content: &T,
) -> Result<SealedDocument, WorkerError> {
    let place = documents::place(case, id, kind, written_on);
    let sealed = recipient.seal(&place, content, keyring.rng())?;
    Ok(SealedDocument {
        id,
        kind,
        written_on,
        sealed,
    })
}

/// Those of the envelopes that are among these.
fn only(mut envelopes: Vec<WaitingEnvelope>, which: &HashSet<EnvelopeId>) -> Vec<WaitingEnvelope> {
    envelopes.retain(|envelope| which.contains(&envelope.id()));
    envelopes
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
