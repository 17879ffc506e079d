//! Cuts a text into phrases: what an explanation points at, and what long texts are divided by.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::reading::{is_invisible, is_readable};

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

/// The phrases of a text. Together their bytes are the whole text, unless there is no word in it. Each
/// holds something that is read: what is in another script belongs to the phrase before, so that a
/// phrase always fills a part of a window and there cannot be any number of them in one.
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
    /// How many letters and digits it has.
    letters: usize,
    /// Whether any of them is read.
    readable: bool,
    /// What stands after it.
    gap: Gap,
}

/// The runs of letters and digits of a text that are read, at least in part.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for (point, (byte, c)) in text.char_indices().enumerate() {
        let end = byte + c.len_utf8();
        // Neither begins a word or ends one.
        if is_invisible(c) {
            continue;
        }
        let accent = is_combining_mark(c);
        // "™" is no letter, but is read as two.
        let letter = !accent && (c.is_alphanumeric() || is_readable(c));
        match out.last_mut() {
            Some(word) if open && (accent || letter && word.letters < LONGEST_WORD) => {
                word.bytes.end = end;
                word.points.end = point + 1;
                word.letters += usize::from(letter);
                word.readable |= letter && is_readable(c);
            }
            _ if letter => {
                out.push(Word {
                    bytes: byte..end,
                    points: point..point + 1,
                    letters: 1,
                    readable: is_readable(c),
                    gap: Gap::Blank,
                });
                open = true;
            }
            Some(word) => {
                word.gap = word.gap.max(gap(c));
                open = false;
            }
            None => {}
        }
    }
    only_readable(out)
}

/// Without the words of which nothing is read; what stood after them stands after the word before.
fn only_readable(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        if word.readable {
            out.push(word);
        } else if let Some(before) = out.last_mut() {
            before.gap = before.gap.max(word.gap);
        }
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
    use unicode_normalization::UnicodeNormalization as _;
    word.nfd()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
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
        assert!(phrases("我的主管\n骂我 \u{301}\u{200b}").is_empty());
    }

    #[test]
    fn marks_without_width_do_not_cut_a_word() {
        for mark in ['\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{301}'] {
            let text: String = "El jefe me gritó. Nadie dijo nada"
                .chars()
                .flat_map(|c| [c, mark])
                .collect();
            let plain: Vec<String> = cut(&text)
                .iter()
                .map(|phrase| phrase.replace(mark, ""))
                .collect();
            assert_eq!(plain, ["El jefe me gritó", "Nadie dijo nada"], "{mark:?}");
        }
    }

    #[test]
    fn what_is_not_read_makes_no_phrases() {
        let text = format!("Hola, el jefe me grita. {}¿Qué hago?", "中\n".repeat(5000));
        assert_eq!(cut(&text), ["Hola, el jefe me grita", "Qué hago"]);
    }

    proptest! {
        #[test]
        fn phrases_cover_the_text_in_order(text in ".{0,300}|[a-e ,.]{0,400}|[a-cñ中 .\u{301}\u{200b}\u{202e}\u{2066}]{0,200}") {
            let phrases = phrases(&text);
            let length = text.chars().count();
            let mut end = 0;
            for phrase in &phrases {
                prop_assert_eq!(phrase.bytes.start, end);
                prop_assert!(phrase.points.start < phrase.points.end && phrase.points.end <= length);
                prop_assert!(text.is_char_boundary(phrase.bytes.end));
                let points: Vec<char> =
                    text.chars().skip(phrase.points.start).take(phrase.points.len()).collect();
                prop_assert!(points[0].is_alphanumeric() || is_readable(points[0]));
                prop_assert!(!is_combining_mark(points[0]));
                prop_assert!(!is_invisible(points[points.len() - 1]));
                // It neither begins nor ends inside a word.
                let joined = |c: Option<char>| c.is_some_and(|c| is_combining_mark(c) && !is_invisible(c));
                prop_assert!(!joined(text.chars().nth(phrase.points.end)));
                prop_assert!(!crate::reading::read(&text[phrase.bytes.clone()]).is_empty());
                end = phrase.bytes.end;
            }
            prop_assert!(phrases.is_empty() || end == text.len());
            prop_assert_eq!(phrases.is_empty(), !text.chars().any(|c| !is_combining_mark(c) && is_readable(c)));
        }
    }
}
