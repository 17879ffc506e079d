//! `POST /api/v1/mailbox/messages`: a further message to the committee.

use std::cell::Cell;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{FaultKind, FieldFaults, MessageText, SecretText, read_json};
use jiff::civil::Date;
use mailbox::Found;
use sealing::{EmptyFollowUp, FollowUp, TrackingToken};
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::page;

use super::Unreadable;
use super::parts::Parts;
use super::token::{self, BadToken};
use crate::abuse::Held;
use crate::filing::FilingError;
use crate::mailboxes::{Door, LookError};
use crate::multipart::is_multipart;
use crate::sender::Sender;
use crate::shared::Shared;

/// The fields of a message in parts: all of it as JSON, or the two that JSON has.
const PARTS: [&str; 3] = ["message", "tracking_token", "text"];

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
    #[error("somebody else has seen the words")]
    WordsFirst,
    #[error("the mailbox went to other words")]
    TooLate,
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Filing(#[from] FilingError),
    #[error(transparent)]
    Held(#[from] Held),
}

impl Refusal {
    fn respond(&self, texts: &Texts) -> HttpResponse {
        let problem = match self {
            Self::Held(held) => return held.respond(texts),
            Self::Unreadable(unreadable) => unreadable.problem(texts),
            Self::Token(bad) => bad.problem(texts),
            Self::Unknown => super::mailbox::unknown(texts),
            Self::Full => super::mailbox::full(texts),
            Self::WordsFirst => super::mailbox::words_first(texts),
            Self::TooLate => super::mailbox::too_late(texts),
            Self::Look(error) => super::not_read(texts, error),
            Self::Filing(_) => super::unavailable(texts),
        };
        problem.respond(texts)
    }
}

pub(super) async fn send(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    match take(&shared, &request, payload).await {
        Ok(received_on) => page::json(StatusCode::CREATED, &Answer { received_on }),
        Err(refusal) => refusal.respond(shared.texts(&request)),
    }
}

async fn take(shared: &Shared, request: &HttpRequest, payload: Payload) -> Result<Date, Refusal> {
    // With files, before the first is stored; without, when all else is known to be right.
    let counted = Cell::new(false);
    let (token, text, evidence, received_on) = if is_multipart(request) {
        let check = async |parts: &Parts| {
            let further = Further::of_parts(parts)?;
            let token = token::parse(further.tracking_token)?;
            let sender = sender(shared, request, &token).await?;
            counted.set(true);
            shared.may_send(request, token.lookup_id())?;
            Ok::<_, Refusal>(sender)
        };
        let parts = Parts::read(shared, request, payload, &PARTS, check).await?;
        let further = Further::of_parts(&parts)?;
        let token = token::parse(further.tracking_token)?;
        let received_on = parts.received_on();
        (token, further.text, parts.evidence(), received_on)
    } else {
        let body = super::body(shared, request, payload)
            .await
            .map_err(Unreadable::from)?;
        let further: Further = read_json(&body).map_err(Unreadable::from)?;
        let token = token::parse(further.tracking_token)?;
        (token, further.text, Vec::new(), shared.today())
    };
    let at_fault = |fault| Unreadable::from(FieldFaults::one("text", fault));
    let text = text.map(MessageText::parse).transpose().map_err(at_fault)?;
    let told = FollowUp::new(text, None, false, evidence)
        .map_err(|EmptyFollowUp| at_fault(FaultKind::Required))?;
    is_open(shared, request, &token).await?;
    if !counted.get() {
        shared.may_send(request, token.lookup_id())?;
    }
    shared.follow_up(&token, told, None, received_on).await?;
    Ok(received_on)
}

impl Further {
    /// What the parts say: JSON in one, or each field in its own.
    fn of_parts(parts: &Parts) -> Result<Self, Unreadable> {
        let [json, token, text] = PARTS.map(|name| parts.field(name).cloned());
        let Some(json) = json else {
            return Ok(Self {
                tracking_token: token,
                text,
            });
        };
        if token.is_some() || text.is_some() {
            return Err(FieldFaults::one(PARTS[0], FaultKind::DuplicateField).into());
        }
        Ok(read_json(json.expose().as_bytes())?)
    }
}

/// Whether there is a mailbox of this token that takes messages.
async fn is_open(
    shared: &Shared,
    request: &HttpRequest,
    token: &TrackingToken,
) -> Result<(), Refusal> {
    match shared.door(token, shared.lane(request)).await? {
        Door::Unknown => Err(Refusal::Unknown),
        Door::Full => Err(Refusal::Full),
        Door::WordsFirst => Err(Refusal::WordsFirst),
        Door::TooLate => Err(Refusal::TooLate),
        Door::Open => Ok(()),
    }
}

/// Whose mailbox this token opens, if there is one that takes messages. The place among those who look
/// is given back: an upload may take an hour.
async fn sender(
    shared: &Shared,
    request: &HttpRequest,
    token: &TrackingToken,
) -> Result<Sender<'static>, Refusal> {
    let reading = shared.read(token, shared.lane(request), None).await?;
    let seen = &reading.seen;
    if !seen.known {
        return Err(Refusal::Unknown);
    }
    if seen.full {
        return Err(Refusal::Full);
    }
    match seen.mailbox.found {
        Found::Own | Found::Moving => {}
        Found::SeenByOther => return Err(Refusal::WordsFirst),
        Found::TooLate => return Err(Refusal::TooLate),
    }
    Ok(Sender::of_mailbox(token.lookup_id(), &seen.mailbox))
}
