//! Rows of what is sealed for the committee's service, and how each becomes what the store gives.
//!
//! Both drivers compile this one file, as they do `rows.rs`.

use store::StoreError;
use store::casefiles::CaseId;
use store::log::StoredEntry;
use store::records::{RecordId, SealedRecord};
use store::rings::{CaseAccess, StoredRing};

use crate::rows::Column;

pub(crate) struct RecordRow {
    pub(crate) id: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

impl TryFrom<RecordRow> for SealedRecord {
    type Error = StoreError;

    fn try_from(row: RecordRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: Column("records", "id").id(&row.id).map(RecordId)?,
            sealed: row.sealed,
        })
    }
}

pub(crate) struct LogRow {
    pub(crate) position: i64,
    pub(crate) sealed: Vec<u8>,
    pub(crate) hash: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl TryFrom<LogRow> for StoredEntry {
    type Error = StoreError;

    fn try_from(row: LogRow) -> Result<Self, StoreError> {
        Ok(Self {
            position: Column("case_log", "position").number(row.position)?,
            sealed: row.sealed,
            hash: Column("case_log", "hash").id(&row.hash)?,
            signature: Column("case_log", "signature").id(&row.signature)?,
        })
    }
}

/// A position as a column holds it; one past all that it can hold is that of no entry.
pub(crate) fn position(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

/// A case beside one of its rings: a case with two rings is two rows.
pub(crate) struct AccessRow {
    pub(crate) recipient: String,
    pub(crate) circle: Option<Vec<u8>>,
    pub(crate) committee_wrap: Option<Vec<u8>>,
    pub(crate) ring_recipient: Option<String>,
    pub(crate) ring: Option<Vec<u8>>,
    pub(crate) recovery: Option<Vec<u8>>,
}

/// What the rows of one case say.
pub(crate) fn access(rows: Vec<AccessRow>) -> Option<CaseAccess> {
    let mut access: Option<CaseAccess> = None;
    for row in rows {
        let access = access.get_or_insert(CaseAccess {
            recipient: row.recipient,
            circle: row.circle,
            rings: Vec::new(),
            committee_wrap: row.committee_wrap,
        });
        if let (Some(recipient), Some(ring)) = (row.ring_recipient, row.ring) {
            access.rings.push(StoredRing {
                recipient,
                ring,
                recovery: row.recovery,
            });
        }
    }
    access
}

/// Ids of cases.
pub(crate) fn case_ids(found: &[Vec<u8>]) -> Result<Vec<CaseId>, StoreError> {
    let column = Column("cases", "id");
    found.iter().map(|id| column.id(id).map(CaseId)).collect()
}
