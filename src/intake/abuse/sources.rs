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
/// The same of mailboxes. To have one, somebody has filed a complaint.
const MOST_MAILBOXES: usize = 16_384;

/// What a source uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Filings,
    Uploads,
    Looks,
    /// Told apart by the mailbox, wherever it is written to from.
    Messages,
}

impl Kind {
    const fn most(self) -> usize {
        match self {
            Self::Filings | Self::Uploads | Self::Looks => MOST,
            Self::Messages => MOST_MAILBOXES,
        }
    }
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
    messages: Keyed,
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
        self.wait(kind, rng, mark).is_some()
    }

    /// The same, with how long it takes until its source may send again.
    pub(super) fn wait(
        &self,
        kind: Kind,
        rng: &SystemRandom,
        mark: impl FnOnce(&hmac::Key) -> Option<Mark>,
    ) -> Option<Duration> {
        // Counts are all that could be left half done, and they may be wrong by one.
        let mut era = self.era.lock().unwrap_or_else(PoisonError::into_inner);
        if self.ticks.now().saturating_sub(era.began) >= ERA
            && let Ok(fresh) = Era::begin(&self.budgets, &self.ticks, rng)
        {
            *era = fresh;
        }
        let mark = mark(&era.key)?;
        let keyed = match kind {
            Kind::Filings => &era.filings,
            Kind::Uploads => &era.uploads,
            Kind::Looks => &era.looks,
            Kind::Messages => &era.messages,
        };
        if keyed.len() >= kind.most() {
            keyed.retain_recent();
        }
        if keyed.len() >= kind.most() {
            return None;
        }
        let over = keyed.check_key(&mark).err()?;
        Some(over.wait_time_from(self.ticks.now()))
    }

    #[cfg(test)]
    pub(super) fn told_apart(&self) -> usize {
        let era = self.era.lock().unwrap();
        [&era.filings, &era.uploads, &era.looks, &era.messages]
            .map(RateLimiter::len)
            .iter()
            .sum()
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
            messages: keyed(budgets.mailbox_messages.quota()),
        })
    }
}
