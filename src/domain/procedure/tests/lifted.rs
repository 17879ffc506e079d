//! Days that were suspended, and count again: what was done meanwhile stays, and the case goes on.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::samples::{begun, calendar, classify, long, sample, with_papers};
use super::walks::{config, the_way_on};
use crate::calendar::{Amount, Calendar, Suspension, Unit};
use crate::catalogue::{Risk, TermKey};
use crate::committee::Seat;
use crate::procedure::*;

const EJEC: By = By::Member(Seat::SecretariaEjecutiva);
/// A Wednesday.
const RECEIVED: Date = date(2026, 3, 4);
const FIRST: Date = date(2026, 3, 5);
const LAST: Date = date(2026, 4, 10);
/// The Monday after.
const AFTER: Date = date(2026, 4, 13);

fn suspended(from: Date, to: Date) -> (Calendar, Calendar) {
    let days = vec![Suspension::new(from, to, "").unwrap()];
    let profile = calendar().profile();
    (
        Calendar::new(profile, days.clone()),
        Calendar::new(profile, Vec::new()).remembering(days),
    )
}

fn make(
    course: &Course,
    by: By,
    today: Date,
    act: Move,
    calendar: &Calendar,
) -> Result<Next, Refused> {
    course.apply(&with_papers(act), by, today, &Rules { calendar })
}

/// The day that something done on `day` bears.
fn borne(calendar: &Calendar, day: Date) -> Date {
    let at_once = Amount {
        value: 0,
        unit: Unit::WorkingDays,
    };
    calendar.due(day, at_once).unwrap()
}

#[test]
fn what_was_done_on_a_suspended_day_stays_and_the_case_goes_on_when_it_is_taken_back() {
    let (then, now) = suspended(FIRST, LAST);
    assert_eq!(borne(&then, FIRST), AFTER);
    let course = begun(RECEIVED);
    let course = make(&course, EJEC, AFTER, classify(Risk::FaltaEficacia), &then)
        .unwrap()
        .course;
    let register = |on| Move::Register {
        folio: super::samples::short("S-1"),
        captured_on: on,
    };
    let course = make(&course, EJEC, AFTER, register(AFTER), &then)
        .unwrap()
        .course;
    assert_eq!((course.last_entry(), course.steps()), (AFTER, 2));

    // The next day somebody takes the suspension back: nobody waits for April.
    let friday = date(2026, 3, 6);
    let propose = || sample(&course, MoveKind::Propose, friday, 0);
    let next = make(&course, EJEC, friday, propose(), &now).unwrap();
    assert_eq!((next.course.last_entry(), next.course.steps()), (friday, 3));
    assert_eq!(
        next.course.registration(),
        course.registration(),
        "as it was made"
    );
    // By a calendar that never knew of it, the days run backwards: the clock is wrong.
    let refused = make(&course, EJEC, friday, propose(), &calendar());
    assert_eq!(refused, Err(Refused::BeforeLastEntry { last: AFTER }));
    // And a suspension explains no day that it does not touch.
    let before = date(2026, 3, 3);
    let day = Suspension::new(date(2026, 3, 12), date(2026, 3, 13), "").unwrap();
    let elsewhere = calendar().remembering(vec![day]);
    let refused = make(&course, EJEC, before, propose(), &elsewhere);
    assert_eq!(refused, Err(Refused::BeforeLastEntry { last: AFTER }));
}

#[test]
fn terms_that_ran_under_the_suspension_are_shown_anew_and_taken_over_at_once() {
    let (then, now) = suspended(FIRST, LAST);
    let key = TermKey::RegistroSseccoe;
    let clock = Clock::start(key, About::Case, RECEIVED, &then).unwrap();
    let course = Course::begin(RECEIVED, vec![clock]);
    let next = make(&course, EJEC, AFTER, classify(Risk::FaltaEficacia), &then);
    let course = next.unwrap().course;
    let rules = Rules { calendar: &now };
    let changes = course.recount(&rules);
    let days: Vec<(Date, Date)> = changes.iter().map(|one| (one.was, one.becomes)).collect();
    assert_eq!(days, [(date(2026, 4, 15), date(2026, 3, 9))]);
    let friday = date(2026, 3, 6);
    let recount = Move::Recount {
        changes,
        reason: long("Se dejó sin efecto"),
    };
    let course = make(&course, EJEC, friday, recount, &now).unwrap().course;
    assert_eq!(
        course.clock(key, About::Case).map(Clock::due_on),
        Some(date(2026, 3, 9))
    );
    assert!(course.recount(&rules).is_empty());
}

#[test]
fn an_answer_after_a_suspension_was_taken_back_is_in_time_by_the_day_on_which_it_came() {
    let (then, now) = suspended(date(2026, 3, 9), LAST);
    let course = begun(RECEIVED);
    let ask = sample(&course, MoveKind::AskForInformation, RECEIVED, 0);
    let course = make(&course, EJEC, RECEIVED, ask, &now).unwrap().course;
    let term = TermKey::PrevencionDesahogo;
    let due_on = course.clock(term, About::Case).unwrap().due_on();
    let mark = sample(&course, MoveKind::SetMark, AFTER, 0);
    let course = make(&course, EJEC, AFTER, mark, &then).unwrap().course;
    let today = date(2026, 3, 10);
    assert!(today <= due_on && due_on < AFTER);
    let next = make(&course, By::Complainant, today, Move::Answer {}, &now).unwrap();
    let stops: Vec<_> = next
        .stopped
        .iter()
        .filter(|(key, _)| *key == term)
        .collect();
    assert!(
        matches!(
            stops[..],
            [(
                _,
                Stop {
                    how: Ending::Kept,
                    ..
                }
            )]
        ),
        "{stops:?}"
    );
}

proptest! {
    #![proptest_config(config())]

    /// However far the case got under the calendar of then, it gets to its end under that of now.
    #[test]
    fn a_suspension_that_is_taken_back_keeps_no_case_waiting(
        start in 0_i64..700,
        length in 1_i64..60,
        lifted_after in 0_i64..60,
        made in 0_usize..14,
    ) {
        let received = borne(&calendar(), date(2026, 1, 1) + start.days());
        let (then, now) = suspended(received, received + length.days());
        let day = borne(&then, received);
        let mut course = begun(received);
        for _ in 0..made {
            let Some((kind, by)) = the_way_on(&course) else { break };
            let next = make(&course, by, day, sample(&course, kind, day, 0), &then);
            prop_assert!(next.is_ok(), "{kind}: {:?}", next.err());
            course = next.unwrap().course;
        }
        let decided: Vec<Date> = course.decisions().iter().map(|one| one.on).collect();
        let mut today = borne(&now, received + lifted_after.min(length).days());
        let mut moves = 0;
        while let Some((kind, by)) = the_way_on(&course) {
            if is_final(course.state()) {
                break;
            }
            let next = make(&course, by, today, sample(&course, kind, today, 0), &now);
            prop_assert!(next.is_ok(), "{kind} in {}: {:?}", course.state(), next.err());
            course = next.unwrap().course;
            prop_assert_eq!(course.last_entry(), today);
            prop_assert!(course.since <= today);
            today = borne(&now, today + 1.days());
            moves += 1;
            prop_assert!(moves < 40, "no end");
        }
        let kept: Vec<Date> = course.decisions().iter().map(|one| one.on).collect();
        prop_assert_eq!(&kept[..decided.len()], &decided[..], "what was decided keeps its day");
    }
}
