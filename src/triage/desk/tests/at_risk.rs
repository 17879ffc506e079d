//! The banner of a life at risk: on every page, for whoever may open the case, until somebody attended to it.

use domain::case::Folio;
use serde_json::{Value, json};

use super::acts::Committee;
use super::{Answer, Member};

/// A class that nothing else on a page has.
const ALARM: &str = "class=\"alarm\"";

async fn urgent(committee: &Committee, name: &str) -> Folio {
    let told = json!({
        "narrative": "Mi jefe dice que me va a matar si hablo.",
        "immediate_danger": true,
        "people": [{ "name": name }],
    });
    committee.service.house.case(told).await
}

async fn get(committee: &Committee, path: &str, member: &Member) -> Answer {
    committee.service.get(path, Some(member)).await
}

/// The banner of a page, if it has one.
fn banner(page: &str) -> Option<&str> {
    let (_, from) = page.split_once(ALARM)?;
    from.split_once("</p>").map(|(banner, _)| banner)
}

async fn told(committee: &Committee, member: &Member) -> Value {
    let session = committee.service.json("/api/v1/session", member).await;
    session["life_at_risk"].clone()
}

#[tokio::test]
async fn every_page_names_the_case_until_somebody_attends_to_it() {
    let committee = Committee::new().await;
    let (president, technical) = (&committee.president, &committee.technical);
    let quiet = get(&committee, "/hoy", president).await.body;
    assert_eq!(banner(&quiet), None);
    assert_eq!(told(&committee, president).await, json!([]));

    let folio = urgent(&committee, "Alguien Más").await;
    let link = format!("href=\"/casos/{folio}\"");
    for path in [
        "/",
        "/hoy",
        "/tablero",
        "/calendario",
        "/buscar",
        "/bitacora",
        "/integrantes",
        "/conservacion",
        "/calendario/suspensiones",
        "/mi-cuenta",
        "/ayuda",
        "/actos",
        "/sesiones",
    ] {
        let page = get(&committee, path, president).await;
        assert_eq!(page.status, 200, "{path}");
        let shown = banner(&page.body).unwrap_or_else(|| panic!("{path}: {}", page.body));
        assert!(shown.contains(&link), "{path}: {shown}");
    }
    // Also where something is wrong, and on what a form answers.
    let missing = get(&committee, "/casos/CE-2026-999999", president).await;
    assert_eq!(missing.status, 404);
    assert!(banner(&missing.body).unwrap().contains(&link));
    let search = format!("csrf={}&q=guardia", technical.token);
    let found = committee.service.post("/buscar", Some(technical), &search);
    assert!(banner(&found.await.body).unwrap().contains(&link));
    assert_eq!(
        told(&committee, technical).await,
        json!([folio.to_string()])
    );

    let attended = format!(
        "csrf={}&lines=3&mark=RIESGO_VIDA&reason=Se+avis%C3%B3+al+911",
        committee.executive.token
    );
    let path = format!("/casos/{folio}/tramite/QUITAR_MARCA");
    let executive = Some(&committee.executive);
    let answer = committee.service.post(&path, executive, &attended).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    for member in [president, technical, &committee.executive] {
        assert_eq!(banner(&get(&committee, "/hoy", member).await.body), None);
        assert_eq!(told(&committee, member).await, json!([]));
    }
}

/// Neither the folio nor a number: with it and without it, the page is the same.
#[tokio::test]
async fn whoever_is_kept_out_of_the_case_is_not_warned_of_it() {
    let committee = Committee::new().await;
    let technical = &committee.technical;
    let before = get(&committee, "/mi-cuenta", technical).await;
    let hidden = urgent(&committee, "Casilda Zúñiga Peralta").await;
    let after = get(&committee, "/mi-cuenta", technical).await;
    assert_eq!(before.body, after.body);
    assert_eq!(told(&committee, technical).await, json!([]));
    // Nor is the elected member, who is entitled to no case yet.
    assert_eq!(told(&committee, &committee.elected).await, json!([]));
    let told_to_others = get(&committee, "/mi-cuenta", &committee.president)
        .await
        .body;
    assert!(
        banner(&told_to_others)
            .unwrap()
            .contains(&hidden.to_string())
    );

    let open = urgent(&committee, "Alguien Más").await;
    let shown = get(&committee, "/mi-cuenta", technical).await.body;
    let shown = banner(&shown).unwrap();
    assert!(shown.contains(&open.to_string()) && !shown.contains(&hidden.to_string()));
    assert_eq!(told(&committee, technical).await, json!([open.to_string()]));
}

/// What is not known must not look as if there were nothing.
#[tokio::test]
async fn where_it_cannot_be_found_out_every_page_says_so() {
    let committee = Committee::new().await;
    urgent(&committee, "Alguien Más").await;
    let house = &committee.service.house;
    house
        .tamper(&["UPDATE cases SET circle = randomblob(length(circle))"])
        .await;
    let page = get(&committee, "/mi-cuenta", &committee.executive).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(banner(&page.body).unwrap().contains("No se puede saber"));
    let session = get(&committee, "/api/v1/session", &committee.executive).await;
    assert_eq!(session.status, 503, "{}", session.body);
}

/// One case of which nobody can say how it stands hides none of those that are known.
#[tokio::test]
async fn a_case_of_which_nobody_can_say_is_told_of_beside_those_that_are_known() {
    let committee = Committee::new().await;
    let known = urgent(&committee, "Alguien Más").await;
    let damaged = urgent(&committee, "Otra Persona").await;
    let damage = format!(
        "UPDATE cases SET course = randomblob(length(course)) WHERE folio_digits = {}",
        damaged.digits()
    );
    committee.service.house.tamper(&[damage.leak()]).await;
    let page = get(&committee, "/mi-cuenta", &committee.executive).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("No se puede saber"), "{}", page.body);
    assert!(banner(&page.body).unwrap().contains(&known.to_string()));
    let session = get(&committee, "/api/v1/session", &committee.executive).await;
    assert_eq!(session.status, 503, "{}", session.body);
}
