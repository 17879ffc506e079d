//! The words of a text as they sound, for the [rules](super) alone: the model reads otherwise
//! ([`reading`](crate::reading)), and phrases are cut by [`phrases`](crate::phrases).
//!
//! People write complaints in a hurry, on a telephone, in capitals or without accents, and half of
//! the spelling errors of Spanish are homophones (`umillar`, `desir`, `serbicio`). Two words that
//! sound alike in Mexico are therefore the same word here.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::reading::is_invisible;

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// How the word sounds: see [`sound`].
    pub(crate) sound: String,
    /// First code point of the word in the original text.
    pub(crate) start: usize,
    /// Code point after its last one.
    pub(crate) end: usize,
    /// Counts sentences; phrases do not reach across.
    pub(crate) sentence: usize,
}

/// Abbreviations end in a full stop as well; only a longer word ends a sentence with one.
const LONGEST_ABBREVIATION: usize = 3;

/// How words are shortened on a telephone, letter by letter as typed.
const SHORTHAND: &[(&str, &str)] = &[
    ("q", "que"),
    ("k", "que"),
    ("x", "por"),
    ("xq", "porque"),
    ("pq", "porque"),
    ("d", "de"),
    ("m", "me"),
    ("pa", "para"),
    ("tmb", "tambien"),
];

/// Cuts a text into words. Linear in its length.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut cutter = Cutter::default();
    let mut length = 0;
    for (at, c) in text.chars().enumerate() {
        cutter.read(c, at);
        length = at + 1;
    }
    cutter.finish_word(length);
    cutter.tokens
}

#[derive(Default)]
struct Cutter {
    tokens: Vec<Token>,
    word: String,
    start: usize,
    sentence: usize,
}

impl Cutter {
    fn read(&mut self, c: char, at: usize) {
        // Accents written as code points of their own, and marks without width that would hide a
        // word from a reader of code points, belong to the word they stand in.
        if is_combining_mark(c) || is_invisible(c) {
            return;
        }
        let before = self.word.len();
        let was_empty = self.word.is_empty();
        // Compatibility forms: mathematical bold, full-width and the like read as plain letters.
        decompose_compatible(c, |part| {
            self.word
                .extend(part.to_lowercase().filter(|p| p.is_alphanumeric()));
        });
        if self.word.len() == before {
            self.finish_word(at);
            self.punctuate(c);
        } else if was_empty {
            self.start = at;
        }
    }

    fn finish_word(&mut self, end: usize) {
        if self.word.is_empty() {
            return;
        }
        let sound = sound(written_out(&self.word));
        self.word.clear();
        if !sound.is_empty() {
            self.tokens.push(Token {
                sound,
                start: self.start,
                end,
                sentence: self.sentence,
            });
        }
    }

    fn punctuate(&mut self, c: char) {
        match c {
            '.' if self
                .tokens
                .last()
                .is_some_and(|t| t.end - t.start <= LONGEST_ABBREVIATION) => {}
            '.' | '!' | '?' | ';' | '…' => self.sentence += 1,
            _ => {}
        }
    }
}

/// What a shortened word stands for. Only for the words of a text: the rules say what they mean.
fn written_out(word: &str) -> &str {
    SHORTHAND
        .iter()
        .find(|(short, _)| *short == word)
        .map_or(word, |(_, meant)| meant)
}

