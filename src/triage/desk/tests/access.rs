//! Who gets in, and who does not.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION};

use super::calls::CALLS;
use super::{Answer, Member, Service};
use crate::desk::routes::{Access, Verb, addresses};
use crate::desk::session::COOKIE as NAME;
use crate::testing::story;

const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

pub(super) fn method(verb: Verb) -> Method {
    match verb {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Delete => Method::DELETE,
    }
}

fn assert_refused(answer: &Answer, path: &str, what: &str) {
    if path.starts_with("/api/") {
        assert_eq!(answer.status, 401, "{what}");
    } else {
        assert_eq!(
            (answer.status.as_u16(), answer.header(LOCATION)),
            (303, "/entrar"),
            "{what}"
        );
        assert_eq!(answer.body, "", "{what}");
    }
    assert_eq!(answer.header("set-cookie"), "", "{what}");
}

#[test]
fn every_route_is_listed_with_who_may_call_it() {
    let mut registered: Vec<_> = addresses()
        .flat_map(|address| {
            address
                .calls
                .iter()
                .map(|call| (call.verb, address.path, call.access))
        })
        .collect();
    let mut listed = CALLS.to_vec();
    for calls in [&mut registered, &mut listed] {
        calls.sort_by_key(|(verb, path, _)| (*path, method(*verb).to_string()));
    }
    assert_eq!(registered, listed);
}

#[tokio::test]
async fn without_a_session_every_route_but_sign_in_static_and_health_is_refused() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Una historia que nadie más debe leer."))
        .await;
    let made_up = format!("{NAME}={}", "A".repeat(43));
    for (verb, path, access) in CALLS {
        let path = path
            .replace("{folio}", &folio.to_string())
            .replace("{file}", "desk.css")
            .replace("{act}", &"0".repeat(32))
            .replace("{paso}", "REGISTRAR")
            .replace("{paper}", "prevencion")
            .replace("{party}", "persona_denunciada");
        for cookie in [
            None,
            Some(made_up.as_str()),
            Some("__Host-guiando=%00"),
            Some("a=b"),
        ] {
            let what = format!("{verb:?} {path} with {cookie:?}");
            let headers = cookie.map(|cookie| (COOKIE, cookie));
            let answer = service
                .send(method(*verb), &path, headers.as_slice(), "")
                .await;
            match access {
                // An open service is not opened again.
                Access::Member(_)
                | Access::Unseal
                | Access::SecondStep
                | Access::Enrolment
                | Access::Founding => assert_refused(&answer, &path, &what),
                Access::SignIn | Access::Open => assert_ne!(answer.status, 303, "{what}"),
            }
            assert!(!answer.body.contains("nadie más"), "{what}");
        }
    }
}

#[tokio::test]
async fn what_no_route_names_is_refused_alike_so_that_nothing_can_be_probed() {
    let service = Service::start().await;
    let open = |asked: &Method, path: &str| {
        let asked = if *asked == Method::HEAD {
            &Method::GET
        } else {
            asked
        };
        CALLS.iter().any(|(verb, listed, access)| {
            let known = [Access::Open, Access::SignIn].contains(access);
            *listed == path && known && method(*verb) == *asked
        })
    };
    let paths = CALLS
        .iter()
        .map(|(_, path, _)| *path)
        .filter(|path| !path.contains('{'));
    let unknown = [
        "/nada",
        "/api/nada",
        "//",
        "/static",
        "/entrar/",
        "/health",
        "/%65ntrar/x",
    ];
    for path in paths.chain(unknown) {
        for method in METHODS {
            if open(&method, path) {
                continue;
            }
            let answer = service.send(method.clone(), path, &[], "").await;
            assert_refused(&answer, path, &format!("{method} {path}"));
        }
    }
}

#[tokio::test]
async fn a_path_in_disguise_opens_nothing() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Una historia que nadie más debe leer."))
        .await;
    for path in [
        format!("/static/../casos/{folio}"),
        format!("/static/%2e%2e/casos/{folio}"),
        format!("/static/..%2fcasos%2f{folio}"),
        format!("//casos/{folio}"),
        format!("/casos/{folio}?x=/health/live"),
        format!("/casos/{folio};/static/desk.css"),
        format!("/%63asos/{folio}"),
    ] {
        let answer = service.get(&path, None).await;
        assert_ne!(answer.status, 200, "{path}");
        assert!(!answer.body.contains("nadie más"), "{path}");
    }
}

