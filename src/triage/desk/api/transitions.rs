//! `/api/v1/cases/{folio}/transitions`: where a case stands in the procedure, and making a move.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::case::CaseState;
use domain::catalogue::TermKey;
use domain::procedure::{
    About, Clock, Mark, Move, MoveKind, Owner, ProcedureNotice, Step, Stop, signal,
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::frame::{Refusal, answer, taking, told_as_on_pages};
use crate::desk::Desk;
use crate::desk::case::{self, CaseError, find};
use crate::desk::dossier::{Answered, Done, Dossier};
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;
use crate::desk::procedure::make::{Made, StepError, make};

/// Where a case stands in the procedure.
#[derive(Serialize, ToSchema)]
pub(super) struct CourseView {
    /// Code of the state.
    state: &'static str,
    /// Codes of the moves that are open to this member; day and content of one may still not allow it.
    open: Vec<&'static str>,
    /// Codes of what marks the case, such as `PROTOCOLO_HSYAS`.
    marks: Vec<&'static str>,
    /// Terms that run, the first to end first.
    clocks: Vec<ClockView>,
    /// What was done, in that order.
    steps: Vec<StepView>,
}

/// A term that runs.
#[derive(Serialize, ToSchema)]
pub(super) struct ClockView {
    /// Code of the term, such as `registro_sseccoe`.
    key: &'static str,
    /// `case`, `decision`, `recommendation`, `referral`.
    about: &'static str,
    /// The number of the decision, recommendation or notice that it is about, from 1.
    number: Option<u16>,
    /// Who has to keep it, such as `SECRETARIA_EJECUTIVA`.
    owner: &'static str,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// `EN_TIEMPO`, `MITAD`, `POR_VENCER`, `VENCE_HOY`, `VENCIDO`.
    signal: &'static str,
}

/// A step that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct StepView {
    number: u32,
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Account of the member; nothing where whoever filed did it.
    by: Option<String>,
    /// Code of the seat, or `DENUNCIANTE`.
    seat: &'static str,
    /// Code of the state since.
    state: &'static str,
    /// As it was sent.
    #[schema(value_type = Object)]
    step: Step,
}

/// What became of a move.
#[derive(Serialize, ToSchema)]
pub(super) struct MadeView {
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Code of the state since.
    state: &'static str,
    /// Terms that run since, or to another day.
    started: Vec<ClockView>,
    /// Codes of terms that stand since, and how they came to: `CUMPLIDO`, `CUMPLIDO_TARDE`, `VENCIDO`,
    /// `SIN_EFECTO`.
    stopped: Vec<(&'static str, &'static str)>,
    /// Code of what the person who filed is told, if something.
    notice: Option<&'static str>,
}

impl ClockView {
    fn new(desk: &Desk, clock: &Clock) -> Self {
        let (about, number) = match clock.about() {
            About::Case => ("case", None),
            About::Decision(number) => ("decision", Some(number)),
            About::Recommendation(number) => ("recommendation", Some(number)),
            About::Referral(number) => ("referral", Some(number)),
        };
        Self {
            key: clock.key().code(),
            about,
            number,
            owner: clock.owner().code(),
            starts_on: clock.starts_on(),
            due_on: clock.due_on(),
            signal: signal(clock, desk.today(), &desk.calendar()).code(),
        }
    }
}

impl CourseView {
    fn new(desk: &Desk, member: &Member, dossier: &Dossier) -> Self {
        let course = &dossier.course;
        let mut clocks: Vec<&Clock> = course.running().collect();
        clocks.sort_by_key(|clock| clock.due_on());
        Self {
            state: course.state().code(),
            open: course
                .open_moves(member.actor.seat)
                .into_iter()
                .map(MoveKind::code)
                .collect(),
            marks: course.marks().iter().copied().map(Mark::code).collect(),
            clocks: clocks
                .into_iter()
                .map(|clock| ClockView::new(desk, clock))
                .collect(),
            steps: StepView::all(dossier),
        }
    }
}

impl StepView {
    /// What was done, in that order.
    fn all(dossier: &Dossier) -> Vec<Self> {
        let made = dossier.steps.iter().map(Self::new);
        let answer = dossier.answer().map(|answer| Self::answered(&answer));
        let mut all: Vec<Self> = made.chain(answer).collect();
        all.sort_by_key(|step| step.number);
        all
    }

    fn answered(answer: &Answered) -> Self {
        Self {
            number: answer.number,
            on: answer.on,
            by: None,
            seat: Owner::Complainant.code(),
            state: CaseState::UnderReview.code(),
            step: Move::Answer {}.into(),
        }
    }

    fn new(done: &Done) -> Self {
        let document = &done.document;
        Self {
            number: document.number,
            on: done.on,
            by: Some(document.by.clone()),
            seat: document.seat.code(),
            state: document.state.code(),
            step: document.step.clone(),
        }
    }
}

impl MadeView {
    fn new(desk: &Desk, made: &Made) -> Self {
        let stopped = |(key, stop): &(TermKey, Stop)| (key.code(), stop.how.code());
        Self {
            on: made.on,
            state: made.course.state().code(),
            started: made
                .started
                .iter()
                .map(|clock| ClockView::new(desk, clock))
                .collect(),
            stopped: made.stopped.iter().map(stopped).collect(),
            notice: made.notice.map(ProcedureNotice::code),
        }
    }
}

/// Where a case stands, what this member may do next, and what was done.
#[utoipa::path(
    get, path = "/api/v1/cases/{folio}/transitions",
    params(("folio" = String, Path, description = "`CE-<year>-<6 digits>`")),
    responses(
        (status = 200, description = "The course of the case", body = CourseView),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let dossier = case::open(&desk, &member, &pass).await;
    let view = dossier.map(|dossier| CourseView::new(&desk, &member, &dossier));
    answer(&desk, &request, StatusCode::OK, view)
}

told_as_on_pages!(CaseError, StepError);

/// Makes a move in a case: `{"act": {"move": "REGISTRAR", …}, "papers": [{"kind": "ACUERDO"}]}`. Each
/// move has fields of its own.
#[utoipa::path(
    post, path = "/api/v1/cases/{folio}/transitions",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 201, description = "Made; what the person who filed is told is in the mailbox within \
            an interval of the worker", body = MadeView),
        (status = 403, description = "The token is missing or not the session's, or the move is another \
            seat's", body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "The case does not stand where this can be done",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "Something is missing or cannot be right",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    payload: Payload,
) -> HttpResponse {
    let made = try_take(&desk, &request, &member, &pass, payload).await;
    let view = made.map(|made| MadeView::new(&desk, &made));
    answer(&desk, &request, StatusCode::CREATED, view)
}

async fn try_take(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    pass: &CasePass,
    payload: Payload,
) -> Result<Made, Refusal<StepError>> {
    taking(desk, request, payload, async |step: Step| {
        let dossier = find(desk, member, pass).await?;
        make(desk, member, &dossier, &step).await
    })
    .await
}
