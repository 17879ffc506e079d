//! Today, the list, the board, the calendar: what each shows, and that nothing of it shows too much.

use domain::case::Folio;
use domain::committee::Seat;
use jiff::SignedDuration;
use reqwest::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, LOCATION};
use serde_json::json;

use super::recusals::{Committee, STORY};
use super::{Service, USER};
use crate::testing::story;

const PAGES: [&str; 6] = [
    "/hoy",
    "/",
    "/tablero",
    "/calendario",
    "/calendario.ics",
    "/asuntos.csv",
];

/// Folios of a text, in their order.
fn folios(text: &str) -> Vec<&str> {
    text.match_indices("CE-2026-")
        .filter_map(|(at, _)| text.get(at..at + 14))
        .collect()
}

#[tokio::test]
async fn a_case_is_on_every_page_until_the_member_declares_a_conflict() {
    let committee = Committee::start().await;
    let folio = committee.case(story(STORY)).await.to_string();
    let executive = committee.enter("ejecutiva").await;
    let president = committee.enter("presidencia").await;
    // The last in the month in which its terms end.
    let pages = [&PAGES[..], &["/calendario?month=2026-03"]].concat();
    for page in &pages {
        let answer = committee.service.get(page, Some(&executive)).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        assert!(answer.body.contains(&folio), "{page}: {}", answer.body);
    }
    let path = format!("/casos/{folio}/excusas/declarar");
    let declared = committee.send(&executive, &path, "reason=Mi+prima").await;
    assert_eq!(declared.status, 303);
    for page in pages {
        let hidden = committee.service.get(page, Some(&executive)).await;
        assert_eq!(hidden.status, 200, "{page}");
        assert!(!hidden.body.contains(&folio), "{page}: {}", hidden.body);
        let shown = committee.service.get(page, Some(&president)).await;
        assert!(shown.body.contains(&folio), "{page}: {}", shown.body);
    }
}

