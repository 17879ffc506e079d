//! Exactly once, whatever breaks: a worker is killed at every call of a store, before the call took
//! effect and after, and another one goes on.

mod batches;
mod drawn;
mod frail;
mod rotation;
mod set_aside;

use std::sync::Arc;

use committee::keyring::Keyring;
use committee::waiting::backlog;
use mailbox::{Author, Body, Message, Notice};
use opening::CommitteeIdentity;
use sealing::{Content, TrackingToken};
use store::casefiles::{CaseFiles, CaseId, DocumentKind};
use store::mailroom::{Backlog, Deposit, TriageMailroom, WaitingEnvelope};

pub(super) use self::frail::{Moment, survive};
use super::Round;
use crate::documents::{MessageDocument, ProposalDocument, place};
use crate::testing::{House, story};

const STORY: &str = "Mi jefe me acosa y me pide favores sexuales a cambio de no reportarme.";
const FURTHER: &str = "Hoy volvió a pasar, en el mismo pasillo.";

/// How many documents of a kind a case has, all of them opened.
async fn count(house: &House, case: CaseId, kind: DocumentKind) -> usize {
    let wrap = house.cases.committee_wrap(case).await.unwrap().unwrap();
    let key = house.keyring.case_key(case, &wrap).unwrap();
    let documents = house.cases.documents(case).await.unwrap();
    for document in documents.iter().filter(|document| document.kind == kind) {
        let place = place(case, document.id, kind, document.written_on);
        match kind {
            DocumentKind::Complaint => {
                key.open::<serde_json::Value>(&place, &document.sealed)
                    .unwrap();
            }
            DocumentKind::Message => {
                let message: MessageDocument = key.open(&place, &document.sealed).unwrap();
                assert_eq!(message.text, Some(FURTHER.to_owned().into()));
            }
            DocumentKind::Proposal => {
                key.open::<ProposalDocument>(&place, &document.sealed)
                    .unwrap();
            }
            DocumentKind::Evidence
            | DocumentKind::Reply
            | DocumentKind::Conflict
            | DocumentKind::Step
            | DocumentKind::Paper
            | DocumentKind::Masks => {
                unreachable!("none is counted here")
            }
        }
    }
    documents
        .iter()
        .filter(|document| document.kind == kind)
        .count()
}

pub(super) async fn assert_nothing_waits(house: &House, what: &str) {
    let backlog = house
        .mailroom
        .backlog(house.keyring.key_id())
        .await
        .unwrap();
    assert_eq!(backlog, Backlog::default(), "{what}: an envelope is left");
    assert_eq!(
        house.cases.outbox(99).await.unwrap(),
        [],
        "{what}: a reply is left"
    );
}

/// The case of one complaint, with everything once.
async fn assert_one_case(house: &House, token: &TrackingToken, messages: usize, what: &str) {
    let register = house.register().await;
    let [case] = register.as_slice() else {
        panic!("{what}: {} cases", register.len())
    };
    assert!(
        case.classification.is_some(),
        "{what}: it is not classified"
    );
    assert_eq!(
        case.terms.len(),
        2,
        "{what}: the first term and the interim message"
    );
    assert_eq!(usize::try_from(case.messages), Ok(messages), "{what}");
    assert_eq!(
        count(house, case.id, DocumentKind::Complaint).await,
        1,
        "{what}"
    );
    assert_eq!(
        count(house, case.id, DocumentKind::Proposal).await,
        1,
        "{what}"
    );
    assert_eq!(
        count(house, case.id, DocumentKind::Message).await,
        messages,
        "{what}"
    );

    let mailbox = house.mailbox(token).await;
    let positions: Vec<u32> = mailbox.iter().map(|(position, _)| *position).collect();
    let expected: Vec<u32> = (0..).take(2 + messages).collect();
    assert_eq!(positions, expected, "{what}: the mailbox has gaps");
    let notices: Vec<Notice> = mailbox
        .iter()
        .filter_map(|(_, entry)| match &entry.body {
            Body::Standing(standing) => Some(standing.notice),
            Body::Filed(_) => Some(Notice::Stored),
            Body::Message(_) | Body::Words(_) => None,
        })
        .collect();
    assert_eq!(notices, [Notice::Stored, Notice::Opened], "{what}");
    let Body::Standing(reply) = &mailbox[1].1.body else {
        panic!("{what}: no first reply")
    };
    assert_eq!(reply.folio, Some(case.folio), "{what}");
    let terms: Vec<_> = case.terms.iter().map(|term| term.deadline).collect();
    assert_eq!(reply.deadlines, terms, "{what}");
    for (_, echo) in &mailbox[2..] {
        let Body::Message(message) = &echo.body else {
            panic!("{what}: no echo")
        };
        let written = Message {
            situation: Some(reply.clone().into()),
            ..Message::written(Author::Complainant, FURTHER.to_owned().into())
        };
        assert_eq!(*message, written, "{what}: it says where the case stands");
    }
    assert_nothing_waits(house, what).await;
}

