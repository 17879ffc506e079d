//! From what the members of the ensemble say of a text to probabilities.
//!
//! Each member (the transformer, the word groups, the bag of words) answers three questions: which
//! risk is the main one, which are there at all, how urgent it is. Their answers are added with
//! weights that were fitted on texts by authors whom no member had learnt from, and that is what
//! makes the probabilities honest: where a member is too sure of itself, its weight is small.

use domain::{catalogue::Risk, routing::Urgency};

use crate::weights::{Weights, WeightsFault};

/// How many risks there are to choose from.
pub(crate) const RISKS: usize = Risk::ALL.len();
/// How many levels of urgency.
pub(crate) const URGENCIES: usize = Urgency::ALL.len();
/// The answers to all three questions, side by side: main risk, risks, urgency.
pub(crate) const OUTPUTS: usize = 2 * RISKS + URGENCIES;
/// The members of the ensemble.
pub(crate) const MEMBERS: usize = 3;

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

/// One of the things that are asked of every text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Which risk is the main one.
    Main,
    /// Which risks are there at all.
    Present,
    /// How urgent it is.
    Urgency,
}

impl Question {
    pub(crate) const ALL: [Self; 3] = [Self::Main, Self::Present, Self::Urgency];

    /// Where its answers stand among all [`OUTPUTS`].
    pub(crate) const fn outputs(self) -> std::ops::Range<usize> {
        match self {
            Self::Main => 0..RISKS,
            Self::Present => RISKS..2 * RISKS,
            Self::Urgency => 2 * RISKS..OUTPUTS,
        }
    }

    /// What it is called in the file of weights.
    const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Present => "present",
            Self::Urgency => "urgency",
        }
    }
}

/// A member's answers as a linear function of its vector.
pub(crate) struct Head {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Head {
    pub(crate) fn read(
        weights: &Weights<'_>,
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

/// How the members' answers become one, and where decisions are drawn.
pub(crate) struct Fusion {
    /// How much each member counts, by question.
    members: [Vec<f32>; 3],
    bias: Vec<f32>,
    /// A further risk is proposed from this probability on, by risk.
    pub(crate) further: Vec<f32>,
    /// Below this probability a person has to classify unaided.
    pub(crate) sure: f32,
    /// From these probabilities on, a text is of high, and of at least middle urgency.
    pub(crate) urgent: [f32; 2],
}

impl Fusion {
    pub(crate) fn read(weights: &Weights<'_>) -> Result<Self, WeightsFault> {
        let members = |question: Question| {
            weights.row(&format!("fusion.{}.readers", question.name()), MEMBERS)
        };
        let mut bias = Vec::with_capacity(OUTPUTS);
        for question in Question::ALL {
            let name = format!("fusion.{}.bias", question.name());
            bias.extend(weights.row(&name, question.outputs().len())?);
        }
        let urgent = weights.row("decide.urgent", 2)?;
        Ok(Self {
            members: [
                members(Question::Main)?,
                members(Question::Present)?,
                members(Question::Urgency)?,
            ],
            bias,
            further: weights.row("decide.further", RISKS)?,
            sure: weights.number("decide.sure")?,
            urgent: [urgent[0], urgent[1]],
        })
    }

    /// The members' answers, added.
    pub(crate) fn fuse(&self, members: &[Logits; MEMBERS]) -> Logits {
        let mut fused = Logits::default();
        for (question, weights) in Question::ALL.into_iter().zip(&self.members) {
            for at in question.outputs() {
                let sum: f32 = members
                    .iter()
                    .zip(weights)
                    .map(|(logits, weight)| logits.0[at] * weight)
                    .sum();
                fused.0[at] = sum + self.bias[at];
            }
        }
        fused
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

impl From<&Logits> for Belief {
    fn from(logits: &Logits) -> Self {
        let wide = logits.0.map(f64::from);
        let (main, rest) = wide.split_at(RISKS);
        let (present, urgency) = rest.split_at(RISKS);
        Self {
            main: softmax(std::array::from_fn(|at| main[at])),
            present: std::array::from_fn(|at| 1.0 / (1.0 + (-present[at]).exp())),
            urgency: softmax(std::array::from_fn(|at| urgency[at])),
        }
    }
}

/// Probabilities that sum to one.
pub(crate) fn softmax<const N: usize>(logits: [f64; N]) -> [f64; N] {
    let most = logits.iter().copied().fold(f64::MIN, f64::max);
    let raised = logits.map(|x| (x - most).exp());
    let sum: f64 = raised.iter().sum();
    raised.map(|x| x / sum)
}

/// Where a risk stands in the catalogue.
pub(crate) fn place(risk: Risk) -> usize {
    Risk::ALL
        .iter()
        .position(|other| *other == risk)
        .expect("the catalogue lists every risk")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_one_and_keep_the_order() {
        let shares = softmax([1000.0, 999.0, -1000.0]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares[0] > shares[1] && shares[1] > shares[2]);
    }

    #[test]
    fn a_long_window_counts_for_more() {
        let (long, short) = (Logits([1.0; OUTPUTS]), Logits([-1.0; OUTPUTS]));
        let mean = Logits::mean([(&long, 3.0), (&short, 1.0)].into_iter());
        assert!(mean.0.iter().all(|x| (x - 0.5).abs() < 1e-6));
    }

    #[test]
    fn the_questions_share_the_outputs_between_them() {
        let all: Vec<usize> = Question::ALL
            .into_iter()
            .flat_map(Question::outputs)
            .collect();
        assert_eq!(all, (0..OUTPUTS).collect::<Vec<_>>());
    }
}
