//! Every list as a table: the lines that the page shows, all of them, and to nobody else.

use std::collections::BTreeMap;

use domain::case::Folio;
use domain::committee::Seat;
use domain::procedure::MoveKind;
use jiff::SignedDuration;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use serde_json::json;

use super::acts::{Committee, sign_in};
use super::retention::close;
use super::{Answer, Member, PASSPHRASE};
use crate::testing::story;

const TECHNICAL: &str = "Casilda Zúñiga Peralta";
const INCIDENT: &str = "nature=ROBO_O_COPIA&happened_on=2026-03-02&noticed_on=2026-03-04\
    &what=%3Dcmd%7Ccalc&affected=Respaldos+sellados&measures=Se+cambi%C3%B3+la+llave&told=";
const CONSULTATION: &str = "received_on=2026-03-04&name=Elvira+Quiroga&contact=elvira%40example.mx\
    &statement=Puedo+aceptar+un+libro%3F";
const PETITION: &str = "received_on=2026-03-04&statement=Pongan+el+c%C3%B3digo+a+la+vista.";
const ATTENTION: &str = "on=2026-03-04&channel=TELEFONO&subject=DENUNCIA\
    &done=SE_EXPLICO_COMO_DENUNCIAR&ooad=&risk=&note=%3D1%2B1";
const DAYS: &str = "from=2026-03-06&to=2026-03-09&reason=Puente&source=DOF+15-01-2026";
const PROFILE: &str = "profile=lfpa_28&reason=Lo+acord%C3%B3&source=Acta+3";

/// A committee with something in every list.
struct Office {
    all: Committee,
    /// About nobody of the committee.
    open: Folio,
    /// About the Secretaría Técnica.
    kept: Folio,
    /// The same, and closed.
    closed: Folio,
    /// The same, and deleted.
    deleted: Folio,
    meeting: String,
}

impl Office {
    async fn new() -> Self {
        let all = Committee::new().await;
        let (open, _) = all.case(None).await;
        let (kept, _) = all.case(Some(TECHNICAL)).await;
        let (closed, _) = all.case(Some(TECHNICAL)).await;
        let (deleted, _) = all.case(Some(TECHNICAL)).await;
        close(&all.service.house, closed).await;
        let act = all.ask(&all.president, deleted, "borrar").await;
        assert_eq!(all.say(&all.executive, &act, "approve").await.status, 303);
        all.ask(&all.president, kept, "exportar").await;
        let president = &all.president;
        send(&all, president, "/incidentes", INCIDENT).await;
        send(&all, president, "/consultas", CONSULTATION).await;
        send(&all, president, "/peticiones", PETITION).await;
        send(&all, president, "/atenciones", ATTENTION).await;
        send(&all, &all.technical, "/calendario/suspensiones", DAYS).await;
        send(&all, &all.technical, "/calendario/perfil", PROFILE).await;
        let call = "kind=ORDINARIA&on=2026-03-18&mode=PRESENCIAL&place=Sala+2";
        let called = send(&all, president, "/sesiones", call).await;
        let meeting = called.header(LOCATION).to_owned();
        for folio in [open, kept] {
            let point = format!("case={folio}&motion=ORIENTAR");
            send(&all, president, &format!("{meeting}/puntos"), &point).await;
        }
        Self {
            all,
            open,
            kept,
            closed,
            deleted,
            meeting,
        }
    }

    /// The pages and their tables.
    fn tables(&self) -> Vec<(String, String)> {
        let agenda = format!("{}/orden.csv", self.meeting);
        let attendance = format!("{}/asistencia.csv", self.meeting);
        let steps_page = format!("/casos/{}/tramite", self.open);
        let steps = format!("{steps_page}.csv");
        let tables = [
            ("/calendario?month=2026-03", "/calendario.csv?month=2026-03"),
            ("/calendario/suspensiones", "/calendario/suspensiones.csv"),
            ("/calendario/suspensiones", "/calendario/perfiles.csv"),
            ("/calendario/plazos", "/calendario/plazos.csv"),
            ("/conservacion", "/conservacion.csv"),
            ("/conservacion", "/constancias.csv"),
            ("/conservacion", "/series.csv"),
            ("/integrantes", "/integrantes.csv"),
            ("/actos", "/actos.csv"),
            ("/sesiones", "/sesiones.csv"),
            (self.meeting.as_str(), agenda.as_str()),
            ("/incidentes", "/incidentes.csv"),
            ("/atenciones?year=2026", "/atenciones.csv?year=2026"),
            ("/consultas", "/consultas.csv"),
            ("/peticiones", "/peticiones.csv"),
            ("/bitacora", "/bitacora.csv"),
            ("/hoy", "/hoy.csv?part=mine"),
            ("/hoy", "/hoy.csv?part=due"),
            ("/hoy", "/hoy.csv?part=new"),
            ("/hoy", "/hoy.csv?part=stuck"),
            (self.meeting.as_str(), attendance.as_str()),
            (steps_page.as_str(), steps.as_str()),
            ("/integrantes", "/resguardo.csv"),
            ("/atenciones?year=2026", "/atenciones/cuentas.csv?year=2026"),
            (
                "/atenciones?year=2026",
                "/atenciones/desglose.csv?year=2026",
            ),
        ];
        let tables = tables.into_iter();
        tables
            .map(|(page, table)| (page.to_owned(), table.to_owned()))
            .collect()
    }

