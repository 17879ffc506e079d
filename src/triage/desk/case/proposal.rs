//! A proposal with its reasons, in words.

use domain::catalogue::{Contact, InstanceCode, Risk};
use domain::routing::Mediation;
use service::language::Texts;
use service::wording;
use store::casefiles::Classification;

use crate::desk::labels::{self, Labelled as _, rule};
use crate::desk::unseen::visible;
use crate::documents::{EvidenceSpan, ProposalDocument, Proposed};

/// Probabilities below this are not shown: they would be rounded to nothing.
const SHOWN: f64 = 0.005;

/// What the machine proposes, in words.
pub(super) struct Proposal<'a> {
    pub(super) risk: String,
    pub(super) others: Vec<String>,
    pub(super) urgency: String,
    pub(super) priority: (String, &'static str),
    pub(super) mediation: (String, bool),
    pub(super) protocols: Vec<String>,
    pub(super) review: bool,
    /// What a person confirmed instead.
    pub(super) confirmed: Option<String>,
    pub(super) model: &'a str,
    pub(super) reasons: Vec<Reason<'a>>,
    pub(super) probabilities: Vec<Probability>,
    pub(super) phrases: Vec<Phrases>,
    pub(super) orientation: Vec<Guide>,
    pub(super) referrals: Vec<String>,
}

pub(super) struct Reason<'a> {
    pub(super) subject: String,
    /// What was decided, and why, as the desk says it today.
    pub(super) text: String,
    /// Which rule decided.
    pub(super) rule: &'a str,
    /// What the rule said when it decided, where that is something else; in Spanish.
    pub(super) then: Option<&'a str>,
    pub(super) source: &'a str,
}

pub(super) struct Probability {
    pub(super) risk: String,
    pub(super) percent: String,
}

/// What was found for a risk, strongest first.
pub(super) struct Phrases {
    pub(super) risk: String,
    pub(super) phrases: Vec<String>,
}

pub(in crate::desk) struct Guide {
    pub(in crate::desk) name: &'static str,
    pub(in crate::desk) when: String,
    pub(in crate::desk) limit: Option<String>,
    pub(in crate::desk) contacts: Vec<(&'static Contact, String)>,
}

impl<'a> Proposal<'a> {
    /// From the register, the sealed proposal and the narrative that it speaks of. The register may show
    /// what a person confirmed since; that stands beside the proposal.
    pub(super) fn new(
        texts: &Texts,
        found: &Classification,
        document: &'a ProposalDocument,
        narrative: &str,
    ) -> Self {
        let register = found;
        let kept = document.proposed.clone();
        let found = &kept.unwrap_or_else(|| register.into());
        let mut probabilities: Vec<(Risk, f64)> = document
            .probabilities
            .iter()
            .map(|(risk, p)| (*risk, *p))
            .collect();
        probabilities.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        Self {
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
            review: register.review,
            confirmed: confirmed(texts, register, found),
            model: &document.model,
            reasons: document
                .reasons
                .iter()
                .map(|reason| {
                    let why = rule(texts, &reason.rule);
                    // What raises a case says nothing but why.
                    let decided = reason.subject.in_words(texts, &reason.text);
                    let said = decided.is_none().then_some(reason.text.as_str());
                    Reason {
                        subject: reason.subject.label(texts),
                        rule: &reason.rule,
                        then: said.filter(|said| *said != why),
                        text: decided.map_or_else(|| why.clone(), |text| format!("{text}. {why}")),
                        source: &reason.source,
                    }
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
}

/// The risks that the register shows, if they are others than were proposed.
fn confirmed(texts: &Texts, register: &Classification, found: &Proposed) -> Option<String> {
    if (register.main, &register.labels) == (found.main, &found.labels) {
        return None;
    }
    let risks = register.labels.iter().map(|risk| risk.label(texts));
    Some(risks.collect::<Vec<_>>().join("; "))
}

fn phrases(
    texts: &Texts,
    found: &Proposed,
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
                if !phrase.trim().is_empty()
                    && !phrases.iter().any(|shown| *shown == visible(&phrase))
                {
                    phrases.push(visible(&phrase).into_owned());
                }
            }
            (!phrases.is_empty()).then(|| Phrases {
                risk: risk.label(texts),
                phrases,
            })
        })
        .collect()
}

/// An instance, in words.
pub(in crate::desk) fn guide(texts: &Texts, code: InstanceCode) -> Guide {
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
