//! Sealing and opening one entry.

use std::io;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::SecureRandom;
use sealing::{LookupId, MailboxKey};
use zeroize::Zeroizing;

use crate::entry::{Body, Entry, NewWords};

/// Every size of a sealed entry, in bytes. Notices of the service have the first one, most complaints
/// as filed the second; the last holds the longest complaint with the names of all its files.
pub const ENTRY_SIZES: [usize; 5] = [512, 4 << 10, 32 << 10, 128 << 10, 512 << 10];

const CONTEXT: &[u8] = b"guiando mailbox entry, v1";
const LENGTH_FIELD: usize = 4;
const TAG: usize = 16;

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEntry {
    /// Which mailbox.
    pub lookup_id: LookupId,
    /// Which place in it; a mailbox has one entry at each.
    pub position: u32,
    /// As long as one of the [`ENTRY_SIZES`].
    pub bytes: Vec<u8>,
}

/// Why an entry could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntrySealError {
    /// Longer than the largest size.
    #[error("the entry is longer than the largest size")]
    TooLong,
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness,
}

/// Why bytes are not an entry of this mailbox at this position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// None of the sizes.
    #[error("not the size of an entry")]
    Size,
    /// Altered, or sealed for another mailbox, position or key.
    #[error("the entry does not belong here or was altered")]
    Forged,
    /// Sealed with the right key, but not an entry that this version reads.
    #[error("the entry is not of this version")]
    Format,
}

/// Seals an entry for one place in one mailbox. The nonce is random and stored, and an entry is
/// sealed once: what is sent again is the same bytes.
///
/// # Errors
/// See [`EntrySealError`].
pub fn seal(
    key: &MailboxKey,
    lookup_id: LookupId,
    position: u32,
    entry: &Entry,
    rng: &dyn SecureRandom,
) -> Result<SealedEntry, EntrySealError> {
    let json = in_one_piece(entry);
    let needed = least(&entry.body).max(NONCE_LEN + LENGTH_FIELD + json.len() + TAG);
    let size = ENTRY_SIZES
        .into_iter()
        .find(|size| needed <= *size)
        .ok_or(EntrySealError::TooLong)?;

    let mut nonce = [0; NONCE_LEN];
    rng.fill(&mut nonce)
        .map_err(|_| EntrySealError::Randomness)?;
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(&nonce);
    let length = u32::try_from(json.len()).expect("an entry is far below 4 GiB");
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(&json);
    bytes.resize(size - TAG, 0);
    let tag = cipher(key)
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(place(lookup_id, position)),
            &mut bytes[NONCE_LEN..],
        )
        .expect("an entry is far shorter than the cipher's limit");
    bytes.extend_from_slice(tag.as_ref());
    Ok(SealedEntry {
        lookup_id,
        position,
        bytes,
    })
}

/// What begins a mailbox is as long as most complaints as filed, whatever it says.
fn least(body: &Body) -> usize {
    match body {
        Body::Words(NewWords::Moving) | Body::Filed(_) => ENTRY_SIZES[1],
        Body::Words(NewWords::TooLate) | Body::Standing(_) | Body::Message(_) => 0,
    }
}

/// The JSON in a buffer that had its length from the start: growing would leave copies unwiped.
fn in_one_piece(entry: &Entry) -> Zeroizing<Vec<u8>> {
    let write = |to: &mut dyn io::Write| {
        serde_json::to_writer(to, entry)
            .expect("an entry has only text keys, and memory takes every byte");
    };
    let mut count = Count(0);
    write(&mut count);
    let mut json = Zeroizing::new(Vec::with_capacity(count.0));
    write(&mut *json);
    json
}

/// Counts what would be written.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens an entry.
///
/// # Errors
/// See [`OpenError`].
pub fn open(key: &MailboxKey, sealed: &SealedEntry) -> Result<Entry, OpenError> {
    if !ENTRY_SIZES.contains(&sealed.bytes.len()) {
        return Err(OpenError::Size);
    }
    let (nonce, ciphertext) = sealed.bytes.split_at(NONCE_LEN);
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| OpenError::Size)?;
    let mut buffer = Zeroizing::new(ciphertext.to_vec());
    let plaintext = cipher(key)
        .open_in_place(
            nonce,
            Aad::from(place(sealed.lookup_id, sealed.position)),
            &mut buffer,
        )
        .map_err(|_| OpenError::Forged)?;
    let (length, rest) = plaintext.split_first_chunk().ok_or(OpenError::Format)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| OpenError::Format)?;
    let json = rest.get(..length).ok_or(OpenError::Format)?;
    serde_json::from_slice(json).map_err(|_| OpenError::Format)
}

fn cipher(key: &MailboxKey) -> LessSafeKey {
    LessSafeKey::new(
        UnboundKey::new(&CHACHA20_POLY1305, key.expose())
            .expect("a mailbox key has the length of the cipher's"),
    )
}

/// What an entry is bound to.
fn place(lookup_id: LookupId, position: u32) -> Vec<u8> {
    [CONTEXT, lookup_id.as_bytes(), &position.to_be_bytes()].concat()
}
