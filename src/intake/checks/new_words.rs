//! Other words for a mailbox: at will, and before anything else when a member of the committee has seen
//! those of now.

use domain::complaint::{Complaint, ComplaintDraft};
use jiff::civil::date;
use mailbox::{Body, Entry, Filed, NewWords};
use reqwest::{Response, StatusCode};
use ring::rand::SystemRandom;
use sealing::TrackingToken;
use serde_json::{Value, json};

use crate::testing::{House, NARRATIVE, unused_token};
use crate::walking::Walk;

const LOOK: &str = "/seguimiento";
const CHANGE: &str = "/seguimiento/palabras";
const CALL: &str = "/api/v1/mailbox/words";

async fn page(answer: Response) -> Walk {
    Walk {
        status: answer.status(),
        html: answer.text().await.unwrap(),
    }
}

async fn begin(house: &House, token: &str) -> Walk {
    page(house.post_form(CHANGE, &[("tracking_token", token)]).await).await
}

/// Types back what is asked for, or something else.
async fn confirm(house: &House, token: &str, shown: &Walk, right: bool) -> Walk {
    let words = shown.words();
    let state = shown.state();
    let typed: Vec<(String, String)> = (1..)
        .zip(shown.asked())
        .map(|(at, index)| {
            let word = if right {
                words[index].clone()
            } else {
                "abeja".to_owned()
            };
            (format!("word-{at}"), word)
        })
        .collect();
    let mut fields = vec![("tracking_token", token), ("state", &state)];
    fields.extend(
        typed
            .iter()
            .map(|(name, word)| (name.as_str(), word.as_str())),
    );
    page(house.post_form(CHANGE, &fields).await).await
}

async fn look(house: &House, token: &str) -> Walk {
    page(house.post_form(LOOK, &[("tracking_token", token)]).await).await
}

fn post(house: &House, token: &str, position: u32, body: Body) {
    let token = TrackingToken::parse(token).unwrap();
    let entry = Entry {
        posted_on: date(2026, 3, 4),
        body,
    };
    let (key, id) = (token.mailbox_key(), token.lookup_id());
    let sealed = mailbox::seal(&key, id, position, &entry, &SystemRandom::new()).unwrap();
    house.mailroom.post(sealed);
}

/// A complaint that somebody wrote down with the person.
fn assisted() -> Body {
    let draft = ComplaintDraft {
        narrative: Some(NARRATIVE.to_owned().into()),
        ..ComplaintDraft::default()
    };
    Body::Filed(Box::new(Filed {
        receipt: String::new(),
        complaint: Box::new(Complaint::parse(draft).unwrap()),
        evidence: Vec::new(),
        assisted: true,
    }))
}

#[actix_web::test]
async fn words_change_only_once_the_new_ones_were_typed_back() {
    let house = House::open();
    let old = house.file().await;
    assert!(
        look(&house, &old)
            .await
            .html
            .contains("Cambiar mis palabras")
    );
    let shown = begin(&house, &old).await;
    assert_eq!((shown.status, shown.words().len()), (StatusCode::OK, 12));
    let new = shown.words().join(" ");
    let wrong = confirm(&house, &old, &shown, false).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.words(), shown.words(), "those that were noted stay");
    assert!(wrong.errors().contains("Corrija su nota"));
    assert_eq!(house.mailroom.stored(), 1);
    assert_eq!(look(&house, &new).await.status, StatusCode::NOT_FOUND);

    // However often the same page is sent, it is one change.
    for _ in 0..2 {
        let done = confirm(&house, &old, &shown, true).await;
        assert_eq!(done.status, StatusCode::CREATED);
        assert!(done.html.contains("Sus palabras cambiaron"));
        assert!(!done.html.contains(&shown.words()[0]));
    }

    assert_eq!(house.mailroom.stored(), 2);
    let moving = look(&house, &new).await;
    assert_eq!(moving.status, StatusCode::OK);
    assert!(moving.html.contains("Sus palabras nuevas ya sirven."));
    assert!(!moving.html.contains("Estado:"), "it is not known here yet");
    assert!(
        look(&house, &old).await.html.contains("Estado:"),
        "until the committee's side works"
    );
}