#[tokio::test]
async fn a_complaint_becomes_one_case_with_one_reply_wherever_the_worker_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            let killed = survive(&house, n, moment).await;
            assert_one_case(&house, &token, 0, &format!("call {n}, {moment:?}")).await;
            if !killed {
                assert!(n >= 9, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_further_message_enters_its_case_once_wherever_the_worker_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            house.worker().round().await.unwrap();
            house.write(&token, FURTHER).await;
            let killed = survive(&house, n, moment).await;
            assert_one_case(&house, &token, 1, &format!("call {n}, {moment:?}")).await;
            if !killed {
                assert!(n >= 8, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

#[tokio::test]
async fn complaint_and_message_of_one_round_survive_together() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            house.write(&token, FURTHER).await;
            let killed = survive(&house, n, moment).await;
            assert_one_case(&house, &token, 1, &format!("call {n}, {moment:?}")).await;
            if !killed {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_message_before_its_complaint_waits_for_it() {
    let house = House::new().await;
    let token = TrackingToken::draw(&house.rng).unwrap();
    house.write(&token, FURTHER).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            deferred: 1,
            ..Round::default()
        }
    );
    house.file_under(&token, story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            followed: 1,
            ..Round::default()
        }
    );
    assert_one_case(&house, &token, 1, "message first").await;
}

#[tokio::test]
async fn a_batch_full_of_orphaned_messages_blocks_nobody() {
    let house = House::new().await;
    // Several batches of nothing else.
    for _ in 0..7 {
        house
            .write(&TrackingToken::draw(&house.rng).unwrap(), FURTHER)
            .await;
    }
    let token = house.file(story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            deferred: 7,
            ..Round::default()
        }
    );
    assert_eq!(house.mailbox(&token).await.len(), 2);
}

#[tokio::test]
async fn an_envelope_of_another_key_stays_where_it_is() {
    let house = House::new().await;
    let other = CommitteeIdentity::generate();
    let token = TrackingToken::draw(&house.rng).unwrap();
    let message = domain::complaint::MessageText::parse(domain::complaint::SecretText::from(
        FURTHER.to_owned(),
    ));
    let foreign = house.seal(&token, Content::from(message.unwrap()), other.recipients());
    house
        .deposit(Deposit {
            envelope: foreign.clone(),
            first_entry: None,
            leaf: None,
        })
        .await;
    assert_eq!(house.worker().round().await.unwrap(), Round::default());
    let waiting = house
        .mailroom
        .waiting(other.key_id(), None, 9)
        .await
        .unwrap();
    assert_eq!(waiting, [WaitingEnvelope::Sound(foreign)]);
    let backlog = house
        .mailroom
        .backlog(house.keyring.key_id())
        .await
        .unwrap();
    assert_eq!(
        backlog,
        Backlog {
            foreign: 1,
            ..Backlog::default()
        }
    );
}

#[tokio::test]
async fn what_still_comes_to_the_key_of_before_a_rotation_is_worked_off() {
    let mut house = House::new().await;
    let before = house.file(story(STORY)).await;
    let identity = house.identity.rotated().unwrap();
    house.keyring = Arc::new(
        Keyring::unseal(identity.clone(), &*house.cases)
            .await
            .unwrap(),
    );
    let late = house.file(story(STORY)).await;
    house.recipients = identity.recipients().clone();
    let after = house.file(story(STORY)).await;
    house.write(&before, FURTHER).await;
    let waiting = async || {
        backlog(&*house.mailroom, &house.keyring.key_ids())
            .await
            .unwrap()
            .ours
    };
    assert_eq!(waiting().await, 4);

    let round = house.worker().round().await.unwrap();
    assert_eq!((round.admitted, round.followed), (3, 1));
    assert_eq!(waiting().await, 0);
    for token in [before, late, after] {
        assert!(house.mailbox(&token).await.len() > 1, "each is answered");
    }
}

#[tokio::test]
async fn two_workers_at_once_make_one_case_of_a_complaint() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.write(&token, FURTHER).await;
    let (first, second) = (house.worker(), house.worker());
    let (first, second) = tokio::join!(first.round(), second.round());
    first.unwrap();
    second.unwrap();
    house.worker().round().await.unwrap();
    assert_one_case(&house, &token, 1, "two workers").await;
}

#[tokio::test]
async fn a_part_of_one_case_does_not_open_in_another() {
    let house = House::new().await;
    let (one, two) = (
        house.case(story(STORY)).await,
        house.case(story(STORY)).await,
    );
    let one = house.cases.case(one).await.unwrap().unwrap().id;
    let two = house.cases.case(two).await.unwrap().unwrap().id;
    let wrap = house.cases.committee_wrap(one).await.unwrap().unwrap();
    let key = house.keyring.case_key(one, &wrap).unwrap();
    // The place is authenticated with it, so a wrap that was moved is as one that was altered.
    assert_eq!(
        house.keyring.case_key(two, &wrap).unwrap_err(),
        opening::OpenError::Damaged
    );
    let document = &house.cases.documents(one).await.unwrap()[0];
    let elsewhere = place(two, document.id, document.kind, document.written_on);
    assert_eq!(
        key.open::<serde_json::Value>(&elsewhere, &document.sealed)
            .unwrap_err(),
        opening::OpenError::Moved
    );
}
