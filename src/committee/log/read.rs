//! Opening the entries.

use opening::OwnKey;
use sealing::KeyId;
use store::StoreError;
use store::log::{Log, StoredEntry};

use super::chain::{KeyEntry, LogKey, Signer, place};
use super::entry::Entry;
use super::logbook::LogError;
use crate::keyring::Keyring;

/// How many entries are read at once.
pub(super) const AT_ONCE: u32 = 500;

/// An entry as it reads for whoever has the committee's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Where it stands.
    pub position: u64,
    /// Its hash.
    pub hash: [u8; 32],
    /// What it says.
    pub content: Content,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An act.
    Act(Entry),
    /// From here on, another key signs.
    Key(LogKey),
}

/// The generation of the service's own state that the newest entry names; 0 when there is none that these
/// keys open.
pub(crate) async fn generation<L: Log + ?Sized>(
    store: &L,
    own: &[OwnKey],
) -> Result<u64, StoreError> {
    let mut last = store.log_head().await?;
    while let Some(stored) = last {
        if KeyEntry::read(&stored.sealed).is_none() {
            let opened = own.iter().find_map(|own| {
                let place = place(stored.position);
                Signer::of(own).entries().open(&place, &stored.sealed).ok()
            });
            return Ok(opened.map_or(0, |entry: Entry| entry.generation));
        }
        // One that names a key says nothing else.
        let Some(before) = stored.position.checked_sub(1) else {
            break;
        };
        last = store.log_entries(before, 1).await?.into_iter().next();
        last = last.filter(|entry| entry.position == before);
    }
    Ok(0)
}

/// Entries as far as they are read.
pub(super) struct Reading {
    by: KeyId,
    /// What opens the entries from each position on, the latest last.
    keys: Vec<(u64, LogKey, OwnKey)>,
    entries: Vec<Opened>,
}

impl Reading {
    /// Finds what opens the entries of each of the log's keys, those that the service has no more too.
    pub(super) async fn begin(store: &dyn Log, keyring: &Keyring) -> Result<Self, LogError> {
        let signers: Vec<Signer> = keyring.all_own().iter().map(Signer::of).collect();
        let mut named = Vec::new();
        each(
            store,
            0,
            |StoredEntry {
                 position, sealed, ..
             }| {
                if let Some(entry) = KeyEntry::read(sealed) {
                    named.push((*position, entry.key, sealed.clone()));
                }
                Ok(())
            },
        )
        .await?;
        let mut keys: Vec<(u64, LogKey, OwnKey)> = Vec::new();
        // From the newest back: each says what opens the entries before it.
        let mut carried = None;
        for (position, key, sealed) in named.into_iter().rev() {
            let own = signers.iter().find(|signer| signer.key() == key);
            let opens = own
                .map(|signer| signer.entries().clone())
                .or_else(|| carried.take())
                .ok_or(LogError::Foreign { position })?;
            carried = KeyEntry::read(&sealed)
                .filter(|_| position > 0)
                .map(|entry| entry.before(position, &opens))
                .transpose()
                .map_err(|_| LogError::DoesNotOpen { position })?;
            keys.push((position, key, opens));
        }
        keys.reverse();
        Ok(Self {
            by: keyring.key_id(),
            keys,
            entries: Vec::new(),
        })
    }

    pub(super) fn is_by(&self, keyring: &Keyring) -> bool {
        self.by == keyring.key_id()
    }

    /// Reads what came since.
    pub(super) async fn go_on(&mut self, store: &dyn Log) -> Result<(), LogError> {
        let from = self.entries.last().map_or(0, |last| last.position + 1);
        let Self { keys, entries, .. } = self;
        let mut new = Vec::new();
        each(store, from, |stored| {
            let (position, sealed) = (stored.position, &stored.sealed);
            let at = keys
                .iter()
                .rev()
                .find(|(from, ..)| *from <= position)
                .ok_or(LogError::DoesNotOpen { position })?;
            let content = match KeyEntry::read(sealed) {
                Some(named) if at.0 == position && at.1 == named.key => Content::Key(named.key),
                // Another process handed the log over to a key that came after this one's.
                Some(_) => return Err(LogError::Foreign { position }),
                None => Content::Act(
                    at.2.open(&place(position), sealed)
                        .map_err(|_| LogError::DoesNotOpen { position })?,
                ),
            };
            new.push(Opened {
                position,
                hash: stored.hash,
                content,
            });
            Ok(())
        })
        .await?;
        entries.append(&mut new);
        Ok(())
    }

    pub(super) fn entries(&self) -> &[Opened] {
        &self.entries
    }
}

/// Walks the log in steps. An entry opens at its own position alone, so nothing is missing in between
/// if the positions have no gap.
async fn each(
    store: &dyn Log,
    mut from: u64,
    mut look: impl FnMut(&StoredEntry) -> Result<(), LogError>,
) -> Result<(), LogError> {
    loop {
        let entries = store.log_entries(from, AT_ONCE).await?;
        if entries.is_empty() {
            return Ok(());
        }
        for entry in &entries {
            if entry.position != from {
                return Err(LogError::Changed { position: from });
            }
            look(entry)?;
            from += 1;
        }
    }
}
