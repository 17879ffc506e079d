//! Small sealed records of the committee's own service: one row each, and only an unsealed service
//! knows what they hold.
//!
//! In clear are the kind and a random id, so whoever has the database learns how many there are of a
//! kind and nothing else.

use async_trait::async_trait;
use domain::coded_enum;

use crate::StoreError;
use crate::rings::Resealed;

coded_enum! {
    /// What a record is about.
    pub enum RecordKind {
        /// A member of the committee.
        Member = "member",
        /// An act that waits for a second person.
        Act = "act",
        /// A security incident.
        Incident = "incident",
        /// What is left of a case that two members deleted.
        Certificate = "certificate",
        /// Where a member gets mail.
        Contact = "contact",
        /// A message to a member that waits, or was taken by a mail server in this slot.
        Notice = "notice",
        /// A session of the committee.
        Meeting = "meeting",
        /// A point of the agenda of a session.
        Point = "meeting_point",
        /// A call, an orientation or a writing.
        Attention = "attention",
        /// A conflict-of-interest consultation or a citizen petition.
        Matter = "matter",
        /// What a case is found by that may concern the same person or unit as another.
        Alike = "alike",
        /// Days on which terms stand still.
        Suspension = "suspension",
        /// The lists that a member comes back to.
        View = "view",
        /// Words that a case was found with before the person chose others.
        FormerWords = "former_words",
    }
}

/// Random name of a record inside the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub [u8; 16]);

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRecord {
    /// Random.
    pub id: RecordId,
    /// As long as one of six sizes.
    pub sealed: Vec<u8>,
}

/// The records of the committee's service.
///
/// A record has no version: it would count what a member does. Whoever changes one shows the bytes
/// that they read; every sealing gives other bytes, so the same bytes are the same version.
#[async_trait]
pub trait Records: Send + Sync {
    /// All records of a kind, by their random ids.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn records(&self, kind: RecordKind) -> Result<Vec<SealedRecord>, StoreError>;

    /// One record.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn record(
        &self,
        kind: RecordKind,
        id: RecordId,
    ) -> Result<Option<SealedRecord>, StoreError>;

    /// Writes if what is kept now is `expected` (`None`: nothing is); says whether it wrote.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn put_record(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: Option<&[u8]>,
        sealed: &[u8],
    ) -> Result<bool, StoreError>;

    /// Writes records of a kind, each unless there is one under its id, all in one transaction and in the
    /// order of their ids.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing was written.
    async fn keep_records(
        &self,
        kind: RecordKind,
        records: &[SealedRecord],
    ) -> Result<(), StoreError>;

    /// Writes a record and replaces a [secret](crate::casefiles::CaseFiles::secret) of the service, both or
    /// neither: if the record that is kept now is `expected` (`None`: nothing is) and the secret is as it
    /// was read; says whether it wrote.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn put_record_and_secret(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: Option<&[u8]>,
        sealed: &[u8],
        secret: &str,
        anew: Resealed<'_>,
    ) -> Result<bool, StoreError>;

    /// Removes if what is kept now is `expected`; says whether it removed.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove_record(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: &[u8],
    ) -> Result<bool, StoreError>;
}
