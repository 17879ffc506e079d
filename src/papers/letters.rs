//! Characters that show nothing and change how others are read, made visible.

use std::fmt::Write as _;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use zeroize::Zeroizing;

/// What joins letters or emoji, and moves nothing.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Whether a character shows nothing by itself: one that turns the order of what follows, hides in a word
/// or drives a printer. Line breaks and tabs do what they say.
pub(crate) fn is_unseen(c: char) -> bool {
    use GeneralCategory as G;
    !matches!(c, '\t' | '\n' | '\r')
        && !JOINERS.contains(&c)
        && matches!(
            CodePointMapData::<G>::new().get(c),
            G::Control | G::Format | G::LineSeparator | G::ParagraphSeparator
        )
}

/// Writes a character by its number: `[U+202E]`.
pub(crate) fn number(c: char, to: &mut String) {
    write!(to, "[U+{:04X}]", u32::from(c)).expect("a string takes everything");
}

/// A text whose lines end in `\n` alone, and in which every character that shows nothing is shown by its
/// number.
pub fn visible(text: &str) -> Zeroizing<String> {
    let mut shown = Zeroizing::new(String::with_capacity(text.len() + 16));
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => shown.push('\n'),
            c if is_unseen(c) => number(c, &mut shown),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reorders_or_hides_is_shown_by_its_number() {
        assert_eq!(&*visible("no \u{202e}oiratse"), "no [U+202E]oiratse");
        assert_eq!(&*visible("a\0b\u{feff}"), "a[U+0000]b[U+FEFF]");
        assert_eq!(
            &*visible("uno\r\ndos\rtres\u{2028}"),
            "uno\ndos\ntres[U+2028]"
        );
        assert_eq!(
            &*visible("Él, ¿sí?\tño 👩\u{200d}⚕"),
            "Él, ¿sí?\tño 👩\u{200d}⚕"
        );
    }
}
