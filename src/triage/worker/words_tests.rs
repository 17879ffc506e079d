//! Other words for a mailbox: nothing is lost or doubled, and the words of before lead nowhere.

use committee::former_words::FormerWordsBook;
use mailbox::{Body, Entry, Filed, Found, Notice, Words};
use sealing::{MailboxKey, NewWords, TrackingToken};
use serde_json::json;
use store::casefiles::{CaseFiles as _, CaseHandle};
use store::mailroom::{Chosen, IntakeMailroom as _, TriageMailroom as _};

use super::evidence_tests::{case as only_case, lists};
use super::tests::{Moment, assert_nothing_waits, survive};
use super::{Files, Round, Worker};
use crate::documents::Wholeness;
use crate::testing::{House, story};

const STORY: &str = "El supervisor cambia los turnos a cambio de dinero desde enero.";
const BEFORE: &str = "Lo escribí con las palabras de antes.";
const AFTER: &str = "Lo escribí con las palabras nuevas.";

async fn case_of(house: &House, token: &TrackingToken) -> Option<CaseHandle> {
    let hash = house.keyring.hash(token.lookup_id());
    house.cases.case_of(hash).await.unwrap()
}

/// What somebody reads with these words, without the days.
async fn told(house: &House, token: &TrackingToken) -> Vec<Words> {
    let mailbox = house.read(token).await;
    let messages = mailbox.messages.into_iter();
    messages.map(|message| message.words).collect()
}

fn written(text: &str) -> Words {
    Words::Written(text.to_owned().into())
}

/// Whether a mailbox was never there, as far as anybody with its words can tell.
async fn is_unknown(house: &House, token: &TrackingToken) -> bool {
    let entries = house.mailroom.mailbox(token.lookup_id()).await.unwrap();
    entries.is_empty()
}

async fn quarantined(house: &House) -> Vec<String> {
    let set_aside = house.mailroom.quarantined().await.unwrap();
    set_aside.into_iter().map(|one| one.reason).collect()
}

