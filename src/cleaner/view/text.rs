//! Plain texts, in whatever way they were written down.

use cleaning::{NotShown, TEXT_CHARACTERS as CHARACTERS, is_text};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Text;

/// Reads a text: UTF-8 or UTF-16, or what the programs of one maker wrote in these parts for decades.
pub(super) fn read(file: &[u8]) -> Result<Text, NotShown> {
    if !is_text(file) {
        return Err(NotShown::Unreadable);
    }
    let encoding = match file {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ if std::str::from_utf8(file).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    };
    let (text, _) = encoding.decode_with_bom_removal(file);
    Ok(bounded(&text))
}

/// As much of a text as is shown.
fn bounded(text: &str) -> Text {
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => Text {
            text: text[..end].to_owned(),
            cut: true,
        },
        None => Text {
            text: text.to_owned(),
            cut: false,
        },
    }
}

/// A text that is put together, up to as much as is shown.
#[derive(Default)]
pub(super) struct Gathered {
    text: String,
    characters: usize,
    cut: bool,
}

impl Gathered {
    pub(super) fn push(&mut self, c: char) {
        if self.characters >= CHARACTERS {
            self.cut = true;
        } else {
            self.text.push(c);
            self.characters += 1;
        }
    }

    pub(super) fn push_str(&mut self, text: &str) {
        for c in text.chars() {
            if self.cut {
                return;
            }
            self.push(c);
        }
    }

    /// Ends a line, unless one was just ended twice.
    pub(super) fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.push('\n');
        }
    }

    /// Whether something was left out.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    pub(super) fn into_text(self) -> Text {
        Text {
            text: self.text.trim_end().to_owned(),
            cut: self.cut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(file: &[u8]) -> String {
        read(file).unwrap_or_else(|why| panic!("{why}")).text
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        assert_eq!(shown("¿Qué pasó?\r\n".as_bytes()), "¿Qué pasó?\r\n");
        assert_eq!(shown(b"\xef\xbb\xbfhola"), "hola");
        assert_eq!(shown(b"\xff\xfeh\0\xf1\0"), "hñ");
        assert_eq!(shown(b"\xfe\xff\0h\0\xf1"), "hñ");
        assert_eq!(shown(b"a\xf1o \x93dos\x94"), "año “dos”");
    }

    #[test]
    fn a_long_one_is_cut_between_two_characters() {
        let long = "ñ".repeat(CHARACTERS + 1);
        let Ok(text) = read(long.as_bytes()) else {
            panic!("it is a text")
        };
        assert!(text.cut);
        assert_eq!(text.text.chars().count(), CHARACTERS);
        let Ok(whole) = read("ñ".repeat(CHARACTERS).as_bytes()) else {
            panic!("it is a text")
        };
        assert!(!whole.cut);
    }

    #[test]
    fn what_only_begins_like_a_text_is_none() {
        assert!(read(b"hola\0").is_err());
        assert!(read(b"").is_err());
    }
}
