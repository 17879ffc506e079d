//! Who can open a case: its keys, each in a ring, and the circle of those who are entitled.
//!
//! A ring names nobody, and the circle is sealed; so neither tells who may open a case, nor who may
//! not. A case has a ring for each of its keys that a document is still sealed to. They are known by
//! the public half of their key, not by a number, which would count what the committee decided.

use async_trait::async_trait;

use crate::StoreError;
use crate::casefiles::{CaseId, SealedDocument};

/// The private half of one of a case's keys, for all who may open the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRing {
    /// Public half of the key (`age1…`).
    pub recipient: String,
    /// Private half, sealed to those who are entitled and to decoys; as long as an envelope size class.
    pub ring: Vec<u8>,
    /// Private half, in shares for the holders of the offline recovery; as long as an envelope size
    /// class.
    pub recovery: Option<Vec<u8>>,
}

/// Who can open a case when it is first written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewAccess {
    /// The committee's key alone: there are no members yet.
    Committee {
        /// Private half of the case's key, wrapped for the committee's key.
        wrap: Vec<u8>,
    },
    /// The members in its circle.
    Members {
        /// Sealed under the service's own key.
        circle: Vec<u8>,
        /// As in [`StoredRing`], of the case's recipient.
        ring: Vec<u8>,
        /// As in [`StoredRing`].
        recovery: Option<Vec<u8>>,
    },
}

/// All that is kept of who can open a case, as of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseAccess {
    /// Public half of the newest key: what comes now is sealed to it.
    pub recipient: String,
    /// Who is entitled and who is excluded, sealed; `None` until the case has members.
    pub circle: Option<Vec<u8>>,
    /// The keys that documents are sealed to, by their public halves.
    pub rings: Vec<StoredRing>,
    /// Private half of the first key, wrapped for the committee's key, until members have it.
    pub committee_wrap: Option<Vec<u8>>,
}

/// A change of who can open a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessChange {
    /// The case.
    pub case: CaseId,
    /// The circle as it was read.
    pub expected_circle: Option<Vec<u8>>,
    /// The circle from now on. Every sealing gives other bytes, so whoever read before comes too late.
    pub circle: Vec<u8>,
    /// A ring that is added, or replaces the one of the same key.
    pub ring: Option<StoredRing>,
    /// The key that is the newest from now on; it has a ring, or this change brings it.
    pub recipient: Option<String>,
    /// All documents of the case, sealed anew to the newest key under their ids. The rings of all other
    /// keys go.
    pub reseal: Option<Vec<SealedDocument>>,
    /// A document that is added, sealed to the newest key.
    pub document: Option<SealedDocument>,
    /// The committee's key opens the case no longer.
    pub drop_committee_wrap: bool,
}

impl AccessChange {
    /// A change of the circle alone.
    #[must_use]
    pub fn of_circle(case: CaseId, expected: Option<Vec<u8>>, circle: Vec<u8>) -> Self {
        Self {
            case,
            expected_circle: expected,
            circle,
            ring: None,
            recipient: None,
            reseal: None,
            document: None,
            drop_committee_wrap: false,
        }
    }

    /// Whether nobody could open the case afterwards unless its newest key has a ring.
    #[must_use]
    pub fn relies_on_ring(&self) -> bool {
        self.recipient.is_some() || self.reseal.is_some() || self.drop_committee_wrap
    }
}

/// What something sealed was and what takes its place.
#[derive(Debug, Clone, Copy)]
pub struct Resealed<'a> {
    /// As it was read.
    pub old: &'a [u8],
    /// The same under another key.
    pub new: &'a [u8],
}

impl<'a> Resealed<'a> {
    /// What a part was and is, if there is one.
    #[must_use]
    pub fn split(part: Option<Self>) -> (Option<&'a [u8]>, Option<&'a [u8]>) {
        part.map_or((None, None), |part| (Some(part.old), Some(part.new)))
    }
}

/// What a case has under the committee's key. `None` says that it has no such part.
#[derive(Debug, Clone, Copy)]
pub struct ResealedCase<'a> {
    /// Where its mailbox is.
    pub service_record: Resealed<'a>,
    /// Who may open it.
    pub circle: Option<Resealed<'a>>,
    /// How it stands in the procedure.
    pub course: Option<Resealed<'a>>,
    /// Its first key, as long as it has no members.
    pub committee_wrap: Option<Resealed<'a>>,
}

/// Who can open which case.
#[async_trait]
pub trait Rings: Send + Sync {
    /// Who can open a case.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn access(&self, case: CaseId) -> Result<Option<CaseAccess>, StoreError>;

    /// Makes a change, all or none. `false`: the circle is another by now, `reseal` does not name
    /// exactly the documents that the case has now, or there is no such case; nothing is written; read
    /// the case again.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`], and nothing is written, when the change
    /// [relies on a ring](AccessChange::relies_on_ring) that is not there: nobody could open the case.
    /// Otherwise see [`StoreError`].
    async fn change_access(&self, change: &AccessChange) -> Result<bool, StoreError>;

    /// Up to `limit` cases whose key the committee's key still opens, by their random ids from the first
    /// after `after` on.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn wrapped_for_committee(
        &self,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseId>, StoreError>;

    /// Replaces what a case has under the committee's key, all or none, at a change of that key.
    /// `false`: something is not as it was read; nothing is
    /// written.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn reseal_case(&self, case: CaseId, parts: ResealedCase<'_>) -> Result<bool, StoreError>;

    /// Up to `limit` cases, by their random ids from the first after `after` on.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn case_ids(&self, after: Option<CaseId>, limit: u32) -> Result<Vec<CaseId>, StoreError>;

    /// Removes a case and all that is in it, all or none; says whether there was one. Replies that are
    /// still in the outbox are delivered all the same, and the ids of its envelopes stay seen, so that
    /// none of them becomes a case again.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn delete_case(&self, case: CaseId) -> Result<bool, StoreError>;
}
