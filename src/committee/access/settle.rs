//! What only whoever can open a case can do for it: seal older documents to the newest key, look the
//! case through for members who came meanwhile, and give copies.

use domain::committee::conflict::{self, Findings};
use domain::committee::{Ground, MemberId, MemberProfile, Relation};
use domain::complaint::{Complaint, ComplaintDraft, SecretText};
use jiff::civil::Date;
use serde::Deserialize;
use store::casefiles::{CaseId, DocumentKind, SealedDocument};
use store::rings::AccessChange;

use super::{Access, AccessError, CaseKeys, TRIES};
use crate::circle::{Basis, Circle, Entitled};
use crate::documents::place;

/// What people wrote in a case: what a conflict is looked for in.
pub struct Writings {
    complaint: Option<Complaint>,
    messages: Vec<SecretText>,
}

/// What was done in a case when a member opened it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// Whether the case is another than before: its circle, or what its documents are sealed to.
    pub changed: bool,
    /// Those who were found to have a conflict.
    pub kept_out: Vec<(MemberId, Ground)>,
    /// Whose seat of before had given them the case, and whose seat of now does not.
    pub unseated: Vec<MemberId>,
    /// To how many a copy of the key was given that they had not.
    pub copies: u32,
    /// Whether the case has another key since, which has to be had before anything else is done.
    pub rekeyed: bool,
}

impl Settled {
    fn between(before: &Circle, after: &Circle) -> Self {
        let had = |one: &Entitled| before.entitled().contains(one);
        let given = after.entitled().iter().filter(|one| !had(one)).count();
        let new = after.excluded().iter().filter(|one| {
            let mut known = before.excluded().iter();
            !known.any(|known| known.member == one.member)
        });
        let unseated = before.entitled().iter().filter(|one| {
            one.by == Basis::Seat && after.relation_of(one.member) == Relation::Outside
        });
        Self {
            changed: true,
            rekeyed: false,
            unseated: unseated.map(|one| one.member).collect(),
            kept_out: new.map(|one| (one.member, one.ground)).collect(),
            copies: u32::try_from(given).unwrap_or(u32::MAX),
        }
    }
}

/// As much of a message as is looked through.
#[derive(Deserialize)]
struct MessageText {
    #[serde(default)]
    text: Option<SecretText>,
}

impl Writings {
    /// Everything in the case that points to one of these members.
    pub fn findings(&self, members: &[MemberProfile], today: Date) -> Findings {
        let mut found = self
            .complaint
            .as_ref()
            .map(|complaint| conflict::assess(complaint, members, today))
            .unwrap_or_default();
        for message in &self.messages {
            let new = conflict::assess_text(message.expose(), members, today);
            for conflict in new.conflicts {
                if found.conflict(conflict.member).is_none() {
                    found.doubts.retain(|doubt| doubt.member != conflict.member);
                    found.conflicts.push(conflict);
                }
            }
        }
        found
    }
}

impl std::fmt::Debug for Writings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writings(…)")
    }
}

impl Access {
    /// What was written in a case, opened with the keys that the caller has.
    pub(super) async fn writings(
        &self,
        case: CaseId,
        keys: &CaseKeys,
    ) -> Result<Writings, AccessError> {
        let mut writings = Writings {
            complaint: None,
            messages: Vec::new(),
        };
        for document in self.cases.documents(case).await? {
            let place = place(case, document.id, document.kind, document.written_on);
            match document.kind {
                DocumentKind::Complaint => {
                    let draft: ComplaintDraft = keys.open(&place, &document.sealed)?;
                    writings.complaint = Complaint::parse(draft).ok();
                }
                DocumentKind::Message => {
                    let message: MessageText = keys.open(&place, &document.sealed)?;
                    writings.messages.extend(message.text);
                }
                DocumentKind::Proposal
                | DocumentKind::Evidence
                | DocumentKind::Reply
                | DocumentKind::Conflict
                | DocumentKind::Step
                | DocumentKind::Paper
                | DocumentKind::Masks => {}
            }
        }
        Ok(writings)
    }

