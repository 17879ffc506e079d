//! Rules of what becomes of a case: its messages, the proposal, the replies that wait.

use super::Fixture;
use super::casefiles::{ALL, admit};
use super::samples::{Samples, classification};
use crate::casefiles::{Added, Classification, DocumentKind};
use crate::steps::Followed;

/// The message, the echo, the counts.
pub async fn a_message_follows_its_case(fixture: &dyn Fixture) {
    let mut samples = Samples::new(55);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let follow_up = samples.follow_up(&admission, 2);

    let followed = case_files.follow_up(&follow_up).await.expect("no error");

    assert_eq!(followed, Followed::Now);
    assert!(
        case_files
            .has_seen(follow_up.envelope_id)
            .await
            .expect("read")
    );
    let hash = admission.case.lookup_hash;
    let handle = case_files
        .case_of(hash)
        .await
        .expect("read")
        .expect("a case");
    assert_eq!(handle.next_position, 3);
    let entry = case_files
        .case(admission.case.folio)
        .await
        .expect("read")
        .expect("a case");
    assert_eq!(entry.messages, 1);
    let documents = case_files.documents(admission.case.id).await.expect("read");
    assert_eq!(
        documents,
        [admission.case.complaint, follow_up.document.document]
    );
    assert!(
        case_files
            .outbox(ALL)
            .await
            .expect("read")
            .contains(&follow_up.reply)
    );
}

/// Also when the echo was sealed for another position the second time.
pub async fn a_message_follows_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(56);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let first = samples.follow_up(&admission, 2);
    let mut second = samples.follow_up(&admission, 3);
    second.envelope_id = first.envelope_id;
    assert_eq!(
        case_files.follow_up(&first).await.expect("no error"),
        Followed::Now
    );

    for again in [&first, &second] {
        assert_eq!(
            case_files.follow_up(again).await.expect("no error"),
            Followed::Before
        );
    }

    let entry = case_files
        .case(admission.case.folio)
        .await
        .expect("read")
        .expect("a case");
    assert_eq!(entry.messages, 1);
    assert_eq!(
        case_files
            .documents(admission.case.id)
            .await
            .expect("read")
            .len(),
        2
    );
}

/// So that it is sealed anew for the right position, and the envelope still counts as not seen.
pub async fn a_message_for_a_taken_position_leaves_nothing_behind(fixture: &dyn Fixture) {
    let mut samples = Samples::new(57);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    for position in [1, 3] {
        let follow_up = samples.follow_up(&admission, position);

        let followed = case_files.follow_up(&follow_up).await.expect("no error");

        assert_eq!(followed, Followed::Outdated);
        assert!(
            !case_files
                .has_seen(follow_up.envelope_id)
                .await
                .expect("read")
        );
        assert_eq!(
            case_files
                .documents(admission.case.id)
                .await
                .expect("read")
                .len(),
            1
        );
        assert_eq!(case_files.outbox(ALL).await.expect("read").len(), 1);
        let entry = case_files
            .case(admission.case.folio)
            .await
            .expect("read")
            .expect("a case");
        assert_eq!(entry.messages, 0);
    }
}

/// Two processes answer in one mailbox at the same time.
pub async fn two_messages_take_two_positions(fixture: &dyn Fixture) {
    let mut samples = Samples::new(58);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    let admission = samples.admission();
    admit(&*one, &admission).await;
    for position in 2..12 {
        let left = samples.follow_up(&admission, position);
        let right = samples.follow_up(&admission, position);

        let outcomes = tokio::join!(one.follow_up(&left), other.follow_up(&right));

        let mut outcomes = [outcomes.0.expect("no error"), outcomes.1.expect("no error")];
        outcomes.sort_by_key(|outcome| *outcome != Followed::Now);
        assert_eq!(outcomes, [Followed::Now, Followed::Outdated]);
    }
    assert_eq!(one.outbox(ALL).await.expect("read").len(), 11);
}

/// Absence is `None`.
pub async fn an_unknown_mailbox_has_no_case(fixture: &dyn Fixture) {
    let mut samples = Samples::new(59);
    let case_files = fixture.case_files().await;
    admit(&*case_files, &samples.admission()).await;
    assert_eq!(case_files.case_of(samples.id()).await.expect("read"), None);
    assert!(!case_files.has_seen(samples.id()).await.expect("read"));
}

/// The first proposal stays, and its document.
pub async fn a_case_is_classified_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(60);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let first = samples.new_document(&admission, DocumentKind::Proposal);
    let mut second = samples.new_document(&admission, DocumentKind::Proposal);
    let other = Classification {
        review: false,
        model: "another".to_owned(),
        ..classification()
    };
    let case = admission.case.id;

    let added = case_files.classify(case, &classification(), &first).await;
    assert_eq!(added.expect("no error"), Added::Now);
    for recipient in [admission.case.recipient.clone(), samples.recipient()] {
        second.recipient = recipient;
        let added = case_files.classify(case, &other, &second).await;
        assert_eq!(added.expect("no error"), Added::Before);
    }

    let entry = case_files
        .case(admission.case.folio)
        .await
        .expect("read")
        .expect("a case");
    assert_eq!(entry.classification, Some(classification()));
    let documents = case_files.documents(case).await.expect("read");
    assert!(documents.contains(&first.document) && !documents.contains(&second.document));
    let hash = admission.case.lookup_hash;
    let handle = case_files
        .case_of(hash)
        .await
        .expect("read")
        .expect("a case");
    assert!(handle.classified);
}

