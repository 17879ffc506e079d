//! What happens in a case after it was admitted: messages of the person, and steps of the committee or
//! of the service itself. Each writes what it brings, and all that it changes, in one transaction.

use async_trait::async_trait;
use domain::case::CaseState;
use domain::catalogue::{Risk, TermKey};
use domain::routing::{Mediation, Priority, Protocol, Urgency};
use jiff::civil::Date;
use mailbox::SealedEntry;
use sealing::{EnvelopeId, LookupHash};

use crate::StoreError;
use crate::casefiles::{CaseHandle, CaseId, NewDocument, RunningTerm};
use crate::log::StoredEntry;

/// What changes in a case besides what is written into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseChange {
    /// The state that the case leaves and the one that it enters. It may be one and the same: then the
    /// case must still stand there.
    pub state: Option<(CaseState, CaseState)>,
    /// Terms that run no longer. One that does not run is no error.
    pub stop: Vec<TermKey>,
    /// Terms that run from now on, each in place of the same one if it ran or is stopped here.
    pub start: Vec<RunningTerm>,
    /// How the case stands in the procedure.
    pub course: Option<NewCourse>,
    /// What risks the facts are, as a person confirmed: the register shows that from now on. What was
    /// proposed stays in its own document.
    pub confirmed: Option<Confirmed>,
}

/// A classification that a person confirmed, with what the rules make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Main risk.
    pub main: Risk,
    /// All risks, the main one first.
    pub labels: Vec<Risk>,
    /// How urgent.
    pub urgency: Urgency,
    /// How soon it is to be worked on.
    pub priority: Priority,
    /// Whether mediation is possible.
    pub mediation: Mediation,
    /// Special protocols that apply.
    pub protocols: Vec<Protocol>,
}

impl Confirmed {
    /// Stands where the classifier's version is, if none proposed anything.
    pub const BY_PERSON: &str = "persona";
}

/// How a case stands in the procedure from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCourse {
    /// As it was read. Every sealing gives other bytes, so whoever read before comes too late.
    pub expected: Option<Vec<u8>>,
    /// Sealed under the service's own key.
    pub sealed: Vec<u8>,
}

/// A further message of the person on its way into a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// The envelope that is being worked off.
    pub envelope_id: EnvelopeId,
    /// Its legal day.
    pub seen_on: Date,
    /// The case.
    pub case_id: CaseId,
    /// The message, sealed to the case's key.
    pub document: NewDocument,
    /// The echo for the mailbox, at the case's next position.
    pub reply: SealedEntry,
    /// What it changes.
    pub change: CaseChange,
}

/// What became of a [`FollowUp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// The message was written and the echo is in the outbox.
    Now,
    /// The envelope was seen before: nothing was written.
    Before,
    /// The case has moved on meanwhile, as in [`Stepped::Outdated`]: nothing was written; read the case
    /// and seal anew.
    Outdated,
}

/// Other words for the mailbox of a case, chosen by the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsChange {
    /// The envelope that is being worked off.
    pub envelope_id: EnvelopeId,
    /// Its legal day.
    pub seen_on: Date,
    /// The case.
    pub case_id: CaseId,
    /// The case's service record as it was read: whoever read before comes too late.
    pub expected: Vec<u8>,
    /// Keyed hash of the mailbox from then on.
    pub lookup_hash: LookupHash,
    /// Lookup id and mailbox key from then on, sealed to the committee's key.
    pub service_record: Vec<u8>,
    /// What the person is told in the new mailbox, at the case's next position. So whoever was about to
    /// write to the old one comes too late.
    pub reply: SealedEntry,
}

/// What the committee, or the service itself, does in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStep {
    /// The case.
    pub case_id: CaseId,
    /// What was written or decided, sealed to the case's key.
    pub document: Option<NewDocument>,
    /// What the person reads of it, at the next position of the mailbox.
    pub entry: Option<SealedEntry>,
    /// What it changes.
    pub change: CaseChange,
    /// The entry of the audit log, at the log's next position.
    pub log: Option<StoredEntry>,
}

impl CaseStep {
    /// A step in a case that does nothing yet.
    #[must_use]
    pub fn on(case_id: CaseId) -> Self {
        Self {
            case_id,
            document: None,
            entry: None,
            change: CaseChange::default(),
            log: None,
        }
    }
}

/// What became of a [`CaseStep`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// It was written, and what the person reads is in the outbox.
    Now,
    /// Another took the mailbox's position, or the case left the state, has another course or another
    /// key, or is gone: nothing was written; read the case and seal anew.
    Outdated,
    /// Another entry took the log's position: nothing was written; seal that one anew.
    LogTaken,
}

/// What happens in cases.
#[async_trait]
pub trait Steps: Send + Sync {
    /// Writes the message, the seen envelope id, the outbox echo and the change, all or none, and moves
    /// the case's next position on.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn follow_up(&self, follow_up: &FollowUp) -> Result<Followed, StoreError>;

    /// Gives the case its other mailbox and writes the seen envelope id and the outbox entry, all or none.
    /// Replies that wait in the outbox for the old mailbox stay there.
    ///
    /// # Errors
    /// See [`StoreError`]; also when another case has that mailbox.
    async fn change_words(&self, change: &WordsChange) -> Result<Followed, StoreError>;

    /// Writes the step, all or none. If it has an outbox entry, the case's next position moves on.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn step(&self, step: &CaseStep) -> Result<Stepped, StoreError>;

    /// Up to `limit` cases in which a term runs and ends on or before a day, by their random ids from
    /// the first after `after` on.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn due(
        &self,
        term: TermKey,
        by: Date,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseHandle>, StoreError>;
}
