//! `/api/v1/matters` and below: conflict-of-interest consultations and citizen petitions. One that names this
//! member does not exist for them.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::matter::{Entered, Matter, Step, StepKind, Taken};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::frame::{answer, taking, told_as_on_pages};
use super::schemas::ProblemView;
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::matters::{self, MatterError};

told_as_on_pages!(MatterError);

/// Consultations and petitions.
#[derive(Serialize, ToSchema)]
struct MattersView {
    /// First those that are open, the first to end first.
    matters: Vec<MatterRow>,
    /// How many there are besides that cannot be read.
    unreadable: usize,
}

/// Where a consultation or petition stands; nothing of what it says.
#[derive(Serialize, ToSchema)]
struct MatterRow {
    id: String,
    /// `CONSULTA_CONFLICTO_INTERES` or `PETICION_CIUDADANA`.
    kind: &'static str,
    year: i16,
    /// Within the year and kind.
    number: u16,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// `RECIBIDA`, `REQUERIDA`, `ENVIADA_UCMAPF`, `CON_RESPUESTA`, `CONTESTADA`, `NO_DESAHOGADA`.
    state: &'static str,
    /// The term that runs.
    due: Option<DueView>,
    /// Codes of the steps that are open.
    open: Vec<&'static str>,
}

/// A term that runs.
#[derive(Serialize, ToSchema)]
struct DueView {
    /// Code of the term.
    key: &'static str,
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// `EN_TIEMPO`, `MITAD`, `POR_VENCER`, `VENCE_HOY`, `VENCIDO`.
    signal: &'static str,
}

/// A consultation or petition, opened.
#[derive(Serialize, ToSchema)]
struct MatterView {
    #[serde(flatten)]
    row: MatterRow,
    /// As it was entered.
    #[schema(value_type = Object)]
    what: Entered,
    /// Id of the member who entered it.
    by: String,
    #[schema(value_type = String, format = Date)]
    entered_on: Date,
    /// What was done, the first thing first.
    taken: Vec<TakenView>,
}

/// A step that was taken.
#[derive(Serialize, ToSchema)]
struct TakenView {
    /// As it was sent.
    #[schema(value_type = Object)]
    step: Step,
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Id of the member.
    by: String,
    /// Whether its term was over.
    late: bool,
}

/// A step to take.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepBody {
    /// `{"kind": "ENVIAR_UCMAPF", "letter": "…"}`, and so on: each kind has fields of its own.
    #[schema(value_type = Object)]
    step: Step,
    /// The day on which it was done.
    #[schema(value_type = String, format = Date)]
    on: Date,
}

impl MatterRow {
    fn new(desk: &Desk, one: &Matter) -> Self {
        Self {
            id: one.id().to_string(),
            kind: one.what().kind.code(),
            year: one.year(),
            number: one.number(),
            received_on: one.what().received_on,
            state: one.state().code(),
            due: matters::due(desk, one).map(|(term, signal)| DueView {
                key: term.key.code(),
                due_on: term.due_on,
                signal: signal.code(),
            }),
            open: one.open_steps().into_iter().map(StepKind::code).collect(),
        }
    }
}

impl MatterView {
    fn new(desk: &Desk, one: &Matter) -> Self {
        let (by, entered_on) = one.entered();
        Self {
            row: MatterRow::new(desk, one),
            what: one.what().clone(),
            by: by.to_string(),
            entered_on,
            taken: one.taken().iter().map(TakenView::new).collect(),
        }
    }
}

impl TakenView {
    fn new(one: &Taken) -> Self {
        Self {
            step: one.step.clone(),
            on: one.on,
            by: one.by.to_string(),
            late: one.late,
        }
    }
}

/// The consultations and petitions that exist for this member.
#[utoipa::path(
    get, path = "/api/v1/matters",
    responses(
        (status = 200, description = "Where each stands", body = MattersView),
        (status = 403, description = "Not for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let all = matters::all(&desk, &member).await;
    let view = all.map(|all| MattersView {
        matters: all
            .records
            .iter()
            .map(|one| MatterRow::new(&desk, one))
            .collect(),
        unreadable: all.damaged,
    });
    answer(&desk, &request, StatusCode::OK, view)
}

/// Enters one: `{"kind": "PETICION_CIUDADANA", "received_on": "2026-03-04", "statement": "…"}`, and `name`,
/// `contact`, `ooad`, `umae` and `documents` if told; a consultation says `name` and `contact`.
#[utoipa::path(
    post, path = "/api/v1/matters",
    params(("X-CSRF-Token" = String, Header, description = "The token of the session")),
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 201, description = "Entered", body = MatterRow),
        (status = 403, description = "Not for this member, or the token is missing",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The day or another field cannot be right",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn enter(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    payload: Payload,
) -> HttpResponse {
    let entered = taking(&desk, &request, payload, async |what: Entered| {
        matters::enter(&desk, &member, what).await
    })
    .await;
    let view = entered.map(|one| MatterRow::new(&desk, &one));
    answer(&desk, &request, StatusCode::CREATED, view)
}

/// One, which is written into the log.
#[utoipa::path(
    get, path = "/api/v1/matters/{matter}",
    params(("matter" = String, Path, description = "Its id")),
    responses(
        (status = 200, description = "What it says and what was done", body = MatterView),
        (status = 404, description = "There is none for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
) -> HttpResponse {
    let opened = matters::open(&desk, &member, &id).await;
    let view = opened.map(|one| MatterView::new(&desk, &one));
    answer(&desk, &request, StatusCode::OK, view)
}

/// Takes the next step in one.
#[utoipa::path(
    post, path = "/api/v1/matters/{matter}/steps",
    params(
        ("matter" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = StepBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Taken", body = MatterRow),
        (status = 404, description = "There is none for this member",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The step is not open, or the day cannot be right",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let taken = taking(&desk, &request, payload, async |sent: StepBody| {
        matters::go_on(&desk, &member, &id, sent.step, sent.on).await
    })
    .await;
    let view = taken.map(|one| MatterRow::new(&desk, &one));
    answer(&desk, &request, StatusCode::CREATED, view)
}
