//! The request to complete a complaint, its answer, and what follows for lack of it.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::samples::{begun, calendar, classify, long, make, sample, with_papers};
use crate::calendar::{Amount, Calendar, Suspension, Unit};
use crate::case::CaseState;
use crate::catalogue::{Risk, TermKey};
use crate::committee::Seat;
use crate::procedure::*;

const EJEC: By = By::Member(Seat::SecretariaEjecutiva);
const THURSDAY: Date = date(2026, 1, 29);

/// A classified case that was asked to be completed on the same day.
fn asked(risk: Risk) -> Course {
    let course = begun(THURSDAY);
    let course = make(&course, EJEC, THURSDAY, classify(risk))
        .unwrap()
        .course;
    step(&course, MoveKind::AskForInformation, EJEC, THURSDAY)
        .unwrap()
        .course
}

fn step(course: &Course, kind: MoveKind, by: By, today: Date) -> Result<Next, Refused> {
    make(course, by, today, sample(course, kind, today, 0))
}

#[test]
fn it_is_asked_for_once_and_the_answer_lets_the_term_to_register_begin() {
    let course = asked(Risk::FaltaEficacia);
    assert_eq!(course.state(), CaseState::NeedsInformation);
    let running: Vec<_> = course.running().map(Clock::key).collect();
    assert_eq!(
        running,
        [TermKey::MensajeIntermedio, TermKey::PrevencionDesahogo]
    );
    let answered = step(&course, MoveKind::Answer, By::Complainant, date(2026, 2, 4)).unwrap();
    assert_eq!(answered.notice, Some(ProcedureNotice::Answered));
    assert_eq!(answered.course.state(), CaseState::UnderReview);
    let due: Vec<_> = answered
        .started
        .iter()
        .map(|clock| (clock.key(), clock.due_on()))
        .collect();
    assert_eq!(
        due,
        [
            (TermKey::RegistroSseccoe, date(2026, 2, 9)),
            (TermKey::PropuestaAcuerdo, date(2026, 2, 9))
        ]
    );
    let again = step(
        &answered.course,
        MoveKind::AskForInformation,
        EJEC,
        date(2026, 2, 5),
    );
    let kind = MoveKind::AskForInformation;
    assert_eq!(again, Err(Refused::OnlyOnce { kind }));
}

#[test]
fn what_is_missing_has_to_be_named() {
    let Move::AskForInformation { question, .. } =
        sample(&begun(THURSDAY), MoveKind::AskForInformation, THURSDAY, 0)
    else {
        panic!("another move")
    };
    let act = Move::AskForInformation {
        missing: BTreeSet::new(),
        question,
    };
    let what = Needed::Element;
    assert_eq!(
        make(&begun(THURSDAY), EJEC, THURSDAY, act),
        Err(Refused::Missing { what })
    );
}

#[test]
fn an_unanswered_case_is_filed_only_after_the_last_day_and_by_a_person() {
    let course = asked(Risk::FaltaEficacia);
    let last = date(2026, 2, 6);
    let early = step(&course, MoveKind::Archive, EJEC, last);
    let key = TermKey::PrevencionDesahogo;
    assert_eq!(early, Err(Refused::TermStillRuns { key, until: last }));
    let saturday = date(2026, 2, 7);
    let refused = step(&course, MoveKind::Archive, By::Complainant, saturday);
    assert!(matches!(refused, Err(Refused::NotYours { .. })));
    let next = step(&course, MoveKind::Archive, EJEC, saturday).unwrap();
    assert_eq!(next.course.state(), CaseState::ArchivedWithoutProcedure);
    let lapsed = next.stopped.iter().find(|(stopped, _)| *stopped == key);
    assert_eq!(lapsed.map(|(_, stop)| stop.how), Some(Ending::Lapsed));
    // Told by the notice, which is owed.
    assert_eq!(next.notice, None);
    let running: Vec<_> = next.course.running().map(Clock::key).collect();
    assert_eq!(running, [TermKey::NotificarAcuerdo]);
    let told = step(
        &next.course,
        MoveKind::NotifyDecision,
        By::Member(Seat::SecretariaTecnica),
        date(2026, 2, 9),
    )
    .unwrap();
    assert_eq!(told.notice, Some(ProcedureNotice::Archived));
    assert_eq!(told.course.running().count(), 0);
}

#[test]
fn an_answer_is_taken_late_and_ends_the_case_only_as_insufficient() {
    let course = asked(Risk::FaltaEficacia);
    let late = date(2026, 3, 2);
    let course = step(&course, MoveKind::Answer, By::Complainant, late)
        .unwrap()
        .course;
    let archive = |cause| Move::Archive {
        cause,
        reason: long("No basta"),
    };
    let unanswered = archive(NoProcedureCause::RequestUnanswered);
    assert!(matches!(
        make(&course, EJEC, late, unanswered),
        Err(Refused::WrongCode { .. })
    ));
    let insufficient = archive(NoProcedureCause::AnswerInsufficient);
    let next = make(&course, EJEC, late, insufficient).unwrap();
    assert_eq!(next.course.state(), CaseState::ArchivedWithoutProcedure);
}

