//! `/seguimiento`: a person's own mailbox, found with the twelve words.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::{FaultKind, MessageText, SecretText};
use mailbox::{Author, Mailbox};
use sealing::{TokenError, TrackingToken};
use service::language::Texts;
use service::problem::{Problem, fault_text};
use service::wording;
use store::StoreError;
use zeroize::Zeroizing;

use super::form::Fields;
use super::{FORM, Unreadable, echo};
use crate::filing::FilingError;
use crate::mailboxes::Reading;
use crate::shared::Shared;
use crate::wording::{due, token_fault, words};

const HERE: &str = "/seguimiento";
/// The field of the words.
const TOKEN: &str = "tracking_token";
/// The field of a further message.
const TEXT: &str = "text";
/// How much of what was written in place of the words is shown again; twelve take some hundred.
const WORDS_SHOWN: usize = 500;

/// Asks for the words, with what was wrong about those before.
#[derive(Template)]
#[template(path = "follow.html")]
struct AskPage<'a> {
    t: &'a Texts,
    here: &'static str,
    written: &'a str,
    error: Option<String>,
    next: Option<String>,
}

/// The mailbox, with a form for a further message.
#[derive(Template)]
#[template(path = "mailbox.html")]
struct MailboxPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    status: String,
    means: String,
    folio: Option<String>,
    deadlines: Vec<String>,
    messages: Vec<MessageView>,
    message: MessageForm<'a>,
}

struct MessageView {
    from: String,
    class: &'static str,
    lang: Option<&'static str>,
    posted_on: String,
    text: String,
}

/// The form for a further message and what became of the one before.
#[derive(Default)]
struct MessageForm<'a> {
    written: &'a str,
    error: Option<String>,
    sent: bool,
}

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

/// Why a further message was not taken.
#[derive(Debug, thiserror::Error)]
enum NotSent {
    #[error("the text breaks a rule")]
    Text(FaultKind),
    #[error("the mailbox is full")]
    Full,
    #[error(transparent)]
    Filing(#[from] FilingError),
}

pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let t = shared.texts(&request);
    super::render(
        StatusCode::OK,
        t,
        &AskPage {
            t,
            here: HERE,
            written: "",
            error: None,
            next: None,
        },
    )
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
            let found = mailbox_page(t, StatusCode::OK, &token, &reading.mailbox, form);
            let unknown = unknown_page(t, &token);
            if reading.known { found } else { unknown }
        }
        Err(error) => no_mailbox_page(t, &error, fields.value(TOKEN)),
    }
}

pub(super) async fn send(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    let (token, reading) = match find(&shared, &request, fields.value(TOKEN)).await {
        Ok((token, Reading { known: false, .. })) => return unknown_page(t, &token),
        Ok(found) => found,
        Err(error) => return no_mailbox_page(t, &error, fields.value(TOKEN)),
    };
    let most = usize::try_from(MessageText::MAX).unwrap_or(usize::MAX);
    let (written, is_cut) = echo::cut(fields.value(TEXT), most);
    let outcome = if reading.full {
        Err(NotSent::Full)
    } else {
        take(&shared, &token, fields.value(TEXT)).await
    };
    let failed = |status, error: String| {
        let error = if is_cut {
            echo::told(t, Some(error), most)
        } else {
            error
        };
        let form = MessageForm {
            written,
            error: Some(error),
            sent: false,
        };
        (status, form)
    };
    let (status, form) = match outcome {
        Ok(()) => (
            StatusCode::CREATED,
            MessageForm {
                sent: true,
                ..MessageForm::default()
            },
        ),
        Err(NotSent::Text(fault)) => failed(StatusCode::UNPROCESSABLE_ENTITY, fault_text(t, fault)),
        Err(NotSent::Full) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            failed(status, in_one(Problem::new(t, status, "mailbox-full")))
        }
        Err(NotSent::Filing(_)) => failed(
            StatusCode::SERVICE_UNAVAILABLE,
            in_one(super::unavailable(t)),
        ),
    };
    mailbox_page(t, status, &token, &reading.mailbox, form)
}

async fn read(
    shared: &Shared,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Fields, Unreadable> {
    let body = shared.limits.read(request, payload, FORM).await?;
    Ok(Fields::parse(&body)?)
}

/// What is wrong and what to do next, in one text.
fn in_one(problem: Problem) -> String {
    [problem.title, problem.detail.unwrap_or_default()].join(" ")
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

async fn take(shared: &Shared, token: &TrackingToken, written: &str) -> Result<(), NotSent> {
    let text = SecretText::from(written.to_owned());
    let text = MessageText::parse(text).map_err(NotSent::Text)?;
    shared.follow_up(token, text.into()).await?;
    Ok(())
}

fn mailbox_page(
    t: &Texts,
    status: StatusCode,
    token: &TrackingToken,
    mailbox: &Mailbox,
    message: MessageForm<'_>,
) -> HttpResponse {
    let phrase: Zeroizing<String> = token.phrase();
    let code = mailbox.status.code();
    let page = MailboxPage {
        t,
        here: HERE,
        token: &phrase,
        status: t.get(&format!("status-{code}")),
        means: t.get(&format!("status-{code}-means")),
        folio: mailbox.folio.map(|folio| folio.to_string()),
        deadlines: mailbox.deadlines.iter().map(|term| due(t, *term)).collect(),
        messages: mailbox
            .messages
            .iter()
            .map(|posted| message_view(t, posted))
            .collect(),
        message,
    };
    super::render(status, t, &page)
}

fn message_view(t: &Texts, posted: &mailbox::Posted) -> MessageView {
    MessageView {
        from: t.get(&format!("from-{}", posted.from.code())),
        class: posted.from.code(),
        // The committee writes Spanish; a person writes what they like.
        lang: (posted.from == Author::Committee).then_some("es-MX"),
        posted_on: wording::date(t, posted.posted_on),
        text: words(t, &posted.words),
    }
}

/// The same length and status for every token that no mailbox belongs to.
fn unknown_page(t: &Texts, token: &TrackingToken) -> HttpResponse {
    let problem = Problem::new(t, StatusCode::NOT_FOUND, "unknown-mailbox");
    let written: Zeroizing<String> = token.phrase();
    let page = AskPage {
        t,
        here: HERE,
        written: &written,
        error: Some(problem.title),
        next: problem.detail,
    };
    super::render(StatusCode::NOT_FOUND, t, &page)
}

fn no_mailbox_page(t: &Texts, error: &NoMailbox, written: &str) -> HttpResponse {
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
    super::render(
        status,
        t,
        &AskPage {
            t,
            here: HERE,
            written,
            error: Some(error),
            next,
        },
    )
}
