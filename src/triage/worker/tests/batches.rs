//! Several batches at once: one is written while the next is made, and nothing of any is classified before
//! all are answered.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use classifier::{Classifier, Proposal};
use domain::complaint::Complaint;
use sealing::{Content, TrackingToken};
use store::casefiles::CaseFiles as _;
use store::mailroom::{Deposit, TriageMailroom as _};
use tokio::runtime::Handle;

use super::frail::frail;
use super::{Moment, STORY};
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
    // As many as were begun before one was done.
    assert!(round.admitted >= 1 && round.more_waits);
    assert_eq!(unclassified().await as u64, 5 - round.admitted);
    worker.round().await.unwrap();

    let late = late.get().unwrap();
    assert_eq!(house.mailbox(late).await.len(), 2, "it is answered");
    assert!(
        unclassified().await >= 1,
        "and others wait to be classified"
    );
    while worker.round().await.unwrap().more_waits {}
    assert_eq!(unclassified().await, 0);
    assert_eq!(house.register().await.len(), 6);
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
