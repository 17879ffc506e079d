//! Whether the service is sealed, and how it is opened and closed while it runs.
//!
//! A service that was started without an identity is sealed: it holds no key, and opens nothing. It is
//! opened by the members' shares, as they come in; the key that they make together stays in memory
//! until the service is sealed again or ends. What is waited for in between is in memory alone, too.
//!
//! Whoever reaches the desk can hand in what they like, so a share that fits with none before begins a
//! set of its own: it neither opens anything nor gets in the way of the others. Reading a share costs
//! memory and time on purpose, so one is read at a time.

use std::sync::Arc;
use std::time::Duration;

use opening::custody::{Assembly, Share, ShareError, ShareRefused};
use opening::{CommitteeIdentity, Passphrase};
use sealing::Recipients;
use store::casefiles::CaseFiles;
use tokio::sync::{Mutex, watch};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::keyring::{Keyring, KeyringError};

/// How many sets of shares that do not fit with each other are gathered side by side.
const SETS: usize = 8;
/// How long a share waits for those before it to be read.
const PATIENCE: Duration = Duration::from_secs(20);

/// The key of the service, if it has one.
pub struct Vault {
    cases: Arc<dyn CaseFiles>,
    /// What intake seals to; shares of another key are refused.
    expected: Option<Recipients>,
    keyring: watch::Sender<Option<Arc<Keyring>>>,
    /// Shares that came in, and do not open yet.
    gathered: Mutex<Vec<Assembly>>,
}

/// How far the opening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// No share has come in.
    Nothing,
    /// Some have.
    Some {
        /// How many.
        came: usize,
        /// How many it takes.
        needed: u8,
    },
    /// The service is open.
    Open,
}

/// Why a share was not taken.
#[derive(Debug, thiserror::Error)]
pub enum HandInError {
    /// It is not a share of this key, the passphrase is another, or it was handed in before: whoever
    /// hands it in is not told which.
    #[error("the share was not taken")]
    Refused(#[source] Refused),
    /// Others are being read.
    #[error("too many shares at once")]
    Crowded,
    /// The shares open a key, and the service cannot work with it.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The reading was broken off.
    #[error("a share could not be read")]
    Broken,
}

/// What was wrong with a share.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It does not open.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// It does not belong to the others.
    #[error(transparent)]
    Set(#[from] ShareRefused),
    /// It is of a key that intake does not seal to.
    #[error("it is of another committee key")]
    OtherKey,
}

/// Why an identity is not taken.
#[derive(Debug, thiserror::Error)]
pub enum UnsealError {
    /// Intake does not seal to it.
    #[error("the identity is not the one of --recipients")]
    OtherKey,
    /// See there.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

impl Vault {
    /// A sealed one. `expected` is what intake seals to, where that is known.
    pub fn sealed(cases: Arc<dyn CaseFiles>, expected: Option<Recipients>) -> Self {
        Self {
            cases,
            expected,
            keyring: watch::Sender::new(None),
            gathered: Mutex::default(),
        }
    }

    /// Opens it with a whole identity.
    ///
    /// # Errors
    /// See [`UnsealError`].
    pub async fn unseal(&self, identity: CommitteeIdentity) -> Result<(), UnsealError> {
        if !self.expects(&identity.public_key()) {
            return Err(UnsealError::OtherKey);
        }
        let keyring = Keyring::unseal(identity, &*self.cases).await?;
        self.put(Arc::new(keyring));
        Ok(())
    }

    /// Takes a holder's file and passphrase.
    ///
    /// # Errors
    /// See [`HandInError`].
    pub async fn hand_in(
        &self,
        file: Vec<u8>,
        passphrase: Passphrase,
    ) -> Result<Progress, HandInError> {
        let mut gathered = timeout(PATIENCE, self.gathered.lock())
            .await
            .map_err(|_| HandInError::Crowded)?;
        if self.keyring().is_some() {
            return Ok(Progress::Open);
        }
        let share = spawn_blocking(move || Share::from_protected(&file, passphrase))
            .await
            .map_err(|_| HandInError::Broken)?
            .map_err(|error| HandInError::Refused(error.into()))?;
        if !self.expects(share.splitting().public_key()) {
            return Err(HandInError::Refused(Refused::OtherKey));
        }
        let needed = share.splitting().quorum().threshold();
        match add(&mut gathered, share).map_err(|error| HandInError::Refused(error.into()))? {
            Added::Waiting { came } => Ok(Progress::Some { came, needed }),
            Added::Opened(identity) => {
                let keyring = Keyring::unseal(*identity, &*self.cases).await?;
                gathered.clear();
                self.put(Arc::new(keyring));
                Ok(Progress::Open)
            }
        }
    }

