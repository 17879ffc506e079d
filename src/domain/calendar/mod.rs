//! Working days, the legal day of reception, and when a term ends.
//!
//! Three official lists of non-working days differ ([`Profile`]), so the committee chooses one, and
//! loads what no rule can tell: election days (LFT 74-IX), the yearly days a federal body publishes,
//! general vacations. Those are [`Suspension`]s.
//!
//! The rules of counting (LFPA 28, 29, 38; CHIS 63): the day of the notice is never counted and never
//! moved; working days count from the next working day; a term in calendar days, months or years that
//! ends on a non-working day ends on the next working day; a term in months ends on the same day
//! number or, where the month has no such day, on the first working day of the following month.
//!
//! ```
//! use domain::calendar::{Amount, Calendar, Profile, Unit};
//! use jiff::civil::date;
//!
//! let calendar = Calendar::new(Profile::FederalDecree, Vec::new());
//! let term = Amount { value: 5, unit: Unit::WorkingDays };
//! // Monday 2 February is a holiday.
//! assert_eq!(calendar.due(date(2026, 1, 29), term)?, date(2026, 2, 6));
//! # Ok::<(), domain::calendar::CalendarError>(())
//! ```

mod amount;
mod past;
mod rules;
mod suspension;

use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime},
};

use crate::catalogue;

pub use amount::{Amount, Unit};
pub use past::{InForce, Past};
pub use rules::{DayOfWeek, Holiday, OfficeHours, ProfileRules, Rule};
pub use suspension::{Suspension, SuspensionError, SuspensionsError, read_suspensions};

crate::coded_enum! {
    /// Which official list of non-working days applies.
    pub enum Profile {
        /// The decree of the federal official calendar: the default.
        FederalDecree = "federal_decree",
        /// LFT 74, which binds the Institute's workers (apartado A). Its election days are not
        /// computable: load them as suspensions.
        Lft74 = "lft_74",
        /// LFPA 28, used by analogy: LFPA 1 leaves responsibilities of public servants out.
        Lfpa28 = "lfpa_28",
    }
}

impl Profile {
    /// The rules of this profile.
    pub fn rules(self) -> &'static ProfileRules {
        catalogue::current().holidays().profile(self)
    }
}

/// A term that no date can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The end lies beyond the last (or before the first) day of the civil calendar.
    #[error("{amount} from {start} lies outside the calendar")]
    OutOfRange {
        /// The day of the notice, or of the event.
        start: Date,
        /// What was to be counted.
        amount: Amount,
    },
    /// Only days can be counted back from an event; no norm asks for more.
    #[error("{amount} cannot be counted back from an event")]
    NotCountedBack {
        /// What was to be counted.
        amount: Amount,
    },
}

/// One profile together with the suspensions loaded by the Secretaría Técnica.
#[derive(Debug, Clone)]
pub struct Calendar {
    rules: &'static ProfileRules,
    suspensions: Vec<Suspension>,
    /// What held once, and does not any more.
    past: Past,
}

impl Default for Calendar {
    /// The default profile and suspensions of the catalogue.
    fn default() -> Self {
        let holidays = catalogue::current().holidays();
        Self::new(holidays.default_profile(), holidays.suspensions().to_vec())
    }
}

impl Calendar {
    /// A calendar of `profile`, in which the days of `suspensions` do not count either.
    pub fn new(profile: Profile, suspensions: Vec<Suspension>) -> Self {
        Self {
            rules: profile.rules(),
            suspensions,
            past: Past::default(),
        }
    }

    /// The list of non-working days in use.
    pub fn profile(&self) -> Profile {
        self.rules.code
    }

    /// What was loaded on top of the profile.
    pub fn suspensions(&self) -> &[Suspension] {
        &self.suspensions
    }

    /// Whether terms run and proceedings happen on `day`.
    pub fn is_working_day(&self, day: Date) -> bool {
        !self.rules.rests_on(day) && !self.suspensions.iter().any(|s| s.covers(day))
    }

