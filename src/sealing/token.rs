//! The tracking token: twelve Spanish words that are all a complainant needs to come back.

use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

use bip39::{Language, Mnemonic};
use domain::code::fold;
use ring::rand::SecureRandom;
use zeroize::{Zeroize as _, Zeroizing};

use crate::ids::{LookupId, ReceiptId};
use crate::keys::{Derivation, MailboxKey, ReceiptBlinding};

/// How many words a token has (BIP-39: 128 bits and a checksum of 4).
pub const WORDS: usize = 12;

/// Letters by which each word of the list can be told from all others (BIP-39, Spanish list).
const ENOUGH_LETTERS: usize = 4;

/// 128 random bits, shown as twelve words of the Spanish BIP-39 list. Never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct TrackingToken(Zeroizing<[u8; 16]>);

/// Why a text is not a token. It is told from the text alone, without any look-up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not twelve words.
    #[error("a token has {WORDS} words, not {found}")]
    WordCount {
        /// How many there were.
        found: usize,
    },
    /// A word that is not in the list.
    #[error("word {position} is not in the list")]
    UnknownWord {
        /// Which, from 1.
        position: usize,
        /// What was written there.
        written: Misread,
        /// The nearest word of the list, when one is near enough to be meant.
        suggestion: Option<&'static str>,
    },
    /// All words are in the list, but they do not belong together: one is another than was given.
    #[error("the words do not match their checksum")]
    Checksum,
}

/// What stood where a word of the list should: at most its first sixteen characters. It may be nearly
/// a word of a token, so it is wiped when dropped and `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Misread(Zeroizing<String>);

impl Misread {
    fn of(word: &str) -> Self {
        // Whole from the start: growing would leave copies behind.
        let end = word.char_indices().nth(LONGEST_MISTAKE);
        let end = end.map_or(word.len(), |(end, _)| end);
        Self(Zeroizing::new(word[..end].to_owned()))
    }
}

impl Deref for Misread {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Misread(…)")
    }
}

/// Longest text that is compared with the words of the list, of which none has over nine letters.
const LONGEST_MISTAKE: usize = 16;

struct WordList {
    by_folded: HashMap<String, &'static str>,
    by_letters: HashMap<String, &'static str>,
}

static LIST: LazyLock<WordList> = LazyLock::new(|| {
    let words = Language::Spanish.word_list();
    WordList {
        by_folded: words.iter().map(|word| (fold(word), *word)).collect(),
        by_letters: words
            .iter()
            .map(|word| (letters(&fold(word)), *word))
            .collect(),
    }
});

fn letters(folded: &str) -> String {
    folded.chars().take(ENOUGH_LETTERS).collect()
}

impl WordList {
    /// The word meant: written out with or without accents, or by its first four letters alone.
    fn find(&self, folded: &str) -> Option<&'static str> {
        let whole = self.by_folded.get(folded);
        let short = || {
            (folded.chars().count() == ENOUGH_LETTERS)
                .then(|| self.by_letters.get(folded))
                .flatten()
        };
        whole.or_else(short).copied()
    }

    fn nearest(&self, folded: &str) -> Option<&'static str> {
        // Comparing a word of many kilobytes with the whole list would take seconds, and nothing so
        // long is near to anything.
        if folded.chars().count() > LONGEST_MISTAKE {
            return None;
        }
        let near = self.by_folded.iter().map(|(known, word)| {
            (
                strsim::damerau_levenshtein(known, folded),
                known.as_str(),
                *word,
            )
        });
        let (distance, _, word) = near.min()?;
        (distance <= 2 && distance < folded.chars().count()).then_some(word)
    }
}

