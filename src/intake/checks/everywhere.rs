//! What every answer keeps, whatever was asked.

use base64::Engine as _;
use reqwest::{Method, Response};
use service::page::ANSWER_SIZES;

use crate::testing::{House, NARRATIVE, unused_token};
use crate::walking::Walk;

const PAGES: [&str; 14] = [
    "/acuse/raices",
    "/acuse/verificar",
    "/",
    "/denunciar",
    "/seguimiento",
    "/orientacion",
    "/comite",
    "/que-sigue",
    "/anonimato",
    "/proteccion",
    "/apoyo",
    "/privacidad",
    "/privacidad/integral",
    "/salir",
];

async fn every_kind_of_answer(house: &House) -> Vec<(String, Response)> {
    let mut answers = Vec::new();
    let reads = [
        "/api/openapi.json",
        "/api/v1/receipts/key",
        "/api/v1/receipts/roots",
        "/acuse/raices/2026-03-04",
        "/health/live",
        "/health/ready",
        "/nada",
        "/api/nada",
    ];
    for path in PAGES.into_iter().chain(reads) {
        answers.push((path.to_owned(), house.get(path).await));
    }
    for path in ["/", "/denunciar", "/api/v1/complaints", "/api/v1/mailbox"] {
        let request = house.client.request(Method::DELETE, house.url(path));
        answers.push((format!("DELETE {path}"), request.send().await.unwrap()));
    }
    for (what, step, button) in [
        ("next", "what", "next"),
        ("lapsed", "story", "next"),
        ("lapsed review", "review", "send"),
        ("lapsed words", "words", "check"),
        ("wrong form", "", ""),
    ] {
        let fields = [("step", step), ("go", button)];
        answers.push((
            what.to_owned(),
            house.post_form("/denunciar", &fields).await,
        ));
    }
    let review = Walk::to_review(house, &[("narrative", NARRATIVE)]).await;
    let mut words = Walk {
        status: review.status,
        html: review.html.clone(),
    };
    words.press(house, "send", &[]).await;
    for (page, button) in [
        (&review, "stay"),
        (&review, "send"),
        (&words, "check"),
        (&words, "skip"),
        (&words, "download"),
    ] {
        let (state, step) = (page.state(), page.step());
        let fields = [("state", state.as_str()), ("step", &step), ("go", button)];
        answers.push((
            button.to_owned(),
            house.post_form("/denunciar", &fields).await,
        ));
    }
    let (known, unknown) = (house.file().await, unused_token());
    for token in [known.as_str(), unknown.as_str(), "uno dos"] {
        for path in ["/seguimiento", "/seguimiento/mensaje"] {
            let fields = [("tracking_token", token), ("text", "hola")];
            answers.push((path.to_owned(), house.post_form(path, &fields).await));
        }
        for path in ["/api/v1/mailbox", "/api/v1/complaints"] {
            let body = serde_json::json!({ "tracking_token": token });
            answers.push((path.to_owned(), house.post_json(path, &body).await));
        }
    }
    answers
}

#[actix_web::test]
async fn every_answer_has_the_security_headers_and_nothing_that_marks_a_person_or_the_server() {
    let house = House::open();
    for (what, answer) in every_kind_of_answer(&house).await {
        let headers = answer.headers();
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(headers[name], value, "{what}");
        }
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{what}");
        assert!(!policy.contains("unsafe"), "{what}");
        for absent in ["set-cookie", "server", "etag", "last-modified", "location"] {
            assert!(!headers.contains_key(absent), "{what} {absent}");
        }
    }
}

#[actix_web::test]
async fn every_answer_but_those_on_health_has_a_padded_length() {
    let house = House::open();
    for (what, answer) in every_kind_of_answer(&house).await {
        if !what.starts_with("/health/") {
            let length = answer.bytes().await.unwrap().len();
            assert!(ANSWER_SIZES.contains(&length), "{what}: {length}");
        }
    }
}

/// How much a first visit may take, with headers.
const FIRST_PAGE: usize = 30 << 10;

