//! What a committee's own decisions change in the shipped answers, and the file it is kept in.
//!
//! The shipped model stays as it is. A correction is added to it: per question one factor, per
//! answer one number, and a linear function of the two encoders' vectors and of how probable the
//! shipped model finds each risk. It is fitted by
//! [`retraining`](crate::retraining). Nothing in it is a word, but it is fitted to the cases of one
//! committee and holds traces of them: whoever keeps it must keep it as a case.
//!
//! | bytes | what |
//! |-------|------|
//! | 8     | `GUIANDOH` |
//! | 1, n  | length and text of the version of the shipped model it belongs to |
//! | rest  | 32-bit floats, little-endian: 3 factors, 25 shifts, 25 rows of 11 and 25 rows of as many weights as the vectors have numbers |

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::heads::{Belief, Logits, OUTPUTS, Question, RISKS};

const MAGIC: &[u8] = b"GUIANDOH";
/// Fitted numbers are far smaller; larger ones were not made by fitting.
const LARGEST: f32 = 1e4;
/// Characters of its hash that go into a version.
const DIGEST: usize = 16;

/// Why a file of heads cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeadsFault {
    /// Cut off, too long, or something else.
    #[error("this is not a file of retrained heads, or it is damaged")]
    Unreadable,
    /// Fitted to another version of the shipped model: they must be retrained.
    #[error("these heads belong to another version of the shipped model; retrain them")]
    OtherBase,
}

/// Added to the shipped answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Correction {
    /// How much the shipped answers to each question count.
    pub(crate) factors: [f32; Question::ALL.len()],
    pub(crate) shifts: Logits,
    /// One row per answer: what the shipped probability of each risk adds to it.
    pub(crate) renaming: [[f32; RISKS]; OUTPUTS],
    /// One row per answer: what the vectors add to it.
    pub(crate) weights: Vec<f32>,
}

impl Correction {
    /// What the vectors of a text add.
    pub(crate) fn answer(&self, vector: &[f32]) -> Logits {
        let mut logits = Logits::default();
        for (x, row) in logits
            .0
            .iter_mut()
            .zip(self.weights.chunks_exact(vector.len().max(1)))
        {
            *x = row.iter().zip(vector).map(|(w, v)| w * v).sum();
        }
        logits
    }

    /// The shipped answers with what was added for the text.
    pub(crate) fn apply(&self, shipped: &Logits, added: &Logits) -> Logits {
        let likely = probabilities(shipped);
        let mut out = Logits::default();
        for (question, factor) in Question::ALL.into_iter().zip(self.factors) {
            for at in question.outputs() {
                let renamed: f32 = self.renaming[at]
                    .iter()
                    .zip(likely)
                    .map(|(w, p)| w * p)
                    .sum();
                out.0[at] = shipped.0[at] * factor + self.shifts.0[at] + renamed + added.0[at];
            }
        }
        alarms_kept(shipped, out)
    }

    pub(crate) fn to_bytes(&self, base: &str) -> Vec<u8> {
        let numbers = self
            .factors
            .iter()
            .chain(&self.shifts.0)
            .chain(self.renaming.as_flattened())
            .chain(&self.weights);
        let mut out = MAGIC.to_vec();
        out.push(u8::try_from(base.len()).expect("versions are short"));
        out.extend(base.as_bytes());
        out.extend(numbers.flat_map(|number| number.to_le_bytes()));
        out
    }

    /// Reads what belongs to the model `base`, whose vectors have `columns` numbers together.
    pub(crate) fn from_bytes(bytes: &[u8], base: &str, columns: usize) -> Result<Self, HeadsFault> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(HeadsFault::Unreadable)?;
        let (length, rest) = rest.split_first().ok_or(HeadsFault::Unreadable)?;
        let (version, rest) = rest
            .split_at_checked(usize::from(*length))
            .ok_or(HeadsFault::Unreadable)?;
        if version != base.as_bytes() {
            return Err(HeadsFault::OtherBase);
        }
        let (numbers, left) = rest.as_chunks::<4>();
        let numbers: Vec<f32> = numbers
            .iter()
            .map(|four| f32::from_le_bytes(*four))
            .collect();
        // Not a number is not smaller than anything.
        if !left.is_empty() || !numbers.iter().all(|x| x.abs() < LARGEST) {
            return Err(HeadsFault::Unreadable);
        }
        let (factors, numbers) = numbers.split_first_chunk().ok_or(HeadsFault::Unreadable)?;
        let (shifts, numbers) = numbers
            .split_first_chunk::<OUTPUTS>()
            .ok_or(HeadsFault::Unreadable)?;
        let (renaming, weights) = numbers
            .split_at_checked(OUTPUTS * RISKS)
            .ok_or(HeadsFault::Unreadable)?;
        if weights.len() != OUTPUTS * columns {
            return Err(HeadsFault::Unreadable);
        }
        Ok(Self {
            factors: *factors,
            shifts: Logits(*shifts),
            renaming: std::array::from_fn(|at| renaming.as_chunks().0[at]),
            weights: weights.to_vec(),
        })
    }
}

