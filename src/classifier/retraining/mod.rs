//! Learning from what a committee confirmed and corrected, on its own machine.
//!
//! The encoders stay as they were shipped; what is fitted anew is how their vectors and answers turn
//! into probabilities. The start, and what the fit is held to, is the shipped model ([`fit`]): a
//! handful of cases moves little, some hundred move what they agree on. The bag of words is left
//! alone, because the buckets of a rare word could betray that it was written.
//!
//! Whether it helps is estimated on lessons that were not learnt from, each in its turn, and told with
//! the result: heads that agree less than the shipped ones are not worth using.
//!
//! What is learnt may raise the urgency of a text and never lowers it.
//!
//! Texts come in as references and leave nothing but sums. The heads are numbers fitted to the cases
//! of one committee all the same and hold traces of them: they are to be kept as the cases are, and
//! never to leave the house.
//!
//! The road not taken is to go on from the heads in use. The result would depend on the order in which
//! cases were confirmed, and a case that was taken back would stay in it; starting from the shipped
//! model with all lessons each time costs a minute.

mod fit;

use std::num::NonZero;
use std::thread;

use domain::{catalogue::Risk, routing::Urgency};

use crate::correction::Correction;
use crate::heads::{Belief, Logits, RISKS, URGENCIES, place};
use crate::model::TrainedClassifier;
use fit::{Example, Fit, Space, Wanted};

/// Fewer lessons would say more about themselves than about the next case.
pub const FEWEST: usize = 50;
/// Of more lessons the last ones are used; time and memory grow with the square of their number.
pub const MOST: usize = 4000;
/// In so many parts the lessons are cut to estimate the agreement.
const FOLDS: usize = 5;
/// Rounding may make two equal agreements differ by less.
const TOLERANCE: f64 = 1e-9;

/// A complaint as a committee classified it.
#[derive(Clone, Copy)]
pub struct Lesson<'a> {
    /// The complaint.
    pub text: &'a str,
    /// What it is mainly about.
    pub main: Risk,
    /// All that it is about. The main risk counts whether it is named again or not.
    pub labels: &'a [Risk],
    /// How soon it had to be read, if the committee said so.
    pub urgency: Option<Urgency>,
}

/// Why nothing was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RetrainError {
    /// There are too few lessons.
    #[error("{found} confirmed cases are too few to learn from; {FEWEST} are needed")]
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// All lessons have the same main risk.
    #[error("all confirmed cases have the same main risk; at least two are needed")]
    OneClass,
    /// A thread broke.
    #[error("a thread broke while reading the cases; report this as a fault of the program")]
    Worker,
}

/// How far a model agrees with the committee. Shares are from zero to one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Agreement {
    /// On how many lessons.
    pub lessons: usize,
    /// Share of the same main risk.
    pub main: f64,
    /// Share whose main risk is among the three most probable.
    pub top_three: f64,
    /// Mean of −ln of the probability that was given to the committee's main risk; less is better.
    pub log_loss: f64,
    /// Share of the urgent lessons that are proposed as urgent, rules aside. `None` if none is urgent.
    pub urgent: Option<f64>,
}

/// What was learnt, and whether it helps.
#[derive(Clone)]
pub struct Retrained {
    /// The file for [`TrainedClassifier::with_heads`]. It holds traces of the lessons.
    pub heads: Vec<u8>,
    /// How far the shipped model agrees.
    pub before: Agreement,
    /// How far what was learnt agrees, on lessons it was not learnt from.
    pub after: Agreement,
}

impl Retrained {
    /// Whether the new heads name the main risk no less often, and no less surely, than the shipped ones.
    /// Heads that do should not be used.
    pub fn is_no_worse(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        after.main >= before.main - TOLERANCE && after.log_loss <= before.log_loss + TOLERANCE
    }
}

/// Learns from all lessons, starting from the shipped model whatever heads `classifier` has. The same
/// lessons in the same order always give the same heads.
///
/// # Errors
///
/// If there are too few lessons, or all of one risk.
pub fn retrain(
    classifier: &TrainedClassifier,
    lessons: &[Lesson<'_>],
) -> Result<Retrained, RetrainError> {
    if lessons.len() < FEWEST {
        return Err(RetrainError::TooFew {
            found: lessons.len(),
        });
    }
    let lessons = &lessons[lessons.len().saturating_sub(MOST)..];
    if lessons.iter().all(|lesson| lesson.main == lessons[0].main) {
        return Err(RetrainError::OneClass);
    }
    let examples = examples(classifier, lessons)?;
    let space = Space::new(&examples);
    let fold = folds(lessons);
    let mut learnt = vec![Logits::default(); lessons.len()];
    for number in 0..FOLDS {
        let (away, rest): (Vec<_>, Vec<_>) = (0..lessons.len()).partition(|at| fold[*at] == number);
        let fit = Fit::new(&space, &examples, &rest);
        for at in away {
            learnt[at] = fit.predict(&space, &examples[at], at);
        }
    }
    let urgent = classifier.urgent_from();
    let all: Vec<usize> = (0..lessons.len()).collect();
    let correction: Correction = Fit::new(&space, &examples, &all).correction(&space, &examples);
    Ok(Retrained {
        heads: correction.to_bytes(classifier.base_version()),
        before: agreement(lessons, examples.iter().map(|one| &one.shipped), urgent),
        after: agreement(lessons, learnt.iter(), urgent),
    })
}

/// Reads all lessons with the shipped model, on every core.
fn examples(
    classifier: &TrainedClassifier,
    lessons: &[Lesson<'_>],
) -> Result<Vec<Example>, RetrainError> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let read = |lesson: &Lesson<'_>| {
        let (shipped, vector) = classifier.shipped_answers(lesson.text);
        Example {
            vector,
            shipped,
            wanted: wanted(lesson),
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = lessons
            .chunks(lessons.len().div_ceil(cores))
            .map(|lessons| scope.spawn(move || lessons.iter().map(read).collect::<Vec<_>>()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| RetrainError::Worker))
            .collect::<Result<Vec<_>, _>>()
    })
    .map(|parts| parts.into_iter().flatten().collect())
}

