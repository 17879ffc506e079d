//! Finding cases that may concern the same person or unit, without keeping a name.
//!
//! For each case one sealed record of one size, under a keyed name that nobody joins to the case. It holds
//! keyed hashes of the words of names, posts and units (`domain::committee::alike`). The service opens
//! all of them while it is unsealed; whom it shows what, the desk decides: only cases that the member may
//! open.
//!
//! It is made when a case comes, in the step that also classifies; cases of before there was one get theirs
//! when a member opens them. Whoever deletes a case deletes it.

use domain::committee::alike::{self, Traits};
use domain::complaint::Complaint;
use opening::OpenError;
use sealing::SealError;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};
use store::records::{RecordId, RecordKind, SealedRecord};

use crate::keyring::Keyring;
use crate::places;

/// Bytes of a sealed record: room for twenty people.
const SIZE: usize = 4 << 10;

/// What is kept of all cases.
#[derive(Clone, Copy)]
pub struct AlikeBook<'a> {
    cases: &'a dyn CaseFiles,
    keyring: &'a Keyring,
}

/// What is kept of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    case: [u8; 16],
    traits: Traits,
}

/// Why it was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum AlikeError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl<'a> AlikeBook<'a> {
    /// Of these case files.
    pub fn new(cases: &'a dyn CaseFiles, keyring: &'a Keyring) -> Self {
        Self { cases, keyring }
    }

    /// What a complaint is found by.
    pub fn read(&self, complaint: &Complaint) -> Traits {
        read(self.keyring, complaint)
    }

    /// Keeps what a case is found by, unless that is done.
    ///
    /// # Errors
    /// See [`AlikeError`].
    pub async fn note(&self, case: CaseId, complaint: &Complaint) -> Result<(), AlikeError> {
        let record = record(self.keyring, case, complaint)?;
        self.cases
            .keep_records(RecordKind::Alike, &[record])
            .await?;
        Ok(())
    }

    /// Every case but one that is like it, the most alike first. A record that was altered is left out:
    /// it is a hint, and no case must stay shut for it.
    ///
    /// # Errors
    /// See [`AlikeError`].
    pub async fn like(
        &self,
        case: CaseId,
        traits: &Traits,
    ) -> Result<Vec<(CaseId, alike::Alike)>, AlikeError> {
        let mut found = Vec::new();
        for row in self.cases.records(RecordKind::Alike).await? {
            let opened: Result<Kept, OpenError> =
                self.keyring.open_record(&place(row.id), &row.sealed);
            let kept = match opened {
                Ok(kept) if id(self.keyring, CaseId(kept.case)) == row.id => kept,
                Ok(_) | Err(_) => {
                    tracing::error!("what a case is found by was altered; it is left out");
                    continue;
                }
            };
            let other = CaseId(kept.case);
            if other != case
                && let Some(how) = traits.compare(&kept.traits)
            {
                found.push((other, how));
            }
        }
        found.sort_by_key(|(case, how)| (*how, *case));
        Ok(found)
    }

    /// Forgets what a case is found by.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget(&self, case: CaseId) -> Result<(), StoreError> {
        let (kind, id) = (RecordKind::Alike, id(self.keyring, case));
        // Twice if another process sealed it anew in between.
        for _ in 0..2 {
            let Some(row) = self.cases.record(kind, id).await? else {
                return Ok(());
            };
            if self.cases.remove_record(kind, id, &row.sealed).await? {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// What a case is found by, for [`keep_records`](store::records::Records::keep_records): it is kept unless
/// there is one.
///
/// # Errors
/// See [`SealError`].
pub fn record(
    keyring: &Keyring,
    case: CaseId,
    complaint: &Complaint,
) -> Result<SealedRecord, SealError> {
    let id = id(keyring, case);
    let kept = Kept {
        case: case.0,
        traits: read(keyring, complaint),
    };
    let sealed = keyring.seal_record(&place(id), &kept, SIZE)?;
    Ok(SealedRecord { id, sealed })
}

fn read(keyring: &Keyring, complaint: &Complaint) -> Traits {
    alike::read(complaint, |text| keyring.mark("alike", text))
}

fn id(keyring: &Keyring, case: CaseId) -> RecordId {
    let half = |part: &str| keyring.mark(part, &places::case(case, "alike"));
    let bytes = (u128::from(half("alike case")) << 64) | u128::from(half("alike case too"));
    RecordId(bytes.to_be_bytes())
}

fn place(id: RecordId) -> String {
    places::record(RecordKind::Alike.code(), id.0)
}

impl std::fmt::Debug for AlikeBook<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AlikeBook").finish_non_exhaustive()
    }
}
