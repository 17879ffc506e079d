//! Slows guessing down, account by account.
//!
//! Attempts on one account take turns. After a few failures in a row each waits before it is looked
//! at, longer and longer up to a bound. A success, or some quiet time, clears the slate. Names that do not
//! exist are slowed down just the same.
//!
//! Whoever tries second factors has the passphrase already, and a code has only six digits. There the wait
//! goes on doubling, up to a [quarter of an hour](LONGEST_SECOND), and failures are forgotten after a quiet
//! day: so 100 codes or so can be tried in a day, of a million. Such a wait is not sat out with the
//! connection open; until it is nearly over an attempt is turned away and counts as none.
//!
//! A flood of attempts on one name fills its queue. So a browser that the member has signed in from has a
//! [lane](Lane) of its own, which no flood gets into; after too many failures it waits with everybody.
//!
//! What this does not do: a member at a browser that is not known may be asked to try again while a
//! flood lasts; at the second factor, by somebody who has their passphrase.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::committee::MemberId;
use ring::digest;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};

use super::credentials::Whose;
use super::known_device::KnownDevice;

/// Failures in a row that cost nothing: everybody mistypes.
const FREE: u32 = 5;
/// The longest wait before an attempt.
pub(super) const LONGEST: Duration = Duration::from_secs(16);
/// The longest wait before a second factor is looked at.
pub(super) const LONGEST_SECOND: Duration = Duration::from_mins(15);
/// After so long without an attempt, failures are forgotten.
const FORGOTTEN: Duration = Duration::from_mins(15);
/// The same of the second factor: longer than its longest wait.
const FORGOTTEN_SECOND: Duration = Duration::from_hours(24);
/// How many attempts on one account may wait for their turn.
const QUEUE: usize = 16;
/// The same for one browser that is known.
const OWN_QUEUE: usize = 2;
/// Failures in a row after which a browser is known no more.
const MOST_OF_KNOWN: u32 = 10;
/// How many names are remembered, and as many browsers that are known.
const NAMES: usize = 10_000;

type Key = [u8; digest::SHA256_OUTPUT_LEN];

/// What is known of recent attempts.
#[derive(Default)]
pub(super) struct Throttle {
    common: Lanes,
    known: Lanes,
}

/// What is being tried.
#[derive(Debug, Clone, Copy)]
pub(super) enum Door<'a> {
    /// The passphrase of whoever signs in under this name.
    First(&'a str),
    /// The second factor of a member.
    Second(MemberId),
}

impl Door<'_> {
    fn is_second(self) -> bool {
        match self {
            Self::First(_) => false,
            Self::Second(_) => true,
        }
    }
}

#[derive(Default)]
struct Lanes(Mutex<HashMap<Key, Lane>>);

struct Lane {
    failures: u32,
    last: Instant,
    /// Of anybody, or of a known browser.
    whose: Whose,
    /// Whether the second factor is tried in it.
    second: bool,
    /// One permit; whoever waits for it holds a reference.
    turn: Arc<Semaphore>,
}

/// Why an attempt is not looked at. It counts as none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotNow {
    /// Too many attempts on this account wait already.
    #[error("too many attempts at once")]
    Crowded,
    /// The wait after the last failure is not over; so long is left of it.
    #[error("too early after the last failure")]
    Early(Duration),
}

impl Throttle {
    /// Runs a check when it is its turn and after the wait that is due. `None` counts as a failure;
    /// an error of the check itself counts as nothing.
    pub(super) async fn attempt<T, E: From<NotNow>>(
        &self,
        door: Door<'_>,
        device: Option<KnownDevice>,
        check: impl AsyncFnOnce(Whose) -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let own = device.map(|device| key(door, Some(device)));
        let (lanes, key, whose) = match own.filter(|own| self.known.has_standing(own)) {
            Some(own) => (&self.known, own, Whose::Known),
            None => (&self.common, key(door, None), Whose::Anybody),
        };
        let turn = lanes.enter(key, whose, door.is_second())?;
        let _turn = turn.acquire().await.map_err(|_| NotNow::Crowded)?;
        sleep(lanes.wait(&key)?).await;
        let outcome = check(whose).await;
        if let Ok(found) = &outcome {
            lanes.note(&key, found.is_some());
        }
        outcome
    }

