//! The audit log: entries are added at its end, and never changed or removed.
//!
//! What an entry says is sealed; in clear are its place, and the hash and the signature that chain it
//! to the one before, so that the chain can be checked without a key that opens it.

use async_trait::async_trait;

use crate::StoreError;

/// An entry of the log. The store looks at its position alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Counts from 0 without a gap.
    pub position: u64,
    /// 1024 bytes, whatever it says.
    pub sealed: Vec<u8>,
    /// Over this entry and the one before.
    pub hash: [u8; 32],
    /// Over the hash.
    pub signature: [u8; 64],
}

/// The log of the committee's own acts.
#[async_trait]
pub trait Log: Send + Sync {
    /// The last entry, `None` when there is none yet.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn log_head(&self) -> Result<Option<StoredEntry>, StoreError>;

    /// Adds an entry at the end. `false`: its position is taken or is not the next one, and nothing is
    /// written; read the head and chain anew.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn append_log(&self, entry: &StoredEntry) -> Result<bool, StoreError>;

    /// Up to `limit` entries by position, from the first at or after `from` on.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn log_entries(&self, from: u64, limit: u32) -> Result<Vec<StoredEntry>, StoreError>;
}
