//! `/calendario/plazos`: running terms that come out otherwise by the calendar and the terms as they are
//! now, over all cases that the member may open, and taking them over; `/calendario/plazos.csv`: the same as a
//! table.
//!
//! Nothing changes by looking. What is taken over is what was shown: the form carries a digest of it, and
//! if anything came out otherwise meanwhile, nothing is done and the list is shown anew. Each case gets a
//! step of its own, with the reason, as if it had been taken over there.

mod page;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::case::Folio;
use domain::committee::Act;
use domain::complaint::{LongText, SecretText};
use domain::procedure::{Move, Recounted, Rules, Step};
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::gate::{Form, Member};
use super::pass::{self, NoPass};
use super::procedure::make::{StepError, make};
use super::register::{Eye, RegisterError};
use super::sign_in::to;
use super::table;
use super::{Desk, case, fallback, logbook};

/// Where the list is.
pub(super) const HERE: &str = "/calendario/plazos";

/// A case with terms that come out otherwise.
pub(super) struct Changed {
    pub(super) folio: Folio,
    pub(super) changes: Vec<Recounted>,
}

/// What came of looking at the cases, by folio.
#[derive(Default)]
pub(super) struct Recounts {
    /// In which something would change.
    changed: Vec<Changed>,
    /// Of which nobody can say.
    damaged: Vec<Folio>,
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
    Register(#[from] RegisterError),
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
            Self::Register(_) | Self::Pass(_) => {
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
    match recounts(desk, member).await {
        Ok(all) => page::page(desk, request, member, &all, problem),
        Err(error) => {
            let problem = Refused::from(error).problem(desk.texts(request));
            fallback::problem(desk, request, &problem)
        }
    }
}

/// The list as a table, a line for each term.
pub(super) async fn export(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let all = recounts(&desk, &member).await.map_err(Refused::from);
    let table = all.map(|all| page::table(texts, &all));
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
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
    let all = recounts(desk, member).await?.changed;
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

/// Looks at the cases that this member may open.
async fn recounts(desk: &Desk, member: &Member) -> Result<Recounts, RegisterError> {
    let calendar = desk.calendar();
    let rules = Rules {
        calendar: &calendar,
    };
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let eye = Eye::of(member);
    let mut found = Recounts::default();
    for case in register.cases() {
        // Where no term runs, none comes out otherwise.
        if case.entry.terms.is_empty() || !eye.reads(case) {
            continue;
        }
        let folio = case.entry.folio;
        if case.is_damaged() {
            found.damaged.push(folio);
            continue;
        }
        let changes = Recounted::of(&*case.running(), &rules);
        if !changes.is_empty() {
            found.changed.push(Changed { folio, changes });
        }
    }
    found.changed.sort_by_key(|one| one.folio);
    found.damaged.sort_unstable();
    Ok(found)
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
