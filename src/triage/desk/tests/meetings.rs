//! Sessions of the committee: who sees which points, who votes, and what is left of it.

use committee::members::Roster;
use committee::shelf::{Shelf, ShelfError};
use domain::case::Folio;
use domain::committee::{MemberId, Seat};
use domain::complaint::{LongText, SecretText};
use domain::meeting::{Entered, Meeting, MeetingId, Point, PointId, Vote};
use futures_util::future::join_all;
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Value, json};
use store::records::RecordId;

use super::forgery::TOKEN;
use super::papers::{bare, take, words_of};
use super::{Answer, Member, PASSPHRASE, Service};
use crate::testing::{House, story, surname_of};
use crate::vault::Expected;

/// A committee of five seats with a vote, a suplente of the Secretaría Técnica, and two cases of which
/// one is about the Secretaría Técnica.
struct Committee {
    service: Service,
    ids: Vec<MemberId>,
    open: Folio,
    kept: Folio,
}

const SEATS: [(Seat, &str); 5] = [
    (Seat::Presidencia, "Aurelio"),
    (Seat::SecretariaEjecutiva, "Berenice"),
    (Seat::SecretariaTecnica, "Celestino"),
    (Seat::Electa, "Dorotea"),
    (Seat::RepresentacionOic, "Eusebio"),
];
/// The Secretaría Técnica, whom one of the cases is about.
const ACCUSED: [&str; 3] = ["Celestino", "Olvera", "Pastrana"];
const SUPLENTE: &str = "Ildefonso";
const PRES: usize = 0;
const EJEC: usize = 1;
const TECN: usize = 2;
const ELECTA: usize = 3;
const OIC: usize = 4;
const STANDS_IN: usize = 5;

impl Committee {
    async fn new() -> Self {
        let house = House::new().await;
        let mut ids = Vec::new();
        for (seat, name) in SEATS {
            // The suplente of the same seat would be taken for a namesake of somebody of that surname.
            let parts = [name, surname_of(seat), "Rentería"];
            let parts = if seat == Seat::SecretariaTecnica {
                ACCUSED
            } else {
                parts
            };
            let id = house.member_called(seat, name, PASSPHRASE, parts);
            ids.push(id.await);
        }
        let tecn = (Seat::SecretariaTecnica, ids[TECN]);
        ids.push(house.suplente(tecn, SUPLENTE, PASSPHRASE).await);
        let open = house.case(story("Faltan medicamentos del almacén desde enero."));
        let open = open.await;
        let accused = ACCUSED.join(" ");
        let about = json!({
            "narrative": "Firma listas de asistencia de quienes no vinieron.",
            "people": [{ "name": accused }],
        });
        let kept = house.case(about).await;
        let service = Service::serve_members(house, Expected::default(), true).await;
        Self {
            service,
            ids,
            open,
            kept,
        }
    }

    async fn sign_in(&self, name: &str) -> Member {
        Member::of(&self.service.sign_in_as(name, PASSPHRASE, None).await)
    }

    async fn post(&self, path: &str, member: &Member, form: &str) -> Answer {
        let form = format!("csrf={}&{form}", member.token);
        self.service.post(path, Some(member), &form).await
    }

