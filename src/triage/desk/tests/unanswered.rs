//! A party lets a term pass without a word: today says so with the rule, and a person confirms what follows.

use committee::course;
use domain::calendar::Calendar;
use domain::case::{CaseState, Folio};
use domain::catalogue::TermKey;
use domain::procedure::{About, Clock, Course};
use jiff::SignedDuration;
use store::casefiles::CaseFiles as _;
use store::steps::{CaseStep, Steps as _};

use super::acts::{Committee, sign_in};
use super::*;

/// Lets a term of a party begin today, with the case in this state.
async fn wait_for(house: &House, folio: Folio, state: CaseState, key: TermKey) {
    let entry = house.cases.case(folio).await.unwrap().unwrap();
    let handle = house.cases.handle(entry.id).await.unwrap().unwrap();
    let clock = Clock::start(key, About::Case, house.today(), &Calendar::default()).unwrap();
    let course = Course::adopt(state, entry.received_on, vec![clock], None);
    let change = course::change(&house.keyring, &handle, &entry.terms, &course).unwrap();
    let step = CaseStep {
        change,
        ..CaseStep::on(entry.id)
    };
    house.cases.step(&step).await.unwrap();
}

async fn part(all: &Committee, member: &Member) -> Option<String> {
    let today = all.service.get("/hoy", Some(member)).await.body;
    let (_, rest) = today.split_once("id=\"unanswered\"")?;
    Some(rest.split_once("</section>").unwrap().0.to_owned())
}

const HEARD: &str = "Llegaron mensajes desde que se pidió; léalos antes de confirmar.";

/// What is said of a case.
fn line_of(part: &str, folio: Folio) -> &str {
    let mut lines = part.split("<li>");
    lines
        .find(|line| line.contains(&folio.to_string()))
        .unwrap()
}

#[tokio::test]
async fn today_asks_a_person_to_confirm_what_follows_on_silence_and_nothing_is_done_by_itself() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let (asked, _) = all.case(None).await;
    let (answering, _) = all.case(None).await;
    let (inquired, _) = all.case(None).await;
    let (hidden, _) = all.case(Some("Casilda Zúñiga Peralta")).await;
    let (writing, mailbox) = all.case(None).await;
    for folio in [asked, answering, hidden, writing] {
        wait_for(
            house,
            folio,
            CaseState::NeedsInformation,
            TermKey::PrevencionDesahogo,
        )
        .await;
    }
    let key = TermKey::DescargoDenunciada;
    wait_for(house, inquired, CaseState::AwaitingAnswer, key).await;
    assert_eq!(part(&all, &all.executive).await, None, "the terms run");

    // As a message like any other, which stops nothing.
    house.write(&mailbox, "Fue el martes por la tarde.").await;
    house.clock.advance(SignedDuration::from_hours(13 * 24));
    house.worker().round().await.unwrap();
    let executive = sign_in(&all.service, "bonifacio").await;
    let answer = json!({ "move": "DESAHOGAR_PREVENCION" });
    assert_eq!(
        all.step(&executive, answering, answer, &[]).await.status,
        201
    );
    let shown = part(&all, &executive).await.unwrap();
    for (folio, step, norm) in [
        (asked, "ARCHIVAR_SIN_TRAMITE", "CHIS 60"),
        (inquired, "PRECLUIR_DESCARGO", "CHIS 73"),
    ] {
        let way = format!("href=\"/casos/{folio}/tramite/{step}\"");
        assert!(
            shown.contains(&way) && shown.contains(norm),
            "{way} in {shown}"
        );
    }
    assert!(!shown.contains(&answering.to_string()));
    assert_eq!(shown.matches(HEARD).count(), 1, "{shown}");
    assert!(line_of(&shown, writing).contains(HEARD));
    // The table of the part has its very lines, with the reasons.
    let table = all
        .service
        .get("/hoy.csv?part=unanswered", Some(&executive));
    let table = table.await.body;
    for line in table.lines().skip(1) {
        let folio = line.trim_start_matches('"').split('"').next().unwrap();
        assert!(shown.contains(folio), "{folio} in {shown}");
        assert!(line.contains("Ninguna respuesta detuvo el plazo"), "{line}");
    }
    assert_eq!(
        table.lines().count() - 1,
        shown.matches("<li>").count(),
        "{table}"
    );
    assert_eq!(table.matches(HEARD).count(), 1, "{table}");
    // Told once, and to others as nothing that they can do.
    let today = all.service.get("/hoy", Some(&executive)).await.body;
    let due = today.split_once("id=\"due\"").unwrap().1;
    let due = due.split_once("</section>").unwrap().0;
    assert!(!due.contains("/casos/"), "{due}");
    let due = all.service.get("/hoy.csv?part=due", Some(&executive)).await;
    assert_eq!(due.body.lines().count(), 1, "{}", due.body);
    let technical = sign_in(&all.service, "casilda").await;
    let theirs = part(&all, &technical).await.unwrap();
    assert!(theirs.contains(&asked.to_string()) && !theirs.contains(&hidden.to_string()));
    // The Secretaría Técnica does not archive; who may only know of the cases takes no step in them.
    assert!(theirs.contains("PRECLUIR_DESCARGO") && !theirs.contains("ARCHIVAR_SIN_TRAMITE"));
    let elected = sign_in(&all.service, "donato").await;
    let known = part(&all, &elected).await.unwrap();
    assert!(known.contains(&asked.to_string()));
    assert!(
        !known.contains("/tramite/") && !known.contains(HEARD),
        "{known}"
    );
    // Nobody but a person did anything.
    for (folio, state) in [(asked, "PREVENIDA"), (inquired, "EN_DESCARGO")] {
        assert_eq!(all.course(&executive, folio).await["state"], state);
    }
    let listed = all
        .service
        .json("/api/v1/cases?alert=SIN_RESPUESTA", &executive)
        .await;
    assert_eq!(listed["cases"].as_array().unwrap().len(), 4, "{listed}");

    let path = format!("/casos/{inquired}/tramite/PRECLUIR_DESCARGO");
    let form = format!("csrf={}", executive.token);
    let made = all.service.post(&path, Some(&executive), &form).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let shown = part(&all, &executive).await.unwrap();
    assert!(!shown.contains(&inquired.to_string()) && shown.contains(&asked.to_string()));
}
