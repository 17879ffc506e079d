//! Every list as a table: the lines that the page shows, all of them, and to nobody else.

use domain::case::Folio;
use jiff::SignedDuration;
use jiff::civil::Date;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use service::language::Language;
use service::wording;

use super::super::translations;
use super::acts::{Committee, sign_in};
use super::retention::close;
use super::{Answer, Member};

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

    /// The pages, their tables, and how many lines are in each for whoever is kept out of nothing.
    fn tables(&self) -> Vec<(String, String, Option<usize>)> {
        let agenda = format!("{}/orden.csv", self.meeting);
        let tables = [
            (
                "/calendario?month=2026-03",
                "/calendario.csv?month=2026-03",
                None,
            ),
            (
                "/calendario/suspensiones",
                "/calendario/suspensiones.csv",
                Some(1),
            ),
            (
                "/calendario/suspensiones",
                "/calendario/perfiles.csv",
                Some(1),
            ),
            ("/calendario/plazos", "/calendario/plazos.csv", None),
            ("/conservacion", "/conservacion.csv", Some(1)),
            ("/conservacion", "/constancias.csv", Some(1)),
            ("/conservacion", "/series.csv", None),
            ("/integrantes", "/integrantes.csv", Some(4)),
            ("/actos", "/actos.csv", Some(2)),
            ("/sesiones", "/sesiones.csv", Some(1)),
            (self.meeting.as_str(), agenda.as_str(), Some(2)),
            ("/incidentes", "/incidentes.csv", Some(1)),
            (
                "/atenciones?year=2026",
                "/atenciones.csv?year=2026",
                Some(1),
            ),
            ("/consultas", "/consultas.csv", Some(1)),
            ("/peticiones", "/peticiones.csv", Some(1)),
            ("/bitacora", "/bitacora.csv", None),
        ];
        let tables = tables.into_iter();
        tables
            .map(|(page, table, lines)| (page.to_owned(), table.to_owned(), lines))
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

/// A page as its reader sees it.
fn shown(page: &str) -> String {
    page.replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

#[tokio::test]
async fn every_list_is_exported_with_the_lines_that_its_page_shows() {
    let office = Office::new().await;
    let translations = translations().unwrap();
    let texts = translations.of(Language::EsMx);
    let member = &office.all.president;
    for (page, table, expected) in office.tables() {
        let answer = office.get(member, &page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        let link = format!("href=\"{table}\" download");
        assert!(answer.body.contains(&link), "{link} in {}", answer.body);
        let seen = shown(&answer.body);
        let lines = office.lines(member, &table).await;
        assert!(!lines.is_empty(), "{table}");
        assert!(
            expected.is_none_or(|expected| expected == lines.len()),
            "{table}: {lines:?}"
        );
        for cell in lines.iter().flatten() {
            let cell = cell.strip_prefix('\'').unwrap_or(cell);
            // A page says these by what it offers.
            if ["Sí", "No", "Vigente"].contains(&cell) {
                continue;
            }
            let in_words = cell.parse::<Date>().map(|day| wording::date(texts, day));
            assert!(
                seen.contains(cell) || in_words.is_ok_and(|day| seen.contains(&day)),
                "{cell} of {table} in {seen}"
            );
        }
    }
}

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
async fn a_table_is_refused_to_whom_its_page_is_refused() {
    let office = Office::new().await;
    let mut refused = 0;
    for member in [
        &office.all.technical,
        &office.all.elected,
        &office.all.executive,
    ] {
        for (page, table, _) in office.tables() {
            let (page, table) = (
                office.get(member, &page).await,
                office.get(member, &table).await,
            );
            assert_eq!(page.status, table.status);
            if page.status != 200 {
                refused += 1;
                assert!(
                    table.header(CONTENT_TYPE).starts_with("text/html"),
                    "no table"
                );
            }
        }
    }
    assert!(
        refused >= 2,
        "the elected member does not read consultations"
    );
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
