//! Texts that people write: bounded, free of control characters, wiped when dropped, never printed.

use std::fmt;

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};
use serde::{Deserialize, Deserializer, Serialize};
use validator::ValidateLength as _;
use zeroize::Zeroizing;

use super::fault::FaultKind;

/// Text that is wiped when dropped and that `Debug` never shows.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize, Default)]
#[serde(transparent)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// The text itself; whoever asks takes care of the copy.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

/// BRAILLE PATTERN BLANK: a symbol by its category, and nothing to the eye.
const BRAILLE_BLANK: char = '\u{2800}';

/// Whether a character shows something by itself: neither white space nor one of those that only
/// join, direct or vary others, such as a zero width space.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && c != BRAILLE_BLANK
        && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        && CodePointMapData::<GeneralCategory>::new().get(c) != GeneralCategory::Format
}

/// Whether a text shows nothing.
pub(super) fn is_blank(text: &str) -> bool {
    !text.chars().any(is_visible)
}

/// Checks a text against its bounds, in Unicode code points.
///
/// Only visible ones count towards the least length: neither twenty spaces nor twenty joiners are a
/// story. All count towards the greatest. Longer texts are refused, never cut.
fn check(text: &str, min: u64, max: u64) -> Result<(), FaultKind> {
    if is_blank(text) {
        return Err(FaultKind::Required);
    }
    let visible = text.chars().filter(|c| is_visible(*c));
    if visible.zip(0..min).count() as u64 != min {
        return Err(FaultKind::TooShort { min });
    }
    if !text.validate_length(None, Some(max), None) {
        return Err(FaultKind::TooLong { max });
    }
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    {
        return Err(FaultKind::ControlCharacter);
    }
    Ok(())
}

macro_rules! bounded_text {
    ($(#[$meta:meta])* $name:ident, $min:literal..=$max:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(SecretText);

        impl $name {
            /// Fewest visible code points.
            pub const MIN: u64 = $min;
            /// Most code points.
            pub const MAX: u64 = $max;

            /// Takes the text as it was written.
            ///
            /// # Errors
            /// Which rule it breaks; the text is not part of the error.
            pub fn parse(text: SecretText) -> Result<Self, FaultKind> {
                check(text.expose(), Self::MIN, Self::MAX)?;
                Ok(Self(text))
            }

            /// The text as it was written.
            pub fn expose(&self) -> &str {
                self.0.expose()
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = SecretText::deserialize(from)?;
                Self::parse(text).map_err(|fault| serde::de::Error::custom(fault.code()))
            }
        }
    };
}

bounded_text!(
    /// What happened: 20 to 20,000 code points.
    Narrative, 20..=20_000
);
bounded_text!(
    /// A name, a post, a place: up to 300 code points.
    ShortText, 1..=300
);
bounded_text!(
    /// Part of somebody's name, such as a surname: up to 80 code points.
    NamePart, 1..=80
);
bounded_text!(
    /// A description: up to 2,000 code points.
    LongText, 1..=2_000
);
bounded_text!(
    /// A further message of the complainant or an answer to them: up to 20,000 code points.
    MessageText, 1..=20_000
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn narrative(text: &str) -> Result<Narrative, FaultKind> {
        Narrative::parse(SecretText::from(text.to_owned()))
    }

    #[test]
    fn blanks_are_not_a_story() {
        assert_eq!(narrative(&" ".repeat(40)), Err(FaultKind::Required));
        assert_eq!(
            narrative(&format!("{}corto", " ".repeat(40))),
            Err(FaultKind::TooShort { min: 20 })
        );
    }

    #[test]
    fn invisible_characters_are_not_a_story() {
        for invisible in [
            '\u{ad}',
            '\u{34f}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200d}',
            '\u{200f}',
            '\u{2028}',
            '\u{2060}',
            '\u{2064}',
            '\u{2800}',
            '\u{3000}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fff9}',
            '\u{e0041}',
            '\u{e0100}',
        ] {
            let many = invisible.to_string().repeat(30);
            assert_eq!(narrative(&many), Err(FaultKind::Required), "{invisible:?}");
            assert_eq!(
                narrative(&format!("c{many}orto")),
                Err(FaultKind::TooShort { min: 20 }),
                "{invisible:?}"
            );
        }
    }

    #[test]
    fn joined_and_varied_emoji_are_text_like_any_other() {
        let family = "👩\u{200d}👩\u{200d}👧❤\u{fe0f}";
        assert!(narrative(&family.repeat(5)).is_ok());
        assert!(ShortText::parse(SecretText::from(family.to_owned())).is_ok());
    }

    #[test]
    fn bounds_count_code_points_not_bytes() {
        assert!(narrative(&"ñ".repeat(20)).is_ok());
        assert_eq!(
            narrative(&"ñ".repeat(19)),
            Err(FaultKind::TooShort { min: 20 })
        );
        assert!(narrative(&"🙂".repeat(20_000)).is_ok());
        assert_eq!(
            narrative(&"a".repeat(20_001)),
            Err(FaultKind::TooLong { max: 20_000 })
        );
    }

    #[test]
    fn control_characters_are_refused_and_line_breaks_are_not() {
        assert!(narrative("primera línea\r\n\tsegunda línea").is_ok());
        for bad in ['\0', '\u{1b}', '\u{7f}', '\u{85}'] {
            let text = format!("una historia bastante larga{bad}");
            assert_eq!(
                narrative(&text),
                Err(FaultKind::ControlCharacter),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn debug_never_shows_the_text() {
        let secret = narrative("el jefe de turno me amenazó").expect("a valid narrative");
        assert!(!format!("{secret:?}").contains("amenaz"));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_kept_to_the_letter(text in "\\PC{20,200}") {
            if let Ok(kept) = narrative(&text) {
                prop_assert_eq!(kept.expose(), text);
            }
        }
    }
}
