//! The third opinion: which words, pairs of words and parts of words a text is made of.
//!
//! Each is a feature with a weight per question. Features share a fixed number of buckets by a hash,
//! so no list of words is kept and any word, however misspelt, has a place.

use std::collections::HashMap;

use crate::heads::{Logits, OUTPUTS};
use crate::weights::{Weights, WeightsFault};

/// Parts of words have from this many letters, with the blanks around a word …
const SHORTEST_PART: usize = 2;
/// … to this many.
const LONGEST_PART: usize = 5;

/// A linear model over hashed n-grams.
pub(crate) struct Words {
    /// How rare each bucket's features are.
    rarity: Vec<f32>,
    /// Eight-bit weights, all questions of a bucket side by side.
    weights: Vec<i8>,
    /// What a step of a weight is worth, per question.
    steps: Vec<f32>,
    bias: Vec<f32>,
    /// Half of the buckets are for words, half for parts of words.
    half: u32,
}

impl Words {
    pub(crate) fn read(weights: &Weights<'_>) -> Result<Self, WeightsFault> {
        let buckets = weights.get("words.rarity")?.columns();
        let wrong = || WeightsFault::Shape("words.weights".to_owned());
        let integers = weights.bytes("words.weights")?;
        if integers.len() != buckets * OUTPUTS || buckets < 2 {
            return Err(wrong());
        }
        Ok(Self {
            rarity: weights.row("words.rarity", buckets)?,
            weights: integers.iter().map(|byte| byte.cast_signed()).collect(),
            steps: weights.row("words.steps", OUTPUTS)?,
            bias: weights.row("words.bias", OUTPUTS)?,
            half: u32::try_from(buckets / 2).map_err(|_| wrong())?,
        })
    }

    /// What the words of a read text say.
    pub(crate) fn logits(&self, text: &str) -> Logits {
        let mut logits = Logits::default();
        for features in self.features(text) {
            let valued: Vec<(usize, f32)> = features
                .into_iter()
                .filter_map(|(bucket, times)| {
                    let bucket = usize::try_from(bucket).ok()?;
                    Some((bucket, (1.0 + times.ln()) * self.rarity.get(bucket)?))
                })
                .collect();
            let length = valued.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
            if length == 0.0 {
                continue;
            }
            for (bucket, value) in valued {
                let weights = &self.weights[bucket * OUTPUTS..(bucket + 1) * OUTPUTS];
                for (sum, weight) in logits.0.iter_mut().zip(weights) {
                    *sum += f32::from(*weight) * value / length;
                }
            }
        }
        for ((x, step), bias) in logits.0.iter_mut().zip(&self.steps).zip(&self.bias) {
            *x = *x * step + bias;
        }
        logits
    }

    /// How often each bucket is met, for words and for parts of words, in the order of the buckets.
    fn features(&self, text: &str) -> [Vec<(u32, f32)>; 2] {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let mut whole: HashMap<u32, f32> = HashMap::new();
        let mut parts: HashMap<u32, f32> = HashMap::new();
        let singles = words.iter().map(|word| hash(&[word.as_bytes()]));
        let pairs = words
            .windows(2)
            .map(|pair| hash(&[pair[0].as_bytes(), b" ", pair[1].as_bytes()]));
        for feature in singles.chain(pairs) {
            *whole.entry(feature % self.half).or_default() += 1.0;
        }
        for word in words {
            let spaced = format!(" {word} ");
            for length in SHORTEST_PART..=LONGEST_PART {
                for part in spaced.as_bytes().windows(length) {
                    let bucket = self.half + hash(&[part]) % self.half;
                    *parts.entry(bucket).or_default() += 1.0;
                }
            }
        }
        [whole, parts].map(|features| {
            let mut sorted: Vec<_> = features.into_iter().collect();
            sorted.sort_unstable_by_key(|(bucket, _)| *bucket);
            sorted
        })
    }
}

/// FNV-1a.
fn hash(parts: &[&[u8]]) -> u32 {
    parts
        .iter()
        .copied()
        .flatten()
        .fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash(&[b""]), 0x811c_9dc5);
        assert_eq!(hash(&[b"foo", b"bar"]), 0xbf9c_f968);
    }

    #[test]
    fn words_pairs_and_parts_are_counted() {
        let words = Words {
            rarity: vec![1.0; 1 << 16],
            weights: Vec::new(),
            steps: Vec::new(),
            bias: Vec::new(),
            half: 1 << 15,
        };
        let [whole, parts] = words.features("la la.");
        let times = |features: &[(u32, f32)]| -> Vec<String> {
            features.iter().map(|(_, n)| n.to_string()).collect()
        };
        let mut counted = times(&whole);
        counted.sort();
        assert_eq!(counted, ["1", "2"]);
        // " l", "la", "a ", " la", "la ", " la ", twice each.
        assert_eq!(times(&parts), ["2"; 6]);
        assert!(parts.iter().all(|(bucket, _)| *bucket >= 1 << 15));
    }
}
