//! Ids of 16 random bytes, written as 32 small hexadecimal digits: they tell neither order nor content.

/// A text that is no such id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 small hexadecimal digits")]
pub struct NotAnId;

/// Reads an id. Only the form that is written is read, so that what it names has one address.
pub(crate) fn parse(text: &str) -> Result<[u8; 16], NotAnId> {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != 32 || !text.bytes().all(digit) {
        return Err(NotAnId);
    }
    let id = u128::from_str_radix(text, 16).map_err(|_| NotAnId)?;
    Ok(id.to_be_bytes())
}

/// Declares an id: `Display`, `FromStr` and serde as 32 hexadecimal digits.
macro_rules! hex_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; 16]);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{:032x}", u128::from_be_bytes(self.0))
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{self}")
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::ids::NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::ids::parse(text).map(Self)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use hex_id;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::meeting::MeetingId as TestId;

    #[test]
    fn only_the_form_that_is_written_is_read() {
        let written = "0123456789abcdef0123456789abcdef";
        assert_eq!(written.parse::<TestId>().unwrap().to_string(), written);
        for other in [
            "",
            "0123456789ABCDEF0123456789ABCDEF",
            "+123456789abcdef0123456789abcdef",
            "0123456789abcdef0123456789abcde",
        ] {
            other.parse::<TestId>().unwrap_err();
        }
    }

    proptest! {
        #[test]
        fn an_id_reads_back(bytes in any::<[u8; 16]>()) {
            let id = TestId(bytes);
            prop_assert_eq!(id.to_string().parse::<TestId>(), Ok(id));
        }
    }
}
