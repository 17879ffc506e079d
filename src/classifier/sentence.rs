//! An encoder with the vocabulary it reads by and the answers that were fitted to its vectors.

use crate::heads::{Head, Logits};
use crate::tokenizer::Unigram;
use crate::weights::{Weights, WeightsFault};

/// A sentence encoder `E`, ready for text.
pub(crate) struct SentenceEncoder<E> {
    pub(crate) network: E,
    vocabulary: Unigram,
    beginning: u32,
    end: u32,
    head: Head,
}

impl<E> SentenceEncoder<E> {
    /// Reads what belongs to `network`, which knows so many pieces and whose vectors have `columns`
    /// numbers.
    pub(crate) fn read(
        weights: &Weights<'static>,
        name: &str,
        network: E,
        rows: usize,
        columns: usize,
    ) -> Result<Self, WeightsFault> {
        let pieces = weights.lines(&format!("{name}.pieces"))?;
        let scores = weights.row(&format!("{name}.scores"), pieces.len())?;
        if pieces.len() > rows {
            return Err(WeightsFault::Shape(format!("{name}.pieces")));
        }
        let special = weights.lines(&format!("{name}.special"))?;
        let special = |at: usize| {
            special
                .get(at)
                .and_then(|line| line.parse::<u32>().ok())
                .filter(|id| usize::try_from(*id).is_ok_and(|id| id < rows))
                .ok_or_else(|| WeightsFault::Shape(format!("{name}.special")))
        };
        Ok(Self {
            network,
            vocabulary: Unigram::new(&pieces, &scores, special(2)?),
            beginning: special(0)?,
            end: special(1)?,
            head: Head::read(weights, name, columns)?,
        })
    }

    /// How many pieces a read text has.
    pub(crate) fn pieces(&self, read: &str) -> usize {
        self.vocabulary.ids(read).len()
    }

    /// A read text in pieces, between a beginning and an end, `longest` at most with them.
    pub(crate) fn sequence(&self, read: &str, longest: usize) -> Vec<u32> {
        let mut out = vec![self.beginning];
        let pieces = self.vocabulary.ids(read);
        out.extend(pieces.iter().take(longest.saturating_sub(2)));
        out.push(self.end);
        out
    }

    /// What it says of a text with this vector.
    pub(crate) fn answer(&self, vector: &[f32]) -> Logits {
        self.head.answer(vector)
    }
}
