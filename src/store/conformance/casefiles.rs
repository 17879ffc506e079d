//! Rules of the case files.

use std::iter;

use domain::catalogue::TermKey;
use jiff::civil::date;

use super::Fixture;
use super::samples::{Samples, term};
use crate::casefiles::{Admission, Admitted, CaseFiles, RegisterEntry};
use crate::rings::NewAccess;
use crate::steps::Followed;

/// More than any rule writes.
pub(super) const ALL: u32 = 10_000;

pub(super) async fn admit(case_files: &dyn CaseFiles, admission: &Admission) {
    let admitted = case_files.admit(admission).await.expect("admitted");
    assert_eq!(admitted, Admitted::Now);
}

/// What the committee's key opens of a case that was just admitted, and the circle of its members.
pub(super) fn wrap_and_circle(admission: &Admission) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
    match &admission.case.access {
        NewAccess::Committee { wrap } => (Some(wrap.clone()), None),
        NewAccess::Members { circle, .. } => (None, Some(circle.clone())),
    }
}

/// What the register says of a case that was just admitted.
pub(super) fn entry_of(admission: &Admission) -> RegisterEntry {
    let case = &admission.case;
    RegisterEntry {
        id: case.id,
        folio: case.folio,
        received_on: case.received_on,
        state: case.state,
        ooad: case.ooad,
        umae: case.umae,
        classification: None,
        terms: case.terms.clone(),
        messages: 0,
        circle: wrap_and_circle(admission).1,
    }
}

/// Asserts that nothing of an admission was written.
pub(super) async fn assert_absent(case_files: &dyn CaseFiles, admission: &Admission) {
    let case = &admission.case;
    assert!(
        !case_files
            .has_seen(admission.envelope_id)
            .await
            .expect("read")
    );
    assert!(
        case_files
            .documents(case.id)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(
        case_files.committee_wrap(case.id).await.expect("read"),
        None
    );
    let outbox = case_files.outbox(ALL).await.expect("read");
    assert!(!outbox.contains(&admission.reply));
    let register = case_files.register(None).await.expect("read");
    assert!(register.iter().all(|entry| entry.id != case.id));
}

/// What goes in comes out, by each of the ways to ask for it.
pub async fn what_is_admitted_reads_back(fixture: &dyn Fixture) {
    let mut samples = Samples::new(50);
    let case_files = fixture.case_files().await;
    for admission in [
        samples.admission(),
        samples.bare_admission(),
        samples.member_admission(),
    ] {
        admit(&*case_files, &admission).await;

        let case = &admission.case;
        assert!(
            case_files
                .has_seen(admission.envelope_id)
                .await
                .expect("read")
        );
        let handle = case_files
            .case_of(case.lookup_hash)
            .await
            .expect("read")
            .expect("a case");
        assert_eq!(handle.id, case.id);
        assert_eq!(handle.folio, case.folio);
        assert_eq!(handle.state, case.state);
        assert_eq!(handle.recipient, case.recipient);
        assert_eq!(handle.service_record, case.service_record);
        assert_eq!(handle.next_position, 2);
        assert!(!handle.classified);
        let (wrap, circle) = wrap_and_circle(&admission);
        assert_eq!(handle.circle, circle);
        let named = case_files.handle(case.id).await.expect("read");
        assert_eq!(named, Some(handle));
        let entry = case_files.case(case.folio).await.expect("read");
        assert_eq!(entry, Some(entry_of(&admission)));
        let mut documents = case_files.documents(case.id).await.expect("read");
        documents.sort_by_key(|document| document.kind);
        let expected = iter::once(&case.complaint).chain(&case.conflict);
        assert!(documents.iter().eq(expected), "{documents:?}");
        let kept = case_files.committee_wrap(case.id).await.expect("read");
        assert_eq!(kept, wrap);
        assert!(
            case_files
                .outbox(ALL)
                .await
                .expect("read")
                .contains(&admission.reply)
        );
    }
}

/// Triage crashed after admitting and opens the envelope again, under a newly drawn folio and case.
pub async fn an_envelope_is_admitted_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(51);
    let case_files = fixture.case_files().await;
    let first = samples.admission();
    let mut second = samples.admission();
    second.envelope_id = first.envelope_id;
    admit(&*case_files, &first).await;

    let again = case_files.admit(&second).await.expect("no error");

    assert_eq!(again, Admitted::Before);
    assert_eq!(
        case_files.register(None).await.expect("read"),
        [entry_of(&first)]
    );
    assert_eq!(case_files.outbox(ALL).await.expect("read"), [first.reply]);
}

