use std::collections::BTreeSet;

use jiff::{ToSpan as _, civil::date};
use proptest::prelude::*;

use super::*;

fn federal() -> Calendar {
    Calendar::new(Profile::FederalDecree, Vec::new())
}

fn amount(value: u32, unit: Unit) -> Amount {
    Amount { value, unit }
}

fn at(local: &str) -> Timestamp {
    format!("{local}[America/Mexico_City]")
        .parse::<jiff::Zoned>()
        .unwrap()
        .timestamp()
}

#[test]
fn the_published_examples_hold() {
    let cases = [
        (
            date(2026, 1, 29),
            amount(5, Unit::WorkingDays),
            date(2026, 2, 6),
        ),
        (
            date(2026, 4, 30),
            amount(3, Unit::WorkingDays),
            date(2026, 5, 7),
        ),
        (
            date(2026, 8, 31),
            amount(4, Unit::Months),
            date(2026, 12, 31),
        ),
        (
            date(2026, 10, 31),
            amount(4, Unit::Months),
            date(2027, 3, 1),
        ),
    ];
    for (start, amount, due) in cases {
        assert_eq!(
            federal().due(start, amount),
            Ok(due),
            "{amount} from {start}"
        );
    }
}

#[test]
fn the_movable_holidays_are_those_of_the_published_mondays() {
    let mondays = [
        (2024, [(2, 5), (3, 18), (11, 18)]),
        (2025, [(2, 3), (3, 17), (11, 17)]),
        (2026, [(2, 2), (3, 16), (11, 16)]),
        (2027, [(2, 1), (3, 15), (11, 15)]),
        (2028, [(2, 7), (3, 20), (11, 20)]),
    ];
    for (year, days) in mondays {
        for (month, day) in days {
            let monday = date(year, month, day);
            assert!(!federal().is_working_day(monday), "{monday}");
            assert!(
                !Calendar::new(Profile::Lft74, Vec::new()).is_working_day(monday),
                "{monday}"
            );
        }
    }
}

#[test]
fn the_three_lists_differ_where_their_norms_do() {
    // Weekdays all of them; which of federal decree, LFT 74, LFPA 28 rests.
    let days = [
        (date(2026, 2, 2), [true, true, false]),
        (date(2026, 2, 5), [false, false, true]),
        (date(2028, 3, 21), [false, false, true]),
        (date(2026, 5, 5), [true, false, true]),
        (date(2026, 9, 1), [false, false, true]),
        (date(2026, 9, 16), [true, true, true]),
        (date(2024, 10, 1), [true, true, false]),
        (date(2030, 10, 1), [true, true, false]),
        (date(2025, 10, 1), [false, false, false]),
        (date(2036, 12, 1), [false, false, true]),
        (date(2026, 11, 20), [false, false, true]),
        (date(2026, 12, 25), [true, true, true]),
    ];
    for (day, rests) in days {
        let found = [Profile::FederalDecree, Profile::Lft74, Profile::Lfpa28]
            .map(|profile| !Calendar::new(profile, Vec::new()).is_working_day(day));
        assert_eq!(found, rests, "{day}");
    }
}

#[test]
fn the_day_of_the_notice_is_not_counted_even_on_a_non_working_day() {
    let saturday = date(2026, 8, 1);
    let monday = date(2026, 8, 3);
    assert_eq!(
        federal().due(saturday, amount(1, Unit::WorkingDays)),
        Ok(monday)
    );
    assert_eq!(
        federal().due(saturday, amount(2, Unit::CalendarDays)),
        Ok(monday)
    );
    assert_eq!(
        federal().due(saturday, amount(1, Unit::CalendarDays)),
        Ok(monday)
    );
}

#[test]
fn a_year_from_the_29th_of_february_ends_in_march() {
    let leap_day = date(2024, 2, 29);
    assert_eq!(
        federal().due(leap_day, amount(1, Unit::Years)),
        Ok(date(2025, 3, 3))
    );
    assert_eq!(
        federal().due(leap_day, amount(4, Unit::Years)),
        Ok(date(2028, 2, 29))
    );
}

#[test]
fn a_suspension_stops_the_count() {
    let calendar = Calendar::new(
        Profile::FederalDecree,
        vec!["2026-04-02/2026-04-03".parse().unwrap()],
    );
    let wednesday = date(2026, 4, 1);
    assert_eq!(
        calendar.due(wednesday, amount(1, Unit::WorkingDays)),
        Ok(date(2026, 4, 6))
    );
}

#[test]
fn a_session_is_called_two_working_days_before() {
    let friday = date(2026, 2, 6);
    let call = |event, amount| federal().latest_before(event, amount);
    assert_eq!(
        call(friday, amount(2, Unit::WorkingDays)),
        Ok(date(2026, 2, 4))
    );
    assert_eq!(
        call(date(2026, 2, 3), amount(1, Unit::WorkingDays)),
        Ok(date(2026, 1, 30))
    );
    assert_eq!(
        call(date(2026, 2, 4), amount(3, Unit::CalendarDays)),
        Ok(date(2026, 1, 30))
    );
    let months = amount(1, Unit::Months);
    assert_eq!(
        call(friday, months),
        Err(CalendarError::NotCountedBack { amount: months })
    );
}

