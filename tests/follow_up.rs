//! Coming back with the token: forgiving to read, strict in what it tells strangers, and no message
//! is lost.

use domain::committee::Seat;
use journeys::{
    Engine, House, Letterbox, PASSPHRASE, Person, conclude, hidden, token_in_page, until,
};
use serde_json::{Value, json};

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
async fn chosen_words_open_the_whole_mailbox_and_those_of_before_are_unknown_to_the_byte() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(engine).await;
        let person = house.person();
        let old = person.tell(STORY).await.tracking_token;
        let folio = person.wait_for_folio(&old).await.folio;
        person.write(&old, "Con las palabras de antes.").await;
        messages_of(&person, &old, 1).await;

        let path = "/api/v1/mailbox/words";
        let drawn = person
            .post_json(path, &json!({ "tracking_token": old }))
            .await;
        assert_eq!(drawn.status, 200, "{}", drawn.text());
        let drawn = drawn.json();
        let new = drawn["new_tracking_token"]
            .as_str()
            .expect("words")
            .to_owned();
        let change = json!({ "tracking_token": old, "change": drawn["change"] });
        let changed = person.post_json(path, &change).await;
        assert_eq!(changed.status, 201, "{}", changed.text());
        // The new ones work at once, whatever triage does meanwhile.
        person.write(&new, "Con las palabras nuevas.").await;

        let mailbox = messages_of(&person, &new, 2).await;
        assert_eq!(mailbox.folio, folio);
        assert!(said(&mailbox).contains(&"Con las palabras de antes."));
        assert!(said(&mailbox).contains(&"Con las palabras nuevas."));
        let (gone, unknown) = (person.ask(&old).await, person.ask(NOBODYS[0]).await);
        assert_eq!(gone.status, 404, "{}", gone.text());
        assert_eq!((gone.headers, gone.body), (unknown.headers, unknown.body));
        assert_eq!(house.export_json().len(), 1);
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
        // Which way it came is for the committee's desk to say.
        (
            json!({ "narrative": STORY, "presented_through": "TELEFONO" }),
            "presented_through",
        ),
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

/// A member of the committee who has signed in.
struct Desk {
    member: Person,
    cookie: String,
    csrf: String,
}

impl Desk {
    /// Makes a member and signs in as that member.
    async fn of(house: &House) -> Self {
        let seat = Seat::SecretariaEjecutiva;
        house.seat(seat, "secretaria", PASSPHRASE).await;
        let member = house.member();
        let begun = json!({ "user": "secretaria", "passphrase": PASSPHRASE });
        let begun = member.post_json("/api/v1/session", &begun).await;
        assert_eq!(begun.status, 201, "{}", begun.text());
        Self {
            cookie: begun.session(),
            csrf: begun.json()["csrf"].as_str().expect("a token").to_owned(),
            member,
        }
    }

    async fn page(&self, path: &str) -> String {
        let page = self.member.get(path, Some(&self.cookie)).await;
        assert_eq!(page.status, 200, "{}", page.text());
        page.text()
    }

    async fn write(&self, folio: &str, letter: &Value) -> Value {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("x-csrf-token", &self.csrf),
            ("content-type", "application/json"),
        ];
        let path = format!("/api/v1/cases/{folio}/messages");
        let body = letter.to_string().into_bytes();
        let reply = self.member.post_with(&path, &headers, body).await;
        let reply = reply.expect("the desk answers");
        assert_eq!(reply.status, 201, "{}", reply.text());
        reply.json()
    }

    /// What the first file of a case holds, once it is there.
    async fn file(&self, case: &str) -> String {
        let link = format!("href=\"{case}/evidencia/");
        let file = until("the file at the desk", async || {
            let page = self.page(case).await;
            let rest = page.split(&link).nth(1)?.split('"').next()?.to_owned();
            let headers = [
                ("cookie", self.cookie.as_str()),
                ("x-csrf-token", &self.csrf),
                ("content-type", "application/json"),
            ];
            let folio = case.strip_prefix("/casos/")?;
            let path = format!("/api/v1/cases/{folio}/files/{rest}/original");
            let body = br#"{"need":"PERITAJE"}"#.to_vec();
            let file = self.member.post_with(&path, &headers, body).await?;
            (file.status == 200).then_some(file)
        })
        .await;
        file.text()
    }
}

