//! Rules of the chunks of evidence, in both stores.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use sealing::ChunkId;

use super::Fixture;
use super::casefiles::admit;
use super::samples::{Samples, TODAY};
use crate::StoreError;
use crate::casefiles::{Added, Admitted, CaseFiles, CaseId, DocumentKind, NewDocument};
use crate::mailroom::{Deposit, StoredChunk};

fn ids(chunks: &[StoredChunk]) -> Vec<ChunkId> {
    chunks.iter().map(|chunk| chunk.id).collect()
}

fn on(day: Date, mut chunk: StoredChunk) -> StoredChunk {
    chunk.received_on = day;
    chunk
}

async fn admitted(case_files: &dyn CaseFiles, samples: &mut Samples) -> CaseId {
    let admission = samples.admission();
    let outcome = case_files.admit(&admission).await.expect("admitted");
    assert_eq!(outcome, Admitted::Now);
    admission.case.id
}

/// To the byte, and for the next process as well.
pub async fn a_chunk_is_there_until_it_is_removed(fixture: &dyn Fixture) {
    let mut samples = Samples::new(100);
    let before = fixture.mailroom().await;
    let chunks: Vec<_> = (0..9).map(|_| samples.chunk()).collect();
    before.put_chunks(&chunks).await.expect("stored");
    drop(before);

    let mailroom = fixture.mailroom().await;
    for chunk in &chunks {
        let found = mailroom.chunk(chunk.id).await.expect("read");
        assert!(found.as_ref() == Some(chunk), "{found:?}");
    }
    assert_eq!(mailroom.chunk(samples.id()).await.expect("read"), None);

    let (gone, kept) = chunks.split_at(4);
    for _ in 0..2 {
        mailroom.remove_chunks(&ids(gone)).await.expect("removed");
    }
    mailroom.remove_chunks(&[]).await.expect("nothing to do");
    for chunk in gone {
        assert_eq!(mailroom.chunk(chunk.id).await.expect("read"), None);
    }
    for chunk in kept {
        assert!(mailroom.chunk(chunk.id).await.expect("read").is_some());
    }
}

/// A request that was repeated, or an id that somebody else has: the first one stays.
pub async fn a_chunk_is_stored_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(101);
    let mailroom = fixture.mailroom().await;
    let first = samples.chunk();
    let mut other = samples.chunk();
    other.id = first.id;
    let beside = samples.chunk();

    mailroom.put_chunks(&[]).await.expect("nothing to do");
    mailroom
        .put_chunks(&[first.clone(), first.clone()])
        .await
        .expect("stored");
    mailroom
        .put_chunks(&[other, beside.clone()])
        .await
        .expect("stored");

    assert!(mailroom.chunk(first.id).await.expect("read") == Some(first));
    assert!(mailroom.chunk(beside.id).await.expect("read") == Some(beside));
}

/// When one chunk is refused, none is there. Only one size is taken: any other would tell something.
pub async fn chunks_are_stored_whole_or_not_at_all(fixture: &dyn Fixture) {
    let mut samples = Samples::new(102);
    let mailroom = fixture.mailroom().await;
    for wrong in [0, 4096, 262_159, 262_161] {
        let sound = samples.chunk();
        let mut short = samples.chunk();
        short.bytes = samples.bytes(wrong);

        let refused = mailroom.put_chunks(&[sound.clone(), short.clone()]).await;

        assert!(
            matches!(refused, Err(StoreError::Unavailable(_))),
            "{wrong}"
        );
        assert_eq!(mailroom.chunk(sound.id).await.expect("read"), None);
        assert_eq!(mailroom.chunk(short.id).await.expect("read"), None);
    }
}

