//! Closing acts that nobody agreed to in time, and carrying on those that were broken off.

use committee::acts::{EffectError, Hands};
use committee::log::{Actor, Logbook};

use super::{Worker, WorkerError};

/// Why acts were not tended. Nothing is lost: the next round goes on.
#[derive(Debug, thiserror::Error)]
pub enum TendError {
    /// The members cannot be read.
    #[error(transparent)]
    Access(#[from] WorkerError),
    /// See there.
    #[error(transparent)]
    Effect(#[from] EffectError),
}

impl Worker {
    /// Closes acts that nobody agreed to in time, and carries on those that were broken off.
    ///
    /// # Errors
    /// See [`TendError`].
    pub async fn tend_acts(&self, log: &Logbook) -> Result<(), TendError> {
        let access = self.access().await?;
        let now = self.clock.now();
        let hands = Hands {
            access: &access,
            mailroom: &*self.mailroom,
            log: log.recorder(&self.keyring, Actor::Service, now),
        };
        Ok(hands.sweep(now).await?)
    }
}
