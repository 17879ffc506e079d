//! One case from the mailbox to its outcome, through the hands of those who vote.

use jiff::ToSpan as _;
use journeys::{Screen, Scripts, today, until};

use super::office::Entry::{Code, Day, Text, Tick};
use super::office::Office;
use crate::visit::{Tongue, Visit};

const STORY: &str = "En el almacén piden dinero por entregar los medicamentos.";
const ANSWER: &str = "Fue en el turno de la noche, cada quincena.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_goes_through_the_hands_of_every_seat_that_votes_to_its_outcome() {
    let mut office = Office::open().await;
    let person = office.house.person();
    let (token, case) = Office::filed(&person, STORY).await;
    let folio = case.trim_start_matches("/casos/").to_owned();
    let meeting = office.house.session_of_today(office.ids[0]).await;

    the_secretaria_ejecutiva_takes_it(&mut office, &case).await;
    the_secretaria_tecnica_keeps_the_calendar(&mut office, &folio).await;
    until("the request in the mailbox", async || {
        let mailbox = person.look(&token).await;
        (mailbox.status == "needs_information").then_some(())
    })
    .await;
    let screen = Screen::TELEPHONE;
    let mailbox = Visit::new(
        office.driver.browser(Scripts::Off, screen).await,
        &office.house.intake_url(),
        Tongue::Spanish,
        screen,
        Scripts::Off,
    );
    mailbox.come_back(&token).await;
    let answer = ".request [name=text]";
    mailbox.browser.type_into(answer, ANSWER).await;
    mailbox.browser.press(".request button").await;
    the_answer_is_read_and_a_proposal_made(&mut office, &case).await;
    the_presidencia_calls_and_holds_a_session(&mut office, &meeting, &folio).await;
    those_who_voted_read_it(&mut office, &meeting, &case).await;
    notice_is_given(&mut office, &case).await;

    // The person reads it in the mailbox.
    until("the decision in the mailbox", async || {
        let mailbox = person.look(&token).await;
        (mailbox.status == "in_progress").then_some(())
    })
    .await;
    mailbox.come_back(&token).await;
    let page = mailbox.browser.text().await;
    for told in [folio.as_str(), "admiti", ANSWER] {
        assert!(page.contains(told), "{told} in {page}");
    }
}

/// From Hoy to the question to the person.
async fn the_secretaria_ejecutiva_takes_it(office: &mut Office, case: &str) {
    office.enter("ejecutiva").await;
    office.wait_for(case, "href=\"/clasificador\"").await;
    office.browser.press("nav a[href='/hoy']").await;
    office.every_way_leads_somewhere().await;
    office
        .browser
        .press(&format!("[aria-labelledby=new] a[href='{case}']"))
        .await;
    office.says(&[STORY, "Propuesta de clasificación"]).await;
    office.every_way_leads_somewhere().await;
    // What the machine proposes stands in the form, unless it is hidden; a person says what it is.
    let classified = [
        ("main", Code("corrupcion")),
        ("urgency", Code("media")),
        (
            "reason",
            Text("Se pide dinero por lo que se debe entregar."),
        ),
    ];
    office.step(case, "CLASIFICAR", &classified).await;
    let question = "¿En qué turno fue?";
    let asked = [("missing", Tick("HECHOS")), ("question", Text(question))];
    office.step(case, "PREVENIR", &asked).await;
    office.says(&["Con prevención"]).await;
}

async fn the_answer_is_read_and_a_proposal_made(office: &mut Office, case: &str) {
    office.enter("ejecutiva").await;
    let course = format!("{case}/tramite");
    office.wait_for(&course, "/tramite/REGISTRAR").await;
    office.read(case, &[ANSWER]).await;
    office.read(&format!("{case}/sseccoe"), &["Denuncia"]).await;
    let registered = [
        ("folio", Text("SSECCOE-2026-17")),
        ("captured_on", Day(today())),
    ];
    office.step(case, "REGISTRAR", &registered).await;
    let proposed = [
        ("proposal", Code("ADMITIR")),
        ("reason", Text("Hay elementos para conocer del asunto.")),
    ];
    office.step(case, "PROPONER_ACUERDO", &proposed).await;
    office.says(&["En análisis"]).await;
}

