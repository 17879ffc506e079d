//! The non-working days of a profile, as rules that hold for every year.

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::Profile;

crate::coded_enum! {
    /// A day of the week, as the data files name it.
    pub enum DayOfWeek {
        /// lunes
        Monday = "monday",
        /// martes
        Tuesday = "tuesday",
        /// miércoles
        Wednesday = "wednesday",
        /// jueves
        Thursday = "thursday",
        /// viernes
        Friday = "friday",
        /// sábado
        Saturday = "saturday",
        /// domingo
        Sunday = "sunday",
    }
}

impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

/// The day of the year a holiday falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// The same day every year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
    },
    /// Such as the third Monday of November.
    NthWeekday {
        /// 1 to 12.
        month: i8,
        /// Which day of the week.
        weekday: DayOfWeek,
        /// 1 to 4: the fifth of its kind is missing from most months.
        nth: i8,
    },
    /// The change of government, once in six years.
    EveryYears {
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
        /// Years between two of them.
        every: i16,
        /// The first year the rule holds for: an older text named another day.
        first: i16,
    },
}

impl Rule {
    /// Whether the holiday is on this very day.
    pub fn falls_on(self, date: Date) -> bool {
        match self {
            Self::Fixed { month, day } => date.month() == month && date.day() == day,
            Self::NthWeekday {
                month,
                weekday,
                nth,
            } => {
                date.month() == month
                    && (date.day() - 1) / 7 + 1 == nth
                    && DayOfWeek::from(date.weekday()) == weekday
            }
            Self::EveryYears {
                month,
                day,
                every,
                first,
            } => {
                date.month() == month
                    && date.day() == day
                    && date.year() >= first
                    && date
                        .year()
                        .checked_sub(first)
                        .and_then(|years| years.checked_rem(every))
                        == Some(0)
            }
        }
    }

    /// Whether some year has such a day.
    pub(crate) fn is_possible(self) -> bool {
        const LEAP_YEAR: i16 = 2024;
        match self {
            Self::Fixed { month, day } => Date::new(LEAP_YEAR, month, day).is_ok(),
            Self::NthWeekday {
                month,
                weekday: _,
                nth,
            } => (1..=12).contains(&month) && (1..=4).contains(&nth),
            Self::EveryYears {
                month,
                day,
                every,
                first,
            } => {
                every > 0 && Date::new(LEAP_YEAR, month, day).is_ok() && (0..=9999).contains(&first)
            }
        }
    }
}

/// A non-working day of every year, or of some.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// What is commemorated, in Spanish.
    pub name: String,
    /// When.
    pub rule: Rule,
}

/// The hours of proceedings (LFPA 30), full hours of the Institute's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    /// The first hour.
    pub opens: i8,
    /// From this hour on, the day is over.
    pub closes: i8,
}

/// The non-working days of one official list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileRules {
    /// Which list.
    pub code: Profile,
    /// Its name in Spanish.
    pub name: String,
    /// The norm.
    pub source: String,
    /// The days of each week without work.
    pub weekend: Vec<DayOfWeek>,
    /// The other days without work.
    pub holidays: Vec<Holiday>,
}

impl ProfileRules {
    /// Whether this list makes `day` a non-working day.
    pub fn rests_on(&self, day: Date) -> bool {
        self.weekend.contains(&day.weekday().into())
            || self
                .holidays
                .iter()
                .any(|holiday| holiday.rule.falls_on(day))
    }
}
