//! The key that a member's mail is sealed to.

mod age;
mod openpgp;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::age::AgeKey;
use self::openpgp::OpenPgpKey;

/// Longest text that is read as a key, in bytes. The keys of the oldest users, with all who signed them, take
/// less; what is kept of a key is shorter than this in any case.
const LONGEST: usize = 64 << 10;

/// The public half of an age key or of an `OpenPGP` key; the private half never comes here.
#[derive(Clone, PartialEq, Eq)]
pub struct MailKey(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Age(AgeKey),
    OpenPgp(Box<OpenPgpKey>),
}

/// A text that is no key to seal to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAMailKey {
    /// It is neither an age recipient nor a block with one `OpenPGP` certificate, and no other.
    #[error("neither an age recipient nor an OpenPGP certificate")]
    Unreadable,
    /// It is a private key. Its owner has shown it to somebody and should draw another.
    #[error("a private key")]
    Private,
    /// The certificate has no key to seal to that its owner has signed and not taken back.
    #[error("an OpenPGP certificate without a key to seal to")]
    NothingToSealTo,
    /// The time is over for which its owner made it.
    #[error("an OpenPGP certificate whose time is over")]
    Ended,
}

/// Nothing could be sealed, which takes a system without randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message could not be sealed")]
pub struct NotSealed;

impl MailKey {
    /// Reads a key as a member gives it. Of an `OpenPGP` certificate it keeps what sealing takes; names and
    /// other people's signatures are dropped.
    ///
    /// # Errors
    /// See [`NotAMailKey`].
    pub fn offered(text: &str, now: Timestamp) -> Result<Self, NotAMailKey> {
        let text = text.trim();
        // Also in the file that a program for keys writes, below lines that say what it is.
        if text.contains("AGE-SECRET-KEY-") {
            return Err(NotAMailKey::Private);
        }
        if text.len() > LONGEST {
            return Err(NotAMailKey::Unreadable);
        }
        let kind = if AgeKey::is_meant(text) {
            Kind::Age(text.parse()?)
        } else {
            Kind::OpenPgp(Box::new(OpenPgpKey::offered(text, now)?))
        };
        Ok(Self(kind))
    }

    /// Its text, from which it is read again.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kind::Age(key) => key.as_str(),
            Kind::OpenPgp(key) => key.as_str(),
        }
    }

    /// Seals a text, in armor. Its length tells no more than that of the text.
    ///
    /// # Errors
    /// See [`NotSealed`].
    pub fn seal(&self, text: &[u8]) -> Result<String, NotSealed> {
        match &self.0 {
            Kind::Age(key) => key.seal(text),
            Kind::OpenPgp(key) => key.seal(text),
        }
    }
}

impl fmt::Debug for MailKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Age(_) => "MailKey(age)",
            Kind::OpenPgp(_) => "MailKey(OpenPGP)",
        })
    }
}

impl Serialize for MailKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for MailKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        let kind = if AgeKey::is_meant(&text) {
            text.parse().map(Kind::Age)
        } else {
            text.parse().map(|key| Kind::OpenPgp(Box::new(key)))
        };
        kind.map(Self).map_err(serde::de::Error::custom)
    }
}
