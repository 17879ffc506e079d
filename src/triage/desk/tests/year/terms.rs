//! A reckoning of terms that shares no code with that of the service.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

/// The days off of 2026 and 2027, as the federal decree lists them.
const DAYS_OFF: [Date; 16] = [
    date(2026, 1, 1),
    date(2026, 2, 2),
    date(2026, 3, 16),
    date(2026, 5, 1),
    date(2026, 5, 5),
    date(2026, 9, 16),
    date(2026, 11, 16),
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2027, 2, 1),
    date(2027, 3, 15),
    date(2027, 5, 1),
    date(2027, 5, 5),
    date(2027, 9, 16),
    date(2027, 11, 15),
    date(2027, 12, 25),
];

/// The length of each term, and what it is counted in.
pub(super) struct Lengths(BTreeMap<String, (i32, String)>);

impl Lengths {
    /// As their file has them, read without the code that reads it.
    pub(super) fn read() -> Self {
        let file: toml::Table = include_str!("../../../../domain/catalogues/terms.toml")
            .parse()
            .unwrap();
        let all = file["entry"].as_array().unwrap().iter();
        let text = |term: &toml::Value, part: &str| term[part].as_str().unwrap().to_owned();
        let lengths = all.map(|term| {
            let value = i32::try_from(term["value"].as_integer().unwrap()).unwrap();
            (text(term, "key"), (value, text(term, "unit")))
        });
        Self(lengths.collect())
    }

    /// The last day of a term that starts on a day, counted day by day.
    pub(super) fn last_day(&self, key: &str, starts_on: Date) -> Date {
        let (value, unit) = &self.0[key];
        let mut day = starts_on;
        match unit.as_str() {
            "working_days" => {
                let mut left = *value;
                while left > 0 {
                    day = day.tomorrow().unwrap();
                    left -= i32::from(works(day));
                }
            }
            "calendar_days" => day += value.days(),
            "months" => day += value.months(),
            "years" => day += value.years(),
            other => panic!("{other}"),
        }
        while !works(day) {
            day = day.tomorrow().unwrap();
        }
        day
    }
}

fn works(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !DAYS_OFF.contains(&day)
}
