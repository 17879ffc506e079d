//! Records to test with.

use domain::case::{CaseState, Folio};
use domain::catalogue::{OoadCode, Risk, TermKey, UmaeCode};
use domain::routing::{Mediation, Priority, Protocol, Urgency};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::record::{Assessment, Record, Term};

/// A case with everything that the register can hold.
pub(crate) fn assessed() -> Record {
    let started = date(2026, 1, 29);
    let term = |key, due_on| Term {
        key,
        starts_on: started,
        due_on,
    };
    Record {
        folio: Folio::new(2026, 42).unwrap(),
        received_on: started,
        state: CaseState::UnderReview,
        ooad: Some("ciudad_de_mexico_norte".parse().unwrap()),
        umae: None,
        assessment: Some(Assessment {
            main: Some(Risk::AcosoSexual),
            risks: vec![Risk::AcosoSexual, Risk::Agresiones],
            protocols: vec![Protocol::Hsyas],
            mediation: Mediation::Forbidden,
            priority: Priority::Urgente,
            urgency: Urgency::Alta,
            review: true,
            model: "reglas-1".to_owned(),
        }),
        terms: vec![
            term(TermKey::ConclusionTotal, date(2026, 5, 29)),
            term(TermKey::RegistroSseccoe, date(2026, 2, 4)),
        ],
        messages: 2,
    }
}

/// A case as the first step of triage leaves it, before anything was proposed.
pub(crate) fn bare() -> Record {
    Record {
        folio: Folio::new(2026, 7).unwrap(),
        received_on: date(2026, 1, 30),
        state: CaseState::Received,
        ooad: None,
        umae: None,
        assessment: None,
        terms: Vec::new(),
        messages: 0,
    }
}

fn any_date() -> impl Strategy<Value = Date> {
    (2020..2040_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| date(year, month, day))
}

fn any_assessment() -> impl Strategy<Value = Assessment> {
    (
        subsequence(Risk::ALL, 0..=Risk::ALL.len()),
        subsequence(Protocol::ALL, 0..=Protocol::ALL.len()),
        select(Mediation::ALL),
        select(Priority::ALL),
        select(Urgency::ALL),
        any::<bool>(),
        "([=+\\-@'\t\r\n\",;|]?)\\PC{0,12}",
    )
        .prop_map(
            |(risks, protocols, mediation, priority, urgency, review, model)| Assessment {
                main: risks.first().copied(),
                risks,
                protocols,
                mediation,
                priority,
                urgency,
                review,
                model,
            },
        )
}

fn any_record(folio: Folio) -> impl Strategy<Value = Record> {
    let term =
        (select(TermKey::ALL), any_date(), any_date()).prop_map(|(key, starts_on, due_on)| Term {
            key,
            starts_on,
            due_on,
        });
    (
        any_date(),
        select(CaseState::ALL),
        prop::option::of(select(OoadCode::all().collect::<Vec<_>>())),
        prop::option::of(select(UmaeCode::all().collect::<Vec<_>>())),
        prop::option::of(any_assessment()),
        prop::collection::vec(term, 0..4),
        any::<u32>(),
    )
        .prop_map(
            move |(received_on, state, ooad, umae, assessment, terms, messages)| Record {
                folio,
                received_on,
                state,
                ooad,
                umae,
                assessment,
                terms,
                messages,
            },
        )
}

/// Some records, each with a folio of its own, as the register has them.
pub(crate) fn any_records() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::btree_set((2020..2030_i16, 0..Folio::PER_YEAR), 0..6).prop_flat_map(
        |folios| {
            folios
                .into_iter()
                .map(|(year, digits)| any_record(Folio::new(year, digits).unwrap()))
                .collect::<Vec<_>>()
        },
    )
}
