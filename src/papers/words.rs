//! Days and lengths of time in Spanish, as official letters write them.

use domain::calendar::{Amount, Unit};
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// A day written out, such as “8 de enero de 2026”.
pub fn date(day: Date) -> String {
    let month = usize::try_from(day.month() - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .expect("a month of the civil calendar");
    format!("{} de {month} de {}", day.day(), day.year())
}

/// A length, such as “5 días hábiles”.
pub fn amount(Amount { value, unit }: Amount) -> String {
    let (one, many) = match unit {
        Unit::WorkingDays => ("día hábil", "días hábiles"),
        Unit::CalendarDays => ("día natural", "días naturales"),
        Unit::Months => ("mes", "meses"),
        Unit::Years => ("año", "años"),
    };
    format!("{value} {}", if value == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_lengths_read_as_in_a_letter() {
        assert_eq!(date(jiff::civil::date(2026, 1, 8)), "8 de enero de 2026");
        assert_eq!(
            date(jiff::civil::date(2026, 12, 31)),
            "31 de diciembre de 2026"
        );
        for (value, unit, words) in [
            (1, Unit::WorkingDays, "1 día hábil"),
            (5, Unit::WorkingDays, "5 días hábiles"),
            (30, Unit::CalendarDays, "30 días naturales"),
            (4, Unit::Months, "4 meses"),
            (1, Unit::Years, "1 año"),
        ] {
            assert_eq!(amount(Amount { value, unit }), words);
        }
    }
}
