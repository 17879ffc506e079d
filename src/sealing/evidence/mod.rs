//! Files, sealed while they arrive: equal chunks that nothing joins but the letter that names them.
//!
//! # The format, version 1
//!
//! Each file has a random [`FileKey`], which travels in the letter as part of an [`EvidenceItem`].
//! HKDF-SHA-256 (salt [`SALT`]) gives of it the key of the cipher (`chunk key`) and that of the
//! names (`chunk id`). The file is cut into pieces of [`CHUNK_BYTES`], the last one filled up with zeros; an
//! empty file has one. Piece number `i` is sealed with ChaCha20-Poly1305:
//!
//! ```text
//! nonce           = 7 zeros ‖ u32 i (big endian) ‖ 1 for the last piece, else 0
//! associated data = "guiando evidence chunk, v1"
//! name            = first 16 bytes of HMAC-SHA-256(id key, u32 i (big endian))
//! ```
//!
//! This is the STREAM construction: a piece that is left out, moved, repeated, cut off or taken from
//! another file does not open. A stored chunk tells neither its file, nor its place, nor its length.
//!
//! *The road not taken:* random names, listed in the letter. A gibibyte has 4,096 chunks; their list
//! would not fit into an envelope, and its length would tell how much evidence there is.

mod item;
mod sealer;

pub use self::item::{EvidenceItem, FileKey, Sha256, nonce};
pub use self::sealer::{FileSealer, Sealed, SealedChunk};
pub use crate::ids::ChunkId;

/// Plaintext of a chunk, in bytes.
pub const CHUNK_BYTES: usize = 256 << 10;
/// Bytes of a sealed chunk: every one is as long as this.
pub const SEALED_CHUNK_BYTES: usize = CHUNK_BYTES + TAG_BYTES;
/// What the cipher adds.
const TAG_BYTES: usize = 16;

/// Salt of the derivation: names the product and the version of the scheme.
pub const SALT: &[u8] = b"guiando tu denuncia, evidence file, v1";
/// Associated data of every chunk.
pub const ASSOCIATED_DATA: &[u8] = b"guiando evidence chunk, v1";
