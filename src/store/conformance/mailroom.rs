//! Rules of the mailroom.

use mailbox::ENTRY_SIZES;
use sealing::{EnvelopeId, KeyId, LookupId, SIZE_CLASSES, SealedEnvelope};

use super::Fixture;
use super::samples::Samples;
use crate::mailroom::{Backlog, Deposit, Mailroom};

/// More than any rule lets wait.
const ALL: u32 = 10_000;

async fn all_waiting(mailroom: &dyn Mailroom, key: KeyId) -> Vec<SealedEnvelope> {
    mailroom.waiting(key, &[], ALL).await.expect("waiting")
}

fn ids(envelopes: &[SealedEnvelope]) -> Vec<EnvelopeId> {
    let mut ids: Vec<_> = envelopes.iter().map(|envelope| envelope.id).collect();
    ids.sort();
    ids
}

fn mailbox_of(deposit: &Deposit) -> LookupId {
    deposit
        .first_entry
        .as_ref()
        .expect("a complaint has a mailbox")
        .lookup_id
}

/// What goes in comes out, to the byte.
pub async fn what_is_deposited_waits_and_its_mailbox_is_there(fixture: &dyn Fixture) {
    let mut samples = Samples::new(10);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposit = samples.deposit(key);

    mailroom
        .deposit(std::slice::from_ref(&deposit))
        .await
        .expect("deposited");

    assert_eq!(
        all_waiting(&*mailroom, key).await,
        std::slice::from_ref(&deposit.envelope)
    );
    let mailbox = mailroom.mailbox(mailbox_of(&deposit)).await.expect("read");
    assert_eq!(mailbox, deposit.first_entry.into_iter().collect::<Vec<_>>());
}

/// A repeated request is harmless.
pub async fn a_deposit_made_twice_is_made_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(11);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let complaint = samples.deposit(key);
    let message = Deposit {
        envelope: samples.envelope(key),
        first_entry: None,
    };

    for _ in 0..2 {
        mailroom
            .deposit(&[complaint.clone(), message.clone()])
            .await
            .expect("deposited");
    }

    assert_eq!(all_waiting(&*mailroom, key).await.len(), 2);
    assert_eq!(
        mailroom
            .mailbox(mailbox_of(&complaint))
            .await
            .expect("read")
            .len(),
        1
    );
}

/// A request that is repeated after triage has worked it off brings nothing back, and the entry that
/// is there stays to the byte.
pub async fn a_deposit_whose_mailbox_is_there_changes_nothing(fixture: &dyn Fixture) {
    let mut samples = Samples::new(12);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let first = samples.deposit(key);
    let other = Deposit {
        envelope: samples.envelope(key),
        first_entry: Some(samples.entry(mailbox_of(&first), 0)),
    };
    let unrelated = samples.deposit(key);
    mailroom
        .deposit(std::slice::from_ref(&first))
        .await
        .expect("deposited");
    mailroom.remove(first.envelope.id).await.expect("removed");

    mailroom
        .deposit(&[first.clone(), other, unrelated.clone()])
        .await
        .expect("deposited");

    assert_eq!(all_waiting(&*mailroom, key).await, [unrelated.envelope]);
    let mailbox = mailroom.mailbox(mailbox_of(&first)).await.expect("read");
    assert_eq!(mailbox, first.first_entry.into_iter().collect::<Vec<_>>());
}

/// Two copies of one request may meet in one group.
pub async fn one_group_may_hold_a_deposit_twice(fixture: &dyn Fixture) {
    let mut samples = Samples::new(13);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let complaint = samples.deposit(key);
    let message = Deposit {
        envelope: samples.envelope(key),
        first_entry: None,
    };
    let group = [
        complaint.clone(),
        message.clone(),
        complaint.clone(),
        message.clone(),
    ];

    mailroom.deposit(&group).await.expect("deposited");

    let waiting = all_waiting(&*mailroom, key).await;
    assert_eq!(ids(&waiting), ids(&[complaint.envelope, message.envelope]));
}

