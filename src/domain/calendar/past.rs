//! What a calendar was before it was changed: no term counts by it any more, but what was done meanwhile bears
//! a day of then.
//!
//! It is asked only whether a day that an entry bears can have come from a calendar of then, and since when. So
//! an entry is never excused by a suspension that did not hold when it was written: otherwise every suspension
//! that was ever taken back would hide a clock that was set back.

use jiff::civil::Date;

use super::{Calendar, Profile, Suspension};

/// Something that held from one day to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce<T> {
    /// What.
    pub what: T,
    /// The day on which it was entered.
    pub from: Date,
    /// The day on which it was taken back, or replaced.
    pub until: Date,
}

impl<T> InForce<T> {
    fn holds_on(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// Whether it held before the day and after it.
    fn holds_around(&self, day: Date) -> bool {
        self.from < day && day < self.until
    }
}

/// What held once, and does not any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Suspensions that were taken back.
    pub suspensions: Vec<InForce<Suspension>>,
    /// Official lists that were replaced by another.
    pub profiles: Vec<InForce<Profile>>,
}

impl Calendar {
    /// The same calendar, which still knows what held once.
    #[must_use]
    pub fn remembering(mut self, past: Past) -> Self {
        self.past = past;
        self
    }

    /// Whether something written by `today` can bear the day `borne`: it is no later, or a calendar that held
    /// when it was written put it there.
    pub fn explains(&self, borne: Date, today: Date) -> bool {
        borne <= today || self.days_borne_as(borne).any(|day| day <= today)
    }

    /// The first day on which something that bears `borne` may have been done: an earlier one only where a
    /// calendar of then put it there and that of now would not.
    pub fn done_from(&self, borne: Date) -> Date {
        self.days_borne_as(borne).last().unwrap_or(borne)
    }

    /// The days before `borne`, the last one first, of which a calendar that held on them, and not the one of
    /// now, made `borne`.
    fn days_borne_as(&self, borne: Date) -> impl Iterator<Item = Date> {
        let before = |day: &Date| day.yesterday().ok();
        let days = std::iter::successors(before(&borne), before);
        // Each day in between has to have rested, by something.
        days.take_while(|day| self.ever_rested_on(*day))
            .filter(move |day| self.counted_as(*day) != borne && self.was_counted_as(*day, borne))
    }

    fn ever_rested_on(&self, day: Date) -> bool {
        let mut suspensions = self.past.suspensions.iter();
        let mut profiles = self.past.profiles.iter();
        !self.is_working_day(day)
            || suspensions.any(|one| one.what.covers(day))
            || profiles.any(|one| one.what.rules().rests_on(day))
    }

    /// Whether a calendar that held on `day` made it count as `borne`: every day until then rested by something
    /// that held, and `borne` did not. What was entered or taken back on that very day may or may not have held
    /// when the entry was written. Of what holds now nobody asks since when.
    fn was_counted_as(&self, day: Date, borne: Date) -> bool {
        let lifted = &self.past.suspensions;
        let mut all_day = lifted.iter().filter(|one| one.holds_around(day));
        if all_day.any(|one| one.what.covers(borne)) {
            return false;
        }
        let then = lifted.iter().filter(|one| one.holds_on(day));
        let then = then.map(|one| &one.what).chain(&self.suspensions);
        // What rests on `borne` itself did not hold.
        let then: Vec<&Suspension> = then.filter(|one| !one.covers(borne)).collect();
        let suspended = |other: Date| then.iter().any(|one| one.covers(other));
        let lists = self.past.profiles.iter();
        let lists = lists.filter(|one| one.holds_on(day)).map(|one| one.what);
        lists.chain([self.profile()]).any(|list| {
            let rests = |other: &Date| list.rules().rests_on(*other);
            let mut between = std::iter::successors(Some(day), |day| day.tomorrow().ok())
                .take_while(|other| *other < borne);
            !rests(&borne) && between.all(|other| rests(&other) || suspended(other))
        })
    }
}
