//! Writing to the person who filed, by page and by interface.

use domain::case::{CaseState, Folio, Status};
use domain::catalogue::TermKey;
use domain::complaint::{MessageText, ReferralConsent, SecretText};
use mailbox::{Author, Words};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use sealing::{FollowUp, TrackingToken};
use serde_json::{Value, json};

use super::forgery::TOKEN;
use super::{Answer, Member, Service};
use crate::testing::story;

const STORY: &str = "El supervisor cambia los turnos a cambio de dinero desde enero.";

async fn filed(service: &Service) -> (TrackingToken, Folio) {
    let token = service.house.file(story(STORY)).await;
    service.house.worker().round().await.unwrap();
    (token, service.house.register().await[0].folio)
}

async fn call(service: &Service, member: &Member, folio: Folio, body: &Value) -> Answer {
    let headers = [
        (COOKIE, member.cookie.as_str()),
        (TOKEN, member.token.as_str()),
        (CONTENT_TYPE, "application/json"),
    ];
    let path = format!("/api/v1/cases/{folio}/messages");
    service
        .send(Method::POST, &path, &headers, &body.to_string())
        .await
}

async fn post(service: &Service, member: &Member, folio: Folio, form: &str) -> Answer {
    let form = format!("csrf={}&{form}", member.token);
    let path = format!("/casos/{folio}/mensajes");
    service.post(&path, Some(member), &form).await
}

#[tokio::test]
async fn a_letter_reaches_the_mailbox_and_stays_in_the_case() {
    let service = Service::start().await;
    let (token, folio) = filed(&service).await;
    let member = service.sign_in().await;
    let answer = post(
        &service,
        &member,
        folio,
        "kind=message&text=Gracias+por+avisar.",
    )
    .await;
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.header("location"),
        format!("/casos/{folio}#mensajes")
    );
    service.house.worker().round().await.unwrap();
    let mailbox = service.house.read(&token).await;
    let last = &mailbox.messages[mailbox.messages.len() - 1];
    assert_eq!(last.from, Author::Committee);
    assert_eq!(
        last.words,
        Words::Written("Gracias por avisar.".to_owned().into())
    );
    assert_eq!(mailbox.status, Status::Received);
    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    assert!(page.body.contains("Gracias por avisar."));
    assert!(page.body.contains("Comité (secretaria)"));
}

#[tokio::test]
async fn what_is_missing_is_asked_for_once_and_answered() {
    let service = Service::start().await;
    let (token, folio) = filed(&service).await;
    let member = service.sign_in().await;
    let path = format!("/casos/{folio}");
    let page = service.get(&path, Some(&member)).await.body;
    assert!(page.contains("value=\"request\""));
    let ask = json!({ "kind": "request", "text": "¿En qué centro fue?" });
    let answer = call(&service, &member, folio, &ask).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    // Five working days from Wednesday, 4 March 2026.
    let expected = json!({ "posted_on": "2026-03-04", "due_on": "2026-03-11" });
    assert_eq!(answer, expected);
    let again = call(&service, &member, folio, &ask).await;
    assert_eq!(again.status, 409);
    let page = service.get(&path, Some(&member)).await.body;
    assert!(!page.contains("value=\"request\""));

    service.house.worker().round().await.unwrap();
    let mailbox = service.house.read(&token).await;
    assert_eq!(mailbox.status, Status::NeedsInformation);
    let asked = &mailbox.messages[mailbox.request.unwrap()];
    assert_eq!(
        asked.words,
        Words::Written("¿En qué centro fue?".to_owned().into())
    );
    let keys: Vec<TermKey> = mailbox.deadlines.iter().map(|due| due.key).collect();
    // The committee did what it had to do within its term; now the person has one.
    assert_eq!(
        keys,
        [TermKey::PrevencionDesahogo, TermKey::MensajeIntermedio]
    );

    let text = MessageText::parse(SecretText::from("En la bodega.".to_owned())).unwrap();
    let consent = Some(ReferralConsent::Yes);
    let told = FollowUp::new(Some(text), consent, true, Vec::new()).unwrap();
    service.house.tell(&token, told).await;
    service.house.worker().round().await.unwrap();
    assert_eq!(
        service.house.register().await[0].state,
        CaseState::UnderReview
    );
    let page = service.get(&path, Some(&member)).await.body;
    for shown in ["En la bodega.", "Contesta la prevención", "Prevención"] {
        assert!(page.contains(shown), "{shown}");
    }
    let case = service
        .json(&format!("/api/v1/cases/{folio}"), &member)
        .await;
    assert_eq!(case["referral_consent"], "SI");
    let from: Vec<&Value> = case["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| &message["from"])
        .collect();
    assert_eq!(from, ["committee", "complainant"]);
    // Answered, and still asked only once.
    assert_eq!(call(&service, &member, folio, &ask).await.status, 409);
}

#[tokio::test]
async fn a_letter_that_breaks_a_rule_is_given_back() {
    let service = Service::start().await;
    let (token, folio) = filed(&service).await;
    let member = service.sign_in().await;
    let page = post(&service, &member, folio, "kind=message&text=+").await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("Falta esta respuesta."));
    let control = post(&service, &member, folio, "kind=message&text=Hola%00").await;
    assert_eq!(control.status, 422);
    assert!(control.body.contains("Hola"));
    for (body, status, field) in [
        (json!({ "text": "" }), 422, "text"),
        (json!({ "text": "x".repeat(20_001) }), 422, "text"),
        (json!({ "kind": "order", "text": "Hola" }), 422, "kind"),
        (json!({ "text": "Hola", "to": "all" }), 422, "to"),
    ] {
        let answer = call(&service, &member, folio, &body).await;
        assert_eq!(answer.status, status, "{body}");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["errors"][0]["field"], field);
    }
    let unknown = Folio::new(2026, (folio.digits() + 1) % 1_000_000).unwrap();
    let hello = json!({ "text": "Hola" });
    assert_eq!(call(&service, &member, unknown, &hello).await.status, 404);
    service.house.worker().round().await.unwrap();
    assert_eq!(service.house.read(&token).await.messages.len(), 2);
    let longest = json!({ "text": "🙂".repeat(20_000) });
    assert_eq!(call(&service, &member, folio, &longest).await.status, 201);
}

#[tokio::test]
async fn nobody_writes_without_the_sessions_token() {
    let service = Service::start().await;
    let (token, folio) = filed(&service).await;
    let member = service.sign_in().await;
    let path = format!("/casos/{folio}/mensajes");
    let form = "kind=message&text=Hola";
    assert_eq!(service.post(&path, Some(&member), form).await.status, 403);
    assert_eq!(service.post(&path, None, form).await.status, 303);
    let headers = [(COOKIE, member.cookie.as_str())];
    let api = format!("/api/v1/cases/{folio}/messages");
    let body = json!({ "text": "Hola" }).to_string();
    let answer = service.send(Method::POST, &api, &headers, &body).await;
    assert_eq!(answer.status, 403);
    service.house.worker().round().await.unwrap();
    assert_eq!(service.house.read(&token).await.messages.len(), 2);
}
