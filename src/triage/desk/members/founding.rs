//! `GET` and `POST /fundar`: whoever opened a service that has no members invites the first ones.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::keyring::Keyring;
use committee::log::{Actor, LogError, Recorder};
use committee::members::invitation::InvitationCode;
use committee::members::roster::{ChangeError, RosterError};
use committee::members::{Halves, MemberRecord, NoRandomness, Roster, Versioned};
use ring::rand::SystemRandom;
use service::language::Texts;
use service::problem::Problem;
use zeroize::Zeroizing;

use super::form::{FormFault, Invitee, Typed, View};
use super::list::Row;
use crate::desk::gate::{Form, Founding, Guest};
use crate::desk::pages::{self, Frame};
use crate::desk::session::Begun;
use crate::desk::sign_in::to;
use crate::desk::{Desk, fallback, gate};

/// Where the first members are invited.
pub(in crate::desk) const HERE: &str = "/fundar";

#[derive(Template)]
#[template(path = "founding.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    invitation: Option<Shown>,
    invited: Vec<Row>,
    form: View<'a>,
}

/// Why nobody was asked in.
#[derive(Debug, thiserror::Error)]
pub(super) enum InviteError {
    /// What was typed is not right.
    #[error(transparent)]
    Form(#[from] FormFault),
    /// The member was not written.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// No code could be drawn.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// It could not be written down, so it is not done.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl InviteError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Form(fault) => {
                Problem::new(texts, StatusCode::UNPROCESSABLE_ENTITY, fault.code())
            }
            Self::Change(_) | Self::Randomness(_) | Self::Log(_) => {
                tracing::error!(cause = %self, "nobody can be asked in");
                fallback::unavailable(texts)
            }
        }
    }
}

/// A session in which the first members are invited, if the service that was just opened has none.
pub(in crate::desk) async fn begin(desk: &Desk) -> Option<Begun> {
    let keyring = desk.vault.keyring()?;
    let roster = Roster::load(&*desk.cases, &keyring).await.ok()?;
    if roster.is_founding() {
        desk.sessions.begin_founding().ok()
    } else {
        None
    }
}

/// The form.
pub(in crate::desk) async fn form(
    desk: Data<Desk>,
    request: HttpRequest,
    guest: Guest<Founding>,
) -> HttpResponse {
    let typed = Typed::empty(desk.today());
    page(&desk, &request, &guest, &typed, None, None).await
}

/// Invites one of the first members.
pub(in crate::desk) async fn invite(
    desk: Data<Desk>,
    request: HttpRequest,
    guest: Guest<Founding>,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let typed = Typed::of(&form);
    let roster = match founding_roster(&desk, &guest.keyring).await {
        Ok(Some(roster)) => roster,
        Ok(None) => return to(gate::SIGN_IN),
        Err(error) => return unreadable(texts, &error),
    };
    let invited = async {
        let invitee = typed.read(&roster)?;
        let recorder = desk
            .vault
            .log()
            .recorder(&guest.keyring, Actor::Founders, desk.clock.now());
        ask_in(&desk, &guest.keyring, invitee, recorder).await
    };
    match invited.await {
        Ok(halves) => {
            let empty = Typed::empty(desk.today());
            let shown = Some(Shown::both(&desk, &halves));
            page(&desk, &request, &guest, &empty, shown, None).await
        }
        Err(error) => {
            let problem = error.problem(texts);
            page(&desk, &request, &guest, &typed, None, Some(&problem)).await
        }
    }
}

/// What is shown of an invitation, once.
pub(super) struct Shown {
    pub(super) link: Zeroizing<String>,
    /// Where nobody else is there who could say it.
    pub(super) code: Option<Zeroizing<String>>,
}

impl Shown {
    /// Both halves, to whoever is alone.
    pub(super) fn both(desk: &Desk, Halves { link: half, code }: &Halves) -> Self {
        Self {
            link: link(desk, half),
            code: Some(code.text()),
        }
    }
}

/// Adds somebody who is asked in; link and code are known here and never again.
pub(super) async fn ask_in(
    desk: &Desk,
    keyring: &Keyring,
    invitee: Invitee,
    recorder: Recorder<'_>,
) -> Result<Halves, InviteError> {
    let halves = Halves::draw(&SystemRandom::new())?;
    let Invitee { profile, login } = invitee;
    recorder.invited(profile.id).await?;
    let invitation = halves.invitation(profile.id, desk.today());
    let record = MemberRecord::invited(profile, login, invitation);
    Versioned::add(record, &*desk.cases, keyring).await?;
    Ok(halves)
}

/// The link to hand over: whole where the service knows its own address.
pub(super) fn link(desk: &Desk, code: &InvitationCode) -> Zeroizing<String> {
    let path = code.path();
    match &desk.origin {
        Some(origin) => Zeroizing::new(format!("{origin}{}", *path)),
        None => path,
    }
}

/// The members, as long as there are none who could invite others.
async fn founding_roster(desk: &Desk, keyring: &Keyring) -> Result<Option<Roster>, RosterError> {
    let roster = Roster::load(&*desk.cases, keyring).await?;
    Ok(roster.is_founding().then_some(roster))
}

fn unreadable(texts: &Texts, error: &RosterError) -> HttpResponse {
    pages::problem(texts, &fallback::no_members(texts, error), None)
}

async fn page(
    desk: &Desk,
    request: &HttpRequest,
    guest: &Guest<Founding>,
    typed: &Typed,
    invitation: Option<Shown>,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let roster = match founding_roster(desk, &guest.keyring).await {
        Ok(Some(roster)) => roster,
        Ok(None) => return to(gate::SIGN_IN),
        Err(error) => return unreadable(texts, &error),
    };
    let invited = Row::all(texts, &roster, None, desk.today());
    let form = View::new(
        texts,
        HERE.to_owned(),
        &guest.visit.token,
        typed,
        &roster,
        false,
    );
    let page = Page {
        frame: Frame::outside(texts),
        problem,
        invitation,
        invited,
        form,
    };
    pages::page(texts, pages::status_of(problem), &page)
}
