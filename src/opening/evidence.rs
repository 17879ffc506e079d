//! Opening the chunks of a file that a letter names.

use std::borrow::Borrow;

use domain::evidence::FileName;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::digest;
use sealing::evidence::{ASSOCIATED_DATA, SEALED_CHUNK_BYTES, nonce};
use sealing::{ChunkId, EvidenceItem};
use zeroize::Zeroizing;

/// Why a file, or a chunk of it, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceOpenError {
    /// The file has no chunk of that number.
    #[error("there is no such chunk")]
    NoSuchChunk,
    /// Altered, moved, from another file, or cut.
    #[error("the chunk was altered or belongs elsewhere")]
    Damaged,
    /// What fills the last chunk up is not zeros.
    #[error("the chunk is not padded as it must be")]
    Padding,
    /// The whole is not what the letter says.
    #[error("the file is not the one that the letter names")]
    Digest,
}

/// Opens one chunk of a file: what it says, wiped when dropped.
///
/// # Errors
/// See [`EvidenceOpenError`].
pub fn open_chunk(
    item: &EvidenceItem,
    index: u32,
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, EvidenceOpenError> {
    let length = item
        .chunk_length(index)
        .ok_or(EvidenceOpenError::NoSuchChunk)?;
    if bytes.len() != SEALED_CHUNK_BYTES {
        return Err(EvidenceOpenError::Damaged);
    }
    let key = UnboundKey::new(&CHACHA20_POLY1305, item.key.chunk_key().as_slice())
        .expect("the cipher's key has 32 bytes");
    let nonce = nonce(index, index + 1 == item.chunk_count());
    let mut piece = Zeroizing::new(bytes.to_vec());
    let opened = LessSafeKey::new(key)
        .open_in_place(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(ASSOCIATED_DATA),
            &mut piece,
        )
        .map_err(|_| EvidenceOpenError::Damaged)?;
    if opened[length..].iter().any(|byte| *byte != 0) {
        return Err(EvidenceOpenError::Padding);
    }
    piece.truncate(length);
    Ok(piece)
}

/// Opens a file chunk by chunk, in order, and tells at the end whether it is the one that was named.
/// Holds what names the file, or borrows it.
pub struct FileOpener<I> {
    item: I,
    next: u32,
    digest: digest::Context,
}

impl<I> std::fmt::Debug for FileOpener<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileOpener")
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

impl<I: Borrow<EvidenceItem>> FileOpener<I> {
    /// Begins with the first chunk.
    pub fn new(item: I) -> Self {
        Self {
            item,
            next: 0,
            digest: digest::Context::new(&digest::SHA256),
        }
    }

    /// The name under which the file is saved.
    pub fn name(&self) -> &FileName {
        &self.item.borrow().name
    }

    /// The chunks that it needs, in order.
    pub fn chunk_ids(&self) -> impl Iterator<Item = ChunkId> + use<I> {
        self.item.borrow().chunk_ids()
    }

    /// Opens the next chunk.
    ///
    /// # Errors
    /// See [`EvidenceOpenError`].
    pub fn open(&mut self, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, EvidenceOpenError> {
        let piece = open_chunk(self.item.borrow(), self.next, bytes)?;
        self.digest.update(&piece);
        self.next += 1;
        Ok(piece)
    }

    /// Ends after the last chunk.
    ///
    /// # Errors
    /// [`EvidenceOpenError::NoSuchChunk`] before the last one, [`EvidenceOpenError::Digest`] when
    /// the whole is another file.
    pub fn finish(self) -> Result<(), EvidenceOpenError> {
        if self.next != self.item.borrow().chunk_count() {
            return Err(EvidenceOpenError::NoSuchChunk);
        }
        if self.digest.finish().as_ref() != self.item.borrow().sha256.0 {
            return Err(EvidenceOpenError::Digest);
        }
        Ok(())
    }
}
