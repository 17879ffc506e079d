//! How many bytes may be stored, and by whom.
//!
//! Every count leaks: it falls by its whole size in a day, a little at each moment. So what a flood used
//! up comes back by itself, at night and over a long weekend as on any other day.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::crowd::{Errand, Source};

/// In how long a full count is empty again, in milliseconds.
const DAY: u128 = 24 * 60 * 60 * 1_000;
/// Parts that the bytes of a day are divided into.
const PARTS: u64 = 8;
/// How many of them are for what was stored for nothing: a file that broke off or was refused.
const WASTE: u64 = 1;
/// Of the bytes of an errand, those whose source is not told apart may use this many quarters.
const UNMARKED_QUARTERS: u64 = 3;
/// One source may use, in an hour, this part of what is left: so none can use up all.
const SOURCE_PART: u64 = 4;

/// What has been stored of late.
#[derive(Debug)]
pub(super) struct Ledger {
    /// Without limits against abuse, there is this one alone.
    all: Count,
    complaints: Share,
    messages: Share,
    answers: Share,
    waste: Count,
}

/// What is there for one errand.
#[derive(Debug)]
struct Share {
    all: Count,
    unmarked: Count,
}

impl Errand {
    /// How many of the [`PARTS`] are for it.
    const fn parts(self) -> u64 {
        match self {
            Self::Complaint => 4,
            Self::Message => 2,
            Self::Answer => 1,
        }
    }
}

impl Ledger {
    pub(super) fn new(daily_bytes: u64) -> Self {
        let parts = |parts| Count::new(daily_bytes / PARTS * parts);
        let share = |errand: Errand| Share {
            all: parts(errand.parts()),
            unmarked: Count::new(daily_bytes / PARTS * errand.parts() / 4 * UNMARKED_QUARTERS),
        };
        Self {
            all: Count::new(daily_bytes),
            complaints: share(Errand::Complaint),
            messages: share(Errand::Message),
            answers: share(Errand::Answer),
            waste: parts(WASTE),
        }
    }

    /// Counts what is about to be stored; false if it is too much.
    pub(super) fn take(
        &mut self,
        errand: Errand,
        source: Option<&Source>,
        bytes: u64,
        now: Timestamp,
    ) -> bool {
        let Some(source) = source else {
            return self.all.take(bytes, now);
        };
        let share = self.of(errand);
        let left = share.all.left(now);
        let fits = if source.is_marked() {
            let own = source.stored.load(Ordering::Relaxed);
            own.saturating_add(bytes) <= left.saturating_add(own) / SOURCE_PART
        } else {
            bytes <= share.unmarked.left(now)
        };
        if !fits || !share.all.take(bytes, now) {
            return false;
        }
        if source.is_marked() {
            source.stored.fetch_add(bytes, Ordering::Relaxed);
        } else {
            share.unmarked.take(bytes, now);
        }
        true
    }

    /// Gives back what was counted and leads to nothing. The store keeps it until it is swept, so
    /// there is a bound for that too; beyond it, it stays counted.
    pub(super) fn give_back(
        &mut self,
        errand: Errand,
        source: Option<&Source>,
        bytes: u64,
        now: Timestamp,
    ) {
        if !self.waste.take(bytes, now) {
            return;
        }
        match source {
            None => self.all.give_back(bytes),
            Some(source) => {
                let share = self.of(errand);
                share.all.give_back(bytes);
                if source.is_marked() {
                    // Nobody else changes it while the ledger is held.
                    let own = source.stored.load(Ordering::Relaxed);
                    let own = own.saturating_sub(bytes);
                    source.stored.store(own, Ordering::Relaxed);
                } else {
                    share.unmarked.give_back(bytes);
                }
            }
        }
    }

    fn of(&mut self, errand: Errand) -> &mut Share {
        match errand {
            Errand::Complaint => &mut self.complaints,
            Errand::Message => &mut self.messages,
            Errand::Answer => &mut self.answers,
        }
    }
}

/// Bytes that were stored of late.
#[derive(Debug)]
struct Count {
    size: u64,
    used: u64,
    at: Timestamp,
}

impl Count {
    const fn new(size: u64) -> Self {
        Self {
            size,
            used: 0,
            at: Timestamp::MIN,
        }
    }

    fn left(&mut self, now: Timestamp) -> u64 {
        let passed = now
            .as_millisecond()
            .saturating_sub(self.at.as_millisecond());
        let passed = u128::try_from(passed).unwrap_or_default();
        let leaked = (u128::from(self.size) * passed / DAY).min(self.used.into());
        let leaked = u64::try_from(leaked).expect("no more than was used");
        // A moment in which not a byte leaks is counted with the next one.
        if leaked > 0 || self.used == 0 {
            self.used -= leaked;
            self.at = now;
        }
        self.size - self.used
    }

    fn take(&mut self, bytes: u64, now: Timestamp) -> bool {
        let fits = bytes <= self.left(now);
        if fits {
            self.used += bytes;
        }
        fits
    }

    fn give_back(&mut self, bytes: u64) {
        self.used = self.used.saturating_sub(bytes);
    }
}

