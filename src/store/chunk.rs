//! A sealed piece of a file, as both stores keep it.

use std::fmt;

use jiff::civil::Date;
use sealing::ChunkId;

/// A sealed piece of a file on its way through the mailroom. Nothing joins it to other chunks or to
/// an envelope: its id is derived from a key that only the letter holds.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredChunk {
    /// Looks random.
    pub id: ChunkId,
    /// Legal day on which it came, so that what no letter ever names can be swept.
    pub received_on: Date,
    /// [`SEALED_CHUNK_BYTES`](sealing::evidence::SEALED_CHUNK_BYTES) of them.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for StoredChunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredChunk").finish_non_exhaustive()
    }
}
