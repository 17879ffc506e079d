//! The small language in which `rules.toml` says what to look for, and the search for it.
//!
//! | written      | finds                                                             |
//! |--------------|-------------------------------------------------------------------|
//! | `golpear`    | any word with the same stem                                       |
//! | `=coordina`  | this word only                                                    |
//! | `golpe*`     | any word that begins so                                           |
//! | `me pegó`    | one word after the other                                          |
//! | `me .. mano` | up to three other words between; `...` up to seven                |
//! | `novia\|novio` | either                                                          |
//! | `<jefe>`     | any word of that group of `rules.toml`                             |
//!
//! Phrases stay within a sentence. Every word is compared as it [sounds](super::normalise::sound).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_stemmers::{Algorithm, Stemmer};

use super::normalise::{Token, sound};

/// Prefixes longer than this are not looked up, so that an endless "word" costs no more than one.
const LONGEST_PREFIX: usize = 20;
/// Longer "words" have no stem worth knowing.
const LONGEST_STEMMED: usize = 40;
/// Words up to this length are compared whole, but for the plural.
const LONGEST_UNSTEMMED: usize = 5;
/// A shorter stem could be that of nearly anything.
const SHORTEST_STEM: usize = 4;
/// What must be left of a word when its plural is taken off ("días", but not "mes" or "nos").
const SHORTEST_SINGULAR: usize = 3;
const SHORT_GAP: usize = 3;
const LONG_GAP: usize = 7;

/// One way in which a word can be recognised: a stem, a whole word or a beginning.
type Mark = usize;

/// Named groups of words, by the name written between `<` and `>`.
pub(crate) type Groups = BTreeMap<String, Vec<String>>;

/// What is wrong with a written pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// There is no word in it.
    #[error("it names no word")]
    Empty,
    /// It begins or ends with a gap, or has two in a row.
    #[error("a gap must stand between two words")]
    DanglingGap,
    /// A group that is not defined.
    #[error("there is no group `{0}`")]
    UnknownGroup(String),
    /// A beginning so long that it would never be found.
    #[error("`{0}` is too long to be looked for")]
    TooLong(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    any_of: Vec<Mark>,
    /// How many other words may stand before this one.
    gap: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    steps: Vec<Step>,
    /// The step that is looked up; the others are then checked around it.
    anchor: usize,
}

/// How a word of a pattern is to be compared.
enum Kind {
    Stem,
    Whole,
    Beginning,
}

impl Kind {
    fn of(word: &str) -> (Self, &str) {
        if let Some(beginning) = word.strip_suffix('*') {
            (Self::Beginning, beginning)
        } else if let Some(whole) = word.strip_prefix('=') {
            (Self::Whole, whole)
        } else {
            (Self::Stem, word)
        }
    }
}

