//! One proposal beside the answer: all that any figure needs, without the text.

use std::ops::Range;

use domain::{catalogue::Risk, routing::Urgency};

use super::{Labelled, share};
use crate::Proposal;
use crate::phrases::phrases;

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
    /// Whether a part of the text is evidence for the main risk. All of it explains only if it is a
    /// single phrase, which cannot be told apart.
    pub(super) explained: bool,
    /// Share of the text that is marked as such evidence.
    pub(super) marked: f64,
}

impl Verdict {
    pub(super) fn new(text: &Labelled, proposal: &Proposal) -> Self {
        let probability = |risk: Risk| proposal.probabilities.get(&risk).copied().unwrap_or(0.0);
        let own = probability(text.main);
        let more = proposal.probabilities.values().filter(|p| **p > own);
        let phrases = phrases(&text.text);
        let is_marked = |points: &Range<usize>| {
            let mut own = proposal
                .evidence
                .iter()
                .filter(|passage| passage.risk == proposal.main && passage.weight > 0.0);
            own.any(|passage| passage.start < points.end && points.start < passage.end)
        };
        let points = phrases.iter().map(|phrase| &phrase.points);
        let whole: usize = points.clone().map(Range::len).sum();
        let marked: usize = points
            .filter(|range| is_marked(range))
            .map(Range::len)
            .sum();
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
            explained: marked > 0 && (marked < whole || phrases.len() == 1),
            marked: share(marked, whole),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Evidence;

    fn verdict(text: &str, marked: &[(usize, usize, f64)]) -> Verdict {
        let main = Risk::Agresiones;
        let labelled = Labelled {
            text: text.to_owned(),
            main,
            labels: vec![main],
            urgency: Urgency::Media,
        };
        let proposal = Proposal {
            main,
            labels: vec![main],
            probabilities: BTreeMap::from([(main, 1.0)]),
            urgency: Urgency::Media,
            review: false,
            evidence: marked
                .iter()
                .map(|(start, end, weight)| Evidence {
                    risk: main,
                    start: *start,
                    end: *end,
                    weight: *weight,
                })
                .collect(),
            counter_evidence: Vec::new(),
        };
        Verdict::new(&labelled, &proposal)
    }

    #[test]
    fn a_text_that_is_marked_as_a_whole_is_not_explained() {
        let two = "Me pegó. Se fue.";
        assert!(verdict(two, &[(0, 7, 1.0)]).explained);
        assert!((verdict(two, &[(0, 7, 1.0)]).marked - 7.0 / 13.0).abs() < 1e-9);
        assert!(!verdict(two, &[(0, 7, 1.0), (9, 15, 0.5)]).explained);
        assert!(!verdict(two, &[]).explained);
        assert!(verdict("Me pegó", &[(0, 7, 1.0)]).explained);
        assert!(!verdict("Me pegó", &[(0, 7, 0.0)]).explained);
    }
}
