//! Reading one mailbox at the same cost whether it exists or not.

use domain::case::Status;
use jiff::civil::date;
use mailbox::{
    Body, Entry, EntrySealError, LookupId, Mailbox, MailboxKey, Notice, SealedEntry, Standing,
};
use ring::rand::SecureRandom;
use sealing::TrackingToken;
use store::StoreError;

use crate::shared::Shared;

/// How many entries are opened for any token: a multiple of this, the rest of it decoys.
const STEP: usize = 8;

/// A mailbox of this process alone, opened in the place of entries that do not exist.
#[derive(Debug)]
pub(crate) struct Decoy {
    key: MailboxKey,
    entry: SealedEntry,
}

/// What was found for a token.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The mailbox; for an unknown token one that says nothing, so that the answer for a known one
    /// can be made, and thrown away, at the same cost.
    pub(crate) mailbox: Mailbox,
    /// Whether there is such a mailbox.
    pub(crate) known: bool,
}

impl Decoy {
    pub(crate) fn new(rng: &dyn SecureRandom) -> Result<Self, EntrySealError> {
        let mut bits = [0; 32];
        rng.fill(&mut bits)
            .map_err(|_| EntrySealError::Randomness)?;
        let key = MailboxKey::from(bits);
        let standing = Standing {
            status: Status::Received,
            folio: None,
            deadlines: Vec::new(),
            notice: Notice::Stored,
        };
        let entry = Entry {
            posted_on: date(2026, 1, 1),
            body: Body::Standing(standing),
        };
        let entry = mailbox::seal(&key, LookupId::from([0; 32]), 0, &entry, rng)?;
        Ok(Self { key, entry })
    }

    fn open(&self) -> Option<Entry> {
        mailbox::open(&self.key, &self.entry).ok()
    }
}

impl Shared {
    /// Opens the mailbox of a token: one query, and as many openings as the next multiple of
    /// [`STEP`].
    pub(crate) async fn read(&self, token: &TrackingToken) -> Result<Reading, StoreError> {
        let sealed = self
            .mailroom
            .mailbox(token.lookup_id())
            .await
            .inspect_err(|error| tracing::error!(cause = %error, "a mailbox was not read"))?;
        let known = !sealed.is_empty();
        let key = token.mailbox_key();
        let mut entries = Vec::with_capacity(sealed.len());
        for entry in &sealed {
            match mailbox::open(&key, entry) {
                Ok(entry) => entries.push(entry),
                Err(error) => tracing::warn!(cause = %error, "an entry of a mailbox is left out"),
            }
        }
        let decoys = sealed.len().next_multiple_of(STEP).max(STEP) - sealed.len();
        let decoys: Vec<Entry> = (0..decoys).filter_map(|_| self.decoy.open()).collect();
        let shown = if known {
            entries
        } else {
            decoys.into_iter().take(1).collect()
        };
        Ok(Reading {
            mailbox: Mailbox::read(shown),
            known,
        })
    }
}
