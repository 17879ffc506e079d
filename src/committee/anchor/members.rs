//! The members' records: none is missing, and none is one of before.

use std::collections::BTreeMap;

use domain::committee::MemberId;
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind};
use store::rings::Resealed;

use super::{AnchorError, LEAST, ROW, TRIES};
use crate::keyring::Keyring;
use crate::members::MemberRecord;

/// Which records have to be there, as of one moment.
#[derive(PartialEq, Eq)]
pub(crate) struct Kept {
    revisions: BTreeMap<MemberId, u64>,
    /// The row, by which two moments are told apart.
    row: Vec<u8>,
}

/// What is wrong with a member's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It was taken away.
    Gone(MemberId),
    /// It is one of before.
    Older(MemberId),
}

impl Kept {
    /// The first record that is not as it has to be; `found` says which there are.
    pub(crate) fn wrong(&self, found: impl Iterator<Item = (MemberId, u64)>) -> Option<Wrong> {
        let found: BTreeMap<MemberId, u64> = found.collect();
        let gone = self.revisions.keys().find(|id| !found.contains_key(id));
        let other = found
            .iter()
            .find(|(id, revision)| self.revisions.get(id) != Some(revision));
        gone.map(|id| Wrong::Gone(*id))
            .or(other.map(|(id, _)| Wrong::Older(*id)))
    }

    /// The same for one member alone.
    pub(crate) fn wrong_of(&self, id: MemberId, found: Option<u64>) -> Option<Wrong> {
        match (self.revisions.get(&id), found) {
            (kept, found) if kept.copied() == found => None,
            (Some(_), None) => Some(Wrong::Gone(id)),
            (_, _) => Some(Wrong::Older(id)),
        }
    }
}

impl Keyring {
    /// Which records have to be there.
    pub(crate) async fn members_kept(&self, cases: &dyn CaseFiles) -> Result<Kept, AnchorError> {
        let (anchor, row) = self.anchor(cases).await?;
        Ok(Kept {
            revisions: anchor.members,
            row,
        })
    }

    /// Writes a member's record, and that it is the one that has to be there, in one step. `read` is what
    /// it takes the place of, with its revision. `None`: somebody else changed it first.
    pub(crate) async fn put_member(
        &self,
        cases: &dyn CaseFiles,
        record: &MemberRecord,
        read: Option<(&[u8], u64)>,
    ) -> Result<Option<(Vec<u8>, u64)>, AnchorError> {
        let id = record.profile.id;
        let (kind, row) = (RecordKind::Member, RecordId(id.0));
        for _ in 0..TRIES {
            let (mut anchor, old) = self.anchor(cases).await?;
            if anchor.members.get(&id).copied() != read.map(|(_, revision)| revision) {
                return Ok(None);
            }
            anchor.generation += 1;
            let revision = anchor.generation;
            anchor.members.insert(id, revision);
            let sealed = record.seal(self, revision)?;
            let new = self.seal_record(ROW, &anchor, LEAST)?;
            let anew = Resealed {
                old: &old,
                new: &new,
            };
            let expected = read.map(|(sealed, _)| sealed);
            let wrote = cases
                .put_record_and_secret(kind, row, expected, &sealed, ROW, anew)
                .await?;
            if wrote {
                self.remember(&anchor);
                return Ok(Some((sealed, revision)));
            }
            let now = cases.record(kind, row).await?;
            if now.as_ref().map(|record| record.sealed.as_slice()) != expected {
                return Ok(None);
            }
            // Something else was noted meanwhile.
        }
        Err(AnchorError::Contended)
    }
}