    /// Does what is due in a case that a member has opened, if their keys open all of it. A member who is
    /// found to have a conflict is kept out.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn settle(&self, case: CaseId, keys: &CaseKeys) -> Result<Settled, AccessError> {
        self.settle_if(case, keys, false).await
    }

    /// The same, and in any case a new ring: the copies in the one that is there may be lost.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub(crate) async fn settle_anew(
        &self,
        case: CaseId,
        keys: &CaseKeys,
    ) -> Result<Settled, AccessError> {
        self.settle_if(case, keys, true).await
    }

    async fn settle_if(
        &self,
        case: CaseId,
        keys: &CaseKeys,
        anew: bool,
    ) -> Result<Settled, AccessError> {
        for _ in 0..TRIES {
            let access = self.kept(case).await?.ok_or(AccessError::Unknown)?;
            let (mut circle, sealed) = (access.circle, access.sealed);
            if circle.has_stale_copies(|member| self.people.key(member))
                && self.forget_gone(case).await?
            {
                // Whoever opens it next seals what is older to the new key.
                return Ok(Settled {
                    changed: true,
                    rekeyed: true,
                    ..Settled::default()
                });
            }
            let before = circle.clone();
            let unknown: Vec<MemberProfile> = self
                .people
                .profiles()
                .iter()
                .filter(|profile| !circle.knows(profile.id))
                .cloned()
                .collect();
            // Whoever makes the rings anew gives copies of the key that is there, and no other.
            let amended = if anew {
                Vec::new()
            } else {
                self.amended_since(&circle)
            };
            let mut found = None;
            if !unknown.is_empty() || !amended.is_empty() || self.has_new_holders(&circle) {
                let writings = self.writings(case, keys).await?;
                self.look_for_holders(&mut circle, |profiles| {
                    writings.findings(profiles, self.today)
                });
                let new = self.found_of(&writings, &[unknown.as_slice(), &amended].concat());
                if self.note_amended(&mut circle.clone(), &amended, &new) {
                    self.rekey_for_amended(case, &amended, &new).await?;
                    let after = self.circle(case).await?;
                    return Ok(Settled {
                        rekeyed: true,
                        ..Settled::between(&before, &after)
                    });
                }
                for profile in &unknown {
                    if let Some(conflict) = new.conflict(profile.id) {
                        circle.exclude(profile.id, conflict.ground, self.today);
                    }
                    if new.is_withheld(profile.id) {
                        circle.withhold(profile.id);
                    }
                    for before in self.people.former(profile, self.today) {
                        circle.take_after(before, profile.id, self.today);
                    }
                    circle.note_outside(profile.id);
                    circle.note_look(profile);
                }
                self.note_amended(&mut circle, &amended, &new);
                found = (!unknown.is_empty() || !amended.is_empty()).then_some(new);
            }
            self.step_in(&mut circle);
            let owes = circle.owes_copies(|member| self.people.key(member));
            let older = access.rings.len() > 1;
            if circle == before && !owes && !older && !anew {
                return Ok(Settled::default());
            }
            if !keys.are_whole() || access.recipient != keys.newest().public_key() {
                // Somebody else gave it a new key meanwhile, or has the older ones: they go on.
                return Ok(Settled::default());
            }
            let ring = self.ring(case, keys.newest(), &mut circle)?;
            let reseal = if older {
                circle.forget_older_keys();
                Some(self.resealed(case, keys).await?)
            } else {
                None
            };
            let change = AccessChange {
                ring: Some(ring),
                document: found
                    .map(|found| {
                        self.conflict_document(case, &keys.newest().recipient(), &found.into())
                    })
                    .transpose()?,
                reseal,
                ..AccessChange::of_circle(case, Some(sealed), self.seal_circle(case, &circle)?)
            };
            if self.cases.change_access(&change).await? {
                return Ok(Settled::between(&before, &circle));
            }
        }
        Err(AccessError::Contended)
    }

    /// What points to some of the members. All of them are looked for, since what a text says of one seat
    /// depends on who has it.
    fn found_of(&self, writings: &Writings, members: &[MemberProfile]) -> Findings {
        let mut found = writings.findings(self.people.profiles(), self.today);
        let meant = |id| members.iter().any(|profile| profile.id == id);
        found.conflicts.retain(|conflict| meant(conflict.member));
        found.doubts.retain(|doubt| meant(doubt.member));
        found
    }

    /// Lets one more member open a case that is [settled](Self::settle), so that everybody was looked at.
    /// Says whether the member may open it now; one with a conflict, or from whom two took it, may not.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn share(
        &self,
        case: CaseId,
        keys: &CaseKeys,
        with: MemberId,
    ) -> Result<bool, AccessError> {
        for _ in 0..TRIES {
            let access = self.kept(case).await?.ok_or(AccessError::Unknown)?;
            let (mut circle, sealed) = (access.circle, access.sealed);
            if !circle.knows(with) || !self.has_key(with) {
                return Ok(false);
            }
            if !circle.entitle(with, Basis::Shared) {
                return Ok(circle.entitled().iter().any(|one| one.member == with));
            }
            if access.recipient != keys.newest().public_key() {
                return Err(AccessError::Contended);
            }
            let change = AccessChange {
                ring: Some(self.ring(case, keys.newest(), &mut circle)?),
                ..AccessChange::of_circle(case, Some(sealed), self.seal_circle(case, &circle)?)
            };
            if self.cases.change_access(&change).await? {
                return Ok(true);
            }
        }
        Err(AccessError::Contended)
    }

    /// Every document of a case, sealed to its newest key.
    async fn resealed(
        &self,
        case: CaseId,
        keys: &CaseKeys,
    ) -> Result<Vec<SealedDocument>, AccessError> {
        let newest = keys.newest().recipient();
        let mut all = Vec::new();
        for document in self.cases.documents(case).await? {
            let sealed = keys.reseal(&document.sealed, &newest, self.keyring.rng())?;
            all.push(SealedDocument { sealed, ..document });
        }
        Ok(all)
    }
}
