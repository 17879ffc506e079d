//! A text as its patterns are sought: small letters, no accents, and the way back to the original.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// Folded text, and for each of its bytes where the character that it came from lies.
pub(crate) struct Folded<'a> {
    original: &'a str,
    text: Zeroizing<String>,
    from: Vec<Range<usize>>,
}

impl<'a> Folded<'a> {
    pub(crate) fn new(original: &'a str) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(original.len()));
        let mut from = Vec::with_capacity(original.len());
        for (start, c) in original.char_indices() {
            let end = start + c.len_utf8();
            let bare = c.nfd().filter(|c| !is_combining_mark(*c));
            for c in bare.flat_map(char::to_lowercase) {
                text.push(c);
                from.resize(text.len(), start..end);
            }
        }
        Self {
            original,
            text,
            from,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where something that was found lies in the original.
    pub(crate) fn span(&self, found: Range<usize>) -> Range<usize> {
        let start = self.from.get(found.start).map_or(0, |from| from.start);
        let last = found
            .end
            .checked_sub(1)
            .and_then(|last| self.from.get(last));
        start..last.map_or(start, |from| from.end.max(start))
    }

    /// The original words of something that was found.
    pub(crate) fn words(&self, found: Range<usize>) -> &'a str {
        self.original.get(self.span(found)).unwrap_or_default()
    }
}
