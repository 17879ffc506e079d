//! A case gets its members: when it is written, or when the first of them come.

use domain::committee::conflict::{self, Findings};
use domain::committee::entitlement::{self, Entitlement};
use domain::complaint::Complaint;
use opening::{CaseKey, CaseRecipient};
use store::casefiles::{CaseId, DocumentId, DocumentKind, SealedDocument};
use store::rings::{AccessChange, NewAccess};

use super::{Access, AccessError, CaseKeys, ConflictDocument, TRIES};
use crate::circle::{Basis, Circle};
use crate::documents::{place, random_id};

/// Who may open a new case.
#[derive(Debug)]
pub struct FirstAccess {
    /// As the store takes it.
    pub access: NewAccess,
    /// What was found, sealed to the case's key.
    pub conflict: SealedDocument,
}

impl Access {
    /// Who may open a case that is about to be written: those whom seat, unit and the complainant's
    /// wish allow. As long as there are none with a key, the committee's key holds it.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub fn first(
        &self,
        case: CaseId,
        key: &CaseKey,
        complaint: &Complaint,
    ) -> Result<FirstAccess, AccessError> {
        let found = conflict::assess(complaint, self.people.profiles(), self.today);
        let mut circle = self.compose(&found);
        if !self.can_be_opened(&circle) {
            return Ok(FirstAccess {
                access: NewAccess::Committee {
                    wrap: self.keyring.wrap(case, key)?,
                },
                conflict: self.conflict_document(case, &key.recipient(), &found.into())?,
            });
        }
        self.look_for_holders(&mut circle, |profiles| {
            conflict::assess(complaint, profiles, self.today)
        });
        let ring = self.ring(case, key, &mut circle)?;
        Ok(FirstAccess {
            access: NewAccess::Members {
                circle: self.seal_circle(case, &circle)?,
                ring: ring.ring,
                recovery: ring.recovery,
            },
            conflict: self.conflict_document(case, &key.recipient(), &found.into())?,
        })
    }

    /// Gives a case that the committee's key holds to the members, once there are some who may open it.
    /// Says whether that is done now.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn hand_over(&self, case: CaseId) -> Result<bool, AccessError> {
        for _ in 0..TRIES {
            let Some(access) = self.cases.access(case).await? else {
                return Ok(false);
            };
            let Some(wrap) = &access.committee_wrap else {
                return Ok(false);
            };
            let keys = CaseKeys::one(self.keyring.case_key(case, wrap)?);
            let key = keys.newest();
            if access.circle.is_some()
                || !access.rings.is_empty()
                || key.public_key() != access.recipient
            {
                return Err(AccessError::Altered);
            }
            let writings = self.writings(case, &keys).await?;
            let found = writings.findings(self.people.profiles(), self.today);
            let mut circle = self.compose(&found);
            if !self.can_be_opened(&circle) {
                return Ok(false);
            }
            self.look_for_holders(&mut circle, |profiles| {
                writings.findings(profiles, self.today)
            });
            let change = AccessChange {
                ring: Some(self.ring(case, key, &mut circle)?),
                document: Some(self.conflict_document(case, &key.recipient(), &found.into())?),
                drop_committee_wrap: true,
                ..AccessChange::of_circle(
                    case,
                    access.circle.clone(),
                    self.seal_circle(case, &circle)?,
                )
            };
            if self.cases.change_access(&change).await? {
                return Ok(true);
            }
        }
        Err(AccessError::Contended)
    }

    /// The circle that follows from what was found.
    pub(super) fn compose(&self, found: &Findings) -> Circle {
        let Entitlement {
            entitled,
            excluded,
            withheld,
            sufficiency: _,
        } = entitlement::first(self.people.profiles(), found, self.today);
        let mut circle = Circle::default();
        for (member, ground) in excluded {
            circle.exclude(member, ground, self.today);
        }
        for member in withheld {
            circle.withhold(member);
        }
        for member in entitled {
            circle.entitle(member, Basis::Seat);
        }
        for profile in self.people.profiles() {
            circle.note_outside(profile.id);
            circle.note_look(profile);
        }
        circle.ruled_by_service();
        circle
    }

    pub(super) fn conflict_document(
        &self,
        case: CaseId,
        to: &CaseRecipient,
        told: &ConflictDocument,
    ) -> Result<SealedDocument, AccessError> {
        let id = DocumentId(random_id(self.keyring.rng())?);
        let kind = DocumentKind::Conflict;
        let sealed = to.seal(&place(case, id, kind, self.today), told, self.keyring.rng())?;
        Ok(SealedDocument {
            id,
            kind,
            written_on: self.today,
            sealed,
        })
    }
}
