//! The last resort: holders of pieces together make the ring of a case anew, when no member is left who
//! can open it.
//!
//! It takes neither the committee's key nor a member's, and gives nobody anything through the service:
//! the [circle](crate::circle) stays as it is, and the policy asks it before any key counts. What it
//! changes is whose key opens the case, for those whom the circle entitles already or will.
//!
//! Nothing secret leaves memory. A ring cannot be read by whoever has no copy in it, so the new one is for
//! exactly those who are named; the next of them who opens the case gives copies to all others who are
//! entitled.

use opening::recovery::{Piece, RecoverError};
use opening::{CaseKey, OpenError, PersonIdentity, PersonRecipient, case_ring};
use ring::rand::SecureRandom;
use sealing::SealError;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};
use store::rings::{AccessChange, StoredRing};

use crate::places;

/// What was recovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recovered {
    /// Keys of the case that have a new ring. There is more than one while documents of before a change
    /// of key are not sealed anew.
    pub keys: usize,
    /// Older keys that stay closed, for want of pieces.
    pub closed: usize,
}

/// Why a case was not recovered. Its rings are as they were.
#[derive(Debug, thiserror::Error)]
pub enum LastResortError {
    /// The case files do not answer.
    #[error("the case files do not answer")]
    Store(#[from] StoreError),
    /// There is no such case.
    #[error("there is no such case")]
    Unknown,
    /// The committee's key opens it still.
    #[error(
        "this case has no members yet; whoever opens the service with the committee's key has it"
    )]
    WithCommittee,
    /// Nobody has a piece.
    #[error(
        "no pieces were kept for this case: it came before there were holders, or too few of them may know \
         of it"
    )]
    NoPieces,
    /// A holder has none; which, counted from 0.
    #[error(
        "this holder has no piece of this case: they may not know of it, or it came before them"
    )]
    NoPiece {
        /// Which, counted from 0.
        holder: usize,
    },
    /// The pieces make no key.
    #[error(transparent)]
    Pieces(#[from] RecoverError),
    /// A piece does not open as it should.
    #[error("a piece of this case is damaged")]
    Damaged(#[source] OpenError),
    /// A ring could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Somebody changes the case all the time.
    #[error("the case is being changed; stop triage, and try again")]
    Contended,
}

/// How often something may be changed by others between reading and writing.
const ATTEMPTS: usize = 8;

/// Makes the rings of a case anew, for exactly these people.
///
/// # Errors
/// See [`LastResortError`].
pub async fn recover(
    cases: &dyn CaseFiles,
    case: CaseId,
    holders: &[PersonIdentity],
    people: &[PersonRecipient],
    rng: &dyn SecureRandom,
) -> Result<Recovered, LastResortError> {
    for _ in 0..ATTEMPTS {
        let access = cases.access(case).await?.ok_or(LastResortError::Unknown)?;
        let circle = access.circle.ok_or(LastResortError::WithCommittee)?;
        let (newest, older): (Vec<_>, Vec<_>) = access
            .rings
            .iter()
            .partition(|ring| ring.recipient == access.recipient);
        let [newest] = newest.as_slice() else {
            return Err(LastResortError::NoPieces);
        };
        // Everything is opened before anything is written.
        let seal = |ring: &StoredRing, key: &CaseKey| {
            let place = places::ring(case, &ring.recipient);
            case_ring::seal_ring(key, people, &place, rng).map(|sealed| StoredRing {
                ring: sealed,
                // The pieces stay.
                ..ring.clone()
            })
        };
        let mut rings = vec![seal(newest, &joined(case, newest, holders)?)?];
        for ring in older {
            if let Ok(key) = joined(case, ring, holders) {
                rings.push(seal(ring, &key)?);
            }
        }
        let done = Recovered {
            keys: rings.len(),
            closed: access.rings.len() - rings.len(),
        };
        let mut wrote = true;
        for ring in rings {
            let change = AccessChange {
                ring: Some(ring),
                ..AccessChange::of_circle(case, Some(circle.clone()), circle.clone())
            };
            wrote &= cases.change_access(&change).await?;
        }
        if wrote {
            return Ok(done);
        }
    }
    Err(LastResortError::Contended)
}

/// The key of a ring, from its pieces.
fn joined(
    case: CaseId,
    ring: &StoredRing,
    holders: &[PersonIdentity],
) -> Result<CaseKey, LastResortError> {
    let sealed = ring.recovery.as_ref().ok_or(LastResortError::NoPieces)?;
    let place = places::recovery(case, &ring.recipient);
    let pieces = holders
        .iter()
        .enumerate()
        .map(|(at, holder)| {
            Piece::of(sealed, holder, &place).map_err(|error| {
                if error == OpenError::WrongKey {
                    LastResortError::NoPiece { holder: at }
                } else {
                    LastResortError::Damaged(error)
                }
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let key = Piece::join(&pieces)?;
    if key.public_key() == ring.recipient {
        Ok(key)
    } else {
        // Pieces of another key, put in the place of this one's.
        Err(RecoverError::Foreign.into())
    }
}

#[cfg(test)]
mod tests;
