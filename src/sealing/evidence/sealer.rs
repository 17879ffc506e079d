//! Seals a file piece by piece, in memory that does not grow with it.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::digest;
use zeroize::Zeroizing;

use super::item::{ChunkNames, FileKey, Sha256, nonce};
use super::{ASSOCIATED_DATA, CHUNK_BYTES, SEALED_CHUNK_BYTES};
use crate::envelope::SealError;
use crate::ids::ChunkId;

/// A chunk as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedChunk {
    /// Under which it is found.
    pub id: ChunkId,
    /// [`SEALED_CHUNK_BYTES`].
    pub bytes: Vec<u8>,
}

impl fmt::Debug for SealedChunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedChunk(…)")
    }
}

/// What is known of a file once it is sealed whole.
#[derive(Debug)]
pub struct Sealed {
    /// The chunk that ends it.
    pub last: SealedChunk,
    /// How long the file is, in bytes.
    pub bytes: u64,
    /// Its digest.
    pub sha256: Sha256,
    /// Its key.
    pub key: FileKey,
}

/// Seals one file.
///
/// A piece is sealed when the first byte after it arrives, since only then is it known not to be the
/// last. It is sealed where it lies, so no plaintext stays behind.
pub struct FileSealer {
    key: FileKey,
    cipher: LessSafeKey,
    names: ChunkNames,
    digest: digest::Context,
    piece: Zeroizing<Vec<u8>>,
    index: u32,
    bytes: u64,
}

impl fmt::Debug for FileSealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileSealer(…)")
    }
}

impl FileSealer {
    /// Begins a file. The key must not have sealed another.
    pub fn new(key: FileKey) -> Self {
        let cipher = UnboundKey::new(&CHACHA20_POLY1305, key.chunk_key().as_slice())
            .expect("the cipher's key has 32 bytes");
        Self {
            cipher: LessSafeKey::new(cipher),
            names: key.names(),
            key,
            digest: digest::Context::new(&digest::SHA256),
            piece: room(),
            index: 0,
            bytes: 0,
        }
    }

    /// How many bytes have come so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes the next bytes of the file, and puts the chunks that they complete into `sealed`.
    ///
    /// # Errors
    /// [`SealError::TooLong`] beyond [`EvidenceItem::MOST_BYTES`](super::EvidenceItem::MOST_BYTES).
    pub fn push(
        &mut self,
        mut bytes: &[u8],
        sealed: &mut Vec<SealedChunk>,
    ) -> Result<(), SealError> {
        self.bytes = u64::try_from(bytes.len())
            .ok()
            .and_then(|length| self.bytes.checked_add(length))
            .filter(|all| *all <= super::EvidenceItem::MOST_BYTES)
            .ok_or(SealError::TooLong)?;
        self.digest.update(bytes);
        while !bytes.is_empty() {
            if self.piece.len() == CHUNK_BYTES {
                sealed.push(self.seal(false));
            }
            let (fits, rest) = bytes.split_at(bytes.len().min(CHUNK_BYTES - self.piece.len()));
            self.piece.extend_from_slice(fits);
            bytes = rest;
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Sealed {
        self.piece.resize(CHUNK_BYTES, 0);
        let last = self.seal(true);
        let digest = self.digest.finish();
        let sha256 = digest.as_ref().try_into().expect("SHA-256 has 32 bytes");
        Sealed {
            last,
            bytes: self.bytes,
            sha256: Sha256(sha256),
            key: self.key,
        }
    }

    /// Seals the piece in its own memory and makes room for the next.
    fn seal(&mut self, last: bool) -> SealedChunk {
        let mut bytes = std::mem::take(&mut *self.piece);
        if !last {
            self.piece = room();
        }
        let nonce = Nonce::assume_unique_for_key(nonce(self.index, last));
        self.cipher
            .seal_in_place_append_tag(nonce, Aad::from(ASSOCIATED_DATA), &mut bytes)
            .expect("a chunk is far shorter than the cipher's limit");
        let id = self.names.name(self.index);
        self.index += 1;
        SealedChunk { id, bytes }
    }
}

/// Room for a piece and its tag, so that it never moves.
fn room() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(SEALED_CHUNK_BYTES))
}
