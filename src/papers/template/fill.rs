//! Slots filled from a case, in one pass: what is put in is never read again.

use domain::catalogue::{OoadCode, Risk, UmaeCode};

use super::Role;
use super::slot::{Fact, Piece, Slot};
use crate::facts::{Denounced, Facts};
use crate::letters::visible;
use crate::words::{amount, date};

/// What stands where only a person can say it; the draft counts them.
pub(super) const OPEN: &str = "[Por completar: ";

/// Most code points of the story in a paper: who reads more opens the case.
const EXCERPT: usize = 4_000;

/// The words of a part.
pub(super) fn fill(pieces: &[Piece], role: Role, facts: &Facts<'_>) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Slot(slot) => text.push_str(&filled(slot, role, facts)),
        }
    }
    text
}

fn open(what: &str) -> String {
    format!("{OPEN}{what}]")
}

fn filled(slot: &Slot, role: Role, facts: &Facts<'_>) -> String {
    match slot {
        Slot::Blank(what) => open(what),
        Slot::Length(key) => amount(key.term().amount()),
        Slot::Norm(key) => key.term().source.clone(),
        Slot::Due(key) => {
            let due = facts.calendar.due(facts.today, key.term().amount());
            due.map_or_else(|_| open("fecha límite"), date)
        }
        Slot::Fact(fact) => {
            let values = values(*fact, facts);
            if values.is_empty() {
                return open(fact.asked());
            }
            join(&values, role)
        }
    }
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
