//! The key of one person: a member of the committee, or a holder of the last resort.

use std::fmt;
use std::str::FromStr;

use age::secrecy::ExposeSecret as _;
use age::x25519;
use sealing::{KeyId, RecipientError, Recipients};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::error::IdentityError;
use crate::protected::{self, Brought, Passphrase};

/// The private half. It is kept only under something that its person alone can give.
#[derive(Clone)]
pub struct PersonIdentity(pub(crate) x25519::Identity);

/// The public half, to which keys of cases are wrapped.
#[derive(Clone)]
pub struct PersonRecipient {
    text: String,
    recipients: Recipients,
}

impl PersonIdentity {
    /// Makes a new one.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The public half.
    pub fn recipient(&self) -> PersonRecipient {
        self.0
            .to_public()
            .to_string()
            .parse()
            .expect("the public half of an identity is a recipient")
    }

    /// The private half as text (age's `AGE-SECRET-KEY`), the only form in which it is kept.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// Reads what [`Self::to_text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        x25519::Identity::from_str(text.trim()).ok().map(Self)
    }

    /// Reads a file that [`Self::to_protected`] wrote, with its passphrase.
    ///
    /// # Errors
    /// See [`IdentityError`].
    pub fn from_protected(file: &[u8], passphrase: Passphrase) -> Result<Self, IdentityError> {
        Self::from_text(&protected::open(file, passphrase, Brought::ByOperator)?)
            .ok_or(IdentityError::NotAnIdentity)
    }

    /// The private half in a file: age, under the passphrase, in armor. `age -d` reads it too.
    ///
    /// # Errors
    /// [`IdentityError::Protected`].
    pub fn to_protected(&self, passphrase: Passphrase) -> Result<Vec<u8>, IdentityError> {
        Ok(protected::protect(&self.to_text(), passphrase)?)
    }
}

impl fmt::Debug for PersonIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonIdentity(…)")
    }
}

impl PersonRecipient {
    /// A short name of the key.
    pub fn key_id(&self) -> KeyId {
        self.recipients.key_id()
    }

    /// As a list of one.
    pub fn recipients(&self) -> &Recipients {
        &self.recipients
    }
}

impl FromStr for PersonRecipient {
    type Err = RecipientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let recipients: Recipients = text.parse()?;
        if recipients.count() > 1 {
            return Err(RecipientError::TooMany);
        }
        Ok(Self {
            text: text.trim().to_owned(),
            recipients,
        })
    }
}

impl fmt::Display for PersonRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for PersonRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonRecipient({})", self.text)
    }
}

impl PartialEq for PersonRecipient {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PersonRecipient {}

impl Serialize for PersonRecipient {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for PersonRecipient {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_come_back_from_their_texts() {
        let person = PersonIdentity::generate();
        let again = PersonIdentity::from_text(&person.to_text()).unwrap();
        assert_eq!(again.recipient(), person.recipient());
        let json = serde_json::to_string(&person.recipient()).unwrap();
        assert_eq!(
            serde_json::from_str::<PersonRecipient>(&json).unwrap(),
            person.recipient()
        );
        assert_ne!(PersonIdentity::generate().recipient(), person.recipient());
        assert!(format!("{person:?}").ends_with("(…)"));
    }

    #[test]
    fn a_file_opens_with_its_passphrase_alone() {
        let person = PersonIdentity::generate();
        let passphrase = |text: &str| Passphrase::from(text.to_owned());
        let file = person.to_protected(passphrase("una")).unwrap();
        let again = PersonIdentity::from_protected(&file, passphrase("una")).unwrap();
        assert_eq!(again.recipient(), person.recipient());
        assert!(matches!(
            PersonIdentity::from_protected(&file, passphrase("otra")),
            Err(IdentityError::Protected(_))
        ));
    }

    #[test]
    fn a_list_is_not_one_person() {
        let two = format!(
            "{}\n{}",
            PersonIdentity::generate().recipient(),
            PersonIdentity::generate().recipient()
        );
        assert!(matches!(
            two.parse::<PersonRecipient>(),
            Err(RecipientError::TooMany)
        ));
        assert!("age1x".parse::<PersonRecipient>().is_err());
    }
}
