//! Where members get mail, each in a sealed record of their own: whoever wants none has none.

use domain::committee::MemberId;
use notices::address::MailAddress;
use notices::key::MailKey;
use opening::OpenError;
use sealing::SealError;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind};

use committee::keyring::Keyring;
use committee::places;
use committee::readable::Readable;

const KIND: RecordKind = RecordKind::Contact;
/// Bytes of a sealed record: room for the longest address and the longest key that is kept, of `OpenPGP` with
/// RSA of 8,192 bits.
const SIZE: usize = 8 << 10;
/// How often a change is tried while others change the same.
const TRIES: usize = 8;

/// Where a member gets mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    /// Whose.
    pub(crate) member: MemberId,
    /// Where.
    pub(crate) address: MailAddress,
    /// What it is sealed to, if to anything.
    pub(crate) key: Option<MailKey>,
}

/// Why a contact is not read or kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ContactError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record was altered, or is of another key.
    #[error("the address of a member does not open")]
    Open(#[from] OpenError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Others changed the same all the time: try again.
    #[error("the address of a member stayed contended")]
    Contended,
}

impl Contact {
    /// All that can be read: one that does not open keeps no mail from the others.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(crate) async fn all(
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<Vec<Self>, StoreError> {
        let rows = cases.records(KIND).await?;
        let tried = rows
            .iter()
            .map(|row| Self::open(keyring, MemberId(row.id.0), &row.sealed));
        Ok(Readable::of(tried).records)
    }

    /// A member's.
    ///
    /// # Errors
    /// See [`ContactError`].
    pub(crate) async fn of(
        member: MemberId,
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<Option<Self>, ContactError> {
        let row = cases.record(KIND, RecordId(member.0)).await?;
        let found = row.map(|row| Self::open(keyring, member, &row.sealed));
        Ok(found.transpose()?)
    }

    /// Puts this in place of what there was.
    ///
    /// # Errors
    /// See [`ContactError`].
    pub(crate) async fn keep(
        &self,
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<(), ContactError> {
        let id = RecordId(self.member.0);
        let place = places::record(KIND.code(), id.0);
        let sealed = keyring.seal_record(&place, self, SIZE)?;
        for _ in 0..TRIES {
            let kept = cases.record(KIND, id).await?;
            let expected = kept.as_ref().map(|row| row.sealed.as_slice());
            if cases.put_record(KIND, id, expected, &sealed).await? {
                return Ok(());
            }
        }
        Err(ContactError::Contended)
    }

    /// Forgets where a member gets mail.
    ///
    /// # Errors
    /// See [`ContactError`].
    pub(crate) async fn forget(
        member: MemberId,
        cases: &dyn CaseFiles,
    ) -> Result<(), ContactError> {
        let id = RecordId(member.0);
        for _ in 0..TRIES {
            let Some(row) = cases.record(KIND, id).await? else {
                return Ok(());
            };
            if cases.remove_record(KIND, id, &row.sealed).await? {
                return Ok(());
            }
        }
        Err(ContactError::Contended)
    }

    fn open(keyring: &Keyring, member: MemberId, sealed: &[u8]) -> Result<Self, OpenError> {
        let place = places::record(KIND.code(), member.0);
        let contact: Self = keyring.open_record(&place, sealed)?;
        if contact.member == member {
            Ok(contact)
        } else {
            Err(OpenError::Moved)
        }
    }
}
