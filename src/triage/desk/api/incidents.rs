//! `/api/v1/incidents` and below: the log of security incidents, and telling those who filed.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use committee::incidents::{Incident, Nature, Note, Notice, Whom};
use domain::case::Folio;
use domain::complaint::LongText;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::frame::{Refusal, answer, taking, told_as_on_pages};
use super::schemas::ProblemView;
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::incidents::{self, Addition, Fault, Report};

told_as_on_pages!(Fault);

/// The log of incidents.
#[derive(Serialize, ToSchema)]
struct IncidentsView {
    /// In the order of the page.
    incidents: Vec<IncidentView>,
    /// How many there are besides that cannot be read.
    unreadable: usize,
}

/// An incident.
#[derive(Serialize, ToSchema)]
struct IncidentView {
    id: String,
    /// `PERDIDA`, `ROBO_O_COPIA`, `ACCESO_NO_AUTORIZADO`, `ALTERACION`, `INTERRUPCION`.
    nature: &'static str,
    #[schema(value_type = String, format = Date)]
    happened_on: Date,
    #[schema(value_type = String, format = Date)]
    noticed_on: Date,
    /// How it came about and what followed.
    #[schema(value_type = String)]
    what: LongText,
    /// Which data of whom.
    #[schema(value_type = String)]
    affected: LongText,
    /// What was done.
    #[schema(value_type = String)]
    measures: LongText,
    /// Who else was told.
    #[schema(value_type = Option<String>)]
    told: Option<LongText>,
    #[schema(value_type = String, format = Date)]
    recorded_on: Date,
    /// Id of the member.
    recorded_by: String,
    /// What was found later, in order.
    notes: Vec<NoteView>,
    /// What those who filed were told, as far as this member may know of their cases.
    notice: Option<NoticeView>,
    /// Whether those who filed can still be told.
    may_tell: bool,
}

/// What was found later.
#[derive(Serialize, ToSchema)]
struct NoteView {
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Id of the member.
    by: String,
    #[schema(value_type = String)]
    text: LongText,
}

/// What those who filed were told.
#[derive(Serialize, ToSchema)]
struct NoticeView {
    #[schema(value_type = String)]
    text: LongText,
    /// In which cases; nothing if in all of them.
    cases: Option<Vec<String>>,
    /// The day on which the last of them had it.
    #[schema(value_type = Option<String>, format = Date)]
    done_on: Option<Date>,
}

/// An incident to be written down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportBody {
    /// `PERDIDA`, `ROBO_O_COPIA`, `ACCESO_NO_AUTORIZADO`, `ALTERACION`, `INTERRUPCION`.
    #[schema(value_type = String)]
    nature: Nature,
    #[schema(value_type = String, format = Date)]
    happened_on: Date,
    #[schema(value_type = String, format = Date)]
    noticed_on: Date,
    /// How it came about and what followed.
    #[schema(value_type = String)]
    what: LongText,
    /// Which data of whom.
    #[schema(value_type = String)]
    affected: LongText,
    /// What was done at once and for good.
    #[schema(value_type = String)]
    measures: LongText,
    /// Who else was told, and when.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    told: Option<LongText>,
}

/// What is added to an incident: a note, a notice, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MoreBody {
    /// What was found later.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    note: Option<LongText>,
    /// What those who filed are told, once.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    notice: Option<LongText>,
    /// In which cases, by folio; in all of them if it is left out. An empty list is refused.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    cases: Option<Vec<Folio>>,
}

impl IncidentView {
    fn new(known: &BTreeSet<Folio>, one: Incident) -> Self {
        let notice = one.notice.as_ref();
        Self {
            id: one.id.to_string(),
            nature: one.nature.code(),
            happened_on: one.happened_on,
            noticed_on: one.noticed_on,
            recorded_on: one.recorded_on,
            recorded_by: one.recorded_by.to_string(),
            notice: notice.and_then(|notice| NoticeView::new(known, notice)),
            may_tell: notice.is_none(),
            notes: one.notes.into_iter().map(NoteView::from).collect(),
            what: one.what,
            affected: one.affected,
            measures: one.measures,
            told: one.told,
        }
    }
}

impl From<Note> for NoteView {
    fn from(Note { on, by, text }: Note) -> Self {
        let by = by.to_string();
        Self { on, by, text }
    }
}

impl NoticeView {
    fn new(known: &BTreeSet<Folio>, notice: &Notice) -> Option<Self> {
        Some(Self {
            cases: match incidents::shown(known, notice)? {
                Whom::All => None,
                Whom::Cases(cases) => Some(cases.iter().map(Folio::to_string).collect()),
            },
            text: notice.text.clone(),
            done_on: notice.done_on,
        })
    }
}

/// One after something was done with it.
async fn after(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    done: Result<Incident, Refusal<Fault>>,
) -> HttpResponse {
    let view = async {
        let incident = done?;
        let known = incidents::known(desk, member).await;
        let known = known.map_err(Refusal::Own)?;
        Ok::<_, Refusal<Fault>>(IncidentView::new(&known, incident))
    };
    answer(desk, request, StatusCode::CREATED, view.await)
}

/// All incidents.
#[utoipa::path(
    get, path = "/api/v1/incidents",
    responses(
        (status = 200, description = "The log of incidents", body = IncidentsView),
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
    let view = async {
        let known = incidents::known(&desk, &member).await?;
        let all = incidents::all(&desk, &member).await?;
        let view = |one| IncidentView::new(&known, one);
        Ok::<_, Fault>(IncidentsView {
            incidents: all.records.into_iter().map(view).collect(),
            unreadable: all.damaged,
        })
    };
    answer(&desk, &request, StatusCode::OK, view.await)
}

/// Writes one down.
#[utoipa::path(
    post, path = "/api/v1/incidents",
    params(("X-CSRF-Token" = String, Header, description = "The token of the session")),
    request_body(content = ReportBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Written down", body = IncidentView),
        (status = 403, description = "Not for this member, or the token is missing",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "A day or another field cannot be right",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn record(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    payload: Payload,
) -> HttpResponse {
    let added = taking(&desk, &request, payload, async |sent: ReportBody| {
        let report = Report {
            nature: sent.nature,
            happened_on: sent.happened_on,
            noticed_on: sent.noticed_on,
            what: sent.what,
            affected: sent.affected,
            measures: sent.measures,
            told: sent.told,
        };
        incidents::add(&desk, &member, report).await
    })
    .await;
    after(&desk, &request, &member, added).await
}

/// Adds what was found later, or tells those who filed.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}",
    params(
        ("incident" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = MoreBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Added; a notice is in the mailboxes within an interval of the worker",
            body = IncidentView),
        (status = 404, description = "There is no such incident",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "Those who filed were told before",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "Nothing is added, no case is named, or there is none such for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn more(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let changed = taking(&desk, &request, payload, async |sent: MoreBody| {
        let addition = Addition {
            note: sent.note,
            notice: sent.notice,
            cases: sent.cases,
        };
        incidents::change(&desk, &member, &id, addition).await
    })
    .await;
    after(&desk, &request, &member, changed).await
}
