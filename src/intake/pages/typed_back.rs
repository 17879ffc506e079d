//! Whether twelve words were really written down: two of them are typed back.

use domain::code::fold;
use ring::rand::SecureRandom;
use sealing::WORDS;
use service::language::Texts;
use zeroize::Zeroizing;

use super::echo;
use super::form::Fields;

/// How many words are typed back.
pub(super) const ASKED: usize = 2;
/// Letters by which each word of the list can be told from all others.
const ENOUGH_LETTERS: usize = 4;
/// Most that is shown again of what was typed in the place of a word.
const LONGEST_WORD: usize = 40;

/// One word to type back.
pub(super) struct AskedWord<'a> {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) written: &'a str,
    pub(super) error: Option<String>,
    pub(super) focused: bool,
}

/// Two different words by chance; without any, the fourth and the ninth do.
pub(super) fn draw(rng: &dyn SecureRandom) -> [usize; ASKED] {
    let mut bytes = [3, 4];
    // A failure leaves the words above, which serve as well.
    let _ = rng.fill(&mut bytes);
    let first = usize::from(bytes[0]) % WORDS;
    let second = (first + 1 + usize::from(bytes[1]) % (WORDS - 1)) % WORDS;
    [first.min(second), first.max(second)]
}

/// Whether this word was meant: without accents, or by its first four letters.
fn is_word(written: &str, word: &str) -> bool {
    let written = Zeroizing::new(fold(written));
    let word = fold(word);
    let short = || written.chars().count() == ENOUGH_LETTERS && word.starts_with(written.as_str());
    *written == word || short()
}

fn name(at: usize) -> String {
    format!("word-{}", at + 1)
}

/// Whether all that were asked for are right.
pub(super) fn are_right(sent: &Fields, words: &[&str; WORDS], asked: [usize; ASKED]) -> bool {
    (0..ASKED).all(|at| is_word(sent.value(&name(at)), words[asked[at]]))
}

/// The fields for them, with what was typed and is wrong.
pub(super) fn fields<'a>(
    t: &Texts,
    words: &[&str; WORDS],
    asked: [usize; ASKED],
    wrong: Option<&'a Fields>,
) -> Vec<AskedWord<'a>> {
    let mut fields: Vec<AskedWord<'a>> = asked
        .iter()
        .enumerate()
        .map(|(at, index)| {
            let number = (index + 1).to_string();
            let name = name(at);
            let written = wrong.map(|sent| sent.value(&name)).unwrap_or_default();
            let is_wrong = wrong.is_some() && !is_word(written, words[*index]);
            AskedWord {
                label: t.fill("words-asked", &[("number", &number)]),
                written: echo::cut(written, LONGEST_WORD).0,
                error: is_wrong.then(|| t.fill("words-wrong", &[("number", &number)])),
                focused: false,
                name,
            }
        })
        .collect();
    if let Some(first) = fields.iter_mut().find(|word| word.error.is_some()) {
        first.focused = true;
    }
    fields
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    #[test]
    fn two_different_words_are_asked_for_in_their_order() {
        for _ in 0..500 {
            let [first, second] = draw(&SystemRandom::new());
            assert!(first < second && second < WORDS);
        }
    }

    #[test]
    fn a_word_is_read_as_people_write_it() {
        for written in ["árbol", "ARBOL", " arbol ", "arbo"] {
            assert!(is_word(written, "árbol"), "{written}");
        }
        for written in ["", "arb", "arbolito", "arma", "árbol árbol"] {
            assert!(!is_word(written, "árbol"), "{written}");
        }
    }
}
