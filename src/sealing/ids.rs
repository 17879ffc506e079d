//! Names of things in the stores; each is random or derived, so none tells an order.

use std::fmt;
use std::str::FromStr;

use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};

/// A text that is not the hexadecimal form of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id in hexadecimal form")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $length:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $length]);

        impl $name {
            /// Length in bytes.
            pub const LENGTH: usize = $length;

            /// The bytes, as the stores keep them.
            pub fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl From<[u8; $length]> for $name {
            fn from(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = NotAnId;

            fn try_from(bytes: &[u8]) -> Result<Self, NotAnId> {
                bytes.try_into().map(Self).map_err(|_| NotAnId)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let mut bytes = [0; $length];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAnId)?;
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// Random name of an envelope; the same inside and on the row.
    EnvelopeId, 16
);
id!(
    /// Under which a mailbox is found; derived from the token, tells nothing about it.
    LookupId, 32
);
id!(
    /// What a receipt names; derived from the token, and not the lookup id.
    ReceiptId, 16
);
id!(
    /// Keyed hash of a lookup id, as the case files keep it: whoever has both stores but not the
    /// committee's key cannot join a mailbox to its case.
    LookupHash, 32
);
id!(
    /// Names one chunk of a file; derived from the file's key, so nothing joins two of one file.
    ChunkId, 16
);
id!(
    /// Which committee key an envelope was sealed to.
    KeyId, 8
);

impl EnvelopeId {
    /// Draws a new id.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, ring::error::Unspecified> {
        let mut bytes = [0; Self::LENGTH];
        rng.fill(&mut bytes)?;
        Ok(Self(bytes))
    }
}

/// Ids that a log may carry: of envelopes and keys. The others lead to a person's mailbox.
macro_rules! shown {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    )+};
}
macro_rules! hidden {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
shown!(EnvelopeId, KeyId);
hidden!(LookupId, LookupHash, ReceiptId, ChunkId);
