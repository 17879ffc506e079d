//! What a party may not read in the file of a case, and how it is taken out (DOMAIN §4.4-6; CHIS 51, 53).
//!
//! A mask is a range of code points of one text. What it covers is replaced by [`MASK`], of one length
//! whatever it stands for, so that nothing of it is left to be copied, searched or measured.
//!
//! [`suggest`] finds what is masked by default: names of people, ways to reach them, what tells who wrote.
//! It leans towards masking: a word too many is given back with one click, a name too few is not.

mod find;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use self::find::{Known, Suggested, occurrences, of_kept, suggest};
use crate::coded_enum;

/// What stands where something was taken out.
pub const MASK: &str = "[TESTADO]";

coded_enum! {
    /// For whom a version of the file is made.
    pub enum Reader {
        /// Whoever filed.
        Complainant = "persona_denunciante",
        /// Who is denounced.
        Denounced = "persona_denunciada",
    }
}

/// A range of code points, not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    start: u32,
    end: u32,
}

/// Two numbers that are no range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a range ends after it begins")]
pub struct NotASpan;

impl Span {
    /// From the first code point to the one after the last.
    ///
    /// # Errors
    /// [`NotASpan`] if it holds none.
    pub fn new(start: u32, end: u32) -> Result<Self, NotASpan> {
        (start < end).then_some(Self { start, end }).ok_or(NotASpan)
    }

    /// The first code point.
    pub fn start(self) -> u32 {
        self.start
    }

    /// One past the last.
    pub fn end(self) -> u32 {
        self.end
    }

    fn touches(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl TryFrom<(u32, u32)> for Span {
    type Error = NotASpan;

    fn try_from((start, end): (u32, u32)) -> Result<Self, NotASpan> {
        Self::new(start, end)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// What is masked in one text: ranges in order, of which no two overlap or touch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Span>", into = "Vec<Span>")]
pub struct Masks(Vec<Span>);

impl From<Vec<Span>> for Masks {
    fn from(spans: Vec<Span>) -> Self {
        spans.into_iter().collect()
    }
}

impl From<Masks> for Vec<Span> {
    fn from(masks: Masks) -> Self {
        masks.0
    }
}

impl FromIterator<Span> for Masks {
    fn from_iter<T: IntoIterator<Item = Span>>(spans: T) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match kept.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => kept.push(span),
            }
        }
        Self(kept)
    }
}

impl Masks {
    /// The whole of a text.
    pub fn whole(text: &str) -> Self {
        Span::new(0, length(text)).into_iter().collect()
    }

    /// The ranges, in order.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether nothing is masked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These and those.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        self.0.iter().chain(&others.0).copied().collect()
    }

    /// Without each range that overlaps one of these.
    #[must_use]
    pub fn without(&self, lifted: &Self) -> Self {
        let stays = |span: &&Span| !lifted.0.iter().any(|one| one.touches(**span));
        self.0.iter().filter(stays).copied().collect()
    }

    /// The text with [`MASK`] in place of each range. A range beyond the end masks up to it.
    pub fn apply(&self, text: &str) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(text.len() + 16));
        for piece in self.pieces(text) {
            match piece {
                Piece::Shown(words) => shown.push_str(words),
                Piece::Masked { .. } => shown.push_str(MASK),
            }
        }
        shown
    }

    /// The text in pieces, in order; masked ones with what they cover, for whoever masks.
    pub fn pieces<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        let starts: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain(std::iter::once(text.len()))
            .collect();
        let last = starts.len() - 1;
        let at = |code_point: u32| usize::try_from(code_point).map_or(last, |at| at.min(last));
        let words = |range: Range<usize>| {
            let (start, end) = (starts.get(range.start), starts.get(range.end));
            let bytes = start.copied().zip(end.copied());
            bytes
                .and_then(|(start, end)| text.get(start..end))
                .unwrap_or_default()
        };
        let mut pieces = Vec::new();
        let mut done = 0;
        for span in &self.0 {
            let (start, end) = (at(span.start), at(span.end));
            if start >= end {
                continue;
            }
            if done < start {
                pieces.push(Piece::Shown(words(done..start)));
            }
            pieces.push(Piece::Masked {
                words: words(start..end),
                span: *span,
            });
            done = end;
        }
        if done < last {
            pieces.push(Piece::Shown(words(done..last)));
        }
        pieces
    }
}

/// A stretch of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// That the reader may read.
    Shown(&'a str),
    /// That is taken out.
    Masked {
        /// What it says.
        words: &'a str,
        /// Where it lies.
        span: Span,
    },
}

impl std::fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Shown(_) => "Shown(…)",
            Self::Masked { .. } => "Masked(…)",
        })
    }
}

/// How many code points a text has.
pub fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count())
        .expect("texts of a case are far below four thousand million letters")
}
