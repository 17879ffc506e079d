//! From what is written about members to what they see of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::code::fold;
use crate::committee::conflict::{Findings, assess, assess_text};
use crate::committee::entitlement::first;
use crate::committee::people::TODAY;
use crate::committee::policy::decide;
use crate::committee::random::{committees, units};
use crate::committee::{Act, Actor, Ground, MemberProfile, PersonName, Relation, Ruling, Unit};
use crate::complaint::{
    Complaint, ComplaintDraft, DenouncedPersonDraft, SecretText, ShortText, WitnessDraft,
    WorkplaceDraft,
};

fn text<T: From<SecretText>>(text: &str) -> T {
    T::from(SecretText::from(text.to_owned()))
}

fn complaint(change: impl FnOnce(&mut ComplaintDraft)) -> Complaint {
    let mut draft = ComplaintDraft {
        narrative: text("Me gritó delante de todas las personas."),
        ..ComplaintDraft::default()
    };
    change(&mut draft);
    Complaint::parse(draft).unwrap()
}

/// Committees with somebody in them, and one of them.
fn somebody() -> impl Strategy<Value = (Vec<MemberProfile>, usize)> {
    let members = committees().prop_filter("somebody", |members| !members.is_empty());
    (members, any::<Index>()).prop_map(|(members, at)| {
        let at = at.index(members.len());
        (members, at)
    })
}

/// How a name is written down.
#[derive(Debug, Clone, Copy)]
struct Hand {
    title: &'static str,
    surnames_first: bool,
    accents: bool,
    capitals: bool,
}

impl Hand {
    fn write(self, name: &PersonName) -> String {
        let surnames = match name.second_surname() {
            Some(second) => format!("{} {second}", name.first_surname()),
            None => name.first_surname().to_owned(),
        };
        let given = name.given().trim();
        let name = if self.surnames_first {
            format!("{surnames} {given}")
        } else {
            format!("{given} {surnames}")
        };
        let name = if self.accents {
            name
        } else {
            fold(&name).replace('_', " ")
        };
        let name = if self.capitals {
            name.to_uppercase()
        } else {
            name
        };
        format!("{}{name}", self.title)
    }
}

fn hands() -> impl Strategy<Value = Hand> {
    let titles = select(vec!["", "Dr. ", "la Dra. ", "LIC. ", "C. ", "Mtro. "]);
    (titles, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(title, surnames_first, accents, capitals)| Hand {
            title,
            surnames_first,
            accents,
            capitals,
        },
    )
}

/// What a member is to the case, and whether every act on it is as if it did not exist.
fn is_hidden(members: &[MemberProfile], found: &Findings, member: &MemberProfile) -> bool {
    let ruled = first(members, found, TODAY);
    let actor = Actor::of(member, members, TODAY);
    let relation = ruled.relation(member.id);
    let mut acts = Act::ALL.iter();
    relation == Relation::Excluded
        && !ruled.entitled.contains(&member.id)
        && acts.all(|act| decide(&actor, *act, Some(relation)) == Ruling::Hidden)
}

fn workplace(unit: &Unit) -> WorkplaceDraft {
    WorkplaceDraft {
        ooad: unit.ooad.map(|ooad| ooad.to_string()),
        place: unit
            .place
            .as_ref()
            .map(|place| SecretText::from(place.expose().to_owned())),
        ..WorkplaceDraft::default()
    }
}

proptest! {
    #[test]
    fn whoever_is_written_down_is_told_of_no_case(
        (members, at) in somebody(),
        hand in hands(),
        place in 0..3_u8,
    ) {
        let member = &members[at];
        let written = hand.write(&member.name);
        let filed = complaint(|draft| match place {
            0 => {
                draft.people = Some(vec![DenouncedPersonDraft {
                    name: text(&written),
                    ..DenouncedPersonDraft::default()
                }]);
            }
            1 => {
                draft.witnesses = Some(vec![WitnessDraft {
                    name: text(&written),
                    contact: None,
                }]);
            }
            _ => draft.keep_from = Some(vec![text(&written)]),
        });
        let found = assess(&filed, &members, TODAY);
        prop_assert!(is_hidden(&members, &found, member), "{}", written);
    }

    #[test]
    fn whoever_is_named_in_a_message_is_told_of_no_case((members, at) in somebody()) {
        let member = &members[at];
        let message = format!("Ayer me enteré de que {} lo sabía.", *member.name.full());
        let found = assess_text(&message, &members, TODAY);
        prop_assert!(is_hidden(&members, &found, member), "{}", message);
    }

    /// Naming somebody keeps nobody else out who does not share a part of the name.
    #[test]
    fn nobody_is_kept_out_for_the_name_of_another((members, at) in somebody(), hand in hands()) {
        let named = &members[at];
        let filed = complaint(|draft| {
            draft.people = Some(vec![DenouncedPersonDraft {
                name: text(&hand.write(&named.name)),
                ..DenouncedPersonDraft::default()
            }]);
        });
        let found = assess(&filed, &members, TODAY);
        let words = |name: &PersonName| -> BTreeSet<String> {
            fold(&name.full()).split('_').map(ToOwned::to_owned).collect()
        };
        for other in &members {
            // Of one wrong letter, or an initial, another test knows.
            let alike = words(&other.name).iter().any(|one| {
                words(&named.name)
                    .iter()
                    .any(|two| one.chars().next() == two.chars().next())
            });
            let out = found.conflict(other.id).is_some() || found.is_withheld(other.id);
            prop_assert!(other.id == named.id || alike || !out);
        }
    }

    /// Presidencia and both Secretarías may act on matters of their own unit; nobody else may.
    #[test]
    fn the_own_unit_keeps_out_all_but_the_three_offices(
        members in committees(),
        unit in units(),
    ) {
        let filed = complaint(|draft| draft.workplace = Some(workplace(&unit)));
        let found = assess(&filed, &members, TODAY);
        for member in &members {
            let unit_matters = found.conflict(member.id).map(|one| one.ground) == Some(Ground::Unit);
            if member.seat.is_indispensable() {
                prop_assert!(found.conflict(member.id).is_none() && !found.is_withheld(member.id));
            } else if unit != Unit::default() && member.unit == unit {
                prop_assert!(unit_matters, "{}", member.seat);
                prop_assert!(is_hidden(&members, &found, member));
            }
            let apart = member.unit.ooad.is_some()
                && unit.ooad.is_some()
                && member.unit.ooad != unit.ooad;
            prop_assert!(!apart || !unit_matters);
            let elsewhere = member.unit.place.as_ref().map(ShortText::expose)
                != unit.place.as_ref().map(ShortText::expose)
                && member.unit.place.is_some()
                && unit.place.is_some();
            prop_assert!(!elsewhere || !unit_matters);
        }
    }

    #[test]
    fn what_is_found_does_not_depend_on_the_order_of_the_members(
        (members, shuffled, at) in somebody().prop_flat_map(|(members, at)| {
            (Just(members.clone()), Just(members).prop_shuffle(), Just(at))
        }),
        hand in hands(),
        unit in units(),
    ) {
        let filed = complaint(|draft| {
            draft.workplace = Some(workplace(&unit));
            draft.keep_from = Some(vec![text("la presidenta del comité")]);
            draft.people = Some(vec![DenouncedPersonDraft {
                name: text(&hand.write(&members[at].name)),
                ..DenouncedPersonDraft::default()
            }]);
        });
        prop_assert_eq!(assess(&filed, &members, TODAY), assess(&filed, &shuffled, TODAY));
    }
}
