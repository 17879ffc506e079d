//! Floods of files, and those whom they must not shut out.

use std::sync::Arc;
use std::time::Duration;

use actix_web::test::TestRequest;
use jiff::civil::date;
use reqwest::Response;
use sealing::{LookupId, TrackingToken};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::abuse::{HOSPITAL, house, solve};
use super::mailbox_page::ask;
use crate::abuse::{Budget, Budgets};
use crate::sender::Sender;
use crate::testing::{Form, House, NARRATIVE};
use crate::walking::Walk;

const COMPLAINTS: &str = "/api/v1/complaints";
const MESSAGES: &str = "/api/v1/mailbox/messages";
const NOTES: &[u8] = b"Lunes: turno de noche. Martes: lo mismo.";

fn with_notes() -> Form {
    Form::default()
        .field("complaint", &json!({ "narrative": NARRATIVE }).to_string())
        .file("evidence", "notas.txt", NOTES)
}

/// Files a complaint with a file that comes from an address.
async fn file(house: &House, from: &str, work: &str) -> Response {
    let (media_type, body) = with_notes().finish();
    let request = house.client.post(house.url(COMPLAINTS)).body(body);
    let request = request
        .header("x-forwarded-for", from)
        .header("guiando-work", work)
        .header("content-type", media_type);
    request.send().await.unwrap()
}

/// Sends the beginning of a form and no more; the place is held for as long as the wire is.
async fn begin(house: &House, path: &str, form: Form, from: &str) -> TcpStream {
    let (media_type, body) = form.finish();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {from}\r\nConnection: close\r\n\
         Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        body.len() + (1 << 20)
    );
    let mut wire = TcpStream::connect(house.address()).await.unwrap();
    wire.write_all(head.as_bytes()).await.unwrap();
    // Without the end, the file goes on.
    wire.write_all(&body[..body.len() - 40]).await.unwrap();
    wire
}

/// Until so many places are left for those who file.
async fn until_free(house: &House, places: usize) {
    while house.shared.evidence.free_to_file() != places {
        tokio::task::yield_now().await;
    }
}

#[actix_web::test]
async fn a_flood_of_slow_uploads_leaves_others_their_places() {
    let (house, _) = house(Budgets::default());
    let token = house.file().await;
    let mut flood = Vec::new();
    for _ in 0..30 {
        flood.push(begin(&house, COMPLAINTS, with_notes(), "unknown").await);
    }
    until_free(&house, 6).await;
    // Somebody who is told apart.
    assert_eq!(file(&house, HOSPITAL, "").await.status(), 201);
    for _ in 0..10 {
        flood.push(begin(&house, COMPLAINTS, with_notes(), "203.0.113.9").await);
    }
    until_free(&house, 0).await;
    // Those who have filed, by both ways.
    let message = || {
        Form::default()
            .field("tracking_token", &token)
            .file("evidence", "notas.txt", NOTES)
    };
    let sent = house.post_parts(MESSAGES, message()).await;
    assert_eq!(sent.status(), 201);
    let page = house.post_parts("/seguimiento/mensaje", message()).await;
    assert_eq!(page.status(), 200);
    // Whoever hangs up makes room.
    drop(flood);
    assert_eq!(file(&house, "unknown", "").await.status(), 201);
}

#[actix_web::test]
async fn who_finds_no_place_in_time_is_told_and_keeps_what_was_written() {
    let house = House::hurried();
    let mut walk = at_the_files(&house).await;
    let request = TestRequest::default().to_http_request();
    let mut taken = Vec::new();
    for _ in 0..14 {
        let upload = house.shared.upload(Sender::Complaint(&request), &[]).await;
        taken.push(upload.unwrap());
    }
    let answer = file(&house, "", "").await;
    assert_eq!(answer.status(), 503);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:busy");
    hand_in(&house, &mut walk, "").await;
    assert_eq!(
        (walk.status.as_u16(), walk.step().as_str()),
        (503, "evidence")
    );
    assert!(!walk.errors().is_empty());
    drop(taken);
    hand_in(&house, &mut walk, "").await;
    assert_eq!(walk.status, 200);
    walk.press(&house, "review", &[]).await;
    assert!(walk.html.contains(NARRATIVE));
    assert!(walk.html.contains("notas.txt"));
}

#[actix_web::test]
async fn one_mailbox_does_not_hold_the_places_of_all() {
    let house = House::hurried();
    let (greedy, other) = (house.file().await, house.file().await);
    let id = TrackingToken::parse(&greedy).unwrap().lookup_id();
    let sender = Sender::Mailbox { id, asked: false };
    let mut taken = Vec::new();
    while let Ok(upload) = house.shared.upload(sender, &[]).await {
        taken.push(upload);
    }
    assert_eq!(taken.len(), 2);
    for (token, status) in [(greedy, 503), (other, 201)] {
        let form =
            Form::default()
                .field("tracking_token", &token)
                .file("evidence", "notas.txt", NOTES);
        assert_eq!(house.post_parts(MESSAGES, form).await.status(), status);
    }
}