/// So that the folio is drawn again, and the envelope still counts as not seen.
pub async fn a_taken_folio_leaves_nothing_behind(fixture: &dyn Fixture) {
    let mut samples = Samples::new(52);
    let case_files = fixture.case_files().await;
    let first = samples.admission();
    let mut second = samples.admission();
    second.case.folio = first.case.folio;
    admit(&*case_files, &first).await;

    let taken = case_files.admit(&second).await.expect("no error");

    assert_eq!(taken, Admitted::FolioTaken);
    assert_absent(&*case_files, &second).await;
    second.case.folio = samples.folio(2026);
    admit(&*case_files, &second).await;
}

/// A mailbox belongs to one case.
pub async fn a_taken_mailbox_leaves_nothing_behind(fixture: &dyn Fixture) {
    let mut samples = Samples::new(53);
    let case_files = fixture.case_files().await;
    let first = samples.admission();
    let mut second = samples.admission();
    second.case.lookup_hash = first.case.lookup_hash;
    admit(&*case_files, &first).await;

    let taken = case_files.admit(&second).await.expect("no error");

    assert_eq!(taken, Admitted::MailboxTaken);
    assert_absent(&*case_files, &second).await;
}

/// Two triage processes opened the same envelope.
pub async fn two_processes_admit_an_envelope_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(54);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    for count in 1..=10 {
        let left = samples.admission();
        let mut right = samples.admission();
        right.envelope_id = left.envelope_id;

        let outcomes = tokio::join!(one.admit(&left), other.admit(&right));

        let mut outcomes = [outcomes.0.expect("no error"), outcomes.1.expect("no error")];
        outcomes.sort_by_key(|outcome| *outcome != Admitted::Now);
        assert_eq!(outcomes, [Admitted::Now, Admitted::Before]);
        assert_eq!(one.register(None).await.expect("read").len(), count);
    }
}

/// Of one year or of all.
pub async fn the_register_comes_by_folio_and_year(fixture: &dyn Fixture) {
    let mut samples = Samples::new(65);
    let case_files = fixture.case_files().await;
    let mut admissions = Vec::new();
    for year in [2026, 2025, 2026, 2025, 2026] {
        let mut admission = if year == 2025 {
            samples.bare_admission()
        } else {
            samples.admission()
        };
        admission.case.folio = samples.folio(year);
        admit(&*case_files, &admission).await;
        admissions.push(admission);
    }
    admissions.sort_by_key(|admission| admission.case.folio);
    let entries: Vec<_> = admissions.iter().map(entry_of).collect();

    assert_eq!(case_files.register(None).await.expect("read"), entries);
    assert_eq!(
        case_files.register(Some(2025)).await.expect("read"),
        entries[..2]
    );
    assert_eq!(
        case_files.register(Some(2026)).await.expect("read"),
        entries[2..]
    );
    assert!(
        case_files
            .register(Some(2024))
            .await
            .expect("read")
            .is_empty()
    );
}

/// The next one first, in whatever order they were written.
pub async fn terms_come_by_the_day_they_end(fixture: &dyn Fixture) {
    let mut samples = Samples::new(66);
    let case_files = fixture.case_files().await;
    let mut admission = samples.admission();
    let late = term(TermKey::ALL[0], date(2027, 1, 4));
    let soon = term(TermKey::ALL[2], date(2026, 3, 19));
    let middle = term(TermKey::ALL[1], date(2026, 12, 31));
    admission.case.terms = vec![late, soon, middle];
    admit(&*case_files, &admission).await;

    let entry = case_files
        .case(admission.case.folio)
        .await
        .expect("read")
        .expect("a case");

    assert_eq!(entry.terms, [soon, middle, late]);
}

/// In whatever order they were written.
pub async fn documents_come_by_day(fixture: &dyn Fixture) {
    let mut samples = Samples::new(67);
    let case_files = fixture.case_files().await;
    let mut admission = samples.admission();
    admission.case.complaint.written_on = date(2026, 3, 30);
    admit(&*case_files, &admission).await;
    for (position, day) in [
        (2, date(2026, 3, 29)),
        (3, date(2026, 4, 2)),
        (4, date(2025, 12, 31)),
    ] {
        let mut follow_up = samples.follow_up(&admission, position);
        follow_up.document.document.written_on = day;
        assert_eq!(
            case_files.follow_up(&follow_up).await.expect("no error"),
            Followed::Now
        );
    }

    let documents = case_files.documents(admission.case.id).await.expect("read");

    let days: Vec<_> = documents
        .iter()
        .map(|document| document.written_on)
        .collect();
    let expected = [
        date(2025, 12, 31),
        date(2026, 3, 29),
        date(2026, 3, 30),
        date(2026, 4, 2),
    ];
    assert_eq!(days, expected);
}

