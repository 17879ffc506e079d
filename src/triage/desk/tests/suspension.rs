//! A member against whom a complaint was admitted is suspended by two others, and comes back.

use committee::log::{Content, Event, Logbook, Opened};
use domain::case::Folio;
use domain::committee::{MemberId, Seat};
use jiff::SignedDuration;
use reqwest::header::LOCATION;
use serde_json::json;

use super::recusals::Committee;
use super::{Answer, Member, PASSPHRASE};
use crate::testing::story;

const STORY: &str = "El supervisor cambia los turnos a cambio de dinero desde enero.";
const WHY: &str = "El Comité acordó suspenderle en su sesión.";
const SUSPEND: &str = "/integrantes/suspension";
const REINSTATE: &str = "/integrantes/reincorporacion";

impl Committee {
    /// Asks for something about a member; the act.
    pub(super) async fn ask_about(
        &self,
        by: &Member,
        path: &str,
        whom: MemberId,
        more: &str,
    ) -> String {
        let answer = self.try_about(by, path, whom, more).await;
        assert_eq!(answer.header(LOCATION), "/actos", "{}", answer.body);
        let acts = self.service.json("/api/v1/acts", by).await;
        let acts = acts["acts"].as_array().unwrap().clone();
        let own = acts
            .iter()
            .find(|act| act["stage"] == "waiting" && act["about"] == whom.to_string())
            .unwrap();
        own["id"].as_str().unwrap().to_owned()
    }

    pub(super) async fn try_about(
        &self,
        by: &Member,
        path: &str,
        whom: MemberId,
        more: &str,
    ) -> Answer {
        let form = format!("member={whom}&reason={WHY}{more}");
        self.send(by, path, &form).await
    }

    pub(super) async fn answer(&self, by: &Member, act: &str, what: &str) -> Answer {
        let form = format!("answer={what}");
        self.send(by, &format!("/actos/{act}"), &form).await
    }

    async fn suspend(&self, whom: MemberId, more: &str) {
        let (president, technical) = (self.enter("presidencia").await, self.enter("tecnica").await);
        let act = self.ask_about(&president, SUSPEND, whom, more).await;
        assert_eq!(self.answer(&technical, &act, "approve").await.status, 303);
    }

    async fn opens(&self, member: &Member, folio: Folio) -> u16 {
        let path = format!("/casos/{folio}");
        self.service.get(&path, Some(member)).await.status.as_u16()
    }

    pub(super) async fn log(&self) -> Vec<committee::log::Entry> {
        let house = &self.service.house;
        let book = Logbook::new(house.cases.clone());
        let opened = book.read(&house.keyring, <[Opened]>::to_vec).await.unwrap();
        let acts = opened.into_iter().filter_map(|one| match one.content {
            Content::Act(entry) => Some(entry),
            Content::Key(_) => None,
        });
        acts.collect()
    }
}

