//! The fit: maximum a posteriori, with the shipped model as what is believed beforehand.
//!
//! Beside the shipped answers to a question stand a factor, a shift per answer and a linear function
//! of the encoders' vectors and of how probable the shipped model finds each risk. The latter learns
//! fast what a committee calls by another name, the former what lies across the risks. All begin where they change nothing, and are held there by a
//! Gaussian prior each, so the loss is convex and has one minimum. It is sought by Nesterov's
//! accelerated descent with fixed steps, which needs no line search and gives the same bits each time.
//!
//! The linear function is kept as a sum of lessons, each with a coefficient per answer. That it can
//! be is the representer theorem; that it pays is that a product of two lessons is computed once,
//! and there are fewer lessons than numbers in a vector.

use crate::correction::{Correction, alarms_kept, probabilities};
use crate::heads::{Belief, Logits, OUTPUTS, Question, RISKS, URGENCIES};

/// How firmly the linear function is held at zero: the inverse variance of what it may add to an
/// answer, for a vector of usual length.
const HOLD_FUNCTION: f32 = 0.5;
/// How much the shipped probabilities count in the length of a vector, which is one without them.
const PROBABILITIES: f32 = 2.0;
/// As many cases a shift has to be outvoted by.
const HOLD_SHIFT: f32 = 5.0;
/// The same for a factor.
const HOLD_FACTOR: f32 = 10.0;
/// Steps of the descent. Far more than what is told of the result depends on.
const STEPS: usize = 300;
/// How much of a step goes on in the next one. Directions whose curvature is below that of the
/// steepest by more than the square of a sixth of [`STEPS`] are not followed to their end; the lessons
/// say too little about them to leave what was believed beforehand.
const MOMENTUM: f32 = 0.96;
/// Factors below would turn the shipped answers upside down.
const LEAST_FACTOR: f32 = 0.1;
/// Three groups of numbers are moved at once, so each steps a third as far as it might alone.
const GROUPS: f32 = 3.0;

/// A lesson as numbers.
pub(super) struct Example {
    pub(super) vector: Vec<f32>,
    /// What the shipped model answers.
    pub(super) shipped: Logits,
    pub(super) wanted: Wanted,
}

/// What should have been answered.
pub(super) struct Wanted {
    pub(super) main: [f64; RISKS],
    pub(super) present: [f64; RISKS],
    /// If it is known.
    pub(super) urgency: Option<[f64; URGENCIES]>,
}

impl Wanted {
    /// How much too high each answer is: the slope of the loss.
    fn excess(&self, logits: &Logits) -> [f32; OUTPUTS] {
        let belief = Belief::from(logits);
        let mut out = [0.0; OUTPUTS];
        let mut put = |question: Question, believed: &[f64], wanted: &[f64]| {
            for ((out, believed), wanted) in
                out[question.outputs()].iter_mut().zip(believed).zip(wanted)
            {
                *out = narrow(believed - wanted);
            }
        };
        put(Question::Main, &belief.main, &self.main);
        put(Question::Present, &belief.present, &self.present);
        if let Some(urgency) = &self.urgency {
            put(Question::Urgency, &belief.urgency, urgency);
        }
        out
    }
}

/// The vectors of all lessons, each column with mean zero and spread one, and vectors of usual
/// length one.
pub(super) struct Space {
    mean: Vec<f32>,
    /// What a column is multiplied with.
    scale: Vec<f32>,
    /// Lesson by lesson, the product of their vectors.
    products: Vec<f32>,
    lessons: usize,
    /// How large the shipped answers to each question usually are, and at most in these terms.
    size: [f32; Question::ALL.len()],
    largest: f32,
}

