//! For a member who is kept out, a case does not exist: no address tells it from one that does not
//! (T-REC1). Every address of the desk is asked; one that this test does not know how to ask fails it.

use committee::acts::Book;
use domain::case::Folio;
use reqwest::Method;
use reqwest::header::{CONNECTION, CONTENT_TYPE, COOKIE, HeaderName};
use serde_json::json;

use super::recusals::Committee;
use super::{Answer, Member, forgery};
use crate::desk::routes::addresses;

/// Addresses whose braces name nothing of a case.
const NO_CASE: [&str; 3] = [
    "/static/{file}",
    "/invitacion/{code}",
    "/integrantes/{member}/datos",
];

/// Every way to send something to an address: as our own pages and programs do.
const METHODS: [Method; 6] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

/// Something of a hidden case, and something alike that is nowhere.
struct Pair {
    hidden: String,
    nowhere: String,
}

/// Every address of a case, for one that is hidden and for one that is not there.
fn addresses_of_a_case(folio: &Pair, act: &Pair) -> Vec<Pair> {
    let file = format!("{}-0", "0".repeat(32));
    let file = Pair {
        hidden: file.clone(),
        nowhere: file,
    };
    let step = Pair {
        hidden: "REGISTRAR".to_owned(),
        nowhere: "REGISTRAR".to_owned(),
    };
    let paper = Pair {
        hidden: "prevencion".to_owned(),
        nowhere: "prevencion".to_owned(),
    };
    let party = Pair {
        hidden: "persona_denunciada".to_owned(),
        nowhere: "persona_denunciada".to_owned(),
    };
    // Ids of incidents, certificates, meetings and writings: the same nothing for both.
    let id = Pair {
        hidden: "0".repeat(32),
        nowhere: "0".repeat(32),
    };
    let point = Pair {
        hidden: "1".to_owned(),
        nowhere: "1".to_owned(),
    };
    let mut found = Vec::new();
    for address in addresses() {
        let path = address.path;
        if NO_CASE.contains(&path) || !path.contains('{') {
            continue;
        }
        let mut pair = Pair {
            hidden: path.to_owned(),
            nowhere: path.to_owned(),
        };
        for part in path.split('/').filter(|part| part.starts_with('{')) {
            let shown = match part {
                "{folio}" => folio,
                "{file}" => &file,
                "{act}" => act,
                "{paso}" => &step,
                "{paper}" => &paper,
                "{party}" => &party,
                "{incident}" | "{certificate}" | "{meeting}" | "{matter}" | "{attention}" => &id,
                "{point}" | "{page}" | "{seal}" => &point,
                _ => panic!("{path}: say here what {part} stands for"),
            };
            pair.hidden = pair.hidden.replace(part, &shown.hidden);
            pair.nowhere = pair.nowhere.replace(part, &shown.nowhere);
        }
        found.push(pair);
    }
    found
}

async fn ask(
    committee: &Committee,
    member: &Member,
    method: &Method,
    path: &str,
    form: bool,
) -> Answer {
    let mut headers: Vec<(HeaderName, &str)> = vec![(COOKIE, member.cookie.as_str())];
    let body = if path.starts_with("/api/") {
        headers.push((forgery::TOKEN, member.token.as_str()));
        headers.push((CONTENT_TYPE, "application/json"));
        json!({ "text": "Hola.", "reason": "Sí.", "answer": "approve" }).to_string()
    } else {
        headers.push((CONTENT_TYPE, "application/x-www-form-urlencoded"));
        let member_id = committee.elected;
        format!(
            "csrf={}&text=Hola&reason=Si&answer=approve&member={member_id}",
            member.token
        )
    };
    let body = if form { body.as_str() } else { "" };
    let mut answer = committee
        .service
        .send(method.clone(), path, &headers, body)
        .await;
    // Whether the connection stays hangs on whether a body that nobody reads had come by then.
    answer.headers.remove(CONNECTION);
    answer
}

