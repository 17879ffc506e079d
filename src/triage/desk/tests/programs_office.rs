//! Consultations, petitions, security incidents and retention through the interface for programs.

use domain::case::Folio;
use futures_util::future::join_all;

use super::acts::Committee;
use super::programs::{post, send};
use super::retention::{close, years_later};
use super::*;

const MATTERS: &str = "/api/v1/matters";
const INCIDENTS: &str = "/api/v1/incidents";
const RETENTION: &str = "/api/v1/retention";
/// Who is denounced in the cases that the technical secretary is kept out of.
const TECHNICAL: &str = "Casilda Zúñiga Peralta";

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

fn consultation(statement: &str) -> Value {
    json!({ "kind": "CONSULTA_CONFLICTO_INTERES", "received_on": "2026-03-04", "name": "Elvira Quiroga",
        "contact": "elvira@example.mx", "statement": statement })
}

#[tokio::test]
async fn programs_enter_a_consultation_and_take_its_steps_and_whom_it_names_finds_none() {
    let all = Committee::new().await;
    let petition = json!({ "kind": "PETICION_CIUDADANA", "received_on": "2026-03-04",
        "statement": "Pongan el código a la vista." });
    let (status, entered) = post(&all, &all.executive, MATTERS, petition.clone()).await;
    assert_eq!((status.as_u16(), &entered["number"]), (201, &json!(1)));
    assert_eq!(entered["open"], json!(["VALORAR", "REQUERIR"]));
    let page = all.service.get("/peticiones", Some(&all.president)).await;
    assert!(page.body.contains("/peticiones/") && page.body.contains("1/2026"));

    // Nothing of it is in the list, and it is read once it is opened, which is in the log.
    let list = all.service.json(MATTERS, &all.executive).await;
    assert_eq!(list["matters"][0]["id"], entered["id"]);
    assert!(!list.to_string().contains("Pongan"));
    let here = format!("{MATTERS}/{}", id(&entered));
    let opened = all.service.json(&here, &all.technical).await;
    assert_eq!(opened["what"]["statement"], petition["statement"]);
    let log = all.service.json("/api/v1/log", &all.technical).await;
    assert_eq!(log["lines"][0]["event"], "MATTER_OPENED");

    let steps = format!("{here}/steps");
    let step = |kind: &str| {
        json!({ "on": "2026-03-04",
        "step": { "kind": kind, "verdict": "VIABLE", "text": "Se propone difundirlo." } })
    };
    for (body, status) in [
        (json!({}), 422),
        (
            json!({ "on": "2026-03-04", "step": { "kind": "OTRO" } }),
            422,
        ),
        (
            json!({ "on": "2026-03-04", "step": { "kind": "DESAHOGAR", "text": "Llegó" } }),
            422,
        ),
        (step("VALORAR"), 201),
        (step("VALORAR"), 422),
    ] {
        let taken = post(&all, &all.executive, &steps, body).await;
        assert_eq!(taken.0, status, "{}", taken.1);
    }
    let opened = all.service.json(&here, &all.executive).await;
    assert_eq!(
        (&opened["state"], &opened["taken"][0]["step"]["verdict"]),
        (&json!("CON_RESPUESTA"), &json!("VIABLE"))
    );

    let mut wrong = petition.clone();
    wrong["secreto"] = json!("x");
    for body in [
        wrong,
        json!({}),
        json!({ "kind": "CONSULTA_CONFLICTO_INTERES",
        "received_on": "2026-03-04", "statement": "Hola" }),
    ] {
        assert_eq!(post(&all, &all.executive, MATTERS, body).await.0, 422);
    }
    assert_eq!(post(&all, &all.elected, MATTERS, petition).await.0, 403);

    let about = consultation(&format!("¿Puedo trabajar con {TECHNICAL}?"));
    let (status, kept) = post(&all, &all.executive, MATTERS, about).await;
    assert_eq!(status, 201, "{kept}");
    let list = all.service.json(MATTERS, &all.technical).await;
    assert_eq!(list["matters"].as_array().unwrap().len(), 1);
    let (kept, nowhere) = (id(&kept), "0".repeat(32));
    for part in ["", "/steps"] {
        let ask = async |id: &str| {
            let (path, body) = (format!("{MATTERS}/{id}{part}"), step("VALORAR"));
            let method = if part.is_empty() {
                Method::GET
            } else {
                Method::POST
            };
            send(&all, &all.technical, method, &path, &body).await
        };
        let hidden = ask(&kept).await;
        assert_eq!(hidden, ask(&nowhere).await);
        assert_eq!(hidden.0, 404);
    }
}

