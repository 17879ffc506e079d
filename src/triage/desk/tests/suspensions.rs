//! The Secretaría Técnica enters days on which terms stand still; they count at once, for all, and after
//! a restart.

use std::sync::Arc;

use committee::log::Event;
use domain::case::Folio;
use domain::catalogue::TermKey;
use jiff::civil::{Date, date};
use reqwest::header::LOCATION;
use serde_json::json;

use super::recusals::Committee;
use crate::desk::suspensions::HERE;
use crate::testing::{House, story};
use crate::vault::{Expected, Vault};
use crate::worker::Worker;

const BACK: &str = "/calendario/suspensiones/levantar";
const PROFILE: &str = "/calendario/perfil";
const DAYS: &str = "from=2026-03-06&to=2026-03-09&reason=Puente&source=DOF+15-01-2026";

/// A worker that counts by what the desk counts by, as the service starts it.
async fn registered_by(house: &House, vault: &Vault) -> Date {
    let before: Vec<Folio> = house
        .register()
        .await
        .iter()
        .map(|entry| entry.folio)
        .collect();
    house
        .file(story("Se llevan medicamentos de la farmacia."))
        .await;
    let worker = Worker {
        calendar: vault.calendar().clone(),
        ..house.worker()
    };
    worker.round().await.unwrap();
    let register = house.register().await;
    assert_eq!(register.len(), before.len() + 1);
    let mut new = register
        .iter()
        .filter(|entry| !before.contains(&entry.folio));
    let mut terms = new.next().unwrap().terms.iter();
    let term = terms.find(|term| term.deadline.key == TermKey::RegistroSseccoe);
    term.unwrap().deadline.due_on
}

