//! For how long the sealed chunks of a file wait for the letter that names them.
//!
//! A file is sealed and stored before its complaint is sent, and a person may leave the form in
//! between. Only the letter says which chunks belong to whom, so what is left over is told by its day
//! alone. Both sides keep to one rule, in legal days: the letter that names a chunk of day D bears D or
//! the next one, D1; the public side dates none later. Chunks of D go when the legal day after that
//! one, D2, is past as well and no envelope of D or D1 waits or is set aside. Legal days are working
//! days, so weekends and holidays lengthen the time by themselves.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::calendar::{Amount, Calendar, Unit};

/// Whether a letter of `letter_day` may name chunks of `stored_on`.
///
/// At the end of the civil calendar it may: nothing goes there.
pub fn letter_may_name(calendar: &Calendar, stored_on: Date, letter_day: Date) -> bool {
    next(calendar, stored_on).is_none_or(|last| letter_day <= last)
}

/// Whether chunks of `day` may go on `today`, while envelopes of the days `pending` are still there.
pub fn chunks_may_go(
    calendar: &Calendar,
    day: Date,
    today: Date,
    pending: &BTreeSet<Date>,
) -> bool {
    let Some(first) = next(calendar, day) else {
        return false;
    };
    let Some(second) = next(calendar, first) else {
        return false;
    };
    today > second && pending.range(day..=first).next().is_none()
}

/// The first working day after `day`.
fn next(calendar: &Calendar, day: Date) -> Option<Date> {
    let one = Amount {
        value: 1,
        unit: Unit::WorkingDays,
    };
    calendar.due(day, one).ok()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn calendar() -> Calendar {
        Calendar::default()
    }

    fn working_day(day: Date) -> Date {
        let mut day = day;
        while !calendar().is_working_day(day) {
            day = day.tomorrow().unwrap();
        }
        day
    }

    /// Any legal day of some years, weekends, Easter and the days of December around it.
    fn legal_days() -> impl Strategy<Value = Date> {
        (0_i64..2_000)
            .prop_map(|offset| working_day(date(2024, 1, 1).checked_add(offset.days()).unwrap()))
    }

    proptest! {
        #[test]
        fn no_chunk_goes_while_a_letter_that_may_name_it_may_still_come_or_waits(
            day in legal_days(),
            letter in 0_i64..20,
            today in 0_i64..40,
            others in prop::collection::btree_set(-20_i64..40, 0..6),
        ) {
            let after = |offset: i64| day.checked_add(offset.days()).unwrap();
            let (letter, today) = (working_day(after(letter)), after(today));
            let may_name = |letter| letter_may_name(&calendar(), day, letter);
            let mut pending: BTreeSet<Date> = others
                .into_iter()
                .map(|offset| working_day(after(offset)))
                .filter(|other| *other < day || !may_name(*other))
                .collect();
            // Envelopes of other days hold nothing up.
            let go = chunks_may_go(&calendar(), day, today, &pending);
            prop_assert_eq!(go, chunks_may_go(&calendar(), day, today, &BTreeSet::new()));
            prop_assert!(!(go && may_name(today)), "a letter may still come");
            // One that may name them does, however old it is.
            pending.insert(letter);
            prop_assert_eq!(chunks_may_go(&calendar(), day, today, &pending), go && !may_name(letter));
        }
    }

    #[test]
    fn a_weekend_and_a_holiday_lengthen_the_time() {
        // Friday; Monday, 16 March 2026, is a holiday; so D1 is Tuesday and D2 Wednesday.
        let friday = date(2026, 3, 13);
        let none = BTreeSet::new();
        for day in 14..=18 {
            assert!(!chunks_may_go(
                &calendar(),
                friday,
                date(2026, 3, day),
                &none
            ));
        }
        assert!(chunks_may_go(&calendar(), friday, date(2026, 3, 19), &none));
        assert!(letter_may_name(&calendar(), friday, date(2026, 3, 17)));
        assert!(!letter_may_name(&calendar(), friday, date(2026, 3, 18)));
        // Of a Tuesday, on the other hand, on Friday.
        let tuesday = date(2026, 3, 3);
        assert!(!chunks_may_go(
            &calendar(),
            tuesday,
            date(2026, 3, 5),
            &none
        ));
        assert!(chunks_may_go(&calendar(), tuesday, date(2026, 3, 6), &none));
        assert!(letter_may_name(&calendar(), tuesday, date(2026, 3, 4)));
        assert!(!letter_may_name(&calendar(), tuesday, date(2026, 3, 5)));
    }

    #[test]
    fn at_the_end_of_the_calendar_nothing_goes() {
        assert!(letter_may_name(&calendar(), Date::MAX, Date::MAX));
        assert!(!chunks_may_go(
            &calendar(),
            Date::MAX,
            Date::MAX,
            &BTreeSet::new()
        ));
    }
}