#[tokio::test]
async fn whoever_is_suspended_has_the_own_account_and_nothing_else_until_they_come_back() {
    let committee = Committee::start().await;
    let (house, executive) = (&committee.service.house, committee.executive);
    let seat = (Seat::SecretariaEjecutiva, executive);
    let stands_in = house.suplente(seat, "Ildefonso", PASSPHRASE).await;
    let before = committee.case(story(STORY)).await;
    let own = committee.enter("ejecutiva").await;
    assert_eq!(committee.opens(&own, before).await, 200);
    committee.suspend(executive, "").await;

    // The session that was there goes on, with the own account in it.
    for path in ["/", "/actos", "/integrantes", "/bitacora"] {
        let answer = committee.service.get(path, Some(&own)).await;
        if path == "/" {
            assert_eq!(answer.header(LOCATION), "/mi-cuenta");
        } else {
            assert_eq!(answer.status, 403, "{path}");
        }
    }
    let path = format!("/casos/{before}");
    let known = committee.service.get(&path, Some(&own)).await;
    let unknown = committee.service.get("/casos/CE-2026-987654", Some(&own));
    assert_eq!(known.status, 404);
    assert_eq!(known, unknown.await, "as a case that does not exist");
    assert_eq!(
        committee
            .service
            .get("/api/v1/cases", Some(&own))
            .await
            .status,
        403
    );
    // A new one begins and says why.
    let own = committee.enter("ejecutiva").await;
    let account = committee.service.get("/mi-cuenta", Some(&own)).await;
    let told = "Su participación está suspendida desde el 4 de marzo de 2026";
    assert!(account.body.contains(told), "{}", account.body);
    assert!(!account.body.contains("href=\"/bitacora\""));

    // Whoever stands in opens the case, once another has opened it.
    house.worker().round().await.unwrap();
    let president = committee.enter("presidencia").await;
    let list = committee
        .service
        .get("/integrantes", Some(&president))
        .await;
    assert!(list.body.contains("Suspendida desde el 4 de marzo de 2026"));
    assert_eq!(committee.opens(&president, before).await, 200);
    let page = committee
        .service
        .get(&format!("/casos/{before}/excusas"), Some(&president))
        .await;
    assert!(page.body.contains("por ahora no puede abrirlo"));
    let suplente = committee.enter("Ildefonso").await;
    assert_eq!(committee.opens(&suplente, before).await, 200);
    // And gets what comes, without it.
    let after = committee
        .case(story("Faltan medicamentos del almacén."))
        .await;
    assert_eq!(committee.opens(&suplente, after).await, 200);
    let about =
        json!({ "narrative": STORY, "people": [{ "name": "Bonifacio Quintanar Robledo" }] });
    let about = committee.case(about).await;
    assert_eq!(committee.opens(&own, after).await, 404);
    assert_eq!(stands_in.to_string().len(), 32);

    let act = committee
        .ask_about(&president, REINSTATE, executive, "")
        .await;
    let technical = committee.enter("tecnica").await;
    assert_eq!(
        committee.answer(&technical, &act, "approve").await.status,
        303
    );
    house.worker().round().await.unwrap();
    // As soon as somebody who can has opened them.
    for folio in [before, after, about] {
        assert_eq!(committee.opens(&president, folio).await, 200);
    }
    assert_eq!(committee.opens(&own, before).await, 200);
    assert_eq!(committee.opens(&own, after).await, 200);
    assert_eq!(committee.opens(&own, about).await, 404, "that stays so");
    let events: Vec<_> = committee.log().await.into_iter().collect();
    let entry = |event| {
        let found = events.iter().find(|entry| entry.event == event);
        found.unwrap_or_else(|| panic!("{event}"))
    };
    let suspended = entry(Event::MemberSuspended);
    assert_eq!(suspended.subject, Some(executive));
    assert_eq!(suspended.from, Some(house.today()));
    assert_eq!(entry(Event::SuspensionLifted).subject, Some(executive));
}

