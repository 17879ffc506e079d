//! The name under which a member signs in.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A short name of letters, digits, dots, hyphens and underscores. Case and accents do not tell two
/// names apart, since nobody remembers how they wrote them.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct LoginName(String);

/// Why a text is no such name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginFault {
    /// Fewer than [`LoginName::MIN`] or more than [`LoginName::MAX`] characters.
    #[error(
        "a name to sign in with has {} to {} characters",
        LoginName::MIN,
        LoginName::MAX
    )]
    Length,
    /// Something other than letters, digits, dots, hyphens and underscores.
    #[error("a name to sign in with has letters, digits, dots, hyphens and underscores")]
    Character,
}

impl LoginName {
    /// Fewest characters.
    pub const MIN: usize = 3;
    /// Most characters.
    pub const MAX: usize = 40;

    /// Reads a name, with or without blanks around it.
    ///
    /// # Errors
    /// See [`LoginFault`].
    pub fn parse(text: &str) -> Result<Self, LoginFault> {
        let name: String = text.trim().nfc().collect();
        if !(Self::MIN..=Self::MAX).contains(&name.chars().count()) {
            return Err(LoginFault::Length);
        }
        if !name
            .chars()
            .all(|c| c.is_alphanumeric() || ".-_".contains(c))
        {
            return Err(LoginFault::Character);
        }
        Ok(Self(name))
    }

    /// As it was written when the member was invited.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two ways to write one name have in common.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// Without case, accents and blanks around it.
pub fn fold(text: &str) -> String {
    let bare = text.trim().nfd().filter(|c| !is_combining_mark(*c));
    bare.flat_map(char::to_lowercase).collect()
}

impl PartialEq for LoginName {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for LoginName {}

impl fmt::Display for LoginName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for LoginName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_and_blanks_do_not_tell_names_apart() {
        let name = LoginName::parse("Núñez.Ángel").unwrap();
        for same in ["nunez.angel", " NÚÑEZ.ÁNGEL ", "nu\u{301}n\u{303}ez.angel"] {
            assert_eq!(LoginName::parse(same).unwrap(), name, "{same}");
        }
        assert_ne!(LoginName::parse("nunez.angela").unwrap(), name);
        assert_eq!(name.as_str(), "Núñez.Ángel");
    }

    #[test]
    fn what_cannot_be_typed_again_is_no_name() {
        assert_eq!(LoginName::parse("ab"), Err(LoginFault::Length));
        assert_eq!(LoginName::parse(&"a".repeat(41)), Err(LoginFault::Length));
        for bad in ["ana eva", "ana:eva", "ana\u{200b}", "ana/eva", "ana\n.eva"] {
            assert_eq!(LoginName::parse(bad), Err(LoginFault::Character), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn a_name_that_is_read_is_read_again_as_the_same(text in "\\PC{0,50}") {
            if let Ok(name) = LoginName::parse(&text) {
                prop_assert_eq!(&LoginName::parse(name.as_str()).unwrap(), &name);
                prop_assert_eq!(fold(&name.folded()), name.folded());
            }
        }
    }
}
