//! What cannot become part of a case is set aside with its reason.

use committee::calendar::CalendarBook;
use domain::committee::MemberId;
use domain::complaint::{Complaint, SecretText, ShortText};
use jiff::civil::{Date, date};
use mailbox::SealedEntry;
use sealing::{Content, EnvelopeId, FillerKey, Letter, TrackingToken};
use service::clock::Clock as _;
use store::casefiles::CaseFiles as _;
use store::mailroom::{Backlog, Deposit, TriageMailroom};
use store::steps::{CaseStep, Stepped, Steps as _};

use super::{FURTHER, Moment, STORY, survive};
use crate::testing::{House, story};
use crate::worker::Round;

#[tokio::test]
async fn a_damaged_envelope_is_set_aside_whole_and_the_others_go_on() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let lost = TrackingToken::draw(&house.rng).unwrap();
            let message =
                domain::complaint::MessageText::parse(SecretText::from(FURTHER.to_owned()));
            let mut damaged = house.seal(&lost, Content::from(message.unwrap()), &house.recipients);
            damaged.bytes[300] ^= 1;
            house
                .deposit(Deposit {
                    envelope: damaged.clone(),
                    first_entry: None,
                    leaf: None,
                })
                .await;
            let token = house.file(story(STORY)).await;
            let what = format!("call {n}, {moment:?}");

            let killed = survive(&house, n, moment).await;
            let aside = house.mailroom.quarantined().await.unwrap();
            let [aside] = aside.as_slice() else {
                panic!("{what}: {} set aside", aside.len())
            };
            assert_eq!(
                (aside.id, &aside.sealed),
                (damaged.id, &damaged.bytes),
                "{what}"
            );
            assert_eq!(aside.reason, "damaged", "{what}");
            assert_eq!(house.register().await.len(), 1, "{what}");
            assert_eq!(house.mailbox(&token).await.len(), 2, "{what}");
            let backlog = house
                .mailroom
                .backlog(house.keyring.key_id())
                .await
                .unwrap();
            assert_eq!(
                backlog,
                Backlog {
                    quarantined: 1,
                    ..Backlog::default()
                },
                "{what}"
            );
            if !killed {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_second_complaint_for_one_mailbox_is_set_aside_and_the_others_go_on() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let complaint = Complaint::parse(serde_json::from_value(story(STORY)).unwrap()).unwrap();
    let forged = house.seal(&token, Content::complaint(complaint), &house.recipients);
    house
        .deposit(Deposit {
            envelope: forged,
            first_entry: None,
            leaf: None,
        })
        .await;
    let other = house.file(story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(
        house.mailroom.quarantined().await.unwrap()[0].reason,
        "mailbox_taken"
    );
    assert_eq!(house.mailbox(&token).await.len(), 2);
    assert_eq!(house.mailbox(&other).await.len(), 2);
}

#[tokio::test]
async fn a_day_outside_the_calendar_sets_the_envelope_aside_and_the_others_go_on() {
    let house = House::new().await;
    file_on(&house, Date::MAX).await;
    let token = house.file(story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(house.mailroom.quarantined().await.unwrap()[0].reason, "day");
    assert_eq!(house.mailbox(&token).await.len(), 2);
}

/// Sixty days were entered, intake dated a complaint by them, and they were taken back.
#[tokio::test]
async fn a_complaint_that_was_dated_after_a_long_suspension_is_a_case() {
    let house = House::new().await;
    let book = CalendarBook::new(&*house.cases, &house.keyring);
    let words = |text: &str| ShortText::parse(SecretText::from(text.to_owned())).unwrap();
    let (by, now) = (MemberId([1; 16]), house.clock.now());
    let days = (date(2026, 3, 4), date(2026, 5, 2));
    let said = (words("Contingencia"), words("DOF 03-03-2026"));
    let entered = book.draft(days, said, by, (now, house.today())).await;
    let entered = entered.unwrap();
    book.add(&entered).await.unwrap();
    let dated = book.calendar().await.unwrap().legal_day(now);
    assert_eq!(dated, date(2026, 5, 4));
    let kept = book.find(entered.id).await.unwrap();
    book.withdraw(kept, by, words("Se corrigió"), now)
        .await
        .unwrap();

    file_on(&house, dated).await;
    file_on(&house, date(2026, 5, 6)).await;
    let round = house.worker().round().await.unwrap();

    let expected = Round {
        admitted: 1,
        quarantined: 1,
        ..Round::default()
    };
    assert_eq!(round, expected);
    let register = house.register().await;
    let days: Vec<Date> = register.iter().map(|case| case.received_on).collect();
    assert_eq!(days, [dated]);
    assert_eq!(house.mailroom.quarantined().await.unwrap()[0].reason, "day");
}

/// A complaint that bears this day.
async fn file_on(house: &House, received_on: Date) {
    let complaint = Complaint::parse(serde_json::from_value(story(STORY)).unwrap()).unwrap();
    let token = TrackingToken::draw(&house.rng).unwrap();
    let letter = Letter {
        envelope_id: EnvelopeId::draw(&house.rng).unwrap(),
        lookup_id: token.lookup_id(),
        mailbox_key: token.mailbox_key(),
        received_on,
        filler_key: FillerKey::draw(&house.rng).unwrap(),
        content: Content::complaint(complaint),
    };
    let envelope = sealing::seal(&letter, &house.recipients).unwrap();
    let deposit = Deposit {
        envelope,
        first_entry: None,
        leaf: None,
    };
    house.deposit(deposit).await;
}

#[tokio::test]
async fn a_message_from_someone_without_the_token_is_set_aside() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let message = domain::complaint::MessageText::parse(SecretText::from(FURTHER.to_owned()));
    let letter = Letter {
        envelope_id: EnvelopeId::draw(&house.rng).unwrap(),
        lookup_id: token.lookup_id(),
        mailbox_key: [7; 32].into(),
        received_on: house.today(),
        filler_key: FillerKey::draw(&house.rng).unwrap(),
        content: Content::from(message.unwrap()),
    };
    let envelope = sealing::seal(&letter, &house.recipients).unwrap();
    house
        .deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(
        house.mailroom.quarantined().await.unwrap()[0].reason,
        "mailbox_key"
    );
    assert_eq!(house.mailbox(&token).await.len(), 2, "nothing was echoed");
}

#[tokio::test]
async fn a_message_whose_case_never_comes_is_set_aside_in_the_end() {
    let house = House::new().await;
    house
        .write(&TrackingToken::draw(&house.rng).unwrap(), FURTHER)
        .await;
    assert_eq!(
        house.worker().round().await.unwrap(),
        Round {
            deferred: 1,
            ..Round::default()
        }
    );
    house
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 40));
    assert_eq!(
        house.worker().round().await.unwrap(),
        Round {
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(
        house.mailroom.quarantined().await.unwrap()[0].reason,
        "no_case"
    );
}

#[tokio::test]
async fn what_comes_to_a_mailbox_that_is_full_is_set_aside_whole() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let case_of = || house.cases.case_of(house.keyring.hash(token.lookup_id()));
    let case = case_of().await.unwrap().unwrap();
    // More than intake takes, and as much as may have come while nobody saw how full it was.
    for position in case.next_position..1_099 {
        let entry = SealedEntry {
            lookup_id: token.lookup_id(),
            position,
            bytes: vec![0; 512],
        };
        let step = CaseStep {
            entry: Some(entry.clone()),
            ..CaseStep::on(case.id)
        };
        assert_eq!(house.cases.step(&step).await.unwrap(), Stepped::Now);
        house
            .cases
            .delivered(&[(entry.lookup_id, entry.position)])
            .await
            .unwrap();
    }
    house.write(&token, FURTHER).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!((round.followed, round.quarantined), (1, 0));
    house.write(&token, FURTHER).await;
    let other = house.file(story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!((round.admitted, round.quarantined), (1, 1));
    let aside = house.mailroom.quarantined().await.unwrap();
    assert_eq!(aside[0].reason, "mailbox_full");
    assert_eq!(case_of().await.unwrap().unwrap().next_position, 1_100);
    assert_eq!(house.mailbox(&other).await.len(), 2);
}
