//! Characters that show nothing and change how others are read, made visible.
//!
//! A text may hold characters that turn the order of what is shown after them (`U+202E` makes
//! `oiratse` read as its reverse), or that hide in a word. Whoever writes could make the committee
//! read something else than what is stored and classified. So each is shown by its number, and every
//! text stands in an element of its own (`dir="auto"`), beyond which no letter has a say on order.

use std::borrow::Cow;
use std::fmt::Write as _;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

/// What joins letters or emoji, and moves nothing.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// A text in which every character that shows nothing is shown by its number, `⟦U+202E⟧`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unseen(c) {
            write!(shown, "⟦U+{:04X}⟧", u32::from(c)).expect("a string takes everything");
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

fn is_unseen(c: char) -> bool {
    use GeneralCategory as G;
    let breaks_lines = matches!(c, '\t' | '\n' | '\r');
    !breaks_lines
        && !JOINERS.contains(&c)
        && matches!(
            CodePointMapData::<G>::new().get(c),
            G::Control | G::Format | G::LineSeparator | G::ParagraphSeparator
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reorders_or_hides_is_shown_by_its_number() {
        for (written, shown) in [
            ("no \u{202e}oiratse", "no ⟦U+202E⟧oiratse"),
            ("\u{2067}a\u{2069}", "⟦U+2067⟧a⟦U+2069⟧"),
            ("aco\u{200b}so\u{feff}", "aco⟦U+200B⟧so⟦U+FEFF⟧"),
            ("\u{200f}1\u{61c}2", "⟦U+200F⟧1⟦U+061C⟧2"),
            ("a\u{2028}b\u{85}", "a⟦U+2028⟧b⟦U+0085⟧"),
            ("\u{e0041}", "⟦U+E0041⟧"),
        ] {
            assert_eq!(visible(written), shown);
        }
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in [
            "",
            "Él me acosó,\n\tayer. Señoría: ¿y ahora?",
            "👩🏽‍⚕️ 🏳️‍🌈 e\u{301}",
            "نامه‌ای עברית",
        ] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
