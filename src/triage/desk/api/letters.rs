//! `POST /api/v1/cases/{folio}/messages`: writing to the person who filed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::SecretText;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::frame::{Refusal, answer, taking, told_as_on_pages};
use crate::desk::Desk;
use crate::desk::case::find;
use crate::desk::correspondence::{self, LetterError, Posted};
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;

/// A letter to the person who filed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LetterView {
    /// `message`, or `request`: the one request for what is missing. Without it, `message`.
    kind: Option<String>,
    /// Up to 20,000 code points.
    #[schema(value_type = String)]
    text: Option<SecretText>,
    /// Of a request: codes of what is missing. Without them, `HECHOS`.
    #[serde(default)]
    missing: Vec<String>,
}

/// What became of a letter.
#[derive(Serialize, ToSchema)]
pub(super) struct PostedView {
    /// Legal day of the letter.
    #[schema(value_type = String, format = Date)]
    posted_on: Date,
    /// Until when a request can be answered.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
}

told_as_on_pages!(LetterError);

/// Writes to the person who filed; a request also starts the term of its answer.
#[utoipa::path(
    post, path = "/api/v1/cases/{folio}/messages",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = LetterView, content_type = "application/json"),
    responses(
        (status = 201, description = "Written; it is in the mailbox within an interval of the worker",
            body = PostedView),
        (status = 403, description = "The token is missing or not the session's",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "What is missing was asked for before, or the case has moved on",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The text or the kind breaks a rule",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn send(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    payload: Payload,
) -> HttpResponse {
    let posted = take(&desk, &request, &member, &pass, payload).await;
    let view = posted.map(|Posted { posted_on, due_on }| PostedView { posted_on, due_on });
    answer(&desk, &request, StatusCode::CREATED, view)
}

async fn take(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    pass: &CasePass,
    payload: Payload,
) -> Result<Posted, Refusal<LetterError>> {
    taking(desk, request, payload, async |sent: LetterView| {
        let dossier = find(desk, member, pass).await?;
        let missing = sent.missing.iter().map(String::as_str);
        let letter = correspondence::parse(sent.kind.as_deref(), sent.text, missing)?;
        correspondence::write(desk, member, &dossier, letter).await
    })
    .await
}
