//! Following up with the twelve words, as a program and as a person.

use domain::case::{Deadline, Folio, Status};
use domain::catalogue::TermKey;
use jiff::civil::date;
use mailbox::{Author, Body, Entry, Message, Notice, Standing};
use ring::rand::SystemRandom;
use sealing::TrackingToken;
use serde_json::{Value, json};

use crate::testing::{House, unused_token};

const CALL: &str = "/api/v1/mailbox";
const SEND: &str = "/api/v1/mailbox/messages";

/// What triage and the committee would post.
fn answer(house: &House, token: &str) {
    let token = TrackingToken::parse(token).unwrap();
    let standing = Standing {
        status: Status::NeedsInformation,
        folio: Folio::new(2026, 123_456),
        deadlines: vec![Deadline {
            key: TermKey::PrevencionDesahogo,
            due_on: date(2026, 3, 12),
        }],
        notice: Notice::Opened,
        detail: None,
    };
    let message = Body::Message(Message::written(
        Author::Committee,
        "¿Qué día fue?\n<b>Gracias</b>".to_owned().into(),
    ));
    for (position, body) in [(1, Body::Standing(standing)), (2, message)] {
        let entry = Entry {
            posted_on: date(2026, 3, 5),
            body,
        };
        let key = token.mailbox_key();
        let sealed = mailbox::seal(
            &key,
            token.lookup_id(),
            position,
            &entry,
            &SystemRandom::new(),
        );
        house.mailroom.post(sealed.unwrap());
    }
}

#[actix_web::test]
async fn a_new_mailbox_says_that_the_complaint_is_stored() {
    let house = House::open();
    let token = house.file().await;
    let answer = house
        .post_json(CALL, &json!({ "tracking_token": token }))
        .await;
    assert_eq!(answer.status(), 200);
    let mailbox: Value = answer.json().await.unwrap();
    assert_eq!(mailbox["status"], "received");
    assert_eq!(mailbox["folio"], Value::Null);
    assert_eq!(mailbox["deadlines"], json!([]));
    assert_eq!(mailbox["messages"][0]["from"], "system");
    assert_eq!(mailbox["messages"][0]["posted_on"], "2026-03-04");
}