impl Space {
    pub(super) fn new(examples: &[Example]) -> Self {
        let lessons = examples.len();
        let columns = examples.first().map_or(0, |one| one.vector.len());
        let (mean, scale) = (0..columns)
            .map(|column| {
                let (mean, scale) = standard(examples.iter().map(|one| one.vector[column]));
                (mean, scale / count(columns).sqrt())
            })
            .unzip();
        let mut space = Self {
            mean,
            scale,
            products: vec![0.0; lessons * lessons],
            lessons,
            size: [1.0; Question::ALL.len()],
            largest: 1.0,
        };
        space.compare(examples);
        for (question, size) in Question::ALL.into_iter().zip(&mut space.size) {
            let answers = || {
                examples
                    .iter()
                    .flat_map(|one| &one.shipped.0[question.outputs()])
            };
            let squares: f32 = answers().map(|x| x * x).sum();
            *size = (squares / count(answers().count().max(1))).sqrt().max(0.1);
            let most = answers().fold(0.0_f32, |most, x| most.max(x.abs()));
            space.largest = space.largest.max(most / *size);
        }
        space
    }

    fn scaled(&self, vector: &[f32]) -> Vec<f32> {
        vector
            .iter()
            .zip(&self.mean)
            .zip(&self.scale)
            .map(|((x, mean), scale)| (x - mean) * scale)
            .collect()
    }

    /// Writes down how alike every two lessons are.
    fn compare(&mut self, examples: &[Example]) {
        let vectors: Vec<Vec<f32>> = examples
            .iter()
            .map(|one| self.scaled(&one.vector))
            .collect();
        let likely: Vec<_> = examples
            .iter()
            .map(|one| probabilities(&one.shipped))
            .collect();
        for row in 0..self.lessons {
            for column in 0..=row {
                let alike = product(&vectors[row], &vectors[column])
                    + PROBABILITIES * product(&likely[row], &likely[column]);
                self.products[row * self.lessons + column] = alike;
                self.products[column * self.lessons + row] = alike;
            }
        }
    }

    fn product(&self, one: usize, other: usize) -> f32 {
        self.products[one * self.lessons + other]
    }
}

/// The numbers that are fitted, and what they move on by.
#[derive(Clone)]
struct Numbers {
    /// Of each lesson, in the linear function of each answer.
    function: Vec<[f32; OUTPUTS]>,
    shifts: [f32; OUTPUTS],
    /// Added to one, in units of the usual size of the answers.
    factors: [f32; Question::ALL.len()],
}

impl Numbers {
    fn nothing(lessons: usize) -> Self {
        Self {
            function: vec![[0.0; OUTPUTS]; lessons],
            shifts: [0.0; OUTPUTS],
            factors: [0.0; Question::ALL.len()],
        }
    }

    fn all(&mut self) -> impl Iterator<Item = &mut f32> {
        self.function
            .iter_mut()
            .flatten()
            .chain(&mut self.shifts)
            .chain(&mut self.factors)
    }
}

/// What was learnt from some of the lessons.
pub(super) struct Fit {
    /// Which lessons.
    rows: Vec<usize>,
    numbers: Numbers,
}

impl Fit {
    /// Learns from the examples with these numbers.
    pub(super) fn new(space: &Space, examples: &[Example], rows: &[usize]) -> Self {
        let lengths: f32 = rows.iter().map(|row| space.product(*row, *row)).sum();
        let lessons = count(rows.len());
        // A probability bends by ½ at most.
        let bend = Steps {
            function: 1.0 / (GROUPS * (0.5 * lengths + HOLD_FUNCTION)),
            shift: 1.0 / (GROUPS * (0.5 * lessons + HOLD_SHIFT)),
            factor: 1.0 / (GROUPS * (space.largest * space.largest * lessons + HOLD_FACTOR)),
        };
        let mut now = Numbers::nothing(rows.len());
        let mut ahead = Self {
            rows: rows.to_vec(),
            numbers: now.clone(),
        };
        for _ in 0..STEPS {
            let mut next = ahead.stepped(space, examples, &bend);
            let mut before = std::mem::replace(&mut now, next.clone());
            for (next, before) in next.all().zip(before.all()) {
                *next += MOMENTUM * (*next - *before);
            }
            ahead.numbers = next;
        }
        ahead.numbers = now;
        ahead
    }