/// Days on which no term runs, the calendar that is official, and what both make of the terms that run.
async fn the_secretaria_tecnica_keeps_the_calendar(office: &mut Office, folio: &str) {
    office.enter("tecnica").await;
    office
        .browser
        .press("nav a[href='/calendario/suspensiones']")
        .await;
    let form = "[action='/calendario/perfil']";
    office.unfold(form).await;
    let chosen = [
        ("profile", Tick("lft_74")),
        ("reason", Text("Acuerdo 3 de la sesión ordinaria.")),
        ("source", Text("Oficio 12")),
    ];
    office.send_in(form, &chosen).await;
    office.says(&["LFT"]).await;
    let day = today() + 1.days();
    let entered = [
        ("from", Day(day)),
        ("to", Day(day + 3.days())),
        ("reason", Text("Vacaciones generales")),
        ("source", Text("DOF del día")),
    ];
    office
        .send_in("[action='/calendario/suspensiones']", &entered)
        .await;
    office.says(&["Vacaciones generales"]).await;
    office.look("suspensions-entered").await;
    office.every_way_leads_somewhere().await;
    office
        .browser
        .press("main a[href='/calendario/plazos']")
        .await;
    office.says(&[folio]).await;
    office.look("recounts-due").await;
    let reason = [("reason", Text("Vacaciones generales."))];
    office.send_in("main form", &reason).await;
    office
        .says(&["Ningún plazo de los asuntos que usted puede abrir resulta distinto."])
        .await;
}

async fn the_presidencia_calls_and_holds_a_session(
    office: &mut Office,
    meeting: &str,
    folio: &str,
) {
    office.enter("presidencia").await;
    office.browser.press("nav a[href='/sesiones']").await;
    office.unfold("[action='/sesiones']").await;
    let next = [
        ("kind", Code("EXTRAORDINARIA")),
        ("place", Text("Sala de juntas, 10:00 horas")),
    ];
    office.send_in("[action='/sesiones']", &next).await;
    office.says(&["Convocada"]).await;
    office.every_way_leads_somewhere().await;

    // The one of today: the case, those who are there, their votes, and the end.
    office.go(meeting).await;
    let form = format!("[action$='/puntos']:has(#c-{folio})");
    office.unfold(&format!("#c-{folio}")).await;
    office.send_in(&form, &[("case", Tick(folio))]).await;
    let there: Vec<String> = office.ids[..5].iter().map(ToString::to_string).collect();
    let there: Vec<_> = there.iter().map(|id| ("present", Tick(id))).collect();
    office.send_in("[action$='/asistencia']", &there).await;
    office.says(&["En sesión"]).await;
    office.unfold("[action$='/votos']").await;
    office.look("meeting-held").await;
    let names: Vec<String> = office.ids[..5]
        .iter()
        .map(|id| format!("vote-{id}"))
        .collect();
    let mut votes: Vec<_> = names
        .iter()
        .map(|name| (&**name, Code("A_FAVOR")))
        .collect();
    votes[3].1 = Code("EN_CONTRA");
    votes.push(("text", Text("Se admite el asunto.")));
    votes.push(("dissent", Text("Falta oír a la unidad.")));
    office.send_in("[action$='/votos']", &votes).await;
    office
        .says(&["Aprobado.", "A favor: 4. En contra: 1."])
        .await;
    office.unfold("[action$='/cerrar']").await;
    let closed = [("remarks", Text("Sin incidentes."))];
    office.send_in("[action$='/cerrar']", &closed).await;
    office.says(&["Cerrada", "El asunto avanzó"]).await;
    office.look("meeting-closed").await;
    office.every_way_leads_somewhere().await;
}

/// Who was elected, and the control body: the session is theirs to read, the case is not until it is shared.
async fn those_who_voted_read_it(office: &mut Office, meeting: &str, case: &str) {
    for login in ["electa", "oic"] {
        office.enter(login).await;
        for path in ["/hoy", "/", "/tablero", "/calendario", "/sesiones"] {
            office.read(path, &[]).await;
        }
        office
            .read(meeting, &["Aprobado.", "Falta oír a la unidad."])
            .await;
        office.does_not_say(&[STORY]).await;
        office.read("/", &["No se le ha compartido"]).await;
        office.look("cases-not-shared").await;
        assert_eq!(office.status(case).await, 403, "{login}");
    }
}

async fn notice_is_given(office: &mut Office, case: &str) {
    office.enter("tecnica").await;
    let told = [("decision", Code("1")), ("notified_on", Day(today()))];
    office.step(case, "NOTIFICAR_ACUERDO", &told).await;
    office.does_not_say(&["{", "_"]).await;
    office.look("procedure-admitted").await;
    office.read(case, &["Admitida"]).await;
}
