//! What every answer keeps, whatever was asked.

use std::time::Duration;

use base64::Engine as _;
use reqwest::{Method, Response};
use service::page::ANSWER_SIZES;

use super::abuse::house as flooded_house;
use crate::abuse::{Budget, Budgets};
use crate::testing::{Form, House, NARRATIVE, NOON, unused_token};
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
        for path in [
            "/seguimiento",
            "/seguimiento/mensaje",
            "/seguimiento/palabras",
        ] {
            let fields = [("tracking_token", token), ("text", "hola")];
            answers.push((path.to_owned(), house.post_form(path, &fields).await));
        }
        for path in [
            "/api/v1/mailbox",
            "/api/v1/mailbox/words",
            "/api/v1/complaints",
        ] {
            let body = serde_json::json!({ "tracking_token": token });
            answers.push((path.to_owned(), house.post_json(path, &body).await));
        }
    }
    answers.extend(of_receipts(house, &known).await);
    answers.extend(of_guidance(house).await);
    answers.extend(of_files(house, &known).await);
    answers.extend(refused_unread(house).await);
    answers.extend(flooded().await);
    answers.extend(not_now().await);
    answers
}

type Answers = Vec<(String, Response)>;

/// A receipt as a file, checked, and one that is none; before its list is published and after.
async fn of_receipts(house: &House, token: &str) -> Answers {
    let page = house
        .post_form("/seguimiento", &[("tracking_token", token)])
        .await;
    let html = page.text().await.unwrap();
    let receipt = html.split("name=\"receipt\" value=\"").nth(1).unwrap();
    let receipt = receipt.split('"').next().unwrap();
    let long = "A".repeat(5_000);
    let mut answers = Vec::new();
    for now in ["2026-03-04T18:00:00Z", "2026-03-05T18:00:00Z"] {
        house.clock.set(now);
        house.shared.publish_closed_days().await.unwrap();
        for text in [receipt, "", "nada", &long] {
            for format in ["pdf", "txt", ""] {
                let fields = [("receipt", text), ("format", format)];
                let answer = house.post_form("/acuse", &fields).await;
                answers.push((format!("receipt as {format}"), answer));
            }
            for proof in ["", "nada", &long] {
                let fields = [("receipt", text), ("proof", proof)];
                let answer = house.post_form("/acuse/verificar", &fields).await;
                answers.push(("a receipt checked".to_owned(), answer));
            }
        }
        let words = [("tracking_token", token)];
        for path in [
            "/seguimiento",
            "/seguimiento/enviado",
            "/seguimiento/mensajes",
        ] {
            let answer = house.post_form(path, &words).await;
            answers.push((format!("{path} at {now}"), answer));
        }
    }
    house.clock.set(NOON);
    answers
}

/// The guidance, begun, half answered, answered, and answered with what it does not ask for.
async fn of_guidance(house: &House) -> Answers {
    let mut answers = Vec::new();
    for path in ["/orientacion", "/en/orientacion"] {
        let page = house.get(path).await;
        assert_eq!(page.status(), 200);
        let html = page.text().await.unwrap();
        // The first choice of each question.
        let names = ["peligro", "asunto", "persona", "trabaja"];
        let chosen = names.map(|name| {
            let field = format!("name=\"{name}\" value=\"");
            let value = html.split(&field).nth(1).unwrap();
            (name, value.split('"').next().unwrap())
        });
        for fields in [&[], &chosen[..2], &chosen[..], &[("asunto", "otro mundo")]] {
            let answer = house.post_form(path, fields).await;
            answers.push((format!("{path} {fields:?}"), answer));
        }
    }
    answers
}

/// Forms with files: taken, refused, to nobody, and no forms at all.
async fn of_files(house: &House, token: &str) -> Answers {
    let files = |form: Form| {
        form.file("evidence", "notas.txt", b"Lunes: turno de noche.")
            .file("evidence", "foto.jpg", b"ninguna foto")
    };
    let complaint = serde_json::json!({ "narrative": NARRATIVE }).to_string();
    let mut answers = Vec::new();
    let in_parts = Form::default().field("complaint", &complaint);
    for form in [in_parts.clone(), files(in_parts), Form::default()] {
        let answer = house.post_parts("/api/v1/complaints", form).await;
        answers.push(("complaint in parts".to_owned(), answer));
    }
    for token in [token, &unused_token(), "uno dos"] {
        let form = Form::default()
            .field("tracking_token", token)
            .field("text", "Hola.");
        for path in ["/api/v1/mailbox/messages", "/seguimiento/mensaje"] {
            for form in [form.clone(), files(form.clone()), Form::default()] {
                let answer = house.post_parts(path, form).await;
                answers.push((format!("{path} in parts"), answer));
            }
        }
    }
    let mut walk = Walk::begin(house).await;
    while walk.step() != "evidence" {
        let answer = [("narrative", NARRATIVE)];
        let here = if walk.html.contains("name=\"narrative\"") {
            &answer[..]
        } else {
            &[]
        };
        walk.press(house, "next", here).await;
    }
    let form = Form::default()
        .field("state", &walk.state())
        .field("step", "evidence")
        .field("go", "add");
    for form in [form.clone(), files(form)] {
        let answer = house.post_parts("/denunciar", form).await;
        answers.push(("the step of the files".to_owned(), answer));
    }
    answers
}

