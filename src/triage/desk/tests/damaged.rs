//! One record that does not open is told as such, and takes nothing else down with it.

use committee::acts::{Book, State};
use committee::incidents::Incidents;
use committee::shelf::Shelf;
use domain::attention::Attention;
use domain::case::Folio;
use domain::matter::Matter;
use domain::meeting::{Meeting, Point};
use jiff::SignedDuration;
use reqwest::header::LOCATION;
use store::casefiles::CaseFiles as _;
use store::records::{RecordId, RecordKind, Records as _};
use store::rings::{AccessChange, Rings as _};
use store::steps::{CaseChange, CaseStep, NewCourse, Steps as _};

use super::acts::{Committee, sign_in};
use super::programs::post;
use super::retention::close;
use super::*;

const UNREADABLE: &str = "Avise a quien opera el servicio";
const SOME: &str = "Hay registros que no se pueden leer.";

/// Damages how a case stands; says in which state it is then.
async fn damage_course(house: &House, folio: Folio) {
    let entry = house.cases.case(folio).await.unwrap().unwrap();
    let handle = house.cases.handle(entry.id).await.unwrap().unwrap();
    let mut sealed = handle.course.clone().unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    let step = CaseStep {
        change: CaseChange {
            state: Some((entry.state, entry.state)),
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

/// Damages a record of the committee.
async fn damage(house: &House, kind: RecordKind, id: RecordId) {
    let kept = house.cases.record(kind, id).await.unwrap().unwrap();
    let mut sealed = kept.sealed.clone();
    *sealed.last_mut().unwrap() ^= 1;
    let put = house
        .cases
        .put_record(kind, id, Some(&kept.sealed), &sealed);
    assert!(put.await.unwrap());
}

async fn page(all: &Committee, member: &Member, path: &str) -> String {
    let page = all.service.get(path, Some(member)).await;
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    page.body
}

async fn form(all: &Committee, member: &Member, path: &str, fields: &str) -> Answer {
    let form = format!("csrf={}&{fields}", member.token);
    let answer = all.service.post(path, Some(member), &form).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    answer
}

#[tokio::test]
async fn a_case_whose_course_does_not_open_takes_no_page_of_many_cases_down() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let (sound, _) = all.case(None).await;
    let (broken, _) = all.case(None).await;
    let (closed, _) = all.case(None).await;
    close(house, closed).await;
    for folio in [broken, closed] {
        damage_course(house, folio).await;
    }
    let member = &all.executive;
    for path in ["/", "/hoy", "/tablero"] {
        let page = page(&all, member, path).await;
        assert!(page.contains(&sound.to_string()), "{path}");
        let told = page
            .split(&format!("/casos/{broken}\""))
            .nth(1)
            .expect(path);
        let told = told.split("/casos/").next().unwrap();
        assert!(
            path == "/hoy" || told.contains("No se puede leer cómo va."),
            "{path}: {told}"
        );
        assert!(page.contains("No se puede leer cómo va."), "{path}");
    }
    for path in [
        "/calendario",
        "/calendario.ics",
        "/asuntos.csv",
        "/calendario.csv",
        "/incidentes",
        "/incidentes.csv",
        "/sesiones.csv",
        "/actos.csv",
        "/sesiones",
        "/actos",
        "/buscar",
        "/api/v1/cases",
        "/api/v1/retention",
    ] {
        page(&all, member, path).await;
    }
    let recounts = page(&all, member, "/calendario/plazos").await;
    assert!(recounts.contains(&broken.to_string()) && recounts.contains(UNREADABLE));
    let way = "href=\"/calendario/plazos.csv\" download";
    assert!(recounts.contains(way), "though nothing else is listed");
    let kept = page(&all, member, "/conservacion").await;
    assert!(kept.contains(&closed.to_string()) && kept.contains(UNREADABLE));
    for (table, folio) in [
        ("/calendario/plazos.csv", broken),
        ("/conservacion.csv", closed),
    ] {
        let table = page(&all, member, table).await;
        let told = format!("\"{folio}\",");
        let line = table.lines().find(|line| line.starts_with(&told));
        assert!(line.unwrap().contains("No se pueden leer"), "{table}");
    }
    let programs = all.service.json("/api/v1/retention", member).await;
    assert_eq!(programs["damaged"], json!([closed.to_string()]));
    house.worker().round().await.unwrap();
}

#[tokio::test]
async fn a_session_is_read_and_closed_though_one_of_its_cases_and_one_of_its_points_do_not_open() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let (broken, _) = all.case(None).await;
    for act in [
        json!({ "move": "REGISTRAR", "folio": "S-1", "captured_on": "2026-03-04" }),
        json!({ "move": "PROPONER_ACUERDO", "proposal": "ADMITIR", "reason": "Procede." }),
    ] {
        assert_eq!(all.step(&all.executive, broken, act, &[]).await.status, 201);
    }
    let call =
        json!({ "kind": "ORDINARIA", "on": "2026-03-09", "mode": "VIRTUAL", "place": "Enlace" });
    let (_, called) = post(&all, &all.president, "/api/v1/meetings", call).await;
    let id = called["id"].as_str().unwrap().to_owned();
    let api = format!("/api/v1/meetings/{id}");
    for topic in [
        json!({ "topic": "case", "folio": broken, "motion": "ADMITIR" }),
        json!({ "topic": "matter", "matter": "NORMATIVA", "title": "Criterios" }),
        json!({ "topic": "matter", "matter": "NORMATIVA", "title": "Se pierde" }),
    ] {
        let (status, view) = post(&all, &all.president, &format!("{api}/points"), topic).await;
        assert_eq!(status, 201, "{view}");
    }
    house.clock.advance(SignedDuration::from_hours(5 * 24));
    let president = sign_in(&all.service, "aurelia").await;
    let present: Vec<String> = all.ids.iter().map(ToString::to_string).collect();
    let there = json!({ "present": present });
    let held = post(&all, &president, &format!("{api}/attendance"), there).await;
    assert_eq!(held.0, 200, "{}", held.1);
    let point = held.1["points"][0]["id"].as_str().unwrap().to_owned();
    damage_course(house, broken).await;
    let votes: serde_json::Map<String, Value> = present
        .iter()
        .map(|id| (id.clone(), json!("A_FAVOR")))
        .collect();
    let votes = json!({ "text": "Se admite.", "votes": votes });
    let entered = post(
        &all,
        &president,
        &format!("{api}/points/{point}/votes"),
        votes,
    )
    .await;
    assert_eq!(entered.0, 200, "{}", entered.1);
    assert_eq!(
        entered.1["points"][0]["carried_out"]["standing"],
        "unreadable"
    );

    let shelf = Shelf::new(&*house.cases, &house.keyring);
    let points = shelf.readable::<Point>().await.unwrap().records;
    let lost = points.iter().find(|point| match point.topic() {
        domain::meeting::Topic::Matter { title, .. } => title.expose() == "Se pierde",
        domain::meeting::Topic::Case { .. } => false,
    });
    let lost = RecordId(lost.unwrap().id().0);
    damage(house, RecordKind::Point, lost).await;
    let here = format!("/sesiones/{id}");
    let shown = page(&all, &president, &here).await;
    for told in ["No se puede leer cómo va el asunto.", "Criterios", SOME] {
        assert!(shown.contains(told), "{told}");
    }
    assert!(!shown.contains("Se pierde"));
    let view = all.service.json(&api, &president).await;
    assert_eq!(
        (
            view["points"].as_array().unwrap().len(),
            &view["unreadable"]
        ),
        (2, &json!(1))
    );
    let minutes = all
        .service
        .get(&format!("{here}/acta"), Some(&president))
        .await;
    assert_eq!(minutes.status, 500, "they would look whole");
    assert!(
        minutes
            .body
            .contains("Un punto de la sesión no se puede leer")
    );
    let closed = post(&all, &president, &format!("{api}/closing"), json!({})).await;
    assert_eq!(
        (closed.0.as_u16(), &closed.1["stage"]),
        (200, &json!("closed"))
    );
}

#[tokio::test]
async fn of_records_of_a_kind_those_that_open_are_shown() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let member = &all.executive;
    let (folio, _) = all.case(None).await;
    let call =
        |place: &str| format!("kind=EXTRAORDINARIA&on=2026-03-09&mode=VIRTUAL&place={place}");
    let attention = |note: &str| {
        format!("on=2026-03-04&channel=TELEFONO&subject=ORIENTACION&done=OTRA&note={note}")
    };
    let petition = |text: &str| format!("received_on=2026-03-04&statement={text}");
    let incident = |what: &str| {
        format!(
            "nature=PERDIDA&happened_on=2026-03-02&noticed_on=2026-03-04\
        &what={what}&affected=Nada&measures=Nada&told="
        )
    };
    for text in ["Primero", "Segundo"] {
        form(&all, &all.president, "/sesiones", &call(text)).await;
        form(&all, member, "/atenciones", &attention(text)).await;
        form(&all, member, "/peticiones", &petition(text)).await;
        form(&all, member, "/incidentes", &incident(text)).await;
    }
    let act = all.ask(&all.president, folio, "borrar").await;
    let (closed, _) = all.case(None).await;
    let deleted = all.ask(&all.president, closed, "borrar").await;
    all.say(&all.executive, &deleted, "approve").await;

    let shelf = Shelf::new(&*house.cases, &house.keyring);
    let meeting = shelf.readable::<Meeting>().await.unwrap().records[0].id();
    let matter = shelf.readable::<Matter>().await.unwrap().records[0].id();
    let attention = shelf.readable::<Attention>().await.unwrap().records[0].id;
    let incidents = Incidents::new(&*house.cases, &house.keyring);
    let incident = incidents.all().await.unwrap().records[0].id;
    let id = |text: &str| RecordId(u128::from_str_radix(text, 16).unwrap().to_be_bytes());
    for (kind, id) in [
        (RecordKind::Meeting, RecordId(meeting.0)),
        (RecordKind::Matter, RecordId(matter.0)),
        (RecordKind::Attention, RecordId(attention.0)),
        (RecordKind::Incident, RecordId(incident.0)),
        (RecordKind::Act, id(&act)),
        (RecordKind::Certificate, id(&deleted)),
    ] {
        damage(house, kind, id).await;
    }
    for (path, api) in [
        ("/sesiones", "/api/v1/meetings"),
        ("/peticiones", "/api/v1/matters"),
        ("/atenciones", "/api/v1/attentions"),
        ("/incidentes", "/api/v1/incidents"),
        ("/actos", "/api/v1/acts"),
        ("/conservacion", "/api/v1/retention"),
    ] {
        let shown = page(&all, member, path).await;
        assert!(shown.contains(SOME), "{path}");
        let view = all.service.json(api, member).await;
        assert_eq!(view["unreadable"], 1, "{api}: {view}");
    }
    let seen = page(&all, member, "/atenciones").await;
    assert_eq!(seen.matches("/anular").count(), 1);
    let table = all
        .service
        .get("/atenciones/cuentas.csv", Some(member))
        .await;
    assert_eq!(table.status, 500, "it would look whole");
    // Nothing of what goes on is stopped by it.
    assert_eq!(all.page(member, folio).await.status, 200);
    page(&all, member, &format!("/casos/{folio}/excusas")).await;
    all.ask(&all.president, folio, "exportar").await;
    assert_eq!(all.archive(&all.president, folio).await.0, 403);
    let again = all.ask(&all.president, folio, "borrar").await;
    let answered = all.say(&all.executive, &again, "approve").await;
    assert_eq!(answered.status, 303, "{}", answered.body);
    assert_eq!(house.cases.case(folio).await.unwrap(), None);
    let next = form(&all, &all.president, "/sesiones", &call("Tercero")).await;
    assert!(next.header(LOCATION).starts_with("/sesiones/"));
    let next = form(&all, member, "/peticiones", &petition("Tercero")).await;
    assert!(
        page(&all, member, next.header(LOCATION))
            .await
            .contains("3/2026")
    );
    let (waits, _) = all.case(None).await;
    let act = all.ask(&all.president, waits, "exportar").await;
    house.clock.advance(SignedDuration::from_hours(8 * 24));
    let log = all.service.desk.vault.log();
    house.worker().tend_acts(log).await.unwrap();
    let book = Book::new(&*house.cases, &house.keyring);
    let kept = book.find(act.parse().unwrap()).await.unwrap().unwrap();
    assert!(matches!(kept.act.state, State::Expired { .. }));
}

