//! A worker that is killed at a given call of its stores.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use domain::case::Folio;
use domain::catalogue::TermKey;
use jiff::civil::Date;
use mailbox::SealedEntry;
use sealing::{ChunkId, EnvelopeId, KeyId, LookupHash, LookupId, SealedEnvelope};
use store::StoreError;
use store::casefiles::{
    Added, Admission, Admitted, CaseFiles, CaseHandle, CaseId, DocumentId, Known, NewDocument,
    Proposed, RegisterEntry, SealedDocument,
};
use store::log::{Log, StoredEntry};
use store::mailroom::{
    Announcement, Backlog, Posted, Quarantined, StoredChunk, TriageMailroom, WaitingEnvelope,
};
use store::records::{RecordId, RecordKind, Records, SealedRecord};
use store::rings::{AccessChange, CaseAccess, Resealed, ResealedCase, Rings};
use store::shelves::{Mark, Shelf, Shelves};
use store::steps::{CaseStep, FollowUp, Followed, Stepped, Steps, WordsChange};

use crate::testing::House;
use crate::worker::{Round, Worker, WorkerError};

/// When a call fails, as seen from the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::worker) enum Moment {
    /// Before it took effect.
    Before,
    /// After it took effect, so that the worker never hears of it.
    After,
}

/// Lets a number of calls through and breaks the next one; from then on nothing works, as for a
/// process that was killed.
struct Fuse {
    calls: AtomicU32,
    breaks_at: u32,
    moment: Moment,
}

impl Fuse {
    async fn guard<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        if call < self.breaks_at {
            return work.await;
        }
        if call == self.breaks_at && self.moment == Moment::After {
            work.await?;
        }
        Err(StoreError::Unavailable("the fuse is blown".into()))
    }
}

struct FrailMailroom(Arc<dyn TriageMailroom>, Arc<Fuse>);

#[async_trait]
impl TriageMailroom for FrailMailroom {
    async fn waiting(
        &self,
        key: KeyId,
        after: Option<EnvelopeId>,
        limit: u32,
    ) -> Result<Vec<WaitingEnvelope>, StoreError> {
        self.1.guard(self.0.waiting(key, after, limit)).await
    }

    async fn post_all(&self, replies: &[SealedEntry]) -> Result<Vec<Posted>, StoreError> {
        self.1.guard(self.0.post_all(replies)).await
    }

    async fn remove_all(&self, ids: &[EnvelopeId]) -> Result<(), StoreError> {
        self.1.guard(self.0.remove_all(ids)).await
    }

    async fn quarantine(&self, id: EnvelopeId, reason: &str) -> Result<(), StoreError> {
        self.1.guard(self.0.quarantine(id, reason)).await
    }

    async fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        self.1.guard(self.0.quarantined()).await
    }

    async fn reseal(
        &self,
        expected: KeyId,
        envelopes: &[SealedEnvelope],
    ) -> Result<u64, StoreError> {
        self.1.guard(self.0.reseal(expected, envelopes)).await
    }

    async fn mailbox_part(
        &self,
        id: LookupId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError> {
        self.1.guard(self.0.mailbox_part(id, before, limit)).await
    }

    async fn end_move(&self, old: LookupId, first: &SealedEntry) -> Result<bool, StoreError> {
        self.1.guard(self.0.end_move(old, first)).await
    }

    async fn purge_mailbox(&self, id: LookupId) -> Result<(), StoreError> {
        self.1.guard(self.0.purge_mailbox(id)).await
    }

    async fn backlog(&self, key: KeyId) -> Result<Backlog, StoreError> {
        self.1.guard(self.0.backlog(key)).await
    }

    async fn chunk(&self, id: ChunkId) -> Result<Option<StoredChunk>, StoreError> {
        self.1.guard(self.0.chunk(id)).await
    }

    async fn remove_chunks(&self, ids: &[ChunkId]) -> Result<(), StoreError> {
        self.1.guard(self.0.remove_chunks(ids)).await
    }

    async fn pending_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        self.1.guard(self.0.pending_days()).await
    }

    async fn chunk_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        self.1.guard(self.0.chunk_days()).await
    }

    async fn sweep_chunks(&self, day: Date, limit: u32) -> Result<u64, StoreError> {
        self.1.guard(self.0.sweep_chunks(day, limit)).await
    }

    async fn forget_published_leaves(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.forget_published_leaves()).await
    }

    async fn announcements(&self) -> Result<Vec<Announcement>, StoreError> {
        self.1.guard(self.0.announcements()).await
    }

    async fn announce(&self, announcements: &[Announcement]) -> Result<(), StoreError> {
        self.1.guard(self.0.announce(announcements)).await
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.shuffle()).await
    }
}

