//! Changing the committee's key: whatever lies under an older key is sealed anew under the one in use.
//!
//! The identity that a rotation works with holds the older keys too, so everything opens at any moment,
//! whether it is sealed anew or not. Each step replaces what was read, and nothing else, in one
//! transaction; whoever is killed between two of them starts again, and what is done is found done.
//!
//! The service's own secret comes first: from then on an identity without the new key is no longer one
//! of these case files, so nobody can begin a second rotation beside this one, or work with the old key.
//!
//! What does not open under any key stays as it is and is counted. What was set aside stays to the byte.

mod envelopes;
mod kept;

use std::sync::Arc;

use opening::ResealError;
use sealing::SealError;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::mailroom::TriageMailroom;

use crate::keyring::Keyring;

/// A change of the committee's key on both stores.
pub struct Rotation {
    /// The store that intake writes to.
    pub mailroom: Arc<dyn TriageMailroom>,
    /// The store of the cases.
    pub cases: Arc<dyn CaseFiles>,
    /// The new key, and those of before.
    pub keyring: Arc<Keyring>,
}

/// What a rotation works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What the service keeps for itself.
    Records,
    /// What it keeps for each case.
    Cases,
    /// What waits in the mailroom.
    Envelopes,
}

/// How far a rotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it works on.
    pub part: Part,
    /// How much of it is done.
    pub done: u64,
    /// How much there is.
    pub of: u64,
}

/// What a rotation did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Parts of the service's own records and of its cases that were sealed anew.
    pub kept: u64,
    /// Such parts that open under no key of the committee, and stayed as they are.
    pub damaged: u64,
    /// Envelopes that were sealed anew.
    pub envelopes: u64,
    /// Envelopes that wait and do not open; the service sets them aside when it next looks.
    pub left: u64,
    /// Envelopes that are set aside, and stayed as they are.
    pub quarantined: u64,
}

/// What only an older key opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needed {
    /// Parts of the service's own records and of its cases.
    pub kept: u64,
    /// Envelopes that wait.
    pub waiting: u64,
    /// Envelopes that are set aside.
    pub quarantined: u64,
}

/// Why a rotation broke off. Nothing is lost: started again, it goes on.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// A store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Something was changed again and again meanwhile: the service is running.
    #[error("the case files are being changed; stop triage, and go on")]
    Contended,
}

impl Rotation {
    /// Seals everything anew; `tell` hears of each step.
    ///
    /// # Errors
    /// See [`RotationError`].
    pub async fn run(
        &self,
        tell: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Rotated, RotationError> {
        let (kept, damaged) = self.reseal_kept(tell).await?;
        let (envelopes, left) = self.reseal_envelopes(tell).await?;
        let quarantined = self
            .mailroom
            .backlog(self.keyring.key_id())
            .await?
            .quarantined;
        Ok(Rotated {
            kept,
            damaged,
            envelopes,
            left,
            quarantined,
        })
    }

    /// What the older keys are still needed for.
    ///
    /// # Errors
    /// See [`RotationError`].
    pub async fn needed(&self) -> Result<Needed, RotationError> {
        let (waiting, quarantined) = self.needed_envelopes().await?;
        Ok(Needed {
            kept: self.needed_kept().await?,
            waiting,
            quarantined,
        })
    }
}

impl Needed {
    /// Whether the older keys can go.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl std::fmt::Debug for Rotation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rotation")
            .field("keyring", &self.keyring)
            .finish_non_exhaustive()
    }
}

/// What becomes of one sealed thing.
enum Anew {
    /// It lies under the key in use already.
    Is,
    /// Its bytes under the key in use.
    Becomes(Vec<u8>),
    /// No key opens it.
    Damaged,
}

impl Anew {
    fn of(outcome: Result<Option<Vec<u8>>, ResealError>) -> Result<Self, SealError> {
        match outcome {
            Ok(None) => Ok(Self::Is),
            Ok(Some(sealed)) => Ok(Self::Becomes(sealed)),
            Err(ResealError::Open(_)) => Ok(Self::Damaged),
            Err(ResealError::Seal(error)) => Err(error),
        }
    }
}
