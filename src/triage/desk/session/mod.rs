//! Who is signed in, or about to be: random ids in cookies, their hashes in memory, and limits of time.
//!
//! What a session may do is its [`Stage`]; each address names the stage that it takes, and no session is
//! ever promoted: the next stage is another session under a new id.
//!
//! A member's private key lies in the session sealed under a key that follows from the id in the cookie.
//! The server keeps a hash of the id alone, so whoever gets a copy of this memory between two requests
//! opens nothing with it.

pub(super) mod cookie;
mod held_key;
mod search_key;
mod stage;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::HttpRequest;
use committee::members::passkey::Proving;
use domain::committee::MemberId;
use opening::PersonIdentity;
use ring::hmac;
use ring::rand::SystemRandom;
use service::clock::Clock;

pub(super) use self::cookie::{COOKIE, removal};
use self::cookie::{Fingerprint, Id};
pub(super) use self::stage::{Begun, Enrolment, FirstStep, Listed, Session, Setup, Visit};
use self::stage::{Kept, Person, Stage};
#[cfg(test)]
pub(super) use self::stage::{SECOND_STEP, terms};
use super::DeskError;
use super::search::Room;

/// Wrong codes after which the first step has to be taken again.
const MOST_WRONG: u32 = 5;

/// The sessions of this process.
pub(super) struct Sessions {
    open: Mutex<HashMap<Fingerprint, Kept>>,
    tokens: hmac::Key,
    rng: SystemRandom,
    clock: Arc<dyn Clock>,
}

impl Sessions {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Result<Self, DeskError> {
        let rng = SystemRandom::new();
        let tokens =
            hmac::Key::generate(hmac::HMAC_SHA256, &rng).map_err(|_| DeskError::Randomness)?;
        Ok(Self {
            open: Mutex::default(),
            tokens,
            rng,
            clock,
        })
    }

    /// Begins the session of a member whose name and passphrase were right, and who has to show more.
    pub(super) fn begin_first(
        &self,
        member: MemberId,
        account: &str,
        key: &PersonIdentity,
    ) -> Result<Begun, DeskError> {
        let id = Id::draw(&self.rng)?;
        let person = Person::new(member, account, key, &id, &self.rng)?;
        let stage = Stage::First {
            person,
            wrong: 0,
            challenge: None,
        };
        Ok(self.begin(id, stage))
    }

    /// Begins the session of a member.
    pub(super) fn begin_member(
        &self,
        member: MemberId,
        account: &str,
        key: &PersonIdentity,
    ) -> Result<Begun, DeskError> {
        let id = Id::draw(&self.rng)?;
        let person = Person::new(member, account, key, &id, &self.rng)?;
        let stage = Stage::Member {
            person,
            setup: None,
            room: Arc::default(),
        };
        Ok(self.begin(id, stage))
    }

    /// Begins the session of whoever looks at an invitation.
    pub(super) fn begin_enrolment(&self, enrolment: Enrolment) -> Result<Begun, DeskError> {
        let id = Id::draw(&self.rng)?;
        Ok(self.begin(id, Stage::Enrolling(Box::new(enrolment))))
    }

    /// Begins the session of whoever may invite the first members.
    pub(super) fn begin_founding(&self) -> Result<Begun, DeskError> {
        let id = Id::draw(&self.rng)?;
        Ok(self.begin(id, Stage::Founding))
    }

    /// Ids that came with a request are never taken over.
    fn begin(&self, id: Id, stage: Stage) -> Begun {
        let fingerprint = id.fingerprint();
        let now = self.clock.now();
        let mut open = self.open();
        open.retain(|_, kept| kept.is_open(now));
        open.insert(
            fingerprint,
            Kept {
                stage,
                begun: now,
                used: now,
            },
        );
        drop(open);
        Begun {
            token: self.token(fingerprint),
            id,
            device: None,
        }
    }

