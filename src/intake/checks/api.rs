//! Filing through the interface for programs.

use serde_json::{Value, json};

use crate::testing::{House, NARRATIVE};

const CALL: &str = "/api/v1/complaints";

async fn refused(house: &House, body: &Value) -> Value {
    let answer = house.post_json(CALL, body).await;
    assert_eq!(answer.status(), 422, "{body}");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    answer.json().await.unwrap()
}

fn faults(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().unwrap();
    errors
        .iter()
        .map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap()))
        .collect()
}

#[actix_web::test]
async fn a_complaint_is_stored_and_answered_with_words_day_and_receipt() {
    let house = House::open();
    let answer = house
        .post_json(CALL, &json!({ "narrative": NARRATIVE }))
        .await;
    assert_eq!(answer.status(), 201);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["received_on"], "2026-03-04");
    assert_eq!(
        answer["tracking_token"]
            .as_str()
            .unwrap()
            .split(' ')
            .count(),
        12
    );
    let receipt = receipts::verify(answer["receipt"].as_str().unwrap(), &house.receipts).unwrap();
    assert_eq!(receipt.received_on.to_string(), "2026-03-04");
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn the_narrative_has_bounds() {
    let house = House::open();
    for (narrative, code) in [
        (json!(null), "required"),
        (json!(""), "required"),
        (json!("muy corto"), "too_short"),
        (json!("a".repeat(20_001)), "too_long"),
        (
            json!("una historia bastante larga\u{0}"),
            "control_character",
        ),
        (json!("\u{200b}".repeat(30)), "required"),
    ] {
        let problem = refused(&house, &json!({ "narrative": narrative })).await;
        assert_eq!(faults(&problem), [("narrative", code)]);
    }
    assert_eq!(
        faults(&refused(&house, &json!({})).await),
        [("narrative", "required")]
    );
    let longest = "\u{1f642}".repeat(20_000);
    assert_eq!(
        house
            .post_json(CALL, &json!({ "narrative": longest }))
            .await
            .status(),
        201
    );
}