/// How probable each risk is by these answers.
#[expect(clippy::cast_possible_truncation, reason = "probabilities")]
pub(crate) fn probabilities(logits: &Logits) -> [f32; RISKS] {
    Belief::from(logits).main.map(|p| p as f32)
}

/// What is learnt on site may call a text more urgent than the shipped model does, never less: some
/// tens of cases without harm are no proof that the next one is harmless.
pub(crate) fn alarms_kept(shipped: &Logits, mut corrected: Logits) -> Logits {
    let high = |logits| Belief::from(logits).urgency[0];
    if high(&corrected) < high(shipped) {
        let urgency = Question::Urgency.outputs();
        corrected.0[urgency.clone()].copy_from_slice(&shipped.0[urgency]);
    }
    corrected
}

/// The version of a model with these heads.
pub(crate) fn version(base: &str, heads: &[u8]) -> String {
    let digest = Sha256::digest(heads);
    let mut out = format!("{base}+");
    for byte in digest.iter().take(DIGEST / 2) {
        // Writing to a string does not fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn correction(columns: usize) -> Correction {
        Correction {
            factors: [1.0, 0.5, 2.0],
            shifts: Logits([0.25; OUTPUTS]),
            renaming: [[0.125; RISKS]; OUTPUTS],
            weights: vec![-0.5; OUTPUTS * columns],
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let written = correction(3);
        let bytes = written.to_bytes("model-1");
        assert_eq!(Correction::from_bytes(&bytes, "model-1", 3), Ok(written));
    }

    #[test]
    fn urgency_is_raised_and_never_lowered() {
        let high = 2 * RISKS;
        let shipped = Logits::default();
        for (shift, expected) in [(1.0, 1.0), (-1.0, 0.0)] {
            let mut correction = correction(1);
            (correction.factors, correction.shifts) = ([1.0; 3], Logits::default());
            correction.renaming = [[0.0; RISKS]; OUTPUTS];
            correction.shifts.0[high] = shift;
            let corrected = correction.apply(&shipped, &Logits::default());
            assert!((corrected.0[high] - expected).abs() < 1e-6, "{shift}");
        }
    }

    #[test]
    fn heads_of_another_model_are_refused() {
        let bytes = correction(3).to_bytes("model-1");
        for (base, columns, fault) in [
            ("model-2", 3, HeadsFault::OtherBase),
            ("model-1", 4, HeadsFault::Unreadable),
        ] {
            assert_eq!(Correction::from_bytes(&bytes, base, columns), Err(fault));
        }
    }

    #[test]
    fn numbers_that_no_fit_gives_are_refused() {
        for number in [f32::NAN, f32::INFINITY, -1e30] {
            let mut hostile = correction(2);
            hostile.weights[7] = number;
            let bytes = hostile.to_bytes("m");
            assert_eq!(
                Correction::from_bytes(&bytes, "m", 2),
                Err(HeadsFault::Unreadable)
            );
        }
    }

    #[test]
    fn every_byte_is_in_the_version() {
        let bytes = correction(1).to_bytes("m");
        let mut other = bytes.clone();
        *other.last_mut().unwrap() ^= 1;
        assert_ne!(version("m", &bytes), version("m", &other));
        assert_eq!(version("m", &bytes).len(), "m+".len() + DIGEST);
    }

    #[test]
    fn what_is_cut_off_anywhere_is_refused() {
        let bytes = correction(1).to_bytes("model");
        for length in 0..bytes.len() {
            assert!(Correction::from_bytes(&bytes[..length], "model", 1).is_err());
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(
            Correction::from_bytes(&longer, "model", 1),
            Err(HeadsFault::Unreadable)
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            mut bytes in prop::collection::vec(any::<u8>(), 0..300), genuine in any::<bool>(),
        ) {
            if genuine {
                let mut whole = correction(1).to_bytes("m");
                for (place, byte) in bytes.iter().enumerate() {
                    let at = place * 97 % whole.len();
                    whole[at] ^= byte;
                }
                bytes = whole;
            }
            if let Ok(read) = Correction::from_bytes(&bytes, "m", 1) {
                prop_assert!(read.weights.iter().all(|x| x.is_finite()));
            }
        }
    }
}
