//! Rules of what triage does a batch at a time: each of a batch has its own outcome, and what conflicts
//! holds up no other.

use std::collections::BTreeSet;
use std::slice;

use super::Fixture;
use super::casefiles::{ALL, admit, assert_absent, entry_of};
use super::samples::{Samples, classification};
use crate::StoreError;
use crate::casefiles::{Added, Admission, Admitted, Classification, DocumentKind, Known, Proposed};
use crate::mailroom::{MOST_WAITING_BYTES, Posted, WaitingEnvelope};
use crate::records::{RecordId, RecordKind, SealedRecord};

fn batch(samples: &mut Samples, count: usize) -> Vec<Admission> {
    (0..count).map(|_| samples.admission()).collect()
}

/// An envelope that was seen, a folio and a mailbox that are taken, by a case of before and by one of the
/// same batch.
pub async fn a_batch_is_admitted_but_for_what_conflicts(fixture: &dyn Fixture) {
    let mut samples = Samples::new(90);
    let case_files = fixture.case_files().await;
    let before = samples.admission();
    admit(&*case_files, &before).await;
    let mut all = batch(&mut samples, 8);
    all.push(samples.member_admission());
    all.push(samples.bare_admission());
    all[1].envelope_id = before.envelope_id;
    all[2].case.folio = before.case.folio;
    all[3].case.lookup_hash = before.case.lookup_hash;
    all[5].case.folio = all[4].case.folio;
    all[7].case.lookup_hash = all[6].case.lookup_hash;

    let outcomes = case_files.admit_all(&all).await.expect("no error");

    let now = |which: &[usize]| -> Vec<Admitted> { which.iter().map(|at| outcomes[*at]).collect() };
    assert_eq!(now(&[0, 8, 9]), [Admitted::Now; 3]);
    assert_eq!(
        now(&[1, 2, 3]),
        [
            Admitted::Before,
            Admitted::FolioTaken,
            Admitted::MailboxTaken
        ]
    );
    // Which of the two is the first is nobody's business.
    for (one, other, taken) in [(4, 5, Admitted::FolioTaken), (6, 7, Admitted::MailboxTaken)] {
        let both = BTreeSet::from([
            outcomes[one] == Admitted::Now,
            outcomes[other] == Admitted::Now,
        ]);
        assert_eq!(both, BTreeSet::from([true, false]));
        assert!(outcomes[one] == taken || outcomes[other] == taken);
    }
    let register = case_files.register(None).await.expect("read");
    let outbox = case_files.outbox(ALL).await.expect("read");
    for (admission, outcome) in all.iter().zip(&outcomes) {
        if *outcome == Admitted::Now {
            assert!(register.contains(&entry_of(admission)));
            assert!(outbox.contains(&admission.reply));
            let documents = case_files.documents(admission.case.id).await.expect("read");
            assert!(documents.contains(&admission.case.complaint));
            let seen = case_files.has_seen(admission.envelope_id).await;
            assert!(seen.expect("read"));
        } else if *outcome != Admitted::Before {
            assert_absent(&*case_files, admission).await;
        }
    }
    assert_eq!(register.len(), 6);
    let access = case_files.access(all[8].case.id).await.expect("read");
    assert_eq!(access.expect("a case").rings.len(), 1);
}

/// Triage crashed after a batch and comes with it again, and with one more.
pub async fn a_batch_admitted_twice_is_admitted_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(91);
    let case_files = fixture.case_files().await;
    let first = batch(&mut samples, 3);
    let outcomes = case_files.admit_all(&first).await.expect("no error");
    assert_eq!(outcomes, [Admitted::Now; 3]);
    let mut again = batch(&mut samples, 4);
    for (again, first) in again.iter_mut().zip(&first) {
        again.envelope_id = first.envelope_id;
    }
    let outcomes = case_files.admit_all(&again).await.expect("no error");
    let before = Admitted::Before;
    assert_eq!(outcomes, [before, before, before, Admitted::Now]);
    assert_eq!(case_files.register(None).await.expect("read").len(), 4);
}

/// Two triage processes took batches that overlap, in orders that cross.
pub async fn two_processes_admit_a_batch_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(92);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    for round in 1..=5 {
        let left = batch(&mut samples, 12);
        let mut right = batch(&mut samples, 12);
        for (right, left) in right.iter_mut().rev().zip(&left) {
            right.envelope_id = left.envelope_id;
        }
        let outcomes = tokio::join!(one.admit_all(&left), other.admit_all(&right));
        let (lefts, mut rights) = (outcomes.0.expect("no error"), outcomes.1.expect("no error"));
        rights.reverse();
        for (left, right) in lefts.into_iter().zip(rights) {
            let outcomes = [left, right];
            assert!(outcomes.contains(&Admitted::Now) && outcomes.contains(&Admitted::Before));
        }
        assert_eq!(one.register(None).await.expect("read").len(), round * 12);
    }
}

