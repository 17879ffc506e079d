//! Going on with a log that was changed, when it cannot be put back.

use std::sync::Arc;

use committee::keyring::Keyring;
use committee::log::{Actor, Head, Logbook};
use service::clock::{Clock as _, SystemClock};
use store::casefiles::CaseFiles;

use super::AuditError;
use crate::commands::keys::source::KeyArgs;
use crate::output;

/// Takes the log as it is now, and writes down that somebody did.
pub(super) async fn accept(cases: Arc<dyn CaseFiles>, key: &KeyArgs) -> Result<(), AuditError> {
    let (identity, _) = key.open()?;
    let keyring = Keyring::unseal(identity, &*cases).await?;
    let noted = keyring.noted_head();
    let last = cases.log_head().await?.as_ref().map(Head::from);
    keyring.accept_log(&*cases, last).await?;
    let book = Logbook::new(cases.clone());
    book.recorder(&keyring, Actor::Operator, SystemClock.now())
        .state_accepted()
        .await?;
    if let Some(head) = book.head().await? {
        keyring.note_head(&*cases, head).await?;
    }
    let told = |head: Option<Head>| head.map_or("none".to_owned(), |head| head.to_string());
    output::tell(&format!(
        "the log goes on after entry {}; the service had noted {}. Write both into the minutes",
        told(last),
        told(noted)
    ));
    Ok(())
}
