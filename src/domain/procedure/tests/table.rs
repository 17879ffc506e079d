//! Every state, every move and every seat against the diagram.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::diagram::{ANY_TIME, ARROWS, FINAL, WHO};
use super::samples::{begun, calendar, classify, make, sample};
use crate::case::CaseState;
use crate::catalogue::{Risk, TermKey};
use crate::committee::Seat;
use crate::procedure::*;

const RECEIVED: Date = date(2026, 2, 3);
const TODAY: Date = date(2026, 3, 31);

fn everybody() -> impl Iterator<Item = (By, char)> {
    let seats = Seat::ALL.iter().map(|seat| {
        let letter = match seat {
            Seat::Presidencia => 'P',
            Seat::SecretariaEjecutiva => 'E',
            Seat::SecretariaTecnica => 'T',
            Seat::Electa => 'I',
            Seat::RepresentacionOic => 'O',
            Seat::Consejera | Seat::Asesora => 'C',
            Seat::Invitada => '-',
        };
        (By::Member(*seat), letter)
    });
    seats.chain([(By::Complainant, 'D')])
}

fn clock(key: TermKey, about: About) -> Clock {
    Clock::start(key, about, RECEIVED, &calendar()).unwrap()
}

/// A case in a state in which everything has happened that a move could ask for.
fn rich(state: CaseState) -> Course {
    let mut course = begun(RECEIVED);
    course.state = state;
    course.classification = Some(Classification {
        main: Risk::FaltaImparcialidad,
        others: BTreeSet::new(),
        mediation: crate::routing::Mediation::Possible,
        rule: "RE03".to_owned(),
    });
    // A registration term that a suspension has moved meanwhile.
    course.clocks = vec![
        Clock::running_since(TermKey::PropuestaAcuerdo, About::Case, RECEIVED, RECEIVED),
        clock(TermKey::ConclusionTotal, About::Case),
        clock(TermKey::MedidasProteccionHsas, About::Case),
        clock(TermKey::NotificarAcuerdo, About::Decision(1)),
        clock(TermKey::VistaFaltaGrave, About::Referral(1)),
    ];
    course.decisions = vec![Decision {
        kind: MoveKind::Admit,
        step: 1,
        on: RECEIVED,
        agreement: None,
        notified_on: None,
    }];
    let measure = |state| Measure {
        kind: MeasureKind::NoContact,
        state,
        since: RECEIVED,
    };
    course.measures = vec![
        measure(MeasureState::InForce),
        measure(MeasureState::Proposed),
    ];
    course.referrals = vec![Referral {
        given_on: RECEIVED,
        answered_on: None,
    }];
    course.marks.insert(Mark::LifeAtRisk);
    course
}

/// The case in all the ways in which it can stand in a state.
fn variants(state: CaseState) -> Vec<Course> {
    let plain = rich(state);
    let changed = |change: &dyn Fn(&mut Course)| {
        let mut course = rich(state);
        change(&mut course);
        course
    };
    let asked = |answered_on| {
        Some(Prevention {
            asked_on: RECEIVED,
            missing: BTreeSet::from([Element::Facts]),
            answered_on,
        })
    };
    let recommended = |states: &[RecommendationState]| -> Vec<Recommendation> {
        let all = states.iter().map(|state| Recommendation {
            kind: RecommendationKind::Outreach,
            state: *state,
            since: RECEIVED,
        });
        all.collect()
    };
    match state {
        CaseState::UnderReview => vec![
            plain,
            changed(&|course| course.prevention = asked(Some(RECEIVED))),
        ],
        CaseState::NeedsInformation => vec![
            changed(&|course| course.prevention = asked(None)),
            changed(&|course| {
                course.prevention = asked(None);
                course.marks.insert(Mark::Hsyas);
            }),
        ],
        CaseState::Determined => vec![
            plain,
            changed(&|course| {
                course.recommendations = recommended(&[RecommendationState::Issued]);
            }),
            changed(&|course| {
                let notice = clock(TermKey::NotificarDeterminacion, About::Case);
                course.clocks.push(notice);
            }),
        ],
        CaseState::InFollowUp => vec![
            changed(&|course| {
                course.recommendations = recommended(&[
                    RecommendationState::Fulfilled,
                    RecommendationState::Unfulfilled,
                ]);
            }),
            changed(&|course| {
                course.recommendations = recommended(&[
                    RecommendationState::Notified,
                    RecommendationState::Notified,
                    RecommendationState::UnderWay,
                ]);
                let justify = clock(TermKey::RecomendacionNegativa, About::Recommendation(2));
                course.clocks.push(justify);
            }),
        ],
        CaseState::Received
        | CaseState::Registered
        | CaseState::InAnalysis
        | CaseState::ArchivedWithoutProcedure
        | CaseState::NotAdmitted
        | CaseState::Redirected
        | CaseState::Admitted
        | CaseState::UnderInquiry
        | CaseState::AwaitingAnswer
        | CaseState::GatheringEvidence
        | CaseState::InMediation
        | CaseState::Drafting
        | CaseState::InDetermination
        | CaseState::ConcludedByMediation
        | CaseState::ConcludedEarly
        | CaseState::Reopened
        | CaseState::Concluded => vec![plain],
    }
}

