//! Text inside XML.

use zeroize::Zeroizing;

use crate::letters::{is_unseen, number};

/// A text between two tags. What XML cannot hold, and what shows nothing, is written by its number.
pub(super) fn escaped(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len() + 16));
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_unseen(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => number(c, &mut out),
            c => out.push(c),
        }
    }
    out
}
