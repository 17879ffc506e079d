//! What is kept to search in: of each case the keyed hashes of its words, in their order.
//!
//! The key follows from the session's cookie and is here only while a question is answered, or the index
//! built. Without it the hashes can be told apart and no more. There is no table of words: a case is
//! searched from its beginning to its end, which takes a few milliseconds for some thousand cases, and
//! nothing has to be taken apart when a case goes.

use std::collections::{HashMap, HashSet};

use ring::hmac;
use store::casefiles::{CaseId, DocumentId};
use zeroize::Zeroizing;

use super::words::{Wanted, each};

/// Most words of all cases together: 8 bytes each.
const MOST_WORDS: usize = 6_000_000;

/// Between two texts of a case, so that no phrase reaches from one into the other.
const GAP: u64 = 0;

/// Weighs how much a word counts that occurs often in a case, and how much the length of the case does (BM25
/// with its usual values).
const OFTEN: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// Makes hashes of words.
pub(super) struct Hasher(hmac::Key);

impl Hasher {
    pub(super) fn new(key: hmac::Key) -> Self {
        Self(key)
    }

    fn of(&self, word: &str) -> u64 {
        let tag = hmac::sign(&self.0, word.as_bytes());
        let bytes = tag.as_ref().first_chunk().expect("a tag has 32 bytes");
        // One hash in 2⁶⁴ gives way to the gap.
        u64::from_be_bytes(*bytes).max(GAP + 1)
    }
}

/// The words of one case.
pub(super) struct Text {
    words: Zeroizing<Vec<u64>>,
}

impl Text {
    /// Of the texts of a case.
    pub(super) fn of<'t>(hasher: &Hasher, texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut words = Zeroizing::new(Vec::new());
        for text in texts {
            each(text, |word| words.push(hasher.of(word)));
            words.push(GAP);
        }
        Self { words }
    }
}

/// A case as it was read.
struct Indexed {
    /// Of these documents.
    documents: Vec<DocumentId>,
    text: Text,
}

/// The cases of one session.
#[derive(Default)]
pub(super) struct Index {
    cases: HashMap<CaseId, Indexed>,
    words: usize,
    /// Cases for which there was no room.
    left_out: HashSet<CaseId>,
}

impl Index {
    /// Whether a case was read when it had just these documents.
    pub(super) fn has(&self, case: CaseId, documents: &[DocumentId]) -> bool {
        let known = self.cases.get(&case);
        known.is_some_and(|known| known.documents == documents)
    }

    /// Takes a case in, in place of what was known of it.
    pub(super) fn put(&mut self, case: CaseId, documents: Vec<DocumentId>, text: Text) {
        self.forget(case);
        let words = text.words.len();
        if self.words + words > MOST_WORDS {
            self.left_out.insert(case);
            return;
        }
        self.words += words;
        self.cases.insert(case, Indexed { documents, text });
    }

    /// Forgets a case.
    pub(super) fn forget(&mut self, case: CaseId) {
        self.left_out.remove(&case);
        if let Some(known) = self.cases.remove(&case) {
            self.words -= known.text.words.len();
        }
    }

    /// How many cases are not in it for want of room.
    pub(super) fn left_out(&self) -> usize {
        self.left_out.len()
    }

    /// The cases that have all that is wanted, the best match first; no case counts for anything that
    /// `may` does not let in.
    pub(super) fn search(
        &self,
        hasher: &Hasher,
        wanted: &Wanted,
        may: impl Fn(CaseId) -> bool,
    ) -> Vec<CaseId> {
        let phrases: Vec<Vec<u64>> = wanted
            .0
            .iter()
            .map(|phrase| phrase.iter().map(|word| hasher.of(word)).collect())
            .collect();
        let mut all = 0_usize;
        let mut words = 0_usize;
        let mut cases_with = vec![0_usize; phrases.len()];
        let mut found: Vec<(CaseId, usize, Vec<usize>)> = Vec::new();
        for (case, known) in self.cases.iter().filter(|(case, _)| may(**case)) {
            let text = known.text.words.as_slice();
            all += 1;
            words += text.len();
            let times: Vec<usize> = phrases.iter().map(|phrase| times(phrase, text)).collect();
            for (cases, times) in cases_with.iter_mut().zip(&times) {
                *cases += usize::from(*times > 0);
            }
            if times.iter().all(|times| *times > 0) {
                found.push((*case, text.len(), times));
            }
        }
        let mean = number(words) / number(all).max(1.0);
        let mut ranked: Vec<(f64, CaseId)> = found
            .into_iter()
            .map(|(case, length, times)| {
                let long = 1.0 - LENGTH + LENGTH * number(length) / mean;
                let parts = times.iter().zip(&cases_with).map(|(times, cases)| {
                    let rare = (1.0 + (number(all - cases) + 0.5) / (number(*cases) + 0.5)).ln();
                    let times = number(*times);
                    rare * times * (OFTEN + 1.0) / (times + OFTEN * long)
                });
                (parts.sum(), case)
            })
            .collect();
        ranked.sort_by(|(one, first), (other, second)| {
            other.total_cmp(one).then_with(|| first.cmp(second))
        });
        ranked.into_iter().map(|(_, case)| case).collect()
    }
}

