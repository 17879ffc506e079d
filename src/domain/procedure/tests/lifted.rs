//! Days that were suspended, and count again: what was done meanwhile stays, and the case goes on.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::samples::{begun, calendar, classify, long, sample, with_papers};
use super::walks::{config, the_way_on};
use crate::calendar::{Amount, Calendar, InForce, Past, Profile, Suspension, Today, Unit};
use crate::catalogue::{Risk, TermKey};
use crate::committee::Seat;
use crate::procedure::*;

const EJEC: By = By::Member(Seat::SecretariaEjecutiva);
/// A Wednesday.
const RECEIVED: Date = date(2026, 3, 4);
const FIRST: Date = date(2026, 3, 5);
/// The day on which somebody takes it back.
const FRIDAY: Date = date(2026, 3, 6);
const LAST: Date = date(2026, 4, 10);
/// The Monday after.
const AFTER: Date = date(2026, 4, 13);

/// The calendar with days that are suspended, and the one after they were taken back on `until`.
fn suspended(from: Date, to: Date, until: Date) -> (Calendar, Calendar) {
    let days = Suspension::new(from, to, "").unwrap();
    let profile = calendar().profile();
    (
        Calendar::new(profile, vec![days.clone()]),
        remembering(days, Date::MIN, until),
    )
}

fn remembering(what: Suspension, from: Date, until: Date) -> Calendar {
    let suspensions = vec![InForce { what, from, until }];
    calendar().remembering(Past {
        suspensions,
        ..Past::default()
    })
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
    let (then, now) = suspended(FIRST, LAST, FRIDAY);
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
    let propose = || sample(&course, MoveKind::Propose, FRIDAY, 0);
    let next = make(&course, EJEC, FRIDAY, propose(), &now).unwrap();
    assert_eq!((next.course.last_entry(), next.course.steps()), (FRIDAY, 3));
    assert_eq!(
        next.course.registration(),
        course.registration(),
        "as it was made"
    );
    // By a calendar that never knew of it, the days run backwards: the clock is wrong.
    let refused = make(&course, EJEC, FRIDAY, propose(), &calendar());
    assert_eq!(refused, Err(Refused::BeforeLastEntry { last: AFTER }));
    // And a suspension explains no day that it does not touch.
    let before = date(2026, 3, 3);
    let day = Suspension::new(date(2026, 3, 12), date(2026, 3, 13), "").unwrap();
    let elsewhere = remembering(day, Date::MIN, FRIDAY);
    let refused = make(&course, EJEC, before, propose(), &elsewhere);
    assert_eq!(refused, Err(Refused::BeforeLastEntry { last: AFTER }));
}

#[test]
fn terms_that_ran_under_the_suspension_are_shown_anew_and_taken_over_at_once() {
    let (then, now) = suspended(FIRST, LAST, FRIDAY);
    let key = TermKey::RegistroSseccoe;
    let clock = Clock::start(key, About::Case, RECEIVED, &then).unwrap();
    let course = Course::begin(RECEIVED, vec![clock]);
    let next = make(&course, EJEC, AFTER, classify(Risk::FaltaEficacia), &then);
    let course = next.unwrap().course;
    let rules = Rules { calendar: &now };
    let changes = course.recount(&rules);
    let days: Vec<(Date, Date)> = changes.iter().map(|one| (one.was, one.becomes)).collect();
    assert_eq!(days, [(date(2026, 4, 15), date(2026, 3, 9))]);
    let recount = Move::Recount {
        changes,
        reason: long("Se dejó sin efecto"),
    };
    let course = make(&course, EJEC, FRIDAY, recount, &now).unwrap().course;
    assert_eq!(
        course.clock(key, About::Case).map(Clock::due_on),
        Some(date(2026, 3, 9))
    );
    assert!(course.recount(&rules).is_empty());
}

