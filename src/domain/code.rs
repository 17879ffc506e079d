//! Codes of fixed lists: how they are written, and how forgivingly they are read.

#[doc(hidden)]
pub use serde;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Folds what a person may type to the form in which codes are compared: lower case, no accents,
/// everything but letters and digits as one `_`.
///
/// ```
/// assert_eq!(domain::code::fold("  Ciudad de México – Norte "), "ciudad_de_mexico_norte");
/// assert_eq!(domain::code::fold("15-19"), "15_19");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        if c.is_alphanumeric() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with('_') {
            folded.push('_');
        }
    }
    if folded.ends_with('_') {
        folded.pop();
    }
    folded
}

/// A text that is none of the codes of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code of the list `{list}`")]
pub struct UnknownCode {
    /// The Rust name of the list, for the developer; people are told the field instead.
    pub list: &'static str,
}

/// Declares an enum whose variants have an official code, read as [`fold`] compares them.
///
/// Gives `ALL`, `code()`, `Display`, `FromStr`, and serde as the code.
#[macro_export]
macro_rules! coded_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of the official list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The official code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::code::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                // What a program wrote is a code to the letter; folding is for people, and takes its time.
                match text {
                    $($code => return Ok(Self::$variant),)+
                    _ => {}
                }
                let folded = $crate::code::fold(text);
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| $crate::code::fold(value.code()) == folded)
                    .ok_or($crate::code::UnknownCode { list: stringify!($name) })
            }
        }

        impl $crate::code::serde::Serialize for $name {
            fn serialize<S: $crate::code::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        impl<'de> $crate::code::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::code::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as $crate::code::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err($crate::code::serde::de::Error::custom)
            }
        }
    };
}
