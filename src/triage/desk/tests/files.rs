//! Files of a case: listed, fetched whole, and never more than that.

use reqwest::header::{CONTENT_TYPE, COOKIE};
use sealing::evidence::CHUNK_BYTES;
use serde_json::Value;
use store::casefiles::CaseFiles as _;
use store::mailroom::{IntakeMailroom as _, TriageMailroom as _};

use super::{Member, Service};
use crate::testing::story;

const STORY: &str = "Mi jefe me acosa y me pide favores sexuales a cambio de no reportarme.";
const HOSTILE: &str = "</a><script>alert(1)</script>\";filename=x.exe.html";

/// More than two pieces, and no two bytes in a row alike.
fn long() -> Vec<u8> {
    let bytes = (0..=250_u8).cycle();
    bytes.take(2 * CHUNK_BYTES + 77).collect()
}

/// The files of the only case, as the interface gives them.
async fn files(service: &Service, member: &Member) -> (String, Vec<Value>) {
    let folio = service.house.register().await[0].folio;
    let case = service
        .json(&format!("/api/v1/cases/{folio}"), member)
        .await;
    let files = case["files"].as_array().unwrap().clone();
    (format!("/casos/{folio}"), files)
}

/// As it was sent.
async fn fetch(service: &Service, member: &Member, file: &Value) -> reqwest::Response {
    let address = file["original"].as_str().unwrap();
    let request = service.client.post(format!("{}{address}", service.base));
    request
        .header(COOKIE, &member.cookie)
        .header("x-csrf-token", &member.token)
        .header(CONTENT_TYPE, "application/json")
        .body(r#"{"need":"PERITAJE"}"#)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_file_comes_out_as_it_went_in() {
    let service = Service::start().await;
    let house = &service.house;
    let first = vec![
        house.hold("acta ñ.pdf", &long()).await,
        house.hold("vacío.pdf", b"").await,
    ];
    let token = house.file_with(story(STORY), first).await;
    let second = vec![house.hold("otro.pdf", b"una prueba").await];
    house.write_with(&token, "Va otro archivo.", second).await;
    house.worker().round().await.unwrap();
    let member = service.sign_in().await;
    let (page, files) = files(&service, &member).await;
    assert_eq!(files.len(), 3);

    let shown = service.get(&page, Some(&member)).await.body;
    let mut fetched = Vec::new();
    for file in &files {
        assert_eq!(file["wholeness"], "whole");
        assert_eq!(file["version"], "original");
        assert_eq!(file["media_type"], "application/pdf");
        let address = file["address"].as_str().unwrap();
        assert!(shown.contains(&format!("href=\"{address}\"")), "{shown}");
        let answer = fetch(&service, &member, file).await;
        assert_eq!(answer.status(), 200);
        let length = answer.headers()["content-length"].to_str().unwrap();
        assert_eq!(length, file["bytes"].to_string());
        fetched.push((
            file["name"].as_str().unwrap().to_owned(),
            answer.bytes().await.unwrap().to_vec(),
        ));
    }
    fetched.sort();
    let expected = [
        ("acta ñ.pdf".to_owned(), long()),
        ("otro.pdf".to_owned(), b"una prueba".to_vec()),
        ("vacío.pdf".to_owned(), Vec::new()),
    ];
    assert!(
        fetched == expected,
        "{:?}",
        fetched.iter().map(|file| &file.0).collect::<Vec<_>>()
    );
    assert!(shown.contains("524.3 kB"), "{shown}");
}

/// Whatever the sender called it, and whatever is in it.
#[tokio::test]
async fn a_file_is_saved_under_our_name_and_never_shown() {
    let service = Service::start().await;
    let house = &service.house;
    let held = vec![house.hold(HOSTILE, b"<script>alert(1)</script>").await];
    house.file_with(story(STORY), held).await;
    house.worker().round().await.unwrap();
    let member = service.sign_in().await;
    let (page, files) = files(&service, &member).await;
    let shown = service.get(&page, Some(&member)).await.body;
    assert!(!shown.contains("<script"), "{shown}");

    let answer = fetch(&service, &member, &files[0]).await;

    let header = |name: &str| answer.headers()[name].to_str().unwrap();
    assert_eq!(header("content-type"), "application/octet-stream");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(
        header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    let folio = page.strip_prefix("/casos/").unwrap();
    let name = format!("{folio}-archivo-1.pdf");
    assert_eq!(
        header("content-disposition"),
        format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}")
    );
}

#[tokio::test]
async fn only_who_may_see_the_case_gets_its_files() {
    let service = Service::start().await;
    let house = &service.house;
    let held = vec![house.hold("acta.pdf", b"one").await];
    house.file_with(story(STORY), held).await;
    house.worker().round().await.unwrap();
    let member = service.sign_in().await;
    let (page, listed) = files(&service, &member).await;
    let address = listed[0]["address"].as_str().unwrap();
    assert_eq!(service.get(address, None).await.status, 303);

    let other = house.case(story(STORY)).await;
    let name = address.rsplit('/').next().unwrap();
    for wrong in [
        format!("/casos/{other}/evidencia/{name}"),
        format!("{page}/evidencia/0"),
        format!("{page}/evidencia/{name}0"),
        format!("/casos/CE-2026-999999/evidencia/{name}"),
    ] {
        let answer = service.get(&wrong, Some(&member)).await;
        assert_eq!(answer.status, 404, "{wrong}");
        assert!(answer.header("content-type").starts_with("text/html"));
    }
}

/// One that cannot begin gets a page that says so; one that fails on its way breaks off, so that
/// nobody takes it for the whole.
#[tokio::test]
async fn a_file_that_is_not_whole_never_arrives_as_if_it_were() {
    let service = Service::start().await;
    let house = &service.house;
    let no_begin = house.hold("sin principio.pdf", &long()).await;
    let no_end = house.hold("sin final.pdf", &long()).await;
    let mut other = house.hold("otra.pdf", &long()).await;
    other.sha256 = sealing::evidence::Sha256([7; 32]);
    let gone = [
        no_begin.chunk_ids().next().unwrap(),
        no_end.chunk_ids().last().unwrap(),
    ];
    house.mailroom.remove_chunks(&gone).await.unwrap();
    house
        .file_with(story(STORY), vec![no_begin, no_end, other])
        .await;
    house.worker().round().await.unwrap();
    let member = service.sign_in().await;
    let (page, files) = files(&service, &member).await;
    let shown = service.get(&page, Some(&member)).await.body;
    assert_eq!(shown.matches("Falta una parte.").count(), 2, "{shown}");
    assert!(shown.contains("No es el archivo que se envió."), "{shown}");

    for file in &files {
        let answer = fetch(&service, &member, file).await;
        if file["name"] == "sin principio.pdf" {
            assert_eq!(answer.status(), 409);
            assert_eq!(file["wholeness"], "incomplete");
        } else {
            assert_eq!(answer.status(), 200);
            let body = answer.bytes().await;
            assert!(
                body.is_err(),
                "{} arrived as if it were whole",
                file["name"]
            );
        }
    }
    // Everything that came is still there.
    let case = house.register().await[0].id;
    assert!(
        house
            .cases
            .case_chunk(case, gone[0])
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        house
            .mailroom
            .mailbox([0; 32].into())
            .await
            .unwrap()
            .is_empty()
    );
}
