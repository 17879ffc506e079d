//! The envelopes that wait.

use std::collections::BTreeSet;
use std::sync::Arc;

use opening::ResealError;
use sealing::{KeyId, SealError, SealedEnvelope};
use store::mailroom::WaitingEnvelope;
use tokio::task::spawn_blocking;

use super::{Part, Progress, Rotation, RotationError};
use crate::waiting::{Walk, backlog};

/// Envelopes that are sealed anew in one transaction.
const BATCH: u32 = 64;

impl Rotation {
    /// How many were sealed anew, and how many do not open.
    pub(super) async fn reseal_envelopes(
        &self,
        tell: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(u64, u64), RotationError> {
        let older = self.older();
        let of = backlog(&*self.mailroom, &older).await?.ours;
        let (mut seen, mut resealed, mut left) = (0, 0, 0);
        for key in older {
            let mut walk = Walk::through(vec![key], BATCH);
            while let Some(batch) = walk.next(&*self.mailroom).await? {
                seen += count(&batch);
                let anew = self.reseal_batch(batch, &mut left).await?;
                // Those that wait no longer were worked off meanwhile, which is as good.
                resealed += self.mailroom.reseal(key, &anew).await?;
                tell(Progress {
                    part: Part::Envelopes,
                    done: seen.min(of),
                    of,
                });
            }
        }
        Ok((resealed, left))
    }

    /// Each on a thread of its own: it is the work that takes the time, and what panics over hostile
    /// bytes takes no other along.
    async fn reseal_batch(
        &self,
        batch: Vec<WaitingEnvelope>,
        left: &mut u64,
    ) -> Result<Vec<SealedEnvelope>, SealError> {
        let mut work = Vec::new();
        for waiting in batch {
            match waiting {
                WaitingEnvelope::Sound(envelope) => {
                    let keyring = Arc::clone(&self.keyring);
                    work.push(spawn_blocking(move || keyring.reseal(&envelope)));
                }
                WaitingEnvelope::Unsound { .. } => *left += 1,
            }
        }
        let mut anew = Vec::with_capacity(work.len());
        for done in work {
            match done.await {
                Ok(Ok(envelope)) => anew.push(envelope),
                Ok(Err(ResealError::Seal(error))) => return Err(error),
                Ok(Err(ResealError::Open(_))) | Err(_) => *left += 1,
            }
        }
        Ok(anew)
    }

    /// How many wait for an older key, and how many that were sealed to one are set aside.
    pub(super) async fn needed_envelopes(&self) -> Result<(u64, u64), RotationError> {
        let older = self.older();
        let waiting = backlog(&*self.mailroom, &older).await?.ours;
        let older: BTreeSet<&[u8]> = older.iter().map(|key| key.as_bytes().as_slice()).collect();
        let aside = self.mailroom.quarantined().await?;
        let aside = aside
            .iter()
            .filter(|one| older.contains(one.key_id.as_slice()));
        Ok((waiting, count(aside)))
    }

    fn older(&self) -> Vec<KeyId> {
        self.keyring.key_ids().into_iter().skip(1).collect()
    }
}

fn count<T>(all: impl IntoIterator<Item = T>) -> u64 {
    all.into_iter().fold(0, |count, _| count + 1)
}
