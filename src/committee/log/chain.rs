//! How entries hang together: hashes, signatures, and the keys that the log itself names.
//!
//! An entry's hash is SHA-256 over a label, its position, the hash before it and its 1024 bytes; the
//! signature is Ed25519 over a label and that hash. Ordinary entries are sealed. Entry 0, and one at
//! each change of the committee's key, is instead a *key entry* in clear:
//!
//! ```text
//! "guiando-log-key\x01" ‖ public key ‖ proof ‖ what opens the entries before ‖ zeros
//! ```
//!
//! It is signed by the key before it (entry 0: by its own), and the proof is the named key's signature
//! over position, hash before it, named key and what is carried. So nobody can pass off another key as
//! the log's next one, nor a made-up past as the past of the log's key; and whoever trusts any one of
//! the log's keys can check the whole log without any secret.
//!
//! What opens the entries before is sealed under the new key's own, because the older keys are given up
//! some day and the log is not. It opens entries, and signs none.

use std::fmt;
use std::str::FromStr;

use opening::{OpenError, OwnKey};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{Context, SHA256};
use ring::rand::SecureRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use sealing::SealError;
use serde::{Deserialize, Serialize, Serializer};
use store::log::StoredEntry;
use zeroize::Zeroizing;

use super::entry::Entry;

/// Bytes of every entry.
pub(super) const SIZE: usize = 1024;

const MAGIC: &[u8; 16] = b"guiando-log-key\x01";
const HASH: &[u8] = b"guiando tu denuncia, log entry, v1";
const SIGNATURE: &[u8] = b"guiando tu denuncia, log signature, v1";
const PROOF: &[u8] = b"guiando tu denuncia, log key, v1";
/// Before the first entry.
pub(super) const NOTHING: [u8; 32] = [0; 32];

const SIGNING: &str = "log signing";
const ENTRIES: &str = "log";
const CARRYING: &str = "log carrying";
/// Bytes of what a key entry carries: nonce, key, tag.
const CARRIED: usize = NONCE_LEN + 32 + 16;

/// A public key that signs the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogKey([u8; 32]);

/// A text that is no key of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key of a log is 64 hexadecimal digits")]
pub struct NotALogKey;

/// The last entry of a log, or another, by what nobody can imitate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Position.
    pub position: u64,
    /// Hash.
    pub hash: [u8; 32],
}

/// An entry that somebody noted: a head, or its hash alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// Position, if it was noted.
    pub position: Option<u64>,
    /// Hash.
    pub hash: [u8; 32],
}

/// A text that is no entry as one notes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a noted entry reads POSITION:HASH or HASH, the hash being 64 hexadecimal digits")]
pub struct NotNoted;

/// What signs and seals under one key of the committee.
pub(super) struct Signer {
    pair: Ed25519KeyPair,
    secret: Zeroizing<[u8; 32]>,
    entries: OwnKey,
}

/// An entry that names a key.
pub(super) struct KeyEntry<'a> {
    pub(super) key: LogKey,
    proof: &'a [u8; 64],
    carried: &'a [u8; CARRIED],
}

impl Signer {
    pub(super) fn of(own: &OwnKey) -> Self {
        let secret = own.derive(ENTRIES);
        Self {
            pair: Ed25519KeyPair::from_seed_unchecked(own.derive(SIGNING).as_slice())
                .expect("a derived seed is as long as Ed25519's"),
            entries: OwnKey::following(&secret),
            secret,
        }
    }

    pub(super) fn key(&self) -> LogKey {
        let bytes = self.pair.public_key().as_ref();
        LogKey(bytes.try_into().expect("an Ed25519 key has 32 bytes"))
    }

    /// What opens the entries of this key.
    pub(super) fn entries(&self) -> &OwnKey {
        &self.entries
    }

    /// The next entry.
    pub(super) fn entry(
        &self,
        position: u64,
        previous: &[u8; 32],
        entry: &Entry,
        rng: &dyn SecureRandom,
    ) -> Result<StoredEntry, SealError> {
        let sealed = self.entries.seal(&place(position), entry, SIZE, rng)?;
        if sealed.len() != SIZE {
            return Err(SealError::TooLong);
        }
        Ok(self.signed(position, previous, sealed))
    }

    /// Entry 0.
    pub(super) fn genesis(&self) -> StoredEntry {
        let sealed = key_entry(0, &NOTHING, self, &[0; CARRIED]);
        self.signed(0, &NOTHING, sealed)
    }

    /// The entry from which on another key signs.
    pub(super) fn hand_over(
        &self,
        to: &Self,
        position: u64,
        previous: &[u8; 32],
        rng: &dyn SecureRandom,
    ) -> Result<StoredEntry, SealError> {
        let mut nonce = [0; NONCE_LEN];
        rng.fill(&mut nonce).map_err(|_| SealError::Randomness)?;
        let mut secret = self.secret.clone();
        let tag = carrying(&to.entries)
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place(position)),
                secret.as_mut_slice(),
            )
            .map_err(|_| SealError::TooLong)?;
        let mut carried = [0; CARRIED];
        let parts = nonce
            .iter()
            .chain(secret.as_slice())
            .chain(tag.as_ref())
            .copied();
        carried
            .iter_mut()
            .zip(parts)
            .for_each(|(to, from)| *to = from);
        let sealed = key_entry(position, previous, to, &carried);
        Ok(self.signed(position, previous, sealed))
    }

    pub(super) fn signed(
        &self,
        position: u64,
        previous: &[u8; 32],
        sealed: Vec<u8>,
    ) -> StoredEntry {
        let hash = hash(position, previous, &sealed);
        let signature = self.pair.sign(&signed_bytes(&hash));
        StoredEntry {
            position,
            sealed,
            hash,
            signature: signature
                .as_ref()
                .try_into()
                .expect("an Ed25519 signature has 64 bytes"),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.key())
    }
}