    /// As after many failures under a name.
    #[cfg(test)]
    pub(super) fn slow_down(&self, name: &str) {
        let key = key(Door::First(name), None);
        self.common.enter(key, Whose::Anybody, false).unwrap();
        for _ in 0..FREE + 4 {
            self.common.note(&key, false);
        }
    }
}

impl Lanes {
    /// Whether a known browser has not failed too often. What it failed is not forgotten by waiting, but
    /// the next sign-in makes the browser known anew.
    fn has_standing(&self, key: &Key) -> bool {
        let now = Instant::now();
        let mut lanes = self.lock();
        if lanes.len() >= NAMES {
            lanes.retain(|_, lane| lane.is_needed(now));
        }
        match lanes.get(key) {
            Some(lane) => lane.failures < MOST_OF_KNOWN,
            None => lanes.len() < NAMES,
        }
    }

    fn enter(&self, key: Key, whose: Whose, second: bool) -> Result<Arc<Semaphore>, NotNow> {
        let now = Instant::now();
        let queue = match whose {
            Whose::Anybody => QUEUE,
            Whose::Known => OWN_QUEUE,
        };
        let mut lanes = self.lock();
        if lanes.len() >= NAMES {
            lanes.retain(|_, lane| lane.is_needed(now));
        }
        if lanes.len() >= NAMES && !lanes.contains_key(&key) {
            return Err(NotNow::Crowded);
        }
        let lane = lanes.entry(key).or_insert_with(|| Lane {
            failures: 0,
            last: now,
            whose,
            second,
            turn: Arc::new(Semaphore::new(1)),
        });
        if Arc::strong_count(&lane.turn) > queue {
            return Err(NotNow::Crowded);
        }
        Ok(Arc::clone(&lane.turn))
    }

    /// How long the attempt whose turn it is has to wait.
    fn wait(&self, key: &Key) -> Result<Duration, NotNow> {
        let now = Instant::now();
        let mut lanes = self.lock();
        let Some(lane) = lanes.get_mut(key) else {
            return Ok(Duration::ZERO);
        };
        if lane.is_forgotten(now) {
            lane.failures = 0;
        }
        let Some(beyond) = lane.failures.checked_sub(FREE) else {
            return Ok(Duration::ZERO);
        };
        // Nobody waits for more than 2^16 seconds.
        let due = Duration::from_secs(1 << beyond.min(16));
        if !lane.waits_longer() {
            return Ok(due.min(LONGEST));
        }
        let left = due
            .min(LONGEST_SECOND)
            .saturating_sub(now.duration_since(lane.last));
        if left > LONGEST {
            Err(NotNow::Early(left))
        } else {
            Ok(left)
        }
    }

    fn note(&self, key: &Key, succeeded: bool) {
        let mut lanes = self.lock();
        if let Some(lane) = lanes.get_mut(key) {
            lane.failures = if succeeded {
                0
            } else {
                lane.failures.saturating_add(1)
            };
            lane.last = Instant::now();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Lane>> {
        // Each change is a single step, so a panic elsewhere leaves the map sound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lane {
    fn is_needed(&self, now: Instant) -> bool {
        let counts = match self.whose {
            Whose::Anybody => self.failures >= FREE && !self.is_forgotten(now),
            Whose::Known => self.failures > 0,
        };
        counts || Arc::strong_count(&self.turn) > 1
    }

    fn is_forgotten(&self, now: Instant) -> bool {
        let quiet = now.duration_since(self.last);
        match self.whose {
            Whose::Anybody if self.second => quiet >= FORGOTTEN_SECOND,
            Whose::Anybody => quiet >= FORGOTTEN,
            Whose::Known => false,
        }
    }

    /// A known browser has few tries, and then waits with everybody.
    fn waits_longer(&self) -> bool {
        match self.whose {
            Whose::Anybody => self.second,
            Whose::Known => false,
        }
    }
}

/// What was typed as a name may be a passphrase by mistake, so only its hash is kept.
fn key(door: Door<'_>, device: Option<KnownDevice>) -> Key {
    let mut context = digest::Context::new(&digest::SHA256);
    if let Some(KnownDevice(id)) = device {
        context.update(&id);
    }
    match door {
        Door::First(name) => {
            context.update(b"1");
            context.update(name.as_bytes());
        }
        Door::Second(member) => {
            context.update(b"2");
            context.update(&member.0);
        }
    }
    let mut key = [0; digest::SHA256_OUTPUT_LEN];
    key.copy_from_slice(context.finish().as_ref());
    key
}

#[cfg(test)]
mod tests;
