//! What the members do is written down, and what cannot be written down is not done.

use committee::log::{Content, Entry, Event, Logbook, Opened};
use store::log::{Log as _, StoredEntry};

use super::*;
use crate::testing::story;
use crate::vault::UnsealError;

/// The log as the committee reads it.
async fn written(house: &House) -> Vec<Entry> {
    let book = Logbook::new(house.cases.clone());
    let opened = book.read(&house.keyring, <[Opened]>::to_vec).await.unwrap();
    let acts = opened
        .into_iter()
        .filter_map(|opened| match opened.content {
            Content::Act(entry) => Some(entry),
            Content::Key(_) => None,
        });
    acts.collect()
}

/// What was done since a moment.
async fn since(house: &House, before: usize) -> Vec<(Event, Option<String>)> {
    let entries = written(house).await;
    entries[before..]
        .iter()
        .map(|entry| (entry.event, entry.case.map(|case| case.to_string())))
        .collect()
}

/// An entry that no service wrote.
async fn somebody_writes(house: &House) {
    let last = house.cases.log_head().await.unwrap().unwrap();
    let made_up = StoredEntry {
        position: last.position + 1,
        ..last
    };
    assert!(house.cases.append_log(&made_up).await.unwrap());
}

#[tokio::test]
async fn opening_a_case_a_file_and_writing_a_letter_are_in_the_log() {
    let service = Service::start().await;
    let house = &service.house;
    let item = house.hold("acta.pdf", b"%PDF-1.4").await;
    house
        .file_with(story("Piden dinero por cada guardia."), vec![item])
        .await;
    house.worker().round().await.unwrap();
    let folio = house.register().await[0].folio.to_string();
    let member = service.sign_in().await;
    let before = written(house).await.len();

    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    let address = page
        .body
        .split("href=\"")
        .find_map(|rest| {
            rest.split('"')
                .next()
                .filter(|link| link.contains("/evidencia/"))
        })
        .unwrap();
    assert_eq!(service.get(address, Some(&member)).await.status, 200);
    let form = format!("csrf={}&kind=message&text=Gracias.", member.token);
    let path = format!("/casos/{folio}/mensajes");
    assert_eq!(service.post(&path, Some(&member), &form).await.status, 303);
    service
        .json(&format!("/api/v1/cases/{folio}"), &member)
        .await;
    let on_case = |event| (event, Some(folio.clone()));
    assert_eq!(
        since(house, before).await,
        [
            on_case(Event::CaseOpened),
            on_case(Event::FileOpened),
            on_case(Event::LetterSent),
            on_case(Event::CaseOpened),
        ]
    );
}

#[tokio::test]
async fn opening_and_sealing_the_service_are_in_the_log() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let form = format!("csrf={}", member.token);
    assert_eq!(
        service.post("/sellar", Some(&member), &form).await.status,
        303
    );
    let events: Vec<_> = since(&service.house, 0).await;
    assert_eq!(events.first().unwrap().0, Event::ServiceOpened);
    assert_eq!(events.last().unwrap().0, Event::ServiceSealed);
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_done() {
    let service = Service::start().await;
    let house = &service.house;
    let told = house.file(story("Piden dinero por cada guardia.")).await;
    house.worker().round().await.unwrap();
    let folio = house.register().await[0].folio.to_string();
    let member = service.sign_in().await;
    let mailbox = house.mailbox(&told).await.len();
    somebody_writes(house).await;

    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    assert_eq!(page.status, 503);
    assert!(page.body.contains("La bitácora"), "{}", page.body);
    assert!(!page.body.contains("guardia"));
    let answer = service
        .get(&format!("/api/v1/cases/{folio}"), Some(&member))
        .await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("urn:guiando:problem:log-changed"));
    let form = format!("csrf={}&kind=message&text=Gracias.", member.token);
    let path = format!("/casos/{folio}/mensajes");
    assert_eq!(service.post(&path, Some(&member), &form).await.status, 503);
    house.worker().round().await.unwrap();
    assert_eq!(house.mailbox(&told).await.len(), mailbox);
    // Sealing is done all the same.
    let form = format!("csrf={}", member.token);
    assert_eq!(
        service.post("/sellar", Some(&member), &form).await.status,
        303
    );
    assert_eq!(service.get("/entrar", None).await.status, 503);
}

#[tokio::test]
async fn a_service_whose_log_is_not_its_own_stays_sealed() {
    let house = House::new().await;
    let vault = || {
        Vault::sealed(
            house.cases.clone(),
            Expected::default(),
            Arc::clone(&house.clock) as _,
        )
    };
    vault().unseal(house.identity.clone()).await.unwrap();
    somebody_writes(&house).await;
    let vault = vault();
    let error = vault.unseal(house.identity.clone()).await.unwrap_err();
    assert!(matches!(error, UnsealError::Log(_)), "{error}");
    assert!(vault.keyring().is_none());
}
