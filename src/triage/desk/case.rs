//! `GET /casos/{folio}`: one case, opened, with the reasons of what is proposed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::case::Folio;
use domain::catalogue::{CentreKind, Confidence, Contact, InstanceCode, OoadCode, Risk, UmaeCode};
use domain::complaint::{
    Complaint, DenouncedPerson, Facts, Identity, LongText, ShortText, Witness,
};
use domain::routing::Mediation;
use jiff::civil::Date;
use service::language::Texts;
use service::problem::Problem;
use service::wording;
use store::casefiles::{Classification, RegisterEntry};

use super::dossier::{Dossier, DossierError};
use super::gate::Member;
use super::highlight::{Segment, segments};
use super::labels::{self, Labelled as _};
use super::pages::{self, Frame};
use super::signal::Signal;
use super::{Desk, fallback};
use crate::documents::{EvidenceSpan, ProposalDocument};

/// Probabilities below this are not shown: they would be rounded to nothing.
const SHOWN: f64 = 0.005;

/// Why a case is not shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum CaseError {
    /// No such case, or not a folio at all: nobody is told which.
    #[error("there is no such case")]
    Unknown,
    /// See there.
    #[error(transparent)]
    Dossier(#[from] DossierError),
}

impl CaseError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Unknown => fallback::no_such_case(texts),
            Self::Dossier(error @ DossierError::Store(_)) => {
                tracing::error!(cause = %error, "a case cannot be read");
                fallback::unavailable(texts)
            }
            Self::Dossier(
                error @ (DossierError::Open(_)
                | DossierError::Complaint(_)
                | DossierError::Incomplete),
            ) => {
                tracing::error!(cause = %error, "a case does not open");
                Problem::new(texts, StatusCode::INTERNAL_SERVER_ERROR, "case-closed")
            }
        }
    }
}

/// The case of a folio as it stands in an address.
pub(super) async fn find(desk: &Desk, member: &Member, folio: &str) -> Result<Dossier, CaseError> {
    let folio: Folio = folio.parse().map_err(|_| CaseError::Unknown)?;
    Dossier::open(&*desk.cases, &member.keyring, folio)
        .await?
        .ok_or(CaseError::Unknown)
}

#[derive(Template)]
#[template(path = "case.html")]
struct Page<'a> {
    frame: Frame<'a>,
    folio: String,
    danger: bool,
    retaliation: bool,
    keep_from: Vec<&'a str>,
    register: Vec<Fact>,
    terms: Vec<Term>,
    narrative: Vec<Segment<'a>>,
    suspected: Option<String>,
    proposal: Option<Proposal<'a>>,
    people: Vec<Vec<Fact>>,
    facts: Vec<Fact>,
    witnesses: Vec<Vec<Fact>>,
    wishes: Vec<Fact>,
    reporter: Vec<Fact>,
    messages: Vec<Message<'a>>,
}

/// Something with a name.
struct Fact {
    name: String,
    value: String,
}

struct Term {
    what: String,
    starts: String,
    due: String,
    length: String,
    signal: Signal,
    signal_label: String,
    source: &'static str,
    confidence: Confidence,
    confidence_label: String,
    advisory: bool,
}

struct Proposal<'a> {
    risk: String,
    others: Vec<String>,
    urgency: String,
    priority: (String, &'static str),
    mediation: (String, bool),
    protocols: Vec<String>,
    review: bool,
    model: &'a str,
    reasons: Vec<Reason<'a>>,
    probabilities: Vec<Probability>,
    phrases: Vec<Phrases>,
    orientation: Vec<Guide>,
    referrals: Vec<String>,
}

struct Reason<'a> {
    subject: String,
    text: String,
    rule: &'a str,
    source: &'a str,
}

struct Probability {
    risk: String,
    percent: String,
}

/// What was found for a risk, strongest first.
struct Phrases {
    risk: String,
    phrases: Vec<String>,
}

struct Guide {
    name: &'static str,
    when: String,
    limit: Option<String>,
    contacts: Vec<(&'static Contact, String)>,
}

struct Message<'a> {
    day: String,
    text: &'a str,
}

