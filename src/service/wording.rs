//! Days and terms in words, the same on both faces.

use domain::case::Deadline;
use jiff::civil::Date;

use crate::language::Texts;

/// A day written out, such as “8 de enero de 2026”.
pub fn date(texts: &Texts, day: Date) -> String {
    texts.fill(
        "date",
        &[
            ("day", &day.day().to_string()),
            ("month", &texts.get(&format!("month-{}", day.month()))),
            ("year", &day.year().to_string()),
        ],
    )
}

/// What is done in a term and by which day, in plain words.
pub fn deadline(texts: &Texts, deadline: &Deadline) -> String {
    texts.fill(
        "deadline",
        &[
            ("term", &texts.get(&format!("term-{}", deadline.key.code()))),
            ("date", &date(texts, deadline.due_on)),
        ],
    )
}
