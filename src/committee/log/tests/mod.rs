mod mutations;
mod views;
mod writing;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::committee::MemberId;
use jiff::Timestamp;
use opening::CommitteeIdentity;
use store::StoreError;
use store::log::{Log, StoredEntry};
use store_sqlite::SqliteCaseFiles;
use tempfile::TempDir;

use super::*;
use crate::keyring::Keyring;

/// A log in memory, which a test can do to what it likes.
#[derive(Default)]
struct Paper(Mutex<Vec<StoredEntry>>);

impl Paper {
    fn entries(&self) -> Vec<StoredEntry> {
        self.0.lock().unwrap().clone()
    }

    fn change(&self, change: impl FnOnce(&mut Vec<StoredEntry>)) {
        change(&mut self.0.lock().unwrap());
    }
}

#[async_trait]
impl Log for Paper {
    async fn log_head(&self) -> Result<Option<StoredEntry>, StoreError> {
        Ok(self.0.lock().unwrap().last().cloned())
    }

    async fn append_log(&self, entry: &StoredEntry) -> Result<bool, StoreError> {
        let mut entries = self.0.lock().unwrap();
        let next = entries.last().map_or(0, |last| last.position + 1);
        if entry.position != next {
            return Ok(false);
        }
        entries.push(entry.clone());
        Ok(true)
    }

    async fn log_entries(&self, from: u64, limit: u32) -> Result<Vec<StoredEntry>, StoreError> {
        let entries = self.0.lock().unwrap();
        Ok(entries
            .iter()
            .filter(|entry| entry.position >= from)
            .take(usize::try_from(limit).unwrap())
            .cloned()
            .collect())
    }
}

/// Keyrings of one committee, before and after its key is another.
struct Keys {
    identity: CommitteeIdentity,
    _folder: TempDir,
    cases: SqliteCaseFiles,
}

impl Keys {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("cases.db").display());
        Self {
            identity: CommitteeIdentity::generate(),
            cases: SqliteCaseFiles::open(&url).await.unwrap(),
            _folder: folder,
        }
    }

    async fn ring(&self, identity: &CommitteeIdentity) -> Keyring {
        Keyring::unseal(identity.clone(), &self.cases)
            .await
            .unwrap()
    }

    /// After the older keys are given up. The secret of these case files is sealed under the first.
    async fn ring_without_older(&self, identity: &CommitteeIdentity) -> Keyring {
        Self::new().await.ring(&identity.retired()).await
    }

    async fn ring_of_a_stranger(&self) -> Keyring {
        Self::new().await.ring(&CommitteeIdentity::generate()).await
    }
}

fn now() -> Timestamp {
    "2026-03-02T16:00:00.7Z".parse().unwrap()
}

fn member(id: u8) -> MemberId {
    MemberId([id; 16])
}

fn verdict(entries: &[StoredEntry], trusted: Option<LogKey>, noted: Option<Head>) -> Verdict {
    let mut verifier = Verifier::new(trusted, noted.map(Noted::from));
    for entry in entries {
        verifier.push(entry);
    }
    verifier.finish()
}

/// A log of `acts` acts, with the committee's key changed twice on the way.
async fn written(acts: u32) -> (Arc<Paper>, Keyring) {
    let keys = Keys::new().await;
    let once = keys.identity.rotated().unwrap();
    let twice = once.rotated().unwrap();
    let rings = [
        keys.ring(&keys.identity).await,
        keys.ring(&once).await,
        keys.ring(&twice).await,
    ];
    let paper = Arc::new(Paper::default());
    let book = Logbook::new(paper.clone());
    for act in 0..acts {
        let ring = &rings[usize::try_from(act * 3 / acts).unwrap()];
        book.recorder(ring, Actor::Member(member(1)), now())
            .invited(member(u8::try_from(act % 256).unwrap()))
            .await
            .unwrap();
    }
    let [_, _, last] = rings;
    (paper, last)
}
