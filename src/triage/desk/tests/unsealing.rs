//! Opening a sealed service with the members' shares, and sealing it again.

use jiff::SignedDuration;
use opening::custody::{self, Quorum, Share};
use opening::{CommitteeIdentity, Passphrase};
use reqwest::header::{CONTENT_TYPE, HeaderName, LOCATION};
use reqwest::{Method, StatusCode};

use super::{Answer, PASSPHRASE, Service, USER};
use crate::testing::House;
use crate::vault::Expected;

pub(super) const HOLDER: &str = "la frase de quien guarda la parte";

/// Two shares that open a key together.
fn shares(identity: &CommitteeIdentity) -> Vec<Share> {
    custody::split(identity, Quorum::new(2, 2).unwrap())
}

/// A share as its holder's file.
fn file(share: &Share) -> String {
    let file = share.to_protected(Passphrase::from(HOLDER.to_owned()));
    String::from_utf8(file.unwrap()).unwrap()
}

/// What a service is started with that waits for shares of its house's key, and their files.
pub(super) fn shares_of(house: &House) -> (Expected, Vec<String>) {
    let shares = shares(&house.identity);
    let expected = Expected {
        recipients: Some(house.recipients.clone()),
        shares: Some(shares[0].splitting().id()),
        recovery: None,
    };
    (expected, shares.iter().map(file).collect())
}

async fn sealed() -> (Service, Vec<String>) {
    let house = House::new().await;
    let (expected, shares) = shares_of(&house);
    (Service::serve(house, expected, false).await, shares)
}

impl Service {
    pub(super) async fn hand_in(&self, file: &str, passphrase: &str) -> Answer {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"share\"; filename=\"share-1.key\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n{file}\r\n--x\r\n\
             Content-Disposition: form-data; name=\"passphrase\"\r\n\r\n{passphrase}\r\n--x--\r\n"
        );
        let headers = [(CONTENT_TYPE, "multipart/form-data; boundary=x")];
        self.send(Method::POST, "/abrir", &headers, &body).await
    }
}

fn leads_to(answer: &Answer, place: &str) -> bool {
    (answer.status.as_u16(), answer.header(LOCATION)) == (303, place)
}

#[tokio::test]
async fn enough_shares_open_the_service_and_one_less_does_not() {
    let (service, shares) = sealed().await;
    assert!(leads_to(
        &service.hand_in(&shares[1], HOLDER).await,
        "/abrir"
    ));
    let page = service.get("/abrir", None).await;
    assert!(
        page.body.contains("Partes recibidas: 1 de 2."),
        "{}",
        page.body
    );
    assert_eq!(service.get("/entrar", None).await.status, 503);

    assert!(leads_to(
        &service.hand_in(&shares[0], HOLDER).await,
        "/entrar"
    ));
    assert_eq!(service.get("/entrar", None).await.status, 200);
    service.sign_in().await;
    // There is nothing left to open.
    assert!(leads_to(&service.get("/abrir", None).await, "/entrar"));
    let answer = service.hand_in(&shares[1], HOLDER).await;
    assert!(leads_to(&answer, "/entrar"));
}

#[tokio::test]
async fn a_share_of_a_ceremony_that_was_given_up_counts_no_more() {
    let (service, shares) = sealed().await;
    service.hand_in(&shares[0], HOLDER).await;
    service.house.clock.advance(SignedDuration::from_mins(30));
    let page = service.get("/abrir", None).await;
    assert!(!page.body.contains("Partes recibidas"), "{}", page.body);
    let late = service.hand_in(&shares[1], HOLDER).await;
    assert!(leads_to(&late, "/abrir"));
    assert_eq!(service.get("/entrar", None).await.status, 503);
}

