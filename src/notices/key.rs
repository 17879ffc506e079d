//! The key that a member's mail is sealed to.

use std::fmt;
use std::io::Write as _;
use std::iter;
use std::str::FromStr;

use age::armor::{ArmoredWriter, Format};
use age::{Encryptor, x25519};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The public half of an age key (`age1…`, X25519); its private half never comes here.
#[derive(Clone, PartialEq, Eq)]
pub struct MailKey(String);

/// A text that is no age recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an age key to seal to begins with age1")]
pub struct NotAMailKey;

/// Nothing could be sealed, which takes a system without randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message could not be sealed")]
pub struct NotSealed;

impl MailKey {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Seals a text, in armor. Its length tells no more than that of the text: age adds padding of a random
    /// length.
    ///
    /// # Errors
    /// See [`NotSealed`].
    pub fn seal(&self, text: &[u8]) -> Result<String, NotSealed> {
        let recipient = recipient(&self.0).expect("it was read as one");
        let recipients = iter::once(&recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(|_| NotSealed)?;
        let mut sealed = Vec::new();
        let armor = ArmoredWriter::wrap_output(&mut sealed, Format::AsciiArmor);
        let mut writer = armor
            .and_then(|armor| encryptor.wrap_output(armor))
            .map_err(|_| NotSealed)?;
        writer.write_all(text).map_err(|_| NotSealed)?;
        writer
            .finish()
            .and_then(ArmoredWriter::finish)
            .map_err(|_| NotSealed)?;
        String::from_utf8(sealed).map_err(|_| NotSealed)
    }
}

fn recipient(text: &str) -> Option<x25519::Recipient> {
    x25519::Recipient::from_str(text).ok()
}

impl FromStr for MailKey {
    type Err = NotAMailKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let recipient = recipient(text.trim()).ok_or(NotAMailKey)?;
        Ok(Self(recipient.to_string()))
    }
}

impl fmt::Debug for MailKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailKey({})", self.0)
    }
}

impl Serialize for MailKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MailKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