/// Finds many patterns in one pass over a text.
pub(crate) struct Finder {
    stemmer: Stemmer,
    stems: HashMap<String, Mark>,
    whole: HashMap<String, Mark>,
    prefixes: HashMap<String, Mark>,
    patterns: Vec<Pattern>,
    by_anchor: HashMap<Mark, Vec<usize>>,
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::Spanish),
            stems: HashMap::new(),
            whole: HashMap::new(),
            prefixes: HashMap::new(),
            patterns: Vec::new(),
            by_anchor: HashMap::new(),
        }
    }

    /// Adds a pattern and gives its number. Two spellings of one pattern get the same number.
    pub(crate) fn add(&mut self, written: &str, groups: &Groups) -> Result<usize, PatternFault> {
        let mut steps = Vec::new();
        let mut anchor = (0, 0);
        let mut gap = None;
        for part in written.split_whitespace() {
            let slack = match part {
                ".." => Some(SHORT_GAP),
                "..." => Some(LONG_GAP),
                _ => None,
            };
            if slack.is_some() {
                if gap.is_some() || steps.is_empty() {
                    return Err(PatternFault::DanglingGap);
                }
                gap = slack;
                continue;
            }
            let (any_of, shortest) = self.alternatives(part, groups)?;
            // Long words are rare words: the search starts from them.
            if shortest > anchor.1 {
                anchor = (steps.len(), shortest);
            }
            steps.push(Step {
                any_of,
                gap: gap.take().unwrap_or(0),
            });
        }
        if gap.is_some() {
            return Err(PatternFault::DanglingGap);
        }
        if steps.is_empty() {
            return Err(PatternFault::Empty);
        }
        let pattern = Pattern {
            steps,
            anchor: anchor.0,
        };
        if let Some(known) = self.known(&pattern) {
            return Ok(known);
        }
        let number = self.patterns.len();
        for mark in &pattern.steps[pattern.anchor].any_of {
            self.by_anchor.entry(*mark).or_default().push(number);
        }
        self.patterns.push(pattern);
        Ok(number)
    }

    fn known(&self, pattern: &Pattern) -> Option<usize> {
        let mark = pattern.steps[pattern.anchor].any_of.first()?;
        let same_anchor = self.by_anchor.get(mark)?;
        same_anchor
            .iter()
            .copied()
            .find(|number| self.patterns[*number] == *pattern)
    }

    /// The marks of one written word, and the length of the shortest.
    fn alternatives(
        &mut self,
        part: &str,
        groups: &Groups,
    ) -> Result<(Vec<Mark>, usize), PatternFault> {
        let mut words: Vec<&str> = Vec::new();
        for word in part.split('|') {
            match word
                .strip_prefix('<')
                .and_then(|rest| rest.strip_suffix('>'))
            {
                Some(name) => {
                    let group = groups
                        .get(name)
                        .ok_or_else(|| PatternFault::UnknownGroup(name.to_owned()))?;
                    words.extend(group.iter().map(String::as_str));
                }
                None => words.push(word),
            }
        }
        let mut marks = Vec::with_capacity(words.len());
        let mut shortest = usize::MAX;
        for word in words {
            let (kind, spelled) = Kind::of(word);
            let heard = sound(spelled);
            if heard.is_empty() {
                return Err(PatternFault::Empty);
            }
            let length = heard.chars().count();
            if length > LONGEST_PREFIX {
                return Err(PatternFault::TooLong(word.to_owned()));
            }
            shortest = shortest.min(length);
            let next = self.stems.len() + self.whole.len() + self.prefixes.len();
            let (known, key) = match kind {
                Kind::Beginning => (&mut self.prefixes, heard),
                Kind::Whole => (&mut self.whole, heard),
                Kind::Stem => (&mut self.stems, stem(&self.stemmer, &heard).into_owned()),
            };
            let mark = *known.entry(key).or_insert(next);
            marks.push(mark);
        }
        marks.sort_unstable();
        marks.dedup();
        Ok((marks, shortest))
    }

    /// The numbers of the patterns found in the text, in no particular order.
    pub(crate) fn find(&self, tokens: &[Token]) -> BTreeSet<usize> {
        let mut known: HashMap<&str, Vec<Mark>> = HashMap::new();
        for token in tokens {
            known
                .entry(&token.sound)
                .or_insert_with(|| self.marks(&token.sound));
        }
        let marked: Vec<&[Mark]> = tokens
            .iter()
            .map(|token| known[token.sound.as_str()].as_slice())
            .collect();
        let text = Text {
            tokens,
            marked: &marked,
        };
        let mut found = BTreeSet::new();
        for (at, marks) in marked.iter().enumerate() {
            for mark in *marks {
                for number in self.by_anchor.get(mark).into_iter().flatten() {
                    if !found.contains(number) && text.matches(&self.patterns[*number], at) {
                        found.insert(*number);
                    }
                }
            }
        }
        found
    }

    /// Everything the patterns look for that this word is.
    fn marks(&self, sound: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        let ends = sound.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.take(LONGEST_PREFIX) {
            marks.extend(self.prefixes.get(&sound[..end]));
        }
        marks.extend(self.whole.get(sound));
        if sound.len() <= LONGEST_STEMMED {
            marks.extend(self.stems.get(stem(&self.stemmer, sound).as_ref()));
        }
        marks
    }
}

/// The stem of a word. Short words only lose the plural, and no stem may be shorter than those: one
/// would otherwise make one word of `parto` and `parte`, or of `conocidos` and `con`.
fn stem<'a>(stemmer: &Stemmer, sound: &'a str) -> Cow<'a, str> {
    let singular = sound
        .strip_suffix('s')
        .filter(|rest| rest.len() >= SHORTEST_SINGULAR);
    let word = singular.unwrap_or(sound);
    if word.len() <= LONGEST_UNSTEMMED {
        return Cow::Borrowed(word);
    }
    let stem = stemmer.stem(word);
    if stem.len() < SHORTEST_STEM {
        Cow::Borrowed(word)
    } else {
        stem
    }
}

