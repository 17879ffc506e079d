//! Writing entries: one after the other, each before the act that it is about.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ring::rand::SystemRandom;
use sealing::{KeyId, SealError};
use store::StoreError;
use store::log::{Log, StoredEntry};
use tokio::sync::{Mutex, MutexGuard};

use super::chain::{self, Head, KeyEntry, LogKey, NOTHING, Signer};
use super::entry::Entry;
use super::read::{Opened, Reading};
use super::refusals::Refusals;
use crate::keyring::Keyring;

/// How often the end of the log may be another process's before an entry is given up. Each time one
/// that was written is the reason.
const ATTEMPTS: usize = 100;

/// Why an entry was not written, or the log not read. The act must not be done.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The case files do not answer; the act may be asked for again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Other processes were faster all the time; the act may be asked for again.
    #[error("others write into the log all the time")]
    Contended,
    /// What was the log's end is there no more, or is another: somebody changed the case files.
    #[error("the log was changed at entry {position}; stop, and run `guiando audit verify`")]
    Changed {
        /// From where on.
        position: u64,
    },
    /// The log's end is signed by none of the committee's keys that the service has: it belongs to
    /// another key, or somebody changed the case files.
    #[error("entry {position} of the log is not signed by this committee's key")]
    Foreign {
        /// Which entry.
        position: u64,
    },
    /// An entry does not open, so it was not written by this service.
    #[error("entry {position} of the log does not open")]
    DoesNotOpen {
        /// Which entry.
        position: u64,
    },
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// The log of the committee's acts, as one process writes and reads it.
pub struct Logbook {
    store: Arc<dyn Log>,
    rng: SystemRandom,
    /// Held while an entry is written, so that the entries of this process do not race each other.
    end: Mutex<Option<End>>,
    /// Opened entries, for as long as the service is unsealed.
    reading: Mutex<Option<Reading>>,
    /// The generation that was last written down.
    generation: AtomicU64,
    /// Refusals that are written down, and those that are only counted.
    pub(super) refusals: Refusals,
}

/// The right to write the next entry. Nobody else in this process writes while it is held.
///
/// The entry that [`Self::next`] gives is to be written at its place by whoever asked, in the transaction
/// of what it is about; then [`Self::written`] has to be told. If another process took the place
/// meanwhile, it is asked for again.
pub struct Pen<'a> {
    book: &'a Logbook,
    keyring: &'a Keyring,
    signers: Vec<Signer>,
    generation: u64,
    end: MutexGuard<'a, Option<End>>,
}

impl Pen<'_> {
    /// An entry, sealed for the end of the log as it is now. Begins the log, and hands it over to the
    /// committee's key in use, where that is due.
    ///
    /// # Errors
    /// See [`LogError`].
    pub async fn next(&mut self, entry: &Entry) -> Result<StoredEntry, LogError> {
        let entry = &Entry {
            generation: self.generation,
            ..entry.clone()
        };
        let book = self.book;
        for _ in 0..ATTEMPTS {
            let (signer, older) = self.signers.split_first().expect("an identity has a key");
            let first = match book.store.log_head().await? {
                None => match *self.end {
                    None => signer.genesis(),
                    Some(_) => return Err(LogError::Changed { position: 0 }),
                },
                Some(last) => {
                    book.check(&last, *self.end).await?;
                    let next = last.position + 1;
                    let known = self.end.is_some_and(|end| {
                        end.head == Head::from(&last) && end.signer == Some(self.keyring.key_id())
                    });
                    if known || signs_after(signer, &last) {
                        return Ok(signer.entry(next, &last.hash, entry, &book.rng)?);
                    }
                    let Some(older) = older.iter().find(|older| signs_after(older, &last)) else {
                        return Err(LogError::Foreign {
                            position: last.position,
                        });
                    };
                    older.hand_over(signer, next, &last.hash, &book.rng)?
                }
            };
            if book.store.append_log(&first).await? {
                self.is_at(&first);
            }
        }
        Err(LogError::Contended)
    }

    /// Takes note that an entry of [`Self::next`] was written: it is the end of the log now.
    pub fn written(&mut self, entry: &StoredEntry) -> Head {
        let generation = self.generation;
        self.book.generation.store(generation, Ordering::Relaxed);
        self.is_at(entry)
    }

    fn is_at(&mut self, entry: &StoredEntry) -> Head {
        let head = Head::from(entry);
        *self.end = Some(End {
            head,
            signer: Some(self.keyring.key_id()),
        });
        head
    }
}

impl std::fmt::Debug for Pen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pen").finish_non_exhaustive()
    }
}

/// The end of the log as this process last saw it.
#[derive(Debug, Clone, Copy)]
struct End {
    head: Head,
    /// Who signs what comes next, if that is the key in use.
    signer: Option<KeyId>,
}

impl Logbook {
    /// On these case files.
    pub fn new(store: Arc<dyn Log>) -> Self {
        Self {
            store,
            rng: SystemRandom::new(),
            end: Mutex::default(),
            reading: Mutex::default(),
            generation: AtomicU64::new(0),
            refusals: Refusals::default(),
        }
    }

    /// Writes an entry at the end of the log, begins the log, and hands it over to the committee's key in
    /// use. When it says that the entry was not written, the act must not be done.
    ///
    /// # Errors
    /// See [`LogError`].
    pub async fn append(&self, keyring: &Keyring, entry: &Entry) -> Result<Head, LogError> {
        let mut pen = self.pen(keyring).await;
        for _ in 0..ATTEMPTS {
            let next = pen.next(entry).await?;
            if self.store.append_log(&next).await? {
                return Ok(pen.written(&next));
            }
        }
        Err(LogError::Contended)
    }

