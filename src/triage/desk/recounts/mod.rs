//! `/calendario/plazos`: running terms that come out otherwise by the calendar and the terms as they are
//! now, over all cases that the member may open, and taking them over.
//!
//! Nothing changes by looking. What is taken over is what was shown: the form carries a digest of it, and
//! if anything came out otherwise meanwhile, nothing is done and the list is shown anew. Each case gets a
//! step of its own, with the reason, as if it had been taken over there.

mod page;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::course;
use domain::case::Folio;
use domain::committee::{Act, Relation, Ruling, policy};
use domain::complaint::{LongText, SecretText};
use domain::procedure::{Course, Move, Recounted, Rules, Step};
use opening::OpenError;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;

use super::gate::{Form, Member};
use super::pass::{self, NoPass};
use super::procedure::make::{StepError, make};
use super::sign_in::to;
use super::{Desk, case, fallback, logbook};

/// Where the list is.
pub(super) const HERE: &str = "/calendario/plazos";

/// A case with terms that come out otherwise.
pub(super) struct Changed {
    pub(super) folio: Folio,
    pub(super) changes: Vec<Recounted>,
}

#[derive(Deserialize)]
struct Typed {
    shown: String,
    #[serde(default)]
    reason: String,
}

/// Why the list is not shown, or nothing was taken over.
#[derive(Debug, thiserror::Error)]
enum Refused {
    /// The form is not one of ours.
    #[error("not the form of terms counted anew")]
    Form,
    /// Nobody says why.
    #[error("no reason is given")]
    Reason,
    /// What would change is not what was shown.
    #[error("terms come out otherwise than was shown")]
    Outdated,
    /// See there.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// How a case stands does not open.
    #[error("how a case stands in the procedure does not open")]
    Open(#[from] OpenError),
    /// See there.
    #[error(transparent)]
    Pass(#[from] NoPass),
    /// See there.
    #[error(transparent)]
    Step(#[from] StepError),
}

impl Refused {
    fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::Form => (StatusCode::BAD_REQUEST, "not-form"),
            Self::Reason => (StatusCode::UNPROCESSABLE_ENTITY, "recount-reason"),
            Self::Outdated => (StatusCode::CONFLICT, "recount-outdated"),
            Self::Step(error) => return error.problem(texts),
            Self::Store(_) | Self::Open(_) | Self::Pass(_) => {
                tracing::error!(cause = %self, "terms cannot be counted anew");
                return fallback::unavailable(texts);
            }
        };
        Problem::new(texts, status, code)
    }
}

/// The list.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    answer(&desk, &request, &member, None).await
}

async fn answer(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    problem: Option<&Problem>,
) -> HttpResponse {
    match changed(desk, member).await {
        Ok(all) => page::page(desk, request, member, &all, problem),
        Err(error) => fallback::problem(desk, request, &error.problem(desk.texts(request))),
    }
}

/// Takes over all of what was shown.
pub(super) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    match take_over(&desk, &member, &form).await {
        Ok(()) => to(HERE),
        Err(error) => {
            let problem = error.problem(desk.texts(&request));
            answer(&desk, &request, &member, Some(&problem)).await
        }
    }
}

async fn take_over(desk: &Desk, member: &Member, form: &Form) -> Result<(), Refused> {
    let typed: Typed = form.parse().ok_or(Refused::Form)?;
    let reason = LongText::parse(SecretText::from(typed.reason)).map_err(|_| Refused::Reason)?;
    let all = changed(desk, member).await?;
    if seen(&all) != typed.shown {
        return Err(Refused::Outdated);
    }
    for Changed { folio, changes } in all {
        let path = format!("/casos/{folio}");
        let Some(pass) = pass::ask(desk, member, Act::TakeStep, &path).await? else {
            continue;
        };
        let dossier = case::find(desk, member, &pass)
            .await
            .map_err(StepError::from)?;
        let step = Step::from(Move::Recount {
            changes,
            reason: reason.clone(),
        });
        make(desk, member, &dossier, &step).await?;
    }
    Ok(())
}

/// The cases that this member may open in which something would change, by folio.
async fn changed(desk: &Desk, member: &Member) -> Result<Vec<Changed>, Refused> {
    let calendar = desk.calendar();
    let rules = Rules {
        calendar: &calendar,
    };
    let mut found = Vec::new();
    for entry in desk.cases.register(None).await? {
        // Where no term runs, none comes out otherwise.
        if entry.terms.is_empty() {
            continue;
        }
        let relation =
            pass::circle_of(member, &entry)?.map(|circle| circle.relation_of(member.actor.id));
        if relation != Some(Relation::Entitled) || !may_read(member) {
            continue;
        }
        let Some(handle) = desk.cases.handle(entry.id).await? else {
            continue;
        };
        let course: Course = course::open(&member.keyring, &handle, &entry)?;
        let changes = course.recount(&rules);
        if !changes.is_empty() {
            let folio = entry.folio;
            found.push(Changed { folio, changes });
        }
    }
    found.sort_by_key(|one| one.folio.to_string());
    Ok(found)
}

fn may_read(member: &Member) -> bool {
    let ruling = policy::decide(&member.actor, Act::ReadCase, Some(Relation::Entitled));
    ruling == Ruling::Allowed
}

/// What the form carries of what was shown.
fn seen(all: &[Changed]) -> String {
    let lines = all
        .iter()
        .map(|one| format!("{} {:?}\n", one.folio, one.changes));
    let text: Vec<String> = lines.collect();
    let text = text.concat();
    logbook::hex(digest(&SHA256, text.as_bytes()).as_ref())
}