struct Text<'a> {
    tokens: &'a [Token],
    marked: &'a [&'a [Mark]],
}

impl Text<'_> {
    /// Whether the pattern is there with its anchor at the word `at`.
    fn matches(&self, pattern: &Pattern, at: usize) -> bool {
        let (before, from_anchor) = pattern.steps.split_at(pattern.anchor);
        // Each step on the left keeps the gap that its right neighbour asks for.
        let gaps = pattern.steps[1..].iter().map(|step| step.gap);
        let leftwards: Vec<(&Step, usize)> = before.iter().zip(gaps).rev().collect();
        let rightwards: Vec<(&Step, usize)> = from_anchor[1..]
            .iter()
            .map(|step| (step, step.gap))
            .collect();
        self.walk(&leftwards, at, usize::checked_sub)
            && self.walk(&rightwards, at, usize::checked_add)
    }

    fn walk(
        &self,
        steps: &[(&Step, usize)],
        from: usize,
        go: fn(usize, usize) -> Option<usize>,
    ) -> bool {
        let [(step, gap), rest @ ..] = steps else {
            return true;
        };
        (1..=gap + 1)
            .map_while(|distance| go(from, distance).filter(|at| self.same_sentence(from, *at)))
            .any(|at| {
                let fits = |mark: &Mark| step.any_of.contains(mark);
                self.marked[at].iter().any(fits) && self.walk(rest, at, go)
            })
    }

    fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.tokens
            .get(b)
            .is_some_and(|token| token.sentence == self.tokens[a].sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::super::normalise::tokens;
    use super::*;

    fn found(pattern: &str, text: &str) -> bool {
        let groups = Groups::from([(
            "jefe".to_owned(),
            vec!["jefe".to_owned(), "supervis*".to_owned()],
        )]);
        let mut finder = Finder::new();
        finder.add(pattern, &groups).expect("a sound pattern");
        !finder.find(&tokens(text)).is_empty()
    }

    #[test]
    fn a_word_is_found_in_its_other_forms() {
        assert!(found("golpear", "lo golpeaba diario"));
        assert!(found("humill*", "HUMILLACIONES"));
        assert!(found("=coordina", "no coordina") && !found("=coordina", "el coordinador"));
    }

    #[test]
    fn short_words_are_not_confused() {
        for (written, text) in [
            ("parto", "parte"),
            ("conocidos", "con"),
            ("no", "nos"),
            ("cara", "caro"),
        ] {
            assert!(!found(written, text), "{written} in {text}");
        }
        assert!(found("golpe", "golpes") && found("=mes", "un mes"));
    }

    #[test]
    fn a_gap_lets_a_few_words_through_and_no_full_stop() {
        assert!(found("me .. mano", "me puso la mano"));
        assert!(!found("me .. mano", "me puso encima de todo la mano"));
        assert!(found("me ... mano", "me puso encima de todo la mano"));
        assert!(!found("me .. mano", "no me gustó. La mano"));
    }

    #[test]
    fn groups_and_alternatives_stand_for_any_of_their_words() {
        assert!(found("mi <jefe> grita|insulta", "mi supervisora insulta"));
        assert!(!found("mi <jefe> grita|insulta", "mi supervisora calla"));
    }

    #[test]
    fn faults_are_told_apart() {
        let mut finder = Finder::new();
        let mut fault = |pattern| finder.add(pattern, &Groups::new()).expect_err("a fault");
        assert_eq!(fault("  "), PatternFault::Empty);
        assert_eq!(fault("a||b"), PatternFault::Empty);
        assert_eq!(fault(".. mano"), PatternFault::DanglingGap);
        assert_eq!(fault("mano .."), PatternFault::DanglingGap);
        assert_eq!(fault("a .. ... b"), PatternFault::DanglingGap);
        assert_eq!(
            fault("<x> grita"),
            PatternFault::UnknownGroup("x".to_owned())
        );
        assert!(matches!(
            fault("electroencefalografistas"),
            PatternFault::TooLong(_)
        ));
    }
}