#[tokio::test]
async fn what_is_no_share_of_this_set_is_refused_with_the_same_words_and_is_in_nobodys_way() {
    let (service, own) = sealed().await;
    assert!(leads_to(&service.hand_in(&own[0], HOLDER).await, "/abrir"));
    let identity = &service.house.identity;
    let whole = identity.to_protected(Passphrase::from(HOLDER.to_owned()));
    let whole = String::from_utf8(whole.unwrap()).unwrap();
    let same_key = file(&shares(identity)[1]);
    let other_key = file(&shares(&CommitteeIdentity::generate())[0]);
    let mut answers = Vec::new();
    for (file, passphrase) in [
        (own[1].as_str(), "otra frase"),
        (own[0].as_str(), HOLDER),
        (same_key.as_str(), HOLDER),
        (other_key.as_str(), HOLDER),
        (whole.as_str(), HOLDER),
        ("ninguna parte", HOLDER),
        ("", ""),
    ] {
        let answer = service.hand_in(file, passphrase).await;
        assert_eq!(answer.status, 422, "{file}");
        assert!(
            answer.body.contains("La parte no se aceptó."),
            "{}",
            answer.body
        );
        answers.push(answer.body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "nothing tells what was wrong");
    assert_eq!(service.get("/entrar", None).await.status, 503);
    assert!(leads_to(&service.hand_in(&own[1], HOLDER).await, "/entrar"));
}

#[tokio::test]
async fn case_files_of_another_key_stay_closed_and_the_service_sealed() {
    let other = CommitteeIdentity::generate();
    let shares = shares(&other);
    let expected = Expected {
        recipients: Some(other.recipients().clone()),
        shares: Some(shares[0].splitting().id()),
        recovery: None,
    };
    // The cases were begun with the house's own key.
    let service = Service::serve(House::new().await, expected, false).await;
    service.hand_in(&file(&shares[0]), HOLDER).await;
    let answer = service.hand_in(&file(&shares[1]), HOLDER).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(service.get("/entrar", None).await.status, 503);
}

#[tokio::test]
async fn a_service_that_was_not_told_which_shares_are_meant_takes_none() {
    let service = Service::sealed().await;
    let page = service.get("/abrir", None).await;
    assert!(page.body.contains("--recipients"), "{}", page.body);
    assert!(!page.body.contains("<form method"), "{}", page.body);
    // Whoever comes first would otherwise make it theirs.
    for share in &shares(&CommitteeIdentity::generate()) {
        assert_eq!(service.hand_in(&file(share), HOLDER).await.status, 422);
    }
    assert_eq!(service.get("/entrar", None).await.status, 503);
}

#[tokio::test]
async fn a_form_that_is_none_is_refused() {
    let (service, _) = sealed().await;
    for (kind, body, status) in [
        ("multipart/form-data; boundary=x", "--x--\r\n", 400),
        ("multipart/form-data", "--x--\r\n", 400),
        ("multipart/form-data; boundary=", "", 400),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--x--\r\n",
            400,
        ),
        (
            "application/x-www-form-urlencoded",
            "share=1&passphrase=2",
            415,
        ),
    ] {
        let answer = service
            .send(Method::POST, "/abrir", &[(CONTENT_TYPE, kind)], body)
            .await;
        assert_eq!(answer.status, status, "{kind} {body}");
    }
    let foreign = [
        (CONTENT_TYPE, "multipart/form-data; boundary=x"),
        (HeaderName::from_static("sec-fetch-site"), "cross-site"),
    ];
    let answer = service.send(Method::POST, "/abrir", &foreign, "").await;
    assert_eq!(answer.status, 403);
    let long = "x".repeat(32 << 10);
    assert_eq!(service.hand_in(&long, HOLDER).await.status, 413);
}

#[tokio::test]
async fn sealing_forgets_the_key_and_signs_everybody_out() {
    let (service, shares) = sealed().await;
    for share in &shares {
        service.hand_in(share, HOLDER).await;
    }
    let member = service.sign_in().await;
    let other = service.sign_in().await;
    let seal = async |token: &str| {
        let form = format!("csrf={token}");
        service.post("/sellar", Some(&member), &form).await
    };
    assert_eq!(seal("").await.status, 403, "it takes the session's token");
    assert_eq!(service.get("/", Some(&other)).await.status, 200);

    assert!(leads_to(&seal(&member.token).await, "/abrir"));
    for member in [&member, &other] {
        assert_eq!(service.get("/", Some(member)).await.status, 503);
    }
    let ready = service.get("/health/ready", None).await;
    assert!(ready.body.contains("\"sealed\":true"), "{}", ready.body);

    for share in &shares {
        service.hand_in(share, HOLDER).await;
    }
    // The sessions from before are over.
    assert!(leads_to(&service.get("/", Some(&member)).await, "/entrar"));
    let again = service.sign_in_as(USER, PASSPHRASE, None).await;
    assert_eq!(again.status, 201);
}
