//! Which open cases do not move, and why.

use domain::calendar::{Amount, Calendar, Unit};
use domain::catalogue::current;
use domain::coded_enum;
use jiff::civil::Date;

use super::filter::{Seen, is_open};
use crate::desk::register::Case;

coded_enum! {
    /// Why a case does not move. The first that holds is told.
    pub enum Stuck {
        /// How it stands cannot be read.
        Damaged = "NO_SE_PUEDE_LEER",
        /// Too few members may act on it.
        TooFew = "FALTAN_PERSONAS",
        /// No term runs, so that nobody is told to do anything.
        NoTerm = "SIN_PLAZO",
        /// Nothing was done for long.
        NoStep = "SIN_PASOS",
    }
}

/// Why a case does not move; `None` if it does, or is closed.
pub(in crate::desk) fn why(case: &Case, seen: &Seen<'_>) -> Option<Stuck> {
    if !is_open(case) {
        None
    } else if case.is_damaged() {
        Some(Stuck::Damaged)
    } else if seen.eye.too_few(case) {
        Some(Stuck::TooFew)
    } else if case.entry.terms.is_empty() {
        Some(Stuck::NoTerm)
    } else if case.last_step() < seen.stuck_before {
        Some(Stuck::NoStep)
    } else {
        None
    }
}

/// Before which day the last entry of a case lies that is stuck today.
pub(super) fn before(calendar: &Calendar, today: Date) -> Date {
    let most = current().procedure().stuck.most;
    let days = Amount {
        value: u32::try_from(most).unwrap_or(u32::MAX),
        unit: Unit::WorkingDays,
    };
    // A calendar that ends before lets nothing be stuck.
    calendar.latest_before(today, days).unwrap_or(Date::MIN)
}