/// Two uploads at the same time, to two processes.
pub async fn two_processes_store_chunks(fixture: &dyn Fixture) {
    let mut samples = Samples::new(103);
    let (one, other) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    let chunks: Vec<_> = (0..12).map(|_| samples.chunk()).collect();
    let (left, right) = chunks.split_at(6);
    let stored = tokio::join!(
        async {
            for chunk in left {
                one.put_chunks(std::slice::from_ref(chunk))
                    .await
                    .expect("stored");
            }
        },
        other.put_chunks(right),
        other.put_chunks(left),
    );
    stored.1.expect("stored");
    stored.2.expect("stored");
    for chunk in chunks {
        assert!(one.chunk(chunk.id).await.expect("read") == Some(chunk));
    }
}

/// The sweep asks on which days chunks came, and takes one of them in bounded steps.
pub async fn a_day_is_swept_in_steps(fixture: &dyn Fixture) {
    let mut samples = Samples::new(104);
    let mailroom = fixture.mailroom().await;
    let (old, new) = (date(2026, 3, 13), date(2026, 3, 17));
    assert_eq!(mailroom.chunk_days().await.expect("read"), BTreeSet::new());
    let swept: Vec<_> = (0..5).map(|_| on(old, samples.chunk())).collect();
    let kept = on(new, samples.chunk());
    mailroom.put_chunks(&swept).await.expect("stored");
    mailroom
        .put_chunks(std::slice::from_ref(&kept))
        .await
        .expect("stored");
    assert_eq!(
        mailroom.chunk_days().await.expect("read"),
        BTreeSet::from([old, new])
    );

    for (step, removed) in [2, 2, 1, 0].into_iter().enumerate() {
        let done = mailroom.sweep_chunks(old, 2).await.expect("swept");
        assert_eq!(done, removed, "step {step}");
    }

    assert_eq!(
        mailroom.chunk_days().await.expect("read"),
        BTreeSet::from([new])
    );
    assert!(mailroom.chunk(kept.id).await.expect("read") == Some(kept));
}

/// Whatever key they are sealed to, and those that are set aside; a day that is none counts for none.
pub async fn the_days_of_what_is_pending_are_told(fixture: &dyn Fixture) {
    let mut samples = Samples::new(105);
    let mailroom = fixture.mailroom().await;
    assert_eq!(
        mailroom.pending_days().await.expect("read"),
        BTreeSet::new()
    );
    let days = [date(2026, 3, 11), date(2026, 3, 12), date(2026, 3, 13)];
    let mut deposits = Vec::new();
    for day in days.into_iter().chain([date(2026, 3, 12), TODAY]) {
        let key = samples.id();
        let mut envelope = samples.envelope(key);
        envelope.received_on = day;
        deposits.push(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        });
    }
    mailroom.deposit(&deposits).await.expect("deposited");
    mailroom
        .quarantine(deposits[1].envelope.id, "damaged")
        .await
        .expect("set aside");
    fixture.spoil(deposits[4].envelope.id).await;

    assert_eq!(
        mailroom.pending_days().await.expect("read"),
        BTreeSet::from(days)
    );

    mailroom
        .remove(deposits[0].envelope.id)
        .await
        .expect("removed");
    mailroom
        .remove(deposits[3].envelope.id)
        .await
        .expect("removed");
    assert_eq!(
        mailroom.pending_days().await.expect("read"),
        BTreeSet::from([days[1], days[2]])
    );
}