    /// The pen of this process, for an entry that is to be written together with what it is about.
    pub async fn pen<'a>(&'a self, keyring: &'a Keyring) -> Pen<'a> {
        let mut end = self.end.lock().await;
        *end = newest(*end, keyring.noted_head());
        Pen {
            book: self,
            keyring,
            signers: keyring.all_own().iter().map(Signer::of).collect(),
            generation: keyring.generation(),
            end,
        }
    }

    /// The last entry; `None` for a log that has not begun.
    ///
    /// # Errors
    /// [`LogError::Store`]; [`LogError::Changed`] when it is not what this process last saw, or wrote.
    pub async fn head(&self) -> Result<Option<Head>, LogError> {
        self.head_after(None).await
    }

    /// The same; `noted` is an entry that has to be there.
    async fn head_after(&self, noted: Option<Head>) -> Result<Option<Head>, LogError> {
        let mut end = self.end.lock().await;
        *end = newest(*end, noted);
        let Some(last) = self.store.log_head().await? else {
            return match *end {
                None => Ok(None),
                Some(_) => Err(LogError::Changed { position: 0 }),
            };
        };
        self.check(&last, *end).await?;
        let head = Head::from(&last);
        if end.is_none_or(|end| end.head != head) {
            *end = Some(End { head, signer: None });
        }
        Ok(Some(head))
    }

    /// Whether the service's own state changed since this process last wrote an entry.
    pub fn is_behind(&self, keyring: &Keyring) -> bool {
        self.generation.load(Ordering::Relaxed) < keyring.generation()
    }

    /// The public key that signs what is written from now on.
    pub fn key(keyring: &Keyring) -> LogKey {
        Signer::of(keyring.own()).key()
    }

    /// Looks at every entry in order, opened; those that are new since the last time are read.
    ///
    /// # Errors
    /// See [`LogError`].
    pub async fn read<T>(
        &self,
        keyring: &Keyring,
        look: impl FnOnce(&[Opened]) -> T,
    ) -> Result<T, LogError> {
        let seen = self.head_after(keyring.noted_head()).await?;
        let mut reading = self.reading.lock().await;
        let kept = match reading.take().filter(|kept| kept.is_by(keyring)) {
            Some(mut kept) => match kept.go_on(&*self.store).await {
                Ok(()) => Some(kept),
                // Since then, the log was handed over to the key in use.
                Err(LogError::Foreign { .. }) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        let kept = if let Some(kept) = kept {
            kept
        } else {
            let mut new = Reading::begin(&*self.store, keyring).await?;
            new.go_on(&*self.store).await?;
            new
        };
        let entries = reading.insert(kept).entries();
        match (entries.last(), seen) {
            (Some(last), Some(seen)) if last.position < seen.position => Err(LogError::Changed {
                position: last.position + 1,
            }),
            _ => Ok(look(entries)),
        }
    }

    /// Forgets what was opened, when the service is sealed.
    pub async fn forget(&self) {
        *self.reading.lock().await = None;
    }

    /// Whether the end of the log goes on from what this process last saw, and from the entry before.
    async fn check(&self, last: &StoredEntry, seen: Option<End>) -> Result<(), LogError> {
        let Some(End { head: seen, .. }) = seen else {
            return self.check_link(last).await;
        };
        let there = match last.position.cmp(&seen.position) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Equal => Some(Head::from(last)),
            std::cmp::Ordering::Greater => self
                .store
                .log_entries(seen.position, 1)
                .await?
                .first()
                .map(Head::from),
        };
        if there != Some(seen) {
            return Err(LogError::Changed {
                position: seen.position.min(last.position.saturating_add(1)),
            });
        }
        if last.position == seen.position {
            return Ok(());
        }
        self.check_link(last).await
    }

    /// Whether an entry is what its hash says, and one that names a key was made by whoever has that
    /// key. Its signature would hold wherever the entry was copied to.
    async fn check_link(&self, last: &StoredEntry) -> Result<(), LogError> {
        let position = last.position;
        let changed = LogError::Changed { position };
        let previous = match position.checked_sub(1) {
            None => NOTHING,
            Some(before) => match self.store.log_entries(before, 1).await?.first() {
                Some(entry) if entry.position == before => entry.hash,
                Some(_) | None => return Err(changed),
            },
        };
        let proven =
            KeyEntry::read(&last.sealed).is_none_or(|named| named.is_proven(position, &previous));
        if proven && chain::hash(position, &previous, &last.sealed) == last.hash {
            Ok(())
        } else {
            Err(changed)
        }
    }
}

/// What the log has at least: as this process last saw it, or as the service noted it before.
fn newest(seen: Option<End>, noted: Option<Head>) -> Option<End> {
    match (seen, noted) {
        (Some(seen), Some(noted)) if seen.head.position >= noted.position => Some(seen),
        (_, Some(head)) => Some(End { head, signer: None }),
        (seen, None) => seen,
    }
}

/// Whether it is this key that signs what comes after an entry.
fn signs_after(signer: &Signer, last: &StoredEntry) -> bool {
    match KeyEntry::read(&last.sealed) {
        // Entry 0 is signed by the key that it names, any other by the one before; that the named key
        // agreed was looked at.
        Some(named) => named.key == signer.key(),
        None => signer.key().signed(last),
    }
}

impl std::fmt::Debug for Logbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logbook").finish_non_exhaustive()
    }
}