#[test]
fn what_comes_after_hours_counts_as_the_next_working_day() {
    let cases = [
        ("2026-08-05T17:59:59", date(2026, 8, 5)),
        ("2026-08-05T18:00", date(2026, 8, 6)),
        ("2026-08-05T00:00", date(2026, 8, 5)),
        ("2026-08-05T07:59", date(2026, 8, 5)),
        ("2026-08-07T18:00", date(2026, 8, 10)),
        ("2026-08-08T10:00", date(2026, 8, 10)),
        ("2026-01-30T20:00", date(2026, 2, 3)),
    ];
    for (now, day) in cases {
        assert_eq!(federal().legal_day(at(now)), day, "{now}");
    }
}

#[test]
fn the_legal_day_is_told_in_mexico_city_without_summer_time() {
    // 18:00 in Mexico City is midnight UTC all year since 2022.
    let before: Timestamp = "2026-07-01T23:59:59Z".parse().unwrap();
    let after: Timestamp = "2026-07-02T00:00:00Z".parse().unwrap();
    assert_eq!(federal().legal_day(before), date(2026, 7, 1));
    assert_eq!(federal().legal_day(after), date(2026, 7, 2));
}

#[test]
fn the_ends_of_time_are_answers_too() {
    let to_the_end = Suspension::new(date(9999, 1, 1), Date::MAX, "").unwrap();
    let closed = Calendar::new(Profile::FederalDecree, vec![to_the_end]);
    let civil_day = date(9999, 8, 5);
    assert_eq!(closed.legal_day(at("9999-08-05T10:00")), civil_day);
    assert_eq!(closed.legal_day(at("9999-08-05T20:00")), civil_day);
    let one = amount(1, Unit::WorkingDays);
    let out_of_range = CalendarError::OutOfRange {
        start: civil_day,
        amount: one,
    };
    assert_eq!(closed.due(civil_day, one), Err(out_of_range));
    for calendar in [federal(), closed] {
        calendar.legal_day(Timestamp::MIN);
        calendar.legal_day(Timestamp::MAX);
    }
    for unit in Unit::ALL {
        for start in [Date::MIN, date(-1, 2, 28), civil_day, Date::MAX] {
            assert!(federal().due(start, amount(u32::MAX, *unit)).is_err());
        }
        assert!(federal().due(Date::MAX, amount(1, *unit)).is_err());
    }
}

/// The holidays of a year written out as a person would, from the text of each norm.
fn written_out(profile: Profile, year: i16) -> BTreeSet<Date> {
    let monday = |month, nth: usize| {
        (1..=28)
            .map(|day| date(year, month, day))
            .filter(|day| day.weekday() == jiff::civil::Weekday::Monday)
            .nth(nth - 1)
            .unwrap()
    };
    let mut days: BTreeSet<Date> = [(1, 1), (5, 1), (9, 16), (12, 25)]
        .map(|(month, day)| date(year, month, day))
        .into();
    let changes_government = [2024, 2030, 2036, 2042, 2048].contains(&year);
    match profile {
        Profile::FederalDecree | Profile::Lft74 => {
            days.extend([monday(2, 1), monday(3, 3), monday(11, 3)]);
            if changes_government {
                days.insert(date(year, 10, 1));
            }
        }
        Profile::Lfpa28 => {
            days.extend([(2, 5), (3, 21), (9, 1), (11, 20)].map(|(m, d)| date(year, m, d)));
            if changes_government {
                days.insert(date(year, 12, 1));
            }
        }
    }
    if profile != Profile::Lft74 {
        days.insert(date(year, 5, 5));
    }
    days
}

fn rests(profile: Profile, suspended: &BTreeSet<Date>, day: Date) -> bool {
    matches!(day.weekday().to_monday_one_offset(), 6 | 7)
        || written_out(profile, day.year()).contains(&day)
        || suspended.contains(&day)
}

/// Counts on the fingers: a second way to the same answer, written without the first.
fn slow_due(profile: Profile, suspended: &BTreeSet<Date>, start: Date, amount: Amount) -> Date {
    let mut end = match amount.unit {
        Unit::WorkingDays => {
            let mut day = start;
            let mut left = amount.value;
            while left > 0 {
                day += 1.day();
                if !rests(profile, suspended, day) {
                    left -= 1;
                }
            }
            day
        }
        Unit::CalendarDays => start + i64::from(amount.value).days(),
        Unit::Months | Unit::Years => {
            let span = match amount.unit {
                Unit::Years => i64::from(amount.value).years(),
                Unit::Months | Unit::WorkingDays | Unit::CalendarDays => {
                    i64::from(amount.value).months()
                }
            };
            // jiff stops at the last day of a shorter month.
            let end = start + span;
            if end.day() < start.day() {
                end + 1.day()
            } else {
                end
            }
        }
    };
    while rests(profile, suspended, end) {
        end += 1.day();
    }
    end
}

