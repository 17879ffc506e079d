//! `POST /seguimiento/mensaje`: a further message, an answer, or what is stated about a handover.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{FaultKind, MessageText, ReferralConsent, SecretText};
use sealing::{Content, EvidenceItem, FollowUp, SealError, TrackingToken};
use service::language::Texts;
use service::problem::{Problem, fault_text};

use super::super::form::Fields;
use super::super::{echo, problem, unavailable};
use super::files::{self, NotReceived, PENDING, Pending, Received};
use super::view::MessageForm;
use super::{TOKEN, find, mailbox_page, no_mailbox_page, read, unknown_page};
use crate::evidence::{HeldFile, items};
use crate::filing::FilingError;
use crate::mailboxes::Reading;
use crate::message_id::Once;
use crate::multipart::{MultipartError, is_multipart};
use crate::page_seal::PageSealError;
use crate::shared::Shared;

/// The field of the text.
const TEXT: &str = "text";
/// Whether it answers what the committee asked for.
const ANSWERS: &str = "answers_request";
/// What is stated about handing the case over.
const CONSENT: &str = "referral_consent";
/// What each page draws, so that what it sends counts once.
const ONCE: &str = "once";

/// Why a further message was not taken.
#[derive(Debug, thiserror::Error)]
enum NotSent {
    #[error("the text breaks a rule")]
    Text(FaultKind),
    #[error("the mailbox is full")]
    Full,
    #[error("a file was not taken")]
    File(Box<Problem>),
    #[error(transparent)]
    Page(#[from] PageSealError),
    #[error(transparent)]
    Filing(#[from] FilingError),
}

/// What became of it.
enum Taken {
    Sent,
    /// It waits for the person to look at what was found in the files.
    Pending(Box<Pending>),
}

pub(in crate::pages) async fn send(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let received = if is_multipart(&request) {
        match files::receive(&shared, t, &request, payload).await {
            Ok(received) => received,
            Err(error) => return not_received(t, &error),
        }
    } else {
        match read(&shared, &request, payload).await {
            Ok(fields) => Received {
                fields,
                files: Vec::new(),
                fault: None,
            },
            Err(unreadable) => return unreadable.answer(t),
        }
    };
    let written = received.fields.value(TOKEN).to_owned();
    let (token, reading) = match find(&shared, &request, &written).await {
        Ok((token, Reading { known: false, .. })) => return unknown_page(t, &token),
        Ok(found) => found,
        Err(error) => return no_mailbox_page(t, &error, &written),
    };
    let Received {
        fields,
        files,
        fault,
    } = received;
    let outcome = match fault {
        _ if reading.full => Err(NotSent::Full),
        Some(problem) => Err(NotSent::File(Box::new(problem))),
        None => take(&shared, &token, &fields, files).await,
    };
    let (status, form) = match outcome {
        Ok(Taken::Pending(pending)) => return files::page(&shared, t, &token, &pending),
        Ok(Taken::Sent) => (
            StatusCode::CREATED,
            MessageForm {
                sent: true,
                ..MessageForm::default()
            },
        ),
        Err(error) => failed(t, &fields, error),
    };
    mailbox_page(&shared, t, status, &token, &reading, form)
}

/// The form given back, with what is wrong about it.
fn failed<'a>(t: &Texts, fields: &'a Fields, error: NotSent) -> (StatusCode, MessageForm<'a>) {
    let (status, error) = match error {
        NotSent::Text(fault) => (StatusCode::UNPROCESSABLE_ENTITY, fault_text(t, fault)),
        NotSent::Full => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            (status, in_one(Problem::new(t, status, "mailbox-full")))
        }
        NotSent::File(problem) => {
            let status = StatusCode::from_u16(problem.status);
            let status = status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            (status, in_one(*problem))
        }
        NotSent::Page(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            t.get("mailbox-files-lapsed"),
        ),
        NotSent::Filing(_) => (StatusCode::SERVICE_UNAVAILABLE, in_one(unavailable(t))),
    };
    let most = usize::try_from(MessageText::MAX).unwrap_or(usize::MAX);
    let (written, is_cut) = echo::cut(fields.value(TEXT), most);
    let error = if is_cut {
        echo::told(t, Some(error), most)
    } else {
        error
    };
    let form = MessageForm {
        written,
        error: Some(error),
        answers: answers(fields),
        sent: false,
    };
    (status, form)
}

fn not_received(t: &Texts, error: &NotReceived) -> HttpResponse {
    match error {
        NotReceived::Form(MultipartError::Body(error)) => problem(t, &Problem::body(t, *error)),
        NotReceived::Form(MultipartError::Malformed) => {
            let told = Problem::new(t, StatusCode::BAD_REQUEST, "not-multipart");
            problem(t, &told)
        }
        NotReceived::Mailbox(error) => no_mailbox_page(t, error, ""),
        NotReceived::Unknown(token) => unknown_page(t, token),
    }
}

/// What is wrong and what to do next, in one text.
fn in_one(problem: Problem) -> String {
    [problem.title, problem.detail.unwrap_or_default()].join(" ")
}

fn answers(fields: &Fields) -> bool {
    !fields.value(ANSWERS).is_empty()
}

async fn take(
    shared: &Shared,
    token: &TrackingToken,
    fields: &Fields,
    files: Vec<HeldFile>,
) -> Result<Taken, NotSent> {
    let (told, once) = if fields.value(PENDING).is_empty() {
        if !files.is_empty() {
            let text = SecretText::from(fields.value(TEXT).to_owned());
            // What breaks a rule is told before, not after the look at the files.
            if !text.expose().is_empty() {
                MessageText::parse(text.clone()).map_err(NotSent::Text)?;
            }
            return Ok(Taken::Pending(Box::new(Pending {
                text,
                answers: answers(fields),
                once: fields.value(ONCE).to_owned(),
                files,
            })));
        }
        let told = parse(
            fields.value(TEXT),
            fields.value(CONSENT),
            answers(fields),
            Vec::new(),
        );
        (told.map_err(NotSent::Text)?, fields.value(ONCE).to_owned())
    } else {
        let pending = files::open(shared, fields)?;
        let evidence = items(&pending.files);
        let told = parse(pending.text.expose(), "", pending.answers, evidence);
        (told.map_err(NotSent::Text)?, pending.once)
    };
    if told.evidence.len() > Content::MOST_EVIDENCE {
        return Err(NotSent::Filing(SealError::TooLong.into()));
    }
    let once: Option<Once> = once.parse().ok();
    shared.follow_up(token, told, once).await?;
    Ok(Taken::Sent)
}

/// A text, a decision, files, or several of these.
fn parse(
    text: &str,
    consent: &str,
    answers: bool,
    evidence: Vec<EvidenceItem>,
) -> Result<FollowUp, FaultKind> {
    let consent: Option<ReferralConsent> = match consent {
        "" => None,
        code => Some(code.parse().map_err(|_| FaultKind::UnknownCode)?),
    };
    let text = if text.is_empty() && (consent.is_some() || !evidence.is_empty()) {
        None
    } else {
        Some(MessageText::parse(SecretText::from(text.to_owned()))?)
    };
    FollowUp::new(text, consent, answers, evidence).map_err(|_| FaultKind::Required)
}