/// Nothing is written, and it is no error.
pub async fn a_case_that_is_not_there_is_not_classified(fixture: &dyn Fixture) {
    let mut samples = Samples::new(61);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    let nobody = admission.case.id;
    let proposal = samples.new_document(&admission, DocumentKind::Proposal);

    let added = case_files
        .classify(nobody, &classification(), &proposal)
        .await;

    assert_eq!(added.expect("no error"), Added::Outdated);

    assert!(case_files.documents(nobody).await.expect("read").is_empty());
}

/// An empty list reads back as an empty list.
pub async fn a_case_without_protocols_is_classified(fixture: &dyn Fixture) {
    let mut samples = Samples::new(62);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let mut bare = classification();
    let finding = bare.finding.as_mut().expect("a finding");
    finding.labels.clear();
    finding.protocols.clear();
    bare.review = false;
    let proposal = samples.new_document(&admission, DocumentKind::Proposal);

    let added = case_files.classify(admission.case.id, &bare, &proposal);

    assert_eq!(added.await.expect("no error"), Added::Now);

    let entry = case_files
        .case(admission.case.folio)
        .await
        .expect("read")
        .expect("a case");
    assert_eq!(entry.classification, Some(bare));
}

/// To the byte; and delivering it twice is no error.
pub async fn a_reply_stays_in_the_outbox_until_it_is_delivered(fixture: &dyn Fixture) {
    let mut samples = Samples::new(63);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let follow_up = samples.follow_up(&admission, 2);
    case_files.follow_up(&follow_up).await.expect("no error");
    let mailbox = admission.reply.lookup_id;
    let both = [admission.reply, follow_up.reply.clone()];
    assert_eq!(case_files.outbox(ALL).await.expect("read"), both);

    for _ in 0..2 {
        let done = case_files.delivered(&[(mailbox, 1)]).await;
        done.expect("forgotten");
    }

    assert_eq!(
        case_files.outbox(ALL).await.expect("read"),
        [follow_up.reply]
    );
}

/// So that a long outage is caught up with in steps.
pub async fn the_outbox_gives_no_more_than_asked_for(fixture: &dyn Fixture) {
    let mut samples = Samples::new(64);
    let case_files = fixture.case_files().await;
    for _ in 0..5 {
        admit(&*case_files, &samples.admission()).await;
    }
    for (limit, count) in [(0, 0), (3, 3), (5, 5), (ALL, 5)] {
        assert_eq!(case_files.outbox(limit).await.expect("read").len(), count);
    }
}

/// It is found by the new hash and no longer by the old one; what the person reads is in the outbox.
pub async fn a_case_gets_another_mailbox_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(59);
    let case_files = fixture.case_files().await;
    let (admission, other) = (samples.admission(), samples.admission());
    admit(&*case_files, &admission).await;
    admit(&*case_files, &other).await;
    let change = samples.words_change(&admission, 2);
    let mut again = samples.words_change(&admission, 3);
    again.envelope_id = change.envelope_id;
    again.expected = change.service_record.clone();

    let outcome = case_files.change_words(&change).await.expect("no error");

    assert_eq!(outcome, Followed::Now);
    let outcome = case_files.change_words(&again).await.expect("no error");
    assert_eq!(outcome, Followed::Before);
    let case_of = async |hash| case_files.case_of(hash).await.expect("read");
    assert_eq!(case_of(admission.case.lookup_hash).await, None);
    let handle = case_of(change.lookup_hash).await.expect("a case");
    assert_eq!((handle.id, handle.next_position), (admission.case.id, 3));
    assert_eq!(handle.service_record, change.service_record);
    assert_eq!(
        case_of(other.case.lookup_hash).await.expect("a case").id,
        other.case.id
    );
    let outbox = case_files.outbox(ALL).await.expect("read");
    assert_eq!(outbox.len(), 3);
    assert!(outbox.contains(&change.reply) && outbox.contains(&admission.reply));
}

/// For a place that is taken, and for a record that was read before another one was written.
pub async fn another_mailbox_that_comes_too_late_leaves_nothing_behind(fixture: &dyn Fixture) {
    let mut samples = Samples::new(60);
    let case_files = fixture.case_files().await;
    let admission = samples.admission();
    admit(&*case_files, &admission).await;
    let early = samples.words_change(&admission, 1);
    let mut stale = samples.words_change(&admission, 2);
    stale.expected = samples.bytes(300);
    for late in [early, stale] {
        let outcome = case_files.change_words(&late).await.expect("no error");

        assert_eq!(outcome, Followed::Outdated);
        let seen = case_files.has_seen(late.envelope_id).await.expect("read");
        assert!(!seen);
        let found = case_files.case_of(late.lookup_hash).await.expect("read");
        assert_eq!(found, None);
    }
    let handle = case_files.case_of(admission.case.lookup_hash).await;
    let handle = handle.expect("read").expect("a case");
    assert_eq!(handle.next_position, 2);
    assert_eq!(handle.service_record, admission.case.service_record);
    assert_eq!(case_files.outbox(ALL).await.expect("read").len(), 1);
}
