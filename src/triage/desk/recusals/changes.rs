//! Declaring an own conflict, pointing out another's, taking one back, and letting one more member in:
//! what pages (`POST /casos/{folio}/excusas/…`) and interface share, and the pages.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::access::{AccessError, Stated, Statement};
use committee::acts::{Asked, Book, CaseRef, Draft, Reason, Who};
use domain::committee::{Ground, MemberId};
use domain::complaint::SecretText;
use serde::Deserialize;

use super::RecusalError;
use super::view::{can_be_let_in, may_know};
use crate::desk::copies;
use crate::desk::gate::{Form, Member};
use crate::desk::list;
use crate::desk::pass::CasePass;
use crate::desk::{Desk, fallback};

/// What is said about who may see a case, as it came from outside.
#[derive(Deserialize)]
pub(in crate::desk) struct Said {
    /// Id of the member whom it is about, unless it is oneself.
    pub(in crate::desk) member: Option<String>,
    /// Why.
    pub(in crate::desk) reason: Option<SecretText>,
}

fn read(form: &Form) -> Result<Said, RecusalError> {
    form.parse().ok_or(RecusalError::Form)
}

/// Says that oneself has a conflict (LGRA 58). From then on the case does not exist for the member.
pub(in crate::desk) async fn declare(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    form: Form,
) -> HttpResponse {
    let outcome = async { take_declaration(&desk, &member, &pass, read(&form)?).await };
    let outcome = outcome.await;
    answer(&desk, &request, outcome, || {
        list::AFTER_DECLARING.to_owned()
    })
}

/// Keeps the member who says so out of the case.
pub(in crate::desk) async fn take_declaration(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    said: Said,
) -> Result<(), RecusalError> {
    let reason = parse_reason(said.reason)?;
    let me = member.actor.id;
    let whom = [(me, Ground::Declared)];
    if !member.access.could_exclude(pass.entry.id, &whom).await? {
        return Err(AccessError::NobodyLeft.into());
    }
    let recorder = member.recorder(desk);
    recorder.conflict_declared(pass.entry.folio).await?;
    let told = Statement {
        what: Stated::Declared,
        about: me,
        by: me,
        decided_by: None,
        reason,
    };
    member.access.exclude(pass.entry.id, &whom, told).await?;
    Ok(())
}

/// Points out that another has a conflict (CHIS 34); a third decides.
pub(in crate::desk) async fn propose(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    form: Form,
) -> HttpResponse {
    let outcome = async { take_proposal(&desk, &member, &pass, read(&form)?).await };
    let outcome = outcome.await;
    answer(&desk, &request, outcome, || done(&pass, "propuesta"))
}

/// Asks another to decide that a member has a conflict.
pub(in crate::desk) async fn take_proposal(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    said: Said,
) -> Result<(), RecusalError> {
    let (about, reason) = about(member, said)?;
    let kept_out = pass.circle.excluded().iter().any(|one| one.member == about);
    if kept_out && may_know(member, pass.relation) {
        return Err(RecusalError::Whom);
    }
    let what = Asked::Recuse {
        case: CaseRef::new(pass.entry.id, pass.entry.folio),
        member: about,
    };
    ask(desk, member, pass, what, reason).await
}

/// Asks to let a member in again, a namesake or a mistake; another decides.
pub(in crate::desk) async fn lift(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    form: Form,
) -> HttpResponse {
    let outcome = async { take_lifting(&desk, &member, &pass, read(&form)?).await };
    let outcome = outcome.await;
    answer(&desk, &request, outcome, || done(&pass, "levantar"))
}

/// Asks another to decide that a member has none after all, or gets back what two took.
pub(in crate::desk) async fn take_lifting(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    said: Said,
) -> Result<(), RecusalError> {
    let (about, reason) = about(member, said)?;
    if !pass.circle.is_kept_out(about) && !pass.circle.is_withdrawn(about) {
        return Err(RecusalError::Whom);
    }
    let what = Asked::LiftRecusal {
        case: CaseRef::new(pass.entry.id, pass.entry.folio),
        member: about,
    };
    ask(desk, member, pass, what, reason).await
}

async fn ask(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    what: Asked,
    reason: Reason,
) -> Result<(), RecusalError> {
    let book = Book::new(&*desk.cases, &member.keyring);
    let who = Who {
        actor: &member.actor,
        relation: Some(pass.relation),
    };
    match book.draft(what, who, reason, desk.clock.now()).await? {
        // Answered alike: whoever asks does not learn that another did.
        Draft::Before(_) => {}
        Draft::New(act) => {
            let recorder = member.recorder(desk);
            match (&act.what, act.what.about()) {
                (Asked::Recuse { case, .. }, Some(about)) => {
                    recorder.recusal_proposed(case.folio, about).await?;
                }
                (what, _) => recorder.act_proposed(what.proposed()).await?,
            }
            book.add(*act).await?;
        }
    }
    Ok(())
}

/// Lets one more member open the case, looked at first for a conflict.
pub(in crate::desk) async fn share(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    form: Form,
) -> HttpResponse {
    let outcome = async { take_sharing(&desk, &member, &pass, read(&form)?).await };
    let outcome = outcome.await;
    answer(&desk, &request, outcome, || done(&pass, "compartido"))
}

/// Gives one more member a copy of the key.
pub(in crate::desk) async fn take_sharing(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    said: Said,
) -> Result<(), RecusalError> {
    let with = find(member, said.member)?;
    let (access, case) = (&member.access, pass.entry.id);
    // Whoever came meanwhile is looked at before anything is said about them.
    let (keys, circle) = copies::settled(desk, member, &pass.entry).await?;
    if circle.is_kept_out(with) {
        return Err(RecusalError::KeptOut);
    }
    if circle.is_withdrawn(with) {
        return Err(RecusalError::Withdrawn);
    }
    if access.people.key(with).is_none() {
        return Err(RecusalError::NoKey);
    }
    if can_be_let_in(member, &circle, with) {
        let recorder = member.recorder(desk);
        recorder.case_shared(pass.entry.folio, with).await?;
    }
    if access.share(case, &keys, with).await? {
        Ok(())
    } else {
        Err(RecusalError::KeptOut)
    }
}

/// The member whom it is about, another than whoever says it, and why.
fn about(member: &Member, said: Said) -> Result<(MemberId, Reason), RecusalError> {
    let Said {
        member: about,
        reason,
    } = said;
    let about = find(member, about)?;
    if about == member.actor.id {
        return Err(RecusalError::Whom);
    }
    Ok((about, parse_reason(reason)?))
}

fn find(member: &Member, id: Option<String>) -> Result<MemberId, RecusalError> {
    let id: Option<MemberId> = id.and_then(|id| id.parse().ok());
    id.filter(|id| member.access.people.has(*id))
        .ok_or(RecusalError::Whom)
}

fn parse_reason(reason: Option<SecretText>) -> Result<Reason, RecusalError> {
    Reason::parse(reason.unwrap_or_default()).map_err(RecusalError::Reason)
}

fn done(pass: &CasePass, what: &str) -> String {
    format!("/casos/{}/excusas?{what}", pass.entry.folio)
}

fn answer(
    desk: &Desk,
    request: &HttpRequest,
    outcome: Result<(), RecusalError>,
    place: impl FnOnce() -> String,
) -> HttpResponse {
    match outcome {
        Ok(()) => HttpResponse::SeeOther()
            .insert_header((LOCATION, place()))
            .finish(),
        Err(error) => {
            let problem = error.problem(desk.texts(request));
            fallback::problem(desk, request, &problem)
        }
    }
}
