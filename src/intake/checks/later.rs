//! Answers that say "not now" say when.

use std::sync::Arc;
use std::time::Duration;

use mailbox::SealedEntry;
use reqwest::Response;
use sealing::TrackingToken;
use serde_json::json;
use service::body::{BodyLimits, Crowd, Pace};
use tokio::sync::Semaphore;

use super::abuse::house as flooded_house;
use crate::abuse::{Budget, Budgets};
use crate::evidence::EvidenceLimits;
use crate::shared::{Settings, body_limits};
use crate::testing::{Form, House, NARRATIVE};
use crate::walking::Walk;

const COMPLAINTS: &str = "/api/v1/complaints";
const MAILBOX: &str = "/api/v1/mailbox";
const MESSAGES: &str = "/api/v1/mailbox/messages";
const NOTES: &[u8] = b"Lunes: turno de noche. Martes: lo mismo.";

/// Checks that an answer says when to try again, and gives its status.
#[track_caller]
fn said_when(answer: &Response) -> u16 {
    let status = answer.status().as_u16();
    assert!(matches!(status, 429 | 503), "{status} {}", answer.url());
    let when = answer.headers().get("retry-after");
    let when = when.unwrap_or_else(|| panic!("{status} {} says not when", answer.url()));
    let seconds: Result<u32, _> = when.to_str().unwrap().parse();
    assert!(seconds.is_ok(), "{when:?}");
    status
}

async fn walk_to_review(house: &House) -> Vec<(String, String)> {
    let walk = Walk::to_review(house, &[("narrative", NARRATIVE)]).await;
    [
        ("state", walk.state()),
        ("step", walk.step()),
        ("go", "send".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

#[actix_web::test]
async fn every_call_says_when_while_the_store_is_down() {
    let house = House::open();
    let token = house.file().await;
    let review = walk_to_review(&house).await;
    let review: Vec<_> = review
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    house.mailroom.go_down();
    let complaint = json!({ "narrative": NARRATIVE });
    let words = json!({ "tracking_token": token });
    let message = json!({ "tracking_token": token, "text": "Un recado." });
    let ask = [("tracking_token", token.as_str())];
    let write = [ask[0], ("text", "Un recado.")];
    let with_file = |fields: Form| fields.file("evidence", "notas.txt", NOTES);
    let in_parts = with_file(Form::default().field("complaint", &complaint.to_string()));
    let further = with_file(Form::default().field("tracking_token", &token));
    for answer in [
        house.post_json(COMPLAINTS, &complaint).await,
        house.post_json(MAILBOX, &words).await,
        house.post_json(MESSAGES, &message).await,
        house.post_parts(COMPLAINTS, in_parts).await,
        house.post_parts(MESSAGES, further.clone()).await,
        house.post_form("/denunciar", &review).await,
        house.post_form("/seguimiento", &ask).await,
        house.post_form("/seguimiento/enviado", &ask).await,
        house.post_form("/seguimiento/mensaje", &write).await,
        house.post_parts("/seguimiento/mensaje", further).await,
        house.get("/health/ready").await,
    ] {
        assert_eq!(said_when(&answer), 503);
    }
}

#[actix_web::test]
async fn every_call_says_when_it_has_no_room() {
    let limits = BodyLimits {
        deadline: Duration::from_millis(50),
        at_once: Some(Crowd {
            room: Semaphore::new(0),
            pace: Pace {
                grace: Duration::from_mins(1),
                bytes_per_second: 0,
            },
        }),
        ..body_limits(true)
    };
    let house = House::with(Arc::default(), limits);
    let long = NARRATIVE.repeat(200);
    for path in [COMPLAINTS, MAILBOX, MESSAGES] {
        let answer = house.post_json(path, &json!({ "text": long })).await;
        assert_eq!(said_when(&answer), 503);
    }
    for path in ["/denunciar", "/seguimiento", "/seguimiento/mensaje"] {
        let answer = house.post_form(path, &[("text", &long)]).await;
        assert_eq!(said_when(&answer), 503);
    }
}

#[actix_web::test]
async fn files_that_are_not_taken_now_say_when() {
    let house = House::built(Arc::default(), body_limits(true), |settings| Settings {
        evidence: EvidenceLimits {
            daily_bytes: 0,
            ..EvidenceLimits::default()
        },
        ..settings
    });
    let complaint = json!({ "narrative": NARRATIVE }).to_string();
    let form = || Form::default().field("complaint", &complaint);
    let full = form().file("evidence", "notas.txt", NOTES);
    assert_eq!(said_when(&house.post_parts(COMPLAINTS, full).await), 503);
    let house = House::open();
    let picture = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
    let uncleaned = form().file("evidence", "foto.jpg", picture);
    assert_eq!(
        said_when(&house.post_parts(COMPLAINTS, uncleaned).await),
        503
    );
}

#[actix_web::test]
async fn floods_say_when() {
    let few = Budget::new(1, Duration::from_mins(1));
    let (house, _) = flooded_house(Budgets {
        all_filings: few,
        all_uploads: few,
        ..Budgets::default()
    });
    let review = walk_to_review(&house).await;
    let review: Vec<_> = review
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    house.file().await;
    let complaint = json!({ "narrative": NARRATIVE });
    let answer = house.post_json(COMPLAINTS, &complaint).await;
    assert_eq!(said_when(&answer), 429);
    // A wait is as long as its page says.
    let answer = house.post_form("/denunciar", &review).await;
    assert_eq!(said_when(&answer), 429);
    assert_eq!(answer.headers()["retry-after"], "15");
}

#[actix_web::test]
async fn a_mailbox_that_is_full_says_when() {
    let house = House::open();
    let token = house.file().await;
    let id = TrackingToken::parse(&token).unwrap().lookup_id();
    house.mailroom.post(SealedEntry {
        lookup_id: id,
        position: 999,
        bytes: Vec::new(),
    });
    let message = json!({ "tracking_token": token, "text": "Un recado." });
    let answer = house.post_json(MESSAGES, &message).await;
    assert_eq!(said_when(&answer), 429);
    let fields = [("tracking_token", token.as_str()), ("text", "Un recado.")];
    let answer = house.post_form("/seguimiento/mensaje", &fields).await;
    assert_eq!(said_when(&answer), 429);
}

#[actix_web::test]
async fn what_no_wait_makes_better_names_none() {
    let house = House::open();
    for answer in [
        house.get("/denunciar").await,
        house.get("/no-existe").await,
        house.post_json(COMPLAINTS, &json!({})).await,
    ] {
        assert!(!answer.headers().contains_key("retry-after"));
    }
}