/// A form with one file, as a browser sends it.
fn parts(fields: &[(&str, &str)], file: (&str, &str)) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----prueba7MA4YWxkTrZu0gW";
    let field = |name: &str, value: &str| {
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let fields: String = fields
        .iter()
        .map(|(name, value)| field(name, value))
        .collect();
    let (name, content) = file;
    let body = format!(
        "{fields}--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"evidence\"; \
         filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n"
    );
    let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
    (media_type, body.into_bytes())
}

async fn mailbox_page(person: &Person, token: &str) -> String {
    let words = [("tracking_token", token)];
    let page = person.post_form("/seguimiento", &words).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.text()
}

const QUESTION: &str = "¿En qué centro de trabajo pasó?";
const ANSWER: &str = "Fue en la bodega del hospital, junto al archivo.";
const NOTES: &str = "Lunes: turno de noche. Martes: lo mismo.";

/// The whole way of a request for what is missing (prevención), by the pages of both sides.
#[tokio::test]
async fn what_the_committee_asks_for_is_answered_with_a_file_and_reaches_the_desk() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(engine).await;
        let person = house.person();
        let desk = Desk::of(&house).await;

        let filed = person.fill_in_form(&[("narrative", STORY)]).await;
        assert_eq!(filed.status, 201, "{}", filed.text());
        let token = token_in_page(&filed.text()).expect("the page shows the twelve words");
        let words = [("tracking_token", token.as_str())];
        let folio = person.wait_for_folio(&token).await.folio;
        let folio = folio.expect("it was waited for");
        let own = person.post_form("/seguimiento/enviado", &words).await;
        assert_eq!(own.status, 200);
        assert!(
            own.text().contains(STORY),
            "people read back what they filed"
        );

        // The committee asks, and the request is on the page with its last day.
        let request = json!({ "kind": "request", "text": QUESTION });
        let asked = desk.write(&folio, &request).await;
        let due_on = asked["due_on"].as_str();
        let mailbox = until("the request in the mailbox", async || {
            let mailbox = person.look(&token).await;
            (mailbox.status == "needs_information").then_some(mailbox)
        })
        .await;
        let due = mailbox
            .deadlines
            .iter()
            .find(|deadline| deadline["key"] == "prevencion_desahogo");
        let due = due.expect("the term of the answer runs");
        assert_eq!(due["due_on"].as_str(), due_on);
        let page = mailbox_page(&person, &token).await;
        assert!(page.contains(QUESTION));
        let request = page.split("aria-labelledby=\"pide\"").nth(1);
        let request = request.expect("the request stands by itself");
        let year = due_on.and_then(|day| day.split('-').next());
        assert!(request.contains(year.expect("a day")), "with its last day");

        // The answer, with a file, which is looked at first.
        let fields = [
            ("tracking_token", token.as_str()),
            ("once", hidden(&page, "once")),
            ("answers_request", "1"),
            ("text", ANSWER),
        ];
        let (media_type, body) = parts(&fields, ("notas.txt", NOTES));
        let looked = person.post_raw("/seguimiento/mensaje", &media_type, body);
        let looked = looked.await;
        assert_eq!(looked.status, 200, "{}", looked.text());
        let looked = looked.text();
        let pending = hidden(&looked, "pending");
        assert!(!pending.is_empty());
        let form = [("tracking_token", token.as_str()), ("pending", pending)];
        // Sent twice, as by a press too many: it counts once.
        for _ in 0..2 {
            let sent = person.post_form("/seguimiento/mensaje", &form).await;
            assert_eq!(sent.status, 201, "{}", sent.text());
        }
        let answered = until("the answer to be taken", async || {
            let mailbox = person.look(&token).await;
            (mailbox.status != "needs_information").then_some(mailbox)
        })
        .await;
        assert_eq!(said(&answered), [ANSWER]);
        assert!(
            !answered
                .deadlines
                .iter()
                .any(|deadline| deadline["key"] == "prevencion_desahogo")
        );

        // A further message behind it: had the answer been there twice, it would be by now.
        person.write(&token, "Es todo.").await;
        let mailbox = messages_of(&person, &token, 2).await;
        assert_eq!(said(&mailbox), [ANSWER, "Es todo."]);
        assert_eq!(
            mailbox.status, answered.status,
            "it is told again each time"
        );
        assert_eq!(mailbox.folio.as_ref(), Some(&folio));

        // The desk has the text and the file, to the byte.
        let case = format!("/casos/{folio}");
        let page = desk.page(&case).await;
        assert!(page.contains(ANSWER) && page.contains("notas.txt"));
        assert_eq!(page.matches(ANSWER).count(), 1);
        assert_eq!(desk.file(&case).await, NOTES);
        assert!(!mailbox_page(&person, &token).await.contains("id=\"pide\""));
    }
}

