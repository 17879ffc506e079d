//! Who gets the key of a new case, and whether enough are left.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::committee::entitlement::{Entitlement, first};
use crate::committee::people::TODAY;
use crate::committee::quorum::{Shortage, Sufficiency};
use crate::committee::random::{Case, cases};
use crate::committee::{Ground, MemberId, Relation, Seat, Standing};

fn rule(case: &Case) -> Entitlement {
    first(&case.members, &case.findings, TODAY)
}

fn set(members: &[MemberId]) -> BTreeSet<MemberId> {
    members.iter().copied().collect()
}

fn shortages(ruled: &Entitlement) -> &[Shortage] {
    match &ruled.sufficiency {
        Sufficiency::Enough => &[],
        Sufficiency::TooFew { why } => why,
    }
}

/// Seats that are said to have nobody, and how many of all have somebody.
fn left(ruled: &Entitlement) -> (BTreeSet<Seat>, Option<usize>) {
    let mut empty = BTreeSet::new();
    let mut quorum = None;
    for shortage in shortages(ruled) {
        match shortage {
            Shortage::Seat { seat } => {
                empty.insert(*seat);
            }
            Shortage::Quorum { left, .. } => quorum = Some(*left),
            Shortage::Persons { .. } => {}
        }
    }
    (empty, quorum)
}

