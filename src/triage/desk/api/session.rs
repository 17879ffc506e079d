//! `POST`, `GET` and `DELETE /api/v1/session`: signing in and out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{DraftError, read_json};
use service::body::BodyError;
use service::language::Texts;
use service::page;
use service::problem::Problem;

use super::schemas::{SessionView, SignIn};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::session::{Begun, removal};
use crate::desk::sign_in::{self, SignInError};

/// Why no session began.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Body(#[from] BodyError),
    #[error(transparent)]
    Json(#[from] DraftError),
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

impl Refusal {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Body(error) => Problem::body(texts, *error),
            Self::Json(error) => Problem::json(texts, error),
            Self::SignIn(error) => error.problem(texts),
        }
    }
}

/// Signs in.
#[utoipa::path(
    post, path = "/api/v1/session",
    request_body(content = SignIn, content_type = "application/json"),
    responses(
        (status = 201, description = "Signed in; the cookie is set", body = SessionView<'_>),
        (status = 400, description = "Not JSON",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 401, description = "Name and passphrase do not belong together",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "A field is missing, unknown or of the wrong type",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts wait",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    )
)]
pub(in crate::desk) async fn begin(
    desk: Data<Desk>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    match take(&desk, &request, payload).await {
        Ok(begun) => {
            let mut answer = page::json(StatusCode::CREATED, &view(&begun.session));
            // A cookie of our own making is always one that a header can carry.
            let _ = answer.add_cookie(&begun.cookie());
            answer
        }
        Err(refusal) => {
            let texts = desk.texts(&request);
            refusal.problem(texts).respond(texts)
        }
    }
}

async fn take(desk: &Desk, request: &HttpRequest, payload: Payload) -> Result<Begun, Refusal> {
    let body = desk
        .limits
        .read(request, payload, "application/json")
        .await?;
    let SignIn { user, passphrase } = read_json(&body)?;
    Ok(sign_in::begin(desk, request, &user, passphrase).await?)
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/v1/session",
    responses(
        (status = 200, description = "Signed in", body = SessionView<'_>),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(member: Member) -> HttpResponse {
    page::json(StatusCode::OK, &view(&member.session))
}

/// Signs out.
#[utoipa::path(
    delete, path = "/api/v1/session",
    params(("X-CSRF-Token" = String, Header, description = "The token of the session")),
    responses(
        (status = 204, description = "Signed out"),
        (status = 403, description = "The token is missing or not the session's",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn end(
    desk: Data<Desk>,
    request: HttpRequest,
    _: Member,
) -> HttpResponse {
    desk.sessions.end(&request);
    let mut answer = HttpResponse::NoContent().finish();
    let _ = answer.add_cookie(&removal());
    answer
}

fn view(session: &crate::desk::session::Session) -> SessionView<'_> {
    SessionView {
        user: &session.account,
        csrf: &session.token,
    }
}
