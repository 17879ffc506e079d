//! Coming back with the token: forgiving to read, strict in what it tells strangers, and no message
//! is lost.

use journeys::{Engine, House, Letterbox, Person, until};
use serde_json::json;

const STORY: &str = "Desde hace tres meses el supervisor me cambia el turno sin avisar.";

/// Twelve words with a right checksum that were never given to anyone.
const NOBODYS: [&str; 2] = [
    "ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco abierto",
    "zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo yodo",
];

async fn messages_of(person: &Person, token: &str, count: usize) -> Letterbox {
    until("the messages to come back", async || {
        let mailbox = person.look(token).await;
        (said(&mailbox).len() >= count).then_some(mailbox)
    })
    .await
}

fn said(mailbox: &Letterbox) -> Vec<&str> {
    let own = mailbox
        .messages
        .iter()
        .filter(|message| message.from == "complainant");
    own.map(|message| message.text.as_str()).collect()
}

#[tokio::test]
async fn a_message_comes_back_in_the_mailbox_as_the_complainants() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(engine).await;
        let person = house.person();
        let filed = person.tell(STORY).await;
        person.wait_for_folio(&filed.tracking_token).await;

        let texts = [
            "Se me olvidó: fue también el 3 de marzo.",
            "Y hay una testigo. «Ñandú» 🙂",
        ];
        for (index, text) in texts.iter().enumerate() {
            person.write(&filed.tracking_token, text).await;
            messages_of(&person, &filed.tracking_token, index + 1).await;
        }
        let mailbox = person.look(&filed.tracking_token).await;
        assert_eq!(said(&mailbox), texts);
        assert_eq!(house.export_json()[0]["mensajes"], json!(2));
    }
}

#[tokio::test]
async fn a_message_sent_before_triage_has_opened_the_complaint_still_arrives() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let person = house.person();
    let mut tokens = Vec::new();
    for n in 0..8 {
        let filed = person.tell(STORY).await;
        person
            .write(
                &filed.tracking_token,
                &format!("Antes de que nadie la abra: {n}"),
            )
            .await;
        let waiting = person.look(&filed.tracking_token).await;
        assert_eq!((waiting.folio, waiting.status.as_str()), (None, "received"));
        tokens.push(filed.tracking_token);
    }
    house.start_triage().await;
    for (n, token) in tokens.iter().enumerate() {
        let mailbox = messages_of(&person, token, 1).await;
        assert_eq!(said(&mailbox), [format!("Antes de que nadie la abra: {n}")]);
        assert!(mailbox.folio.is_some());
    }
}

#[tokio::test]
async fn a_token_is_read_however_a_person_writes_it() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let person = house.person();
    let token = person.tell(STORY).await.tracking_token;
    let words: Vec<&str> = token.split(' ').collect();
    assert_eq!(words.len(), 12);
    let plain: Vec<String> = words.iter().map(|word| domain::code::fold(word)).collect();
    let short: Vec<String> = plain
        .iter()
        .map(|word| word.chars().take(4).collect())
        .collect();
    let numbered: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(index, word)| format!("{}. {word}", index + 1))
        .collect();

    let expected = person.look(&token).await;
    for form in [
        token.to_uppercase(),
        plain.join(" "),
        short.join(" "),
        words.join("-"),
        format!("\n {} \n", words.join("\n")),
        numbered.join(", "),
    ] {
        assert_eq!(person.look(&form).await, expected, "{form:?}");
    }
}

#[tokio::test]
async fn unknown_tokens_get_the_same_answer_to_the_byte() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let person = house.person();
    let known = person.ask(&person.tell(STORY).await.tracking_token).await;

    let answers = [person.ask(NOBODYS[0]).await, person.ask(NOBODYS[1]).await];
    assert_eq!(answers[0].status, 404, "{}", answers[0].text());
    assert_eq!(answers[0].headers, answers[1].headers);
    assert_eq!(answers[0].body, answers[1].body);
    assert!(
        answers[0]
            .headers
            .contains(&"content-type: application/problem+json".to_owned())
    );
    assert_eq!(
        answers[0].body.len(),
        known.body.len(),
        "a known one has the same size class"
    );

    let written = person.try_write(NOBODYS[0], "¿Hay alguien ahí?").await;
    assert_eq!(written.status, 404);
    assert_eq!(
        written.body,
        person.try_write(NOBODYS[1], "Otra cosa.").await.body
    );
}