/// When one deposit of a group is refused, nothing of the group is visible.
pub async fn a_group_is_stored_whole_or_not_at_all(fixture: &dyn Fixture) {
    let mut samples = Samples::new(14);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let good = samples.deposit(key);
    let mut bad = samples.deposit(key);
    bad.envelope.bytes.pop();
    let last = samples.deposit(key);

    let group = [good.clone(), bad, last];
    mailroom
        .deposit(&group)
        .await
        .expect_err("one envelope has no size of an envelope");

    assert!(all_waiting(&*mailroom, key).await.is_empty());
    for deposit in &group {
        let mailbox = mailroom.mailbox(mailbox_of(deposit)).await.expect("read");
        assert!(mailbox.is_empty());
    }
    mailroom.deposit(&[good]).await.expect("the store goes on");
}

/// Nothing to do is done at once.
pub async fn an_empty_group_is_no_error(fixture: &dyn Fixture) {
    let mailroom = fixture.mailroom().await;
    mailroom.deposit(&[]).await.expect("nothing deposited");
}

/// Only a complaint makes a mailbox.
pub async fn a_further_message_makes_no_mailbox(fixture: &dyn Fixture) {
    let mut samples = Samples::new(15);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let complaint = samples.deposit(key);
    mailroom
        .deposit(std::slice::from_ref(&complaint))
        .await
        .expect("deposited");
    let message = Deposit {
        envelope: samples.envelope(key),
        first_entry: None,
    };

    mailroom.deposit(&[message]).await.expect("deposited");

    assert_eq!(all_waiting(&*mailroom, key).await.len(), 2);
    assert_eq!(
        mailroom
            .mailbox(mailbox_of(&complaint))
            .await
            .expect("read")
            .len(),
        1
    );
}

/// Absence is an empty list.
pub async fn an_unknown_mailbox_is_empty(fixture: &dyn Fixture) {
    let mut samples = Samples::new(16);
    let mailroom = fixture.mailroom().await;
    assert!(
        mailroom
            .mailbox(samples.id())
            .await
            .expect("read")
            .is_empty()
    );
}

/// In whatever order replies were posted; and those of other mailboxes stay out.
pub async fn entries_come_by_position(fixture: &dyn Fixture) {
    let mut samples = Samples::new(17);
    let mailroom = fixture.mailroom().await;
    let (mine, other) = (samples.id(), samples.id());
    for position in [10, 2, 0, 300, 1] {
        mailroom
            .post(&samples.entry(mine, position))
            .await
            .expect("posted");
        mailroom
            .post(&samples.entry(other, position))
            .await
            .expect("posted");
    }

    let entries = mailroom.mailbox(mine).await.expect("read");

    assert_eq!(
        entries
            .iter()
            .map(|entry| entry.position)
            .collect::<Vec<_>>(),
        [0, 1, 2, 10, 300]
    );
    assert!(entries.iter().all(|entry| entry.lookup_id == mine));
}

/// A reply that is already there stays as it is.
pub async fn a_reply_is_posted_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(18);
    let mailroom = fixture.mailroom().await;
    let lookup_id = samples.id();
    let first = samples.entry(lookup_id, 1);
    let second = samples.entry(lookup_id, 1);

    mailroom.post(&first).await.expect("posted");
    mailroom.post(&first).await.expect("posted again");
    mailroom
        .post(&second)
        .await
        .expect("too late, and no error");

    assert_eq!(mailroom.mailbox(lookup_id).await.expect("read"), [first]);
}

/// A position is any `u32`.
pub async fn the_highest_position_is_kept(fixture: &dyn Fixture) {
    let mut samples = Samples::new(19);
    let mailroom = fixture.mailroom().await;
    let lookup_id = samples.id();
    let last = samples.entry(lookup_id, u32::MAX);

    mailroom.post(&last).await.expect("posted");

    assert_eq!(mailroom.mailbox(lookup_id).await.expect("read"), [last]);
}

