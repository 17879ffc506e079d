//! `POST /api/v1/cases/{folio}/files/{file}/original`: a file as it was sent, for whoever says why.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::ToSchema;

use super::frame::{Refusal, refused, taking, told_as_on_pages};
use crate::desk::Desk;
use crate::desk::case::file::FileError;
use crate::desk::evidence::original;
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;

/// What a file is needed for as it was sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedView {
    /// `SIN_VISTA`: there is no clean copy, or it does not show enough; `PERITAJE`: whether it is genuine is to
    /// be examined; `AUTORIDAD`: an authority asks for it. It stands in the log.
    need: Option<String>,
}

told_as_on_pages!(FileError);

/// Gives a file as it was sent, which may harm whoever opens it.
#[utoipa::path(
    post, path = "/api/v1/cases/{folio}/files/{file}/original",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("file" = String, Path, description = "As the case names it in `files`"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = NeedView, content_type = "application/json"),
    responses(
        (status = 200, description = "The file; one that breaks off before its length is not whole",
            content_type = "application/octet-stream"),
        (status = 403, description = "The token is missing or not the session's",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case or file",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "The file did not arrive whole",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "It is not said what it is needed for",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn send(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    payload: Payload,
) -> HttpResponse {
    let (_, name) = path.into_inner();
    match take(&desk, &request, &member, &pass, &name, payload).await {
        Ok(answer) => answer,
        Err(refusal) => refused(&desk, &request, &refusal),
    }
}

async fn take(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    pass: &CasePass,
    name: &str,
    payload: Payload,
) -> Result<HttpResponse, Refusal<FileError>> {
    taking(desk, request, payload, async |sent: NeedView| {
        let need = original::need(sent.need.as_deref())?;
        original::take(desk, member, pass, name, need).await
    })
    .await
}
