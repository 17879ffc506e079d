//! Rules of what the committee writes, and of what a message or a reply changes in its case.

use domain::case::CaseState;
use domain::catalogue::TermKey;
use jiff::civil::date;

use super::Fixture;
use super::samples::{Samples, TODAY, term};
use crate::casefiles::{Admission, Admitted, CaseFiles, CaseHandle, Followed, RegisterEntry};

const ALL: u32 = 10_000;

async fn admitted(case_files: &dyn CaseFiles, samples: &mut Samples) -> Admission {
    let admission = samples.admission();
    let outcome = case_files.admit(&admission).await.expect("admitted");
    assert_eq!(outcome, Admitted::Now);
    admission
}

async fn handle(case_files: &dyn CaseFiles, admission: &Admission) -> CaseHandle {
    let hash = admission.case.lookup_hash;
    let handle = case_files.case_of(hash).await.expect("read");
    handle.expect("a case")
}

async fn entry(case_files: &dyn CaseFiles, admission: &Admission) -> RegisterEntry {
    let folio = admission.case.folio;
    let entry = case_files.case(folio).await.expect("read");
    entry.expect("a case")
}

/// The document, the entry, the state, the terms: all in one.
pub async fn a_reply_changes_its_case(fixture: &dyn Fixture) {
    let mut samples = Samples::new(130);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut reply = samples.committee_reply(&admission, 2);
    reply.state = Some((CaseState::UnderReview, CaseState::NeedsInformation));
    reply.start = Some(term(TermKey::ALL[2], date(2026, 3, 25)));
    reply.stop = Some(TermKey::ALL[0]);

    let outcome = case_files.reply(&reply).await.expect("no error");

    assert_eq!(outcome, Followed::Now);
    let handle = handle(&*case_files, &admission).await;
    assert_eq!(handle.next_position, 3);
    assert_eq!(handle.state, CaseState::NeedsInformation);
    let entry = entry(&*case_files, &admission).await;
    assert_eq!(entry.messages, 0, "only the complainant's are counted");
    assert_eq!(
        entry.terms,
        [reply.start.expect("it has one"), admission.case.terms[1]]
    );
    let documents = case_files.documents(admission.case.id).await.expect("read");
    let written = reply.document.as_ref().map(|new| &new.document);
    assert_eq!(documents.last(), written);
    let outbox = case_files.outbox(ALL).await.expect("read");
    assert!(outbox.contains(&reply.entry));
}

/// A message that answers a request moves the case in the same way.
pub async fn a_message_changes_its_case(fixture: &dyn Fixture) {
    let mut samples = Samples::new(131);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut answer = samples.follow_up(&admission, 2);
    answer.state = Some((CaseState::UnderReview, CaseState::Registered));
    answer.start = Some(term(TermKey::ALL[1], date(2026, 4, 1)));
    answer.stop = Some(TermKey::ALL[0]);

    let outcome = case_files.follow_up(&answer).await.expect("no error");

    assert_eq!(outcome, Followed::Now);
    let entry = entry(&*case_files, &admission).await;
    assert_eq!(entry.state, CaseState::Registered);
    assert_eq!(entry.messages, 1);
    // The one that ran already runs to its new day.
    assert_eq!(entry.terms, [answer.start.expect("it has one")]);
}

/// A template notice has no document of its own and may change nothing.
pub async fn a_reply_may_be_an_entry_alone(fixture: &dyn Fixture) {
    let mut samples = Samples::new(132);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut reply = samples.committee_reply(&admission, 2);
    reply.document = None;
    // It does not run, which is no error.
    reply.stop = Some(TermKey::ALL[3]);

    let outcome = case_files.reply(&reply).await.expect("no error");

    assert_eq!(outcome, Followed::Now);
    let entry = entry(&*case_files, &admission).await;
    assert_eq!(entry.state, admission.case.state);
    assert_eq!(entry.terms, admission.case.terms);
    let documents = case_files.documents(admission.case.id).await.expect("read");
    assert_eq!(documents, std::slice::from_ref(&admission.case.complaint));
}

