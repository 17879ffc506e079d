//! Files with a message, in two steps; and what was filed, shown again.

use mailbox::SealedEntry;
use sealing::TrackingToken;
use serde_json::json;

use crate::testing::{Form, House, NARRATIVE, unused_token};

const SEND: &str = "/seguimiento/mensaje";
const FILED: &str = "/seguimiento/enviado";
const NOTES: &[u8] = b"Lunes: turno de noche. Martes: lo mismo.";

fn message(token: &str, text: &str) -> Form {
    Form::default()
        .field("tracking_token", token)
        .field("once", "00112233445566778899aabbccddeeff")
        .field("text", text)
}

fn pending(html: &str) -> String {
    let rest = html.split("name=\"pending\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn files_are_looked_at_first_and_sent_once_when_the_person_says_so() {
    let house = House::open();
    let token = house.file().await;
    let form = message(&token, "Aquí están mis notas.").file("evidence", "notas.txt", NOTES);
    let answer = house.post_parts(SEND, form).await;
    assert_eq!(answer.status(), 200);
    let html = answer.text().await.unwrap();
    for shown in [
        "Revise sus archivos",
        "notas.txt",
        "1 KiB",
        "No se encontraron datos ocultos.",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert_eq!(house.mailroom.stored(), 1, "nothing is sent yet");
    assert_eq!(house.mailroom.chunks().len(), 1);
    let pending = pending(&html);
    for _ in 0..2 {
        let fields = [
            ("tracking_token", token.as_str()),
            ("pending", pending.as_str()),
            ("choice-0", "original"),
        ];
        let answer = house.post_form(SEND, &fields).await;
        assert_eq!(answer.status(), 201);
        assert_eq!(house.mailroom.stored(), 2);
    }
}

#[actix_web::test]
async fn files_may_come_without_a_text_and_a_text_without_files() {
    let house = House::open();
    let token = house.file().await;
    let answer = house
        .post_parts(
            SEND,
            message(&token, "").file("evidence", "notas.txt", NOTES),
        )
        .await;
    assert_eq!(answer.status(), 200);
    let pending = pending(&answer.text().await.unwrap());
    let fields = [("tracking_token", token.as_str()), ("pending", &pending)];
    assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
    let alone = house.post_parts(SEND, message(&token, "Hola.")).await;
    assert_eq!(alone.status(), 201);
    assert_eq!(house.mailroom.stored(), 3);
    let nothing = house.post_parts(SEND, message(&token, "")).await;
    assert_eq!(nothing.status(), 422);
}

#[actix_web::test]
async fn a_file_that_is_not_taken_gives_the_text_back() {
    let house = House::open();
    let token = house.file().await;
    let form = message(&token, "Mire esta foto.").file("evidence", "foto.jpg", NOTES);
    let answer = house.post_parts(SEND, form).await;
    assert!(answer.status().is_client_error(), "{}", answer.status());
    let html = answer.text().await.unwrap();
    assert!(html.contains("Mire esta foto.</textarea>"));
    assert!(html.contains("role=\"alert\""));
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn a_refused_file_is_named_and_the_others_are_kept() {
    let house = House::open();
    let token = house.file().await;
    let form = message(&token, "Mire esto.")
        .file("evidence", "foto.jpg", NOTES)
        .file("evidence", "notas.txt", NOTES);
    let answer = house.post_parts(SEND, form).await;
    assert_eq!(answer.status(), 422);
    let html = answer.text().await.unwrap();
    for shown in [
        "Estos archivos no se entregan",
        "foto.jpg</strong>: ",
        "notas.txt</h2>",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert!(!html.contains("foto.jpg</h2>"));
    let pending = pending(&html);
    let fields = [("tracking_token", token.as_str()), ("pending", &pending)];
    assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn a_file_that_missed_its_cleaning_is_sent_or_left_out_as_the_person_says() {
    let house = House::open();
    let token = house.file().await;
    let form = message(&token, "Mire esta foto.")
        .file("evidence", "foto.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0")
        .file("evidence", "notas.txt", NOTES);
    let answer = house.post_parts(SEND, form).await;
    assert_eq!(answer.status(), 200);
    let html = answer.text().await.unwrap();
    assert!(!html.contains(" checked"), "nothing is chosen for them");
    let sealed = pending(&html);
    let chosen = |choice| {
        [
            ("tracking_token", token.as_str()),
            ("pending", sealed.as_str()),
            ("choice-0", choice),
        ]
    };
    let answer = house.post_form(SEND, &chosen("")).await;
    assert_eq!(answer.status(), 422);
    let html = answer.text().await.unwrap();
    assert!(html.contains("Falta decidir sobre un archivo"));
    assert_eq!(pending(&html), sealed);
    assert_eq!(house.mailroom.stored(), 1, "nothing is sent");
    for choice in ["original", "left-out"] {
        let answer = house.post_form(SEND, &chosen(choice)).await;
        assert_eq!(answer.status(), 201, "{choice}");
    }
    assert_eq!(house.mailroom.stored(), 3, "two different messages");
    // What is left out stays so when the page comes back.
    house.mailroom.go_down();
    let answer = house.post_form(SEND, &chosen("left-out")).await;
    let html = answer.text().await.unwrap();
    assert!(!html.contains("foto.jpg"));
    assert!(html.contains("notas.txt"));
    assert_ne!(pending(&html), sealed);
}

#[actix_web::test]
async fn when_the_store_fails_the_files_wait_on_the_same_page() {
    let house = House::open();
    let token = house.file().await;
    let form = message(&token, "Mis notas.").file("evidence", "notas.txt", NOTES);
    let page = house.post_parts(SEND, form).await.text().await.unwrap();
    let sealed = pending(&page);
    let fields = [("tracking_token", token.as_str()), ("pending", &sealed)];
    house.mailroom.go_down();
    let answer = house.post_form(SEND, &fields).await;
    assert_eq!(answer.status(), 503);
    let html = answer.text().await.unwrap();
    assert!(html.contains("role=\"alert\""));
    assert!(html.contains("notas.txt</h2>"));
    assert!(html.contains(&token));
    assert_eq!(pending(&html), sealed);
    house.mailroom.come_back();
    assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn when_the_mailbox_is_full_the_files_wait_on_the_same_page() {
    let house = House::open();
    let token = house.file().await;
    let form = message(&token, "Mis notas.").file("evidence", "notas.txt", NOTES);
    let page = house.post_parts(SEND, form).await.text().await.unwrap();
    let sealed = pending(&page);
    let parsed = TrackingToken::parse(&token).unwrap();
    house.mailroom.post(SealedEntry {
        lookup_id: parsed.lookup_id(),
        position: 999,
        bytes: Vec::new(),
    });
    let fields = [("tracking_token", token.as_str()), ("pending", &sealed)];
    let answer = house.post_form(SEND, &fields).await;
    assert_eq!(answer.status(), 429);
    let html = answer.text().await.unwrap();
    assert!(html.contains("El buzón de su denuncia está lleno."));
    assert!(html.contains("notas.txt</h2>"));
    assert_eq!(pending(&html), sealed);
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn nothing_of_a_stranger_is_stored() {
    let house = House::open();
    let form = message(&unused_token(), "Hola.").file("evidence", "notas.txt", NOTES);
    assert_eq!(house.post_parts(SEND, form).await.status(), 404);
    let form = message("no son doce palabras", "Hola.").file("evidence", "notas.txt", NOTES);
    assert_eq!(house.post_parts(SEND, form).await.status(), 422);
    let early = Form::default()
        .file("evidence", "notas.txt", NOTES)
        .field("tracking_token", &unused_token());
    assert_eq!(house.post_parts(SEND, early).await.status(), 422);
    assert_eq!(house.mailroom.chunks().len(), 0);
}

#[actix_web::test]
async fn a_page_that_was_altered_sends_nothing() {
    let house = House::open();
    let token = house.file().await;
    let fields = [("tracking_token", token.as_str()), ("pending", "AAAA")];
    let answer = house.post_form(SEND, &fields).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("Esta página venció"));
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn what_was_filed_is_shown_to_whoever_asks_with_the_words_and_only_then() {
    let house = House::open();
    let complaint = json!({
        "narrative": NARRATIVE,
        "suspected_risk": "corrupcion",
        "people": [{ "name": "<b>Nadie</b>", "rank": "SUPERIOR" }],
        "facts": { "from": "2026-01-08", "ongoing": true },
        "keep_from": ["La subdirección"],
        "referral_consent": "NO",
    });
    let form = Form::default()
        .field("complaint", &complaint.to_string())
        .file("evidence", "notas.txt", NOTES);
    let answer = house.post_parts("/api/v1/complaints", form).await;
    let answer: serde_json::Value = answer.json().await.unwrap();
    let token = answer["tracking_token"].as_str().unwrap();

    let mailbox = house
        .post_form("/seguimiento", &[("tracking_token", token)])
        .await;
    assert!(!mailbox.text().await.unwrap().contains(NARRATIVE));
    let page = house.post_form(FILED, &[("tracking_token", token)]).await;
    assert_eq!(page.status(), 200);
    let html = page.text().await.unwrap();
    for shown in [
        NARRATIVE,
        "&#60;b&#62;Nadie",
        "8 de enero de 2026",
        "Sí",
        "La subdirección",
        "notas.txt (1 KiB, original)",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    for code in ["corrupcion<", "SUPERIOR<", "field-"] {
        assert!(!html.contains(code), "{code}");
    }

    let unknown = house
        .post_form(FILED, &[("tracking_token", &unused_token())])
        .await;
    assert_eq!(unknown.status(), 404);
    let length = unknown.bytes().await.unwrap().len();
    assert_eq!(length, html.len());
}

#[actix_web::test]
async fn what_could_tell_who_writes_is_pointed_out_and_may_be_sent_all_the_same() {
    let house = House::open();
    let named = json!({ "narrative": NARRATIVE, "identity": { "name": "Ana Nadie" } });
    let answer = house.post_json("/api/v1/complaints", &named).await;
    let answer: serde_json::Value = answer.json().await.unwrap();
    let whoever_is_known = answer["tracking_token"].as_str().unwrap().to_owned();
    let text = "Llámeme al 55 1234 5678.";
    for (token, is_warned) in [(house.file().await, true), (whoever_is_known, false)] {
        let stored = house.mailroom.stored();
        let form = message(&token, text).file("evidence", "IMG_20260304_101500.txt", NOTES);
        let answer = house.post_parts(SEND, form).await;
        assert_eq!(answer.status(), 200);
        let html = answer.text().await.unwrap();
        for shown in [
            "Esto podría decir quién es usted",
            "Parece un número de teléfono. <q>55 1234 5678</q>",
            "qué día se hizo. <q>IMG_20260304_101500.txt</q>",
        ] {
            assert_eq!(html.contains(shown), is_warned, "{shown}");
        }
        let pending = pending(&html);
        let fields = [("tracking_token", token.as_str()), ("pending", &pending)];
        assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
        assert_eq!(house.mailroom.stored(), stored + 1);
    }
}
