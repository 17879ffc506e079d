//! Rules of what the committee does in a case, and of what a message or a step changes in it.

use domain::case::CaseState;
use domain::catalogue::{Risk, TermKey};
use domain::routing::{Mediation, Priority, Urgency};
use jiff::civil::date;

use super::Fixture;
use super::samples::{Samples, TODAY, classification, hidden, term};
use crate::casefiles::{
    Added, Admission, Admitted, CaseFiles, CaseHandle, Classification, DocumentKind, Finding,
    RegisterEntry,
};
use crate::steps::{Confirmed, Followed, NewCourse, Stepped};

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
pub async fn a_step_changes_its_case(fixture: &dyn Fixture) {
    let mut samples = Samples::new(130);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut step = samples.step(&admission, 2);
    step.change.state = Some((CaseState::UnderReview, CaseState::NeedsInformation));
    step.change.start = vec![term(TermKey::ALL[2], date(2026, 3, 25))];
    step.change.stop = vec![TermKey::ALL[0]];

    let outcome = case_files.step(&step).await.expect("no error");

    assert_eq!(outcome, Stepped::Now);
    let handle = handle(&*case_files, &admission).await;
    assert_eq!(handle.next_position, 3);
    assert_eq!(handle.state, CaseState::NeedsInformation);
    let entry = entry(&*case_files, &admission).await;
    assert_eq!(entry.messages, 0, "only the complainant's are counted");
    assert_eq!(entry.terms, [step.change.start[0], admission.case.terms[1]]);
    let documents = case_files.documents(admission.case.id).await.expect("read");
    let written = step.document.as_ref().map(|new| &new.document);
    assert_eq!(documents.last(), written);
    let outbox = case_files.outbox(ALL).await.expect("read");
    assert!(outbox.contains(step.entry.as_ref().expect("it has one")));
}

/// A message that answers a request moves the case in the same way.
pub async fn a_message_changes_its_case(fixture: &dyn Fixture) {
    let mut samples = Samples::new(131);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut answer = samples.follow_up(&admission, 2);
    answer.change.state = Some((CaseState::UnderReview, CaseState::Registered));
    answer.change.start = vec![term(TermKey::ALL[1], date(2026, 4, 1))];
    answer.change.stop = vec![TermKey::ALL[0]];

    let outcome = case_files.follow_up(&answer).await.expect("no error");

    assert_eq!(outcome, Followed::Now);
    let entry = entry(&*case_files, &admission).await;
    assert_eq!(entry.state, CaseState::Registered);
    assert_eq!(entry.messages, 1);
    // The one that ran already runs to its new day.
    assert_eq!(entry.terms, [answer.change.start[0]]);
}

/// A template notice has no document of its own and may change nothing.
pub async fn a_step_may_be_an_entry_alone(fixture: &dyn Fixture) {
    let mut samples = Samples::new(132);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut step = samples.step(&admission, 2);
    step.document = None;
    // It does not run, which is no error.
    step.change.stop = vec![TermKey::ALL[3]];

    let outcome = case_files.step(&step).await.expect("no error");

    assert_eq!(outcome, Stepped::Now);
    let entry = entry(&*case_files, &admission).await;
    assert_eq!(entry.state, admission.case.state);
    assert_eq!(entry.terms, admission.case.terms);
    let documents = case_files.documents(admission.case.id).await.expect("read");
    assert_eq!(documents, std::slice::from_ref(&admission.case.complaint));
}

