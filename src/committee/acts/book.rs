//! Where acts are kept: one sealed record each, all of one size, under a random id.
//!
//! Whoever has the database learns how many acts there were, and nothing about any of them.

use jiff::Timestamp;
use opening::OpenError;
use sealing::SealError;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind};

use super::asked::{ActId, Asked, Reason};
use super::pending::{ActError, PendingAct, Stage, Who};
use crate::documents::random_id;
use crate::keyring::Keyring;
use crate::places;
use crate::readable::Readable;

/// The kind of record, as it is part of its place.
const KIND: &str = "act";
/// Bytes of a sealed record: room for the longest reason and the profile of whoever is asked in, so
/// that none tells by its size what it holds.
const SIZE: usize = 16 << 10;
/// How often a step is tried while others change the same act.
const TRIES: usize = 64;

/// All acts, of before too.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    cases: &'a dyn CaseFiles,
    keyring: &'a Keyring,
}

/// An act with the bytes that were read: a change is written only if they are kept still.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The act.
    pub act: PendingAct,
    sealed: Vec<u8>,
}

/// Why an act was not read, or a step not taken.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record was altered, or is of another key.
    #[error("the record of an act does not open")]
    Open(#[from] OpenError),
    /// The record could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Others changed the same act all the time: try again.
    #[error("the act stayed contended")]
    Contended,
    /// The step may not be taken.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl<'a> Book<'a> {
    /// Of these case files.
    pub fn new(cases: &'a dyn CaseFiles, keyring: &'a Keyring) -> Self {
        Self { cases, keyring }
    }

    /// All acts that can be read, from the newest on. One that does not open lets nobody do anything, and
    /// stands in the way of nothing.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn readable(&self) -> Result<Readable<Kept>, BookError> {
        let rows = self.cases.records(RecordKind::Act).await?.into_iter();
        let mut all = Readable::of(rows.map(|row| self.open(ActId(row.id.0), row.sealed)));
        all.records
            .sort_by_key(|kept| std::cmp::Reverse(kept.act.asked_at));
        Ok(all)
    }

    /// One act.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn find(&self, id: ActId) -> Result<Option<Kept>, BookError> {
        let row = self.cases.record(RecordKind::Act, id.into()).await?;
        Ok(row.map(|row| self.open(id, row.sealed)).transpose()?)
    }

    /// An act that may be asked for, not kept yet: what is written into the log comes before
    /// [`Book::add`]. Whoever asks again for what waits or is open already gets what is there.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn draft(
        &self,
        what: Asked,
        who: Who<'_>,
        reason: Reason,
        now: Timestamp,
    ) -> Result<Draft, BookError> {
        let id = ActId(random_id(self.keyring.rng())?);
        let act = PendingAct::ask(id, what, who, reason, now)?;
        for kept in self.readable().await?.records {
            let under_way = match kept.act.stage(now) {
                Stage::Waiting | Stage::Unfinished | Stage::Open { .. } => true,
                Stage::Over | Stage::Refused | Stage::Withdrawn | Stage::Expired => false,
            };
            if under_way && kept.act.what.is_same_as(&act.what) {
                return Ok(Draft::Before(Box::new(kept)));
            }
        }
        Ok(Draft::New(Box::new(act)))
    }

    /// Keeps an act that is asked for.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn add(&self, act: PendingAct) -> Result<Kept, BookError> {
        let sealed = self.seal(&act)?;
        let wrote = self
            .cases
            .put_record(RecordKind::Act, act.id.into(), None, &sealed)
            .await?;
        if wrote {
            Ok(Kept { act, sealed })
        } else {
            Err(BookError::Contended)
        }
    }

    /// Takes a step of an act, if it is there. The step is asked again whenever somebody else was
    /// faster, on what they left.
    ///
    /// # Errors
    /// [`ActError::Hidden`] if there is no such act. Otherwise see [`BookError`].
    pub async fn step(
        &self,
        id: ActId,
        step: impl Fn(&PendingAct) -> Result<PendingAct, ActError>,
    ) -> Result<Kept, BookError> {
        for _ in 0..TRIES {
            let kept = self.find(id).await?.ok_or(ActError::Hidden)?;
            let act = step(&kept.act)?;
            let sealed = self.seal(&act)?;
            let wrote = self
                .cases
                .put_record(RecordKind::Act, id.into(), Some(&kept.sealed), &sealed)
                .await?;
            if wrote {
                return Ok(Kept { act, sealed });
            }
        }
        Err(BookError::Contended)
    }

    /// Forgets an act. One that is another by now, or gone, is left as it is.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn forget(&self, kept: &Kept) -> Result<bool, BookError> {
        let id = RecordId(kept.act.id.0);
        Ok(self
            .cases
            .remove_record(RecordKind::Act, id, &kept.sealed)
            .await?)
    }

    fn seal(&self, act: &PendingAct) -> Result<Vec<u8>, SealError> {
        self.keyring
            .seal_record(&places::record(KIND, act.id.0), act, SIZE)
    }

    fn open(&self, id: ActId, sealed: Vec<u8>) -> Result<Kept, OpenError> {
        let act: PendingAct = self
            .keyring
            .open_record(&places::record(KIND, id.0), &sealed)?;
        if act.id == id {
            Ok(Kept { act, sealed })
        } else {
            Err(OpenError::Moved)
        }
    }
}

/// What comes of asking.
#[derive(Debug)]
pub enum Draft {
    /// It may be asked for.
    New(Box<PendingAct>),
    /// The same was asked for before, and is under way.
    Before(Box<Kept>),
}

impl std::fmt::Debug for Book<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").finish_non_exhaustive()
    }
}
