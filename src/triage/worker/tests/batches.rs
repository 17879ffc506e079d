//! Several batches at once: one is written while the next is made, and nothing of any is classified before
//! all are answered.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use classifier::{Classifier, Proposal};
use domain::complaint::{Complaint, MessageText, SecretText};
use sealing::{Content, FillerKey, FollowUp, Letter, TrackingToken};
use store::casefiles::CaseFiles as _;
use store::mailroom::{Deposit, TriageMailroom as _};
use tokio::runtime::Handle;

use super::frail::frail;
use super::{FURTHER, Moment, STORY};
use crate::testing::{House, story};
use crate::worker::evidence_tests::lists;
use crate::worker::{Round, Worker};

const UNREADABLE: &str = "Esto no lo lee el clasificador.";

/// Panics over one complaint.
struct Fragile;

impl Classifier for Fragile {
    fn classify(&self, text: &str) -> Proposal {
        assert!(text != UNREADABLE, "this one panics");
        classifier::standard().classify(text)
    }

    fn version(&self) -> &'static str {
        classifier::standard().version()
    }
}

/// One of the complaints brings a file, over one the classifier panics, and for the mailbox of one there is
/// another one.
#[tokio::test]
async fn all_that_waits_is_answered_before_any_of_it_is_classified_wherever_the_worker_is_killed() {
    for n in 0.. {
        let house = House::new().await;
        let what = format!("call {n}");
        let file = house.hold("foto.pdf", b"lo que se ve").await;
        let tokens = [
            house.file_with(story(STORY), vec![file]).await,
            house.file(story(UNREADABLE)).await,
            house.file(story(STORY)).await,
            house.file(story(STORY)).await,
        ];
        file_again(&house, &tokens[2]).await;

        let killed = Worker {
            classifier: &Fragile,
            ..frail(&house, n, Moment::Before)
        };
        let killed = killed.round().await.is_err();

        let register = house.register().await;
        if register.iter().any(|case| case.classification.is_some()) {
            for token in &tokens {
                assert_eq!(house.mailbox(token).await.len(), 2, "{what}: not answered");
            }
        }
        let worker = Worker {
            proposing: Duration::ZERO,
            ..house.worker()
        };
        while worker.round().await.unwrap().more_waits {}
        assert_eq!(worker.round().await.unwrap(), Round::default());
        let register = house.register().await;
        assert_eq!(register.len(), tokens.len(), "{what}");
        assert!(register.iter().all(|case| case.classification.is_some()));
        let mut files = 0;
        for case in &register {
            files += lists(&house, case.id).await.len();
        }
        assert_eq!(files, 1, "{what}");
        for token in &tokens {
            assert_eq!(house.mailbox(token).await.len(), 2, "{what}");
        }
        let aside = house.mailroom.quarantined().await.unwrap();
        let reasons: Vec<_> = aside.iter().map(|one| one.reason.as_str()).collect();
        assert_eq!(reasons, ["mailbox_taken"], "{what}");
        assert_eq!(house.cases.outbox(99).await.unwrap(), [], "{what}");
        if !killed {
            assert!(n >= 20, "only {n} calls were put to the test");
            break;
        }
    }
}

/// When it is asked for the first time, somebody files.
struct Interrupted {
    runtime: Handle,
    house: Arc<House>,
    late: Arc<OnceLock<TrackingToken>>,
}

impl Classifier for Interrupted {
    fn classify(&self, text: &str) -> Proposal {
        let file = || self.runtime.block_on(self.house.file(story(STORY)));
        self.late.get_or_init(file);
        classifier::standard().classify(text)
    }

    fn version(&self) -> &'static str {
        classifier::standard().version()
    }
}

#[tokio::test]
async fn what_arrives_while_a_backlog_is_classified_is_answered_before_all_of_it_is() {
    let house = Arc::new(House::new().await);
    let late = Arc::new(OnceLock::new());
    let classifier = Interrupted {
        runtime: Handle::current(),
        house: Arc::clone(&house),
        late: Arc::clone(&late),
    };
    let worker = Worker {
        classifier: Box::leak(Box::new(classifier)),
        batch: 1,
        proposing: Duration::ZERO,
        ..house.worker()
    };
    for _ in 0..5 {
        house.file(story(STORY)).await;
    }
    let unclassified = async || {
        let register = house.register().await;
        let without = register.iter().filter(|case| case.classification.is_none());
        without.count()
    };

    let round = worker.round().await.unwrap();
    assert_eq!((round.admitted, round.more_waits), (1, true));
    assert_eq!(unclassified().await, 4);
    worker.round().await.unwrap();

    let late = late.get().unwrap();
    assert_eq!(house.mailbox(late).await.len(), 2, "it is answered");
    assert_eq!(unclassified().await, 4, "and others wait to be classified");
    while worker.round().await.unwrap().more_waits {}
    assert_eq!(unclassified().await, 0);
    assert_eq!(house.register().await.len(), 6);
}

/// Whoever writes to the mailroom can seal to the committee, too: what stands under the id of a complaint that
/// is known to be answered need not be that complaint.
#[tokio::test]
async fn another_letter_in_the_place_of_an_answered_complaint_stops_nobody() {
    let house = House::new().await;
    let tokens = [
        house.file(story(STORY)).await,
        house.file(story(STORY)).await,
    ];
    let worker = Worker {
        batch: 1,
        proposing: Duration::ZERO,
        ..house.worker()
    };
    assert!(worker.round().await.unwrap().more_waits);
    let key = house.keyring.key_id();
    let waiting = house.mailroom.waiting(key, None, 9).await.unwrap();
    let [answered] = &waiting[..] else {
        panic!("one is left to be classified");
    };
    let text = MessageText::parse(SecretText::from(FURTHER.to_owned())).unwrap();
    let told = FollowUp::new(Some(text), None, false, Vec::new()).unwrap();
    let letter = Letter {
        envelope_id: answered.id(),
        lookup_id: tokens[0].lookup_id(),
        mailbox_key: tokens[0].mailbox_key(),
        received_on: house.today(),
        filler_key: FillerKey::draw(&house.rng).unwrap(),
        content: Content::FollowUp(Box::new(told)),
    };
    house.mailroom.remove(answered.id()).await.unwrap();
    let deposit = Deposit {
        envelope: sealing::seal(&letter, &house.recipients).unwrap(),
        first_entry: None,
        leaf: None,
    };
    house.deposit(deposit).await;
    house.file(story(STORY)).await;

    while worker.round().await.unwrap().more_waits {}
    worker.round().await.unwrap();

    let register = house.register().await;
    let classified = register.iter().filter(|case| case.classification.is_some());
    assert_eq!((register.len(), classified.count()), (3, 2));
    let waiting = house.mailroom.waiting(key, None, 9).await.unwrap();
    assert!(waiting.is_empty(), "it was looked at for what it is");
}

/// A second complaint for one mailbox.
async fn file_again(house: &House, token: &TrackingToken) {
    let complaint = Complaint::parse(serde_json::from_value(story(STORY)).unwrap()).unwrap();
    let envelope = house.seal(token, Content::complaint(complaint), &house.recipients);
    let deposit = Deposit {
        envelope,
        first_entry: None,
        leaf: None,
    };
    house.deposit(deposit).await;
}

#[tokio::test]
async fn two_complaints_for_one_mailbox_that_come_together_are_one_case_and_hold_up_no_other() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    file_again(&house, &token).await;
    let others = [
        house.file(story(STORY)).await,
        house.file(story(STORY)).await,
    ];
    // All in one batch.
    let worker = Worker {
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
