//! How much may come: in one file, with one complaint, at once, in a day.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use ring::hmac;
use service::body::BodyError;
use tokio::sync::Semaphore;

use super::crowd::{Crowd, Errand, Place};
use super::ledger::Ledger;
use super::{EvidenceFault, HeldFile};
use crate::network::Mark;

/// Chunks of all uploads that wait for the store: 32 MiB.
const CHUNKS: usize = 128;

/// Limits on evidence, from the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceLimits {
    /// Most bytes of all files of one complaint or message.
    pub total_bytes: u64,
    /// Most bytes of one file.
    pub file_bytes: u64,
    /// Most files of one complaint or message.
    pub files: usize,
    /// Most bytes that this process stores at once and then again in each day, sealed.
    pub daily_bytes: u64,
}

impl EvidenceLimits {
    /// The most files that a letter has room for, each in both versions.
    pub const MOST_FILES: usize = sealing::Content::MOST_EVIDENCE / 2;
}

impl Default for EvidenceLimits {
    fn default() -> Self {
        Self {
            total_bytes: 1 << 30,
            file_bytes: 1 << 30,
            files: Self::MOST_FILES,
            daily_bytes: 32 << 30,
        }
    }
}

/// What all uploads of this process share.
#[derive(Debug)]
pub(crate) struct Evidence {
    pub(crate) limits: EvidenceLimits,
    /// Room for chunks that wait for the store.
    pub(super) room: Arc<Semaphore>,
    /// Who is on their way, if there are limits against abuse.
    crowd: Option<Crowd>,
    ledger: Mutex<Ledger>,
}

/// What one complaint or message may still bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(super) files: usize,
    pub(super) bytes: u64,
}

/// Files of one complaint or message on their way.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(super) place: Place,
    pub(super) allowance: Allowance,
}

impl Evidence {
    /// With how long an upload may wait for its place, if there are limits against abuse.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(crate) fn new(
        limits: EvidenceLimits,
        place_deadline: Option<Duration>,
        now: Timestamp,
    ) -> Result<Self, ring::error::Unspecified> {
        Ok(Self {
            limits,
            room: Arc::new(Semaphore::new(CHUNKS)),
            crowd: place_deadline
                .map(|deadline| Crowd::new(deadline, now))
                .transpose()?,
            ledger: Mutex::new(Ledger::new(limits.daily_bytes)),
        })
    }

    /// Lets files come that are to stand besides those that are held already, once there is a place.
    /// `mark` tells the source apart, if it can be.
    ///
    /// # Errors
    /// [`BodyError::Busy`] when no place became free in time.
    pub(crate) async fn upload(
        &self,
        errand: Errand,
        held: &[HeldFile],
        now: Timestamp,
        mark: impl FnOnce(&hmac::Key) -> Option<Mark>,
    ) -> Result<Upload, BodyError> {
        let place = match &self.crowd {
            Some(crowd) => crowd.place(errand, now, mark).await?,
            None => Place::unlimited(errand),
        };
        let bytes = held.iter().map(HeldFile::bytes).sum();
        let allowance = Allowance {
            files: self.limits.files.saturating_sub(held.len()),
            bytes: self.limits.total_bytes.saturating_sub(bytes),
        };
        Ok(Upload { place, allowance })
    }

    /// Whether this is no more than one complaint or message may bring.
    pub(crate) fn check(&self, held: &[HeldFile]) -> Result<(), EvidenceFault> {
        if held.len() > self.limits.files {
            return Err(EvidenceFault::TooMany);
        }
        if held.iter().map(HeldFile::bytes).sum::<u64>() > self.limits.total_bytes {
            return Err(EvidenceFault::TooLargeTogether);
        }
        Ok(())
    }

    /// Counts what is about to be stored.
    pub(super) fn count(
        &self,
        place: &Place,
        bytes: u64,
        now: Timestamp,
    ) -> Result<(), EvidenceFault> {
        // Counts are all that could be left half done, and they may be wrong by one.
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        if ledger.take(place.errand(), place.source(), bytes, now) {
            Ok(())
        } else {
            Err(EvidenceFault::Full)
        }
    }

    /// How many more complaints may bring files at this moment.
    #[cfg(test)]
    pub(crate) fn free_to_file(&self) -> usize {
        self.crowd.as_ref().unwrap().free_to_file()
    }

    /// Gives back what was counted for a file that came to nothing.
    pub(super) fn give_back(&self, place: &Place, bytes: u64, now: Timestamp) {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.give_back(place.errand(), place.source(), bytes, now);
    }
}