impl TrackingToken {
    /// Draws a new token.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, ring::error::Unspecified> {
        let mut bits = Zeroizing::new([0; 16]);
        rng.fill(bits.as_mut_slice())?;
        Ok(Self(bits))
    }

    /// Reads a token as people write it: any case, with or without accents, words shortened to four
    /// letters, any blanks, numbers or punctuation between them.
    ///
    /// # Errors
    /// How many words there are, or which one is not in the list, or that they do not belong
    /// together.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let folded = Zeroizing::new(fold(text));
        let written = || {
            folded
                .split('_')
                .filter(|word| !word.chars().all(char::is_numeric))
        };
        let found = written().count();
        if found != WORDS {
            return Err(TokenError::WordCount { found });
        }
        let mut phrase = Zeroizing::new(String::with_capacity(256));
        for (index, word) in written().enumerate() {
            let known = LIST.find(word).ok_or_else(|| TokenError::UnknownWord {
                position: index + 1,
                written: Misread::of(word),
                suggestion: LIST.nearest(word),
            })?;
            if index > 0 {
                phrase.push(' ');
            }
            phrase.push_str(known);
        }
        let mnemonic = Mnemonic::parse_in_normalized(Language::Spanish, &phrase)
            .map_err(|_| TokenError::Checksum)?;
        Ok(Self::from_mnemonic(mnemonic))
    }

    fn from_mnemonic(mut mnemonic: Mnemonic) -> Self {
        let (mut entropy, _) = mnemonic.to_entropy_array();
        mnemonic.zeroize();
        let mut bits = Zeroizing::new([0; 16]);
        bits.copy_from_slice(&entropy[..16]);
        entropy.zeroize();
        Self(bits)
    }

    /// The words in order, lower case, with their accents.
    pub fn words(&self) -> [&'static str; WORDS] {
        let mut mnemonic = Mnemonic::from_entropy_in(Language::Spanish, self.0.as_slice())
            .expect("16 bytes are a length that BIP-39 has");
        let mut words = [""; WORDS];
        for (place, word) in words.iter_mut().zip(mnemonic.words()) {
            *place = composed(word);
        }
        mnemonic.zeroize();
        words
    }

    /// The words, one blank apart; wiped when dropped.
    pub fn phrase(&self) -> Zeroizing<String> {
        let mut phrase = Zeroizing::new(String::with_capacity(256));
        for (index, word) in self.words().iter().enumerate() {
            if index > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        phrase
    }

    /// Under which the mailbox is found.
    pub fn lookup_id(&self) -> LookupId {
        Derivation::of(&self.0).lookup_id()
    }

    /// With which replies are sealed and opened.
    pub fn mailbox_key(&self) -> MailboxKey {
        Derivation::of(&self.0).mailbox_key()
    }

    /// What the receipt names.
    pub fn receipt_id(&self) -> ReceiptId {
        Derivation::of(&self.0).receipt_id()
    }

    /// What keys the receipt's commitment to the content.
    pub fn receipt_blinding(&self) -> ReceiptBlinding {
        Derivation::of(&self.0).receipt_blinding()
    }
}

impl From<[u8; 16]> for TrackingToken {
    fn from(entropy: [u8; 16]) -> Self {
        Self(Zeroizing::new(entropy))
    }
}

impl fmt::Debug for TrackingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrackingToken(…)")
    }
}

