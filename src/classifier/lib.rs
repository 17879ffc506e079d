//! From the text of a complaint to an explained proposal: which ethical risk, how urgent, and which
//! words say so.
//!
//! A proposal is never a decision. It orders the committee's desk and shows its reasons; a person
//! confirms or corrects it. What matters most is therefore that it says honestly how sure it is.
//!
//! 1. [`reading`] takes away what must not count: case, accents, emoji, and who somebody is (names,
//!    places, gender).
//! 2. Three models look at what is left: a transformer and a smaller sentence encoder ([`encoder`],
//!    [`sentence`]), and a bag of words ([`words`]). Their mistakes differ.
//! 3. [`heads`] adds their answers to probabilities, with weights fitted on texts by authors that
//!    none of them had learnt from, so that "60 %" means that about six in ten are right.
//! 4. [`explain`] takes phrases away and looks what changes.
//! 5. [`rules`] raise the alarm for what must never be missed.
//!
//! [`retraining`] adapts the answers to what a committee confirmed, on its own machine;
//! [`evaluation`] tells how often they are right.
//!
//! The weights are part of the program (`weights/model.bin`, made by `training/`); their hash is the
//! version that is kept beside every proposal. How well all this does is told in
//! `docs/model-card.md`.
//!
//! No engine for neural networks is used: all of them come with native code or hundreds of crates,
//! and what is needed here is a product of matrices.
//!
//! ```
//! let proposal = classifier::standard().classify("Mi jefe me manda fotos íntimas y me acosa.");
//! assert_eq!(proposal.main, domain::catalogue::Risk::AcosoSexual);
//! assert!(!proposal.evidence.is_empty());
//! ```
//!
//! Nothing here does I/O, and no text is kept or logged.

mod correction;
mod encoder;
pub mod evaluation;
mod explain;
#[cfg(test)]
mod golden;
mod heads;
mod model;
mod phrases;
mod reading;
pub mod retraining;
mod rules;
mod sentence;
mod tokenizer;
mod weights;
mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::{catalogue::Risk, routing::Urgency};

pub use correction::HeadsFault;
pub use model::TrainedClassifier;
pub use rules::{PatternFault, RuleFault, RulesError};
pub use weights::WeightsFault;

/// The trained numbers that are part of the program. Not a constant, whose bytes every crate that uses
/// this one would get a copy of.
static WEIGHTS: &[u8] = include_bytes!("weights/model.bin");

/// The classifier cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The weights cannot be used.
    #[error("the weights cannot be used")]
    Weights(#[from] WeightsFault),
    /// The rules cannot be used.
    #[error("the rules cannot be used")]
    Rules(#[from] RulesError),
}

/// Proposes a classification for a complaint. The same text always gets the same proposal.
pub trait Classifier: Send + Sync {
    /// Reads one complaint. Any text is accepted: empty, in another language, or hostile.
    fn classify(&self, text: &str) -> Proposal;

    /// What to store beside a proposal, so that it can be explained after the classifier changed.
    fn version(&self) -> &str;
}

/// What the classifier suggests for one complaint, and why.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Proposal {
    /// The most probable risk.
    pub main: Risk,
    /// Every risk worth proposing, most probable first; `labels[0]` is [`main`](Self::main).
    pub labels: Vec<Risk>,
    /// How probable each risk of the catalogue is as the main one. They sum to one.
    pub probabilities: BTreeMap<Risk, f64>,
    /// How soon a person should read it. Errs towards too soon.
    pub urgency: Urgency,
    /// Whether the proposal is too unsure to be shown as one: a person has to classify unaided.
    pub review: bool,
    /// The phrases that spoke for a risk, those for the main one first, the strongest before the others.
    pub evidence: Vec<Evidence>,
    /// The phrases that spoke against the main risk, strongest first. Not part of the contract that
    /// `guiando classify` keeps.
    #[serde(skip)]
    pub counter_evidence: Vec<Evidence>,
}

/// A stretch of the text that speaks for a risk, or against it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    /// The risk it speaks for.
    pub risk: Risk,
    /// Where it starts, in Unicode code points of the text as it was given.
    pub start: usize,
    /// Where it ends (exclusive), in the same unit.
    pub end: usize,
    /// By how much the logarithm of the risk's odds changes without it. Only comparable within one
    /// version.
    pub weight: f64,
}

/// The classifier in use, built on the first call.
///
/// # Panics
///
/// If the weights or rules compiled into the program have faults, which the tests of this crate rule
/// out.
pub fn standard() -> &'static dyn Classifier {
    shipped()
}

/// The same, as what local heads can be put on.
///
/// # Panics
///
/// As [`standard`].
pub fn shipped() -> &'static TrainedClassifier {
    static SHIPPED: LazyLock<TrainedClassifier> = LazyLock::new(|| {
        TrainedClassifier::new(WEIGHTS)
            .expect("the tests hold the compiled-in weights and rules free of faults")
    });
    &SHIPPED
}
