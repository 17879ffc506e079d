//! What a browser sends of a form (`application/x-www-form-urlencoded`, WHATWG URL standard, 5.1).

use domain::complaint::SecretText;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The fields of a form in the order sent; values are wiped when dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fields(Vec<(String, SecretText)>);

/// Most fields of a form; each of ours sends far fewer.
const MOST: usize = 200;

/// Why bytes are not a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotAForm {
    /// More fields than any form of ours has.
    #[error("more than {MOST} fields")]
    TooMany,
    /// A percent sign without two hexadecimal digits.
    #[error("not percent-encoded as it must be")]
    Encoding,
    /// Not UTF-8 once decoded.
    #[error("not UTF-8")]
    Utf8,
}

impl Fields {
    /// Reads a form. Line breaks become `\n`: browsers send both characters.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, NotAForm> {
        if body.split(|byte| *byte == b'&').nth(MOST).is_some() {
            return Err(NotAForm::TooMany);
        }
        body.split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let end = pair
                    .iter()
                    .position(|byte| *byte == b'=')
                    .unwrap_or(pair.len());
                let (name, value) = pair.split_at(end);
                let name = decode(name)?;
                let value = decode(value.strip_prefix(b"=").unwrap_or_default())?;
                Ok((name.to_string(), SecretText::from(unix_lines(&value))))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The value of a field, the last one if there are several, empty if there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values(name).last().unwrap_or_default()
    }

    /// Every value of a field.
    pub(crate) fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.expose())
    }

    /// Every field with its value.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &SecretText)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Adds a field.
    pub(crate) fn push(&mut self, name: String, value: SecretText) {
        self.0.push((name, value));
    }

    /// Leaves out the fields whose names are not to be kept.
    pub(crate) fn keep(&mut self, kept: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| kept(name));
    }
}

fn decode(text: &[u8]) -> Result<Zeroizing<String>, NotAForm> {
    // The final room from the start: growing would leave unwiped copies.
    let mut decoded = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => match (rest.next().and_then(digit), rest.next().and_then(digit)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(NotAForm::Encoding),
            },
            other => other,
        });
    }
    let text = std::str::from_utf8(&decoded).map_err(|_| NotAForm::Utf8)?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

fn unix_lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for (index, line) in text.split("\r\n").enumerate() {
        if index > 0 {
            lines.push('\n');
        }
        lines.push_str(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_and_line_breaks_are_single() {
        let fields = Fields::parse(b"a=uno+dos%0D%0Atres&b=%C3%B1&b=2&c&&=x").unwrap();
        assert_eq!(fields.value("a"), "uno dos\ntres");
        assert_eq!(fields.values("b").collect::<Vec<_>>(), ["ñ", "2"]);
        assert_eq!(fields.value("b"), "2");
        assert_eq!(fields.value("c"), "");
        assert_eq!(fields.value("d"), "");
    }

    #[test]
    fn what_is_not_encoded_as_it_must_be_is_refused() {
        for bad in ["a=%", "a=%f", "a=%zz"] {
            assert_eq!(
                Fields::parse(bad.as_bytes()).unwrap_err(),
                NotAForm::Encoding,
                "{bad}"
            );
        }
        for bad in [&b"a=%ff"[..], b"a=\xff", b"%c3=1"] {
            assert_eq!(Fields::parse(bad).unwrap_err(), NotAForm::Utf8, "{bad:?}");
        }
    }

    #[test]
    fn more_fields_than_any_form_has_are_refused() {
        assert!(Fields::parse("a&".repeat(199).as_bytes()).is_ok());
        assert_eq!(
            Fields::parse("a&".repeat(200).as_bytes()).unwrap_err(),
            NotAForm::TooMany
        );
    }

    #[test]
    fn debug_never_shows_what_was_written() {
        let fields = Fields::parse(b"narrative=el+jefe+me+amenaza").unwrap();
        assert!(!format!("{fields:?}").contains("amenaza"));
    }
}