/// Writes a word as it sounds in Mexican Spanish: no accents, no silent `h`, `b` for `v`, `s` for
/// `z`, soft `c` and `x`, `k` for hard `c` and `qu`, `y` for `ll`, `j` for soft `g`, `m` before `b`
/// and `p`; letters drawn out or doubled by error once. One letter said over and over (`xxx`) is
/// another thing than that letter, and is written twice.
pub(crate) fn sound(word: &str) -> String {
    let typed = plain_letters(word);
    if let [first, second, ..] = typed.as_slice()
        && first.is_alphabetic()
        && typed.iter().all(|letter| letter == first)
    {
        return [*first, *second].iter().collect();
    }
    let letters = drawn_in(&typed);
    let mut sound = String::with_capacity(letters.len());
    let mut rest = letters.as_slice();
    while let [c, after @ ..] = rest {
        let next = after.first().copied();
        let soft = matches!(next, Some('e' | 'i'));
        rest = after;
        let heard = match c {
            'h' => continue,
            'c' if next == Some('h') => {
                rest = &after[1..];
                // A letter that Spanish does not otherwise keep after this step.
                'x'
            }
            'v' => 'b',
            'z' | 'x' => 's',
            'c' if soft => 's',
            'c' | 'k' => 'k',
            'q' => {
                if next == Some('u') {
                    rest = &after[1..];
                }
                'k'
            }
            'g' if soft => 'j',
            'g' if next == Some('u') && matches!(after.get(1), Some('e' | 'i')) => {
                rest = &after[1..];
                'g'
            }
            'l' if next == Some('l') => {
                rest = &after[1..];
                'y'
            }
            'y' if next.is_none() => 'i',
            'n' if matches!(next, Some('b' | 'v' | 'p')) => 'm',
            'p' if sound.is_empty() && next == Some('s') => continue,
            other => *other,
        };
        // `perro` is not `pero`; every other doubling is a slip or is not heard.
        if heard == 'r' || heard.is_ascii_digit() || !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

/// Lower case without accents.
fn plain_letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for c in word.chars() {
        decompose_compatible(c, |part| {
            if !is_combining_mark(part) {
                letters.extend(part.to_lowercase().filter(|p| p.is_alphanumeric()));
            }
        });
    }
    letters
}

/// A letter repeated three times or more is an exclamation, so once.
fn drawn_in(letters: &[char]) -> Vec<char> {
    letters
        .chunk_by(|a, b| a == b && a.is_alphabetic())
        .flat_map(|run| if run.len() >= 3 { &run[..1] } else { run })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.sound).collect()
    }

    fn spelled(text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        tokens(text)
            .iter()
            .map(|t| letters[t.start..t.end].iter().collect())
            .collect()
    }

    #[test]
    fn spellings_that_sound_alike_are_one_word() {
        for (right, wrong) in [
            ("humillación", "umiyasion"),
            ("dicen", "disen"),
            ("jefa", "gefa"),
            ("que", "q"),
            ("empujón", "enpujon"),
            ("psicológico", "sicologico"),
            ("excelente", "exelente"),
            ("vergüenza", "berguenza"),
            ("llave", "yave"),
            ("chantaje", "chantage"),
            ("AUXILIO", "auxiliooooo"),
        ] {
            assert_eq!(words(right), words(wrong));
        }
        assert_ne!(words("perro"), words("pero"));
    }

    #[test]
    fn only_letters_as_typed_are_shorthand() {
        assert_eq!(words("x q pa"), words("por que para"));
        for drawn_out in ["xxx", "XXXX", "qqq", "mmm", "paaaa", "xxxq"] {
            assert!(
                !SHORTHAND
                    .iter()
                    .any(|(_, meant)| words(meant) == words(drawn_out)),
                "{drawn_out}"
            );
        }
        assert_eq!(sound("x"), "s");
    }

    #[test]
    fn one_letter_over_and_over_is_not_that_letter() {
        for letter in 'a'..='z' {
            let often = String::from(letter).repeat(4);
            assert_ne!(words(&often), words(&letter.to_string()), "{letter}");
        }
        assert_eq!(words("xxx"), words("XXXXX"));
        assert_ne!(words("xxx"), words("zzz"));
    }

    #[test]
    fn a_word_is_found_where_it_was_written() {
        assert_eq!(
            spelled("¡Él me PEGÓ!! 😡 (dos veces)"),
            ["Él", "me", "PEGÓ", "dos", "veces"]
        );
    }

    #[test]
    fn accents_of_their_own_belong_to_the_word_they_stand_on() {
        let decomposed = "me humillo\u{301} el nin\u{303}o";
        assert_eq!(
            spelled(decomposed),
            ["me", "humillo\u{301}", "el", "nin\u{303}o"]
        );
        assert_eq!(words(decomposed), words("me humilló el niño"));
    }

    #[test]
    fn disguised_letters_read_as_plain_ones() {
        assert_eq!(words("ａｃｏｓｏ"), words("acoso"));
        assert_eq!(words("𝐚𝐜𝐨𝐬𝐨"), words("acoso"));
        assert_eq!(words("aco\u{200b}so"), words("acoso"));
    }

    #[test]
    fn a_full_stop_ends_a_sentence_but_not_an_abbreviation() {
        let sentences = |text| tokens(text).last().map(|token: &Token| token.sentence);
        assert_eq!(sentences("El Dr. grita"), Some(0));
        assert_eq!(sentences("Se enojó. Gritó"), Some(1));
    }

    #[test]
    fn nothing_but_signs_has_no_words() {
        assert_eq!(tokens(""), []);
        assert_eq!(tokens("\u{301}\u{200b} ¡!?… 🚑🚑"), []);
    }
}
