//! Days on which terms do not run though no rule says so: published in the DOF, or agreed.

use std::{borrow::Cow, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A run of days, both ends included, written `2026-12-21/2027-01-06 reason`, or with one date alone.
///
/// ```
/// use domain::calendar::Suspension;
/// use jiff::civil::date;
///
/// let days: Suspension = "2026-04-02/2026-04-03 Jueves y Viernes Santo".parse()?;
/// assert!(days.covers(date(2026, 4, 3)));
/// # Ok::<(), domain::calendar::SuspensionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    from: Date,
    to: Date,
    reason: String,
}

/// Why a text is no suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SuspensionError {
    /// One of the dates is not of the form `2026-12-21`, or does not exist.
    #[error("expected `YYYY-MM-DD` or `YYYY-MM-DD/YYYY-MM-DD`, then the reason")]
    NotADate,
    /// The last day comes before the first.
    #[error("{to} comes before {from}")]
    Backwards {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
}

impl Suspension {
    /// The days `from` to `to`.
    ///
    /// # Errors
    ///
    /// [`SuspensionError::Backwards`] if `to` comes before `from`.
    pub fn new(from: Date, to: Date, reason: &str) -> Result<Self, SuspensionError> {
        if to < from {
            return Err(SuspensionError::Backwards { from, to });
        }
        Ok(Self {
            from,
            to,
            reason: reason.to_owned(),
        })
    }

    /// The first day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// The last day.
    pub fn to(&self) -> Date {
        self.to
    }

    /// Why, or where it was published; may be empty.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether terms stand still on `day`.
    pub fn covers(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl FromStr for Suspension {
    type Err = SuspensionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (days, reason) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (from, to) = days.split_once('/').unwrap_or((days, days));
        Self::new(read_date(from)?, read_date(to)?, reason.trim())
    }
}

/// Reads `YYYY-MM-DD` and nothing else: jiff would also take a date with a time behind it, and
/// silently drop the time.
fn read_date(text: &str) -> Result<Date, SuspensionError> {
    let date: Date = text.parse().map_err(|_| SuspensionError::NotADate)?;
    if date.to_string() == text {
        Ok(date)
    } else {
        Err(SuspensionError::NotADate)
    }
}

impl fmt::Display for Suspension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.from)?;
        if self.to != self.from {
            write!(f, "/{}", self.to)?;
        }
        if !self.reason.is_empty() {
            write!(f, " {}", self.reason)?;
        }
        Ok(())
    }
}

impl Serialize for Suspension {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Suspension {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(from)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// The lines of a file of suspensions that could not be read, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspensionsError {
    /// Line number and fault, in the order of the file.
    pub lines: Vec<(usize, SuspensionError)>,
}

impl fmt::Display for SuspensionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("suspensions:")?;
        self.lines
            .iter()
            .try_for_each(|(line, fault)| write!(f, "\n  line {line}: {fault}"))
    }
}

impl std::error::Error for SuspensionsError {}

/// Reads a file of suspensions: one a line, `#` begins a comment line, empty lines are skipped.
///
/// # Errors
///
/// Names every bad line at once.
pub fn read_suspensions(text: &str) -> Result<Vec<Suspension>, SuspensionsError> {
    let mut suspensions = Vec::new();
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines().map(str::trim)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.parse() {
            Ok(suspension) => suspensions.push(suspension),
            Err(fault) => lines.push((number, fault)),
        }
    }
    if lines.is_empty() {
        Ok(suspensions)
    } else {
        Err(SuspensionsError { lines })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_file_of_suspensions_has_one_a_line() {
        let read = read_suspensions(
            "\u{feff}# 2026\r\n2026-04-02/2026-04-03 Semana Santa\r\n\r\n  2026-06-07  Elección \n",
        )
        .unwrap();
        assert_eq!(
            read,
            [
                Suspension::new(date(2026, 4, 2), date(2026, 4, 3), "Semana Santa").unwrap(),
                Suspension::new(date(2026, 6, 7), date(2026, 6, 7), "Elección").unwrap(),
            ]
        );
    }

    #[test]
    fn every_bad_line_of_a_file_is_named() {
        let fault =
            read_suspensions("2026-02-30\n2026-01-01\n2026-01-02/2026-01-01 x").unwrap_err();
        assert_eq!(
            fault
                .lines
                .iter()
                .map(|(line, _)| *line)
                .collect::<Vec<_>>(),
            [1, 3]
        );
        assert!(
            fault
                .to_string()
                .contains("line 3: 2026-01-01 comes before 2026-01-02"),
            "{fault}"
        );
    }

    #[test]
    fn a_time_of_day_is_not_silently_dropped() {
        assert_eq!(
            "2026-04-02T10:00".parse::<Suspension>(),
            Err(SuspensionError::NotADate)
        );
    }

    #[test]
    fn a_suspension_is_read_back_as_written() {
        for text in [
            "2026-04-02",
            "2026-04-02/2026-04-03",
            "2026-12-21/2027-01-06 Vacaciones",
        ] {
            let read: Suspension = text.parse().unwrap();
            assert_eq!(read.to_string(), text);
            let json = serde_json::to_string(&read).unwrap();
            assert_eq!(serde_json::from_str::<Suspension>(&json).unwrap(), read);
        }
    }
}
