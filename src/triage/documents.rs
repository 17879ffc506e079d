//! What is sealed to a case's key, besides the complaint itself.

use std::collections::BTreeMap;

use classifier::Proposal;
use domain::case::CaseState;
use domain::catalogue::{InstanceCode, Risk, TermKey};
use domain::coded_enum;
use domain::committee::Seat;
use domain::complaint::{ReferralConsent, SecretText};
use domain::procedure::Step;
use domain::redaction::{Masks, Reader};
use domain::routing::{Mediation, Priority, Protocol, Referral, Route, Urgency};
use papers::Draft;
use sealing::EvidenceItem;
use serde::{Deserialize, Serialize};
use store::casefiles::Classification;

pub use committee::documents::place;

/// What the machine proposed for a case, with its reasons; a person decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalDocument {
    /// Which classifier said so.
    pub model: String,
    /// What was proposed. Proposals of before have none: the register shows theirs still.
    #[serde(default)]
    pub proposed: Option<Proposed>,
    /// Probability of each risk.
    pub probabilities: BTreeMap<Risk, f64>,
    /// The phrases that moved it, as ranges of code points of the narrative.
    pub evidence: Vec<EvidenceSpan>,
    /// Where else the person may go.
    pub orientation: Vec<InstanceCode>,
    /// Notices to the control body that the risks ask for.
    pub referrals: Vec<ReferralNote>,
    /// Who of the committee is to be told, and what for. Proposals of before have none.
    #[serde(default)]
    pub tell: Vec<TellNote>,
    /// Whether a person has to look before the proposal is followed at all.
    pub needs_person: bool,
    /// Rules that applied, in the order of their weight.
    pub reasons: Vec<RuleNote>,
}

/// A phrase that spoke for a risk.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EvidenceSpan {
    /// For which risk.
    pub risk: Risk,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// How much it weighed.
    pub weight: f64,
}

/// A notice to the control body that may be due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralNote {
    /// When.
    pub when: Referral,
    /// The term after which somebody has to ask what became of it.
    pub alert_term: Option<TermKey>,
}

/// What was proposed, in codes: it stays as it was, whatever a person confirms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Main risk.
    pub main: Risk,
    /// All risks, the main one first.
    pub labels: Vec<Risk>,
    /// How urgent.
    pub urgency: Urgency,
    /// How soon it is to be worked on.
    pub priority: Priority,
    /// Whether mediation is possible.
    pub mediation: Mediation,
    /// Special protocols that apply.
    pub protocols: Vec<Protocol>,
    /// Whether a person has to look before it is followed.
    pub review: bool,
}

impl From<&Classification> for Proposed {
    fn from(found: &Classification) -> Self {
        Self {
            main: found.main,
            labels: found.labels.clone(),
            urgency: found.urgency,
            priority: found.priority,
            mediation: found.mediation,
            protocols: found.protocols.clone(),
            review: found.review,
        }
    }
}

/// A seat of the committee that is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellNote {
    /// Who.
    pub seat: Seat,
    /// What for, in Spanish.
    pub what: String,
    /// Id of the rule in its data file.
    pub rule: String,
    /// The norm behind it.
    pub source: String,
}

coded_enum! {
    /// What a rule is about.
    pub enum Subject {
        /// In which order cases are attended; the text is the code of a priority.
        Priority = "priority",
        /// Whether mediation is open; the text is the code of a ruling on mediation.
        Mediation = "mediation",
        /// A special protocol; the text is its code.
        Protocol = "protocol",
        /// Something that raised the case; the text says why, in Spanish.
        Escalation = "escalation",
    }
}

/// A rule that made a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleNote {
    /// What it is about.
    pub subject: Subject,
    /// Id of the rule in its data file.
    pub rule: String,
    /// What it decided, or why.
    pub text: String,
    /// The norm behind it.
    pub source: String,
}

impl ProposalDocument {
    /// Puts together what the classifier and the routing said.
    pub fn new(proposed: &Classification, proposal: &Proposal, route: &Route) -> Self {
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
        Self {
            model: proposed.model.clone(),
            proposed: Some(Proposed::from(proposed)),
            probabilities: proposal
                .probabilities
                .iter()
                .map(|(risk, p)| (*risk, *p))
                .collect(),
            evidence: proposal
                .evidence
                .iter()
                .map(|evidence| EvidenceSpan {
                    risk: evidence.risk,
                    start: evidence.start,
                    end: evidence.end,
                    weight: evidence.weight,
                })
                .collect(),
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

/// A step of the procedure, as it is kept in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDocument {
    /// Its number in the case, from 1.
    pub number: u32,
    /// What was done, with its reasons and documents.
    pub step: Step,
    /// Account of the member who did it.
    pub by: String,
    /// In which seat.
    pub seat: Seat,
    /// The state of the case since.
    pub state: CaseState,
    /// What the person who filed reads of it, besides a notice of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<SecretText>,
    /// Its position in the mailbox, if the person is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
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