#[tokio::test]
async fn programs_write_an_incident_down_and_tell_those_who_filed() {
    let all = Committee::new().await;
    let (open, _) = all.case(None).await;
    let (hidden, _) = all.case(Some(TECHNICAL)).await;
    let report = json!({ "nature": "ROBO_O_COPIA", "happened_on": "2026-03-02", "noticed_on": "2026-03-04",
        "what": "Se copió un respaldo", "affected": "Respaldos sellados", "measures": "Se cambió la llave" });
    let (status, entered) = post(&all, &all.executive, INCIDENTS, report.clone()).await;
    assert_eq!(status, 201, "{entered}");
    let page = all.service.get("/incidentes", Some(&all.president)).await;
    assert!(page.body.contains("Se copió un respaldo"));
    for (field, value) in [
        ("nature", json!("OTRA")),
        ("noticed_on", json!("2026-03-01")),
        ("happened_on", json!("2027-01-01")),
        ("what", json!(null)),
        ("secreto", json!("x")),
    ] {
        let mut wrong = report.clone();
        wrong[field] = value;
        let refused = post(&all, &all.executive, INCIDENTS, wrong).await;
        assert_eq!(refused.0, 422, "{field}: {}", refused.1);
    }
    assert_eq!(post(&all, &all.elected, INCIDENTS, report).await.0, 403);

    let here = format!("{INCIDENTS}/{}", id(&entered));
    let nowhere = format!("{INCIDENTS}/{}", "0".repeat(32));
    let none = post(&all, &all.executive, &nowhere, json!({ "note": "x" })).await;
    assert_eq!(none.0, 404);
    assert_eq!(post(&all, &all.executive, &here, json!({})).await.0, 422);
    let order = |cases: &[Folio]| {
        json!({ "note": "Ya se sabe cómo.", "notice": "Hubo una copia.",
        "cases": cases.iter().map(Folio::to_string).collect::<Vec<_>>() })
    };
    // Whoever may not know of a case cannot tell it from one that does not exist.
    let unknown = Folio::new(2026, (hidden.digits() + 1) % Folio::PER_YEAR).unwrap();
    let kept_out = post(&all, &all.technical, &here, order(&[hidden])).await;
    assert_eq!(
        kept_out,
        post(&all, &all.technical, &here, order(&[unknown])).await
    );
    assert_eq!(kept_out.0, 422);

    // A list that came out empty is not everybody.
    let nobody = post(&all, &all.executive, &here, order(&[])).await;
    assert_eq!(
        (nobody.0.as_u16(), &nobody.1["errors"][0]["field"]),
        (422, &json!("cases"))
    );
    let told = post(&all, &all.executive, &here, order(&[open, hidden])).await;
    assert_eq!(told.0, 201, "{}", told.1);
    assert_eq!(told.1["notes"][0]["text"], "Ya se sabe cómo.");
    assert_eq!(
        post(&all, &all.executive, &here, order(&[open])).await.0,
        409
    );
    let seen = all.service.json(INCIDENTS, &all.technical).await;
    assert_eq!(
        seen["incidents"][0]["notice"]["cases"],
        json!([open.to_string()])
    );
    assert_eq!(seen["incidents"][0]["may_tell"], false);
    let house = &all.service.house;
    house.worker().round().await.unwrap();
    let seen = all.service.json(INCIDENTS, &all.executive).await;
    assert_eq!(
        seen["incidents"][0]["notice"]["done_on"],
        house.today().to_string()
    );
}