/// The page.
pub(super) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    folio: Path<String>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match find(&desk, &member, &folio).await {
        Ok(dossier) => {
            let page = page(&desk, Frame::of(texts, &member), &dossier);
            pages::page(texts, StatusCode::OK, &page)
        }
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

fn page<'a>(desk: &Desk, frame: Frame<'a>, dossier: &'a Dossier) -> Page<'a> {
    let texts = frame.t;
    let Dossier {
        entry,
        complaint,
        messages,
        proposal,
    } = dossier;
    let narrative = complaint.narrative.expose();
    let evidence = proposal
        .as_ref()
        .map_or(&[][..], |proposal| &proposal.evidence);
    Page {
        frame,
        folio: entry.folio.to_string(),
        danger: complaint.immediate_danger == Some(true),
        retaliation: complaint.retaliation == Some(true),
        keep_from: complaint.keep_from.iter().map(ShortText::expose).collect(),
        register: register(texts, entry),
        terms: terms(desk, texts, entry),
        narrative: segments(narrative, evidence),
        suspected: complaint.suspected_risk.map(|risk| risk.label(texts)),
        proposal: entry
            .classification
            .as_ref()
            .zip(proposal.as_ref())
            .map(|(found, document)| proposed(texts, found, document, narrative)),
        people: complaint
            .people
            .iter()
            .map(|person| person_facts(texts, person))
            .collect(),
        facts: circumstances(texts, &complaint.facts),
        witnesses: complaint
            .witnesses
            .iter()
            .map(|witness| witness_facts(texts, witness))
            .collect(),
        wishes: wishes(texts, complaint),
        reporter: reporter(texts, complaint),
        messages: messages
            .iter()
            .map(|message| Message {
                day: wording::date(texts, message.written_on),
                text: message.text.expose(),
            })
            .collect(),
    }
}

/// Gathers what was told, leaving out what was not.
struct Told<'a> {
    texts: &'a Texts,
    facts: Vec<Fact>,
}

impl Told<'_> {
    fn add(&mut self, name: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            let name = self.texts.get(&format!("desk-fact-{name}"));
            self.facts.push(Fact {
                name,
                value: value.into(),
            });
        }
    }
}

fn told(texts: &Texts) -> Told<'_> {
    Told {
        texts,
        facts: Vec::new(),
    }
}

fn words(text: Option<&ShortText>) -> Option<&str> {
    text.map(ShortText::expose)
}

fn register(texts: &Texts, entry: &RegisterEntry) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("received", Some(wording::date(texts, entry.received_on)));
    told.add("state", Some(entry.state.label(texts)));
    told.add("ooad", entry.ooad.map(OoadCode::name));
    told.add("umae", entry.umae.map(UmaeCode::name));
    told.add("messages", Some(entry.messages.to_string()));
    told.facts
}

fn terms(desk: &Desk, texts: &Texts, entry: &RegisterEntry) -> Vec<Term> {
    let today: Date = desk.today();
    entry
        .terms
        .iter()
        .map(|running| {
            let term = running.deadline.key.term();
            let signal = Signal::of(&desk.calendar, today, running.deadline.due_on);
            Term {
                what: texts.get(&format!("term-{}", running.deadline.key.code())),
                starts: wording::date(texts, running.starts_on),
                due: wording::date(texts, running.deadline.due_on),
                length: labels::amount(texts, term.amount()),
                signal,
                signal_label: signal.label(texts),
                source: &term.source,
                confidence: term.confidence,
                confidence_label: term.confidence.label(texts),
                advisory: term.advisory,
            }
        })
        .collect()
}

fn proposed<'a>(
    texts: &Texts,
    found: &Classification,
    document: &'a ProposalDocument,
    narrative: &str,
) -> Proposal<'a> {
    let mut probabilities: Vec<(Risk, f64)> = document
        .probabilities
        .iter()
        .map(|(risk, p)| (*risk, *p))
        .collect();
    probabilities.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    Proposal {
        risk: found.main.label(texts),
        others: found
            .labels
            .iter()
            .filter(|risk| **risk != found.main)
            .map(|risk| risk.label(texts))
            .collect(),
        urgency: found.urgency.label(texts),
        priority: (found.priority.label(texts), found.priority.code()),
        mediation: (
            found.mediation.label(texts),
            matches!(
                found.mediation,
                Mediation::Forbidden | Mediation::BlockedByDefault
            ),
        ),
        protocols: found
            .protocols
            .iter()
            .map(|protocol| protocol.label(texts))
            .collect(),
        review: found.review,
        model: &document.model,
        reasons: document
            .reasons
            .iter()
            .map(|reason| Reason {
                subject: reason.subject.label(texts),
                text: reason.subject.in_words(texts, &reason.text),
                rule: &reason.rule,
                source: &reason.source,
            })
            .collect(),
        probabilities: probabilities
            .into_iter()
            .filter(|(_, p)| *p >= SHOWN)
            .map(|(risk, p)| Probability {
                risk: risk.label(texts),
                percent: format!("{:.0} %", p * 100.0),
            })
            .collect(),
        phrases: phrases(texts, found, &document.evidence, narrative),
        orientation: document
            .orientation
            .iter()
            .map(|code| guide(texts, *code))
            .collect(),
        referrals: document
            .referrals
            .iter()
            .map(|referral| {
                let when = referral.when.label(texts);
                match referral.alert_term {
                    Some(term) => texts.fill(
                        "desk-referral-alert",
                        &[
                            ("when", &when),
                            ("term", &labels::amount(texts, term.term().amount())),
                        ],
                    ),
                    None => when,
                }
            })
            .collect(),
    }
}

