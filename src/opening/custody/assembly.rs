//! Shares that come in one after the other, until they open.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use super::share::Splitting;
use super::{SetId, Share};
use crate::identity::CommitteeIdentity;

/// Gathers the shares of one set, in memory only.
#[derive(Clone, Default)]
pub struct Assembly {
    set: Option<SetId>,
    shares: BTreeMap<u8, Share>,
}

/// Why a share was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareRefused {
    /// Of another key, or of another splitting of the same one.
    #[error("it does not belong to the others")]
    Foreign,
    /// It is there already.
    #[error("it was handed in before")]
    Repeated,
    /// As many as it takes, and they do not open what they say: the set was made to deceive.
    #[error("the shares do not open the key that they name")]
    Deceptive,
}

impl Assembly {
    /// One that takes the shares of this set alone; [`Self::default`] takes those of the first's.
    pub fn of(set: SetId) -> Self {
        Self {
            set: Some(set),
            shares: BTreeMap::new(),
        }
    }

    /// Takes a share; gives the identity once enough of them have come, and again with each further
    /// one, a repeated one too.
    ///
    /// # Errors
    /// See [`ShareRefused`].
    pub fn add(&mut self, share: Share) -> Result<Option<CommitteeIdentity>, ShareRefused> {
        let set = share.splitting().id();
        if self.set.is_some_and(|expected| expected != set) {
            return Err(ShareRefused::Foreign);
        }
        self.set = Some(set);
        let splitting = share.splitting().clone();
        let repeated = self.shares.insert(share.number(), share).is_some();
        if self.shares.len() < usize::from(splitting.quorum().threshold()) {
            return if repeated {
                Err(ShareRefused::Repeated)
            } else {
                Ok(None)
            };
        }
        match rebuild(&splitting, self.shares.values()) {
            Some(identity) => Ok(Some(identity)),
            None => Err(ShareRefused::Deceptive),
        }
    }

    /// How many have come.
    pub fn came(&self) -> usize {
        self.shares.len()
    }

    /// How many it takes; `None` before the first.
    pub fn needed(&self) -> Option<u8> {
        let share = self.shares.values().next()?;
        Some(share.splitting().quorum().threshold())
    }
}

impl fmt::Debug for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assembly")
            .field("set", &self.set)
            .field("came", &self.came())
            .finish_non_exhaustive()
    }
}

/// The identity that these shares make, if it is the one that was split.
fn rebuild<'a>(
    splitting: &Splitting,
    shares: impl Iterator<Item = &'a Share>,
) -> Option<CommitteeIdentity> {
    let secret = blahaj::Sharks(splitting.quorum().threshold())
        .recover(shares.map(Share::part))
        .ok()
        .map(Zeroizing::new)?;
    let text = std::str::from_utf8(&secret).ok()?;
    let identity = CommitteeIdentity::from_secret_text(text)?;
    (identity.public_key() == splitting.public_key()).then_some(identity)
}
