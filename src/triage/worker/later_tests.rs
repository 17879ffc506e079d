//! What happens in a case after its first reply: answers, consent, and the message of ninety days.

use std::collections::BTreeSet;

use committee::calendar::SharedCalendar;
use committee::course;
use domain::calendar::{Calendar, Suspension};
use domain::case::{CaseState, Deadline, Status};
use domain::catalogue::{Risk, TermKey};
use domain::committee::Seat;
use domain::complaint::{MessageText, ReferralConsent, SecretText};
use domain::procedure::{By, Element, Move, Rules, Step};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use mailbox::{Author, Body, Entry, Message, Notice, Words};
use sealing::{FollowUp, TrackingToken};
use service::clock::Clock as _;
use store::casefiles::{CaseFiles as _, RunningTerm};
use store::steps::{CaseChange, CaseStep, Stepped, Steps as _};

use super::Worker;
use super::tests::{Moment, survive};
use crate::standing::standing;
use crate::testing::{House, story};

const STORY: &str = "El supervisor cambia los turnos a cambio de dinero desde enero.";

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// Does in the case files what the desk does when the committee asks for what is missing.
async fn ask(house: &House, token: &TrackingToken) -> Deadline {
    let hash = house.keyring.hash(token.lookup_id());
    let case = house.cases.case_of(hash).await.unwrap().unwrap();
    let register = house.cases.case(case.folio).await.unwrap().unwrap();
    let course = course::open(&house.keyring, &case, &register).unwrap();
    let question = SecretText::from("¿En qué centro fue?".to_owned());
    let step = Step::from(Move::AskForInformation {
        missing: [Element::Facts].into(),
        question: MessageText::parse(question.clone()).unwrap(),
    });
    let rules = Rules {
        calendar: &Calendar::default(),
    };
    let by = By::Member(Seat::SecretariaEjecutiva);
    let next = course.apply(&step, by, house.today(), &rules).unwrap();
    let terms = course::terms(&next.course);
    let (state, notice) = (next.course.state(), Notice::NeedsInformation);
    let message = Message {
        standing: Some(standing(state, case.folio, terms, notice)),
        ..Message::written(Author::Committee, question)
    };
    let entry = Entry {
        posted_on: house.today(),
        body: Body::Message(message),
    };
    let key = token.mailbox_key();
    let id = token.lookup_id();
    let step = CaseStep {
        entry: Some(mailbox::seal(&key, id, case.next_position, &entry, &house.rng).unwrap()),
        change: course::change(&house.keyring, &case, &register.terms, &next.course).unwrap(),
        ..CaseStep::on(case.id)
    };
    assert_eq!(house.cases.step(&step).await.unwrap(), Stepped::Now);
    let deadline = Deadline {
        key: TermKey::PrevencionDesahogo,
        due_on: date(2026, 3, 11),
    };
    assert!(
        next.started
            .iter()
            .any(|clock| clock.deadline() == deadline)
    );
    deadline
}

fn answer(answers_request: bool) -> FollowUp {
    let text = SecretText::from("En el almacén.".to_owned());
    let text = MessageText::parse(text).unwrap();
    FollowUp::new(Some(text), None, answers_request, Vec::new()).unwrap()
}

#[tokio::test]
async fn an_answer_moves_the_case_back_and_stops_the_term_wherever_the_worker_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            house.worker().round().await.unwrap();
            let deadline = ask(&house, &token).await;
            house.worker().round().await.unwrap();
            let mailbox = house.read(&token).await;
            assert_eq!(mailbox.status, Status::NeedsInformation);
            assert!(mailbox.deadlines.contains(&deadline));

            house.tell(&token, answer(true)).await;
            let killed = survive(&house, n, moment).await;
            let what = format!("call {n}, {moment:?}");
            let case = house.register().await.remove(0);
            assert_eq!(case.state, CaseState::UnderReview, "{what}");
            assert_eq!(case.messages, 1, "{what}");
            let asked = |term: &RunningTerm| term.deadline.key == TermKey::PrevencionDesahogo;
            assert!(!case.terms.iter().any(asked), "{what}");
            let mailbox = house.read(&token).await;
            assert_eq!(mailbox.status, Status::Received, "{what}");
            assert!(!mailbox.deadlines.contains(&deadline), "{what}");
            let last = &mailbox.messages[mailbox.messages.len() - 1];
            assert_eq!(last.words, Words::Notice(Notice::Answered), "{what}");
            if !killed {
                assert!(n >= 6, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

/// Intake dates an answer by a suspension that holds, or that is taken back before the worker comes to it. The
/// desk goes on the next day.
#[tokio::test]
async fn an_answer_on_a_suspended_day_keeps_nobody_from_going_on() {
    let official = Calendar::default();
    let weeks = Suspension::new(date(2026, 3, 5), date(2026, 4, 10), "").unwrap();
    let suspended = Calendar::new(official.profile(), vec![weeks]);
    for calendar in [suspended.clone(), official] {
        let house = House::new().await;
        let shared = SharedCalendar::default();
        let worker = Worker {
            calendar: shared.clone(),
            ..house.worker()
        };
        let token = house.file(story(STORY)).await;
        worker.round().await.unwrap();
        ask(&house, &token).await;
        shared.replace(calendar.clone());
        house.clock.advance(days(1));

        let dated = suspended.legal_day(house.clock.now());
        assert_eq!(dated, date(2026, 4, 13));
        house.tell_on(&token, answer(true), dated).await;
        worker.round().await.unwrap();

        house.clock.advance(days(1));
        let hash = house.keyring.hash(token.lookup_id());
        let case = house.cases.case_of(hash).await.unwrap().unwrap();
        let register = house.cases.case(case.folio).await.unwrap().unwrap();
        let course = course::open(&house.keyring, &case, &register).unwrap();
        assert_eq!(course.state(), CaseState::UnderReview);
        let step = Step::from(Move::Classify {
            main: Risk::FaltaEficacia,
            others: BTreeSet::new(),
            urgency: None,
            reason: None,
        });
        let by = By::Member(Seat::SecretariaEjecutiva);
        let today = calendar.legal_day(house.clock.now());
        let rules = Rules {
            calendar: &calendar,
        };
        course.apply(&step, by, today, &rules).unwrap();
    }
}

#[tokio::test]
async fn a_message_that_answers_nothing_leaves_the_request_open() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let deadline = ask(&house, &token).await;
    house.tell(&token, answer(false)).await;
    house.worker().round().await.unwrap();
    let mailbox = house.read(&token).await;
    assert_eq!(mailbox.status, Status::NeedsInformation);
    assert!(mailbox.request.is_some());
    assert!(mailbox.deadlines.contains(&deadline));
}

#[tokio::test]
async fn a_consent_alone_is_echoed_and_counts() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    let consent = FollowUp::new(None, Some(ReferralConsent::Yes), false, Vec::new());
    house.tell(&token, consent.unwrap()).await;
    house.worker().round().await.unwrap();
    let mailbox = house.read(&token).await;
    assert_eq!(mailbox.referral_consent, Some(ReferralConsent::Yes));
    let echo = &mailbox.messages[mailbox.messages.len() - 1];
    assert_eq!(
        (echo.from, &echo.words),
        (Author::Complainant, &Words::None)
    );
}

