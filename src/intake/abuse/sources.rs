//! What each source has used of its budgets, under marks that nobody can turn back or join.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use ring::hmac;
use ring::rand::SystemRandom;

use super::{Budgets, Ticks};
use crate::network::Mark;

/// How long marks and their key live.
const ERA: Duration = Duration::from_hours(1);
/// How many sources are told apart. A flood from more of them is a flood from everywhere.
const MOST: usize = 4_096;

/// What a source uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Filings,
    Uploads,
    Looks,
}

/// The marks of this hour.
pub(super) struct Sources {
    budgets: Budgets,
    ticks: Ticks,
    era: Mutex<Era>,
}

struct Era {
    began: Duration,
    key: hmac::Key,
    filings: Keyed,
    uploads: Keyed,
    looks: Keyed,
}

type Keyed = RateLimiter<Mark, HashMapStateStore<Mark>, Ticks, NoOpMiddleware<Duration>>;

impl Sources {
    pub(super) fn new(
        budgets: Budgets,
        ticks: Ticks,
        rng: &SystemRandom,
    ) -> Result<Self, ring::error::Unspecified> {
        let era = Era::begin(&budgets, &ticks, rng)?;
        Ok(Self {
            budgets,
            ticks,
            era: Mutex::new(era),
        })
    }

    /// Counts one more of this kind; whether that is more than its source may send. One without a
    /// mark never is.
    pub(super) fn is_over(
        &self,
        kind: Kind,
        rng: &SystemRandom,
        mark: impl FnOnce(&hmac::Key) -> Option<Mark>,
    ) -> bool {
        // Counts are all that could be left half done, and they may be wrong by one.
        let mut era = self.era.lock().unwrap_or_else(PoisonError::into_inner);
        if self.ticks.now().saturating_sub(era.began) >= ERA
            && let Ok(fresh) = Era::begin(&self.budgets, &self.ticks, rng)
        {
            *era = fresh;
        }
        let Some(mark) = mark(&era.key) else {
            return false;
        };
        let keyed = match kind {
            Kind::Filings => &era.filings,
            Kind::Uploads => &era.uploads,
            Kind::Looks => &era.looks,
        };
        if keyed.len() >= MOST {
            keyed.retain_recent();
        }
        keyed.len() < MOST && keyed.check_key(&mark).is_err()
    }

    #[cfg(test)]
    pub(super) fn told_apart(&self) -> usize {
        let era = self.era.lock().unwrap();
        era.filings.len() + era.uploads.len() + era.looks.len()
    }

    #[cfg(test)]
    pub(super) fn mark_of(&self, octets: &[u8]) -> Mark {
        Mark::new(octets, &self.era.lock().unwrap().key)
    }
}

impl Era {
    fn begin(
        budgets: &Budgets,
        ticks: &Ticks,
        rng: &SystemRandom,
    ) -> Result<Self, ring::error::Unspecified> {
        let keyed = |quota: Quota| RateLimiter::hashmap_with_clock(quota, ticks.clone());
        Ok(Self {
            began: ticks.now(),
            key: hmac::Key::generate(hmac::HMAC_SHA256, rng)?,
            filings: keyed(budgets.source_filings.quota()),
            uploads: keyed(budgets.source_uploads.quota()),
            looks: keyed(budgets.source_looks.quota()),
        })
    }
}
