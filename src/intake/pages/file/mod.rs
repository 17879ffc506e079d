//! `/denunciar`: the form, step by step, and the words that lead back to what was filed.
//!
//! One address and no session: every page carries, sealed in its form, all that the next one needs
//! (`crate::page_seal`). So of who does not send nothing is kept but chunks of files, which no key that
//! is kept opens and which are deleted after days; several processes serve one person,
//! and going back or sending twice is harmless: a page that is sent again is answered again.
//!
//! The token is drawn when the review is shown and sealed in it with the answers: one token, one
//! content. Whoever goes back to change something gets another one.

mod evidence;
mod go;
mod kept;
mod review;
mod walk;
mod warnings;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use service::language::{Language, Texts};
use service::problem::Problem;

use self::go::Go;
use super::form::{Answers, Fields, Refused, Step};
use super::{FORM, Unreadable};
use crate::multipart::is_multipart;
use crate::page_seal::{PageSealError, Purpose};
use crate::shared::Shared;
use crate::visit::Visit;

const HERE: &str = "/denunciar";
/// Which page was sent: a step of the form, or one of those below.
const STEP: &str = "step";
/// What the page carries.
const STATE: &str = "state";
/// The wait that the page carries in a flood.
const DELAY: &str = "delay";
/// Which button was pressed.
const GO: &str = "go";
/// The review, as a value of [`STEP`].
const REVIEW: &str = "review";
/// The page with the words.
const WORDS: &str = "words";
/// The last page, after the words were typed back.
const DONE: &str = "done";
/// The last page, when they were not.
const SKIPPED: &str = "skipped";

/// A page of the form that was sent.
enum Sent {
    Step(Step),
    Review,
    /// The page with the words, or the last one.
    Kept,
}

/// What every page of the form is made with.
#[derive(Clone, Copy)]
struct Desk<'a> {
    shared: &'a Shared,
    t: &'a Texts,
    visit: Visit<'a>,
    request: &'a HttpRequest,
}

impl<'a> Desk<'a> {
    fn of(shared: &'a Shared, request: &'a HttpRequest) -> Self {
        Self {
            shared,
            t: shared.texts(request),
            visit: shared.visit(request),
            request,
        }
    }
}

impl Desk<'_> {
    /// A form with nothing in it.
    fn blank(&self) -> Answers {
        Answers::begun(self.shared.clock.now())
    }

    /// Whether a letter of today may not name every file any more.
    fn has_aged(&self, answers: &Answers) -> bool {
        self.shared.first_aged(&answers.evidence).is_some()
    }

    /// Seals a page that carries answers.
    fn seal<T: Serialize>(&self, purpose: Purpose, answers: &Answers, value: &T) -> String {
        let last_second = answers.last_second();
        self.shared.seal_page_until(purpose, value, last_second)
    }
}

/// The other languages, each with the address that answers in it.
struct OtherLanguage {
    address: String,
    tag: &'static str,
    name: &'static str,
}

pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let desk = Desk::of(&shared, &request);
    walk::page(desk, Step::What, &desk.blank(), walk::Told::default())
}

pub(super) async fn send(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let desk = Desk::of(&shared, &request);
    let t = desk.t;
    if is_multipart(&request) {
        return evidence::answer(desk, &request, payload).await;
    }
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    let (Some(sent), Ok(go)) = (sent(&fields), fields.value(GO).parse::<Go>()) else {
        let problem = Problem::new(t, StatusCode::BAD_REQUEST, "not-form");
        return super::problem(t, &problem);
    };
    match sent {
        Sent::Step(step) => walk::answer(desk, step, go, &fields),
        Sent::Review => review::answer(desk, go, &fields).await,
        Sent::Kept => kept::answer(desk, go, &fields),
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

fn sent(fields: &Fields) -> Option<Sent> {
    match fields.value(STEP) {
        REVIEW => Some(Sent::Review),
        WORDS | DONE | SKIPPED => Some(Sent::Kept),
        step => step.parse().ok().map(Sent::Step),
    }
}

fn other_languages(t: &Texts) -> Vec<OtherLanguage> {
    Language::ALL
        .into_iter()
        .filter(|language| *language != t.language())
        .map(|language| OtherLanguage {
            address: format!("{}{HERE}", language.prefix()),
            tag: language.tag(),
            name: language.name(),
        })
        .collect()
}

/// What a person is told when a page that they sent is not read.
fn lapsed(t: &Texts, id: &'static str, error: PageSealError) -> Problem {
    // Both mean the same to them: what the page carried is gone.
    match error {
        PageSealError::TooOld | PageSealError::Foreign => {
            Problem::new(t, StatusCode::UNPROCESSABLE_ENTITY, id)
        }
    }
}

/// What a person is told when a page lapsed and everything that it carried is given back.
fn given_back(t: &Texts, id: &'static str) -> Problem {
    Problem::new(t, StatusCode::UNPROCESSABLE_ENTITY, id)
}

/// Nothing is refused.
fn nothing() -> Refused {
    Refused::default()
}