/// A request that is posted under a suspension runs from the day after it, also once that was taken back; and
/// days that are suspended later still make it longer.
#[test]
fn whoever_was_told_a_day_keeps_it_and_gets_the_days_that_are_suspended_since() {
    let (then, _) = suspended(FIRST, LAST, FRIDAY);
    let course = begun(RECEIVED);
    let ask = sample(&course, MoveKind::AskForInformation, AFTER, 0);
    let course = make(&course, EJEC, AFTER, ask, &then).unwrap().course;
    let term = TermKey::PrevencionDesahogo;
    let told = course.clock(term, About::Case).unwrap().due_on();
    assert_eq!(told, date(2026, 4, 20));

    let lifted = Past {
        suspensions: vec![InForce {
            what: Suspension::new(FIRST, LAST, "").unwrap(),
            from: Date::MIN,
            until: FRIDAY,
        }],
        ..Past::default()
    };
    let of = |changes: Vec<Recounted>| changes.into_iter().find(|one| one.key == term);
    let now = calendar().remembering(lifted.clone());
    assert_eq!(of(course.recount(&Rules { calendar: &now })), None);

    let later = Suspension::new(date(2026, 4, 14), date(2026, 4, 17), "").unwrap();
    let now = Calendar::new(calendar().profile(), vec![later]).remembering(lifted);
    let longer = of(course.recount(&Rules { calendar: &now })).unwrap();
    assert_eq!((longer.was, longer.becomes), (told, date(2026, 4, 24)));
}

