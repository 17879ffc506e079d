//! Rules of the mailroom.

use mailbox::ENTRY_SIZES;
use sealing::{EnvelopeId, KeyId, LookupId, SIZE_CLASSES, SealedEnvelope};

use super::Fixture;
use super::samples::Samples;
use crate::StoreError;
use crate::mailroom::{Deposit, Mailroom, Posted, WaitingEnvelope};

/// More than any rule lets wait.
pub(super) const ALL: u32 = 10_000;

pub(super) fn sound(waiting: Vec<WaitingEnvelope>) -> Vec<SealedEnvelope> {
    let sound = |waiting| match waiting {
        WaitingEnvelope::Sound(envelope) => envelope,
        WaitingEnvelope::Unsound { id, reason } => panic!("{id:?} is unsound: {reason}"),
    };
    waiting.into_iter().map(sound).collect()
}

pub(super) async fn all_waiting(mailroom: &dyn Mailroom, key: KeyId) -> Vec<SealedEnvelope> {
    sound(mailroom.waiting(key, None, ALL).await.expect("waiting"))
}

pub(super) fn ids(envelopes: &[SealedEnvelope]) -> Vec<EnvelopeId> {
    let mut ids: Vec<_> = envelopes.iter().map(|envelope| envelope.id).collect();
    ids.sort();
    ids
}

pub(super) fn mailbox_of(deposit: &Deposit) -> LookupId {
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

/// The first entry, and the newest of the others before a place, never more.
pub async fn a_mailbox_is_read_by_pages(fixture: &dyn Fixture) {
    let mut samples = Samples::new(60);
    let mailroom = fixture.mailroom().await;
    let (mine, unknown) = (samples.id(), samples.id());
    for position in [4, 0, 2, 300, 1, u32::MAX] {
        let entry = samples.entry(mine, position);
        mailroom.post(&entry).await.expect("posted");
    }
    let page = async |before, limit| {
        let entries = mailroom.mailbox_page(mine, before, limit).await;
        let entries = entries.expect("read").into_iter();
        entries.map(|entry| entry.position).collect::<Vec<_>>()
    };

    assert_eq!(page(None, 2).await, [0, 300, u32::MAX]);
    assert_eq!(page(Some(u32::MAX), 2).await, [0, 4, 300]);
    assert_eq!(page(Some(4), 5).await, [0, 1, 2]);
    assert_eq!(page(Some(1), 5).await, [0]);
    assert_eq!(page(Some(0), 5).await, [0]);
    assert_eq!(page(None, 0).await, [0]);
    assert_eq!(page(None, u32::MAX).await.len(), 6);
    let nothing = mailroom.mailbox_page(unknown, None, 5).await;
    assert_eq!(nothing.expect("read"), []);
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

/// Whoever has its token sees what anybody sees who has none; the other mailboxes stay.
pub async fn a_purged_mailbox_is_one_that_never_was(fixture: &dyn Fixture) {
    let mut samples = Samples::new(41);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposits = [samples.deposit(key), samples.deposit(key)];
    mailroom.deposit(&deposits).await.expect("deposited");
    let [purged, kept] = [mailbox_of(&deposits[0]), mailbox_of(&deposits[1])];
    for mailbox in [purged, kept] {
        mailroom
            .post(&samples.entry(mailbox, 1))
            .await
            .expect("posted");
    }

    for _ in 0..2 {
        mailroom.purge_mailbox(purged).await.expect("no error");
    }

    assert!(mailroom.mailbox(purged).await.expect("read").is_empty());
    assert_eq!(mailroom.mailbox(kept).await.expect("read").len(), 2);
    assert_eq!(all_waiting(&*mailroom, key).await.len(), 2);
}

/// Readiness asks this.
pub async fn the_mailroom_answers(fixture: &dyn Fixture) {
    fixture.mailroom().await.ping().await.expect("answers");
}

/// The first entry takes the place of the one that says so, and the old mailbox is one that never was.
pub async fn a_mailbox_moves_to_other_words_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(43);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let deposits = [
        samples.deposit(key),
        samples.deposit(key),
        samples.deposit(key),
    ];
    mailroom.deposit(&deposits).await.expect("deposited");
    let [old, new, other] = [0, 1, 2].map(|n| mailbox_of(&deposits[n]));
    let told = samples.entry(old, 1);
    mailroom.post(&told).await.expect("posted");
    let resealed = samples.entry(new, 1);
    mailroom.post(&resealed).await.expect("posted");
    let part = mailroom.mailbox_part(old, None, 1).await.expect("read");
    assert_eq!(part.last(), Some(&told));
    let first = samples.entry(new, 0);

    assert!(mailroom.end_move(old, &first).await.expect("no error"));

    let moved = [first.clone(), resealed];
    assert_eq!(mailroom.mailbox(old).await.expect("read"), []);
    assert_eq!(mailroom.mailbox(new).await.expect("read"), moved);
    assert_eq!(mailroom.mailbox(other).await.expect("read").len(), 1);
    // Whoever was killed afterwards ends it again, with other bytes.
    let again = samples.entry(new, 0);
    assert!(!mailroom.end_move(old, &again).await.expect("no error"));
    assert_eq!(mailroom.mailbox(new).await.expect("read"), moved);
    assert_eq!(all_waiting(&*mailroom, key).await.len(), 3);
}
