//! Learning from what a committee confirmed and corrected, on its own machine.
//!
//! The encoders stay as they were shipped; what is fitted anew is how their vectors and answers turn
//! into probabilities. The start, and what the fit is held to, is the shipped model ([`fit`]): a
//! handful of cases moves little, some hundred move what they agree on. The bag of words is left
//! alone, because the buckets of a rare word could betray that it was written.
//!
//! Whether it helps is estimated on lessons that were not learnt from, each in its turn, and told with
//! the result: heads that agree less than the shipped ones are not worth using, nor are heads that are
//! wrong more often where no person would be asked for.
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

mod agreement;
mod fit;

use std::num::NonZero;
use std::thread;

use domain::{catalogue::Risk, routing::Urgency};

use crate::correction::Correction;
use crate::heads::{Logits, RISKS, URGENCIES, place};
use crate::model::TrainedClassifier;
use agreement::Thresholds;
pub use agreement::{Agreement, Sure};
use fit::{Example, Fit, Space, Wanted};

/// Fewer lessons would say more about themselves than about the next case.
pub const FEWEST: usize = 50;
/// Of more lessons the last ones are used; time and memory grow with the square of their number.
pub const MOST: usize = 4000;
/// In so many parts the lessons are cut to estimate the agreement.
const FOLDS: usize = 5;

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
    /// Whether the new heads name the main risk no less often and no less surely than the shipped ones, and
    /// are right no less often, as far as chance allows, where no person would be asked for. Heads of which
    /// that is not true should not be used.
    pub fn is_no_worse(&self) -> bool {
        self.after.is_no_worse_than(&self.before)
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
    let from = Thresholds {
        urgent: classifier.urgent_from(),
        sure: classifier.sure_from(),
    };
    let all: Vec<usize> = (0..lessons.len()).collect();
    let correction: Correction = Fit::new(&space, &examples, &all).correction(&space, &examples);
    Ok(Retrained {
        heads: correction.to_bytes(classifier.base_version()),
        before: Agreement::of(lessons, examples.iter().map(|one| &one.shipped), from),
        after: Agreement::of(lessons, learnt.iter(), from),
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
}