prop_compose! {
    fn any_day()(offset in 0_i64..8_000) -> Date {
        date(2024, 1, 1) + offset.days()
    }
}

prop_compose! {
    fn any_suspension()(from in any_day(), length in 0_i64..30) -> Suspension {
        Suspension::new(from, from + length.days(), "").unwrap()
    }
}

fn any_amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        (0_u32..120, Just(Unit::WorkingDays)),
        (0_u32..400, Just(Unit::CalendarDays)),
        (0_u32..40, Just(Unit::Months)),
        (0_u32..4, Just(Unit::Years)),
    ]
    .prop_map(|(value, unit)| Amount { value, unit })
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let profile = proptest::sample::select(Profile::ALL);
    (profile, prop::collection::vec(any_suspension(), 0..6))
        .prop_map(|(profile, suspensions)| Calendar::new(profile, suspensions))
}

proptest! {
    #[test]
    fn a_term_ends_where_a_count_on_the_fingers_ends(
        calendar in any_calendar(), start in any_day(), amount in any_amount(),
    ) {
        let suspended = calendar
            .suspensions()
            .iter()
            .flat_map(|s| s.from().series(1.day()).take_while(|day| *day <= s.to()))
            .collect();
        let expected = slow_due(calendar.profile(), &suspended, start, amount);
        prop_assert_eq!(calendar.due(start, amount), Ok(expected));
    }

    #[test]
    fn a_term_ends_on_a_working_day_and_never_before_its_notice(
        calendar in any_calendar(), start in any_day(), amount in any_amount(),
    ) {
        let due = calendar.due(start, amount).unwrap();
        prop_assert!(calendar.is_working_day(due));
        prop_assert!(due >= start);
        prop_assert!(due > start || amount.value == 0);
    }

    #[test]
    fn a_longer_term_never_ends_earlier(
        calendar in any_calendar(), start in any_day(), amount in any_amount(), more in 0_u32..20,
    ) {
        let longer = Amount { value: amount.value + more, ..amount };
        prop_assert!(calendar.due(start, amount) .unwrap() <= calendar.due(start, longer).unwrap());
    }

    #[test]
    fn a_later_notice_never_ends_a_term_earlier(
        calendar in any_calendar(), start in any_day(), amount in any_amount(), later in 0_i64..60,
    ) {
        let due = calendar.due(start, amount).unwrap();
        prop_assert!(due <= calendar.due(start + later.days(), amount).unwrap());
    }

    #[test]
    fn a_further_suspension_never_shortens_a_term(
        calendar in any_calendar(), more in any_suspension(), start in any_day(), amount in any_amount(),
    ) {
        let mut suspensions = calendar.suspensions().to_vec();
        suspensions.push(more);
        let stricter = Calendar::new(calendar.profile(), suspensions);
        prop_assert!(calendar.due(start, amount).unwrap() <= stricter.due(start, amount).unwrap());
    }

    #[test]
    fn counting_back_and_forth_returns(
        calendar in any_calendar(), event in any_day(), value in 1_u32..60,
    ) {
        prop_assume!(calendar.is_working_day(event));
        let amount = Amount { value, unit: Unit::WorkingDays };
        let notice = calendar.latest_before(event, amount).unwrap();
        prop_assert!(calendar.is_working_day(notice));
        prop_assert_eq!(calendar.due(notice, amount), Ok(event));
    }

    #[test]
    fn no_date_and_no_amount_panics(
        year in -9999_i16..=9999, month in 1_i8..=12, day in 1_i8..=28,
        value: u32, unit in proptest::sample::select(Unit::ALL),
    ) {
        // Working days are counted one by one: thousands suffice here, the rest ends at once.
        let value = if unit == Unit::WorkingDays && value % 2 == 0 { value % 5_000 } else { value };
        let start = Date::new(year, month, day).unwrap();
        let amount = Amount { value, unit };
        if let Ok(due) = federal().due(start, amount) {
            prop_assert!(due >= start);
        }
        if let Ok(latest) = federal().latest_before(start, amount) {
            prop_assert!(latest <= start);
        }
    }

    #[test]
    fn the_legal_day_is_a_working_day_not_long_after(second in 1_700_000_000_i64..2_500_000_000) {
        let now = Timestamp::from_second(second).unwrap();
        let day = federal().legal_day(now);
        let civil = now.in_tz("America/Mexico_City").unwrap().date();
        prop_assert!(federal().is_working_day(day));
        prop_assert!(day >= civil && day <= civil + 5.days());
    }
}
