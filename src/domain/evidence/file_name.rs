//! The name of a file, made harmless: it may be the name of a person, so it is secret as well.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::MediaType;
use crate::complaint::SecretText;

/// What a file without a usable name is called.
const NAMELESS: &str = "archivo";
/// Most code points of an ending that is kept when a long name is cut.
const ENDING: usize = 10;

/// The name of a file as it is shown and saved: the last part of a path, without characters that
/// control, reorder or mean something to a file system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FileName(SecretText);

impl FileName {
    /// Most code points; a longer name is cut before its ending.
    pub const MAX: usize = 120;

    /// Makes a name of what was sent. Any text gives one, and a name gives itself.
    ///
    /// ```
    /// use domain::evidence::FileName;
    /// assert_eq!(FileName::parse("C:\\Fotos\\turno noche.JPG").expose(), "turno noche.JPG");
    /// assert_eq!(FileName::parse("../..").expose(), "archivo");
    /// ```
    pub fn parse(text: &str) -> Self {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let harmless = last.chars().filter(|c| is_shown(*c)).map(replace);
        let name = Zeroizing::new(harmless.nfc().collect::<String>());
        let name = cut(trim(&name));
        if name.is_empty() {
            Self(SecretText::from(NAMELESS.to_owned()))
        } else {
            Self(SecretText::from(name))
        }
    }

    /// A name that tells nothing: the file of this number, from 1, and its type.
    ///
    /// ```
    /// use domain::evidence::{FileName, MediaType};
    /// assert_eq!(FileName::neutral(2, MediaType::Jpeg).expose(), "archivo-2.jpg");
    /// ```
    pub fn neutral(number: usize, media_type: MediaType) -> Self {
        let ending = media_type.extension();
        Self(SecretText::from(format!("{NAMELESS}-{number}.{ending}")))
    }

    /// The name; whoever asks takes care of the copy.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        SecretText::deserialize(from).map(|text| Self::parse(text.expose()))
    }
}

/// Whether a character shows something by itself or separates words. Those that reorder text could
/// make `gpj.exe` read `exe.jpg`.
fn is_shown(c: char) -> bool {
    use GeneralCategory as G;
    !matches!(
        CodePointMapData::<G>::new().get(c),
        G::Control | G::Format | G::LineSeparator | G::ParagraphSeparator | G::Unassigned
    )
}

/// What some file system refuses or reads as something else becomes a line.
fn replace(c: char) -> char {
    if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
        '_'
    } else {
        c
    }
}

/// Dots at the ends hide a file or are lost with it.
fn trim(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || c == '.')
}

fn cut(name: &str) -> String {
    let length = name.chars().count();
    if length <= FileName::MAX {
        return name.to_owned();
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| ending.chars().count() <= ENDING);
    let kept = FileName::MAX - ending.map_or(0, |ending| ending.chars().count() + 1);
    let stem = Zeroizing::new(name.chars().take(kept).collect::<String>());
    match ending {
        Some(ending) => format!("{}.{ending}", trim(&stem)),
        None => trim(&stem).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(text: &str) -> String {
        FileName::parse(text).expose().to_owned()
    }

    #[test]
    fn paths_controls_and_reordering_are_taken_out() {
        for (sent, kept) in [
            ("foto.jpg", "foto.jpg"),
            ("/home/ana/acta final.pdf", "acta final.pdf"),
            ("C:\\Users\\ana\\acta.docx", "acta.docx"),
            ("..\\..\\etc\\passwd", "passwd"),
            ("foto\u{202e}gpj.exe", "fotogpj.exe"),
            ("a\r\nb\0c\u{7f}.txt", "abc.txt"),
            ("¿qué? «pasó»: *aquí*.txt", "¿qué_ «pasó»_ _aquí_.txt"),
            ("  .oculto. ", "oculto"),
            ("cafe\u{301}.png", "café.png"),
            ("", "archivo"),
            ("...", "archivo"),
            ("\u{200b}\u{feff}", "archivo"),
            ("carpeta/", "archivo"),
        ] {
            assert_eq!(name(sent), kept, "{sent:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_before_its_ending() {
        let long = name(&format!("{}.jpeg", "ñ".repeat(300)));
        assert_eq!(long.chars().count(), FileName::MAX);
        assert!(long.ends_with("ñ.jpeg"), "{long}");
        let endless = name(&"x.y".repeat(100).replace('.', "_"));
        assert_eq!(endless.chars().count(), FileName::MAX);
    }

    #[test]
    fn debug_never_shows_the_name() {
        assert!(!format!("{:?}", FileName::parse("Dra. Pérez.pdf")).contains("rez"));
    }

    proptest! {
        #[test]
        fn any_text_gives_a_harmless_name_that_gives_itself(text in any::<String>()) {
            let once = name(&text);
            prop_assert!(!once.is_empty());
            prop_assert!(once.chars().count() <= FileName::MAX);
            prop_assert!(!once.contains(['/', '\\', '\0', '\n']));
            prop_assert!(!once.starts_with('.'));
            prop_assert_eq!(name(&once), once);
        }

        #[test]
        fn so_does_a_long_one(text in "\\PC{0,400}(\\.\\PC{0,12})?") {
            let once = name(&text);
            prop_assert!(once.chars().count() <= FileName::MAX);
            prop_assert_eq!(name(&once), once);
        }
    }
}
