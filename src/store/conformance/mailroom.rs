//! Rules of the mailroom.

use mailbox::ENTRY_SIZES;
use sealing::{EnvelopeId, KeyId, LookupId, SIZE_CLASSES, SealedEnvelope};

use super::Fixture;
use super::samples::Samples;
use crate::StoreError;
use crate::mailroom::{Backlog, Deposit, Mailroom, Posted, Quarantined, WaitingEnvelope};

/// More than any rule lets wait.
const ALL: u32 = 10_000;

fn sound(waiting: Vec<WaitingEnvelope>) -> Vec<SealedEnvelope> {
    let sound = |waiting| match waiting {
        WaitingEnvelope::Sound(envelope) => envelope,
        WaitingEnvelope::Unsound { id, reason } => panic!("{id:?} is unsound: {reason}"),
    };
    waiting.into_iter().map(sound).collect()
}

async fn all_waiting(mailroom: &dyn Mailroom, key: KeyId) -> Vec<SealedEnvelope> {
    sound(mailroom.waiting(key, None, ALL).await.expect("waiting"))
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
        leaf: None,
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
        leaf: None,
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
        leaf: None,
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
        leaf: None,
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

/// And again makes no difference.
pub async fn a_reply_is_posted_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(18);
    let mailroom = fixture.mailroom().await;
    let lookup_id = samples.id();
    for position in [0, 1] {
        let reply = samples.entry(lookup_id, position);
        for posted in [Posted::Now, Posted::Before] {
            assert_eq!(mailroom.post(&reply).await.expect("posted"), posted);
        }
        let mailbox = mailroom.mailbox(lookup_id).await.expect("read");
        assert_eq!(mailbox.last(), Some(&reply));
    }
}

/// Whoever may write to the mailroom but is not triage cannot keep a reply away by being first.
pub async fn other_bytes_give_way_to_a_reply(fixture: &dyn Fixture) {
    let mut samples = Samples::new(36);
    let mailroom = fixture.mailroom().await;
    let lookup_id = samples.id();
    let neighbour = samples.entry(lookup_id, 2);
    let planted = samples.entry(lookup_id, 1);
    let mut reply = samples.entry(lookup_id, 1);
    reply.bytes = samples.bytes(ENTRY_SIZES[2]);
    mailroom.post(&neighbour).await.expect("posted");
    mailroom.post(&planted).await.expect("posted");

    for posted in [Posted::Replaced, Posted::Before] {
        assert_eq!(mailroom.post(&reply).await.expect("posted"), posted);
    }

    let mailbox = mailroom.mailbox(lookup_id).await.expect("read");
    assert_eq!(mailbox, [reply, neighbour]);
}

/// It is the complaint's own.
pub async fn the_first_entry_never_gives_way(fixture: &dyn Fixture) {
    let mut samples = Samples::new(37);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposit = samples.deposit(key);
    let lookup_id = mailbox_of(&deposit);
    mailroom
        .deposit(std::slice::from_ref(&deposit))
        .await
        .expect("deposited");

    let refused = mailroom.post(&samples.entry(lookup_id, 0)).await;

    assert!(
        matches!(
            refused,
            Err(StoreError::Inconsistent {
                table: "mailbox_entries",
                column: "sealed"
            })
        ),
        "{refused:?}"
    );
    let mailbox = mailroom.mailbox(lookup_id).await.expect("read");
    assert_eq!(mailbox, deposit.first_entry.into_iter().collect::<Vec<_>>());
    mailroom
        .post(&samples.entry(lookup_id, 1))
        .await
        .expect("the store goes on");
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

/// However many there are, and however many of them are removed or come meanwhile.
pub async fn pages_of_what_waits_leave_nothing_out(fixture: &dyn Fixture) {
    let mut samples = Samples::new(21);
    let mailroom = fixture.mailroom().await;
    let (key, other) = (samples.id(), samples.id());
    let deposits: Vec<_> = (0..10).map(|_| samples.deposit(key)).collect();
    mailroom.deposit(&deposits).await.expect("deposited");
    let foreign: Vec<_> = (0..10).map(|_| samples.deposit(other)).collect();
    mailroom.deposit(&foreign).await.expect("deposited");

    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = sound(mailroom.waiting(key, after, 3).await.expect("waiting"));
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        mailroom.remove(page[0].id).await.expect("removed");
        seen.extend(page);
    }

    let all: Vec<_> = deposits
        .into_iter()
        .map(|deposit| deposit.envelope)
        .collect();
    let order: Vec<_> = seen.iter().map(|envelope| envelope.id).collect();
    assert_eq!(order, ids(&all));
}

