//! Slots filled from a case or a session, in one pass: what is put in is never read again.

use domain::catalogue::{OoadCode, Risk, UmaeCode};

use super::Role;
use super::slot::{Fact, Piece, SessionFact, Slot};
use crate::facts::{Denounced, Facts};
use crate::letters::visible;
use crate::session::SessionFacts;
use crate::words::{amount, date};

/// What stands where only a person can say it; the draft counts them.
pub(super) const OPEN: &str = "[Por completar: ";

/// Most code points of the story in a paper: who reads more opens the case.
const EXCERPT: usize = 4_000;

/// What a paper is filled from.
pub(super) enum Known<'a> {
    Case(&'a Facts<'a>),
    Session(&'a SessionFacts),
}

/// The words of a part.
pub(super) fn fill(pieces: &[Piece], role: Role, known: &Known<'_>) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Slot(slot) => text.push_str(&filled(slot, role, known)),
        }
    }
    text
}

fn open(what: &str) -> String {
    format!("{OPEN}{what}]")
}

fn filled(slot: &Slot, role: Role, known: &Known<'_>) -> String {
    match (slot, known) {
        (Slot::Blank(what), _) => open(what),
        (Slot::Length(key), _) => amount(key.term().amount()),
        (Slot::Norm(key), _) => key.term().source.clone(),
        (Slot::Session(fact), Known::Session(facts)) => of_session(*fact, role, facts),
        // A template that asks for these is not loaded.
        (Slot::Session(fact), Known::Case(_)) => open(fact.code()),
        (Slot::Due(key), Known::Session(_)) => open(key.code()),
        (Slot::Fact(fact), Known::Session(_)) => open(fact.asked()),
        (Slot::Due(key), Known::Case(facts)) => {
            let due = facts.calendar.due(facts.today, key.term().amount());
            due.map_or_else(|_| open("fecha límite"), date)
        }
        (Slot::Fact(fact), Known::Case(facts)) => {
            let values = values(*fact, facts);
            if values.is_empty() {
                return open(fact.asked());
            }
            join(&values, role)
        }
    }
}

/// What a session says; what it does not say is left out.
fn of_session(fact: SessionFact, role: Role, facts: &SessionFacts) -> String {
    let one = |value: String| vec![value];
    let values = match fact {
        SessionFact::Session => one(facts.session.clone()),
        SessionFact::On => one(date(facts.on)),
        SessionFact::Mode => one(facts.mode.clone()),
        SessionFact::Place => one(facts.place.clone()),
        SessionFact::CalledOn => one(date(facts.called_on)),
        SessionFact::PutOff => facts.put_off().into_iter().collect(),
        SessionFact::Agenda => facts.agenda.clone(),
        SessionFact::Present => facts.present.clone(),
        SessionFact::Seats => one(facts.seats.to_string()),
        SessionFact::Course => one(facts.course.clone()),
        SessionFact::Remarks => facts.remarks.iter().cloned().collect(),
        SessionFact::End => one(facts.end()),
        SessionFact::Presidencia => match &facts.presidencia {
            Some(name) => one(name.clone()),
            None => one(open("nombre de quien preside")),
        },
        SessionFact::Signatures => {
            let lines = facts.signatures.iter();
            let lines: Vec<String> = lines
                .map(|one| format!("{} | {}", one.name, one.post))
                .collect();
            // A line for each, as the part asks for.
            return join(&lines, Role::List);
        }
    };
    join(&values, role)
}

/// Several values on the lines or in the sentence of a part. A value of a list, of facts or of a signature
/// is one line, whatever breaks it has.
fn join(values: &[String], role: Role) -> String {
    let shown = values.iter().map(|value| visible(value));
    let one_line = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    match role {
        Role::List => shown
            .map(|value| one_line(&value))
            .collect::<Vec<_>>()
            .join("\n"),
        Role::Heading | Role::Facts | Role::Signatures => shown
            .map(|value| one_line(&value))
            .collect::<Vec<_>>()
            .join("; "),
        Role::Paragraph => shown
            .map(|value| value.to_string())
            .collect::<Vec<_>>()
            .join("; "),
    }
}

