//! How far a model agrees with a committee, and what may not get worse.

use domain::routing::Urgency;

use super::{Lesson, level};
use crate::heads::{Belief, Logits, place};

/// What the shipped model is tuned for: so often a proposal that asks for nobody is right.
const RIGHT_ALONE: f64 = 0.93;
/// The normal deviate that chance exceeds one time in twenty, on one side.
const CHANCE: f64 = 1.644_853_626_951_472;
/// Rounding may make two equal agreements differ by less.
const TOLERANCE: f64 = 1e-9;

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
    /// The lessons whose proposal is so probable that it asks for nobody, rules aside.
    pub sure: Sure,
}

/// The proposals that are at least as probable as the shipped model has to be of what needs no person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Sure {
    /// How many.
    pub of: usize,
    /// How many of them have the committee's main risk.
    pub right: usize,
}

impl Sure {
    /// Share of those that are right; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| real(self.right) / real(self.of))
    }

    /// Whether these are right less often than those before, by more than chance allows (one-sided test of
    /// two shares, 5 %), or no longer as often as people rely on. A model that is sure of nothing misleads
    /// nobody.
    fn is_worse_than(self, before: Self) -> bool {
        let (Some(was), Some(is)) = (before.share(), self.share()) else {
            return false;
        };
        if was >= RIGHT_ALONE && is < RIGHT_ALONE {
            return true;
        }
        let both = real(before.right + self.right) / real(before.of + self.of);
        let spread = (both * (1.0 - both) * (1.0 / real(before.of) + 1.0 / real(self.of))).sqrt();
        was - is > CHANCE * spread + TOLERANCE
    }
}

/// From which probabilities on something is proposed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thresholds {
    /// As urgent.
    pub(super) urgent: f64,
    /// Without asking for a person.
    pub(super) sure: f64,
}

impl Agreement {
    pub(super) fn of<'a>(
        lessons: &[Lesson<'_>],
        answers: impl Iterator<Item = &'a Logits>,
        from: Thresholds,
    ) -> Self {
        let (mut main, mut top_three, mut loss) = (0, 0, 0.0);
        let (mut urgent, mut found) = (0, 0);
        let mut sure = Sure::default();
        for (lesson, logits) in lessons.iter().zip(answers) {
            let belief = Belief::from(logits);
            let own = belief.main[place(lesson.main)];
            let better = belief.main.iter().filter(|p| **p > own).count();
            main += usize::from(better == 0);
            top_three += usize::from(better < 3);
            loss -= own.max(f64::MIN_POSITIVE).ln();
            if belief.main.iter().any(|p| *p >= from.sure) {
                sure.of += 1;
                sure.right += usize::from(better == 0);
            }
            if lesson.urgency == Some(Urgency::Alta) {
                urgent += 1;
                found += usize::from(belief.urgency[level(Urgency::Alta)] >= from.urgent);
            }
        }
        let share = |part: usize, whole: usize| real(part) / real(whole.max(1));
        Self {
            lessons: lessons.len(),
            main: share(main, lessons.len()),
            top_three: share(top_three, lessons.len()),
            log_loss: loss / real(lessons.len().max(1)),
            urgent: (urgent > 0).then(|| share(found, urgent)),
            sure,
        }
    }

    /// Whether the main risk is named no less often, no less surely, and where nobody is asked for, no less
    /// rightly than before.
    pub(super) fn is_no_worse_than(&self, before: &Self) -> bool {
        self.main >= before.main - TOLERANCE
            && self.log_loss <= before.log_loss + TOLERANCE
            && !self.sure.is_worse_than(before.sure)
    }
}

#[expect(clippy::cast_precision_loss, reason = "lessons are at most 4,000")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Risk;

    use super::*;
    use crate::heads::RISKS;

    const FROM: Thresholds = Thresholds {
        urgent: 0.5,
        sure: 0.7,
    };

    fn lesson(main: Risk) -> Lesson<'static> {
        Lesson {
            text: "",
            main,
            labels: &[],
            urgency: Some(Urgency::Alta),
        }
    }

    fn sure_of(risk: Risk) -> Logits {
        let mut logits = Logits::default();
        logits.0[place(risk)] = 100.0;
        logits.0[2 * RISKS] = 100.0;
        logits
    }

    #[test]
    fn agreement_is_that_of_a_small_example_done_by_hand() {
        let lessons = [lesson(Risk::Agresiones), lesson(Risk::Corrupcion)];
        let answers = [sure_of(Risk::Agresiones), Logits::default()];
        let found = Agreement::of(&lessons, answers.iter(), FROM);
        // Of eleven equal probabilities none is greater than the right one.
        assert_eq!(
            (found.main, found.top_three, found.urgent),
            (1.0, 1.0, Some(0.5))
        );
        assert!((found.log_loss - 11.0_f64.ln() / 2.0).abs() < 1e-9);
        assert_eq!(found.sure, Sure { of: 1, right: 1 });
        let wrong = [sure_of(Risk::Corrupcion), sure_of(Risk::Corrupcion)];
        let found = Agreement::of(&lessons, wrong.iter(), FROM);
        assert_eq!(found.sure, Sure { of: 2, right: 1 });
    }

    /// What is sure is right so often before and after: are such heads refused?
    #[test]
    fn heads_that_are_wrong_where_nobody_looks_are_refused() {
        for ((right, of), (now_right, now_of), refused) in [
            // Higher, equal, and lower by less than chance.
            ((90, 100), (95, 100), false),
            ((90, 100), (90, 100), false),
            ((90, 100), (87, 100), false),
            // By more: 0.90 and 0.80 of 100 each are 1.98 spreads apart.
            ((90, 100), (80, 100), true),
            // Few lessons say little, but 93 % is what people rely on.
            ((10, 10), (9, 10), true),
            ((94, 100), (92, 100), true),
            ((94, 100), (93, 100), false),
            // Sure of nothing, before or after.
            ((10, 10), (0, 0), false),
            ((0, 0), (1, 10), false),
        ] {
            let agreement = |right, of| Agreement {
                lessons: 200,
                main: 0.8,
                top_three: 0.9,
                log_loss: 0.5,
                urgent: None,
                sure: Sure { of, right },
            };
            let (before, after) = (agreement(right, of), agreement(now_right, now_of));
            let no_worse = after.is_no_worse_than(&before);
            assert_eq!(no_worse, !refused, "{right}/{of}, {now_right}/{now_of}");
        }
    }
}