    async fn get(&self, member: &Member, path: &str) -> Answer {
        self.all.service.get(path, Some(member)).await
    }

    async fn lines(&self, member: &Member, path: &str) -> Vec<Vec<String>> {
        let table = self.get(member, path).await;
        assert_eq!(table.status, 200, "{path}: {}", table.body);
        assert_eq!(table.header(CONTENT_TYPE), "text/csv; charset=utf-8");
        let saved_as = table.header(CONTENT_DISPOSITION);
        assert!(saved_as.starts_with("attachment;") && saved_as.contains(".csv"));
        let mut rows = csv::Reader::from_reader(table.body.as_bytes());
        let lines = rows.records().map(|row| {
            let row = row.unwrap();
            row.iter().map(str::to_owned).collect()
        });
        lines.collect()
    }
}

async fn send(all: &Committee, member: &Member, path: &str, fields: &str) -> Answer {
    let form = format!("csrf={}&{fields}", member.token);
    let answer = all.service.post(path, Some(member), &form).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    answer
}

/// Every table of the office as whoever presides reads it, each under its address; folios and the session by what
/// they are here. The cases come in the order of their folios, which are drawn, so lines are compared in their own.
const WHOLE: &str = include_str!("tables.txt");

impl Office {
    /// The lines of a table without what differs from office to office, sorted; its headings stay first.
    fn told(&self, table: &str) -> Vec<String> {
        let meeting = self.meeting.strip_prefix("/sesiones/").unwrap();
        let mut told = table.replace(meeting, "MEETING");
        for (folio, what) in [
            (self.open, "OPEN"),
            (self.kept, "KEPT"),
            (self.closed, "CLOSED"),
            (self.deleted, "DELETED"),
        ] {
            told = told.replace(&folio.to_string(), what);
        }
        sorted(&told)
    }
}

fn sorted(table: &str) -> Vec<String> {
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    if let Some((_, data)) = lines.split_first_mut() {
        // The points of an agenda are numbered as they were put on it, which is not as their folios come.
        data.sort_unstable();
    }
    lines
}

