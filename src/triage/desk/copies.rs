//! `POST /copias`: giving copies of keys to members who are entitled and have none.
//!
//! Whoever joined later, or made a new key after losing the old one, can open a case only after somebody
//! who can has opened it: the service alone has no key to give. Opening a case does it for that case; this
//! does it for as many as one request may take.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::access::{AccessError, Settled};
use committee::circle::Circle;
use committee::log::LogError;
use domain::case::Folio;
use domain::committee::Relation;
use opening::OpenError;
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::casefiles::RegisterEntry;

use super::gate::Member;
use super::pass::circle_of;
use super::{Desk, fallback};

/// Cases that one request looks at: a few seconds.
const AT_ONCE: usize = 500;

/// Why copies were not given.
#[derive(Debug, thiserror::Error)]
enum CopiesError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Circle(#[from] OpenError),
    #[error(transparent)]
    Access(#[from] AccessError),
    #[error(transparent)]
    Log(#[from] LogError),
}

impl CopiesError {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Store(_) | Self::Circle(_) | Self::Access(_) => {
                tracing::error!(cause = %self, "copies of keys were not given");
                fallback::unavailable(texts)
            }
        }
    }
}

/// How many cases wait for this member to give copies.
pub(super) fn waiting(member: &Member, register: &[RegisterEntry]) -> Result<usize, OpenError> {
    let mut waiting = 0;
    for entry in register {
        waiting += usize::from(waits(member, entry)?);
    }
    Ok(waiting)
}

fn waits(member: &Member, entry: &RegisterEntry) -> Result<bool, OpenError> {
    Ok(circle_of(member, entry)?.is_some_and(|circle| {
        has_copy(member, &circle)
            && (circle.owes_copies(|other| member.access.people.key(other))
                || has_newcomers(member, &circle))
    }))
}

fn has_copy(member: &Member, circle: &Circle) -> bool {
    let key = member.key.recipient().key_id();
    circle.relation_of(member.actor.id) == Relation::Entitled
        && circle
            .entitled()
            .iter()
            .any(|one| one.member == member.actor.id && one.key == Some(key))
}

/// Whether nobody has looked yet whether a member may know of the case.
fn has_newcomers(member: &Member, circle: &Circle) -> bool {
    let mut people = member.access.people.profiles().iter();
    people.any(|profile| !circle.knows(profile.id))
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
    let mut given = 0;
    for entry in desk.cases.register(None).await? {
        if given == AT_ONCE {
            break;
        }
        if !waits(member, &entry)? {
            continue;
        }
        let keys = member.access.keys(entry.id, &member.key).await?;
        if !keys.are_whole() {
            continue;
        }
        let recorder = member.recorder(desk);
        recorder.case_opened(entry.folio).await?;
        let settled = member.access.settle(entry.id, &keys).await?;
        note(desk, member, entry.folio, &settled).await?;
        given += 1;
    }
    Ok(())
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
    if settled.copies > 0 {
        recorder.copies_given(case, settled.copies).await?;
    }
    Ok(())
}