#[actix_web::test]
async fn a_fault_names_its_field() {
    let house = House::open();
    for (field, value, fault) in [
        (
            "suspected_risk",
            json!("soborno"),
            ("suspected_risk", "unknown_code"),
        ),
        (
            "workplace",
            json!({ "ooad": "atlantida" }),
            ("workplace.ooad", "unknown_code"),
        ),
        (
            "facts",
            json!({ "from": "ayer" }),
            ("facts.from", "not_a_date"),
        ),
        ("facts", json!({ "from": 3 }), ("facts.from", "wrong_type")),
        (
            "people",
            json!([{ "alias": "x" }]),
            ("people[0].alias", "unknown_field"),
        ),
        ("identity", json!(["Juan"]), ("identity", "wrong_type")),
        ("people", json!([["Juan"]]), ("people[0]", "wrong_type")),
        (
            "facts",
            json!({ "from": "-2026-01-01" }),
            ("facts.from", "not_a_date"),
        ),
        (
            "facts",
            json!({ "from": "2026-03-05" }),
            ("facts.from", "in_the_future"),
        ),
        (
            "facts",
            json!({ "to": "2026-03-05" }),
            ("facts.to", "in_the_future"),
        ),
        ("ip", json!("203.0.113.9"), ("ip", "unknown_field")),
        ("keep_from", json!(vec!["x"; 11]), ("keep_from", "too_many")),
    ] {
        let mut body = json!({ "narrative": NARRATIVE });
        body[field] = value;
        assert_eq!(faults(&refused(&house, &body).await), [fault]);
    }
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn a_body_of_nothing_but_faults_is_not_answered_with_a_longer_one() {
    let house = House::open();
    let many = vec!["x"; 100_000];
    let people = vec![json!({ "rank": "x" }); 10];
    let body = json!({ "support_wanted": many, "people": people, "narrative": NARRATIVE });
    let answer = house.post_json(CALL, &body).await;
    assert_eq!(answer.status(), 422);
    assert_eq!(
        answer.bytes().await.unwrap().len(),
        service::page::ANSWER_SIZES[0]
    );
}

#[actix_web::test]
async fn what_is_not_json_or_not_utf8_is_a_bad_request() {
    let house = House::open();
    for (body, kind) in [
        (&b"{\"narrative\": \"\xff\"}"[..], "not-utf8"),
        (b"{\"narrative\"", "not-json"),
        (b"", "not-json"),
        (b"{} {}", "not-json"),
    ] {
        let request = house.client.post(house.url(CALL)).body(body);
        let answer = request
            .header("content-type", "application/json")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 400, "{kind}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["type"], format!("urn:guiando:problem:{kind}"));
    }
}

#[actix_web::test]
async fn json_of_another_shape_is_refused_and_never_breaks_the_service() {
    let house = House::open();
    for body in [
        json!([]),
        json!("x"),
        json!(3),
        json!(null),
        json!({ "people": {} }),
    ] {
        assert_eq!(house.post_json(CALL, &body).await.status(), 422, "{body}");
    }
}

#[actix_web::test]
async fn what_is_not_an_object_is_told_so_by_every_call() {
    let house = House::open();
    let token = house.file().await;
    for call in [CALL, "/api/v1/mailbox", "/api/v1/mailbox/messages"] {
        for body in [
            json!(["aaaaaaaaaaaaaaaaaaaaaaaa"]),
            json!([token]),
            json!([token, "hola"]),
            json!([]),
            json!("x"),
        ] {
            let answer = house.post_json(call, &body).await;
            assert_eq!(answer.status(), 422, "{call}");
            let problem: Value = answer.json().await.unwrap();
            assert_eq!(faults(&problem), [("", "not_an_object")], "{call}");
        }
    }
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn a_field_given_twice_is_named() {
    let house = House::open();
    let request = house.client.post(house.url(CALL));
    let answer = request
        .header("content-type", "application/json")
        .body(r#"{"narrative":"a","narrative":"b"}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(faults(&problem), [("narrative", "duplicate_field")]);
}

#[actix_web::test]
async fn facts_of_the_day_of_filing_are_taken() {
    let house = House::open();
    let facts = json!({ "from": "2026-03-04", "to": "2026-03-04" });
    let body = json!({ "narrative": NARRATIVE, "facts": facts });
    assert_eq!(house.post_json(CALL, &body).await.status(), 201);
}

#[actix_web::test]
async fn another_media_type_is_told_what_is_taken() {
    let house = House::open();
    for (media_type, kind) in [
        (Some("text/plain"), "media-type"),
        (Some("application/x-www-form-urlencoded"), "media-type"),
        (None, "media-type"),
    ] {
        let mut request = house.client.post(house.url(CALL)).body("{}");
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 415, "{media_type:?}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["type"], format!("urn:guiando:problem:{kind}"));
    }
}

#[actix_web::test]
async fn a_store_that_is_down_acknowledges_nothing() {
    let house = House::open();
    house.mailroom.go_down();
    let answer = house
        .post_json(CALL, &json!({ "narrative": NARRATIVE }))
        .await;
    assert_eq!(answer.status(), 503);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:unavailable");
    assert!(problem.get("tracking_token").is_none());
    assert_eq!(house.get("/health/ready").await.status(), 503);
    assert_eq!(house.get("/health/live").await.status(), 200);
    house.mailroom.come_back();
    assert_eq!(house.mailroom.stored(), 0);
    assert_eq!(house.get("/health/ready").await.status(), 200);
}

#[actix_web::test]
async fn problems_come_in_the_language_asked_for() {
    let house = House::open();
    for (asked, title, language) in [
        ("en", "Some answers need correcting.", "en"),
        ("es", "Hay respuestas por corregir.", "es-MX"),
        ("de", "Hay respuestas por corregir.", "es-MX"),
    ] {
        let request = house.client.post(house.url(CALL)).json(&json!({}));
        let answer = request
            .header("accept-language", asked)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["content-language"], language);
        assert_eq!(answer.json::<Value>().await.unwrap()["title"], title);
    }
}

#[actix_web::test]
async fn every_path_and_status_that_is_answered_is_described() {
    let house = House::open();
    let described: Value = house.get("/api/openapi.json").await.json().await.unwrap();
    for (path, operations) in described["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let request = match method.as_str() {
                "get" => house.client.get(house.url(path)),
                _ => house.client.post(house.url(path)).json(&json!({})),
            };
            let status = request.send().await.unwrap().status().as_u16().to_string();
            assert!(
                operation["responses"].get(&status).is_some(),
                "{method} {path} {status}"
            );
        }
    }
    let calls = [
        "/api/v1/complaints",
        "/api/v1/mailbox",
        "/api/v1/mailbox/messages",
    ];
    for call in calls {
        assert!(described["paths"].get(call).is_some(), "{call}");
    }
}
