//! The step of the files: they are sealed and stored while they arrive, and what was found in them is
//! told before anything is sent. Their keys travel sealed in the page, like every answer.

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::SecretText;
use service::language::Texts;
use service::problem::Problem;

use super::super::form::{Answers, Fields, STEPS, Step};
use super::walk;
use super::{DELAY, Desk, GO, Go, HERE, OtherLanguage, STATE, STEP};
use crate::abuse::Wait;
use crate::evidence::{EvidenceError, HeldFile, LEFT_OUT, Upload, choose, is_undecided};
use crate::held_view::{HeldView, RefusedFile, choice_field, undecided};
use crate::multipart::{MultipartError, MultipartForm, Part};
use crate::page_seal::{PageSealError, Purpose};
use crate::sender::Sender;
use crate::visit::Visit;

/// The name of the field for files.
const FILES: &str = "evidence";

#[derive(Template)]
#[template(path = "evidence.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    languages: Vec<OtherLanguage>,
    state: String,
    /// The wait that it carries in a flood.
    delay: Option<&'a str>,
    number: usize,
    steps: usize,
    title: String,
    problem: Option<Problem>,
    refused: Vec<RefusedFile>,
    visit: Visit<'a>,
    held: Vec<HeldView<'a>>,
    /// Whether one more can be added.
    more: bool,
    danger: bool,
    can_review: bool,
}

/// What came of a form with files.
#[derive(Default)]
struct Came {
    fields: Fields,
    held: Vec<HeldFile>,
    refused: Vec<RefusedFile>,
    /// Whether the store did not take one.
    unavailable: bool,
    /// What was open when the first file began, and what to tell of it.
    draft: Option<(Answers, Option<Problem>)>,
}

/// What a person gets who sent the step of the files as a form with parts.
pub(super) async fn answer(
    desk: Desk<'_>,
    request: &HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let mut form = match MultipartForm::open(desk.shared, request, payload) {
        Ok(form) => form,
        Err(error) => return super::super::problem(desk.t, &unreadable(desk.t, error)),
    };
    let mut came = Came::default();
    let (broken, wait) = match came.read(desk, &mut form).await {
        Ok(()) => (None, None),
        Err(error) => {
            // A browser that is still sending would not see the answer before.
            form.drain().await;
            match error {
                NotRead::Form(error) => (Some(unreadable(desk.t, error)), None),
                NotRead::Foreign(error) => {
                    (Some(super::lapsed(desk.t, "form-lapsed", error)), None)
                }
                NotRead::Flood(wait) => (Some(wait.problem(desk.t)), Some(wait)),
            }
        }
    };
    if let Some(problem) = &broken
        && !came.has_state()
    {
        return super::super::problem(desk.t, problem);
    }
    let go = came.fields.value(GO).parse::<Go>();
    let is_here = came.fields.value(STEP).parse() == Ok(Step::Evidence);
    // The button is the last field: a form that breaks off does not bring it.
    if !is_here || (go.is_err() && broken.is_none()) {
        let problem = Problem::new(desk.t, StatusCode::BAD_REQUEST, "not-form");
        return super::super::problem(desk.t, &problem);
    }
    let (mut answers, lapsed) = came.draft(desk);
    choose(&mut answers.evidence, |place| match go {
        Ok(Go::Remove(removed)) if removed == place => LEFT_OUT,
        Ok(_) | Err(_) => came.fields.value(&choice_field(place)),
    });
    let before = answers.evidence.len();
    let is_new = !came.held.is_empty();
    answers.evidence.extend(came.held);
    let mut problem = broken.or(lapsed);
    if is_new && let Err(fault) = desk.shared.evidence.check(&answers.evidence) {
        answers.evidence.truncate(before);
        problem = Some(fault.problem(desk.t));
    }
    if problem.is_none() && came.unavailable {
        problem = Some(super::super::unavailable(desk.t));
    }
    let go = match go {
        Ok(go) if problem.is_none() && came.refused.is_empty() => go,
        Ok(_) | Err(_) => return page_with(desk, &answers, problem, came.refused, wait.as_ref()),
    };
    if matches!(go, Go::Next | Go::Review) {
        // What was found in them, and which are gone, is told before anything else.
        if is_new || desk.has_aged(&answers) {
            return page(desk, &answers, None, Vec::new());
        }
        if is_undecided(&answers.evidence) {
            return page(desk, &answers, Some(undecided(desk.t)), Vec::new());
        }
    }
    walk::go_on(desk, Step::Evidence, go, answers)
}

