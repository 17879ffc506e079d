//! `POST /api/v1/mailbox/words`: other words in place of those that somebody else may have seen.
//!
//! In two calls, so that a lost answer shuts nobody out. The first gives new words and changes nothing; the
//! second, with what the first gave, changes them. Words are always drawn here: those that people make up
//! can be guessed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{SecretText, read_json};
use jiff::civil::Date;
use mailbox::Found;
use sealing::TrackingToken;
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::page;
use service::problem::Problem;
use store::mailroom::Chosen;

use super::Unreadable;
use super::mailbox::{SIZE, too_late, unknown};
use super::token::{self, BadToken};
use crate::abuse::Held;
use crate::filing::FilingError;
use crate::mailboxes::{Door, LookError, Seen};
use crate::page_seal::{Opened, Purpose};
use crate::shared::Shared;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Question {
    tracking_token: Option<SecretText>,
    /// The `change` of the first call.
    change: Option<SecretText>,
}

/// What `change` carries.
#[derive(Serialize, Deserialize)]
struct Kept {
    new: SecretText,
    /// Whose mailbox it is for.
    whose: SecretText,
}

#[derive(Serialize)]
struct Drawn<'a> {
    new_tracking_token: &'a str,
    change: &'a str,
}

#[derive(Serialize)]
struct Changed {
    received_on: Date,
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Token(#[from] BadToken),
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Held(#[from] Held),
    #[error(transparent)]
    Filing(#[from] FilingError),
}

impl Refusal {
    fn respond(&self, texts: &Texts) -> HttpResponse {
        let problem = match self {
            Self::Held(held) => return held.respond(texts),
            Self::Unreadable(unreadable) => unreadable.problem(texts),
            Self::Token(bad) => bad.problem(texts),
            Self::Look(error) => super::not_read(texts, error),
            Self::Filing(_) => super::unavailable(texts),
        };
        problem.respond(texts)
    }
}

pub(super) async fn choose(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let texts = shared.texts(&request);
    match take(&shared, &request, payload).await {
        Ok(answer) => answer,
        Err(refusal) => refusal.respond(texts),
    }
}

async fn take(
    shared: &Shared,
    request: &HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Refusal> {
    let texts = shared.texts(request);
    let (token, change) = {
        let body = super::body(shared, request, payload)
            .await
            .map_err(Unreadable::from)?;
        let question: Question = read_json(&body).map_err(Unreadable::from)?;
        (token::parse(question.tracking_token)?, question.change)
    };
    let seen = shared
        .read(&token, shared.lane(request), None)
        .await?
        .leave();
    let refused = |problem: Problem| problem.respond_of(SIZE, texts);
    // Made whatever was found, so that making it takes no longer.
    let drawn = draw(shared, texts, &token);
    if let Some(problem) = shut(texts, &seen) {
        if !seen.known && was_made(shared, request, &token, change.as_ref()).await {
            return Ok(changed(shared.today()));
        }
        return Ok(refused(problem));
    }
    let Some(change) = change else {
        return Ok(drawn);
    };
    let Some(new) = opened(shared, &token, &change) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(refused(Problem::new(texts, status, "new-words-lapsed")));
    };
    shared.may_send(request, token.lookup_id())?;
    let received_on = shared.today();
    match shared.choose_words(&token, &new, received_on).await? {
        Chosen::Now | Chosen::Before => Ok(changed(received_on)),
        Chosen::TooLate => Ok(refused(too_late(texts))),
    }
}

fn changed(received_on: Date) -> HttpResponse {
    page::json_of(SIZE, StatusCode::CREATED, &Changed { received_on })
}

/// Whether it was made before and the committee's side has worked it off, so that the words of before
/// lead nowhere: the same call may be made again.
async fn was_made(
    shared: &Shared,
    request: &HttpRequest,
    token: &TrackingToken,
    change: Option<&SecretText>,
) -> bool {
    let Some(new) = change.and_then(|change| opened(shared, token, change)) else {
        return false;
    };
    let door = shared.door(&new, shared.lane(request)).await;
    matches!(door, Ok(Door::Open | Door::Full))
}

/// Why the words of this mailbox cannot be changed now.
fn shut(texts: &Texts, seen: &Seen) -> Option<Problem> {
    if !seen.known {
        return Some(unknown(texts));
    }
    match seen.mailbox.found {
        Found::Own | Found::SeenByOther => None,
        Found::Moving => Some(Problem::new(
            texts,
            StatusCode::CONFLICT,
            "new-words-moving",
        )),
        Found::TooLate => Some(too_late(texts)),
    }
}

fn draw(shared: &Shared, texts: &Texts, token: &TrackingToken) -> HttpResponse {
    let Ok(new) = TrackingToken::draw(&shared.rng) else {
        return super::unavailable(texts).respond_of(SIZE, texts);
    };
    let phrase = new.phrase();
    let kept = Kept {
        new: SecretText::from(phrase.to_string()),
        whose: SecretText::from(token.lookup_id().to_string()),
    };
    let answer = Drawn {
        new_tracking_token: &phrase,
        change: &shared.seal_page(Purpose::NewWords, &kept),
    };
    page::json_of(SIZE, StatusCode::OK, &answer)
}

/// The words of the first call, if it was made for this token and not too long ago.
fn opened(shared: &Shared, token: &TrackingToken, change: &SecretText) -> Option<TrackingToken> {
    let kept: Opened<Kept> = shared.open_page(Purpose::NewWords, change.expose()).ok()?;
    let whose = token.lookup_id().to_string();
    let ours = !kept.lapsed && kept.value.whose.expose() == whose;
    ours.then(|| TrackingToken::parse(kept.value.new.expose()).ok())
        .flatten()
}