fn values(fact: Fact, facts: &Facts<'_>) -> Vec<String> {
    let one = |value: Option<String>| value.into_iter().collect();
    match fact {
        Fact::Folio => vec![facts.folio.to_string()],
        Fact::ExternalFolio => one(facts.external_folio.clone()),
        Fact::Today => vec![date(facts.today)],
        Fact::ReceivedOn => vec![date(facts.received_on)],
        Fact::RegisteredOn => one(facts.registered_on.map(date)),
        Fact::Denounced => facts.denounced.iter().filter_map(person).collect(),
        Fact::Narrative => vec![excerpt(&facts.narrative)],
        Fact::Period => one(period(facts)),
        Fact::Place => {
            let ooad = facts
                .ooad
                .map(|code: OoadCode| format!("OOAD {}", code.name()));
            let umae = facts
                .umae
                .map(|code: UmaeCode| format!("UMAE {}", code.name()));
            ooad.into_iter().chain(umae).collect()
        }
        Fact::Risk => one(facts.risk.map(|risk| risk.name().to_owned())),
        Fact::OtherRisks => names(&facts.other_risks),
        Fact::RiskSources => facts
            .risk
            .iter()
            .chain(&facts.other_risks)
            .map(|risk| risk.entry().source.clone())
            .collect(),
        Fact::Protocols => facts
            .protocols
            .iter()
            .map(|protocol| protocol_name(*protocol).to_owned())
            .collect(),
        Fact::Missing => facts
            .missing
            .iter()
            .map(|element| element.label().name.clone())
            .collect(),
        Fact::Files => vec![facts.files.to_string()],
        Fact::Presidencia => one(facts.signers.presidencia.clone()),
        Fact::SecretariaEjecutiva => one(facts.signers.secretaria_ejecutiva.clone()),
        Fact::SecretariaTecnica => one(facts.signers.secretaria_tecnica.clone()),
    }
}

fn names(risks: &[Risk]) -> Vec<String> {
    risks.iter().map(|risk| risk.name().to_owned()).collect()
}

pub(crate) const fn protocol_name(protocol: domain::routing::Protocol) -> &'static str {
    match protocol {
        domain::routing::Protocol::Hsyas => {
            "Protocolo para la prevención, atención y sanción del hostigamiento sexual y acoso sexual (DOF 03-01-2020)"
        }
        domain::routing::Protocol::Disc => {
            "Protocolo de actuación de los Comités de Ética en la atención de presuntos actos de discriminación (DOF 18-07-2017)"
        }
    }
}

fn person(person: &Denounced) -> Option<String> {
    let Denounced {
        name,
        post,
        area,
        description,
    } = person;
    let told: Vec<&str> = [name, post, area, description]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

pub(crate) fn period(facts: &Facts<'_>) -> Option<String> {
    let days = match facts.period {
        (None, None) => None,
        (Some(day), None) if facts.ongoing == Some(true) => Some(format!("desde el {}", date(day))),
        (Some(from), Some(to)) if from != to => Some(format!("del {} al {}", date(from), date(to))),
        (Some(day), _) | (None, Some(day)) => Some(date(day)),
    };
    match (days, facts.ongoing) {
        (Some(days), Some(true)) => Some(format!("{days}; continúan ocurriendo")),
        (None, Some(true)) => Some("continúan ocurriendo".to_owned()),
        (days, _) => days,
    }
}

/// The beginning of a story, cut between words.
fn excerpt(story: &str) -> String {
    let Some((end, _)) = story.char_indices().nth(EXCERPT) else {
        return story.to_owned();
    };
    let cut = story.get(..end).unwrap_or_default();
    let cut = cut.rfind(char::is_whitespace).map_or(cut, |at| {
        cut.get(..at).filter(|kept| !kept.is_empty()).unwrap_or(cut)
    });
    format!("{cut} […]")
}
