//! What is masked by default.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{Masks, Span};
use crate::committee::words::{is_particle, runs};
use crate::traces;
use crate::traces::folded::Folded;
use crate::traces::is_name;

/// Shortest part of a name that is sought by itself: shorter ones are in other words' company.
const SHORTEST: usize = 3;

/// What is known of the people of a case.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// Names, descriptions and contacts that must not be read: of witnesses, of whoever filed.
    pub kept: &'a [&'a str],
    /// Names of those whom the reader may read of: who is denounced.
    pub told: &'a [&'a str],
}

impl std::fmt::Debug for Known<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Known(…)")
    }
}

/// A word of a text: folded, where it lies in bytes, and whether it begins with a capital letter.
struct Word<'a> {
    plain: &'a str,
    span: Range<usize>,
    capital: bool,
}

fn words<'a>(folded: &'a Folded<'_>) -> Vec<Word<'a>> {
    runs(folded.text())
        .map(|(start, plain)| {
            let found = start..start + plain.len();
            Word {
                plain,
                capital: folded.words(found.clone()).starts_with(char::is_uppercase),
                span: folded.span(found),
            }
        })
        .collect()
}

/// What is masked in a text by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggested {
    /// Names and contacts of people.
    pub people: Masks,
    /// What tells who wrote: numbers, addresses, "I am the only one who …".
    pub traces: Masks,
}

/// Where a text speaks of people who must not be read of: those who are known, and names of people who are
/// not told of; and where it tells who wrote it.
pub fn suggest(text: &str, known: Known<'_>) -> Suggested {
    let traces: Vec<Range<usize>> = traces::find(text)
        .into_iter()
        .map(|trace| trace.span)
        .collect();
    Suggested {
        people: people(text, known),
        traces: in_code_points(text, &traces),
    }
}

/// Where a text speaks of those who are known to be kept, and of nobody else.
pub fn of_kept(text: &str, kept: &[&str]) -> Masks {
    let folded = Folded::new(text);
    let words = words(&folded);
    let sought = sought(kept);
    let mut found: Vec<Range<usize>> = Vec::new();
    for phrase in kept {
        found.extend(places(&words, phrase));
    }
    for word in &words {
        if sought.iter().any(|one| **one == *word.plain) {
            found.push(word.span.clone());
        }
    }
    in_code_points(text, &found)
}

fn people(text: &str, known: Known<'_>) -> Masks {
    let folded = Folded::new(text);
    let words = words(&folded);
    let told = sought(known.told);
    let is_told = |plain: &str| told.iter().any(|one| **one == *plain);

    let mut found: Vec<Range<usize>> = Vec::new();
    for word in &words {
        if is_name(word.plain) && !is_told(word.plain) {
            found.push(word.span.clone());
        }
    }
    // A name seldom stands alone: its neighbours with a capital letter belong to it.
    for at in 0..words.len() {
        let masked = |word: &Word<'_>| found.contains(&word.span);
        let beside = |other: Option<usize>| {
            let other = other.and_then(|other| words.get(other))?;
            let (first, second) = if other.span.start < words[at].span.start {
                (other, &words[at])
            } else {
                (&words[at], other)
            };
            let between = text.get(first.span.end..second.span.start)?;
            (between == " " && is_name(other.plain) && masked(other)).then_some(())
        };
        let word = &words[at];
        let joins = word.capital && !is_told(word.plain) && word.plain.chars().count() >= SHORTEST;
        if joins && (beside(at.checked_sub(1)).is_some() || beside(Some(at + 1)).is_some()) {
            found.push(word.span.clone());
        }
    }
    of_kept(text, known.kept).and(&in_code_points(text, &found))
}

/// Everywhere that a phrase stands in a text, whatever its capitals and accents.
pub fn occurrences(text: &str, phrase: &str) -> Vec<Span> {
    let folded = Folded::new(text);
    let found: Vec<Range<usize>> = places(&words(&folded), phrase).collect();
    if !found.is_empty() {
        return found
            .into_iter()
            .flat_map(|place| in_code_points(text, std::slice::from_ref(&place)).0)
            .collect();
    }
    // No words: signs or a part of a word, taken to the letter.
    let phrase = phrase.trim();
    if phrase.is_empty() {
        return Vec::new();
    }
    text.match_indices(phrase)
        .map(|(at, found)| at..at + found.len())
        .flat_map(|place| in_code_points(text, std::slice::from_ref(&place)).0)
        .collect()
}

/// The words of names that are sought one by one. Of a description only those with a capital letter: its
/// others are everybody's.
fn sought(people: &[&str]) -> Vec<Zeroizing<String>> {
    let mut sought = Vec::new();
    for person in people {
        let folded = Folded::new(person);
        for word in words(&folded) {
            let named = word.capital || is_name(word.plain);
            if named && word.plain.chars().count() >= SHORTEST && !is_particle(word.plain) {
                sought.push(Zeroizing::new(word.plain.to_owned()));
            }
        }
    }
    sought
}

/// Where the words of a phrase stand one after the other.
fn places<'a>(words: &'a [Word<'_>], phrase: &str) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let folded = Folded::new(phrase);
    let wanted: Vec<Zeroizing<String>> = runs(folded.text())
        .map(|(_, plain)| Zeroizing::new(plain.to_owned()))
        .collect();
    let length = wanted.len();
    words
        .windows(length.max(1))
        .filter(move |window| {
            length > 0
                && window
                    .iter()
                    .zip(&wanted)
                    .all(|(word, wanted)| *word.plain == **wanted)
        })
        .filter_map(|window| {
            let (first, last) = (window.first()?, window.last()?);
            Some(first.span.start..last.span.end)
        })
}

/// Ranges of bytes as ranges of code points.
fn in_code_points(text: &str, bytes: &[Range<usize>]) -> Masks {
    let mut edges: Vec<usize> = bytes
        .iter()
        .flat_map(|range| [range.start, range.end])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let mut counted: Vec<(usize, u32)> = Vec::with_capacity(edges.len());
    let (mut done, mut count) = (0, 0);
    for edge in edges {
        count += super::length(text.get(done..edge).unwrap_or_default());
        done = edge;
        counted.push((edge, count));
    }
    let at = |edge: usize| {
        let found = counted.binary_search_by_key(&edge, |(edge, _)| *edge);
        found
            .ok()
            .and_then(|found| counted.get(found))
            .map(|(_, count)| *count)
    };
    bytes
        .iter()
        .filter_map(|range| Span::new(at(range.start)?, at(range.end)?).ok())
        .collect()
}
