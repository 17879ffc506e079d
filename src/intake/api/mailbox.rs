//! `POST /api/v1/mailbox`: shows a person their mailbox.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::case::{Deadline, Folio, Status};
use domain::complaint::{DraftError, ReferralConsent, SecretText, read_json};
use jiff::civil::Date;
use mailbox::{Author, FiledFile, Found, Posted};
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::page::{self, AnswerSize};
use service::problem::Problem;

use super::Unreadable;
use super::token::{self, BadToken};
use crate::mailboxes::{LookError, Reading, Seen};
use crate::shared::Shared;
use crate::wording::{due, words};

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Question {
    tracking_token: Option<SecretText>,
    /// Of a further page of a long mailbox: the `older` of the one before.
    before: Option<u32>,
}

/// The size of every answer to well-formed words. It holds whatever one look opens, so that a message
/// is never cut and all but the longest mailboxes come whole, as programs expect.
pub(super) const SIZE: AnswerSize = AnswerSize::Large;

#[derive(Serialize)]
struct Answer<'a> {
    status: Status,
    folio: Option<Folio>,
    deadlines: Vec<DeadlineAnswer>,
    messages: Vec<MessageAnswer<'a>>,
    /// There are messages before these; asked for with it in `before`.
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<u32>,
}

#[derive(Serialize)]
struct DeadlineAnswer {
    #[serde(flatten)]
    deadline: Deadline,
    text: String,
}

#[derive(Serialize)]
struct MessageAnswer<'a> {
    from: Author,
    posted_on: Date,
    text: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    evidence: &'a [FiledFile],
    #[serde(skip_serializing_if = "Option::is_none")]
    referral_consent: Option<ReferralConsent>,
}

impl<'a> Answer<'a> {
    fn new(texts: &Texts, seen: &'a Seen) -> Self {
        let mailbox = &seen.mailbox;
        let deadline = |deadline: &Deadline| DeadlineAnswer {
            deadline: *deadline,
            text: due(texts, *deadline),
        };
        let message = |posted: &'a Posted| MessageAnswer {
            from: posted.from,
            posted_on: posted.posted_on,
            text: words(texts, posted),
            evidence: &posted.evidence,
            referral_consent: posted.referral_consent,
        };
        Self {
            status: mailbox.status,
            folio: mailbox.folio,
            deadlines: mailbox.deadlines.iter().map(deadline).collect(),
            // The first one waits for its turn where others in between were not read.
            messages: mailbox
                .messages
                .iter()
                .filter(|posted| posted.position > 0 || seen.older.is_none())
                .map(message)
                .collect(),
            older: seen.older,
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Token(#[from] BadToken),
    #[error(transparent)]
    Look(#[from] LookError),
}

impl Refusal {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Unreadable(unreadable) => unreadable.problem(texts),
            Self::Token(bad) => bad.problem(texts),
            Self::Look(error) => super::not_read(texts, error),
        }
    }
}

pub(super) async fn show(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let texts = shared.texts(&request);
    match look(&shared, &request, payload).await {
        Ok(reading) => {
            // Both answers are made whatever was found, so that making one takes no longer.
            let found = page::json_of(SIZE, StatusCode::OK, &Answer::new(texts, &reading.seen));
            let unknown = unknown(texts).respond_of(SIZE, texts);
            let words_first = words_first(texts).respond_of(SIZE, texts);
            match reading.seen.mailbox.found {
                _ if !reading.seen.known => unknown,
                Found::SeenByOther => words_first,
                Found::Own | Found::Moving | Found::TooLate => found,
            }
        }
        Err(refusal) => refusal.problem(texts).respond(texts),
    }
}

/// The problem of a mailbox that takes no further message.
pub(super) fn full(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::TOO_MANY_REQUESTS, "mailbox-full")
}

/// The problem of words that somebody else has seen.
pub(super) fn words_first(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::CONFLICT, "new-words-first")
}

/// The problem of words that were chosen too late.
pub(super) fn too_late(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::CONFLICT, "new-words-too-late")
}

/// The problem of a token that no mailbox belongs to; the same for every such token.
pub(super) fn unknown(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::NOT_FOUND, "unknown-mailbox")
}

async fn look<'a>(
    shared: &'a Shared,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Reading<'a>, Refusal> {
    let (token, before) = {
        let body = super::body(shared, request, payload)
            .await
            .map_err(Unreadable::from)?;
        let question: Question =
            read_json(&body).map_err(|error: DraftError| Unreadable::from(error))?;
        (token::parse(question.tracking_token)?, question.before)
    };
    Ok(shared.read(&token, shared.lane(request), before).await?)
}