    /// The last day of a term whose notice was given on `start`.
    ///
    /// A term of zero ("at once") ends on `start` itself or, if that is not a working day, on the
    /// next one.
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutOfRange`] if the term ends after the last day of the civil calendar.
    pub fn due(&self, start: Date, amount: Amount) -> Result<Date, CalendarError> {
        match amount.unit {
            Unit::WorkingDays => self.working_days_after(start, amount.value),
            Unit::CalendarDays => Span::new()
                .try_days(amount.value)
                .and_then(|days| start.checked_add(days))
                .ok()
                .and_then(|end| self.working_day_from(end)),
            Unit::Months => self.months_after(start, i64::from(amount.value)),
            Unit::Years => self.months_after(start, i64::from(amount.value) * 12),
        }
        .ok_or(CalendarError::OutOfRange { start, amount })
    }

    /// The last day on which a notice may still be given so that `amount` lies between it and
    /// `event`, neither end counted in: a session is called at least two working days before (CHIS
    /// 28). The day is a working day.
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutOfRange`] if that lies before the first day of the civil calendar,
    /// [`CalendarError::NotCountedBack`] for months and years.
    pub fn latest_before(&self, event: Date, amount: Amount) -> Result<Date, CalendarError> {
        match amount.unit {
            Unit::WorkingDays => self.working_days_before(event, amount.value),
            Unit::CalendarDays => Span::new()
                .try_days(amount.value)
                .and_then(|days| event.checked_sub(days))
                .ok()
                .and_then(|day| self.working_day_until(day)),
            Unit::Months | Unit::Years => return Err(CalendarError::NotCountedBack { amount }),
        }
        .ok_or(CalendarError::OutOfRange {
            start: event,
            amount,
        })
    }

    /// The day on which something sent at `now` counts as received, in the Institute's time zone.
    ///
    /// What comes at or after closing time, or on a non-working day, belongs to the next working
    /// day (LFPA 28, 30); what comes before opening belongs to the same day. The hour itself is kept
    /// nowhere.
    ///
    /// A calendar suspended to its very end has no next working day; then the civil day stands,
    /// because a complaint is never refused for the calendar's sake.
    pub fn legal_day(&self, now: Timestamp) -> Date {
        self.today(now).counts_as
    }

    /// The same day, with the one that it is in any calendar.
    pub fn today(&self, now: Timestamp) -> Today {
        let on = day_of(now);
        let counts_as = self.working_day_from(on);
        Today {
            counts_as: counts_as.unwrap_or_else(|| civil(now).date()),
            on: Some(on),
        }
    }

    /// The day as which something done on `day` counts; the day itself where no other follows.
    pub fn counted_as(&self, day: Date) -> Date {
        self.working_day_from(day).unwrap_or(day)
    }

    /// The first of the days that count as the legal day `day` because they are suspended; `day` itself where
    /// none is.
    pub fn suspended_since(&self, day: Date) -> Date {
        let official = Self::new(self.profile(), Vec::new());
        let before = |day: &Date| day.yesterday().ok();
        std::iter::successors(before(&day), before)
            .take_while(|other| !self.is_working_day(*other))
            .filter(|other| official.counted_as(*other) != day)
            .last()
            .unwrap_or(day)
    }

    /// Whether a term that ends with `last` is over on the legal day `day`. A last day that was suspended
    /// since is as good as the next one that counts, even where the term was not counted anew: what is done on
    /// a suspended day bears that one.
    pub fn is_over_on(&self, last: Date, day: Date) -> bool {
        self.working_day_from(last).is_some_and(|last| last < day)
    }

    /// The first working day that is `day` or later.
    fn working_day_from(&self, day: Date) -> Option<Date> {
        self.first_working_day(Some(day), |day| day.tomorrow().ok())
    }

    /// The last working day that is `day` or earlier: for what is to be done *by* a day, where
    /// [`Self::due`] would move a deadline to the next working day. `None` before the first one of the
    /// civil calendar.
    pub fn working_day_until(&self, day: Date) -> Option<Date> {
        self.first_working_day(Some(day), |day| day.yesterday().ok())
    }

    fn first_working_day(
        &self,
        from: Option<Date>,
        step: impl Fn(&Date) -> Option<Date>,
    ) -> Option<Date> {
        std::iter::successors(from, step).find(|day| self.is_working_day(*day))
    }

    fn working_days_after(&self, start: Date, value: u32) -> Option<Date> {
        let Some(last) = value.checked_sub(1) else {
            return self.working_day_from(start);
        };
        // There are at most as many working days as days; so a hopeless count ends at once.
        start.checked_add(Span::new().try_days(value).ok()?).ok()?;
        self.nth_working_day(start.tomorrow().ok(), last, |day| day.tomorrow().ok())
    }

    fn working_days_before(&self, event: Date, value: u32) -> Option<Date> {
        let Some(last) = value.checked_sub(1) else {
            return self.working_day_until(event);
        };
        event.checked_sub(Span::new().try_days(value).ok()?).ok()?;
        self.nth_working_day(event.yesterday().ok(), last, |day| day.yesterday().ok())
    }

    fn nth_working_day(
        &self,
        from: Option<Date>,
        n: u32,
        step: impl Fn(&Date) -> Option<Date>,
    ) -> Option<Date> {
        std::iter::successors(from, step)
            .filter(|day| self.is_working_day(*day))
            .nth(usize::try_from(n).ok()?)
    }

    /// The same day number `months` later or, where that month has no such day, the first of the
    /// next one (LFPA 29); from there the first working day.
    fn months_after(&self, start: Date, months: i64) -> Option<Date> {
        let count = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + months;
        let end = first_of_month(count).and_then(|first| {
            if start.day() <= first.days_in_month() {
                Date::new(first.year(), first.month(), start.day()).ok()
            } else {
                first_of_month(count + 1)
            }
        });
        self.working_day_from(end?)
    }
}

/// A legal day, and the day that it is in any calendar, if that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    /// The legal day, by the calendar of that moment.
    pub counts_as: Date,
    /// The day of the civil calendar, or after office hours the next one.
    pub on: Option<Date>,
}

impl From<Date> for Today {
    /// Of something of which the legal day alone is known.
    fn from(counts_as: Date) -> Self {
        Self {
            counts_as,
            on: None,
        }
    }
}

/// The day to which something of `now` belongs before any calendar is asked: after office hours, the next one.
pub fn day_of(now: Timestamp) -> Date {
    let local = civil(now);
    let today = local.date();
    if local.hour() >= catalogue::current().holidays().office_hours().closes {
        today.tomorrow().unwrap_or(today)
    } else {
        today
    }
}

/// A moment in the Institute's time zone.
fn civil(now: Timestamp) -> DateTime {
    let holidays = catalogue::current().holidays();
    now.to_zoned(holidays.time_zone().clone()).datetime()
}

/// The first day of a month, given as months since January of the year 0.
fn first_of_month(count: i64) -> Option<Date> {
    let year = i16::try_from(count.div_euclid(12)).ok()?;
    let month = i8::try_from(count.rem_euclid(12) + 1).ok()?;
    Date::new(year, month, 1).ok()
}

#[cfg(test)]
mod tests;
