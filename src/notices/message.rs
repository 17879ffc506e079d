//! What stands in a message.

use std::fmt;

use domain::committee::MemberId;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0,
};
use lettre::message::{Mailbox, Message};
use ring::digest::{SHA256, digest};

use crate::address::MailAddress;
use crate::key::{MailKey, NotSealed};
use crate::slot::Slot;

/// Bytes of what is sealed to a member's key, whatever it says.
const SEALED_TEXT: usize = 2048;

/// The words of a message, in every language that it is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The subject, the same in each message.
    pub subject: String,
    /// What it says to everybody, the same in each message.
    pub text: String,
}

/// What waits for a member, in numbers, in every language that the message is written in. Only who holds the
/// member's key reads it.
#[derive(Clone, PartialEq, Eq)]
pub struct Digest(pub String);

/// A finished message.
#[derive(Clone, PartialEq, Eq)]
pub struct Written(Vec<u8>);

/// Why a message could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The words or addresses make no message.
    #[error("the words of a notice make no message")]
    Words(#[from] lettre::error::Error),
    /// See there.
    #[error(transparent)]
    NotSealed(#[from] NotSealed),
    /// What waits takes more room than there is.
    #[error("what waits takes more than {SEALED_TEXT} bytes")]
    TooLong,
}

/// Who sends.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The address that messages come from; its domain is what the service calls itself, so that neither the
    /// greeting nor the `Message-ID` names the machine.
    pub from: MailAddress,
    /// What every message says.
    pub words: Words,
}

impl Sender {
    /// The message of a slot to a member: the same bytes for the same member and slot, whatever waits.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn plain(
        &self,
        slot: Slot,
        member: MemberId,
        to: &MailAddress,
    ) -> Result<Written, WriteError> {
        self.write(slot, member, to, self.words.text.clone())
    }

    /// The same with what waits, sealed to the member's key, and of no other length whatever it is.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn sealed(
        &self,
        slot: Slot,
        member: MemberId,
        to: &MailAddress,
        key: &MailKey,
        digest: &Digest,
    ) -> Result<Written, WriteError> {
        let mut text = digest.0.clone().into_bytes();
        if text.len() > SEALED_TEXT {
            return Err(WriteError::TooLong);
        }
        text.resize(SEALED_TEXT, b'\n');
        self.write(slot, member, to, key.seal(&text)?)
    }

    fn write(
        &self,
        slot: Slot,
        member: MemberId,
        to: &MailAddress,
        text: String,
    ) -> Result<Written, WriteError> {
        let mailbox = |address: &MailAddress| Mailbox::new(None, address.address().clone());
        let id = format!("<{}@{}>", name(slot, member), self.from.domain());
        let header = |name, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        let message = Message::builder()
            .from(mailbox(&self.from))
            .to(mailbox(to))
            .subject(self.words.subject.clone())
            // Of the slot, not of the moment: when it is handed over again, it is the same message.
            .date(slot.begins().into())
            .message_id(Some(id))
            // RFC 3834: no machine answers it.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(text)?;
        Ok(Written(message.formatted()))
    }
}

impl Written {
    /// The message, as it goes over the wire.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// One that was kept.
    pub fn kept(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// The name of a member's message of a slot, by which it is found again; tells neither.
pub fn name(slot: Slot, member: MemberId) -> String {
    hex::encode(id(slot, member))
}

/// The same in bytes.
pub fn id(slot: Slot, member: MemberId) -> [u8; 16] {
    // A member's id is random and told to nobody, so nothing but the id leads from one to another.
    let mut named = b"guiando notice ".to_vec();
    named.extend(member.0);
    named.extend(slot.second().to_be_bytes());
    let whole = digest(&SHA256, &named);
    let mut id = [0; 16];
    id.copy_from_slice(&whole.as_ref()[..16]);
    id
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(…)")
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Written({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::time::Duration;

    use age::armor::ArmoredReader;
    use age::{Decryptor, x25519};

    use super::*;
    use crate::slot::Slots;

    const ANA: MemberId = MemberId([7; 16]);

    fn sender() -> Sender {
        Sender {
            from: "avisos@comite.example.mx".parse().unwrap(),
            words: Words {
                subject: "Aviso programado del comité".to_owned(),
                text: "Entre a la mesa para ver qué hay.\n".to_owned(),
            },
        }
    }

    fn slot() -> Slot {
        Slots::every(Duration::from_hours(1)).at("2026-03-04T16:20:00Z".parse().unwrap())
    }

    fn to() -> MailAddress {
        "ana@example.mx".parse().unwrap()
    }

    /// The text of a message after its transfer encoding.
    fn body(written: &Written) -> String {
        let text = String::from_utf8(written.bytes().to_vec()).unwrap();
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        body.replace("=\r\n", "")
            .replace("=3D", "=")
            .replace("\r\n", "\n")
    }

    #[test]
    fn a_message_names_its_domain_and_slot_and_neither_machine_nor_moment() {
        let written = sender().plain(slot(), ANA, &to()).unwrap();
        let text = String::from_utf8(written.bytes().to_vec()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let mut lines: Vec<&str> = head.lines().collect();
        lines.sort_unstable();
        let id = format!("Message-ID: <{}@comite.example.mx>", name(slot(), ANA));
        assert_eq!(
            lines,
            [
                "Auto-Submitted: auto-generated",
                "Content-Transfer-Encoding: quoted-printable",
                "Content-Type: text/plain; charset=utf-8",
                "Date: Wed, 04 Mar 2026 16:00:00 +0000",
                "From: avisos@comite.example.mx",
                "MIME-Version: 1.0",
                &id,
                "Subject: Aviso programado del =?utf-8?b?Y29taXTDqQ==?=",
                "To: ana@example.mx",
            ]
        );
        assert!(!id.contains(&ANA.to_string()));
        assert_eq!(sender().plain(slot(), ANA, &to()).unwrap(), written);
    }

    #[test]
    fn what_is_sealed_opens_with_the_members_key_alone_and_is_as_long_whatever_it_says() {
        let identity = x25519::Identity::generate();
        let key = identity.to_public().to_string();
        let key = MailKey::offered(&key, slot().begins()).unwrap();
        for digest in ["", "Vencidos: 12"] {
            let digest = Digest(digest.to_owned());
            let written = sender().sealed(slot(), ANA, &to(), &key, &digest).unwrap();
            assert!(!body(&written).contains("Vencidos"));
            let sealed = body(&written);
            let decryptor = Decryptor::new(ArmoredReader::new(sealed.as_bytes())).unwrap();
            let mut opened = String::new();
            decryptor
                .decrypt(std::iter::once(&identity as &dyn age::Identity))
                .unwrap()
                .read_to_string(&mut opened)
                .unwrap();
            assert_eq!(opened.trim_end(), digest.0);
            assert_eq!(opened.len(), SEALED_TEXT);
        }
        let long = Digest("x".repeat(SEALED_TEXT + 1));
        let refused = sender().sealed(slot(), ANA, &to(), &key, &long);
        assert!(matches!(refused, Err(WriteError::TooLong)));
    }
}
