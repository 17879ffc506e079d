//! What the service knows of its own newest state, so that whoever writes to the database cannot put
//! something else, or something older, in its place.
//!
//! Everything that the service keeps for itself is sealed under its own key, so nobody alters it. But a
//! row can be taken away, or put back as it was. The *anchor* is one row that says what has to be there.
//! It lies in the row that holds the secret of the mailbox hash: whoever takes that row away has not made
//! a service that begins anew, but case files that do not open.
//!
//! A running process remembers the newest anchor that it saw, and takes no older one. The log remembers it
//! for those that come after: each entry says how far the anchor was.

mod members;

pub(crate) use self::members::{Kept, Wrong};

use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard, PoisonError};

use domain::committee::MemberId;
use opening::recovery::RecoveryHolders;
use opening::{LookupHasher, OpenError};
use sealing::SealError;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::RecordKind;
use zeroize::Zeroizing;

use crate::keyring::Keyring;
use crate::log::{self, Head};
use crate::members::MemberRecord;

/// Name of the row.
pub(crate) const ROW: &str = "service";

/// Bytes of a sealed anchor, so that it does not grow with each member.
pub(crate) const LEAST: usize = 16 << 10;

/// How often a change is tried while others come between.
const TRIES: usize = 20;

/// What has to be there.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Anchor {
    /// The secret of the mailbox hash.
    pub(crate) lookup: Zeroizing<[u8; LookupHasher::SECRET]>,
    /// Counts the changes of what follows.
    generation: u64,
    /// Who holds pieces of each case's key, as the committee confirmed it.
    holders: Option<RecoveryHolders>,
    /// An entry of the log that was written: `None` before there is one.
    log: Option<Head>,
    /// The records of members, each with the generation in which it was written.
    members: BTreeMap<MemberId, u64>,
}

/// Why the service does not know what has to be there. Nothing that depends on it may be done.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The row was taken away.
    #[error(
        "the row by which the service knows its own state is gone; put the database back as it was"
    )]
    Gone,
    /// The row is one of before.
    #[error(
        "the service's own state is older than what was seen before; put the database back as it was"
    )]
    Older,
    /// The row was altered, or the committee's key is another by now.
    #[error("the service's own state does not open")]
    Open(#[from] OpenError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Others kept changing it: try again.
    #[error("the service's own state stayed contended")]
    Contended,
}

impl Anchor {
    /// Of case files that are begun.
    pub(crate) fn begun(lookup: Zeroizing<[u8; LookupHasher::SECRET]>) -> Self {
        Self {
            lookup,
            generation: 0,
            holders: None,
            log: None,
            members: BTreeMap::new(),
        }
    }

    /// Whether something is as it was before. A log that was accepted may be shorter; whoever knows a
    /// longer one does not go on with it.
    fn is_older_than(&self, other: &Self) -> bool {
        self.generation < other.generation || self.logged() < other.logged()
    }

    /// How many entries the log has at least.
    fn logged(&self) -> u64 {
        self.log.map_or(0, |head| head.position + 1)
    }
}

impl Keyring {
    /// Reads what has to be there, and remembers it.
    ///
    /// # Errors
    /// See [`AnchorError`].
    pub async fn refresh(&self, cases: &dyn CaseFiles) -> Result<(), AnchorError> {
        self.anchor(cases).await.map(drop)
    }

    /// Who holds pieces of each case's key from now on: those whom the committee confirmed, as far as this
    /// process has read.
    pub fn holders(&self) -> Option<Arc<RecoveryHolders>> {
        self.known().holders.clone().map(Arc::new)
    }

    /// Confirms who holds pieces; `None`: nobody.
    ///
    /// # Errors
    /// See [`AnchorError`].
    pub async fn confirm_holders(
        &self,
        cases: &dyn CaseFiles,
        list: Option<&RecoveryHolders>,
    ) -> Result<(), AnchorError> {
        self.amend(cases, |anchor| {
            anchor.generation += 1;
            anchor.holders = list.cloned();
        })
        .await
    }

    /// The newest entry of the log that is noted here, as far as this process has read.
    pub fn noted_head(&self) -> Option<Head> {
        self.known().log
    }

    /// Notes that the log has an entry, so that it cannot be cut off before it, nor begin anew.
    ///
    /// # Errors
    /// See [`AnchorError`].
    pub async fn note_head(&self, cases: &dyn CaseFiles, head: Head) -> Result<(), AnchorError> {
        let is_new = |anchor: &Anchor| anchor.log.is_none_or(|log| log.position < head.position);
        if !is_new(&self.known()) {
            return Ok(());
        }
        self.amend(cases, |anchor| {
            if is_new(anchor) {
                anchor.log = Some(head);
            }
        })
        .await
    }

    /// How many changes there were, as far as this process has read.
    pub fn generation(&self) -> u64 {
        self.known().generation
    }

    /// Goes on with what is there, when something that was noted is gone for good: the log as it is, and
    /// the members as their records are. Whoever still runs with what was noted before does nothing any
    /// more until it is started again.
    ///
    /// # Errors
    /// See [`AnchorError`].
    pub async fn accept(&self, cases: &dyn CaseFiles) -> Result<(), AnchorError> {
        let last = cases.log_head().await?.as_ref().map(Head::from);
        let logged = log::generation(cases, self.all_own()).await?;
        let mut members = BTreeMap::new();
        for row in cases.records(RecordKind::Member).await? {
            let id = MemberId(row.id.0);
            members.insert(id, MemberRecord::open(self, id, &row.sealed)?.1);
        }
        self.amend(cases, |anchor| {
            anchor.generation = anchor.generation.max(logged) + 1;
            anchor.log = last;
            anchor.members.clone_from(&members);
        })
        .await
    }

    /// What has to be there, and the row as it was read.
    async fn anchor(&self, cases: &dyn CaseFiles) -> Result<(Anchor, Vec<u8>), AnchorError> {
        // What is learned by another task while this one reads must not make what it read look old.
        let before = self.known().clone();
        let sealed = cases.secret(ROW).await?.ok_or(AnchorError::Gone)?;
        let anchor: Anchor = self.open_record(ROW, &sealed)?;
        if anchor.is_older_than(&before) {
            return Err(AnchorError::Older);
        }
        self.remember(&anchor);
        Ok((anchor, sealed))
    }

    async fn amend(
        &self,
        cases: &dyn CaseFiles,
        change: impl Fn(&mut Anchor),
    ) -> Result<(), AnchorError> {
        for _ in 0..TRIES {
            let (mut anchor, sealed) = self.anchor(cases).await?;
            change(&mut anchor);
            let anew = self.seal_record(ROW, &anchor, LEAST)?;
            if cases.replace_secret(ROW, &sealed, &anew).await? {
                self.remember(&anchor);
                return Ok(());
            }
        }
        Err(AnchorError::Contended)
    }

    fn remember(&self, anchor: &Anchor) {
        let mut known = self.known();
        let age = |anchor: &Anchor| (anchor.generation, anchor.logged());
        if age(&known) < age(anchor) {
            *known = anchor.clone();
        }
    }

    fn known(&self) -> MutexGuard<'_, Anchor> {
        // It is replaced whole.
        self.anchor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether case files hold nothing yet, so that they may be begun.
pub(crate) async fn is_empty(cases: &dyn CaseFiles) -> Result<bool, StoreError> {
    for kind in RecordKind::ALL {
        if !cases.records(*kind).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(cases.case_ids(None, 1).await?.is_empty() && cases.log_head().await?.is_none())
}

impl std::fmt::Debug for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Anchor")
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}
