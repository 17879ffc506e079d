//! What is known of a member is changed by two, and what follows for the cases.

use committee::log::Event;
use domain::committee::{MemberId, Seat};
use reqwest::header::LOCATION;
use serde_json::{Value, json};

use super::recusals::Committee;
use super::second_step::hidden;
use super::{Answer, Member, PASSPHRASE};

const STORY: &str = "El supervisor cambia los turnos a cambio de dinero desde enero.";
/// As the form has it.
const EXECUTIVE: &[(&str, &str)] = &[
    ("given", "Bonifacio"),
    ("first_surname", "Quintanar"),
    ("second_surname", "Robledo"),
    ("seat", "SECRETARIA_EJECUTIVA"),
    ("stands_in_for", ""),
    ("ooad", ""),
    ("umae", ""),
    ("place", ""),
    ("area", ""),
    ("from", "2026-03-04"),
    ("until", ""),
    ("agreement", "2026-03-04"),
    ("reason", "Cambio de datos"),
];
const ELECTED: &[(&str, &str)] = &[
    ("given", "Donato"),
    ("first_surname", "Villagrán"),
    ("second_surname", "Ochoa"),
    ("seat", "ELECTA"),
];

fn place(whom: MemberId) -> String {
    format!("/integrantes/{whom}/datos")
}

impl Committee {
    /// Sends the form as it stands, but for these changes.
    async fn amend(
        &self,
        by: &Member,
        whom: MemberId,
        known: &[(&str, &str)],
        changes: &[(&str, &str)],
    ) -> Answer {
        let mut fields: Vec<(&str, &str)> = EXECUTIVE.to_vec();
        for (name, value) in known.iter().chain(changes) {
            fields.retain(|(field, _)| field != name);
            fields.push((name, value));
        }
        let form: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", value.replace(' ', "+")))
            .collect();
        self.send(by, &place(whom), &form.join("&")).await
    }

    /// The act that waits.
    async fn waiting(&self, by: &Member) -> String {
        let acts = self.service.json("/api/v1/acts", by).await;
        let acts: &Vec<Value> = acts["acts"].as_array().unwrap();
        let waiting = acts.iter().find(|act| act["stage"] == "waiting").unwrap();
        waiting["id"].as_str().unwrap().to_owned()
    }

    async fn status(&self, member: &Member, path: &str) -> u16 {
        self.service.get(path, Some(member)).await.status.as_u16()
    }
}

#[tokio::test]
async fn another_name_is_agreed_on_by_two_and_looked_for_at_once_in_every_case() {
    let committee = Committee::start().await;
    let named = json!({ "narrative": STORY, "people": [{ "name": "Bonifacio Salinas Mota" }] });
    let named = format!("/casos/{}", committee.case(named).await);
    let other = format!(
        "/casos/{}",
        committee.case(json!({ "narrative": STORY })).await
    );
    let [president, technical, executive] = [
        committee.enter("presidencia").await,
        committee.enter("tecnica").await,
        committee.enter("ejecutiva").await,
    ];
    for path in [&named, &other] {
        assert_eq!(committee.status(&executive, path).await, 200);
    }
    let whom = committee.executive;
    let page = committee.service.get(&place(whom), Some(&president)).await;
    assert_eq!(page.status, 200);
    for (name, value) in EXECUTIVE.iter().filter(|(_, value)| !value.is_empty()) {
        let told = ["seat", "reason"].contains(name) || value_of(&page.body, name) == *value;
        assert!(told, "{name} in {}", page.body);
    }
    let changes = [("first_surname", "Salinas"), ("second_surname", "Mota")];
    let asked = committee.amend(&president, whom, &[], &changes).await;
    assert_eq!(asked.header(LOCATION), "/actos", "{}", asked.body);
    let act = committee.waiting(&president).await;
    assert_eq!(committee.status(&executive, &named).await, 200, "it waits");

    // Neither who asked, nor whom it is about, makes it so.
    for member in [&president, &executive] {
        assert_eq!(committee.answer(member, &act, "approve").await.status, 403);
    }
    let acts = committee.service.get("/actos", Some(&technical)).await;
    let told = "antes Bonifacio Quintanar Robledo; ahora Bonifacio Salinas Mota";
    assert!(acts.body.contains(told), "{}", acts.body);
    assert_eq!(
        committee.answer(&technical, &act, "approve").await.status,
        303
    );

    let list = committee
        .service
        .get("/integrantes", Some(&president))
        .await;
    assert!(list.body.contains("Bonifacio Salinas Mota"));
    let hidden = committee.service.get(&named, Some(&executive)).await;
    let unknown = committee
        .service
        .get("/casos/CE-2026-987654", Some(&executive));
    assert_eq!(
        hidden,
        unknown.await,
        "at once, as a case that does not exist"
    );
    assert_eq!(committee.status(&executive, &other).await, 200);
    for member in [&president, &technical] {
        for path in [&named, &other] {
            assert_eq!(committee.status(member, path).await, 200);
        }
    }
    let log = committee.log().await;
    let found = |event| {
        let found = log.iter().find(|entry| entry.event == event);
        found.unwrap_or_else(|| panic!("{event}")).clone()
    };
    assert!(found(Event::MemberAmended).amended.unwrap().name);
    assert_eq!(found(Event::ConflictFound).subject, Some(whom));
    let log = committee.service.get("/bitacora", Some(&president)).await;
    assert!(log.body.contains("cambió datos de"), "{}", log.body);
}

