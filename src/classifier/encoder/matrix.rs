//! Products of matrices in integers.
//!
//! Every row is written as 16-bit integers times one scale. How large the integers may be is chosen
//! so that no sum can leave 32 bits; what that loses is far below what keeping the weights in eight
//! or four bits lost already. Integer sums do not depend on their order, so the portable kernel and
//! the one for processors with AVX2 give the same bits.
//!
//! The AVX2 kernel is reached through `pulp`, which asks the processor once what it can do: four
//! times faster than what every x86-64 processor has. A build for newer processors only would need
//! no such crate, but would not start on older ones.

use crate::weights::{Tensor, Weights, WeightsFault};

use super::arithmetic::ROUNDING;

/// Columns are filled up with zeros to a multiple of this: what one instruction takes.
const LANES: usize = 16;
/// Rows of weights that are multiplied at once.
const TALL: usize = 4;
/// Rows of input that are multiplied at once.
const WIDE: usize = 2;
/// Larger integers would gain nothing.
const FINEST: f32 = 8191.0;
/// The integers that weights become.
const WEIGHT_LEVELS: f32 = 1023.0;
/// No sum of products reaches this.
const SUM_LIMIT: f32 = 2_147_000_000.0;

/// Rows of numbers as integers with a scale each.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    integers: Vec<i16>,
    scales: Vec<f32>,
    /// With the zeros at the end.
    columns: usize,
}

impl Rows {
    /// Rows of `columns` numbers each, none of whose integers is larger than `levels`.
    pub(super) fn new<'a>(
        rows: impl Iterator<Item = &'a [f32]>,
        columns: usize,
        levels: f32,
        at_once: usize,
    ) -> Self {
        let padded = columns.next_multiple_of(LANES);
        let mut out = Self {
            integers: Vec::with_capacity(rows.size_hint().0 * padded),
            scales: Vec::with_capacity(rows.size_hint().0),
            columns: padded,
        };
        for row in rows {
            let largest = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
            let steps = if largest > 0.0 { levels / largest } else { 0.0 };
            out.scales.push(largest / levels);
            out.integers.extend(row.iter().map(|x| nearest(x * steps)));
            let end = out.integers.len().next_multiple_of(padded);
            out.integers.resize(end, 0);
        }
        let rows = out.scales.len().next_multiple_of(at_once);
        out.integers.resize(rows * padded, 0);
        out
    }

    /// How large the integers on the other side may be.
    fn other_side(&self) -> f32 {
        let largest = self
            .integers
            .chunks_exact(self.columns.max(1))
            .map(|row| row.iter().map(|w| i64::from(w.unsigned_abs())).sum::<i64>())
            .max()
            .unwrap_or(0);
        (SUM_LIMIT / real(largest.max(1))).floor().min(FINEST)
    }

    fn row(&self, row: usize) -> &[i16] {
        &self.integers[row * self.columns..(row + 1) * self.columns]
    }
}

/// How large the integers of both sides may be when rows of this many numbers are multiplied.
pub(super) fn levels(columns: usize) -> f32 {
    (SUM_LIMIT / super::arithmetic::count(columns.next_multiple_of(LANES)))
        .sqrt()
        .floor()
        .min(FINEST)
}

/// Every row of `inputs` times every row of `weights`, an input's products side by side.
pub(super) fn multiply(inputs: &Rows, weights: &Rows, out: &mut Vec<f32>) {
    let (wide, tall) = (inputs.scales.len(), weights.scales.len());
    out.clear();
    out.resize(wide * tall, 0.0);
    let job = Job {
        inputs,
        weights,
        out,
    };
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        simd.vectorize(avx2::Avx2 { simd, job });
        return;
    }
    job.run(portable);
}

struct Job<'a> {
    inputs: &'a Rows,
    weights: &'a Rows,
    out: &'a mut [f32],
}

impl Job<'_> {
    /// Four rows of weights stay at hand while all inputs pass by.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "has to become part of the kernel that has AVX2"
    )]
    fn run(self, tile: impl Fn([&[i16]; TALL], [&[i16]; WIDE]) -> [[i32; TALL]; WIDE]) {
        let tall = self.weights.scales.len();
        for (block, scales) in self.weights.scales.chunks(TALL).enumerate() {
            let at = block * TALL;
            let weights = [0, 1, 2, 3].map(|row| self.weights.row(at + row));
            for (pair, input_scales) in self.inputs.scales.chunks(WIDE).enumerate() {
                let inputs = [0, 1].map(|row| self.inputs.row(pair * WIDE + row));
                let sums = tile(weights, inputs);
                for (row, (sums, input_scale)) in sums.iter().zip(input_scales).enumerate() {
                    let start = (pair * WIDE + row) * tall + at;
                    let out = &mut self.out[start..start + scales.len()];
                    for ((out, sum), scale) in out.iter_mut().zip(sums).zip(scales) {
                        *out = whole(*sum) * (scale * input_scale);
                    }
                }
            }
        }
    }
}

