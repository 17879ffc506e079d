//! Mail to the members: written at each slot for whoever wants it, kept until a server takes it.
//!
//! It is a round of its own, beside that of the worker: how much work complaints make must not show in when
//! mail goes. Addresses are sealed to the committee, so a sealed service sends nothing; what waited goes out
//! when it is opened.

pub(crate) mod contact;
mod outbox;
#[cfg(test)]
mod tests;
mod waiting;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use committee::keyring::Keyring;
use committee::members::Roster;
use committee::members::roster::RosterError;
use domain::committee::{Actor, MemberId};
use jiff::Timestamp;
use notices::address::MailAddress;
use notices::delivery::Delivery;
use notices::message::{Digest, Sender, Words, WriteError, Written};
use notices::slot::{Slot, Slots};
use notices::smtp::Mailer;
use service::clock::Clock;
use service::language::{Language, TextsError, Translations};
use store::StoreError;
use store::casefiles::CaseFiles;
use tokio::sync::watch;

use self::contact::{Contact, ContactError};
use self::outbox::{Outbox, Queued};
use self::waiting::waiting;
use crate::desk::register::{Register, RegisterError};
use crate::vault::Vault;

/// The longest time between two looks at what is to be handed over.
const LOOK: Duration = Duration::from_secs(10);

/// Writes and hands over the members' mail.
pub(crate) struct Notices {
    cases: Arc<dyn CaseFiles>,
    vault: Arc<Vault>,
    register: Arc<Register>,
    clock: Arc<dyn Clock>,
    mailer: Arc<dyn Mailer>,
    sender: Sender,
    slots: Slots,
    translations: Translations,
    /// The slot that was written last.
    written: Mutex<Option<Slot>>,
}

/// What a look did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Messages written.
    pub(crate) written: u32,
    /// Messages that a server took.
    pub(crate) taken: u32,
    /// Messages that no server took; they wait.
    pub(crate) failed: u32,
}

/// Why a look broke off. Nothing is lost: the next one goes on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoticesError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An address or a message cannot be read or kept.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// The register cannot be read.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// A message cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// How far a member's last message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    /// A server took it then.
    Taken(Timestamp),
    /// It waits, and was tried so often.
    Waits(u32),
    /// Nobody can say: what is kept of it does not open.
    Unknown,
}

impl Notices {
    /// From this address, through this server, at these slots.
    ///
    /// # Errors
    /// See [`TextsError`].
    pub(crate) fn new(
        cases: Arc<dyn CaseFiles>,
        vault: Arc<Vault>,
        register: Arc<Register>,
        clock: Arc<dyn Clock>,
        mailer: Arc<dyn Mailer>,
        from: MailAddress,
        slots: Slots,
    ) -> Result<Self, TextsError> {
        let translations = crate::desk::translations()?;
        let text = |id: &str, between: &str| {
            Language::ALL
                .map(|language| translations.of(language).get(id))
                .join(between)
        };
        let words = Words {
            subject: text("desk-mail-subject", " / "),
            text: text("desk-mail-text", "\n\n"),
        };
        Ok(Self {
            cases,
            vault,
            register,
            clock,
            mailer,
            sender: Sender { from, words },
            slots,
            translations,
            written: Mutex::default(),
        })
    }

