//! How much of a mailbox one page holds: all its pages have one size, so what does not fit stands on a
//! further page.

use service::page::AnswerSize;

/// The size of every page of a mailbox, and of those that say there is none.
pub(super) const SIZE: AnswerSize = AnswerSize::Medium;
/// What messages, or what was filed, may take of it, in bytes of HTML. The rest is for the style, the
/// forms, a request, the proof and a text of [`WRITTEN`] that is given back.
pub(super) const ROOM: usize = 27 << 10;
/// What the text of a request may take above the messages, where it stands whole.
pub(super) const REQUEST: usize = 3 << 10;
/// Up to here a text that is given back fits on a page of [`SIZE`].
pub(super) const WRITTEN: usize = 2 << 10;
/// The same for a page of the next size.
pub(super) const LONG: usize = 200 << 10;

/// How many bytes a text takes in HTML, where five signs take five.
pub(super) fn in_html(text: &str) -> usize {
    text.chars().map(of_sign).sum()
}

fn of_sign(sign: char) -> usize {
    match sign {
        '&' | '<' | '>' | '"' | '\'' => "&#38;".len(),
        other => other.len_utf8(),
    }
}

/// The beginning of a text that takes at most so many bytes in HTML, up to the end of a word if one ends
/// in its second half; all of it if it fits.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    let mut bytes = 0;
    let mut word = 0;
    for (at, sign) in text.char_indices() {
        bytes += of_sign(sign);
        if bytes > most {
            return &text[..if word > at / 2 { word } else { at }];
        }
        if sign.is_whitespace() {
            word = at + sign.len_utf8();
        }
    }
    text
}

/// The size of an answer that gives back what was written, whatever else becomes of it: it depends on
/// what was sent alone.
pub(super) fn size_for(written: usize) -> AnswerSize {
    if written <= WRITTEN {
        SIZE
    } else if written <= LONG {
        AnswerSize::Large
    } else {
        AnswerSize::Largest
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_cut_to_what_fits_and_nothing_is_lost(text in "[ \n&<'\"aé🙂]{0,80}", most in 5..90_usize) {
            let mut rest = text.as_str();
            let mut whole = String::new();
            while !rest.is_empty() {
                let part = beginning(rest, most);
                prop_assert!(!part.is_empty());
                prop_assert!(in_html(part) <= most);
                whole.push_str(part);
                rest = &rest[part.len()..];
            }
            prop_assert_eq!(whole, text);
        }

        #[test]
        fn a_text_takes_what_the_template_makes_of_it(text in "\\PC{0,40}") {
            let escaped = askama::filters::escape(&text, askama::filters::Html).unwrap().to_string();
            prop_assert_eq!(in_html(&text), escaped.len());
        }
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(beginning("uno dos tres", 9), "uno dos ");
        assert_eq!(beginning("a larguísimo", 9), "a larguí");
        assert_eq!(beginning("uno dos tres", 12), "uno dos tres");
    }
}
