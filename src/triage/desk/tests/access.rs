//! Who gets in, and who does not.

use domain::committee::Act;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION};

use super::{Answer, Member, Service};
use crate::desk::routes::{Access, TABLE, Verb};
use crate::desk::session::COOKIE as NAME;
use crate::testing::story;

/// Every way to call the desk, written down a second time. Whoever adds a route has to say here who
/// may call it, and the tests below then call it without a session.
const CALLS: &[(Verb, &str, Access)] = &[
    (Verb::Get, "/", Access::Member(Act::ReadRegister)),
    (Verb::Get, "/hoy", Access::Member(Act::ReadRegister)),
    (Verb::Get, "/asuntos.csv", Access::Member(Act::ReadRegister)),
    (Verb::Post, "/vistas", Access::Member(Act::ReadRegister)),
    (
        Verb::Post,
        "/vistas/quitar",
        Access::Member(Act::ReadRegister),
    ),
    (Verb::Get, "/tablero", Access::Member(Act::ReadRegister)),
    (Verb::Get, "/calendario", Access::Member(Act::ReadRegister)),
    (
        Verb::Get,
        "/calendario.ics",
        Access::Member(Act::ReadRegister),
    ),
    (Verb::Get, "/buscar", Access::Member(Act::ReadRegister)),
    (Verb::Post, "/buscar", Access::Member(Act::ReadRegister)),
    (Verb::Get, "/ayuda", Access::Member(Act::OwnAccount)),
    (Verb::Post, "/ayuda", Access::Member(Act::OwnAccount)),
    (Verb::Get, "/abrir", Access::Unseal),
    (Verb::Post, "/abrir", Access::Unseal),
    (Verb::Post, "/copias", Access::Member(Act::GiveCopies)),
    (Verb::Post, "/sellar", Access::Member(Act::SealService)),
    (Verb::Get, "/entrar", Access::SignIn),
    (Verb::Post, "/entrar", Access::SignIn),
    (Verb::Get, "/entrar/segundo", Access::SecondStep),
    (Verb::Post, "/entrar/segundo", Access::SecondStep),
    (Verb::Get, "/fundar", Access::Founding),
    (Verb::Post, "/fundar", Access::Founding),
    (Verb::Get, "/invitacion/{code}", Access::SignIn),
    (Verb::Post, "/invitacion/{code}", Access::SignIn),
    (Verb::Post, "/invitacion", Access::Enrolment),
    (
        Verb::Get,
        "/calendario/suspensiones",
        Access::Member(Act::ReadRegister),
    ),
    (
        Verb::Post,
        "/calendario/suspensiones",
        Access::Member(Act::SetCalendar),
    ),
    (
        Verb::Post,
        "/calendario/suspensiones/levantar",
        Access::Member(Act::SetCalendar),
    ),
    (
        Verb::Get,
        "/calendario/plazos",
        Access::Member(Act::ReadRegister),
    ),
    (
        Verb::Post,
        "/calendario/plazos",
        Access::Member(Act::RecountTerms),
    ),
    (
        Verb::Get,
        "/calendario/suspensiones.txt",
        Access::Member(Act::ReadRegister),
    ),
    (Verb::Get, "/mi-cuenta", Access::Member(Act::OwnAccount)),
    (Verb::Post, "/mi-cuenta", Access::Member(Act::OwnAccount)),
    (Verb::Get, "/integrantes", Access::Member(Act::ReadMembers)),
    (
        Verb::Post,
        "/integrantes",
        Access::Member(Act::InviteMember),
    ),
    (
        Verb::Post,
        "/integrantes/baja",
        Access::Member(Act::EndMembership),
    ),
    (
        Verb::Post,
        "/integrantes/readmision",
        Access::Member(Act::ReadmitMember),
    ),
    (
        Verb::Get,
        "/integrantes/{member}/datos",
        Access::Member(Act::AmendMember),
    ),
    (
        Verb::Post,
        "/integrantes/{member}/datos",
        Access::Member(Act::AmendMember),
    ),
    (
        Verb::Post,
        "/integrantes/suspension",
        Access::Member(Act::SuspendMember),
    ),
    (
        Verb::Post,
        "/integrantes/reincorporacion",
        Access::Member(Act::SuspendMember),
    ),
    (Verb::Post, "/salir", Access::Member(Act::OwnAccount)),
    (Verb::Get, "/casos/{folio}", Access::Member(Act::ReadCase)),
    (
        Verb::Get,
        "/casos/{folio}/evidencia/{file}",
        Access::Member(Act::ReadFile),
    ),
    (
        Verb::Get,
        "/casos/{folio}/excusas",
        Access::Member(Act::DeclareConflict),
    ),
    (
        Verb::Post,
        "/casos/{folio}/excusas/declarar",
        Access::Member(Act::DeclareConflict),
    ),
    (
        Verb::Post,
        "/casos/{folio}/excusas/proponer",
        Access::Member(Act::ProposeRecusal),
    ),
    (
        Verb::Post,
        "/casos/{folio}/excusas/levantar",
        Access::Member(Act::DecideRecusal),
    ),
    (
        Verb::Post,
        "/casos/{folio}/excusas/compartir",
        Access::Member(Act::ShareCase),
    ),
    (
        Verb::Post,
        "/casos/{folio}/mensajes",
        Access::Member(Act::WriteToPerson),
    ),
    (
        Verb::Get,
        "/casos/{folio}/tramite",
        Access::Member(Act::ReadCase),
    ),
    (
        Verb::Get,
        "/casos/{folio}/tramite/{paso}",
        Access::Member(Act::TakeStep),
    ),
    (
        Verb::Post,
        "/casos/{folio}/tramite/{paso}",
        Access::Member(Act::TakeStep),
    ),
    (
        Verb::Get,
        "/casos/{folio}/documentos",
        Access::Member(Act::WritePaper),
    ),
    (
        Verb::Get,
        "/casos/{folio}/documentos/{paper}",
        Access::Member(Act::WritePaper),
    ),
    (
        Verb::Post,
        "/casos/{folio}/documentos/{paper}",
        Access::Member(Act::WritePaper),
    ),
    (
        Verb::Get,
        "/casos/{folio}/version/{party}",
        Access::Member(Act::RedactFile),
    ),
    (
        Verb::Post,
        "/casos/{folio}/version/{party}",
        Access::Member(Act::RedactFile),
    ),
    (
        Verb::Get,
        "/casos/{folio}/version/{party}/pdf",
        Access::Member(Act::RedactFile),
    ),
    (
        Verb::Get,
        "/casos/{folio}/sseccoe",
        Access::Member(Act::CaptureCase),
    ),
    (
        Verb::Post,
        "/casos/{folio}/actos/identidad",
        Access::Member(Act::UnmaskIdentity),
    ),
    (
        Verb::Post,
        "/casos/{folio}/actos/exportar",
        Access::Member(Act::ExportCase),
    ),
    (
        Verb::Post,
        "/casos/{folio}/actos/borrar",
        Access::Member(Act::DeleteCase),
    ),
    (
        Verb::Post,
        "/casos/{folio}/actos/retirar",
        Access::Member(Act::RotateCase),
    ),
    (
        Verb::Post,
        "/casos/{folio}/expediente",
        Access::Member(Act::ExportCase),
    ),
    (Verb::Get, "/actos", Access::Member(Act::SecondAct)),
    (Verb::Post, "/actos/{act}", Access::Member(Act::SecondAct)),
    (
        Verb::Get,
        "/incidentes",
        Access::Member(Act::RecordIncident),
    ),
    (
        Verb::Post,
        "/incidentes",
        Access::Member(Act::RecordIncident),
    ),
    (
        Verb::Post,
        "/incidentes/{incident}",
        Access::Member(Act::RecordIncident),
    ),
    (
        Verb::Get,
        "/conservacion",
        Access::Member(Act::ReadRegister),
    ),
    (
        Verb::Get,
        "/conservacion/{certificate}",
        Access::Member(Act::ReadRegister),
    ),
    (Verb::Post, "/api/v1/session", Access::SignIn),
    (
        Verb::Get,
        "/api/v1/session",
        Access::Member(Act::OwnAccount),
    ),
    (
        Verb::Delete,
        "/api/v1/session",
        Access::Member(Act::OwnAccount),
    ),
    (Verb::Post, "/api/v1/session/second", Access::SecondStep),
    (
        Verb::Get,
        "/api/v1/cases",
        Access::Member(Act::ReadRegister),
    ),
    (
        Verb::Get,
        "/api/v1/cases/{folio}",
        Access::Member(Act::ReadCase),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/messages",
        Access::Member(Act::WriteToPerson),
    ),
    (
        Verb::Get,
        "/api/v1/cases/{folio}/transitions",
        Access::Member(Act::ReadCase),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/transitions",
        Access::Member(Act::TakeStep),
    ),
    (
        Verb::Get,
        "/api/v1/cases/{folio}/recusals",
        Access::Member(Act::DeclareConflict),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/recusals/declare",
        Access::Member(Act::DeclareConflict),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/recusals/propose",
        Access::Member(Act::ProposeRecusal),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/recusals/lift",
        Access::Member(Act::DecideRecusal),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/recusals/share",
        Access::Member(Act::ShareCase),
    ),
    (Verb::Get, "/sesiones", Access::Member(Act::ReadMeetings)),
    (Verb::Post, "/sesiones", Access::Member(Act::CallMeeting)),
    (
        Verb::Get,
        "/sesiones/{meeting}",
        Access::Member(Act::ReadMeetings),
    ),
    (
        Verb::Get,
        "/sesiones/{meeting}/acta",
        Access::Member(Act::ReadMeetings),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/puntos",
        Access::Member(Act::HoldMeeting),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/puntos/{point}/quitar",
        Access::Member(Act::HoldMeeting),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/puntos/{point}/votos",
        Access::Member(Act::HoldMeeting),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/puntos/{point}/nota",
        Access::Member(Act::HoldMeeting),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/asistencia",
        Access::Member(Act::HoldMeeting),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/diferir",
        Access::Member(Act::CallMeeting),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/cancelar",
        Access::Member(Act::CallMeeting),
    ),
    (
        Verb::Post,
        "/sesiones/{meeting}/cerrar",
        Access::Member(Act::CloseMeeting),
    ),
    (
        Verb::Get,
        "/atenciones",
        Access::Member(Act::RecordAttention),
    ),
    (
        Verb::Post,
        "/atenciones",
        Access::Member(Act::RecordAttention),
    ),
    (
        Verb::Get,
        "/atenciones/cuentas.csv",
        Access::Member(Act::RecordAttention),
    ),
    (
        Verb::Post,
        "/atenciones/{attention}/anular",
        Access::Member(Act::RecordAttention),
    ),
    (Verb::Get, "/consultas", Access::Member(Act::KeepMatters)),
    (Verb::Post, "/consultas", Access::Member(Act::KeepMatters)),
    (
        Verb::Get,
        "/consultas/{matter}",
        Access::Member(Act::KeepMatters),
    ),
    (
        Verb::Post,
        "/consultas/{matter}",
        Access::Member(Act::KeepMatters),
    ),
    (Verb::Get, "/peticiones", Access::Member(Act::KeepMatters)),
    (Verb::Post, "/peticiones", Access::Member(Act::KeepMatters)),
    (
        Verb::Get,
        "/peticiones/{matter}",
        Access::Member(Act::KeepMatters),
    ),
    (
        Verb::Post,
        "/peticiones/{matter}",
        Access::Member(Act::KeepMatters),
    ),
    (Verb::Get, "/bitacora", Access::Member(Act::ReadLog)),
    (Verb::Get, "/api/v1/log", Access::Member(Act::ReadLog)),
    (Verb::Get, "/api/v1/log/head", Access::Member(Act::ReadLog)),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/acts/unmask",
        Access::Member(Act::UnmaskIdentity),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/acts/export",
        Access::Member(Act::ExportCase),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/acts/delete",
        Access::Member(Act::DeleteCase),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/acts/withdraw",
        Access::Member(Act::RotateCase),
    ),
    (
        Verb::Post,
        "/api/v1/cases/{folio}/archive",
        Access::Member(Act::ExportCase),
    ),
    (Verb::Get, "/api/v1/acts", Access::Member(Act::SecondAct)),
    (
        Verb::Post,
        "/api/v1/acts/{act}",
        Access::Member(Act::SecondAct),
    ),
    (
        Verb::Get,
        "/api/openapi.json",
        Access::Member(Act::OwnAccount),
    ),
    (Verb::Get, "/static/{file}", Access::Open),
    (Verb::Get, "/health/live", Access::Open),
    (Verb::Get, "/health/ready", Access::Open),
];

