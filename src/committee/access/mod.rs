//! Letting members open a case, and keeping others out.
//!
//! A case has a [circle](crate::circle::Circle), which says who may open it, and a [ring](opening::case_ring),
//! which holds a copy of its key for each of them. Both are always written together.
//!
//! - `first`: a new case, or one whose key only the committee holds, gets its members.
//! - `change`: somebody is kept out, let in, or is no member any more. Keeping somebody out gives the case
//!   a new key, of which they get no copy. The service can do that by itself, since it takes public
//!   keys only: what comes from then on is sealed to the new key at once.
//! - `open`: a member opens the case with their own key, and on that occasion, in `settle`, what the
//!   service could not do by itself is done: older documents are sealed to the newest key, and
//!   members who came meanwhile are looked at and get their copies.
//! - `amended`: looking again for members who were changed since.
//! - `rulings`: what the service did of these by itself gets into the log.
//! - `told`: why somebody may not know of a case, as found and as said by members.
//!
//! *The road not taken:* one wrapped copy a row, named by its holder. A missing row would tell whoever
//! reads the database which member a case is about.

mod amended;
mod change;
mod first;
mod holders;
mod open;
pub mod rulings;
mod settle;
#[cfg(test)]
mod tests;
mod told;

use std::sync::Arc;

use domain::committee::{MemberId, conflict};
use jiff::civil::Date;
use opening::recovery::RecoveryHolders;
use opening::{CaseKey, CaseRecipient, OpenError, ResealError, case_ring};
use sealing::SealError;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseHandle, CaseId};
use store::rings::StoredRing;

pub use self::first::FirstAccess;
pub use self::open::CaseKeys;
pub use self::settle::{Settled, Writings};
pub use self::told::{ConflictDocument, Stated, Statement, Told};
use crate::circle::{self, Circle};
use crate::keyring::Keyring;
use crate::people::People;
use crate::places;

/// How often a change is tried while others come between.
const TRIES: usize = 8;

/// Opens and changes who may open; made for each piece of work.
#[derive(Clone)]
pub struct Access {
    /// The store of the cases.
    pub cases: Arc<dyn CaseFiles>,
    /// What the unsealed service holds.
    pub keyring: Arc<Keyring>,
    /// Who holds pieces of each case's key, if anybody does.
    pub recovery: Option<Arc<RecoveryHolders>>,
    /// The members as they are now.
    pub people: Arc<People>,
    /// The committee's day.
    pub today: Date,
}

/// Why a case was not opened, or its circle not changed.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such case, or none that has members.
    #[error("there is no such case")]
    Unknown,
    /// The member has no copy of the key.
    #[error("the ring of the case has no copy for this member")]
    NoCopy,
    /// Something of the case does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Something could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The public half of the case's key is none.
    #[error("the public key of a case is not valid")]
    Recipient(#[from] sealing::RecipientError),
    /// Nobody with a key would be left to open the case, and nobody holds pieces of its key: somebody
    /// else has to be let in first.
    #[error("nobody would be left who can open the case")]
    NobodyLeft,
    /// The case has another key, or other rings, than its circle says: somebody changed the database.
    #[error("the circle of a case does not fit its keys")]
    Altered,
    /// Others kept changing the circle: try again.
    #[error("the circle of a case stayed contended")]
    Contended,
}

impl From<ResealError> for AccessError {
    fn from(error: ResealError) -> Self {
        match error {
            ResealError::Open(error) => Self::Open(error),
            ResealError::Seal(error) => Self::Seal(error),
        }
    }
}

