//! A public age key (`age1…`, X25519).

use std::io::Write as _;
use std::iter;
use std::str::FromStr;

use age::armor::{ArmoredWriter, Format};
use age::{Encryptor, x25519};

use super::{NotAMailKey, NotSealed};

/// The text of a recipient.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct AgeKey(String);

impl AgeKey {
    /// Whether a text is one, or should be.
    pub(super) fn is_meant(text: &str) -> bool {
        text.starts_with("age1")
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// age adds padding of a random length.
    pub(super) fn seal(&self, text: &[u8]) -> Result<String, NotSealed> {
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

impl FromStr for AgeKey {
    type Err = NotAMailKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let recipient = recipient(text).ok_or(NotAMailKey::Unreadable)?;
        Ok(Self(recipient.to_string()))
    }
}

fn recipient(text: &str) -> Option<x25519::Recipient> {
    x25519::Recipient::from_str(text).ok()
}
