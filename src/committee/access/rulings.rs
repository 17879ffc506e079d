//! What the service ruled by itself about who may open cases, written into the log: when a case came, when
//! a message named a member, when a member left or was suspended.
//!
//! It is written once a day, sorted by folio, which is drawn at random. An entry at the moment itself would
//! tell whoever looks at the database in which order cases and messages came. One at the next opening would
//! leave out what nobody opens, and would tell by one row more that an opening found something.
//!
//! Each case that changed has one entry, however many members are kept out of it, and whether any are: so the
//! number of entries is the number of cases that were given a key that day, which the database shows anyhow.

use opening::OpenError;
use sealing::SealError;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::rings::AccessChange;

use super::open_circle;
use crate::circle;
use crate::keyring::Keyring;
use crate::log::{LogError, Recorder};
use crate::places;

/// Why what the service ruled is not in the log, or not all of it: to be tried again.
#[derive(Debug, thiserror::Error)]
pub enum RulingsError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The circle of a case does not open.
    #[error("the circle of a case does not open")]
    Open(#[from] OpenError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The log cannot be written.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// Writes down what the log does not say yet. Broken off, an entry may come twice, and none is left out.
///
/// # Errors
/// See [`RulingsError`].
pub async fn write(
    cases: &dyn CaseFiles,
    keyring: &Keyring,
    log: Recorder<'_>,
) -> Result<(), RulingsError> {
    let mut register = cases.register(None).await?;
    register.sort_by_key(|entry| entry.folio.to_string());
    for entry in register {
        let Some(sealed) = entry.circle else { continue };
        let mut circle = open_circle(keyring, entry.id, &sealed)?;
        if !circle.is_unwritten() {
            continue;
        }
        let excluded = circle.excluded().iter().map(|one| one.member);
        let kept_out = excluded.chain(circle.withheld().iter().copied());
        let may_open = u32::try_from(circle.entitled().len()).unwrap_or(u32::MAX);
        log.case_ruled(entry.folio, kept_out, may_open).await?;
        circle.note_written();
        let place = places::circle(entry.id);
        let written = keyring.seal_record(&place, &circle, circle::LEAST)?;
        // Whoever changed it meanwhile left it as not written: the next day has it.
        cases
            .change_access(&AccessChange::of_circle(entry.id, Some(sealed), written))
            .await?;
    }
    Ok(())
}
