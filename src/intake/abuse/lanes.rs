//! Places for those who look into a mailbox.
//!
//! Everybody who comes through Tor, the Institute's network or a proxy shares one lane, so a flood of
//! looks fills it. It must not fill memory too, nor keep anybody waiting without end: only so many
//! wait, and only so long. Who finds the queue full is told at once to come back; who stands in it
//! keeps their turn. The other way round, newcomers pushing out those who wait longest, a flood would
//! drive everybody out who has waited, and nobody would know whether waiting helps.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// How many mailboxes may be read and shown at once; further looks wait, the first one first.
const ORDINARY: usize = 12;
/// The same for sources that look far too often.
const FLOODING: usize = 4;
/// How many may wait for each place. A look takes some milliseconds, so whoever is let in waits far
/// less than [`PATIENCE`], unless the store hangs.
const WAITING_FOR_EACH: usize = 32;
/// How long one waits before being told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a look waits for its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// With everybody.
    Ordinary,
    /// With those who look far too often.
    Flooding,
}

/// Too many look at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many look into mailboxes at once")]
pub(crate) struct Crowded;

/// The places, nothing else uses them.
#[derive(Debug)]
pub(crate) struct Lanes {
    ordinary: Queue,
    flooding: Queue,
}

/// One lane.
#[derive(Debug)]
struct Queue {
    places: Semaphore,
    /// Room for those who wait.
    waiting: Semaphore,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            ordinary: Queue::with(ORDINARY),
            flooding: Queue::with(FLOODING),
        }
    }
}

impl Queue {
    fn with(places: usize) -> Self {
        Self {
            places: Semaphore::new(places),
            waiting: Semaphore::new(places * WAITING_FOR_EACH),
        }
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, Crowded> {
        if let Ok(place) = self.places.try_acquire() {
            return Ok(place);
        }
        let _waiting = self.waiting.try_acquire().map_err(|_| Crowded)?;
        let place = timeout(PATIENCE, self.places.acquire()).await;
        let place = place.map_err(|_| Crowded)?;
        Ok(place.expect("it is never closed"))
    }
}

impl Lanes {
    /// Waits for a place.
    ///
    /// # Errors
    /// When too many wait already, or none came free for too long.
    pub(crate) async fn place(&self, lane: Lane) -> Result<SemaphorePermit<'_>, Crowded> {
        self.queue(lane).place().await
    }

    fn queue(&self, lane: Lane) -> &Queue {
        match lane {
            Lane::Ordinary => &self.ordinary,
            Lane::Flooding => &self.flooding,
        }
    }

    #[cfg(test)]
    pub(crate) fn free(&self, lane: Lane) -> usize {
        self.queue(lane).places.available_permits()
    }

    /// Takes every place of a lane for as long as what it gives is kept.
    #[cfg(test)]
    pub(crate) fn take_all(&self, lane: Lane) -> SemaphorePermit<'_> {
        let places = &self.queue(lane).places;
        let free = u32::try_from(places.available_permits()).unwrap();
        places.try_acquire_many(free).unwrap()
    }

    /// Leaves nobody room to wait in a lane.
    #[cfg(test)]
    pub(crate) fn fill_queue(&self, lane: Lane) -> SemaphorePermit<'_> {
        let waiting = &self.queue(lane).waiting;
        let free = u32::try_from(waiting.available_permits()).unwrap();
        waiting.try_acquire_many(free).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn only_so_many_wait_and_those_who_do_keep_their_turn() {
        let lanes = Lanes::default();
        let all = lanes.take_all(Lane::Flooding);
        let mut waiting = Vec::new();
        for _ in 0..FLOODING * WAITING_FOR_EACH {
            let mut look = Box::pin(lanes.place(Lane::Flooding));
            assert!((&mut look).now_or_never().is_none(), "it waits");
            waiting.push(look);
        }
        // Told at once, without waiting.
        let last = lanes.place(Lane::Flooding).now_or_never();
        assert_eq!(last.unwrap().unwrap_err(), Crowded);
        assert!(lanes.place(Lane::Ordinary).await.is_ok());
        drop(all);
        let mut held = Vec::new();
        for look in waiting {
            held.push(look.now_or_never().map(Result::unwrap));
            if held.len() == FLOODING {
                break;
            }
        }
        assert!(held.iter().all(Option::is_some), "the first come first");
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_without_end() {
        let lanes = Lanes::default();
        let all = lanes.take_all(Lane::Ordinary);
        assert_eq!(lanes.place(Lane::Ordinary).await.unwrap_err(), Crowded);
        drop(all);
        assert!(lanes.place(Lane::Ordinary).await.is_ok());
        let waiting = lanes.queue(Lane::Ordinary).waiting.available_permits();
        assert_eq!(
            waiting,
            ORDINARY * WAITING_FOR_EACH,
            "who left takes no room"
        );
    }
}