#[actix_web::test]
async fn a_mailbox_tells_status_folio_deadlines_and_messages_in_order() {
    let house = House::open();
    let token = house.file().await;
    answer(&house, &token);
    let mailbox: Value = house
        .post_json(CALL, &json!({ "tracking_token": token.to_uppercase() }))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(mailbox["status"], "needs_information");
    assert_eq!(mailbox["folio"], "CE-2026-123456");
    let text = "Usted puede completar lo que falta a más tardar el 12 de marzo de 2026.";
    let deadline = json!({ "key": "prevencion_desahogo", "due_on": "2026-03-12", "text": text });
    assert_eq!(mailbox["deadlines"], json!([deadline]));
    let from: Vec<_> = mailbox["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| &message["from"])
        .collect();
    assert_eq!(from, ["system", "system", "committee"]);
}

#[actix_web::test]
async fn a_wrong_word_is_named_without_a_look_up() {
    let house = House::open();
    house.mailroom.go_down();
    let phrase = unused_token();
    let mut words: Vec<&str> = phrase.split(' ').collect();
    words[3] = "xilofonos";
    let answer = house
        .post_json(CALL, &json!({ "tracking_token": words.join(" ") }))
        .await;
    assert_eq!(answer.status(), 422);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["errors"][0]["field"], "tracking_token");
    assert_eq!(problem["errors"][0]["code"], "unknown_word");
    assert!(
        problem["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("4, «xilofonos»")
    );
    for (token, code) in [(json!("uno dos"), "word_count"), (json!(" "), "required")] {
        let problem: Value = house
            .post_json(CALL, &json!({ "tracking_token": token }))
            .await
            .json()
            .await
            .unwrap();
        assert_eq!(problem["errors"][0]["code"], code);
    }
}

#[actix_web::test]
async fn unknown_tokens_get_the_same_bytes_whatever_the_call_and_as_many_as_known_ones() {
    let house = House::open();
    let known = house.file().await;
    let mut answers = [Vec::new(), Vec::new()];
    for token in [unused_token(), unused_token()] {
        let look = house
            .post_json(CALL, &json!({ "tracking_token": token }))
            .await;
        let send = house
            .post_json(SEND, &json!({ "tracking_token": token, "text": "hola" }))
            .await;
        for (answer, answers) in [look, send].into_iter().zip(&mut answers) {
            assert_eq!(answer.status(), 404);
            answers.push(answer.bytes().await.unwrap());
        }
    }
    assert!(answers.iter().all(|answers| answers[0] == answers[1]));
    let found = house
        .post_json(CALL, &json!({ "tracking_token": known }))
        .await;
    assert_eq!(found.bytes().await.unwrap().len(), answers[0][0].len());
    let told = house
        .post_json(SEND, &json!({ "tracking_token": known, "text": "hola" }))
        .await;
    assert_eq!(told.bytes().await.unwrap().len(), answers[1][0].len());
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn a_further_message_is_stored() {
    let house = House::open();
    let token = house.file().await;
    let body = json!({ "tracking_token": token, "text": "Fue el lunes." });
    let answer = house.post_json(SEND, &body).await;
    assert_eq!(answer.status(), 201);
    assert_eq!(
        answer.json::<Value>().await.unwrap(),
        json!({ "received_on": "2026-03-04" })
    );
    assert_eq!(house.mailroom.stored(), 2);
    for text in [json!(null), json!(""), json!("x".repeat(20_001))] {
        let body = json!({ "tracking_token": token, "text": text });
        let problem: Value = house.post_json(SEND, &body).await.json().await.unwrap();
        assert_eq!(problem["errors"][0]["field"], "text");
    }
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn a_store_that_is_down_is_not_an_unknown_token() {
    let house = House::open();
    house.mailroom.go_down();
    let token = unused_token();
    for call in [CALL, SEND] {
        let mut body = json!({ "tracking_token": token });
        if call == SEND {
            body["text"] = json!("hola");
        }
        assert_eq!(house.post_json(call, &body).await.status(), 503);
    }
    let page = house
        .post_form("/seguimiento", &[("tracking_token", &token)])
        .await;
    assert_eq!(page.status(), 503);
}

#[actix_web::test]
async fn the_page_shows_status_deadlines_and_messages_and_takes_an_answer() {
    let house = House::open();
    let token = house.file().await;
    answer(&house, &token);
    let page = house
        .post_form("/seguimiento", &[("tracking_token", &token)])
        .await;
    assert_eq!(page.status(), 200);
    let html = page.text().await.unwrap();
    for shown in [
        "Se necesita información",
        "CE-2026-123456",
        "12 de marzo de 2026",
        "¿Qué día fue?",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert!(!html.contains("<b>Gracias"));
    let fields = [
        ("tracking_token", token.as_str()),
        ("text", "Fue el lunes."),
    ];
    let page = house.post_form("/seguimiento/mensaje", &fields).await;
    assert_eq!(page.status(), 201);
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("Su mensaje está guardado y sellado.")
    );
    assert_eq!(house.mailroom.stored(), 2);
    let fields = [("tracking_token", token.as_str()), ("text", " ")];
    let page = house.post_form("/seguimiento/mensaje", &fields).await;
    assert_eq!(page.status(), 422);
    assert!(page.text().await.unwrap().contains("Falta esta respuesta."));
}

#[actix_web::test]
async fn the_page_names_a_wrong_word_and_keeps_what_was_written() {
    let house = House::open();
    let phrase = unused_token();
    let mut words: Vec<&str> = phrase.split(' ').collect();
    words[0] = "abdomne";
    let page = house
        .post_form("/seguimiento", &[("tracking_token", &words.join(" "))])
        .await;
    assert_eq!(page.status(), 422);
    let html = page.text().await.unwrap();
    assert!(html.contains("¿Quiso escribir «abdomen»?"));
    assert!(html.contains(&words.join(" ")));
    let page = house.post_form("/seguimiento", &[]).await;
    assert_eq!(page.status(), 422);
}

#[actix_web::test]
async fn the_page_of_an_unknown_token_is_as_long_as_that_of_a_known_one() {
    let house = House::open();
    let known = house.file().await;
    let found = house
        .post_form("/seguimiento", &[("tracking_token", &known)])
        .await;
    let unknown = house
        .post_form("/seguimiento", &[("tracking_token", &unused_token())])
        .await;
    assert_eq!(unknown.status(), 404);
    assert_eq!(
        unknown.bytes().await.unwrap().len(),
        found.bytes().await.unwrap().len()
    );
}

#[actix_web::test]
async fn a_full_mailbox_is_shown_and_takes_no_further_message() {
    let house = House::open();
    let token = house.file().await;
    let parsed = TrackingToken::parse(&token).unwrap();
    let entry = Entry {
        posted_on: date(2026, 3, 5),
        body: Body::Message(Message::written(
            Author::Complainant,
            "Otra vez yo.".to_owned().into(),
        )),
    };
    let post = |position| {
        let key = parsed.mailbox_key();
        let rng = SystemRandom::new();
        let sealed = mailbox::seal(&key, parsed.lookup_id(), position, &entry, &rng);
        house.mailroom.post(sealed.unwrap());
    };
    (1..999).for_each(post);
    let body = json!({ "tracking_token": token, "text": "Fue el lunes." });
    assert_eq!(house.post_json(SEND, &body).await.status(), 201);
    post(999);
    let answer = house.post_json(SEND, &body).await;
    assert_eq!(answer.status(), 429);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:mailbox-full");
    let fields = [
        ("tracking_token", token.as_str()),
        ("text", "Fue el lunes."),
    ];
    let page = house.post_form("/seguimiento/mensaje", &fields).await;
    assert_eq!(page.status(), 429);
    let html = page.text().await.unwrap();
    assert!(html.contains("El buzón de su denuncia está lleno. Su mensaje no se envió."));
    assert!(html.contains("Fue el lunes.</textarea>"));
    assert_eq!(house.mailroom.stored(), 2);
    // All of it is there, page by page, and nothing twice.
    let mut question = json!({ "tracking_token": token });
    let mut messages = Vec::new();
    loop {
        let mailbox: Value = house.post_json(CALL, &question).await.json().await.unwrap();
        messages.push(mailbox["messages"].as_array().unwrap().len());
        match mailbox.get("older") {
            Some(older) => question["before"] = older.clone(),
            None => break,
        }
    }
    assert_eq!(messages.iter().sum::<usize>(), 1_000);
    assert_eq!(messages.len(), 16, "{messages:?}");
}

#[actix_web::test]
async fn no_page_shows_more_of_a_text_again_than_could_be_right() {
    let house = House::open();
    let token = house.file().await;
    let long = "'".repeat(100_000);
    let fields = [("tracking_token", token.as_str()), ("text", long.as_str())];
    let page = house.post_form("/seguimiento/mensaje", &fields).await;
    assert_eq!(page.status(), 422);
    let html = page.text().await.unwrap();
    assert_eq!(html.matches("&#39;").count(), 20_000);
    assert!(html.contains("sólo se muestran los primeros 20"));
    let words = format!("{long} {}", "a ".repeat(11));
    for written in [&long, &words] {
        let page = house
            .post_form("/seguimiento", &[("tracking_token", written)])
            .await;
        assert_eq!(page.status(), 422);
        let html = page.text().await.unwrap();
        assert_eq!(html.matches("&#39;").count(), 500);
        assert!(html.contains("sólo se muestran los primeros 500 caracteres"));
    }
}