    async fn page(&self, path: &str, member: &Member) -> String {
        let answer = self.service.get(path, Some(member)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// Calls an ordinary session for Monday, 9 March 2026; gives where it is.
    async fn call(&self, member: &Member) -> String {
        let form = "kind=ORDINARIA&on=2026-03-09&mode=PRESENCIAL&place=Sala+2%2C+10%3A00";
        let called = self.post("/sesiones", member, form).await;
        assert_eq!(called.status, 303, "{}", called.body);
        called.header("location").to_owned()
    }

    async fn put_on(&self, meeting: &str, member: &Member, folio: Folio) -> Answer {
        let form = format!("case={folio}&motion=ORIENTAR");
        self.post(&format!("{meeting}/puntos"), member, &form).await
    }

    /// Days go by, until that of the session, and everybody's session at the desk ends.
    fn wait(&self) {
        let by = SignedDuration::from_hours(5 * 24);
        self.service.house.clock.advance(by);
    }

    /// Everybody but the suplente comes on the day.
    async fn hold(&self, meeting: &str, member: &Member) {
        let all = self.ids[..5].iter();
        let form: Vec<_> = all.map(|id| format!("present={id}")).collect();
        let path = format!("{meeting}/asistencia");
        let held = self.post(&path, member, &form.join("&")).await;
        assert_eq!(held.status, 303, "{}", held.body);
    }

    /// Takes a case to where a session decides on it.
    async fn analyse(&self, member: &Member, folio: Folio) {
        for act in [
            json!({ "move": "REGISTRAR", "folio": "S-1", "captured_on": "2026-03-04" }),
            json!({ "move": "PROPONER_ACUERDO", "proposal": "ADMITIR", "reason": "Procede." }),
        ] {
            let headers = [
                (COOKIE, member.cookie.as_str()),
                (TOKEN, member.token.as_str()),
                (CONTENT_TYPE, "application/json"),
            ];
            let path = format!("/api/v1/cases/{folio}/transitions");
            let body = json!({ "act": act }).to_string();
            let service = &self.service;
            let made = service.send(Method::POST, &path, &headers, &body).await;
            assert_eq!(made.status, 201, "{}", made.body);
        }
    }

    async fn course(&self, member: &Member, folio: Folio) -> Value {
        let path = format!("/api/v1/cases/{folio}/transitions");
        self.service.json(&path, member).await
    }

    /// A session that is held now, with these motions on the case that is open to everybody; with whoever
    /// presides and the Secretaría Ejecutiva signed in.
    async fn held_on(&self, motions: &[&str]) -> (String, Vec<String>, [Member; 2]) {
        let ejec = self.sign_in("Berenice").await;
        self.analyse(&ejec, self.open).await;
        let pres = self.sign_in("Aurelio").await;
        let meeting = self.call(&pres).await;
        for motion in motions {
            let form = format!("case={}&motion={motion}", self.open);
            let path = format!("{meeting}/puntos");
            assert_eq!(self.post(&path, &pres, &form).await.status, 303);
        }
        self.wait();
        let pres = self.sign_in("Aurelio").await;
        self.hold(&meeting, &pres).await;
        let points = points(&meeting, &self.page(&meeting, &pres).await);
        let ejec = self.sign_in("Berenice").await;
        (meeting, points, [pres, ejec])
    }

    async fn vote(&self, point: &str, member: &Member, who: &[usize], vote: &str) -> Answer {
        let mut form = vec!["text=Se+orienta+al+OIC.".to_owned()];
        form.extend(
            who.iter()
                .map(|number| format!("vote-{}={vote}", self.ids[*number])),
        );
        let form = form.join("&");
        self.post(&format!("{point}/votos"), member, &form).await
    }
}

/// Where the points are that a page shows, in their order.
fn points(meeting: &str, page: &str) -> Vec<String> {
    let ids = page.split("id=\"punto-").skip(1);
    let ids = ids.filter_map(|rest| rest.get(..32));
    ids.map(|id| format!("{meeting}/puntos/{id}")).collect()
}

/// The words of a paper as its page fills them in, as a form sends them.
fn filled_in(page: &str) -> String {
    let parts = page.split("name=\"p_").skip(1).map(|rest| {
        let (id, rest) = rest.split_once('"').unwrap();
        let (_, text) = rest.split_once(">\n").unwrap();
        let text = text.split("</textarea>").next().unwrap();
        let text = text
            .replace("&#39;", "'")
            .replace("&#34;", "\"")
            .replace("&#38;", "&");
        (format!("p_{id}"), text)
    });
    let address = reqwest::Url::parse_with_params("http://localhost", parts).unwrap();
    address.query().unwrap().to_owned()
}

/// Takes the papers of a session; gives the minutes as whoever is kept out of a case reads them.
async fn papers_are_as_each_may_read(
    all: &Committee,
    meeting: &str,
    pres: &Member,
    tecn: &Member,
) -> String {
    let (open, kept) = (all.open.to_string(), all.kept.to_string());
    let minutes = format!("{meeting}/acta");
    let whole = all.page(&minutes, pres).await;
    for told in [
        kept.as_str(),
        "votó en suplencia de",
        "Sin incidentes.",
        "Salió de la sala en este punto: Celestino",
    ] {
        assert!(whole.contains(told), "{told}: {whole}");
    }
    let seen = all.page(&minutes, tecn).await;
    assert!(seen.contains(&open) && !seen.contains("suplencia"));
    // What is taken is what the page says, and what was changed there.
    let path = format!("{meeting}/acta");
    let taken = |page: &str, form: &str| format!("{}&{form}", filled_in(page));
    let form = taken(&whole, "do=pdf&p_quorum=Hay+qu%C3%B3rum+legal.");
    let file = take(&all.service, pres, &path, Some(&form)).await;
    assert_eq!(file.status, 200);
    let saved_as = file.headers["content-disposition"].to_str().unwrap();
    assert!(saved_as.contains("acta-2026-ordinaria-1.pdf"), "{saved_as}");
    let said = words_of(&file.bytes);
    for told in [
        &bare(&kept),
        "Sinincidentes.",
        "Hayquórumlegal.",
        "votóensuplenciade",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let file = take(&all.service, tecn, &path, Some(&taken(&seen, "do=pdf"))).await;
    let said = words_of(&file.bytes);
    assert!(
        said.contains(&bare(&open)) && !said.contains(&bare(&kept)),
        "{said}"
    );
    let file = take(&all.service, tecn, &path, Some(&taken(&seen, "do=docx"))).await;
    assert!(file.bytes.starts_with(b"PK"));
    let path = format!("{meeting}/convocatoria");
    let call = all.page(&path, tecn).await;
    assert!(call.contains(&open) && !call.contains(&kept) && call.contains("2 días hábiles"));
    for (form, status) in [("do=preview", 200), ("do=keep", 400), ("do=nada", 400)] {
        let form = format!("csrf={}&{}", tecn.token, taken(&call, form));
        let answer = all.service.post(&path, Some(tecn), &form).await;
        assert_eq!(answer.status, status, "{form}");
    }
    seen
}

#[tokio::test]
async fn a_session_decides_and_whoever_is_kept_out_sees_no_such_point() {
    let all = Committee::new().await;
    let (pres, tecn) = (all.sign_in("Aurelio").await, all.sign_in("Celestino").await);
    let meeting = all.call(&pres).await;
    for folio in [all.kept, all.open] {
        assert_eq!(all.put_on(&meeting, &pres, folio).await.status, 303);
    }
    let (open, kept) = (all.open.to_string(), all.kept.to_string());
    let page = all.page(&meeting, &pres).await;
    let [on_kept, on_open] = &points(&meeting, &page)[..] else {
        panic!("two points: {page}");
    };
    assert!(page.contains(&kept) && page.contains(&open));
    let seen = all.page(&meeting, &tecn).await;
    assert!(seen.contains(&open) && !seen.contains(&kept));
    assert_eq!(points(&meeting, &seen), std::slice::from_ref(on_open));
    assert!(seen.contains("<h3>1. ") && !seen.contains("<h3>2. "));

    all.wait();
    let (pres, tecn) = (all.sign_in("Aurelio").await, all.sign_in("Celestino").await);
    all.hold(&meeting, &tecn).await;
    // Who keeps the minutes cannot touch a point that does not exist for them.
    let unknown = format!("{meeting}/puntos/{}", "0".repeat(32));
    let hidden = all.vote(on_kept, &tecn, &[PRES], "A_FAVOR").await;
    let none = all.vote(&unknown, &tecn, &[PRES], "A_FAVOR").await;
    assert_eq!(hidden.status, 404);
    assert_eq!(hidden.body, none.body);
    let hidden = all.post(&format!("{on_kept}/quitar"), &tecn, "").await;
    assert_eq!(hidden.body, none.body);
    // Nor do they vote, even if somebody enters it; without a suplente there is no quorum.
    let everybody = [PRES, EJEC, TECN, ELECTA, OIC];
    let refused = all.vote(on_kept, &pres, &everybody, "A_FAVOR").await;
    assert_eq!(refused.status, 422);
    let four = [PRES, EJEC, ELECTA, OIC];
    let refused = all.vote(on_kept, &pres, &four, "A_FAVOR").await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("No hay quórum"), "{}", refused.body);
    let with_suplente = [PRES, EJEC, ELECTA, OIC, STANDS_IN];
    let voted = all.vote(on_kept, &pres, &with_suplente, "A_FAVOR").await;
    assert_eq!(voted.status, 303, "{}", voted.body);
    let again = all.vote(on_kept, &pres, &with_suplente, "A_FAVOR").await;
    assert_eq!(again.status, 422);
    let voted = all.vote(on_open, &tecn, &everybody, "EN_CONTRA").await;
    assert_eq!(voted.status, 303, "{}", voted.body);

    let page = all.page(&meeting, &pres).await;
    assert!(page.contains("A favor: 5. En contra: 0. Abstenciones: 0."));
    assert!(page.contains("No aprobado."));
    // From the review, the Secretaría Ejecutiva guides: the page asks her for the rest.
    assert!(page.contains("No se puede mover el asunto:") && !page.contains("/tramite#punto"));
    let ejec = all.sign_in("Berenice").await;
    let place = format!("{on_kept}/tramite");
    assert!(all.page(&meeting, &ejec).await.contains(&place));
    let form = "cause=MATERIA_LABORAL&instances=conapred";
    let hidden = all.post(&place, &tecn, form).await;
    let none = all.post(&format!("{unknown}/tramite"), &tecn, form).await;
    assert_eq!((hidden.status, &hidden.body), (none.status, &none.body));
    assert_eq!(hidden.status, 404);
    let moved = all.post(&place, &ejec, form).await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    let course = all.course(&ejec, all.kept).await;
    assert_eq!(course["state"], "ORIENTADA");
    let reason = &course["steps"][0]["step"]["act"]["reason"];
    assert_eq!(reason, "Se orienta al OIC.");
    let close = format!("{meeting}/cerrar");
    let closed = all.post(&close, &tecn, "remarks=Sin+incidentes.").await;
    assert_eq!(closed.status, 303);
    let over = all.vote(on_open, &pres, &everybody, "A_FAVOR").await;
    assert_eq!(over.status, 422);

    let seen = papers_are_as_each_may_read(&all, &meeting, &pres, &tecn).await;
    let log = all.page("/bitacora", &tecn).await;
    for page in [seen, all.page(&meeting, &tecn).await, log] {
        assert!(!page.contains(&kept), "{page}");
    }
    let log = all.page("/bitacora", &pres).await;
    assert!(log.contains("anotó los votos de la sesión del 9 de marzo de 2026"));
    assert!(log.contains("descargó la convocatoria o el acta de la sesión del 9 de marzo de 2026"));
}

#[tokio::test]
async fn a_session_is_called_in_time_by_whoever_calls_it() {
    let all = Committee::new().await;
    let (pres, tecn) = (all.sign_in("Aurelio").await, all.sign_in("Celestino").await);
    let form = |on: &str| format!("kind=EXTRAORDINARIA&on={on}&mode=VIRTUAL&place=Enlace");
    for (on, told) in [
        ("2026-03-05", "dos días hábiles"),
        ("2026-03-08", "no es hábil"),
        ("2126-03-08", "demasiado lejos"),
        ("", "Falta un dato"),
    ] {
        let refused = all.post("/sesiones", &pres, &form(on)).await;
        assert_eq!(refused.status, 422, "{on}");
        assert!(refused.body.contains(told), "{on}: {}", refused.body);
    }
    let refused = all.post("/sesiones", &tecn, &form("2026-03-09")).await;
    assert_eq!(refused.status, 403);
    for number in ["1/2026", "2/2026"] {
        let called = all.post("/sesiones", &pres, &form("2026-03-09")).await;
        assert_eq!(called.status, 303);
        let page = all.page(called.header("location"), &tecn).await;
        assert!(page.contains(number), "{number}");
    }
    assert_eq!(
        all.page("/sesiones", &tecn)
            .await
            .matches("/2026</a>")
            .count(),
        2
    );
}

#[tokio::test]
async fn what_waits_for_a_session_is_proposed_to_whoever_may_know_of_it() {
    let all = Committee::new().await;
    let states = ["UPDATE cases SET state = 'EN_ANALISIS'"];
    all.service.house.tamper(&states).await;
    let (pres, tecn) = (all.sign_in("Aurelio").await, all.sign_in("Celestino").await);
    let meeting = all.call(&pres).await;
    let (open, kept) = (all.open.to_string(), all.kept.to_string());
    let offered = |page: &str, folio: &str| page.contains(&format!("id=\"c-{folio}\""));
    let page = all.page(&meeting, &pres).await;
    assert!(offered(&page, &open) && offered(&page, &kept));
    let seen = all.page(&meeting, &tecn).await;
    assert!(offered(&seen, &open) && !seen.contains(&kept));
    // A case that does not exist for the member is answered as one that does not exist.
    let unknown = Folio::new(2026, (all.kept.digits() + 1) % 1_000_000).unwrap();
    let hidden = all.put_on(&meeting, &tecn, all.kept).await;
    let none = all.put_on(&meeting, &tecn, unknown).await;
    assert_eq!((hidden.status, &hidden.body), (none.status, &none.body));
    assert_eq!(hidden.status, 422);
    let path = format!("{meeting}/puntos");
    let chosen = format!("case={kept}&motion-{kept}=ADMITIR&case={open}&motion-{open}=NO_ADMITIR");
    assert_eq!(all.post(&path, &pres, &chosen).await.status, 303);
    let page = all.page(&meeting, &pres).await;
    assert!(page.contains(&format!("Asunto {kept}: Admitir")));
    assert!(!offered(&page, &kept), "it is on the agenda");
    let point = points(&meeting, &page).remove(0);
    let taken = all.post(&format!("{point}/quitar"), &pres, "").await;
    assert_eq!(taken.status, 303);
    assert!(offered(&all.page(&meeting, &pres).await, &kept));
}

#[tokio::test]
async fn a_reserved_point_does_not_exist_for_whom_it_is_about() {
    let all = Committee::new().await;
    let pres = all.sign_in("Aurelio").await;
    let meeting = all.call(&pres).await;
    let form = format!(
        "matter=INTEGRACION&title=Posible+suspensi%C3%B3n&kept_from={}",
        all.ids[ELECTA]
    );
    let path = format!("{meeting}/puntos");
    assert_eq!(all.post(&path, &pres, &form).await.status, 303);
    let general = "matter=ASUNTOS_GENERALES&title=Calendario";
    assert_eq!(all.post(&path, &pres, general).await.status, 303);
    all.wait();
    let (pres, electa) = (all.sign_in("Aurelio").await, all.sign_in("Dorotea").await);
    all.hold(&meeting, &pres).await;
    let page = all.page(&meeting, &pres).await;
    let [reserved, general] = &points(&meeting, &page)[..] else {
        panic!("two points: {page}");
    };
    let noted = all
        .post(&format!("{general}/nota"), &pres, "text=Se+acuerda.")
        .await;
    assert_eq!(noted.status, 303, "{}", noted.body);
    let voted = all
        .vote(reserved, &pres, &[PRES, EJEC, TECN, OIC], "A_FAVOR")
        .await;
    assert_eq!(voted.status, 303, "{}", voted.body);
    let page = all.page(&meeting, &pres).await;
    assert!(page.contains("Posible suspensión") && page.contains("A favor: 4."));
    let table = all.page(&format!("{meeting}/orden.csv"), &pres).await;
    let point = table.lines().find(|line| line.contains("suspensión"));
    assert!(point.unwrap().ends_with("\"Sí\",\"\",\"\",\"\""), "{table}");
    for path in [
        meeting.clone(),
        format!("{meeting}/acta"),
        format!("{meeting}/orden.csv"),
    ] {
        let seen = all.page(&path, &electa).await;
        assert!(
            seen.contains("Calendario") && !seen.contains("suspensión"),
            "{seen}"
        );
    }
}

#[tokio::test]
async fn too_few_put_the_session_off() {
    let all = Committee::new().await;
    let pres = all.sign_in("Aurelio").await;
    let meeting = all.call(&pres).await;
    all.wait();
    let pres = all.sign_in("Aurelio").await;
    let two = format!("present={}&present={}", all.ids[PRES], all.ids[EJEC]);
    let path = format!("{meeting}/asistencia");
    let refused = all.post(&path, &pres, &two).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("No hay quórum"));
    let moved = all
        .post(&format!("{meeting}/diferir"), &pres, "to=2026-03-11")
        .await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    let page = all.page(&meeting, &pres).await;
    assert!(page.contains("11 de marzo de 2026") && page.contains("9 de marzo de 2026"));
    let early = all.post(&path, &pres, &two).await;
    assert!(early.body.contains("no ha llegado"), "{}", early.body);
    let cancelled = all
        .post(&format!("{meeting}/cancelar"), &pres, "reason=Sismo")
        .await;
    assert_eq!(cancelled.status, 303);
    assert!(all.page(&meeting, &pres).await.contains("Sismo"));
}

#[tokio::test]
async fn an_agreement_moves_its_case_once_and_one_that_cannot_is_told_beside_its_point() {
    let all = Committee::new().await;
    let (meeting, points, [pres, ejec]) = all.held_on(&["ADMITIR", "NO_ADMITIR"]).await;
    let everybody = [PRES, EJEC, TECN, ELECTA, OIC];
    for point in &points {
        let voted = all.vote(point, &pres, &everybody, "A_FAVOR").await;
        assert_eq!(voted.status, 303, "{}", voted.body);
    }
    let page = all.page(&meeting, &pres).await;
    assert_eq!(page.matches("El asunto avanzó:").count(), 1);
    assert_eq!(page.matches("No se puede mover el asunto:").count(), 1);
    assert!(page.contains("no es posible en el estado"), "{page}");
    // The tables of the session have what the page says.
    let agenda = all.page(&format!("{meeting}/orden.csv"), &pres).await;
    let moves: Vec<&str> = agenda
        .lines()
        .skip(1)
        .map(|line| line.split_once("\"No\",").unwrap().1)
        .collect();
    let [made, stuck] = moves[..] else {
        panic!("two points: {agenda}");
    };
    assert!(made.ends_with("\"El asunto avanzó:\",\"\""), "{made}");
    assert!(
        stuck.contains("\"No se puede mover el asunto:\",\"")
            && stuck.contains("no es posible en el estado"),
        "{stuck}"
    );
    let there = all.page(&format!("{meeting}/asistencia.csv"), &pres).await;
    assert!(page.contains(&format!("href=\"{meeting}/asistencia.csv\" download")));
    let there: Vec<&str> = there.lines().skip(1).collect();
    assert_eq!(there.len(), 5, "{there:?}");
    let technical = "\"Celestino Olvera Pastrana\",\"Secretaría Técnica\",\"\",\"No\"";
    assert!(there.contains(&technical), "{there:?}");
    // Neither sending it again, nor closing, nor what stays to be done makes another move.
    for (point, status) in [(&points[0], 303), (&points[1], 409)] {
        let path = format!("{point}/tramite");
        let again = all.post(&path, &pres, "cause=FUERA_DE_SUPUESTOS").await;
        assert_eq!(again.status, status, "{}", again.body);
    }
    let close = format!("{meeting}/cerrar");
    for status in [303, 422] {
        assert_eq!(all.post(&close, &pres, "").await.status, status);
    }
    let page = all.page(&meeting, &pres).await;
    assert_eq!(page.matches("No se puede mover el asunto:").count(), 1);
    let course = all.course(&ejec, all.open).await;
    let moves = course["steps"].as_array().unwrap().iter();
    let moves: Vec<_> = moves.map(|step| &step["step"]["act"]["move"]).collect();
    assert_eq!(moves, ["REGISTRAR", "PROPONER_ACUERDO", "ADMITIR"]);
    let agreed = &course["steps"][2]["step"]["act"]["agreement"];
    assert_eq!(agreed["votes"]["favour"], 5);
    assert_eq!(agreed["held_on"], "2026-03-09");
}

#[tokio::test]
async fn what_a_move_needs_besides_the_agreement_is_asked_for_beside_its_point() {
    let all = Committee::new().await;
    let (meeting, points, [pres, ejec]) = all.held_on(&["NO_ADMITIR"]).await;
    let [point] = &points[..] else {
        panic!("one point")
    };
    let early = all.post(&format!("{point}/tramite"), &pres, "").await;
    assert_eq!(early.status, 404, "it was not voted on");
    let three = [PRES, EJEC, TECN, ELECTA, OIC];
    let voted = all.vote(point, &pres, &three, "A_FAVOR").await;
    assert_eq!(voted.status, 303, "{}", voted.body);
    let page = all.page(&meeting, &pres).await;
    assert!(page.contains("Falta mover el asunto:") && page.contains("name=\"cause\""));
    assert!(!page.contains("name=\"agreement_number\""));
    let path = format!("{point}/tramite");
    let wanting = "reason=Son+hechos+de+otra+%C3%ADndole.&agreement_favour=1&agreement_against=9";
    let back = all.post(&path, &pres, wanting).await;
    assert_eq!(back.status, 422, "{}", back.body);
    assert!(
        back.body.contains("Son hechos de otra índole.") && back.body.contains("class=\"error\"")
    );
    // What the session said is not the form's to say; and of two who send it at once, one moves the case.
    let form = format!("{wanting}&cause=FUERA_DE_SUPUESTOS");
    let sent = [&pres, &ejec, &pres].map(|member| all.post(&path, member, &form));
    for answer in join_all(sent).await {
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
    let course = all.course(&ejec, all.open).await;
    assert_eq!(course["steps"].as_array().unwrap().len(), 3, "{course}");
    let act = &course["steps"][2]["step"]["act"];
    assert_eq!(act["move"], "NO_ADMITIR");
    assert_eq!(act["reason"], "Son hechos de otra índole.");
    assert_eq!(
        act["agreement"]["votes"],
        json!({ "favour": 5, "against": 0, "abstained": 0, "casting": false })
    );
    assert!(
        all.page(&meeting, &pres)
            .await
            .contains("El asunto avanzó:")
    );
}

#[tokio::test]
async fn what_broke_between_the_vote_and_the_move_is_made_good_when_the_session_is_closed() {
    let all = Committee::new().await;
    let (meeting, points, [pres, ejec]) = all.held_on(&["ADMITIR"]).await;
    let house = &all.service.house;
    let shelf = Shelf::new(&*house.cases, &house.keyring);
    let id: MeetingId = meeting.rsplit('/').next().unwrap().parse().unwrap();
    let point: PointId = points[0].rsplit('/').next().unwrap().parse().unwrap();
    let held: Meeting = shelf.find(RecordId(id.0)).await.unwrap().unwrap();
    let voters = [PRES, EJEC, TECN, ELECTA, OIC].map(|number| (all.ids[number], Vote::Favour));
    let entered = Entered {
        excused: [].into(),
        stand_ins: [].into(),
        votes: voters.into(),
        text: LongText::parse(SecretText::from("Se admite.".to_owned())).unwrap(),
        dissent: None,
    };
    let roster = Roster::load(&*house.cases, &house.keyring).await.unwrap();
    let members = roster.profiles();
    let step = |point: &Point| -> Result<Point, ShelfError> {
        Ok(point
            .vote(&held, entered.clone(), |_| false, &members, all.ids[PRES])
            .unwrap())
    };
    shelf.step(RecordId(point.0), step).await.unwrap().unwrap();
    let page = all.page(&meeting, &pres).await;
    assert!(page.contains("Falta mover el asunto:"), "{page}");
    let closed = all.post(&format!("{meeting}/cerrar"), &pres, "").await;
    assert_eq!(closed.status, 303);
    assert!(
        all.page(&meeting, &pres)
            .await
            .contains("El asunto avanzó:")
    );
    let course = all.course(&ejec, all.open).await;
    assert_eq!(course["state"], "ADMITIDA");
    assert_eq!(course["steps"].as_array().unwrap().len(), 3);
}