#[test]
fn an_answer_after_a_suspension_was_taken_back_is_in_time_by_the_day_on_which_it_came() {
    let (then, now) = suspended(date(2026, 3, 9), LAST, date(2026, 3, 10));
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

/// What is done on `on`, which counts as another day then.
fn done(course: &Course, on: Date, act: Move, calendar: &Calendar) -> Result<Next, Refused> {
    let counts_as = calendar.counted_as(on);
    let today = Today {
        counts_as,
        on: Some(on),
    };
    course.apply(&with_papers(act), EJEC, today, &Rules { calendar })
}

#[test]
fn a_complaint_that_came_in_under_a_suspension_taken_back_since_waits_for_no_day_of_then() {
    // Intake dated it by the suspension that was announced then.
    let (then, now) = suspended(RECEIVED, LAST, FIRST);
    let received = then.counted_as(RECEIVED);
    assert_eq!(received, AFTER);
    let course = begun(received);
    let next = done(&course, FIRST, classify(Risk::FaltaEficacia), &now).unwrap();
    assert_eq!(next.course.last_entry(), FIRST);
    let register = |captured_on| Move::Register {
        folio: super::samples::short("S-1"),
        captured_on,
    };
    let registered = done(&next.course, FRIDAY, register(RECEIVED), &now).unwrap();
    assert_eq!(registered.course.last_entry(), FRIDAY);
    let too_early = done(&next.course, FRIDAY, register(date(2026, 3, 3)), &now);
    assert!(
        matches!(too_early, Err(Refused::DayOutside { from: RECEIVED, .. })),
        "{too_early:?}"
    );
    // Weeks later the true day may still be told.
    let late = done(&begun(received), LAST + 30.days(), register(RECEIVED), &now);
    late.unwrap();
    // Where no suspension explains its day, what is done before counts as done on it.
    let held = done(
        &begun(received),
        FIRST,
        classify(Risk::FaltaEficacia),
        &calendar(),
    );
    assert_eq!(held.unwrap().course.last_entry(), AFTER);
}

#[test]
fn a_term_that_began_under_a_suspension_taken_back_since_is_counted_anew_from_its_true_day() {
    let (then, now) = suspended(FIRST, LAST, FRIDAY);
    let course = begun(RECEIVED);
    let course = done(&course, FIRST, classify(Risk::AcosoSexual), &then)
        .unwrap()
        .course;
    let key = TermKey::MedidasProteccionHsas;
    let clock = course.clock(key, About::Case).unwrap();
    let april = (clock.starts_on(), clock.due_on());
    assert_eq!(april.0, AFTER);
    let rules = Rules { calendar: &now };
    let changes = course.recount(&rules);
    let shown = changes.iter().find(|one| one.key == key).expect("shown");
    let anew = Clock::start(key, About::Case, FIRST, &now).unwrap();
    assert_eq!((shown.was, shown.becomes), (april.1, anew.due_on()));
    let recount = Move::Recount {
        changes,
        reason: long("Se dejó sin efecto"),
    };
    let course = done(&course, FRIDAY, recount, &now).unwrap().course;
    let clock = course.clock(key, About::Case).unwrap();
    assert_eq!((clock.starts_on(), clock.due_on()), (FIRST, anew.due_on()));
    assert_eq!(signal(clock, LAST, &now), Signal::Over);
    let written = serde_json::to_string(&course).unwrap();
    assert_eq!(serde_json::from_str::<Course>(&written).unwrap(), course);
}

#[test]
fn only_what_held_when_an_entry_was_written_explains_its_day() {
    let days = || Suspension::new(FIRST, LAST, "").unwrap();
    let (wednesday, monday) = (RECEIVED, date(2026, 3, 9));
    let held = |from, until| remembering(days(), from, until);
    assert!(held(wednesday, FRIDAY).explains(AFTER, monday));
    // It was entered later than that, or taken back before its first day.
    assert!(!held(date(2026, 3, 16), date(2026, 3, 17)).explains(AFTER, monday));
    assert!(!held(date(2026, 2, 2), date(2026, 2, 3)).explains(AFTER, monday));
    // No day within it is one that it made, and none after the first that counts.
    for never in [date(2026, 3, 20), date(2026, 4, 14)] {
        assert!(!held(wednesday, FRIDAY).explains(never, monday));
    }
    assert_eq!(held(wednesday, FRIDAY).done_from(AFTER), FIRST);
    assert_eq!(held(FRIDAY, FRIDAY).done_from(AFTER), FRIDAY);
    assert_eq!(calendar().done_from(AFTER), AFTER);

    // The same of an official list: the third Monday of March rests by the decree alone.
    let (rests, tuesday) = (date(2026, 3, 16), date(2026, 3, 17));
    let replaced = |until| {
        let profiles = vec![InForce {
            what: Profile::FederalDecree,
            from: Date::MIN,
            until,
        }];
        Calendar::new(Profile::Lfpa28, Vec::new()).remembering(Past {
            profiles,
            ..Past::default()
        })
    };
    assert!(replaced(rests).explains(tuesday, rests));
    assert!(!replaced(FRIDAY).explains(tuesday, rests));
    assert!(!Calendar::new(Profile::Lfpa28, Vec::new()).explains(tuesday, rests));
}

/// What happens in a walk on one day.
#[derive(Debug, Clone, Copy)]
struct Day {
    days: i64,
    /// In how many days a suspension begins, and how many it has.
    enters: Option<(i64, i64)>,
    lifts: bool,
    seat: Seat,
    which: usize,
    choice: u8,
}

fn days() -> impl Strategy<Value = Vec<Day>> {
    let enters = prop::option::weighted(0.2, (0_i64..4, 0_i64..40));
    let seat = prop::sample::select(Seat::ALL);
    let lifts = prop::bool::weighted(0.2);
    let one = (0_i64..5, enters, lifts, seat, any::<usize>(), any::<u8>()).prop_map(
        |(days, enters, lifts, seat, which, choice)| Day {
            days,
            enters,
            lifts,
            seat,
            which,
            choice,
        },
    );
    prop::collection::vec(one, 1..60)
}

/// Suspensions as they come and go.
#[derive(Default)]
struct Book {
    hold: Vec<(Suspension, Date)>,
    past: Past,
}

impl Book {
    fn calendar(&self) -> Calendar {
        let hold = self.hold.iter().map(|(days, _)| days.clone()).collect();
        Calendar::new(calendar().profile(), hold).remembering(self.past.clone())
    }

    fn turn(&mut self, day: Day, on: Date) {
        let lifted = if day.lifts { self.hold.pop() } else { None };
        if let Some((what, from)) = lifted {
            self.past.suspensions.push(InForce {
                what,
                from,
                until: on,
            });
        }
        if let Some((ahead, length)) = day.enters {
            let from = on + ahead.days();
            let days = Suspension::new(from, from + length.days(), "").unwrap();
            self.hold.push((days, on));
        }
    }
}

proptest! {
    #![proptest_config(config())]

    /// Whatever is suspended and taken back meanwhile, no term of the committee's own comes out later than the
    /// calendar of now gives from the day on which its act was truly done.
    #[test]
    fn no_term_outlasts_what_the_calendar_of_now_gives_from_the_true_day_of_its_act(
        start in 0_i64..700,
        walk in days(),
    ) {
        let mut on = date(2026, 1, 1) + start.days();
        let mut book = Book::default();
        let received = book.calendar().counted_as(on);
        let mut course = begun(received);
        let mut begun_on: Vec<(TermKey, About, Date)> = Vec::new();
        for day in walk {
            on += day.days.days();
            book.turn(day, on);
            let calendar = book.calendar();
            let open = course.open_moves(day.seat);
            if open.is_empty() {
                continue;
            }
            let kind = open[day.which % open.len()];
            let counts_as = calendar.counted_as(on);
            if kind == MoveKind::Join || (kind == MoveKind::Recount && day.choice > 20) {
                continue;
            }
            let act = sample(&course, kind, counts_as, day.choice);
            let today = Today { counts_as, on: Some(on) };
            let by = By::Member(day.seat);
            let rules = Rules { calendar: &calendar };
            let next = match course.apply(&with_papers(act), by, today, &rules) {
                Ok(next) => next,
                Err(Refused::BeforeLastEntry { last }) => {
                    return Err(TestCaseError::fail(format!("{on} waits for {last}")));
                }
                Err(_) => continue,
            };
            if ![MoveKind::Recount, MoveKind::Extend].contains(&kind) {
                for clock in &next.started {
                    begun_on.retain(|(key, about, _)| (*key, *about) != (clock.key(), clock.about()));
                    begun_on.push((clock.key(), clock.about(), on));
                }
            }
            course = next.course;
        }
        let now = book.calendar();
        let changes = course.recount(&Rules { calendar: &now });
        if !changes.is_empty() {
            let act = Move::Recount { changes, reason: long("Se dejó sin efecto") };
            let next = done(&course, on, act, &now);
            prop_assert!(next.is_ok(), "{:?}", next.err());
            course = next.unwrap().course;
        }
        for clock in &course.clocks {
            let (key, about) = (clock.key(), clock.about());
            let told = clock.owner().seat().is_none();
            if !clock.is_running() || told || clock.extended().is_some() {
                continue;
            }
            let acts = begun_on.iter().find(|(one, other, _)| (*one, *other) == (key, about));
            let Some((.., day)) = acts else { continue };
            let latest = Clock::start(key, about, now.counted_as(*day), &now).unwrap();
            prop_assert!(
                clock.due_on() <= latest.due_on(),
                "{key}: {} of {}, but {} from {day}",
                clock.due_on(), clock.starts_on(), latest.due_on()
            );
        }
    }

    /// However far the case got under the calendar of then, it gets to its end under that of now.
    #[test]
    fn a_suspension_that_is_taken_back_keeps_no_case_waiting(
        start in 0_i64..700,
        length in 1_i64..60,
        lifted_after in 0_i64..60,
        made in 0_usize..14,
    ) {
        let received = borne(&calendar(), date(2026, 1, 1) + start.days());
        let (then, now) = suspended(received, received + length.days(), received + lifted_after.min(length).days());
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