#[test]
fn nothing_is_filed_before_a_person_has_confirmed_what_it_is_about() {
    let course = step(
        &begun(THURSDAY),
        MoveKind::AskForInformation,
        EJEC,
        THURSDAY,
    )
    .unwrap()
    .course;
    let what = Needed::Classification;
    assert_eq!(
        step(&course, MoveKind::Archive, EJEC, date(2026, 3, 2)),
        Err(Refused::Missing { what })
    );
}

#[test]
fn sexual_harassment_waits_for_no_answer_and_is_never_filed_for_lack_of_it() {
    let course = asked(Risk::AcosoSexual);
    let register = course.clock(TermKey::RegistroSseccoe, About::Case);
    assert_eq!(register.map(Clock::due_on), Some(date(2026, 2, 4)));
    let protocol = Mark::Hsyas;
    assert_eq!(
        step(&course, MoveKind::Archive, EJEC, date(2026, 3, 2)),
        Err(Refused::ProtocolForbids { protocol })
    );
    let next = step(&course, MoveKind::Register, EJEC, date(2026, 1, 30)).unwrap();
    assert_eq!(next.course.state(), CaseState::Registered);
}

#[test]
fn any_other_case_is_registered_when_the_answer_has_come() {
    let course = asked(Risk::FaltaEficacia);
    let what = Needed::RequestAnswered;
    assert_eq!(
        step(&course, MoveKind::Register, EJEC, date(2026, 1, 30)),
        Err(Refused::Missing { what })
    );
}

#[test]
fn a_case_that_turns_out_to_be_sexual_harassment_goes_on_with_its_old_last_day() {
    let course = asked(Risk::FaltaEficacia);
    let today = date(2026, 1, 30);
    let next = make(&course, EJEC, today, classify(Risk::AcosoSexual)).unwrap();
    let started: Vec<_> = next
        .started
        .iter()
        .map(|clock| (clock.key(), clock.due_on()))
        .collect();
    assert_eq!(
        started,
        [
            (TermKey::MedidasProteccionHsas, today),
            (TermKey::RegistroSseccoe, date(2026, 2, 4))
        ]
    );
}

#[test]
fn a_second_classification_says_why() {
    let course = asked(Risk::FaltaEficacia);
    let act = Move::Classify {
        main: Risk::Corrupcion,
        others: BTreeSet::new(),
        urgency: None,
        reason: None,
    };
    let what = Needed::Reason;
    assert_eq!(
        make(&course, EJEC, THURSDAY, act),
        Err(Refused::Missing { what })
    );
}

#[test]
fn what_came_in_after_hours_is_worked_on_as_of_its_legal_day() {
    // Received on Friday night: Tuesday, as Monday is a holiday.
    let received = date(2026, 2, 3);
    let friday = date(2026, 1, 30);
    let next = step(&begun(received), MoveKind::Register, EJEC, friday).unwrap();
    assert_eq!(next.course.last_entry(), received);
    let total = next.course.clock(TermKey::ConclusionTotal, About::Case);
    assert_eq!(total.map(Clock::starts_on), Some(received));
}

#[test]
fn days_do_not_run_backwards() {
    let course = begun(THURSDAY);
    let later = date(2026, 2, 10);
    let course = make(&course, EJEC, later, classify(Risk::FaltaEficacia))
        .unwrap()
        .course;
    assert_eq!(
        step(&course, MoveKind::Register, EJEC, date(2026, 2, 9)),
        Err(Refused::BeforeLastEntry { last: later })
    );
    for captured_on in [date(2026, 1, 28), date(2026, 2, 11)] {
        let act = Move::Register {
            folio: super::samples::short("S-1"),
            captured_on,
        };
        let refused = make(&course, EJEC, later, act);
        assert!(matches!(refused, Err(Refused::DayOutside { .. })));
    }
}

#[test]
fn an_answer_on_a_suspended_day_is_in_time_where_the_last_day_was_suspended_too() {
    let course = asked(Risk::FaltaEficacia);
    let term = TermKey::PrevencionDesahogo;
    let due_on = course.clock(term, About::Case).unwrap().due_on();
    let official = calendar();
    let suspended = |from, to| {
        let days = Suspension::new(from, to, "").unwrap();
        Calendar::new(official.profile(), vec![days])
    };
    let month = due_on.checked_add(30.days()).unwrap();
    let after = suspended(due_on, month).due(
        month,
        Amount {
            value: 0,
            unit: Unit::WorkingDays,
        },
    );
    let after = after.unwrap();
    for (from, how) in [
        (due_on, Ending::Kept),
        (due_on.tomorrow().unwrap(), Ending::Late),
    ] {
        let calendar = suspended(from, month);
        let rules = Rules {
            calendar: &calendar,
        };
        // The legal day of all the suspended ones.
        let unanswered = Move::Archive {
            cause: NoProcedureCause::RequestUnanswered,
            reason: long("No contestó"),
        };
        let archived = course.apply(&with_papers(unanswered), EJEC, after, &rules);
        assert_eq!(archived.is_ok(), how == Ending::Late, "{from}");
        let answer = with_papers(Move::Answer {});
        let next = course
            .apply(&answer, By::Complainant, after, &rules)
            .unwrap();
        let stop = next.stopped.iter().find(|(key, _)| *key == term);
        assert_eq!(stop.unwrap().1.how, how, "{from}");
    }
}
