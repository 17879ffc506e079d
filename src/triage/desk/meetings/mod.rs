//! Sessions of the committee: `/sesiones` and below.
//!
//! - `list`: all of them, and calling one.
//! - `show`: one, with its agenda as far as the reader may know of the cases, and the forms of its stage;
//!   `export`: that agenda, with what came of it, as a table.
//! - `agenda`: what is proposed for it, points put on and taken off.
//! - `change`: putting it off, calling it off, who is there, closing.
//! - `vote`: what came of a point.
//! - `carry`: what was agreed on a case moves it; `moves`: how far that is, as the page shows it.
//! - `paper`: the call and the minutes, to be taken; `minutes` says what is in them.
//!
//! A point on a case exists only for those who may know of that case. So points are numbered for each
//! reader, no page counts them, and no step on the session depends on one that the reader does not see.

pub(super) mod agenda;
pub(super) mod carry;
pub(super) mod change;
pub(super) mod export;
pub(super) mod list;
mod minutes;
mod moves;
pub(super) mod paper;
pub(super) mod show;
pub(super) mod vote;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use committee::circle::Circle;
use committee::log::LogError;
use committee::readable::Readable;
use committee::shelf::{Shelf, ShelfError};
use domain::committee::{Act, MemberId, Relation, Ruling, policy};
use domain::meeting::{Meeting, MeetingId, MeetingRefused, Point, PointId};
use opening::OpenError;
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::casefiles::RegisterEntry;
use store::records::RecordId;
use zeroize::Zeroizing;

use super::fields::Wrong;
use super::gate::Member;
use super::recusals::shortage;
use super::register::RegisterError;
use super::{Desk, fallback, pass};

/// Why something about a session is not shown or not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum MeetingError {
    /// There is no such session, or no such point for this member.
    #[error("there is no such session or point for this member")]
    None,
    /// See there.
    #[error(transparent)]
    Field(#[from] Wrong),
    /// The norms do not let it.
    #[error(transparent)]
    Refused(#[from] MeetingRefused),
    /// See there.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// A point does not open.
    #[error("a point of the session does not open")]
    Damaged,
    /// See there.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be found out who may know of a case.
    #[error("the circle of a case does not open")]
    Circle(#[from] OpenError),
    /// The register cannot be read.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// It could not be written down, so it was not done.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl MeetingError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::None => Problem::new(texts, StatusCode::NOT_FOUND, "no-meeting"),
            Self::Field(Wrong(name)) => {
                tracing::debug!(reason = *name, "a field of a form is wrong");
                Problem::new(texts, StatusCode::UNPROCESSABLE_ENTITY, "meeting-form")
            }
            Self::Refused(refused) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                let mut problem = Problem::new(texts, status, refused.code());
                if let MeetingRefused::NoQuorum { why } = refused {
                    problem.detail = Some(shortage::sentences(texts, why).join(" "));
                }
                problem
            }
            Self::Damaged => Problem::new(
                texts,
                StatusCode::INTERNAL_SERVER_ERROR,
                "meeting-unreadable",
            ),
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Shelf(_) | Self::Store(_) | Self::Circle(_) | Self::Register(_) => {
                tracing::error!(cause = %self, "a session of the committee cannot be read or changed");
                fallback::unavailable(texts)
            }
        }
    }
}

/// A point that the reader may know of.
pub(super) struct SeenPoint {
    pub(super) point: Point,
    /// The case that it is on, and who may open it.
    pub(super) case: Option<(RegisterEntry, Circle)>,
}

impl SeenPoint {
    /// Whether a member may not know of the case, and so is out of the room.
    pub(super) fn is_kept_from(&self, member: MemberId) -> bool {
        let case = self.case.as_ref();
        self.point.topic().is_kept_from(member)
            || case.is_some_and(|(_, circle)| circle.relation_of(member) == Relation::Excluded)
    }
}

/// One session.
pub(super) async fn find(desk: &Desk, member: &Member, id: &str) -> Result<Meeting, MeetingError> {
    let id: MeetingId = id.parse().map_err(|_| MeetingError::None)?;
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let found = shelf.find(RecordId(id.0)).await?;
    found.ok_or(MeetingError::None)
}

/// The points that exist for a member, in the order of the agenda. Of one that does not open, nobody can say
/// for whom it exists.
pub(super) async fn points(
    desk: &Desk,
    member: &Member,
    meeting: &Meeting,
) -> Result<Readable<SeenPoint>, MeetingError> {
    let mut tried = Vec::new();
    for id in meeting.points() {
        match see(desk, member, *id).await {
            Ok(seen) => tried.extend(seen.map(Ok)),
            Err(MeetingError::Circle(error) | MeetingError::Shelf(ShelfError::Open(error))) => {
                tried.push(Err(error));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Readable::of(tried))
}

/// A point of a session, if it exists for the member.
pub(super) async fn point(
    desk: &Desk,
    member: &Member,
    meeting: &Meeting,
    id: &str,
) -> Result<SeenPoint, MeetingError> {
    let id: PointId = id.parse().map_err(|_| MeetingError::None)?;
    if !meeting.points().contains(&id) {
        return Err(MeetingError::None);
    }
    see(desk, member, id).await?.ok_or(MeetingError::None)
}

async fn see(desk: &Desk, member: &Member, id: PointId) -> Result<Option<SeenPoint>, MeetingError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let Some(point) = shelf.find::<Point>(RecordId(id.0)).await? else {
        return Ok(None);
    };
    if point.topic().is_kept_from(member.actor.id) {
        return Ok(None);
    }
    let Some(folio) = point.topic().case() else {
        return Ok(Some(SeenPoint { point, case: None }));
    };
    let Some(entry) = desk.cases.case(folio).await? else {
        return Ok(None);
    };
    let known = known(member, &entry)?;
    Ok(known.map(|circle| SeenPoint {
        point,
        case: Some((entry, circle)),
    }))
}

/// Who may open a case, if the member may know of it.
pub(super) fn known(
    member: &Member,
    entry: &RegisterEntry,
) -> Result<Option<Circle>, MeetingError> {
    let circle = pass::circle_of(member, entry)?;
    Ok(circle.filter(|circle| {
        let relation = Some(circle.relation_of(member.actor.id));
        policy::decide(&member.actor, Act::ReadRegister, relation) == Ruling::Allowed
    }))
}

/// The name of a member, for those who are none any more too.
pub(super) fn name(member: &Member, texts: &Texts, id: MemberId) -> Zeroizing<String> {
    let found = member.roster.of(id);
    found.map_or_else(
        || Zeroizing::new(texts.get("desk-log-someone")),
        |kept| kept.record.profile.name.full(),
    )
}

/// Where a session is.
pub(super) fn place(meeting: MeetingId) -> String {
    format!("/sesiones/{meeting}")
}

/// Leads to a page after something was done, or tells why it was not.
fn answer(
    desk: &Desk,
    request: &HttpRequest,
    outcome: Result<String, MeetingError>,
) -> HttpResponse {
    match outcome {
        Ok(place) => HttpResponse::SeeOther()
            .insert_header((LOCATION, place))
            .finish(),
        Err(error) => {
            let problem = error.problem(desk.texts(request));
            fallback::problem(desk, request, &problem)
        }
    }
}
