//! Where a member gets mail.

use notices::key::MailKey;
use notices::slot::Slots;
use service::language::Texts;

use super::change::{AccountError, Done};
use crate::desk::gate::Member;
use crate::desk::{Desk, labels};
use crate::mail::contact::{Contact, ContactError};
use crate::mail::{self, Last};

/// As the page shows it.
pub(super) struct MailView {
    /// Empty where there is none.
    pub(super) address: String,
    /// Empty where mail is not sealed.
    pub(super) key: String,
    /// How far the last message is, if there was one.
    pub(super) last: Option<String>,
    /// How often one comes.
    pub(super) every: String,
}

/// Keeps where mail goes.
pub(super) async fn set(
    desk: &Desk,
    member: &Member,
    address: Option<String>,
    key: Option<String>,
) -> Result<Done, AccountError> {
    let key = key.filter(|key| !key.trim().is_empty());
    let key = key.map(|key| MailKey::offered(&key, desk.clock.now()));
    let contact = Contact {
        member: member.actor.id,
        address: address.unwrap_or_default().parse()?,
        key: key.transpose()?,
    };
    member.recorder(desk).contact_changed().await?;
    contact.keep(&*desk.cases, &member.keyring).await?;
    Ok(Done::Nothing)
}

/// Forgets where mail went. What waits is not sent any more.
pub(super) async fn stop(desk: &Desk, member: &Member) -> Result<Done, AccountError> {
    member.recorder(desk).contact_changed().await?;
    Contact::forget(member.actor.id, &*desk.cases).await?;
    Ok(Done::Nothing)
}

/// What the page shows; `None` where the service sends no mail.
pub(super) async fn view(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
) -> Result<Option<MailView>, ContactError> {
    let Some(slots) = desk.mail else {
        return Ok(None);
    };
    let (cases, keyring) = (&*desk.cases, &*member.keyring);
    let contact = match Contact::of(member.actor.id, cases, keyring).await {
        Err(ContactError::Open(error)) => {
            tracing::error!(cause = %error, "the address of a member does not open");
            return Ok(Some(MailView {
                address: String::new(),
                key: String::new(),
                last: Some(texts.get("desk-mail-unreadable")),
                every: every(texts, slots),
            }));
        }
        contact => contact?,
    };
    let last = match &contact {
        Some(_) => mail::last(slots, member.actor.id, desk.clock.now(), cases, keyring).await?,
        None => None,
    };
    let last = last.map(|last| match last {
        Last::Taken(at) => texts.fill("desk-mail-taken", &[("at", &labels::moment(texts, at))]),
        Last::Waits(0) => texts.get("desk-mail-waits"),
        Last::Waits(tries) => texts.with("desk-mail-tried", "count", tries),
        Last::Unknown => texts.get("desk-mail-last-unreadable"),
    });
    let (address, key) = contact.map_or_else(Default::default, |contact| {
        let key = contact.key.map(|key| key.as_str().to_owned());
        (contact.address.as_str().to_owned(), key.unwrap_or_default())
    });
    Ok(Some(MailView {
        address,
        key,
        last,
        every: every(texts, slots),
    }))
}

fn every(texts: &Texts, slots: Slots) -> String {
    let minutes = slots.interval().as_secs().div_ceil(60);
    texts.with("desk-mail-every", "minutes", minutes)
}
