//! Cuts a text into phrases: what an explanation points at, and what long texts are divided by.

use std::ops::Range;

/// A phrase has at most this many words …
const MOST_WORDS: usize = 12;
/// … and a comma or a connective ends one only after this many.
const FEWEST_WORDS: usize = 3;
/// Longer "words" are cut: nobody writes them, but anybody can send them.
const LONGEST_WORD: usize = 80;
/// Words that begin a new thought, without accents.
const CONNECTIVES: &[&str] = &[
    "pero", "porque", "aunque", "cuando", "mientras", "sino", "pues", "entonces", "donde", "y",
    "e", "ni", "ademas", "despues", "luego", "si", "para", "como", "hasta", "desde", "que", "xq",
    "pq", "but", "because", "and", "when",
];

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// In bytes, with all that stands between it and the next one.
    pub(crate) bytes: Range<usize>,
    /// In code points, from its first letter or digit to its last.
    pub(crate) points: Range<usize>,
}

/// The phrases of a text. Together their bytes are the whole text, unless there is no word in it.
pub(crate) fn phrases(text: &str) -> Vec<Phrase> {
    let mut cutter = Cutter::default();
    for word in words(text) {
        let begins = CONNECTIVES.contains(&bare(&text[word.bytes.clone()]).as_str());
        let closed = match cutter.gap {
            Gap::Sentence => cutter.words > 0,
            Gap::Comma => cutter.words >= FEWEST_WORDS,
            Gap::Blank => begins && cutter.words > FEWEST_WORDS || cutter.words >= MOST_WORDS,
        };
        if closed {
            cutter.close(word.bytes.start);
        }
        cutter.add(&word);
    }
    cutter.close(text.len());
    cutter.phrases
}

/// What stands between a word and the one before.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Blank,
    Comma,
    Sentence,
}

struct Word {
    bytes: Range<usize>,
    points: Range<usize>,
    /// What stands after it.
    gap: Gap,
}

/// The runs of letters and digits of a text.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for (point, (byte, c)) in text.char_indices().enumerate() {
        let end = byte + c.len_utf8();
        let belongs = c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
        match out.last_mut() {
            Some(word) if open && belongs && word.points.len() < LONGEST_WORD => {
                word.bytes.end = end;
                word.points.end = point + 1;
            }
            _ if belongs => out.push(Word {
                bytes: byte..end,
                points: point..point + 1,
                gap: Gap::Blank,
            }),
            Some(word) => word.gap = word.gap.max(gap(c)),
            None => {}
        }
        open = belongs;
    }
    out
}

fn gap(c: char) -> Gap {
    match c {
        '.' | '!' | '?' | ';' | '…' | '\n' | '\r' => Gap::Sentence,
        ',' | ':' | '(' | ')' | '"' | '«' | '»' | '“' | '”' | '—' => Gap::Comma,
        _ => Gap::Blank,
    }
}

/// A word in lower case and without accents, when it is short enough to be a connective.
fn bare(word: &str) -> String {
    use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
    word.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .take(LONGEST_WORD)
        .collect()
}

#[derive(Default)]
struct Cutter {
    phrases: Vec<Phrase>,
    words: usize,
    points: Range<usize>,
    /// After the last word.
    gap: Gap,
}

impl Cutter {
    fn add(&mut self, word: &Word) {
        if self.words == 0 {
            self.points.start = word.points.start;
        }
        self.points.end = word.points.end;
        self.words += 1;
        self.gap = word.gap;
    }

    fn close(&mut self, end: usize) {
        if self.words == 0 {
            return;
        }
        let start = self.phrases.last().map_or(0, |last| last.bytes.end);
        self.phrases.push(Phrase {
            bytes: start..end,
            points: self.points.clone(),
        });
        self.words = 0;
        self.gap = Gap::Blank;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let points = |range: &Range<usize>| text.chars().skip(range.start).take(range.len());
        phrases(text)
            .iter()
            .map(|phrase| points(&phrase.points).collect())
            .collect()
    }

    #[test]
    fn a_phrase_ends_where_a_thought_does() {
        assert_eq!(
            cut("Ayer, el jefe me gritó enfrente de todos; nadie dijo nada. ¿Qué hago?"),
            [
                "Ayer, el jefe me gritó enfrente de todos",
                "nadie dijo nada",
                "Qué hago"
            ]
        );
        assert_eq!(
            cut("me cambió de turno porque no quise salir con él"),
            ["me cambió de turno", "porque no quise salir con él"]
        );
    }

    #[test]
    fn without_words_there_is_no_phrase() {
        assert!(phrases(" 🙂 … !").is_empty());
        assert!(phrases("").is_empty());
    }

    proptest! {
        #[test]
        fn phrases_cover_the_text_in_order(text in ".{0,300}|[a-e ,.]{0,400}") {
            let phrases = phrases(&text);
            let length = text.chars().count();
            let mut end = 0;
            for phrase in &phrases {
                prop_assert_eq!(phrase.bytes.start, end);
                prop_assert!(phrase.points.start < phrase.points.end && phrase.points.end <= length);
                prop_assert!(text.is_char_boundary(phrase.bytes.end));
                end = phrase.bytes.end;
            }
            prop_assert!(phrases.is_empty() || end == text.len());
        }
    }
}
