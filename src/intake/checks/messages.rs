//! Floods of further messages, and what happens to what was written when it cannot be taken at once.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Response;
use sealing::TrackingToken;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::abuse::{house, solve};
use crate::abuse::{Budget, Budgets};
use crate::sender::Sender;
use crate::testing::{Form, HandClock, House, NARRATIVE};

const CALL: &str = "/api/v1/mailbox/messages";
const SEND: &str = "/seguimiento/mensaje";
const ONCE: &str = "00112233445566778899aabbccddeeff";
const NOTES: &[u8] = b"Lunes: turno de noche. Martes: lo mismo.";

/// A program's message.
async fn call(house: &House, token: &str, work: &str) -> Response {
    let request = house.client.post(house.url(CALL));
    let request = request
        .header("guiando-work", work)
        .json(&json!({ "tracking_token": token, "text": "Fue el lunes." }));
    request.send().await.unwrap()
}

/// A person's message.
async fn write(house: &House, token: &str, text: &str, delay: &str) -> (u16, String) {
    let fields = [
        ("tracking_token", token),
        ("delay", delay),
        ("once", ONCE),
        ("text", text),
    ];
    let page = house.post_form(SEND, &fields).await;
    (page.status().as_u16(), page.text().await.unwrap())
}

fn hidden(html: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let rest = html.split(&field).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap().to_owned()
}

/// A page that gives back what was written, with the words and its number.
fn assert_given_back(html: &str, token: &str, text: &str) {
    assert!(html.contains("Su mensaje todavía no se envía"));
    assert!(html.contains(&format!("{text}</textarea>")));
    assert_eq!(hidden(html, "tracking_token"), token);
    assert_eq!(hidden(html, "once"), ONCE);
}

#[actix_web::test]
async fn a_mailbox_that_sends_too_much_waits_alone_and_loses_nothing() {
    let (house, clock) = house(Budgets::default());
    let (greedy, other) = (house.file().await, house.file().await);
    for _ in 0..20 {
        assert_eq!(call(&house, &greedy, "").await.status(), 201);
    }
    let answer = call(&house, &greedy, "").await;
    assert_eq!(answer.status(), 429);
    let wait: u32 = answer.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=61).contains(&wait), "{wait}");
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:many-messages");
    let (status, html) = write(&house, &greedy, "Todavía me acuerdo.", "").await;
    assert_eq!(status, 429);
    assert_given_back(&html, &greedy, "Todavía me acuerdo.");
    assert!(html.contains("Espere 6"), "it says for how long");
    assert_eq!(house.mailroom.stored(), 22, "nothing of it is stored");
    // Nobody else is held up, and neither is whoever files.
    assert_eq!(call(&house, &other, "").await.status(), 201);
    house.file().await;
    clock.forward(wait);
    let (status, _) = write(&house, &greedy, "Todavía me acuerdo.", "").await;
    assert_eq!(status, 201);
    assert_eq!(call(&house, &greedy, "").await.status(), 429);
}

/// A house that takes three messages for a flood, and is in one.
async fn flooded() -> (House, Arc<HandClock>, String) {
    let (house, clock) = house(Budgets {
        all_messages: Budget::new(3, Duration::from_mins(10)),
        work_bits: 8,
        ..Budgets::default()
    });
    let token = house.file().await;
    for _ in 0..3 {
        let flood = house.file().await;
        assert_eq!(call(&house, &flood, "").await.status(), 201);
    }
    (house, clock, token)
}

#[actix_web::test]
async fn in_a_flood_of_messages_a_page_waits_a_moment_and_a_program_works() {
    let (house, clock, token) = flooded().await;
    let answer = call(&house, &token, "").await;
    assert_eq!(answer.status(), 429);
    let (_, solved) = solve(&answer);
    assert_eq!(call(&house, &token, &solved).await.status(), 201);
    assert_eq!(call(&house, &token, &solved).await.status(), 429);
    let stored = house.mailroom.stored();
    let (status, html) = write(&house, &token, "Fue el martes.", "").await;
    assert_eq!(status, 429);
    assert_given_back(&html, &token, "Fue el martes.");
    assert!(html.contains("Espere 15 segundos"));
    let delay = hidden(&html, "delay");
    clock.forward(14);
    let (status, html) = write(&house, &token, "Fue el martes.", &delay).await;
    assert_eq!(status, 429, "too early");
    assert_eq!(hidden(&html, "delay"), delay);
    clock.forward(1);
    let other = house.file().await;
    let (status, _) = write(&house, &other, "Fue el martes.", &delay).await;
    assert_eq!(status, 429, "the wait of one mailbox is no other's");
    let (status, _) = write(&house, &token, "Fue el martes.", &delay).await;
    assert_eq!(status, 201);
    // The one more is the complaint: a flood of messages does not touch filing.
    assert_eq!(house.mailroom.stored(), stored + 2);
}

