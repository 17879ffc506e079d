//! Whom to tell of a case, who is proposed for its commission, whether it came in time: proposals and
//! warnings, each with its rule, and nothing done by itself.

use domain::case::CaseState;
use domain::catalogue::Risk;
use domain::committee::Seat;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::recusals::{Committee, about};
use super::{Member, PASSPHRASE};
use crate::testing::story;

const TOUCHED: &str = "Mi jefe me toca y me pide favores sexuales a cambio del turno.";
const DONATO: &str = "Donato Villagrán Ochoa";

impl Committee {
    async fn involved(&self, member: &Member, complaint: Value) -> String {
        let folio = self.case(complaint).await;
        let page = self
            .service
            .get(&format!("/casos/{folio}"), Some(member))
            .await;
        assert_eq!(page.status, 200, "{}", page.body);
        let section = page.body.split("id=\"participan\"").nth(1).unwrap();
        section.split("</section>").next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn the_rules_say_whom_to_tell_and_propose_a_commission_of_those_who_may_know() {
    let committee = Committee::start().await;
    let president = committee.enter("presidencia").await;
    let section = committee.involved(&president, story(TOUCHED)).await;
    for told in [
        "Presidencia</strong> (Aurelia Montejano Islas)",
        "Decidir medidas de protección",
        "HSyAS 41 a 44; CHIS 67",
        "Primer contacto y acompañamiento",
        "Hoy nadie con este lugar puede abrir el asunto",
        "Se le avisa cuando se sigue el protocolo de hostigamiento y acoso sexual.",
        DONATO,
        "Sólo se propone a personas electas que pueden conocer del asunto",
        // Each with the rule that made it.
        "<small>AV06</small>",
        "<small>COM01</small>",
    ] {
        assert!(section.contains(told), "{told}: {section}");
    }
    // Three places and one who may: no turn has to decide.
    assert!(!section.contains("por turno"), "{section}");

    // For whoever is denounced, the case does not exist; so they look into it the least of all.
    let section = committee.involved(&president, about(DONATO)).await;
    assert!(!section.contains(DONATO), "{section}");
    assert!(
        section.contains("Ninguna persona electa puede conocer"),
        "{section}"
    );

    let house = &committee.service.house;
    for (login, name) in [
        ("electa2", ["Eulalia", "Ibarra", "Ponce"]),
        ("electa3", ["Fermín", "Juárez", "Ríos"]),
        ("electa4", ["Gisela", "Lara", "Soto"]),
    ] {
        house
            .member_called(Seat::Electa, login, PASSPHRASE, name)
            .await;
    }
    let section = committee.involved(&president, story(TOUCHED)).await;
    let surnames = ["Villagrán", "Ibarra", "Juárez", "Lara"];
    let proposed = surnames
        .iter()
        .filter(|name| section.contains(**name))
        .count();
    assert_eq!(proposed, 3, "never more than the norm allows: {section}");
    assert!(section.contains("por turno"), "{section}");
}

#[tokio::test]
async fn each_decision_shows_the_rule_that_made_it_and_what_it_said_then() {
    let committee = Committee::start().await;
    let president = committee.enter("presidencia").await;
    let mut complaint = story(TOUCHED);
    complaint["immediate_danger"] = json!(true);
    let folio = committee.case(complaint).await;
    let path = format!("/casos/{folio}");
    let page = committee.service.get(&path, Some(&president)).await.body;
    let section = page.split("id=\"propuesta\"").nth(1).unwrap();
    let section = section.split("</section>").next().unwrap();
    for told in [
        "Por el riesgo: Acoso sexual",
        "<small>RE01</small>",
        // The sentence of today, and the catalogue's of then.
        "Quien denuncia dice que hay peligro en este momento",
        "<q lang=\"es-MX\" dir=\"auto\">Hay peligro en este momento</q>",
        "<small>peligro_inmediato</small>",
    ] {
        assert!(section.contains(told), "{told}: {section}");
    }
}

#[tokio::test]
async fn a_complaint_that_comes_late_is_shown_with_a_note_and_goes_on_like_any_other() {
    let committee = Committee::start().await;
    let president = committee.enter("presidencia").await;
    let late = json!({
        "narrative": "El director cobraba por las plazas en efectivo.",
        "facts": { "from": "2019-01-10", "to": "2021-02-01" },
    });
    let folio = committee.case(late).await;
    let page = committee
        .service
        .get(&format!("/casos/{folio}"), Some(&president))
        .await
        .body;
    for told in [
        "1 de febrero de 2021",
        "1 de febrero de 2024",
        "CHIS 56",
        "lo decide una persona",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let register = committee.service.house.register().await;
    assert_eq!(register[0].state, CaseState::UnderReview);
    assert!(register[0].terms.len() > 1, "its terms run");
    let timely = committee
        .case(story("El director cobra por las plazas."))
        .await;
    let page = committee
        .service
        .get(&format!("/casos/{timely}"), Some(&president))
        .await
        .body;
    assert!(
        !page.contains("no es causa para rechazar") && !page.contains("No es causa"),
        "{page}"
    );
}

/// Whatever the classifier makes of it, and however long it waits.
#[tokio::test]
async fn nothing_is_archived_by_the_machine() {
    let committee = Committee::start().await;
    let house = &committee.service.house;
    for narrative in [
        "El camión de la basura no pasa por mi calle desde hace un mes.",
        "Quiero saber cómo tramitar mi pensión y cuándo me pagan.",
        "asdf asdf asdf asdf asdf asdf",
    ] {
        house.case(story(narrative)).await;
    }
    for _ in 0..14 {
        house.clock.advance(SignedDuration::from_hours(31 * 24));
        house.worker().round().await.unwrap();
    }
    let register = house.register().await;
    assert_eq!(register.len(), 3);
    let mut outside = 0;
    for entry in &register {
        assert_eq!(entry.state, CaseState::UnderReview, "{}", entry.folio);
        let found = entry.classification.as_ref().unwrap();
        if found.labels().contains(&Risk::FueraCompetencia) {
            outside += 1;
            assert!(found.review, "a person looks at {}", entry.folio);
        }
    }
    assert!(outside > 0, "one of them is told to be outside");
    let executive = committee.enter("ejecutiva").await;
    let list = committee.service.get("/", Some(&executive)).await.body;
    for entry in register {
        assert!(list.contains(&entry.folio.to_string()));
    }
}
