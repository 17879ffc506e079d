//! How slowly a form with files may come.

use std::pin::pin;
use std::time::Duration;

use service::body::BodyError;
use tokio::time::{Instant, timeout};

use super::Arrived;

/// Bytes a second that an upload must bring: a tenth of what the slowest circuits of Tor do.
const PACE: u64 = 2 << 10;
/// The same while somebody waits for its place.
const PACE_WHEN_WANTED: u64 = 16 << 10;
/// The most patience that bytes can earn, in graces: an hour of speed buys no hour of silence.
const MOST: u32 = 4;
/// Longest pause in graces, however fast it was before.
const PAUSE: u32 = 2;
/// How many times in a grace it is looked whether somebody waits by now.
const LOOKS: u32 = 3;

/// Counts the time that we wait for a body; the time that it waits for us does not count. Waiting
/// takes patience away and bytes give it back, up to a bound: what counts is the pace of late.
#[derive(Debug)]
pub(crate) struct Pacer {
    enforced: bool,
    /// With how much patience each begins, and the most that one whose place is wanted can have.
    grace: Duration,
    patience: Duration,
    /// Bytes that have given theirs.
    credited: u64,
}

impl Pacer {
    pub(super) fn new(grace: Duration, enforced: bool) -> Self {
        Self {
            enforced,
            grace,
            patience: grace,
            credited: 0,
        }
    }

    /// Waits for the next of a body, for no longer than it has earned.
    pub(super) async fn wait<T>(
        &mut self,
        arrived: &Arrived,
        is_wanted: impl Fn() -> bool,
        next: impl Future<Output = T>,
    ) -> Result<T, BodyError> {
        let mut next = pin!(next);
        let mut pause = PAUSE * self.grace;
        let look_again = self.grace / LOOKS;
        loop {
            let before = self.credited;
            self.credit(arrived.bytes.get(), is_wanted());
            if self.credited != before {
                // What comes in pieces too small for a whole part is no pause.
                pause = PAUSE * self.grace;
            }
            let patience = if self.enforced {
                self.patience.min(pause)
            } else {
                pause
            };
            let begun = Instant::now();
            let came = timeout(patience.min(look_again), next.as_mut()).await;
            let waited = begun.elapsed();
            self.patience = self.patience.saturating_sub(waited);
            pause = pause.saturating_sub(waited);
            match came {
                Ok(came) => return Ok(came),
                Err(_) if patience <= look_again && arrived.bytes.get() == self.credited => {
                    return Err(BodyError::TooSlow);
                }
                Err(_) => {}
            }
        }
    }

    fn credit(&mut self, arrived: u64, is_wanted: bool) {
        let fresh = arrived.saturating_sub(self.credited);
        self.credited = arrived;
        let (pace, most) = if is_wanted {
            (PACE_WHEN_WANTED, self.grace)
        } else {
            (PACE, MOST * self.grace)
        };
        let earned = Duration::from_millis(fresh.saturating_mul(1_000) / pace);
        self.patience = self.patience.saturating_add(earned).min(most);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::time::sleep;

    use super::*;

    const GRACE: Duration = Duration::from_secs(15);

    /// Waits for pieces of so many bytes, each so many seconds after the one before; gives after how
    /// many seconds it was given up.
    async fn given_up_after(
        pieces: impl IntoIterator<Item = (u64, u64)>,
        is_wanted: impl Fn() -> bool,
    ) -> Option<u64> {
        let begun = Instant::now();
        let arrived = Arrived::default();
        let mut pacer = Pacer::new(GRACE, true);
        for (seconds, bytes) in pieces {
            let piece = async {
                sleep(Duration::from_secs(seconds)).await;
                arrived.bytes.set(arrived.bytes.get() + bytes);
            };
            if pacer.wait(&arrived, &is_wanted, piece).await.is_err() {
                return Some(begun.elapsed().as_secs());
            }
        }
        None
    }

    #[tokio::test(start_paused = true)]
    async fn what_keeps_the_pace_may_take_a_day_and_what_does_not_is_given_up() {
        let day = 24 * 60 * 60;
        let steady = (0..day / 10).map(|_| (10, 20 << 10));
        assert_eq!(given_up_after(steady, || false).await, None);
        let slow = (0..day).map(|_| (1, 1 << 10));
        assert_eq!(given_up_after(slow, || false).await, Some(29));
        assert_eq!(given_up_after([(60, 1)], || false).await, Some(15));
    }

    #[tokio::test(start_paused = true)]
    async fn an_hour_of_speed_buys_no_hour_of_silence() {
        let fast = std::iter::repeat_n((1, 1 << 20), 3_600);
        let then_one_byte = std::iter::repeat_n((20, 1), 100);
        let after = given_up_after(fast.clone().chain(then_one_byte), || false).await;
        assert_eq!(after, Some(3_600 + 60));
        let after = given_up_after(fast.chain([(600, 1)]), || false).await;
        assert_eq!(after, Some(3_600 + 30));
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_slow_makes_room_once_somebody_waits_and_only_then() {
        let circuit = || std::iter::repeat_n((1, 8 << 10), 1_000);
        assert_eq!(given_up_after(circuit(), || false).await, None);
        let begun = Instant::now();
        let from_100_on = || begun.elapsed() >= Duration::from_secs(100);
        let after = given_up_after(circuit(), from_100_on).await;
        assert_eq!(after, Some(129));
        let fast = std::iter::repeat_n((1, 16 << 10), 1_000);
        assert_eq!(given_up_after(fast, || true).await, None);
        // Somebody who comes in the middle of a long pause is seen.
        let pause = [(1, 10 << 20), (28, 1), (1, 1)];
        assert_eq!(given_up_after(pause, || false).await, None);
        let begun = Instant::now();
        let soon = || begun.elapsed() >= Duration::from_secs(10);
        assert_eq!(given_up_after(pause, soon).await, Some(26));
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_count_when_they_arrive_and_not_when_a_part_is_whole() {
        let arrived = Arrived::default();
        let mut pacer = Pacer::new(GRACE, true);
        let polls = Cell::new(0);
        let part = async {
            for _ in 0..100 {
                sleep(Duration::from_secs(1)).await;
                arrived.bytes.set(arrived.bytes.get() + (2 << 10));
                polls.set(polls.get() + 1);
            }
        };
        assert_eq!(pacer.wait(&arrived, || false, part).await, Ok(()));
        assert_eq!(polls.get(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn without_limits_against_abuse_only_a_long_pause_ends_it() {
        let arrived = Arrived::default();
        let mut pacer = Pacer::new(GRACE, false);
        for _ in 0..100 {
            let wait = pacer.wait(&arrived, || true, sleep(Duration::from_secs(29)));
            assert_eq!(wait.await, Ok(()));
        }
        let wait = pacer.wait(&arrived, || true, sleep(Duration::from_secs(31)));
        assert_eq!(wait.await, Err(BodyError::TooSlow));
    }
}
