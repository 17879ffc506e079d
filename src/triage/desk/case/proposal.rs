//! A proposal with its reasons, in words.

use std::collections::BTreeSet;

use domain::catalogue::{Contact, InstanceCode, Risk};
use domain::procedure::Course;
use domain::routing::Mediation;
use service::language::Texts;
use service::wording;
use store::casefiles::Classification;

use crate::desk::labels::{self, Labelled as _, rule};
use crate::desk::unseen::visible;
use crate::documents::{EvidenceSpan, ProposalDocument, Proposed};

/// Probabilities below this are not shown: they would be rounded to nothing.
const SHOWN: f64 = 0.005;

/// What is shown of what the machine proposes.
pub(super) enum Shown<'a> {
    /// All of it.
    Whole(Box<Proposal<'a>>),
    /// What protects people alone: the committee is to classify the case first.
    Withheld(Withheld<'a>),
}

/// What is shown of a proposal before the committee has classified the case, in words.
pub(super) struct Withheld<'a> {
    pub(super) urgency: String,
    pub(super) priority: (String, &'static str),
    pub(super) review: bool,
    pub(super) model: &'a str,
    pub(super) reasons: Vec<Reason<'a>>,
    pub(super) orientation: Vec<Guide>,
}

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
    /// How urgent a person says it is instead.
    pub(super) confirmed_urgency: Option<String>,
    /// Whether a person confirmed what was proposed.
    pub(super) agreed: bool,
    /// Whether it was hidden until the committee had classified the case.
    pub(super) hidden: bool,
    pub(super) model: &'a str,
    pub(super) reasons: Vec<Reason<'a>>,
    pub(super) probabilities: Vec<Probability>,
    pub(super) phrases: Vec<Phrases>,
    /// What spoke against the main risk, strongest first.
    pub(super) against: Vec<String>,
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

impl<'a> Shown<'a> {
    /// From the register, the sealed proposal and the narrative that it speaks of. The register may show
    /// what a person confirmed since, as the course has it; that stands beside the proposal.
    pub(super) fn new(
        texts: &Texts,
        register: &Classification,
        document: &'a ProposalDocument,
        narrative: &str,
        course: &Course,
    ) -> Self {
        let kept = document.proposed.clone();
        let found = match kept {
            None if document.hidden => None,
            kept => kept.or_else(|| Proposed::shown(register)),
        };
        match found {
            Some(found) => Self::Whole(Box::new(Proposal::new(
                texts,
                (register, &found),
                document,
                narrative,
                course.classification().is_some(),
            ))),
            None => Self::Withheld(Withheld {
                urgency: register.urgency.label(texts),
                priority: (register.priority.label(texts), register.priority.code()),
                review: register.review,
                model: &document.model,
                reasons: reasons(texts, document),
                orientation: orientation(texts, document),
            }),
        }
    }

    /// The proposal, if all of it is shown.
    pub(super) fn whole(&self) -> Option<&Proposal<'a>> {
        match self {
            Self::Whole(proposal) => Some(proposal),
            Self::Withheld(_) => None,
        }
    }

    /// What is shown of a proposal that is hidden.
    pub(super) fn withheld(&self) -> Option<&Withheld<'a>> {
        match self {
            Self::Whole(_) => None,
            Self::Withheld(withheld) => Some(withheld),
        }
    }
}

impl<'a> Proposal<'a> {
    fn new(
        texts: &Texts,
        (register, found): (&Classification, &Proposed),
        document: &'a ProposalDocument,
        narrative: &str,
        is_confirmed: bool,
    ) -> Self {
        let confirmed = confirmed(texts, register, found);
        let confirmed_urgency =
            (register.urgency != found.urgency).then(|| register.urgency.label(texts));
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
            agreed: is_confirmed && confirmed.is_none() && confirmed_urgency.is_none(),
            confirmed,
            confirmed_urgency,
            hidden: document.hidden,
            model: &document.model,
            reasons: reasons(texts, document),
            probabilities: probabilities
                .into_iter()
                .filter(|(_, p)| *p >= SHOWN)
                .map(|(risk, p)| Probability {
                    risk: risk.label(texts),
                    percent: format!("{:.0} %", p * 100.0),
                })
                .collect(),
            phrases: phrases(texts, found, &document.evidence, narrative),
            against: quoted(narrative, document.counter_evidence.iter()),
            orientation: orientation(texts, document),
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

/// Which rules decided, and why.
fn reasons<'a>(texts: &Texts, document: &'a ProposalDocument) -> Vec<Reason<'a>> {
    let reasons = document.reasons.iter().map(|reason| {
        let why = rule(texts, &reason.rule);
        // What raises a case says nothing but why.
        let decided = labels::decided(texts, reason.subject, &reason.text);
        let said = decided.is_none().then_some(reason.text.as_str());
        Reason {
            subject: reason.subject.label(texts),
            rule: &reason.rule,
            then: said.filter(|said| *said != why),
            text: decided.map_or_else(|| why.clone(), |text| format!("{text}. {why}")),
            source: &reason.source,
        }
    });
    reasons.collect()
}

/// Where else the person may go.
fn orientation(texts: &Texts, document: &ProposalDocument) -> Vec<Guide> {
    let codes = document.orientation.iter();
    codes.map(|code| guide(texts, *code)).collect()
}

/// The risks that the register shows, if they are others than were proposed; in which order the further
/// ones were written says nothing.
fn confirmed(texts: &Texts, register: &Classification, found: &Proposed) -> Option<String> {
    let shown = register.finding.as_ref()?;
    let set = |risks: &[Risk]| risks.iter().copied().collect::<BTreeSet<Risk>>();
    if (shown.main, set(&shown.labels)) == (found.main, set(&found.labels)) {
        return None;
    }
    let risks = shown.labels.iter().map(|risk| risk.label(texts));
    Some(risks.collect::<Vec<_>>().join("; "))
}

/// The phrases of these spans, each once, as they may be shown.
fn quoted<'e>(narrative: &str, spans: impl Iterator<Item = &'e EvidenceSpan>) -> Vec<String> {
    let mut phrases: Vec<String> = Vec::new();
    for span in spans {
        let length = span.end.saturating_sub(span.start);
        let phrase: String = narrative.chars().skip(span.start).take(length).collect();
        if !phrase.trim().is_empty() && !phrases.iter().any(|shown| *shown == visible(&phrase)) {
            phrases.push(visible(&phrase).into_owned());
        }
    }
    phrases
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
            let phrases = quoted(narrative, spans.into_iter());
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
