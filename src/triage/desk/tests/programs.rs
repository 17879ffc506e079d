//! Sessions of the committee and attentions through the interface for programs: what the pages do, and what
//! they hide.

use domain::case::Folio;
use jiff::SignedDuration;
use reqwest::header::CONTENT_TYPE;

use super::acts::{Committee, sign_in};
use super::forgery::TOKEN;
use super::*;

const MEETINGS: &str = "/api/v1/meetings";

pub(super) async fn send(
    all: &Committee,
    member: &Member,
    method: Method,
    path: &str,
    body: &Value,
) -> (StatusCode, Value) {
    let headers = [
        (COOKIE, member.cookie.as_str()),
        (TOKEN, member.token.as_str()),
        (CONTENT_TYPE, "application/json"),
    ];
    let service = &all.service;
    let body = body.to_string();
    let answer = service.send(method, path, &headers, &body).await;
    let view = serde_json::from_str(&answer.body).unwrap();
    (answer.status, view)
}

pub(super) async fn post(
    all: &Committee,
    member: &Member,
    path: &str,
    body: Value,
) -> (StatusCode, Value) {
    send(all, member, Method::POST, path, &body).await
}

/// A case that a session decides on, and one that the technical secretary is kept out of.
async fn cases(all: &Committee) -> (Folio, Folio) {
    let (open, _) = all.case(None).await;
    for act in [
        json!({ "move": "REGISTRAR", "folio": "S-1", "captured_on": "2026-03-04" }),
        json!({ "move": "PROPONER_ACUERDO", "proposal": "ADMITIR", "reason": "Procede." }),
    ] {
        let made = all.step(&all.executive, open, act, &[]).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    let (kept, _) = all.case(Some("Casilda Zúñiga Peralta")).await;
    (open, kept)
}

#[tokio::test]
async fn programs_call_hold_and_close_a_session_and_see_what_their_member_may_know_of() {
    let all = Committee::new().await;
    let (open, kept) = cases(&all).await;
    let call =
        |on: &str| json!({ "kind": "ORDINARIA", "on": on, "mode": "VIRTUAL", "place": "Enlace" });
    let (status, called) = post(&all, &all.president, MEETINGS, call("2026-03-09")).await;
    assert_eq!(
        (status, &called["stage"]),
        (StatusCode::CREATED, &json!("called"))
    );
    let late = post(&all, &all.president, MEETINGS, call("2026-03-05"))
        .await
        .0;
    let none = post(
        &all,
        &all.president,
        MEETINGS,
        json!({ "kind": "ORDINARIA" }),
    )
    .await
    .0;
    let not_theirs = post(&all, &all.technical, MEETINGS, call("2026-03-09"))
        .await
        .0;
    assert_eq!(
        [late, none, not_theirs].map(|status| status.as_u16()),
        [422, 422, 403]
    );
    let here = format!("{MEETINGS}/{}", called["id"].as_str().unwrap());
    let points = format!("{here}/points");
    let on =
        |folio: Folio, motion: &str| json!({ "topic": "case", "folio": folio, "motion": motion });
    for topic in [
        on(kept, "OTRO_ACUERDO"),
        on(open, "ADMITIR"),
        json!({ "topic": "matter", "matter": "NORMATIVA", "title": "Criterios" }),
    ] {
        let (status, view) = post(&all, &all.president, &points, topic).await;
        assert_eq!(status, 201, "{view}");
    }
    // What does not exist for a member is answered as what does not exist.
    let unknown = Folio::new(2026, (kept.digits() + 1) % 1_000_000).unwrap();
    let hidden = post(&all, &all.technical, &points, on(kept, "ADMITIR")).await;
    assert_eq!(
        hidden,
        post(&all, &all.technical, &points, on(unknown, "ADMITIR")).await
    );
    assert_eq!(hidden.0, 422);
    let whole = all.service.json(&here, &all.president).await;
    let ids: Vec<String> = whole["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["id"].as_str().unwrap().to_owned())
        .collect();
    let seen = all.service.json(&here, &all.technical).await;
    assert_eq!(seen["points"].as_array().unwrap().len(), 2, "{seen}");
    assert_eq!(seen["points"][0]["number"], 1);
    assert!(!seen.to_string().contains(&kept.to_string()));
    let off = format!("{points}/{}", ids[2]);
    let (status, view) = send(&all, &all.technical, Method::DELETE, &off, &json!({})).await;
    assert_eq!(
        (status.as_u16(), view["points"].as_array().unwrap().len()),
        (200, 1)
    );

    hold(&all, &here, open, &ids).await;
}

/// Holds the session a week later, on two points of which the technical secretary sees the second.
async fn hold(all: &Committee, here: &str, open: Folio, ids: &[String]) {
    let points = format!("{here}/points");
    let week = SignedDuration::from_hours(5 * 24);
    all.service.house.clock.advance(week);
    let president = sign_in(&all.service, "aurelia").await;
    let technical = sign_in(&all.service, "casilda").await;
    let present: Vec<String> = all.ids.iter().map(ToString::to_string).collect();
    let there = json!({ "present": present });
    let (status, held) = post(all, &president, &format!("{here}/attendance"), there).await;
    assert_eq!(
        (status.as_u16(), &held["stage"]),
        (200, &json!("held")),
        "{held}"
    );
    let votes: serde_json::Map<String, Value> = present
        .iter()
        .map(|id| (id.clone(), json!("A_FAVOR")))
        .collect();
    let votes = json!({ "text": "Se admite.", "votes": votes });
    let on_kept = format!("{points}/{}/votes", ids[0]);
    let nowhere = format!("{points}/{}/votes", "0".repeat(32));
    let hidden = post(all, &technical, &on_kept, votes.clone()).await;
    assert_eq!(hidden, post(all, &technical, &nowhere, votes.clone()).await);
    assert_eq!(hidden.0, 404);
    let path = format!("{points}/{}/votes", ids[1]);
    let (status, view) = post(all, &president, &path, votes.clone()).await;
    assert_eq!(status, 200, "{view}");
    let point = &view["points"][1];
    assert_eq!(point["outcome"]["carried"], true);
    assert_eq!(
        point["carried_out"],
        json!({ "move": "ADMITIR", "standing": "made", "why": null })
    );
    assert_eq!(all.course(&president, open).await["state"], "ADMITIDA");
    assert_eq!(post(all, &president, &path, votes).await.0, 422);
    let wrong = post(
        all,
        &president,
        &format!("{here}/closing"),
        json!({ "remark": "x" }),
    )
    .await;
    assert_eq!(wrong.0, 422, "{}", wrong.1);
    for status in [200, 422] {
        let closed = post(all, &technical, &format!("{here}/closing"), json!({})).await;
        assert_eq!(closed.0, status, "{}", closed.1);
    }
    let list = all.service.json(MEETINGS, &technical).await;
    assert_eq!(list["meetings"][0]["stage"], "closed");
}

#[tokio::test]
async fn programs_put_off_and_call_off_a_session() {
    let all = Committee::new().await;
    let call = json!({ "kind": "EXTRAORDINARIA", "on": "2026-03-09", "mode": "VIRTUAL", "place": "Enlace" });
    let (_, called) = post(&all, &all.president, MEETINGS, call).await;
    let here = format!("{MEETINGS}/{}", called["id"].as_str().unwrap());
    let to = json!({ "to": "2026-03-11" });
    let (_, view) = post(&all, &all.president, &format!("{here}/postponement"), to).await;
    assert_eq!(
        (&view["on"], &view["postponed"]),
        (&json!("2026-03-11"), &json!(["2026-03-09"]))
    );
    let reason = json!({ "reason": "Sismo" });
    let (_, view) = post(
        &all,
        &all.president,
        &format!("{here}/cancellation"),
        reason,
    )
    .await;
    assert_eq!(view["stage"], "cancelled");
    assert_eq!(
        all.service
            .get(&format!("{MEETINGS}/nada"), Some(&all.president))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn programs_enter_attentions_and_take_them_back() {
    let all = Committee::new().await;
    let here = "/api/v1/attentions";
    let one = json!({ "on": "2026-03-04", "channel": "TELEFONO", "subject": "ORIENTACION", "done": "OTRA",
        "note": "Preguntó por Casilda Zúñiga Peralta." });
    let (status, entered) = post(&all, &all.executive, here, one.clone()).await;
    assert_eq!(status, 201, "{entered}");
    let mut wrong = one.clone();
    wrong["channel"] = json!("PALOMA");
    assert_eq!(post(&all, &all.executive, here, wrong).await.0, 422);
    assert_eq!(post(&all, &all.executive, here, json!({})).await.0, 422);
    post(&all, &all.elected, here, one).await;
    let year = all.service.json(here, &all.executive).await;
    assert_eq!(
        (&year["whole"]["all"], &year["months"][2]["LLAMADA"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(year["channels"]["TELEFONO"], 2);
    // The own ones alone, and no note that names its reader.
    assert_eq!(
        all.service.json(here, &all.elected).await["whole"]["all"],
        1
    );
    let told = all.service.json(here, &all.technical).await.to_string();
    assert!(!told.contains("Casilda"), "{told}");
    let path = format!("{here}/{}", entered["id"].as_str().unwrap());
    for (member, status) in [
        (&all.elected, 404),
        (&all.executive, 200),
        (&all.executive, 409),
    ] {
        let taken = send(&all, member, Method::DELETE, &path, &json!({})).await;
        assert_eq!(taken.0, status, "{}", taken.1);
    }
    let year = all.service.json(here, &all.executive).await;
    assert_eq!(
        (
            &year["whole"]["all"],
            year["attentions"].as_array().unwrap().len()
        ),
        (&json!(1), 2)
    );
}