#[actix_web::test]
async fn who_has_new_words_can_write_at_once_and_not_change_them_again_yet() {
    let house = House::open();
    let old = house.file().await;
    let shown = begin(&house, &old).await;
    let new = shown.words().join(" ");
    confirm(&house, &old, &shown, true).await;
    let fields = [("tracking_token", new.as_str()), ("text", "Es urgente.")];
    let sent = house.post_form("/seguimiento/mensaje", &fields).await;
    assert_eq!(sent.status(), StatusCode::CREATED);
    assert_eq!(house.mailroom.stored(), 3);
    let again = begin(&house, &new).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.html.contains("Sus palabras nuevas ya sirven."));
    let body = json!({ "tracking_token": new });
    let problem = house.post_json(CALL, &body).await;
    assert_eq!(problem.status(), StatusCode::CONFLICT);
}

#[actix_web::test]
async fn a_page_that_is_sent_again_after_the_move_says_that_it_is_done() {
    let house = House::open();
    let old = house.file().await;
    let shown = begin(&house, &old).await;
    confirm(&house, &old, &shown, true).await;
    house
        .mailroom
        .purge(TrackingToken::parse(&old).unwrap().lookup_id());
    let again = confirm(&house, &old, &shown, true).await;
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(look(&house, &old).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn unknown_words_change_nothing_and_have_the_size_of_known_ones() {
    let house = House::open();
    let (known, other, unknown) = (house.file().await, house.file().await, unused_token());
    let sized = async |path: &str, token: &str| {
        let answer = house.post_form(path, &[("tracking_token", token)]).await;
        (answer.status(), answer.bytes().await.unwrap().len())
    };
    let (found, not) = (sized(CHANGE, &known).await, sized(CHANGE, &unknown).await);
    assert_eq!((found.0, not.0), (StatusCode::OK, StatusCode::NOT_FOUND));
    assert_eq!(found.1, not.1);
    assert_eq!(sized(LOOK, &unknown).await, not);
    let called = async |token: &str| {
        let answer = house
            .post_json(CALL, &json!({ "tracking_token": token }))
            .await;
        (answer.status(), answer.bytes().await.unwrap().len())
    };
    let (found, not) = (called(&known).await, called(&unknown).await);
    assert_eq!((found.0, not.0), (StatusCode::OK, StatusCode::NOT_FOUND));
    assert_eq!(found.1, not.1);

    // What a page carries is good for its mailbox alone.
    let shown = begin(&house, &known).await;
    for token in [&other, &unknown] {
        let refused = confirm(&house, token, &shown, true).await;
        assert!(refused.status.is_client_error(), "{}", refused.status);
    }
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn new_words_lapse_with_their_page() {
    let house = House::open();
    let old = house.file().await;
    let shown = begin(&house, &old).await;
    house.clock.forward(31 * 60);
    let lapsed = confirm(&house, &old, &shown, true).await;
    assert_eq!(lapsed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_ne!(lapsed.words(), shown.words());
    assert!(
        lapsed
            .html
            .contains("Esas palabras vencieron y no cambió nada.")
    );
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn words_that_a_member_has_seen_open_nothing_until_they_are_changed() {
    let house = House::open();
    let token = unused_token();
    post(&house, &token, 0, assisted());
    for (path, status) in [
        (LOOK, StatusCode::OK),
        ("/seguimiento/mensajes", StatusCode::OK),
        ("/seguimiento/enviado", StatusCode::OK),
        ("/seguimiento/mensaje", StatusCode::CONFLICT),
    ] {
        let fields = [("tracking_token", token.as_str()), ("text", "Otra cosa.")];
        let answer = page(house.post_form(path, &fields).await).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.html.contains("Primero elija palabras nuevas"),
            "{path}"
        );
        assert!(!answer.html.contains("guardia del domingo"), "{path}");
        assert!(!answer.html.contains("Estado:"), "{path}");
    }
    let body = json!({ "tracking_token": token });
    let looked = house.post_json("/api/v1/mailbox", &body).await;
    let unknown = json!({ "tracking_token": unused_token() });
    let unknown = house.post_json("/api/v1/mailbox", &unknown).await;
    assert_eq!(looked.status(), StatusCode::CONFLICT);
    let looked = looked.text().await.unwrap();
    assert_eq!(looked.len(), unknown.text().await.unwrap().len());
    assert!(!looked.contains("guardia"));
    let message = json!({ "tracking_token": token, "text": "Otra cosa." });
    let sent = house.post_json("/api/v1/mailbox/messages", &message).await;
    assert_eq!(sent.status(), StatusCode::CONFLICT);
    assert_eq!(house.mailroom.stored(), 0);

    let shown = begin(&house, &token).await;
    let done = confirm(&house, &token, &shown, true).await;
    assert_eq!(done.status, StatusCode::CREATED);
    assert_eq!(house.mailroom.stored(), 1);
    let new = shown.words().join(" ");
    assert!(
        look(&house, &new)
            .await
            .html
            .contains("Sus palabras nuevas ya sirven.")
    );
}

#[actix_web::test]
async fn who_comes_too_late_is_told_and_can_neither_write_nor_change() {
    let house = House::open();
    let token = unused_token();
    post(&house, &token, 0, Body::Words(NewWords::Moving));
    post(&house, &token, 1, Body::Words(NewWords::TooLate));
    for (path, status) in [
        (LOOK, StatusCode::OK),
        (CHANGE, StatusCode::CONFLICT),
        ("/seguimiento/mensaje", StatusCode::CONFLICT),
    ] {
        let fields = [("tracking_token", token.as_str()), ("text", "Otra cosa.")];
        let answer = page(house.post_form(path, &fields).await).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.html.contains("Ya se habían elegido otras palabras"),
            "{path}"
        );
        assert!(
            answer.html.contains("otra persona tenía sus palabras"),
            "{path}"
        );
        let guided = "entre con las que anotó la primera vez";
        assert!(answer.html.contains(guided), "{path}");
    }
    let message = json!({ "tracking_token": token, "text": "Otra cosa." });
    for path in [CALL, "/api/v1/mailbox/messages"] {
        let body = if path == CALL {
            json!({ "tracking_token": token })
        } else {
            message.clone()
        };
        let answer = house.post_json(path, &body).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT, "{path}");
    }
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn of_two_who_change_the_same_words_the_first_has_the_mailbox() {
    let house = House::open();
    let old = house.file().await;
    // Both have drawn theirs before either changes anything; the one who drew later is faster.
    let (slow, fast) = (begin(&house, &old).await, begin(&house, &old).await);
    let done = confirm(&house, &old, &fast, true).await;
    assert_eq!(done.status, StatusCode::CREATED);
    let stored = house.mailroom.stored();

    for _ in 0..2 {
        let late = confirm(&house, &old, &slow, true).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.html.contains("Ya se habían elegido otras palabras"));
        assert!(late.html.contains("avise al Comité"));
        for word in fast.words() {
            let shown = late.html.contains(&format!(">{word}<"));
            assert!(!shown, "the words that won are shown");
        }
    }
    let lost = slow.words().join(" ");
    assert_eq!(look(&house, &lost).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.mailroom.stored(), stored, "nothing more was written");
    let has_it = look(&house, &fast.words().join(" ")).await;
    assert!(has_it.html.contains("Sus palabras nuevas ya sirven."));
    // The first one again, from the same page: as the first time.
    let again = confirm(&house, &old, &fast, true).await;
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(again.html, done.html);
}

#[actix_web::test]
async fn of_two_programs_that_change_the_same_words_the_second_is_refused() {
    let house = House::open();
    let old = house.file().await;
    let draw = async || -> Value {
        let body = json!({ "tracking_token": old });
        house.post_json(CALL, &body).await.json().await.unwrap()
    };
    let send = async |drawn: &Value| {
        let body = json!({ "tracking_token": old, "change": drawn["change"] });
        let answer = house.post_json(CALL, &body).await;
        (answer.status(), answer.text().await.unwrap())
    };
    let (first, second) = (draw().await, draw().await);
    let (one, other) = tokio::join!(send(&first), send(&second));
    let mut statuses = [one.0, other.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::CONFLICT]);
    let first_won = one.0 == StatusCode::CREATED;
    let (won, lost) = if first_won {
        (one, other)
    } else {
        (other, one)
    };
    assert_eq!(won.1.len(), lost.1.len(), "one size");
    let problem: Value = serde_json::from_str(&lost.1).unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:new-words-too-late");
    assert_eq!(house.mailroom.stored(), 2);
    let (winner, loser) = if first_won {
        (&first, &second)
    } else {
        (&second, &first)
    };
    for (drawn, status) in [(winner, StatusCode::OK), (loser, StatusCode::NOT_FOUND)] {
        let body = json!({ "tracking_token": drawn["new_tracking_token"] });
        let mailbox = house.post_json("/api/v1/mailbox", &body).await;
        assert_eq!(mailbox.status(), status);
    }

    // Once the committee's side has moved the mailbox, the words of before are unknown to everybody but
    // whoever repeats the call that moved it.
    house.mailroom.work_off();
    let former = TrackingToken::parse(&old).unwrap().lookup_id();
    house.mailroom.purge(former);
    assert_eq!(send(winner).await, won);
    assert_eq!(send(loser).await.0, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn whoever_reads_before_the_mailbox_moves_and_changes_after_it_writes_nothing() {
    let house = House::open();
    let old = house.file().await;
    let shown = begin(&house, &old).await;
    let former = TrackingToken::parse(&old).unwrap();
    let (first, second) = (begin(&house, &old).await, shown);
    confirm(&house, &old, &first, true).await;
    let stored = house.mailroom.stored();
    let mailroom = std::sync::Arc::clone(&house.mailroom);
    // The mailbox is read while it is still there, and is gone when the change is written.
    house.mailroom.before_change(move || {
        mailroom.work_off();
        mailroom.purge(former.lookup_id());
    });
    let late = confirm(&house, &old, &second, true).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!((stored, house.mailroom.stored()), (2, 0));
    let lost = second.words().join(" ");
    assert_eq!(look(&house, &lost).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_program_takes_new_words_in_two_calls() {
    let house = House::open();
    let (token, other) = (house.file().await, house.file().await);
    let drawn = house
        .post_json(CALL, &json!({ "tracking_token": token }))
        .await;
    let drawn: Value = drawn.json().await.unwrap();
    assert_eq!(house.mailroom.stored(), 2);
    let change = &drawn["change"];
    let foreign = json!({ "tracking_token": other, "change": change });
    let refused = house.post_json(CALL, &foreign).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let body = json!({ "tracking_token": token, "change": change });
    for _ in 0..2 {
        let changed = house.post_json(CALL, &body).await;
        assert_eq!(changed.status(), StatusCode::CREATED);
        let changed: Value = changed.json().await.unwrap();
        assert_eq!(changed["received_on"], "2026-03-04");
    }
    assert_eq!(house.mailroom.stored(), 3);
    let new = json!({ "tracking_token": drawn["new_tracking_token"] });
    let mailbox = house.post_json("/api/v1/mailbox", &new).await;
    assert_eq!(mailbox.status(), StatusCode::OK);
    let mailbox: Value = mailbox.json().await.unwrap();
    let said = mailbox["messages"][0]["text"].as_str().unwrap();
    assert!(said.contains("palabras nuevas"), "{said}");
    house.clock.forward(31 * 60);
    let lapsed = house.post_json(CALL, &body).await;
    assert_eq!(lapsed.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
