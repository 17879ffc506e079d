//! How long a proposal with its explanation takes, by the length of the text.

use std::time::Duration;

use ::classifier::evaluation::Labelled;

/// Texts are told apart by so many words at most; the last group has no limit.
const LENGTHS: [usize; 3] = [30, 100, 300];

/// How fast the texts were classified while every core was at work.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub(super) struct Speed {
    /// How many cores worked.
    pub(super) cores: usize,
    /// Texts a second, all cores together.
    pub(super) texts_per_second: f64,
    /// Groups of texts of similar length that are not empty.
    pub(super) lengths: Vec<Length>,
}

/// Texts of similar length. Milliseconds on one core each.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub(super) struct Length {
    /// They have at most so many words. `None`: more than all groups before.
    pub(super) words: Option<usize>,
    pub(super) texts: usize,
    pub(super) median_ms: f64,
    /// Nineteen in twenty take no longer.
    pub(super) p95_ms: f64,
}

impl Speed {
    pub(super) fn new(
        texts: &[Labelled],
        times: &[Duration],
        together: Duration,
        cores: usize,
    ) -> Self {
        let mut groups = vec![Vec::new(); LENGTHS.len() + 1];
        for (labelled, time) in texts.iter().zip(times) {
            let words = labelled.text.split_whitespace().count();
            let group = LENGTHS.iter().filter(|most| words > **most).count();
            groups[group].push(time.as_secs_f64() * 1000.0);
        }
        let limits = LENGTHS.iter().copied().map(Some).chain([None]);
        Self {
            cores,
            texts_per_second: f64::from(u32::try_from(texts.len()).unwrap_or(u32::MAX))
                / together.as_secs_f64().max(f64::MIN_POSITIVE),
            lengths: limits
                .zip(groups)
                .filter(|(_, times)| !times.is_empty())
                .map(|(words, times)| length(words, times))
                .collect(),
        }
    }
}

fn length(words: Option<usize>, mut times: Vec<f64>) -> Length {
    times.sort_by(f64::total_cmp);
    let texts = times.len();
    let rank = |numerator: usize, denominator: usize| {
        let at = (texts * numerator).div_ceil(denominator).max(1) - 1;
        times.get(at).copied().unwrap_or(0.0)
    };
    Length {
        words,
        texts,
        median_ms: rank(1, 2),
        p95_ms: rank(19, 20),
    }
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Risk;
    use domain::routing::Urgency;

    use super::*;

    #[test]
    fn times_are_told_by_length() {
        let texts: Vec<Labelled> = (0..40)
            .map(|n| Labelled {
                text: "a ".repeat(if n < 20 { 30 } else { 301 }),
                main: Risk::Agresiones,
                labels: Vec::new(),
                urgency: Urgency::Baja,
            })
            .collect();
        let times: Vec<_> = (1..=40).map(Duration::from_millis).collect();
        let speed = Speed::new(&texts, &times, Duration::from_secs(8), 2);
        assert!((speed.texts_per_second - 5.0).abs() < 1e-9);
        let told: Vec<_> = speed
            .lengths
            .iter()
            .map(|group| (group.words, group.texts, [group.median_ms, group.p95_ms]))
            .collect();
        assert_eq!(
            told,
            [(Some(30), 20, [10.0, 19.0]), (None, 20, [30.0, 39.0])]
        );
    }
}
