//! How sessions begin and end.

use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{LOCATION, SET_COOKIE};
use serde_json::Value;

use super::session::{COOKIE, terms};
use super::{Member, PASSPHRASE, Service, USER};

/// A moment.
const TICK: SignedDuration = SignedDuration::from_secs(1);

#[tokio::test]
async fn the_form_signs_in_with_a_cookie_that_scripts_and_other_sites_do_not_get() {
    let service = Service::start().await;
    let page = service.get("/entrar", None).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains(r#"name="passphrase" type="password""#),
        "{}",
        page.body
    );
    let form = format!("user={USER}&passphrase={}", PASSPHRASE.replace(' ', "+"));
    let answer = service.post("/entrar", None, &form).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header(LOCATION)),
        (303, "/")
    );
    let cookie = answer.header(SET_COOKIE);
    let (value, attributes) = cookie.split_once(';').unwrap();
    assert!(
        value.starts_with("__Host-guiando=") && value.len() == 15 + 43,
        "{value}"
    );
    let mut attributes: Vec<&str> = attributes.split(';').map(str::trim).collect();
    attributes.sort_unstable();
    assert_eq!(
        attributes,
        ["HttpOnly", "Path=/", "SameSite=Strict", "Secure"]
    );

    let member = Member {
        cookie: answer.cookie(),
        token: String::new(),
    };
    let list = service.get("/", Some(&member)).await;
    assert_eq!(list.status, 200);
    assert!(
        list.body.contains("Todavía no hay asuntos."),
        "{}",
        list.body
    );
}

#[tokio::test]
async fn an_unknown_user_and_a_wrong_passphrase_get_the_same_answer() {
    let service = Service::start().await;
    let call = service.sign_in_as("nadie", PASSPHRASE, None).await;
    assert_eq!(call.status, 401);
    assert_eq!(call, service.sign_in_as(USER, "otra", None).await);
    assert_eq!(call, service.sign_in_as("", "", None).await);

    let page = service
        .post("/entrar", None, "user=nadie&passphrase=x")
        .await;
    assert_eq!(page.status, 401);
    let wrong = format!("user={USER}&passphrase=x");
    assert_eq!(page, service.post("/entrar", None, &wrong).await);
    assert!(
        !page.body.contains("nadie"),
        "what was typed is not given back"
    );
}

#[tokio::test]
async fn a_sign_in_that_lacks_a_field_is_no_sign_in() {
    let service = Service::start().await;
    for form in [
        "",
        "user=secretaria",
        "passphrase=x",
        "user=a&user=b&passphrase=c",
        "user=%ff",
    ] {
        let answer = service.post("/entrar", None, form).await;
        assert_eq!(answer.status, 400, "{form}");
        assert_eq!(answer.header(SET_COOKIE), "", "{form}");
    }
    let long = format!("user=a&passphrase={}", "x".repeat(17 << 10));
    assert_eq!(service.post("/entrar", None, &long).await.status, 413);
}

#[tokio::test]
async fn a_program_that_signs_in_is_told_which_field_is_not_as_it_must_be() {
    let service = Service::start().await;
    for (body, field, code) in [
        ("{}", "user", "required"),
        (r#"{"user":"a"}"#, "passphrase", "required"),
        (r#"{"passphrase":"a"}"#, "user", "required"),
        (r#"{"user":1,"passphrase":"a"}"#, "user", "wrong_type"),
        (r#"{"user":"a","user":"b"}"#, "user", "duplicate_field"),
        (r#"{"name":"a"}"#, "name", "unknown_field"),
        (r#"["a","b"]"#, "", "not_an_object"),
    ] {
        let headers = [(reqwest::header::CONTENT_TYPE, "application/json")];
        let answer = service
            .send(Method::POST, "/api/v1/session", &headers, body)
            .await;
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(answer.header(SET_COOKIE), "", "{body}");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["type"], "urn:guiando:problem:fields");
        assert_eq!(problem["errors"][0]["field"], field, "{body}");
        assert_eq!(problem["errors"][0]["code"], code, "{body}");
    }
}

#[tokio::test]
async fn an_id_that_the_client_chose_never_becomes_a_session() {
    let service = Service::start().await;
    let chosen = format!("{COOKIE}={}", "B".repeat(43));
    let answer = service.sign_in_as(USER, PASSPHRASE, Some(&chosen)).await;
    assert_eq!(answer.status, 201);
    let member = Member::of(&answer);
    assert_ne!(member.cookie, chosen);
    assert!(service.is_signed_in(&member).await);
    assert!(
        !service
            .is_signed_in(&Member {
                cookie: chosen,
                token: String::new()
            })
            .await
    );
}

#[tokio::test]
async fn each_sign_in_has_a_new_id_and_ends_the_one_before() {
    let service = Service::start().await;
    let first = service.sign_in().await;
    let answer = service
        .sign_in_as(USER, PASSPHRASE, Some(&first.cookie))
        .await;
    let second = Member::of(&answer);
    assert_ne!(first.cookie, second.cookie);
    assert_ne!(first.token, second.token);
    assert!(!service.is_signed_in(&first).await);
    assert!(service.is_signed_in(&second).await);
}

#[tokio::test]
async fn a_failed_sign_in_leaves_the_session_as_it_is() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let answer = service.sign_in_as(USER, "otra", Some(&member.cookie)).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header(SET_COOKIE)),
        (401, "")
    );
    assert!(service.is_signed_in(&member).await);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie_back() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let answer = service
        .post("/salir", Some(&member), &format!("csrf={}", member.token))
        .await;
    assert_eq!(answer.header(LOCATION), "/entrar");
    let cookie = answer.header(SET_COOKIE);
    assert!(
        cookie.starts_with("__Host-guiando=;") && cookie.contains("Max-Age=0"),
        "{cookie}"
    );
    assert!(
        cookie.contains("Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(!service.is_signed_in(&member).await);
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    service.house.clock.advance(terms().idle() - TICK);
    assert!(service.is_signed_in(&member).await);
    service.house.clock.advance(terms().idle() - TICK);
    assert!(service.is_signed_in(&member).await, "each use counts anew");
    service.house.clock.advance(terms().idle());
    assert!(!service.is_signed_in(&member).await);
}

#[tokio::test]
async fn no_session_lasts_longer_than_its_limit_however_much_it_is_used() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let step = SignedDuration::from_mins(20);
    let mut passed = SignedDuration::ZERO;
    while passed + step < terms().longest() {
        service.house.clock.advance(step);
        passed += step;
        assert!(service.is_signed_in(&member).await, "after {passed}");
    }
    service.house.clock.advance(step);
    assert!(!service.is_signed_in(&member).await);
}