/// What is sealed to another key does not wait for this one.
pub async fn only_what_is_sealed_to_the_key_waits(fixture: &dyn Fixture) {
    let mut samples = Samples::new(20);
    let mailroom = fixture.mailroom().await;
    let (ours, foreign) = (samples.id(), samples.id());
    let deposits = [
        samples.deposit(ours),
        samples.deposit(foreign),
        samples.deposit(ours),
    ];
    mailroom.deposit(&deposits).await.expect("deposited");

    let waiting = all_waiting(&*mailroom, ours).await;

    let [first, _, third] = deposits;
    assert_eq!(ids(&waiting), ids(&[first.envelope, third.envelope]));
    assert!(all_waiting(&*mailroom, samples.id()).await.is_empty());
}

/// What a worker has in hand already.
pub async fn what_is_excepted_does_not_wait(fixture: &dyn Fixture) {
    let mut samples = Samples::new(21);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposits: Vec<_> = (0..10).map(|_| samples.deposit(key)).collect();
    mailroom.deposit(&deposits).await.expect("deposited");
    let except: Vec<_> = deposits[..7]
        .iter()
        .map(|deposit| deposit.envelope.id)
        .collect();

    let waiting = mailroom.waiting(key, &except, ALL).await.expect("waiting");

    let rest: Vec<_> = deposits[7..]
        .iter()
        .map(|deposit| deposit.envelope.clone())
        .collect();
    assert_eq!(ids(&waiting), ids(&rest));
}

/// And what is excepted does not use up the limit.
pub async fn no_more_wait_than_asked_for(fixture: &dyn Fixture) {
    let mut samples = Samples::new(22);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposits: Vec<_> = (0..10).map(|_| samples.deposit(key)).collect();
    mailroom.deposit(&deposits).await.expect("deposited");

    assert!(
        mailroom
            .waiting(key, &[], 0)
            .await
            .expect("waiting")
            .is_empty()
    );
    let three = mailroom.waiting(key, &[], 3).await.expect("waiting");
    assert_eq!(three.len(), 3);
    let next = mailroom
        .waiting(key, &ids(&three), 3)
        .await
        .expect("waiting");
    assert_eq!(next.len(), 3);
    assert!(next.iter().all(|envelope| !three.contains(envelope)));
}

/// They come by their random ids.
pub async fn what_waits_comes_in_an_order_that_tells_nothing(fixture: &dyn Fixture) {
    let mut samples = Samples::new(23);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    for _ in 0..20 {
        mailroom
            .deposit(&[samples.deposit(key)])
            .await
            .expect("deposited");
    }

    let waiting = all_waiting(&*mailroom, key).await;

    let order: Vec<_> = waiting.iter().map(|envelope| envelope.id).collect();
    assert_eq!(order, ids(&waiting));
}

/// And removing what is gone is no error.
pub async fn what_is_removed_waits_no_longer(fixture: &dyn Fixture) {
    let mut samples = Samples::new(24);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposit = samples.deposit(key);
    mailroom
        .deposit(std::slice::from_ref(&deposit))
        .await
        .expect("deposited");

    for _ in 0..2 {
        mailroom.remove(deposit.envelope.id).await.expect("removed");
    }

    assert!(all_waiting(&*mailroom, key).await.is_empty());
    assert_eq!(
        mailroom
            .mailbox(mailbox_of(&deposit))
            .await
            .expect("read")
            .len(),
        1
    );
}

/// It no longer waits, its first reason stays, and doing it again is no error.
pub async fn what_is_quarantined_is_kept_to_the_byte(fixture: &dyn Fixture) {
    let mut samples = Samples::new(25);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposit = samples.deposit(key);
    mailroom
        .deposit(std::slice::from_ref(&deposit))
        .await
        .expect("deposited");

    mailroom
        .quarantine(deposit.envelope.id, "wrong_id")
        .await
        .expect("set aside");
    mailroom
        .quarantine(deposit.envelope.id, "other")
        .await
        .expect("set aside again");
    mailroom
        .remove(deposit.envelope.id)
        .await
        .expect("nothing to remove");

    assert!(all_waiting(&*mailroom, key).await.is_empty());
    let quarantined = mailroom.quarantined().await.expect("read");
    assert_eq!(quarantined.len(), 1);
    assert_eq!(quarantined[0].envelope, deposit.envelope);
    assert_eq!(quarantined[0].reason, "wrong_id");
}