#[tokio::test]
async fn a_sealed_service_says_so_and_serves_no_case() {
    let service = Service::sealed().await;
    let folio = service
        .house
        .case(story("Una historia que nadie más debe leer."))
        .await;
    for (verb, path, access) in CALLS {
        let path = path
            .replace("{folio}", &folio.to_string())
            .replace("{file}", "desk.css")
            .replace("{act}", &"0".repeat(32))
            .replace("{paso}", "REGISTRAR")
            .replace("{paper}", "prevencion")
            .replace("{party}", "persona_denunciada");
        let json = [(CONTENT_TYPE, "application/json")];
        let body = r#"{"user":"secretaria","passphrase":"cuatro palabras de demostración"}"#;
        let answer = service.send(method(*verb), &path, &json, body).await;
        let expected = match (access, verb) {
            (Access::Open, _) | (Access::Unseal, Verb::Get) => 200,
            // Not a form with a file.
            (Access::Unseal, _) => 415,
            (_, _) => 503,
        };
        assert_eq!(answer.status, expected, "{verb:?} {path}");
        assert!(!answer.body.contains(&folio.to_string()), "{verb:?} {path}");
    }
    let page = service.get("/", None).await;
    assert!(
        page.body.contains("El servicio está sellado."),
        "{}",
        page.body
    );
    assert!(page.body.contains("--identity"), "{}", page.body);
    assert!(page.body.contains("href=\"/abrir\""), "{}", page.body);
    let ready = service.get("/health/ready", None).await;
    assert_eq!(ready.body, r#"{"ready":true,"sealed":true}"#);
}

#[tokio::test]
async fn an_unsealed_service_is_ready_and_says_so() {
    let service = Service::start().await;
    let ready = service.get("/health/ready", None).await;
    assert_eq!(
        (ready.status.as_u16(), ready.body.as_str()),
        (200, r#"{"ready":true,"sealed":false}"#)
    );
    assert_eq!(service.get("/health/live", None).await.body, "live\n");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Una historia cualquiera, con lo necesario."))
        .await;
    let member = service.sign_in().await;
    let mut answers = Vec::new();
    for path in [
        "/",
        "/entrar",
        "/nada",
        "/api/nada",
        "/api/openapi.json",
        "/health/ready",
    ] {
        answers.push(service.get(path, None).await);
        answers.push(service.get(path, Some(&member)).await);
    }
    answers.push(service.get(&format!("/casos/{folio}"), Some(&member)).await);
    answers.push(service.get("/static/desk.css", None).await);
    answers.push(service.get("/static/nada.css", None).await);
    answers.push(service.post("/salir", Some(&member), "csrf=x").await);
    answers.push(
        service
            .send(Method::PUT, "/", &[(COOKIE, &member.cookie)], "")
            .await,
    );
    for answer in answers {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{answer:?}");
        // Only pages with our own script may run it, and never one that stands in a page.
        let scripted = answer.body.contains("<script src=\"/static/");
        assert_eq!(policy.contains("script-src 'self';"), scripted, "{policy}");
        assert_eq!(policy.contains("script"), scripted, "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {answer:?}");
        }
        let scripts = answer.body.matches("<script").count();
        let of_files = answer.body.matches("<script src=\"/static/").count();
        assert_eq!(scripts, of_files, "{}", answer.body);
        assert!(!answer.body.contains("style="), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_member_is_told_what_is_not_there_and_which_methods_there_are() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let missing = service.get("/nada", Some(&member)).await;
    assert_eq!(missing.status, 404);
    assert!(
        missing.body.contains("Esta dirección no existe."),
        "{}",
        missing.body
    );
    let call = service.get("/api/nada", Some(&member)).await;
    assert_eq!(
        (call.status.as_u16(), call.header(CONTENT_TYPE)),
        (404, "application/problem+json")
    );

    let Member { cookie, token } = &member;
    let headers = [
        (COOKIE, cookie.as_str()),
        (super::forgery::TOKEN, token.as_str()),
    ];
    let put = service
        .send(Method::PUT, "/api/v1/cases", &headers, "")
        .await;
    assert_eq!(
        (put.status.as_u16(), put.header("allow")),
        (405, "GET, HEAD")
    );
    let get = service.get("/salir", Some(&member)).await;
    assert_eq!((get.status.as_u16(), get.header("allow")), (405, "POST"));
}

#[tokio::test]
async fn errors_speak_the_language_asked_for() {
    let service = Service::start().await;
    let english = [(reqwest::header::ACCEPT_LANGUAGE, "en")];
    let answer = service
        .send(Method::GET, "/api/v1/cases", &english, "")
        .await;
    assert!(
        answer.body.contains("Nobody is signed in"),
        "{}",
        answer.body
    );
    let answer = service.get("/api/v1/cases", None).await;
    assert!(answer.body.contains("Falta entrar"), "{}", answer.body);
}