proptest! {
    #[test]
    fn nobody_is_entitled_who_may_not_know_or_is_not_in_office(case in cases()) {
        let ruled = rule(&case);
        prop_assert_eq!(set(&ruled.entitled).len(), ruled.entitled.len());
        for member in &case.members {
            let relation = ruled.relation(member.id);
            prop_assert_eq!(case.is_out(member.id), relation == Relation::Excluded);
            if ruled.entitled.contains(&member.id) {
                prop_assert_eq!(relation, Relation::Entitled);
                prop_assert!(!case.findings.is_withheld(member.id));
                prop_assert!(member.in_office(TODAY) && member.seat.votes());
            }
        }
        let known: BTreeSet<MemberId> = case.members.iter().map(|member| member.id).collect();
        prop_assert!(set(&ruled.entitled).is_subset(&known));
    }

    #[test]
    fn a_suplente_has_the_key_only_while_the_titular_may_not_have_it(case in cases()) {
        let ruled = rule(&case);
        for member in &case.members {
            let Standing::Suplente { of } = member.standing else { continue };
            let titular = case.members.iter().find(|other| other.id == of);
            let may = titular.is_some_and(|titular| {
                titular.in_office(TODAY)
                    && !case.is_out(of)
                    && !case.findings.is_withheld(of)
            });
            prop_assert!(!(may && ruled.entitled.contains(&member.id)), "{}", member.id);
        }
    }

    /// A titular who may is never stood in for, and a suplente of one who may not is never forgotten.
    #[test]
    fn of_the_three_offices_all_have_the_key_who_may(case in cases()) {
        let ruled = rule(&case);
        let may = |id: MemberId| {
            let mut members = case.members.iter();
            members.any(|member| member.id == id && member.in_office(TODAY))
                && !case.is_out(id)
                && !case.findings.is_withheld(id)
        };
        for member in case.members.iter().filter(|member| member.seat.is_indispensable()) {
            let turn = member.stands_in_for().is_none_or(|titular| !may(titular));
            prop_assert_eq!(ruled.entitled.contains(&member.id), may(member.id) && turn);
        }
    }

    #[test]
    fn who_is_entitled_does_not_depend_on_the_order_of_the_members(
        (case, shuffled) in cases().prop_flat_map(|case| {
            let members = Just(case.members.clone()).prop_shuffle();
            let conflicts = Just(case.findings.conflicts.clone()).prop_shuffle();
            let doubts = Just(case.findings.doubts.clone()).prop_shuffle();
            let parts = (Just(case), members, conflicts, doubts);
            parts.prop_map(|(case, members, conflicts, doubts)| {
                let mut shuffled = case.clone();
                shuffled.members = members;
                shuffled.findings.conflicts = conflicts;
                shuffled.findings.doubts = doubts;
                (case, shuffled)
            })
        }),
    ) {
        let (one, other) = (rule(&case), rule(&shuffled));
        prop_assert_eq!(set(&one.entitled), set(&other.entitled));
        prop_assert_eq!(set(&one.withheld), set(&other.withheld));
        let sorted = |mut excluded: Vec<(MemberId, Ground)>| {
            excluded.sort();
            excluded
        };
        prop_assert_eq!(sorted(one.excluded), sorted(other.excluded));
        prop_assert_eq!(one.sufficiency, other.sufficiency);
    }

    /// Only whoever stands in for the excluded member comes in, and the control body when there are too
    /// few.
    #[test]
    fn one_more_conflict_lets_in_nobody_but_the_suplente(
        (case, at, ground) in (cases(), any::<Index>(), select(Ground::ALL))
            .prop_filter("somebody", |(case, ..)| !case.members.is_empty()),
    ) {
        let out = case.members[at.index(case.members.len())].id;
        let (before, after) = (rule(&case), rule(&case.with_conflict(out, ground)));
        prop_assert!(!after.entitled.contains(&out));
        let had = set(&before.entitled);
        for came in case.members.iter().filter(|member| {
            after.entitled.contains(&member.id) && !had.contains(&member.id)
        }) {
            let stands_in = came.stands_in_for() == Some(out);
            let last = came.seat == Seat::RepresentacionOic
                && after.sufficiency != Sufficiency::Enough;
            prop_assert!(stands_in || last, "{} at {}", came.id, came.seat);
        }
    }

    /// What one more conflict takes from the committee, nothing gives back.
    #[test]
    fn one_more_conflict_leaves_no_more_seats_filled(
        (case, at) in (cases(), any::<Index>())
            .prop_filter("somebody", |(case, _)| !case.members.is_empty()),
    ) {
        let out = case.members[at.index(case.members.len())].id;
        let after = rule(&case.with_conflict(out, Ground::Denounced));
        let (empty_before, quorum_before) = left(&rule(&case));
        let (empty_after, quorum_after) = left(&after);
        prop_assert!(empty_before.is_subset(&empty_after));
        if let Some(before) = quorum_before {
            prop_assert!(quorum_after.is_some_and(|after| after <= before));
        }
    }

    #[test]
    fn too_few_are_never_called_enough(case in cases()) {
        let ruled = rule(&case);
        let able = |seat: Seat| {
            case.members
                .iter()
                .filter(move |member| member.seat == seat && member.in_office(TODAY))
                .filter(|member| !case.is_out(member.id))
                .count()
        };
        let offices = [Seat::Presidencia, Seat::SecretariaEjecutiva, Seat::SecretariaTecnica];
        let (empty, _) = left(&ruled);
        for seat in offices {
            prop_assert_eq!(able(seat) == 0, empty.contains(&seat), "{}", seat);
        }
        let inner = case
            .members
            .iter()
            .filter(|member| member.seat.is_indispensable())
            .filter(|member| ruled.entitled.contains(&member.id))
            .count();
        let told = shortages(&ruled).iter().any(|one| matches!(one, Shortage::Persons { .. }));
        prop_assert_eq!(inner < 2, told);
        if ruled.sufficiency == Sufficiency::Enough {
            prop_assert!(ruled.entitled.len() >= 2);
            let mut control_body = case
                .members
                .iter()
                .filter(|member| member.seat == Seat::RepresentacionOic);
            let has_it = control_body.any(|member| ruled.entitled.contains(&member.id));
            prop_assert!(!has_it);
        }
    }

    /// Half of the seats that somebody holds, and one more.
    #[test]
    fn the_quorum_is_counted_by_seats_and_not_by_heads(case in cases()) {
        let mut seats: BTreeSet<(Seat, MemberId)> = BTreeSet::new();
        let mut filled: BTreeSet<(Seat, MemberId)> = BTreeSet::new();
        for member in &case.members {
            if member.seat.votes() && member.holds_office(TODAY) {
                let seat = (member.seat, member.stands_in_for().unwrap_or(member.id));
                seats.insert(seat);
                if member.in_office(TODAY) && !case.is_out(member.id) {
                    filled.insert(seat);
                }
            }
        }
        let (_, left) = left(&rule(&case));
        let short = filled.len() < seats.len() / 2 + 1;
        prop_assert_eq!(left, short.then_some(filled.len()));
    }
}
