//! Every state and every move against the diagram of DOMAIN §4.3, written here once more by hand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::samples::{begun, calendar, classify, make, sample};
use crate::case::CaseState;
use crate::catalogue::{Risk, TermKey};
use crate::committee::Seat;
use crate::procedure::*;

/// Where each state leads, and by which move.
const ARROWS: [(&str, &[(&str, &str)]); 21] = [
    ("RECIBIDA", &[]),
    (
        "EN_REVISION",
        &[
            ("PREVENIR", "PREVENIDA"),
            ("ARCHIVAR_SIN_TRAMITE", "ARCHIVADA_SIN_TRAMITE"),
            ("ORIENTAR", "ORIENTADA"),
            ("REGISTRAR", "REGISTRADA"),
        ],
    ),
    (
        "PREVENIDA",
        &[
            ("DESAHOGAR_PREVENCION", "EN_REVISION"),
            ("ARCHIVAR_SIN_TRAMITE", "ARCHIVADA_SIN_TRAMITE"),
            ("REGISTRAR", "REGISTRADA"),
        ],
    ),
    ("REGISTRADA", &[("PROPONER_ACUERDO", "EN_ANALISIS")]),
    (
        "EN_ANALISIS",
        &[
            ("ORIENTAR", "ORIENTADA"),
            ("NO_ADMITIR", "NO_ADMITIDA"),
            ("ADMITIR", "ADMITIDA"),
        ],
    ),
    ("ARCHIVADA_SIN_TRAMITE", &[]),
    ("NO_ADMITIDA", &[]),
    ("ORIENTADA", &[]),
    ("ADMITIDA", &[("INDAGAR", "EN_INDAGACION")]),
    (
        "EN_INDAGACION",
        &[
            ("INDAGAR", "EN_INDAGACION"),
            ("CONCLUIR_ANTICIPADAMENTE", "CONCLUIDA_ANTICIPADA"),
            ("CORRER_TRASLADO", "EN_DESCARGO"),
        ],
    ),
    (
        "EN_DESCARGO",
        &[
            ("RECIBIR_DESCARGO", "EN_PRUEBAS"),
            ("PRECLUIR_DESCARGO", "EN_PRUEBAS"),
        ],
    ),
    (
        "EN_PRUEBAS",
        &[
            ("CITAR_A_ENTREVISTA", "EN_PRUEBAS"),
            ("CITAR_A_MEDIACION", "EN_MEDIACION"),
            ("ELABORAR_PROYECTO", "EN_PROYECTO"),
        ],
    ),
    (
        "EN_MEDIACION",
        &[
            ("CONCLUIR_POR_MEDIACION", "CONCLUIDA_MEDIACION"),
            ("CERRAR_MEDIACION_SIN_ACUERDO", "EN_PROYECTO"),
        ],
    ),
    ("EN_PROYECTO", &[("PRESENTAR_PROYECTO", "EN_DETERMINACION")]),
    ("EN_DETERMINACION", &[("DETERMINAR", "DETERMINADA")]),
    (
        "DETERMINADA",
        &[
            ("NOTIFICAR_DETERMINACION", "DETERMINADA"),
            ("INICIAR_SEGUIMIENTO", "EN_SEGUIMIENTO"),
            ("CONCLUIR", "CONCLUIDA"),
        ],
    ),
    (
        "EN_SEGUIMIENTO",
        &[
            ("REGISTRAR_ADOPCION", "EN_SEGUIMIENTO"),
            ("REGISTRAR_NEGATIVA", "EN_SEGUIMIENTO"),
            ("RECIBIR_JUSTIFICACION", "EN_SEGUIMIENTO"),
            ("REGISTRAR_AVANCE", "EN_SEGUIMIENTO"),
            ("ACREDITAR_CUMPLIMIENTO", "EN_SEGUIMIENTO"),
            ("DECLARAR_INCUMPLIMIENTO", "EN_SEGUIMIENTO"),
            ("CONCLUIR", "CONCLUIDA"),
        ],
    ),
    ("CONCLUIDA_MEDIACION", &[("REABRIR", "REABIERTA")]),
    ("CONCLUIDA_ANTICIPADA", &[]),
    ("REABIERTA", &[("ELABORAR_PROYECTO", "EN_PROYECTO")]),
    ("CONCLUIDA", &[]),
];