/// On which days the interim message was posted.
async fn interims(house: &House, token: &TrackingToken) -> Vec<Date> {
    let mailbox = house.read(token).await;
    let interim = |posted: &&mailbox::Posted| posted.words == Words::Notice(Notice::Interim);
    let found = mailbox.messages.iter().filter(interim);
    found.map(|posted| posted.posted_on).collect()
}

#[tokio::test]
async fn the_interim_message_is_posted_once_and_within_ninety_days() {
    let house = House::new().await;
    let received_on = house.today();
    let token = house.file(story(STORY)).await;
    for _ in 0..200 {
        house.worker().round().await.unwrap();
        house.clock.advance(days(1));
    }
    let posted = interims(&house, &token).await;
    let [posted_on] = posted.as_slice() else {
        panic!("posted on {posted:?}")
    };
    let after = received_on.until(*posted_on).unwrap().get_days();
    assert!((76..=90).contains(&after), "posted after {after} days");
    let case = house.register().await.remove(0);
    let interim = |term: &RunningTerm| term.deadline.key == TermKey::MensajeIntermedio;
    assert!(!case.terms.iter().any(interim), "the term runs no longer");
}

#[tokio::test]
async fn an_interim_message_that_fell_due_while_the_service_was_down_is_posted_when_it_is_back() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            house.worker().round().await.unwrap();
            house.clock.advance(days(120));
            let killed = survive(&house, n, moment).await;
            let what = format!("call {n}, {moment:?}");
            assert_eq!(interims(&house, &token).await.len(), 1, "{what}");
            if !killed {
                assert!(n >= 6, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

/// Cases to which nothing can be posted, more than are looked at together, hold up no other.
#[tokio::test]
async fn the_interim_message_reaches_whom_it_can() {
    let house = House::new().await;
    for _ in 0..70 {
        let token = house.file(story(STORY)).await;
        house.worker().round().await.unwrap();
        let hash = house.keyring.hash(token.lookup_id());
        let case = house.cases.case_of(hash).await.unwrap().unwrap();
        let entry = Entry {
            posted_on: house.today(),
            body: Body::Message(Message::written(
                Author::Committee,
                "Fin.".to_owned().into(),
            )),
        };
        let key = token.mailbox_key();
        let id = token.lookup_id();
        // Over, though its term was not stopped.
        let over = CaseStep {
            entry: Some(mailbox::seal(&key, id, case.next_position, &entry, &house.rng).unwrap()),
            change: CaseChange {
                state: Some((case.state, CaseState::Redirected)),
                ..CaseChange::default()
            },
            ..CaseStep::on(case.id)
        };
        assert_eq!(house.cases.step(&over).await.unwrap(), Stepped::Now);
    }
    let mut tokens = Vec::new();
    for _ in 0..5 {
        tokens.push(house.file(story(STORY)).await);
    }
    house.worker().round().await.unwrap();
    house.clock.advance(days(120));

    house.worker().round().await.unwrap();

    for token in &tokens {
        assert_eq!(interims(&house, token).await.len(), 1);
    }
}

#[test]
fn the_last_day_of_the_interim_message_is_a_working_day_of_the_ninety() {
    let calendar = Calendar::default();
    let mut day = date(2026, 1, 1);
    while day < date(2028, 1, 1) {
        let course = course::begin(day, [TermKey::MensajeIntermedio], &calendar).unwrap();
        let due_on = course.running().next().unwrap().due_on();
        let after = day.until(due_on).unwrap().get_days();
        assert!((70..=90).contains(&after), "{day}: {after} days");
        assert!(calendar.is_working_day(due_on), "{day}");
        day = day.tomorrow().unwrap();
    }
}
