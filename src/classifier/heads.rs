//! From what the three readers of a text say to probabilities.
//!
//! Each reader (the transformer, the word groups, the bag of words) answers three questions: which
//! risk is the main one, which are there at all, how urgent it is. Their answers are added with
//! weights that were fitted on texts by authors whom no reader had learnt from, and that is what
//! makes the probabilities honest: where readers are too sure of themselves, their weights are small.

use domain::{catalogue::Risk, routing::Urgency};

use crate::weights::{Weights, WeightsFault};

/// How many risks there are to choose from.
pub(crate) const RISKS: usize = Risk::ALL.len();
/// How many levels of urgency.
pub(crate) const URGENCIES: usize = Urgency::ALL.len();
/// The answers to all three questions, side by side: main risk, risks, urgency.
pub(crate) const OUTPUTS: usize = 2 * RISKS + URGENCIES;
/// The readers whose answers are added.
pub(crate) const READERS: usize = 3;

/// Answers before they are probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Logits(pub(crate) [f32; OUTPUTS]);

impl Default for Logits {
    fn default() -> Self {
        Self([0.0; OUTPUTS])
    }
}

impl Logits {
    /// The weighted mean of several, such as of the windows of a long text.
    pub(crate) fn mean<'a>(of: impl Iterator<Item = (&'a Self, f32)>) -> Self {
        let mut out = Self::default();
        let mut total = 0.0;
        for (logits, weight) in of {
            total += weight;
            for (sum, x) in out.0.iter_mut().zip(logits.0) {
                *sum += x * weight;
            }
        }
        if total > 0.0 {
            out.0 = out.0.map(|x| x / total);
        }
        out
    }
}

/// The answers of a reader as a linear function of its vector.
pub(crate) struct Head {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Head {
    pub(crate) fn read(
        weights: &Weights,
        name: &str,
        columns: usize,
    ) -> Result<Self, WeightsFault> {
        Ok(Self {
            weights: weights.floats(&format!("{name}.head.w"), OUTPUTS, columns)?,
            bias: weights.row(&format!("{name}.head.b"), OUTPUTS)?,
        })
    }

    pub(crate) fn answer(&self, vector: &[f32]) -> Logits {
        let mut logits = Logits::default();
        for ((x, row), bias) in logits
            .0
            .iter_mut()
            .zip(self.weights.chunks_exact(vector.len().max(1)))
            .zip(&self.bias)
        {
            *x = row.iter().zip(vector).map(|(w, v)| w * v).sum::<f32>() + bias;
        }
        logits
    }
}

/// What is believed of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Belief {
    /// How probable each risk is as the main one. They sum to one.
    pub(crate) main: [f64; RISKS],
    /// How probable it is that each risk is there at all.
    pub(crate) present: [f64; RISKS],
    /// How probable each level of urgency is. They sum to one.
    pub(crate) urgency: [f64; URGENCIES],
}

/// How the readers' answers become a belief, and where decisions are drawn.
pub(crate) struct Fusion {
    main: Question,
    present: Question,
    urgency: Question,
    /// A further risk is proposed from this probability on, by risk.
    pub(crate) further: Vec<f32>,
    /// Below this probability a person has to classify unaided.
    pub(crate) sure: f32,
    /// From these probabilities on, a text is of high, and of at least middle urgency.
    pub(crate) urgent: [f32; 2],
}

struct Question {
    readers: Vec<f32>,
    bias: Vec<f32>,
}

impl Question {
    fn read(weights: &Weights, name: &str, answers: usize) -> Result<Self, WeightsFault> {
        Ok(Self {
            readers: weights.row(&format!("fusion.{name}.readers"), READERS)?,
            bias: weights.row(&format!("fusion.{name}.bias"), answers)?,
        })
    }

    fn answer<const N: usize>(&self, logits: &[Logits; READERS], from: usize) -> [f64; N] {
        std::array::from_fn(|at| {
            let sum: f32 = logits
                .iter()
                .zip(&self.readers)
                .map(|(logits, weight)| logits.0[from + at] * weight)
                .sum();
            f64::from(sum + self.bias[at])
        })
    }
}

impl Fusion {
    pub(crate) fn read(weights: &Weights) -> Result<Self, WeightsFault> {
        let urgent = weights.row("decide.urgent", 2)?;
        Ok(Self {
            main: Question::read(weights, "main", RISKS)?,
            present: Question::read(weights, "present", RISKS)?,
            urgency: Question::read(weights, "urgency", URGENCIES)?,
            further: weights.row("decide.further", RISKS)?,
            sure: weights.number("decide.sure")?,
            urgent: [urgent[0], urgent[1]],
        })
    }

    pub(crate) fn believe(&self, logits: &[Logits; READERS]) -> Belief {
        Belief {
            main: shares(self.main.answer(logits, 0)),
            present: self
                .present
                .answer::<RISKS>(logits, RISKS)
                .map(|x| 1.0 / (1.0 + (-x).exp())),
            urgency: shares(self.urgency.answer(logits, 2 * RISKS)),
        }
    }
}

/// Softmax.
fn shares<const N: usize>(logits: [f64; N]) -> [f64; N] {
    let most = logits.iter().copied().fold(f64::MIN, f64::max);
    let raised = logits.map(|x| (x - most).exp());
    let sum: f64 = raised.iter().sum();
    raised.map(|x| x / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one_and_keep_the_order() {
        let shares = shares([1000.0, 999.0, -1000.0]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares[0] > shares[1] && shares[1] > shares[2]);
    }

    #[test]
    fn a_long_window_counts_for_more() {
        let (long, short) = (Logits([1.0; OUTPUTS]), Logits([-1.0; OUTPUTS]));
        let mean = Logits::mean([(&long, 3.0), (&short, 1.0)].into_iter());
        assert!(mean.0.iter().all(|x| (x - 0.5).abs() < 1e-6));
    }
}
