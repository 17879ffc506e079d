//! A member opens a case with their own key.

use opening::{CaseKey, CaseRecipient, OpenError, PersonIdentity, ResealError, case_ring};
use ring::rand::SecureRandom;
use serde::de::DeserializeOwned;
use store::casefiles::CaseId;

use super::{Access, AccessError};
use crate::places;

/// The keys that a case has had and that a member has copies of, the newest first.
#[derive(Debug)]
pub struct CaseKeys {
    pub(super) keys: Vec<CaseKey>,
    /// Whether something may be sealed to a key that is not among them.
    lacks_older: bool,
}

impl CaseKeys {
    /// These of a case with so many, the newest first; `None` without any.
    pub(crate) fn of(keys: Vec<CaseKey>, all: usize) -> Option<Self> {
        (!keys.is_empty()).then_some(Self {
            lacks_older: keys.len() < all,
            keys,
        })
    }

    /// The only one of a case.
    pub(super) fn one(key: CaseKey) -> Self {
        Self {
            keys: vec![key],
            lacks_older: false,
        }
    }

    /// Seals a document to another key, from whichever of these it is sealed to.
    pub(super) fn reseal(
        &self,
        document: &[u8],
        to: &CaseRecipient,
        rng: &dyn SecureRandom,
    ) -> Result<Vec<u8>, ResealError> {
        let mut refused = ResealError::Open(OpenError::WrongKey);
        for key in &self.keys {
            match key.reseal(document, to, rng) {
                Ok(sealed) => return Ok(sealed),
                Err(ResealError::Open(OpenError::WrongKey)) => {}
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    /// Opens a document, to whichever of the keys it is sealed.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open<T: DeserializeOwned>(&self, place: &str, document: &[u8]) -> Result<T, OpenError> {
        let mut refused = OpenError::WrongKey;
        for key in &self.keys {
            match key.open(place, document) {
                Ok(opened) => return Ok(opened),
                Err(OpenError::WrongKey) => {}
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    /// Whether they open all of the case. Whoever steps in has the newest alone, until somebody who has
    /// the older ones opens the case, too.
    pub fn are_whole(&self) -> bool {
        !self.lacks_older
    }

    /// The newest, to which everything new is sealed.
    pub fn newest(&self) -> &CaseKey {
        self.keys.first().expect("nobody has these without a key")
    }
}

impl Access {
    /// The keys of a case, as far as a member has copies. Whether the member is to have them is the
    /// policy's to say, and is asked before; here only the key counts.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn keys(
        &self,
        case: CaseId,
        person: &PersonIdentity,
    ) -> Result<CaseKeys, AccessError> {
        let access = self.kept(case).await?.ok_or(AccessError::Unknown)?;
        let mut keys = Vec::new();
        for ring in &access.rings {
            match case_ring::open_ring(&ring.ring, person, &places::ring(case, &ring.recipient)) {
                Ok(key) if ring.recipient == access.recipient => keys.insert(0, key),
                Ok(key) => keys.push(key),
                Err(OpenError::WrongKey) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let newest = keys.first().map(CaseKey::public_key);
        if newest.as_ref() != Some(&access.recipient) {
            return Err(AccessError::NoCopy);
        }
        Ok(CaseKeys {
            lacks_older: keys.len() < access.rings.len(),
            keys,
        })
    }
}
