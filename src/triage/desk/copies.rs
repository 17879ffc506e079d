//! `POST /copias`: giving copies of keys to members who are entitled and have none.
//!
//! Whoever joined later, or made a new key after losing the old one, can open a case only after somebody
//! who can has opened it: the service alone has no key to give. Opening a case does it for that case; this
//! does it for as many as one request may take.

use std::sync::Arc;

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::access::{AccessError, CaseKeys, Settled};
use committee::acts::CaseRef;
use committee::circle::Circle;
use committee::log::LogError;
use committee::members::{Roster, RosterError};
use domain::case::Folio;
use domain::committee::Relation;
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::casefiles::RegisterEntry;

use super::gate::Member;
use super::register::{Eye, RegisterError};
use super::{Desk, fallback};

/// Cases that one request looks at: a few seconds.
const AT_ONCE: usize = 500;
/// How often a case is opened that gets a new key meanwhile.
const TRIES: usize = 4;

/// Why copies were not given.
#[derive(Debug, thiserror::Error)]
enum CopiesError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Access(#[from] AccessError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Roster(#[from] RosterError),
}

/// Why a case was not opened, with what is due in it.
#[derive(Debug, thiserror::Error)]
pub(super) enum SettleError {
    /// The member has no copy of its key yet, the case is not theirs, or something of it does not open.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// What was done in it cannot be written down.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl From<SettleError> for CopiesError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Access(error) => Self::Access(error),
            SettleError::Log(error) => Self::Log(error),
        }
    }
}

impl CopiesError {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Store(_) | Self::Register(_) | Self::Access(_) | Self::Roster(_) => {
                tracing::error!(cause = %self, "copies of keys were not given");
                fallback::unavailable(texts)
            }
        }
    }
}

/// Whether a case with this circle waits for this member to give copies of its key.
pub(super) fn waits(member: &Member, circle: &Circle) -> bool {
    has_copy(member, circle)
        && (circle.owes_copies(|other| member.access.people.key(other))
            || has_newcomers(member, circle))
}

fn has_copy(member: &Member, circle: &Circle) -> bool {
    let key = member.key.recipient().key_id();
    circle.relation_of(member.actor.id) == Relation::Entitled
        && circle
            .entitled()
            .iter()
            .any(|one| one.member == member.actor.id && one.key == Some(key))
}

/// Whether nobody has looked yet whether a member, as they are now, may know of the case.
fn has_newcomers(member: &Member, circle: &Circle) -> bool {
    let mut people = member.access.people.profiles().iter();
    people.any(|profile| !circle.knows(profile.id) || !circle.has_looked_at(profile))
}

/// Gives them.
pub(super) async fn give(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    match give_all(&desk, &member).await {
        Ok(()) => HttpResponse::SeeOther()
            .insert_header((LOCATION, "/"))
            .finish(),
        Err(error) => fallback::problem(&desk, &request, &error.problem(desk.texts(&request))),
    }
}

async fn give_all(desk: &Desk, member: &Member) -> Result<(), CopiesError> {
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let eye = Eye::of(member);
    let waiting = register.cases().filter(|case| eye.owes_copies(case));
    for case in waiting.take(AT_ONCE) {
        let recorder = member.recorder(desk);
        recorder.case_opened(case.entry.folio).await?;
        match settled(desk, member, &case.entry).await {
            // Not theirs to give, or theirs no more.
            Ok(_) | Err(SettleError::Access(AccessError::NoCopy | AccessError::Unknown)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The keys of a case that a member opens, and its circle, after what was due in it: a member who was
/// found to be one whom it is about, and be it the one who opens it, is kept out before anything is shown.
///
/// # Errors
/// [`AccessError::NoCopy`], [`AccessError::Unknown`] if the case is not for this member any more. Otherwise
/// see [`SettleError`].
pub(super) async fn settled(
    desk: &Desk,
    member: &Member,
    case: &RegisterEntry,
) -> Result<(CaseKeys, Circle), SettleError> {
    for _ in 0..TRIES {
        let keys = member.access.keys(case.id, &member.key).await?;
        if !keys.are_whole() {
            return Err(AccessError::NoCopy.into());
        }
        let settled = member.access.settle(case.id, &keys).await?;
        note(desk, member, case.folio, &settled).await?;
        let circle = member.access.circle(case.id).await?;
        if circle.relation_of(member.actor.id) != Relation::Entitled {
            return Err(AccessError::Unknown.into());
        }
        if !settled.rekeyed {
            return Ok((keys, circle));
        }
    }
    Err(AccessError::Contended.into())
}

/// Looks all cases that a member can open through again, after the members were changed. What it does not
/// come to is done by whoever opens the cases.
pub(super) async fn look_again(desk: &Desk, member: &Member) {
    let looked = async {
        let roster = Roster::load(&*desk.cases, &member.keyring).await?;
        let mut now = member.clone();
        now.access.people = Arc::new(roster.people(desk.today()));
        now.roster = Arc::new(roster);
        give_all(desk, &now).await
    };
    if let Err(error) = looked.await {
        tracing::error!(cause = %error, "the cases were not all looked through again");
    }
}

/// Seals what is older in a case to its newest key, now that somebody lost it by an act of two members:
/// whoever agreed can open it. When it cannot be done, the next who opens the case does it.
pub(super) async fn take_from_whoever_lost_it(desk: &Desk, member: &Member, case: CaseRef) {
    let outcome: Result<(), CopiesError> = async {
        if let Some(case) = desk.cases.case(case.folio).await? {
            member.recorder(desk).case_opened(case.folio).await?;
            settled(desk, member, &case).await?;
        }
        Ok(())
    }
    .await;
    if let Err(error) = outcome {
        tracing::warn!(cause = %error, "older documents of a case are not sealed anew yet");
    }
}

/// Writes down what was done in a case on the occasion of its opening. It is written after, since
/// what is found is known only then; whoever is kept out by it could open nothing before.
pub(super) async fn note(
    desk: &Desk,
    member: &Member,
    case: Folio,
    settled: &Settled,
) -> Result<(), LogError> {
    let recorder = member.recorder(desk);
    for (whom, ground) in &settled.kept_out {
        recorder.conflict_found(case, *whom, *ground).await?;
    }
    for whom in &settled.unseated {
        recorder.case_rotated(case, Some(*whom)).await?;
    }
    if settled.copies > 0 {
        recorder.copies_given(case, settled.copies).await?;
    }
    Ok(())
}