    /// The member's session of a request, which counts as used by it, and the member's key.
    pub(super) fn of(&self, request: &HttpRequest) -> Option<(Session, PersonIdentity)> {
        let id = Id::of(request)?;
        let person = self.look(&id, |stage| match stage {
            Stage::Member { person, .. } => Some(person.clone()),
            Stage::First { .. } | Stage::Enrolling(_) | Stage::Founding => None,
        })?;
        let key = person.key.open(&id)?;
        let fingerprint = id.fingerprint();
        let session = Session {
            member: person.member,
            account: person.account,
            token: self.token(fingerprint),
            fingerprint,
        };
        Some((session, key))
    }

    /// The first step that a request has taken.
    pub(super) fn first_step(&self, request: &HttpRequest) -> Option<FirstStep> {
        let id = Id::of(request)?;
        let person = self.look(&id, |stage| match stage {
            Stage::First { person, .. } => Some(person.clone()),
            Stage::Member { .. } | Stage::Enrolling(_) | Stage::Founding => None,
        })?;
        Some(FirstStep {
            key: person.key.open(&id)?,
            member: person.member,
            account: person.account,
            visit: self.visit(&id),
        })
    }

    /// The invitation that a request is accepting.
    pub(super) fn enrolment(&self, request: &HttpRequest) -> Option<(Visit, Enrolment)> {
        let id = Id::of(request)?;
        let enrolment = self.look(&id, |stage| match stage {
            Stage::Enrolling(enrolment) => Some(enrolment.clone()),
            Stage::First { .. } | Stage::Member { .. } | Stage::Founding => None,
        })?;
        Some((self.visit(&id), *enrolment))
    }

    /// Whether a request is of whoever may invite the first members.
    pub(super) fn founding(&self, request: &HttpRequest) -> Option<Visit> {
        let id = Id::of(request)?;
        self.look(&id, |stage| match stage {
            Stage::Founding => Some(()),
            Stage::First { .. } | Stage::Member { .. } | Stage::Enrolling(_) => None,
        })?;
        Some(self.visit(&id))
    }

    /// Keeps the challenge that was put to a device at the second step.
    pub(super) fn put_challenge(&self, visit: &Visit, proving: Proving) {
        if let Some(kept) = self.open().get_mut(&visit.fingerprint)
            && let Stage::First { challenge, .. } = &mut kept.stage
        {
            *challenge = Some(Box::new(proving));
        }
    }

    /// Takes the challenge out: it is answered once.
    pub(super) fn take_challenge(&self, visit: &Visit) -> Option<Box<Proving>> {
        match self.open().get_mut(&visit.fingerprint)?.stage {
            Stage::First {
                ref mut challenge, ..
            } => challenge.take(),
            Stage::Member { .. } | Stage::Enrolling(_) | Stage::Founding => None,
        }
    }

    /// Notes a wrong answer at the second step; after some the first step has to be taken again.
    pub(super) fn note_wrong(&self, visit: &Visit) {
        let mut open = self.open();
        if let Some(kept) = open.get_mut(&visit.fingerprint)
            && let Stage::First { wrong, .. } = &mut kept.stage
        {
            *wrong += 1;
            if *wrong >= MOST_WRONG {
                open.remove(&visit.fingerprint);
            }
        }
    }

    /// Keeps what a member is setting up, or forgets it.
    pub(super) fn put_setup(&self, session: &Session, made: Option<Setup>) {
        if let Some(kept) = self.open().get_mut(&session.fingerprint)
            && let Stage::Member { setup, .. } = &mut kept.stage
        {
            *setup = made.map(Box::new);
        }
    }

    /// What a member is setting up.
    pub(super) fn setup(&self, session: &Session) -> Setup {
        let open = self.open();
        match open.get(&session.fingerprint).map(|kept| &kept.stage) {
            Some(Stage::Member {
                setup: Some(setup), ..
            }) => (**setup).clone(),
            Some(
                Stage::Member { setup: None, .. }
                | Stage::First { .. }
                | Stage::Enrolling(_)
                | Stage::Founding,
            )
            | None => Setup::default(),
        }
    }

    /// Where a session searches.
    pub(super) fn room(&self, session: &Session) -> Option<Arc<Room>> {
        let open = self.open();
        match open.get(&session.fingerprint).map(|kept| &kept.stage) {
            Some(Stage::Member { room, .. }) => Some(Arc::clone(room)),
            Some(Stage::First { .. } | Stage::Enrolling(_) | Stage::Founding) | None => None,
        }
    }

