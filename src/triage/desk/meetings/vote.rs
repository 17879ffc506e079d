//! `POST /sesiones/{meeting}/puntos/{point}/votos` and `…/nota`: what came of a point.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::shelf::Shelf;
use domain::committee::MemberId;
use domain::meeting::{Entered, Meeting, MeetingRefused, Point, Vote};
use store::records::RecordId;

use super::{MeetingError, SeenPoint, answer, find, place, point};
use crate::desk::Desk;
use crate::desk::fields::{Fields, Wrong};
use crate::desk::gate::{Form, Member};

/// What is chosen for somebody who leaves the room (CHIS 34).
pub(super) const EXCUSED: &str = "EXCUSA";

/// Enters the votes on a point.
pub(in crate::desk) async fn vote(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    path: Path<(String, String)>,
    form: Form,
) -> HttpResponse {
    let (meeting, id) = path.into_inner();
    let outcome = async {
        let (meeting, seen) = both(&desk, &member, &meeting, &id).await?;
        let entered = entered(&meeting, &Fields::of(&form))?;
        decide(&desk, &member, &meeting, &seen, |point, meeting| {
            point.vote(
                meeting,
                entered.clone(),
                |id| seen.is_kept_from(id),
                &member.roster.profiles(),
                member.actor.id,
            )
        })
        .await
    };
    let outcome = outcome.await;
    answer(&desk, &request, outcome)
}

/// Enters that a point was taken note of.
pub(in crate::desk) async fn note(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    path: Path<(String, String)>,
    form: Form,
) -> HttpResponse {
    let (meeting, id) = path.into_inner();
    let outcome = async {
        let (meeting, seen) = both(&desk, &member, &meeting, &id).await?;
        let text = Fields::of(&form).long("text")?.ok_or(Wrong("text"))?;
        decide(&desk, &member, &meeting, &seen, |point, meeting| {
            point.note(meeting, text.clone(), member.actor.id)
        })
        .await
    };
    let outcome = outcome.await;
    answer(&desk, &request, outcome)
}

async fn both(
    desk: &Desk,
    member: &Member,
    meeting: &str,
    id: &str,
) -> Result<(Meeting, SeenPoint), MeetingError> {
    let meeting = find(desk, member, meeting).await?;
    let seen = point(desk, member, &meeting, id).await?;
    Ok((meeting, seen))
}

/// Reads who votes how. Whoever votes and did not come stands in for this point.
fn entered(meeting: &Meeting, fields: &Fields) -> Result<Entered, MeetingError> {
    let attendance = meeting.attendance().ok_or(MeetingRefused::NotNow)?;
    let mut entered = Entered {
        excused: BTreeSet::new(),
        stand_ins: BTreeSet::new(),
        votes: BTreeMap::new(),
        text: fields.long("text")?.ok_or(Wrong("text"))?,
        dissent: fields.long("dissent")?,
    };
    for (id, vote) in fields.of_each("vote-") {
        let id: MemberId = id.parse().map_err(|_| Wrong("vote"))?;
        if vote == EXCUSED {
            entered.excused.insert(id);
            continue;
        }
        let vote: Vote = vote.parse().map_err(|_| Wrong("vote"))?;
        if !attendance.is_seated(id) {
            entered.stand_ins.insert(id);
        }
        entered.votes.insert(id, vote);
    }
    Ok(entered)
}

/// Writes what came of a point: into the log, and then beside it, unless the session was closed meanwhile.
async fn decide(
    desk: &Desk,
    member: &Member,
    meeting: &Meeting,
    seen: &SeenPoint,
    step: impl Fn(&Point, &Meeting) -> Result<Point, MeetingRefused>,
) -> Result<String, MeetingError> {
    step(&seen.point, meeting)?;
    let recorder = member.recorder(desk);
    let case = seen.point.topic().case();
    recorder.point_decided(meeting.on(), case).await?;
    let now = find(desk, member, &meeting.id().to_string()).await?;
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let changed = shelf
        .step(RecordId(seen.point.id().0), |point: &Point| {
            Ok::<_, MeetingError>(step(point, &now)?)
        })
        .await?;
    changed.map(drop).ok_or(MeetingError::None)?;
    Ok(format!("{}#punto-{}", place(meeting.id()), seen.point.id()))
}
