//! How far a figure would lie elsewhere for other texts of the same kind: by drawing as many texts
//! again and again from those at hand.

use std::collections::BTreeMap;

use super::verdict::Verdict;
use super::{Measure, real};

const DRAWS: usize = 1000;
/// Of the draws this share lies below the interval, and as many above.
const OUTSIDE: f64 = 0.025;
/// The draws are the same each time, so that the same texts give the same interval.
const SEED: u64 = 20_241_106;

/// A figure and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Estimate {
    /// On the texts at hand.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Every measure that these texts say something about.
pub(super) fn estimates(verdicts: &[Verdict]) -> BTreeMap<Measure, Estimate> {
    let mut drawn: BTreeMap<Measure, Vec<f64>> = BTreeMap::new();
    let mut state = SEED;
    for _ in 0..DRAWS {
        let again: Vec<Verdict> = (0..verdicts.len())
            .map(|_| verdicts[below(&mut state, verdicts.len())])
            .collect();
        for measure in Measure::ALL {
            drawn.entry(measure).or_default().extend(measure.of(&again));
        }
    }
    Measure::ALL
        .into_iter()
        .filter_map(|measure| {
            let value = measure.of(verdicts)?;
            let mut values = drawn.remove(&measure).unwrap_or_default();
            values.sort_by(f64::total_cmp);
            let skipped = outside(values.len());
            let at = |index: usize| values.get(index).copied().unwrap_or(value);
            let estimate = Estimate {
                value,
                low: at(skipped),
                high: at(values.len().saturating_sub(skipped + 1)),
            };
            Some((measure, estimate))
        })
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small share of a thousand"
)]
fn outside(draws: usize) -> usize {
    (real(draws) * OUTSIDE) as usize
}

/// The next number below `limit` (`SplitMix64`). The bias of the remainder is below one in 10¹⁵.
fn below(state: &mut u64, limit: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut x = *state;
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    usize::try_from(x % limit as u64).expect("less than a usize")
}

#[cfg(test)]
mod tests {
    use domain::{catalogue::Risk, routing::Urgency};

    use super::*;

    fn verdicts(right: usize, wrong: usize) -> Vec<Verdict> {
        let verdict = |proposed| Verdict {
            truth: Risk::Agresiones,
            proposed,
            stated: 0.8,
            among_three: true,
            review: false,
            labels: [1, 1, 1],
            urgent: Urgency::Media,
            proposed_urgent: Urgency::Media,
            explained: true,
            marked: 0.5,
        };
        let mut out = vec![verdict(Risk::Agresiones); right];
        out.extend(vec![verdict(Risk::Corrupcion); wrong]);
        out
    }

    #[test]
    fn the_interval_of_a_share_is_that_of_the_binomial() {
        let found = estimates(&verdicts(80, 20))[&Measure::Accuracy];
        assert!((found.value - 0.8).abs() < 1e-9);
        // 0.8 ± 1.96 · √(0.8 · 0.2 / 100)
        assert!((found.low - 0.722).abs() < 0.02, "{found:?}");
        assert!((found.high - 0.878).abs() < 0.02, "{found:?}");
        assert_eq!(found, estimates(&verdicts(80, 20))[&Measure::Accuracy]);
    }

    #[test]
    fn what_no_text_speaks_of_is_left_out() {
        let found = estimates(&verdicts(3, 1));
        assert!(!found.contains_key(&Measure::AltaRecall));
        assert!(found.contains_key(&Measure::AltaFlagged));
    }
}