/// How often a phrase occurs.
fn times(phrase: &[u64], text: &[u64]) -> usize {
    match phrase {
        [] => 0,
        [word] => text.iter().filter(|here| *here == word).count(),
        [first, ..] => text
            .windows(phrase.len())
            .filter(|here| here.first() == Some(first) && *here == phrase)
            .count(),
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;

    fn hasher() -> Hasher {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new());
        Hasher::new(key.unwrap())
    }

    fn index(hasher: &Hasher, texts: &[&[&str]]) -> Index {
        let mut index = Index::default();
        for (number, texts) in (1..).zip(texts) {
            let text = Text::of(hasher, texts.iter().copied());
            index.put(CaseId([number; 16]), Vec::new(), text);
        }
        index
    }

    fn found(index: &Index, hasher: &Hasher, question: &str) -> Vec<u8> {
        let wanted = Wanted::parse(question).unwrap();
        let cases = index.search(hasher, &wanted, |_| true);
        cases.iter().map(|case| case.0[0]).collect()
    }

    #[test]
    fn all_words_have_to_be_there_and_phrases_in_one_text() {
        let hasher = hasher();
        let index = index(
            &hasher,
            &[
                &["Pide dinero por el turno", "de la noche"],
                &["El turno de noche", "sin dinero"],
                &["Nada de eso"],
            ],
        );
        assert_eq!(found(&index, &hasher, "DINERO túrno").len(), 2);
        assert_eq!(found(&index, &hasher, "dinero pide"), [1]);
        assert_eq!(found(&index, &hasher, "\"turno de\""), [2]);
        assert_eq!(found(&index, &hasher, "\"noche sin\""), [] as [u8; 0]);
        assert_eq!(found(&index, &hasher, "turn"), [] as [u8; 0]);
    }

    #[test]
    fn the_case_that_says_it_most_comes_first() {
        let hasher = hasher();
        let index = index(
            &hasher,
            &[
                &["grita y grita y grita"],
                &["una vez grita en una historia larga que trata de otras cosas"],
                &["grita a veces"],
            ],
        );
        assert_eq!(found(&index, &hasher, "grita"), [1, 3, 2]);
    }

    #[test]
    fn whom_a_case_is_kept_from_learns_nothing_of_it_by_the_order_either() {
        let hasher = hasher();
        let all: [&[&str]; 4] = [
            &["uno uno dos"],
            &["uno dos dos"],
            &["dos dos dos dos"],
            &["dos dos"],
        ];
        let question = Wanted::parse("uno dos").unwrap();
        let may = |case: CaseId| case.0[0] <= 2;
        let seen = index(&hasher, &all).search(&hasher, &question, may);
        let without = index(&hasher, &all[..2]).search(&hasher, &question, may);
        assert_eq!(seen, without);
    }

    #[test]
    fn what_is_forgotten_is_gone_and_leaves_its_room() {
        let hasher = hasher();
        let mut index = index(&hasher, &[&["uno dos"], &["uno"]]);
        let one = CaseId([1; 16]);
        assert!(index.has(one, &[]));
        assert!(!index.has(one, &[DocumentId([1; 16])]));
        index.forget(one);
        assert_eq!(found(&index, &hasher, "uno"), [2]);
        // One word and the gap after it.
        assert_eq!(index.words, 2);
    }

    #[test]
    fn without_the_key_nothing_is_found() {
        let index = index(&hasher(), &[&["uno dos tres"]]);
        assert_eq!(found(&index, &hasher(), "uno"), [] as [u8; 0]);
    }

    proptest! {
        #[test]
        fn every_stretch_of_a_text_is_found_as_a_phrase(
            text in prop::collection::vec("[a-zñáé]{1,8}", 1..30),
            start in any::<prop::sample::Index>(),
            length in 1_usize..6,
        ) {
            let hasher = hasher();
            let whole = text.join(" ");
            let index = index(&hasher, &[&[whole.as_str()]]);
            let start = start.index(text.len());
            let end = (start + length).min(text.len());
            let phrase = format!("\"{}\"", text[start..end].join(" "));
            prop_assert_eq!(found(&index, &hasher, &phrase), [1]);
        }
    }
}
