//! What calls share: a body that is read, and an answer or a problem.

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{DraftError, read_json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use service::body::{BodyError, BodyLimits};
use service::language::Texts;
use service::page;
use service::problem::Problem;

use crate::desk::Desk;

/// An error that programs are told.
pub(super) trait Told {
    /// As what.
    fn told(&self, texts: &Texts) -> Problem;
}

/// Why a call that brings a body was not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal<E: std::error::Error> {
    /// It did not come.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// It is not what this call takes.
    #[error(transparent)]
    Json(#[from] DraftError),
    /// See there.
    #[error("{0}")]
    Own(#[source] E),
}

impl<E: std::error::Error + Told> Told for Refusal<E> {
    fn told(&self, texts: &Texts) -> Problem {
        match self {
            Self::Body(error) => Problem::body(texts, *error),
            Self::Json(error) => Problem::json(texts, error),
            Self::Own(error) => error.told(texts),
        }
    }
}

impl<E: Told> Told for &E {
    fn told(&self, texts: &Texts) -> Problem {
        (**self).told(texts)
    }
}

/// Reads the body of a call, of whoever may send as much as this.
pub(super) async fn body_within<T: DeserializeOwned, E: std::error::Error>(
    limits: &BodyLimits,
    request: &HttpRequest,
    payload: Payload,
) -> Result<T, Refusal<E>> {
    let bytes = limits.read(request, payload, "application/json").await?;
    Ok(read_json(&bytes)?)
}

/// Reads the body of a call and does what it asks for.
pub(super) async fn taking<B: DeserializeOwned, T, E: std::error::Error>(
    desk: &Desk,
    request: &HttpRequest,
    payload: Payload,
    act: impl AsyncFnOnce(B) -> Result<T, E>,
) -> Result<T, Refusal<E>> {
    let body = body_within(&desk.letters, request, payload).await?;
    act(body).await.map_err(Refusal::Own)
}

/// What came of a call.
pub(super) fn answer<T: Serialize, E: Told>(
    desk: &Desk,
    request: &HttpRequest,
    status: StatusCode,
    outcome: Result<T, E>,
) -> HttpResponse {
    match outcome {
        Ok(view) => page::json(status, &view),
        Err(error) => refused(desk, request, &error),
    }
}

/// That a call was not done.
pub(super) fn refused<E: Told>(desk: &Desk, request: &HttpRequest, error: &E) -> HttpResponse {
    let texts = desk.texts(request);
    error.told(texts).respond(texts)
}

/// Errors that pages tell as the same problem.
macro_rules! told_as_on_pages {
    ($($error:ty),+ $(,)?) => {
        $(impl $crate::desk::api::frame::Told for $error {
            fn told(&self, texts: &::service::language::Texts) -> ::service::problem::Problem {
                self.problem(texts)
            }
        })+
    };
}
pub(super) use told_as_on_pages;