    /// One step down the slope.
    fn stepped(&self, space: &Space, examples: &[Example], steps: &Steps) -> Numbers {
        let mut next = self.numbers.clone();
        let mut shifts = self.numbers.shifts.map(|x| x * HOLD_SHIFT);
        let mut factors = self.numbers.factors.map(|x| x * HOLD_FACTOR);
        for (own, row) in next.function.iter_mut().zip(&self.rows) {
            let example = &examples[*row];
            let excess = example.wanted.excess(&self.answer(space, example, *row));
            for ((x, shift), excess) in own.iter_mut().zip(&mut shifts).zip(excess) {
                *x -= steps.function * (excess + HOLD_FUNCTION * *x);
                *shift += excess;
            }
            for ((question, slope), size) in
                Question::ALL.into_iter().zip(&mut factors).zip(space.size)
            {
                for at in question.outputs() {
                    *slope += excess[at] * example.shipped.0[at] / size;
                }
            }
        }
        for (x, slope) in next.shifts.iter_mut().zip(shifts) {
            *x -= steps.shift * slope;
        }
        for (x, slope) in next.factors.iter_mut().zip(factors) {
            *x -= steps.factor * slope;
        }
        next
    }

    /// What the heads will answer to an example, which is the lesson of this number.
    pub(super) fn predict(&self, space: &Space, example: &Example, lesson: usize) -> Logits {
        alarms_kept(&example.shipped, self.answer(space, example, lesson))
    }

    fn answer(&self, space: &Space, example: &Example, lesson: usize) -> Logits {
        let mut logits = Logits(self.numbers.shifts);
        for (question, factor) in Question::ALL.into_iter().zip(self.factors(space)) {
            for at in question.outputs() {
                logits.0[at] += example.shipped.0[at] * factor;
            }
        }
        for (row, coefficients) in self.rows.iter().zip(&self.numbers.function) {
            let product = space.product(lesson, *row);
            for (x, coefficient) in logits.0.iter_mut().zip(coefficients) {
                *x += product * coefficient;
            }
        }
        logits
    }

    fn factors(&self, space: &Space) -> [f32; Question::ALL.len()] {
        std::array::from_fn(|at| {
            (1.0 + self.numbers.factors[at] / space.size[at]).max(LEAST_FACTOR)
        })
    }

    /// The same in terms of vectors as the encoders give them.
    pub(super) fn correction(&self, space: &Space, examples: &[Example]) -> Correction {
        let columns = space.mean.len();
        let mut weights = vec![0.0; OUTPUTS * columns];
        let mut renaming = [[0.0; RISKS]; OUTPUTS];
        for (row, coefficients) in self.rows.iter().zip(&self.numbers.function) {
            let example = &examples[*row];
            let likely = probabilities(&example.shipped);
            for (renaming, coefficient) in renaming.iter_mut().zip(coefficients) {
                for (weight, p) in renaming.iter_mut().zip(likely) {
                    *weight += coefficient * p * PROBABILITIES;
                }
            }
            let vector = space.scaled(&example.vector);
            for (weights, coefficient) in weights.chunks_exact_mut(columns.max(1)).zip(coefficients)
            {
                for ((weight, x), scale) in weights.iter_mut().zip(&vector).zip(&space.scale) {
                    *weight += coefficient * x * scale;
                }
            }
        }
        let mut shifts = Logits(self.numbers.shifts);
        for (shift, weights) in shifts
            .0
            .iter_mut()
            .zip(weights.chunks_exact(columns.max(1)))
        {
            *shift -= product(weights, &space.mean);
        }
        Correction {
            factors: self.factors(space),
            shifts,
            renaming,
            weights,
        }
    }
}

/// How far each group of numbers goes down the slope at once.
struct Steps {
    function: f32,
    shift: f32,
    factor: f32,
}

