//! Nobody else's page can act in a member's name.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, HOST, HeaderName, ORIGIN, SET_COOKIE};

use super::{Member, PASSPHRASE, Service, USER};

pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
pub(super) const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let other = service.sign_in().await;
    for form in [
        String::new(),
        "csrf=".to_owned(),
        "csrf=AAAA".to_owned(),
        format!("csrf={}", other.token),
        format!("csrf={}x", member.token),
        format!("token={}", member.token),
        format!("csrf={0}&csrf={0}", other.token),
    ] {
        let answer = service.post("/salir", Some(&member), &form).await;
        assert_eq!(answer.status, 403, "{form}");
        assert!(service.is_signed_in(&member).await, "{form}");
    }
    let answer = service
        .post("/salir", Some(&member), &format!("csrf={}", member.token))
        .await;
    assert_eq!(answer.status, 303);
    assert!(!service.is_signed_in(&member).await);
    assert!(service.is_signed_in(&other).await);
}

#[tokio::test]
async fn a_call_without_the_sessions_token_changes_nothing() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let other = service.sign_in().await;
    for token in ["", "AAAA", other.token.as_str()] {
        let headers = [(COOKIE, member.cookie.as_str()), (TOKEN, token)];
        let answer = service
            .send(Method::DELETE, "/api/v1/session", &headers, "")
            .await;
        assert_eq!(answer.status, 403, "{token}");
    }
    assert!(service.is_signed_in(&member).await);
    let headers = [
        (COOKIE, member.cookie.as_str()),
        (TOKEN, member.token.as_str()),
    ];
    let answer = service
        .send(Method::DELETE, "/api/v1/session", &headers, "")
        .await;
    assert_eq!(answer.status, 204);
    assert!(!service.is_signed_in(&member).await);
}

#[tokio::test]
async fn another_sites_requests_are_refused_even_with_the_token() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let Member { cookie, token } = &member;
    let form = format!("csrf={token}");
    let origin = service.base.clone();
    let cases: [(&[(HeaderName, &str)], u16); 8] = [
        (&[(SITE, "cross-site")], 403),
        (&[(SITE, "same-site")], 403),
        (&[(SITE, "cross-site"), (ORIGIN, &origin)], 403),
        (&[(ORIGIN, "https://mal.example")], 403),
        (&[(ORIGIN, "null")], 403),
        (
            &[
                (ORIGIN, "https://desk.example"),
                (HOST, "desk.example:8443"),
            ],
            403,
        ),
        (&[(SITE, ""), (ORIGIN, &origin)], 403),
        // Our own forms send no origin, because our pages ask for no referrer.
        (&[(SITE, "same-origin"), (ORIGIN, "null")], 303),
    ];
    for (given, status) in cases {
        let mut headers = vec![(CONTENT_TYPE, FORM), (COOKIE, cookie.as_str())];
        headers.extend(given.iter().cloned());
        let answer = service.send(Method::POST, "/salir", &headers, &form).await;
        assert_eq!(answer.status, status, "{given:?}");
        assert_eq!(
            service.is_signed_in(&member).await,
            status == 403,
            "{given:?}"
        );
    }
}

#[tokio::test]
async fn nobody_is_signed_in_by_another_site() {
    let service = Service::start().await;
    let form = format!("user={USER}&passphrase={}", PASSPHRASE.replace(' ', "+"));
    for (header, value) in [(SITE, "cross-site"), (ORIGIN, "https://mal.example")] {
        let headers = [(CONTENT_TYPE, FORM), (header, value)];
        let answer = service.send(Method::POST, "/entrar", &headers, &form).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header(SET_COOKIE)),
            (403, "")
        );
    }
    let own = [(CONTENT_TYPE, FORM), (ORIGIN, service.base.as_str())];
    let answer = service.send(Method::POST, "/entrar", &own, &form).await;
    assert_eq!(answer.status, 303);
}
