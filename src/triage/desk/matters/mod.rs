//! Conflict-of-interest consultations, `/consultas`, and citizen petitions, `/peticiones`.
//!
//! Both name people, so only the Presidencia and the Secretarías open them, and each opening is in the
//! log. One whose text names its reader does not exist for that reader.

pub(super) mod list;
mod show;
mod take;

pub(super) use self::show::one;
pub(super) use self::take::{enter, enter_consultation, enter_petition, go_on, take};

use actix_web::http::StatusCode;
use committee::log::LogError;
use committee::readable::Readable;
use committee::shelf::{Shelf, ShelfError};
use domain::case::Deadline;
use domain::complaint::{LongText, ShortText};
use domain::matter::{Kind, Matter, MatterId, MatterRefused, Step};
use jiff::civil::Date;
use service::language::Texts;
use service::problem::Problem;
use store::casefiles::RunningTerm;
use store::records::RecordId;

use super::attentions::names;
use super::fields::Wrong;
use super::gate::Member;
use super::signal::{Signal, Signals};
use super::{Desk, fallback};

/// Why a consultation or petition is not shown or not changed.
#[derive(Debug, thiserror::Error)]
pub(super) enum MatterError {
    /// There is none of this id, for this member.
    #[error("there is no such consultation or petition for this member")]
    None,
    #[error(transparent)]
    Field(#[from] Wrong),
    #[error(transparent)]
    Refused(#[from] MatterRefused),
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    #[error(transparent)]
    Log(#[from] LogError),
    /// All numbers of the year are taken.
    #[error("all numbers of the year are taken")]
    Full,
}

impl MatterError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::None => (StatusCode::NOT_FOUND, "no-matter"),
            Self::Field(_) => (StatusCode::UNPROCESSABLE_ENTITY, "matter-form"),
            Self::Refused(refused) => (StatusCode::UNPROCESSABLE_ENTITY, refused.code()),
            Self::Log(error) => return fallback::not_logged(texts, error),
            Self::Shelf(_) | Self::Full => {
                tracing::error!(cause = %self, "a consultation or petition cannot be read or changed");
                return fallback::unavailable(texts);
            }
        };
        Problem::new(texts, status, code)
    }
}

/// Where those of a kind are.
const fn home(kind: Kind) -> &'static str {
    match kind {
        Kind::Consultation => "/consultas",
        Kind::Petition => "/peticiones",
    }
}

/// All that exist for a member: first what is open, the first to end first, then the newest.
pub(super) async fn all(desk: &Desk, member: &Member) -> Result<Readable<Matter>, MatterError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let mut all = shelf.readable::<Matter>().await.map_err(ShelfError::from)?;
    all.records.retain(|one| !is_about(member, one));
    all.records.sort_by_key(|one| {
        let end = one.deadline().map_or(Date::MAX, |term| term.due_on);
        let newest = std::cmp::Reverse((one.year(), one.number()));
        (one.state().is_final(), end, newest)
    });
    Ok(all)
}

/// The term that runs in one, and how near its end is.
pub(super) fn due(desk: &Desk, one: &Matter) -> Option<(Deadline, Signal)> {
    let deadline = one.deadline()?;
    let running = RunningTerm {
        deadline,
        starts_on: one.what().received_on,
    };
    let signal = Signals::on(desk.calendar(), desk.today()).of(&running);
    Some((deadline, signal))
}

/// One, for whoever reads it, which is written down first.
pub(super) async fn open(desk: &Desk, member: &Member, id: &str) -> Result<Matter, MatterError> {
    let matter = find(desk, member, id).await?;
    member.recorder(desk).matter_opened().await?;
    Ok(matter)
}

/// One, if it exists for a member.
async fn find(desk: &Desk, member: &Member, id: &str) -> Result<Matter, MatterError> {
    let id: MatterId = id.parse().map_err(|_| MatterError::None)?;
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let found = shelf.find::<Matter>(RecordId(id.0)).await?;
    found
        .filter(|one| !is_about(member, one))
        .ok_or(MatterError::None)
}

/// Whether what was written names the reader, who must not decide on it.
fn is_about(member: &Member, matter: &Matter) -> bool {
    let what = matter.what();
    let short = |text: &Option<ShortText>| {
        text.as_ref()
            .is_some_and(|text| names(member, text.expose()))
    };
    let long = |text: &LongText| names(member, text.expose());
    let steps = || {
        matter.taken().iter().any(|taken| match &taken.step {
            Step::Answer { text } | Step::Assess { text, .. } => long(text),
            Step::Ask { missing } => names(member, missing.expose()),
            Step::Complete { text } => names(member, text.expose()),
            Step::Send { letter } | Step::Tell { letter } => names(member, letter.expose()),
            Step::Lapse {} => false,
        })
    };
    long(&what.statement) || short(&what.name) || short(&what.documents) || steps()
}