const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

pub(super) fn method(verb: Verb) -> Method {
    match verb {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Delete => Method::DELETE,
    }
}

fn assert_refused(answer: &Answer, path: &str, what: &str) {
    if path.starts_with("/api/") {
        assert_eq!(answer.status, 401, "{what}");
    } else {
        assert_eq!(
            (answer.status.as_u16(), answer.header(LOCATION)),
            (303, "/entrar"),
            "{what}"
        );
        assert_eq!(answer.body, "", "{what}");
    }
    assert_eq!(answer.header("set-cookie"), "", "{what}");
}

#[test]
fn every_route_is_listed_with_who_may_call_it() {
    let registered: Vec<_> = TABLE
        .iter()
        .flat_map(|address| {
            address
                .calls
                .iter()
                .map(|call| (call.verb, address.path, call.access))
        })
        .collect();
    assert_eq!(registered, CALLS);
}

#[tokio::test]
async fn without_a_session_every_route_but_sign_in_static_and_health_is_refused() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Una historia que nadie más debe leer."))
        .await;
    let made_up = format!("{NAME}={}", "A".repeat(43));
    for (verb, path, access) in CALLS {
        let path = path
            .replace("{folio}", &folio.to_string())
            .replace("{file}", "desk.css")
            .replace("{act}", &"0".repeat(32))
            .replace("{paso}", "REGISTRAR")
            .replace("{paper}", "prevencion")
            .replace("{party}", "persona_denunciada");
        for cookie in [
            None,
            Some(made_up.as_str()),
            Some("__Host-guiando=%00"),
            Some("a=b"),
        ] {
            let what = format!("{verb:?} {path} with {cookie:?}");
            let headers = cookie.map(|cookie| (COOKIE, cookie));
            let answer = service
                .send(method(*verb), &path, headers.as_slice(), "")
                .await;
            match access {
                // An open service is not opened again.
                Access::Member(_)
                | Access::Unseal
                | Access::SecondStep
                | Access::Enrolment
                | Access::Founding => assert_refused(&answer, &path, &what),
                Access::SignIn | Access::Open => assert_ne!(answer.status, 303, "{what}"),
            }
            assert!(!answer.body.contains("nadie más"), "{what}");
        }
    }
}

