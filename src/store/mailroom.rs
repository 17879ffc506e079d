//! The store that both services reach: sealed envelopes in, sealed replies out.

use async_trait::async_trait;
use mailbox::SealedEntry;
use sealing::{EnvelopeId, KeyId, LookupId, SealedEnvelope};

use crate::StoreError;

/// What a person hands in: an envelope and, with a complaint, the first entry of its mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// For the committee.
    pub envelope: SealedEnvelope,
    /// Position 0 of the new mailbox; `None` for a further message to an old one.
    pub first_entry: Option<SealedEntry>,
}

/// All that intake may do.
#[async_trait]
pub trait IntakeMailroom: Send + Sync {
    /// Stores deposits, all or none, in one durable transaction. A deposit whose envelope id or
    /// mailbox position is already there changes nothing, so that a repeated request is harmless.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then nothing may be acknowledged.
    async fn deposit(&self, deposits: &[Deposit]) -> Result<(), StoreError>;

    /// The entries of one mailbox by position, empty when there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn mailbox(&self, id: LookupId) -> Result<Vec<SealedEntry>, StoreError>;

    /// Whether the store answers.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn ping(&self) -> Result<(), StoreError>;
}

/// How many envelopes wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Sealed to a key that was asked for.
    pub ours: u64,
    /// Sealed to another key.
    pub foreign: u64,
    /// Set aside because they could not be opened.
    pub quarantined: u64,
}

/// An envelope that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// The envelope, to the byte.
    pub envelope: SealedEnvelope,
    /// Why, as a stable code.
    pub reason: String,
}

/// What triage does with the mailroom.
#[async_trait]
pub trait TriageMailroom: Send + Sync {
    /// Up to `limit` envelopes sealed to `key`, leaving out those in `except`. Their order tells
    /// nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn waiting(
        &self,
        key: KeyId,
        except: &[EnvelopeId],
        limit: u32,
    ) -> Result<Vec<SealedEnvelope>, StoreError>;

    /// Places a reply in its mailbox; a reply that is already at that position stays as it is.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn post(&self, reply: &SealedEntry) -> Result<(), StoreError>;

    /// Removes an envelope that has been worked off. One that is gone already is no error.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove(&self, id: EnvelopeId) -> Result<(), StoreError>;

    /// Sets an envelope aside, unchanged, with the reason why it cannot be opened; it no longer
    /// waits. One that is gone already is no error.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn quarantine(&self, id: EnvelopeId, reason: &str) -> Result<(), StoreError>;

    /// What was set aside.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError>;

    /// How many envelopes wait for `key`, for other keys, and in quarantine.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn backlog(&self, key: KeyId) -> Result<Backlog, StoreError>;

    /// Rewrites every table in the order of its random ids, so that no page, row number or
    /// transaction id tells any longer in which order rows came. Done once a day; within the day the
    /// physical order is a stated limit.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn shuffle(&self) -> Result<(), StoreError>;
}

/// A driver's mailroom, for whoever may do both (tests, the operator).
pub trait Mailroom: IntakeMailroom + TriageMailroom {}

impl<T: IntakeMailroom + TriageMailroom> Mailroom for T {}
