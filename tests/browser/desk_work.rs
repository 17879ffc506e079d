//! The pages with which the committee works: each looked at, with scripts and without.

use crate::visit::Visit;

/// Pages that are there as soon as a case is, with the name of their picture.
fn pages(case: &str) -> Vec<(String, &'static str)> {
    let of_case = |path: &str, name| (format!("{case}{path}"), name);
    let plain = |path: &str, name| (path.to_owned(), name);
    vec![
        plain("/hoy", "desk-today"),
        plain("/tablero", "desk-board"),
        plain("/calendario", "desk-calendar"),
        plain("/buscar", "desk-search"),
        plain("/clasificador", "desk-agreement"),
        plain("/ayuda", "desk-help"),
        plain("/calendario/suspensiones", "desk-suspensions"),
        plain("/calendario/plazos", "desk-recounts"),
        of_case("/tramite", "desk-procedure"),
        of_case("/tramite/REGISTRAR", "desk-step"),
        of_case("/tramite/CLASIFICAR", "desk-step-risks"),
        of_case("/documentos", "desk-papers"),
        of_case("/documentos/prevencion", "desk-paper"),
        of_case("/version/persona_denunciada", "desk-version"),
        of_case("/sseccoe", "desk-capture"),
        plain("/incidentes", "desk-incidents"),
        plain("/conservacion", "desk-retention"),
        plain("/sesiones", "desk-meetings"),
        plain("/atenciones", "desk-attentions"),
        plain("/atenciones/denuncia", "desk-assisted"),
        plain("/consultas", "desk-consultations"),
        plain("/peticiones", "desk-petitions"),
    ]
}

/// Looks at every page as the Presidencia, with scripts, and as the Secretaría Ejecutiva, without; calls a
/// session and enters a consultation and a petition on the way.
pub(crate) async fn everything_is_looked_at(desk: &mut Visit, plain: &mut Visit, case: &str) {
    for (path, name) in pages(case) {
        plain.open(&path).await;
        plain.look(&format!("{name}-plain")).await;
        // Making a step is the Secretaría's, looking at its form everybody's who may make some.
        desk.open(&path).await;
        desk.look_twice(name).await;
    }

    plain.open("/sesiones").await;
    plain.browser.choose("main details summary").await;
    plain.browser.choose("#kind [value=EXTRAORDINARIA]").await;
    plain.browser.type_into("#place", "Sala de juntas").await;
    plain.browser.press("form[action='/sesiones'] button").await;
    plain.look("desk-meeting-plain").await;
    let meeting = plain.browser.address().await;
    desk.open(&path_of(&meeting)).await;
    desk.look_twice("desk-meeting").await;
    for (paper, name) in [("convocatoria", "desk-call"), ("acta", "desk-minutes")] {
        let path = format!("{}/{paper}", path_of(&meeting));
        plain.open(&path).await;
        plain.look(&format!("{name}-plain")).await;
        desk.open(&path).await;
        desk.look_twice(name).await;
    }

    for (path, name) in [
        ("/consultas", "desk-consultation"),
        ("/peticiones", "desk-petition"),
    ] {
        plain.open(path).await;
        plain.browser.choose("main details summary").await;
        plain.browser.type_into("#name", "Rosa Íñiguez").await;
        plain.browser.type_into("#contact", "extensión 4410").await;
        let asks = "¿Puedo atender un trámite de mi cuñado?";
        plain.browser.type_into("#statement", asks).await;
        let button = format!("form[action='{path}'] button");
        plain.browser.press(&button).await;
        plain.look(&format!("{name}-plain")).await;
        let one = path_of(&plain.browser.address().await);
        desk.open(&one).await;
        desk.look_twice(name).await;
    }
}

/// The path of an address of the desk.
fn path_of(address: &str) -> String {
    let (_, rest) = address.split_once("//").expect("it has a scheme");
    let start = rest.find('/').expect("it has a path");
    let path = &rest[start..];
    path.split('#').next().unwrap_or(path).to_owned()
}
