//! `POST /seguimiento/mensaje`: a further message, an answer, or what is stated about a handover.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{FaultKind, MessageText, ReferralConsent, SecretText};
use sealing::{FollowUp, TrackingToken};
use service::problem::{Problem, fault_text};

use super::super::form::Fields;
use super::super::{echo, unavailable};
use super::view::MessageForm;
use super::{TOKEN, find, mailbox_page, no_mailbox_page, read, unknown_page};
use crate::filing::FilingError;
use crate::mailboxes::Reading;
use crate::message_id::Once;
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
    #[error(transparent)]
    Filing(#[from] FilingError),
}

pub(in crate::pages) async fn send(
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
        take(&shared, &token, &fields).await
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
            answers: answers(&fields),
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
        Err(NotSent::Filing(_)) => failed(StatusCode::SERVICE_UNAVAILABLE, in_one(unavailable(t))),
    };
    mailbox_page(&shared, t, status, &token, &reading, form)
}

/// What is wrong and what to do next, in one text.
fn in_one(problem: Problem) -> String {
    [problem.title, problem.detail.unwrap_or_default()].join(" ")
}

fn answers(fields: &Fields) -> bool {
    !fields.value(ANSWERS).is_empty()
}

async fn take(shared: &Shared, token: &TrackingToken, fields: &Fields) -> Result<(), NotSent> {
    let told = parse(fields).map_err(NotSent::Text)?;
    let once: Option<Once> = fields.value(ONCE).parse().ok();
    shared.follow_up(token, told, once).await?;
    Ok(())
}

/// A text, a decision, or both.
fn parse(fields: &Fields) -> Result<FollowUp, FaultKind> {
    let consent: Option<ReferralConsent> = match fields.value(CONSENT) {
        "" => None,
        code => Some(code.parse().map_err(|_| FaultKind::UnknownCode)?),
    };
    let text = match (fields.value(TEXT), consent) {
        ("", Some(_)) => None,
        (text, _) => Some(MessageText::parse(SecretText::from(text.to_owned()))?),
    };
    FollowUp::new(text, consent, answers(fields), Vec::new()).map_err(|_| FaultKind::Required)
}