struct FrailCaseFiles(Arc<dyn CaseFiles>, Arc<Fuse>);

#[async_trait]
impl CaseFiles for FrailCaseFiles {
    async fn admit_all(&self, admissions: &[Admission]) -> Result<Vec<Admitted>, StoreError> {
        self.1.guard(self.0.admit_all(admissions)).await
    }

    async fn known(
        &self,
        complaints: &[(EnvelopeId, LookupHash)],
    ) -> Result<Vec<Known>, StoreError> {
        self.1.guard(self.0.known(complaints)).await
    }

    async fn add_document(
        &self,
        case: CaseId,
        document: &NewDocument,
    ) -> Result<Added, StoreError> {
        self.1.guard(self.0.add_document(case, document)).await
    }

    async fn has_document(&self, case: CaseId, document: DocumentId) -> Result<bool, StoreError> {
        self.1.guard(self.0.has_document(case, document)).await
    }

    async fn put_case_chunks(
        &self,
        case: CaseId,
        chunks: &[(ChunkId, Vec<u8>)],
    ) -> Result<(), StoreError> {
        self.1.guard(self.0.put_case_chunks(case, chunks)).await
    }

    async fn case_chunk(&self, case: CaseId, id: ChunkId) -> Result<Option<Vec<u8>>, StoreError> {
        self.1.guard(self.0.case_chunk(case, id)).await
    }

    async fn case_of(&self, mailbox: LookupHash) -> Result<Option<CaseHandle>, StoreError> {
        self.1.guard(self.0.case_of(mailbox)).await
    }

    async fn handle(&self, case: CaseId) -> Result<Option<CaseHandle>, StoreError> {
        self.1.guard(self.0.handle(case)).await
    }

    async fn has_seen(&self, envelope: EnvelopeId) -> Result<bool, StoreError> {
        self.1.guard(self.0.has_seen(envelope)).await
    }

    async fn classify_all(&self, proposed: &[Proposed]) -> Result<Vec<Added>, StoreError> {
        self.1.guard(self.0.classify_all(proposed)).await
    }

    async fn outbox(&self, limit: u32) -> Result<Vec<SealedEntry>, StoreError> {
        self.1.guard(self.0.outbox(limit)).await
    }

    async fn delivered(&self, replies: &[(LookupId, u32)]) -> Result<(), StoreError> {
        self.1.guard(self.0.delivered(replies)).await
    }

    async fn register(&self, year: Option<i16>) -> Result<Vec<RegisterEntry>, StoreError> {
        self.1.guard(self.0.register(year)).await
    }

    async fn case(&self, folio: Folio) -> Result<Option<RegisterEntry>, StoreError> {
        self.1.guard(self.0.case(folio)).await
    }

    async fn documents(&self, case: CaseId) -> Result<Vec<SealedDocument>, StoreError> {
        self.1.guard(self.0.documents(case)).await
    }

    async fn committee_wrap(&self, case: CaseId) -> Result<Option<Vec<u8>>, StoreError> {
        self.1.guard(self.0.committee_wrap(case)).await
    }

    async fn keep_secret(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.1.guard(self.0.keep_secret(name, sealed)).await
    }

    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.1.guard(self.0.secret(name)).await
    }

    async fn replace_secret(
        &self,
        name: &str,
        expected: &[u8],
        sealed: &[u8],
    ) -> Result<bool, StoreError> {
        let done = self.0.replace_secret(name, expected, sealed);
        self.1.guard(done).await
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.shuffle()).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.ping()).await
    }
}

#[async_trait]
impl Steps for FrailCaseFiles {
    async fn follow_up(&self, follow_up: &FollowUp) -> Result<Followed, StoreError> {
        self.1.guard(self.0.follow_up(follow_up)).await
    }

    async fn change_words(&self, change: &WordsChange) -> Result<Followed, StoreError> {
        self.1.guard(self.0.change_words(change)).await
    }

    async fn step(&self, step: &CaseStep) -> Result<Stepped, StoreError> {
        self.1.guard(self.0.step(step)).await
    }

    async fn due(
        &self,
        term: TermKey,
        by: Date,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseHandle>, StoreError> {
        self.1.guard(self.0.due(term, by, after, limit)).await
    }
}

#[async_trait]
impl Shelves for FrailCaseFiles {
    async fn marks(&self) -> Result<Vec<(Shelf, Mark)>, StoreError> {
        self.1.guard(self.0.marks()).await
    }

    async fn shelf(&self, which: Shelf) -> Result<Vec<RegisterEntry>, StoreError> {
        self.1.guard(self.0.shelf(which)).await
    }