/// Absence is `None` or an empty list.
pub async fn an_unknown_case_has_nothing(fixture: &dyn Fixture) {
    let mut samples = Samples::new(68);
    let case_files = fixture.case_files().await;
    let nobody = samples.admission().case;
    assert_eq!(case_files.case(nobody.folio).await.expect("read"), None);
    assert!(
        case_files
            .documents(nobody.id)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(
        case_files.committee_wrap(nobody.id).await.expect("read"),
        None
    );
    assert!(case_files.register(None).await.expect("read").is_empty());
    assert_eq!(case_files.secret("none").await.expect("read"), None);
    case_files
        .delivered(&[(samples.id(), 1)])
        .await
        .expect("no error");
}

/// Whoever comes later gets what the first has kept.
pub async fn the_first_secret_is_kept(fixture: &dyn Fixture) {
    let case_files = fixture.case_files().await;
    for late in [b"first".as_slice(), b"second"] {
        assert_eq!(
            case_files.keep_secret("lookup", late).await.expect("kept"),
            b"first"
        );
    }
    assert_eq!(
        case_files
            .keep_secret("other", b"third")
            .await
            .expect("kept"),
        b"third"
    );
    let secret = case_files.secret("lookup").await.expect("read");
    assert_eq!(secret.as_deref(), Some(b"first".as_slice()));
}

/// Only what was read may be replaced, and only what is there.
pub async fn a_secret_gives_way_to_whoever_read_it(fixture: &dyn Fixture) {
    let case_files = fixture.case_files().await;
    case_files
        .keep_secret("lookup", b"one")
        .await
        .expect("kept");
    for (name, expected, sealed, is_written) in [
        ("lookup", b"one".as_slice(), b"two".as_slice(), true),
        ("lookup", b"one", b"three", false),
        ("other", b"one", b"two", false),
    ] {
        let done = case_files.replace_secret(name, expected, sealed).await;
        assert_eq!(done.expect("no error"), is_written, "{name}");
    }
    let secret = case_files.secret("lookup").await.expect("read");
    assert_eq!(secret.as_deref(), Some(b"two".as_slice()));
    assert_eq!(case_files.secret("other").await.expect("read"), None);
}

/// Processes that start together for the first time agree.
pub async fn two_processes_keep_one_secret(fixture: &dyn Fixture) {
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        let (left, right) = tokio::join!(
            one.keep_secret(name, b"left"),
            other.keep_secret(name, b"right")
        );
        let kept = left.expect("kept");
        assert_eq!(right.expect("kept"), kept);
        assert_eq!(one.secret(name).await.expect("read"), Some(kept));
    }
}

/// What was committed is there for the next process.
pub async fn the_case_files_outlive_their_process(fixture: &dyn Fixture) {
    let mut samples = Samples::new(69);
    let admission = samples.admission();
    let before = fixture.case_files().await;
    admit(&*before, &admission).await;
    drop(before);

    let after = fixture.case_files().await;

    assert_eq!(
        after.register(None).await.expect("read"),
        [entry_of(&admission)]
    );
    assert_eq!(after.outbox(ALL).await.expect("read"), [admission.reply]);
}

/// Only places change.
pub async fn a_shuffle_changes_no_case(fixture: &dyn Fixture) {
    let mut samples = Samples::new(70);
    let case_files = fixture.case_files().await;
    let mut admissions = Vec::new();
    for _ in 0..10 {
        let admission = samples.admission();
        admit(&*case_files, &admission).await;
        admissions.push(admission);
    }
    case_files
        .keep_secret("lookup", b"kept")
        .await
        .expect("kept");
    let register = case_files.register(None).await.expect("read");
    let outbox = case_files.outbox(ALL).await.expect("read");

    for _ in 0..2 {
        case_files.shuffle().await.expect("shuffled");
    }

    assert_eq!(case_files.register(None).await.expect("read"), register);
    assert_eq!(case_files.outbox(ALL).await.expect("read"), outbox);
    for admission in &admissions {
        assert!(
            case_files
                .has_seen(admission.envelope_id)
                .await
                .expect("read")
        );
        let case = &admission.case;
        let documents = case_files.documents(case.id).await.expect("read");
        assert_eq!(documents, std::slice::from_ref(&case.complaint));
        let wrap = case_files.committee_wrap(case.id).await.expect("read");
        assert_eq!(wrap, wrap_and_circle(admission).0);
    }
    let secret = case_files.secret("lookup").await.expect("read");
    assert_eq!(secret.as_deref(), Some(b"kept".as_slice()));
    admit(&*case_files, &samples.admission()).await;
}

/// Readiness asks this.
pub async fn the_case_files_answer(fixture: &dyn Fixture) {
    fixture.case_files().await.ping().await.expect("answers");
}
