//! How much of a term has passed, as a signal at 50, 80 and 100 %.

use jiff::civil::Date;

use super::clock::Clock;
use crate::calendar::{Calendar, Unit};
use crate::coded_enum;

coded_enum! {
    /// How near the end of a term is. The nearer compares greater.
    pub enum Signal {
        /// Less than half has passed.
        Green = "EN_TIEMPO",
        /// Half.
        Half = "MITAD",
        /// Four fifths.
        Late80 = "POR_VENCER",
        /// All of it: the last day.
        Due = "VENCE_HOY",
        /// The last day has passed.
        Over = "VENCIDO",
    }
}

/// The signal of a clock on a day, by the days that count: working days where the term is counted in
/// them, else all days. The day of the notice is not counted, today is.
pub fn signal(clock: &Clock, today: Date, calendar: &Calendar) -> Signal {
    let due_on = clock.due_on();
    if today > due_on {
        return Signal::Over;
    }
    if today == due_on {
        return Signal::Due;
    }
    let by_working_days = clock.key().term().amount().unit == Unit::WorkingDays;
    let mut days = 0_u64;
    let mut passed = 0_u64;
    let mut day = clock.starts_on();
    while day < due_on {
        let Ok(next) = day.tomorrow() else {
            break;
        };
        day = next;
        if !by_working_days || calendar.is_working_day(day) {
            days += 1;
            passed += u64::from(day <= today);
        }
    }
    if passed * 100 >= days * 80 {
        Signal::Late80
    } else if passed * 100 >= days * 50 {
        Signal::Half
    } else {
        Signal::Green
    }
}
