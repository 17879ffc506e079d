//! Whether a text speaks of a member by name: without accents, in any order, with titles, misspelt.
//!
//! Missing an accused member gives them the complaint, and nothing mends that; keeping out a namesake
//! is mended by a suplente or with one click. So the rules lean towards finding, and what is only
//! possible is told apart from what is certain.

mod lists;
mod seen;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use self::lists::{EVERYDAY, SHORT_FORMS};
use self::seen::{At, Seen};
use super::PersonName;
use super::words::{Near, Word, is_particle, near, runs, sound, words};
use crate::coded_enum;
use crate::traces::folded::Folded;

coded_enum! {
    /// How a text matched a member.
    pub enum How {
        /// Given name and all surnames.
        FullName = "NOMBRE_COMPLETO",
        /// Given name and one surname.
        Name = "NOMBRE_Y_APELLIDO",
        /// Both surnames.
        Surnames = "DOS_APELLIDOS",
        /// An initial and a surname.
        Initial = "INICIAL_Y_APELLIDO",
        /// One surname alone.
        Surname = "UN_APELLIDO",
        /// The given name alone.
        Given = "NOMBRE_DE_PILA",
        /// The seat, by its name.
        Seat = "CARGO",
        /// Member of the committee, without saying which.
        Committee = "COMITE",
        /// The centre of work.
        Workplace = "CENTRO_DE_TRABAJO",
        /// The OOAD or UMAE, the centre of work being unknown on one side.
        Region = "OOAD_O_UMAE",
    }
}

/// How sure it is that the member is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sure {
    /// A given name or surname alone, as many people have.
    Slight,
    /// May be a namesake: another surname or given name stands beside.
    Possible,
    /// Taken for certain.
    Certain,
}

/// A place in a text that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) sure: Sure,
    pub(super) how: How,
    /// Whether a letter was wrong.
    pub(super) misspelt: bool,
    /// How many parts of the name were there.
    parts: usize,
    /// Where, in bytes of the text.
    pub(super) span: Range<usize>,
}

/// What a text is: it decides what a strange word beside a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A field for one name.
    Name,
    /// Sentences.
    Prose,
}

/// A member's name as it is sought.
pub(super) struct Sought {
    given: Vec<Part>,
    first: Vec<Part>,
    second: Vec<Part>,
}

struct Part {
    plain: Zeroizing<String>,
    sound: Zeroizing<String>,
    /// Short and familiar forms of it.
    short: Vec<&'static str>,
}

impl Sought {
    pub(super) fn new(name: &PersonName) -> Self {
        Self {
            given: parts(name.given()),
            first: parts(name.first_surname()),
            second: name.second_surname().map(parts).unwrap_or_default(),
        }
    }

    fn is_part(&self, word: &Word<'_>) -> bool {
        let all = [&self.given, &self.first, &self.second];
        all.into_iter()
            .flatten()
            .any(|part| part.near(word).is_some())
    }
}

impl Part {
    fn near(&self, word: &Word<'_>) -> Option<Near> {
        if self.short.contains(&word.plain) {
            return Some(Near::Same);
        }
        near((&self.plain, &self.sound), (word.plain, &word.sound))
    }

    fn begins_with(&self, word: &Word<'_>) -> bool {
        word.is_letter() && self.plain.starts_with(word.plain)
    }
}

fn parts(text: &str) -> Vec<Part> {
    let folded = Folded::new(text);
    let part = |plain: &str| Part {
        plain: Zeroizing::new(plain.to_owned()),
        sound: sound(plain),
        short: SHORT_FORMS
            .iter()
            .filter(|(_, long)| *long == plain)
            .map(|(short, _)| *short)
            .collect(),
    };
    let all: Vec<Part> = runs(folded.text()).map(|(_, plain)| part(plain)).collect();
    let telling: Vec<Part> = runs(folded.text())
        .filter(|(_, plain)| !is_particle(plain))
        .map(|(_, plain)| part(plain))
        .collect();
    if telling.is_empty() { all } else { telling }
}

/// How many words before and after a surname the rest of the name is sought in.
const REACH: usize = 6;

/// The surest hit of a name in a text, the first of equals.
pub(super) fn find(name: &Sought, text: &Text<'_>) -> Option<Hit> {
    let seen = Seen::new(name, text);
    let within_reach = |all: &[At], of: At| -> Vec<Option<At>> {
        let near = all.iter().filter(|at| at.start.abs_diff(of.start) <= REACH);
        std::iter::once(None)
            .chain(near.copied().map(Some))
            .collect()
    };
    let mut best = None;
    for first in &seen.first {
        for second in within_reach(&seen.second, *first) {
            for given in within_reach(&seen.given, *first) {
                best = surer(best, seen.judge(Some(*first), second, given));
            }
        }
    }
    for second in &seen.second {
        for given in within_reach(&seen.given, *second) {
            best = surer(best, seen.judge(None, Some(*second), given));
        }
    }
    if best.is_none() && text.kind == Kind::Name {
        best = seen.given_alone();
    }
    best
}

fn surer(best: Option<Hit>, hit: Option<Hit>) -> Option<Hit> {
    match (&best, &hit) {
        (Some(best), Some(hit)) if (best.sure, best.parts) < (hit.sure, hit.parts) => {}
        (None, _) => {}
        (Some(_), _) => return best,
    }
    hit
}

/// Whether a word, small and without accents, is one that stands beside names and is none.
pub(super) fn is_everyday(word: &str) -> bool {
    EVERYDAY.contains(&word)
}

/// A text made ready: it is read once, and searched for every member.
pub(super) struct Text<'a> {
    words: Vec<Word<'a>>,
    kind: Kind,
    /// Whether capitals tell names here.
    capitals: bool,
}

impl<'a> Text<'a> {
    pub(super) fn new(folded: &'a Folded<'_>, kind: Kind) -> Self {
        let words = words(folded);
        let capitals = words.iter().any(|word| word.capital);
        Self {
            words,
            kind,
            capitals: capitals && kind == Kind::Prose,
        }
    }

    /// Whether a word that is no part of the name may be a name all the same.
    fn is_name_like(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            !word.is_letter()
                && word.plain.chars().all(char::is_alphabetic)
                && !EVERYDAY.contains(&word.plain)
                && (word.capital || !self.capitals)
                && (self.kind == Kind::Name || word.capital)
        })
    }
}

#[cfg(test)]
mod tests;
