//! Who passed the gate: a member, or a guest of a session that is no member's.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::error::ErrorInternalServerError;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest};
use committee::access::Access as CaseAccess;
use committee::keyring::Keyring;
use committee::log::{Actor as LogActor, Recorder};
use committee::members::{Roster, SecondFactor, Versioned};
use domain::committee::{Act, Actor, MemberProfile, Relation, Ruling, policy};
use opening::PersonIdentity;

use crate::desk::Desk;
use crate::desk::at_risk::AtRisk;
use crate::desk::session::{Session, Visit};

/// A signed-in member of an unsealed service. Only the gate makes one, and it holds the only way to
/// the keyring.
#[derive(Clone)]
pub(in crate::desk) struct Member {
    pub(in crate::desk) session: Session,
    pub(in crate::desk) keyring: Arc<Keyring>,
    /// The member's private key, for this request.
    pub(in crate::desk) key: PersonIdentity,
    /// The member as kept now.
    pub(in crate::desk) me: Versioned,
    /// What the policy is asked with.
    pub(in crate::desk) actor: Actor,
    /// All members as kept now.
    pub(in crate::desk) roster: Arc<Roster>,
    /// How cases are opened for members.
    pub(in crate::desk) access: CaseAccess,
    /// Where a life may be at risk; for a page.
    pub(in crate::desk) at_risk: AtRisk,
}

impl Member {
    /// The member's name, seat, unit and term.
    pub(in crate::desk) fn profile(&self) -> &MemberProfile {
        &self.me.record.profile
    }

    /// Writes down what this member does now.
    pub(in crate::desk) fn recorder<'a>(&'a self, desk: &'a Desk) -> Recorder<'a> {
        let actor = LogActor::Member(self.actor.id);
        desk.vault
            .log()
            .recorder(&self.keyring, actor, desk.clock.now())
    }

    /// Whether the member may do more than look after the own account.
    pub(in crate::desk) fn is_in_office(&self) -> bool {
        self.actor.in_office
    }

    /// Whether there is a page of acts that take two for this member.
    pub(in crate::desk) fn has_acts(&self) -> bool {
        policy::decide(&self.actor, Act::SecondAct, None) == Ruling::Allowed
    }

    /// Whether the member may do something on a case that they can open.
    fn may_inside(&self, act: Act) -> bool {
        policy::decide(&self.actor, act, Some(Relation::Entitled)) == Ruling::Allowed
    }

    /// Whether the member may write papers on a case that they can open.
    pub(in crate::desk) fn may_write_papers(&self) -> bool {
        self.may_inside(Act::WritePaper)
    }

    /// Whether the member may make versions of a case that they can open.
    pub(in crate::desk) fn may_redact(&self) -> bool {
        self.may_inside(Act::RedactFile)
    }

    /// Whether the member may copy a case that they can open into the Secretaría's system.
    pub(in crate::desk) fn may_capture(&self) -> bool {
        self.may_inside(Act::CaptureCase)
    }

    /// Whether there is a log of incidents for this member.
    pub(in crate::desk) fn has_incidents(&self) -> bool {
        policy::decide(&self.actor, Act::RecordIncident, None) == Ruling::Allowed
    }

    /// Whether this member may know who sits on the committee.
    pub(in crate::desk) fn has_members(&self) -> bool {
        policy::decide(&self.actor, Act::ReadMembers, None) == Ruling::Allowed
    }

    /// Whether this member may seal the service.
    pub(in crate::desk) fn may_seal(&self) -> bool {
        policy::decide(&self.actor, Act::SealService, None) == Ruling::Allowed
    }

    /// Whether there are sessions of the committee for this member.
    pub(in crate::desk) fn has_meetings(&self) -> bool {
        policy::decide(&self.actor, Act::ReadMeetings, None) == Ruling::Allowed
    }

    /// Whether this member enters attentions.
    pub(in crate::desk) fn has_attentions(&self) -> bool {
        policy::decide(&self.actor, Act::RecordAttention, None) == Ruling::Allowed
    }

    /// Whether this member keeps consultations and petitions.
    pub(in crate::desk) fn has_matters(&self) -> bool {
        policy::decide(&self.actor, Act::KeepMatters, None) == Ruling::Allowed
    }

    /// Whether it is the member of the demonstration, who signs in without a second factor.
    pub(in crate::desk) fn is_demonstration(&self) -> bool {
        let credentials = self.me.record.credentials();
        credentials.is_some_and(|kept| match kept.second {
            SecondFactor::Demonstration => true,
            SecondFactor::Required(_) => false,
        })
    }
}

/// Whoever else has a session that an address takes, in an unsealed service.
#[derive(Clone)]
pub(in crate::desk) struct Guest<T> {
    pub(in crate::desk) visit: Visit,
    pub(in crate::desk) keyring: Arc<Keyring>,
    pub(in crate::desk) what: T,
}

/// Somebody who opened the service and may invite the first members.
#[derive(Clone, Copy)]
pub(in crate::desk) struct Founding;

impl FromRequest for Member {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(passed(request))
    }
}

impl<T: Clone + 'static> FromRequest for Guest<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(passed(request))
    }
}

/// The keyring, for whoever signs in.
#[derive(Clone)]
pub(in crate::desk) struct Unsealed(pub(in crate::desk) Arc<Keyring>);

impl FromRequest for Unsealed {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(passed(request))
    }
}

/// What the gate left for a handler.
pub(in crate::desk) fn passed<T: Clone + 'static>(request: &HttpRequest) -> Result<T, Error> {
    let found = request.extensions().get::<T>().cloned();
    found.ok_or_else(|| ErrorInternalServerError("a handler was left outside the gate"))
}
