//! From the text of a complaint to an explained proposal: which ethical risk, how urgent, and which
//! words say so.
//!
//! A proposal is never a decision. It orders the committee's desk and shows its reasons; a person
//! confirms or corrects it. What is offered here can therefore be small and plain, as long as it is
//! honest about how sure it is:
//!
//! 1. [`normalise`](self) cuts the text into words and writes each as it sounds, so that accents,
//!    capitals and the usual misspellings do not matter, and remembers where each word stood.
//! 2. The lexicon, a data file written to be read and corrected by the committee's lawyers, says
//!    which words and phrases speak for or against which risk.
//! 3. The scores become probabilities whose temperature was fitted so that "60 %" means that about
//!    six in ten such proposals are right.
//!
//! [`Classifier`] is what callers depend on, so that a trained model can take the lexicon's place
//! without a change elsewhere.
//!
//! ```
//! let proposal = classifier::standard().classify("Mi jefe me manda fotos íntimas y me acosa.");
//! assert_eq!(proposal.main, domain::catalogue::Risk::AcosoSexual);
//! assert!(!proposal.evidence.is_empty());
//! ```
//!
//! Nothing here does I/O, and no text is kept or logged.

mod lexicon;
mod normalise;
mod pattern;
mod score;
mod urgency;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::{catalogue::Risk, routing::Urgency};

pub use lexicon::{Fault, LexiconError};
pub use pattern::PatternFault;
pub use score::LexiconClassifier;

/// Proposes a classification for a complaint. The same text always gets the same proposal.
pub trait Classifier: Send + Sync {
    /// Reads one complaint. Any text is accepted: empty, in another language, or hostile.
    fn classify(&self, text: &str) -> Proposal;

    /// What to store beside a proposal, so that it can be explained after the classifier changed.
    fn version(&self) -> &'static str;
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
    /// The words that spoke for a risk, strongest first.
    pub evidence: Vec<Evidence>,
}

/// A stretch of the text that speaks for a risk.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    /// The risk it speaks for.
    pub risk: Risk,
    /// Where it starts, in Unicode code points of the text as it was given.
    pub start: usize,
    /// Where it ends (exclusive), in the same unit.
    pub end: usize,
    /// How much it adds to the risk's score. Only comparable within one version.
    pub weight: f64,
}

/// The classifier in use, built on the first call.
///
/// # Panics
///
/// If the lexicon compiled into the program has faults, which the tests of this crate rule out.
pub fn standard() -> &'static dyn Classifier {
    static STANDARD: LazyLock<LexiconClassifier> = LazyLock::new(|| {
        LexiconClassifier::new().expect("the tests hold the compiled-in lexicon free of faults")
    });
    &*STANDARD
}
