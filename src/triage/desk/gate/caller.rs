//! Who calls, and whether what they change is theirs to change.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::dev::ServiceRequest;
use committee::access::Access as CaseAccess;
use committee::keyring::Keyring;
use committee::members::Roster;
use domain::committee::Actor;
use domain::complaint::SecretText;
use opening::PersonIdentity;

use super::TOKEN_HEADER;
use super::form::Form;
use super::member::{Founding, Guest, Member};
use super::refusal::Refusal;
use crate::desk::Desk;
use crate::desk::at_risk::AtRisk;
use crate::desk::routes::Access;
use crate::desk::session::{Enrolment, FirstStep, Session, Visit};

/// Who calls, as far as the address asks for it.
pub(super) enum Caller {
    /// Somebody before a sealed service.
    Nobody,
    /// Somebody who need not have a session.
    Anybody(Arc<Keyring>),
    Member(Box<Member>),
    FirstStep(Box<Guest<FirstStep>>),
    Enrolling(Box<Guest<Enrolment>>),
    Founding(Box<Guest<Founding>>),
}

/// Finds out who calls.
pub(super) async fn caller(
    desk: &Desk,
    access: Access,
    request: &HttpRequest,
    keyring: Arc<Keyring>,
) -> Result<Caller, Refusal> {
    match access {
        Access::Open | Access::Unseal | Access::SignIn => Ok(Caller::Anybody(keyring)),
        Access::Member(_) => {
            let (session, key) = desk.sessions.of(request).ok_or(Refusal::SignedOut)?;
            let member = member(desk, session, key, keyring).await?;
            Ok(Caller::Member(Box::new(member)))
        }
        Access::SecondStep => {
            let what = desk
                .sessions
                .first_step(request)
                .ok_or(Refusal::SignedOut)?;
            let visit = what.visit.clone();
            Ok(Caller::FirstStep(Box::new(Guest {
                visit,
                keyring,
                what,
            })))
        }
        Access::Enrolment => {
            let (visit, what) = desk.sessions.enrolment(request).ok_or(Refusal::SignedOut)?;
            Ok(Caller::Enrolling(Box::new(Guest {
                visit,
                keyring,
                what,
            })))
        }
        Access::Founding => {
            let visit = desk.sessions.founding(request).ok_or(Refusal::SignedOut)?;
            Ok(Caller::Founding(Box::new(Guest {
                visit,
                keyring,
                what: Founding,
            })))
        }
    }
}

/// The member of a session, as kept now: who was ended or readmitted meanwhile is out at once.
async fn member(
    desk: &Desk,
    session: Session,
    key: PersonIdentity,
    keyring: Arc<Keyring>,
) -> Result<Member, Refusal> {
    let roster = Roster::load(&*desk.cases, &keyring).await?;
    let me = roster
        .of(session.member)
        .filter(|me| {
            let credentials = me.record.credentials();
            credentials.is_some_and(|kept| kept.public == key.recipient())
        })
        .cloned();
    let Some(me) = me else {
        desk.sessions.end_all_of(session.member);
        return Err(Refusal::SignedOut);
    };
    let actor = Actor::of(&me.record.profile, &roster.profiles(), desk.today());
    let access = CaseAccess {
        cases: Arc::clone(&desk.cases),
        keyring: Arc::clone(&keyring),
        recovery: keyring.holders(),
        people: Arc::new(roster.people(desk.today())),
        today: desk.today(),
    };
    Ok(Member {
        access,
        session,
        keyring,
        key,
        me,
        actor,
        roster: Arc::new(roster),
        at_risk: AtRisk::default(),
    })
}

impl Caller {
    /// Whether a change carries the token of the session, where there is one. Programs that take the
    /// second step of signing in have none yet.
    pub(super) fn carries_token(
        &self,
        desk: &Desk,
        request: &ServiceRequest,
        form: Option<&Form>,
    ) -> bool {
        match self {
            Self::Nobody | Self::Anybody(_) => true,
            Self::FirstStep(_) if form.is_none() => true,
            Self::Member(member) => {
                let header = || {
                    let value = request.headers().get(TOKEN_HEADER)?;
                    Some(SecretText::from(value.to_str().ok()?.to_owned()))
                };
                let token = match form {
                    Some(form) => form.token(),
                    None => header(),
                };
                token.is_some_and(|token| desk.sessions.accepts(&member.session, token.expose()))
            }
            Self::FirstStep(guest) => guest.visit.has_token(desk, form),
            Self::Enrolling(guest) => guest.visit.has_token(desk, form),
            Self::Founding(guest) => guest.visit.has_token(desk, form),
        }
    }
}

impl Visit {
    fn has_token(&self, desk: &Desk, form: Option<&Form>) -> bool {
        let token = form.and_then(Form::token);
        token.is_some_and(|token| desk.sessions.accepts_visit(self, token.expose()))
    }
}
