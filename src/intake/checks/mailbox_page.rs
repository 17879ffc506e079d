//! The page of a mailbox: what is asked for, what may be added, and that nothing is sent twice.

use domain::case::{Deadline, Folio, Status};
use domain::catalogue::TermKey;
use jiff::civil::{Date, date};
use mailbox::{Author, Body, Entry, Message, Notice, Standing};
use receipts::Proof;
use ring::rand::SystemRandom;
use sealing::TrackingToken;
use serde_json::{Value, json};

use crate::abuse::Lane;
use crate::testing::{Form, House, unused_token};

const PAGE: &str = "/seguimiento";
const SEND: &str = "/seguimiento/mensaje";

/// What the committee's side writes when it asks for what is missing.
pub(super) fn ask(house: &House, token: &str, due_on: Date) {
    let token = TrackingToken::parse(token).unwrap();
    let standing = Standing {
        status: Status::NeedsInformation,
        folio: Folio::new(2026, 123_456),
        deadlines: vec![Deadline {
            key: TermKey::PrevencionDesahogo,
            due_on,
        }],
        notice: Notice::NeedsInformation,
        detail: None,
    };
    let message = Message {
        standing: Some(standing),
        ..Message::written(
            Author::Committee,
            "¿En qué centro fue? <b>".to_owned().into(),
        )
    };
    let entry = Entry {
        posted_on: date(2026, 3, 4),
        body: Body::Message(message),
    };
    let key = token.mailbox_key();
    let rng = SystemRandom::new();
    let sealed = mailbox::seal(&key, token.lookup_id(), 1, &entry, &rng).unwrap();
    house.mailroom.post(sealed);
}

async fn page(house: &House, token: &str) -> String {
    let answer = house.post_form(PAGE, &[("tracking_token", token)]).await;
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

/// The value of a hidden field, where it stands first.
fn hidden<'a>(html: &'a str, name: &str) -> &'a str {
    let start = format!("name=\"{name}\" value=\"");
    let rest = html.split(&start).nth(1).expect(name);
    rest.split('"').next().unwrap()
}

