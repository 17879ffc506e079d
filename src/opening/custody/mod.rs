//! The committee's key among several holders: any `threshold` of them open it together, fewer learn
//! nothing of it.
//!
//! The private half of a [`CommitteeIdentity`] is split with Shamir's scheme over GF(2⁸) (`blahaj`).
//! Each [`Share`] is kept by its holder in a file under the holder's own passphrase. Shares come
//! together in an [`Assembly`], in memory alone.
//!
//! Shares carry no proof that they are genuine; what is rebuilt does. Each names the public half of the
//! key that it is of, and an identity counts only if it has that public half. A share that was altered
//! therefore opens nothing, and cannot bring up a key of somebody else's choice.
//!
//! Shares of one [`split`] fit together and with no others: splitting the same key again makes the
//! shares from before worthless to each other's holders, unless `threshold` of them still meet.

mod assembly;
mod quorum;
mod share;
#[cfg(test)]
mod tests;

use ring::rand::SecureRandom;

pub use self::assembly::{Assembly, ShareRefused};
pub use self::quorum::{Quorum, QuorumError};
pub use self::share::{Share, ShareError, Splitting};
use crate::identity::CommitteeIdentity;

/// Splits an identity: one share for each member, in the order of their numbers.
///
/// # Errors
/// When the system has no randomness to give.
pub fn split(
    identity: &CommitteeIdentity,
    quorum: Quorum,
    rng: &dyn SecureRandom,
) -> Result<Vec<Share>, ring::error::Unspecified> {
    let splitting = Splitting::draw(quorum, identity.public_key(), rng)?;
    let secret = identity.secret_text();
    Ok(blahaj::Sharks(quorum.threshold())
        .dealer(secret.as_bytes())
        .take(quorum.members().into())
        .map(|part| Share::new(splitting.clone(), part))
        .collect())
}