/// For a position that is taken or not reached, and for a case that stands elsewhere.
pub async fn a_step_that_comes_too_late_leaves_nothing_behind(fixture: &dyn Fixture) {
    let mut samples = Samples::new(133);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    for (position, from) in [
        (1, CaseState::UnderReview),
        (3, CaseState::UnderReview),
        (2, CaseState::Registered),
    ] {
        let mut step = samples.step(&admission, position);
        step.change.state = Some((from, CaseState::NeedsInformation));
        step.change.start = vec![term(TermKey::ALL[2], date(2026, 3, 25))];
        step.change.stop = vec![TermKey::ALL[0]];
        let mut message = samples.follow_up(&admission, position);
        message.change = step.change.clone();

        let outcome = case_files.step(&step).await.expect("no error");
        assert_eq!(outcome, Stepped::Outdated, "{position}, {from:?}");
        let outcome = case_files.follow_up(&message).await.expect("no error");
        assert_eq!(outcome, Followed::Outdated, "{position}, {from:?}");

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
pub async fn two_steps_take_two_positions(fixture: &dyn Fixture) {
    let mut samples = Samples::new(134);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    let admission = admitted(&*one, &mut samples).await;
    for position in 2..12 {
        let left = samples.step(&admission, position);
        let right = samples.follow_up(&admission, position);

        let outcomes = tokio::join!(one.step(&left), other.follow_up(&right));

        match (outcomes.0.expect("no error"), outcomes.1.expect("no error")) {
            (Stepped::Now, Followed::Outdated) | (Stepped::Outdated, Followed::Now) => {}
            both => panic!("{both:?}"),
        }
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

    let mut step = samples.step(&admissions[0], 2);
    step.change.stop = vec![key];
    case_files.step(&step).await.expect("no error");
    assert_eq!(due(date(2026, 4, 20), ALL).await, sorted(&admissions[1..2]));
}

/// A step that the person hears nothing of takes no place in the mailbox.
pub async fn a_step_may_be_unheard(fixture: &dyn Fixture) {
    let mut samples = Samples::new(136);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut step = samples.step(&admission, 2);
    step.entry = None;
    step.change.state = Some((CaseState::UnderReview, CaseState::Registered));

    let outcome = case_files.step(&step).await.expect("no error");

    assert_eq!(outcome, Stepped::Now);
    let handle = handle(&*case_files, &admission).await;
    assert_eq!(handle.state, CaseState::Registered);
    assert_eq!(handle.next_position, 2);
    assert_eq!(case_files.outbox(ALL).await.expect("read").len(), 1);
    let again = case_files.step(&step).await.expect("no error");
    assert_eq!(again, Stepped::Outdated, "it has left the state");
}

/// Of several terms, those that stop go before the others start.
pub async fn a_step_changes_several_terms(fixture: &dyn Fixture) {
    let mut samples = Samples::new(137);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut step = samples.step(&admission, 2);
    let anew = term(TermKey::ALL[0], date(2026, 5, 4));
    let other = term(TermKey::ALL[3], date(2026, 5, 5));
    step.change.stop = vec![TermKey::ALL[0], TermKey::ALL[1]];
    step.change.start = vec![anew, other];

    let outcome = case_files.step(&step).await.expect("no error");

    assert_eq!(outcome, Stepped::Now);
    let entry = entry(&*case_files, &admission).await;
    assert_eq!(entry.terms, [anew, other]);
}

/// Whoever read a course that is another by now comes too late, with a step or a message.
pub async fn a_course_gives_way_to_whoever_read_it(fixture: &dyn Fixture) {
    let mut samples = Samples::new(138);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let began = Some(admission.case.course.clone());
    let course = |expected: &Option<Vec<u8>>, sealed: &[u8]| {
        Some(NewCourse {
            expected: expected.clone(),
            sealed: sealed.to_owned(),
        })
    };
    let (second, third) = (samples.course(), samples.course());
    let mut step = samples.step(&admission, 2);
    step.change.course = course(&began, &second);
    let outcome = case_files.step(&step).await.expect("no error");
    assert_eq!(outcome, Stepped::Now);
    assert_eq!(
        handle(&*case_files, &admission).await.course.as_ref(),
        Some(&second)
    );

    for stale in [&began, &None] {
        let mut late = samples.step(&admission, 3);
        late.change.course = course(stale, &third);
        let mut message = samples.follow_up(&admission, 3);
        message.change = late.change.clone();
        let outcome = case_files.step(&late).await.expect("no error");
        assert_eq!(outcome, Stepped::Outdated);
        let outcome = case_files.follow_up(&message).await.expect("no error");
        assert_eq!(outcome, Followed::Outdated);
    }
    let mut message = samples.follow_up(&admission, 3);
    message.change.course = course(&Some(second), &third);
    let outcome = case_files.follow_up(&message).await.expect("no error");
    assert_eq!(outcome, Followed::Now);
    let kept = handle(&*case_files, &admission).await;
    assert_eq!(kept.course, Some(third));
    let mut plain = samples.step(&admission, 4);
    plain.change.stop = vec![TermKey::ALL[0]];
    case_files.step(&plain).await.expect("no error");
    assert_eq!(handle(&*case_files, &admission).await.course, kept.course);
}

/// The entry of the log is written with the step, or neither is.
pub async fn a_step_and_its_log_entry_are_one(fixture: &dyn Fixture) {
    let mut samples = Samples::new(139);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut step = samples.step(&admission, 2);
    step.log = Some(samples.log_entry(0));
    let outcome = case_files.step(&step).await.expect("no error");
    assert_eq!(outcome, Stepped::Now);
    assert_eq!(case_files.log_head().await.expect("read"), step.log);

    // The place in the log is taken: the case stays as it was.
    let mut second = samples.step(&admission, 3);
    second.change.state = Some((CaseState::UnderReview, CaseState::Registered));
    second.log = Some(samples.log_entry(0));
    let outcome = case_files.step(&second).await.expect("no error");
    assert_eq!(outcome, Stepped::LogTaken);
    let kept = handle(&*case_files, &admission).await;
    assert_eq!(
        (kept.next_position, kept.state),
        (3, CaseState::UnderReview)
    );

    // The case has moved on: the log stays as it was.
    let mut late = samples.step(&admission, 2);
    late.log = Some(samples.log_entry(1));
    let outcome = case_files.step(&late).await.expect("no error");
    assert_eq!(outcome, Stepped::Outdated);
    assert_eq!(case_files.log_head().await.expect("read"), step.log);
}

fn confirmed() -> Confirmed {
    Confirmed {
        main: Risk::Corrupcion,
        labels: vec![Risk::Corrupcion, Risk::FaltaLiderazgo],
        urgency: Urgency::Baja,
        priority: Priority::Media,
        mediation: Mediation::Forbidden,
        protocols: Vec::new(),
    }
}

/// What the register shows of it, beside a proposal or where there was none.
fn shown(model: &str) -> Classification {
    let Confirmed {
        main,
        labels,
        priority,
        mediation,
        protocols,
        urgency,
    } = confirmed();
    Classification {
        finding: Some(Finding {
            main,
            labels,
            protocols,
        }),
        urgency,
        review: false,
        priority,
        mediation,
        model: model.to_owned(),
    }
}

/// Lists and filters show what a person confirmed; nothing of what was written before is lost.
pub async fn what_a_person_confirms_is_in_the_register_and_the_proposal_in_its_document(
    fixture: &dyn Fixture,
) {
    let mut samples = Samples::new(139);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let other = admitted(&*case_files, &mut samples).await;
    let proposal = samples.new_document(&admission, DocumentKind::Proposal);
    for (case, proposal) in [
        (&admission, proposal.clone()),
        (&other, samples.new_document(&other, DocumentKind::Proposal)),
    ] {
        let found = classification();
        let added = case_files.classify(case.case.id, &found, &proposal).await;
        assert_eq!(added.expect("no error"), Added::Now);
    }
    let mut late = samples.step(&admission, 9);
    late.change.confirmed = Some(confirmed());
    let outcome = case_files.step(&late).await.expect("no error");
    assert_eq!(outcome, Stepped::Outdated);
    let was = entry(&*case_files, &admission).await.classification;
    assert_eq!(was, Some(classification()), "nothing of what came too late");

    let mut step = samples.step(&admission, 2);
    step.change.confirmed = Some(confirmed());
    let outcome = case_files.step(&step).await.expect("no error");

    assert_eq!(outcome, Stepped::Now);
    let found = classification();
    let now = entry(&*case_files, &admission).await.classification;
    assert_eq!(now, Some(shown(&found.model)));
    assert!(handle(&*case_files, &admission).await.classified);
    let untouched = entry(&*case_files, &other).await.classification;
    assert_eq!(untouched, Some(classification()));
    let documents = case_files.documents(admission.case.id).await.expect("read");
    assert!(documents.contains(&proposal.document));
}

/// What is kept from the committee is not in the register until a person has classified the case.
pub async fn what_is_hidden_is_in_the_register_once_a_person_has_confirmed(fixture: &dyn Fixture) {
    let mut samples = Samples::new(141);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let proposal = samples.new_document(&admission, DocumentKind::Proposal);
    let id = admission.case.id;
    let added = case_files.classify(id, &hidden(), &proposal).await;
    assert_eq!(added.expect("no error"), Added::Now);
    let now = entry(&*case_files, &admission).await.classification;
    assert_eq!(now, Some(hidden()));
    assert!(handle(&*case_files, &admission).await.classified);
    let again = samples.new_document(&admission, DocumentKind::Proposal);
    let added = case_files.classify(id, &classification(), &again).await;
    assert_eq!(added.expect("no error"), Added::Before, "it stays as drawn");

    let mut step = samples.step(&admission, 2);
    step.change.confirmed = Some(confirmed());
    let outcome = case_files.step(&step).await.expect("no error");

    assert_eq!(outcome, Stepped::Now);
    let now = entry(&*case_files, &admission).await.classification;
    assert_eq!(now, Some(shown(&hidden().model)));
}

/// A person may be faster than the classifier, or it may fail.
pub async fn what_a_person_confirmed_first_is_not_proposed_over(fixture: &dyn Fixture) {
    let mut samples = Samples::new(140);
    let case_files = fixture.case_files().await;
    let admission = admitted(&*case_files, &mut samples).await;
    let mut step = samples.step(&admission, 2);
    step.change.confirmed = Some(confirmed());
    let outcome = case_files.step(&step).await.expect("no error");
    assert_eq!(outcome, Stepped::Now);

    let proposal = samples.new_document(&admission, DocumentKind::Proposal);
    let id = admission.case.id;
    let added = case_files.classify(id, &classification(), &proposal).await;

    assert_eq!(added.expect("no error"), Added::Before);
    let now = entry(&*case_files, &admission).await.classification;
    assert_eq!(now, Some(shown(Confirmed::BY_PERSON)));
}
