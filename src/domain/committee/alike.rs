//! Whether two cases may concern the same person, post or unit of work (CHIS 62, 85): shown to a person,
//! who decides whether they are to be joined.
//!
//! Names are compared by how they sound, without titles, roles and particles, in any order. They are given
//! to [`read`]'s `mark`, which makes a keyed hash of each word: what is kept of a case holds no name, and
//! whoever has no key cannot try names on it.
//!
//! # Road not taken
//!
//! *One hash for a whole name* misses most of them: people write a name with one surname or two, with one
//! given name or all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::names::is_everyday;
use super::units::unit_keys;
use super::words::words;
use crate::coded_enum;
use crate::complaint::{Complaint, ShortText};
use crate::traces::folded::Folded;

/// A keyed hash of something, shortened.
pub type Mark = u64;

/// Most words of a name that are looked at.
const WORDS: usize = 8;

/// What is kept of a case to find others like it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traits {
    /// Whoever is denounced.
    people: Vec<Person>,
    /// The centre of work, written in each way that it may be told.
    units: BTreeSet<Mark>,
}

/// Somebody who is denounced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    /// The words of the name; empty for one that is none, or is not known.
    words: BTreeSet<Mark>,
    /// The post, as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    post: Option<Mark>,
}

coded_enum! {
    /// How two cases are alike. The stronger compares less.
    pub enum Alike {
        /// The same person is denounced, as far as names tell.
        Person = "MISMA_PERSONA",
        /// Perhaps: two words of a longer name are the same, in the same unit.
        Perhaps = "QUIZA_MISMA_PERSONA",
        /// The same post in the same unit, a name being unknown.
        Post = "MISMO_PUESTO",
        /// The same unit.
        Unit = "MISMA_UNIDAD",
    }
}

/// What is kept of a complaint. `mark` hashes under a key that only the unsealed service holds.
pub fn read(complaint: &Complaint, mark: impl Fn(&str) -> Mark) -> Traits {
    let people = complaint.people.iter().map(|person| Person {
        words: person
            .name
            .as_ref()
            .map(|name| name_words(name, &mark))
            .unwrap_or_default(),
        post: person.position.as_ref().and_then(|post| whole(post, &mark)),
    });
    Traits {
        people: people
            .filter(|person| *person != Person::default())
            .collect(),
        units: unit_keys(&complaint.workplace)
            .iter()
            .map(|key| mark(&format!("unit {}", key.as_str())))
            .collect(),
    }
}

fn name_words(name: &ShortText, mark: impl Fn(&str) -> Mark) -> BTreeSet<Mark> {
    let folded = Folded::new(name.expose());
    let telling = words(&folded).into_iter().filter(|word| {
        let is_text = word.plain.chars().all(char::is_alphabetic);
        is_text && !word.is_letter() && !is_everyday(word.plain)
    });
    let found: BTreeSet<Mark> = telling
        .take(WORDS)
        .map(|word| mark(&format!("name {}", word.sound.as_str())))
        .collect();
    // One word alone is no name: too many people have it.
    if found.len() < 2 {
        BTreeSet::new()
    } else {
        found
    }
}

fn whole(post: &ShortText, mark: impl Fn(&str) -> Mark) -> Option<Mark> {
    let folded = Folded::new(post.expose());
    let found = words(&folded);
    let mut all: Vec<&str> = found.iter().map(|word| word.sound.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    if all.is_empty() {
        return None;
    }
    let joined = Zeroizing::new(format!("post {}", all.join(" ")));
    Some(mark(&joined))
}

impl Traits {
    /// How two cases are alike, if they are.
    pub fn compare(&self, other: &Self) -> Option<Alike> {
        let same_unit = !self.units.is_disjoint(&other.units);
        let pairs = self
            .people
            .iter()
            .flat_map(|one| other.people.iter().map(move |two| (one, two)));
        pairs
            .filter_map(|(one, two)| one.compare(two, same_unit))
            .chain(same_unit.then_some(Alike::Unit))
            .min()
    }
}

impl Person {
    fn compare(&self, other: &Self, same_unit: bool) -> Option<Alike> {
        let shared = self.words.intersection(&other.words).count();
        let shorter = self.words.len().min(other.words.len());
        let unnamed = shorter == 0;
        match shared {
            3.. => Some(Alike::Person),
            2 if shorter == 2 && same_unit => Some(Alike::Person),
            2 if shorter == 2 || same_unit => Some(Alike::Perhaps),
            _ if unnamed && same_unit && self.post.is_some() && self.post == other.post => {
                Some(Alike::Post)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
