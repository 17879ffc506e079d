//! A message with files, in two steps: they are sealed while they arrive and what was found in them
//! is told; then the person sends, each file as it was or cleaned. Between the two, the message and
//! the keys of the files travel sealed in the page.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use askama::Template;
use domain::complaint::{Complaint, SecretText};
use domain::traces;
use sealing::TrackingToken;
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::page::AnswerSize;
use service::problem::Problem;

use super::super::form::Fields;
use super::super::render_of;
use super::kept::delay_of;
use super::{HERE, NoMailbox, TOKEN, find};
use crate::abuse::Wait;
use crate::evidence::{EvidenceError, HeldFile, choose};
use crate::held_view::{HeldView, RefusedFile, choice_field};
use crate::multipart::{MultipartError, MultipartForm, Part};
use crate::page_seal::{PageSealError, Purpose};
use crate::sender::Sender;
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
    pending: &'a str,
    delay: Option<&'a str>,
    problem: Option<Problem>,
    refused: Vec<RefusedFile>,
    held: Vec<HeldView<'a>>,
    /// What in the text and the names could tell who writes: what it looks like, and the words.
    traces: Vec<(String, String)>,
}

/// What is told above the files.
pub(super) struct Told<'a> {
    pub(super) problem: Option<Problem>,
    pub(super) refused: Vec<RefusedFile>,
    /// The wait, in a flood.
    pub(super) wait: Option<&'a Wait>,
}

/// What came of a form.
#[derive(Default)]
pub(super) struct Received {
    pub(super) fields: Fields,
    pub(super) files: Vec<HeldFile>,
    /// The files that are at fault; the others are taken.
    pub(super) refused: Vec<RefusedFile>,
    /// Whether the store did not take one.
    pub(super) unavailable: bool,
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

/// Reads a form with parts, and says why it was not read to its end: what came before is there all the
/// same. The words come before the files.
pub(super) async fn receive(
    shared: &Shared,
    t: &Texts,
    request: &HttpRequest,
    payload: Payload,
) -> (Received, Option<NotReceived>) {
    let mut received = Received::default();
    let mut form = match MultipartForm::open(shared, request, payload) {
        Ok(form) => form,
        Err(error) => return (received, Some(error.into())),
    };
    let broken = received.fill(shared, t, request, &mut form).await.err();
    if broken.is_some() {
        form.drain().await;
    }
    (received, broken)
}

impl Received {
    /// Of a form without parts.
    pub(super) fn of(fields: Fields) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }

    async fn fill(
        &mut self,
        shared: &Shared,
        t: &Texts,
        request: &HttpRequest,
        form: &mut MultipartForm<'_>,
    ) -> Result<(), NotReceived> {
        let mut upload = None;
        while let Some(part) = form.next().await? {
            let file = match part {
                Part::Text { name, value } => {
                    self.fields.push(name, value);
                    continue;
                }
                Part::File(file) if file.name() == FILES => file,
                Part::File(_) => return Err(MultipartError::Malformed.into()),
            };
            let name = SecretText::from(file.file_name().expose().to_owned());
            let upload = if let Some(upload) = &mut upload {
                upload
            } else {
                let sender = sender(shared, request, self.fields.value(TOKEN)).await?;
                let found = shared.upload(sender, &[]).await;
                upload.insert(found.map_err(MultipartError::from)?)
            };
            match shared.hold(*file, upload).await {
                Ok(held) => self.files.push(held),
                Err(EvidenceError::File(fault)) => self.refused.push(RefusedFile {
                    name,
                    problem: fault.problem(t),
                }),
                Err(EvidenceError::Form(error)) => {
                    // Whoever sends the others knows that this one is not among them.
                    self.refused.push(RefusedFile {
                        name,
                        problem: unreadable(t, error),
                    });
                    return Err(error.into());
                }
                Err(EvidenceError::NotStored | EvidenceError::Randomness) => {
                    self.unavailable = true;
                }
            }
        }
        Ok(())
    }
}

/// What is told of a form that cannot be read any further.
pub(super) fn unreadable(t: &Texts, error: MultipartError) -> Problem {
    match error {
        MultipartError::Body(error) => Problem::body(t, error),
        MultipartError::Malformed => Problem::new(t, StatusCode::BAD_REQUEST, "not-multipart"),
    }
}

/// Whose mailbox the words open. The place among those who look is given back: an upload may take an
/// hour.
async fn sender(
    shared: &Shared,
    request: &HttpRequest,
    written: &str,
) -> Result<Sender<'static>, NotReceived> {
    let (token, reading) = find(shared, request, written, None).await?;
    if reading.seen.known {
        Ok(Sender::of_mailbox(token.lookup_id(), &reading.seen.mailbox))
    } else {
        Err(NotReceived::Unknown(Box::new(token)))
    }
}

impl Pending {
    /// What travels in the page.
    pub(super) fn seal(&self, shared: &Shared) -> String {
        shared.seal_page(Purpose::Message, self)
    }

    /// What could tell who writes. Nothing is blocked.
    fn traces(&self, t: &Texts, filed: Option<&Complaint>) -> Vec<(String, String)> {
        let names = self.files.iter().map(|file| file.original.name.expose());
        traces::in_message(filed, self.text.expose(), names)
            .into_iter()
            .map(|trace| {
                let told = t.get(&format!("trace-{}", trace.kind));
                (told, trace.excerpt.expose().to_owned())
            })
            .collect()
    }

    /// The page that tells what was found and asks to send, with what went wrong above it.
    pub(super) fn page(
        &self,
        t: &Texts,
        size: AnswerSize,
        (token, filed): (&TrackingToken, Option<&Complaint>),
        sealed: &str,
        told: Told<'_>,
    ) -> HttpResponse {
        let Told {
            problem,
            refused,
            wait,
        } = told;
        let status = match &problem {
            Some(problem) => StatusCode::from_u16(problem.status)
                .expect("a problem has the status that it was made with"),
            None if refused.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let phrase = token.phrase();
        let page = FilesPage {
            t,
            here: HERE,
            token: &phrase,
            pending: sealed,
            delay: delay_of(wait),
            problem,
            refused,
            held: self
                .files
                .iter()
                .enumerate()
                .map(|(index, file)| HeldView::new(t, index, file))
                .collect(),
            traces: self.traces(t, filed),
        };
        let mut answer = render_of(size, status, t, &page);
        if let Some(wait) = wait {
            wait.mark(&mut answer);
        }
        answer
    }
}

/// The message of a page, with the choices that were made on it, and what travels on in the next one.
pub(super) fn open(shared: &Shared, fields: &Fields) -> Result<(Pending, String), PageSealError> {
    let opened = shared.open_page(Purpose::Message, fields.value(PENDING))?;
    if opened.lapsed {
        return Err(PageSealError::TooOld);
    }
    let mut pending: Pending = opened.value;
    let before = pending.files.len();
    choose(&mut pending.files, |place| {
        fields.value(&choice_field(place))
    });
    let sealed = if pending.files.len() == before {
        fields.value(PENDING).to_owned()
    } else {
        // The places of the files are others now.
        pending.seal(shared)
    };
    Ok((pending, sealed))
}
