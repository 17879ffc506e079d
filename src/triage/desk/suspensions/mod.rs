//! `/calendario/suspensiones`: the official list that terms follow, and the days on which they stand still. Everybody
//! reads them, also as tables (`export`); the Secretaría Técnica chooses the one (`/calendario/perfil`) and enters the others, and takes back what was entered wrongly (DOMAIN §12; CHIS 26).

mod export;
mod page;

pub(super) use self::export::{choices, list};

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::calendar::{CalendarBook, CalendarError, EntryFault, SuspensionId};
use committee::log::LogError;
use domain::calendar::Profile;
use domain::complaint::{SecretText, ShortText};
use jiff::civil::Date;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::gate::{Form, Member};
use super::sign_in::to;
use super::{Desk, fallback};

/// Where the suspensions are.
pub(super) const HERE: &str = "/calendario/suspensiones";

/// What was typed into the form.
#[derive(Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    pub(super) from: String,
    #[serde(default)]
    pub(super) to: String,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) source: String,
}

#[derive(Deserialize)]
struct Choice {
    profile: Option<String>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    source: String,
}

#[derive(Deserialize)]
struct About {
    suspension: String,
    #[serde(default)]
    reason: String,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
enum Refused {
    /// The form is not one of ours.
    #[error("not the form of a suspension")]
    Form,
    /// There is no such official list.
    #[error("no such official list")]
    Profile,
    /// One of the days is none.
    #[error("not two days")]
    Days,
    /// The reason or the source is missing or too long.
    #[error("no reason, or no source")]
    Words,
    /// See there.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// It could not be written down, so it is not done.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl Refused {
    fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::Form => (StatusCode::BAD_REQUEST, "not-form"),
            Self::Profile => (StatusCode::UNPROCESSABLE_ENTITY, "calendar-profile"),
            Self::Days => (StatusCode::UNPROCESSABLE_ENTITY, "calendar-days"),
            Self::Words => (StatusCode::UNPROCESSABLE_ENTITY, "calendar-words"),
            Self::Calendar(CalendarError::Fault(fault)) => match fault {
                EntryFault::Backwards | EntryFault::TooLong | EntryFault::TooFar => {
                    (StatusCode::UNPROCESSABLE_ENTITY, "calendar-days")
                }
                EntryFault::Before => (StatusCode::CONFLICT, "calendar-before"),
                EntryFault::InForce => (StatusCode::CONFLICT, "calendar-in-force"),
                EntryFault::Gone => (StatusCode::CONFLICT, "calendar-gone"),
            },
            Self::Calendar(error) => return unread(texts, error),
            Self::Log(error) => return fallback::not_logged(texts, error),
        };
        Problem::new(texts, status, code)
    }
}

/// The suspensions cannot be read or written.
fn unread(texts: &Texts, error: &CalendarError) -> Problem {
    tracing::error!(cause = %error, "the committee's calendar cannot be read or written");
    match error {
        CalendarError::Open(_) => {
            Problem::new(texts, StatusCode::SERVICE_UNAVAILABLE, "calendar-altered")
        }
        CalendarError::Store(_) | CalendarError::Seal(_) | CalendarError::Fault(_) => {
            fallback::unavailable(texts)
        }
    }
}

/// The list.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    page::answer(&desk, &request, &member, &Typed::default(), None).await
}

/// What holds, as `guiando terms due --suspensions` reads it.
pub(super) async fn file(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let book = CalendarBook::new(&*desk.cases, &member.keyring);
    match book.read().await {
        Ok(all) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header((
                CONTENT_DISPOSITION,
                "attachment; filename=\"suspensiones.txt\"",
            ))
            .body(all.file()),
        Err(error) => {
            let problem = unread(desk.texts(&request), &error);
            fallback::problem(&desk, &request, &problem)
        }
    }
}

/// Enters days on which terms stand still.
pub(super) async fn enter(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let typed = form.parse::<Typed>();
    let done = match &typed {
        Some(typed) => entered_by(&desk, &member, typed).await,
        None => Err(Refused::Form),
    };
    after(&desk, &request, &member, &typed.unwrap_or_default(), done).await
}

async fn entered_by(desk: &Desk, member: &Member, typed: &Typed) -> Result<(), Refused> {
    let days = (day(&typed.from)?, day(&typed.to)?);
    let words = (words(&typed.reason)?, words(&typed.source)?);
    let book = CalendarBook::new(&*desk.cases, &member.keyring);
    let now = (desk.clock.now(), desk.today());
    let drafted = book.draft(days, words, member.actor.id, now).await?;
    member
        .recorder(desk)
        .terms_suspended(drafted.from, drafted.days())
        .await?;
    book.add(&drafted).await?;
    Ok(desk.vault.read_calendar().await?)
}

/// Takes back what was entered.
pub(super) async fn withdraw(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let done = match form.parse::<About>() {
        Some(about) => withdrawn_by(&desk, &member, &about).await,
        None => Err(Refused::Form),
    };
    after(&desk, &request, &member, &Typed::default(), done).await
}

async fn withdrawn_by(desk: &Desk, member: &Member, about: &About) -> Result<(), Refused> {
    let id: SuspensionId = about.suspension.parse().map_err(|_| Refused::Form)?;
    let why = words(&about.reason)?;
    let book = CalendarBook::new(&*desk.cases, &member.keyring);
    let kept = book.find(id).await?;
    member
        .recorder(desk)
        .terms_resumed(kept.entered.from, kept.entered.days())
        .await?;
    book.withdraw(kept, member.actor.id, why, desk.clock.now())
        .await?;
    Ok(desk.vault.read_calendar().await?)
}

/// Chooses the official list that terms follow. Terms that run stay as they are until somebody takes over what comes
/// out otherwise.
pub(super) async fn choose(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let done = match form.parse::<Choice>() {
        Some(choice) => chosen_by(&desk, &member, &choice).await,
        None => Err(Refused::Form),
    };
    after(&desk, &request, &member, &Typed::default(), done).await
}

async fn chosen_by(desk: &Desk, member: &Member, choice: &Choice) -> Result<(), Refused> {
    let profile: Option<Profile> = choice.profile.as_deref().and_then(|code| code.parse().ok());
    let profile = profile.ok_or(Refused::Profile)?;
    let words = (words(&choice.reason)?, words(&choice.source)?);
    let book = CalendarBook::new(&*desk.cases, &member.keyring);
    let (by, at) = (member.actor.id, desk.clock.now());
    let drafted = book.draft_choice(profile, words, by, at).await?;
    member.recorder(desk).profile_chosen(profile).await?;
    book.choose(&drafted).await?;
    Ok(desk.vault.read_calendar().await?)
}

async fn after(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    typed: &Typed,
    done: Result<(), Refused>,
) -> HttpResponse {
    match done {
        Ok(()) => to(HERE),
        Err(error) => {
            let problem = error.problem(desk.texts(request));
            page::answer(desk, request, member, typed, Some(&problem)).await
        }
    }
}

/// A day as a browser sends it, and nothing else.
fn day(text: &str) -> Result<Date, Refused> {
    let day: Date = text.parse().map_err(|_| Refused::Days)?;
    if day.to_string() == text {
        Ok(day)
    } else {
        Err(Refused::Days)
    }
}

fn words(text: &str) -> Result<ShortText, Refused> {
    ShortText::parse(SecretText::from(text.to_owned())).map_err(|_| Refused::Words)
}