#[tokio::test]
async fn of_notices_that_are_ordered_at_once_one_is_kept_and_the_others_are_told_so() {
    let all = Committee::new().await;
    let report = json!({ "nature": "PERDIDA", "happened_on": "2026-03-02", "noticed_on": "2026-03-04",
        "what": "Se perdió un respaldo", "affected": "Respaldos sellados", "measures": "Ninguna" });
    let (_, entered) = post(&all, &all.executive, INCIDENTS, report).await;
    let here = format!("{INCIDENTS}/{}", id(&entered));
    let orders = (0..12).map(|number| {
        let order =
            json!({ "note": format!("Nota {number}"), "notice": format!("Aviso {number}") });
        post(&all, &all.executive, &here, order)
    });
    let answers = join_all(orders).await;
    let taken: Vec<_> = answers
        .iter()
        .filter(|(status, _)| *status == 201)
        .collect();
    let refused = answers.iter().filter(|(status, _)| *status == 409).count();
    assert_eq!((taken.len(), refused), (1, 11));
    let seen = all.service.json(INCIDENTS, &all.executive).await;
    let kept = &seen["incidents"][0];
    assert_eq!(kept["notice"]["text"], taken[0].1["notice"]["text"]);
    assert_eq!(kept["notes"].as_array().unwrap().len(), 1, "{kept}");
}

#[tokio::test]
async fn programs_see_what_is_kept_and_the_certificate_of_what_two_deleted() {
    let all = Committee::new().await;
    let (folio, _) = all.case(Some(TECHNICAL)).await;
    close(&all.service.house, folio).await;
    let before = all.service.json(RETENTION, &all.president).await;
    assert_eq!(before["kept"][0]["folio"], folio.to_string());
    assert_eq!(
        (&before["kept"][0]["phase"], &before["kept"][0]["may_ask"]),
        (&json!("CONSERVADA"), &json!(false))
    );
    assert_eq!(before["series"].as_array().unwrap().len(), 3);

    let [president, executive, accused] = years_later(&all).await;
    let now = all.service.json(RETENTION, &president).await;
    assert_eq!(now["blocked"][0]["may_ask"], true);
    let nothing = json!({ "blocked": [], "kept": [], "certificates": [] });
    let seen = all.service.json(RETENTION, &accused).await;
    for part in ["blocked", "kept", "certificates"] {
        assert_eq!(seen[part], nothing[part]);
    }

    let path = format!("/api/v1/cases/{folio}/acts/delete");
    let (status, act) = post(&all, &president, &path, json!({ "reason": "Venció." })).await;
    assert_eq!(status, 201, "{act}");
    let act = id(&act);
    let path = format!("/api/v1/acts/{act}");
    let agreed = post(&all, &executive, &path, json!({ "answer": "approve" })).await;
    assert_eq!(agreed.0, 200, "{}", agreed.1);
    let certificate = format!("{RETENTION}/{act}");
    let left = all.service.json(&certificate, &executive).await;
    assert_eq!(
        (&left["folio"], &left["term_over"], &left["asked_by"]),
        (
            &json!(folio.to_string()),
            &json!(true),
            &json!(all.ids[0].to_string())
        )
    );
    let after = all.service.json(RETENTION, &president).await;
    assert_eq!(
        (&after["blocked"], &after["certificates"][0]),
        (&json!([]), &left)
    );
    let nowhere = format!("{RETENTION}/{}", "0".repeat(32));
    let hidden = all.service.get(&certificate, Some(&accused)).await;
    assert_eq!(hidden, all.service.get(&nowhere, Some(&accused)).await);
    assert_eq!(hidden.status, 404);
}
