//! Guessing is slowed down, and keeps nobody out who has signed in from their browser before.

use domain::committee::Seat;
use jiff::SignedDuration;
use reqwest::header::SET_COOKIE;
use reqwest::{Client, StatusCode};
use tokio::task::JoinSet;

use super::second_step::WithApp;
use super::{Answer, Member, PASSPHRASE, Service, USER};
use crate::desk::known_device::{COOKIE as NAME, LASTS};

/// The cookie by which the browser is known, as it is sent back.
fn device(answer: &Answer) -> Option<String> {
    let mut set = answer.headers.get_all(SET_COOKIE).iter();
    let found = set.find_map(|cookie| cookie.to_str().unwrap().strip_prefix(NAME))?;
    let value = found.split(';').next().unwrap();
    Some(format!("{NAME}{value}"))
}

/// Attempts under a name until one is turned away; the others wait as long as this lives.
async fn flood(service: &Service, name: &str) -> JoinSet<StatusCode> {
    let mut attempts = JoinSet::new();
    for _ in 0..24 {
        let body = serde_json::json!({ "user": name, "passphrase": "no es" }).to_string();
        let request = Client::new()
            .post(format!("{}/api/v1/session", service.base))
            .header("content-type", "application/json")
            .body(body);
        attempts.spawn(async move { request.send().await.unwrap().status() });
    }
    let first = attempts.join_next().await.unwrap().unwrap();
    assert_eq!(first, 429);
    attempts
}

/// A service where somebody guesses passphrases of the member, and cookies from before: the member's, and
/// another member's.
struct Flooded {
    service: Service,
    own: String,
    others: String,
}

impl Flooded {
    async fn new() -> Self {
        let service = Service::start().await;
        let house = &service.house;
        house.member(Seat::Presidencia, "otra", PASSPHRASE).await;
        let own = device(&service.sign_in_as(USER, PASSPHRASE, None).await).unwrap();
        let others = device(&service.sign_in_as("otra", PASSPHRASE, None).await).unwrap();
        Self {
            service,
            own,
            others,
        }
    }

    async fn enter(&self, cookie: &str) -> StatusCode {
        let answer = self.service.sign_in_as(USER, PASSPHRASE, Some(cookie));
        answer.await.status
    }
}

#[tokio::test]
async fn a_flood_on_a_name_does_not_keep_out_whoever_signed_in_before() {
    let house = Flooded::new().await;
    let _places = house.service.desk.credentials.flooded(USER).await;
    let _attempts = flood(&house.service, USER).await;
    assert_eq!(house.enter(&house.own).await, 201);
    let mut altered = house.own.clone().into_bytes();
    altered[NAME.len() + 3] ^= 1;
    let altered = String::from_utf8(altered).unwrap();
    for nothing in ["a=b", house.others.as_str(), altered.as_str()] {
        assert_eq!(house.enter(nothing).await, 429, "{nothing}");
    }
    assert_eq!(house.enter(&house.own).await, 201, "and once more");
}

#[tokio::test]
async fn a_browser_is_known_for_ninety_days_and_opens_nothing() {
    let house = Flooded::new().await;
    let browser = Member {
        cookie: house.own.clone(),
        token: String::new(),
    };
    assert!(!house.service.is_signed_in(&browser).await);
    let wrong = house
        .service
        .sign_in_as(USER, "otra cosa", Some(&house.own));
    let wrong = wrong.await;
    assert_eq!((wrong.status.as_u16(), device(&wrong)), (401, None));

    let clock = &house.service.house.clock;
    clock.advance(LASTS - SignedDuration::from_secs(1));
    let _places = house.service.desk.credentials.flooded(USER).await;
    let _attempts = flood(&house.service, USER).await;
    assert_eq!(house.enter(&house.own).await, 201);
    clock.advance(SignedDuration::from_secs(1));
    assert_eq!(house.enter(&house.own).await, 429);
}

#[tokio::test]
async fn a_browser_is_known_only_when_the_sign_in_is_complete() {
    let ana = WithApp::start().await;
    let first = ana.service.sign_in_as("ana", PASSPHRASE, None).await;
    assert_eq!((first.status.as_u16(), device(&first)), (202, None));
    let cookie = first.cookie();
    let wrong = ana.second(&cookie, "000000").await;
    assert_eq!((wrong.status.as_u16(), device(&wrong)), (401, None));
    let done = ana.second(&cookie, &ana.code()).await;
    let known = device(&done).unwrap();
    let mut set = done.headers.get_all(SET_COOKIE).iter();
    let kept = set.find(|one| one.to_str().unwrap().starts_with(NAME));
    for told in [
        "HttpOnly",
        "SameSite=Strict",
        "Secure",
        "Path=/",
        "Max-Age=7776000",
    ] {
        assert!(kept.unwrap().to_str().unwrap().contains(told), "{kept:?}");
    }

    // The whole way, both steps, while the name is under attack.
    ana.wait();
    let _places = ana.service.desk.credentials.flooded("ana").await;
    let _attempts = flood(&ana.service, "ana").await;
    let first = ana
        .service
        .sign_in_as("ana", PASSPHRASE, Some(&known))
        .await;
    assert_eq!(first.status, 202);
    let both = format!("{}; {known}", first.cookie());
    assert_eq!(ana.second(&both, &ana.code()).await.status, 201);
}

#[tokio::test]
async fn whoever_signs_in_under_another_spelling_is_known_too() {
    let house = Flooded::new().await;
    let _places = house.service.desk.credentials.flooded(USER).await;
    let _attempts = flood(&house.service, USER).await;
    let shouted = " SECRETARÍA ";
    let answer = house
        .service
        .sign_in_as(shouted, PASSPHRASE, Some(&house.own));
    assert_eq!(answer.await.status, 201);
}