/// Of a batch, as of one moment.
pub async fn what_is_known_comes_in_the_order_asked(fixture: &dyn Fixture) {
    let mut samples = Samples::new(93);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let (envelope, mailbox) = (admission.envelope_id, admission.case.lookup_hash);
    let asked = [
        (samples.id(), samples.id()),
        (envelope, mailbox),
        (samples.id(), mailbox),
        (envelope, samples.id()),
        (samples.id(), samples.id()),
    ];

    let known = case_files.known(&asked).await.expect("read");

    let expected = [
        (false, false),
        (true, true),
        (false, true),
        (true, false),
        (false, false),
    ];
    let expected = expected.map(|(seen, has_case)| Known { seen, has_case });
    assert_eq!(known, expected);
}

/// For a case that has a proposal, that has another key, that is not there, and twice for one.
pub async fn proposals_are_written_but_for_what_comes_too_late(fixture: &dyn Fixture) {
    let mut samples = Samples::new(94);
    let case_files = fixture.case_files().await;
    let cases = batch(&mut samples, 4);
    for admission in &cases[..3] {
        admit(&*case_files, admission).await;
    }
    let mut propose = |admission: &Admission| Proposed {
        case: admission.case.id,
        classification: classification(),
        document: samples.new_document(admission, DocumentKind::Proposal),
    };
    let first = propose(&cases[0]);
    let done = case_files.classify_all(&[first]).await.expect("no error");
    assert_eq!(done, [Added::Now]);
    let mut all: Vec<Proposed> = cases.iter().map(&mut propose).collect();
    "age1other".clone_into(&mut all[1].document.recipient);
    let twice = Proposed {
        classification: Classification {
            model: "another".to_owned(),
            ..classification()
        },
        ..propose(&cases[2])
    };
    all.push(twice);

    let outcomes = case_files.classify_all(&all).await.expect("no error");

    let (now, before, outdated) = (Added::Now, Added::Before, Added::Outdated);
    assert_eq!(outcomes, [before, outdated, now, outdated, before]);
    for (at, classified) in [(0, true), (1, false), (2, true)] {
        let entry = case_files.case(cases[at].case.folio).await.expect("read");
        let found = entry.expect("a case").classification;
        assert_eq!(found, classified.then(classification));
        let documents = case_files.documents(cases[at].case.id).await.expect("read");
        assert_eq!(documents.len(), 1 + usize::from(classified));
    }
}

/// One that is new, one that is there, one that stands in the place of other bytes.
pub async fn replies_are_posted_together(fixture: &dyn Fixture) {
    let mut samples = Samples::new(95);
    let mailroom = fixture.mailroom().await;
    let (one, other, third) = (samples.id(), samples.id(), samples.id());
    let there = samples.entry(one, 1);
    mailroom.post(&there).await.expect("posted");
    mailroom
        .post(&samples.entry(other, 1))
        .await
        .expect("posted");
    let all = [
        samples.entry(one, 2),
        there,
        samples.entry(other, 1),
        samples.entry(third, 1),
        samples.entry(third, 1),
    ];

    let outcomes = mailroom.post_all(&all).await.expect("posted");

    let (before, now, replaced) = (Posted::Before, Posted::Now, Posted::Replaced);
    assert_eq!(outcomes, [now, before, replaced, now, replaced]);
    // The second one for a place is the one that stands there.
    let standing = all.iter().enumerate().filter(|(at, _)| *at != 3);
    for (_, reply) in standing {
        let mailbox = mailroom.mailbox(reply.lookup_id).await.expect("read");
        assert!(mailbox.contains(reply));
    }
    assert_eq!(mailroom.mailbox(one).await.expect("read").len(), 2);
    assert_eq!(mailroom.mailbox(other).await.expect("read").len(), 1);
}

/// All or none.
pub async fn a_batch_with_a_first_entry_that_is_taken_posts_nothing(fixture: &dyn Fixture) {
    let mut samples = Samples::new(96);
    let mailroom = fixture.mailroom().await;
    let (one, other) = (samples.id(), samples.id());
    let first = samples.entry(one, 0);
    mailroom.post(&first).await.expect("posted");
    let all = [
        samples.entry(other, 1),
        samples.entry(one, 0),
        samples.entry(one, 1),
    ];

    let refused = mailroom.post_all(&all).await.expect_err("it is taken");

    assert!(matches!(refused, StoreError::Inconsistent { .. }));
    assert_eq!(mailroom.mailbox(one).await.expect("read"), [first]);
    assert!(mailroom.mailbox(other).await.expect("read").is_empty());
}

