//! The committee's key among several holders: any `threshold` of them open it together, fewer learn
//! nothing of it.
//!
//! The private half of a [`CommitteeIdentity`] is split with Shamir's scheme over GF(2⁸) (`blahaj`).
//! Each [`Share`] is kept by its holder in a file under the holder's own passphrase. Shares come
//! together in an [`Assembly`], in memory alone.
//!
//! Shamir's shares carry no proof that they are genuine, so each of ours names the digests of all of its
//! set: one that was altered, or made up by another holder, is none. Which set is meant, a [`SetId`] says;
//! it stands in `committee.pub`, and whoever waits for shares takes those of that set alone.
//!
//! Splitting the same key again gives another set. Shares from before fit with none of the new ones, but
//! `threshold` of them still open the key: they have to be destroyed.

mod assembly;
mod quorum;
mod set_id;
mod share;
#[cfg(test)]
mod tests;

pub use self::assembly::{Assembly, ShareRefused};
pub use self::quorum::{Quorum, QuorumError};
pub use self::set_id::{NotASetId, SetId};
pub use self::share::{Share, ShareError, Splitting};
use crate::identity::CommitteeIdentity;

/// Splits an identity: one share for each member, in the order of their numbers. The randomness is the
/// system's.
pub fn split(identity: &CommitteeIdentity, quorum: Quorum) -> Vec<Share> {
    let parts: Vec<blahaj::Share> = blahaj::Sharks(quorum.threshold())
        .dealer(identity.secret_text().as_bytes())
        .take(quorum.members().into())
        .collect();
    let splitting = Splitting::of(quorum, identity.public_key(), &parts);
    parts
        .into_iter()
        .map(|part| Share::new(splitting.clone(), part))
        .collect()
}
