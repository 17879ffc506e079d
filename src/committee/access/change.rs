//! Somebody is kept out of a case, let in, or is no member any more.

use domain::committee::conflict::{Conflict, Doubt, Findings};
use domain::committee::{Ground, MemberId, MemberProfile, entitlement};
use opening::{CaseKey, CaseRecipient};
use sealing::KeyId;
use store::casefiles::CaseId;
use store::rings::AccessChange;

use super::{Access, AccessError, ConflictDocument, TRIES};
use crate::circle::{Basis, Circle};

impl Access {
    /// Keeps members out of a case: from now on it does not exist for them, and it has a new key of
    /// which they have no copy. Whoever stands in for them steps in. What was found or said is kept in
    /// the case, under the new key. Says whether anything changed.
    ///
    /// # Errors
    /// [`AccessError::NobodyLeft`], and nothing is changed. Otherwise see [`AccessError`].
    pub async fn exclude(
        &self,
        case: CaseId,
        whom: &[(MemberId, Ground)],
        told: impl Into<ConflictDocument>,
    ) -> Result<bool, AccessError> {
        self.exclude_with(case, whom, &[], told.into()).await
    }

    /// The same, with holders of pieces, who get none of the new key.
    pub(super) async fn exclude_with(
        &self,
        case: CaseId,
        whom: &[(MemberId, Ground)],
        holders: &[KeyId],
        told: ConflictDocument,
    ) -> Result<bool, AccessError> {
        // What a member says is in the log before.
        let found = told.said.is_none();
        self.change(case, told, |circle| {
            let mut changed = false;
            for holder in holders {
                changed |= circle.note_holder(*holder, true);
            }
            for (member, ground) in whom {
                changed |= circle.exclude(*member, *ground, self.today);
            }
            if changed {
                self.step_in(circle);
            }
            if changed && found {
                circle.ruled_by_service();
            }
            changed
        })
        .await
    }

    /// Whether somebody would be left who can open the case, or pieces of its key.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn could_exclude(
        &self,
        case: CaseId,
        whom: &[(MemberId, Ground)],
    ) -> Result<bool, AccessError> {
        let Some(kept) = self.kept(case).await? else {
            return Ok(false);
        };
        let mut circle = kept.circle;
        for (member, ground) in whom {
            circle.exclude(*member, *ground, self.today);
        }
        self.step_in(&mut circle);
        if self.can_be_opened(&circle) {
            return Ok(true);
        }
        let ring = self.ring(case, &CaseKey::generate(), &mut circle)?;
        Ok(ring.recovery.is_some())
    }

    /// Takes back that a member is kept out, for a namesake or a mistake. If the seat entitles them,
    /// whoever opens the case next gives them a copy of its key. Says whether anything changed.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn lift(
        &self,
        case: CaseId,
        member: MemberId,
        told: impl Into<ConflictDocument>,
    ) -> Result<bool, AccessError> {
        let told = told.into();
        for _ in 0..TRIES {
            let Some(kept) = self.kept(case).await? else {
                return Ok(false);
            };
            let (mut circle, sealed) = (kept.circle, kept.sealed);
            if !circle.lift(member) {
                return Ok(false);
            }
            self.step_in(&mut circle);
            let newest: CaseRecipient = kept.recipient.parse()?;
            let change = AccessChange {
                document: Some(self.conflict_document(case, &newest, &told)?),
                ..AccessChange::of_circle(case, Some(sealed), self.seal_circle(case, &circle)?)
            };
            if self.cases.change_access(&change).await? {
                return Ok(true);
            }
        }
        Err(AccessError::Contended)
    }

    /// Takes the entitlement of a member away, without a conflict: the case gets a new key.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn withdraw(&self, case: CaseId, member: MemberId) -> Result<bool, AccessError> {
        self.change(case, ConflictDocument::default(), |circle| {
            circle.withdraw(member)
        })
        .await
    }

    /// Forgets everybody who is no member any more, and takes the copies of those who are suspended. A
    /// case that one of them could open gets a new key; whoever is suspended gets a copy of it once that
    /// is over, if the case lets them still.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn forget_gone(&self, case: CaseId) -> Result<bool, AccessError> {
        let change = self.change(case, ConflictDocument::default(), |circle| {
            let gone: Vec<MemberId> = circle
                .entitled()
                .iter()
                .map(|one| one.member)
                .filter(|member| !self.people.has(*member))
                .collect();
            let mut could = false;
            for member in gone {
                could |= circle.forget(member);
            }
            could |= circle
                .entitled()
                .iter()
                .any(|one| one.key.is_some() && self.people.is_suspended(one.member));
            if could {
                self.step_in(circle);
                circle.ruled_by_service();
            }
            could
        });
        match change.await {
            // It keeps its key until somebody comes who can be given a copy.
            Err(AccessError::NobodyLeft) => Ok(false),
            outcome => outcome,
        }
    }

    /// Keeps out members who were changed, and for whom the case is not any more, by what was found of
    /// them.
    pub(super) async fn rekey_for_amended(
        &self,
        case: CaseId,
        amended: &[MemberProfile],
        found: &Findings,
    ) -> Result<bool, AccessError> {
        self.change(case, found.clone().into(), |circle| {
            self.note_amended(circle, amended, found);
            self.step_in(circle);
            true
        })
        .await
    }

    /// Entitles whoever the seat entitles now, given who is kept out.
    pub(super) fn step_in(&self, circle: &mut Circle) {
        let known = Findings {
            conflicts: circle
                .excluded()
                .iter()
                .map(|one| Conflict {
                    member: one.member,
                    ground: one.ground,
                    reasons: Vec::new(),
                })
                .collect(),
            doubts: circle
                .withheld()
                .iter()
                .map(|member| Doubt {
                    member: *member,
                    withheld: true,
                    reasons: Vec::new(),
                })
                .collect(),
            ..Findings::default()
        };
        let people = self.people.profiles();
        let now = entitlement::first(people, &known, self.today);
        for member in now.entitled {
            // Whom nobody has looked at may be the one that the case is about.
            if circle.knows(member) {
                circle.entitle(member, Basis::Seat);
            }
        }
    }

    /// Changes the circle and gives the case a new key, unless the change comes to nothing.
    async fn change(
        &self,
        case: CaseId,
        told: ConflictDocument,
        change: impl Fn(&mut Circle) -> bool,
    ) -> Result<bool, AccessError> {
        for _ in 0..TRIES {
            let Some(kept) = self.kept(case).await? else {
                return Ok(false);
            };
            let (mut circle, sealed) = (kept.circle, kept.sealed);
            if !change(&mut circle) {
                return Ok(false);
            }
            let key = CaseKey::generate();
            let ring = self.ring(case, &key, &mut circle)?;
            if !self.can_be_opened(&circle) && ring.recovery.is_none() {
                // Whatever is sealed to a key that nobody has is lost.
                return Err(AccessError::NobodyLeft);
            }
            let change = AccessChange {
                document: Some(self.conflict_document(case, &key.recipient(), &told)?),
                recipient: Some(ring.recipient.clone()),
                ring: Some(ring),
                ..AccessChange::of_circle(case, Some(sealed), self.seal_circle(case, &circle)?)
            };
            if self.cases.change_access(&change).await? {
                return Ok(true);
            }
        }
        Err(AccessError::Contended)
    }
}
