//! What goes beside the sessions: a case of harassment with its measures, a conflict that is declared, a guest
//! without cases, incidents, and a case that two delete.

use journeys::today;

use super::office::Entry::{Code, Day, Text};
use super::office::{MEMBERS, Office};

const HARASSED: &str = "Mi jefe me hostiga sexualmente: me toca sin permiso y me ofrece la plaza a \
                        cambio de salir con él.";
const FORGED: &str = "En archivo cambian las fechas de los expedientes por dinero.";
const OLD: &str = "Un chofer usa la ambulancia para sus mandados.";
const MEASURE: &str = "Que no tenga contacto con la persona denunciada.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_have_no_vote_and_those_who_keep_the_files_do_their_work() {
    let mut office = Office::open().await;
    let person = office.house.person();
    let (harassed, case) = Office::filed(&person, HARASSED).await;
    let (_, forged) = Office::filed(&person, FORGED).await;
    let (_, old) = Office::filed(&person, OLD).await;
    let folio = |case: &str| case.trim_start_matches("/casos/").to_owned();

    office.enter("ejecutiva").await;
    office.wait_for(&case, "href=\"/clasificador\"").await;
    let confirmed = [
        ("main", Code("acoso_sexual")),
        ("reason", Text("Lo dice quien denuncia.")),
    ];
    office.step(&case, "CLASIFICAR", &confirmed).await;
    office
        .says(&["no se pide a la persona que cuente otra vez"])
        .await;
    for (case, seats) in [(&case, &[5, 6][..]), (&forged, &[3])] {
        for seat in seats {
            share(&mut office, case, *seat).await;
        }
    }

    // The persona consejera proposes what protects; the Secretaría Ejecutiva orders it, with consent, and
    // lifts it.
    office.enter("consejera").await;
    office.read("/", &[&folio(&case)]).await;
    office.does_not_say(&[&folio(&forged), &folio(&old)]).await;
    office.read(&case, &["me toca sin permiso"]).await;
    let proposed = [
        ("protection", Code("RESTRICCION_CONTACTO_COMUNICACION")),
        ("cause_text", Text("Sigue en el mismo turno.")),
        ("protects", Text("A la presunta víctima.")),
    ];
    office.step(&case, "PROPONER_MEDIDA", &proposed).await;
    assert_eq!(
        office.status(&forged).await,
        404,
        "of that she does not know"
    );
    office.enter("asesora").await;
    office.read(&case, &["me toca sin permiso"]).await;
    office.enter("ejecutiva").await;
    let ordered = [
        ("measure", Code("1")),
        ("consented_on", Day(today())),
        ("notified", Text(MEASURE)),
    ];
    office.step(&case, "ACORDAR_MEDIDA", &ordered).await;
    office.says(&["Medidas de protección"]).await;
    let lifted = [
        ("measure", Code("1")),
        ("reason", Text("La persona lo pidió.")),
    ];
    office.step(&case, "LEVANTAR_MEDIDA", &lifted).await;
    office.look("procedure-measures").await;
    let told = person.look(&harassed).await;
    assert!(told.messages.len() > 1, "of each the person reads");

    a_conflict_is_declared(&mut office, &forged, &folio(&forged)).await;
    a_guest_has_no_case(&mut office, &[&case, &forged, &old]).await;
    an_incident_is_recorded(&mut office).await;
    two_delete_an_old_case(&mut office, &old, &folio(&old)).await;
}

/// Shares a case with the member of a seat.
async fn share(office: &mut Office, case: &str, seat: usize) {
    office
        .read(&format!("{case}/excusas"), &[MEMBERS[seat].name[1]])
        .await;
    let id = office.ids[seat].to_string();
    office
        .send_in("[action$='/excusas/compartir']", &[("member", Code(&id))])
        .await;
    office.says(&["Se compartió."]).await;
}

/// Who was elected reads a case, declares a conflict, and from then on there is no such case.
async fn a_conflict_is_declared(office: &mut Office, case: &str, folio: &str) {
    office.enter("electa").await;
    office.read("/", &[folio]).await;
    office.read(case, &["cambian las fechas"]).await;
    office.browser.press("main a[href$='/excusas']").await;
    let why = [("reason", Text("Trabaja ahí una persona de mi familia."))];
    office.send_in("[action$='/excusas/declarar']", &why).await;
    office.says(&["Ese asunto ya no existe para usted."]).await;
    for path in ["/", "/hoy", "/tablero", "/calendario", "/conservacion"] {
        office.read(path, &[]).await;
        office.does_not_say(&[folio]).await;
    }
    office.go("/buscar").await;
    let words = [("words", Text("fechas"))];
    office.send_in("main form.search", &words).await;
    office.says(&["Ningún asunto tiene esas palabras."]).await;
    assert_eq!(office.status(case).await, 404);
}

async fn a_guest_has_no_case(office: &mut Office, cases: &[&String]) {
    office.enter("invitada").await;
    for path in ["/hoy", "/", "/tablero", "/calendario", "/bitacora"] {
        office.read(path, &[]).await;
        office.does_not_say(&["CE-20"]).await;
    }
    for case in cases {
        assert_eq!(office.status(case).await, 404);
    }
}

async fn an_incident_is_recorded(office: &mut Office) {
    office.enter("oic").await;
    office.browser.press("nav a[href='/incidentes']").await;
    let recorded = [
        ("nature", Code("ACCESO_NO_AUTORIZADO")),
        ("happened_on", Day(today())),
        ("what", Text("Una sesión quedó abierta en un equipo ajeno.")),
        ("affected", Text("La lista de asuntos.")),
        ("measures", Text("Se cerró la sesión y se cambió la frase.")),
    ];
    office.send_in("[action='/incidentes']", &recorded).await;
    office.says(&["Una sesión quedó abierta"]).await;
    office.look("incidents-recorded").await;
    office.every_way_leads_somewhere().await;
}

async fn two_delete_an_old_case(office: &mut Office, case: &str, folio: &str) {
    office.house.close_years_ago(folio, 12).await;
    office.enter("presidencia").await;
    office.browser.press("nav a[href='/conservacion']").await;
    let form = format!("[action='{case}/actos/borrar']");
    office.unfold(&form).await;
    office.look("retention-blocked").await;
    office.send_in(&form, &[]).await;
    office.says(&["Espera respuesta"]).await;
    office.enter("ejecutiva").await;
    office.browser.press("nav a[href='/actos']").await;
    office
        .says(&[folio, "Terminó el plazo de conservación."])
        .await;
    office.browser.press("[name=answer][value=approve]").await;
    office.every_way_leads_somewhere().await;
    office
        .read("/conservacion", &[folio, "Terminó el plazo de la serie"])
        .await;
    assert_eq!(office.status(case).await, 404);
}
