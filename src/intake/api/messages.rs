//! `POST /api/v1/mailbox/messages`: a further message to the committee.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{FaultKind, FieldFaults, MessageText, SecretText, read_json};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::page;
use service::problem::Problem;
use store::StoreError;

use super::Unreadable;
use super::token::{self, BadToken};
use crate::filing::FilingError;
use crate::shared::Shared;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Further {
    tracking_token: Option<SecretText>,
    text: Option<SecretText>,
}

#[derive(Serialize)]
struct Answer {
    received_on: Date,
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Token(#[from] BadToken),
    #[error("no mailbox has this token")]
    Unknown,
    #[error("the mailbox is full")]
    Full,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Filing(#[from] FilingError),
}

impl Refusal {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Unreadable(unreadable) => unreadable.problem(texts),
            Self::Token(bad) => bad.problem(texts),
            Self::Unknown => super::mailbox::unknown(texts),
            Self::Full => super::mailbox::full(texts),
            Self::Store(_) | Self::Filing(_) => super::unavailable(texts),
        }
    }
}

pub(super) async fn send(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    match take(&shared, &request, payload).await {
        Ok(received_on) => page::json(StatusCode::CREATED, &Answer { received_on }),
        Err(refusal) => {
            let texts = shared.texts(&request);
            refusal.problem(texts).respond(texts)
        }
    }
}

async fn take(shared: &Shared, request: &HttpRequest, payload: Payload) -> Result<Date, Refusal> {
    if super::is_multipart(request) {
        return Err(Unreadable::Evidence.into());
    }
    let (token, text) = {
        let body = super::body(shared, request, payload)
            .await
            .map_err(Unreadable::from)?;
        let further: Further = read_json(&body).map_err(Unreadable::from)?;
        let token = token::parse(further.tracking_token)?;
        let text = further
            .text
            .ok_or(FaultKind::Required)
            .and_then(MessageText::parse);
        (
            token,
            text.map_err(|fault| Unreadable::from(FieldFaults::one("text", fault)))?,
        )
    };
    // Its place is given up before the store is waited for.
    let (known, full) = {
        let reading = shared.read(&token, shared.lane(request)).await?;
        (reading.known, reading.full)
    };
    if !known {
        return Err(Refusal::Unknown);
    }
    if full {
        return Err(Refusal::Full);
    }
    Ok(shared.follow_up(&token, text).await?)
}