/// Nor more than there are.
pub async fn no_more_wait_than_asked_for(fixture: &dyn Fixture) {
    let mut samples = Samples::new(22);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposits: Vec<_> = (0..10).map(|_| samples.deposit(key)).collect();
    mailroom.deposit(&deposits).await.expect("deposited");

    for (limit, count) in [(0, 0), (3, 3), (10, 10), (u32::MAX, 10)] {
        let page = mailroom.waiting(key, None, limit).await.expect("waiting");
        assert_eq!(page.len(), count);
    }
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

fn set_aside(envelope: &SealedEnvelope, reason: &str) -> Quarantined {
    Quarantined {
        id: envelope.id,
        received_on: envelope.received_on.to_string(),
        key_id: envelope.key_id.as_bytes().to_vec(),
        sealed: envelope.bytes.clone(),
        reason: reason.to_owned(),
    }
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
    assert_eq!(quarantined, [set_aside(&deposit.envelope, "wrong_id")]);
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

/// What one may not do is lose an envelope by setting another aside.
pub async fn a_second_envelope_of_an_id_is_quarantined_beside_the_first(fixture: &dyn Fixture) {
    let mut samples = Samples::new(38);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let first = samples.envelope(key);
    let mut second = samples.envelope(key);
    second.id = first.id;
    let mut third = first.clone();
    third.received_on = third.received_on.tomorrow().expect("a day");

    let mut expected = Vec::new();
    for (envelope, reason, is_new) in [
        (&first, "one", true),
        (&second, "two", true),
        (&first, "again", false),
        (&third, "three", true),
    ] {
        let deposit = Deposit {
            envelope: envelope.clone(),
            first_entry: None,
            leaf: None,
        };
        mailroom.deposit(&[deposit]).await.expect("deposited");
        mailroom
            .quarantine(envelope.id, reason)
            .await
            .expect("set aside");
        assert!(all_waiting(&*mailroom, key).await.is_empty());
        if is_new {
            expected.push(set_aside(envelope, reason));
        }
    }

    let mut quarantined = mailroom.quarantined().await.expect("read");
    quarantined.sort_by(|one, other| one.reason.cmp(&other.reason));
    expected.sort_by(|one, other| one.reason.cmp(&other.reason));
    assert_eq!(quarantined, expected);
}

/// It is set aside as it stands.
pub async fn a_row_that_does_not_read_back_holds_up_no_other(fixture: &dyn Fixture) {
    let mut samples = Samples::new(39);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposits: Vec<_> = (0..5).map(|_| samples.deposit(key)).collect();
    mailroom.deposit(&deposits).await.expect("deposited");
    let spoilt = &deposits[2].envelope;
    fixture.spoil(spoilt.id).await;

    let waiting = mailroom.waiting(key, None, ALL).await.expect("waiting");

    assert_eq!(waiting.len(), 5);
    for envelope in waiting {
        let expected = deposits
            .iter()
            .find(|deposit| deposit.envelope.id == envelope.id());
        let expected = expected.expect("deposited").envelope.clone();
        if expected.id == spoilt.id {
            let (id, reason) = (spoilt.id, WaitingEnvelope::ROW);
            assert_eq!(envelope, WaitingEnvelope::Unsound { id, reason });
        } else {
            assert_eq!(envelope, WaitingEnvelope::Sound(expected));
        }
    }
    for _ in 0..2 {
        mailroom
            .quarantine(spoilt.id, WaitingEnvelope::ROW)
            .await
            .expect("set aside");
    }
    let expected = Quarantined {
        received_on: "2026-99-99".to_owned(),
        ..set_aside(spoilt, WaitingEnvelope::ROW)
    };
    assert_eq!(mailroom.quarantined().await.expect("read"), [expected]);
    assert_eq!(all_waiting(&*mailroom, key).await.len(), 4);
    mailroom.shuffle().await.expect("shuffled");
    assert_eq!(mailroom.quarantined().await.expect("read").len(), 1);
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