/// The kernel that every processor can run.
fn portable(weights: [&[i16]; TALL], inputs: [&[i16]; WIDE]) -> [[i32; TALL]; WIDE] {
    let weights = weights.map(|row| row.as_chunks::<LANES>().0);
    let inputs = inputs.map(|row| row.as_chunks::<LANES>().0);
    let mut sums = [[[0_i32; LANES / 2]; TALL]; WIDE];
    for chunk in 0..weights[0].len() {
        for (sums, input) in sums.iter_mut().zip(inputs) {
            let x = &input[chunk];
            for (sums, weights) in sums.iter_mut().zip(weights) {
                let w = &weights[chunk];
                for (lane, sum) in sums.iter_mut().enumerate() {
                    *sum += i32::from(w[2 * lane]) * i32::from(x[2 * lane])
                        + i32::from(w[2 * lane + 1]) * i32::from(x[2 * lane + 1]);
                }
            }
        }
    }
    sums.map(|rows| rows.map(|lanes| lanes.iter().sum()))
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::__m256i;

    use pulp::x86::V3;

    use super::{Job, LANES, TALL, WIDE};

    pub(super) struct Avx2<'a> {
        pub(super) simd: V3,
        pub(super) job: Job<'a>,
    }

    impl pulp::NullaryFnOnce for Avx2<'_> {
        type Output = ();

        #[inline(always)]
        #[expect(
            clippy::inline_always,
            reason = "has to become part of the function that has AVX2"
        )]
        fn call(self) {
            let simd = self.simd;
            self.job.run(
                #[inline(always)]
                |weights, inputs| tile(simd, weights, inputs),
            );
        }
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "instructions of AVX2 must not end up in a call of their own"
    )]
    fn tile(simd: V3, weights: [&[i16]; TALL], inputs: [&[i16]; WIDE]) -> [[i32; TALL]; WIDE] {
        // Told once that all are of one length, the compiler need not check it each time.
        let chunks = weights[0].len() / LANES;
        let weights = weights.map(|row| &row.as_chunks::<LANES>().0[..chunks]);
        let inputs = inputs.map(|row| &row.as_chunks::<LANES>().0[..chunks]);
        let mut sums = [[simd.avx._mm256_setzero_si256(); TALL]; WIDE];
        for chunk in 0..chunks {
            let w: [__m256i; TALL] = [
                pulp::cast(weights[0][chunk]),
                pulp::cast(weights[1][chunk]),
                pulp::cast(weights[2][chunk]),
                pulp::cast(weights[3][chunk]),
            ];
            for wide in 0..WIDE {
                let x: __m256i = pulp::cast(inputs[wide][chunk]);
                for tall in 0..TALL {
                    let products = simd.avx2._mm256_madd_epi16(w[tall], x);
                    sums[wide][tall] = simd.avx2._mm256_add_epi32(sums[wide][tall], products);
                }
            }
        }
        let mut out = [[0; TALL]; WIDE];
        for wide in 0..WIDE {
            let [a, b, c, d] = sums[wide];
            let halves = simd.avx2._mm256_hadd_epi32(
                simd.avx2._mm256_hadd_epi32(a, b),
                simd.avx2._mm256_hadd_epi32(c, d),
            );
            let [low, high]: [[i32; TALL]; 2] = pulp::cast(halves);
            for tall in 0..TALL {
                out[wide][tall] = low[tall] + high[tall];
            }
        }
        out
    }
}

/// A trained matrix with its bias.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    rows: Rows,
    bias: Vec<f32>,
    columns: usize,
    /// How large the integers of an input may be.
    levels: f32,
}

impl Matrix {
    /// Reads `name.w` and, where there is one, `name.b`; several names make one taller matrix.
    pub(super) fn read(weights: &Weights<'_>, names: &[String]) -> Result<Self, WeightsFault> {
        let mut tensors: Vec<Tensor<'_>> = Vec::new();
        let mut bias = Vec::new();
        for name in names {
            let tensor = weights.get(&format!("{name}.w"))?;
            if tensors
                .first()
                .is_some_and(|first| first.columns() != tensor.columns())
            {
                return Err(WeightsFault::Shape(name.clone()));
            }
            match weights.row(&format!("{name}.b"), tensor.rows()) {
                Ok(row) => bias.extend(row),
                Err(WeightsFault::Missing(_)) => bias.extend(vec![0.0; tensor.rows()]),
                Err(fault) => return Err(fault),
            }
            tensors.push(tensor);
        }
        let columns = tensors.first().map_or(0, Tensor::columns);
        let all: Vec<Vec<f32>> = tensors
            .iter()
            .flat_map(|tensor| (0..tensor.rows()).map(|row| tensor.row(row)))
            .collect();
        let rows = Rows::new(all.iter().map(Vec::as_slice), columns, WEIGHT_LEVELS, TALL);
        Ok(Self {
            levels: rows.other_side(),
            rows,
            bias,
            columns,
        })
    }