/// Why nothing more of a form is read.
#[derive(Debug, thiserror::Error)]
enum NotRead {
    #[error(transparent)]
    Form(#[from] MultipartError),
    /// What comes before the files is not what a page of ours carries; so nothing is stored.
    #[error(transparent)]
    Foreign(#[from] PageSealError),
    #[error("files come in a flood")]
    Flood(Wait),
}

impl Came {
    fn has_state(&self) -> bool {
        self.fields.values(STATE).next().is_some()
    }

    /// What the page carries, opened once: an upload may outlast the page that it came from.
    fn draft(&mut self, desk: Desk<'_>) -> (Answers, Option<Problem>) {
        let open = || walk::draft(desk, self.fields.value(STATE));
        self.draft.take().unwrap_or_else(open)
    }

    /// Reads fields and files; what is wrong with one file is told beside it, and the others are
    /// taken.
    async fn read(&mut self, desk: Desk<'_>, form: &mut MultipartForm<'_>) -> Result<(), NotRead> {
        let shared = desk.shared;
        let mut upload = None;
        while let Some(part) = form.next().await? {
            let file = match part {
                Part::Text { name, value } => {
                    self.fields.push(name, value);
                    continue;
                }
                // The page writes what it carries before the files, so that what is held counts.
                Part::File(file) if file.name() == FILES && self.has_state() => file,
                Part::File(_) => return Err(MultipartError::Malformed.into()),
            };
            let name = SecretText::from(file.file_name().expose().to_owned());
            let upload = if let Some(upload) = &mut upload {
                upload
            } else {
                upload.insert(self.admit(desk).await?)
            };
            match shared.hold(*file, upload).await {
                Ok(held) => self.held.push(held),
                Err(EvidenceError::File(fault)) => self.refused.push(RefusedFile {
                    name,
                    problem: fault.problem(desk.t),
                }),
                Err(EvidenceError::Form(error)) => return Err(error.into()),
                Err(EvidenceError::NotStored | EvidenceError::Randomness) => {
                    self.unavailable = true;
                }
            }
        }
        Ok(())
    }
}

impl Came {
    /// Lets the files come, for whoever filled in a page of ours and does not come in a flood.
    async fn admit(&mut self, desk: Desk<'_>) -> Result<Upload, NotRead> {
        let state = self.fields.value(STATE);
        desk.shared.open_page::<Answers>(Purpose::Draft, state)?;
        let carried = self.fields.value(DELAY);
        desk.shared
            .may_upload(desk.request, carried)
            .map_err(NotRead::Flood)?;
        let (answers, _) = self.draft.get_or_insert_with(|| walk::draft(desk, state));
        let sender = Sender::Complaint(desk.request);
        let found = desk.shared.upload(sender, &answers.evidence).await;
        Ok(found.map_err(MultipartError::from)?)
    }
}

fn unreadable(t: &Texts, error: MultipartError) -> Problem {
    match error {
        MultipartError::Body(error) => Problem::body(t, error),
        MultipartError::Malformed => Problem::new(t, StatusCode::BAD_REQUEST, "not-multipart"),
    }
}

/// The step with the files that are held. Those that are too old for a letter of today are taken out
/// and named.
pub(super) fn page(
    desk: Desk<'_>,
    answers: &Answers,
    problem: Option<Problem>,
    refused: Vec<RefusedFile>,
) -> HttpResponse {
    page_with(desk, answers, problem, refused, None)
}

fn page_with(
    desk: Desk<'_>,
    answers: &Answers,
    problem: Option<Problem>,
    mut refused: Vec<RefusedFile>,
    wait: Option<&Wait>,
) -> HttpResponse {
    let t = desk.t;
    let mut answers = answers.clone();
    let aged = desk.shared.take_aged(&mut answers.evidence);
    refused.extend(aged.iter().map(|file| RefusedFile::aged(t, file)));
    let answers = &answers;
    let status = match &problem {
        Some(problem) => {
            StatusCode::from_u16(problem.status).expect("a problem is made from a status")
        }
        None if refused.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Page {
        t,
        here: HERE,
        languages: super::other_languages(t),
        state: desk.seal(Purpose::Draft, answers, answers),
        delay: wait.map(|wait| wait.carried.as_str()),
        number: Step::Evidence.number(),
        steps: STEPS,
        title: t.get("step-evidence"),
        problem,
        refused,
        visit: desk.visit,
        held: answers
            .evidence
            .iter()
            .enumerate()
            .map(|(index, file)| HeldView::removable(t, index, file))
            .collect(),
        more: answers.evidence.len() < desk.shared.evidence.limits.files,
        danger: answers.tells_of_danger(),
        can_review: answers.reviewed || answers.has_story(),
    };
    let mut answer = super::super::render(status, t, &page);
    if let Some(wait) = wait {
        wait.mark(&mut answer);
    }
    answer
}