#[tokio::test]
async fn whoever_opens_a_case_first_and_is_one_whom_it_is_about_by_now_is_shown_nothing() {
    let committee = Committee::start().await;
    // A case that nobody else can look through meanwhile: whoever agrees has no key of it.
    let named = json!({ "narrative": STORY, "people": [{ "name": "Bonifacio Salinas Mota" }] });
    let named = committee.case(named).await;
    let [president, control, executive] = [
        committee.enter("presidencia").await,
        committee.enter("control").await,
        committee.enter("ejecutiva").await,
    ];
    let changes = [("first_surname", "Salinas"), ("second_surname", "Mota")];
    committee
        .amend(&president, committee.executive, &[], &changes)
        .await;
    let act = committee.waiting(&president).await;
    assert_eq!(
        committee.answer(&control, &act, "approve").await.status,
        303
    );
    let excuses = format!("/casos/{named}/excusas");
    let case = format!("/casos/{named}");
    let json = format!("/api/v1/cases/{named}");
    let program = format!("/api/v1/cases/{named}/recusals");
    for path in [&program, &excuses, &case, &json] {
        let answer = committee.service.get(path, Some(&executive)).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("Salinas"), "{path}");
    }
    assert_eq!(committee.status(&president, &case).await, 200);
}

#[tokio::test]
async fn what_cannot_be_is_told_and_nobody_else_may_ask() {
    let committee = Committee::start().await;
    let house = &committee.service.house;
    let (executive, elected) = (committee.executive, committee.elected);
    let president = committee.enter("presidencia").await;
    let own = executive.to_string();
    let president_id = committee.president.to_string();
    for (changes, told) in [
        (&[][..], "No cambió ningún dato"),
        (&[("given", "")][..], "Falta el nombre"),
        (&[("seat", "")][..], "Falta elegir el lugar"),
        (
            &[("stands_in_for", own.as_str())][..],
            "mismo lugar que su titular",
        ),
        (
            &[("stands_in_for", president_id.as_str())][..],
            "mismo lugar que su titular",
        ),
        (&[("until", "2026-01-01")][..], "El periodo no está bien"),
        (&[("agreement", "")][..], "El día del acuerdo"),
        (&[("agreement", "2026-03-05")][..], "El día del acuerdo"),
        (
            &[("until", "2029-03-04"), ("reason", "")][..],
            "Falta el motivo",
        ),
    ] {
        let answer = committee.amend(&president, executive, &[], changes).await;
        assert_eq!(answer.status, 422, "{changes:?}");
        assert!(answer.body.contains(told), "{changes:?}: {}", answer.body);
    }
    // A seat in which somebody stands in is not left before that is settled.
    house
        .suplente(
            (Seat::SecretariaEjecutiva, executive),
            "Ildefonso",
            PASSPHRASE,
        )
        .await;
    let seat = [("seat", "SECRETARIA_TECNICA")];
    let answer = committee.amend(&president, executive, &[], &seat).await;
    assert!(answer.body.contains("es suplente de esta persona"));
    // Nobody, and nobody's to ask.
    let nobody = format!("/integrantes/{}/datos", "0".repeat(32));
    assert_eq!(committee.status(&president, &nobody).await, 404);
    let electa = committee.enter("electa").await;
    assert_eq!(committee.status(&electa, &place(executive)).await, 403);
    let changes = [("until", "2029-03-04")];
    let answer = committee.amend(&electa, elected, ELECTED, &changes).await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn of_two_changes_that_were_asked_for_the_second_finds_another_member() {
    let committee = Committee::start().await;
    let [president, technical] = [
        committee.enter("presidencia").await,
        committee.enter("tecnica").await,
    ];
    let elected = committee.elected;
    let renewal = [("until", "2029-03-04")];
    committee
        .amend(&president, elected, ELECTED, &renewal)
        .await;
    let first = committee.waiting(&president).await;
    let unit = [("ooad", "jalisco"), ("place", "HGZ 14")];
    let asked = committee.amend(&technical, elected, ELECTED, &unit).await;
    assert_eq!(asked.header(LOCATION), "/actos", "{}", asked.body);
    let acts = committee.service.json("/api/v1/acts", &president).await;
    let acts = acts["acts"].as_array().unwrap().clone();
    let second = acts.iter().find(|act| act["id"] != first).unwrap();
    let second = second["id"].as_str().unwrap();
    assert_eq!(
        committee.answer(&technical, &first, "approve").await.status,
        303
    );
    let late = committee.answer(&president, second, "approve").await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("cambiaron después"), "{}", late.body);
    let page = committee
        .service
        .get(&place(elected), Some(&president))
        .await;
    assert_eq!(value_of(&page.body, "until"), "2029-03-04");
    assert_eq!(value_of(&page.body, "place"), "");
    assert_eq!(hidden(&page.body, "csrf"), president.token);
}

/// The value of a field that is shown.
fn value_of(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!(" name=\"{name}\"")).unwrap();
    let tag = rest.split('>').next().unwrap();
    let value = tag.split_once(" value=\"").map(|(_, value)| value);
    value
        .unwrap_or_default()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}
