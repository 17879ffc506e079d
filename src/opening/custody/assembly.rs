//! Shares that come in one after the other, until they open.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use super::Share;
use super::share::Splitting;
use crate::identity::CommitteeIdentity;

/// Most shares beyond the threshold that are kept while they do not open: with so many altered ones
/// the committee should begin anew.
const SPARE: usize = 3;

/// Gathers shares. It keeps them in memory only and forgets them once the key is rebuilt.
#[derive(Default)]
pub struct Assembly {
    splitting: Option<Splitting>,
    shares: BTreeMap<u8, Share>,
}

/// Why a share was not taken. Whoever hands one in is told only that it was not: which one it was, or
/// whose, is nobody's business at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareRefused {
    /// Of another key, or of another splitting of the same one.
    #[error("it does not belong to the others")]
    Foreign,
    /// It is there already.
    #[error("it was handed in before")]
    Repeated,
    /// More came in than it takes, and they do not open: at least one of them was altered.
    #[error("the shares do not open the key; begin anew")]
    Spoiled,
}

impl Assembly {
    /// Takes a share; gives the identity once enough of them have come.
    ///
    /// An altered share among them keeps the others from opening. Then each further one is tried
    /// with every choice of those before, so that one bad share does not lock the committee out.
    ///
    /// # Errors
    /// See [`ShareRefused`].
    pub fn add(&mut self, share: Share) -> Result<Option<CommitteeIdentity>, ShareRefused> {
        if let Some(splitting) = &self.splitting
            && splitting != share.splitting()
        {
            return Err(ShareRefused::Foreign);
        }
        let number = share.number();
        if self.shares.contains_key(&number) {
            return Err(ShareRefused::Repeated);
        }
        let threshold = usize::from(share.splitting().quorum().threshold());
        if self.shares.len() >= threshold + SPARE {
            return Err(ShareRefused::Spoiled);
        }
        let splitting = self
            .splitting
            .get_or_insert_with(|| share.splitting().clone());
        let before: Vec<&Share> = self.shares.values().collect();
        let opened = choices(&before, threshold - 1)
            .into_iter()
            .find_map(|mut chosen| {
                chosen.push(&share);
                rebuild(splitting, &chosen)
            });
        if let Some(identity) = opened {
            *self = Self::default();
            return Ok(Some(identity));
        }
        self.shares.insert(number, share);
        Ok(None)
    }

    /// How many have come, and how many it takes; `None` before the first.
    pub fn progress(&self) -> Option<(usize, u8)> {
        let threshold = self.splitting.as_ref()?.quorum().threshold();
        Some((self.shares.len(), threshold))
    }

    /// The public half of the key that is being rebuilt; `None` before the first share.
    pub fn public_key(&self) -> Option<&str> {
        self.splitting.as_ref().map(Splitting::public_key)
    }
}

impl fmt::Debug for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assembly")
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

/// Every choice of so many of the shares; none if there are fewer.
fn choices<'a>(shares: &[&'a Share], count: usize) -> Vec<Vec<&'a Share>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in shares.iter().enumerate() {
        for mut rest in choices(&shares[at + 1..], count - 1) {
            rest.push(first);
            all.push(rest);
        }
    }
    all
}

/// The identity that these shares make, if it is the one that was split.
fn rebuild(splitting: &Splitting, shares: &[&Share]) -> Option<CommitteeIdentity> {
    let parts = shares.iter().map(|share| share.part());
    let secret = blahaj::Sharks(splitting.quorum().threshold())
        .recover(parts)
        .ok()
        .map(Zeroizing::new)?;
    let text = std::str::from_utf8(&secret).ok()?;
    let identity = CommitteeIdentity::from_secret_text(text)?;
    (identity.public_key() == splitting.public_key()).then_some(identity)
}
