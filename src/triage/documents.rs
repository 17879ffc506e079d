//! What is sealed to a case's key, besides the complaint itself.

use std::collections::BTreeMap;

use classifier::{Evidence, Proposal};
use domain::coded_enum;
use domain::complaint::{ReferralConsent, SecretText};
use domain::redaction::{Masks, Reader};
use domain::routing::Route;
use papers::Draft;
use sealing::EvidenceItem;
use serde::{Deserialize, Serialize};

pub use committee::documents::{StepDocument, place};
pub use committee::proposal::{
    EvidenceSpan, ProposalDocument, Proposed, ReferralNote, RuleNote, Subject, TellNote,
};

/// Puts together what the classifier and the routing said; `hidden` is whether the committee is to classify
/// the case before it sees this.
pub fn proposal(
    proposed: Proposed,
    model: &str,
    hidden: bool,
    proposal: &Proposal,
    route: &Route,
) -> ProposalDocument {
    let note = |subject, text: &str, rule: &str, source: &str| RuleNote {
        subject,
        rule: rule.to_owned(),
        text: text.to_owned(),
        source: source.to_owned(),
    };
    let Route {
        priority,
        mediation,
        ..
    } = route;
    let mut reasons = vec![
        note(
            Subject::Priority,
            priority.value.code(),
            priority.rule,
            priority.source,
        ),
        note(
            Subject::Mediation,
            mediation.value.code(),
            mediation.rule,
            mediation.source,
        ),
    ];
    reasons.extend(route.protocols.iter().map(|protocol| {
        note(
            Subject::Protocol,
            protocol.value.code(),
            protocol.rule,
            protocol.source,
        )
    }));
    reasons.extend(
        route
            .reasons
            .iter()
            .map(|reason| note(Subject::Escalation, reason.text, reason.rule, reason.source)),
    );
    let spans = |found: &[Evidence]| {
        let spans = found.iter().map(|span| EvidenceSpan {
            risk: span.risk,
            start: span.start,
            end: span.end,
            weight: span.weight,
        });
        spans.collect()
    };
    ProposalDocument {
        model: model.to_owned(),
        hidden,
        proposed: Some(proposed),
        probabilities: proposal
            .probabilities
            .iter()
            .map(|(risk, p)| (*risk, *p))
            .collect(),
        evidence: spans(&proposal.evidence),
        counter_evidence: spans(&proposal.counter_evidence),
        orientation: route
            .orientation
            .iter()
            .map(|decided| decided.value)
            .collect(),
        referrals: route
            .referrals
            .iter()
            .map(|decided| ReferralNote {
                when: decided.value.when,
                alert_term: decided.value.alert_term,
            })
            .collect(),
        tell: route
            .tell
            .iter()
            .map(|decided| TellNote {
                seat: decided.value.seat,
                what: decided.value.what.to_owned(),
                rule: decided.rule.to_owned(),
                source: decided.source.to_owned(),
            })
            .collect(),
        needs_person: route.needs_person,
        reasons,
    }
}

/// A further message of the complainant, as it is kept in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDocument {
    /// The text, unless it only brings something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<SecretText>,
    /// Whether the case may be handed over to the control body, when that is said here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral_consent: Option<ReferralConsent>,
    /// Whether it answers what the committee asked for.
    #[serde(default)]
    pub answers_request: bool,
    /// Its position in the mailbox, which orders what was written on one day. Messages of before it
    /// was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
}

coded_enum! {
    /// What the committee writes to the person who filed.
    pub enum ReplyKind {
        /// Anything.
        Message = "message",
        /// The one request for what is missing (prevención).
        Request = "request",
    }
}

/// What the committee wrote to the person who filed, as it is kept in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyDocument {
    /// What it is.
    pub kind: ReplyKind,
    /// The text.
    pub text: SecretText,
    /// Account of the member who wrote it.
    pub by: String,
    /// Its position in the mailbox.
    pub position: u32,
}

coded_enum! {
    /// Whether a file came as its letter says.
    pub enum Wholeness {
        /// To the byte.
        Whole = "whole",
        /// A part of it was not there any more.
        Incomplete = "incomplete",
        /// A part of it was altered, or the whole is another file.
        Damaged = "damaged",
    }
}

/// The files that came with a complaint or a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceDocument {
    /// As the letter names them.
    pub files: Vec<EvidenceFile>,
}

/// A file of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFile {
    /// What finds, opens and checks it.
    pub item: EvidenceItem,
    /// How it came.
    pub wholeness: Wholeness,
}

/// A paper of the procedure, as a member kept it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperDocument {
    /// Its words.
    pub draft: Draft,
    /// Account of the member who kept it.
    pub by: String,
}

/// What one party may not read of the case, whole: a later one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MasksDocument {
    /// For whom.
    pub reader: Reader,
    /// For which of them, in the order of the complaint, from 1.
    #[serde(default = "first")]
    pub number: u16,
    /// Higher than that of the one it takes the place of.
    pub revision: u32,
    /// By field.
    pub fields: BTreeMap<String, FieldMasks>,
    /// Account of the member who decided it.
    pub by: String,
}

const fn first() -> u16 {
    1
}

/// What a member decided on one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldMasks {
    /// Masked, besides what is by default.
    pub added: Masks,
    /// Not masked, though it is by default.
    pub lifted: Masks,
    /// Whether a text that is kept back whole by default is shown.
    pub shown: bool,
}
