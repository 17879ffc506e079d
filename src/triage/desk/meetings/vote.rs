//! `POST /sesiones/{meeting}/puntos/{point}/votos` and `…/nota`: what came of a point.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::shelf::Shelf;
use domain::committee::MemberId;
use domain::complaint::LongText;
use domain::meeting::{Entered, Meeting, MeetingRefused, Point, Vote};
use store::records::RecordId;

use super::carry::at_once;
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
    let outcome = match Ballots::read(&Fields::of(&form)) {
        Ok(ballots) => enter(&desk, &member, (&meeting, &id), ballots).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, outcome)
}

/// The votes on a point, as they are entered.
pub(in crate::desk) struct Ballots {
    /// What is voted on.
    pub(in crate::desk) text: LongText,
    /// What those say who think otherwise.
    pub(in crate::desk) dissent: Option<LongText>,
    /// Id of a member and code of a vote, or [`EXCUSED`].
    pub(in crate::desk) votes: Vec<(String, String)>,
}

impl Ballots {
    fn read(fields: &Fields) -> Result<Self, Wrong> {
        let votes = fields.of_each("vote-");
        let votes = votes.map(|(id, vote)| (id.to_owned(), vote.to_owned()));
        Ok(Self {
            text: fields.long("text")?.ok_or(Wrong("text"))?,
            dissent: fields.long("dissent")?,
            votes: votes.collect(),
        })
    }
}

/// Enters them, and carries out what is carried.
pub(in crate::desk) async fn enter(
    desk: &Desk,
    member: &Member,
    (meeting, id): (&str, &str),
    ballots: Ballots,
) -> Result<String, MeetingError> {
    let (meeting, seen) = both(desk, member, meeting, id).await?;
    let entered = entered(&meeting, ballots)?;
    decide(desk, member, &meeting, &seen, |point, meeting| {
        point.vote(
            meeting,
            entered.clone(),
            |id| seen.is_kept_from(id),
            &member.roster.profiles(),
            member.actor.id,
        )
    })
    .await
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
    let text = Fields::of(&form).long("text");
    let outcome = match text.and_then(|text| text.ok_or(Wrong("text"))) {
        Ok(text) => take_note(&desk, &member, (&meeting, &id), text).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, outcome)
}

/// Takes note of it in words.
pub(in crate::desk) async fn take_note(
    desk: &Desk,
    member: &Member,
    (meeting, id): (&str, &str),
    text: LongText,
) -> Result<String, MeetingError> {
    let (meeting, seen) = both(desk, member, meeting, id).await?;
    decide(desk, member, &meeting, &seen, |point, meeting| {
        point.note(meeting, text.clone(), member.actor.id)
    })
    .await
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
fn entered(meeting: &Meeting, ballots: Ballots) -> Result<Entered, MeetingError> {
    let attendance = meeting.attendance().ok_or(MeetingRefused::NotNow)?;
    let mut entered = Entered {
        excused: BTreeSet::new(),
        stand_ins: BTreeSet::new(),
        votes: BTreeMap::new(),
        text: ballots.text,
        dissent: ballots.dissent,
    };
    for (id, vote) in ballots.votes {
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
    let point = changed.ok_or(MeetingError::None)?;
    let seen = SeenPoint {
        point,
        case: seen.case.clone(),
    };
    at_once(desk, member, &now, &seen).await;
    Ok(format!("{}#punto-{}", place(meeting.id()), seen.point.id()))
}