const THE_END: &str = "Terminamos de atender su denuncia. Gracias por avisar.";
const NEW_FACTS: &str = "Volvió a pasar el lunes, con otra compañera.";
const NEW_NOTES: &str = "Lunes 14: le cambiaron el turno a las diez de la noche.";

/// Sends a text and a file by the page of the mailbox, and looks at the file first.
async fn send_with_file(person: &Person, token: &str, text: &str, file: (&str, &str)) {
    let page = mailbox_page(person, token).await;
    let fields = [
        ("tracking_token", token),
        ("once", hidden(&page, "once")),
        ("text", text),
    ];
    let (media_type, body) = parts(&fields, file);
    let looked = person.post_raw("/seguimiento/mensaje", &media_type, body);
    let looked = looked.await;
    assert_eq!(looked.status, 200, "{}", looked.text());
    let looked = looked.text();
    let form = [
        ("tracking_token", token),
        ("pending", hidden(&looked, "pending")),
    ];
    let sent = person.post_form("/seguimiento/mensaje", &form).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
}

/// The committee may have ended a case; what the person knows since then still reaches it.
#[tokio::test]
async fn facts_and_evidence_reach_a_case_that_is_over() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(engine).await;
        let person = house.person();
        let token = person.tell(STORY).await.tracking_token;
        let folio = person.wait_for_folio(&token).await.folio;
        let folio = folio.expect("it was waited for");
        conclude(house.cases(), &folio, &token, THE_END).await;
        until("the mailbox to say that it is over", async || {
            (person.look(&token).await.status == "concluded").then_some(())
        })
        .await;
        let page = mailbox_page(&person, &token).await;
        for told in [
            THE_END,
            "La atención de la denuncia terminó.",
            "La atención terminó, pero puede agregar hechos. El Comité los leerá.",
            "Si hay hechos nuevos, puede agregarlos aquí.",
            "name=\"evidence\"",
        ] {
            assert!(page.contains(told), "{told} in {page}");
        }

        send_with_file(&person, &token, NEW_FACTS, ("notas.txt", NEW_NOTES)).await;
        let mailbox = messages_of(&person, &token, 1).await;
        assert_eq!(said(&mailbox), [NEW_FACTS]);
        assert_eq!(mailbox.status, "concluded", "it does not open again");
        assert_eq!(mailbox.folio.as_ref(), Some(&folio));
        assert!(mailbox_page(&person, &token).await.contains("notas.txt"));

        // The desk has the text and the file, to the byte.
        let desk = Desk::of(&house).await;
        let case = format!("/casos/{folio}");
        // The worker gives the first member what came before there was one.
        until("the case to be the member's", async || {
            let page = desk.member.get(&case, Some(&desk.cookie)).await;
            (page.status == 200).then_some(())
        })
        .await;
        let page = desk.page(&case).await;
        assert!(page.contains(NEW_FACTS) && page.contains("notas.txt"));
        assert_eq!(desk.file(&case).await, NEW_NOTES);
    }
}
