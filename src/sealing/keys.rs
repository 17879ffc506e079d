//! What is derived from a tracking token, one label for each use.

use std::fmt;

use ring::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ids::{LookupId, ReceiptId};

/// Salt of the derivation: names the product and the version of the scheme.
const SALT: &[u8] = b"guiando tu denuncia, tracking token, v1";
const LOOKUP: &[u8] = b"lookup id";
const MAILBOX: &[u8] = b"mailbox key";
const RECEIPT: &[u8] = b"receipt id";
const BLINDING: &[u8] = b"receipt blinding";

/// Seals and opens the replies in one mailbox; known to the holder of the token and, through the
/// letter, to the committee.
#[derive(Clone, PartialEq, Eq)]
pub struct MailboxKey(Zeroizing<[u8; 32]>);

impl MailboxKey {
    /// The key itself, for the cipher.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for MailboxKey {
    fn from(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for MailboxKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailboxKey(…)")
    }
}

impl Serialize for MailboxKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&Zeroizing::new(hex::encode(*self.0)))
    }
}

impl<'de> Deserialize<'de> for MailboxKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(from)?);
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.as_bytes(), bytes.as_mut_slice())
            .map_err(|_| serde::de::Error::custom("not a mailbox key"))?;
        Ok(Self(bytes))
    }
}

/// Keys the commitment that a receipt makes to the content: without it, nobody can try out whether a
/// receipt belongs to a text that they guess.
#[derive(Clone)]
pub struct ReceiptBlinding(Zeroizing<[u8; 32]>);

impl ReceiptBlinding {
    /// The bytes, for the commitment.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for ReceiptBlinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptBlinding(…)")
    }
}

/// The derivation from one token. 128 random bits need no slow hash.
pub(crate) struct Derivation(Prk);

impl Derivation {
    pub(crate) fn of(entropy: &[u8; 16]) -> Self {
        Self(Salt::new(HKDF_SHA256, SALT).extract(entropy))
    }

    pub(crate) fn lookup_id(&self) -> LookupId {
        LookupId::from(*self.expand::<32>(LOOKUP))
    }

    pub(crate) fn mailbox_key(&self) -> MailboxKey {
        MailboxKey(self.expand::<32>(MAILBOX))
    }

    pub(crate) fn receipt_id(&self) -> ReceiptId {
        ReceiptId::from(*self.expand::<16>(RECEIPT))
    }

    pub(crate) fn receipt_blinding(&self) -> ReceiptBlinding {
        ReceiptBlinding(self.expand::<32>(BLINDING))
    }

    fn expand<const N: usize>(&self, label: &[u8]) -> Zeroizing<[u8; N]> {
        let mut out = Zeroizing::new([0; N]);
        self.0
            .expand(&[label], Length::<N>)
            .and_then(|okm| okm.fill(out.as_mut_slice()))
            .expect("HKDF-SHA-256 gives up to 8,160 bytes, and 32 are asked for at most");
        out
    }
}

struct Length<const N: usize>;

impl<const N: usize> KeyType for Length<N> {
    fn len(&self) -> usize {
        N
    }
}
