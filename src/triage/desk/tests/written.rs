//! What comes to the desk besides complaints: attentions, consultations, petitions.

use domain::committee::Seat;
use jiff::SignedDuration;

use super::{Answer, Member, PASSPHRASE, Service};
use crate::testing::{House, surname_of};
use crate::vault::Expected;

const SEATS: [(Seat, &str); 4] = [
    (Seat::SecretariaEjecutiva, "Berenice"),
    (Seat::SecretariaTecnica, "Celestino"),
    (Seat::Electa, "Dorotea"),
    (Seat::Consejera, "Filomena"),
];

async fn service() -> Service {
    let house = House::new().await;
    for (seat, name) in SEATS {
        house.member(seat, name, PASSPHRASE).await;
    }
    Service::serve_members(house, Expected::default(), true).await
}

async fn sign_in(service: &Service, name: &str) -> Member {
    Member::of(&service.sign_in_as(name, PASSPHRASE, None).await)
}

async fn post(service: &Service, path: &str, member: &Member, form: &str) -> Answer {
    let form = format!("csrf={}&{form}", member.token);
    service.post(path, Some(member), &form).await
}

async fn page(service: &Service, path: &str, member: &Member) -> String {
    let answer = service.get(path, Some(member)).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

fn attention(on: &str, channel: &str) -> String {
    format!("on={on}&channel={channel}&subject=DENUNCIA&done=SE_EXPLICO_COMO_DENUNCIAR&ooad=&risk=")
}

#[tokio::test]
async fn attentions_are_counted_by_month_and_kind() {
    let service = service().await;
    let ejec = sign_in(&service, "Berenice").await;
    let consejera = sign_in(&service, "Filomena").await;
    for (member, on, channel) in [
        (&ejec, "2026-03-04", "TELEFONO"),
        (&ejec, "2026-01-15", "CORREO"),
        (&ejec, "2025-12-30", "TELEFONO"),
        (&consejera, "2026-03-02", "PERSONA_CONSEJERA"),
    ] {
        let kept = post(&service, "/atenciones", member, &attention(on, channel)).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
    }
    let table = page(&service, "/atenciones/cuentas.csv?year=2026", &ejec).await;
    let table = table.replace('"', "");
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(
        rows[0].trim_start_matches('\u{feff}'),
        "Mes,Llamadas,Orientaciones personales,Escritos,Total"
    );
    assert_eq!(rows[1], "enero,0,0,1,1");
    assert_eq!(rows[3], "marzo,1,1,0,2");
    assert_eq!(rows[13], "Todo el año,1,1,1,3");
    // Whoever does not oversee them sees, counts and exports the own ones.
    let own = page(&service, "/atenciones/cuentas.csv?year=2026", &consejera).await;
    let own = own.replace('"', "");
    assert!(own.ends_with("Todo el año,0,1,0,1\r\n"), "{own}");
    let seen = page(&service, "/atenciones", &consejera).await;
    assert!(seen.contains("/anular"));
    assert_eq!(seen.matches("/anular").count(), 1);

    let all = page(&service, "/atenciones", &ejec).await;
    let mine = all
        .split("/atenciones/")
        .find(|rest| rest.contains("/anular"));
    let id = mine.unwrap().split('/').next().unwrap().to_owned();
    let path = format!("/atenciones/{id}/anular");
    let others = if seen.contains(&id) {
        &ejec
    } else {
        &consejera
    };
    let refused = post(&service, &path, others, "").await;
    let expected = if seen.contains(&id) { 303 } else { 404 };
    assert_eq!(refused.status, expected);
    let back = post(&service, &path, &ejec, "").await;
    assert_eq!(back.status, if expected == 303 { 409 } else { 303 });
    let table = page(&service, "/atenciones/cuentas.csv?year=2026", &ejec).await;
    assert!(table.trim_end().ends_with(",\"2\""), "{table}");
}

#[tokio::test]
async fn an_attention_that_cannot_be_is_refused() {
    let service = service().await;
    let ejec = sign_in(&service, "Berenice").await;
    for form in [
        attention("2026-03-05", "TELEFONO"),
        attention("2024-03-05", "TELEFONO"),
        attention("2026-03-04", "PALOMA"),
        attention("", "TELEFONO"),
        format!(
            "{}&note={}",
            attention("2026-03-04", "CORREO"),
            "x".repeat(301)
        ),
        String::new(),
    ] {
        let refused = post(&service, "/atenciones", &ejec, &form).await;
        assert_eq!(refused.status, 422, "{form}");
    }
    let table = page(&service, "/atenciones/cuentas.csv", &ejec).await;
    let table = table.replace('"', "");
    assert!(table.ends_with("Todo el año,0,0,0,0\r\n"), "{table}");
}

#[tokio::test]
async fn a_note_is_not_shown_to_whom_it_names() {
    let service = service().await;
    let (ejec, tecn) = (
        sign_in(&service, "Berenice").await,
        sign_in(&service, "Celestino").await,
    );
    let surname = surname_of(Seat::SecretariaTecnica);
    let note = format!("Se+queja+de+Celestino+{surname}+Xicot%C3%A9ncatl");
    let form = format!("{}&note={note}", attention("2026-03-04", "TELEFONO"));
    assert_eq!(
        post(&service, "/atenciones", &ejec, &form).await.status,
        303
    );
    let other = format!("{}&note=Pide+folletos", attention("2026-03-04", "TELEFONO"));
    assert_eq!(
        post(&service, "/atenciones", &ejec, &other).await.status,
        303
    );
    assert!(
        page(&service, "/atenciones", &ejec)
            .await
            .contains("Se queja de")
    );
    let seen = page(&service, "/atenciones", &tecn).await;
    assert!(seen.contains("Pide folletos") && !seen.contains("Se queja de"));
}

const CONSULTATION: &str = "received_on=2026-03-04&name=Elvira+Quiroga&contact=elvira%40example.mx\
    &statement=%C2%BFPuedo+evaluar+a+mi+prima%3F";

#[tokio::test]
async fn a_consultation_goes_to_the_secretaria_and_its_answer_comes_back() {
    let service = service().await;
    let ejec = sign_in(&service, "Berenice").await;
    let anonymous = "received_on=2026-03-04&statement=Hola";
    let refused = post(&service, "/consultas", &ejec, anonymous).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("dice quién pregunta"));
    let kept = post(&service, "/consultas", &ejec, CONSULTATION).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let place = kept.header("location").to_owned();
    // Two working days from Wednesday, 4 March 2026.
    let list = page(&service, "/consultas", &ejec).await;
    assert!(list.contains("Consulta 1/2026") && list.contains("6 de marzo de 2026"));
    assert!(
        !page(&service, "/peticiones", &ejec)
            .await
            .contains("1/2026")
    );
    service
        .house
        .clock
        .advance(SignedDuration::from_hours(6 * 24));
    let ejec = sign_in(&service, "Berenice").await;
    for (step, text) in [
        ("ENVIAR_UCMAPF", "CE%2F12%2F2026"),
        ("REGISTRAR_RESPUESTA", "Debe+excusarse."),
        ("COMUNICAR_RESPUESTA", "Correo"),
    ] {
        let form = format!("step={step}&on=2026-03-10&text={text}");
        let taken = post(&service, &place, &ejec, &form).await;
        assert_eq!(taken.status, 303, "{step}: {}", taken.body);
        let again = post(&service, &place, &ejec, &form).await;
        assert_eq!(again.status, 422, "{step}");
    }
    let shown = page(&service, &place, &ejec).await;
    for told in [
        "Debe excusarse.",
        "Fuera de plazo",
        "Contestada",
        "elvira@example.mx",
    ] {
        assert!(shown.contains(told), "{told}");
    }
    let log = page(&service, "/bitacora", &ejec).await;
    assert!(log.contains("abrió una consulta o petición"));
}