/// Only places change.
pub async fn a_shuffle_changes_no_evidence(fixture: &dyn Fixture) {
    let mut samples = Samples::new(106);
    let mailroom = fixture.mailroom().await;
    let case_files = fixture.case_files().await;
    let case = admitted(&*case_files, &mut samples).await;
    let chunks: Vec<_> = (0..6).map(|_| samples.chunk()).collect();
    mailroom.put_chunks(&chunks).await.expect("stored");
    let of_case: Vec<_> = (chunks.iter())
        .map(|chunk| (chunk.id, chunk.bytes.clone()))
        .collect();
    case_files
        .put_case_chunks(case, &of_case)
        .await
        .expect("stored");
    let deposit = samples.deposit([1; 8].into());
    mailroom.deposit(&[deposit]).await.expect("deposited");
    let leaves = mailroom.leaves(TODAY).await.expect("read");
    let tree = samples.tree(date(2026, 3, 16));
    mailroom.publish_tree(&tree).await.expect("published");

    mailroom.shuffle().await.expect("shuffled");
    case_files.shuffle().await.expect("shuffled");

    for chunk in chunks {
        let of_case = case_files.case_chunk(case, chunk.id).await.expect("read");
        assert!(of_case.as_ref() == Some(&chunk.bytes));
        assert!(mailroom.chunk(chunk.id).await.expect("read") == Some(chunk));
    }
    assert_eq!(mailroom.leaves(TODAY).await.expect("read"), leaves);
    assert_eq!(mailroom.tree(tree.day).await.expect("read"), Some(tree));
}

/// The first bytes stay, and a chunk that another case has too is found there.
pub async fn a_case_keeps_its_chunks(fixture: &dyn Fixture) {
    let mut samples = Samples::new(107);
    let case_files = fixture.case_files().await;
    let case = admitted(&*case_files, &mut samples).await;
    let other = admitted(&*case_files, &mut samples).await;
    let (one, two) = (samples.chunk(), samples.chunk());
    let foreign = samples.bytes(one.bytes.len());
    let chunks = [(one.id, one.bytes.clone()), (two.id, two.bytes.clone())];

    case_files
        .put_case_chunks(case, &[])
        .await
        .expect("nothing to do");
    for _ in 0..2 {
        case_files
            .put_case_chunks(case, &chunks)
            .await
            .expect("stored");
    }
    case_files
        .put_case_chunks(case, &[(one.id, foreign.clone())])
        .await
        .expect("stored");
    case_files
        .put_case_chunks(other, &[(one.id, foreign.clone())])
        .await
        .expect("stored");

    let found = async |case, id| case_files.case_chunk(case, id).await.expect("read");
    assert!(found(case, one.id).await == Some(one.bytes));
    assert!(found(other, one.id).await == Some(foreign));
    assert!(found(other, two.id).await.as_ref() == Some(&two.bytes));
    assert!(found(case, samples.id()).await.is_none());

    let mut short = samples.chunk();
    short.bytes.pop();
    case_files
        .put_case_chunks(case, &[(short.id, short.bytes)])
        .await
        .expect_err("no size of a chunk");
    let nobody = CaseId(samples.id());
    case_files
        .put_case_chunks(nobody, &[(two.id, two.bytes)])
        .await
        .expect_err("no case");
}

/// What is written again under the same id is written once.
pub async fn a_document_is_added_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(108);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let case = admission.case.id;
    let other = admitted(&*case_files, &mut samples).await;
    let new = samples.new_document(&admission, DocumentKind::Evidence);
    let mut second = samples.new_document(&admission, DocumentKind::Evidence);
    second.document.id = new.document.id;
    let has = async |case| {
        let found = case_files.has_document(case, new.document.id).await;
        found.expect("read")
    };
    let add = async |case, new: &NewDocument| {
        let added = case_files.add_document(case, new).await;
        added.expect("no error")
    };

    assert!(!has(case).await);
    assert_eq!(add(case, &new).await, Added::Now);
    assert_eq!(add(case, &second).await, Added::Before);
    second.recipient = samples.recipient();
    assert_eq!(add(case, &second).await, Added::Before);

    assert!(has(case).await);
    assert!(!has(other).await);
    let documents = case_files.documents(case).await.expect("read");
    assert_eq!(documents.len(), 2);
    assert!(documents.contains(&new.document));
    let nobody = CaseId(samples.id());
    let orphan = samples.new_document(&admission, DocumentKind::Evidence);
    assert_eq!(add(nobody, &orphan).await, Added::Outdated);
}
