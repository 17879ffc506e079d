//! What members decided for one party.

use std::collections::BTreeMap;

use domain::redaction::Masks;

use super::party::Party;
use crate::documents::{FieldMasks, MasksDocument};

/// What holds for one party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Decided {
    pub(super) revision: u32,
    pub(super) fields: BTreeMap<String, FieldMasks>,
}

impl Decided {
    /// By the newest decision. Two members may have decided at once: then what either masked is masked, and
    /// shown is what both show.
    pub(super) fn of(documents: &[MasksDocument], party: Party) -> Self {
        let of_party = || documents.iter().filter(|one| party.owns(one));
        let revision = of_party().map(|one| one.revision).max().unwrap_or(0);
        let newest = of_party().filter(|one| one.revision == revision);
        let merged = newest
            .map(|one| one.fields.clone())
            .reduce(|one, other| strictest(&one, &other));
        Self {
            revision,
            fields: merged.unwrap_or_default(),
        }
    }

    pub(super) fn field(&self, key: &str) -> FieldMasks {
        self.fields.get(key).cloned().unwrap_or_default()
    }
}

fn strictest(
    one: &BTreeMap<String, FieldMasks>,
    other: &BTreeMap<String, FieldMasks>,
) -> BTreeMap<String, FieldMasks> {
    let nothing = FieldMasks::default();
    let keys = one.keys().chain(other.keys());
    keys.map(|key| {
        let (one, other) = (
            one.get(key).unwrap_or(&nothing),
            other.get(key).unwrap_or(&nothing),
        );
        let both = one.lifted.spans().iter().copied();
        let masks = FieldMasks {
            added: one.added.and(&other.added),
            lifted: both
                .filter(|span| other.lifted.spans().contains(span))
                .collect::<Masks>(),
            shown: one.shown && other.shown,
        };
        (key.clone(), masks)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use domain::redaction::{Reader, Span};

    use super::*;

    fn masks(spans: &[(u32, u32)]) -> Masks {
        let spans = spans.iter();
        spans
            .map(|(start, end)| Span::new(*start, *end).unwrap())
            .collect()
    }

    fn document(revision: u32, added: &[(u32, u32)], lifted: &[(u32, u32)]) -> MasksDocument {
        let field = FieldMasks {
            added: masks(added),
            lifted: masks(lifted),
            shown: !lifted.is_empty(),
        };
        MasksDocument {
            reader: Reader::Denounced,
            number: 2,
            revision,
            fields: [("relato".to_owned(), field)].into(),
            by: "alguien".to_owned(),
        }
    }

    #[test]
    fn the_newest_decision_holds_and_of_two_at_once_the_stricter() {
        let old = document(1, &[(0, 9)], &[(20, 30)]);
        let one = document(2, &[(1, 2)], &[(20, 30), (40, 50)]);
        let other = document(2, &[(5, 6)], &[(40, 50)]);
        let decided = |all: &[MasksDocument]| Decided::of(all, Party::Denounced(2));
        assert_eq!(decided(&[one.clone(), old.clone()]).fields, one.fields);
        for both in [[old.clone(), one.clone(), other.clone()], [other, one, old]] {
            let field = decided(&both).field("relato");
            assert_eq!(field.added, masks(&[(1, 2), (5, 6)]));
            assert_eq!(field.lifted, masks(&[(40, 50)]));
            assert!(field.shown);
            for other in [Party::Complainant, Party::Denounced(1)] {
                assert_eq!(Decided::of(&both, other), Decided::default());
            }
        }
    }
}