#[tokio::test]
async fn the_list_is_turned_page_by_page_and_exported_whole_in_its_order() {
    let service = Service::start().await;
    for number in 0..53 {
        let story = story(&format!(
            "Piden dinero por cada guardia, van {number} veces."
        ));
        service.house.file(story).await;
    }
    while !{
        service.house.worker().round().await.unwrap();
        service.house.register().await.len() == 53
    } {}
    let member = service.sign_in().await;
    let mut seen: Vec<String> = Vec::new();
    for page in 1..=2 {
        let path = format!("/?sort=folio&reverse=si&page={page}");
        let body = service.get(&path, Some(&member)).await.body;
        assert!(body.contains(&format!("Página {page} de 2")), "{body}");
        assert!(body.contains("aria-sort=\"descending\""), "{body}");
        let (_, rows) = body.split_once("<tbody>").unwrap();
        let (rows, _) = rows.split_once("</tbody>").unwrap();
        let mut rows = folios(rows);
        rows.dedup();
        seen.extend(rows.into_iter().map(str::to_owned));
    }
    assert_eq!(seen.len(), 53);
    assert!(seen.is_sorted_by(|one, next| one > next));

    let table = service
        .get("/asuntos.csv?sort=folio&reverse=si", Some(&member))
        .await;
    assert_eq!(table.header(CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(folios(&table.body), seen);
    assert_eq!(table.body.lines().count(), 54);
    let beyond = service.get("/?page=9", Some(&member)).await;
    assert_eq!(beyond.status, 200);
    let cases = service
        .json("/api/v1/cases?sort=folio&page=2", &member)
        .await;
    let cases = cases["cases"].as_array().unwrap().clone();
    let named: Vec<&str> = cases
        .iter()
        .map(|case| case["folio"].as_str().unwrap())
        .collect();
    let mut upwards = seen.clone();
    upwards.reverse();
    assert_eq!(named, &upwards[50..]);
}

#[tokio::test]
async fn a_table_has_what_the_list_shows() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(json!({
            "narrative": "Mi jefe me acosa sexualmente y me toca sin permiso.",
            "workplace": { "ooad": "jalisco" },
        }))
        .await;
    let member = service.sign_in().await;
    let table = service.get("/asuntos.csv", Some(&member)).await.body;
    let mut lines = table.lines();
    let headings = lines.next().unwrap();
    assert_eq!(
        headings.strip_prefix('\u{feff}').unwrap(),
        "\"Folio\",\"Prioridad\",\"Revisión humana\",\"Riesgo ético\",\"Próximo plazo\",\"Vence\",\
         \"Señal del próximo plazo\",\"A quién le toca\",\"Estado\",\"OOAD o UMAE\",\"Recibida\",\
         \"Faltan integrantes\""
    );
    let line = format!(
        "\"{folio}\",\"Urgente\",\"No\",\"Acoso sexual / hostigamiento sexual\",\
         \"Revisar requisitos, registrar la denuncia e informar el folio\",\"2026-03-09\",\"En tiempo\",\
         \"Secretaría Ejecutiva\",\"En revisión\",\"Jalisco\",\"2026-03-04\",\"No\""
    );
    assert_eq!(lines.collect::<Vec<_>>(), [line.as_str()]);
    assert!(!table.contains("me toca"), "{table}");
}

#[tokio::test]
async fn today_tells_each_seat_what_it_has_to_keep() {
    let committee = Committee::start().await;
    let old = committee.case(story(STORY)).await.to_string();
    committee
        .service
        .house
        .clock
        .advance(SignedDuration::from_hours(6 * 24));
    let new = committee.case(story(STORY)).await.to_string();
    let executive = committee.enter("ejecutiva").await;
    let today = committee.service.get("/hoy", Some(&executive)).await.body;
    let part = |body: &str, name: &str| -> String {
        let (_, rest) = body.split_once(&format!("id=\"{name}\"")).unwrap();
        rest.split_once("</section>").unwrap().0.to_owned()
    };
    let mine = part(&today, "mine");
    assert!(mine.contains(&old) && mine.contains("Vencido"), "{mine}");
    assert!(!mine.contains(&new), "{mine}");
    let fresh = part(&today, "new");
    assert!(fresh.contains(&new) && !fresh.contains(&old), "{fresh}");

    // For another seat the same term is somebody else's.
    let president = committee.enter("presidencia").await;
    let today = committee.service.get("/hoy", Some(&president)).await.body;
    assert!(!part(&today, "mine").contains(&old), "{today}");
    assert!(part(&today, "due").contains(&old), "{today}");

    // Two weeks later nothing was done.
    committee
        .service
        .house
        .clock
        .advance(SignedDuration::from_hours(14 * 24));
    let executive = committee.enter("ejecutiva").await;
    let today = committee.service.get("/hoy", Some(&executive)).await.body;
    let stuck = part(&today, "stuck");
    assert!(stuck.contains(&old), "{stuck}");
    assert!(
        stuck.contains("Sin pasos desde el 4 de marzo de 2026. Le toca a: Secretaría Ejecutiva."),
        "{stuck}"
    );
    // Each part leads to the list of the same cases.
    let (_, link) = stuck.split_once("href=\"/?").unwrap();
    let (link, _) = link.split_once('"').unwrap();
    let link = link.replace("&#38;", "&");
    let list = committee
        .service
        .get(&format!("/asuntos.csv?{link}"), Some(&executive))
        .await
        .body;
    let mut shown = folios(&stuck);
    shown.dedup();
    let mut listed = folios(&list);
    shown.sort_unstable();
    listed.sort_unstable();
    assert!(!listed.is_empty());
    shown.dedup();
    assert_eq!(listed, shown);
}

#[tokio::test]
async fn a_calendar_file_says_which_term_of_which_folio_and_no_more() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Mi jefe me acosa sexualmente y me toca sin permiso."))
        .await;
    let member = service.sign_in().await;
    let file = service.get("/calendario.ics", Some(&member)).await;
    assert_eq!(file.header(CONTENT_TYPE), "text/calendar; charset=utf-8");
    let body = file.body.replace("\r\n ", "");
    assert!(
        body.contains(&format!("UID:{folio}-registro_sseccoe@guiando")),
        "{body}"
    );
    assert!(body.contains("DTSTART;VALUE=DATE:20260309"), "{body}");
    for secret in ["acos", "urgente", "revisión", "Jalisco"] {
        assert!(!body.to_lowercase().contains(secret), "{secret} in {body}");
    }
    for bad in ["/calendario?month=2026-13", "/calendario?mes=2026-03"] {
        assert_eq!(service.get(bad, Some(&member)).await.status, 422, "{bad}");
    }
}

