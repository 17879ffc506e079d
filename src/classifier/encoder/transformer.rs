//! The transformer: every piece looks at every other one, layer after layer (multilingual-e5-small,
//! after BERT), and the mean over the pieces is the text.

use crate::weights::{Tensor, Weights, WeightsFault};

use super::arithmetic::{Norm, count, exp, gelu, sum};
use super::matrix::{self, Matrix};
use super::runs;

/// The steepness of the attention is fixed by how many numbers a head sees of each piece.
struct AttentionHeads {
    number: usize,
    width: usize,
}

struct Layer {
    /// Queries, keys and values in one.
    query_key_value: Matrix,
    attention_output: Matrix,
    attention_norm: Norm,
    feed_forward_in: Matrix,
    feed_forward_out: Matrix,
    feed_forward_norm: Norm,
}

/// An encoder that was trained for these complaints.
pub(crate) struct Transformer {
    embeddings: Tensor<'static>,
    /// One row per place in the text.
    positions: Vec<f32>,
    embedding_norm: Norm,
    layers: Vec<Layer>,
    /// The layers whose means are the vector, side by side.
    pooled: Vec<usize>,
    heads: AttentionHeads,
    width: usize,
}

impl Transformer {
    pub(crate) fn read(weights: &Weights<'static>) -> Result<Self, WeightsFault> {
        let embeddings = weights.get("e5.words")?;
        let width = embeddings.columns();
        let positions = weights.get("e5.places")?;
        let heads = weights.lines("e5.heads")?;
        let number = heads.first().and_then(|n| n.parse().ok()).unwrap_or(0);
        if positions.columns() != width || number == 0 || !width.is_multiple_of(number) {
            return Err(WeightsFault::Shape("e5.heads".to_owned()));
        }
        let norm = |name: &str| -> Result<Norm, WeightsFault> {
            Ok(Norm {
                gain: weights.row(&format!("e5.{name}.w"), width)?,
                bias: weights.row(&format!("e5.{name}.b"), width)?,
                epsilon: 1e-12,
            })
        };
        let matrix = |names: &[&str], columns: usize| -> Result<Matrix, WeightsFault> {
            let names: Vec<_> = names.iter().map(|name| format!("e5.{name}")).collect();
            let matrix = Matrix::read(weights, &names)?;
            if matrix.columns() == columns {
                Ok(matrix)
            } else {
                Err(WeightsFault::Shape(names[0].clone()))
            }
        };
        let mut layers = Vec::new();
        while weights.get(&format!("e5.{}.q.w", layers.len())).is_ok() {
            let n = layers.len();
            let name = |part: &str| format!("{n}.{part}");
            let feed_forward_in = matrix(&[&name("fi")], width)?;
            let layer = Layer {
                query_key_value: matrix(&[&name("q"), &name("k"), &name("v")], width)?,
                attention_output: matrix(&[&name("ao")], width)?,
                attention_norm: norm(&name("aln"))?,
                feed_forward_out: matrix(&[&name("fo")], feed_forward_in.height())?,
                feed_forward_in,
                feed_forward_norm: norm(&name("oln"))?,
            };
            let heights = [&layer.attention_output, &layer.feed_forward_out].map(Matrix::height);
            if layer.query_key_value.height() != 3 * width || heights != [width, width] {
                return Err(WeightsFault::Shape(name("q")));
            }
            layers.push(layer);
        }
        let pooled: Vec<usize> = weights
            .lines("e5.pooled")?
            .iter()
            .filter_map(|line| line.parse().ok())
            .collect();
        if pooled.is_empty() || pooled.iter().any(|n| !(1..=layers.len()).contains(n)) {
            return Err(WeightsFault::Shape("e5.pooled".to_owned()));
        }
        Ok(Self {
            embeddings,
            positions: (0..positions.rows())
                .flat_map(|row| positions.row(row))
                .collect(),
            embedding_norm: norm("first")?,
            layers,
            pooled,
            heads: AttentionHeads {
                number,
                width: width / number,
            },
            width,
        })
    }

    /// How many pieces it knows.
    pub(crate) const fn rows(&self) -> usize {
        self.embeddings.rows()
    }

    /// How many numbers a text becomes.
    pub(crate) fn dimensions(&self) -> usize {
        self.pooled.len() * self.width
    }

    /// The longest sequence that has a place for every piece.
    pub(crate) fn longest(&self) -> usize {
        self.positions.len() / self.width
    }

    /// One vector per sequence. What is longer than [`longest`](Self::longest) is cut off.
    pub(crate) fn embed(&self, sequences: &[Vec<u32>]) -> Vec<Vec<f32>> {
        runs(sequences)
            .into_iter()
            .flat_map(|run| self.embed_together(run))
            .collect()
    }