/// One that another process has removed meanwhile.
pub async fn what_is_gone_cannot_be_quarantined(fixture: &dyn Fixture) {
    let mut samples = Samples::new(26);
    let mailroom = fixture.mailroom().await;

    mailroom
        .quarantine(samples.id(), "wrong_id")
        .await
        .expect("no error");

    assert!(mailroom.quarantined().await.expect("read").is_empty());
}

/// Each envelope counts in one of the three.
pub async fn the_backlog_counts_ours_foreign_and_quarantined(fixture: &dyn Fixture) {
    let mut samples = Samples::new(27);
    let mailroom = fixture.mailroom().await;
    let (ours, foreign) = (samples.id(), samples.id());
    assert_eq!(
        mailroom.backlog(ours).await.expect("counted"),
        Backlog::default()
    );
    let mut deposits: Vec<_> = (0..4).map(|_| samples.deposit(ours)).collect();
    deposits.extend((0..2).map(|_| samples.deposit(foreign)));
    mailroom.deposit(&deposits).await.expect("deposited");

    mailroom
        .quarantine(deposits[0].envelope.id, "wrong_id")
        .await
        .expect("set aside");

    let backlog = Backlog {
        ours: 3,
        foreign: 2,
        quarantined: 1,
    };
    assert_eq!(mailroom.backlog(ours).await.expect("counted"), backlog);
}

/// The sizes that an envelope may have.
pub async fn every_envelope_size_is_stored(fixture: &dyn Fixture) {
    let mut samples = Samples::new(28);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    for class in SIZE_CLASSES {
        let mut deposit = samples.deposit(key);
        deposit.envelope.bytes = samples.bytes(class.bytes());
        mailroom
            .deposit(std::slice::from_ref(&deposit))
            .await
            .expect("deposited");
        assert_eq!(
            all_waiting(&*mailroom, key).await,
            std::slice::from_ref(&deposit.envelope)
        );
        mailroom
            .quarantine(deposit.envelope.id, "size")
            .await
            .expect("set aside");
    }
    assert_eq!(
        mailroom.quarantined().await.expect("read").len(),
        SIZE_CLASSES.len()
    );
}

/// The sizes that a mailbox entry may have.
pub async fn every_entry_size_is_stored(fixture: &dyn Fixture) {
    let mut samples = Samples::new(29);
    let mailroom = fixture.mailroom().await;
    let lookup_id = samples.id();
    let mut posted = Vec::new();
    for (position, size) in (0..).zip(ENTRY_SIZES) {
        let mut entry = samples.entry(lookup_id, position);
        entry.bytes = samples.bytes(size);
        mailroom.post(&entry).await.expect("posted");
        posted.push(entry);
    }
    assert_eq!(mailroom.mailbox(lookup_id).await.expect("read"), posted);
}

/// A size that is none of the few would tell something of what is inside.
pub async fn what_is_no_envelope_size_is_refused(fixture: &dyn Fixture) {
    let mut samples = Samples::new(30);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    for length in [0, 1, 4095, 4097, 262_145] {
        let mut deposit = samples.deposit(key);
        deposit.envelope.bytes = samples.bytes(length);
        mailroom
            .deposit(&[deposit])
            .await
            .expect_err("no size of an envelope");
        let mut entry = samples.entry(samples.clone().id(), 0);
        entry.bytes = samples.bytes(length);
        mailroom
            .post(&entry)
            .await
            .expect_err("no size of an entry");
    }
}

/// What was acknowledged is there for the next process.
pub async fn the_mailroom_outlives_its_process(fixture: &dyn Fixture) {
    let mut samples = Samples::new(31);
    let key = samples.id();
    let deposit = samples.deposit(key);
    let before = fixture.mailroom().await;
    before
        .deposit(std::slice::from_ref(&deposit))
        .await
        .expect("deposited");
    drop(before);

    let after = fixture.mailroom().await;

    assert_eq!(
        all_waiting(&*after, key).await,
        std::slice::from_ref(&deposit.envelope)
    );
    assert_eq!(
        after
            .mailbox(mailbox_of(&deposit))
            .await
            .expect("read")
            .len(),
        1
    );
}