#[tokio::test]
async fn the_board_counts_each_state() {
    let service = Service::start().await;
    for _ in 0..2 {
        service.house.case(story(STORY)).await;
    }
    let member = service.sign_in().await;
    let board = service.get("/tablero", Some(&member)).await.body;
    let count = |state: &str| -> String {
        let (_, rest) = board.split_once(&format!("id=\"{state}\"")).unwrap();
        let (_, rest) = rest.split_once("class=\"count\">").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    assert_eq!(count("EN_REVISION"), "2");
    assert_eq!(count("CONCLUIDA"), "0");
    let none = service.get("/tablero?state=CONCLUIDA", Some(&member)).await;
    assert_eq!(folios(&none.body), [] as [&str; 0]);
}

#[tokio::test]
async fn a_view_is_kept_for_its_member_alone_and_lies_sealed() {
    let committee = Committee::start().await;
    let executive = committee.enter("ejecutiva").await;
    let president = committee.enter("presidencia").await;
    let form = "name=Lo+de+Rigoberto+%3Cb%3E&query=state%3DEN_REVISION%26page%3D3";
    let kept = committee.send(&executive, "/vistas", form).await;
    assert_eq!(
        (kept.status.as_u16(), kept.header(LOCATION)),
        (303, "/?state=EN_REVISION")
    );
    for page in ["/", "/hoy"] {
        let mine = committee.service.get(page, Some(&executive)).await.body;
        assert!(mine.contains("Lo de Rigoberto &#60;b&#62;"), "{mine}");
        assert!(mine.contains("href=\"/?state=EN_REVISION\""), "{mine}");
        let other = committee.service.get(page, Some(&president)).await.body;
        assert!(!other.contains("Rigoberto"), "{other}");
    }
    for (form, status) in [
        ("name=&query=", 422),
        ("name=x&query=estado%3Dx", 422),
        ("query=", 400),
    ] {
        let refused = committee.send(&executive, "/vistas", form).await;
        assert_eq!(refused.status, status, "{form}");
    }
    let name = "name=Lo+de+Rigoberto+%3Cb%3E";
    let gone = committee.send(&executive, "/vistas/quitar", name).await;
    assert_eq!(gone.status, 303);
    let mine = committee.service.get("/", Some(&executive)).await.body;
    assert!(!mine.contains("Rigoberto"), "{mine}");
    for number in 0..20 {
        let form = format!("name=Vista+{number}&query=");
        let kept = committee.send(&executive, "/vistas", &form).await;
        assert_eq!(kept.status, 303, "{number}");
    }
    let refused = committee.send(&executive, "/vistas", "name=Una+m%C3%A1s&query=");
    assert_eq!(refused.await.status, 409);
}

#[tokio::test]
async fn shortcuts_are_off_where_the_member_switched_them_off() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let page = service.get("/hoy", Some(&member)).await;
    assert!(page.body.contains("/static/keys.js"), "{}", page.body);
    assert!(
        page.header(CONTENT_SECURITY_POLICY)
            .contains("script-src 'self'")
    );
    let form = format!("csrf={}&shortcuts=no", member.token);
    let off = service.post("/ayuda", Some(&member), &form).await;
    assert_eq!(off.status, 303);
    let cookie = format!("{}; {}", member.cookie, off.cookie());
    let headers = [(COOKIE, cookie.as_str())];
    for page in ["/hoy", "/", "/tablero", "/calendario", "/ayuda"] {
        let answer = service.send(reqwest::Method::GET, page, &headers, "").await;
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains("<script"), "{page}");
        assert!(
            !answer
                .header(CONTENT_SECURITY_POLICY)
                .contains("script-src")
        );
    }
}

#[tokio::test]
async fn a_seat_without_terms_has_no_part_of_its_own() {
    let service = Service::start().await;
    let house = &service.house;
    house
        .member(Seat::Electa, "electa", super::PASSPHRASE)
        .await;
    let folio: Folio = house.case(story(STORY)).await;
    let member = service.sign_in_as("electa", super::PASSPHRASE, None).await;
    let member = super::Member::of(&member);
    let today = service.get("/hoy", Some(&member)).await;
    assert_eq!(today.status, 200);
    assert!(!today.body.contains("id=\"mine\""), "{}", today.body);
    // An elected member knows that the case exists.
    assert!(today.body.contains(&folio.to_string()), "{}", today.body);
    assert_ne!(USER, "electa");
}