    fn embed_together(&self, sequences: &[Vec<u32>]) -> Vec<Vec<f32>> {
        let lengths: Vec<usize> = sequences
            .iter()
            .map(|sequence| sequence.len().min(self.longest()))
            .collect();
        let mut states = Vec::with_capacity(lengths.iter().sum::<usize>() * self.width);
        for (sequence, length) in sequences.iter().zip(&lengths) {
            for (piece, place) in sequence[..*length]
                .iter()
                .zip(self.positions.chunks_exact(self.width))
            {
                let word =
                    usize::try_from(*piece).map_or(Vec::new(), |row| self.embeddings.row(row));
                states.extend(word.iter().zip(place).map(|(word, place)| word + place));
            }
        }
        self.embedding_norm.apply(&mut states);
        let mut out = vec![Vec::with_capacity(self.dimensions()); sequences.len()];
        for (number, layer) in (1..).zip(&self.layers) {
            self.pass(layer, &mut states, &lengths);
            if self.pooled.contains(&number) {
                let mut rest = states.as_slice();
                for (out, length) in out.iter_mut().zip(&lengths) {
                    let (own, others) = rest.split_at(length * self.width);
                    out.extend(self.mean(own));
                    rest = others;
                }
            }
        }
        out
    }

    /// The mean of the rows.
    fn mean(&self, states: &[f32]) -> Vec<f32> {
        let mut mean = vec![0.0; self.width];
        for row in states.chunks_exact(self.width) {
            for (mean, x) in mean.iter_mut().zip(row) {
                *mean += x;
            }
        }
        let pieces = count(states.len() / self.width).max(1.0);
        mean.into_iter().map(|x| x / pieces).collect()
    }

    fn pass(&self, layer: &Layer, states: &mut [f32], lengths: &[usize]) {
        let seen = layer.query_key_value.apply(states);
        let mut gathered = vec![0.0; states.len()];
        let (mut rest, mut out) = (seen.as_slice(), gathered.as_mut_slice());
        for length in lengths {
            let (own, others) = rest.split_at(length * 3 * self.width);
            let (own_out, others_out) = std::mem::take(&mut out).split_at_mut(length * self.width);
            self.attend(own, own_out);
            (rest, out) = (others, others_out);
        }
        add(states, &layer.attention_output.apply(&gathered));
        layer.attention_norm.apply(states);
        let mut wide = layer.feed_forward_in.apply(states);
        for x in &mut wide {
            *x = gelu(*x);
        }
        add(states, &layer.feed_forward_out.apply(&wide));
        layer.feed_forward_norm.apply(states);
    }

    /// What the pieces of one sequence see of each other: from rows of queries, keys and values to
    /// rows of what was gathered.
    fn attend(&self, seen: &[f32], out: &mut [f32]) {
        let (width, head) = (self.width, self.heads.width);
        let length = out.len() / width;
        let steepness = 1.0 / count(head).sqrt();
        let rows = |start: usize| {
            seen.chunks_exact(3 * width)
                .map(move |row| &row[start..start + head])
        };
        let (mut alike, mut context) = (Vec::new(), Vec::new());
        for number in 0..self.heads.number {
            let at = number * head;
            let queries = matrix::inputs(rows(at), head);
            let keys = matrix::weights(rows(width + at), head);
            matrix::multiply(&queries, &keys, &mut alike);
            let mut sums = Vec::with_capacity(length);
            for row in alike.chunks_exact_mut(length.max(1)) {
                let most = row.iter().copied().fold(f32::MIN, f32::max);
                for x in row.iter_mut() {
                    *x = exp((*x - most) * steepness);
                }
                sums.push(sum(row, |x| x));
            }
            // Values by column, so that they stand beside each other.
            let mut values = vec![0.0; head * length];
            for (piece, row) in rows(2 * width + at).enumerate() {
                for (column, x) in row.iter().enumerate() {
                    values[column * length + piece] = *x;
                }
            }
            let shares = matrix::inputs(alike.chunks_exact(length.max(1)), length);
            let values = matrix::weights(values.chunks_exact(length.max(1)), length);
            matrix::multiply(&shares, &values, &mut context);
            for ((out, context), sum) in out
                .chunks_exact_mut(width)
                .zip(context.chunks_exact(head))
                .zip(&sums)
            {
                for (out, x) in out[at..at + head].iter_mut().zip(context) {
                    *out = x / sum;
                }
            }
        }
    }
}

fn add(to: &mut [f32], what: &[f32]) {
    for (x, more) in to.iter_mut().zip(what) {
        *x += more;
    }
}
