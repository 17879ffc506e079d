//! Rules of the audit log.

use super::Fixture;
use super::samples::Samples;
use crate::log::StoredEntry;

/// More than any rule writes.
const ALL: u32 = 10_000;

/// By position, in pages, and for the next process as well.
pub async fn the_log_reads_back(fixture: &dyn Fixture) {
    let mut samples = Samples::new(160);
    let case_files = fixture.case_files().await;
    assert_eq!(case_files.log_head().await.expect("read"), None);
    let entries: Vec<StoredEntry> = (0..5).map(|position| samples.log_entry(position)).collect();
    for entry in &entries {
        assert!(case_files.append_log(entry).await.expect("no error"));
        let head = case_files.log_head().await.expect("read");
        assert_eq!(head.as_ref(), Some(entry));
    }

    drop(case_files);
    let case_files = fixture.case_files().await;

    for (from, limit, expected) in [
        (0, ALL, &entries[..]),
        (0, 2, &entries[..2]),
        (3, ALL, &entries[3..]),
        (5, ALL, &[]),
        (u64::MAX, ALL, &[]),
        (0, 0, &[]),
    ] {
        let found = case_files.log_entries(from, limit).await.expect("read");
        assert_eq!(found, expected, "{limit} from {from}");
    }
}

/// A place is taken once, and none is left out.
pub async fn an_entry_takes_the_next_place(fixture: &dyn Fixture) {
    let mut samples = Samples::new(161);
    let case_files = fixture.case_files().await;
    let first = samples.log_entry(0);
    let second = samples.log_entry(1);
    let mut append = async |position| {
        let entry = samples.log_entry(position);
        case_files.append_log(&entry).await.expect("no error")
    };

    assert!(!append(1).await, "before the first");
    assert!(case_files.append_log(&first).await.expect("no error"));
    assert!(!append(0).await, "in a place that is taken");
    assert!(!append(2).await, "past a gap");
    assert!(!append(u64::MAX).await, "past all places");
    assert!(case_files.append_log(&second).await.expect("no error"));

    let kept = case_files.log_entries(0, ALL).await.expect("read");
    assert_eq!(kept, [first, second]);
}

/// Two processes chain to the same head: one of them has to chain anew.
pub async fn two_processes_take_two_places(fixture: &dyn Fixture) {
    let mut samples = Samples::new(162);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    for position in 0..10 {
        let (left, right) = (samples.log_entry(position), samples.log_entry(position));

        let outcomes = tokio::join!(one.append_log(&left), other.append_log(&right));

        let outcomes = (outcomes.0.expect("no error"), outcomes.1.expect("no error"));
        assert_ne!(outcomes.0, outcomes.1, "one of them, and only one");
    }
    let kept = one.log_entries(0, ALL).await.expect("read");
    assert!(kept.iter().map(|entry| entry.position).eq(0..10));
}

/// Whoever works on the database itself is refused as well, unless they take the table apart.
pub async fn no_statement_changes_or_deletes_an_entry(fixture: &dyn Fixture) {
    let mut samples = Samples::new(163);
    let case_files = fixture.case_files().await;
    let entry = samples.log_entry(0);
    assert!(case_files.append_log(&entry).await.expect("no error"));

    let taken = fixture.tamper_with_the_log().await;

    assert_eq!(taken, Vec::<&str>::new(), "these were not refused");
    let kept = case_files.log_entries(0, ALL).await.expect("read");
    assert_eq!(kept, [entry]);
}

/// An entry is always of one size.
pub async fn what_is_no_entry_of_the_log_is_refused(fixture: &dyn Fixture) {
    let mut samples = Samples::new(164);
    let case_files = fixture.case_files().await;
    for length in [0, 1023, 1025, 2048] {
        let mut entry = samples.log_entry(0);
        entry.sealed = samples.bytes(length);
        case_files
            .append_log(&entry)
            .await
            .expect_err("no size of an entry");
    }
}

/// Its order is the order of the committee's own acts, and stays.
pub async fn a_shuffle_leaves_the_log_whole(fixture: &dyn Fixture) {
    let mut samples = Samples::new(165);
    let case_files = fixture.case_files().await;
    let entries: Vec<StoredEntry> = (0..5).map(|position| samples.log_entry(position)).collect();
    for entry in &entries {
        assert!(case_files.append_log(entry).await.expect("no error"));
    }

    case_files.shuffle().await.expect("shuffled");

    let kept = case_files.log_entries(0, ALL).await.expect("read");
    assert_eq!(kept, entries);
    let next = samples.log_entry(5);
    assert!(case_files.append_log(&next).await.expect("no error"));
}