fn wanted(lesson: &Lesson<'_>) -> Wanted {
    let mut present = [0.0; RISKS];
    for risk in lesson.labels.iter().chain([&lesson.main]) {
        present[place(*risk)] = 1.0;
    }
    let mut main = [0.0; RISKS];
    main[place(lesson.main)] = 1.0;
    Wanted {
        main,
        present,
        urgency: lesson.urgency.map(|urgency| {
            let mut levels = [0.0; URGENCIES];
            levels[level(urgency)] = 1.0;
            levels
        }),
    }
}

/// In the order in which the model answers.
const fn level(urgency: Urgency) -> usize {
    match urgency {
        Urgency::Alta => 0,
        Urgency::Media => 1,
        Urgency::Baja => 2,
    }
}

/// Deals the lessons of every risk out over the folds in turn.
fn folds(lessons: &[Lesson<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    order.sort_by_key(|at| place(lessons[*at].main));
    let mut fold = vec![0; lessons.len()];
    for (turn, at) in order.into_iter().enumerate() {
        fold[at] = turn % FOLDS;
    }
    fold
}

fn agreement<'a>(
    lessons: &[Lesson<'_>],
    answers: impl Iterator<Item = &'a Logits>,
    urgent_from: f64,
) -> Agreement {
    let (mut main, mut top_three, mut loss) = (0, 0, 0.0);
    let (mut urgent, mut found) = (0, 0);
    for (lesson, logits) in lessons.iter().zip(answers) {
        let belief = Belief::from(logits);
        let own = belief.main[place(lesson.main)];
        let better = belief.main.iter().filter(|p| **p > own).count();
        main += usize::from(better == 0);
        top_three += usize::from(better < 3);
        loss -= own.max(f64::MIN_POSITIVE).ln();
        if lesson.urgency == Some(Urgency::Alta) {
            urgent += 1;
            found += usize::from(belief.urgency[level(Urgency::Alta)] >= urgent_from);
        }
    }
    let share = |part: usize, whole: usize| real(part) / real(whole.max(1));
    Agreement {
        lessons: lessons.len(),
        main: share(main, lessons.len()),
        top_three: share(top_three, lessons.len()),
        log_loss: loss / real(lessons.len().max(1)),
        urgent: (urgent > 0).then(|| share(found, urgent)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "lessons are at most 4,000")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(main: Risk) -> Lesson<'static> {
        Lesson {
            text: "",
            main,
            labels: &[],
            urgency: None,
        }
    }

    #[test]
    fn every_fold_has_its_share_of_every_risk() {
        let lessons: Vec<_> = (0..60)
            .map(|n| lesson(Risk::ALL[if n % 3 == 0 { 1 } else { 4 }]))
            .collect();
        let fold = folds(&lessons);
        for number in 0..FOLDS {
            let own = |at: &usize| fold[*at] == number;
            assert_eq!((0..60).filter(own).count(), 12);
            assert_eq!((0..60).filter(own).filter(|at| at % 3 == 0).count(), 4);
        }
    }

    #[test]
    fn agreement_is_that_of_a_small_example_done_by_hand() {
        let mut sure = Logits::default();
        sure.0[place(Risk::Agresiones)] = 100.0;
        sure.0[2 * RISKS] = 100.0;
        let lessons = [
            Lesson {
                urgency: Some(Urgency::Alta),
                ..lesson(Risk::Agresiones)
            },
            Lesson {
                urgency: Some(Urgency::Alta),
                ..lesson(Risk::Corrupcion)
            },
        ];
        let even = Logits::default();
        let found = agreement(&lessons, [sure, even].iter(), 0.5);
        // Of eleven equal probabilities none is greater than the right one.
        assert_eq!(
            (found.main, found.top_three, found.urgent),
            (1.0, 1.0, Some(0.5))
        );
        assert!((found.log_loss - 11.0_f64.ln() / 2.0).abs() < 1e-9);
    }
}