#[tokio::test]
async fn the_technical_secretary_enters_days_and_terms_count_them_at_once_and_after_a_restart() {
    let committee = Committee::start().await;
    let (house, vault) = (&committee.service.house, &committee.service.desk.vault);
    // Three working days from Wednesday, 4 March 2026.
    assert_eq!(registered_by(house, vault).await, date(2026, 3, 9));

    let technical = committee.enter("tecnica").await;
    let done = committee.send(&technical, HERE, DAYS).await;
    assert_eq!(
        (done.status.as_u16(), done.header(LOCATION)),
        (303, HERE),
        "{}",
        done.body
    );
    assert_eq!(registered_by(house, vault).await, date(2026, 3, 11));

    let again = committee.send(&technical, HERE, DAYS).await;
    assert_eq!(again.status, 409, "{}", again.body);
    // Everybody reads who entered it, and where it was published; nobody else changes it.
    let elected = committee.enter("electa").await;
    let page = committee.service.get(HERE, Some(&elected)).await.body;
    for told in [
        "6 de marzo de 2026",
        "Puente",
        "DOF 15-01-2026",
        "Casilda Zúñiga Peralta",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("name=\"source\""), "no form");
    for login in ["electa", "presidencia", "ejecutiva", "control"] {
        let other = committee.enter(login).await;
        assert_eq!(
            committee.send(&other, HERE, DAYS).await.status,
            403,
            "{login}"
        );
    }
    let file = committee
        .service
        .get("/calendario/suspensiones.txt", Some(&elected))
        .await;
    assert!(
        file.body
            .contains("\n2026-03-06/2026-03-09 Puente (DOF 15-01-2026)"),
        "{}",
        file.body
    );

    // A restart: nothing is known until the service is opened, and then all of it.
    let anew = Vault::sealed(
        house.cases.clone(),
        Expected::default(),
        Arc::clone(&house.clock) as _,
    );
    assert!(anew.calendar().now().is_working_day(date(2026, 3, 6)));
    anew.unseal(house.identity.clone()).await.unwrap();
    assert!(!anew.calendar().now().is_working_day(date(2026, 3, 6)));

    let own = committee.service.get(HERE, Some(&technical)).await.body;
    let id = own.split("name=\"suspension\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let nothing = committee
        .send(&technical, BACK, &format!("suspension={id}&reason="))
        .await;
    assert_eq!(nothing.status, 422);
    let form = format!("suspension={id}&reason=Se+corrigi%C3%B3");
    assert_eq!(committee.send(&technical, BACK, &form).await.status, 303);
    assert_eq!(committee.send(&technical, BACK, &form).await.status, 409);
    assert_eq!(registered_by(house, vault).await, date(2026, 3, 9));
    let page = committee.service.get(HERE, Some(&elected)).await.body;
    assert!(
        page.contains("Sin efecto") && page.contains("Se corrigió"),
        "{page}"
    );
    // The other process reads it before its next round.
    anew.read_calendar().await.unwrap();
    assert!(anew.calendar().now().is_working_day(date(2026, 3, 6)));

    let log = committee.log().await;
    let told = |event| {
        let found = log.iter().find(|entry| entry.event == event).unwrap();
        (found.from, found.count)
    };
    let entered = (Some(date(2026, 3, 6)), Some(4));
    assert_eq!(
        [told(Event::TermsSuspended), told(Event::TermsResumed)],
        [entered; 2]
    );
}

#[tokio::test]
async fn days_that_are_none_change_nothing_and_what_was_typed_is_kept() {
    let committee = Committee::start().await;
    let technical = committee.enter("tecnica").await;
    let source = "reason=Puente&source=DOF+%3Cb%3E";
    for days in [
        "from=2026-03-09&to=2026-03-06",
        "from=2026-02-30&to=2026-03-06",
        "from=2026-03-06T10:00&to=2026-03-06",
        "from=2026-03-06&to=2026-12-31",
        "from=&to=",
    ] {
        let form = format!("{days}&{source}");
        let answer = committee.send(&technical, HERE, &form).await;
        assert_eq!(answer.status, 422, "{days}");
        assert!(
            answer.body.contains("value=\"DOF &#60;b&#62;\""),
            "{}",
            answer.body
        );
    }
    for words in ["reason=&source=DOF", "reason=Puente&source=+"] {
        let form = format!("from=2026-03-06&to=2026-03-06&{words}");
        let answer = committee.send(&technical, HERE, &form).await;
        assert_eq!(answer.status, 422, "{words}");
    }
    let page = committee.service.get(HERE, Some(&technical)).await.body;
    assert!(page.contains("No hay ningún día anotado"), "{page}");
    let log = committee.log().await;
    assert!(log.iter().all(|entry| entry.event != Event::TermsSuspended));
}

#[tokio::test]
async fn a_calendar_that_was_altered_opens_no_service() {
    let committee = Committee::start().await;
    let technical = committee.enter("tecnica").await;
    assert_eq!(committee.send(&technical, HERE, DAYS).await.status, 303);
    let house = &committee.service.house;
    house
        .tamper(&["UPDATE records SET sealed = zeroblob(length(sealed)) WHERE kind = 'suspension'"])
        .await;
    let anew = Vault::sealed(
        house.cases.clone(),
        Expected::default(),
        Arc::clone(&house.clock) as _,
    );
    let error = anew.unseal(house.identity.clone()).await.unwrap_err();
    assert!(
        matches!(error, crate::vault::UnsealError::Calendar(_)),
        "{error}"
    );
    assert!(anew.keyring().is_none());
    let answer = committee.service.get(HERE, Some(&technical)).await;
    assert_eq!(answer.status, 503);
}

const TERMS: &str = "/calendario/plazos";

/// What the form carries of what is shown.
fn shown(page: &str) -> Option<&str> {
    let rest = page.split("name=\"shown\" value=\"").nth(1)?;
    rest.split('"').next()
}

#[tokio::test]
async fn running_terms_change_only_when_a_person_takes_over_what_was_shown() {
    let committee = Committee::start().await;
    let (house, vault) = (&committee.service.house, &committee.service.desk.vault);
    let was = registered_by(house, vault).await;
    let due = async || {
        let register = house.register().await;
        let terms = register.into_iter().flat_map(|entry| entry.terms);
        let mut terms = terms.filter(|term| term.deadline.key == TermKey::RegistroSseccoe);
        terms.next().unwrap().deadline.due_on
    };
    let technical = committee.enter("tecnica").await;
    let page = committee.service.get(TERMS, Some(&technical)).await.body;
    assert!(
        page.contains("resulta distinto") && shown(&page).is_none(),
        "{page}"
    );
    assert_eq!(committee.send(&technical, HERE, DAYS).await.status, 303);
    assert_eq!(due().await, was, "never silently");

    let page = committee.service.get(TERMS, Some(&technical)).await.body;
    assert!(
        page.contains("del 9 de marzo de 2026 al 11 de marzo de 2026"),
        "{page}"
    );
    // Everybody who may open the case sees it; two seats take it over.
    let president = committee.enter("presidencia").await;
    let seen = committee.service.get(TERMS, Some(&president)).await.body;
    assert!(
        seen.contains("del 9 de marzo") && shown(&seen).is_none(),
        "{seen}"
    );
    // Whoever may not open it does not even see that.
    let elected = committee.enter("electa").await;
    let seen = committee.service.get(TERMS, Some(&elected)).await.body;
    assert!(!seen.contains("CE-2026"), "{seen}");

    let form = format!("shown={}&reason=", shown(&page).unwrap());
    assert_eq!(committee.send(&technical, TERMS, &form).await.status, 422);
    let stale = format!("shown={}&reason=Puente", "0".repeat(64));
    assert_eq!(committee.send(&technical, TERMS, &stale).await.status, 409);
    assert_eq!(due().await, was);
    let form = format!("{form}Puente");
    assert_eq!(committee.send(&president, TERMS, &form).await.status, 403);
    let done = committee.send(&technical, TERMS, &form).await;
    assert_eq!(
        (done.status.as_u16(), done.header(LOCATION)),
        (303, TERMS),
        "{}",
        done.body
    );
    assert_eq!(due().await, date(2026, 3, 11));
    assert_eq!(
        committee.send(&technical, TERMS, &form).await.status,
        409,
        "twice"
    );
    let log = committee.log().await;
    let steps = log.iter().filter(|entry| entry.event == Event::StepMade);
    assert_eq!(steps.count(), 1);
}

/// Somebody acts while days are suspended, so that it bears the day after them; then they count again.
#[tokio::test]
async fn a_suspension_that_is_taken_back_keeps_no_case_waiting() {
    let all = super::acts::Committee::new().await;
    let service = &all.service;
    let send = async |path: &str, fields: &str| {
        let form = format!("csrf={}&{fields}", all.technical.token);
        service.post(path, Some(&all.technical), &form).await
    };
    let days = "from=2026-03-04&to=2026-03-20&reason=Contingencia&source=DOF+1";
    assert_eq!(send(HERE, days).await.status, 303);
    let house = &service.house;
    house.file(story("Se llevan medicamentos.")).await;
    let worker = Worker {
        calendar: service.desk.vault.calendar().clone(),
        ..house.worker()
    };
    worker.round().await.unwrap();
    let folio = house.register().await.remove(0).folio;
    let step = async |act: serde_json::Value| {
        let answer = all.step(&all.executive, folio, act, &[]).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()
    };
    let classify = json!({ "move": "CLASIFICAR", "main": "falta_eficacia",
        "others": [], "reason": "Lo que narra" });
    assert_eq!(step(classify).await["on"], "2026-03-23");
    let course = all.course(&all.executive, folio).await;
    let due = |course: &serde_json::Value| course["clocks"][0]["due_on"].clone();
    assert_eq!(due(&course), "2026-03-25");

    let page = service.get(HERE, Some(&all.technical)).await.body;
    let id = page.split("name=\"suspension\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let back = format!("suspension={id}&reason=No+era");
    assert_eq!(send(BACK, &back).await.status, 303);
    // What comes out otherwise is shown, and is taken over today.
    let terms = service.get(TERMS, Some(&all.technical)).await.body;
    assert!(
        terms.contains("del 25 de marzo de 2026 al 9 de marzo de 2026"),
        "{terms}"
    );
    let form = format!(
        "shown={}&reason=Se+dej%C3%B3+sin+efecto",
        shown(&terms).unwrap()
    );
    assert_eq!(send(TERMS, &form).await.status, 303);
    assert_eq!(due(&all.course(&all.executive, folio).await), "2026-03-09");
    let register = json!({ "move": "REGISTRAR", "folio": "S-1", "captured_on": "2026-03-04" });
    assert_eq!(
        step(register).await["on"],
        "2026-03-04",
        "nobody waits for the 23rd"
    );
    let course = all.course(&all.executive, folio).await;
    assert_eq!(course["state"], "REGISTRADA");
    let steps = course["steps"].as_array().unwrap();
    assert_eq!(steps[0]["on"], "2026-03-23", "what was done stays");
}

/// Intake dates by what is announced, so the complaint bears the day after a suspension that was taken back the
/// day after.
#[tokio::test]
async fn a_complaint_dated_by_a_suspension_taken_back_since_is_worked_on_at_once() {
    let all = super::acts::Committee::new().await;
    let (service, house) = (&all.service, &all.service.house);
    let send = async |path: &str, fields: &str| {
        let technical = super::acts::sign_in(service, "casilda").await;
        let form = format!("csrf={}&{fields}", technical.token);
        service.post(path, Some(&technical), &form).await
    };
    let days = "from=2026-03-04&to=2026-03-20&reason=Contingencia&source=DOF+1";
    assert_eq!(send(HERE, days).await.status, 303);
    let vault = &service.desk.vault;
    let dated = service.desk.today();
    assert_eq!(dated, date(2026, 3, 23));
    house.file_on(story("Se llevan medicamentos."), dated).await;
    let worker = Worker {
        calendar: vault.calendar().clone(),
        ..house.worker()
    };
    worker.round().await.unwrap();
    let folio = house.register().await.remove(0).folio;

    house.clock.advance(jiff::SignedDuration::from_hours(24));
    let technical = super::acts::sign_in(service, "casilda").await;
    let page = service.get(HERE, Some(&technical)).await.body;
    let id = page.split("name=\"suspension\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let back = format!("suspension={id}&reason=No+era");
    assert_eq!(send(BACK, &back).await.status, 303);

    // Its terms are shown anew, from the first day on which it may have come.
    let terms = service.get(TERMS, Some(&technical)).await.body;
    assert!(
        terms.contains("del 26 de marzo de 2026 al 9 de marzo de 2026"),
        "{terms}"
    );
    let executive = super::acts::sign_in(service, "bonifacio").await;
    let step = async |act: serde_json::Value| {
        let answer = all.step(&executive, folio, act, &[]).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()
    };
    let classify = json!({ "move": "CLASIFICAR", "main": "falta_eficacia",
        "others": [], "reason": "Lo que narra" });
    assert_eq!(step(classify).await["on"], "2026-03-05");
    let register = json!({ "move": "REGISTRAR", "folio": "S-1", "captured_on": "2026-03-04" });
    assert_eq!(step(register).await["on"], "2026-03-05");
}

/// The third Monday of March is a holiday of the decree and none of LFPA 28.
#[tokio::test]
async fn another_official_list_counts_for_new_terms_and_shows_what_becomes_of_those_that_run() {
    let committee = Committee::start().await;
    let service = &committee.service;
    let (house, vault) = (&service.house, &service.desk.vault);
    // Over the 16th of March.
    house
        .clock
        .advance(jiff::SignedDuration::from_hours(8 * 24));
    assert_eq!(registered_by(house, vault).await, date(2026, 3, 18));
    let technical = committee.enter("tecnica").await;
    let terms = async || {
        service
            .get("/calendario/plazos", Some(&technical))
            .await
            .body
    };
    assert!(
        !terms().await.contains("CE-2026-"),
        "nothing comes out otherwise"
    );

    let other = "profile=lfpa_28&reason=Lo+acord%C3%B3+el+Comit%C3%A9&source=Acta+3";
    for wrong in [
        "profile=lfpa_28&reason=&source=Acta",
        "profile=otro&reason=x&source=x",
        "reason=x&source=x",
    ] {
        let refused = committee.send(&technical, PROFILE, wrong).await;
        assert_eq!(refused.status, 422, "{wrong}");
    }
    let president = committee.enter("presidencia").await;
    assert_eq!(committee.send(&president, PROFILE, other).await.status, 403);
    let done = committee.send(&technical, PROFILE, other).await;
    assert_eq!(
        (done.status.as_u16(), done.header(LOCATION)),
        (303, HERE),
        "{}",
        done.body
    );
    assert_eq!(committee.send(&technical, PROFILE, other).await.status, 409);

    // What runs stays as it is, and is shown; what is new follows the list.
    let due_on = |all: &[store::casefiles::RegisterEntry]| -> Vec<Date> {
        let terms = all.iter().flat_map(|entry| &entry.terms);
        let registering = terms.filter(|term| term.deadline.key == TermKey::RegistroSseccoe);
        registering.map(|term| term.deadline.due_on).collect()
    };
    assert_eq!(due_on(&house.register().await), [date(2026, 3, 18)]);
    assert!(terms().await.contains("17 de marzo de 2026"));
    assert_eq!(registered_by(house, vault).await, date(2026, 3, 17));

    let elected = committee.enter("electa").await;
    let page = service.get(HERE, Some(&elected)).await.body;
    for told in [
        "LFPA 28",
        "Lo acordó el Comité (Acta 3)",
        "Casilda Zúñiga Peralta",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("name=\"profile\""), "no form");
    let file = service.get("/calendario/suspensiones.txt", Some(&elected));
    assert!(file.await.body.starts_with("# lfpa_28\n"));
    let log = committee.log().await;
    let mut chosen = log
        .iter()
        .filter(|entry| entry.event == Event::ProfileChosen);
    let profile = chosen.next().and_then(|entry| entry.profile);
    assert_eq!(profile, Some(domain::calendar::Profile::Lfpa28));
    assert!(chosen.next().is_none());
}
