//! Functions of single numbers and rows, written so that the compiler computes several at once.

/// Added to a number below 2²², it pushes the fraction out: what is left is rounded to the nearest.
pub(super) const ROUNDING: f32 = 12_582_912.0;

/// e to the power of `x` for `x` ≤ 88, exact to seven digits; below −87 it is next to nothing.
pub(super) fn exp(x: f32) -> f32 {
    let power = (x * std::f32::consts::LOG2_E).max(-126.0);
    let rounded = power + ROUNDING;
    let f = power - (rounded - ROUNDING);
    // 2^f on ±½, by its series.
    let mut value = 1.540_353e-4;
    for coefficient in [
        1.333_355_8e-3,
        9.618_129e-3,
        5.550_411e-2,
        2.402_265e-1,
        6.931_472e-1,
        1.0,
    ] {
        value = value * f + coefficient;
    }
    f32::from_bits(value.to_bits().wrapping_add(rounded.to_bits() << 23))
}

/// The hyperbolic tangent.
pub(super) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (exp((2.0 * x).min(80.0)) + 1.0)
}

/// What lets large numbers through and holds small ones back (GELU), by way of the error function
/// (Abramowitz and Stegun 7.1.26, exact to 1.5·10⁻⁷).
pub(super) fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let mut tail = 1.061_405_4;
    for coefficient in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        tail = tail * t + coefficient;
    }
    let erf = 1.0 - tail * t * exp(-z * z);
    0.5 * (x + x.abs() * erf)
}

/// Moves every row to mean zero and spread one, then by a gain and a bias per column.
#[derive(Debug, Clone)]
pub(super) struct Norm {
    pub(super) gain: Vec<f32>,
    pub(super) bias: Vec<f32>,
    pub(super) epsilon: f32,
}

impl Norm {
    pub(super) fn apply(&self, rows: &mut [f32]) {
        for row in rows.chunks_exact_mut(self.gain.len()) {
            let mean = mean(row);
            for x in row.iter_mut() {
                *x -= mean;
            }
            let spread = self.spread(row);
            for ((x, gain), bias) in row.iter_mut().zip(&self.gain).zip(&self.bias) {
                *x = *x * spread * gain + bias;
            }
        }
    }

    fn spread(&self, row: &[f32]) -> f32 {
        let squares = sum(row, |x| x * x) / count(row.len());
        1.0 / (squares + self.epsilon).sqrt()
    }
}

pub(super) fn mean(row: &[f32]) -> f32 {
    sum(row, |x| x) / count(row.len())
}

/// The sum of a function of every number, in eight strands.
pub(super) fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = row.as_chunks::<8>();
    let mut strands = [0.0_f32; 8];
    for eight in eights {
        for (strand, x) in strands.iter_mut().zip(eight) {
            *strand += of(*x);
        }
    }
    strands.iter().sum::<f32>() + rest.iter().map(|x| of(*x)).sum::<f32>()
}

/// A number of pieces or columns, which are few.
#[expect(clippy::cast_precision_loss, reason = "lengths stay far below 2²⁴")]
pub(super) const fn count(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_are_those_of_the_textbook() {
        for step in -2000..=2000_i16 {
            let x = f32::from(step) / 100.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 2e-6, "exp {x}");
            assert!((tanh(x) - x.tanh()).abs() < 1e-6, "tanh {x}");
        }
        assert!(exp(-1e9) < 1e-37 && exp(-1e9) >= 0.0);
        for (x, expected) in [
            (0.0, 0.0),
            (1.0, 0.841_345),
            (-1.0, -0.158_655),
            (3.0, 2.995_95),
            (-9.0, 0.0),
        ] {
            assert!((gelu(x) - expected).abs() < 1e-5, "gelu {x}");
        }
    }

    #[test]
    fn a_normalised_row_has_mean_zero_and_spread_one() {
        let norm = Norm {
            gain: vec![1.0; 24],
            bias: vec![0.0; 24],
            epsilon: 0.0,
        };
        let mut row: Vec<f32> = (0..24_u8).map(f32::from).collect();
        norm.apply(&mut row);
        assert!(mean(&row).abs() < 1e-5, "{row:?}");
        assert!((sum(&row, |x| x * x) / 24.0 - 1.0).abs() < 1e-4);
    }
}
