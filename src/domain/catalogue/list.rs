//! Open lists: entries that only data names, found by what people type.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::fault::{Faults, Problem};
use crate::code::fold;

/// Where a data file comes from. Records keep the version they were coded with.
#[derive(Debug, Clone, Deserialize)]
pub struct Edition {
    /// Changes with every change of the file.
    pub version: String,
    /// The day the sources were last looked at.
    pub as_of: Date,
    /// The norms or publications the file follows.
    pub source: String,
}

/// What every entry of an open list has.
pub(super) trait Entry {
    fn code(&self) -> &str;
    fn name(&self) -> &str;
    fn aliases(&self) -> &[String] {
        &[]
    }
}

/// An open list as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File<T> {
    version: String,
    as_of: Date,
    source: String,
    entry: Vec<T>,
}

/// An open list, found by code, name or alias as [`fold`] compares them.
#[derive(Debug)]
pub(super) struct List<T> {
    edition: Edition,
    entries: Vec<T>,
    index: HashMap<String, usize>,
}

impl<T: Entry> List<T> {
    /// Builds the index, and reports codes written otherwise than `fold` (or its capitals) gives,
    /// as well as texts that could mean two entries.
    pub(super) fn new(file: &'static str, read: File<T>, faults: &mut Faults) -> Self {
        let File {
            version,
            as_of,
            source,
            entry: entries,
        } = read;
        let mut index = HashMap::new();
        for (position, entry) in entries.iter().enumerate() {
            let code = entry.code();
            let folded = fold(code);
            if folded.is_empty() || (code != folded && code != folded.to_uppercase()) {
                faults.add(
                    file,
                    Problem::BadCode {
                        code: code.to_owned(),
                    },
                );
            }
            let aliases = entry.aliases().iter().map(String::as_str);
            for text in [code, entry.name()].into_iter().chain(aliases) {
                let first = *index.entry(fold(text)).or_insert(position);
                if first != position {
                    let text = text.to_owned();
                    let first = entries[first].code().to_owned();
                    let problem = Problem::Ambiguous {
                        text,
                        first,
                        second: code.to_owned(),
                    };
                    faults.add(file, problem);
                }
            }
        }
        Self {
            edition: Edition {
                version,
                as_of,
                source,
            },
            entries,
            index,
        }
    }

    pub(super) fn expect_count(&self, file: &'static str, expected: usize, faults: &mut Faults) {
        let found = self.entries.len();
        if found != expected {
            faults.add(file, Problem::Count { expected, found });
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }

    pub(super) fn entries(&self) -> &[T] {
        &self.entries
    }

    /// The entry whose code, name or alias `text` is.
    pub(super) fn find(&self, text: &str) -> Option<&T> {
        self.index
            .get(&fold(text))
            .map(|position| &self.entries[*position])
    }

    /// Whether `code` is the code of an entry, exactly as written: how data files refer to it.
    pub(super) fn has_code(&self, code: &str) -> bool {
        self.entries.iter().any(|entry| entry.code() == code)
    }
}

/// Declares a code of an open list: a copyable reference to its entry in the compiled-in catalogue.
///
/// It is read from code, name or alias as [`crate::code::fold`] compares them, and written as the
/// code.
macro_rules! catalogue_code {
    ($(#[$meta:meta])* $name:ident, $entry:ty, $list:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $name(&'static $entry);

        impl $name {
            /// Every code, in the order of the official list.
            pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
                $crate::catalogue::current().$list.entries().iter().map(Self)
            }

            /// The official code.
            pub fn code(self) -> &'static str {
                &self.0.code
            }

            /// The name in Spanish.
            pub fn name(self) -> &'static str {
                &self.0.name
            }

            /// All that the catalogue says of it.
            pub fn entry(self) -> &'static $entry {
                self.0
            }
        }

        impl $crate::catalogue::list::Entry for $entry {
            fn code(&self) -> &str {
                &self.code
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn aliases(&self) -> &[String] {
                &self.aliases
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::code::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let unknown = $crate::code::UnknownCode { list: stringify!($name) };
                $crate::catalogue::current().$list.find(text).map(Self).ok_or(unknown)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.code())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.code() == other.code()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.code().cmp(other.code())
            }
        }

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.code().hash(state);
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
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

pub(super) use catalogue_code;