/// What one source has stored in this hour.
pub(super) type Stored = AtomicU64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAILY: u64 = 8_000;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hours * 3_600).unwrap()
    }

    /// How much of it is taken, ten bytes at a time.
    fn taken(ledger: &mut Ledger, errand: Errand, source: &Source, hours: i64) -> u64 {
        let mut all = 0;
        while ledger.take(errand, Some(source), 10, at(hours)) {
            all += 10;
        }
        all
    }

    #[test]
    fn who_is_not_told_apart_leaves_something_to_all_others() {
        let mut ledger = Ledger::new(DAILY);
        let (everybody, one, mailbox) = (Source::unmarked(1), Source::marked(1), Source::marked(1));
        assert_eq!(taken(&mut ledger, Errand::Complaint, &everybody, 0), 3_000);
        assert_eq!(taken(&mut ledger, Errand::Complaint, &one, 0), 250);
        assert_eq!(taken(&mut ledger, Errand::Message, &mailbox, 0), 500);
        assert_eq!(taken(&mut ledger, Errand::Answer, &mailbox, 0), 0);
        let asked = Source::marked(1);
        assert_eq!(taken(&mut ledger, Errand::Answer, &asked, 0), 250);
    }

    #[test]
    fn greedy_sources_leave_room_for_real_files_to_the_next() {
        let mut ledger = Ledger::new(crate::evidence::EvidenceLimits::default().daily_bytes);
        // How many MiB each source gets, one after the other, all in the same hour.
        let got: Vec<usize> = (0..30)
            .map(|_| {
                let one = Source::marked(1);
                (0..1 << 20)
                    .take_while(|_| ledger.take(Errand::Complaint, Some(&one), 1 << 20, at(0)))
                    .count()
            })
            .collect();
        // A long film for the tenth, a sheaf of scans for the twentieth, a small photo for the thirtieth.
        assert_eq!([got[0], got[9], got[19], got[29]], [4_096, 307, 17, 1]);
    }

    #[test]
    fn those_who_file_and_are_not_told_apart_take_nothing_from_mailboxes_that_are_not() {
        let mut ledger = Ledger::new(DAILY);
        let (filing, writing) = (Source::unmarked(1), Source::unmarked(1));
        assert_eq!(taken(&mut ledger, Errand::Complaint, &filing, 0), 3_000);
        assert_eq!(taken(&mut ledger, Errand::Message, &writing, 0), 1_500);
        assert_eq!(taken(&mut ledger, Errand::Answer, &writing, 0), 750);
    }

    #[test]
    fn what_was_used_comes_back_little_by_little_and_whole_in_a_day() {
        let mut ledger = Ledger::new(DAILY);
        let everybody = Source::unmarked(1);
        assert_eq!(taken(&mut ledger, Errand::Complaint, &everybody, 0), 3_000);
        assert_eq!(taken(&mut ledger, Errand::Complaint, &everybody, 0), 0);
        // A twenty-fourth of 3,000 is 125.
        assert_eq!(taken(&mut ledger, Errand::Complaint, &everybody, 1), 120);
        assert_eq!(taken(&mut ledger, Errand::Complaint, &everybody, 26), 3_000);
    }

    #[test]
    fn what_leads_to_nothing_is_given_back_up_to_a_bound() {
        let mut ledger = Ledger::new(DAILY);
        let everybody = Source::unmarked(1);
        for _ in 0..10 {
            assert!(ledger.take(Errand::Complaint, Some(&everybody), 100, at(0)));
            ledger.give_back(Errand::Complaint, Some(&everybody), 100, at(0));
        }
        assert_eq!(taken(&mut ledger, Errand::Complaint, &everybody, 0), 3_000);
        ledger.give_back(Errand::Complaint, Some(&everybody), 100, at(0));
        assert_eq!(taken(&mut ledger, Errand::Complaint, &everybody, 0), 0);
    }

    #[test]
    fn without_limits_against_abuse_everybody_shares_one_day() {
        let mut ledger = Ledger::new(DAILY);
        assert!(ledger.take(Errand::Message, None, DAILY, at(0)));
        assert!(!ledger.take(Errand::Complaint, None, 1, at(0)));
        assert!(ledger.take(Errand::Complaint, None, DAILY, at(24)));
    }

    proptest! {
        /// However small the steps in which time passes, nothing of it is lost or counted twice.
        #[test]
        fn small_steps_of_time_add_up(size in 1_u64..1 << 40, steps in 1_i64..2_000) {
            let mut count = Count::new(size);
            prop_assert!(count.take(size, at(0)));
            let millis = |n| Timestamp::from_millisecond(at(0).as_millisecond() + n).unwrap();
            for step in 0..=steps {
                count.left(millis(step * 977));
            }
            let exact = u128::from(size) * u128::try_from(steps * 977).unwrap() / DAY;
            let left = u128::from(count.left(millis(steps * 977)));
            prop_assert!(left <= exact);
            prop_assert!(left + u128::try_from(steps).unwrap() + 1 >= exact);
        }
    }
}