fn key_entry(
    position: u64,
    previous: &[u8; 32],
    named: &Signer,
    carried: &[u8; CARRIED],
) -> Vec<u8> {
    let key = named.key();
    let proof = named.pair.sign(&proven(position, previous, key, carried));
    let mut bytes = Vec::with_capacity(SIZE);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&key.0);
    bytes.extend_from_slice(proof.as_ref());
    bytes.extend_from_slice(carried);
    bytes.resize(SIZE, 0);
    bytes
}

impl<'a> KeyEntry<'a> {
    /// Reads an entry that names a key; `None` for one that is sealed.
    ///
    /// A sealed entry begins with random bytes: one in 2^128 would look like this.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (key, rest) = rest.split_first_chunk()?;
        let (proof, rest) = rest.split_first_chunk()?;
        let (carried, rest) = rest.split_first_chunk()?;
        rest.iter().all(|byte| *byte == 0).then_some(Self {
            key: LogKey(*key),
            proof,
            carried,
        })
    }

    /// Whether whoever has the named key named it here.
    pub(super) fn is_proven(&self, position: u64, previous: &[u8; 32]) -> bool {
        let message = proven(position, previous, self.key, self.carried);
        self.key.verifies(&message, self.proof)
    }

    /// What opens the entries before, opened by what opens those after.
    pub(super) fn before(&self, position: u64, after: &OwnKey) -> Result<OwnKey, OpenError> {
        let (nonce, sealed) = self
            .carried
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(OpenError::Size)?;
        let mut bytes = Zeroizing::new(sealed.to_vec());
        let secret = carrying(after)
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(place(position)),
                &mut bytes,
            )
            .map_err(|_| OpenError::Damaged)?;
        let secret: &[u8; 32] = (&*secret).try_into().map_err(|_| OpenError::Damaged)?;
        Ok(OwnKey::following(secret))
    }
}

impl LogKey {
    /// The key that an entry names, if it is one that names a key. Whether it does so rightly, only the
    /// [`Verifier`](super::Verifier) knows.
    pub fn named_by(entry: &StoredEntry) -> Option<Self> {
        KeyEntry::read(&entry.sealed).map(|named| named.key)
    }

    /// Whether an entry's hash is signed by it.
    pub(super) fn signed(self, entry: &StoredEntry) -> bool {
        self.verifies(&signed_bytes(&entry.hash), &entry.signature)
    }

    fn verifies(self, message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0)
            .verify(message, signature)
            .is_ok()
    }
}

/// The hash of an entry.
pub(super) fn hash(position: u64, previous: &[u8; 32], sealed: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in [HASH, &position.to_be_bytes(), previous, sealed] {
        context.update(part);
    }
    let digest = context.finish();
    digest.as_ref().try_into().expect("SHA-256 gives 32 bytes")
}

/// Where an entry is sealed for.
pub(super) fn place(position: u64) -> String {
    format!("log {position}")
}

fn signed_bytes(hash: &[u8; 32]) -> Vec<u8> {
    [SIGNATURE, hash].concat()
}

fn proven(position: u64, previous: &[u8; 32], key: LogKey, carried: &[u8]) -> Vec<u8> {
    [PROOF, &position.to_be_bytes(), previous, &key.0, carried].concat()
}

fn carrying(entries: &OwnKey) -> LessSafeKey {
    let key = entries.derive(CARRYING);
    LessSafeKey::new(
        UnboundKey::new(&CHACHA20_POLY1305, key.as_slice())
            .expect("a derived key is as long as the cipher's"),
    )
}

impl fmt::Display for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogKey({self})")
    }
}

impl FromStr for LogKey {
    type Err = NotALogKey;

    fn from_str(text: &str) -> Result<Self, NotALogKey> {
        digits(text).map(Self).ok_or(NotALogKey)
    }
}

impl Serialize for LogKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl From<&StoredEntry> for Head {
    fn from(entry: &StoredEntry) -> Self {
        Self {
            position: entry.position,
            hash: entry.hash,
        }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.position, hex::encode(self.hash))
    }
}

impl FromStr for Noted {
    type Err = NotNoted;

    fn from_str(text: &str) -> Result<Self, NotNoted> {
        let text = text.trim();
        let (position, hash) = match text.split_once(':') {
            Some((position, hash)) => (Some(position.parse().map_err(|_| NotNoted)?), hash),
            None => (None, text),
        };
        Ok(Self {
            position,
            hash: digits(hash).ok_or(NotNoted)?,
        })
    }
}

impl From<Head> for Noted {
    fn from(head: Head) -> Self {
        Self {
            position: Some(head.position),
            hash: head.hash,
        }
    }
}

fn digits(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text.trim(), &mut bytes).ok()?;
    Some(bytes)
}
