//! What the committee made of what the machine proposed: read from the cases that a member may open, and
//! counted. Nothing of it is text, and nothing names a case.
//!
//! A proposal stays in its case as it was made, and each classification by the committee is a step of it; both
//! are sealed to the case's key. So what is learnt of the classifier is kept where the case is, opens with it
//! alone, and goes with it.
//!
//! - [`Reader`]: opens the cases of one member, one after the other.
//! - [`Opinion`]: what was proposed for a case, and what the committee says.
//! - [`Agreement`]: how often both are the same.
//! - [`Line`]: what leaves the cases of an opinion, told as coarsely as few cases ask for.
//!
//! *The road not taken:* a table of labels beside the cases. It would outlive them, and whoever reads the
//! database could count in it what the register keeps from the committee.

mod agreement;
mod line;
mod reader;

use std::fmt;

use domain::catalogue::Risk;
use domain::procedure::Move;
use domain::routing::Urgency;
use jiff::civil::Date;
use ring::rand::SecureRandom;
use sealing::SealError;
use serde::{Serialize, Serializer};

pub use self::agreement::{Agreement, FEWEST, OfClass, OfQuarter, OfVersion, Rate, Rates};
pub use self::line::Line;
pub use self::reader::{Closed, Found, Read, Reader};
use crate::documents::{StepDocument, random_id};
use crate::proposal::ProposalDocument;

/// A quarter of a year: as exact as a day may be told outside its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// From 1 to 4.
    pub number: i8,
}

impl Quarter {
    /// The one of a day.
    pub fn of(day: Date) -> Self {
        Self {
            year: day.year(),
            number: (day.month() - 1) / 3 + 1,
        }
    }
}

/// Such as `2026-Q1`.
impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How a case is classified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The main risk.
    pub main: Risk,
    /// All risks, the main one first.
    pub labels: Vec<Risk>,
    /// How urgent, if that was said.
    pub urgency: Option<Urgency>,
}

/// What was proposed for a case, and how the committee classified it. Nothing of it names the case.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// Which classifier proposed.
    pub model: String,
    /// When the committee classified it first.
    pub quarter: Quarter,
    /// Whether the proposal was hidden until then.
    pub hidden: bool,
    /// What was proposed.
    pub proposed: Verdict,
    /// How probable the proposed main risk was, in tenths: more would tell one text from the others.
    pub confidence: f64,
    /// Whether the machine asked for a person.
    pub review: bool,
    /// How the committee classified it first. Only this was said unaided, where the proposal was hidden.
    pub first: Verdict,
    /// How the committee classified it last, which is what holds.
    pub confirmed: Verdict,
}

impl Opinion {
    /// From the documents of a case, its steps in their order; `None` if nothing was proposed, or what was is
    /// not kept, or the committee has not classified the case yet.
    pub fn of(proposal: &ProposalDocument, steps: &[(Date, StepDocument)]) -> Option<Self> {
        let proposed = proposal.proposed.as_ref()?;
        let mut verdicts = steps.iter().filter_map(|(on, document)| {
            let Move::Classify {
                main,
                others,
                urgency,
                reason: _,
            } = &document.step.act
            else {
                return None;
            };
            let others = others.iter().copied().filter(|risk| risk != main);
            let verdict = Verdict {
                main: *main,
                labels: std::iter::once(*main).chain(others).collect(),
                urgency: *urgency,
            };
            Some((*on, verdict))
        });
        let (on, first) = verdicts.next()?;
        // Who says nothing of the urgency leaves what was said of it before.
        let confirmed = verdicts.fold(first.clone(), |before, (_, now)| Verdict {
            urgency: now.urgency.or(before.urgency),
            ..now
        });
        Some(Self {
            model: proposal.model.clone(),
            quarter: Quarter::of(on),
            hidden: proposal.hidden,
            proposed: Verdict {
                main: proposed.main,
                labels: proposed.labels.clone(),
                urgency: Some(proposed.urgency),
            },
            confidence: tenth(proposal.probabilities.get(&proposed.main).copied()),
            review: proposed.review,
            first,
            confirmed,
        })
    }
}

/// To one decimal; what has no probability was not sure at all.
fn tenth(probability: Option<f64>) -> f64 {
    (probability.unwrap_or_default() * 10.0).round() / 10.0
}

/// Brings them into an order that was drawn, so that none tells which case came first.
///
/// # Errors
/// [`SealError::Randomness`].
pub fn shuffled<T>(all: Vec<T>, rng: &dyn SecureRandom) -> Result<Vec<T>, SealError> {
    let mut drawn = all
        .into_iter()
        .map(|one| Ok((random_id(rng)?, one)))
        .collect::<Result<Vec<_>, SealError>>()?;
    drawn.sort_by_key(|(place, _)| *place);
    Ok(drawn.into_iter().map(|(_, one)| one).collect())
}

#[cfg(test)]
mod tests;