#[tokio::test]
async fn a_malformed_token_is_refused_and_the_word_is_named() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let person = house.person();
    let token = person.tell(STORY).await.tracking_token;
    let mut words: Vec<&str> = token.split(' ').collect();

    words[4] = "computadorax";
    for reply in [
        person.ask(&words.join(" ")).await,
        person.try_write(&words.join(" "), "Un mensaje.").await,
    ] {
        assert_eq!(reply.status, 422, "{}", reply.text());
        let problem = reply.json();
        let error = &problem["errors"][0];
        assert_eq!(error["field"], json!("tracking_token"), "{problem}");
        let text = reply.text();
        assert!(
            text.contains("computadorax") || error["message"].to_string().contains('5'),
            "{text}"
        );
    }

    let eleven = token.split(' ').take(11).collect::<Vec<_>>().join(" ");
    let checksum = ["ábaco"; 12].join(" ");
    for bad in [eleven.as_str(), checksum.as_str(), "", "hola"] {
        assert_eq!(person.ask(bad).await.status, 422, "{bad}");
    }
}

#[tokio::test]
async fn what_a_client_sends_is_never_a_fault_of_the_server() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let person = house.person();
    let long = "a".repeat(20_001);
    for (body, field) in [
        (json!({}), "narrative"),
        (json!({ "narrative": "" }), "narrative"),
        (json!({ "narrative": "corto" }), "narrative"),
        (json!({ "narrative": long }), "narrative"),
        (
            json!({ "narrative": STORY, "suspected_risk": "brujería" }),
            "suspected_risk",
        ),
        (
            json!({ "narrative": STORY, "workplace": { "ooad": "Narnia" } }),
            "workplace.ooad",
        ),
        (json!({ "narrative": STORY, "apellido": "x" }), "apellido"),
    ] {
        let reply = person.post_json("/api/v1/complaints", &body).await;
        assert_eq!(reply.status, 422, "{body}: {}", reply.text());
        let problem = reply.json();
        let named = problem["errors"]
            .as_array()
            .expect("a list of errors")
            .iter();
        assert!(
            named.clone().any(|error| error["field"] == json!(field)),
            "{problem}"
        );
    }
    let path = "/api/v1/complaints";
    let good = json!({ "narrative": STORY }).to_string().into_bytes();
    let headers = |kind, encoding| [("content-type", kind), ("content-encoding", encoding)];
    for (status, headers, body) in [
        (
            415,
            headers("application/json", "gzip").to_vec(),
            good.clone(),
        ),
        (415, vec![("content-type", "text/plain")], good.clone()),
        (
            400,
            vec![("content-type", "application/json")],
            b"{\"narrative\": \"".to_vec(),
        ),
        (
            400,
            vec![("content-type", "application/json")],
            b"{\"narrative\": \"\xff\xfe\"}".to_vec(),
        ),
        (
            413,
            vec![("content-type", "application/json")],
            vec![b' '; 4 << 20],
        ),
    ] {
        // A service that refuses from the headers may close while we still send.
        if let Some(reply) = person.post_with(path, &headers, body).await {
            let both = status == 400 && reply.status == 422;
            assert!(
                reply.status == status || both,
                "{headers:?}: {} {}",
                reply.status,
                reply.text()
            );
            assert!(
                reply
                    .headers
                    .contains(&"content-type: application/problem+json".to_owned()),
                "{:?}",
                reply.headers
            );
        }
    }
    assert_eq!(
        person
            .post_json(path, &json!({ "narrative": STORY }))
            .await
            .status,
        201
    );
}
