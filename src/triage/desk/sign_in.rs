//! `GET` and `POST /entrar`, `POST /salir`: signing in and out.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::SecretText;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::credentials::CredentialsError;
use super::gate::{Form, Member, SIGN_IN};
use super::session::{Begun, removal};
use super::{Desk, DeskError, pages};

#[derive(Deserialize)]
struct Fields {
    user: Option<String>,
    passphrase: Option<SecretText>,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(super) enum SignInError {
    /// The request has not the fields that it must have.
    #[error("not a name and a passphrase")]
    Form,
    /// See there.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The session could not begin.
    #[error(transparent)]
    Session(#[from] DeskError),
}

impl SignInError {
    /// What is told; an account that does not exist and a wrong passphrase are one and the same.
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::Form => (StatusCode::BAD_REQUEST, "not-form"),
            Self::Credentials(CredentialsError::Wrong) => (StatusCode::UNAUTHORIZED, "credentials"),
            Self::Credentials(CredentialsError::Crowded(_)) => {
                (StatusCode::TOO_MANY_REQUESTS, "crowded")
            }
            Self::Credentials(CredentialsError::Store(_) | CredentialsError::Broken)
            | Self::Session(_) => {
                tracing::error!(cause = %self, "nobody can sign in");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
        };
        Problem::new(texts, status, code)
    }
}

/// Checks name and passphrase and begins a session under a new id. The session that the request
/// came with, if any, ends.
pub(super) async fn begin(
    desk: &Desk,
    request: &HttpRequest,
    name: &str,
    passphrase: SecretText,
) -> Result<Begun, SignInError> {
    let account = desk
        .credentials
        .check(&*desk.cases, name.trim(), passphrase)
        .await?;
    desk.sessions.end(request);
    Ok(desk.sessions.begin(&account.name)?)
}

/// The form.
pub(super) async fn form(desk: Data<Desk>, request: HttpRequest) -> HttpResponse {
    if desk.sessions.of(&request).is_some() {
        return to("/");
    }
    pages::sign_in(desk.texts(&request), StatusCode::OK, None)
}

/// Signs in.
pub(super) async fn enter(desk: Data<Desk>, request: HttpRequest, form: Form) -> HttpResponse {
    match take(&desk, &request, &form).await {
        Ok(begun) => {
            let mut answer = to("/");
            // A cookie of our own making is always one that a header can carry.
            let _ = answer.add_cookie(&begun.cookie());
            answer
        }
        Err(error) => {
            let texts = desk.texts(&request);
            let problem = error.problem(texts);
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNAUTHORIZED);
            pages::sign_in(texts, status, Some(&problem))
        }
    }
}

async fn take(desk: &Desk, request: &HttpRequest, form: &Form) -> Result<Begun, SignInError> {
    let Fields {
        user: Some(user),
        passphrase: Some(passphrase),
    } = form.parse().ok_or(SignInError::Form)?
    else {
        return Err(SignInError::Form);
    };
    begin(desk, request, &user, passphrase).await
}

/// Signs out.
pub(super) async fn leave(desk: Data<Desk>, request: HttpRequest, _: Member) -> HttpResponse {
    desk.sessions.end(&request);
    let mut answer = to(SIGN_IN);
    let _ = answer.add_cookie(&removal());
    answer
}

fn to(place: &'static str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish()
}