/// The word with composed accents: the list of BIP-39 writes `á` as `a` and a combining mark, which
/// some fonts and printers draw badly.
fn composed(word: &'static str) -> &'static str {
    static COMPOSED: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
        use unicode_normalization::UnicodeNormalization as _;
        Language::Spanish
            .word_list()
            .iter()
            .map(|word| (*word, word.nfc().collect()))
            .collect()
    });
    COMPOSED.get(word).map_or(word, String::as_str)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;

    fn token(fill: u8) -> TrackingToken {
        TrackingToken::from([fill; 16])
    }

    #[test]
    fn a_word_of_many_kilobytes_is_refused_at_once_and_nothing_is_near_to_it() {
        let text = format!("{} abeja", "a".repeat(500_000)).repeat(6);
        let error = TrackingToken::parse(&text.replace("abejaa", "abeja a")).unwrap_err();
        assert!(matches!(
            error,
            TokenError::UnknownWord {
                position: 1,
                suggestion: None,
                ..
            }
        ));
    }

    #[test]
    fn a_wrong_word_is_kept_by_its_first_sixteen_characters_and_never_printed() {
        let text = format!("ñandúes{} {}", "ü".repeat(40), "abeja ".repeat(11));
        let error = TrackingToken::parse(&text).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("nandu"));
        let TokenError::UnknownWord { written, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(&*written, format!("nandues{}", "u".repeat(9)));
    }

    #[test]
    fn four_letters_are_enough_to_tell_every_word() {
        assert_eq!(LIST.by_letters.len(), 2048);
        assert_eq!(LIST.by_folded.len(), 2048);
    }

    #[test]
    fn a_word_that_is_not_in_the_list_is_named_with_a_likely_one() {
        let phrase = token(7).phrase();
        let mut words: Vec<_> = phrase.split(' ').collect();
        let meant = words[4];
        let misspelt = format!("{}x", fold(meant));
        words[4] = &misspelt;
        assert_eq!(
            TrackingToken::parse(&words.join(" ")),
            Err(TokenError::UnknownWord {
                position: 5,
                written: Misread::of(&misspelt),
                suggestion: Some(LIST.find(&fold(meant)).unwrap()),
            })
        );
    }

    #[test]
    fn the_number_of_words_is_told() {
        assert_eq!(
            TrackingToken::parse(""),
            Err(TokenError::WordCount { found: 0 })
        );
        assert_eq!(
            TrackingToken::parse("ábaco abdomen"),
            Err(TokenError::WordCount { found: 2 })
        );
    }

    #[test]
    fn debug_shows_no_word() {
        assert_eq!(format!("{:?}", token(3)), "TrackingToken(…)");
    }

    #[test]
    fn each_use_has_a_value_of_its_own() {
        let token = TrackingToken::draw(&SystemRandom::new()).unwrap();
        let lookup = token.lookup_id();
        assert_ne!(lookup.as_bytes(), token.mailbox_key().expose());
        assert_ne!(&lookup.as_bytes()[..16], token.receipt_id().as_bytes());
    }

    /// How a hurried person may write a word.
    fn distort(word: &str, how: u8) -> String {
        match how % 5 {
            0 => word.to_uppercase(),
            1 => fold(word),
            2 => letters(&fold(word)),
            3 => {
                use unicode_normalization::UnicodeNormalization as _;
                word.nfd().collect()
            }
            _ => word.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn a_token_is_read_back_however_it_is_written(
            entropy: [u8; 16],
            how in prop::collection::vec(any::<u8>(), WORDS),
            between in prop::sample::select(vec![" ", "  ", "\n", ", ", "-", " · "]),
            numbered: bool,
        ) {
            let token = TrackingToken::from(entropy);
            let words: Vec<_> = token
                .words()
                .iter()
                .zip(&how)
                .enumerate()
                .map(|(index, (word, how))| {
                    let word = distort(word, *how);
                    if numbered { format!("{}. {word}", index + 1) } else { word }
                })
                .collect();
            prop_assert_eq!(TrackingToken::parse(&words.join(between)), Ok(token));
        }

        #[test]
        fn one_wrong_word_is_found_fifteen_times_in_sixteen_and_never_panics(
            entropy: [u8; 16], at in 0..WORDS, other in 0..2048_usize,
        ) {
            let token = TrackingToken::from(entropy);
            let mut words = token.words();
            words[at] = Language::Spanish.word_list()[other];
            // The checksum of BIP-39 has four bits; what it lets pass is another well-formed token.
            match TrackingToken::parse(&words.join(" ")) {
                Ok(read) => prop_assert_eq!(read == token, fold(words[at]) == fold(token.words()[at])),
                Err(error) => prop_assert_eq!(error, TokenError::Checksum),
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,400}") {
            let _ = TrackingToken::parse(&text);
        }
    }
}
