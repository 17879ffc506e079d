//! The narrative cut where the classifier found something.

use crate::documents::EvidenceSpan;

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    /// The text, as it was written.
    pub(super) text: &'a str,
    /// Whether it spoke for a risk.
    pub(super) marked: bool,
}

/// Cuts a text where marks begin and end. Spans count in code points; where they nest, overlap or
/// touch they are one mark, and if another program wrote some that lie outside the text, only what
/// is inside counts.
pub(super) fn segments<'a>(text: &'a str, spans: &[EvidenceSpan]) -> Vec<Segment<'a>> {
    // Where each code point begins, in bytes, and where the text ends.
    let starts: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain(std::iter::once(text.len()))
        .collect();
    let last = starts.len() - 1;
    let mut spans: Vec<(usize, usize)> = spans
        .iter()
        .map(|span| (span.start.min(last), span.end.min(last)))
        .filter(|(start, end)| start < end)
        .collect();
    spans.sort_unstable();

    let mut segments = Vec::new();
    let mut cut = |from: usize, to: usize, marked: bool| {
        if from < to {
            segments.push(Segment {
                text: &text[starts[from]..starts[to]],
                marked,
            });
        }
    };
    // Up to where the text is cut.
    let mut done = 0;
    let mut spans = spans.into_iter().peekable();
    while let Some((start, mut end)) = spans.next() {
        while let Some((_, further)) = spans.next_if(|(next, _)| *next <= end) {
            end = end.max(further);
        }
        cut(done, start, false);
        cut(start, end, true);
        done = end;
    }
    cut(done, last, false);
    segments
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Risk;

    use super::*;

    fn span(start: usize, end: usize) -> EvidenceSpan {
        EvidenceSpan {
            risk: Risk::AcosoSexual,
            start,
            end,
            weight: 1.0,
        }
    }

    /// Marks in square brackets.
    fn cut(text: &str, spans: &[EvidenceSpan]) -> String {
        segments(text, spans)
            .into_iter()
            .map(|Segment { text, marked }| {
                if marked {
                    format!("[{text}]")
                } else {
                    text.into()
                }
            })
            .collect()
    }

    #[test]
    fn accents_and_emoji_do_not_move_the_marks() {
        assert_eq!(
            cut("😡 Él me acosó ayer", &[span(8, 13)]),
            "😡 Él me [acosó] ayer"
        );
        assert_eq!(cut("👩🏽‍⚕️e\u{301}x", &[span(5, 7)]), "👩🏽‍⚕️[e\u{301}]x");
    }

    #[test]
    fn nested_overlapping_and_touching_spans_are_one_mark() {
        assert_eq!(
            cut("abcdefgh", &[span(1, 6), span(2, 4), span(5, 7)]),
            "a[bcdefg]h"
        );
        assert_eq!(cut("abcd", &[span(2, 3), span(0, 2)]), "[abc]d");
        assert_eq!(cut("abcd", &[span(3, 4), span(0, 1)]), "[a]bc[d]");
    }

    #[test]
    fn spans_outside_the_text_or_inside_out_harm_nothing() {
        assert_eq!(cut("", &[span(0, 9)]), "");
        assert_eq!(cut("ñu", &[span(1, usize::MAX), span(2, 1)]), "ñ[u]");
        assert_eq!(cut("ab", &[span(7, 9)]), "ab");
    }
}