#[actix_web::test]
async fn the_style_in_a_page_is_the_one_that_its_policy_allows() {
    let house = House::open();
    for path in PAGES.into_iter().chain(["/nada"]) {
        let page = house.get(path).await;
        let policy = page.headers()["content-security-policy"].to_str().unwrap();
        let policy = policy.to_owned();
        let html = page.text().await.unwrap();
        for style in html.split("<style>").skip(1) {
            let style = style.split("</style>").next().unwrap();
            let hash = ring::digest::digest(&ring::digest::SHA256, style.as_bytes());
            let hash = base64::engine::general_purpose::STANDARD.encode(hash);
            assert!(
                policy.contains(&format!("style-src 'sha256-{hash}'")),
                "{path}"
            );
        }
        assert_eq!(
            html.matches("<style>").count(),
            usize::from(path != "/salir")
        );
        assert!(
            html.contains("<link rel=\"icon\" href=\"data:,\">"),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn the_first_page_is_small_and_needs_no_second_request() {
    let house = House::open();
    for address in ["/", "/en/", "/es/"] {
        let page = house.get(address).await;
        let head: usize = page
            .headers()
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + 4)
            .sum();
        let body = page.bytes().await.unwrap().len();
        assert!(head + body < FIRST_PAGE, "{address} {head} + {body}");
    }
}

#[actix_web::test]
async fn no_page_loads_anything_or_leads_away() {
    let house = House::open();
    for path in PAGES {
        let html = house.get(path).await.text().await.unwrap();
        for foreign in [
            "<script",
            "<iframe",
            "<img",
            "http://",
            "https://",
            "javascript:",
            " style=",
            "<link rel=\"stylesheet\"",
            "@import",
            "url(",
        ] {
            assert!(!html.contains(foreign), "{path} {foreign}");
        }
    }
}

#[actix_web::test]
async fn a_token_is_in_no_header_title_or_address() {
    let house = House::open();
    let token = house.file().await;
    let page = house
        .post_form("/seguimiento", &[("tracking_token", &token)])
        .await;
    assert_eq!(page.url().path(), "/seguimiento");
    assert_eq!(page.url().query(), None);
    let first = token.split(' ').next().unwrap();
    assert!(
        page.headers()
            .values()
            .all(|value| !value.to_str().unwrap().contains(first))
    );
    let html = page.text().await.unwrap();
    let title = html
        .split("<title>")
        .nth(1)
        .unwrap()
        .split("</title>")
        .next()
        .unwrap();
    assert_eq!(title, "Consulta");
    for address in html.split("href=\"").chain(html.split("action=\"")).skip(1) {
        assert!(!address.split('"').next().unwrap().contains(first));
    }
}

#[actix_web::test]
async fn an_address_or_method_that_does_not_exist_is_told_to_programs_and_to_people() {
    let house = House::open();
    let answer = house.get("/api/v1/nada").await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let answer = house.get("/nada").await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    let answer = house.get("/api/v1/complaints").await;
    assert_eq!(answer.status(), 405);
    assert_eq!(answer.headers()["allow"], "POST");
    let answer = house.post_form("/", &[]).await;
    assert_eq!(answer.status(), 405);
    assert_eq!(answer.headers()["allow"], "GET, HEAD");
}

#[actix_web::test]
async fn a_head_request_gets_the_headers_alone() {
    let house = House::open();
    let answer = house.client.head(house.url("/")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(
        answer.headers()["content-length"],
        ANSWER_SIZES[0].to_string().as_str()
    );
    assert!(answer.bytes().await.unwrap().is_empty());
}

#[actix_web::test]
async fn the_quick_exit_clears_what_the_browser_keeps_of_us() {
    let house = House::open();
    let answer = house.get("/salir").await;
    assert_eq!(
        answer.headers()["clear-site-data"],
        "\"cache\", \"storage\""
    );
    let html = answer.text().await.unwrap();
    assert!(!html.to_lowercase().contains("denuncia"));
}
