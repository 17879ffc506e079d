//! Rules of the envelopes that wait, and of those that are set aside.

use sealing::SealedEnvelope;

use super::Fixture;
use super::mailroom::{ALL, all_waiting, ids, mailbox_of, sound};
use super::samples::Samples;
use crate::mailroom::{Backlog, Deposit, Quarantined, WaitingEnvelope};

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

/// A new key of the committee: the row changes its key and its bytes, and nothing else.
pub async fn what_waits_is_sealed_anew_in_its_place(fixture: &dyn Fixture) {
    let mut samples = Samples::new(40);
    let mailroom = fixture.mailroom().await;
    let (old, new) = (samples.id(), samples.id());
    let deposits = [samples.deposit(old), samples.deposit(old)];
    mailroom.deposit(&deposits).await.expect("deposited");
    let [left, aside] = [&deposits[0].envelope, &deposits[1].envelope];
    let quarantined = mailroom.quarantine(aside.id, "size").await;
    quarantined.expect("set aside");
    let anew = |envelope: &SealedEnvelope, bytes| SealedEnvelope {
        key_id: new,
        bytes,
        // Not the store's business: the day of reception stays.
        received_on: envelope.received_on.tomorrow().expect("a day"),
        ..envelope.clone()
    };
    let gone = samples.envelope(old);
    let sealed = anew(left, samples.bytes(8192));
    let again = anew(left, samples.bytes(8192));
    let of_aside = anew(aside, samples.bytes(4096));
    let of_gone = anew(&gone, samples.bytes(4096));

    for (expected, envelopes, done) in [
        (new, vec![sealed.clone()], 0),
        (old, vec![of_gone.clone(), sealed.clone(), of_aside], 1),
        (old, vec![again, of_gone], 0),
        (old, Vec::new(), 0),
    ] {
        let resealed = mailroom.reseal(expected, &envelopes).await;
        assert_eq!(resealed.expect("no error"), done);
    }

    assert!(all_waiting(&*mailroom, old).await.is_empty());
    let waiting = SealedEnvelope {
        received_on: left.received_on,
        ..sealed
    };
    assert_eq!(all_waiting(&*mailroom, new).await, [waiting]);
    let quarantined = mailroom.quarantined().await.expect("read");
    assert_eq!(quarantined, [set_aside(aside, "size")]);
}
