//! How much may come: in one file, with one complaint, at once, in a day.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::civil::Date;
use service::body::BodyError;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{EvidenceFault, HeldFile};

/// How many uploads may be on their way at once; they count from their first file on.
const UPLOADS: usize = 32;
/// How long an upload waits for its place.
const PLACE_DEADLINE: Duration = Duration::from_secs(20);
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
    /// Most bytes that this process stores in a day, sealed.
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
    places: Option<Semaphore>,
    stored: Mutex<(Date, u64)>,
}

/// What one complaint or message may still bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(super) files: usize,
    pub(super) bytes: u64,
}

impl Evidence {
    pub(crate) fn new(limits: EvidenceLimits, against_abuse: bool) -> Self {
        Self {
            limits,
            room: Arc::new(Semaphore::new(CHUNKS)),
            places: against_abuse.then(|| Semaphore::new(UPLOADS)),
            stored: Mutex::new((Date::MIN, 0)),
        }
    }

    /// What may come besides files that are held already.
    pub(crate) fn allowance(&self, held: &[HeldFile]) -> Allowance {
        let bytes = held.iter().map(HeldFile::bytes).sum();
        Allowance {
            files: self.limits.files.saturating_sub(held.len()),
            bytes: self.limits.total_bytes.saturating_sub(bytes),
        }
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

    /// A place among the uploads; none is needed without limits against abuse.
    pub(crate) async fn place(&self) -> Result<Option<SemaphorePermit<'_>>, BodyError> {
        let Some(places) = &self.places else {
            return Ok(None);
        };
        tokio::time::timeout(PLACE_DEADLINE, places.acquire())
            .await
            .map_err(|_| BodyError::Busy)?
            .map(Some)
            .map_err(|_| BodyError::Busy)
    }

    /// Whether every place is taken.
    pub(crate) fn is_crowded(&self) -> bool {
        self.places
            .as_ref()
            .is_some_and(|places| places.available_permits() == 0)
    }

    /// Counts what is about to be stored on a day.
    pub(super) fn count(&self, today: Date, bytes: u64) -> Result<(), EvidenceFault> {
        let mut stored = self.stored.lock().expect("nobody panics while holding it");
        if stored.0 != today {
            *stored = (today, 0);
        }
        let all = stored.1.saturating_add(bytes);
        if all > self.limits.daily_bytes {
            return Err(EvidenceFault::Full);
        }
        stored.1 = all;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_takes_so_much_and_the_next_one_begins_anew() {
        let limits = EvidenceLimits {
            daily_bytes: 10,
            ..EvidenceLimits::default()
        };
        let evidence = Evidence::new(limits, true);
        assert_eq!(evidence.count(date(2026, 3, 4), 6), Ok(()));
        assert_eq!(
            evidence.count(date(2026, 3, 4), 5),
            Err(EvidenceFault::Full)
        );
        assert_eq!(evidence.count(date(2026, 3, 4), 4), Ok(()));
        assert_eq!(evidence.count(date(2026, 3, 5), 10), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_that_finds_no_place_waits_and_then_is_told() {
        let evidence = Evidence::new(EvidenceLimits::default(), true);
        let mut taken = Vec::new();
        for _ in 0..UPLOADS {
            assert!(!evidence.is_crowded());
            taken.push(evidence.place().await.unwrap());
        }
        assert!(evidence.is_crowded());
        assert_eq!(evidence.place().await.unwrap_err(), BodyError::Busy);
        taken.pop();
        assert!(evidence.place().await.is_ok());
    }
}
