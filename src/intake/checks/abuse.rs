//! Floods, and those who must not be held up by them.

use std::sync::Arc;

use reqwest::Response;
use ring::digest::{SHA256, digest};
use serde_json::json;

use crate::abuse::{Budget, Budgets};
use crate::network::Networks;
use crate::shared::{Settings, body_limits};
use crate::testing::{HandClock, House, MemoryMailroom, NARRATIVE};
use crate::walking::Walk;

const COMPLAINTS: &str = "/api/v1/complaints";
/// A hospital whose people all have one address.
pub(super) const HOSPITAL: &str = "198.51.100.7";

/// A house behind a proxy that tells where people come from.
pub(super) fn house(budgets: Budgets) -> (House, Arc<HandClock>) {
    let clock = HandClock::at_noon();
    let change = |settings| Settings {
        budgets: Some(budgets),
        clock: clock.clone(),
        networks: Networks {
            forwarded_by: vec!["127.0.0.1".parse().unwrap()],
            ..Networks::default()
        },
        ..settings
    };
    let mailroom = Arc::new(MemoryMailroom::default());
    let house = House::built(mailroom, body_limits(true), change);
    (house, clock)
}

/// One that takes three complaints for a flood.
fn easily_flooded() -> (House, Arc<HandClock>) {
    let few = Budget::new(3, std::time::Duration::from_mins(1));
    house(Budgets {
        all_filings: few,
        work_bits: 8,
        ..Budgets::default()
    })
}

async fn file(house: &House, from: &str, work: &str) -> Response {
    let request = house.client.post(house.url(COMPLAINTS));
    let request = request
        .header("x-forwarded-for", from)
        .header("guiando-work", work)
        .json(&json!({ "narrative": NARRATIVE }));
    request.send().await.unwrap()
}

/// The work that an answer asks for, and its solution.
pub(super) fn solve(answer: &Response) -> (String, String) {
    let wanted = answer.headers()["guiando-work"].to_str().unwrap();
    let (bits, challenge) = wanted.split_once(' ').unwrap();
    let bits: u32 = bits.strip_prefix("bits=").unwrap().parse().unwrap();
    let challenge = challenge.strip_prefix("challenge=").unwrap();
    let zeros = |work: &str| {
        let hash = digest(&SHA256, work.as_bytes());
        let bits = hash
            .as_ref()
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
        bits.take_while(|bit| *bit == 0).count()
    };
    let bits = usize::try_from(bits).unwrap();
    let mut tries = (0..100_000).map(|n: u32| format!("{challenge} {n}"));
    let wrong = tries.by_ref().find(|work| zeros(work) < bits).unwrap();
    (wrong, tries.find(|work| zeros(work) >= bits).unwrap())
}

#[actix_web::test]
async fn a_hospital_behind_one_address_files_without_being_asked_for_anything() {
    let (house, _) = house(Budgets::default());
    for _ in 0..200 {
        assert_eq!(file(&house, HOSPITAL, "").await.status(), 201);
    }
}

#[actix_web::test]
async fn a_source_that_floods_pays_alone() {
    let (house, _) = house(Budgets {
        work_bits: 8,
        ..Budgets::default()
    });
    let mut answer = file(&house, HOSPITAL, "").await;
    for _ in 0..240 {
        answer = file(&house, HOSPITAL, "").await;
    }
    assert_eq!(answer.status(), 429);
    for other in ["203.0.113.9", "127.0.0.1", "unknown"] {
        assert_eq!(file(&house, other, "").await.status(), 201, "{other}");
    }
    let (_, solved) = solve(&answer);
    assert_eq!(file(&house, HOSPITAL, &solved).await.status(), 201);
}

