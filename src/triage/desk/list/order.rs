//! In which order cases come.

use std::cmp::Ordering;
use std::sync::Arc;

use domain::catalogue::Risk;
use domain::coded_enum;
use store::casefiles::RegisterEntry;

use super::filter::{next_day, priority};
use crate::desk::register::Case;

coded_enum! {
    /// By which column.
    pub enum By {
        /// Not yet looked at by the classifier, then by priority, then by the day on which the next term
        /// ends.
        Pressing = "pressing",
        /// By folio.
        Folio = "folio",
        /// By priority.
        Priority = "priority",
        /// By the main risk, in the order of the catalogue.
        Risk = "risk",
        /// By the day on which the next term ends.
        Term = "term",
        /// By state, in the order of the procedure.
        State = "state",
        /// By OOAD and UMAE.
        Place = "place",
        /// By the day of reception.
        Received = "received",
    }
}

/// By which column, and from which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) struct Order {
    pub(in crate::desk) by: By,
    /// From the last to the first.
    pub(in crate::desk) reverse: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            by: By::Pressing,
            reverse: false,
        }
    }
}

impl Order {
    /// How two cases stand to each other: never alike, since folios are not.
    fn compare(self, one: &RegisterEntry, other: &RegisterEntry) -> Ordering {
        let pressing = || {
            let key = |case| (priority(case), next_day(case));
            key(one).cmp(&key(other))
        };
        let risk = |case: &RegisterEntry| -> Option<Risk> { case.classification.as_ref()?.main() };
        let by = match self.by {
            By::Pressing => pressing(),
            By::Folio => one.folio.cmp(&other.folio),
            By::Priority => priority(one).cmp(&priority(other)),
            By::Risk => risk(one).cmp(&risk(other)),
            By::Term => next_day(one).cmp(&next_day(other)),
            By::State => one.state.cmp(&other.state),
            By::Place => (one.ooad, one.umae).cmp(&(other.ooad, other.umae)),
            By::Received => one.received_on.cmp(&other.received_on),
        };
        let by = if self.reverse { by.reverse() } else { by };
        by.then_with(pressing)
            .then_with(|| one.folio.cmp(&other.folio))
    }

    /// Brings those from `start` up to `end` into their places, and leaves the rest as it falls: a page of
    /// many thousand cases needs no order of all of them.
    pub(in crate::desk) fn bring(self, cases: &mut [Arc<Case>], start: usize, end: usize) {
        let compare = |one: &Arc<Case>, other: &Arc<Case>| self.compare(&one.entry, &other.entry);
        let end = end.min(cases.len());
        let start = start.min(end);
        if end < cases.len() {
            cases.select_nth_unstable_by(end, compare);
        }
        let head = &mut cases[..end];
        if start > 0 && start < head.len() {
            head.select_nth_unstable_by(start, compare);
        }
        head[start..].sort_unstable_by(compare);
    }
}
