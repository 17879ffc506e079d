//! `/seguimiento`: a person's own mailbox, found with the twelve words.

mod ask;
mod filed;
mod files;
mod message;
mod view;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::FaultKind;
use mailbox::Mailbox;
use sealing::{TokenError, TrackingToken};
use service::language::Texts;
use service::problem::{Problem, fault_text};
use store::StoreError;

use self::ask::AskPage;
pub(super) use self::filed::show as show_filed;
pub(super) use self::message::send;
use self::view::{MailboxPage, MessageForm};
use super::form::Fields;
use super::{FORM, Unreadable, echo};
use crate::mailboxes::Reading;
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
    Store(#[from] StoreError),
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
    match find(&shared, &request, fields.value(TOKEN)).await {
        Ok((token, reading)) => {
            // Both pages are made whatever was found, so that making one takes no longer.
            let form = MessageForm::default();
            let found = mailbox_page(&shared, t, StatusCode::OK, &token, &reading.mailbox, form);
            let unknown = unknown_page(t, shared.visit(&request), &token);
            if reading.known { found } else { unknown }
        }
        Err(error) => no_mailbox_page(t, shared.visit(&request), &error, fields.value(TOKEN)),
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

async fn find<'a>(
    shared: &'a Shared,
    request: &HttpRequest,
    written: &str,
) -> Result<(TrackingToken, Reading<'a>), NoMailbox> {
    if written.trim().is_empty() {
        return Err(NoMailbox::Missing);
    }
    let token = TrackingToken::parse(written)?;
    let reading = shared.read(&token, shared.lane(request)).await?;
    Ok((token, reading))
}

fn mailbox_page(
    shared: &Shared,
    t: &Texts,
    status: StatusCode,
    token: &TrackingToken,
    mailbox: &Mailbox,
    form: MessageForm<'_>,
) -> HttpResponse {
    let phrase = token.phrase();
    let page = MailboxPage::new(shared, t, &phrase, mailbox, form);
    super::render(status, t, &page)
}

/// The same length and status for every token that no mailbox belongs to.
fn unknown_page(t: &Texts, visit: Visit<'_>, token: &TrackingToken) -> HttpResponse {
    let problem = Problem::new(t, StatusCode::NOT_FOUND, "unknown-mailbox");
    let written = token.phrase();
    let page = AskPage {
        written: &written,
        error: Some(problem.title),
        next: problem.detail,
        ..AskPage::new(t, visit)
    };
    super::render(StatusCode::NOT_FOUND, t, &page)
}

fn no_mailbox_page(t: &Texts, visit: Visit<'_>, error: &NoMailbox, written: &str) -> HttpResponse {
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
        NoMailbox::Store(_) => {
            let Problem { title, detail, .. } = super::unavailable(t);
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
    super::render(status, t, &page)
}
