//! `POST /api/v1/complaints`: files a complaint.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{Complaint, ComplaintDraft, FaultKind, FieldFaults};
use jiff::civil::Date;
use serde::Serialize;
use service::language::Texts;
use service::page;

use super::Unreadable;
use super::parts::Parts;
use crate::abuse::{Call, Challenge};
use crate::filing::{Filed, FilingError, PreparedComplaint};
use crate::multipart::is_multipart;
use crate::sender::Sender;
use crate::shared::Shared;

/// The part that is the complaint, as JSON.
const PART: &str = "complaint";

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
    let in_parts = is_multipart(request);
    let calls: &[Call] = if in_parts {
        &[Call::Filing, Call::Evidence]
    } else {
        &[Call::Filing]
    };
    shared.may_call(request, calls)?;
    let (complaint, evidence, received_on) = if in_parts {
        // Nothing is stored for whoever has not told anything yet.
        let check = async |parts: &Parts| {
            let told = of_parts(shared, parts);
            told.map(|_| Sender::Complaint(request))
        };
        let parts = Parts::read(shared, request, payload, &[PART], check).await?;
        let complaint = of_parts(shared, &parts)?;
        (complaint, parts.evidence(), parts.received_on())
    } else {
        let body = super::body(shared, request, payload)
            .await
            .map_err(Unreadable::from)?;
        (parse(shared, &body)?, Vec::new(), shared.today())
    };
    let prepared = PreparedComplaint::draw(complaint, evidence, received_on, &shared.rng)
        .map_err(FilingError::from)?;
    Ok(shared.file(prepared).await?)
}

/// The complaint among the parts.
fn of_parts(shared: &Shared, parts: &Parts) -> Result<Complaint, Unreadable> {
    let json = parts
        .field(PART)
        .ok_or_else(|| FieldFaults::one(PART, FaultKind::Required))?;
    parse(shared, json.expose().as_bytes())
}

fn parse(shared: &Shared, json: &[u8]) -> Result<Complaint, Unreadable> {
    let draft = ComplaintDraft::from_json(json)?;
    // Only the committee's desk says how a complaint came to it.
    if draft.presented_through.is_some() {
        return Err(FieldFaults::one("presented_through", FaultKind::UnknownField).into());
    }
    Ok(Complaint::parse(draft).and_then(|complaint| complaint.filed_on(shared.house_day()))?)
}
