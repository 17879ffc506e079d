//! What a session is for, whose it is, and how long it lasts.

use std::sync::Arc;

use actix_web::cookie::Cookie;
use committee::members::InvitationCode;
use committee::members::passkey::{Proving, Registering};
use committee::members::totp::TotpSecret;
use domain::catalogue::{SessionTerms, current};
use domain::committee::MemberId;
use jiff::{SignedDuration, Timestamp};
use opening::PersonIdentity;
use ring::rand::SystemRandom;

use super::cookie::{Fingerprint, Id};
use super::held_key::HeldKey;
use crate::desk::DeskError;
use crate::desk::search::Room;

/// Time for the second step of signing in.
pub(in crate::desk) const SECOND_STEP: SignedDuration = SignedDuration::from_mins(5);

/// Time to accept an invitation once its page is open.
const ENROLMENT: SignedDuration = SignedDuration::from_hours(1);

/// Time to invite the first members.
pub(in crate::desk) const FOUNDING: SignedDuration = SignedDuration::from_mins(30);

/// How long a member is signed in.
pub(in crate::desk) fn terms() -> &'static SessionTerms {
    &current().committee().session
}

/// A session as it is kept.
pub(super) struct Kept {
    pub(super) stage: Stage,
    pub(super) begun: Timestamp,
    pub(super) used: Timestamp,
}

/// What a session is for.
#[derive(Clone)]
pub(super) enum Stage {
    /// Name and passphrase were right; the second factor is missing. It opens nothing else.
    First {
        person: Person,
        wrong: u32,
        challenge: Option<Box<Proving>>,
    },
    /// Signed in.
    Member {
        person: Person,
        setup: Option<Box<Setup>>,
        /// Where it searches.
        room: Arc<Room>,
    },
    /// Somebody looks at an invitation.
    Enrolling(Box<Enrolment>),
    /// Somebody who opened the service invites the first members.
    Founding,
}

/// Whose session it is.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) member: MemberId,
    pub(super) account: Arc<str>,
    pub(super) key: Arc<HeldKey>,
}

/// A factor that is being set up.
#[derive(Clone, Default)]
pub(in crate::desk) struct Setup {
    /// For an app.
    pub(in crate::desk) totp: Option<TotpSecret>,
    /// For a device.
    pub(in crate::desk) passkey: Option<Registering>,
}

/// An invitation that is being accepted, with the factors that are offered.
#[derive(Clone)]
pub(in crate::desk) struct Enrolment {
    /// Which.
    pub(in crate::desk) code: InvitationCode,
    /// For an app.
    pub(in crate::desk) totp: TotpSecret,
    /// For a device, where devices are offered.
    pub(in crate::desk) passkey: Option<Registering>,
}

/// The session of a member, as the rest of the desk sees it.
#[derive(Clone)]
pub(in crate::desk) struct Session {
    /// Who is signed in.
    pub(in crate::desk) member: MemberId,
    /// The name to sign in with.
    pub(in crate::desk) account: Arc<str>,
    /// What every form and call that changes something has to carry.
    pub(in crate::desk) token: String,
    pub(super) fingerprint: Fingerprint,
}

/// A session that is no member's (yet).
#[derive(Clone)]
pub(in crate::desk) struct Visit {
    /// What every form has to carry.
    pub(in crate::desk) token: String,
    pub(super) fingerprint: Fingerprint,
}

/// The first step of signing in, taken.
#[derive(Clone)]
pub(in crate::desk) struct FirstStep {
    pub(in crate::desk) member: MemberId,
    pub(in crate::desk) account: Arc<str>,
    pub(in crate::desk) key: PersonIdentity,
    pub(in crate::desk) visit: Visit,
}

/// A session that has just begun: the only moment at which its id is known.
pub(in crate::desk) struct Begun {
    /// What every form and call that changes something has to carry.
    pub(in crate::desk) token: String,
    pub(super) id: Id,
    /// By what the browser is known from now on, once the sign-in is complete.
    pub(super) device: Option<Cookie<'static>>,
}

/// One of a member's sessions, for the list of them.
pub(in crate::desk) struct Listed {
    /// Tells it from the others.
    pub(in crate::desk) handle: String,
    pub(in crate::desk) begun: Timestamp,
    pub(in crate::desk) used: Timestamp,
    /// Whether it is the one that asks.
    pub(in crate::desk) is_this: bool,
}

impl Kept {
    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        let (idle, absolute) = match self.stage {
            Stage::Member { .. } => (terms().idle(), terms().longest()),
            Stage::First { .. } => (SECOND_STEP, SECOND_STEP),
            Stage::Enrolling(_) => (ENROLMENT, ENROLMENT),
            Stage::Founding => (FOUNDING, FOUNDING),
        };
        now.duration_since(self.used) < idle && now.duration_since(self.begun) < absolute
    }

    pub(super) fn is_of(&self, member: MemberId) -> bool {
        match &self.stage {
            Stage::First { person, .. } | Stage::Member { person, .. } => person.member == member,
            Stage::Enrolling(_) | Stage::Founding => false,
        }
    }
}

impl Person {
    pub(super) fn new(
        member: MemberId,
        account: &str,
        key: &PersonIdentity,
        id: &Id,
        rng: &SystemRandom,
    ) -> Result<Self, DeskError> {
        Ok(Self {
            member,
            account: account.into(),
            key: Arc::new(HeldKey::seal(key, id, rng)?),
        })
    }
}

impl Begun {
    /// The same, with a cookie by which the browser is known.
    pub(in crate::desk) fn with_device(mut self, device: Cookie<'static>) -> Self {
        self.device = Some(device);
        self
    }

    /// What the browser gets.
    pub(in crate::desk) fn cookies(&self) -> impl Iterator<Item = Cookie<'static>> {
        [self.cookie()].into_iter().chain(self.device.clone())
    }

    /// The cookie that carries the id.
    pub(super) fn cookie(&self) -> Cookie<'static> {
        self.id.cookie()
    }
}
