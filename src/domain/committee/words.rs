//! The words of a text as names are sought in them: by how they sound, and where they stand.

use std::ops::Range;

use zeroize::Zeroizing;

use crate::traces::folded::Folded;

/// Shortest word, by its sound, in which one wrong letter is forgiven: of shorter ones too many are
/// other names (Marín and Martín).
const LONG: usize = 6;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing but space or the like.
    None,
    /// A comma, as in "Pérez López, Juan".
    Comma,
    /// The end of a sentence or line.
    Sentence,
}

/// A word of a text.
#[derive(Debug)]
pub(super) struct Word<'a> {
    /// Small letters without accents.
    pub(super) plain: &'a str,
    /// How it sounds, see [`sound`].
    pub(super) sound: Zeroizing<String>,
    /// Where it lies in the original, in bytes.
    pub(super) span: Range<usize>,
    /// Whether it is written with a capital letter and small ones.
    pub(super) capital: bool,
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Word<'_> {
    /// Whether it is one letter, such as an initial.
    pub(super) fn is_letter(&self) -> bool {
        self.plain.chars().count() == 1
    }
}

/// The words of a text, without the titles and the particles that names may have or lack.
pub(super) fn words<'a>(folded: &'a Folded<'_>) -> Vec<Word<'a>> {
    let text = folded.text();
    let mut words: Vec<Word<'a>> = Vec::new();
    let mut gap = Gap::None;
    let mut end = 0;
    let mut abbreviated = false;
    for (start, plain) in runs(text) {
        let between = text.get(end..start).unwrap_or_default();
        gap = gap.max(gap_of(between, abbreviated));
        end = start + plain.len();
        let title = TITLES.contains(&plain);
        abbreviated = title || plain.chars().count() == 1;
        if title || PARTICLES.contains(&plain) {
            continue;
        }
        let written = folded.words(start..end);
        let mut letters = written.chars();
        words.push(Word {
            plain,
            sound: sound(plain),
            span: folded.span(start..end),
            capital: letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_none_or(char::is_lowercase),
            gap: std::mem::replace(&mut gap, Gap::None),
        });
    }
    words
}

/// Whether a word is left out of every text: in a name of nothing else, none is.
pub(crate) fn is_particle(plain: &str) -> bool {
    PARTICLES.contains(&plain)
}

/// The runs of letters and digits, with where they begin.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    text.split(|c: char| !c.is_alphanumeric())
        .map(move |run| {
            let start = rest;
            // Whatever parted two runs is one character.
            let next = text
                .get(start + run.len()..)
                .and_then(|text| text.chars().next());
            rest += run.len() + next.map_or(0, char::len_utf8);
            (start, run)
        })
        .filter(|(_, run)| !run.is_empty())
}

fn gap_of(between: &str, abbreviated: bool) -> Gap {
    let point = |c: char| c == '.' && !abbreviated;
    if between.contains(|c: char| point(c) || matches!(c, ';' | ':' | '!' | '?' | '\n' | '(' | ')'))
    {
        Gap::Sentence
    } else if between.contains([',', '/']) {
        Gap::Comma
    } else {
        Gap::None
    }
}

/// How near a word is to the one sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    /// Sounds the same.
    Same,
    /// One letter is wrong.
    Misspelt,
}

/// Compares two words, by how they sound and how they are written. One wrong letter is forgiven in long words: not the first, which is seldom
/// mistyped and often tells two surnames apart (Juárez and Suárez), and not a last *a* or *o*, which
/// makes another name of it (Fernanda and Fernando, Daniel and Daniela).
pub(super) fn near(sought: (&str, &str), found: (&str, &str)) -> Option<Near> {
    let ((sought, sought_sound), (found, found_sound)) = (sought, found);
    if sought_sound == found_sound {
        return Some(Near::Same);
    }
    let misspelt = is_misspelt(sought, found) || is_misspelt(sought_sound, found_sound);
    misspelt.then_some(Near::Misspelt)
}

fn is_misspelt(sought: &str, found: &str) -> bool {
    let (long, length) = (sought.len().max(found.len()), sought.len().min(found.len()));
    if length < LONG || long - length > 1 || sought.chars().next() != found.chars().next() {
        return false;
    }
    !is_other_gender(sought, found) && strsim::osa_distance(sought, found) == 1
}

/// Whether two names differ by a last *a* or *o* alone.
fn is_other_gender(one: &str, other: &str) -> bool {
    let ending = ['a', 'o'];
    let (one, other) = (
        one.strip_suffix(ending).unwrap_or(one),
        other.strip_suffix(ending).unwrap_or(other),
    );
    one == other
}

/// A word as it sounds in Mexico, so that González and Gonsales, Elena and Helena, Jiménez and
/// Ximenes are the same. The word is in small letters without accents.
pub(super) fn sound(plain: &str) -> Zeroizing<String> {
    let letters: Zeroizing<Vec<char>> = Zeroizing::new(plain.chars().collect());
    let mut sound = Zeroizing::new(String::with_capacity(plain.len()));
    for (at, letter) in letters.iter().copied().enumerate() {
        let next = letters.get(at + 1).copied();
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let soft = matches!(next, Some('e' | 'i'));
        let heard = match letter {
            'h' if before == Some('c') => 'h',
            'h' if before == Some('p') => 'f',
            'h' => continue,
            'p' if next == Some('h') => continue,
            'v' | 'w' => 'b',
            'c' if soft => 's',
            'c' if next == Some('h') => 'c',
            'c' | 'q' => 'k',
            'u' if matches!(before, Some('q' | 'g')) && soft => continue,
            'g' if soft => 'j',
            'x' if at == 0 => 'j',
            'z' | 'x' => 's',
            'l' if next == Some('l') => 'y',
            'l' if before == Some('l') => continue,
            'y' if next.is_none_or(|next| !"aeiou".contains(next)) => 'i',
            other => other,
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

/// Before or beside a name, and no part of it.
const TITLES: [&str; 53] = [
    "dr",
    "dra",
    "drs",
    "dres",
    "doctor",
    "doctora",
    "doc",
    "lic",
    "licda",
    "licdo",
    "licenciado",
    "licenciada",
    "mtro",
    "mtra",
    "maestro",
    "maestra",
    "ing",
    "ingeniero",
    "ingeniera",
    "enf",
    "enfermero",
    "enfermera",
    "sr",
    "sra",
    "srta",
    "senor",
    "senora",
    "senorita",
    "don",
    "dona",
    "prof",
    "profa",
    "profr",
    "profra",
    "profesor",
    "profesora",
    "qfb",
    "quim",
    "quimico",
    "quimica",
    "arq",
    "arquitecto",
    "arquitecta",
    "cp",
    "contador",
    "contadora",
    "psic",
    "psicologo",
    "psicologa",
    "jefe",
    "jefa",
    "ciudadano",
    "ciudadana",
];

/// Small words of names, which are often left out or mistaken.
const PARTICLES: [&str; 10] = [
    "de", "del", "la", "las", "los", "el", "da", "do", "dos", "van",
];

#[cfg(test)]
mod tests;
