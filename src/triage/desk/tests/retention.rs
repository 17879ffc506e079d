//! Keeping closed cases, blocking them, and what is left of one that two deleted.

use committee::places;
use domain::case::{CaseState, Folio};
use domain::procedure::Course;
use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::json;
use store::casefiles::CaseFiles as _;
use store::steps::{CaseChange, CaseStep, NewCourse, Steps as _};

use super::acts::{Committee, sign_in};
use super::{Answer, Member};
use crate::testing::House;

/// Closes a case today.
pub(super) async fn close(house: &House, folio: Folio) {
    let entry = house.cases.case(folio).await.unwrap().unwrap();
    let handle = house.cases.handle(entry.id).await.unwrap().unwrap();
    let today: Date = house.today();
    let course: Course = serde_json::from_value(json!({
        "state": "CONCLUIDA", "since": today, "received_on": entry.received_on,
        "last_entry": today, "clocks": [],
    }))
    .unwrap();
    let place = places::course(entry.id);
    let sealed = house.keyring.seal_record(&place, &course, 4 << 10).unwrap();
    let step = CaseStep {
        change: CaseChange {
            state: Some((entry.state, CaseState::Concluded)),
            course: Some(NewCourse {
                expected: handle.course,
                sealed,
            }),
            ..CaseChange::default()
        },
        ..CaseStep::on(entry.id)
    };
    house.cases.step(&step).await.unwrap();
}

/// Goes on past the end of the shortest term, and signs in again.
pub(super) async fn years_later(committee: &Committee) -> [Member; 3] {
    let clock = &committee.service.house.clock;
    clock.advance(SignedDuration::from_hours(24 * (3 * 365 + 2)));
    let service = &committee.service;
    [
        sign_in(service, "aurelia").await,
        sign_in(service, "bonifacio").await,
        sign_in(service, "casilda").await,
    ]
}

async fn page(committee: &Committee, member: &Member) -> String {
    let page = committee.service.get("/conservacion", Some(member)).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.body
}

async fn certificate(committee: &Committee, member: &Member, act: &str) -> Answer {
    let path = format!("/conservacion/{act}");
    committee.service.get(&path, Some(member)).await
}

#[tokio::test]
async fn a_closed_case_is_kept_then_blocked_and_two_delete_it_and_leave_a_certificate() {
    let committee = Committee::new().await;
    let house = &committee.service.house;
    let (open, _) = committee.case(None).await;
    let (folio, token) = committee.case(Some("Casilda Zúñiga Peralta")).await;
    close(house, folio).await;
    let before = page(&committee, &committee.president).await;
    assert!(before.contains(&format!("/casos/{folio}\"")), "{before}");
    assert!(!before.contains(&open.to_string()), "it is open");
    assert!(!before.contains("actos/borrar"), "its term runs");
    assert_eq!(
        committee.page(&committee.president, folio).await.status,
        200
    );

    let [president, executive, accused] = years_later(&committee).await;
    let now = page(&committee, &president).await;
    assert!(now.contains(&format!("/casos/{folio}/actos/borrar")));
    let blocked = committee.page(&president, folio).await;
    assert_eq!(blocked.status, 409, "nobody opens it alone any more");
    assert_eq!(committee.page(&president, open).await.status, 200);
    let kept_out = page(&committee, &accused).await;
    assert!(!kept_out.contains(&folio.to_string()));
    let hidden = committee.page(&accused, folio).await;
    assert_eq!(hidden.status, 404, "nor that it is blocked");

    let act = committee.ask(&president, folio, "borrar").await;
    assert_eq!(committee.say(&executive, &act, "approve").await.status, 303);
    assert!(house.mailbox(&token).await.is_empty());
    assert!(house.cases.case(folio).await.unwrap().is_none());
    let left = certificate(&committee, &president, &act).await;
    assert_eq!(left.status, 200);
    for said in [
        folio.to_string().as_str(),
        "Aurelia Montejano Islas",
        "Bonifacio Quintanar Robledo",
        "LGRA 74",
        "7 años",
    ] {
        assert!(left.body.contains(said), "{said} in {}", left.body);
    }
    assert!(!left.body.contains("guardia"), "nothing of what it said");
    assert_eq!(certificate(&committee, &accused, &act).await.status, 404);
    assert!(
        !page(&committee, &accused)
            .await
            .contains(&folio.to_string())
    );
    assert!(
        page(&committee, &executive)
            .await
            .contains(&format!("/conservacion/{act}"))
    );
}

#[tokio::test]
async fn a_case_with_a_message_since_its_closing_is_neither_blocked_nor_deleted() {
    let committee = Committee::new().await;
    let house = &committee.service.house;
    let (folio, token) = committee.case(None).await;
    close(house, folio).await;
    house.clock.advance(SignedDuration::from_hours(24 * 30));
    house.write(&token, "Volvió a pasar y tengo miedo.").await;
    house.worker().round().await.unwrap();
    let [president, executive, _] = years_later(&committee).await;
    assert!(
        page(&committee, &president)
            .await
            .contains("Llegó un mensaje")
    );
    assert_eq!(committee.page(&president, folio).await.status, 200);
    let act = committee.ask(&president, folio, "borrar").await;
    committee.say(&executive, &act, "approve").await;
    assert_eq!(committee.page(&president, folio).await.status, 200);
    assert!(!house.mailbox(&token).await.is_empty());
    assert_eq!(certificate(&committee, &president, &act).await.status, 404);
}

#[tokio::test]
async fn nothing_is_deleted_while_a_message_waits_that_may_be_of_the_case() {
    let committee = Committee::new().await;
    let house = &committee.service.house;
    let (folio, token) = committee.case(None).await;
    close(house, folio).await;
    let [president, executive, _] = years_later(&committee).await;
    let act = committee.ask(&president, folio, "borrar").await;
    house.write(&token, "Volvió a pasar y tengo miedo.").await;
    committee.say(&executive, &act, "approve").await;
    assert!(house.cases.case(folio).await.unwrap().is_some());
    house.worker().round().await.unwrap();
    house.clock.advance(SignedDuration::from_mins(30));
    let log = committee.service.desk.vault.log();
    house.worker().tend_acts(log).await.unwrap();
    assert!(
        house.cases.case(folio).await.unwrap().is_some(),
        "somebody wrote"
    );
    assert!(!house.mailbox(&token).await.is_empty());
}

#[tokio::test]
async fn of_a_case_that_was_deleted_before_its_time_the_certificate_says_so() {
    let committee = Committee::new().await;
    let (folio, _) = committee.case(None).await;
    let act = committee.ask(&committee.president, folio, "borrar").await;
    committee.say(&committee.executive, &act, "approve").await;
    let left = certificate(&committee, &committee.president, &act).await;
    assert!(left.body.contains("no estaba cerrado"), "{}", left.body);
    let outside = certificate(&committee, &committee.elected, &act).await;
    assert_eq!(outside.status, 200, "whoever may know of cases");
}
