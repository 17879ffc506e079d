//! Where the documents of a case are sealed for, their random names, and what a step's says.

use domain::case::CaseState;
use domain::committee::Seat;
use domain::complaint::SecretText;
use domain::procedure::Step;
use jiff::civil::Date;
use ring::rand::SecureRandom;
use sealing::SealError;
use serde::{Deserialize, Serialize};
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

/// A step of the procedure, as it is kept in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDocument {
    /// Its number in the case, from 1.
    pub number: u32,
    /// What was done, with its reasons and documents.
    pub step: Step,
    /// Account of the member who did it.
    pub by: String,
    /// In which seat.
    pub seat: Seat,
    /// The state of the case since.
    pub state: CaseState,
    /// What the person who filed reads of it, besides a notice of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<SecretText>,
    /// Its position in the mailbox, if the person is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
}
