//! Whole cases, move by move.

mod clocks;
mod closing;
mod diagram;
mod lifted;
mod mediation;
mod review;
mod samples;
mod side;
mod table;
mod vectors;
mod walks;
mod written;

use jiff::civil::{Date, date};
use serde_json::json;

use super::*;
use crate::case::CaseState;
use crate::catalogue::TermKey;

fn step(act: serde_json::Value, papers: &[PaperKind]) -> Step {
    Step {
        act: serde_json::from_value(act).unwrap(),
        papers: papers
            .iter()
            .map(|kind| Paper {
                kind: *kind,
                reference: None,
            })
            .collect(),
    }
}

fn agreement(held_on: Date) -> serde_json::Value {
    json!({ "kind": "ORDINARIA", "number": 3, "held_on": held_on,
        "votes": { "favour": 5, "against": 1, "abstained": 0, "casting": false } })
}

#[test]
fn a_case_goes_from_the_review_to_its_end() {
    let calendar = Calendar::default();
    let rules = Rules {
        calendar: &calendar,
    };
    let received = date(2026, 8, 31);
    let first = Clock::start(TermKey::RegistroSseccoe, About::Case, received, &calendar);
    let mut course = Course::begin(received, vec![first.unwrap()]);
    let mut play = |day: Date, seat: Seat, act: serde_json::Value, papers: &[PaperKind]| {
        let next = course
            .apply(&step(act, papers), By::Member(seat), day, &rules)
            .unwrap();
        course = next.course;
        (course.clone(), next.started)
    };
    let ejec = Seat::SecretariaEjecutiva;
    let tecn = Seat::SecretariaTecnica;
    let (now, started) = play(
        received,
        ejec,
        json!({ "move": "REGISTRAR", "folio": "SSECCOE-1", "captured_on": received }),
        &[],
    );
    assert_eq!(now.state(), CaseState::Registered);
    assert_eq!(started[0].due_on(), date(2026, 12, 31));
    let day = date(2026, 9, 1);
    play(
        day,
        ejec,
        json!({ "move": "PROPONER_ACUERDO", "proposal": "ADMITIR", "reason": "Cumple" }),
        &[],
    );
    let day = date(2026, 9, 7);
    play(
        day,
        tecn,
        json!({ "move": "ADMITIR", "agreement": agreement(day) }),
        &[],
    );
    play(
        day,
        tecn,
        json!({ "move": "NOTIFICAR_ACUERDO", "decision": 1, "notified_on": day }),
        &[],
    );
    play(
        day,
        ejec,
        json!({ "move": "INDAGAR", "requested": "Registros de asistencia" }),
        &[],
    );
    let day = date(2026, 9, 14);
    play(
        day,
        tecn,
        json!({ "move": "CORRER_TRASLADO", "notified_on": day }),
        &[],
    );
    let day = date(2026, 9, 18);
    play(
        day,
        tecn,
        json!({ "move": "RECIBIR_DESCARGO", "received_on": day }),
        &[PaperKind::Answer],
    );
    let day = date(2026, 9, 25);
    play(
        day,
        ejec,
        json!({ "move": "ELABORAR_PROYECTO", "interviews_closed_on": day }),
        &[],
    );
    let day = date(2026, 10, 2);
    play(
        day,
        Seat::Presidencia,
        json!({ "move": "PRESENTAR_PROYECTO", "sense": "SIN_VULNERACION" }),
        &[PaperKind::Draft],
    );
    let day = date(2026, 10, 9);
    play(
        day,
        tecn,
        json!({ "move": "DETERMINAR", "sense": "SIN_VULNERACION", "grounds": "No hay elementos",
            "recommendations": [], "agreement": agreement(day) }),
        &[PaperKind::Determination],
    );
    play(
        day,
        tecn,
        json!({ "move": "NOTIFICAR_DETERMINACION", "notified_on": day }),
        &[],
    );
    let (now, _) = play(day, ejec, json!({ "move": "CONCLUIR" }), &[]);
    assert_eq!(now.state(), CaseState::Concluded);
    assert_eq!(now.running().count(), 0);
    assert!(now.over().all(|clock| {
        let how = clock.stopped().map(|stop| stop.how);
        how == Some(Ending::Kept)
    }));
}
