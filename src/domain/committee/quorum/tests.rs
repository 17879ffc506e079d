use std::collections::BTreeSet;

use super::*;
use crate::committee::people::{TODAY, committee, id};

fn judge(out: &[u8], entitled: usize) -> Vec<Shortage> {
    let out: BTreeSet<MemberId> = out.iter().map(|number| id(*number)).collect();
    match sufficiency(
        &committee(),
        |member| !out.contains(&member),
        entitled,
        TODAY,
    ) {
        Sufficiency::Enough => Vec::new(),
        Sufficiency::TooFew { why } => why,
    }
}

#[test]
fn a_suplente_keeps_the_seat_filled() {
    assert_eq!(judge(&[], 3), []);
    assert_eq!(judge(&[1, 2, 3, 4, 5, 6, 7], 3), []);
    assert_eq!(
        judge(&[1, 101], 3),
        [Shortage::Seat {
            seat: Seat::Presidencia
        }]
    );
}

#[test]
fn half_of_the_seats_and_one_have_to_be_left() {
    assert_eq!(judge(&[4, 104, 5, 105, 6, 106], 3), []);
    assert_eq!(
        judge(&[4, 104, 5, 105, 6, 106, 7, 107], 3),
        [Shortage::Quorum { left: 3, needed: 4 }]
    );
}

#[test]
fn two_persons_have_to_be_able_to_open_it() {
    assert_eq!(judge(&[], 1), [Shortage::Persons { left: 1, needed: 2 }]);
}

#[test]
fn the_seat_of_whoever_is_suspended_counts_and_is_not_filled() {
    let mut members = committee();
    let suspend = |members: &mut [MemberProfile], numbers: &[u8]| {
        let found = members.iter_mut();
        for member in found.filter(|one| numbers.iter().any(|number| one.id == id(*number))) {
            member.suspended_from = Some(TODAY);
        }
    };
    suspend(&mut members, &[1, 4, 5, 6]);
    assert_eq!(
        sufficiency(&members, |_| true, 3, TODAY),
        Sufficiency::Enough,
        "the suplentes fill them"
    );
    // Three seats of seven are left: fewer than half and one of all seven.
    suspend(&mut members, &[101, 104, 105, 106]);
    assert_eq!(
        sufficiency(&members, |_| true, 3, TODAY),
        Sufficiency::TooFew {
            why: vec![
                Shortage::Seat {
                    seat: Seat::Presidencia
                },
                Shortage::Quorum { left: 3, needed: 4 }
            ]
        }
    );
}

#[test]
fn a_seat_whose_holder_left_is_still_a_seat() {
    let mut members = committee();
    members.retain(|member| member.id != id(1));
    assert_eq!(
        sufficiency(&members, |_| true, 3, TODAY),
        Sufficiency::Enough
    );
    members.retain(|member| member.id != id(101));
    assert_ne!(
        sufficiency(&members, |_| true, 3, TODAY),
        Sufficiency::Enough
    );
}

#[test]
fn a_suplente_whose_titular_went_to_another_seat_fills_the_own_in_whatever_order() {
    let mut members = committee();
    for member in &mut members {
        if member.id == id(101) {
            member.seat = Seat::SecretariaTecnica;
        }
    }
    let judged = |members: &[MemberProfile]| {
        let out = [id(1), id(3), id(103)];
        sufficiency(members, |member| !out.contains(&member), 2, TODAY)
    };
    let one = judged(&members);
    members.reverse();
    assert_eq!(one, judged(&members));
    let empty = Shortage::Seat {
        seat: Seat::Presidencia,
    };
    assert_eq!(one, Sufficiency::TooFew { why: vec![empty] });
}
