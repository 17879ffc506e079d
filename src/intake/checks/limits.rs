//! How large, how slow, how many and in what coding bodies may be.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use service::body::{BodyLimits, Crowd, Pace};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use crate::shared::body_limits;
use crate::testing::{House, NARRATIVE};

const CALLS: [(&str, &str); 6] = [
    ("/api/v1/complaints", "application/json"),
    ("/api/v1/mailbox", "application/json"),
    ("/api/v1/mailbox/messages", "application/json"),
    ("/denunciar", "application/x-www-form-urlencoded"),
    ("/seguimiento", "application/x-www-form-urlencoded"),
    ("/seguimiento/mensaje", "application/x-www-form-urlencoded"),
];

/// Sends raw bytes and gives everything that is answered until the service hangs up.
async fn raw(house: &House, head: &str, body: &[u8]) -> String {
    let mut connection = TcpStream::connect(house.address()).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    // The service may answer and hang up before it has read everything.
    let _ = connection.write_all(body).await;
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[actix_web::test]
async fn a_body_that_announces_too_much_is_refused_before_it_is_sent() {
    let house = House::open();
    for (path, media_type) in CALLS {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\n\
             content-length: 1048577\r\nconnection: close\r\n\r\n"
        );
        let answer = raw(&house, &head, b"").await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{path} {answer:.80}");
    }
}

#[actix_web::test]
async fn a_body_that_grows_too_large_in_chunks_is_refused() {
    let house = House::open();
    let mut body = Vec::new();
    for _ in 0..17 {
        body.extend_from_slice(b"10000\r\n");
        body.extend_from_slice(&b"x".repeat(0x10000));
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"0\r\n\r\n");
    for (path, media_type) in CALLS {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\n\
             transfer-encoding: chunked\r\nconnection: close\r\n\r\n"
        );
        let answer = raw(&house, &head, &body).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{path} {answer:.80}");
    }
}

#[actix_web::test]
async fn a_client_that_sends_too_much_hears_why() {
    let house = House::open();
    let body = vec![b'x'; 1_100 << 10];
    let request = house
        .client
        .post(house.url("/api/v1/complaints"))
        .body(body);
    let answer = request
        .header("content-type", "application/json")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 413);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:too-large");
}

#[actix_web::test]
async fn a_compressed_body_is_refused_unread() {
    let house = House::open();
    for (path, media_type) in CALLS {
        for coding in ["gzip", "br", "identity"] {
            let request = house.client.post(house.url(path)).body("x");
            let request = request.header("content-type", media_type);
            let answer = request
                .header("content-encoding", coding)
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 415, "{path} {coding}");
        }
    }
}

#[actix_web::test]
async fn a_body_that_dawdles_is_given_up() {
    let house = House::hurried();
    for (path, media_type) in CALLS {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\n\
             content-length: 100\r\n\r\n"
        );
        let answer = raw(&house, &head, b"{").await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{path} {answer:.80}");
    }
}

/// Limits with so much room for all bodies.
fn room(kib: usize, deadline: Duration) -> BodyLimits {
    let any_speed = Pace {
        grace: deadline,
        bytes_per_second: 0,
    };
    BodyLimits {
        deadline,
        at_once: Some(Crowd {
            room: Semaphore::new(kib),
            pace: any_speed,
        }),
        ..body_limits(true)
    }
}

#[actix_web::test]
async fn two_hundred_idle_bodies_shut_nobody_out() {
    let house = House::with(Arc::default(), room(16, Duration::from_mins(10)));
    let mut idle = Vec::new();
    for n in 0..200 {
        let (path, media_type) = CALLS[n % CALLS.len()];
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\n\
             content-length: 1048576\r\n\r\n{{"
        );
        let mut connection = TcpStream::connect(house.address()).await.unwrap();
        connection.write_all(head.as_bytes()).await.unwrap();
        idle.push(connection);
    }
    for narrative in [NARRATIVE.to_owned(), NARRATIVE.repeat(200)] {
        let answer = house
            .post_json("/api/v1/complaints", &json!({ "narrative": narrative }))
            .await;
        assert_eq!(answer.status(), 201);
    }
    assert_eq!(house.mailroom.stored(), 2);
    // Until here all of them were open.
    drop(idle);
}

#[actix_web::test]
async fn a_body_that_finds_no_room_until_the_deadline_is_sent_away_politely() {
    let house = House::with(Arc::default(), room(0, Duration::from_millis(50)));
    let body = json!({ "narrative": NARRATIVE.repeat(200) });
    let answer = house.post_json("/api/v1/complaints", &body).await;
    assert_eq!(answer.status(), 503);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:busy");
    assert_eq!(house.get("/denunciar").await.status(), 200);
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn a_body_that_comes_drop_by_drop_is_given_up() {
    let limits = BodyLimits {
        at_once: Some(Crowd {
            room: Semaphore::new(16),
            pace: Pace {
                grace: Duration::from_millis(50),
                bytes_per_second: 1 << 10,
            },
        }),
        ..body_limits(true)
    };
    let house = House::with(Arc::default(), limits);
    for (path, media_type) in CALLS {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\n\
             content-length: 100\r\n\r\n"
        );
        let answer = raw(&house, &head, b"{").await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{path} {answer:.80}");
    }
}

#[test]
fn without_limits_against_abuse_any_number_may_come() {
    assert!(body_limits(true).at_once.is_some());
    assert!(body_limits(false).at_once.is_none());
}
