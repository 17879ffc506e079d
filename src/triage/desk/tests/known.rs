//! Which cases exist for whom.

use domain::case::Folio;
use domain::committee::Seat;
use serde_json::json;

use super::{Answer, Member, PASSPHRASE, Service};
use crate::testing::story;

const NARRATIVE: &str = "El supervisor cambia los turnos a cambio de dinero desde enero.";
const NEWCOMER: &str = "wenceslada";
/// As the house names them.
const NAME: &str = "Wenceslada Urrutia Xicoténcatl";

async fn sign_in(service: &Service, user: &str) -> Member {
    let answer = service.sign_in_as(user, PASSPHRASE, None).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    Member::of(&answer)
}

/// The answer for a folio that nobody ever got.
async fn of_nothing(service: &Service, member: &Member, path: &str, folio: Folio) -> Answer {
    let other = Folio::new(folio.year(), (folio.digits() + 1) % Folio::PER_YEAR).unwrap();
    service
        .get(&path.replace("{folio}", &other.to_string()), Some(member))
        .await
}

async fn sees(service: &Service, member: &Member, folio: Folio) -> bool {
    let mut seen = Vec::new();
    for path in ["/casos/{folio}", "/api/v1/cases/{folio}"] {
        let answer = service
            .get(&path.replace("{folio}", &folio.to_string()), Some(member))
            .await;
        let nothing = of_nothing(service, member, path, folio).await;
        assert_eq!(nothing.status, 404);
        seen.push(answer.status == 200);
        if answer.status != 200 {
            assert_eq!(answer, nothing, "{path} tells that there is something");
        }
    }
    let listed = service
        .get("/", Some(member))
        .await
        .body
        .contains(&folio.to_string());
    let register = service.json("/api/v1/cases", member).await;
    let counted = register["cases"].as_array().unwrap().len() == 1;
    assert!(seen.iter().all(|seen| *seen == listed && *seen == counted));
    listed
}

#[tokio::test]
async fn whoever_comes_later_knows_of_a_case_once_another_member_has_looked() {
    let service = Service::start().await;
    service.house.file(story(NARRATIVE)).await;
    service.house.worker().round().await.unwrap();
    let folio = service.house.register().await[0].folio;
    let first = service.sign_in().await;
    service
        .house
        .member(Seat::SecretariaTecnica, NEWCOMER, PASSPHRASE)
        .await;
    let newcomer = sign_in(&service, NEWCOMER).await;
    assert!(!sees(&service, &newcomer, folio).await);

    let list = service.get("/", Some(&first)).await;
    assert!(list.body.contains("action=\"/copias\""), "{}", list.body);
    let form = format!("csrf={}", first.token);
    let given = service.post("/copias", Some(&first), &form).await;
    assert_eq!(given.status, 303);
    let log = service.get("/bitacora", Some(&first)).await;
    assert!(log.body.contains("copias"), "{}", log.body);
    assert!(sees(&service, &newcomer, folio).await);
    let list = service.get("/", Some(&first)).await;
    assert!(!list.body.contains("action=\"/copias\""));
}

#[tokio::test]
async fn whoever_is_denounced_sees_what_somebody_sees_where_there_is_nothing() {
    let service = Service::start().await;
    service
        .house
        .member(Seat::Presidencia, NEWCOMER, PASSPHRASE)
        .await;
    let mut complaint = story(NARRATIVE);
    complaint["people"] = json!([{ "name": NAME }]);
    service.house.file(complaint).await;
    service.house.worker().round().await.unwrap();
    let folio = service.house.register().await[0].folio;
    let denounced = sign_in(&service, NEWCOMER).await;
    assert!(!sees(&service, &denounced, folio).await);
    let other = service.sign_in().await;
    assert!(sees(&service, &other, folio).await);
}

#[tokio::test]
async fn whoever_steps_in_reads_a_case_once_another_member_has_opened_it() {
    let service = Service::start().await;
    for (seat, login) in [
        (Seat::Presidencia, NEWCOMER),
        (Seat::SecretariaTecnica, "casimira"),
        (Seat::RepresentacionOic, "gumersindo"),
    ] {
        service.house.member(seat, login, PASSPHRASE).await;
    }
    let token = service.house.file(story(NARRATIVE)).await;
    service.house.worker().round().await.unwrap();
    let folio = service.house.register().await[0].folio;
    let text = format!("La persona que cobra es {NAME}.");
    service.house.write(&token, &text).await;
    service.house.worker().round().await.unwrap();

    // With the presidency out, too few are left, and the control body's representative steps in.
    let steps_in = sign_in(&service, "gumersindo").await;
    let path = format!("/casos/{folio}");
    let early = service.get(&path, Some(&steps_in)).await;
    assert_eq!(early.status, 409, "{}", early.body);
    assert!(
        early
            .body
            .contains("Todavía no tiene una copia de la llave")
    );
    let other = service.sign_in().await;
    assert_eq!(service.get(&path, Some(&other)).await.status, 200);
    assert_eq!(service.get(&path, Some(&steps_in)).await.status, 200);
}

#[tokio::test]
async fn a_message_that_names_a_member_takes_the_case_from_them() {
    let service = Service::start().await;
    service
        .house
        .member(Seat::Presidencia, NEWCOMER, PASSPHRASE)
        .await;
    let token = service.house.file(story(NARRATIVE)).await;
    service.house.worker().round().await.unwrap();
    let folio = service.house.register().await[0].folio;
    let named = sign_in(&service, NEWCOMER).await;
    assert!(sees(&service, &named, folio).await);
    service
        .house
        .write(&token, &format!("La persona que cobra es {NAME}."))
        .await;
    service.house.worker().round().await.unwrap();
    assert!(!sees(&service, &named, folio).await);
    let other = service.sign_in().await;
    assert!(sees(&service, &other, folio).await);
    let page = service.get(&format!("/casos/{folio}"), Some(&other)).await;
    assert!(page.body.contains("La persona que cobra es"));
}
