//! Going on with a log or members that were changed, when they cannot be put back.

use std::sync::Arc;

use committee::keyring::Keyring;
use committee::log::{Actor, Head, Logbook};
use committee::members::{Roster, State};
use service::clock::{Clock as _, SystemClock};
use store::casefiles::CaseFiles;

use super::AuditError;
use crate::commands::keys::source::KeyArgs;
use crate::output;

/// Takes the log and the members as they are now, and writes down that somebody did.
pub(super) async fn accept(cases: Arc<dyn CaseFiles>, key: &KeyArgs) -> Result<(), AuditError> {
    let (identity, _) = key.open()?;
    let keyring = Keyring::as_it_is(identity, &*cases).await?;
    let noted = keyring.noted_head();
    let last = cases.log_head().await?.as_ref().map(Head::from);
    keyring.accept(&*cases).await?;
    let members = Roster::load(&*cases, &keyring).await?;
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
    output::tell("these are the members from now on; look whether anybody is missing, or back:");
    for member in members.all() {
        let record = &member.record;
        let state = match &record.state {
            State::Invited(_) => "invited",
            State::Active(_) => "active",
            State::Ended { .. } => "ended",
        };
        output::tell(&format!("{}  {}  {state}", record.profile.id, record.login));
    }
    Ok(())
}