#[tokio::test]
async fn who_asks_from_another_day_asks_for_something_else_and_the_log_says_what_happened() {
    let committee = Committee::start().await;
    let executive = committee.executive;
    let (president, technical) = (
        committee.enter("presidencia").await,
        committee.enter("tecnica").await,
    );
    let late = committee
        .ask_about(&technical, SUSPEND, executive, "&from=2026-03-30")
        .await;
    for _ in 0..2 {
        let asked = committee.try_about(&president, SUSPEND, executive, "");
        assert_eq!(asked.await.header(LOCATION), "/actos");
    }
    let acts = committee.service.json("/api/v1/acts", &president).await;
    let acts: Vec<&str> = acts["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["id"].as_str().unwrap())
        .collect();
    assert_eq!(acts.len(), 2, "{acts:?}");
    let now = acts.iter().find(|act| **act != late).unwrap();
    for (by, act) in [(&technical, *now), (&president, &*late)] {
        assert_eq!(committee.answer(by, act, "approve").await.status, 303);
    }
    let log = committee.log().await;
    let suspended = log
        .iter()
        .filter(|entry| entry.event == Event::MemberSuspended);
    let days: Vec<_> = suspended.map(|entry| entry.from).collect();
    assert_eq!(days, [Some(committee.service.house.today())]);
}

#[tokio::test]
async fn nobody_hears_that_they_are_to_be_suspended_before_it_is_decided() {
    let committee = Committee::start().await;
    let (president, executive) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
    );
    let act = committee
        .ask_about(&president, SUSPEND, committee.executive, "")
        .await;
    let acts = committee.service.get("/actos", Some(&executive)).await;
    assert!(!acts.body.contains(&act) && !acts.body.contains("Suspender"));
    let log = committee.service.get("/bitacora", Some(&executive)).await;
    assert!(!log.body.contains("suspender"), "{}", log.body);
    let none = committee
        .answer(&executive, &"0".repeat(32), "approve")
        .await;
    for what in ["approve", "refuse"] {
        assert_eq!(committee.answer(&executive, &act, what).await, none);
    }
    // The others read it, with its day and its reason.
    let control = committee.enter("control").await;
    let acts = committee.service.get("/actos", Some(&control)).await;
    for told in [
        "Suspender a una persona integrante",
        "4 de marzo de 2026",
        WHY,
    ] {
        assert!(acts.body.contains(told), "{told} in {}", acts.body);
    }
    assert_eq!(committee.answer(&control, &act, "refuse").await.status, 303);
    // One who does not agree stops nothing; the others read who it is.
    let acts = committee.service.get("/actos", Some(&president)).await;
    let told = "Fabricio Olmedo Barragán no está de acuerdo";
    assert!(acts.body.contains(told), "{}", acts.body);
    let acts = committee.service.json("/api/v1/acts", &president).await;
    assert_eq!(acts["acts"][0]["stage"], "waiting");
    assert_eq!(acts["acts"][0]["refused_by"].as_array().unwrap().len(), 1);
    let log = committee.service.get("/bitacora", Some(&executive)).await;
    assert!(!log.body.contains("suspender"), "{}", log.body);
    assert_eq!(
        committee.service.get("/", Some(&executive)).await.status,
        200
    );
}

#[tokio::test]
async fn nobody_suspends_alone_nor_decides_on_the_own_suspension() {
    let committee = Committee::start().await;
    let president = committee.enter("presidencia").await;
    let own = committee
        .try_about(&president, SUSPEND, committee.president, "")
        .await;
    assert_eq!(own.status, 403);
    let act = committee
        .ask_about(&president, SUSPEND, committee.elected, "")
        .await;
    assert_eq!(
        committee.answer(&president, &act, "approve").await.status,
        403
    );
    // Who has an elected seat agrees, and does not ask.
    let elected = committee.enter("electa").await;
    let asked = committee
        .try_about(&elected, SUSPEND, committee.executive, "")
        .await;
    assert_eq!(asked.status, 403);
    assert_eq!(committee.service.get("/", Some(&elected)).await.status, 200);
    for (day, told) in [
        ("2026-04-05", "El día de la suspensión"),
        ("2024-03-04", "El día de la suspensión"),
        ("nunca", "El día de la suspensión"),
    ] {
        let more = format!("&from={day}");
        let answer = committee
            .try_about(&president, SUSPEND, committee.executive, &more)
            .await;
        assert_eq!(answer.status, 422, "{day}");
        assert!(answer.body.contains(told), "{day}");
    }
}

#[tokio::test]
async fn a_suspension_begins_on_its_day_and_whoever_asked_before_has_asked_for_nothing() {
    let committee = Committee::start().await;
    let house = &committee.service.house;
    let executive = committee.enter("ejecutiva").await;
    let end = committee
        .ask_about(&executive, "/integrantes/baja", committee.elected, "")
        .await;
    committee
        .suspend(committee.executive, "&from=2026-03-05")
        .await;
    assert_eq!(
        committee.service.get("/", Some(&executive)).await.status,
        200,
        "not yet"
    );
    house.clock.advance(SignedDuration::from_hours(24));
    let executive = committee.enter("ejecutiva").await;
    let home = committee.service.get("/", Some(&executive)).await;
    assert_eq!(home.header(LOCATION), "/mi-cuenta");
    let president = committee.enter("presidencia").await;
    let late = committee.answer(&president, &end, "approve").await;
    assert_eq!(late.status, 409, "{}", late.body);
    let elected = committee.enter("electa").await;
    assert!(committee.service.is_signed_in(&elected).await);
}