    /// How far the opening is: of several sets, the one that misses the fewest.
    pub async fn progress(&self) -> Progress {
        if self.keyring().is_some() {
            return Progress::Open;
        }
        self.gathered
            .lock()
            .await
            .iter()
            .filter_map(Assembly::progress)
            .min_by_key(|(came, needed)| usize::from(*needed).saturating_sub(*came))
            .map_or(Progress::Nothing, |(came, needed)| Progress::Some {
                came,
                needed,
            })
    }

    /// Forgets the key. What is being done with it ends; nothing new begins.
    pub fn seal(&self) {
        self.keyring.send_replace(None);
        tracing::warn!("the service is sealed");
    }

    /// The key, unless the service is sealed.
    pub fn keyring(&self) -> Option<Arc<Keyring>> {
        self.keyring.borrow().clone()
    }

    /// Told whenever the service is opened or sealed.
    pub fn changes(&self) -> watch::Receiver<Option<Arc<Keyring>>> {
        self.keyring.subscribe()
    }

    fn put(&self, keyring: Arc<Keyring>) {
        tracing::warn!(key_id = %keyring.key_id(), "the service is open");
        self.keyring.send_replace(Some(keyring));
    }

    fn expects(&self, public_key: &str) -> bool {
        let Some(expected) = &self.expected else {
            return true;
        };
        public_key
            .parse::<Recipients>()
            .is_ok_and(|key| key.key_id() == expected.key_id())
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("sealed", &self.keyring().is_none())
            .finish_non_exhaustive()
    }
}

enum Added {
    Waiting { came: usize },
    Opened(Box<CommitteeIdentity>),
}

/// Adds a share to the set that it belongs to, or begins one with it.
fn add(gathered: &mut Vec<Assembly>, share: Share) -> Result<Added, ShareRefused> {
    for (at, set) in gathered.iter_mut().enumerate() {
        match set.add(share.clone()) {
            Ok(Some(identity)) => return Ok(Added::Opened(Box::new(identity))),
            Ok(None) => return Ok(Added::Waiting { came: came(set) }),
            Err(ShareRefused::Foreign) => {}
            Err(ShareRefused::Spoiled) => {
                // The holders begin anew, with nothing of what came before.
                gathered.remove(at);
                return Err(ShareRefused::Spoiled);
            }
            Err(ShareRefused::Repeated) => return Err(ShareRefused::Repeated),
        }
    }
    if gathered.len() >= SETS {
        // The set that got least far was begun by mistake or to be in the way.
        let least = gathered
            .iter()
            .enumerate()
            .min_by_key(|(_, set)| came(set))
            .map(|(at, _)| at);
        if let Some(least) = least {
            gathered.remove(least);
        }
    }
    let mut set = Assembly::default();
    let opened = set.add(share)?;
    debug_assert!(opened.is_none(), "one share alone never opens");
    let came = came(&set);
    gathered.push(set);
    Ok(Added::Waiting { came })
}

fn came(set: &Assembly) -> usize {
    set.progress().map_or(0, |(came, _)| came)
}

#[cfg(test)]
mod tests {
    use opening::custody::{Quorum, split};
    use ring::rand::SystemRandom;

    use super::*;

    #[test]
    fn foreign_shares_do_not_push_out_what_the_members_handed_in() {
        let identity = CommitteeIdentity::generate();
        let quorum = Quorum::new(3, 3).unwrap();
        let shares = || split(&identity, quorum, &SystemRandom::new()).unwrap();
        let ours = shares();
        let mut gathered = Vec::new();
        for share in &ours[..2] {
            assert!(matches!(
                add(&mut gathered, share.clone()),
                Ok(Added::Waiting { .. })
            ));
        }
        // Sets of one share each, more of them than are kept.
        for _ in 0..3 * SETS {
            let foreign = shares().remove(0);
            assert!(matches!(
                add(&mut gathered, foreign),
                Ok(Added::Waiting { came: 1 })
            ));
            assert!(gathered.len() <= SETS);
        }
        assert!(matches!(
            add(&mut gathered, ours[2].clone()),
            Ok(Added::Opened(_))
        ));
    }
}