/// What is done at any time after the reception.
const ANY_TIME: [&str; 11] = [
    "NOTIFICAR_ACUERDO",
    "ACORDAR_MEDIDA",
    "NO_ACORDAR_MEDIDA",
    "LEVANTAR_MEDIDA",
    "NO_SOLICITA_MEDIDAS",
    "DAR_VISTA_OIC",
    "REGISTRAR_RESPUESTA_OIC",
    "MARCAR",
    "QUITAR_MARCA",
    "RECALCULAR_PLAZOS",
    // Not in a final state:
    "PROPONER_MEDIDA",
];

const FINAL: [&str; 6] = [
    "ARCHIVADA_SIN_TRAMITE",
    "NO_ADMITIDA",
    "ORIENTADA",
    "CONCLUIDA_MEDIACION",
    "CONCLUIDA_ANTICIPADA",
    "CONCLUIDA",
];

/// Who makes each move: P, E, T for the Presidencia and the Secretarías, I for elected members, O for the
/// control body, C for consejera and asesora; then D for the complainant and S for the service.
const WHO: [(&str, &str); 46] = [
    ("CLASIFICAR", "ET"),
    ("PREVENIR", "ET"),
    ("DESAHOGAR_PREVENCION", "ETD"),
    ("ARCHIVAR_SIN_TRAMITE", "E"),
    ("ORIENTAR", "E"),
    ("REGISTRAR", "ET"),
    ("PROPONER_ACUERDO", "E"),
    ("CONVOCAR", "PE"),
    ("NO_ADMITIR", "PET"),
    ("ADMITIR", "PET"),
    ("TURNAR_A_COMISION", "P"),
    ("INDAGAR", "PEI"),
    ("CONCLUIR_ANTICIPADAMENTE", "PET"),
    ("CORRER_TRASLADO", "T"),
    ("RECIBIR_DESCARGO", "ET"),
    ("PRECLUIR_DESCARGO", "ETS"),
    ("CITAR_A_ENTREVISTA", "ETI"),
    ("CITAR_A_MEDIACION", "P"),
    ("CONCLUIR_POR_MEDIACION", "E"),
    ("CERRAR_MEDIACION_SIN_ACUERDO", "E"),
    ("REABRIR", "PET"),
    ("ELABORAR_PROYECTO", "EI"),
    ("PRESENTAR_PROYECTO", "P"),
    ("DETERMINAR", "PET"),
    ("NOTIFICAR_DETERMINACION", "T"),
    ("INICIAR_SEGUIMIENTO", "PET"),
    ("REGISTRAR_ADOPCION", "PEI"),
    ("REGISTRAR_NEGATIVA", "PEI"),
    ("RECIBIR_JUSTIFICACION", "PEI"),
    ("REGISTRAR_AVANCE", "PEI"),
    ("ACREDITAR_CUMPLIMIENTO", "PEI"),
    ("DECLARAR_INCUMPLIMIENTO", "PEI"),
    ("CONCLUIR", "PE"),
    ("NOTIFICAR_ACUERDO", "T"),
    ("PRORROGAR", "PE"),
    ("PROPONER_MEDIDA", "PEIOC"),
    ("ACORDAR_MEDIDA", "PE"),
    ("NO_ACORDAR_MEDIDA", "PE"),
    ("LEVANTAR_MEDIDA", "PE"),
    ("NO_SOLICITA_MEDIDAS", "PEC"),
    ("DAR_VISTA_OIC", "PE"),
    ("REGISTRAR_RESPUESTA_OIC", "PEO"),
    ("ACUMULAR", "PE"),
    ("MARCAR", "PETIOCD"),
    ("QUITAR_MARCA", "PET"),
    ("RECALCULAR_PLAZOS", "ET"),
];

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
    seats.chain([(By::Complainant, 'D'), (By::Service, 'S')])
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
