//! When messages go: at fixed moments, whatever happens in between.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long after the beginning of a slot it goes out: how long it takes to write the messages, which may
/// depend on how many cases there are, does not show.
const LEAD: SignedDuration = SignedDuration::from_secs(60);
/// How long a slot may still begin. Who starts or opens the service later waits for the next one.
const GRACE: SignedDuration = SignedDuration::from_mins(10);

/// How far apart the slots are: they begin at the multiples of this, counted from 1970 in UTC, so an hourly
/// one begins on the hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    seconds: i64,
}

/// One slot, by the second at which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(i64);

impl Slots {
    /// Slots that far apart, in whole seconds and at least one.
    pub fn every(interval: Duration) -> Self {
        let seconds = i64::try_from(interval.as_secs()).unwrap_or(i64::MAX);
        Self {
            seconds: seconds.max(1),
        }
    }

    /// How far apart.
    pub fn interval(self) -> Duration {
        Duration::from_secs(self.seconds.unsigned_abs())
    }

    /// The slot that a moment is in.
    pub fn at(self, now: Timestamp) -> Slot {
        let begun = now.as_second().div_euclid(self.seconds);
        Slot(begun.saturating_mul(self.seconds))
    }

    /// The one before it.
    #[must_use]
    pub fn before(self, slot: Slot) -> Slot {
        Slot(slot.0.saturating_sub(self.seconds))
    }

    /// The slot whose messages may be written now.
    pub fn open(self, now: Timestamp) -> Option<Slot> {
        let slot = self.at(now);
        (slot.since(now) < self.part(GRACE, 2)).then_some(slot)
    }

    /// Since when the messages of a slot may go out.
    pub fn goes_at(self, slot: Slot) -> Timestamp {
        // A slot is some seconds before a moment that there is.
        slot.begins()
            .saturating_add(self.part(LEAD, 10))
            .unwrap_or(Timestamp::MAX)
    }

    /// A length of time, or a part of the interval if that is shorter.
    fn part(self, most: SignedDuration, of: i64) -> SignedDuration {
        most.min(SignedDuration::from_secs(self.seconds) / i32::try_from(of).unwrap_or(i32::MAX))
    }
}

impl Slot {
    /// Its first moment.
    pub fn begins(self) -> Timestamp {
        Timestamp::from_second(self.0).unwrap_or(Timestamp::MIN)
    }

    /// How long it has begun.
    pub fn since(self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.begins())
    }

    pub(crate) fn second(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn an_hourly_slot_begins_on_the_hour_and_goes_out_a_minute_later() {
        let slots = Slots::every(Duration::from_hours(1));
        let slot = slots.at(at("2026-03-04T16:59:59.9Z"));
        assert_eq!(slot.begins(), at("2026-03-04T16:00:00Z"));
        assert_eq!(slots.goes_at(slot), at("2026-03-04T16:01:00Z"));
        assert_eq!(slots.before(slot).begins(), at("2026-03-04T15:00:00Z"));
        assert_eq!(slots.open(at("2026-03-04T16:09:59Z")), Some(slot));
        assert_eq!(slots.open(at("2026-03-04T16:10:00Z")), None);
    }

    proptest! {
        #[test]
        fn each_moment_is_in_one_slot_that_goes_out_while_it_may_be_written(
            second in -2_000_000_000_i64..4_000_000_000, every in 1_u64..100_000
        ) {
            let slots = Slots::every(Duration::from_secs(every));
            let now = Timestamp::from_second(second).unwrap();
            let slot = slots.at(now);
            prop_assert!(slot.begins() <= now);
            prop_assert!(slot.since(now).as_secs() < i64::try_from(every).unwrap());
            prop_assert_eq!(slots.at(slot.begins()), slot);
            prop_assert_eq!(slots.open(slot.begins()), Some(slot));
            prop_assert_eq!(slots.open(slots.goes_at(slot)), Some(slot));
        }
    }
}