    async fn shelf_courses(&self, which: Shelf) -> Result<Vec<(CaseId, Vec<u8>)>, StoreError> {
        self.1.guard(self.0.shelf_courses(which)).await
    }

    async fn shelf_documents(&self, which: Shelf) -> Result<Vec<(CaseId, DocumentId)>, StoreError> {
        self.1.guard(self.0.shelf_documents(which)).await
    }
}

#[async_trait]
impl Rings for FrailCaseFiles {
    async fn access(&self, case: CaseId) -> Result<Option<CaseAccess>, StoreError> {
        self.1.guard(self.0.access(case)).await
    }

    async fn change_access(&self, change: &AccessChange) -> Result<bool, StoreError> {
        self.1.guard(self.0.change_access(change)).await
    }

    async fn wrapped_for_committee(
        &self,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseId>, StoreError> {
        self.1
            .guard(self.0.wrapped_for_committee(after, limit))
            .await
    }

    async fn reseal_case(&self, case: CaseId, parts: ResealedCase<'_>) -> Result<bool, StoreError> {
        self.1.guard(self.0.reseal_case(case, parts)).await
    }

    async fn case_ids(&self, after: Option<CaseId>, limit: u32) -> Result<Vec<CaseId>, StoreError> {
        self.1.guard(self.0.case_ids(after, limit)).await
    }

    async fn delete_case(&self, case: CaseId) -> Result<bool, StoreError> {
        self.1.guard(self.0.delete_case(case)).await
    }
}

#[async_trait]
impl Records for FrailCaseFiles {
    async fn records(&self, kind: RecordKind) -> Result<Vec<SealedRecord>, StoreError> {
        self.1.guard(self.0.records(kind)).await
    }

    async fn record(
        &self,
        kind: RecordKind,
        id: RecordId,
    ) -> Result<Option<SealedRecord>, StoreError> {
        self.1.guard(self.0.record(kind, id)).await
    }

    async fn put_record(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: Option<&[u8]>,
        sealed: &[u8],
    ) -> Result<bool, StoreError> {
        let done = self.0.put_record(kind, id, expected, sealed);
        self.1.guard(done).await
    }

    async fn keep_records(
        &self,
        kind: RecordKind,
        records: &[SealedRecord],
    ) -> Result<(), StoreError> {
        self.1.guard(self.0.keep_records(kind, records)).await
    }

    async fn put_record_and_secret(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: Option<&[u8]>,
        sealed: &[u8],
        secret: &str,
        anew: Resealed<'_>,
    ) -> Result<bool, StoreError> {
        let done = self
            .0
            .put_record_and_secret(kind, id, expected, sealed, secret, anew);
        self.1.guard(done).await
    }

    async fn remove_record(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: &[u8],
    ) -> Result<bool, StoreError> {
        self.1.guard(self.0.remove_record(kind, id, expected)).await
    }
}

#[async_trait]
impl Log for FrailCaseFiles {
    async fn log_head(&self) -> Result<Option<StoredEntry>, StoreError> {
        self.1.guard(self.0.log_head()).await
    }

    async fn append_log(&self, entry: &StoredEntry) -> Result<bool, StoreError> {
        self.1.guard(self.0.append_log(entry)).await
    }

    async fn log_entries(&self, from: u64, limit: u32) -> Result<Vec<StoredEntry>, StoreError> {
        self.1.guard(self.0.log_entries(from, limit)).await
    }
}

/// A worker that is killed at the `n`th call of a store, counted from 0.
pub(in crate::worker) fn frail(house: &House, n: u32, moment: Moment) -> Worker {
    let fuse = Arc::new(Fuse {
        calls: AtomicU32::new(0),
        breaks_at: n,
        moment,
    });
    let plain = house.worker();
    Worker {
        mailroom: Arc::new(FrailMailroom(plain.mailroom.clone(), fuse.clone())),
        cases: Arc::new(FrailCaseFiles(plain.cases.clone(), fuse)),
        ..plain
    }
}

/// Runs a round that is killed, and then whole ones until nothing is left to do; says whether it was
/// killed at all.
pub(in crate::worker) async fn survive(house: &House, n: u32, moment: Moment) -> bool {
    let killed = match frail(house, n, moment).round().await {
        Ok(_) => false,
        Err(WorkerError::Store(StoreError::Unavailable(_))) => true,
        Err(other) => panic!("call {n}, {moment:?}: {other}"),
    };
    house.worker().round().await.unwrap();
    let idle = house.worker().round().await.unwrap();
    assert_eq!(
        idle,
        Round::default(),
        "call {n}, {moment:?}: a round is left over"
    );
    killed
}