/// Bodies that are refused before anybody reads them: too long, of another kind, not well formed.
async fn refused_unread(house: &House) -> Answers {
    const FORM: &str = "application/x-www-form-urlencoded";
    const JSON: &str = "application/json";
    let too_long = vec![b'a'; (1 << 20) + 1];
    let mut answers = Vec::new();
    for (path, kind) in SENSITIVE {
        let own = if kind == JSON { JSON } else { FORM };
        for (what, kind, body) in [
            ("too long", own, too_long.clone()),
            ("of another kind", "text/plain", b"hola".to_vec()),
            ("no form", own, b"a=%zz\xff".to_vec()),
            ("no parts", "multipart/form-data", b"hola".to_vec()),
        ] {
            let request = house.client.post(house.url(path)).body(body);
            let answer = request.header("content-type", kind).send().await;
            // A service that refuses from the headers may close while we still send.
            let Ok(answer) = answer else { continue };
            assert!(answer.status().is_client_error(), "{path} {what}");
            answers.push((format!("{path}, {what}"), answer));
        }
    }
    let refused = answers.iter().filter(|(_, answer)| answer.status() == 413);
    assert!(refused.count() > 0);
    answers
}

/// Where something sensitive is sent, and as what.
const SENSITIVE: [(&str, &str); 10] = [
    ("/denunciar", "form"),
    ("/seguimiento", "form"),
    ("/seguimiento/mensaje", "form"),
    ("/seguimiento/mensajes", "form"),
    ("/seguimiento/enviado", "form"),
    ("/acuse", "form"),
    ("/acuse/verificar", "form"),
    ("/api/v1/complaints", "application/json"),
    ("/api/v1/mailbox", "application/json"),
    ("/api/v1/mailbox/messages", "application/json"),
];

/// In a flood.
async fn flooded() -> Answers {
    let one = Budget::new(1, Duration::from_mins(1));
    let (house, _) = flooded_house(Budgets {
        all_filings: one,
        ..Budgets::default()
    });
    house.file().await;
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let (state, step) = (review.state(), review.step());
    let fields = [("state", state.as_str()), ("step", &step), ("go", "send")];
    let complaint = serde_json::json!({ "narrative": NARRATIVE });
    let page = house.post_form("/denunciar", &fields).await;
    let call = house.post_json("/api/v1/complaints", &complaint).await;
    assert_eq!((page.status().as_u16(), call.status().as_u16()), (429, 429));
    vec![
        ("page in a flood".to_owned(), page),
        ("call in a flood".to_owned(), call),
    ]
}

/// While the store is down.
async fn not_now() -> Answers {
    let house = House::open();
    let token = house.file().await;
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    house.mailroom.go_down();
    let (state, step) = (review.state(), review.step());
    let mut answers = Vec::new();
    for (path, kind) in SENSITIVE {
        let answer = if kind == "form" {
            let fields = [
                ("state", state.as_str()),
                ("step", &step),
                ("go", "send"),
                ("tracking_token", &token),
                ("text", "Hola."),
            ];
            house.post_form(path, &fields).await
        } else {
            let mut body = serde_json::json!({ "tracking_token": token });
            if path.ends_with("messages") {
                body["text"] = "Hola.".into();
            }
            if path.ends_with("complaints") {
                body = serde_json::json!({ "narrative": NARRATIVE });
            }
            house.post_json(path, &body).await
        };
        let expected = if path.starts_with("/acuse") { 422 } else { 503 };
        assert_eq!(answer.status(), expected, "{path}");
        answers.push((format!("{path} while the store is down"), answer));
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
async fn every_answer_but_those_on_health_has_one_of_four_lengths() {
    assert!(ANSWER_SIZES.len() <= 4);
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
        // The page of the exit asks for itself once more; no other page has that.
        let itself = "<img src=\"/salir\" alt=\"\">";
        assert_eq!(html.contains(itself), path == "/salir", "{path}");
        let html = html.replace(itself, "");
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
async fn every_page_leads_to_help_by_telephone() {
    let house = House::open();
    let mut pages = 0;
    for (what, answer) in every_kind_of_answer(&house).await {
        let is_page = answer.headers().get("content-type");
        if is_page.is_none_or(|kind| kind != "text/html; charset=utf-8") || what == "/salir" {
            continue;
        }
        let mut html = answer.text().await.unwrap();
        for number in ["911", "079"] {
            let link = format!("<a href=\"tel:{number}\">{number}</a>");
            assert!(html.contains(&link), "{what} {number}");
            html = html.replace(&link, "");
        }
        assert!(html.contains("<dt>ECO</dt>"), "{what}");
        // Wherever a number stands but in the name of an instance, it is a link.
        for name in ["Emergencias 911", "Línea de las Mujeres 079"] {
            html = html.replace(name, "");
        }
        for text in html.split('>').filter_map(|rest| rest.split('<').next()) {
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            assert!(
                !words.any(|word| word == "911" || word == "079"),
                "{what}: {text}"
            );
        }
        pages += 1;
    }
    // The form, its review, the words, mailboxes, problems and the rest.
    assert!(pages > 60, "{pages}");
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
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.contains("img-src 'self'"), "{policy}");
    let html = answer.text().await.unwrap();
    assert!(!html.to_lowercase().contains("denuncia"));
    // Asked for once the page before is left, it has that one cleared too.
    assert!(html.contains("<img src=\"/salir\" alt=\"\">"));
}