/// The state that a move leads to from this one, by the tables above.
fn expected(state: CaseState, kind: MoveKind) -> Option<&'static str> {
    let (_, arrows) = ARROWS
        .iter()
        .find(|(from, _)| *from == state.code())
        .unwrap();
    if let Some((_, to)) = arrows.iter().find(|(code, _)| *code == kind.code()) {
        return Some(to);
    }
    let received = state == CaseState::Received;
    let over = FINAL.contains(&state.code());
    let decided = matches!(state, CaseState::Determined | CaseState::InFollowUp);
    let stays = match kind.code() {
        "PRORROGAR" | "PROPONER_MEDIDA" => !received && !over,
        "CLASIFICAR" | "ACUMULAR" => !received && !over && !decided,
        "CONVOCAR" => matches!(
            state.code(),
            "EN_ANALISIS" | "EN_INDAGACION" | "EN_DETERMINACION" | "CONCLUIDA_MEDIACION"
        ),
        "TURNAR_A_COMISION" => {
            state == CaseState::ConcludedByMediation
                || (!over
                    && !matches!(
                        state.code(),
                        "RECIBIDA" | "EN_REVISION" | "PREVENIDA" | "REGISTRADA"
                    ))
        }
        other => !received && ANY_TIME.contains(&other),
    };
    stays.then(|| state.code())
}

#[test]
fn every_move_leads_from_every_state_where_the_diagram_says_and_nowhere_else() {
    for state in CaseState::ALL {
        let variants = variants(*state);
        for kind in MoveKind::ALL {
            let mut reached = BTreeSet::new();
            for course in &variants {
                for (by, _) in everybody() {
                    let act = sample(course, *kind, TODAY, 0);
                    if let Ok(next) = make(course, by, TODAY, act) {
                        reached.insert(next.course.state().code());
                    }
                }
            }
            let expected: BTreeSet<_> = expected(*state, *kind).into_iter().collect();
            assert_eq!(reached, expected, "{state} by {kind}");
        }
    }
}

#[test]
fn each_seat_makes_the_moves_that_are_its_own() {
    let who: BTreeMap<&str, &str> = WHO.into();
    assert_eq!(who.len(), MoveKind::ALL.len());
    let mut made: BTreeMap<&str, BTreeSet<char>> = BTreeMap::new();
    for course in CaseState::ALL.iter().flat_map(|state| variants(*state)) {
        for kind in MoveKind::ALL {
            for (by, letter) in everybody() {
                let act = sample(&course, *kind, TODAY, 0);
                match make(&course, by, TODAY, act) {
                    Ok(_) => {
                        made.entry(kind.code()).or_default().insert(letter);
                    }
                    Err(Refused::NotYours { needs }) => {
                        assert!(!who[kind.code()].contains(letter), "{kind} by {letter}");
                        assert!(!needs.is_empty());
                    }
                    Err(_) => {}
                }
            }
        }
    }
    for (kind, letters) in who {
        assert_eq!(made[kind], letters.chars().collect(), "{kind}");
    }
}

#[test]
fn a_case_that_was_joined_to_another_keeps_what_is_owed_to_people() {
    let mut course = rich(CaseState::UnderInquiry);
    course.joined_into = Some("CE-2026-000001".parse().unwrap());
    for kind in MoveKind::ALL {
        let done = everybody().any(|(by, _)| {
            let act = sample(&course, *kind, TODAY, 0);
            make(&course, by, TODAY, act).is_ok()
        });
        let owed = ANY_TIME[..10].contains(&kind.code());
        assert_eq!(done, owed, "{kind}");
    }
}

#[test]
fn whoever_adopts_a_case_of_before_can_go_on_from_every_state() {
    for state in CaseState::ALL {
        let course = Course::adopt(*state, RECEIVED, Vec::new(), None);
        let course = match make(
            &course,
            By::Member(Seat::SecretariaEjecutiva),
            TODAY,
            classify(Risk::FaltaImparcialidad),
        ) {
            Ok(next) => next.course,
            Err(_) => course,
        };
        let moves = MoveKind::ALL.iter().filter(|kind| {
            everybody().any(|(by, _)| {
                let act = sample(&course, **kind, TODAY, 0);
                let next = make(&course, by, TODAY, act);
                next.is_ok_and(|next| next.course.state() != *state)
            })
        });
        let stuck = moves.count() == 0;
        let may_be = *state == CaseState::Received
            || (FINAL.contains(&state.code()) && *state != CaseState::ConcludedByMediation);
        assert_eq!(stuck, may_be, "{state}");
    }
}
