use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::committee::conflict::{Conflict, Doubt};
use crate::committee::people::{TODAY, committee, id, suplente, titular};

fn findings(excluded: &[u8], withheld: &[u8]) -> Findings {
    Findings {
        conflicts: excluded
            .iter()
            .map(|number| Conflict {
                member: id(*number),
                ground: Ground::Denounced,
                reasons: Vec::new(),
            })
            .collect(),
        doubts: withheld
            .iter()
            .map(|number| Doubt {
                member: id(*number),
                withheld: true,
                reasons: Vec::new(),
            })
            .collect(),
        unplaced: Vec::new(),
    }
}

fn entitled(excluded: &[u8], withheld: &[u8]) -> Vec<MemberId> {
    first(&committee(), &findings(excluded, withheld), TODAY).entitled
}

#[test]
fn a_new_case_goes_to_the_three_offices_and_to_who_stands_in() {
    assert_eq!(entitled(&[], &[]), [id(1), id(2), id(3)]);
    assert_eq!(entitled(&[2], &[]), [id(1), id(102), id(3)]);
    assert_eq!(entitled(&[], &[1]), [id(101), id(2), id(3)]);
    assert_eq!(entitled(&[4, 101], &[]), [id(1), id(2), id(3)]);
}

#[test]
fn the_control_body_comes_in_when_too_few_are_left() {
    assert_eq!(entitled(&[1, 101], &[]), [id(2), id(3), id(7)]);
    assert_eq!(entitled(&[1, 101, 7], &[]), [id(2), id(3), id(107)]);
    let inner: Vec<u8> = (1..=6).chain(101..=106).collect();
    assert_eq!(entitled(&[], &inner), [id(7)]);
}

#[test]
fn who_is_not_in_office_gets_nothing_and_is_excluded_all_the_same() {
    let mut members = committee();
    members[2].agreement_on = None;
    let ruled = first(&members, &findings(&[2], &[]), TODAY);
    assert_eq!(ruled.entitled, [id(1), id(102), id(3)]);
    assert_eq!(ruled.excluded, [(id(2), Ground::Denounced)]);
    assert_eq!(ruled.relation(id(2)), Relation::Excluded);
    assert_eq!(ruled.relation(id(4)), Relation::Outside);
}

#[test]
fn who_is_suspended_is_stood_in_for() {
    let mut members = committee();
    let third = members.iter().position(|one| one.id == id(3)).unwrap();
    members[third].suspended_from = Some(TODAY);
    let ruled = first(&members, &Findings::default(), TODAY);
    assert_eq!(ruled.entitled, [id(1), id(2), id(103)]);
    // Found in the case or not is another matter.
    assert_eq!(ruled.excluded, []);
    members[third].suspended_from = TODAY.tomorrow().ok();
    let before = first(&members, &Findings::default(), TODAY);
    assert_eq!(before.entitled, [id(1), id(2), id(3)]);
}

fn any_committee() -> impl Strategy<Value = Vec<MemberProfile>> {
    proptest::collection::vec(
        (
            select(Seat::ALL),
            proptest::option::of(0..20_u8),
            any::<bool>(),
            any::<bool>(),
        ),
        1..20,
    )
    .prop_map(|members| {
        let members =
            members
                .into_iter()
                .zip(0..)
                .map(|((seat, of, signed, suspended), number)| {
                    let mut member = match of {
                        Some(of) => suplente(number, of, seat, "Ana|Solís"),
                        None => titular(number, seat, "Ana|Solís"),
                    };
                    if !signed {
                        member.agreement_on = None;
                    }
                    member.suspended_from = suspended.then_some(TODAY);
                    member
                });
        members.collect()
    })
}

proptest! {
    #[test]
    fn nobody_who_may_not_know_gets_a_key(
        members in any_committee(),
        excluded in proptest::collection::vec(0..20_u8, 0..8),
        withheld in proptest::collection::vec(0..20_u8, 0..8),
    ) {
        let ruled = first(&members, &findings(&excluded, &withheld), TODAY);
        for member in &members {
            let out = excluded.iter().chain(&withheld).any(|number| id(*number) == member.id)
                || member.is_suspended(TODAY);
            if ruled.entitled.contains(&member.id) {
                prop_assert!(!out && member.in_office(TODAY));
                prop_assert!(member.seat.votes());
            }
            if let Standing::Suplente { of } = member.standing {
                prop_assert!(
                    !(ruled.entitled.contains(&member.id) && ruled.entitled.contains(&of))
                        || members.iter().filter(|other| other.id == of).count() != 1
                        || of == member.id
                );
            }
        }
    }
}
