//! Where a member gets mail.

use std::fmt;
use std::str::FromStr;

use lettre::Address;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A mail address: ASCII, at most [`Self::MOST`] characters. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct MailAddress(Address);

/// A text that is no address that mail can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mail address reads name@domain, in letters without accents")]
pub struct NotAnAddress;

impl MailAddress {
    /// RFC 5321, 4.5.3.1.3: a path of 256 octets, of which two are its brackets.
    pub const MOST: usize = 254;

    /// As it is typed.
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.0.domain()
    }

    pub(crate) fn address(&self) -> &Address {
        &self.0
    }
}

impl FromStr for MailAddress {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let plain = |byte: u8| byte.is_ascii_graphic() && !br#""<>(),;:\"#.contains(&byte);
        if text.len() > Self::MOST || !text.bytes().all(plain) {
            return Err(NotAnAddress);
        }
        text.parse().map(Self).map_err(|_| NotAnAddress)
    }
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress(…)")
    }
}

impl Serialize for MailAddress {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for MailAddress {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_taken_and_what_could_be_more_than_one_header_is_not() {
        for good in ["ana@example.mx", " ana.ruiz+comite@correo.example.mx "] {
            let address: MailAddress = good.parse().unwrap();
            assert_eq!(address.as_str(), good.trim());
            assert!(!format!("{address:?}").contains("ana"));
        }
        let long = format!("{}@example.mx", "a".repeat(60)).replace("example", &"x.".repeat(120));
        for bad in [
            "",
            "ana",
            "@example.mx",
            "ana@",
            "ana@example.mx, otra@example.mx",
            "Ana <ana@example.mx>",
            "ana@example.mx\r\nBcc: otra@example.mx",
            "ana ruiz@example.mx",
            "\"ana ruiz\"@example.mx",
            "aña@example.mx",
            "ana@exámple.mx",
            &long,
        ] {
            assert_eq!(bad.parse::<MailAddress>(), Err(NotAnAddress), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_becomes_an_address_of_one_line_or_none(text in "\\PC{0,40}|[a-z.@<>\r\n]{0,40}") {
            if let Ok(address) = text.parse::<MailAddress>() {
                prop_assert!(address.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert_eq!(address.as_str().parse::<MailAddress>(), Ok(address.clone()));
            }
        }
    }
}
