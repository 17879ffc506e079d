//! Opening the cases of one member, for what is learnt from them.

use domain::committee::{Act, Actor, Relation, Ruling, policy};
use domain::complaint::{Complaint, ComplaintDraft, FieldFaults, SecretText};
use domain::procedure::is_final;
use domain::retention::Phase;
use opening::{OpenError, PersonIdentity};
use store::StoreError;
use store::casefiles::{CaseHandle, DocumentKind, RegisterEntry};

use super::Opinion;
use crate::access::{Access, AccessError, CaseKeys, open_circle};
use crate::documents::{StepDocument, place};
use crate::kept::{KeptError, kept};
use crate::proposal::ProposalDocument;

/// Opens cases for one member.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// How cases are opened.
    pub access: &'a Access,
    /// The member's own key.
    pub person: &'a PersonIdentity,
    /// What the policy is asked with.
    pub actor: &'a Actor,
}

/// Why a case is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It is not this member's to open: they are kept out of it, it was never theirs, or nobody can tell whose
    /// it is. For them it does not exist: not even how many there are may be told.
    NotTheirs,
    /// It is theirs, and they have no copy of its key yet.
    NoCopy,
    /// It is blocked: what there is to do with it takes two.
    Blocked,
    /// Something of it does not open.
    Damaged,
}

/// A case that may be read: nothing of it was opened yet.
#[derive(Debug)]
pub struct Read {
    keys: CaseKeys,
}

/// What was found in a case.
#[derive(Debug)]
pub enum Found {
    /// What was proposed, and what the committee says.
    Opinion(Box<Opinion>),
    /// Nothing was proposed for it, what was is not kept, or the committee has not classified it yet.
    Nothing,
    /// Something of it does not open.
    Damaged,
}

/// A part of a case that is not as it has to be.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Complaint(#[from] FieldFaults),
}

impl Reader<'_> {
    /// Whether a case may be read; opens nothing of it. Whoever reads it writes that down first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn look(&self, entry: &RegisterEntry) -> Result<Result<Read, Closed>, StoreError> {
        let keyring = &self.access.keyring;
        // Asked of the store, not of a list that may be older.
        let Some(case) = self.access.cases.handle(entry.id).await? else {
            return Ok(Err(Closed::NotTheirs));
        };
        let Some(sealed) = &case.circle else {
            return Ok(Err(Closed::NotTheirs));
        };
        let Ok(circle) = open_circle(keyring, entry.id, sealed) else {
            return Ok(Err(Closed::NotTheirs));
        };
        let relation = circle.relation_of(self.actor.id);
        let may = policy::decide(self.actor, Act::ReadCase, Some(relation)) == Ruling::Allowed;
        if relation != Relation::Entitled || !may {
            return Ok(Err(Closed::NotTheirs));
        }
        match self.is_blocked(&case).await {
            Ok(false) => {}
            Ok(true) => return Ok(Err(Closed::Blocked)),
            Err(KeptError::Store(error)) => return Err(error),
            Err(KeptError::Open(_)) => return Ok(Err(Closed::Damaged)),
        }
        match self.access.keys(entry.id, self.person).await {
            Ok(keys) if keys.are_whole() => Ok(Ok(Read { keys })),
            Ok(_) | Err(AccessError::NoCopy) => Ok(Err(Closed::NoCopy)),
            Err(AccessError::Store(error)) => Err(error),
            Err(AccessError::Unknown) => Ok(Err(Closed::NotTheirs)),
            Err(_) => Ok(Err(Closed::Damaged)),
        }
    }

    /// What a case says of its proposal.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn opinion(&self, entry: &RegisterEntry, read: &Read) -> Result<Found, StoreError> {
        let found = self.find(entry, read).await;
        match found {
            Ok(Some(opinion)) => Ok(Found::Opinion(Box::new(opinion))),
            Ok(None) => Ok(Found::Nothing),
            Err(Fault::Store(error)) => Err(error),
            Err(Fault::Open(_) | Fault::Complaint(_)) => Ok(Found::Damaged),
        }
    }

    /// The words that the proposal of a case was made from; `None` if they do not open.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn text(
        &self,
        entry: &RegisterEntry,
        read: &Read,
    ) -> Result<Option<SecretText>, StoreError> {
        match self.narrative(entry, read).await {
            Ok(text) => Ok(text),
            Err(Fault::Store(error)) => Err(error),
            Err(Fault::Open(_) | Fault::Complaint(_)) => Ok(None),
        }
    }

    async fn is_blocked(&self, case: &CaseHandle) -> Result<bool, KeptError> {
        if !is_final(case.state) {
            return Ok(false);
        }
        let Access { cases, keyring, .. } = self.access;
        let found = kept(case, self.access.today, &**cases, keyring).await?;
        Ok(found.is_some_and(|(_, phase)| phase == Phase::Blocked))
    }

    async fn find(&self, entry: &RegisterEntry, read: &Read) -> Result<Option<Opinion>, Fault> {
        let mut proposal = None;
        let mut steps = Vec::new();
        for document in self.access.cases.documents(entry.id).await? {
            let place = place(entry.id, document.id, document.kind, document.written_on);
            if document.kind == DocumentKind::Proposal {
                let made: ProposalDocument = read.keys.open(&place, &document.sealed)?;
                proposal = Some(made);
            } else if document.kind == DocumentKind::Step {
                let done: StepDocument = read.keys.open(&place, &document.sealed)?;
                steps.push((document.written_on, done));
            }
        }
        steps.sort_by_key(|(_, done)| done.number);
        Ok(proposal.and_then(|proposal| Opinion::of(&proposal, &steps)))
    }

    async fn narrative(
        &self,
        entry: &RegisterEntry,
        read: &Read,
    ) -> Result<Option<SecretText>, Fault> {
        for document in self.access.cases.documents(entry.id).await? {
            if document.kind == DocumentKind::Complaint {
                let place = place(entry.id, document.id, document.kind, document.written_on);
                let draft: ComplaintDraft = read.keys.open(&place, &document.sealed)?;
                let told = Complaint::parse(draft)?.narrative;
                return Ok(Some(SecretText::from(told.expose().to_owned())));
            }
        }
        Ok(None)
    }
}
