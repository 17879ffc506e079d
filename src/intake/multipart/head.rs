//! The heads of a form and of its parts.

use actix_multipart::Field;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::MultipartError;

/// Most characters of a boundary (RFC 2046, 5.1.1).
const BOUNDARY: usize = 70;
/// Most characters of the name of a field.
const NAME: usize = 64;
/// Most bytes of a part's head.
const HEAD: usize = 4 << 10;
/// What a part may say of itself. Browsers write the first two, some libraries the others.
const KNOWN: [HeaderName; 4] = [
    header::CONTENT_DISPOSITION,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    HeaderName::from_static("content-transfer-encoding"),
];

/// What the head of a part says.
pub(super) struct Head {
    pub(super) name: String,
    /// The name of the file; `None` for a field.
    pub(super) file_name: Option<Zeroizing<String>>,
}

impl Head {
    pub(super) fn read(field: &Field) -> Result<Self, MultipartError> {
        let headers = field.headers();
        let length: usize = headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        let unique = headers.len() == headers.keys().count();
        if length > HEAD || !unique || headers.keys().any(|name| !KNOWN.contains(name)) {
            return Err(MultipartError::Malformed);
        }
        let encoding = headers.get(&KNOWN[3]).map(HeaderValue::as_bytes);
        if encoding.is_some_and(|encoding| !is_plain(encoding)) {
            return Err(MultipartError::Malformed);
        }
        let disposition = field
            .content_disposition()
            .ok_or(MultipartError::Malformed)?;
        let name = disposition
            .get_name()
            .filter(|name| is_name(name))
            .ok_or(MultipartError::Malformed)?
            .to_owned();
        let extended = disposition
            .get_filename_ext()
            .and_then(|value| String::from_utf8(value.value.clone()).ok());
        let file_name = extended
            .or_else(|| disposition.get_filename().map(ToOwned::to_owned))
            .map(Zeroizing::new);
        Ok(Self { name, file_name })
    }
}

/// A body that says it is encoded is refused, since we would take it for the file itself.
fn is_plain(encoding: &[u8]) -> bool {
    [&b"binary"[..], b"8bit", b"7bit"]
        .iter()
        .any(|plain| encoding.eq_ignore_ascii_case(plain))
}

/// The names of our own fields are of this form.
fn is_name(name: &str) -> bool {
    (1..=NAME).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte))
}

/// Checks the boundary of a form before anybody looks for it.
pub(super) fn check_boundary(headers: &HeaderMap) -> Result<(), MultipartError> {
    let boundary = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(boundary)
        .ok_or(MultipartError::Malformed)?;
    let sound = (1..=BOUNDARY).contains(&boundary.len())
        && boundary.bytes().all(is_boundary_character)
        && !boundary.ends_with(' ');
    if sound {
        Ok(())
    } else {
        Err(MultipartError::Malformed)
    }
}

/// The boundary, if there is exactly one.
fn boundary(content_type: &str) -> Option<&str> {
    let mut found = content_type.split(';').skip(1).filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then(|| value.trim())
    });
    let value = found.next()?;
    if found.next().is_some() {
        return None;
    }
    match value.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"'),
        None => Some(value),
    }
}

/// RFC 2046, 5.1.1, `bcharsnospace` and the blank.
fn is_boundary_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_is_what_the_norm_says() {
        let longest = "a".repeat(70);
        let longer = "a".repeat(71);
        for (given, sound) in [
            ("----WebKitFormBoundary7MA4YWxkTrZu0gW", true),
            ("\"gc0pJq0M:08jU534c0p\"", true),
            (longest.as_str(), true),
            (longer.as_str(), false),
            ("", false),
            ("\"\"", false),
            ("\"a", false),
            ("a\"", false),
            ("a@b", false),
            ("a; boundary=b", false),
        ] {
            let mut headers = HeaderMap::new();
            let value = format!("multipart/form-data; boundary={given}");
            headers.insert(header::CONTENT_TYPE, value.parse().unwrap());
            assert_eq!(check_boundary(&headers).is_ok(), sound, "{given}");
        }
    }

    #[test]
    fn a_name_is_one_of_ours_by_its_form() {
        for name in ["evidence", "people[0].name", "evidence_version"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "a b", "a\r\n", "ñ", "a\"", &"a".repeat(65)] {
            assert!(!is_name(name), "{name:?}");
        }
    }
}
