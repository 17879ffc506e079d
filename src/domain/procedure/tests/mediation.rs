//! Where mediation is open, where it never is, and what a breach leads to.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::samples::{agreement, begun, classify, long, make, sample};
use crate::case::CaseState;
use crate::catalogue::{Risk, TermKey};
use crate::committee::Seat;
use crate::procedure::*;

const EJEC: By = By::Member(Seat::SecretariaEjecutiva);
const TECN: By = By::Member(Seat::SecretariaTecnica);
const PRES: By = By::Member(Seat::Presidencia);
const DAY: Date = date(2026, 3, 2);

/// The way of a case to the interviews, all on one day.
const TO_INTERVIEWS: [(MoveKind, By); 6] = [
    (MoveKind::Register, EJEC),
    (MoveKind::Propose, EJEC),
    (MoveKind::Admit, PRES),
    (MoveKind::Inquire, PRES),
    (MoveKind::NotifyDenounced, TECN),
    (MoveKind::ReceiveAnswer, TECN),
];

fn go(course: &Course, kind: MoveKind, by: By, today: Date) -> Course {
    let act = sample(course, kind, today, 0);
    make(course, by, today, act).unwrap().course
}

fn at_interviews(act: Option<Move>) -> Course {
    let mut course = begun(DAY);
    if let Some(act) = act {
        course = make(&course, EJEC, DAY, act).unwrap().course;
    }
    for (kind, by) in TO_INTERVIEWS {
        course = go(&course, kind, by, DAY);
    }
    course
}

fn open(course: &Course) -> Result<Next, Refused> {
    let act = sample(course, MoveKind::OpenMediation, DAY, 0);
    make(course, PRES, DAY, act)
}

#[test]
fn neither_special_protocol_lets_the_parties_be_brought_together() {
    for (main, other, rule) in [
        (Risk::AcosoSexual, None, "RE01"),
        (Risk::Discriminacion, None, "RE05"),
        (Risk::FaltaImparcialidad, Some(Risk::AcosoSexual), "RE01"),
        (Risk::FaltaImparcialidad, Some(Risk::Discriminacion), "RE05"),
    ] {
        let act = Move::Classify {
            main,
            others: other.into_iter().collect::<BTreeSet<_>>(),
            urgency: None,
            reason: None,
        };
        let course = at_interviews(Some(act));
        let rule = rule.to_owned();
        assert_eq!(open(&course), Err(Refused::MediationForbidden { rule }));
        assert!(
            !course
                .open_moves(Seat::Presidencia)
                .contains(&MoveKind::OpenMediation)
        );
        // A second look does not open the way.
        let course = make(&course, EJEC, DAY, classify(Risk::FaltaImparcialidad))
            .unwrap()
            .course;
        let refused = open(&course);
        assert!(matches!(refused, Err(Refused::MediationForbidden { .. })));
    }
}

#[test]
fn every_other_risk_leaves_it_to_a_person_who_has_confirmed_the_risk() {
    let what = Needed::Classification;
    assert_eq!(open(&at_interviews(None)), Err(Refused::Missing { what }));
    for risk in Risk::ALL {
        // The public service is hurt, not the personal sphere alone (CHIS 76).
        let service = *risk == Risk::Corrupcion;
        let special = service || [Risk::AcosoSexual, Risk::Discriminacion].contains(risk);
        let course = at_interviews(Some(classify(*risk)));
        assert_eq!(open(&course).is_ok(), !special, "{risk}");
    }
}

#[test]
fn what_turns_out_to_be_sexual_harassment_meanwhile_is_not_settled() {
    let course = at_interviews(Some(classify(Risk::FaltaImparcialidad)));
    let course = open(&course).unwrap().course;
    let course = make(&course, EJEC, DAY, classify(Risk::AcosoSexual))
        .unwrap()
        .course;
    let act = sample(&course, MoveKind::SettleMediation, DAY, 0);
    let refused = make(&course, EJEC, DAY, act);
    assert!(matches!(refused, Err(Refused::MediationForbidden { .. })));
    let course = go(&course, MoveKind::EndMediation, EJEC, DAY);
    assert_eq!(course.state(), CaseState::Drafting);
}

#[test]
fn the_meeting_is_within_five_working_days_of_the_interviews() {
    let course = at_interviews(Some(classify(Risk::FaltaImparcialidad)));
    let meeting = |today, held_on| {
        let act = Move::OpenMediation {
            interviews_closed_on: DAY,
            held_on,
            personal_sphere: long("Un desencuentro"),
            no_revictimisation: long("Entre iguales"),
        };
        make(&course, PRES, today, act)
    };
    let last = date(2026, 3, 9);
    assert!(meeting(DAY, last).is_ok());
    assert!(matches!(
        meeting(DAY, last + 1.days()),
        Err(Refused::DayOutside {
            field: Field::HeldOn,
            ..
        })
    ));
    let key = TermKey::MediacionCita;
    assert_eq!(
        meeting(last + 1.days(), last),
        Err(Refused::TermIsOver { key, since: last })
    );
}

#[test]
fn a_settlement_needs_the_control_body_and_a_breach_opens_the_case_again() {
    let course = at_interviews(Some(classify(Risk::FaltaImparcialidad)));
    let course = open(&course).unwrap().course;
    let settle = |oic_present| Move::SettleMediation {
        signed_on: DAY,
        oic_present,
        commitments: long("Disculpa por escrito"),
        verify_on: DAY + 60.days(),
    };
    let what = Needed::OicPresent;
    assert_eq!(
        make(&course, EJEC, DAY, settle(false)),
        Err(Refused::Missing { what })
    );
    let bare = Step::from(settle(true));
    let calendar = super::samples::calendar();
    let rules = Rules {
        calendar: &calendar,
    };
    let kind = PaperKind::Settlement;
    assert_eq!(
        course.apply(&bare, EJEC, DAY, &rules),
        Err(Refused::MissingPaper { kind })
    );
    let settled = make(&course, EJEC, DAY, settle(true)).unwrap().course;
    assert_eq!(settled.sense(), Some(Sense::Mediated));
    assert!(
        settled
            .clock(TermKey::ConclusionTotal, About::Case)
            .is_none()
    );

    let breach = date(2026, 6, 1);
    let act = Move::Reopen {
        breach: long("No hubo disculpa"),
        agreement: agreement(breach),
    };
    let reopened = make(&settled, TECN, breach, act).unwrap().course;
    assert_eq!(reopened.state(), CaseState::Reopened);
    // The total term goes on with the last day that it had.
    let total = reopened.clock(TermKey::ConclusionTotal, About::Case);
    assert_eq!(total.map(Clock::due_on), Some(date(2026, 7, 2)));
    let course = go(&reopened, MoveKind::StartDraft, EJEC, breach);
    assert_eq!(course.state(), CaseState::Drafting);
}
