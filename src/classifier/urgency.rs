//! How soon a person should read the complaint: rules as data, so that the committee can see and
//! change its own policy.
//!
//! A rule that is found raises the urgency and nothing lowers it again, not even a "no" before it:
//! a false alarm costs a look, a miss may cost a person.

use std::collections::BTreeMap;

use domain::{catalogue::Risk, routing::Urgency};

/// The urgency policy of the lexicon.
#[derive(Debug)]
pub(crate) struct Policy {
    /// Where a complaint starts from, by risk.
    pub(crate) base: BTreeMap<Risk, Urgency>,
}

impl Policy {
    /// The most pressing of what the labels and the rules found ask for.
    pub(crate) fn decide(&self, labels: &[Risk], raised: impl Iterator<Item = Urgency>) -> Urgency {
        labels
            .iter()
            .filter_map(|risk| self.base.get(risk).copied())
            .chain(raised)
            .min_by_key(|urgency| pressing_first(*urgency))
            .unwrap_or(Urgency::Media)
    }
}

/// Spelled out rather than read off the order in which the catalogue happens to list them.
const fn pressing_first(urgency: Urgency) -> u8 {
    match urgency {
        Urgency::Alta => 0,
        Urgency::Media => 1,
        Urgency::Baja => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_pressing_reason_decides() {
        let policy = Policy {
            base: BTreeMap::from([
                (Risk::FaltaEficacia, Urgency::Baja),
                (Risk::Corrupcion, Urgency::Media),
            ]),
        };
        let decide =
            |labels: &[Risk], raised: &[Urgency]| policy.decide(labels, raised.iter().copied());
        assert_eq!(decide(&[Risk::FaltaEficacia], &[]), Urgency::Baja);
        assert_eq!(
            decide(&[Risk::FaltaEficacia, Risk::Corrupcion], &[]),
            Urgency::Media
        );
        assert_eq!(
            decide(&[Risk::FaltaEficacia], &[Urgency::Alta, Urgency::Media]),
            Urgency::Alta
        );
    }
}
