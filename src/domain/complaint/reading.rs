//! Reading JSON bodies: objects are objects, and whatever does not fit is named by its field.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{FaultKind, FieldFaults};

/// Why bytes are not what a call takes.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// Not JSON.
    #[error("not JSON")]
    NotJson,
    /// JSON, but not an object, or a field is unknown, given twice, missing or of the wrong type.
    #[error(transparent)]
    Fields(#[from] FieldFaults),
}

/// Reads any JSON body that is an object, naming the field that does not fit.
///
/// # Errors
/// That it is not JSON, or which field is not as it must be. The error holds nothing of what was
/// sent but field names that the sender chose.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DraftError> {
    let text = std::str::from_utf8(bytes).map_err(|_| DraftError::NotUtf8)?;
    let mut json = serde_json::Deserializer::from_str(text);
    let Object(read) =
        serde_path_to_error::deserialize(&mut json).map_err(|error| field_fault(&error))?;
    json.end().map_err(|_| DraftError::NotJson)?;
    Ok(read)
}

/// A value that is written as an object and in no other way: what serde derives for a struct also
/// takes an array of its fields.
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(entries))
            }
        }

        from.deserialize_map(Entries(PhantomData)).map(Self)
    }
}

/// Gives structs that derive `Deserialize` with `remote = "Self"` a `Deserialize` that takes objects
/// alone, wherever they stand.
macro_rules! read_as_object {
    ($($name:ident),+ $(,)?) => {
        $(const _: () = {
            struct Derived($name);

            impl<'de> ::serde::Deserialize<'de> for Derived {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    // The function that serde derived, which takes arrays too.
                    $name::deserialize(from).map(Self)
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    let $crate::complaint::reading::Object(Derived(read)) =
                        ::serde::Deserialize::deserialize(from)?;
                    Ok(read)
                }
            }
        };)+
    };
}

pub(super) use read_as_object;

fn field_fault(error: &serde_path_to_error::Error<serde_json::Error>) -> DraftError {
    if !error.inner().is_data() {
        return DraftError::NotJson;
    }
    let path = match error.path().to_string() {
        root if root == "." => String::new(),
        path => path,
    };
    let inside = |name: &str| match path.as_str() {
        "" => name.to_owned(),
        parent => format!("{parent}.{name}"),
    };
    // serde tells these apart in its message only. What was sent comes later in it, if at all.
    let message = error.inner().to_string();
    let named = |what: &str| {
        let rest = message.strip_prefix(what)?.strip_prefix(" field `")?;
        Some(rest.split_once('`')?.0)
    };
    let (field, kind) = if named("unknown").is_some() {
        // serde stops at the key, so the path ends with it.
        (path, FaultKind::UnknownField)
    } else if let Some(name) = named("duplicate") {
        (inside(name), FaultKind::DuplicateField)
    } else if let Some(name) = named("missing") {
        (inside(name), FaultKind::Required)
    } else if path.is_empty() {
        (path, FaultKind::NotAnObject)
    } else {
        (path, FaultKind::WrongType)
    };
    FieldFaults::one(field, kind).into()
}
