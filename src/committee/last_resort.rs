//! The last resort: holders of pieces together open a case, when no member is left who can.
//!
//! - [`give_to_members`] takes the committee's key besides. The case is looked through for members whom
//!   nobody has looked at, and goes to those whom seat and conflicts entitle now: no person decides who.
//! - [`give_to`] takes the holders alone, and names the keys that open the case from then on. It gives
//!   nobody anything through the service: the [circle](crate::circle) stays as it is, and the policy
//!   asks it before any key counts. So it serves those whom the circle entitles already, and whose keys
//!   are others by now.
//!
//! Nothing secret leaves memory.

use opening::recovery::{Piece, RecoverError};
use opening::{CaseKey, OpenError, PersonIdentity, PersonRecipient, case_ring};
use ring::rand::SecureRandom;
use sealing::SealError;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};
use store::rings::{AccessChange, StoredRing};

use crate::access::{Access, AccessError, CaseKeys};
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
    /// Seat and conflicts entitle no member who has a key.
    #[error(
        "no member may open this case: none that may know of it has signed in; the way is the control body's"
    )]
    Nobody,
    /// The case was opened, and could not be given on.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// Somebody changes the case all the time.
    #[error("the case is being changed; stop triage, and try again")]
    Contended,
}

/// How often something may be changed by others between reading and writing.
const ATTEMPTS: usize = 8;

/// Opens a case and gives it to the members who may open it now; says how many there are.
///
/// # Errors
/// See [`LastResortError`].
pub async fn give_to_members(
    access: &Access,
    case: CaseId,
    holders: &[PersonIdentity],
) -> Result<usize, LastResortError> {
    let opened = open(&*access.cases, case, holders).await?;
    // Members read a case as a whole; what only some of its keys open is no use to them.
    let all = opened.keys.len() + opened.closed;
    let keys = opened.keys.into_iter().map(|(_, key)| key).collect();
    let keys = CaseKeys::of(keys, all)
        .filter(CaseKeys::are_whole)
        .ok_or(LastResortError::NoPieces)?;
    if !access.settle_anew(case, &keys).await?.changed {
        return Err(LastResortError::Contended);
    }
    let circle = access.circle(case).await?;
    let entitled = circle
        .entitled()
        .iter()
        .filter(|one| access.people.key(one.member).is_some())
        .count();
    if entitled == 0 {
        return Err(LastResortError::Nobody);
    }
    Ok(entitled)
}

/// Makes the rings of a case anew, for exactly these people. The pieces stay.
///
/// # Errors
/// See [`LastResortError`].
pub async fn give_to(
    cases: &dyn CaseFiles,
    case: CaseId,
    holders: &[PersonIdentity],
    people: &[PersonRecipient],
    rng: &dyn SecureRandom,
) -> Result<Recovered, LastResortError> {
    for _ in 0..ATTEMPTS {
        // Everything is opened before anything is written.
        let opened = open(cases, case, holders).await?;
        let done = Recovered {
            keys: opened.keys.len(),
            closed: opened.closed,
        };
        let mut wrote = true;
        for (ring, key) in opened.keys {
            let place = places::ring(case, &ring.recipient);
            let anew = StoredRing {
                ring: case_ring::seal_ring(&key, people, &place, rng)?,
                ..ring
            };
            let change = AccessChange {
                ring: Some(anew),
                ..AccessChange::of_circle(case, Some(opened.circle.clone()), opened.circle.clone())
            };
            wrote &= cases.change_access(&change).await?;
        }
        if wrote {
            return Ok(done);
        }
    }
    Err(LastResortError::Contended)
}

/// The keys of a case, from their pieces.
struct Opened {
    circle: Vec<u8>,
    /// The newest first.
    keys: Vec<(StoredRing, CaseKey)>,
    /// Older ones whose pieces do not suffice.
    closed: usize,
}

async fn open(
    cases: &dyn CaseFiles,
    case: CaseId,
    holders: &[PersonIdentity],
) -> Result<Opened, LastResortError> {
    let access = cases.access(case).await?.ok_or(LastResortError::Unknown)?;
    let circle = access.circle.ok_or(LastResortError::WithCommittee)?;
    let (newest, older): (Vec<_>, Vec<_>) = access
        .rings
        .into_iter()
        .partition(|ring| ring.recipient == access.recipient);
    let newest = newest.into_iter().next().ok_or(LastResortError::NoPieces)?;
    let key = joined(case, &newest, holders)?;
    let mut opened = Opened {
        circle,
        keys: vec![(newest, key)],
        closed: 0,
    };
    for ring in older {
        match joined(case, &ring, holders) {
            Ok(key) => opened.keys.push((ring, key)),
            Err(_) => opened.closed += 1,
        }
    }
    Ok(opened)
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
