use super::*;
use crate::committee::conflict::{Conflict, Doubt};
use crate::committee::people::{TODAY, committee, id};

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
