//! Rules of the sealed records.

use super::Fixture;
use super::samples::Samples;
use crate::records::{RecordId, RecordKind, SealedRecord};
use crate::rings::Resealed;

/// To the byte, under its kind, by its random id, and for the next process as well.
pub async fn a_record_reads_back(fixture: &dyn Fixture) {
    let mut samples = Samples::new(150);
    let case_files = fixture.case_files().await;
    let mut written: Vec<_> = [1024, 2048, 4096, 8192, 16_384, 32_768]
        .into_iter()
        .map(|size| SealedRecord {
            id: RecordId(samples.id()),
            sealed: samples.bytes(size),
        })
        .collect();
    for SealedRecord { id, sealed } in &written {
        let done = case_files.put_record(RecordKind::Member, *id, None, sealed);
        assert!(done.await.expect("no error"));
    }
    written.sort_by_key(|record| record.id);

    drop(case_files);
    let case_files = fixture.case_files().await;

    let kept = case_files.records(RecordKind::Member).await.expect("read");
    assert_eq!(kept, written);
    let one = &written[0];
    let found = case_files.record(RecordKind::Member, one.id).await;
    assert_eq!(found.expect("read").as_ref(), Some(one));
    let found = case_files.record(RecordKind::Act, one.id).await;
    assert_eq!(found.expect("read"), None);
    let acts = case_files.records(RecordKind::Act).await.expect("read");
    assert!(acts.is_empty());
}

/// Two members who read the same record do not overwrite one another.
pub async fn a_record_gives_way_to_whoever_read_it(fixture: &dyn Fixture) {
    let mut samples = Samples::new(151);
    let case_files = fixture.case_files().await;
    let id = RecordId(samples.id());
    let [one, two, three] = [samples.circle(), samples.circle(), samples.circle()];
    let put = async |expected: Option<&[u8]>, sealed: &[u8]| {
        let done = case_files.put_record(RecordKind::Act, id, expected, sealed);
        done.await.expect("no error")
    };
    let kept = async || {
        let kept = case_files.record(RecordKind::Act, id).await.expect("read");
        kept.map(|record| record.sealed)
    };

    assert!(!put(Some(&one), &two).await);
    assert_eq!(kept().await, None);
    assert!(put(None, &one).await);
    assert!(!put(None, &two).await);
    assert!(!put(Some(&three), &two).await);
    assert_eq!(kept().await.as_ref(), Some(&one));
    assert!(put(Some(&one), &two).await);
    assert_eq!(kept().await.as_ref(), Some(&two));

    let remove = async |expected: &[u8]| {
        let done = case_files.remove_record(RecordKind::Act, id, expected);
        done.await.expect("no error")
    };
    assert!(!remove(&one).await);
    assert_eq!(kept().await.as_ref(), Some(&two));
    assert!(remove(&two).await);
    assert_eq!(kept().await, None);
    assert!(!remove(&two).await);
}

/// Two processes change the same record: one of them comes too late.
pub async fn two_processes_change_a_record_one_after_the_other(fixture: &dyn Fixture) {
    let mut samples = Samples::new(152);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    let (kind, id) = (RecordKind::Member, RecordId(samples.id()));
    let mut kept: Option<Vec<u8>> = None;
    for _ in 0..10 {
        let (left, right) = (samples.circle(), samples.circle());

        let outcomes = tokio::join!(
            one.put_record(kind, id, kept.as_deref(), &left),
            other.put_record(kind, id, kept.as_deref(), &right)
        );

        let outcomes = (outcomes.0.expect("no error"), outcomes.1.expect("no error"));
        assert_ne!(outcomes.0, outcomes.1, "one of them, and only one");
        let written = if outcomes.0 { left } else { right };
        let found = one.record(kind, id).await.expect("read").expect("written");
        assert_eq!(found.sealed, written);
        kept = Some(written);
    }
}

/// A record and a secret are written both or neither.
pub async fn a_record_and_a_secret_change_together(fixture: &dyn Fixture) {
    let mut samples = Samples::new(155);
    let case_files = fixture.case_files().await;
    let (kind, id) = (RecordKind::Member, RecordId(samples.id()));
    let [one, two] = [samples.circle(), samples.circle()];
    case_files.keep_secret("state", b"1").await.expect("kept");
    let put = async |expected: Option<&[u8]>, sealed: &[u8], old: &[u8], new: &[u8]| {
        let anew = Resealed { old, new };
        let done = case_files.put_record_and_secret(kind, id, expected, sealed, "state", anew);
        done.await.expect("no error")
    };
    let kept = async || {
        let record = case_files.record(kind, id).await.expect("read");
        let secret = case_files.secret("state").await.expect("read");
        (record.map(|record| record.sealed), secret.expect("kept"))
    };

    assert!(!put(None, &one, b"0", b"2").await, "another secret");
    assert!(!put(Some(&two), &one, b"1", b"2").await, "no such record");
    assert_eq!(kept().await, (None, b"1".to_vec()));
    assert!(put(None, &one, b"1", b"2").await);
    assert_eq!(kept().await, (Some(one.clone()), b"2".to_vec()));
    assert!(!put(None, &two, b"2", b"3").await, "there is one");
    assert!(!put(Some(&one), &two, b"1", b"3").await, "another secret");
    assert!(!put(Some(&two), &two, b"2", b"3").await, "another record");
    assert_eq!(kept().await, (Some(one.clone()), b"2".to_vec()));
    assert!(put(Some(&one), &two, b"2", b"3").await);

    drop(case_files);
    let case_files = fixture.case_files().await;
    let record = case_files.record(kind, id).await.expect("read");
    assert_eq!(record.map(|record| record.sealed), Some(two));
    let secret = case_files.secret("state").await.expect("read");
    assert_eq!(secret, Some(b"3".to_vec()));
}

/// A size that is none of the few would tell something of what is inside.
pub async fn what_is_no_record_size_is_refused(fixture: &dyn Fixture) {
    let mut samples = Samples::new(153);
    let case_files = fixture.case_files().await;
    for length in [0, 1, 1023, 1025, 65_536] {
        let id = RecordId(samples.id());
        let sealed = samples.bytes(length);
        case_files
            .put_record(RecordKind::Member, id, None, &sealed)
            .await
            .expect_err("no size of a record");
    }
}

/// Only places change.
pub async fn a_shuffle_changes_no_record(fixture: &dyn Fixture) {
    let mut samples = Samples::new(154);
    let case_files = fixture.case_files().await;
    for kind in [RecordKind::Act, RecordKind::Member].repeat(5) {
        let id = RecordId(samples.id());
        let sealed = samples.circle();
        let done = case_files.put_record(kind, id, None, &sealed).await;
        assert!(done.expect("no error"));
    }
    let before = case_files.records(RecordKind::Act).await.expect("read");
    assert_eq!(before.len(), 5);

    case_files.shuffle().await.expect("shuffled");

    let after = case_files.records(RecordKind::Act).await.expect("read");
    assert_eq!(after, before);
}