fn phrases(
    texts: &Texts,
    found: &Classification,
    evidence: &[EvidenceSpan],
    narrative: &str,
) -> Vec<Phrases> {
    let mut risks = found.labels.clone();
    for span in evidence {
        if !risks.contains(&span.risk) {
            risks.push(span.risk);
        }
    }
    risks
        .into_iter()
        .filter_map(|risk| {
            let mut spans: Vec<&EvidenceSpan> =
                evidence.iter().filter(|span| span.risk == risk).collect();
            spans.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            let mut phrases: Vec<String> = Vec::new();
            for span in spans {
                let length = span.end.saturating_sub(span.start);
                let phrase: String = narrative.chars().skip(span.start).take(length).collect();
                if !phrase.trim().is_empty() && !phrases.contains(&phrase) {
                    phrases.push(phrase);
                }
            }
            (!phrases.is_empty()).then(|| Phrases {
                risk: risk.label(texts),
                phrases,
            })
        })
        .collect()
}

fn guide(texts: &Texts, code: InstanceCode) -> Guide {
    let instance = code.entry();
    let text = |part: &str| texts.get(&format!("instance-{}-{part}", code.code()));
    Guide {
        name: &instance.name,
        when: text("when"),
        limit: instance.limit.is_some().then(|| text("limit")),
        contacts: instance
            .contacts()
            .filter_map(|contact| {
                let day = wording::date(texts, contact.verified_on?);
                Some((contact, texts.with("desk-verified", "date", day)))
            })
            .collect(),
    }
}

fn person_facts(texts: &Texts, person: &DenouncedPerson) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("name", words(person.name.as_ref()));
    told.add("position", words(person.position.as_ref()));
    told.add("area", words(person.area.as_ref()));
    told.add("rank", person.rank.map(|rank| rank.label(texts)));
    told.add(
        "description",
        person.description.as_ref().map(LongText::expose),
    );
    told.facts
}

fn circumstances(texts: &Texts, facts: &Facts) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("from", facts.from.map(|day| wording::date(texts, day)));
    told.add("to", facts.to.map(|day| wording::date(texts, day)));
    told.add(
        "ongoing",
        facts.ongoing.map(|ongoing| labels::yes_no(texts, ongoing)),
    );
    told.add(
        "frequency",
        facts.frequency.map(|frequency| frequency.label(texts)),
    );
    told.add("place-kind", facts.place_kind.map(|kind| kind.label(texts)));
    told.add("place-detail", words(facts.place_detail.as_ref()));
    told.facts
}

fn witness_facts(texts: &Texts, witness: &Witness) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("name", words(witness.name.as_ref()));
    told.add("contact", words(witness.contact.as_ref()));
    told.facts
}

fn wishes(texts: &Texts, complaint: &Complaint) -> Vec<Fact> {
    let list = |labels: Vec<String>| (!labels.is_empty()).then(|| labels.join("; "));
    let yes_no = |answer: Option<bool>| answer.map(|answer| labels::yes_no(texts, answer));
    let mut told = told(texts);
    told.add("danger", yes_no(complaint.immediate_danger));
    told.add("retaliation", yes_no(complaint.retaliation));
    told.add("protection", yes_no(complaint.protection_wanted));
    told.add(
        "support",
        list(
            complaint
                .support_wanted
                .iter()
                .map(|support| support.label(texts))
                .collect(),
        ),
    );
    told.add(
        "consent",
        complaint
            .referral_consent
            .map(|consent| consent.label(texts)),
    );
    told.add(
        "filed-with",
        list(
            complaint
                .already_filed_with
                .iter()
                .map(|filing| filing.label(texts))
                .collect(),
        ),
    );
    told.facts
}

fn reporter(texts: &Texts, complaint: &Complaint) -> Vec<Fact> {
    let reporter = &complaint.reporter;
    let mut told = told(texts);
    match &complaint.identity {
        None => told.add("identity", Some(texts.get("desk-anonymous"))),
        Some(Identity { name, contact }) => {
            told.add("name", words(name.as_ref()));
            told.add("contact", words(contact.as_ref()));
        }
    }
    told.add("role", reporter.role.map(|role| role.label(texts)));
    told.add("bond", reporter.bond.map(|bond| bond.label(texts)));
    told.add("sex", reporter.sex.map(|sex| sex.label(texts)));
    told.add(
        "age-group",
        reporter.age_group.map(|group| group.label(texts)),
    );
    told.add(
        "workplace-kind",
        complaint.workplace.kind.map(CentreKind::name),
    );
    told.add("workplace-place", words(complaint.workplace.place.as_ref()));
    told.facts
}
