//! How long a case is kept, as the service finds it in the case files.

use domain::procedure::Course;
use domain::retention::{Kept, Phase};
use jiff::civil::Date;
use opening::OpenError;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseHandle, CaseId, DocumentKind};

use crate::keyring::Keyring;
use crate::places;

/// Why it is not known.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// How the case stands does not open.
    #[error("how a case stands in the procedure does not open")]
    Open(#[from] OpenError),
}

/// How long a case is kept and where it is on its way; `None` while it is not closed, or is of before the
/// procedure was kept.
///
/// # Errors
/// See [`KeptError`].
pub async fn kept(
    handle: &CaseHandle,
    today: Date,
    cases: &dyn CaseFiles,
    keyring: &Keyring,
) -> Result<Option<(Kept, Phase)>, KeptError> {
    let Some(sealed) = &handle.course else {
        return Ok(None);
    };
    let course: Course = keyring.open_record(&places::course(handle.id), sealed)?;
    let joined_is_there = match course.joined_into() {
        Some(folio) => cases.case(folio).await?.is_some(),
        None => false,
    };
    let Some(kept) = Kept::of(&course, joined_is_there) else {
        return Ok(None);
    };
    // Only then it matters what came since.
    match kept.phase(today, None) {
        phase @ (Phase::Kept | Phase::Fresh) => return Ok(Some((kept, phase))),
        Phase::Blocked => {}
    }
    let heard_on = heard_on(handle.id, cases).await?;
    Ok(Some((kept, kept.phase(today, heard_on))))
}

/// The last day on which whoever filed wrote.
///
/// # Errors
/// See [`StoreError`].
pub async fn heard_on(case: CaseId, cases: &dyn CaseFiles) -> Result<Option<Date>, StoreError> {
    let documents = cases.documents(case).await?;
    let messages = documents
        .into_iter()
        .filter(|document| document.kind == DocumentKind::Message);
    Ok(messages.map(|document| document.written_on).max())
}