#[tokio::test]
async fn a_petition_is_looked_at_and_answered() {
    let service = service().await;
    let ejec = sign_in(&service, "Berenice").await;
    let form = "received_on=2026-03-04&statement=Pongan+el+c%C3%B3digo+a+la+vista.";
    let kept = post(&service, "/peticiones", &ejec, form).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let place = kept.header("location").to_owned();
    let step = "step=VALORAR&on=2026-03-04&verdict=VIABLE&text=Se+propone+difundirlo.";
    assert_eq!(post(&service, &place, &ejec, step).await.status, 303);
    assert!(page(&service, &place, &ejec).await.contains("Viable"));
}

#[tokio::test]
async fn a_consultation_does_not_exist_for_whom_it_names() {
    let service = service().await;
    let (ejec, tecn) = (
        sign_in(&service, "Berenice").await,
        sign_in(&service, "Celestino").await,
    );
    let surname = surname_of(Seat::SecretariaTecnica);
    let form = format!("{CONSULTATION}+Su+jefe+es+Celestino+{surname}+Xicot%C3%A9ncatl.");
    let kept = post(&service, "/consultas", &ejec, &form).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let place = kept.header("location").to_owned();
    assert!(page(&service, "/consultas", &ejec).await.contains("1/2026"));
    assert!(!page(&service, "/consultas", &tecn).await.contains("1/2026"));
    let unknown = format!("/consultas/{}", "0".repeat(32));
    let none = service.get(&unknown, Some(&tecn)).await;
    let hidden = service.get(&place, Some(&tecn)).await;
    assert_eq!((hidden.status, hidden.body), (none.status, none.body));
    let electa = sign_in(&service, "Dorotea").await;
    assert_eq!(service.get("/consultas", Some(&electa)).await.status, 403);
}
