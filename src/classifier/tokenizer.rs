//! Unigram segmentation: the most probable way to cut a read text into pieces of a vocabulary.

use std::collections::HashMap;

/// How a blank is written inside pieces.
const BLANK: char = '\u{2581}';
/// How much worse than the worst piece a letter is that no piece covers.
const MISS: f64 = 10.0;

/// A vocabulary with the log-probability of every piece.
pub(crate) struct Unigram {
    pieces: HashMap<&'static str, (u32, f64)>,
    /// Bytes of the longest piece.
    longest: usize,
    unknown: u32,
    miss: f64,
}

impl Unigram {
    /// Pieces in the order of their ids; `unknown` is the id of what no piece covers.
    pub(crate) fn new(pieces: &[&'static str], scores: &[f32], unknown: u32) -> Self {
        let scores = || scores.iter().map(|score| f64::from(*score));
        Self {
            longest: pieces.iter().map(|piece| piece.len()).max().unwrap_or(0),
            miss: scores().fold(f64::INFINITY, f64::min) - MISS,
            pieces: (0..)
                .zip(pieces)
                .zip(scores())
                .filter(|((id, _), _)| *id != unknown)
                .map(|((id, piece), score)| (*piece, (id, score)))
                .collect(),
            unknown,
        }
    }

    /// The best pieces of a text. Time grows with its length times that of the longest piece.
    pub(crate) fn ids(&self, text: &str) -> Vec<u32> {
        if text.is_empty() {
            return Vec::new();
        }
        let text: String = std::iter::once(BLANK)
            .chain(text.chars().map(|c| if c == ' ' { BLANK } else { c }))
            .collect();
        let mut ways = vec![Way::NONE; text.len() + 1];
        ways[0].score = 0.0;
        for (start, c) in text.char_indices() {
            let reached = ways[start].score;
            let mut try_piece = |end: usize, piece: u32, score: f64| {
                if reached + score > ways[end].score {
                    ways[end] = Way {
                        score: reached + score,
                        start,
                        piece,
                    };
                }
            };
            let rest = &text[start..];
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            for length in ends.take_while(|length| *length <= self.longest) {
                if let Some((piece, score)) = self.pieces.get(&rest[..length]) {
                    try_piece(start + length, *piece, *score);
                }
            }
            try_piece(start + c.len_utf8(), self.unknown, self.miss);
        }
        let mut ids = Vec::new();
        let mut at = text.len();
        while at > 0 {
            ids.push(ways[at].piece);
            at = ways[at].start;
        }
        ids.reverse();
        ids
    }
}

/// The best way found so far to a place in the text.
#[derive(Clone, Copy)]
struct Way {
    score: f64,
    start: usize,
    piece: u32,
}

impl Way {
    const NONE: Self = Self {
        score: -1e30,
        start: 0,
        piece: 0,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unigram() -> Unigram {
        Unigram::new(
            &["<unk>", "▁la", "▁", "l", "a", "mesa", "me", "sa", "▁mesa"],
            &[0.0, -2.0, -3.0, -5.0, -5.0, -4.0, -4.5, -4.5, -3.0],
            0,
        )
    }

    #[test]
    fn the_most_probable_pieces_are_taken() {
        assert_eq!(unigram().ids("la mesa"), [1, 8]);
        assert_eq!(unigram().ids("lamesa"), [1, 5]);
    }

    #[test]
    fn what_no_piece_covers_is_one_unknown_each() {
        assert_eq!(unigram().ids("la ñx"), [1, 2, 0, 0]);
        assert!(unigram().ids("").is_empty());
    }
}
