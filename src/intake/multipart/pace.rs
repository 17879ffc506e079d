//! How slowly a form with files may come.

use std::time::Duration;

use service::body::{BodyError, Pace};
use tokio::time::{Instant, timeout};

use super::Arrived;

/// The pace of an upload: a tenth of what the slowest circuits of Tor bring.
const PACE: Pace = Pace {
    grace: Duration::from_secs(15),
    bytes_per_second: 2 << 10,
};
/// The pace while others wait for a place.
const CROWDED: Pace = Pace {
    grace: Duration::from_secs(15),
    bytes_per_second: 16 << 10,
};
/// Longest pause, however fast it was before.
const PAUSE: Duration = Duration::from_secs(30);

/// Counts the time that we wait for a body. The time that it waits for us does not count.
#[derive(Debug)]
pub(crate) struct Pacer {
    enforced: bool,
    waited: Duration,
}

impl Pacer {
    pub(super) fn new(enforced: bool) -> Self {
        Self {
            enforced,
            waited: Duration::ZERO,
        }
    }

    /// Waits for the next of a body, for no longer than it has earned.
    pub(super) async fn wait<T>(
        &mut self,
        arrived: &Arrived,
        crowded: bool,
        next: impl Future<Output = T>,
    ) -> Result<T, BodyError> {
        let pace = if crowded { CROWDED } else { PACE };
        let patience = if self.enforced {
            let earned = pace.patience(arrived.bytes.get());
            earned.saturating_sub(self.waited).min(PAUSE)
        } else {
            PAUSE
        };
        let begun = Instant::now();
        let next = timeout(patience, next)
            .await
            .map_err(|_| BodyError::TooSlow);
        self.waited += begun.elapsed();
        next
    }
}