/// Neither is refused because the other is at work.
pub async fn two_processes_deposit_into_one_mailroom(fixture: &dyn Fixture) {
    let mut samples = Samples::new(32);
    let (one, other) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    let key = samples.id();
    let groups: Vec<Vec<Deposit>> = (0..40)
        .map(|_| (0..3).map(|_| samples.deposit(key)).collect())
        .collect();
    let deposit_all = async |mailroom: &dyn Mailroom, groups: &[Vec<Deposit>]| {
        for group in groups {
            mailroom.deposit(group).await.expect("deposited");
        }
    };

    let (left, right) = groups.split_at(20);
    tokio::join!(deposit_all(&*one, left), deposit_all(&*other, right));

    assert_eq!(all_waiting(&*one, key).await.len(), 120);
    assert_eq!(
        all_waiting(&*other, key).await,
        all_waiting(&*one, key).await
    );
}

/// A request that reached two processes.
pub async fn two_processes_deposit_the_same_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(33);
    let (one, other) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    let key = samples.id();
    for _ in 0..10 {
        let group = [samples.deposit(key), samples.deposit(key)];
        let (left, right) = tokio::join!(one.deposit(&group), other.deposit(&group));
        left.expect("deposited");
        right.expect("deposited");
    }
    assert_eq!(all_waiting(&*one, key).await.len(), 20);
}

/// Only places change.
pub async fn a_shuffle_changes_no_content(fixture: &dyn Fixture) {
    let mut samples = Samples::new(34);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let mut deposits: Vec<_> = (0..30).map(|_| samples.deposit(key)).collect();
    deposits[5].envelope.bytes = samples.bytes(SIZE_CLASSES[6].bytes());
    mailroom.deposit(&deposits).await.expect("deposited");
    mailroom
        .quarantine(deposits[9].envelope.id, "wrong_id")
        .await
        .expect("set aside");
    let waiting = all_waiting(&*mailroom, key).await;
    let quarantined = mailroom.quarantined().await.expect("read");

    for _ in 0..2 {
        mailroom.shuffle().await.expect("shuffled");
    }

    assert_eq!(all_waiting(&*mailroom, key).await, waiting);
    assert_eq!(mailroom.quarantined().await.expect("read"), quarantined);
    for deposit in deposits {
        let mailbox = mailroom.mailbox(mailbox_of(&deposit)).await.expect("read");
        assert_eq!(mailbox, deposit.first_entry.into_iter().collect::<Vec<_>>());
    }
    mailroom
        .deposit(&[samples.deposit(key)])
        .await
        .expect("the store goes on");
}

/// Complaints come at any hour; the daily rewrite refuses none and loses none.
pub async fn deposits_go_on_while_the_mailroom_is_shuffled(fixture: &dyn Fixture) {
    let mut samples = Samples::new(35);
    let (intake, triage) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    let key = samples.id();
    let deposits: Vec<_> = (0..60).map(|_| samples.deposit(key)).collect();
    let deposit_all = async {
        for deposit in &deposits {
            intake
                .deposit(std::slice::from_ref(deposit))
                .await
                .expect("deposited");
            let mailbox = intake.mailbox(mailbox_of(deposit)).await.expect("read");
            assert_eq!(mailbox.len(), 1);
        }
    };
    let shuffle_all = async {
        for _ in 0..5 {
            triage.shuffle().await.expect("shuffled");
        }
    };

    tokio::join!(deposit_all, shuffle_all);

    assert_eq!(all_waiting(&*triage, key).await.len(), 60);
}

/// Readiness asks this.
pub async fn the_mailroom_answers(fixture: &dyn Fixture) {
    fixture.mailroom().await.ping().await.expect("answers");
}