#[actix_web::test]
async fn in_a_flood_a_program_works_for_each_complaint() {
    let (house, clock) = easily_flooded();
    for n in 0..3 {
        assert_eq!(file(&house, "unknown", "").await.status(), 201, "{n}");
    }
    let answer = file(&house, "unknown", "").await;
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "0");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let (wrong, solved) = solve(&answer);
    for refused in ["x 1", "x", &wrong] {
        assert_eq!(file(&house, "unknown", refused).await.status(), 429);
    }
    assert_eq!(file(&house, "unknown", &solved).await.status(), 201);
    assert_eq!(
        file(&house, "unknown", &solved).await.status(),
        429,
        "work opens the way once"
    );
    assert_eq!(house.mailroom.stored(), 4);
    let (_, solved) = solve(&file(&house, "unknown", "").await);
    clock.forward(11 * 60);
    for n in 0..3 {
        assert_eq!(file(&house, "unknown", "").await.status(), 201, "{n}");
    }
    assert_eq!(
        file(&house, "unknown", &solved).await.status(),
        429,
        "work is good for ten minutes"
    );
}

#[actix_web::test]
async fn in_a_flood_a_page_waits_a_moment_and_keeps_what_was_written() {
    let (house, clock) = easily_flooded();
    let mut walk = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    while file(&house, "unknown", "").await.status() == 201 {}
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 429);
    assert!(
        walk.errors().contains("Espere 15 segundos"),
        "{}",
        walk.errors()
    );
    assert!(walk.html.contains(NARRATIVE));
    let stored = house.mailroom.stored();
    let delay = walk.hidden("delay");

    clock.forward(14);
    walk.press(&house, "send", &[("delay", &delay)]).await;
    assert_eq!(walk.status, 429, "too early");
    assert!(
        walk.errors().contains("Espere un segundo"),
        "{}",
        walk.errors()
    );
    assert_eq!(house.mailroom.stored(), stored);

    clock.forward(1);
    let waited = walk.hidden("delay");
    let again = Walk {
        status: walk.status,
        html: walk.html.clone(),
    };
    walk.press(&house, "send", &[("delay", &waited)]).await;
    assert_eq!(walk.status, 201);
    assert_eq!(walk.words().len(), 12);
    assert_eq!(house.mailroom.stored(), stored + 1);

    // Whoever presses twice gets the same words at once, whether the page carries its wait or not.
    for carried in [waited.as_str(), ""] {
        let mut walk_again = Walk {
            status: again.status,
            html: again.html.clone(),
        };
        walk_again
            .press(&house, "send", &[("delay", carried)])
            .await;
        assert_eq!(walk_again.status, 201);
        assert_eq!(walk_again.words(), walk.words());
        assert_eq!(house.mailroom.stored(), stored + 1);
    }

    // The wait of one page opens the way for no other.
    let mut other = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    other.press(&house, "send", &[("delay", &waited)]).await;
    assert_eq!(other.status, 429);
}

#[actix_web::test]
async fn in_a_flood_people_still_read_and_write() {
    let (house, _) = easily_flooded();
    let token = house.file().await;
    while file(&house, "unknown", "").await.status() == 201 {}
    let mailbox = house
        .post_json("/api/v1/mailbox", &json!({ "tracking_token": token }))
        .await;
    assert_eq!(mailbox.status(), 200);
    let page = house
        .post_form("/seguimiento", &[("tracking_token", &token)])
        .await;
    assert_eq!(page.status(), 200);
    for n in 0..20 {
        let message = json!({ "tracking_token": token, "text": format!("Recado {n}") });
        let sent = house.post_json("/api/v1/mailbox/messages", &message).await;
        assert_eq!(sent.status(), 201);
    }
}

#[actix_web::test]
async fn a_flood_of_looks_is_answered_all_the_same() {
    let few = Budget::new(2, std::time::Duration::from_mins(1));
    let (house, _) = house(Budgets {
        source_looks: few,
        ..Budgets::default()
    });
    let token = house.file().await;
    for _ in 0..50 {
        let request = house.client.post(house.url("/api/v1/mailbox"));
        let request = request
            .header("x-forwarded-for", HOSPITAL)
            .json(&json!({ "tracking_token": token }));
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
}

#[actix_web::test]
async fn switched_off_nothing_is_counted() {
    let mailroom = Arc::new(MemoryMailroom::default());
    let house = House::built(mailroom, body_limits(false), |settings| Settings {
        budgets: None,
        ..settings
    });
    for _ in 0..50 {
        assert_eq!(file(&house, HOSPITAL, "").await.status(), 201);
    }
}
