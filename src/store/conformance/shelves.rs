//! Rules of the register by shelves.

use std::collections::BTreeSet;

use domain::catalogue::TermKey;
use jiff::civil::date;

use super::Fixture;
use super::casefiles::{admit, wrap_and_circle};
use super::samples::{Samples, classification, term};
use crate::casefiles::{Added, CaseFiles, DocumentKind};
use crate::rings::AccessChange;
use crate::shelves::{Mark, Shelf};
use crate::steps::{Followed, Stepped};

async fn marks(case_files: &dyn CaseFiles) -> Vec<(Shelf, Mark)> {
    case_files.marks().await.expect("read")
}

/// Asserts that this shelf changed since, and no other; gives the marks of now.
async fn only(
    case_files: &dyn CaseFiles,
    before: &[(Shelf, Mark)],
    shelf: Shelf,
    what: &str,
) -> Vec<(Shelf, Mark)> {
    let now = marks(case_files).await;
    let changed: Vec<Shelf> = before
        .iter()
        .zip(&now)
        .filter(|(before, now)| before != now)
        .map(|(_, (shelf, _))| *shelf)
        .collect();
    assert_eq!(changed, [shelf], "{what}");
    now
}

/// Whether or not it has cases, and no two are alike.
pub async fn every_shelf_has_a_mark(fixture: &dyn Fixture) {
    assert_all_differ(&*fixture.case_files().await).await;
}

async fn assert_all_differ(case_files: &dyn CaseFiles) {
    let marks = marks(case_files).await;
    let shelves: Vec<Shelf> = marks.iter().map(|(shelf, _)| *shelf).collect();
    assert_eq!(shelves, (0..=255).map(Shelf).collect::<Vec<_>>());
    let different: BTreeSet<[u8; 16]> = marks.iter().map(|(_, mark)| mark.0).collect();
    assert_eq!(different.len(), 256);
}

/// Each case lies on one shelf, as the register has it.
pub async fn shelves_hold_the_register(fixture: &dyn Fixture) {
    let mut samples = Samples::new(190);
    let case_files = fixture.case_files().await;
    let mut courses = BTreeSet::new();
    let mut documents = BTreeSet::new();
    for number in 0..40 {
        let admission = match number % 3 {
            0 => samples.admission(),
            1 => samples.bare_admission(),
            _ => samples.member_admission(),
        };
        admit(&*case_files, &admission).await;
        let case = admission.case;
        courses.insert((case.id, case.course));
        documents.insert((case.id, case.complaint.id));
        documents.extend(case.conflict.map(|conflict| (case.id, conflict.id)));
    }

    let mut register = case_files.register(None).await.expect("read");
    register.sort_by_key(|entry| entry.id);
    let mut found = Vec::new();
    let mut found_courses = BTreeSet::new();
    let mut found_documents = BTreeSet::new();
    for shelf in (0..=255).map(Shelf) {
        let entries = case_files.shelf(shelf).await.expect("read");
        assert!(entries.iter().all(|entry| Shelf::of(entry.id) == shelf));
        found.extend(entries);
        found_courses.extend(case_files.shelf_courses(shelf).await.expect("read"));
        found_documents.extend(case_files.shelf_documents(shelf).await.expect("read"));
    }
    assert_eq!(found, register);
    assert_eq!(found_courses, courses);
    assert_eq!(found_documents, documents);
}

/// Whichever way it is written; and nothing else is marked.
pub async fn whatever_changes_in_a_case_marks_its_shelf(fixture: &dyn Fixture) {
    let mut samples = Samples::new(191);
    let case_files = fixture.case_files().await;
    let files = &*case_files;
    let admission = samples.member_admission();
    let case = admission.case.id;
    let shelf = Shelf::of(case);

    let mut seen = marks(files).await;
    admit(files, &admission).await;
    seen = only(files, &seen, shelf, "it is admitted").await;

    let follow_up = samples.follow_up(&admission, 2);
    let followed = files.follow_up(&follow_up).await.expect("no error");
    assert_eq!(followed, Followed::Now);
    seen = only(files, &seen, shelf, "the person writes").await;

    let mut step = samples.step(&admission, 3);
    step.document = None;
    step.change.start = vec![term(TermKey::ALL[3], date(2026, 5, 4))];
    step.change.stop = vec![TermKey::ALL[0]];
    assert_eq!(files.step(&step).await.expect("no error"), Stepped::Now);
    seen = only(files, &seen, shelf, "the committee acts").await;

    let proposal = samples.new_document(&admission, DocumentKind::Proposal);
    let classified = files.classify(case, &classification(), &proposal).await;
    assert_eq!(classified.expect("no error"), Added::Now);
    seen = only(files, &seen, shelf, "it is classified").await;

    let document = samples.new_document(&admission, DocumentKind::Evidence);
    let added = files.add_document(case, &document).await;
    assert_eq!(added.expect("no error"), Added::Now);
    seen = only(files, &seen, shelf, "a document comes").await;

    let (_, circle) = wrap_and_circle(&admission);
    let change = AccessChange::of_circle(case, circle, samples.circle());
    assert!(files.change_access(&change).await.expect("no error"));
    seen = only(files, &seen, shelf, "others may open it").await;

    // What changes nothing marks nothing.
    assert!(!files.change_access(&change).await.expect("no error"));
    let again = files.add_document(case, &document).await;
    assert_eq!(again.expect("no error"), Added::Before);
    assert_eq!(marks(files).await, seen);

    assert!(files.delete_case(case).await.expect("no error"));
    only(files, &seen, shelf, "it is deleted").await;
}

/// The rewrite may draw marks anew; what they stand for is as it was.
pub async fn a_shuffle_leaves_every_shelf_as_it_was(fixture: &dyn Fixture) {
    let mut samples = Samples::new(192);
    let case_files = fixture.case_files().await;
    for _ in 0..10 {
        admit(&*case_files, &samples.admission()).await;
    }
    let mut before = Vec::new();
    for shelf in (0..=255).map(Shelf) {
        before.push(case_files.shelf(shelf).await.expect("read"));
    }

    case_files.shuffle().await.expect("shuffled");

    for (shelf, before) in (0..=255).map(Shelf).zip(before) {
        assert_eq!(case_files.shelf(shelf).await.expect("read"), before);
    }
    assert_all_differ(&*case_files).await;
}
