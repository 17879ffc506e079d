//! Words that a case was found with before the person chose others.
//!
//! What was written with them may arrive after the change: a letter that waited beside it, or one from a
//! page that was still open. For each such word of a case one sealed record, under a keyed name that nobody
//! without the committee's key joins to the words or to the case. So nothing that a person sends is lost,
//! and whoever chooses other words with words that are over is told so.
//!
//! *The road not taken:* a column with the former hash. It would show in clear which cases changed their
//! words, and so most of those that a member of the committee wrote down for somebody.

use opening::OpenError;
use sealing::{LookupId, MailboxKey, SealError};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};
use store::records::{RecordId, RecordKind};

use crate::keyring::Keyring;
use crate::places;

/// Bytes of a sealed record.
const SIZE: usize = 1 << 10;
const KIND: RecordKind = RecordKind::FormerWords;

/// All words that cases were found with before.
#[derive(Clone, Copy)]
pub struct FormerWordsBook<'a> {
    cases: &'a dyn CaseFiles,
    keyring: &'a Keyring,
}

/// What is kept of words.
#[derive(Clone, PartialEq, Eq)]
pub struct FormerWords {
    /// The case that was found with them.
    pub case: CaseId,
    /// The key that follows from them: who holds the words knows it, and who writes to the mailroom does
    /// not.
    pub mailbox_key: MailboxKey,
}

impl std::fmt::Debug for FormerWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FormerWords(…)")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    case: [u8; 16],
    mailbox_key: MailboxKey,
}

/// Why it was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum FormerWordsError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The record does not open: it was altered.
    #[error("what is kept of former words does not open")]
    Open(#[from] OpenError),
}

impl<'a> FormerWordsBook<'a> {
    /// Of these case files.
    pub fn new(cases: &'a dyn CaseFiles, keyring: &'a Keyring) -> Self {
        Self { cases, keyring }
    }

    /// What is kept of words, by what they lead to.
    ///
    /// # Errors
    /// See [`FormerWordsError`].
    pub async fn find(&self, lookup_id: LookupId) -> Result<Option<FormerWords>, FormerWordsError> {
        let id = self.id(lookup_id);
        let Some(row) = self.cases.record(KIND, id).await? else {
            return Ok(None);
        };
        let kept: Kept = self.keyring.open_record(&place(id), &row.sealed)?;
        Ok(Some(FormerWords {
            case: CaseId(kept.case),
            mailbox_key: kept.mailbox_key,
        }))
    }

    /// Keeps words that are about to be former ones, unless that is done.
    ///
    /// # Errors
    /// See [`FormerWordsError`].
    pub async fn keep(
        &self,
        lookup_id: LookupId,
        former: &FormerWords,
    ) -> Result<(), FormerWordsError> {
        let id = self.id(lookup_id);
        let kept = Kept {
            case: former.case.0,
            mailbox_key: former.mailbox_key.clone(),
        };
        let sealed = self.keyring.seal_record(&place(id), &kept, SIZE)?;
        self.cases.put_record(KIND, id, None, &sealed).await?;
        Ok(())
    }

    /// Forgets all former words of a case. It reads every record, which is done only when a case is
    /// deleted.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget(&self, case: CaseId) -> Result<(), StoreError> {
        for row in self.cases.records(KIND).await? {
            let kept: Result<Kept, OpenError> =
                self.keyring.open_record(&place(row.id), &row.sealed);
            // One that was altered leads nowhere.
            if kept.is_ok_and(|kept| kept.case == case.0) {
                self.cases.remove_record(KIND, row.id, &row.sealed).await?;
            }
        }
        Ok(())
    }

    fn id(&self, lookup_id: LookupId) -> RecordId {
        RecordId(self.keyring.name_of(&format!("former words {lookup_id}")))
    }
}

impl std::fmt::Debug for FormerWordsBook<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormerWordsBook").finish_non_exhaustive()
    }
}

fn place(id: RecordId) -> String {
    places::record(KIND.code(), id.0)
}
