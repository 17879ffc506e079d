//! Measures, notices to the control body, joining and marks.

use jiff::civil::{Date, date};

use super::samples::{begun, classify, long, make, sample, short};
use crate::case::CaseState;
use crate::catalogue::{Risk, TermKey};
use crate::committee::Seat;
use crate::complaint::ReferralConsent;
use crate::procedure::*;

const EJEC: By = By::Member(Seat::SecretariaEjecutiva);
const PRES: By = By::Member(Seat::Presidencia);
const DAY: Date = date(2026, 3, 2);

fn case_of(risk: Risk) -> Course {
    make(&begun(DAY), EJEC, DAY, classify(risk)).unwrap().course
}

fn go(course: &Course, kind: MoveKind, by: By) -> Course {
    let act = sample(course, kind, DAY, 0);
    make(course, by, DAY, act).unwrap().course
}

fn order(unit_agreed_on: Option<Date>) -> Move {
    Move::OrderMeasure {
        measure: 1,
        consented_on: DAY,
        unit_agreed_on,
        notified: long("La unidad"),
    }
}

#[test]
fn sexual_harassment_asks_for_measures_at_once() {
    let course = case_of(Risk::AcosoSexual);
    let at_once = course.clock(TermKey::MedidasProteccionHsas, About::Case);
    assert_eq!(at_once.map(Clock::due_on), Some(DAY));
    let consejera = By::Member(Seat::Consejera);
    let waived = go(&course, MoveKind::WaiveMeasures, consejera);
    let key = TermKey::MedidasProteccionHsas;
    assert!(waived.clock(key, About::Case).is_none());
    let proposed = go(&course, MoveKind::ProposeMeasure, consejera);
    // The protected person's consent is enough.
    let next = make(&proposed, PRES, DAY, order(None)).unwrap();
    assert_eq!(next.notice, Some(ProcedureNotice::Protection));
    assert!(next.course.clock(key, About::Case).is_none());
}

#[test]
fn elsewhere_the_head_of_the_unit_agrees_too_and_a_lifted_measure_leaves_no_mark() {
    let course = go(
        &case_of(Risk::FaltaLiderazgo),
        MoveKind::ProposeMeasure,
        By::Member(Seat::Electa),
    );
    let what = Needed::UnitAgrees;
    assert_eq!(
        make(&course, PRES, DAY, order(None)),
        Err(Refused::Missing { what })
    );
    let course = make(&course, PRES, DAY, order(Some(DAY))).unwrap().course;
    assert!(course.marks().contains(&Mark::ProtectionMeasures));
    let course = go(&course, MoveKind::LiftMeasure, PRES);
    assert!(!course.marks().contains(&Mark::ProtectionMeasures));
    let number = 1;
    assert_eq!(
        make(&course, PRES, DAY, order(Some(DAY))),
        Err(course.not_now(MoveKind::OrderMeasure))
    );
    let course = go(&course, MoveKind::ProposeMeasure, PRES);
    assert_eq!(
        make(&course, PRES, DAY, order(Some(DAY))),
        Err(Refused::NoSuchEntry { number })
    );
}

fn refer(heard_on: Date, will: Option<ReferralConsent>) -> Move {
    Move::Refer {
        letter: short("CE/OIC/1"),
        given_on: DAY,
        conducts: long("Cobro por un trámite"),
        opinion: Opinion {
            heard_on,
            favours: false,
            text: long("Sin elementos"),
        },
        will,
    }
}

#[test]
fn notice_to_the_control_body_comes_after_its_opinion_and_ends_nothing() {
    let course = case_of(Risk::Corrupcion);
    let after = refer(date(2026, 3, 3), None);
    assert!(matches!(
        make(&course, PRES, DAY, after),
        Err(Refused::DayOutside {
            field: Field::HeardOn,
            ..
        })
    ));
    let next = make(&course, PRES, DAY, refer(DAY, None)).unwrap();
    assert_eq!(next.course.state(), course.state());
    assert_eq!(next.notice, Some(ProcedureNotice::Referred));
    let alert = &next.started[0];
    assert_eq!(
        (alert.key(), alert.about(), alert.due_on()),
        (
            TermKey::VistaFaltaGrave,
            About::Referral(1),
            date(2026, 4, 1)
        )
    );
    let answered = go(
        &next.course,
        MoveKind::RecordReferralOutcome,
        By::Member(Seat::RepresentacionOic),
    );
    assert!(
        answered
            .clock(TermKey::VistaFaltaGrave, About::Referral(1))
            .is_none()
    );
}

#[test]
fn under_the_protocol_the_will_of_the_victim_is_asked() {
    let course = case_of(Risk::AcosoSexual);
    let what = Needed::WillOfVictim;
    assert_eq!(
        make(&course, PRES, DAY, refer(DAY, None)),
        Err(Refused::Missing { what })
    );
    let weighed = refer(DAY, Some(ReferralConsent::No));
    assert!(make(&course, PRES, DAY, weighed).is_ok());
}

#[test]
fn the_end_of_a_case_leaves_what_is_owed_to_people() {
    let course = make(&case_of(Risk::Corrupcion), PRES, DAY, refer(DAY, None))
        .unwrap()
        .course;
    let over = go(&course, MoveKind::Redirect, EJEC);
    let running: Vec<_> = over.running().map(Clock::key).collect();
    assert_eq!(
        running,
        [TermKey::VistaFaltaGrave, TermKey::NotificarAcuerdo]
    );
}

#[test]
fn a_case_that_is_joined_stands_still() {
    let course = go(&case_of(Risk::FaltaLiderazgo), MoveKind::Register, EJEC);
    let joined = go(&course, MoveKind::Join, PRES);
    assert_eq!(joined.running().count(), 0);
    assert_eq!(joined.state(), CaseState::Registered);
    assert!(joined.marks().contains(&Mark::Joined));
    let act = sample(&joined, MoveKind::Propose, DAY, 0);
    assert_eq!(make(&joined, EJEC, DAY, act), Err(Refused::Joined));
}

#[test]
fn the_complainant_can_say_that_a_life_is_at_risk_and_nothing_else() {
    let course = begun(DAY);
    let mark = |mark| Move::SetMark {
        mark,
        reason: long("Me amenazó"),
    };
    let next = make(&course, By::Complainant, DAY, mark(Mark::LifeAtRisk)).unwrap();
    assert!(next.course.marks().contains(&Mark::LifeAtRisk));
    for other in Mark::ALL.iter().filter(|mark| **mark != Mark::LifeAtRisk) {
        let refused = make(&course, By::Complainant, DAY, mark(*other));
        assert!(matches!(refused, Err(Refused::WrongCode { .. })), "{other}");
    }
    // Marks that follow from a move are not set by hand.
    for other in [Mark::Hsyas, Mark::ProtectionMeasures, Mark::Joined] {
        assert!(make(&course, EJEC, DAY, mark(other)).is_err());
    }
    let attended = go(&next.course, MoveKind::ClearMark, EJEC);
    assert!(attended.marks().is_empty());
}