impl Access {
    /// The circle of a case, opened.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn circle(&self, case: CaseId) -> Result<Circle, AccessError> {
        let kept = self.kept(case).await?.ok_or(AccessError::Unknown)?;
        Ok(kept.circle)
    }

    /// Who may open a case, as kept and checked; `None` while the committee's key holds it.
    async fn kept(&self, case: CaseId) -> Result<Option<Kept>, AccessError> {
        let access = self.cases.access(case).await?.ok_or(AccessError::Unknown)?;
        let Some(sealed) = access.circle else {
            return Ok(None);
        };
        let circle = open_circle(&self.keyring, case, &sealed)?;
        let rings = access.rings.iter().map(|ring| ring.recipient.as_str());
        if !circle.fits(&access.recipient, rings) || access.committee_wrap.is_some() {
            return Err(AccessError::Altered);
        }
        Ok(Some(Kept {
            circle,
            sealed,
            rings: access.rings,
            recipient: access.recipient,
        }))
    }

    /// A ring with a copy for everybody in the circle who has a key, noted in the circle.
    fn ring(
        &self,
        case: CaseId,
        key: &CaseKey,
        circle: &mut Circle,
    ) -> Result<StoredRing, SealError> {
        let people = circle.copied_to(|member| self.people.key(member));
        let recipient = key.public_key();
        circle.note_key(&recipient);
        let recovery = match &self.recovery {
            Some(holders) => {
                let kept_out = self.holders_kept_out(holders, circle);
                holders.split(
                    key,
                    |holder| holders::counts(holder, circle, &kept_out),
                    &places::recovery(case, &recipient),
                    self.keyring.rng(),
                )?
            }
            None => None,
        };
        Ok(StoredRing {
            ring: case_ring::seal_ring(
                key,
                &people,
                &places::ring(case, &recipient),
                self.keyring.rng(),
            )?,
            recipient,
            recovery,
        })
    }

    /// Holders who are, by their name, members kept out of the case, or suspended.
    fn holders_kept_out<'h>(&self, holders: &'h RecoveryHolders, circle: &Circle) -> Vec<&'h str> {
        let kept_out: Vec<_> = self
            .people
            .profiles()
            .iter()
            .filter(|profile| {
                circle.is_kept_out(profile.id) || self.people.is_suspended(profile.id)
            })
            .cloned()
            .collect();
        let is_one = |name: &str| {
            let found = conflict::assess_text(name, &kept_out, self.today);
            !found.conflicts.is_empty() || !found.doubts.is_empty()
        };
        holders
            .holders()
            .iter()
            .map(|holder| holder.name.as_str())
            .filter(|name| is_one(name))
            .collect()
    }

    fn seal_circle(&self, case: CaseId, circle: &Circle) -> Result<Vec<u8>, SealError> {
        self.keyring
            .seal_record(&places::circle(case), circle, circle::LEAST)
    }

    /// Whether somebody who may open the case has, or will have, a key to do it with.
    fn can_be_opened(&self, circle: &Circle) -> bool {
        circle
            .entitled()
            .iter()
            .any(|one| self.people.key(one.member).is_some())
    }

    fn has_key(&self, member: MemberId) -> bool {
        self.people.key(member).is_some()
    }
}

/// Who may open a case, as the store keeps it.
struct Kept {
    circle: Circle,
    sealed: Vec<u8>,
    rings: Vec<StoredRing>,
    recipient: String,
}

/// The key that something new in a case is sealed to, if the service itself noted it for this case: the
/// column alone could be anybody's.
///
/// # Errors
/// See [`AccessError`].
pub async fn recipient_of(
    cases: &dyn CaseFiles,
    keyring: &Keyring,
    case: &CaseHandle,
) -> Result<CaseRecipient, AccessError> {
    let noted = match &case.circle {
        Some(sealed) => {
            let circle = open_circle(keyring, case.id, sealed)?;
            circle.newest_key().map(str::to_owned)
        }
        None => match cases.committee_wrap(case.id).await? {
            Some(wrap) => Some(keyring.case_key(case.id, &wrap)?.public_key()),
            None => None,
        },
    };
    if noted.as_ref() != Some(&case.recipient) {
        return Err(AccessError::Altered);
    }
    Ok(case.recipient.parse()?)
}

/// Opens a circle as the store gave it.
///
/// # Errors
/// See [`OpenError`].
pub fn open_circle(keyring: &Keyring, case: CaseId, sealed: &[u8]) -> Result<Circle, OpenError> {
    keyring.open_record(&places::circle(case), sealed)
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").finish_non_exhaustive()
    }
}
