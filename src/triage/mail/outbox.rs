//! Messages that wait to be handed over, one sealed record each, all of one size.
//!
//! A record's id follows from slot and member. So a slot is written once, however often it is begun; one that
//! was taken stays until the next slot, so that it is not written again.

use domain::committee::MemberId;
use notices::address::MailAddress;
use notices::delivery::Delivery;
use notices::message;
use notices::slot::Slot;
use opening::OpenError;
use serde::{Deserialize, Serialize};
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind};

use super::contact::ContactError;
use committee::keyring::Keyring;
use committee::places;
use committee::readable::Readable;

const KIND: RecordKind = RecordKind::Notice;
/// Bytes of a sealed record, whether the message in it is sealed too, or was taken and is gone.
const SIZE: usize = 8 << 10;
/// How often a change is tried while others change the same.
const TRIES: usize = 8;

/// A message of a slot to a member.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Queued {
    pub(super) member: MemberId,
    pub(super) slot: Slot,
    pub(super) to: MailAddress,
    /// As it goes over the wire, so that it is the same each time; empty once it was taken.
    pub(super) message: String,
    pub(super) delivery: Delivery,
}

/// The same with the bytes that were read: a change is written only if they are kept still.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) queued: Queued,
    sealed: Vec<u8>,
}

/// All of them.
#[derive(Clone, Copy)]
pub(super) struct Outbox<'a> {
    pub(super) cases: &'a dyn CaseFiles,
    pub(super) keyring: &'a Keyring,
}

impl Outbox<'_> {
    /// All that can be read: one that does not open keeps back none of the others.
    pub(super) async fn all(&self) -> Result<Vec<Kept>, ContactError> {
        let rows = self.cases.records(KIND).await?.into_iter();
        let tried = rows.map(|row| self.open(row.id, row.sealed));
        Ok(Readable::of(tried).records)
    }

    /// Removes what was damaged. What another key sealed stays: it may be one that this process has not
    /// heard of yet.
    pub(super) async fn remove_damaged(&self) -> Result<(), ContactError> {
        for row in self.cases.records(KIND).await? {
            match self.open(row.id, row.sealed.clone()) {
                Ok(_) | Err(OpenError::WrongKey) => {}
                Err(error) => {
                    tracing::warn!(cause = %error, "a notice does not open; it is given up");
                    self.cases.remove_record(KIND, row.id, &row.sealed).await?;
                }
            }
        }
        Ok(())
    }

    pub(super) async fn find(
        &self,
        slot: Slot,
        member: MemberId,
    ) -> Result<Option<Kept>, ContactError> {
        let id = RecordId(message::id(slot, member));
        let row = self.cases.record(KIND, id).await?;
        Ok(row.map(|row| self.open(id, row.sealed)).transpose()?)
    }

    /// Adds a message unless it is there; says whether it did.
    pub(super) async fn add(&self, queued: &Queued) -> Result<bool, ContactError> {
        let sealed = self.seal(queued)?;
        Ok(self
            .cases
            .put_record(KIND, queued.id(), None, &sealed)
            .await?)
    }

    /// Notes how far one is, unless another changed it; then `None`.
    pub(super) async fn note(
        &self,
        kept: &Kept,
        delivery: Delivery,
    ) -> Result<Option<Kept>, ContactError> {
        let mut queued = kept.queued.clone();
        queued.delivery = delivery;
        if delivery.is_taken() {
            queued.message.clear();
        }
        let sealed = self.seal(&queued)?;
        let wrote = self
            .cases
            .put_record(KIND, queued.id(), Some(&kept.sealed), &sealed)
            .await?;
        Ok(wrote.then_some(Kept { queued, sealed }))
    }

    /// Notes what came of one that was in hand, whatever happens in between: the key may be rotated, and the
    /// store may fail for a moment.
    pub(super) async fn settle(&self, kept: &Kept, delivery: Delivery) -> Result<(), ContactError> {
        let mut kept = kept.clone();
        let mut failed = ContactError::Contended;
        for _ in 0..TRIES {
            match self.note(&kept, delivery).await {
                Ok(Some(_)) => return Ok(()),
                Ok(None) => match self.find(kept.queued.slot, kept.queued.member).await {
                    Ok(Some(now)) => kept = now,
                    Ok(None) => return Ok(()),
                    Err(error) => failed = error,
                },
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    /// Removes one, unless another changed it.
    pub(super) async fn remove(&self, kept: &Kept) -> Result<bool, ContactError> {
        let id = kept.queued.id();
        Ok(self.cases.remove_record(KIND, id, &kept.sealed).await?)
    }

    fn seal(&self, queued: &Queued) -> Result<Vec<u8>, sealing::SealError> {
        let place = places::record(KIND.code(), queued.id().0);
        self.keyring.seal_record(&place, queued, SIZE)
    }

    fn open(&self, id: RecordId, sealed: Vec<u8>) -> Result<Kept, OpenError> {
        let place = places::record(KIND.code(), id.0);
        let queued: Queued = self.keyring.open_record(&place, &sealed)?;
        if queued.id() == id {
            Ok(Kept { queued, sealed })
        } else {
            Err(OpenError::Moved)
        }
    }
}

impl Queued {
    fn id(&self) -> RecordId {
        RecordId(message::id(self.slot, self.member))
    }
}
