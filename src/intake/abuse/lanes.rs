//! Places for those who look into a mailbox.

use tokio::sync::{Semaphore, SemaphorePermit};

/// How many mailboxes may be read and shown at once; further looks wait, the first one first.
const ORDINARY: usize = 12;
/// The same for sources that look far too often.
const FLOODING: usize = 4;

/// Where a look waits for its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// With everybody.
    Ordinary,
    /// With those who look far too often.
    Flooding,
}

/// The places, nothing else uses them.
#[derive(Debug)]
pub(crate) struct Lanes {
    ordinary: Semaphore,
    flooding: Semaphore,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            ordinary: Semaphore::new(ORDINARY),
            flooding: Semaphore::new(FLOODING),
        }
    }
}

impl Lanes {
    /// Waits for a place.
    ///
    /// # Panics
    /// Never: no lane is ever closed.
    pub(crate) async fn place(&self, lane: Lane) -> SemaphorePermit<'_> {
        let lane = match lane {
            Lane::Ordinary => &self.ordinary,
            Lane::Flooding => &self.flooding,
        };
        lane.acquire().await.expect("it is never closed")
    }

    #[cfg(test)]
    pub(crate) fn free(&self, lane: Lane) -> usize {
        match lane {
            Lane::Ordinary => self.ordinary.available_permits(),
            Lane::Flooding => self.flooding.available_permits(),
        }
    }
}
