//! Which chunks of evidence nobody will ask for any more.
//!
//! A file is sealed and stored before its complaint is sent, and a person may leave the form in
//! between. Only the letter says which chunks belong to whom, so what is left over is told by its day
//! alone. A form lives for a few hours: the letter that names a chunk of the legal day D bears D or the
//! next legal day, D1. Chunks of D go when the legal day after that one, D2, is past as well and no
//! envelope of D or D1 waits or is set aside. Legal days are working days, so weekends and holidays
//! lengthen the time by themselves.

use std::collections::BTreeSet;

use domain::calendar::Calendar;
use jiff::civil::Date;
use store::StoreError;
use store::mailroom::TriageMailroom;

/// Chunks that are removed in one transaction: 16 MiB.
const STEP: u32 = 64;

/// How long a run of non-working days may be that is looked through.
const LONGEST_REST: usize = 366;

/// Whether chunks of `day` may go on `today`, while envelopes of the days `pending` are still there.
pub(crate) fn may_go(
    calendar: &Calendar,
    day: Date,
    today: Date,
    pending: &BTreeSet<Date>,
) -> bool {
    let Some(next) = next_legal_day(calendar, day) else {
        return false;
    };
    let Some(second) = next_legal_day(calendar, next) else {
        return false;
    };
    today > second && pending.range(day..=next).next().is_none()
}

/// The first working day after `day`; `None` at the end of the calendar.
fn next_legal_day(calendar: &Calendar, day: Date) -> Option<Date> {
    let days = std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok());
    days.take(LONGEST_REST)
        .find(|day| calendar.is_working_day(*day))
}

/// Removes all chunks that may go; says how many.
///
/// # Errors
/// See [`StoreError`]; what is left is removed the next time.
pub(crate) async fn sweep(
    mailroom: &dyn TriageMailroom,
    calendar: &Calendar,
    today: Date,
) -> Result<u64, StoreError> {
    // First the chunks, then the envelopes: what is stored in between is of a day that stays.
    let days = mailroom.chunk_days().await?;
    let pending = mailroom.pending_days().await?;
    let mut swept = 0;
    for day in days {
        if !may_go(calendar, day, today, &pending) {
            continue;
        }
        loop {
            match mailroom.sweep_chunks(day, STEP).await? {
                0 => break,
                removed => swept += removed,
            }
        }
    }
    Ok(swept)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use proptest::prelude::*;
    use sealing::evidence::SEALED_CHUNK_BYTES;
    use store::mailroom::{IntakeMailroom as _, StoredChunk};

    use super::*;
    use crate::testing::{House, story};

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

    fn after(day: Date) -> Date {
        working_day(day.tomorrow().unwrap())
    }

    /// Any legal day of some years, weekends, Easter and the days of December around it.
    fn legal_days() -> impl Strategy<Value = Date> {
        (0_i64..2_000)
            .prop_map(|offset| working_day(date(2024, 1, 1).checked_add(offset.days()).unwrap()))
    }

    proptest! {
        #[test]
        fn no_chunk_goes_while_its_letter_may_still_come_or_wait(
            day in legal_days(),
            late in any::<bool>(),
            today in 0_i64..40,
            others in prop::collection::btree_set(-20_i64..40, 0..6),
        ) {
            let today = day.checked_add(today.days()).unwrap();
            let (first, second) = (after(day), after(after(day)));
            let mut pending: BTreeSet<Date> = others
                .into_iter()
                .map(|offset| working_day(day.checked_add(offset.days()).unwrap()))
                .filter(|other| *other != day && *other != first)
                .collect();
            // Envelopes of other days hold nothing up.
            prop_assert_eq!(may_go(&calendar(), day, today, &pending), today > second);
            pending.insert(if late { first } else { day });
            prop_assert!(!may_go(&calendar(), day, today, &pending));
        }
    }

    #[test]
    fn a_weekend_and_a_holiday_lengthen_the_time() {
        // Friday; Monday, 16 March 2026, is a holiday; so D1 is Tuesday and D2 Wednesday.
        let friday = date(2026, 3, 13);
        let none = BTreeSet::new();
        for day in 14..=18 {
            assert!(!may_go(&calendar(), friday, date(2026, 3, day), &none));
        }
        assert!(may_go(&calendar(), friday, date(2026, 3, 19), &none));
        // Of a Tuesday, on the other hand, on Friday.
        let tuesday = date(2026, 3, 3);
        assert!(!may_go(&calendar(), tuesday, date(2026, 3, 5), &none));
        assert!(may_go(&calendar(), tuesday, date(2026, 3, 6), &none));
    }

    #[tokio::test]
    async fn what_was_left_behind_goes_and_what_a_letter_may_name_stays() {
        let house = House::new().await;
        let chunk = |id: u8, received_on| StoredChunk {
            id: [id; 16].into(),
            received_on,
            bytes: vec![id; SEALED_CHUNK_BYTES],
        };
        // Wednesday the 4th, with an envelope that stays; Thursday; Monday.
        let chunks = [
            chunk(1, date(2026, 3, 3)),
            chunk(2, date(2026, 3, 4)),
            chunk(3, date(2026, 3, 5)),
            chunk(4, date(2026, 3, 9)),
        ];
        house.mailroom.put_chunks(&chunks).await.unwrap();
        house.file(story("Piden dinero por cada guardia.")).await;
        let today = date(2026, 3, 10);
        let left = async || {
            let mut left = Vec::new();
            for chunk in &chunks {
                if house.mailroom.chunk(chunk.id).await.unwrap().is_some() {
                    left.push(chunk.received_on.day());
                }
            }
            left
        };

        let swept = sweep(&*house.mailroom, &calendar(), today).await.unwrap();
        assert_eq!(swept, 1);
        assert_eq!(left().await, [3, 4, 9], "the envelope may name these");

        house.set_all_aside().await;
        sweep(&*house.mailroom, &calendar(), today).await.unwrap();
        assert_eq!(left().await, [3, 4, 9], "nor does one that was set aside");

        let other = House::new().await;
        other.mailroom.put_chunks(&chunks).await.unwrap();
        let swept = sweep(&*other.mailroom, &calendar(), today).await.unwrap();
        assert_eq!(swept, 3);
    }
}
