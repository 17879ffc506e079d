//! Several batches at once: one is written while the next is made, and nothing of any is classified before
//! all are answered.

use domain::complaint::Complaint;
use sealing::Content;
use store::mailroom::{Deposit, TriageMailroom as _};

use super::frail::frail;
use super::{Moment, STORY, assert_nothing_waits};
use crate::testing::{House, story};
use crate::worker::Round;

#[tokio::test]
async fn all_that_waits_is_answered_before_any_of_it_is_classified_wherever_the_worker_is_killed() {
    for n in 0.. {
        let house = House::new().await;
        let what = format!("call {n}");
        let mut tokens = Vec::new();
        for _ in 0..5 {
            tokens.push(house.file(story(STORY)).await);
        }

        let killed = frail(&house, n, Moment::Before).round().await.is_err();

        let register = house.register().await;
        if register.iter().any(|case| case.classification.is_some()) {
            for token in &tokens {
                assert_eq!(house.mailbox(token).await.len(), 2, "{what}: not answered");
            }
        }
        house.worker().round().await.unwrap();
        assert_eq!(house.worker().round().await.unwrap(), Round::default());
        let register = house.register().await;
        assert_eq!(register.len(), tokens.len(), "{what}");
        assert!(register.iter().all(|case| case.classification.is_some()));
        for token in &tokens {
            assert_eq!(house.mailbox(token).await.len(), 2, "{what}");
        }
        assert_nothing_waits(&house, &what).await;
        if !killed {
            assert!(n >= 20, "only {n} calls were put to the test");
            break;
        }
    }
}

#[tokio::test]
async fn two_complaints_for_one_mailbox_that_come_together_are_one_case_and_hold_up_no_other() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    let complaint = Complaint::parse(serde_json::from_value(story(STORY)).unwrap()).unwrap();
    let second = house.seal(&token, Content::complaint(complaint), &house.recipients);
    let deposit = Deposit {
        envelope: second,
        first_entry: None,
        leaf: None,
    };
    house.deposit(deposit).await;
    let others = [
        house.file(story(STORY)).await,
        house.file(story(STORY)).await,
    ];
    // All in one batch.
    let worker = crate::worker::Worker {
        batch: 16,
        ..house.worker()
    };

    let round = worker.round().await.unwrap();

    let expected = Round {
        admitted: 3,
        quarantined: 1,
        ..Round::default()
    };
    assert_eq!(round, expected);
    let aside = house.mailroom.quarantined().await.unwrap();
    assert_eq!(aside[0].reason, "mailbox_taken");
    for token in [&token, &others[0], &others[1]] {
        assert_eq!(house.mailbox(token).await.len(), 2);
    }
    assert_eq!(house.register().await.len(), 3);
}
