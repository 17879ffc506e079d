//! What a letter says of a file: enough to find, open and check its chunks.

use std::fmt;

use domain::evidence::{FileName, MediaType, Version};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::hmac;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{CHUNK_BYTES, SALT};
use crate::ids::ChunkId;

/// Key of one file; whoever has it finds and opens every chunk.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(Zeroizing<[u8; 32]>);

impl FileKey {
    /// Draws a key, for one file only.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, ring::error::Unspecified> {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// The key of the cipher.
    pub fn chunk_key(&self) -> Zeroizing<[u8; 32]> {
        self.expand(b"chunk key")
    }

    /// Names the chunks.
    pub(super) fn names(&self) -> ChunkNames {
        let key = self.expand(b"chunk id");
        ChunkNames(hmac::Key::new(hmac::HMAC_SHA256, key.as_slice()))
    }

    fn expand(&self, label: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut out = Zeroizing::new([0; 32]);
        Salt::new(HKDF_SHA256, SALT)
            .extract(self.0.as_slice())
            .expand(&[label], Length32)
            .and_then(|okm| okm.fill(out.as_mut_slice()))
            .expect("HKDF-SHA-256 gives up to 8,160 bytes, and 32 are asked for");
        out
    }
}

impl From<[u8; 32]> for FileKey {
    fn from(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl Serialize for FileKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&Zeroizing::new(hex::encode(*self.0)))
    }
}

impl<'de> Deserialize<'de> for FileKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(from)?);
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.as_bytes(), bytes.as_mut_slice())
            .map_err(|_| serde::de::Error::custom("not a file key"))?;
        Ok(Self(bytes))
    }
}

struct Length32;

impl KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

/// Makes the names of a file's chunks.
pub(super) struct ChunkNames(hmac::Key);

impl ChunkNames {
    pub(super) fn name(&self, index: u32) -> ChunkId {
        let tag = hmac::sign(&self.0, &index.to_be_bytes());
        let (name, _) = tag
            .as_ref()
            .split_first_chunk()
            .expect("a tag has 32 bytes");
        ChunkId::from(*name)
    }
}

/// The nonce of a chunk.
pub fn nonce(index: u32, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[7..11].copy_from_slice(&index.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce
}

/// A SHA-256 digest of a file. It leads to the file for whoever has one like it, so it is not shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sha256(pub [u8; 32]);

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sha256(…)")
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.as_ref(), &mut bytes)
            .map_err(|_| serde::de::Error::custom("not a digest"))?;
        Ok(Self(bytes))
    }
}

/// A file that was handed in, as the letter names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceItem {
    /// What it is called.
    pub name: FileName,
    /// What its content says it is.
    pub media_type: MediaType,
    /// Whether it is as it was sent, or cleaned.
    pub version: Version,
    /// How long it is, in bytes; at most [`Self::MOST_BYTES`].
    #[serde(deserialize_with = "bounded")]
    pub bytes: u64,
    /// Its digest.
    pub sha256: Sha256,
    /// Finds and opens its chunks.
    pub key: FileKey,
}

impl EvidenceItem {
    /// The longest file that can be named: 64 GiB. It keeps a hostile letter from naming more chunks
    /// than there are.
    pub const MOST_BYTES: u64 = 64 << 30;

    /// How many chunks it has; an empty file has one.
    pub fn chunk_count(&self) -> u32 {
        let chunks = self.bytes.div_ceil(CHUNK_BYTES as u64).max(1);
        u32::try_from(chunks).expect("at most 64 GiB are 262,144 chunks")
    }

    /// The names of its chunks, in order.
    pub fn chunk_ids(&self) -> impl Iterator<Item = ChunkId> + use<> {
        let names = self.key.names();
        (0..self.chunk_count()).map(move |index| names.name(index))
    }

    /// Of how many bytes chunk number `index` speaks, if there is one of that number.
    pub fn chunk_length(&self, index: u32) -> Option<usize> {
        if index >= self.chunk_count() {
            return None;
        }
        let before = u64::from(index) * CHUNK_BYTES as u64;
        let left = usize::try_from(self.bytes - before).unwrap_or(usize::MAX);
        Some(left.min(CHUNK_BYTES))
    }
}

fn bounded<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let bytes = u64::deserialize(from)?;
    if bytes > EvidenceItem::MOST_BYTES {
        return Err(serde::de::Error::custom("longer than a file can be"));
    }
    Ok(bytes)
}
