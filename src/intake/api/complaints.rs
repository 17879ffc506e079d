//! `POST /api/v1/complaints`: files a complaint.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{Complaint, ComplaintDraft};
use jiff::civil::Date;
use serde::Serialize;
use service::language::Texts;
use service::page;

use super::Unreadable;
use crate::abuse::{Call, Challenge};
use crate::filing::{Filed, FilingError};
use crate::shared::Shared;

#[derive(Serialize)]
struct Answer<'a> {
    tracking_token: &'a str,
    received_on: Date,
    receipt: &'a str,
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Flood(#[from] Challenge),
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Filing(#[from] FilingError),
}

impl Refusal {
    fn respond(&self, texts: &Texts) -> HttpResponse {
        match self {
            Self::Flood(challenge) => challenge.respond(texts),
            Self::Unreadable(unreadable) => unreadable.problem(texts).respond(texts),
            Self::Filing(_) => super::unavailable(texts).respond(texts),
        }
    }
}

pub(super) async fn file(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    match take(&shared, &request, payload).await {
        Ok(Filed {
            token,
            received_on,
            receipt,
        }) => {
            let answer = Answer {
                tracking_token: &token.phrase(),
                received_on,
                receipt: &receipt,
            };
            page::json(StatusCode::CREATED, &answer)
        }
        Err(refusal) => refusal.respond(shared.texts(&request)),
    }
}

async fn take(shared: &Shared, request: &HttpRequest, payload: Payload) -> Result<Filed, Refusal> {
    shared.may_call(request, Call::Filing)?;
    if super::is_multipart(request) {
        return Err(Unreadable::Evidence.into());
    }
    let complaint = {
        let body = super::body(shared, request, payload)
            .await
            .map_err(Unreadable::from)?;
        let draft = ComplaintDraft::from_json(&body).map_err(Unreadable::from)?;
        Complaint::parse(draft)
            .and_then(|complaint| complaint.filed_on(shared.today()))
            .map_err(Unreadable::from)?
    };
    Ok(shared.file(complaint).await?)
}
