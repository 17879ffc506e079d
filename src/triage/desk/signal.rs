//! How pressing a term is, in working days.

use domain::calendar::{Amount, Calendar, Unit};
use domain::coded_enum;
use jiff::civil::Date;

/// A term is *soon* when no more working days than this are left besides today.
const SOON: u32 = 1;

coded_enum! {
    /// How pressing a term is. In the order of the list: the most pressing compares least.
    pub enum Signal {
        /// Its last day is over.
        Overdue = "overdue",
        /// Today or the next working day is its last.
        Soon = "soon",
        /// There is time.
        OnTime = "on_time",
    }
}

impl Signal {
    /// Of a term whose last day is `due_on`.
    pub(super) fn of(calendar: &Calendar, today: Date, due_on: Date) -> Self {
        let soon = Amount {
            value: SOON,
            unit: Unit::WorkingDays,
        };
        if due_on < today {
            Self::Overdue
        } else if calendar.due(today, soon).is_ok_and(|next| due_on > next) {
            Self::OnTime
        } else {
            Self::Soon
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weekends_and_holidays_are_not_time_left() {
        let calendar = Calendar::default();
        // Friday; Monday 2 February 2026 is a holiday.
        let friday = date(2026, 1, 30);
        for (due_on, signal) in [
            (date(2026, 1, 29), Signal::Overdue),
            (friday, Signal::Soon),
            (date(2026, 2, 3), Signal::Soon),
            (date(2026, 2, 4), Signal::OnTime),
        ] {
            assert_eq!(Signal::of(&calendar, friday, due_on), signal, "{due_on}");
        }
    }
}
