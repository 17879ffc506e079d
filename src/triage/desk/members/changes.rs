//! `POST /integrantes` and below: asking somebody in, ending a membership, letting in again who lost what
//! it takes, suspending and taking that back. All but the very first invitation need a second member.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::acts::{ActError, Asked, Book, BookError, Draft, Reason, Who};
use committee::log::LogError;
use committee::members::InvitationCode;
use domain::committee::policy::decide;
use domain::committee::{Act, MemberId, Ruling};
use domain::complaint::SecretText;
use jiff::ToSpan as _;
use jiff::civil::Date;
use ring::rand::SystemRandom;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::form::Typed;
use super::founding::{InviteError, Shown, ask_in, link};
use super::list::page;
use crate::desk::gate::{Form, Member};
use crate::desk::pages;
use crate::desk::sign_in::to;
use crate::desk::{Desk, fallback};

/// Where acts that wait for a second member are.
pub(super) const ACTS: &str = "/actos";

#[derive(Deserialize)]
struct About {
    member: Option<String>,
    reason: Option<SecretText>,
    from: Option<String>,
}

/// Days ahead for which a suspension may be asked. A limit against slips of the pen, not a norm.
const AHEAD: i32 = 31;
/// Days back.
const BACK: i32 = 366;

/// Why a change was not begun.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChangeRefused {
    /// The form is not one of ours.
    #[error("not the form of a change")]
    Form,
    /// Not a day near enough.
    #[error("not a day on which a suspension may begin")]
    Day,
    /// Whoever agrees has to know why.
    #[error("no reason is given")]
    Reason,
    /// Nobody can be asked in so.
    #[error(transparent)]
    Invite(#[from] InviteError),
    /// The act was not begun.
    #[error(transparent)]
    Book(#[from] BookError),
    /// It could not be written down, so it is not begun.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl ChangeRefused {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::Form => (StatusCode::BAD_REQUEST, "not-form"),
            Self::Day => (StatusCode::UNPROCESSABLE_ENTITY, "member-suspension-day"),
            Self::Reason => (StatusCode::UNPROCESSABLE_ENTITY, "member-reason"),
            Self::Invite(error) => return error.problem(texts),
            Self::Book(BookError::Act(ActError::Hidden | ActError::Refused)) => {
                (StatusCode::FORBIDDEN, "not-yours")
            }
            Self::Book(_) | Self::Log(_) => {
                tracing::error!(cause = %self, "an act cannot be begun");
                return fallback::unavailable(texts);
            }
        };
        Problem::new(texts, status, code)
    }
}

/// Asks somebody in: at once if nobody else could agree, otherwise once another member does.
pub(in crate::desk) async fn invite(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let typed = Typed::of(&form);
    let asked = async {
        let invitee = typed.read(&member.roster).map_err(InviteError::from)?;
        if decide(&member.actor, Act::InviteMember, None) == Ruling::Allowed {
            let halves = ask_in(&desk, &member.keyring, invitee, member.recorder(&desk)).await?;
            return Ok(Some(Shown::both(&desk, &halves)));
        }
        let half = InvitationCode::draw(&SystemRandom::new()).map_err(InviteError::from)?;
        let what = Asked::InviteMember {
            profile: Box::new(invitee.profile),
            login: invitee.login,
            link: half.hash(),
        };
        let reason = SecretText::from(typed.reason.clone());
        let begun = ask(&desk, &member, what, reason).await?;
        Ok::<_, ChangeRefused>(begun.shown(&desk, &half))
    };
    match asked.await {
        Ok(Some(shown)) => {
            let empty = Typed::empty(desk.today());
            page(&desk, &request, &member, &empty, Some(shown), None)
        }
        Ok(None) => to(ACTS),
        Err(error) => {
            let problem = error.problem(desk.texts(&request));
            page(&desk, &request, &member, &typed, None, Some(&problem))
        }
    }
}

/// Asks that a membership end.
pub(in crate::desk) async fn end(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    about(&desk, &request, &member, &form, |member, _| {
        Ok(Asked::EndMembership { member })
    })
    .await
}

