//! The test vectors of DOMAIN §12, each through the move that starts the term.

use jiff::civil::{Date, date};

use super::samples::{begun, make, sample};
use crate::catalogue::TermKey;
use crate::committee::Seat;
use crate::procedure::*;

/// The last day of the term that a move of the Secretaría Ejecutiva starts.
fn due(day: Date, kind: MoveKind, key: TermKey) -> Option<Date> {
    let course = begun(day);
    let act = sample(&course, kind, day, 0);
    let by = By::Member(Seat::SecretariaEjecutiva);
    let next = make(&course, by, day, act).unwrap();
    let mut started = next.started.iter();
    started.find(|clock| clock.key() == key).map(Clock::due_on)
}

#[test]
fn the_test_vectors_hold_through_the_moves() {
    assert_eq!(
        due(
            date(2026, 1, 29),
            MoveKind::AskForInformation,
            TermKey::PrevencionDesahogo
        ),
        Some(date(2026, 2, 6))
    );
    assert_eq!(
        due(
            date(2026, 4, 30),
            MoveKind::Redirect,
            TermKey::NotificarAcuerdo
        ),
        Some(date(2026, 5, 7))
    );
    for (registered, last) in [
        (date(2026, 8, 31), date(2026, 12, 31)),
        (date(2026, 10, 31), date(2027, 3, 1)),
    ] {
        assert_eq!(
            due(registered, MoveKind::Register, TermKey::ConclusionTotal),
            Some(last)
        );
    }
}
