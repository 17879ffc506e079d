//! How near the end of a term that runs in a case is: what [`domain::procedure::signal`] says, for many
//! terms at once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::catalogue::TermKey;
pub(super) use domain::procedure::Signal;
use domain::procedure::{About, Clock, signal};
use jiff::civil::Date;
use store::casefiles::RunningTerm;

/// The signals of one day. To count the days of a term takes time, and many cases have the same.
pub(super) struct Signals {
    calendar: Arc<Calendar>,
    today: Date,
    counted: RefCell<HashMap<(TermKey, Date, Date), Signal>>,
}

impl Signals {
    pub(super) fn on(calendar: Arc<Calendar>, today: Date) -> Self {
        Self {
            calendar,
            today,
            counted: RefCell::default(),
        }
    }

    /// The day.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    pub(super) fn of(&self, term: &RunningTerm) -> Signal {
        let (key, due_on) = (term.deadline.key, term.deadline.due_on);
        if due_on < self.today {
            return Signal::Over;
        }
        let mut counted = self.counted.borrow_mut();
        *counted
            .entry((key, term.starts_on, due_on))
            .or_insert_with(|| {
                let clock = Clock::running_since(key, About::Case, term.starts_on, due_on);
                signal(&clock, self.today, &self.calendar)
            })
    }
}

/// How style sheets name it.
pub(super) const fn class(signal: Signal) -> &'static str {
    match signal {
        Signal::Green => "on_time",
        Signal::Half => "half",
        Signal::Late80 | Signal::Due => "soon",
        Signal::Over => "overdue",
    }
}

#[cfg(test)]
mod tests {
    use domain::case::Deadline;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_day_says_what_the_procedure_says() {
        let calendar = Arc::new(Calendar::default());
        let term = RunningTerm {
            deadline: Deadline {
                key: TermKey::PrevencionDesahogo,
                due_on: date(2026, 2, 9),
            },
            // Five working days; Monday 2 February 2026 is a holiday.
            starts_on: date(2026, 1, 30),
        };
        for (today, expected) in [
            (date(2026, 2, 3), Signal::Green),
            (date(2026, 2, 5), Signal::Half),
            (date(2026, 2, 6), Signal::Late80),
            (date(2026, 2, 9), Signal::Due),
            (date(2026, 2, 10), Signal::Over),
        ] {
            let signals = Signals::on(Arc::clone(&calendar), today);
            for _ in 0..2 {
                assert_eq!(signals.of(&term), expected, "{today}");
            }
        }
    }
}