#[tokio::test]
async fn a_mailbox_moves_whole_and_once_wherever_the_worker_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let what = format!("call {n}, {moment:?}");
            let house = House::new().await;
            let old = house.file(story(STORY)).await;
            house.write(&old, BEFORE).await;
            house.worker().round().await.unwrap();
            let before = case_of(&house, &old).await.unwrap();
            let new = house.choose_words(&old).await;
            let killed = survive(&house, n, moment).await;

            assert!(is_unknown(&house, &old).await, "{what}");
            assert_eq!(case_of(&house, &old).await, None, "{what}");
            let case = case_of(&house, &new).await.expect(&what);
            assert_eq!((case.id, case.next_position), (before.id, 4), "{what}");
            let sealed = &case.service_record;
            let record = house.keyring.open_service_record(case.id, sealed).unwrap();
            assert!(record.mailbox_key == new.mailbox_key(), "{what}");
            assert_eq!(record.lookup_id, new.lookup_id(), "{what}");
            let expected = [
                Words::Notice(Notice::Stored),
                Words::Notice(Notice::Opened),
                written(BEFORE),
                Words::Notice(Notice::NewWords),
            ];
            assert_eq!(told(&house, &new).await, expected, "{what}");
            let mailbox = house.read(&new).await;
            assert_eq!(mailbox.found, Found::Own, "{what}");
            assert_eq!(mailbox.folio, Some(case.folio), "{what}");
            assert_nothing_waits(&house, &what).await;
            if !killed {
                assert!(n >= 12, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

#[tokio::test]
async fn what_is_written_with_either_words_meanwhile_is_in_the_case_wherever_the_worker_is_killed()
{
    // To be killed before a call is to be killed after the one before it.
    for n in 0.. {
        let what = format!("after call {n}");
        let house = House::new().await;
        let old = house.file(story(STORY)).await;
        let new = house.choose_words(&old).await;
        house.write(&old, BEFORE).await;
        house.write(&new, AFTER).await;
        let killed = survive(&house, n, Moment::After).await;

        assert!(is_unknown(&house, &old).await, "{what}");
        let told = told(&house, &new).await;
        for text in [BEFORE, AFTER] {
            let times = told.iter().filter(|words| **words == written(text));
            assert_eq!(times.count(), 1, "{what}: {text}");
        }
        assert_eq!(told.len(), 5, "{what}");
        let register = house.register().await;
        assert_eq!((register.len(), register[0].messages), (1, 2), "{what}");
        assert_nothing_waits(&house, &what).await;
        if !killed {
            break;
        }
    }
}

#[tokio::test]
async fn what_arrives_late_under_former_words_reaches_the_person_under_those_of_now() {
    let house = House::new().await;
    let first = house.file(story(STORY)).await;
    let second = house.choose_words(&first).await;
    house.worker().round().await.unwrap();
    let third = house.choose_words(&second).await;
    house.worker().round().await.unwrap();

    house.write(&first, BEFORE).await;
    house.write(&second, AFTER).await;
    let round = house.worker().round().await.unwrap();

    assert_eq!((round.followed, round.deferred), (2, 0));
    let told = told(&house, &third).await;
    assert!(told.contains(&written(BEFORE)) && told.contains(&written(AFTER)));
    assert!(is_unknown(&house, &first).await && is_unknown(&house, &second).await);
}

#[tokio::test]
async fn of_two_who_change_the_same_words_the_first_has_the_mailbox() {
    let house = House::new().await;
    let old = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    // Drawn before the others, and sent after them.
    let second = TrackingToken::draw(&house.rng).unwrap();
    let first = house.choose_words(&old).await;
    let told = house.choose_these_words(&old, &second).await;
    assert_eq!(told, Chosen::TooLate);
    let round = house.worker().round().await.unwrap();
    assert_eq!(round.moved, 1);
    assert_nothing_waits(&house, "one change").await;

    assert_eq!(house.read(&first).await.found, Found::Own);
    assert!(is_unknown(&house, &second).await && is_unknown(&house, &old).await);
    for token in [&old, &second] {
        assert_eq!(case_of(&house, token).await, None);
    }
    // The words of before are over: others than the first ones can never have it.
    let told = house.choose_these_words(&old, &second).await;
    assert_eq!(told, Chosen::TooLate);
}

#[tokio::test]
async fn who_changes_words_that_are_over_is_told_and_takes_nothing_wherever_the_worker_is_killed() {
    for n in 0.. {
        let what = format!("after call {n}");
        let house = House::new().await;
        let old = house.file(story(STORY)).await;
        house.worker().round().await.unwrap();
        let first = house.choose_words(&old).await;
        house.worker().round().await.unwrap();
        let before = house.mailbox(&first).await;
        let late = house.choose_words_late(&old).await;
        house.write(&late, AFTER).await;
        let killed = survive(&house, n, Moment::After).await;

        let expected = [Notice::NewWordsMoving, Notice::NewWordsTooLate].map(Words::Notice);
        assert_eq!(told(&house, &late).await, expected, "{what}");
        assert_eq!(house.read(&late).await.found, Found::TooLate, "{what}");
        assert_eq!(case_of(&house, &late).await, None, "{what}");
        // What is written meanwhile reaches the case.
        let now = house.mailbox(&first).await;
        assert_eq!(now[..before.len()], before, "{what}");
        assert_eq!(now.len(), before.len() + 1, "{what}");
        assert_eq!(house.register().await[0].messages, 1, "{what}");
        assert_nothing_waits(&house, &what).await;
        if !killed {
            assert!(n >= 5, "only {n} calls were put to the test");
            break;
        }
    }
}

#[tokio::test]
async fn the_same_letter_once_more_changes_nothing() {
    let house = House::new().await;
    let old = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let new = house.choose_words(&old).await;
    house.worker().round().await.unwrap();
    let before = house.mailbox(&new).await;

    house.send_words(&old, &NewWords::of(&new)).await;
    house.worker().round().await.unwrap();

    assert_eq!(house.mailbox(&new).await, before);
    assert_eq!(quarantined(&house).await, [""; 0]);
    assert_nothing_waits(&house, "the same letter").await;
}

#[tokio::test]
async fn nobody_moves_the_mailbox_of_somebody_else_nor_onto_it() {
    let house = House::new().await;
    let (mine, theirs) = (
        house.file(story(STORY)).await,
        house.file(story(STORY)).await,
    );
    house.worker().round().await.unwrap();
    // Filed and not worked off: no case has its mailbox yet.
    let fresh = house.file(story(STORY)).await;
    let kept = [
        house.mailbox(&mine).await,
        house.mailbox(&theirs).await,
        house.mailbox(&fresh).await,
    ];
    let mut guessed = NewWords::of(&fresh);
    guessed.mailbox_key = MailboxKey::from([7; 32]);
    house.send_words(&mine, &NewWords::of(&theirs)).await;
    house.send_words(&mine, &guessed).await;
    // Whoever can write to the mailroom knows where a mailbox is, and not its key.
    let chosen = TrackingToken::draw(&house.rng).unwrap();
    house.make_room(&chosen).await;
    house
        .send_words_with(&theirs, MailboxKey::from([9; 32]), &chosen)
        .await;

    let round = house.worker().round().await.unwrap();

    assert_eq!(round.quarantined, 3);
    let mut reasons = quarantined(&house).await;
    reasons.sort();
    assert_eq!(reasons, ["mailbox_key", "mailbox_taken", "mailbox_taken"]);
    let fresh_now = house.mailbox(&fresh).await;
    assert_eq!(fresh_now[..1], kept[2][..], "its own first reply came");
    assert_eq!(
        [house.mailbox(&mine).await, house.mailbox(&theirs).await],
        kept[..2]
    );
    assert!(case_of(&house, &mine).await.is_some());
}

#[tokio::test]
async fn a_mailbox_that_was_not_made_for_chosen_words_is_left_alone() {
    let house = House::new().await;
    let mine = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let nowhere = TrackingToken::draw(&house.rng).unwrap();
    house.send_words(&mine, &NewWords::of(&nowhere)).await;

    house.worker().round().await.unwrap();

    assert_eq!(quarantined(&house).await, ["no_mailbox"]);
    assert!(is_unknown(&house, &nowhere).await);
    assert_eq!(told(&house, &mine).await.len(), 2);
}

#[tokio::test]
async fn words_of_a_complaint_that_never_came_wait_for_it() {
    let house = House::new().await;
    let (token, new) = (
        TrackingToken::draw(&house.rng).unwrap(),
        TrackingToken::draw(&house.rng).unwrap(),
    );
    house.make_room(&new).await;
    house.send_words(&token, &NewWords::of(&new)).await;
    let round = house.worker().round().await.unwrap();
    let waits = Round {
        deferred: 1,
        ..Round::default()
    };
    assert_eq!(round, waits);
    house.file_under(&token, story(STORY)).await;
    house.worker().round().await.unwrap();
    assert_eq!(house.read(&new).await.found, Found::Own);
}

#[tokio::test]
async fn files_that_wait_find_their_case_under_the_new_words() {
    let house = House::new().await;
    let item = house.hold("recibo.pdf", b"%PDF-1.4 un recibo").await;
    let old = house
        .file_with(json!({ "narrative": STORY }), vec![item.clone()])
        .await;
    let hurried = Worker {
        files: Files::new(0),
        ..house.worker()
    };
    assert!(hurried.round().await.unwrap().more_waits);
    let later = house.hold("otro.pdf", b"%PDF-1.4 otro").await;
    house.write_with(&old, BEFORE, vec![later]).await;
    let new = house.choose_words(&old).await;
    hurried.round().await.unwrap();
    assert_eq!(house.read(&new).await.found, Found::Own);

    house.worker().round().await.unwrap();

    let lists = lists(&house, only_case(&house).await).await;
    let whole = lists
        .iter()
        .flatten()
        .filter(|file| file.wholeness == Wholeness::Whole);
    assert_eq!((lists.len(), whole.count()), (2, 2));
    assert_nothing_waits(&house, "files").await;
}

#[tokio::test]
async fn words_that_a_member_has_seen_are_the_persons_own_once_they_are_changed() {
    let house = House::new().await;
    let old = house.file(story(STORY)).await;
    // What was written down with the person stands where intake writes what was filed.
    let entry = Entry {
        posted_on: house.today(),
        body: Body::Filed(Box::new(Filed {
            receipt: String::new(),
            complaint: Box::new(complaint()),
            evidence: Vec::new(),
            assisted: true,
        })),
    };
    let (key, id) = (old.mailbox_key(), old.lookup_id());
    let first = mailbox::seal(&key, id, 0, &entry, &house.rng).unwrap();
    house.mailroom.purge_mailbox(id).await.unwrap();
    house.mailroom.post(&first).await.unwrap();
    house.worker().round().await.unwrap();
    assert_eq!(house.read(&old).await.found, Found::SeenByOther);

    let new = house.choose_words(&old).await;
    house.worker().round().await.unwrap();

    let mailbox = house.read(&new).await;
    assert_eq!(mailbox.found, Found::Own);
    assert_eq!(*mailbox.filed.unwrap().complaint, complaint());
}

fn complaint() -> domain::complaint::Complaint {
    let draft = serde_json::from_value(story(STORY)).unwrap();
    domain::complaint::Complaint::parse(draft).unwrap()
}

#[tokio::test]
async fn former_words_are_forgotten_with_their_case() {
    let house = House::new().await;
    let (old, other) = (
        house.file(story(STORY)).await,
        house.file(story(STORY)).await,
    );
    house.worker().round().await.unwrap();
    let new = house.choose_words(&old).await;
    house.choose_words(&other).await;
    house.worker().round().await.unwrap();
    let book = FormerWordsBook::new(&*house.cases, &house.keyring);
    let case = case_of(&house, &new).await.unwrap().id;
    assert_eq!(
        book.find(old.lookup_id()).await.unwrap().unwrap().case,
        case
    );

    book.forget(case).await.unwrap();

    assert_eq!(book.find(old.lookup_id()).await.unwrap(), None);
    assert!(book.find(other.lookup_id()).await.unwrap().is_some());
}
