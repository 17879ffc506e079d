//! Signals, the extension, and terms counted anew.

use jiff::civil::{Date, date};

use super::samples::{begun, calendar, long, make, sample, short};
use crate::calendar::{Calendar, Profile};
use crate::catalogue::TermKey;
use crate::committee::Seat;
use crate::procedure::*;

const EJEC: By = By::Member(Seat::SecretariaEjecutiva);

#[test]
fn signals_come_at_half_four_fifths_and_all_of_the_days_that_count() {
    let calendar = calendar();
    // Ten working days: 5 to 16 October; the weekend between them does not count.
    let by_working_days =
        Clock::start(TermKey::Proyecto, About::Case, date(2026, 10, 2), &calendar).unwrap();
    for (day, expected) in [
        (2, Signal::Green),
        (8, Signal::Green),
        (9, Signal::Half),
        (11, Signal::Half),
        (14, Signal::Late80),
        (15, Signal::Late80),
        (16, Signal::Due),
        (17, Signal::Over),
    ] {
        let today = date(2026, 10, day);
        assert_eq!(
            signal(&by_working_days, today, &calendar),
            expected,
            "{today}"
        );
    }
    // Thirty calendar days: 1 to 30 October.
    let key = TermKey::RecomendacionImplementacion;
    let by_days = Clock::start(key, About::Case, date(2026, 9, 30), &calendar).unwrap();
    for (day, expected) in [
        (14, Signal::Green),
        (15, Signal::Half),
        (23, Signal::Half),
        (24, Signal::Late80),
        (30, Signal::Due),
        (31, Signal::Over),
    ] {
        let today = date(2026, 10, day);
        assert_eq!(signal(&by_days, today, &calendar), expected, "{today}");
    }
    // At once.
    let key = TermKey::MedidasProteccionHsas;
    let at_once = Clock::start(key, About::Case, date(2026, 10, 1), &calendar).unwrap();
    assert_eq!(signal(&at_once, date(2026, 10, 1), &calendar), Signal::Due);
}

/// A case registered on 31 August, with the total term until 31 December.
fn registered() -> Course {
    let day = date(2026, 8, 31);
    let course = begun(day);
    let act = sample(&course, MoveKind::Register, day, 0);
    make(&course, EJEC, day, act).unwrap().course
}

fn extend(days: u32) -> Move {
    Move::Extend {
        days,
        letter: short("SABG/1"),
        reason: long("La unidad tardó en contestar"),
    }
}

#[test]
fn the_total_term_is_extended_once_for_at_most_45_days_before_it_ends() {
    let course = registered();
    let last = date(2026, 12, 31);
    assert_eq!(
        make(&course, EJEC, last, extend(46)),
        Err(Refused::TooMany { most: 45 })
    );
    let key = TermKey::ConclusionTotal;
    assert_eq!(
        make(&course, EJEC, date(2027, 1, 1), extend(10)),
        Err(Refused::TermIsOver { key, since: last })
    );
    let next = make(&course, EJEC, last, extend(45)).unwrap();
    assert_eq!(next.notice, Some(ProcedureNotice::Extended));
    assert_eq!(next.started[0].due_on(), date(2027, 2, 15));
    assert!(next.course.marks().contains(&Mark::Extended));
    let kind = MoveKind::Extend;
    assert_eq!(
        make(&next.course, EJEC, last, extend(1)),
        Err(Refused::OnlyOnce { kind })
    );
}

fn with_suspension(days: &str) -> Calendar {
    Calendar::new(Profile::FederalDecree, vec![days.parse().unwrap()])
}

fn recount(changes: Vec<Recounted>) -> Step {
    Step::from(Move::Recount {
        changes,
        reason: long("DOF de hoy"),
    })
}

#[test]
fn a_new_calendar_is_shown_and_taken_over_only_when_a_person_says_so() {
    let today = date(2026, 9, 1);
    let course = registered();
    let later = with_suspension("2026-12-21/2027-01-06 Vacaciones");
    let rules = Rules { calendar: &later };
    let shown = course.recount(&rules);
    let total = Recounted {
        key: TermKey::ConclusionTotal,
        about: About::Case,
        was: date(2026, 12, 31),
        becomes: date(2027, 1, 7),
    };
    assert_eq!(shown, [total]);
    let clock = course.clock(TermKey::ConclusionTotal, About::Case);
    assert_eq!(clock.map(Clock::due_on), Some(total.was));
    let next = course
        .apply(&recount(shown.clone()), EJEC, today, &rules)
        .unwrap();
    let clock = next.course.clock(TermKey::ConclusionTotal, About::Case);
    assert_eq!(clock.map(Clock::due_on), Some(total.becomes));
    assert_eq!(next.course.recount(&rules), []);
    // What was shown before is old now, and so is what nobody was shown.
    for changes in [shown, Vec::new()] {
        let refused = next.course.apply(&recount(changes), EJEC, today, &rules);
        assert_eq!(refused, Err(Refused::CountedOtherwise));
    }
}

#[test]
fn whoever_was_told_a_last_day_never_gets_a_shorter_term() {
    let day = date(2026, 1, 29);
    let suspended = with_suspension("2026-02-03/2026-02-04 Suspensión");
    let rules = Rules {
        calendar: &suspended,
    };
    let course = begun(day);
    let act = sample(&course, MoveKind::AskForInformation, day, 0);
    let asked = course
        .apply(&Step::from(act), EJEC, day, &rules)
        .unwrap()
        .course;
    let clock = asked.clock(TermKey::PrevencionDesahogo, About::Case);
    assert_eq!(clock.map(Clock::due_on), Some(date(2026, 2, 10)));
    // The suspension is taken back; by the plain calendar the term would end on the 6th.
    let calendar = calendar();
    let plain = Rules {
        calendar: &calendar,
    };
    assert_eq!(asked.recount(&plain), []);
    // Another one comes, and it does get longer.
    let more = with_suspension("2026-02-03/2026-02-06 Suspensión");
    let longer: Vec<Date> = asked
        .recount(&Rules { calendar: &more })
        .iter()
        .map(|change| change.becomes)
        .collect();
    assert_eq!(longer, [date(2026, 2, 12)]);
}

#[test]
fn an_extension_is_counted_anew_from_the_new_last_day() {
    let day = date(2026, 9, 1);
    let extended = make(&registered(), EJEC, day, extend(45)).unwrap().course;
    let later = with_suspension("2026-12-21/2027-01-06 Vacaciones");
    let shown = extended.recount(&Rules { calendar: &later });
    // 7 January and 45 days: a Sunday, so Monday.
    assert_eq!(shown[0].becomes, date(2027, 2, 22));
}
