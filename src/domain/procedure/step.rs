//! A move with the documents that it goes with, and what some moves carry.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::{PaperKind, RecommendationKind};
use super::moves::Move;
use crate::complaint::{LongText, ShortText};

/// A document that a move goes with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// Its number or name, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<ShortText>,
}

/// A move together with the documents it goes with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is done.
    pub act: Move,
    /// Its documents, at most [`limits::PAPERS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
}

impl From<Move> for Step {
    fn from(act: Move) -> Self {
        Self {
            act,
            papers: Vec::new(),
        }
    }
}

/// How long lists may be: bounds of the service, not of a norm.
pub mod limits {
    /// Documents of one step.
    pub const PAPERS: usize = 50;
    /// Recommendations of one determination.
    pub const RECOMMENDATIONS: usize = 50;
    /// Entries of every other list.
    pub const LIST: usize = 50;
    /// Measures, notices to the control body and summonses of one case.
    pub const PER_CASE: usize = 500;
}

/// A recommendation as it is voted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRecommendation {
    /// What it asks for.
    pub kind: RecommendationKind,
    /// The unit whose head answers for it.
    pub unit: ShortText,
    /// Whether it extends to the superiors up to the head of the unit, because of reiteration (CHIS 85).
    pub extends_to_superiors: bool,
    /// What exactly is recommended.
    pub text: LongText,
}

/// What the representation of the control body said before notice was given (CHIS 54).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// When it was heard.
    pub heard_on: Date,
    /// Whether it is in favour; the committee may give notice all the same.
    pub favours: bool,
    /// In its words.
    pub text: LongText,
}
