//! Slows guessing down, account by account.
//!
//! Attempts on one account take turns. After a few failures in a row each waits before it is looked
//! at, longer and longer up to a bound, so that a member who comes meanwhile waits, too, but is let
//! in. A success, or some quiet time, clears the slate. Names that do not exist are slowed down just
//! the same.
//!
//! What this does not do: a flood of attempts on one name fills its queue, and then a member may be
//! asked to try again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ring::digest;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};

/// Failures in a row that cost nothing: everybody mistypes.
const FREE: u32 = 5;
/// The longest wait before an attempt.
pub(super) const LONGEST: Duration = Duration::from_secs(16);
/// After so long without an attempt, failures are forgotten.
const FORGOTTEN: Duration = Duration::from_mins(15);
/// How many attempts on one account may wait for their turn.
const QUEUE: usize = 16;
/// How many names are remembered.
const NAMES: usize = 10_000;

type Key = [u8; digest::SHA256_OUTPUT_LEN];

/// What is known of recent attempts.
#[derive(Default)]
pub(super) struct Throttle {
    lanes: Mutex<HashMap<Key, Lane>>,
}

struct Lane {
    failures: u32,
    last: Instant,
    /// One permit; whoever waits for it holds a reference.
    turn: Arc<Semaphore>,
}

/// Too many attempts on this account wait already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts at once")]
pub(super) struct Crowded;

impl Throttle {
    /// Runs a check when it is its turn and after the wait that is due. `None` counts as a failure;
    /// an error of the check itself counts as nothing.
    pub(super) async fn attempt<T, E: From<Crowded>>(
        &self,
        name: &str,
        check: impl Future<Output = Result<Option<T>, E>>,
    ) -> Result<Option<T>, E> {
        let key = key(name);
        let turn = self.enter(key)?;
        let _turn = turn.acquire().await.map_err(|_| Crowded)?;
        sleep(self.wait(&key)).await;
        let outcome = check.await;
        if let Ok(found) = &outcome {
            self.note(&key, found.is_some());
        }
        outcome
    }

    fn enter(&self, key: Key) -> Result<Arc<Semaphore>, Crowded> {
        let now = Instant::now();
        let mut lanes = self.lanes();
        if lanes.len() >= NAMES {
            lanes.retain(|_, lane| lane.is_needed(now));
        }
        if lanes.len() >= NAMES && !lanes.contains_key(&key) {
            return Err(Crowded);
        }
        let lane = lanes.entry(key).or_insert_with(|| Lane {
            failures: 0,
            last: now,
            turn: Arc::new(Semaphore::new(1)),
        });
        if Arc::strong_count(&lane.turn) > QUEUE {
            return Err(Crowded);
        }
        Ok(Arc::clone(&lane.turn))
    }

    fn wait(&self, key: &Key) -> Duration {
        let now = Instant::now();
        let mut lanes = self.lanes();
        let Some(lane) = lanes.get_mut(key) else {
            return Duration::ZERO;
        };
        if now.duration_since(lane.last) >= FORGOTTEN {
            lane.failures = 0;
        }
        match lane.failures.checked_sub(FREE) {
            None => Duration::ZERO,
            Some(beyond) => Duration::from_secs(1 << beyond.min(4)).min(LONGEST),
        }
    }

    fn note(&self, key: &Key, succeeded: bool) {
        let mut lanes = self.lanes();
        if let Some(lane) = lanes.get_mut(key) {
            lane.failures = if succeeded {
                0
            } else {
                lane.failures.saturating_add(1)
            };
            lane.last = Instant::now();
        }
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<Key, Lane>> {
        // Each change is a single step, so a panic elsewhere leaves the map sound.
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lane {
    fn is_needed(&self, now: Instant) -> bool {
        let slowed = self.failures >= FREE && now.duration_since(self.last) < FORGOTTEN;
        slowed || Arc::strong_count(&self.turn) > 1
    }
}

/// What was typed as a name may be a passphrase by mistake, so only its hash is kept.
fn key(name: &str) -> Key {
    let mut key = [0; digest::SHA256_OUTPUT_LEN];
    key.copy_from_slice(digest::digest(&digest::SHA256, name.as_bytes()).as_ref());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn fail(throttle: &Throttle, name: &str) -> Duration {
        let before = Instant::now();
        let outcome = throttle
            .attempt(name, async { Ok::<Option<()>, Crowded>(None) })
            .await;
        assert_eq!(outcome, Ok(None));
        before.elapsed()
    }

    async fn succeed(throttle: &Throttle, name: &str) -> Duration {
        let before = Instant::now();
        let outcome = throttle
            .attempt(name, async { Ok::<_, Crowded>(Some(())) })
            .await;
        assert_eq!(outcome, Ok(Some(())));
        before.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn five_failures_are_free_and_then_the_wait_grows_up_to_a_bound() {
        let throttle = Throttle::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            waits.push(fail(&throttle, "ana").await.as_secs());
        }
        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 16, 16]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_owner_still_gets_in_and_clears_the_slate() {
        let throttle = Throttle::default();
        for _ in 0..30 {
            fail(&throttle, "ana").await;
        }
        let waited = succeed(&throttle, "ana").await;
        assert!(waited <= LONGEST + Duration::from_millis(5), "{waited:?}");
        assert_eq!(fail(&throttle, "ana").await.as_secs(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn failures_on_one_account_do_not_slow_another_and_are_forgotten() {
        let throttle = Throttle::default();
        for _ in 0..30 {
            fail(&throttle, "ana").await;
        }
        assert_eq!(fail(&throttle, "eva").await.as_secs(), 0);
        sleep(FORGOTTEN).await;
        assert_eq!(fail(&throttle, "ana").await.as_secs(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_at_once_take_turns_and_a_flood_is_turned_away() {
        let throttle = Arc::new(Throttle::default());
        for _ in 0..9 {
            fail(&throttle, "ana").await;
        }
        let before = Instant::now();
        let attempts: Vec<_> = (0..QUEUE + 4)
            .map(|_| {
                let throttle = Arc::clone(&throttle);
                tokio::spawn(async move {
                    throttle
                        .attempt("ana", async { Ok::<Option<()>, Crowded>(None) })
                        .await
                })
            })
            .collect();
        let mut turned_away = 0;
        for attempt in attempts {
            turned_away += usize::from(attempt.await.unwrap() == Err(Crowded));
        }
        assert_eq!(turned_away, 4);
        let queue = u32::try_from(QUEUE).unwrap();
        assert!(
            before.elapsed() >= LONGEST * queue,
            "{:?}",
            before.elapsed()
        );
    }
}