#[tokio::test]
async fn views_that_do_not_open_are_told_as_such_and_give_way_to_the_next_that_is_kept() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let member = &all.executive;
    form(&all, member, "/vistas", "name=Urgentes&query=").await;
    let id = RecordId(all.ids[1].0);
    damage(house, RecordKind::View, id).await;
    let lost = "Sus vistas guardadas no se pueden leer.";
    // Whoever only takes one away leaves what may be put right.
    form(&all, member, "/vistas/quitar", "name=Urgentes").await;
    for path in ["/", "/hoy"] {
        let page = page(&all, member, path).await;
        assert!(page.contains(lost) && !page.contains("Urgentes"), "{path}");
    }
    form(&all, member, "/vistas", "name=Detenidos+hoy&query=").await;
    for path in ["/", "/hoy"] {
        let page = page(&all, member, path).await;
        assert!(
            !page.contains(lost) && page.contains("Detenidos hoy"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_case_of_which_nobody_can_say_for_whom_it_is_is_shown_to_nobody_and_every_page_says_so() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let (sound, _) = all.case(None).await;
    let (broken, _) = all.case(None).await;
    for folio in [sound, broken] {
        all.ask(&all.president, folio, "borrar").await;
    }
    let entry = house.cases.case(broken).await.unwrap().unwrap();
    let mut circle = entry.circle.clone().unwrap();
    *circle.last_mut().unwrap() ^= 1;
    let change = AccessChange::of_circle(entry.id, entry.circle, circle);
    assert!(house.cases.change_access(&change).await.unwrap());
    for path in [
        "/",
        "/hoy",
        "/tablero",
        "/calendario",
        "/conservacion",
        "/calendario/plazos",
    ] {
        let page = page(&all, &all.executive, path).await;
        assert!(!page.contains(&broken.to_string()), "{path}");
        assert!(
            page.contains("No se puede saber ahora si hay una vida en riesgo."),
            "{path}"
        );
    }
    assert!(
        page(&all, &all.executive, "/")
            .await
            .contains(&sound.to_string())
    );
    let acts = page(&all, &all.executive, "/actos").await;
    assert!(acts.contains(&sound.to_string()) && acts.contains(SOME));
    assert!(!acts.contains(&broken.to_string()));
    for path in ["casos", "api/v1/cases"] {
        page(&all, &all.executive, &format!("/{path}/{sound}")).await;
    }
}
