//! `/seguimiento`: a person's own mailbox, found with the twelve words.
//!
//! Every answer to the words has one size, whatever the mailbox holds and whether there is one
//! (`room`). What does not fit stands on further pages.

mod ask;
mod earlier;
mod filed;
mod files;
mod kept;
mod message;
mod new_words;
mod room;
mod sheet;
mod view;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::FaultKind;
use mailbox::Found;
use sealing::{TokenError, TrackingToken};
use service::language::Texts;
use service::page::AnswerSize;
use service::problem::{Problem, fault_text};
use store::StoreError;

use self::ask::AskPage;
pub(super) use self::earlier::show as show_earlier;
pub(super) use self::filed::show as show_filed;
pub(super) use self::message::send;
pub(super) use self::new_words::choose as choose_words;
use self::room::SIZE;
use self::view::{MailboxPage, MessageForm};
use super::form::Fields;
use super::{FORM, Unreadable, echo};
use crate::abuse::Crowded;
use crate::mailboxes::{LookError, Reading, Seen};
use crate::shared::Shared;
use crate::visit::Visit;
use crate::wording::token_fault;

const HERE: &str = "/seguimiento";
/// The field of the words.
const TOKEN: &str = "tracking_token";
/// How much of what was written in place of the words is shown again; twelve take some hundred.
const WORDS_SHOWN: usize = 500;

/// Why there is no mailbox to show.
#[derive(Debug, thiserror::Error)]
enum NoMailbox {
    #[error("no words were given")]
    Missing,
    #[error(transparent)]
    Malformed(#[from] TokenError),
    #[error(transparent)]
    Crowded(Crowded),
    #[error(transparent)]
    Store(StoreError),
}

impl From<LookError> for NoMailbox {
    fn from(error: LookError) -> Self {
        match error {
            LookError::Crowded(crowded) => Self::Crowded(crowded),
            LookError::Store(error) => Self::Store(error),
        }
    }
}

pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let t = shared.texts(&request);
    super::render(StatusCode::OK, t, &AskPage::new(t, shared.visit(&request)))
}

pub(super) async fn look(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    let visit = shared.visit(&request);
    match find(&shared, &request, fields.value(TOKEN), None).await {
        Ok((token, reading)) => {
            let form = MessageForm::default();
            let seen = &reading.seen;
            let page = (SIZE, StatusCode::OK);
            let found = mailbox_page(&shared, t, page, &token, seen, form).await;
            // Made all the same, so that it takes no less.
            let found = words_first(t, page, &token, seen.mailbox.found).unwrap_or(found);
            found_or_unknown(t, visit, SIZE, &token, (seen.known, found))
        }
        Err(error) => no_mailbox_page(t, visit, SIZE, &error, fields.value(TOKEN)),
    }
}

async fn read(
    shared: &Shared,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Fields, Unreadable> {
    let body = shared.limits.read(request, payload, FORM).await?;
    Ok(Fields::parse(&body)?)
}

/// The words that were written, and what they open: the newest of a mailbox, or what stands in it
/// before a position.
async fn find<'a>(
    shared: &'a Shared,
    request: &HttpRequest,
    written: &str,
    before: Option<u32>,
) -> Result<(TrackingToken, Reading<'a>), NoMailbox> {
    let token = parse(written)?;
    let reading = shared.read(&token, shared.lane(request), before).await?;
    Ok((token, reading))
}

fn parse(written: &str) -> Result<TrackingToken, NoMailbox> {
    if written.trim().is_empty() {
        return Err(NoMailbox::Missing);
    }
    Ok(TrackingToken::parse(written)?)
}

async fn mailbox_page(
    shared: &Shared,
    t: &Texts,
    (size, status): (AnswerSize, StatusCode),
    token: &TrackingToken,
    seen: &Seen,
    form: MessageForm<'_>,
) -> HttpResponse {
    let phrase = token.phrase();
    // Read for the decoy too.
    let receipt = seen
        .mailbox
        .filed
        .as_ref()
        .and_then(|filed| receipts::verify(&filed.receipt, &shared.receipts.public()).ok());
    let listed = match &receipt {
        Some(receipt) => shared.listed(seen, receipt).await,
        None => None,
    };
    let first_terms = receipt.map(|receipt| receipt.terms).unwrap_or_default();
    let page = MailboxPage::new(shared, t, &phrase, seen, (listed, &first_terms), form);
    super::render_of(size, status, t, &page)
}

/// The page in the place of a mailbox whose words have to be changed first, or were changed before.
#[derive(Template)]
#[template(path = "words_first.html")]
struct WordsFirstPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    too_late: bool,
}

/// That page, for words that open nothing else.
fn words_first(
    t: &Texts,
    (size, status): (AnswerSize, StatusCode),
    token: &TrackingToken,
    found: Found,
) -> Option<HttpResponse> {
    let too_late = match found {
        Found::Own | Found::Moving => return None,
        Found::SeenByOther => false,
        Found::TooLate => true,
    };
    let page = WordsFirstPage {
        t,
        here: HERE,
        token: &token.phrase(),
        too_late,
    };
    Some(super::render_of(size, status, t, &page))
}

/// The page of a known token, or the one for all others. Both are made whatever was found, so that
/// making one takes no longer.
fn found_or_unknown(
    t: &Texts,
    visit: Visit<'_>,
    size: AnswerSize,
    token: &TrackingToken,
    (known, found): (bool, HttpResponse),
) -> HttpResponse {
    let unknown = unknown_page(t, visit, size, token);
    if known { found } else { unknown }
}

/// The same length and status for every token that no mailbox belongs to.
fn unknown_page(
    t: &Texts,
    visit: Visit<'_>,
    size: AnswerSize,
    token: &TrackingToken,
) -> HttpResponse {
    let problem = Problem::new(t, StatusCode::NOT_FOUND, "unknown-mailbox");
    let written = token.phrase();
    let page = AskPage {
        written: &written,
        error: Some(problem.title),
        next: problem.detail,
        ..AskPage::new(t, visit)
    };
    super::render_of(size, StatusCode::NOT_FOUND, t, &page)
}

fn no_mailbox_page(
    t: &Texts,
    visit: Visit<'_>,
    size: AnswerSize,
    error: &NoMailbox,
    written: &str,
) -> HttpResponse {
    let (status, error, next) = match error {
        NoMailbox::Missing => (
            StatusCode::UNPROCESSABLE_ENTITY,
            fault_text(t, FaultKind::Required),
            None,
        ),
        NoMailbox::Malformed(error) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            token_fault(t, error),
            None,
        ),
        NoMailbox::Crowded(_) | NoMailbox::Store(_) => {
            let Problem { title, detail, .. } = not_now(t, error);
            (StatusCode::SERVICE_UNAVAILABLE, title, detail)
        }
    };
    let (written, is_cut) = echo::cut(written, WORDS_SHOWN);
    let error = if is_cut {
        echo::told(t, Some(error), WORDS_SHOWN)
    } else {
        error
    };
    let page = AskPage {
        written,
        error: Some(error),
        next,
        ..AskPage::new(t, visit)
    };
    super::render_of(size, status, t, &page)
}

/// What is told when a mailbox that may be there could not be read.
fn not_now(t: &Texts, error: &NoMailbox) -> Problem {
    match error {
        NoMailbox::Crowded(_) => Problem::new(t, StatusCode::SERVICE_UNAVAILABLE, "many-looks"),
        NoMailbox::Missing | NoMailbox::Malformed(_) | NoMailbox::Store(_) => super::unavailable(t),
    }
}
