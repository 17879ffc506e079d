//! Searching: what is found, by whom, and that nothing of it stays.

use committee::log::Event;
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::json;

use super::acts;
use super::forgery::TOKEN;
use super::recusals::{Committee, STORY};
use super::{Member, Service};
use crate::testing::story;

const HERE: &str = "/buscar";

async fn search(service: &Service, member: &Member, words: &str) -> String {
    let words = words.replace(' ', "+");
    let form = format!("csrf={}&words={words}", member.token);
    let answer = service.post(HERE, Some(member), &form).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn words_of_complaints_and_messages_are_found_whatever_their_accents() {
    let service = Service::start().await;
    let token = service
        .house
        .file(json!({
            "narrative": "El supervisor Tizoc pide dinero en la Coordinación cada quincena.",
            "people": [{ "name": "Tizoc Ñáñez", "area": "Farmacia" }],
            "witnesses": [{ "name": "Citlali" }],
            "workplace": { "place": "Clínica del Roble" },
        }))
        .await;
    service.house.worker().round().await.unwrap();
    let folio = service.house.register().await[0].folio.to_string();
    let other = service
        .house
        .case(story("El jefe grita en la coordinación y no da el turno."))
        .await
        .to_string();
    let member = service.sign_in().await;
    for (words, found, not) in [
        ("COORDINACION dinero", vec![&folio], vec![&other]),
        ("coordinaci%C3%B3n", vec![&folio, &other], vec![]),
        ("nanez", vec![&folio], vec![&other]),
        ("citlali", vec![&folio], vec![&other]),
        ("roble farmacia", vec![&folio], vec![&other]),
        ("%22no da el turno%22", vec![&other], vec![&folio]),
        ("%22turno da%22", vec![], vec![&folio, &other]),
        ("helic%C3%B3ptero", vec![], vec![&folio, &other]),
        (folio.as_str(), vec![&folio], vec![&other]),
    ] {
        let page = search(&service, &member, words).await;
        for folio in found {
            assert!(page.contains(&format!("/casos/{folio}")), "{words}: {page}");
        }
        for folio in not {
            assert!(!page.contains(&format!("/casos/{folio}")), "{words}");
        }
    }
    assert!(
        search(&service, &member, "+...+")
            .await
            .contains("Escriba al menos una palabra")
    );

    // What comes later is found as well.
    service
        .house
        .write(&token, "Ayer trajo un helicóptero de juguete.")
        .await;
    service.house.worker().round().await.unwrap();
    let page = search(&service, &member, "helicoptero").await;
    assert!(page.contains(&folio) && !page.contains(&other), "{page}");

    let form = format!("csrf={}&words=helicoptero&format=csv", member.token);
    let table = service.post(HERE, Some(&member), &form).await;
    assert_eq!(table.header(CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(table.body.lines().count(), 2, "{}", table.body);
    assert!(table.body.contains(&folio));
}

#[tokio::test]
async fn words_of_steps_are_found_by_those_who_may_open_the_case() {
    let all = acts::Committee::new().await;
    let (service, technical) = (&all.service, "Casilda Zúñiga Peralta");
    let (folio, _) = all.case(Some(technical)).await;
    let act = json!({ "move": "REGISTRAR", "folio": "SSECCOE-77", "captured_on": "2026-03-04" });
    let papers = json!([{ "kind": "EVIDENCIA", "reference": "Oficio quetzal" }]);
    let body = json!({ "act": act, "papers": papers }).to_string();
    let headers = [
        (COOKIE, all.executive.cookie.as_str()),
        (TOKEN, all.executive.token.as_str()),
        (CONTENT_TYPE, "application/json"),
    ];
    let path = format!("/api/v1/cases/{folio}/transitions");
    let made = service.send(Method::POST, &path, &headers, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let act = json!({ "move": "MARCAR", "mark": "RECUSACION", "reason": "Amenazas con axolotes" });
    let act = all.step(&all.executive, folio, act, &[]).await;
    assert_eq!(act.status, 201, "{}", act.body);
    let folio = folio.to_string();
    for words in ["quetzal", "seccoe-77", "AXOLOTES"] {
        let found = search(service, &all.executive, words)
            .await
            .contains(&folio);
        assert_eq!(found, words != "seccoe-77", "{words}");
        let kept_out = search(service, &all.technical, words).await;
        assert!(!kept_out.contains(&folio), "{words}");
    }
    assert!(
        search(service, &all.executive, "sseccoe-77")
            .await
            .contains(&folio)
    );
}

#[tokio::test]
async fn who_filed_is_not_found_by_the_reserved_name() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(json!({
            "narrative": "El supervisor pide dinero por cada guardia.",
            "identity": { "name": "Nepomucena", "contact": "tel 5550001111" },
        }))
        .await
        .to_string();
    let member = service.sign_in().await;
    assert!(search(&service, &member, "guardia").await.contains(&folio));
    for words in ["nepomucena", "5550001111"] {
        assert!(
            !search(&service, &member, words).await.contains(&folio),
            "{words}"
        );
    }
}

#[tokio::test]
async fn a_case_that_a_member_loses_is_found_no_more_at_once() {
    let committee = Committee::start().await;
    let folio = committee.case(story(STORY)).await.to_string();
    let service = &committee.service;
    let (executive, president) = (
        committee.enter("ejecutiva").await,
        committee.enter("presidencia").await,
    );
    for member in [&executive, &president] {
        assert!(search(service, member, "turnos").await.contains(&folio));
    }
    let path = format!("/casos/{folio}/excusas/declarar");
    let declared = committee.send(&executive, &path, "reason=Mi+prima").await;
    assert_eq!(declared.status, 303);
    let page = search(service, &executive, "turnos").await;
    assert!(!page.contains(&folio), "{page}");
    assert!(page.contains("Ningún asunto tiene esas palabras"), "{page}");
    assert!(search(service, &president, "turnos").await.contains(&folio));
    // Whoever only knows that there is such a case reads nothing of it either.
    let elected = committee.enter("electa").await;
    let list = service.get("/", Some(&elected)).await.body;
    assert!(list.contains(&folio), "{list}");
    assert!(!search(service, &elected, "turnos").await.contains(&folio));
}

#[tokio::test]
async fn a_search_leaves_nothing_in_the_log_and_stands_in_no_address() {
    let committee = Committee::start().await;
    committee.case(story(STORY)).await;
    let president = committee.enter("presidencia").await;
    let before = committee.log().await.len();
    search(&committee.service, &president, "turnos").await;
    let log = committee.log().await;
    assert_eq!(log.len(), before);
    assert!(!log.iter().any(|entry| entry.event == Event::CaseOpened));
    let by_address = committee
        .service
        .get("/buscar?words=turnos", Some(&president))
        .await;
    assert!(
        !by_address.body.contains("/casos/CE-"),
        "{}",
        by_address.body
    );
    let without_token = committee
        .service
        .post(HERE, Some(&president), "words=turnos")
        .await;
    assert_eq!(without_token.status, 403);
}

#[tokio::test]
async fn the_index_goes_with_its_session() {
    let service = Service::start().await;
    service.house.case(story(STORY)).await;
    let member = service.sign_in().await;
    search(&service, &member, "turnos").await;
    let cookie = member.cookie.as_str();
    let room = {
        let request = actix_web::test::TestRequest::default()
            .insert_header((actix_web::http::header::COOKIE, cookie))
            .to_http_request();
        let (session, _) = service.desk.sessions.of(&request).unwrap();
        std::sync::Arc::downgrade(&service.desk.sessions.room(&session).unwrap())
    };
    service.desk.tend().await;
    assert!(room.upgrade().is_some(), "it is used");
    // Nobody asks for anything: what tends the desk wipes it.
    service.house.clock.advance(SignedDuration::from_hours(1));
    service.desk.tend().await;
    assert!(room.upgrade().is_none());
}
