//! What is left of a case that two members deleted: that it was there, who deleted it, and under which rule.
//!
//! Nothing of what the case said, nor why they deleted it, which is of the case. One sealed record each, all of
//! one size, under the id of the act, so that an act that is carried on twice leaves one certificate.

use domain::case::Folio;
use domain::committee::MemberId;
use domain::retention::Kept;
use jiff::civil::Date;
use opening::OpenError;
use sealing::SealError;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind};

use crate::acts::ActId;
use crate::keyring::Keyring;
use crate::places;
use crate::readable::Readable;

const KIND: RecordKind = RecordKind::Certificate;
/// Bytes of a sealed record: room for everybody that it is kept from.
const SIZE: usize = 4 << 10;

/// Under which rule a case was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "basis", rename_all = "snake_case", deny_unknown_fields)]
pub enum Basis {
    /// It was closed and the term of its series was over.
    TermOver {
        /// Series, day of closing and end of the term.
        kept: Kept,
    },
    /// Two members did it before that, or while the case was open: the certificate says so.
    BeforeTime {
        /// The same, if it was closed.
        kept: Option<Kept>,
    },
}

/// The certificate of a deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The act by which it was deleted.
    pub act: ActId,
    /// The number of the case.
    pub folio: Folio,
    /// The legal day of its reception.
    pub received_on: Date,
    /// Under which rule.
    pub basis: Basis,
    /// When.
    pub deleted_on: Date,
    /// Who asked for it.
    pub asked_by: MemberId,
    /// Who agreed.
    pub agreed_by: Option<MemberId>,
    /// How many sealed documents it had.
    pub documents: usize,
    /// For whom the case did not exist; nor does this.
    pub kept_from: Vec<MemberId>,
}

/// Why a certificate is not read or kept.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record was altered, or is of another key.
    #[error("a certificate does not open")]
    Open(#[from] OpenError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Certificate {
    /// Keeps it, unless there is one of the same act.
    ///
    /// # Errors
    /// See [`CertificateError`].
    pub async fn keep(
        &self,
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<(), CertificateError> {
        let id = RecordId::from(self.act);
        let sealed = keyring.seal_record(&places::record(KIND.code(), id.0), self, SIZE)?;
        cases.put_record(KIND, id, None, &sealed).await?;
        Ok(())
    }

    /// All that a member may know of and that can be read, the newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn known_to(
        member: MemberId,
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<Readable<Self>, StoreError> {
        let rows = cases.records(KIND).await?;
        let mut all = Readable::of(rows.iter().map(|row| {
            let place = places::record(KIND.code(), row.id.0);
            let certificate: Self = keyring.open_record(&place, &row.sealed)?;
            if RecordId::from(certificate.act) == row.id {
                Ok(certificate)
            } else {
                Err(OpenError::Moved)
            }
        }));
        all.records.retain(|one| !one.kept_from.contains(&member));
        all.records
            .sort_by_key(|one| (std::cmp::Reverse(one.deleted_on), one.folio));
        Ok(all)
    }
}
