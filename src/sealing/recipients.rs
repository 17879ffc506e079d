//! The committee's public keys, to which every envelope is sealed.

use std::collections::HashSet;
use std::str::FromStr;
use std::{fmt, io};

use age::EncryptError;
use age_core::format::{FileKey, Stanza};
use ring::digest::{SHA256, digest};

use crate::ids::KeyId;
use crate::x25519::{self, PublicHalf};

/// The recipients of `committee.pub`, at least one.
///
/// The first line is the committee's key in use and gives the [`KeyId`] that rows carry; any further
/// ones can open the envelopes as well.
#[derive(Clone)]
pub struct Recipients {
    /// `None` is nobody.
    all: Vec<Option<PublicHalf>>,
    key_id: KeyId,
}

/// Why a text is not a list of recipients.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipientError {
    /// No recipient in it.
    #[error("there is no recipient; one line must read age1…")]
    Empty,
    /// A line that is neither empty, nor a comment, nor a recipient.
    #[error("line {line} is not an age recipient: {reason}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What the parser said; the line itself is not repeated, in case it is a private key.
        reason: &'static str,
    },
    /// More than the envelope sizes are laid out for.
    #[error("more than {MOST} recipients")]
    TooMany,
}

/// Most recipients that the smallest size class leaves room for.
const MOST: usize = 8;

/// Most recipients of anything.
const MOST_TOGETHER: usize = 64;

impl Recipients {
    /// All of these lists as one; `None` for more than [`MOST_TOGETHER`], or none at all.
    ///
    /// Longer than `committee.pub` may be, for what is sealed to many people at once: whoever frames it
    /// reckons with the count.
    pub fn together(lists: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut lists = lists.into_iter();
        let Self { mut all, key_id } = lists.next()?;
        all.extend(lists.flat_map(|list| list.all));
        (all.len() <= MOST_TOGETHER).then_some(Self { all, key_id })
    }

    /// Nobody: what is sealed to it alone opens for nobody, and in a list it looks like any other.
    #[must_use]
    pub fn decoy() -> Self {
        Self {
            all: vec![None],
            key_id: KeyId::from([0; KeyId::LENGTH]),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Id of the committee key in use.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }
}

/// One recipient as far as age is concerned.
impl age::Recipient for Recipients {
    fn wrap_file_key(
        &self,
        file_key: &FileKey,
    ) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let stanzas = x25519::wrap(file_key, self.all.iter().map(Option::as_ref))
            .map_err(|error| EncryptError::Io(io::Error::other(error)))?;
        // As age labels what is for an X25519 recipient: not at all.
        Ok((stanzas, HashSet::new()))
    }
}

impl FromStr for Recipients {
    type Err = RecipientError;

    fn from_str(text: &str) -> Result<Self, RecipientError> {
        let mut all = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                let recipient = read(line).map_err(|reason| RecipientError::Line {
                    line: index + 1,
                    reason,
                })?;
                all.push(recipient);
            }
        }
        if all.len() > MOST {
            return Err(RecipientError::TooMany);
        }
        let (first, _) = all.first().ok_or(RecipientError::Empty)?;
        let key_id = key_id(first);
        let all = all.into_iter().map(|(_, half)| Some(half)).collect();
        Ok(Self { all, key_id })
    }
}

impl fmt::Debug for Recipients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipients")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

/// Reads `age1…`, the public half in Bech32 (BIP-173); gives it as age writes it, too.
pub(crate) fn read(text: &str) -> Result<(String, PublicHalf), &'static str> {
    let text = text.parse::<age::x25519::Recipient>()?.to_string();
    let (_, bytes) = bech32::decode(&text).map_err(|_| "invalid Bech32 encoding")?;
    let bytes = bytes.try_into().map_err(|_| "incorrect pubkey length")?;
    Ok((text, PublicHalf::new(bytes)))
}

/// The first eight bytes of SHA-256 over the recipient's text.
fn key_id(recipient: &str) -> KeyId {
    let hash = digest(&SHA256, recipient.as_bytes());
    let mut id = [0; KeyId::LENGTH];
    id.copy_from_slice(&hash.as_ref()[..KeyId::LENGTH]);
    KeyId::from(id)
}