#[tokio::test]
async fn what_no_route_names_is_refused_alike_so_that_nothing_can_be_probed() {
    let service = Service::start().await;
    let open = |asked: &Method, path: &str| {
        let asked = if *asked == Method::HEAD {
            &Method::GET
        } else {
            asked
        };
        CALLS.iter().any(|(verb, listed, access)| {
            let known = [Access::Open, Access::SignIn].contains(access);
            *listed == path && known && method(*verb) == *asked
        })
    };
    let paths = CALLS
        .iter()
        .map(|(_, path, _)| *path)
        .filter(|path| !path.contains('{'));
    let unknown = [
        "/nada",
        "/api/nada",
        "//",
        "/static",
        "/entrar/",
        "/health",
        "/%65ntrar/x",
    ];
    for path in paths.chain(unknown) {
        for method in METHODS {
            if open(&method, path) {
                continue;
            }
            let answer = service.send(method.clone(), path, &[], "").await;
            assert_refused(&answer, path, &format!("{method} {path}"));
        }
    }
}

#[tokio::test]
async fn a_path_in_disguise_opens_nothing() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Una historia que nadie más debe leer."))
        .await;
    for path in [
        format!("/static/../casos/{folio}"),
        format!("/static/%2e%2e/casos/{folio}"),
        format!("/static/..%2fcasos%2f{folio}"),
        format!("//casos/{folio}"),
        format!("/casos/{folio}?x=/health/live"),
        format!("/casos/{folio};/static/desk.css"),
        format!("/%63asos/{folio}"),
    ] {
        let answer = service.get(&path, None).await;
        assert_ne!(answer.status, 200, "{path}");
        assert!(!answer.body.contains("nadie más"), "{path}");
    }
}

