//! Where the parts of a name stand in a text, and what they say together.

use std::ops::Range;

use super::lists::EVERYDAY;
use super::{Hit, How, Kind, Part, Sought, Sure, Text};
use crate::committee::words::{Gap, Near, Word};

/// Where a part of the name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) start: usize,
    /// One after the last word.
    end: usize,
    misspelt: bool,
    initial: bool,
}

/// Where each part of a name stands in a text.
pub(super) struct Seen<'a> {
    name: &'a Sought,
    text: &'a Text<'a>,
    pub(super) given: Vec<At>,
    pub(super) first: Vec<At>,
    pub(super) second: Vec<At>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(name: &'a Sought, text: &'a Text<'a>) -> Self {
        let mut given = Vec::new();
        for (start, word) in text.words.iter().enumerate() {
            let near = name.given.iter().find_map(|part| part.near(word));
            let initial = || name.given.iter().any(|part| part.begins_with(word));
            if near.is_some() || initial() {
                given.push(At {
                    start,
                    end: start + 1,
                    misspelt: near == Some(Near::Misspelt),
                    initial: near.is_none(),
                });
            }
        }
        Self {
            name,
            text,
            given,
            first: blocks(&name.first, &text.words),
            second: blocks(&name.second, &text.words),
        }
    }

    /// What these places together say, if they can be one name.
    pub(super) fn judge(
        &self,
        first: Option<At>,
        second: Option<At>,
        given: Option<At>,
    ) -> Option<Hit> {
        let places: Vec<At> = [first, second, given].into_iter().flatten().collect();
        let apart = places.iter().enumerate().all(|(index, one)| {
            let mut others = places.iter().skip(index + 1);
            others.all(|other| one.end <= other.start || other.end <= one.start)
        });
        let start = places.iter().map(|at| at.start).min()?;
        let end = places.iter().map(|at| at.end).max()?;
        let strange = self.strange(start, end, &places, given)?;
        if !apart {
            return None;
        }
        let misspelt = places.iter().any(|at| at.misspelt);
        let (sure, how) = match (first, second, given) {
            (Some(_), Some(_), Some(given)) => {
                let how = if given.initial {
                    How::Initial
                } else {
                    How::FullName
                };
                (
                    if strange <= 1 {
                        Sure::Certain
                    } else {
                        Sure::Possible
                    },
                    how,
                )
            }
            (Some(first), None, Some(given)) => {
                let only_surname = self.name.second.is_empty();
                let doubt = given.initial
                    || strange > usize::from(only_surname)
                    || !only_surname && self.has_other_surname(first, given)
                    || given.start > first.start && self.stands_among_others(start, end);
                let how = if given.initial {
                    How::Initial
                } else {
                    How::Name
                };
                (if doubt { Sure::Possible } else { Sure::Certain }, how)
            }
            (Some(_), Some(_), None) => {
                let doubt = strange > 0 || self.stands_among_others(start, end);
                (
                    if doubt { Sure::Possible } else { Sure::Certain },
                    How::Surnames,
                )
            }
            (None, Some(second), Some(given)) => {
                // Another surname before it, or one behind that makes it the first, is another person.
                let follows = given.start < second.start && self.text.is_name_like(second.end);
                if strange > 0 || given.initial || follows || self.has_surname(start, end, second) {
                    return None;
                }
                (Sure::Certain, How::Name)
            }
            (Some(_), None, None) => {
                if misspelt || self.stands_among_others(start, end) || self.is_everyday(start) {
                    return None;
                }
                (Sure::Slight, How::Surname)
            }
            (None, Some(_), None) => {
                let alone = self.text.words.len() == end - start;
                if misspelt || !alone || self.text.kind == Kind::Prose {
                    return None;
                }
                (Sure::Slight, How::Surname)
            }
            (None, None, _) => return None,
        };
        let hit = self.hit(sure, how, misspelt, start..end);
        Some(Hit {
            parts: places.len(),
            ..hit
        })
    }

    pub(super) fn given_alone(&self) -> Option<Hit> {
        let end = self.text.words.len();
        let whole = self.text.words.iter();
        let all = whole.map(|word| self.name.given.iter().find_map(|part| part.near(word)));
        let all: Option<Vec<Near>> = all.collect();
        let misspelt = all.as_ref()?.contains(&Near::Misspelt);
        (end > 0).then(|| self.hit(Sure::Slight, How::Given, misspelt, 0..end))
    }

    fn hit(&self, sure: Sure, how: How, misspelt: bool, at: Range<usize>) -> Hit {
        let belongs = |at: usize| {
            let word = self.text.words.get(at);
            word.is_some_and(|word| word.gap == Gap::None && self.name.is_part(word))
        };
        let Range { start, end } = at;
        let start = if belongs(start) && start > 0 && !self.is_foreign(start - 1) {
            start - 1
        } else {
            start
        };
        let end = if belongs(end) { end + 1 } else { end };
        let words = self.text.words.get(start..end).unwrap_or_default();
        let from = words.first().map_or(0, |word| word.span.start);
        let to = words.last().map_or(from, |word| word.span.end);
        Hit {
            sure,
            how,
            misspelt,
            parts: 1,
            span: from..to,
        }
    }

    /// How many words between the places are no part of the name; `None` if there are too many, or
    /// they show that the places are not one name.
    fn strange(&self, start: usize, end: usize, places: &[At], given: Option<At>) -> Option<usize> {
        let within = |at: usize| {
            places
                .iter()
                .any(|place| (place.start..place.end).contains(&at))
        };
        let mut strange = 0;
        for at in start..end {
            let word = self.text.words.get(at)?;
            let parted = match self.text.kind {
                Kind::Name => false,
                Kind::Prose => match word.gap {
                    Gap::None => false,
                    // "Pérez López, Juan", and no other comma is part of a name.
                    Gap::Comma => given.is_none_or(|given| given.start != at),
                    Gap::Sentence => true,
                },
            };
            if at > start && parted {
                return None;
            }
            if within(at) || self.name.is_part(word) || word.is_letter() && !is_and(word) {
                continue;
            }
            strange += 1;
            let foreign = EVERYDAY.contains(&word.plain) || is_and(word);
            if self.text.kind == Kind::Prose && foreign {
                return None;
            }
        }
        (strange <= 3).then_some(strange)
    }

    /// Whether a surname stands where the other one of the member would.
    fn has_other_surname(&self, surname: At, given: At) -> bool {
        let follows = surname.end;
        given.start < surname.start && self.is_strange_name(follows)
    }

    /// Whether a surname stands between, so that the second one is that of somebody else.
    fn has_surname(&self, start: usize, end: usize, second: At) -> bool {
        let outside = |at: &usize| !(second.start..second.end).contains(at);
        (start..end).filter(outside).any(|at| {
            let word = self.text.words.get(at);
            let given = |word: &Word<'_>| {
                self.name
                    .given
                    .iter()
                    .any(|part| part.near(word).is_some() || part.begins_with(word))
            };
            !word.is_some_and(given)
        })
    }

    /// Whether names of others stand directly before or behind, so that these are parts of two.
    fn stands_among_others(&self, start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).is_some_and(|at| {
            let gap = self
                .text
                .words
                .get(start)
                .map_or(Gap::Sentence, |word| word.gap);
            gap == Gap::None && self.text.is_name_like(at) && self.is_foreign(at)
        });
        before || self.is_strange_name(end)
    }

    fn is_strange_name(&self, at: usize) -> bool {
        let word = self.text.words.get(at);
        word.is_some_and(|word| word.gap == Gap::None)
            && self.text.is_name_like(at)
            && self.is_foreign(at)
    }

    fn is_foreign(&self, at: usize) -> bool {
        self.text
            .words
            .get(at)
            .is_some_and(|word| !self.name.is_part(word))
    }

    /// Whether a lone surname in prose is rather a word like any other: "las flores", "la cruz".
    fn is_everyday(&self, at: usize) -> bool {
        self.text.kind == Kind::Prose
            && self
                .text
                .words
                .get(at)
                .is_some_and(|word| !word.capital || at == 0 || word.gap == Gap::Sentence)
    }
}

fn is_and(word: &Word<'_>) -> bool {
    matches!(word.plain, "y" | "e" | "o" | "u" | "a")
}

/// Where all words of a surname stand together.
fn blocks(surname: &[Part], words: &[Word<'_>]) -> Vec<At> {
    if surname.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (start, window) in words.windows(surname.len()).enumerate() {
        let near: Option<Vec<Near>> = surname
            .iter()
            .zip(window)
            .map(|(part, word)| part.near(word))
            .collect();
        if let Some(near) = near {
            found.push(At {
                start,
                end: start + surname.len(),
                misspelt: near.contains(&Near::Misspelt),
                initial: false,
            });
        }
    }
    found
}