/// Asks that a member be let in again.
pub(in crate::desk) async fn readmit(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let half = match InvitationCode::draw(&SystemRandom::new()) {
        Ok(half) => half,
        Err(error) => {
            let texts = desk.texts(&request);
            return pages::problem(
                texts,
                &InviteError::from(error).problem(texts),
                Some(&member.at_risk),
            );
        }
    };
    let what = |member, _: Option<&str>| {
        Ok(Asked::ReadmitMember {
            member,
            link: half.hash(),
        })
    };
    let begun = try_about(&desk, &member, &form, what).await;
    let begun = begun.map(|begun| begun.shown(&desk, &half));
    match begun {
        Ok(Some(shown)) => {
            let empty = Typed::empty(desk.today());
            page(&desk, &request, &member, &empty, Some(shown), None)
        }
        Ok(None) => to(ACTS),
        Err(error) => refused(&desk, &request, &member, &error),
    }
}

/// Asks that a member be suspended.
pub(in crate::desk) async fn suspend(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let today = desk.today();
    about(&desk, &request, &member, &form, |member, from| {
        Ok(Asked::SuspendMember {
            member,
            from: first_day(from, today)?,
        })
    })
    .await
}

/// Asks that a suspension be taken back.
pub(in crate::desk) async fn reinstate(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    about(&desk, &request, &member, &form, |member, _| {
        Ok(Asked::LiftSuspension { member })
    })
    .await
}

fn first_day(typed: Option<&str>, today: Date) -> Result<Date, ChangeRefused> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    let Some(typed) = typed else {
        return Ok(today);
    };
    let day: Date = typed.parse().map_err(|_| ChangeRefused::Day)?;
    let near = today.saturating_sub(BACK.days())..=today.saturating_add(AHEAD.days());
    if near.contains(&day) {
        Ok(day)
    } else {
        Err(ChangeRefused::Day)
    }
}

async fn about(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    form: &Form,
    what: impl FnOnce(MemberId, Option<&str>) -> Result<Asked, ChangeRefused>,
) -> HttpResponse {
    match try_about(desk, member, form, what).await {
        Ok(_) => to(ACTS),
        Err(error) => refused(desk, request, member, &error),
    }
}

async fn try_about(
    desk: &Desk,
    member: &Member,
    form: &Form,
    what: impl FnOnce(MemberId, Option<&str>) -> Result<Asked, ChangeRefused>,
) -> Result<Begun, ChangeRefused> {
    let fields: About = form.parse().ok_or(ChangeRefused::Form)?;
    let id: Option<MemberId> = fields.member.and_then(|id| id.parse().ok());
    let id = id.filter(|id| {
        let found = member.roster.of(*id);
        found.is_some_and(|found| !found.record.has_ended())
    });
    let id = id.ok_or(ChangeRefused::Form)?;
    let what = what(id, fields.from.as_deref())?;
    ask(desk, member, what, fields.reason.unwrap_or_default()).await
}

fn refused(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    error: &ChangeRefused,
) -> HttpResponse {
    let problem = error.problem(desk.texts(request));
    let empty = Typed::empty(desk.today());
    page(desk, request, member, &empty, None, Some(&problem))
}

/// Whether an act waits since now, or did before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    Now,
    Before,
}

impl Begun {
    /// The link, if it is that of the act that waits: one that was asked for before has another.
    fn shown(self, desk: &Desk, half: &InvitationCode) -> Option<Shown> {
        match self {
            Self::Now => Some(Shown {
                link: link(desk, half),
                code: None,
            }),
            Self::Before => None,
        }
    }
}

/// Begins an act that another member has to agree to.
pub(super) async fn ask(
    desk: &Desk,
    member: &Member,
    what: Asked,
    reason: SecretText,
) -> Result<Begun, ChangeRefused> {
    let reason = Reason::parse(reason).map_err(|_| ChangeRefused::Reason)?;
    let who = Who {
        actor: &member.actor,
        relation: None,
    };
    let book = Book::new(&*desk.cases, &member.keyring);
    let now = desk.clock.now();
    match book.draft(what, who, reason, now).await? {
        Draft::New(act) => {
            let recorder = member.recorder(desk);
            recorder.act_proposed(act.what.proposed()).await?;
            book.add(*act).await?;
            Ok(Begun::Now)
        }
        Draft::Before(_) => Ok(Begun::Before),
    }
}