    /// Forgets sessions that are over, and what they hold.
    pub(super) fn forget_closed(&self) {
        let now = self.clock.now();
        self.open().retain(|_, kept| kept.is_open(now));
    }

    /// A member's sessions, the one used last first.
    pub(super) fn list(&self, session: &Session) -> Vec<Listed> {
        let now = self.clock.now();
        let open = self.open();
        let mut all: Vec<Listed> = open
            .iter()
            .filter(|(_, kept)| kept.is_open(now) && kept.is_of(session.member))
            .map(|(fingerprint, kept)| Listed {
                handle: handle(fingerprint),
                begun: kept.begun,
                used: kept.used,
                is_this: *fingerprint == session.fingerprint,
            })
            .collect();
        all.sort_by_key(|listed| std::cmp::Reverse((listed.used, listed.begun)));
        all
    }

    /// Ends one of a member's sessions; one that is not the member's stays.
    pub(super) fn end_one(&self, session: &Session, wanted: &str) {
        self.open().retain(|fingerprint, kept| {
            !(kept.is_of(session.member) && handle(fingerprint) == wanted)
        });
    }

    /// Ends every session of a member but this one.
    pub(super) fn end_others(&self, session: &Session) {
        self.open().retain(|fingerprint, kept| {
            *fingerprint == session.fingerprint || !kept.is_of(session.member)
        });
    }

    /// Ends every session of a member.
    pub(super) fn end_all_of(&self, member: MemberId) {
        self.open().retain(|_, kept| !kept.is_of(member));
    }

    /// Ends every session in which the first members are invited.
    pub(super) fn end_founding(&self) {
        self.open().retain(|_, kept| match kept.stage {
            Stage::Founding => false,
            Stage::First { .. } | Stage::Member { .. } | Stage::Enrolling(_) => true,
        });
    }

    /// Ends the session of a request, if it has one.
    pub(super) fn end(&self, request: &HttpRequest) {
        if let Some(id) = Id::of(request) {
            self.open().remove(&id.fingerprint());
        }
    }

    /// Ends every session.
    pub(super) fn end_all(&self) {
        self.open().clear();
    }

    /// Whether a token belongs to a member's session; compared in constant time.
    pub(super) fn accepts(&self, session: &Session, token: &str) -> bool {
        self.is_token(&session.fingerprint, token)
    }

    /// Whether a token belongs to a visit.
    pub(super) fn accepts_visit(&self, visit: &Visit, token: &str) -> bool {
        self.is_token(&visit.fingerprint, token)
    }

    fn is_token(&self, fingerprint: &Fingerprint, token: &str) -> bool {
        cookie::decode(token)
            .is_some_and(|tag| hmac::verify(&self.tokens, fingerprint, &tag).is_ok())
    }

    fn token(&self, fingerprint: Fingerprint) -> String {
        cookie::encode(hmac::sign(&self.tokens, &fingerprint))
    }

    fn visit(&self, id: &Id) -> Visit {
        let fingerprint = id.fingerprint();
        Visit {
            token: self.token(fingerprint),
            fingerprint,
        }
    }

    /// Takes something out of an open session, which counts as used if it is there.
    fn look<T>(&self, id: &Id, take: impl FnOnce(&Stage) -> Option<T>) -> Option<T> {
        let fingerprint = id.fingerprint();
        let now = self.clock.now();
        let mut open = self.open();
        let kept = open.get_mut(&fingerprint)?;
        if !kept.is_open(now) {
            open.remove(&fingerprint);
            return None;
        }
        let taken = take(&kept.stage)?;
        kept.used = now;
        Some(taken)
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Fingerprint, Kept>> {
        // Each change is a single step, so a panic elsewhere leaves the list sound.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The key of what the session of a request keeps to search in, which follows from the id in the cookie.
pub(super) fn search_key(request: &HttpRequest) -> Option<hmac::Key> {
    Id::of(request).map(|id| search_key::of(&id))
}

/// Names a session to its owner; says nothing of its id.
fn handle(fingerprint: &Fingerprint) -> String {
    cookie::encode(&fingerprint[..9])
}
