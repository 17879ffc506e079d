//! `GET /api/v1/log` and `GET /api/v1/log/head`: what was done, and what to note of it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::log::view::Line;
use committee::log::{Actor, Amended, Entry};
use committee::members::Detail;
use domain::calendar::Profile;
use domain::committee::{Act, ShownGround};
use domain::evidence::OriginalNeed;
use domain::procedure::MoveKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::frame::{answer, told_as_on_pages};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::logbook::{self, ReadError};

/// One page of the log.
#[derive(Serialize, ToSchema)]
pub(super) struct LogView {
    /// The newest first.
    lines: Vec<LineView>,
    /// Given as `before`, asks for the older lines.
    before: Option<u64>,
}

/// A line of the log. The numbers are the reader's own, without a gap.
#[derive(Serialize, ToSchema)]
pub(super) struct LineView {
    number: u64,
    #[schema(value_type = String, format = DateTime)]
    at: String,
    /// `member`, `service`, `founders`, `operator`, `unknown`.
    by: &'static str,
    /// Who did it, if it was a member.
    member: Option<String>,
    /// A code such as `CASE_OPENED`.
    event: &'static str,
    case: Option<String>,
    /// The member whom it is about.
    subject: Option<String>,
    /// The code of the act that was refused, asked for or agreed to.
    act: Option<&'static str>,
    /// The code of the step of the procedure that was made.
    step: Option<&'static str>,
    /// The code of the reason for which a member was excluded; `RESERVADO` where it is not told.
    ground: Option<&'static str>,
    /// Code of what a file was taken out for as it was sent.
    need: Option<&'static str>,
    /// Code of the official list of non-working days that terms follow.
    profile: Option<&'static str>,
    count: Option<u32>,
    /// From which day on it holds.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// Codes of the details of a member that were changed, such as `UNIT`.
    amended: Vec<&'static str>,
}

/// What to note, so as to show later that the log was changed or cut off.
#[derive(Serialize, ToSchema)]
pub(super) struct HeadView {
    /// Hash of the entry with which the day began, as `guiando audit verify --head` takes it.
    hash: Option<String>,
    /// When that was.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<String>,
    /// The public key that signs the log.
    key: String,
}

impl LineView {
    fn new(line: &Line) -> Self {
        let Entry {
            at,
            actor,
            event,
            case,
            subject,
            act,
            step,
            ground,
            need,
            profile,
            count,
            from,
            amended,
            generation: _,
            kept_from: _,
        } = &line.entry;
        Self {
            number: line.number,
            at: at.to_string(),
            by: match actor {
                Actor::Member(_) => "member",
                Actor::Service => "service",
                Actor::Founders => "founders",
                Actor::Operator => "operator",
                Actor::Unknown => "unknown",
            },
            member: actor.member().map(|member| member.to_string()),
            event: event.code(),
            case: case.map(|case| case.to_string()),
            subject: subject.map(|member| member.to_string()),
            act: act.map(Act::code),
            step: step.map(MoveKind::code),
            ground: ground.map(ShownGround::code),
            need: need.map(OriginalNeed::code),
            profile: profile.map(Profile::code),
            count: *count,
            from: from.map(|from| from.to_string()),
            amended: amended
                .iter()
                .flat_map(Amended::details)
                .map(Detail::code)
                .collect(),
        }
    }
}

/// The log, as far as it concerns who reads it.
#[utoipa::path(
    get, path = "/api/v1/log",
    params(("before" = Option<u64>, Query, description = "Lines with smaller numbers than this")),
    responses(
        (status = 200, description = "Up to 50 lines", body = LogView),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "`before` is no number",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 503, description = "Somebody changed the stored log",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn lines(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let read = logbook::read(&desk, &member, request.query_string()).await;
    let view = read.map(|read| LogView {
        lines: read.lines.iter().map(LineView::new).collect(),
        before: read.before,
    });
    answer(&desk, &request, StatusCode::OK, view)
}

/// What to note of the log.
#[utoipa::path(
    get, path = "/api/v1/log/head",
    responses(
        (status = 200, description = "The seal of the day", body = HeadView),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 503, description = "Somebody changed the stored log",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn head(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let seal = logbook::seal(&desk, &member).await;
    let view = seal.map(|seal| HeadView {
        hash: seal.of_the_day.map(|(_, hash)| logbook::hex(&hash)),
        at: seal.of_the_day.map(|(at, _)| at.to_string()),
        key: seal.key.to_string(),
    });
    answer(&desk, &request, StatusCode::OK, view)
}

told_as_on_pages!(ReadError);
