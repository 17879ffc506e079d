//! What was found, in a few lines that a person understands.

use domain::complaint::SecretText;
use domain::evidence::{Finding, FindingKind, MediaType};
use strypt_core::{MetadataKind, MetadataValue};

use crate::{position, quicktime, xmp};

/// Most lines of one kind.
const OF_A_KIND: usize = 4;
/// Most code points of a line.
const LINE: usize = 120;

/// The order in which the kinds are told: what gives away most comes first.
const ORDER: [FindingKind; 7] = [
    FindingKind::Location,
    FindingKind::Author,
    FindingKind::Device,
    FindingKind::Software,
    FindingKind::Date,
    FindingKind::Comment,
    FindingKind::Other,
];

/// Turns the findings of the library into lines, without repetition; a kind of which no value can be
/// shown gives one line without.
pub(crate) fn findings(
    media: MediaType,
    file: &[u8],
    found: &[strypt_core::Finding],
) -> Vec<Finding> {
    let in_mpeg4 = matches!(media, MediaType::Mp4 | MediaType::M4a);
    let mut lines = Lines::default();
    let mut places = found
        .iter()
        .filter(|found| found.kind == MetadataKind::Location)
        .peekable();
    if places.peek().is_some() {
        lines.add(FindingKind::Location, position::position(file));
    }
    lines.add_device(found);
    for found in found {
        let kind = kind_of(found.kind);
        // Of the tags of MPEG-4 the library shows the end only.
        let is_cut = in_mpeg4 && found.location.contains("udta");
        let value = text_of(found).filter(|_| !is_cut);
        match kind {
            FindingKind::Device => {}
            // Parts of a position say nothing alone; a whole one is in the form of ISO 6709.
            FindingKind::Location => {
                lines.add(kind, value.and_then(|text| position::iso6709(&text)));
            }
            FindingKind::Date => lines.add(kind, value.map(|text| date(&text).unwrap_or(text))),
            FindingKind::Other => lines.add(kind, None),
            FindingKind::Author | FindingKind::Software | FindingKind::Comment => {
                lines.add(kind, value);
            }
        }
    }
    if !found.is_empty() {
        let own = if in_mpeg4 {
            quicktime::values(file)
        } else {
            Vec::new()
        };
        for (kind, value) in own.into_iter().chain(xmp::values(file)) {
            let value = match kind {
                FindingKind::Date => date(&value).unwrap_or(value),
                FindingKind::Location
                | FindingKind::Author
                | FindingKind::Device
                | FindingKind::Software
                | FindingKind::Comment
                | FindingKind::Other => value,
            };
            lines.add(kind, Some(value));
        }
    }
    lines.finish()
}

/// Lines as they come in.
#[derive(Default)]
struct Lines(Vec<(FindingKind, Option<String>)>);

impl Lines {
    fn add(&mut self, kind: FindingKind, value: Option<String>) {
        let line = (kind, value.and_then(|text| shown(&text)));
        if !self.0.contains(&line) {
            self.0.push(line);
        }
    }

    /// Make and model belong together.
    fn add_device(&mut self, found: &[strypt_core::Finding]) {
        let devices = || {
            found
                .iter()
                .filter(|found| kind_of(found.kind) == FindingKind::Device)
        };
        let named = |name: &str| {
            let field = devices().find(|found| found.field.as_deref() == Some(name));
            field.and_then(text_of).map(|text| text.trim().to_owned())
        };
        match (named("Make"), named("Model")) {
            (Some(make), Some(model)) if !model.starts_with(&make) => {
                self.add(FindingKind::Device, Some(format!("{make} {model}")));
            }
            (make, model) => {
                if let Some(name) = model.or(make) {
                    self.add(FindingKind::Device, Some(name));
                }
            }
        }
        for found in devices() {
            if !matches!(found.field.as_deref(), Some("Make" | "Model")) {
                self.add(FindingKind::Device, text_of(found));
            }
        }
    }

    fn finish(self) -> Vec<Finding> {
        let mut told = Vec::new();
        for kind in ORDER {
            let lines = || self.0.iter().filter(|(other, _)| *other == kind);
            let with_value = lines().filter(|(_, value)| value.is_some());
            told.extend(with_value.take(OF_A_KIND).map(|(_, value)| Finding {
                kind,
                detail: value.clone().map(SecretText::from),
            }));
            let named = told.last().is_some_and(|last: &Finding| last.kind == kind);
            if !named && lines().next().is_some() {
                told.push(Finding { kind, detail: None });
            }
        }
        told
    }
}

