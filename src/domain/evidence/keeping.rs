//! For how long the sealed chunks of a file wait for the letter that names them.
//!
//! A file is sealed and stored before its complaint is sent, and a person may leave the form in
//! between. Only the letter says which chunks belong to whom, so what is left over is told by its day
//! alone. Both sides keep to one rule, in legal days of the calendar *that the programs are built with*
//! (the house's): the letter that names a chunk of day D is sent on D or the next one, D1; the public side
//! sends none later. Chunks of D go when the legal day after that one, D2, is past as well and no envelope
//! that may name them waits or is set aside. Legal days are working days, so weekends and holidays lengthen
//! the time by themselves.
//!
//! The letter itself bears the legal day of the committee's calendar, with days on which terms stand still
//! that are entered and taken back while files wait. So the day of an envelope may lie before or after the
//! house's days: it is taken for one that may name the chunks wherever it may have been dated so.
//!
//! *The road not taken:* to count the keeping of files by the committee's calendar too. The two sides learn of
//! a change at different times, and the sooner one would throw away what the other still takes.

use std::collections::BTreeSet;
use std::ops::Bound;

use jiff::civil::Date;

use crate::calendar::{Amount, Calendar, Unit};

/// Whether a letter that is sent on `letter_day` may name chunks of `stored_on`, both legal days of the house's
/// calendar.
///
/// At the end of the civil calendar it may: nothing goes there.
pub fn letter_may_name(calendar: &Calendar, stored_on: Date, letter_day: Date) -> bool {
    next(calendar, stored_on).is_none_or(|last| letter_day <= last)
}

/// Whether chunks of `day` may go on `today`, while envelopes of the days `pending` are still there.
///
/// `dated_by` are the calendars by which a letter may have been dated; without them, one that is dated late
/// may be any.
pub fn chunks_may_go(
    calendar: &Calendar,
    dated_by: Option<&[Calendar]>,
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
    // Whatever came for a legal day came after the offices had closed on the one before.
    let before = day.yesterday().ok();
    let before = before.and_then(|day| calendar.working_day_until(day));
    let begin = before.map_or(Bound::Unbounded, Bound::Excluded);
    let end = dated_by.and_then(|dated_by| {
        let latest = dated_by.iter().map(|one| from(one, first));
        latest
            .chain([Some(first)])
            .max_by_key(|day| day.unwrap_or(Date::MAX))?
    });
    let end = end.map_or(Bound::Unbounded, Bound::Included);
    today > second && pending.range((begin, end)).next().is_none()
}

/// The first working day that is `day` or later.
fn from(calendar: &Calendar, day: Date) -> Option<Date> {
    let at_once = Amount {
        value: 0,
        unit: Unit::WorkingDays,
    };
    calendar.due(day, at_once).ok()
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
    use jiff::civil::date;
    use jiff::{SignedDuration, Timestamp, ToSpan as _};
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{Profile, Suspension};
    use crate::catalogue;

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

    /// Of the house alone: letters bear its days.
    fn may_go(day: Date, today: Date, pending: &BTreeSet<Date>) -> bool {
        chunks_may_go(&calendar(), Some(&[calendar()]), day, today, pending)
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
            let go = may_go(day, today, &pending);
            prop_assert_eq!(go, may_go(day, today, &BTreeSet::new()));
            prop_assert!(!(go && may_name(today)), "a letter may still come");
            // One that may name them does, however old it is.
            pending.insert(letter);
            prop_assert_eq!(may_go(day, today, &pending), go && !may_name(letter));
        }

        /// Files and letters of any hours, and a committee that enters days and chooses another list, or takes
        /// both back, before, between or afterwards.
        #[test]
        fn no_chunk_goes_while_a_letter_waits_that_was_dated_by_another_calendar(
            stored in 0_i64..1_500 * 24,
            later in 0_i64..24 * 6,
            suspended in -10_i64..10,
            length in 0_i64..92,
            profile in prop::sample::select(Profile::ALL),
            counts_now: bool,
            known: bool,
            today in 0_i64..160,
        ) {
            let at = |hours: i64| {
                Timestamp::from_second(1_704_067_200).unwrap() + SignedDuration::from_hours(hours)
            };
            let zone = || catalogue::current().holidays().time_zone().clone();
            let (stored_at, sent_at) = (at(stored), at(stored + later));
            let (house, day) = (calendar(), calendar().legal_day(stored_at));
            prop_assume!(letter_may_name(&house, day, house.legal_day(sent_at)));
            let from = day.checked_add(suspended.days()).unwrap();
            let to = from.checked_add(length.days()).unwrap();
            let mut days = house.suspensions().to_vec();
            days.push(Suspension::new(from, to, "").unwrap());
            let ever: Vec<_> = Profile::ALL
                .iter()
                .map(|profile| Calendar::new(*profile, days.clone()))
                .collect();
            let committee = if counts_now { Calendar::new(profile, days) } else {
                Calendar::new(profile, house.suspensions().to_vec())
            };
            let pending = BTreeSet::from([committee.legal_day(sent_at)]);
            let today = sent_at.to_zoned(zone()).date().checked_add(today.days()).unwrap();
            let dated_by = known.then_some(&ever[..]);
            prop_assert!(!chunks_may_go(&house, dated_by, day, today, &pending));
            // And what was sent long ago, and is worked off, holds nothing up.
            let long_after = day.checked_add(60.days()).unwrap();
            prop_assert!(chunks_may_go(&house, dated_by, day, long_after, &BTreeSet::new()));
        }
    }

    #[test]
    fn a_weekend_and_a_holiday_lengthen_the_time() {
        // Friday; Monday, 16 March 2026, is a holiday; so D1 is Tuesday and D2 Wednesday.
        let friday = date(2026, 3, 13);
        let none = BTreeSet::new();
        for day in 14..=18 {
            assert!(!may_go(friday, date(2026, 3, day), &none));
        }
        assert!(may_go(friday, date(2026, 3, 19), &none));
        assert!(letter_may_name(&calendar(), friday, date(2026, 3, 17)));
        assert!(!letter_may_name(&calendar(), friday, date(2026, 3, 18)));
        // Of a Tuesday, on the other hand, on Friday.
        let tuesday = date(2026, 3, 3);
        assert!(!may_go(tuesday, date(2026, 3, 5), &none));
        assert!(may_go(tuesday, date(2026, 3, 6), &none));
        assert!(letter_may_name(&calendar(), tuesday, date(2026, 3, 4)));
        assert!(!letter_may_name(&calendar(), tuesday, date(2026, 3, 5)));
    }

    #[test]
    fn at_the_end_of_the_calendar_nothing_goes() {
        assert!(letter_may_name(&calendar(), Date::MAX, Date::MAX));
        assert!(!may_go(Date::MAX, Date::MAX, &BTreeSet::new()));
    }
}