#[tokio::test]
async fn every_list_is_exported_with_the_very_lines_that_it_has() {
    let office = Office::new().await;
    let member = &office.all.president;
    let mut expected: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for table in WHOLE.split("\n\n") {
        let (address, lines) = table.split_once('\n').unwrap();
        let address = address.strip_prefix("# ").unwrap();
        expected.insert(address, sorted(lines));
    }
    for (page, table) in office.tables() {
        let answer = office.get(member, &page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        let link = format!("href=\"{table}\" download");
        let steps = table.ends_with("/tramite.csv");
        assert!(
            answer.body.contains(&link) || LINKED_IF_ANY.iter().any(|one| table.ends_with(one)),
            "{link} in {}",
            answer.body
        );
        assert!(!steps || !answer.body.contains(&link), "nothing was done");
        let answer = office.get(member, &table).await;
        assert_eq!(answer.status, 200, "{table}: {}", answer.body);
        assert_eq!(answer.header(CONTENT_TYPE), "text/csv; charset=utf-8");
        let body = answer.body.strip_prefix('\u{feff}').unwrap();
        let address = office.told(&table).remove(0);
        let expected = expected.remove(address.as_str());
        assert_eq!(Some(office.told(body)), expected, "{table}");
    }
    assert!(expected.is_empty(), "{:?}", expected.keys());
}

/// Tables to which a page links only where there is something in them, or by other words.
const LINKED_IF_ANY: [&str; 6] = [
    "part=mine",
    "part=due",
    "/asistencia.csv",
    "/tramite.csv",
    "/resguardo.csv",
    "/cuentas.csv?year=2026",
];

#[tokio::test]
async fn whoever_is_kept_out_of_a_case_finds_it_in_no_table() {
    let office = Office::new().await;
    let (president, technical) = (&office.all.president, &office.all.technical);
    let agenda = format!("{}/orden.csv", office.meeting);
    for (table, folio) in [
        ("/calendario.csv?month=2026-03", office.kept),
        ("/calendario/plazos.csv", office.kept),
        (agenda.as_str(), office.kept),
        ("/actos.csv", office.kept),
        ("/bitacora.csv", office.kept),
        ("/asuntos.csv", office.kept),
        ("/conservacion.csv", office.closed),
        ("/constancias.csv", office.deleted),
    ] {
        let whole = office.get(president, table).await.body;
        assert!(whole.contains(&folio.to_string()), "{table}: {whole}");
        let hidden = office.get(technical, table).await;
        assert_eq!(hidden.status, 200, "{table}");
        for kept in [office.kept, office.closed, office.deleted] {
            assert!(
                !hidden.body.contains(&kept.to_string()),
                "{table}: {}",
                hidden.body
            );
        }
    }
    // The points that are left are numbered for this reader, and the other case is still there.
    let points = office.lines(technical, &agenda).await;
    assert_eq!(points.len(), 1);
    assert_eq!(
        (points[0][0].as_str(), &points[0][2]),
        ("1", &office.open.to_string())
    );

    let incidents = office.get(president, "/incidentes").await.body;
    let incident = incidents.split("action=\"/incidentes/").nth(1).unwrap();
    let incident = format!("/incidentes/{}", incident.split('"').next().unwrap());
    let notice = format!("notice=Hubo+una+copia.&cases={}", office.kept);
    send(&office.all, president, &incident, &notice).await;
    let whole = office.get(president, "/incidentes.csv").await.body;
    assert!(whole.contains("Hubo una copia.") && whole.contains(&office.kept.to_string()));
    let hidden = office.get(technical, "/incidentes.csv").await.body;
    assert!(
        hidden.contains("Respaldos sellados") && !hidden.contains("Hubo una copia."),
        "{hidden}"
    );
}

#[tokio::test]
async fn a_table_is_refused_to_whom_its_page_is_refused_whatever_the_seat() {
    let office = Office::new().await;
    let service = &office.all.service;
    for (seat, login) in [
        (Seat::RepresentacionOic, "fabricio"),
        (Seat::Consejera, "gudelia"),
        (Seat::Asesora, "higinio"),
        (Seat::Invitada, "imelda"),
    ] {
        let name = [login, "Ocampo", "Lerma"];
        service
            .house
            .member_called(seat, login, PASSPHRASE, name)
            .await;
    }
    let executive = (Seat::SecretariaEjecutiva, office.all.ids[1]);
    service
        .house
        .suplente(executive, "jacinta", PASSPHRASE)
        .await;
    let mut refused = Vec::new();
    for login in [
        "aurelia",
        "bonifacio",
        "casilda",
        "donato",
        "fabricio",
        "gudelia",
        "higinio",
        "imelda",
        "jacinta",
    ] {
        let member = sign_in(service, login).await;
        let mut refusals = 0;
        let lists =
            [("/", "/asuntos.csv")].map(|(page, table)| (page.to_owned(), table.to_owned()));
        let tables = office.tables().into_iter().chain(lists);
        for (page, table) in tables {
            let (page, answer) = (
                office.get(&member, &page).await,
                office.get(&member, &table).await,
            );
            assert_eq!(page.status, answer.status, "{table} for {login}");
            if page.status != 200 {
                refusals += 1;
                let kind = answer.header(CONTENT_TYPE);
                assert!(kind.starts_with("text/html"), "no table");
            }
        }
        refused.push((login, refusals));
    }
    assert_eq!(
        refused,
        [
            ("aurelia", 0),
            ("bonifacio", 0),
            ("casilda", 0),
            ("donato", 4),
            ("fabricio", 3),
            ("gudelia", 8),
            ("higinio", 8),
            ("imelda", 13),
            ("jacinta", 4),
        ]
    );
}

/// Of what is due on the page there are twenty lines; its table has all.
#[tokio::test]
async fn a_part_of_today_is_a_table_of_all_its_lines_with_what_is_seen() {
    let all = Committee::new().await;
    let house = &all.service.house;
    for _ in 0..22 {
        house
            .file(story("Se llevan medicamentos de la farmacia."))
            .await;
    }
    house.worker().round().await.unwrap();
    house.clock.advance(SignedDuration::from_hours(3 * 24));
    let executive = sign_in(&all.service, "bonifacio").await;
    let elected = sign_in(&all.service, "donato").await;
    let get = async |member: &Member, path: &str| {
        let answer = all.service.get(path, Some(member)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    };
    let page = get(&executive, "/hoy").await;
    let mine = page.split("id=\"mine\"").nth(1).unwrap();
    let mine = mine.split("</section>").next().unwrap();
    assert_eq!(mine.matches("<li>").count(), 20);
    let link = "href=\"/hoy.csv?part=mine\" download";
    assert!(mine.contains(link), "{mine}");
    let table = get(&executive, "/hoy.csv?part=mine").await;
    let mut folios = house.register().await;
    folios.sort_by_key(|entry| entry.folio);
    assert_eq!(table.lines().count(), folios.len() + 1, "{table}");
    for (line, entry) in table.lines().skip(1).zip(&folios) {
        let due = "\"2026-03-09\"";
        let begins = format!("\"{}\",{due},", entry.folio);
        assert!(line.starts_with(&begins), "{line}");
        assert!(line.contains("\"Secretaría Ejecutiva\""), "{line}");
    }
    // For others the same terms are among the others'.
    let theirs = get(&elected, "/hoy.csv?part=due").await;
    assert_eq!(sorted(&theirs), sorted(&table));
    assert_eq!(get(&elected, "/hoy.csv?part=mine").await.lines().count(), 1);
    let whole = get(&executive, "/hoy.csv").await;
    assert!(whole.lines().count() >= table.lines().count(), "every part");
    for wrong in ["?part=", "?part=todo", "?part=due&owner=1"] {
        let path = format!("/hoy.csv{wrong}");
        let answer = all.service.get(&path, Some(&executive)).await;
        assert_eq!(answer.status, 422, "{path}");
    }
}

#[tokio::test]
async fn the_steps_of_a_case_are_a_table_without_the_words_of_anybody() {
    let all = Committee::new().await;
    let (folio, _) = all.case(None).await;
    let (kept, _) = all.case(Some(TECHNICAL)).await;
    let classify = json!({ "move": "CLASIFICAR", "main": "falta_eficacia",
        "others": [], "reason": "Lo que narra de la guardia" });
    let made = all.step(&all.executive, folio, classify, &[]).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let page = format!("/casos/{folio}/tramite");
    let shown = all.service.get(&page, Some(&all.technical)).await.body;
    let link = format!("href=\"{page}.csv\" download");
    assert!(shown.contains(&link) && shown.contains("Lo que narra"));
    let table = all
        .service
        .get(&format!("{page}.csv"), Some(&all.technical))
        .await;
    let step = &MoveKind::Classify.label().name;
    let expected = format!(
        "\u{feff}\"N.º\",\"Día\",\"Paso\",\"Quién\",\"Estado\"\r\n\
         \"1\",\"2026-03-04\",\"{step}\",\"Secretaría Ejecutiva (bonifacio)\",\
         \"En revisión\"\r\n"
    );
    assert_eq!(table.body, expected);
    let hidden = format!("/casos/{kept}/tramite.csv");
    let hidden = all.service.get(&hidden, Some(&all.technical)).await;
    assert_eq!(hidden.status, 404);
}

#[tokio::test]
async fn a_table_is_whole_where_the_page_is_turned_and_no_cell_of_it_is_a_formula() {
    let office = Office::new().await;
    let executive = &office.all.executive;
    for _ in 0..60 {
        let path = format!("/casos/{}", office.open);
        assert_eq!(office.get(executive, &path).await.status, 200);
        office
            .all
            .service
            .house
            .clock
            .advance(SignedDuration::from_mins(1));
    }
    let member = sign_in(&office.all.service, "aurelia").await;
    let page = office.get(&member, "/bitacora").await.body;
    assert!(page.contains("/bitacora?before="), "it goes on");
    let lines = office.lines(&member, "/bitacora.csv").await;
    assert!(lines.len() > 60, "{}", lines.len());
    let numbers: Vec<u64> = lines.iter().map(|line| line[0].parse().unwrap()).collect();
    assert!(
        numbers.is_sorted_by(|one, next| one > next),
        "the newest first"
    );
    let turned = office.lines(&member, "/bitacora.csv?before=5").await;
    assert_eq!(turned.len(), lines.len(), "whichever page is asked for");
    let wrong = office.get(&member, "/bitacora.csv?antes=5").await;
    assert_eq!(wrong.status, 422);

    let attentions = office.lines(&member, "/atenciones.csv?year=2026").await;
    assert_eq!(attentions[0][6], "'=1+1");
    assert!(
        office
            .lines(&member, "/atenciones.csv?year=2025")
            .await
            .is_empty()
    );
    let incidents = office.lines(&member, "/incidentes.csv").await;
    assert_eq!(incidents[0][3], "'=cmd|calc");
}
