//! What a course keeps of what was done.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::{Element, Party, RecommendationKind, RecommendationState};
use super::moves::MoveKind;
use super::session::Agreement;
use crate::catalogue::Risk;
use crate::complaint::ShortText;
use crate::routing::Mediation;

/// The risks as a person confirmed them, and what follows for mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// The principal risk.
    pub main: Risk,
    /// The others.
    pub others: BTreeSet<Risk>,
    /// The strictest of all of them, and of what was ever forbidden in this case.
    pub mediation: Mediation,
    /// Id of the rule that says so.
    pub rule: String,
}

/// The one request to complete a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prevention {
    /// The day it was made.
    pub asked_on: Date,
    /// What was missing; empty for a request of before there were courses.
    pub missing: BTreeSet<Element>,
    /// The day of the answer.
    pub answered_on: Option<Date>,
}

/// That the case was captured in the Secretaría's system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The folio there.
    pub folio: ShortText,
    /// The day of the capture.
    pub captured_on: Date,
}

/// A decision of which those concerned are to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// By which move.
    pub kind: MoveKind,
    /// The number of that move in the case, from 1.
    pub step: u32,
    /// The day it was taken.
    pub on: Date,
    /// The session, if one decided.
    pub agreement: Option<Agreement>,
    /// The day of the notice; `None` while it is owed.
    pub notified_on: Option<Date>,
}

/// A summons to an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summons {
    /// Whom.
    pub party: Party,
    /// The day of the interview.
    pub held_on: Date,
}

/// What the parties agreed in mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// Day of the signature.
    pub signed_on: Date,
    /// When the committee looks whether it was kept.
    pub verify_on: Date,
}

/// A recommendation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// What it asks for.
    pub kind: RecommendationKind,
    /// Where it stands.
    pub state: RecommendationState,
    /// Since when.
    pub since: Date,
}