/// The mean of a column, and what makes its spread one.
fn standard(column: impl ExactSizeIterator<Item = f32> + Clone) -> (f32, f32) {
    let share = 1.0 / f64::from(count(column.len().max(1)));
    let mean: f64 = column.clone().map(|x| f64::from(x) * share).sum();
    let squares: f64 = column.map(|x| (f64::from(x) - mean).powi(2) * share).sum();
    let spread = squares.sqrt();
    // A column that says the same of all says nothing.
    let scale = if spread > 1e-6 * (1.0 + mean.abs()) {
        1.0 / spread
    } else {
        0.0
    };
    (narrow(mean), narrow(scale))
}

/// The product of two vectors, in eight strands.
fn product(one: &[f32], other: &[f32]) -> f32 {
    let ((ones, rest), (others, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let mut strands = [0.0_f32; 8];
    for (one, other) in ones.iter().zip(others) {
        for ((strand, x), y) in strands.iter_mut().zip(one).zip(other) {
            *strand += x * y;
        }
    }
    let tail: f32 = rest.iter().zip(other_rest).map(|(x, y)| x * y).sum();
    strands.iter().sum::<f32>() + tail
}

#[expect(
    clippy::cast_precision_loss,
    reason = "lessons and columns are a few thousand"
)]
const fn count(n: usize) -> f32 {
    n as f32
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "differences of probabilities"
)]
const fn narrow(x: f64) -> f32 {
    x as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two kinds of lessons: the first column tells them apart, the shipped model does not.
    fn examples() -> Vec<Example> {
        (0..40_u8)
            .map(|n| {
                let kind = usize::from(n % 2);
                let mut main = [0.0; RISKS];
                main[kind] = 1.0;
                Example {
                    vector: vec![f32::from(n % 2), f32::from(n % 5), f32::from(n % 7), 3.0],
                    shipped: Logits::default(),
                    wanted: Wanted {
                        main,
                        present: main,
                        urgency: None,
                    },
                }
            })
            .collect()
    }

    #[test]
    fn what_the_lessons_agree_on_is_learnt_and_the_rest_stays() {
        let examples = examples();
        let space = Space::new(&examples);
        let all: Vec<usize> = (0..examples.len()).collect();
        let fit = Fit::new(&space, &examples, &all);
        for (at, example) in examples.iter().enumerate() {
            let belief = Belief::from(&fit.predict(&space, example, at));
            assert!(belief.main[at % 2] > 0.5, "{at}: {belief:?}");
            let even = belief.urgency.map(|p| (p - 1.0 / 3.0).abs() < 1e-9);
            assert_eq!(even, [true; URGENCIES], "nothing was said of urgency");
        }
    }

    #[test]
    fn the_slope_has_come_to_rest() {
        let examples = examples();
        let space = Space::new(&examples);
        let all: Vec<usize> = (0..examples.len()).collect();
        let mut fit = Fit::new(&space, &examples, &all);
        let steps = Steps {
            function: 1.0,
            shift: 1.0,
            factor: 1.0,
        };
        let mut next = fit.stepped(&space, &examples, &steps);
        for (after, before) in next.all().zip(fit.numbers.all()) {
            assert!((*after - *before).abs() < 1e-3, "{after} {before}");
        }
    }

    #[test]
    fn the_correction_answers_as_the_fit_does() {
        let examples = examples();
        let space = Space::new(&examples);
        let rows: Vec<usize> = (0..30).collect();
        let fit = Fit::new(&space, &examples, &rows);
        let correction = fit.correction(&space, &examples);
        for (at, example) in examples.iter().enumerate() {
            let added = correction.answer(&example.vector);
            let corrected = correction.apply(&example.shipped, &added);
            let predicted = fit.predict(&space, example, at);
            for (ours, theirs) in corrected.0.iter().zip(predicted.0) {
                assert!((ours - theirs).abs() < 1e-4, "{at}: {ours} {theirs}");
            }
        }
    }
}
