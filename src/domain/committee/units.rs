//! Whether two descriptions of a workplace are the same administrative unit.

use zeroize::Zeroizing;

use super::Unit;
use super::words::sound;
use crate::catalogue::CentreKind;
use crate::code::fold;
use crate::complaint::{ShortText, Workplace};

/// How a member's unit compares with the workplace of a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Same {
    /// In the same OOAD or UMAE, or of the same name; one side does not say which centre of work.
    Perhaps,
    /// The same.
    Surely,
}

/// Compares them by the finest that both tell. A member of whom only the OOAD is known works for the
/// whole of it.
pub(super) fn compare(member: &Unit, told: &Workplace) -> Option<Same> {
    if let (Some(one), Some(other)) = (member.umae, told.umae) {
        return (one == other).then_some(Same::Surely);
    }
    let place = |text: Option<&str>, kind| text.map(|text| Place::read(text, kind));
    let of_member = place(member.place.as_ref().map(ShortText::expose), None);
    let of_facts = place(told.place.as_ref().map(ShortText::expose), told.kind);
    let same_place = match (&of_member, &of_facts) {
        (Some(one), Some(other)) => Some(one.is(other)),
        (None, _) | (_, None) => None,
    };
    match (member.ooad, told.ooad) {
        (Some(one), Some(other)) if one != other => None,
        (Some(_), Some(_)) => match (same_place, of_member) {
            (Some(same), _) => same.then_some(Same::Surely),
            (None, None) => Some(Same::Surely),
            (None, Some(_)) => Some(Same::Perhaps),
        },
        (None, _) | (_, None) => (same_place == Some(true)).then_some(Same::Surely),
    }
}

/// Each way in which the centre of work of a complaint may be told again, for comparing what nobody keeps
/// in clear. An OOAD alone is no centre of work, and neither is a number without its kind.
pub(super) fn unit_keys(told: &Workplace) -> Vec<Zeroizing<String>> {
    let mut keys: Vec<Zeroizing<String>> = Vec::new();
    if let Some(umae) = told.umae {
        keys.push(Zeroizing::new(format!("umae {umae}")));
    }
    let (Some(ooad), Some(place)) = (told.ooad, &told.place) else {
        return keys;
    };
    let place = Place::read(place.expose(), told.kind);
    let key = match (place.kind, place.number) {
        (Some(kind), Some(number)) => Some(format!("centre {ooad} {kind} {number}")),
        (None, Some(_)) => None,
        (_, None) => {
            let mut words: Vec<&str> = place.words.iter().map(|word| word.as_str()).collect();
            words.sort_unstable();
            words.dedup();
            (!words.is_empty()).then(|| format!("place {ooad} {}", words.join(" ")))
        }
    };
    keys.extend(key.map(Zeroizing::new));
    keys
}

/// Name of a place, taken apart: "HGZ No. 24" and "Hospital General de Zona 24" are one.
struct Place {
    kind: Option<CentreKind>,
    number: Option<u32>,
    /// Other words that tell it, by their sound.
    words: Vec<Zeroizing<String>>,
}

impl Place {
    fn read(text: &str, told: Option<CentreKind>) -> Self {
        let text = Zeroizing::new(format!("_{}_", fold(text)));
        let written = CentreKind::all()
            .flat_map(|kind| names(kind).map(move |name| (kind, name)))
            .filter(|(_, name)| text.contains(name.as_str()))
            .max_by_key(|(_, name)| name.len());
        // The number of a centre stands behind its kind; another may be that of a floor.
        let (before, after) = written
            .as_ref()
            .and_then(|(_, name)| text.split_once(name.as_str()))
            .unwrap_or(("", &text));
        let telling = |text: &str| -> Vec<Zeroizing<String>> {
            let words = text.split('_').filter(|word| !EMPTY.contains(word));
            words.map(|word| Zeroizing::new(word.to_owned())).collect()
        };
        let mut words = telling(after);
        let number = words.iter().find_map(|word| word.parse().ok());
        words.extend(telling(before));
        words.retain(|word| word.parse::<u32>().is_err());
        Self {
            kind: written.map(|(kind, _)| kind).or(told),
            number,
            words: words.iter().map(|word| sound(word)).collect(),
        }
    }

    /// Whether both are the same place: kind and number agree, or all words of the one are in the
    /// other.
    fn is(&self, other: &Self) -> bool {
        if let (Some(one), Some(two)) = (self.number, other.number) {
            let kinds = self.kind.is_none() || other.kind.is_none() || self.kind == other.kind;
            let named = self.kind.is_some() || other.kind.is_some();
            return one == two && kinds && (named || self.shares_words(other));
        }
        self.shares_words(other)
    }

    fn shares_words(&self, other: &Self) -> bool {
        let smaller = self.words.len().min(other.words.len());
        let shared = self
            .words
            .iter()
            .filter(|word| other.words.contains(word))
            .count();
        smaller > 0 && shared >= smaller
    }
}

/// How a kind of centre may be written, as `fold` writes it, and as a whole word.
fn names(kind: CentreKind) -> impl Iterator<Item = String> {
    let entry = kind.entry();
    let names = [&entry.code, &entry.name];
    let names = names.into_iter().chain(&entry.aliases);
    names.map(|name| format!("_{}_", fold(name)))
}

/// Words that tell no place.
const EMPTY: [&str; 18] = [
    "",
    "de",
    "del",
    "la",
    "las",
    "el",
    "los",
    "en",
    "y",
    "no",
    "num",
    "numero",
    "n",
    "imss",
    "instituto",
    "con",
    "piso",
    "edificio",
];

#[cfg(test)]
mod tests;