fn kind_of(kind: MetadataKind) -> FindingKind {
    match kind {
        MetadataKind::Location => FindingKind::Location,
        MetadataKind::DeviceIdentity => FindingKind::Device,
        MetadataKind::PersonalIdentity => FindingKind::Author,
        MetadataKind::SoftwareFingerprint => FindingKind::Software,
        MetadataKind::Timestamp => FindingKind::Date,
        MetadataKind::Comment => FindingKind::Comment,
        MetadataKind::Thumbnail
        | MetadataKind::EditingHistory
        | MetadataKind::DocumentIdentifier
        | MetadataKind::ColourProfile
        | MetadataKind::Other
        | _ => FindingKind::Other,
    }
}

fn text_of(found: &strypt_core::Finding) -> Option<String> {
    match &found.value {
        Some(MetadataValue::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// One line of a text, without what controls or reorders others; nothing if nothing is left.
fn shown(text: &str) -> Option<String> {
    let harmless =
        |c: &char| !c.is_control() && !is_reordering(*c) && *c != char::REPLACEMENT_CHARACTER;
    let line: String = text.trim().chars().filter(harmless).take(LINE).collect();
    line.chars().any(char::is_alphanumeric).then_some(line)
}

fn is_reordering(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A date of Exif (`2026:08:19 12:30:45`), PDF (`D:20260819123045Z`) or XML, written in one way.
fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).take(12).collect();
    let plausible = (text.starts_with("19") || text.starts_with("20")) && digits.len() >= 8;
    let (month, day) = (digits.get(4..6)?, digits.get(6..8)?);
    if !plausible || month > "12" || day > "31" {
        return None;
    }
    let day = format!("{}-{month}-{day}", &digits[..4]);
    Some(match (digits.get(8..10), digits.get(10..12)) {
        (Some(hour), Some(minute)) => format!("{day} {hour}:{minute}"),
        _ => day,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_written_in_one_way() {
        for (text, told) in [
            ("2026:08:19 12:30:45", Some("2026-08-19 12:30")),
            ("D:20260819123045-06'00'", Some("2026-08-19 12:30")),
            ("2026-08-19T12:30:45Z", Some("2026-08-19 12:30")),
            ("2026-08-19", Some("2026-08-19")),
            ("Wed Aug 19 2026", None),
            ("20", None),
            ("2026:99:99", None),
        ] {
            assert_eq!(date(text).as_deref(), told, "{text}");
        }
    }

    fn found(kind: MetadataKind, field: &str, value: Option<&str>) -> strypt_core::Finding {
        let mut found = strypt_core::Finding::new(kind, "IFD0", 1).with_field(field);
        found.value = value.map(|text| MetadataValue::Text(text.to_owned()));
        found
    }

    #[test]
    fn values_are_told_once_and_kinds_without_a_value_by_themselves() {
        let told = findings(
            MediaType::Jpeg,
            b"",
            &[
                found(MetadataKind::Thumbnail, "Thumbnail", None),
                found(MetadataKind::DeviceIdentity, "Model", Some("Moto G")),
                found(MetadataKind::DeviceIdentity, "Make", Some("motorola\0")),
                found(MetadataKind::DeviceIdentity, "MakerNote", None),
                found(
                    MetadataKind::PersonalIdentity,
                    "Artist",
                    Some("Ana\u{202e}"),
                ),
                found(MetadataKind::PersonalIdentity, "XPAuthor", Some("Ana")),
                found(MetadataKind::Location, "GPSVersionID", None),
            ],
        );
        let told: Vec<_> = told
            .iter()
            .map(|line| (line.kind, line.detail.as_ref().map(SecretText::expose)))
            .collect();
        assert_eq!(
            told,
            [
                (FindingKind::Location, None),
                (FindingKind::Author, Some("Ana")),
                (FindingKind::Device, Some("motorola Moto G")),
                (FindingKind::Other, None),
            ]
        );
    }

    proptest! {
        #[test]
        fn no_text_breaks_a_line(text in any::<String>()) {
            let _ = date(&text);
            let _ = position::iso6709(&text);
            if let Some(line) = shown(&text) {
                prop_assert!(line.chars().count() <= LINE);
                prop_assert!(!line.contains(char::is_control));
            }
        }
    }
}
