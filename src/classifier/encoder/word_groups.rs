//! The second encoder: averaged words and groups of two, three and five words, then dense layers
//! (Universal Sentence Encoder, multilingual, version 3). A tenth of the work of the transformer,
//! and wrong about other texts.

use crate::weights::{Tensor, Weights, WeightsFault};

use super::arithmetic::{Norm, count, tanh};
use super::matrix::Matrix;
use super::runs;

/// How many words a group has, and how many of them stand before the word it is for.
const GROUPS: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];

struct Group {
    size: usize,
    before: usize,
    first: Matrix,
    second: Matrix,
}

/// The encoder as it was published, over fewer pieces.
pub(crate) struct WordGroups {
    words: Tensor<'static>,
    projects: Matrix,
    projected: Norm,
    groups: Vec<Group>,
    /// Numbers of each group's branch.
    branch: usize,
    features: Norm,
    gathers: Matrix,
    gathered_bias: Vec<f32>,
    dense: [Matrix; 6],
}

impl WordGroups {
    pub(crate) fn read(weights: &Weights<'static>) -> Result<Self, WeightsFault> {
        let words = weights.get("use.words")?;
        let matrix = |name: &str, rows: usize, columns: usize| -> Result<Matrix, WeightsFault> {
            let matrix = Matrix::read(weights, &[format!("use.{name}")])?;
            if (matrix.height(), matrix.columns()) == (rows, columns) {
                Ok(matrix)
            } else {
                Err(WeightsFault::Shape(format!("use.{name}")))
            }
        };
        let epsilon = weights.number("use.epsilon")?;
        let norm = |name: &str, width: usize| -> Result<Norm, WeightsFault> {
            Ok(Norm {
                gain: weights.row(&format!("use.{name}.w"), width)?,
                bias: weights.row(&format!("use.{name}.b"), width)?,
                epsilon,
            })
        };
        let width = words.columns();
        let all = weights.get("use.project.w")?.rows();
        let branch = all / GROUPS.len();
        let groups = GROUPS.map(|(size, before)| -> Result<Group, WeightsFault> {
            Ok(Group {
                size,
                before,
                first: matrix(&format!("first{size}"), branch, size * branch)?,
                second: matrix(&format!("second{size}"), branch, size * branch)?,
            })
        });
        let [a, b, c] = groups;
        let features = width + GROUPS.len() * branch;
        let (narrow, wide) = (
            weights.get("use.d0.w")?.rows(),
            weights.get("use.d2.w")?.rows(),
        );
        Ok(Self {
            words,
            projects: matrix("project", all, width)?,
            projected: norm("projected", all)?,
            groups: vec![a?, b?, c?],
            branch,
            features: norm("features", features)?,
            gathers: matrix("gather", wide, features)?,
            gathered_bias: weights.row("use.gathered.b", wide)?,
            dense: [
                matrix("d0", narrow, wide)?,
                matrix("d1", narrow, narrow)?,
                matrix("p1", narrow, wide)?,
                matrix("d2", wide, narrow)?,
                matrix("p3", wide, narrow)?,
                matrix("d3", wide, wide)?,
            ],
        })
    }

    /// How many pieces it knows.
    pub(crate) const fn rows(&self) -> usize {
        self.words.rows()
    }

    /// How many numbers a text becomes.
    pub(crate) const fn dimensions(&self) -> usize {
        self.gathered_bias.len()
    }

    /// One vector per sequence.
    pub(crate) fn embed(&self, sequences: &[Vec<u32>]) -> Vec<Vec<f32>> {
        runs(sequences)
            .into_iter()
            .flat_map(|run| self.embed_together(run))
            .collect()
    }