    /// How many numbers come out for a row that goes in.
    pub(super) const fn height(&self) -> usize {
        self.bias.len()
    }

    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    /// Multiplies every row of `inputs`, rows of [`columns`](Self::columns) numbers, and adds the bias.
    pub(super) fn apply(&self, inputs: &[f32]) -> Vec<f32> {
        let inputs = Rows::new(
            inputs.chunks_exact(self.columns),
            self.columns,
            self.levels,
            WIDE,
        );
        let mut out = Vec::new();
        multiply(&inputs, &self.rows, &mut out);
        for row in out.chunks_exact_mut(self.bias.len()) {
            for (x, bias) in row.iter_mut().zip(&self.bias) {
                *x += bias;
            }
        }
        out
    }
}

/// Rows to multiply each other, such as queries and keys: `inputs` side.
pub(super) fn inputs<'a>(rows: impl Iterator<Item = &'a [f32]>, columns: usize) -> Rows {
    Rows::new(rows, columns, levels(columns), WIDE)
}

/// Rows to multiply each other: `weights` side.
pub(super) fn weights<'a>(rows: impl Iterator<Item = &'a [f32]>, columns: usize) -> Rows {
    Rows::new(rows, columns, levels(columns), TALL)
}

/// The nearest integer of a number that fits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower half holds the rounded number"
)]
fn nearest(x: f32) -> i16 {
    ((x + ROUNDING).to_bits() as u16).cast_signed()
}

/// A sum of products as a float; the last bits of a large one do not matter.
#[expect(clippy::cast_precision_loss, reason = "seven digits are enough")]
const fn whole(sum: i32) -> f32 {
    sum as f32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "only a limit, with room to spare"
)]
const fn real(sum: i64) -> f32 {
    sum as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(numbers: &[f32], columns: usize, levels: f32, at_once: usize) -> Rows {
        Rows::new(numbers.chunks_exact(columns), columns, levels, at_once)
    }

    proptest! {
        #[test]
        fn products_are_those_of_arithmetic(
            seed in any::<u32>(), wide in 1_usize..6, tall in 1_usize..9, columns in 1_usize..70,
        ) {
            let mut state = seed;
            let mut number = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f32::from(u16::try_from(state >> 16).unwrap()) / 32768.0 - 1.0
            };
            let x: Vec<f32> = (0..wide * columns).map(|_| number()).collect();
            let w: Vec<f32> = (0..tall * columns).map(|_| number()).collect();
            let (inputs, weights) = (rows(&x, columns, levels(columns), WIDE), rows(&w, columns, levels(columns), TALL));
            let (mut fast, mut plain) = (Vec::new(), vec![0.0; wide * tall]);
            multiply(&inputs, &weights, &mut fast);
            Job { inputs: &inputs, weights: &weights, out: &mut plain }.run(portable);
            prop_assert_eq!(&fast, &plain, "the kernels differ");
            for (at, product) in fast.iter().enumerate() {
                let (row, column) = (at / tall, at % tall);
                let exact: f32 = x[row * columns..(row + 1) * columns].iter()
                    .zip(&w[column * columns..(column + 1) * columns]).map(|(a, b)| a * b).sum();
                prop_assert!((product - exact).abs() < 2e-3 * f32::from(u8::try_from(columns).unwrap()).sqrt());
            }
        }
    }

    #[test]
    fn the_largest_sums_do_not_overflow() {
        for columns in [16, 32, 384, 1536] {
            let ones = vec![1.0; columns];
            let weights = rows(&ones, columns, WEIGHT_LEVELS, TALL);
            let inputs = rows(&ones, columns, weights.other_side(), WIDE);
            let mut out = Vec::new();
            multiply(&inputs, &weights, &mut out);
            assert!((out[0] / super::super::arithmetic::count(columns) - 1.0).abs() < 1e-3);
            let both = [
                rows(&ones, columns, levels(columns), TALL),
                rows(&ones, columns, levels(columns), WIDE),
            ];
            multiply(&both[1], &both[0], &mut out);
            assert!((out[0] / super::super::arithmetic::count(columns) - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn zeros_give_zeros() {
        let zero = rows(&[0.0; 20], 20, 100.0, WIDE);
        let mut out = Vec::new();
        multiply(&zero, &rows(&[1.0; 20], 20, 100.0, TALL), &mut out);
        assert_eq!(out, [0.0]);
    }
}