/// For a position that is taken or not reached, and for a case that stands elsewhere.
pub async fn a_reply_that_comes_too_late_leaves_nothing_behind(fixture: &dyn Fixture) {
    let mut samples = Samples::new(133);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    for (position, from) in [
        (1, CaseState::UnderReview),
        (3, CaseState::UnderReview),
        (2, CaseState::Registered),
    ] {
        let mut reply = samples.committee_reply(&admission, position);
        reply.state = Some((from, CaseState::NeedsInformation));
        reply.start = Some(term(TermKey::ALL[2], date(2026, 3, 25)));
        reply.stop = Some(TermKey::ALL[0]);
        let mut message = samples.follow_up(&admission, position);
        message.state = reply.state;
        message.stop = reply.stop;

        let outcome = case_files.reply(&reply).await.expect("no error");
        assert_eq!(outcome, Followed::PositionTaken, "{position}, {from:?}");
        let outcome = case_files.follow_up(&message).await.expect("no error");
        assert_eq!(outcome, Followed::PositionTaken, "{position}, {from:?}");

        let entry = entry(&*case_files, &admission).await;
        assert_eq!(entry.state, CaseState::UnderReview);
        assert_eq!(entry.terms, admission.case.terms);
        assert_eq!(entry.messages, 0);
        let documents = case_files.documents(admission.case.id).await.expect("read");
        assert_eq!(documents.len(), 1);
        assert_eq!(case_files.outbox(ALL).await.expect("read").len(), 1);
        let seen = case_files
            .has_seen(message.envelope_id)
            .await
            .expect("read");
        assert!(!seen);
    }
}

/// Two processes write at the same time.
pub async fn two_replies_take_two_positions(fixture: &dyn Fixture) {
    let mut samples = Samples::new(134);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    let admission = admitted(&*one, &mut samples).await;
    for position in 2..12 {
        let left = samples.committee_reply(&admission, position);
        let right = samples.follow_up(&admission, position);

        let outcomes = tokio::join!(one.reply(&left), other.follow_up(&right));

        let mut outcomes = [outcomes.0.expect("no error"), outcomes.1.expect("no error")];
        outcomes.sort_by_key(|outcome| *outcome != Followed::Now);
        assert_eq!(outcomes, [Followed::Now, Followed::PositionTaken]);
    }
    assert_eq!(one.outbox(ALL).await.expect("read").len(), 11);
}

/// Of that term, up to and with that day, and no longer once it is stopped.
pub async fn cases_are_due_by_term_and_day(fixture: &dyn Fixture) {
    let mut samples = Samples::new(135);
    let case_files = fixture.case_files().await;
    let key = TermKey::ALL[0];
    let mut admissions = Vec::new();
    for day in [10, 20, 21] {
        let mut admission = samples.admission();
        admission.case.terms = vec![
            term(key, date(2026, 4, day)),
            term(TermKey::ALL[1], date(2026, 4, 1)),
        ];
        case_files.admit(&admission).await.expect("admitted");
        admissions.push(admission);
    }
    let due = async |by, limit| {
        let due = case_files.due(key, by, None, limit).await.expect("read");
        due.into_iter().map(|case| case.id).collect::<Vec<_>>()
    };
    let sorted = |cases: &[Admission]| {
        let mut ids: Vec<_> = cases.iter().map(|one| one.case.id).collect();
        ids.sort();
        ids
    };

    assert_eq!(due(date(2026, 4, 9), ALL).await, []);
    assert_eq!(due(date(2026, 4, 20), ALL).await, sorted(&admissions[..2]));
    assert_eq!(due(date(2027, 1, 1), ALL).await, sorted(&admissions));
    assert_eq!(due(date(2027, 1, 1), 2).await, sorted(&admissions)[..2]);
    let mut paged = Vec::new();
    while let Some(case) = {
        let page = case_files.due(key, date(2027, 1, 1), paged.last().copied(), 1);
        page.await.expect("read").pop()
    } {
        paged.push(case.id);
    }
    assert_eq!(paged, sorted(&admissions));
    let handles = case_files.due(
        key,
        TODAY.saturating_add(jiff::Span::new().days(24)),
        None,
        ALL,
    );
    let handles = handles.await.expect("read");
    assert_eq!(handles, [handle(&*case_files, &admissions[0]).await]);

    let mut reply = samples.committee_reply(&admissions[0], 2);
    reply.stop = Some(key);
    case_files.reply(&reply).await.expect("no error");
    assert_eq!(due(date(2026, 4, 20), ALL).await, sorted(&admissions[1..2]));
}