/// Two triage processes deliver one outbox.
pub async fn two_processes_post_the_same(fixture: &dyn Fixture) {
    let mut samples = Samples::new(97);
    let (one, other) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    for _ in 0..5 {
        let left: Vec<_> = (0..10).map(|_| samples.id()).collect();
        let left: Vec<_> = left.into_iter().map(|id| samples.entry(id, 1)).collect();
        let right: Vec<_> = left.iter().rev().cloned().collect();
        let outcomes = tokio::join!(one.post_all(&left), other.post_all(&right));
        let mut rights = outcomes.1.expect("posted");
        rights.reverse();
        for (left, right) in outcomes.0.expect("posted").into_iter().zip(rights) {
            let outcomes = [left, right];
            assert!(outcomes.contains(&Posted::Now) && outcomes.contains(&Posted::Before));
        }
    }
}

/// Replies that were delivered and envelopes that were worked off; what is gone already is no error.
pub async fn what_is_done_goes_together(fixture: &dyn Fixture) {
    let mut samples = Samples::new(98);
    let (mailroom, case_files) = (fixture.mailroom().await, fixture.case_files().await);
    let admissions = batch(&mut samples, 3);
    case_files.admit_all(&admissions).await.expect("no error");
    let key = samples.id();
    let deposits: Vec<_> = (0..3).map(|_| samples.deposit(key)).collect();
    mailroom.deposit(&deposits).await.expect("deposited");
    for _ in 0..2 {
        let place = |at: usize| (admissions[at].reply.lookup_id, 1);
        let delivered = [place(2), (admissions[1].reply.lookup_id, 2), place(0)];
        case_files.delivered(&delivered).await.expect("forgotten");
        let outbox = case_files.outbox(ALL).await.expect("read");
        assert_eq!(outbox, [admissions[1].reply.clone()]);

        let removed = [
            deposits[2].envelope.id,
            samples.id(),
            deposits[0].envelope.id,
        ];
        mailroom.remove_all(&removed).await.expect("removed");
        let waiting = mailroom.waiting(key, None, ALL).await.expect("read");
        let left = deposits[1].envelope.clone();
        assert_eq!(waiting, [WaitingEnvelope::Sound(left)]);
    }
}

/// What is there is not written over.
pub async fn records_are_kept_unless_there_are_any(fixture: &dyn Fixture) {
    let mut samples = Samples::new(99);
    let case_files = fixture.case_files().await;
    let mut record = || SealedRecord {
        id: RecordId(samples.id()),
        sealed: samples.circle(),
    };
    let (one, two) = (record(), record());
    let mut other = record();
    other.id = one.id;
    let kind = RecordKind::Alike;
    let first = case_files.keep_records(kind, slice::from_ref(&one)).await;
    first.expect("kept");

    let both = case_files.keep_records(kind, &[other, two.clone()]).await;

    both.expect("kept");
    let mut expected = [one, two];
    expected.sort_by_key(|record| record.id);
    assert_eq!(case_files.records(kind).await.expect("read"), expected);
    let members = case_files.records(RecordKind::Member).await;
    assert!(members.expect("read").is_empty());
}

/// However many are asked for, and none is left out.
pub async fn what_waits_comes_in_steps_of_bounded_length(fixture: &dyn Fixture) {
    let mut samples = Samples::new(100);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let largest = sealing::SIZE_CLASSES
        .last()
        .expect("there are some")
        .bytes();
    let smallest = sealing::SIZE_CLASSES[0].bytes();
    let most = usize::try_from(MOST_WAITING_BYTES).expect("it is small") / largest;
    let mut deposits: Vec<_> = (0..most + 3).map(|_| samples.deposit(key)).collect();
    deposits.sort_by_key(|deposit| deposit.envelope.id);
    // The first one is short: so the step goes beyond its length with the one that reaches it.
    for (n, deposit) in deposits.iter_mut().enumerate() {
        deposit.envelope.bytes = samples.bytes(if n == 0 { smallest } else { largest });
    }
    mailroom.deposit(&deposits).await.expect("deposited");

    let first = mailroom.waiting(key, None, ALL).await.expect("read");
    let after = first.last().expect("some wait").id();
    let rest = mailroom.waiting(key, Some(after), ALL).await.expect("read");

    assert_eq!((first.len(), rest.len()), (most + 1, 2));
    let ids = deposits.iter().map(|deposit| deposit.envelope.id);
    assert!(first.iter().chain(&rest).map(WaitingEnvelope::id).eq(ids));
}

/// Nor is it an error.
pub async fn an_empty_batch_changes_nothing(fixture: &dyn Fixture) {
    let (mailroom, case_files) = (fixture.mailroom().await, fixture.case_files().await);
    assert!(
        case_files
            .admit_all(&[])
            .await
            .expect("no error")
            .is_empty()
    );
    assert!(case_files.known(&[]).await.expect("no error").is_empty());
    let proposed = case_files.classify_all(&[]).await;
    assert!(proposed.expect("no error").is_empty());
    case_files.delivered(&[]).await.expect("no error");
    let kept = case_files.keep_records(RecordKind::Alike, &[]).await;
    kept.expect("no error");
    assert!(mailroom.post_all(&[]).await.expect("no error").is_empty());
    mailroom.remove_all(&[]).await.expect("no error");
    assert!(case_files.register(None).await.expect("read").is_empty());
}
