//! What the machine proposed for a case, and what of it is shown before the committee has classified it.

use std::collections::BTreeMap;

use domain::catalogue::{self, InstanceCode, Risk, TermKey};
use domain::coded_enum;
use domain::committee::Seat;
use domain::routing::{
    Condition, Mediation, Occasion, Priority, Protocol, Referral, Urgency, priority_before_risk,
};
use serde::{Deserialize, Serialize};
use store::casefiles::{Classification, Finding};

/// What the machine proposed for a case, with its reasons; a person decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalDocument {
    /// Which classifier said so.
    pub model: String,
    /// Whether the committee is to classify the case before it sees this, as was drawn when it was made.
    /// Proposals of before were all shown.
    #[serde(default)]
    pub hidden: bool,
    /// What was proposed. Proposals of before have none: the register shows theirs still.
    #[serde(default)]
    pub proposed: Option<Proposed>,
    /// Probability of each risk.
    pub probabilities: BTreeMap<Risk, f64>,
    /// The phrases that moved it, as ranges of code points of the narrative.
    pub evidence: Vec<EvidenceSpan>,
    /// The phrases that spoke against the main risk, in the same way. Proposals of before have none.
    #[serde(default)]
    pub counter_evidence: Vec<EvidenceSpan>,
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

/// A phrase that spoke for a risk, or against it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EvidenceSpan {
    /// Which risk.
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

impl Proposed {
    /// What the register shows; `None` while it does not show the risks.
    pub fn shown(register: &Classification) -> Option<Self> {
        let finding = register.finding.as_ref()?;
        Some(Self {
            main: finding.main,
            labels: finding.labels.clone(),
            urgency: register.urgency,
            priority: register.priority,
            mediation: register.mediation,
            protocols: finding.protocols.clone(),
            review: register.review,
        })
    }

    /// What the register shows of it, while nothing is hidden.
    pub fn registered(&self, model: &str) -> Classification {
        Classification {
            finding: Some(Finding {
                main: self.main,
                labels: self.labels.clone(),
                protocols: self.protocols.clone(),
            }),
            urgency: self.urgency,
            review: self.review,
            priority: self.priority,
            mediation: self.mediation,
            model: model.to_owned(),
        }
    }

    /// What the register shows of it while it is hidden: how urgent it is, and nothing that hangs on the
    /// risks. The priority is what danger and urgency ask for, whatever the risk is; a person is asked for in
    /// each such case; mediation is closed until one has looked.
    pub fn registered_hidden(&self, model: &str, immediate_danger: bool) -> Classification {
        Classification {
            finding: None,
            urgency: self.urgency,
            review: true,
            priority: priority_before_risk(self.urgency, immediate_danger),
            mediation: Mediation::BlockedByDefault,
            model: model.to_owned(),
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
    /// What may be seen of it while the committee has not classified the case: why it is urgent, that a
    /// person has to look, as in each such case, and who is told of every one. Whatever names a risk, or lets
    /// one be told from another, is left out; also whether and by which of its rules the machine asked for a
    /// person, since one of them is that the case may be outside the committee's competence.
    #[must_use]
    pub fn concealed(&self) -> Self {
        let open: Vec<_> = catalogue::current()
            .escalations()
            .iter()
            .filter(|rule| tells_no_risk(rule.when))
            .collect();
        let is_open = |rule: &str| open.iter().any(|one| one.rule == rule);
        let holds = |rule: &str| {
            self.reasons
                .iter()
                .any(|reason| reason.subject == Subject::Escalation && reason.rule == rule)
        };
        let orientation: Vec<InstanceCode> = open
            .iter()
            .filter(|rule| holds(&rule.rule))
            .flat_map(|rule| rule.orientation())
            .collect();
        let danger = open
            .iter()
            .any(|rule| rule.when == Condition::ImmediateDanger && holds(&rule.rule));
        // Not from those that were kept: whether a person was asked for may say that the case is outside the
        // committee's competence.
        let told = catalogue::current().involved().tell.iter();
        let told = told.filter(|rule| is_of_any_risk(rule.when, danger));
        Self {
            model: self.model.clone(),
            hidden: true,
            proposed: None,
            probabilities: BTreeMap::new(),
            evidence: Vec::new(),
            counter_evidence: Vec::new(),
            orientation,
            referrals: Vec::new(),
            tell: told
                .map(|rule| TellNote {
                    seat: rule.seat,
                    what: rule.what.clone(),
                    rule: rule.rule.clone(),
                    source: rule.source.clone(),
                })
                .collect(),
            needs_person: true,
            reasons: self
                .reasons
                .iter()
                .filter(|reason| match reason.subject {
                    Subject::Escalation => is_open(&reason.rule),
                    // Where danger gives a priority that a risk gives already, the rule is the risk's.
                    Subject::Priority | Subject::Mediation | Subject::Protocol => false,
                })
                .cloned()
                .collect(),
        }
    }
}

/// Whether a rule that raises a case may be shown before its risk is.
fn tells_no_risk(when: Condition) -> bool {
    match when {
        Condition::ImmediateDanger | Condition::UrgencyAlta | Condition::UrgencyMedia => true,
        Condition::Review | Condition::OutsideCompetence => false,
    }
}

/// Whether a seat is told on this occasion whatever the risk is; a case without classification needs a person.
fn is_of_any_risk(when: Occasion, danger: bool) -> bool {
    match when {
        Occasion::Always | Occasion::NeedsPerson => true,
        Occasion::ImmediateDanger => danger,
        Occasion::ProtocolHsyas | Occasion::ProtocolDisc | Occasion::Referral => false,
    }
}