    fn embed_together(&self, sequences: &[Vec<u32>]) -> Vec<Vec<f32>> {
        let words: Vec<f32> = sequences
            .iter()
            .flatten()
            .flat_map(|id| usize::try_from(*id).map_or(Vec::new(), |row| self.words.row(row)))
            .collect();
        let mut projected = self.projects.apply(&words);
        self.projected.apply(&mut projected);
        let (width, branch) = (self.words.columns(), self.branch);
        let features = width + self.groups.len() * branch;
        let mut all = vec![0.0; words.len() / width * features];
        for (row, word) in all
            .chunks_exact_mut(features)
            .zip(words.chunks_exact(width))
        {
            row[..width].copy_from_slice(word);
        }
        for (number, group) in self.groups.iter().enumerate() {
            let own: Vec<f32> = projected
                .chunks_exact(self.groups.len() * branch)
                .flat_map(|row| &row[number * branch..(number + 1) * branch])
                .copied()
                .collect();
            let first = group.pass(&group.first, &own, sequences, branch);
            let second = group.pass(&group.second, &first, sequences, branch);
            let at = width + number * branch;
            for (row, x) in all
                .chunks_exact_mut(features)
                .zip(second.chunks_exact(branch))
            {
                row[at..at + branch].copy_from_slice(x);
            }
        }
        self.features.apply(&mut all);
        let mut sums = Vec::with_capacity(sequences.len() * features);
        let mut rest = all.as_slice();
        for sequence in sequences {
            let (own, others) = rest.split_at(sequence.len() * features);
            let mut total = vec![0.0; features];
            for row in own.chunks_exact(features) {
                for (total, x) in total.iter_mut().zip(row) {
                    *total += x;
                }
            }
            sums.extend(total);
            rest = others;
        }
        let mut gathered = self.gathers.apply(&sums);
        let wide = self.gathered_bias.len();
        for (row, sequence) in gathered.chunks_exact_mut(wide).zip(sequences) {
            let pieces = count(sequence.len()).max(1.0);
            for (x, bias) in row.iter_mut().zip(&self.gathered_bias) {
                *x = (*x + pieces * bias) / pieces.sqrt();
            }
        }
        self.think(&gathered)
            .chunks_exact(wide)
            .map(<[f32]>::to_vec)
            .collect()
    }

    /// The dense layers, each of which sees what went into the one before, too.
    fn think(&self, gathered: &[f32]) -> Vec<f32> {
        let [d0, d1, p1, d2, p3, d3] = &self.dense;
        let mut y0 = d0.apply(gathered);
        positive(&mut y0);
        let mut y1 = p1.apply(gathered);
        add(&mut y1, &d1.apply(&y0));
        positive(&mut y1);
        let mut y2 = d2.apply(&y1);
        positive(&mut y2);
        let mut z = p3.apply(&y1);
        add(&mut z, &d3.apply(&y2));
        for x in &mut z {
            *x = tanh(*x);
        }
        z
    }
}

impl Group {
    /// Every word with its neighbours through a matrix, added to the word itself.
    fn pass(
        &self,
        through: &Matrix,
        rows: &[f32],
        sequences: &[Vec<u32>],
        width: usize,
    ) -> Vec<f32> {
        let mut together = vec![0.0; rows.len() * self.size];
        let mut start = 0;
        for sequence in sequences {
            for at in 0..sequence.len() {
                for slot in 0..self.size {
                    let Some(neighbour) = (at + slot).checked_sub(self.before) else {
                        continue;
                    };
                    if neighbour < sequence.len() {
                        let from = (start + neighbour) * width;
                        let to = ((start + at) * self.size + slot) * width;
                        together[to..to + width].copy_from_slice(&rows[from..from + width]);
                    }
                }
            }
            start += sequence.len();
        }
        let mut out = through.apply(&together);
        positive(&mut out);
        add(&mut out, rows);
        out
    }
}

fn positive(row: &mut [f32]) {
    for x in row {
        *x = x.max(0.0);
    }
}

fn add(to: &mut [f32], what: &[f32]) {
    for (x, more) in to.iter_mut().zip(what) {
        *x += more;
    }
}