#[tokio::test]
async fn a_sealed_service_says_so_and_serves_no_case() {
    let service = Service::sealed().await;
    let folio = service
        .house
        .case(story("Una historia que nadie más debe leer."))
        .await;
    for (verb, path, access) in CALLS {
        let path = path
            .replace("{folio}", &folio.to_string())
            .replace("{file}", "desk.css")
            .replace("{act}", &"0".repeat(32))
            .replace("{paso}", "REGISTRAR")
            .replace("{paper}", "prevencion")
            .replace("{party}", "persona_denunciada");
        let json = [(CONTENT_TYPE, "application/json")];
        let body = r#"{"user":"secretaria","passphrase":"cuatro palabras de demostración"}"#;
        let answer = service.send(method(*verb), &path, &json, body).await;
        let expected = match (access, verb) {
            (Access::Open, _) | (Access::Unseal, Verb::Get) => 200,
            // Not a form with a file.
            (Access::Unseal, _) => 415,
            (_, _) => 503,
        };
        assert_eq!(answer.status, expected, "{verb:?} {path}");
        assert!(!answer.body.contains(&folio.to_string()), "{verb:?} {path}");
    }
    let page = service.get("/", None).await;
    assert!(
        page.body.contains("El servicio está sellado."),
        "{}",
        page.body
    );
    assert!(page.body.contains("--identity"), "{}", page.body);
    assert!(page.body.contains("href=\"/abrir\""), "{}", page.body);
    let ready = service.get("/health/ready", None).await;
    assert_eq!(ready.body, r#"{"ready":true,"sealed":true}"#);
}

#[tokio::test]
async fn an_unsealed_service_is_ready_and_says_so() {
    let service = Service::start().await;
    let ready = service.get("/health/ready", None).await;
    assert_eq!(
        (ready.status.as_u16(), ready.body.as_str()),
        (200, r#"{"ready":true,"sealed":false}"#)
    );
    assert_eq!(service.get("/health/live", None).await.body, "live\n");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Una historia cualquiera, con lo necesario."))
        .await;
    let member = service.sign_in().await;
    let mut answers = Vec::new();
    for path in [
        "/",
        "/entrar",
        "/nada",
        "/api/nada",
        "/api/openapi.json",
        "/health/ready",
    ] {
        answers.push(service.get(path, None).await);
        answers.push(service.get(path, Some(&member)).await);
    }
    answers.push(service.get(&format!("/casos/{folio}"), Some(&member)).await);
    answers.push(service.get("/static/desk.css", None).await);
    answers.push(service.get("/static/nada.css", None).await);
    answers.push(service.post("/salir", Some(&member), "csrf=x").await);
    answers.push(
        service
            .send(Method::PUT, "/", &[(COOKIE, &member.cookie)], "")
            .await,
    );
    for answer in answers {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{answer:?}");
        // Only pages with our own script may run it, and never one that stands in a page.
        let scripted = answer.body.contains("<script src=\"/static/");
        assert_eq!(policy.contains("script-src 'self';"), scripted, "{policy}");
        assert_eq!(policy.contains("script"), scripted, "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {answer:?}");
        }
        let scripts = answer.body.matches("<script").count();
        let of_files = answer.body.matches("<script src=\"/static/").count();
        assert_eq!(scripts, of_files, "{}", answer.body);
        assert!(!answer.body.contains("style="), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_member_is_told_what_is_not_there_and_which_methods_there_are() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let missing = service.get("/nada", Some(&member)).await;
    assert_eq!(missing.status, 404);
    assert!(
        missing.body.contains("Esta dirección no existe."),
        "{}",
        missing.body
    );
    let call = service.get("/api/nada", Some(&member)).await;
    assert_eq!(
        (call.status.as_u16(), call.header(CONTENT_TYPE)),
        (404, "application/problem+json")
    );

    let Member { cookie, token } = &member;
    let headers = [
        (COOKIE, cookie.as_str()),
        (super::forgery::TOKEN, token.as_str()),
    ];
    let put = service
        .send(Method::PUT, "/api/v1/cases", &headers, "")
        .await;
    assert_eq!(
        (put.status.as_u16(), put.header("allow")),
        (405, "GET, HEAD")
    );
    let get = service.get("/salir", Some(&member)).await;
    assert_eq!((get.status.as_u16(), get.header("allow")), (405, "POST"));
}

#[tokio::test]
async fn errors_speak_the_language_asked_for() {
    let service = Service::start().await;
    let english = [(reqwest::header::ACCEPT_LANGUAGE, "en")];
    let answer = service
        .send(Method::GET, "/api/v1/cases", &english, "")
        .await;
    assert!(
        answer.body.contains("Nobody is signed in"),
        "{}",
        answer.body
    );
    let answer = service.get("/api/v1/cases", None).await;
    assert!(answer.body.contains("Falta entrar"), "{}", answer.body);
}
