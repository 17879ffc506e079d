//! The index of one session, and how it is built and kept up to date behind the pages.
//!
//! It goes with its session: whoever builds it holds it only from one case to the next, and stops when the
//! session is over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use committee::access::Access;
use domain::procedure::is_final;
use opening::PersonIdentity;
use store::StoreError;
use store::casefiles::{CaseId, DocumentId};
use store::shelves::{Mark, Shelf};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use super::index::{Hasher, Index, Text};
use super::texts::Texts;
use super::words::Wanted;
use crate::desk::register::{Case, Eye, Snapshot};

/// How far the index is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::desk) struct Progress {
    /// Cases that were read, of those that are to be.
    pub(super) done: usize,
    pub(super) all: usize,
}

/// The index of one session.
pub(in crate::desk) struct Room {
    state: Mutex<State>,
    /// `None` while nothing is being built.
    progress: watch::Sender<Option<Progress>>,
}

#[derive(Default)]
struct State {
    index: Index,
    /// What of each shelf was read: at which mark, and which cases.
    shelves: HashMap<Shelf, (Mark, Vec<CaseId>)>,
}

/// A shelf of which something is to be read anew.
struct Stale {
    shelf: Shelf,
    mark: Mark,
    /// Those that the member may open, open ones first.
    cases: Vec<Arc<Case>>,
}

/// With what cases are opened.
pub(super) struct Opener {
    pub(super) access: Access,
    pub(super) key: PersonIdentity,
    pub(super) hasher: Hasher,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            progress: watch::Sender::new(None),
        }
    }
}

impl Room {
    /// Begins to read what changed since, unless that is being done; says whether the index is as new as
    /// the register.
    pub(super) fn refresh(
        self: &Arc<Self>,
        register: &Snapshot,
        eye: &Eye<'_>,
        turns: &Arc<Semaphore>,
        opener: impl FnOnce() -> Option<Opener>,
    ) -> bool {
        let is_first = self.progress.send_if_modified(|progress| {
            let is_first = progress.is_none();
            progress.get_or_insert_default();
            is_first
        });
        if !is_first {
            return false;
        }
        // Whatever returns from here on says that it is over.
        let ended = Ended(Arc::downgrade(self));
        let stale = self.stale(register, eye);
        if stale.is_empty() {
            return true;
        }
        let Some(opener) = opener() else {
            return false;
        };
        let all = stale.iter().map(|stale| stale.cases.len()).sum();
        self.progress.send_replace(Some(Progress { done: 0, all }));
        let (room, turns) = (Arc::downgrade(self), Arc::clone(turns));
        let handle = Handle::current();
        // Opening cases takes the processor for long: not on a thread that answers.
        tokio::task::spawn_blocking(move || {
            handle.block_on(build(&room, &turns, &opener, stale));
            drop(ended);
        });
        false
    }

    /// Waits until nothing is being built, but only so long.
    pub(super) async fn settled(&self, patience: Duration) -> bool {
        let mut progress = self.progress.subscribe();
        let settled = timeout(patience, progress.wait_for(Option::is_none)).await;
        settled.is_ok_and(|done| done.is_ok())
    }

    /// How far the building is, while something is being built.
    pub(super) fn progress(&self) -> Option<Progress> {
        *self.progress.borrow()
    }

    /// See [`Index::search`].
    pub(super) fn search(
        &self,
        hasher: &Hasher,
        wanted: &Wanted,
        may: impl Fn(CaseId) -> bool,
    ) -> Vec<CaseId> {
        self.state().index.search(hasher, wanted, may)
    }

    /// See [`Index::left_out`].
    pub(super) fn left_out(&self) -> usize {
        self.state().index.left_out()
    }

    /// The shelves that changed, or of which the member may open other cases than before. What the
    /// member may open no more is forgotten at once.
    fn stale(&self, register: &Snapshot, eye: &Eye<'_>) -> Vec<Stale> {
        let mut known = self.state();
        let State { index, shelves } = &mut *known;
        let mut stale = Vec::new();
        for (shelf, mark, cases) in register.shelves() {
            let mut cases: Vec<Arc<Case>> = cases
                .iter()
                .filter(|case| eye.reads(case))
                .cloned()
                .collect();
            let ids: Vec<CaseId> = cases.iter().map(|case| case.entry.id).collect();
            let known = shelves.get(&shelf);
            if known.is_some_and(|(seen, known)| *seen == mark && *known == ids)
                || (known.is_none() && ids.is_empty())
            {
                continue;
            }
            let lost = known.map(|(_, known)| known.as_slice()).unwrap_or_default();
            for case in lost.iter().filter(|case| !ids.contains(case)) {
                index.forget(*case);
            }
            cases.sort_by_key(|case| is_final(case.entry.state));
            stale.push(Stale { shelf, mark, cases });
        }
        stale
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change leaves it whole, so a panic elsewhere does too.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that the building is over, however it ended.
struct Ended(Weak<Room>);

impl Drop for Ended {
    fn drop(&mut self) {
        if let Some(room) = self.0.upgrade() {
            room.progress.send_replace(None);
        }
    }
}

/// Reads the open cases of all shelves, and then the closed ones. One session at a time: there are few
/// processors.
async fn build(room: &Weak<Room>, turns: &Semaphore, opener: &Opener, stale: Vec<Stale>) {
    let Ok(_turn) = turns.acquire().await else {
        return;
    };
    let mut documents: HashMap<CaseId, Vec<DocumentId>> = HashMap::new();
    for shelf in &stale {
        match opener.access.cases.shelf_documents(shelf.shelf).await {
            Ok(found) => {
                for (case, document) in found {
                    documents.entry(case).or_default().push(document);
                }
            }
            Err(error) => {
                tracing::warn!(cause = %error, "what is new in cases cannot be read");
                return;
            }
        }
    }
    for closed in [false, true] {
        for shelf in &stale {
            for case in &shelf.cases {
                if is_final(case.entry.state) != closed {
                    continue;
                }
                let documents = documents.remove(&case.entry.id).unwrap_or_default();
                if !read(room, opener, case, documents).await {
                    return;
                }
            }
        }
    }
    if let Some(room) = room.upgrade() {
        let mut known = room.state();
        for Stale { shelf, mark, cases } in stale {
            let mut ids: Vec<CaseId> = cases.iter().map(|case| case.entry.id).collect();
            ids.sort_unstable();
            known.shelves.insert(shelf, (mark, ids));
        }
    }
}

/// Reads a case unless it is known as it is; says whether to go on.
async fn read(
    room: &Weak<Room>,
    opener: &Opener,
    case: &Arc<Case>,
    documents: Vec<DocumentId>,
) -> bool {
    let id = case.entry.id;
    let Some(known) = room
        .upgrade()
        .map(|room| room.state().index.has(id, &documents))
    else {
        return false;
    };
    let text = if known {
        None
    } else {
        match Texts::open(&opener.access, &opener.key, case).await {
            Ok(texts) => Some(texts.map(|texts| Text::of(&opener.hasher, texts.iter()))),
            Err(error) => {
                let error: &StoreError = &error;
                tracing::warn!(cause = %error, "a case cannot be read for the search");
                return false;
            }
        }
    };
    let Some(room) = room.upgrade() else {
        return false;
    };
    match text {
        Some(Some(text)) => room.state().index.put(id, documents, text),
        // Not this member's to open, or not yet.
        Some(None) => room.state().index.forget(id),
        None => {}
    }
    room.progress.send_modify(|progress| {
        if let Some(progress) = progress {
            progress.done += 1;
        }
    });
    true
}
