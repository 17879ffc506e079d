//! What is proposed for a session, and `POST /sesiones/{meeting}/puntos` and below: what is put on its
//! agenda, and taken off.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::documents::random_id;
use committee::shelf::{Shelf, ShelfError};
use domain::case::{CaseState, Folio};
use domain::committee::MemberId;
use domain::meeting::{MatterKind, Meeting, MeetingRefused, Motion, Point, PointId, Topic};
use store::casefiles::RegisterEntry;
use store::records::RecordId;

use super::{MeetingError, SeenPoint, answer, find, known, place, point};
use crate::desk::Desk;
use crate::desk::fields::{Fields, Wrong};
use crate::desk::gate::{Form, Member};
use crate::desk::register::{Case, Eye};

/// Most cases that are proposed at once; any other can be put on by its folio.
const PROPOSED: usize = 60;

/// A case that a session may decide on.
pub(super) struct Candidate {
    pub(super) case: Arc<Case>,
    /// Whether a term of it ends by the day of the session.
    pub(super) is_due: bool,
}

/// The cases that wait for a session, and those of which a term ends by its day, the most pressing
/// first; those that the member sees on the agenda are left out.
pub(super) async fn candidates(
    desk: &Desk,
    member: &Member,
    meeting: &Meeting,
    seen: &[SeenPoint],
) -> Result<Vec<Candidate>, MeetingError> {
    let on_agenda: BTreeSet<Folio> = seen
        .iter()
        .filter_map(|one| one.point.topic().case())
        .collect();
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let eye = Eye::of(member);
    let due = |entry: &RegisterEntry| {
        let term = entry.terms.first();
        term.is_some_and(|term| term.deadline.due_on <= meeting.on())
    };
    let belongs = |entry: &RegisterEntry| {
        let waits = [CaseState::InAnalysis, CaseState::InDetermination].contains(&entry.state);
        let decidable = Motion::on(entry.state).any(|motion| motion.moves().is_some());
        (waits || (decidable && due(entry))) && !on_agenda.contains(&entry.folio)
    };
    let mut found: Vec<&Arc<Case>> = register
        .cases()
        .filter(|case| belongs(&case.entry) && eye.knows(case))
        .collect();
    let end = |entry: &RegisterEntry| entry.terms.first().map(|term| term.deadline.due_on);
    found.sort_by_key(|case| {
        let end = end(&case.entry);
        (end.is_none(), end, case.entry.folio)
    });
    found.truncate(PROPOSED);
    let candidate = |case: &Arc<Case>| Candidate {
        is_due: due(&case.entry),
        case: Arc::clone(case),
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// Puts cases, or something else, on the agenda.
pub(in crate::desk) async fn add(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let added = match read(&Fields::of(&form)) {
        Ok(topics) => put(&desk, &member, &meeting, topics).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, added)
}

fn read(fields: &Fields) -> Result<Vec<Topic>, Wrong> {
    let mut topics = Vec::new();
    for folio in fields.all("case") {
        let folio: Folio = folio.parse().map_err(|_| Wrong("case"))?;
        let chosen = format!("motion-{folio}");
        let motion = fields.one(&chosen).or_else(|| fields.one("motion"));
        let motion: Motion = motion
            .and_then(|motion| motion.parse().ok())
            .ok_or(Wrong("motion"))?;
        topics.push(Topic::Case { folio, motion });
    }
    if let Some(title) = fields.short("title")? {
        topics.push(Topic::Matter {
            matter: fields.needed::<MatterKind>("matter")?,
            title,
            kept_from: kept_from(fields)?,
        });
    }
    if topics.is_empty() {
        return Err(Wrong("case"));
    }
    Ok(topics)
}

/// Puts points on the agenda, all of them or, if one cannot be, none.
pub(in crate::desk) async fn put(
    desk: &Desk,
    member: &Member,
    meeting: &str,
    topics: Vec<Topic>,
) -> Result<String, MeetingError> {
    let meeting = find(desk, member, meeting).await?;
    for topic in &topics {
        if let Topic::Case { folio, motion } = topic {
            on_case(desk, member, *folio, *motion).await?;
        }
    }
    for topic in topics {
        keep(desk, member, &meeting, topic).await?;
    }
    Ok(format!("{}#orden", place(meeting.id())))
}

fn kept_from(fields: &Fields) -> Result<BTreeSet<MemberId>, Wrong> {
    let all = fields.all("kept_from");
    all.map(|id| id.parse().map_err(|_| Wrong("kept_from")))
        .collect()
}

/// A case that the member may know of, and that stands where this can be decided.
async fn on_case(
    desk: &Desk,
    member: &Member,
    folio: Folio,
    motion: Motion,
) -> Result<(), MeetingError> {
    // A case that does not exist for the member is answered as one that does not exist.
    let none = MeetingError::Field(Wrong("case"));
    let Some(entry) = desk.cases.case(folio).await? else {
        return Err(none);
    };
    if known(member, &entry)?.is_none() {
        return Err(none);
    }
    if !Motion::on(entry.state).any(|one| one == motion) {
        return Err(Wrong("motion").into());
    }
    Ok(())
}

async fn keep(
    desk: &Desk,
    member: &Member,
    meeting: &Meeting,
    topic: Topic,
) -> Result<(), MeetingError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let id = PointId(random_id(member.keyring.rng()).map_err(ShelfError::from)?);
    // Before anything is written.
    meeting.with_point(id, &topic)?;
    let point = Point::new(id, meeting.id(), topic, member.actor.id, desk.today());
    shelf.add(&point).await?;
    let step = |meeting: &Meeting| -> Result<Meeting, MeetingError> {
        Ok(meeting.with_point(id, point.topic())?)
    };
    let changed = shelf.step(RecordId(meeting.id().0), step).await?;
    changed.map(drop).ok_or(MeetingError::None)
}

/// Takes a point off the agenda.
pub(in crate::desk) async fn remove(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (meeting, id) = path.into_inner();
    let taken = take_off(&desk, &member, &meeting, &id).await;
    answer(&desk, &request, taken)
}

/// Takes one off.
pub(in crate::desk) async fn take_off(
    desk: &Desk,
    member: &Member,
    meeting: &str,
    id: &str,
) -> Result<String, MeetingError> {
    let meeting = find(desk, member, meeting).await?;
    let seen = point(desk, member, &meeting, id).await?;
    if seen.point.outcome().is_some() {
        return Err(MeetingRefused::DecidedBefore.into());
    }
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let step = |meeting: &Meeting| -> Result<Meeting, MeetingError> {
        Ok(meeting.without_point(seen.point.id())?)
    };
    let changed = shelf.step(RecordId(meeting.id().0), step).await?;
    changed.map(drop).ok_or(MeetingError::None)?;
    Ok(format!("{}#orden", place(meeting.id())))
}
