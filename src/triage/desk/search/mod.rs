//! `GET` and `POST /buscar`: searching the words of the cases that a member may open.
//!
//! What is looked for comes in the body of a request and stands in no address, log or record; the page that
//! answers is kept by no browser. The index is the session's alone (`room`): hashes of words, no words
//! (`index`). A case that the member lost since is in no answer, whatever the index still has: who may open
//! what is asked for each question.

mod index;
mod room;
mod steps;
mod texts;
mod words;

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::SecretText;
use serde::Deserialize;

use self::index::Hasher;
pub(super) use self::room::Room;
use self::room::{Opener, Progress};
use self::words::Wanted;
use super::gate::{Form, Member};
use super::list::{self, ListError, Row, export, row};
use super::pages::{self, Frame};
use super::register::{Case, RegisterError};
use super::{Desk, fallback, session, shortcuts};

/// Most cases that a page shows.
const ROWS: usize = 100;
/// How long an answer waits for what is new to be read.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it looks whether something is new.
const ROUNDS: usize = 3;

#[derive(Template)]
#[template(path = "search.html")]
struct Page<'a> {
    frame: Frame<'a>,
    scripted: bool,
    /// As it was asked, to be changed.
    words: &'a str,
    /// `None` before anything was asked.
    found: Option<Found>,
    /// Whether something was asked that has no word.
    no_words: bool,
    progress: Option<Progress>,
    left_out: usize,
}

/// What was found.
struct Found {
    all: usize,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Fields {
    words: Option<SecretText>,
    format: Option<String>,
}

/// The form. The index is being built from now on.
pub(super) async fn form(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let room = desk.sessions.room(&member.session);
    if let Some(room) = &room
        && let Err(error) = refresh(&desk, &request, &member, room).await
    {
        let problem = ListError::from(error).problem(texts);
        return fallback::problem(&desk, &request, &problem);
    }
    let page = Page {
        frame: Frame::of(texts, &member),
        scripted: shortcuts::are_on(&request),
        words: "",
        found: None,
        no_words: false,
        progress: room.as_ref().and_then(|room| room.progress()),
        left_out: room.as_ref().map_or(0, |room| room.left_out()),
    };
    pages::page_with_script(texts, StatusCode::OK, &page, page.scripted)
}

/// The answer.
pub(super) async fn answer(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let fields: Option<Fields> = form.parse();
    let (words, format) = fields.map_or((None, None), |fields| (fields.words, fields.format));
    let words = words.unwrap_or_default();
    match find(&desk, &request, &member, words.expose()).await {
        Ok(Answer { cases, room }) => {
            let seen = list::seen(&desk, &member);
            if format.as_deref() == Some("csv") {
                let rows = cases.iter().flatten().map(|case| row(texts, case, &seen));
                return export::of(texts, rows).file();
            }
            let found = cases.as_ref().map(|cases| Found {
                all: cases.len(),
                rows: cases
                    .iter()
                    .take(ROWS)
                    .map(|case| row(texts, case, &seen))
                    .collect(),
            });
            let page = Page {
                frame: Frame::of(texts, &member),
                scripted: shortcuts::are_on(&request),
                words: words.expose(),
                no_words: found.is_none(),
                found,
                progress: room.as_ref().and_then(|room| room.progress()),
                left_out: room.as_ref().map_or(0, |room| room.left_out()),
            };
            pages::page_with_script(texts, StatusCode::OK, &page, page.scripted)
        }
        Err(error) => {
            let problem = ListError::from(error).problem(texts);
            fallback::problem(&desk, &request, &problem)
        }
    }
}

struct Answer {
    /// The best match first; `None` if nothing was asked.
    cases: Option<Vec<Arc<Case>>>,
    room: Option<Arc<Room>>,
}

async fn find(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    words: &str,
) -> Result<Answer, RegisterError> {
    let room = desk.sessions.room(&member.session);
    let wanted = Wanted::parse(words);
    let (Some(room), Some(wanted)) = (room.clone(), wanted) else {
        return Ok(Answer { cases: None, room });
    };
    for _ in 0..ROUNDS {
        if refresh(desk, request, member, &room).await? || !room.settled(PATIENCE).await {
            break;
        }
    }
    // After the waiting: what the member lost meanwhile is not told.
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let seen = list::seen(desk, member);
    let cases = session::search_key(request).map(|key| {
        let may = |id| {
            let case = register.case(id);
            case.is_some_and(|case| seen.eye.reads(case))
        };
        let found = room.search(&Hasher::new(key), &wanted, may);
        let found = found
            .into_iter()
            .filter_map(|id| register.case(id).cloned());
        found.collect()
    });
    Ok(Answer {
        cases,
        room: Some(room),
    })
}

/// Begins to read what is new; says whether nothing is.
async fn refresh(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    room: &Arc<Room>,
) -> Result<bool, RegisterError> {
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let seen = list::seen(desk, member);
    Ok(room.refresh(&register, &seen.eye, &desk.turns, || {
        Some(Opener {
            access: member.access.clone(),
            key: member.key.clone(),
            hasher: Hasher::new(session::search_key(request)?),
        })
    }))
}
