//! The log of security incidents, and telling those who filed.

use mailbox::{Author, Words};

use super::acts::Committee;
use super::{Answer, Member};
use crate::testing::House;

const TOLD: &str = "Hubo+una+copia+sin+permiso.+Sus+palabras+no+quedaron+expuestas.";
const NEW: &str = "nature=ROBO_O_COPIA&happened_on=2026-03-02&noticed_on=2026-03-04\
    &what=Se+copi%C3%B3+un+respaldo&affected=Respaldos+sellados&measures=Se+cambi%C3%B3+la+llave&told=";

async fn post(committee: &Committee, member: &Member, path: &str, fields: &str) -> Answer {
    let form = format!("csrf={}&{fields}", member.token);
    committee.service.post(path, Some(member), &form).await
}

/// Writes one down; gives its address.
async fn recorded(committee: &Committee) -> String {
    let answer = post(committee, &committee.president, "/incidentes", NEW).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let (_, id) = answer.header("location").split_once("#incidente-").unwrap();
    format!("/incidentes/{id}")
}

async fn page(committee: &Committee, member: &Member) -> String {
    let page = committee.service.get("/incidentes", Some(member)).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.body
}

/// How often a mailbox has the notice.
async fn told(house: &House, token: &sealing::TrackingToken) -> usize {
    let mailbox = house.read(token).await;
    let is_it = |words: &Words| match words {
        Words::Written(text) => text.expose().starts_with("Hubo una copia"),
        Words::Notice(_) | Words::None => false,
    };
    let mut messages = mailbox.messages.iter();
    messages
        .by_ref()
        .filter(|posted| posted.from == Author::Committee && is_it(&posted.words))
        .count()
}

#[tokio::test]
async fn an_incident_is_written_down_added_to_and_those_who_filed_are_told_once() {
    let committee = Committee::new().await;
    let house = &committee.service.house;
    let (one, first) = committee.case(None).await;
    let (_, second) = committee.case(Some("Casilda Zúñiga Peralta")).await;
    let incident = recorded(&committee).await;
    let shown = page(&committee, &committee.executive).await;
    assert!(shown.contains("Se copió un respaldo") && shown.contains("Respaldos sellados"));
    let added = post(
        &committee,
        &committee.executive,
        &incident,
        "note=Ya+se+sabe+c%C3%B3mo.",
    )
    .await;
    assert_eq!(added.status, 303, "{}", added.body);
    assert!(
        page(&committee, &committee.president)
            .await
            .contains("Ya se sabe cómo.")
    );

    let order = format!("notice={TOLD}&cases=");
    let ordered = post(&committee, &committee.president, &incident, &order).await;
    assert_eq!(ordered.status, 303, "{}", ordered.body);
    let again = post(&committee, &committee.executive, &incident, &order).await;
    assert_eq!(again.status, 409, "once");
    assert!(
        page(&committee, &committee.president)
            .await
            .contains("Se está entregando")
    );
    for _ in 0..3 {
        house.worker().round().await.unwrap();
        assert_eq!(told(house, &first).await, 1);
        assert_eq!(told(house, &second).await, 1);
    }
    assert!(
        page(&committee, &committee.president)
            .await
            .contains("Entregado")
    );
    let case = committee.page(&committee.president, one).await;
    assert!(
        case.body.contains("Hubo una copia"),
        "the case keeps what was sent"
    );
}

#[tokio::test]
async fn a_notice_goes_on_where_the_service_stopped_and_to_chosen_cases_alone() {
    let committee = Committee::new().await;
    let house = &committee.service.house;
    let (chosen, first) = committee.case(None).await;
    let (_, other) = committee.case(None).await;
    let (hidden, _) = committee.case(Some("Casilda Zúñiga Peralta")).await;
    let incident = recorded(&committee).await;
    // Whoever may not know of a case cannot tell it from one that does not exist.
    let order = |folio: &str| format!("notice={TOLD}&cases={folio}");
    let unknown = post(
        &committee,
        &committee.technical,
        &incident,
        &order("CE-2026-000000"),
    )
    .await;
    let kept_out = order(&hidden.to_string());
    let kept_out = post(&committee, &committee.technical, &incident, &kept_out).await;
    assert_eq!(
        (kept_out.status, kept_out.body),
        (unknown.status, unknown.body)
    );
    assert_eq!(kept_out.status, 422);

    let cases = format!("{chosen}+{hidden}");
    let ordered = post(&committee, &committee.president, &incident, &order(&cases)).await;
    assert_eq!(ordered.status, 303, "{}", ordered.body);
    assert!(
        !page(&committee, &committee.technical)
            .await
            .contains(&hidden.to_string())
    );
    // The notice is in the case, and the service stopped before it knew that all have it.
    house.worker().round().await.unwrap();
    let incidents = committee::incidents::Incidents::new(&*house.cases, &house.keyring);
    let id = incidents.all().await.unwrap().records[0].id;
    let unfinished = |mut incident: committee::incidents::Incident| {
        incident.notice.as_mut().unwrap().done_on = None;
        incident
    };
    incidents.change(id, unfinished).await.unwrap();
    house.worker().round().await.unwrap();
    assert_eq!(told(house, &first).await, 1);
    assert_eq!(told(house, &other).await, 0);
    let done = incidents.all().await.unwrap().records.remove(0);
    assert!(done.pending().is_none());
}

#[tokio::test]
async fn whoever_has_no_part_in_it_neither_reads_nor_writes_and_nonsense_is_refused() {
    let committee = Committee::new().await;
    let elected = &committee.elected;
    assert_eq!(
        committee
            .service
            .get("/incidentes", Some(elected))
            .await
            .status,
        403
    );
    assert_eq!(
        post(&committee, elected, "/incidentes", NEW).await.status,
        403
    );
    for bad in [
        NEW.replace("ROBO_O_COPIA", "OTRA"),
        NEW.replace("noticed_on=2026-03-04", "noticed_on=2026-03-01"),
        NEW.replace("happened_on=2026-03-02", "happened_on=2027-01-01"),
        NEW.replace("what=Se", "otro=Se"),
    ] {
        let refused = post(&committee, &committee.president, "/incidentes", &bad).await;
        assert!([400, 422].contains(&refused.status.as_u16()), "{bad}");
    }
    let nobody = format!("/incidentes/{}", "0".repeat(32));
    let refused = post(&committee, &committee.president, &nobody, "note=x").await;
    assert_eq!(refused.status, 404);
}
