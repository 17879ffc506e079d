//! One proposal beside the answer: all that any figure needs, without the text.

use domain::{catalogue::Risk, routing::Urgency};

use super::Labelled;
use crate::Proposal;

/// How a proposal compares with the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    pub(super) truth: Risk,
    pub(super) proposed: Risk,
    /// How probable the proposed main risk was said to be.
    pub(super) stated: f64,
    /// Whether the right one was among the three most probable.
    pub(super) among_three: bool,
    /// Whether a person was asked to classify unaided.
    pub(super) review: bool,
    /// Labels that are right, that should have been proposed, that were.
    pub(super) labels: [usize; 3],
    pub(super) urgent: Urgency,
    pub(super) proposed_urgent: Urgency,
    /// Whether there is a phrase of evidence for the main risk.
    pub(super) explained: bool,
}

impl Verdict {
    pub(super) fn new(text: &Labelled, proposal: &Proposal) -> Self {
        let probability = |risk: Risk| proposal.probabilities.get(&risk).copied().unwrap_or(0.0);
        let own = probability(text.main);
        let more = proposal.probabilities.values().filter(|p| **p > own);
        let right = proposal
            .labels
            .iter()
            .filter(|label| text.labels.contains(label));
        Self {
            truth: text.main,
            proposed: proposal.main,
            stated: probability(proposal.main),
            among_three: more.count() < 3,
            review: proposal.review,
            labels: [right.count(), text.labels.len(), proposal.labels.len()],
            urgent: text.urgency,
            proposed_urgent: proposal.urgency,
            explained: proposal
                .evidence
                .iter()
                .any(|passage| passage.risk == proposal.main),
        }
    }

    pub(super) fn is_right(&self) -> bool {
        self.truth == self.proposed
    }

    pub(super) fn is_alta(&self) -> bool {
        self.urgent == Urgency::Alta
    }

    pub(super) fn is_called_alta(&self) -> bool {
        self.proposed_urgent == Urgency::Alta
    }
}
