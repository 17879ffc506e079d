//! The interface for programs: JSON in, JSON or problem details out.

mod complaints;
mod mailbox;
mod messages;
mod new_words;
mod openapi;
mod parts;
mod roots;
mod schemas;
mod token;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Payload, ServiceConfig, post};
use domain::complaint::{DraftError, FieldFaults};
use service::body::BodyError;
use service::language::Texts;
use service::problem::Problem;
use zeroize::Zeroizing;

use self::parts::BadFile;
use crate::fallback::{READ, SEND, read, resource};
use crate::mailboxes::LookError;
use crate::multipart::MultipartError;
use crate::shared::Shared;

const JSON: &str = "application/json";
const COMPLAINTS: &str = "/api/v1/complaints";
const MAILBOX: &str = "/api/v1/mailbox";
const MESSAGES: &str = "/api/v1/mailbox/messages";
const WORDS: &str = "/api/v1/mailbox/words";
const KEY: &str = "/api/v1/receipts/key";
const ROOTS: &str = "/api/v1/receipts/roots";
const EARLIER_ROOTS: &str = "/api/v1/receipts/roots/{before}";
const OPENAPI: &str = "/api/openapi.json";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource(COMPLAINTS, SEND).route(post().to(complaints::file)))
        .service(resource(MAILBOX, SEND).route(post().to(mailbox::show)))
        .service(resource(MESSAGES, SEND).route(post().to(messages::send)))
        .service(resource(WORDS, SEND).route(post().to(new_words::choose)))
        .service(resource(KEY, READ).route(read().to(roots::key)))
        .service(resource(ROOTS, READ).route(read().to(roots::newest)))
        .service(resource(EARLIER_ROOTS, READ).route(read().to(roots::earlier)))
        .service(resource(OPENAPI, READ).route(read().to(openapi::show)));
}

/// Why a JSON body was not taken; every call may answer so.
#[derive(Debug, thiserror::Error)]
enum Unreadable {
    #[error(transparent)]
    Body(#[from] BodyError),
    #[error(transparent)]
    Parts(#[from] MultipartError),
    #[error(transparent)]
    File(#[from] BadFile),
    #[error(transparent)]
    Json(#[from] DraftError),
}

impl Unreadable {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Body(error) => Problem::body(texts, *error),
            Self::Parts(error) => parts::problem(texts, *error),
            Self::File(bad) => bad.problem(texts),
            Self::Json(error) => Problem::json(texts, error),
        }
    }
}

impl From<FieldFaults> for Unreadable {
    fn from(faults: FieldFaults) -> Self {
        Self::Json(DraftError::Fields(faults))
    }
}

/// Reads a JSON body within the limits.
async fn body(
    shared: &Shared,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Zeroizing<Vec<u8>>, BodyError> {
    shared.limits.read(request, payload, JSON).await
}

/// What is told when a mailbox could not be read.
fn not_read(texts: &Texts, error: &LookError) -> Problem {
    match error {
        LookError::Crowded(_) => Problem::new(texts, StatusCode::SERVICE_UNAVAILABLE, "many-looks"),
        LookError::Store(_) => unavailable(texts),
    }
}

fn unavailable(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::SERVICE_UNAVAILABLE, "unavailable")
}