#[actix_web::test]
async fn whom_the_committee_has_asked_finds_a_place_when_all_others_who_have_filed_find_none() {
    let house = House::hurried();
    let (other, asked) = (house.file().await, house.file().await);
    ask(&house, &asked, date(2026, 3, 12));
    let mut taken = Vec::new();
    for n in 0..8 {
        let id = LookupId::from([n / 2; 32]);
        let sender = Sender::Mailbox { id, asked: false };
        taken.push(house.shared.upload(sender, &[]).await.unwrap());
    }
    for (token, status) in [(other, 503), (asked, 201)] {
        let form =
            Form::default()
                .field("tracking_token", &token)
                .file("evidence", "notas.txt", NOTES);
        assert_eq!(house.post_parts(MESSAGES, form).await.status(), status);
    }
}

#[actix_web::test]
async fn an_upload_that_falls_silent_is_given_up_and_its_place_with_it() {
    let house = House::hurried();
    let mut wire = begin(&house, COMPLAINTS, with_notes(), "unknown").await;
    let mut answer = Vec::new();
    wire.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer:.80}");
    until_free(&house, 20).await;
    assert!(house.mailroom.chunks().is_empty());
}

#[actix_web::test]
async fn an_upload_that_comes_drop_by_drop_is_given_up() {
    let house = House::hurried();
    let mut wire = begin(&house, COMPLAINTS, with_notes(), "unknown").await;
    let (mut reading, mut writing) = wire.split();
    let mut answer = Vec::new();
    let drops = async {
        // Never a long pause, and 100 bytes a second.
        while writing.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = drops => unreachable!("it never ends"),
        read = reading.read_to_end(&mut answer) => { read.unwrap(); }
    }
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer:.80}");
}

/// A house that takes three uploads for a flood.
fn easily_flooded() -> (House, Arc<crate::testing::HandClock>) {
    house(Budgets {
        all_uploads: Budget::new(3, Duration::from_mins(1)),
        work_bits: 8,
        ..Budgets::default()
    })
}

async fn at_the_files(house: &House) -> Walk {
    let mut walk = Walk::begin(house).await;
    walk.press(house, "story", &[]).await;
    walk.press(house, "evidence", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(walk.step(), "evidence");
    walk
}

/// Adds a file at the step of the files.
async fn hand_in(house: &House, walk: &mut Walk, delay: &str) {
    let form = Form::default()
        .field("state", &walk.state())
        .field("step", "evidence")
        .field("delay", delay)
        .file("evidence", "notas.txt", NOTES)
        .field("go", "stay");
    let page = house.post_parts("/denunciar", form).await;
    walk.status = page.status();
    walk.html = page.text().await.unwrap();
}

#[actix_web::test]
async fn in_a_flood_of_files_a_program_works_for_each_upload_and_stores_nothing_before() {
    let (house, _) = easily_flooded();
    for _ in 0..3 {
        assert_eq!(file(&house, "unknown", "").await.status(), 201);
    }
    let answer = file(&house, "unknown", "").await;
    assert_eq!(answer.status(), 429);
    assert_eq!(house.mailroom.chunks().len(), 3);
    let (_, solved) = solve(&answer);
    assert_eq!(file(&house, "unknown", &solved).await.status(), 201);
    assert_eq!(file(&house, "unknown", &solved).await.status(), 429);
    // A complaint without files is not held up by it.
    let complaint = json!({ "narrative": NARRATIVE });
    let answer = house.post_json(COMPLAINTS, &complaint).await;
    assert_eq!(answer.status(), 201);
}

#[actix_web::test]
async fn in_a_flood_of_files_a_page_waits_a_moment_and_keeps_what_was_written() {
    let (house, clock) = easily_flooded();
    let token = house.file().await;
    let mut walk = at_the_files(&house).await;
    while file(&house, "unknown", "").await.status() == 201 {}
    let stored = house.mailroom.chunks().len();
    hand_in(&house, &mut walk, "").await;
    assert_eq!(
        (walk.status.as_u16(), walk.step().as_str()),
        (429, "evidence")
    );
    for told in ["Espere 15 segundos", "elija sus archivos otra vez"] {
        assert!(walk.errors().contains(told), "{}", walk.errors());
    }
    assert_eq!(house.mailroom.chunks().len(), stored);
    clock.forward(14);
    let delay = walk.hidden("delay");
    hand_in(&house, &mut walk, &delay).await;
    assert_eq!(walk.status, 429, "too early");
    clock.forward(1);
    let delay = walk.hidden("delay");
    hand_in(&house, &mut walk, &delay).await;
    assert_eq!(walk.status, 200);
    assert_eq!(house.mailroom.chunks().len(), stored + 1);
    hand_in(&house, &mut walk, &delay).await;
    assert_eq!(walk.status, 429, "a wait opens the way once");
    // Who goes on without files is not held up, nor is who has filed already.
    walk.press(&house, "review", &[]).await;
    assert_eq!(walk.step(), "review");
    assert!(walk.html.contains(NARRATIVE));
    let form = Form::default()
        .field("tracking_token", &token)
        .file("evidence", "notas.txt", NOTES);
    assert_eq!(house.post_parts(MESSAGES, form).await.status(), 201);
}

#[actix_web::test]
async fn a_source_that_floods_with_files_pays_alone() {
    let (house, _) = house(Budgets {
        source_uploads: Budget::new(3, Duration::from_mins(1)),
        ..Budgets::default()
    });
    while file(&house, HOSPITAL, "").await.status() == 201 {}
    for other in ["203.0.113.9", "127.0.0.1", "unknown"] {
        assert_eq!(file(&house, other, "").await.status(), 201, "{other}");
    }
}