#[actix_web::test]
async fn in_a_flood_of_messages_files_wait_on_their_page() {
    let (house, clock, token) = flooded().await;
    let form = Form::default()
        .field("tracking_token", &token)
        .field("once", ONCE)
        .field("text", "Mis notas.")
        .file("evidence", "notas.txt", NOTES);
    let page = house.post_parts(SEND, form).await;
    assert_eq!(page.status(), 200, "files have budgets of their own");
    let pending = hidden(&page.text().await.unwrap(), "pending");
    let send = async |delay: &str| {
        let fields = [
            ("tracking_token", token.as_str()),
            ("delay", delay),
            ("pending", &pending),
        ];
        let page = house.post_form(SEND, &fields).await;
        (page.status().as_u16(), page.text().await.unwrap())
    };
    let (status, html) = send("").await;
    assert_eq!(status, 429);
    assert!(html.contains("notas.txt</h2>"));
    assert_eq!(hidden(&html, "pending"), pending);
    clock.forward(15);
    assert_eq!(send(&hidden(&html, "delay")).await.0, 201);
}

#[actix_web::test]
async fn a_message_whose_files_find_no_place_is_given_back() {
    let house = House::hurried();
    let token = house.file().await;
    let id = TrackingToken::parse(&token).unwrap().lookup_id();
    let mut taken = Vec::new();
    let sender = Sender::Mailbox { id, asked: false };
    while let Ok(upload) = house.shared.upload(sender, &[]).await {
        taken.push(upload);
    }
    let form = || {
        Form::default()
            .field("tracking_token", &token)
            .field("once", ONCE)
            .field("text", "Mis notas.")
            .file("evidence", "notas.txt", NOTES)
    };
    let page = house.post_parts(SEND, form()).await;
    assert_eq!(page.status(), 503);
    assert_given_back(&page.text().await.unwrap(), &token, "Mis notas.");
    drop(taken);
    assert_eq!(house.post_parts(SEND, form()).await.status(), 200);
}

#[actix_web::test]
async fn a_message_whose_mailbox_cannot_be_read_before_its_files_is_given_back() {
    let house = House::open();
    let token = house.file().await;
    house.mailroom.go_down();
    let form = |token: &str| {
        Form::default()
            .field("tracking_token", token)
            .field("once", ONCE)
            .field("text", "Mis notas.")
            .file("evidence", "notas.txt", NOTES)
    };
    let page = house.post_parts(SEND, form(&token)).await;
    assert_eq!(page.status(), 503);
    assert_given_back(&page.text().await.unwrap(), &token, "Mis notas.");
    let page = house.post_parts(SEND, form("no son doce palabras")).await;
    assert_eq!(page.status(), 422);
    assert!(page.text().await.unwrap().contains("no son doce palabras"));
}

#[actix_web::test]
async fn when_a_second_file_falls_silent_the_message_and_the_first_one_are_kept() {
    let house = House::hurried();
    let token = house.file().await;
    let (media_type, body) = Form::default()
        .field("tracking_token", &token)
        .field("once", ONCE)
        .field("text", "Mis notas.")
        .file("evidence", "notas.txt", NOTES)
        .file("evidence", "otras.txt", NOTES)
        .finish();
    let head = format!(
        "POST {SEND} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut wire = TcpStream::connect(house.address()).await.unwrap();
    wire.write_all(head.as_bytes()).await.unwrap();
    wire.write_all(&body[..body.len() - 40]).await.unwrap();
    let mut answer = Vec::new();
    wire.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer:.80}");
    assert!(answer.contains("notas.txt</h2>"));
    assert!(
        answer.contains("otras.txt</strong>: "),
        "it says what is missing"
    );
    assert!(!answer.contains("otras.txt</h2>"));
    let fields = [
        ("tracking_token", token.as_str()),
        ("pending", &hidden(&answer, "pending")),
    ];
    assert_eq!(house.post_form(SEND, &fields).await.status(), 201);
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn a_letter_bears_the_day_on_which_it_came_however_long_it_waits() {
    let house = House::open();
    let token = house.file().await;
    // Wednesday, a minute before the end of office hours; then Thursday's legal day begins.
    house.clock.set("2026-03-04T23:59:00Z");
    let clock = Arc::clone(&house.clock);
    let thursday = move || clock.set("2026-03-05T00:01:00Z");
    house.mailroom.meanwhile(thursday);
    let (status, _) = write(&house, &token, "Fue el lunes.", "").await;
    assert_eq!(status, 201);
    let wednesday = "2026-03-04".parse().unwrap();
    assert_eq!(house.mailroom.days(), [wednesday; 2]);
}

#[actix_web::test]
async fn a_letter_of_a_program_bears_the_day_on_which_its_files_were_looked_at() {
    let house = House::open();
    let token = house.file().await;
    house.mailroom.work_off();
    let first =
        Form::default()
            .field("tracking_token", &token)
            .file("evidence", "notas.txt", NOTES);
    let last = Form::default().field("text", NARRATIVE);
    let meanwhile = || {
        // Thursday, a minute before the last moment of a letter that may name it.
        house.clock.set("2026-03-05T23:59:00Z");
        let clock = Arc::clone(&house.clock);
        let friday = move || clock.set("2026-03-06T00:01:00Z");
        house.mailroom.meanwhile(friday);
    };
    let answer = house.post_slowly(CALL, first, last, meanwhile).await;
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer:.80}");
    assert!(answer.contains("2026-03-05"), "as it is told");
    let thursday = "2026-03-05".parse().unwrap();
    assert_eq!(house.mailroom.days(), [thursday]);
}
