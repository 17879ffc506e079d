//! A message with files, in two steps: they are sealed while they arrive and what was found in them
//! is told; then the person sends, each file as it was or cleaned. Between the two, the message and
//! the keys of the files travel sealed in the page.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use askama::Template;
use domain::complaint::SecretText;
use sealing::TrackingToken;
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::problem::Problem;

use super::super::form::Fields;
use super::super::render;
use super::{HERE, NoMailbox, TOKEN, find};
use crate::evidence::{EvidenceError, HeldFile};
use crate::held_view::{HeldView, choice_field};
use crate::mailboxes::Reading;
use crate::multipart::{MultipartError, MultipartForm, Part};
use crate::page_seal::{PageSealError, Purpose};
use crate::shared::Shared;

/// The field of the files.
const FILES: &str = "evidence";
/// The field of what travels sealed.
pub(super) const PENDING: &str = "pending";

/// A message that waits for the person to send it.
#[derive(Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) text: SecretText,
    pub(super) answers: bool,
    pub(super) once: String,
    pub(super) files: Vec<HeldFile>,
}

#[derive(Template)]
#[template(path = "mailbox_files.html")]
struct FilesPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    pending: String,
    held: Vec<HeldView<'a>>,
}

/// What came of a form with parts.
pub(super) struct Received {
    pub(super) fields: Fields,
    pub(super) files: Vec<HeldFile>,
    /// Why a file was not taken.
    pub(super) fault: Option<Problem>,
}

/// Why a form with parts was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotReceived {
    #[error(transparent)]
    Form(#[from] MultipartError),
    /// Before the first file is stored, somebody must be known to have sent it.
    #[error(transparent)]
    Mailbox(#[from] NoMailbox),
    #[error("no mailbox belongs to the words")]
    Unknown(Box<TrackingToken>),
}

/// Reads a form with parts. The words come before the files.
pub(super) async fn receive(
    shared: &Shared,
    t: &Texts,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Received, NotReceived> {
    let mut form = MultipartForm::open(shared, request, payload)?;
    let mut fields = Fields::default();
    let outcome = fill(shared, t, request, &mut form, &mut fields).await;
    match outcome {
        Ok((files, fault)) => {
            if fault.is_some() {
                form.drain().await;
            }
            Ok(Received {
                fields,
                files,
                fault,
            })
        }
        Err(error) => {
            form.drain().await;
            Err(error)
        }
    }
}

async fn fill(
    shared: &Shared,
    t: &Texts,
    request: &HttpRequest,
    form: &mut MultipartForm<'_>,
    fields: &mut Fields,
) -> Result<(Vec<HeldFile>, Option<Problem>), NotReceived> {
    let mut allowance = shared.evidence.allowance(&[]);
    let mut files = Vec::new();
    while let Some(part) = form.next().await? {
        match part {
            Part::Text { name, value } => fields.push(name, value),
            Part::File(file) if file.name() == FILES => {
                if files.is_empty() {
                    check(shared, request, fields.value(TOKEN)).await?;
                }
                match shared.hold(*file, &mut allowance).await {
                    Ok(held) => files.push(held),
                    Err(EvidenceError::File(fault)) => {
                        return Ok((Vec::new(), Some(fault.problem(t))));
                    }
                    Err(EvidenceError::Form(error)) => return Err(error.into()),
                    Err(EvidenceError::NotStored | EvidenceError::Randomness) => {
                        return Ok((Vec::new(), Some(super::super::unavailable(t))));
                    }
                }
            }
            Part::File(_) => return Err(MultipartError::Malformed.into()),
        }
    }
    Ok((files, None))
}

/// Whether the words that came belong to a mailbox that takes more. The place among those who look is
/// given back: an upload may take an hour.
async fn check(shared: &Shared, request: &HttpRequest, written: &str) -> Result<(), NotReceived> {
    match find(shared, request, written).await? {
        (token, Reading { known: false, .. }) => Err(NotReceived::Unknown(Box::new(token))),
        _ => Ok(()),
    }
}

/// The page that tells what was found and asks to send.
pub(super) fn page(
    shared: &Shared,
    t: &Texts,
    token: &TrackingToken,
    pending: &Pending,
) -> HttpResponse {
    let phrase = token.phrase();
    let page = FilesPage {
        t,
        here: HERE,
        token: &phrase,
        pending: shared.seal_page(Purpose::Message, pending),
        held: pending
            .files
            .iter()
            .enumerate()
            .map(|(index, file)| HeldView::new(t, index, file))
            .collect(),
    };
    render(StatusCode::OK, t, &page)
}

/// The message of a page, with the choices that were made on it.
pub(super) fn open(shared: &Shared, fields: &Fields) -> Result<Pending, PageSealError> {
    let mut pending: Pending = shared.open_page(Purpose::Message, fields.value(PENDING))?;
    for (index, file) in pending.files.iter_mut().enumerate() {
        let chosen = fields.value(&choice_field(index)).parse();
        file.choice = chosen.unwrap_or(file.choice);
    }
    Ok(pending)
}
