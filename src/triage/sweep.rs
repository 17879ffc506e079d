//! Which chunks of evidence nobody will ask for any more.
//!
//! The rule is `domain::evidence::chunks_may_go`, which the public side keeps to as well.

use domain::calendar::Calendar;
use domain::evidence::chunks_may_go;
use jiff::civil::Date;
use store::StoreError;
use store::mailroom::TriageMailroom;

/// Chunks that are removed in one transaction: 16 MiB.
const STEP: u32 = 64;

/// Removes all chunks that may go; says how many. `dated_by` are the calendars by which letters may have been
/// dated, if the service has been open and knows them.
///
/// # Errors
/// See [`StoreError`]; what is left is removed the next time.
pub(crate) async fn sweep(
    mailroom: &dyn TriageMailroom,
    calendar: &Calendar,
    dated_by: Option<&[Calendar]>,
    today: Date,
) -> Result<u64, StoreError> {
    // First the chunks, then the envelopes: what is stored in between is of a day that stays.
    let days = mailroom.chunk_days().await?;
    let pending = mailroom.pending_days().await?;
    let mut swept = 0;
    for day in days {
        if !chunks_may_go(calendar, dated_by, day, today, &pending) {
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
    use domain::calendar::Suspension;
    use jiff::civil::date;
    use sealing::evidence::SEALED_CHUNK_BYTES;
    use store::mailroom::{IntakeMailroom as _, StoredChunk};

    use super::*;
    use crate::testing::{House, story};

    fn calendar() -> Calendar {
        Calendar::default()
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

        let swept = sweep(&*house.mailroom, &calendar(), Some(&[calendar()]), today)
            .await
            .unwrap();
        assert_eq!(swept, 1);
        assert_eq!(left().await, [3, 4, 9], "the envelope may name these");

        house.set_all_aside().await;
        sweep(&*house.mailroom, &calendar(), Some(&[calendar()]), today)
            .await
            .unwrap();
        assert_eq!(left().await, [3, 4, 9], "nor does one that was set aside");

        let other = House::new().await;
        other.mailroom.put_chunks(&chunks).await.unwrap();
        let swept = sweep(&*other.mailroom, &calendar(), None, today)
            .await
            .unwrap();
        assert_eq!(swept, 3);
    }

    #[tokio::test]
    async fn a_letter_that_was_dated_late_keeps_its_files_also_for_a_service_that_knows_no_calendar()
     {
        let house = House::new().await;
        let chunk = StoredChunk {
            id: [1; 16].into(),
            received_on: date(2026, 2, 24),
            bytes: vec![1; SEALED_CHUNK_BYTES],
        };
        house.mailroom.put_chunks(&[chunk]).await.unwrap();
        // It bears Wednesday, 4 March: the days from 24 February on were suspended when it came.
        house.file(story("Piden dinero por cada guardia.")).await;
        let today = date(2026, 3, 10);
        let from_to = (date(2026, 2, 24), date(2026, 3, 3));
        let suspended = Suspension::new(from_to.0, from_to.1, "").unwrap();
        let ever = [Calendar::new(calendar().profile(), vec![suspended])];
        for dated_by in [None, Some(&ever[..])] {
            let swept = sweep(&*house.mailroom, &calendar(), dated_by, today).await;
            assert_eq!(swept.unwrap(), 0);
        }
        // A committee that never entered those days dated no letter so.
        let never = [calendar()];
        let swept = sweep(&*house.mailroom, &calendar(), Some(&never), today).await;
        assert_eq!(swept.unwrap(), 1);
    }
}
