//! Where the documents of a case are sealed for, and their random names.

use jiff::civil::Date;
use ring::rand::SecureRandom;
use sealing::SealError;
use store::casefiles::{CaseId, DocumentId, DocumentKind};

/// Where a document of a case is sealed for: no other row, kind or day opens it.
pub fn place(case: CaseId, id: DocumentId, kind: DocumentKind, written_on: Date) -> String {
    let hex = |bytes: [u8; 16]| format!("{:032x}", u128::from_be_bytes(bytes));
    format!(
        "case {} document {} {kind} {written_on}",
        hex(case.0),
        hex(id.0)
    )
}

/// Sixteen random bytes, for a name.
///
/// # Errors
/// [`SealError::Randomness`].
pub fn random_id(rng: &dyn SecureRandom) -> Result<[u8; 16], SealError> {
    let mut bytes = [0; 16];
    rng.fill(&mut bytes).map_err(|_| SealError::Randomness)?;
    Ok(bytes)
}
