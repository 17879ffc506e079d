//! The words of a text as they are looked for: small letters, without accents, and what stands between two
//! words parts them.

use std::mem;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// Longest word; of a longer one the beginning counts.
const LETTERS: usize = 64;

/// Gives the words of a text one by one, and wipes each after.
pub(super) fn each(text: &str, mut give: impl FnMut(&str)) {
    let mut word = Zeroizing::new(String::with_capacity(LETTERS * 4));
    let mut letters = 0;
    for letter in text.nfkd() {
        if is_combining_mark(letter) {
            continue;
        }
        if letter.is_alphanumeric() {
            if letters < LETTERS {
                word.extend(letter.to_lowercase());
            }
            letters += 1;
        } else if !word.is_empty() {
            give(&word);
            word.clear();
            letters = 0;
        }
    }
    if !word.is_empty() {
        give(&word);
    }
}

/// What is looked for: each has to be there, its words one right after the other.
pub(super) struct Wanted(pub(super) Vec<Vec<Zeroizing<String>>>);

/// Most words of a question.
const MOST: usize = 32;

impl Wanted {
    /// Reads a question: words, and phrases between quotation marks. A mark that is not closed reaches to
    /// the end. `None` without any word.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut all = Vec::new();
        let mut count = 0;
        let marks = |letter: char| matches!(letter, '"' | '“' | '”' | '«' | '»');
        for (place, piece) in text.split(marks).enumerate() {
            let mut phrase = Vec::new();
            each(piece, |word| {
                if count < MOST {
                    count += 1;
                    phrase.push(Zeroizing::new(word.to_owned()));
                }
            });
            if place % 2 == 1 {
                all.push(mem::take(&mut phrase));
            } else {
                all.extend(phrase.into_iter().map(|word| vec![word]));
            }
        }
        all.retain(|phrase| !phrase.is_empty());
        (!all.is_empty()).then_some(Self(all))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, |word| words.push(word.to_owned()));
        words
    }

    fn wanted(text: &str) -> Vec<Vec<String>> {
        let wanted = Wanted::parse(text)
            .map(|wanted| wanted.0)
            .unwrap_or_default();
        let plain = |phrase: Vec<Zeroizing<String>>| -> Vec<String> {
            phrase.iter().map(|word| word.to_string()).collect()
        };
        wanted.into_iter().map(plain).collect()
    }

    #[test]
    fn accents_and_capitals_are_nothing() {
        assert_eq!(
            words("¿Él GRITÓ: «señorita» 3 veces?"),
            ["el", "grito", "senorita", "3", "veces"]
        );
        // Written in one piece or in two.
        assert_eq!(words("ma\u{301}s"), words("m\u{e1}s"));
        assert_eq!(words(" … !! "), [] as [String; 0]);
    }

    #[test]
    fn words_stand_alone_and_phrases_together() {
        assert_eq!(wanted("turno Dinero"), [vec!["turno"], vec!["dinero"]]);
        assert_eq!(
            wanted("turno «a cambio de» dinero"),
            [vec!["turno"], vec!["a", "cambio", "de"], vec!["dinero"]]
        );
        assert_eq!(wanted("\"sin cerrar el"), [vec!["sin", "cerrar", "el"]]);
        assert!(Wanted::parse(" \"\" … ").is_none());
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_found_as_it_is_written(text in any::<String>()) {
            let folded = words(&text);
            prop_assert_eq!(words(&folded.join(" ")), folded);
            let count: usize = wanted(&text).iter().map(Vec::len).sum();
            prop_assert!(count <= MOST);
        }
    }
}