#[tokio::test]
async fn no_address_tells_a_hidden_case_from_one_that_does_not_exist() {
    let committee = Committee::start().await;
    let folio = committee
        .case(json!({
            "narrative": "La Secretaría cambia los turnos a cambio de dinero.",
            "people": [{ "name": "Bonifacio Quintanar Robledo" }],
        }))
        .await;
    let (executive, president) = (
        committee.enter("ejecutiva").await,
        committee.enter("presidencia").await,
    );
    let proposal = format!("member={}&reason=Son+parientes", committee.elected);
    let path = format!("/casos/{folio}/excusas/proponer");
    assert_eq!(
        committee.send(&president, &path, &proposal).await.status,
        303
    );
    let house = &committee.service.house;
    let acts = Book::new(&*house.cases, &house.keyring)
        .readable()
        .await
        .unwrap()
        .records;
    let act = Pair {
        hidden: acts[0].act.id.to_string(),
        nowhere: "7".repeat(32),
    };
    let digits = if folio.digits() == 1 { 2 } else { 1 };
    let folio = Pair {
        hidden: folio.to_string(),
        nowhere: Folio::new(folio.year(), digits).unwrap().to_string(),
    };
    let mut asked = 0;
    // Where both are the same, there is nothing to tell apart.
    let all = addresses_of_a_case(&folio, &act).into_iter();
    for Pair { hidden, nowhere } in all.filter(|pair| pair.hidden != pair.nowhere) {
        for method in &METHODS {
            for (form, after) in [(true, ""), (false, ""), (true, "?a=b"), (true, "/nada")] {
                let path = format!("{hidden}{after}");
                let hidden = ask(&committee, &executive, method, &path, form).await;
                let nowhere = format!("{nowhere}{after}");
                let nowhere = ask(&committee, &executive, method, &nowhere, form).await;
                assert_eq!(hidden, nowhere, "{method} {path}");
                assert_ne!(hidden.status, 200, "{method} {path}");
                asked += 1;
            }
        }
    }
    assert!(asked > 100);
}

#[tokio::test]
async fn nothing_on_any_page_changes_when_a_case_comes_and_is_worked_on_that_is_hidden() {
    let committee = Committee::start().await;
    committee
        .case(json!({ "narrative": "El supervisor pide dinero por los turnos." }))
        .await;
    let executive = committee.enter("ejecutiva").await;
    let pages: Vec<String> = addresses()
        .map(|address| address.path)
        .filter(|path| !path.contains('{') && !path.starts_with("/health/"))
        .map(str::to_owned)
        .chain(
            [
                "/?year=2026",
                "/?state=EN_REVISION",
                "/api/v1/cases?year=2026",
                "/api/v1/cases?state=EN_REVISION",
            ]
            .map(str::to_owned),
        )
        .collect();
    let all = async || {
        let mut answers = Vec::new();
        for page in &pages {
            let mut answer = committee.service.get(page, Some(&executive)).await;
            // What a form draws each time says nothing.
            if let Some((start, rest)) = answer.body.split_once("name=\"once\" value=\"") {
                answer.body = format!("{start}{}", &rest[32..]);
            }
            answers.push(answer);
        }
        answers
    };
    let president = committee.enter("presidencia").await;
    all().await;
    let before = all().await;
    let hidden = committee
        .case(json!({
            "narrative": "La Secretaría cambia los turnos a cambio de dinero.",
            "people": [{ "name": "Bonifacio Quintanar Robledo" }],
        }))
        .await;
    let page = format!("/casos/{hidden}");
    let opened = committee.service.get(&page, Some(&president)).await;
    assert_eq!(opened.status, 200);
    let share = format!("member={}", committee.elected);
    let path = format!("/casos/{hidden}/excusas/compartir");
    assert_eq!(committee.send(&president, &path, &share).await.status, 303);
    let lift = format!("member={}&reason=Es+un+hom%C3%B3nimo", committee.executive);
    let path = format!("/casos/{hidden}/excusas/levantar");
    assert_eq!(committee.send(&president, &path, &lift).await.status, 303);
    let after = all().await;
    for ((page, before), after) in pages.iter().zip(&before).zip(&after) {
        assert_eq!(after, before, "{page}");
    }
}