#[actix_web::test]
async fn what_is_asked_for_stands_on_the_page_with_its_last_day() {
    let house = House::open();
    let token = house.file().await;
    assert!(
        !page(&house, &token)
            .await
            .contains("name=\"answers_request\"")
    );
    ask(&house, &token, date(2026, 3, 11));
    let html = page(&house, &token).await;
    for shown in [
        "El Comité necesita que complete algo",
        "Puede contestar hasta el 11 de marzo de 2026.",
        "¿En qué centro fue? &#60;b&#62;",
        "name=\"answers_request\"",
        "El Comité espera su respuesta.",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
}

#[actix_web::test]
async fn an_answer_after_the_last_day_is_still_taken() {
    let house = House::open();
    let token = house.file().await;
    ask(&house, &token, date(2026, 3, 3));
    let html = page(&house, &token).await;
    assert!(html.contains("El plazo terminó el 3 de marzo de 2026."));
    let fields = [
        ("tracking_token", token.as_str()),
        ("answers_request", "1"),
        ("text", "En el almacén."),
    ];
    assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn an_answer_that_is_not_taken_is_given_back_where_it_was_written() {
    let house = House::open();
    let token = house.file().await;
    ask(&house, &token, date(2026, 3, 11));
    let fields = [
        ("tracking_token", token.as_str()),
        ("answers_request", "1"),
        ("text", "hola\u{1b}"),
    ];
    let answer = house.post_form(SEND, &fields).await;
    assert_eq!(answer.status(), 422);
    let html = answer.text().await.unwrap();
    assert_eq!(html.matches("hola").count(), 1);
    let (form, _) = html.split_once("hola").unwrap();
    assert!(form.contains("id=\"respuesta-error\""));
    assert!(!form.contains("id=\"texto\""));
}

#[actix_web::test]
async fn what_a_page_sends_twice_is_stored_once() {
    let house = House::open();
    let token = house.file().await;
    let html = page(&house, &token).await;
    let once = hidden(&html, "once");
    let send = async |once: &str, text: &str| {
        let fields = [
            ("tracking_token", token.as_str()),
            ("once", once),
            ("text", text),
        ];
        let answer = house.post_form(SEND, &fields).await;
        assert_eq!(answer.status(), 201);
        answer.text().await.unwrap()
    };
    let next = send(once, "Fue el lunes.").await;
    send(once, "Fue el lunes.").await;
    assert_eq!(house.mailroom.stored(), 2);
    // Another text of the same page, and the same text of the next page, are meant.
    send(once, "Fue el martes.").await;
    assert_eq!(house.mailroom.stored(), 3);
    send(hidden(&next, "once"), "Fue el lunes.").await;
    assert_eq!(house.mailroom.stored(), 4);
}

#[actix_web::test]
async fn whether_the_case_may_be_handed_over_can_be_stated_alone() {
    let house = House::open();
    let token = house.file().await;
    assert!(
        page(&house, &token)
            .await
            .contains("Todavía no ha contestado.")
    );
    for (code, status, stored) in [
        ("SI", 201, 2),
        ("NO", 201, 3),
        ("QUIZA", 422, 3),
        ("", 422, 3),
    ] {
        let fields = [
            ("tracking_token", token.as_str()),
            ("referral_consent", code),
        ];
        let answer = house.post_form(SEND, &fields).await;
        assert_eq!(answer.status(), status, "{code}");
        assert_eq!(house.mailroom.stored(), stored, "{code}");
    }
}

#[actix_web::test]
async fn the_newest_message_comes_first_and_says_so() {
    let house = House::open();
    let token = house.file().await;
    ask(&house, &token, date(2026, 3, 11));
    let html = page(&house, &token).await;
    let (before, after) = html.split_once("El más reciente</span>").unwrap();
    assert!(!before.contains("quedó guardada y sellada"));
    assert!(after.contains("quedó guardada y sellada"));
}

#[actix_web::test]
async fn nobody_sends_into_a_mailbox_that_is_not_there() {
    let house = House::open();
    let fields = [
        ("tracking_token", unused_token()),
        ("text", "Hola.".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(house.post_form(SEND, &fields).await.status(), 404);
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn what_was_written_is_given_back_when_the_mailbox_cannot_be_read() {
    let house = House::open();
    let token = house.file().await;
    ask(&house, &token, date(2026, 3, 11));
    let once = hidden(&page(&house, &token).await, "once").to_owned();
    let fields = [
        ("tracking_token", token.as_str()),
        ("once", &once),
        ("answers_request", "1"),
        ("text", "Fue en el «almacén».\n<b>Sí</b>"),
    ];
    house.mailroom.go_down();
    for form in [false, true] {
        let answer = if form {
            let parts = fields.iter().fold(Form::default(), |form, (name, value)| {
                form.field(name, value)
            });
            house.post_parts(SEND, parts).await
        } else {
            house.post_form(SEND, &fields).await
        };
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.headers()["retry-after"], "15");
        let html = answer.text().await.unwrap();
        assert!(html.contains("Su mensaje todavía no se envía"));
        assert!(html.contains("Fue en el «almacén».\n&#60;b&#62;Sí&#60;/b&#62;</textarea>"));
        for (name, value) in &fields[..3] {
            assert_eq!(hidden(&html, name), *value);
        }
    }
    house.mailroom.come_back();
    // Sent again from that page, twice, it counts once.
    for _ in 0..2 {
        assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
        assert_eq!(house.mailroom.stored(), 2);
    }
}

#[actix_web::test]
async fn in_a_crowd_one_is_told_to_come_back_and_keeps_what_was_written() {
    let house = House::open();
    let token = house.file().await;
    let lanes = house.shared.looks.as_ref().unwrap();
    let places = lanes.take_all(Lane::Ordinary);
    let queue = lanes.fill_queue(Lane::Ordinary);
    let fields = [
        ("tracking_token", token.as_str()),
        ("text", "Fue el lunes."),
    ];
    for (path, kept) in [
        (PAGE, token.as_str()),
        ("/seguimiento/mensajes", &token),
        ("/seguimiento/enviado", &token),
        (SEND, "Fue el lunes.</textarea>"),
    ] {
        let answer = house.post_form(path, &fields).await;
        assert_eq!(answer.status(), 503, "{path}");
        assert_eq!(answer.headers()["retry-after"], "15", "{path}");
        let html = answer.text().await.unwrap();
        assert!(
            html.contains("Hay muchas consultas en este momento."),
            "{path}"
        );
        assert!(html.contains(kept), "{path}");
    }
    for (path, call) in [
        ("/api/v1/mailbox", json!({ "tracking_token": token })),
        (
            "/api/v1/mailbox/messages",
            json!({ "tracking_token": token, "text": "Fue." }),
        ),
    ] {
        let answer = house.post_json(path, &call).await;
        assert_eq!(answer.status(), 503, "{path}");
        assert_eq!(answer.headers()["retry-after"], "15", "{path}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["type"], "urn:guiando:problem:many-looks");
    }
    drop((places, queue));
    assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
}

/// Says where the receipt of a mailbox stands.
fn listed(html: &str) -> &str {
    html.split("<h3>La lista de ese día</h3>").nth(1).unwrap()
}

#[actix_web::test]
async fn the_page_itself_proves_that_the_complaint_is_in_the_list_of_its_day() {
    let house = House::open();
    let token = house.file().await;
    let html = page(&house, &token).await;
    assert!(listed(&html).contains("Su denuncia entrará en la lista de ese día."));
    assert!(!html.contains("class=\"receipt\">"));

    house.clock.set("2026-03-05T12:00:00Z");
    house.shared.publish_closed_days().await.unwrap();
    let html = page(&house, &token).await;
    let shown = listed(&html);
    assert!(shown.contains("Está en la lista de ese día."));
    assert!(shown.contains("href=\"/acuse/raices\""));
    let proof = shown.split("class=\"receipt\">").nth(1).unwrap();
    let proof: Proof = proof.split('<').next().unwrap().parse().unwrap();
    let receipt = receipts::verify(hidden(&html, "receipt"), &house.receipts).unwrap();
    assert!(proof.verify(&receipt, &house.receipts).is_ok());
}

#[actix_web::test]
async fn a_complaint_that_is_missing_from_the_list_is_told_loudly() {
    let house = House::open();
    let token = house.file().await;
    house.mailroom.lose_leaves();
    house.clock.set("2026-03-05T12:00:00Z");
    house.shared.publish_closed_days().await.unwrap();
    let html = page(&house, &token).await;
    assert!(listed(&html).contains("No está en la lista de ese día, y debería estar."));
    assert!(html.contains("<div class=\"alert\" role=\"alert\">"));
    assert!(!html.contains("class=\"receipt\">"));
    // Nothing of it keeps anybody from the rest of the mailbox.
    assert!(html.contains("name=\"text\""));
}

#[actix_web::test]
async fn a_new_mailbox_says_by_when_the_committee_must_look_at_the_complaint() {
    let house = House::open();
    let token = house.file().await;
    let filed =
        "revisar su denuncia, registrarla y darle su folio a más tardar el 9 de marzo de 2026";
    assert!(page(&house, &token).await.contains(filed));
    // From then on, the terms are those that the committee writes.
    ask(&house, &token, date(2026, 3, 13));
    assert!(!page(&house, &token).await.contains(filed));
    // Programs read what stands in the mailbox.
    let token = house.file().await;
    let call = json!({ "tracking_token": token });
    let answer = house.post_json("/api/v1/mailbox", &call).await;
    let mailbox: Value = answer.json().await.unwrap();
    assert_eq!(mailbox["deadlines"], json!([]));
}
