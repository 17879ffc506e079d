//! Small records of one kind: each sealed for its own place, and as long as every other of its kind.
//!
//! Whoever has the database learns how many there are of a kind, and may take one away or put back one of
//! before: what was done with each is in the log. A change is written only if what was read is kept still.

use domain::attention::Attention;
use domain::matter::Matter;
use domain::meeting::{Meeting, Point};
use opening::OpenError;
use sealing::SealError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind};

use crate::keyring::Keyring;
use crate::places;
use crate::readable::Readable;

/// How often a step is tried while others change the same record.
const TRIES: usize = 64;

/// What is kept on a shelf.
pub trait Shelved: Serialize + DeserializeOwned + Send + Sync {
    /// Under which kind.
    const KIND: RecordKind;
    /// Least bytes of a sealed record: room for the longest that is usual, so that none tells by its size
    /// what it holds.
    const SIZE: usize;

    /// The id that it is kept under.
    fn record_id(&self) -> RecordId;
}

impl Shelved for Meeting {
    const KIND: RecordKind = RecordKind::Meeting;
    const SIZE: usize = 32 << 10;

    fn record_id(&self) -> RecordId {
        RecordId(self.id().0)
    }
}

impl Shelved for Point {
    const KIND: RecordKind = RecordKind::Point;
    // The longest resolution and dissent with the votes of a large committee.
    const SIZE: usize = 32 << 10;

    fn record_id(&self) -> RecordId {
        RecordId(self.id().0)
    }
}

impl Shelved for Attention {
    const KIND: RecordKind = RecordKind::Attention;
    const SIZE: usize = 2 << 10;

    fn record_id(&self) -> RecordId {
        RecordId(self.id.0)
    }
}

impl Shelved for Matter {
    const KIND: RecordKind = RecordKind::Matter;
    const SIZE: usize = 32 << 10;

    fn record_id(&self) -> RecordId {
        RecordId(self.id().0)
    }
}

/// Why a record was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record was altered, or is of another key.
    #[error("a record of the committee does not open")]
    Open(#[from] OpenError),
    /// A record could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Others changed the same record all the time: try again.
    #[error("the record stayed contended")]
    Contended,
}

/// All records of a kind.
#[derive(Clone, Copy)]
pub struct Shelf<'a> {
    cases: &'a dyn CaseFiles,
    keyring: &'a Keyring,
}

impl<'a> Shelf<'a> {
    /// Of these case files.
    pub fn new(cases: &'a dyn CaseFiles, keyring: &'a Keyring) -> Self {
        Self { cases, keyring }
    }

    /// All of a kind that can be read, in no order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn readable<T: Shelved>(&self) -> Result<Readable<T>, StoreError> {
        let rows = self.cases.records(T::KIND).await?;
        let tried = rows.iter().map(|row| self.open(row.id, &row.sealed));
        Ok(Readable::of(tried))
    }

    /// All of a kind, in no order; for whoever counts, to whom one that does not open is not nothing.
    ///
    /// # Errors
    /// See [`ShelfError`].
    pub async fn all<T: Shelved>(&self) -> Result<Vec<T>, ShelfError> {
        let rows = self.cases.records(T::KIND).await?;
        let all = rows.iter().map(|row| self.open(row.id, &row.sealed));
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// One.
    ///
    /// # Errors
    /// See [`ShelfError`].
    pub async fn find<T: Shelved>(&self, id: RecordId) -> Result<Option<T>, ShelfError> {
        let row = self.cases.record(T::KIND, id).await?;
        Ok(row.map(|row| self.open(id, &row.sealed)).transpose()?)
    }

    /// Keeps a new one; says whether its id was free.
    ///
    /// # Errors
    /// See [`ShelfError`].
    pub async fn add<T: Shelved>(&self, record: &T) -> Result<bool, ShelfError> {
        let sealed = self.seal(record)?;
        let id = record.record_id();
        Ok(self.cases.put_record(T::KIND, id, None, &sealed).await?)
    }

    /// Takes a step of one, if it is there. The step is asked again whenever somebody else was faster, on
    /// what they left.
    ///
    /// # Errors
    /// That of the step, as it is; see [`ShelfError`] for the others.
    pub async fn step<T: Shelved, E: From<ShelfError>>(
        &self,
        id: RecordId,
        step: impl Fn(&T) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        for _ in 0..TRIES {
            let row = self.cases.record(T::KIND, id).await;
            let Some(row) = row.map_err(ShelfError::from)? else {
                return Ok(None);
            };
            let kept: T = self.open(id, &row.sealed).map_err(ShelfError::from)?;
            let next = step(&kept)?;
            let sealed = self.seal(&next).map_err(ShelfError::from)?;
            let wrote = self
                .cases
                .put_record(T::KIND, id, Some(&row.sealed), &sealed)
                .await;
            if wrote.map_err(ShelfError::from)? {
                return Ok(Some(next));
            }
        }
        Err(ShelfError::Contended.into())
    }

    fn seal<T: Shelved>(&self, record: &T) -> Result<Vec<u8>, SealError> {
        let place = places::record(T::KIND.code(), record.record_id().0);
        self.keyring.seal_record(&place, record, T::SIZE)
    }

    fn open<T: Shelved>(&self, id: RecordId, sealed: &[u8]) -> Result<T, OpenError> {
        let place = places::record(T::KIND.code(), id.0);
        let record: T = self.keyring.open_record(&place, sealed)?;
        if record.record_id() == id {
            Ok(record)
        } else {
            Err(OpenError::Moved)
        }
    }
}

impl std::fmt::Debug for Shelf<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