    /// Looks again and again until it is told to stop; what is in hand then is finished.
    pub(crate) async fn run(&self, mut stopped: watch::Receiver<bool>) {
        let pause = LOOK
            .min(self.slots.interval() / 20)
            .max(Duration::from_millis(200));
        while !*stopped.borrow_and_update() {
            if let Err(error) = self.look(&stopped).await {
                tracing::error!(cause = %error, "the members' mail was not looked after; it is tried again");
            }
            tokio::select! {
                _ = stopped.changed() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Writes the messages of a slot that has begun, and hands over what is to go now.
    ///
    /// # Errors
    /// See [`NoticesError`].
    pub(crate) async fn look(&self, stopped: &watch::Receiver<bool>) -> Result<Look, NoticesError> {
        let mut look = Look::default();
        let Some(keyring) = self.vault.keyring() else {
            return Ok(look);
        };
        let outbox = Outbox {
            cases: &*self.cases,
            keyring: &keyring,
        };
        if let Some(slot) = self.slots.open(self.clock.now())
            && self.last_written() != Some(slot)
        {
            look.written = self.write(slot, outbox, &keyring).await?;
            *self.written.lock().unwrap_or_else(PoisonError::into_inner) = Some(slot);
        }
        self.hand_over(outbox, stopped, &mut look).await?;
        Ok(look)
    }

    /// Writes a message to each member who wants one; those that are there stay as they are.
    async fn write(
        &self,
        slot: Slot,
        outbox: Outbox<'_>,
        keyring: &Arc<Keyring>,
    ) -> Result<u32, NoticesError> {
        let roster = Roster::load(&*self.cases, keyring).await?;
        let calendar = self.vault.calendar().now();
        let today = calendar.legal_day(self.clock.now());
        let profiles = roster.profiles();
        let contacts = Contact::all(&*self.cases, keyring).await?;
        // Always, so that the work is the same whether or not anybody has a key.
        let register = self.register.now(&*self.cases, keyring).await?;
        let mut written = 0;
        for contact in contacts {
            let Some(profile) = profiles.iter().find(|profile| profile.id == contact.member) else {
                if is_gone(&roster, contact.member) {
                    Contact::forget(contact.member, &*self.cases).await?;
                }
                continue;
            };
            let actor = Actor::of(profile, &profiles, today);
            if !actor.in_office {
                continue;
            }
            let waiting = waiting(&register, &actor, &calendar, today);
            let message = self.compose(slot, &contact, &waiting.text(&self.translations))?;
            let queued = Queued {
                member: contact.member,
                slot,
                to: contact.address,
                message: String::from_utf8_lossy(message.bytes()).into_owned(),
                delivery: Delivery::from(self.slots.goes_at(slot)),
            };
            written += u32::from(outbox.add(&queued).await?);
        }
        // After that: one of this slot keeps its place until then, and is not written twice.
        outbox.remove_damaged().await?;
        Ok(written)
    }

    fn compose(&self, slot: Slot, contact: &Contact, waiting: &str) -> Result<Written, WriteError> {
        let Contact {
            member,
            address,
            key,
        } = contact;
        match key {
            None => self.sender.plain(slot, *member, address),
            Some(key) => {
                let text = format!("{}\n\n{waiting}\n", self.sender.words.text);
                self.sender
                    .sealed(slot, *member, address, key, &Digest(text))
            }
        }
    }

    async fn hand_over(
        &self,
        outbox: Outbox<'_>,
        stopped: &watch::Receiver<bool>,
        look: &mut Look,
    ) -> Result<(), NoticesError> {
        let current = self.slots.at(self.clock.now());
        for kept in outbox.all().await? {
            let queued = &kept.queued;
            let now = self.clock.now();
            if queued.delivery.is_taken() {
                if queued.slot < current {
                    outbox.remove(&kept).await?;
                }
                continue;
            }
            if queued.delivery.is_over(queued.slot.begins(), now) {
                if outbox.remove(&kept).await? {
                    tracing::warn!("a notice that no mail server took for a day is given up");
                }
                continue;
            }
            let Some(in_hand) = queued.delivery.begin(now) else {
                continue;
            };
            if *stopped.borrow() {
                return Ok(());
            }
            let contact = Contact::of(queued.member, outbox.cases, outbox.keyring).await;
            let contact = match contact {
                Err(ContactError::Open(error)) => {
                    tracing::error!(cause = %error, "the address of a member does not open; a notice waits");
                    continue;
                }
                contact => contact?,
            };
            if contact.is_none_or(|contact| contact.address != queued.to) {
                // The member wants it there no longer.
                outbox.remove(&kept).await?;
                continue;
            }
            let Some(kept) = outbox.note(&kept, in_hand).await? else {
                continue;
            };
            let message = Written::kept(kept.queued.message.clone().into_bytes());
            let handed = self.mailer.hand_over(&kept.queued.to, &message).await;
            let now = self.clock.now();
            match handed {
                Ok(()) => {
                    outbox.settle(&kept, Delivery::Taken { at: now }).await?;
                    look.taken += 1;
                }
                Err(error) => {
                    tracing::warn!(cause = %error, "a notice was not taken by the mail server; it waits");
                    outbox.settle(&kept, in_hand.failed(now)).await?;
                    look.failed += 1;
                    if error.is_of_the_server() {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    fn last_written(&self) -> Option<Slot> {
        *self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether somebody is a member no more.
fn is_gone(roster: &Roster, member: MemberId) -> bool {
    roster.of(member).is_none_or(|kept| kept.record.has_ended())
}

/// How far the message of this slot to a member is, or that of the one before.
///
/// # Errors
/// See [`ContactError`].
pub(crate) async fn last(
    slots: Slots,
    member: MemberId,
    now: Timestamp,
    cases: &dyn CaseFiles,
    keyring: &Keyring,
) -> Result<Option<Last>, ContactError> {
    let outbox = Outbox { cases, keyring };
    let slot = slots.at(now);
    for slot in [slot, slots.before(slot)] {
        let found = match outbox.find(slot, member).await {
            Err(ContactError::Open(error)) => {
                tracing::error!(cause = %error, "a notice does not open");
                return Ok(Some(Last::Unknown));
            }
            found => found?,
        };
        match found.map(|kept| kept.queued.delivery) {
            Some(Delivery::Taken { at }) => return Ok(Some(Last::Taken(at))),
            Some(Delivery::Waiting { tries, .. } | Delivery::Sending { tries, .. }) => {
                return Ok(Some(Last::Waits(tries)));
            }
            None => {}
        }
    }
    Ok(None)
}

impl std::fmt::Debug for Notices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notices").finish_non_exhaustive()
    }
}
