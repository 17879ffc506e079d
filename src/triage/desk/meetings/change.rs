//! What happens to a session as a whole: putting it off, calling it off, who is there, closing.

use std::collections::BTreeSet;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::shelf::Shelf;
use domain::committee::MemberId;
use domain::complaint::{LongText, ShortText};
use domain::meeting::{Attendance, Meeting};
use jiff::civil::Date;
use store::records::RecordId;

use super::carry::all_at_once;
use super::{MeetingError, answer, find, place};
use crate::desk::Desk;
use crate::desk::fields::{Fields, Wrong};
use crate::desk::gate::{Form, Member};

/// Puts a session off, for want of a quorum.
pub(in crate::desk) async fn postpone(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let outcome = match Fields::of(&form).needed("to") {
        Ok(to) => put_off(&desk, &member, &meeting, to).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, outcome)
}

/// Puts it off to a day.
pub(in crate::desk) async fn put_off(
    desk: &Desk,
    member: &Member,
    meeting: &str,
    to: Date,
) -> Result<String, MeetingError> {
    let (by, today) = (member.actor.id, desk.today());
    let kept = find(desk, member, meeting).await?;
    kept.postpone(to, by, today, &desk.calendar())?;
    member.recorder(desk).meeting_moved(to).await?;
    change(desk, member, &kept, |one| {
        Ok(one.postpone(to, by, today, &desk.calendar())?)
    })
    .await
}

/// Calls a session off.
pub(in crate::desk) async fn cancel(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let reason = Fields::of(&form).short("reason");
    let outcome = match reason.and_then(|reason| reason.ok_or(Wrong("reason"))) {
        Ok(reason) => call_off(&desk, &member, &meeting, &reason).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, outcome)
}

/// Calls it off for a reason.
pub(in crate::desk) async fn call_off(
    desk: &Desk,
    member: &Member,
    meeting: &str,
    reason: &ShortText,
) -> Result<String, MeetingError> {
    let (by, today) = (member.actor.id, desk.today());
    let kept = find(desk, member, meeting).await?;
    kept.cancel(reason.clone(), by, today)?;
    member.recorder(desk).meeting_moved(kept.on()).await?;
    change(desk, member, &kept, |one| {
        Ok(one.cancel(reason.clone(), by, today)?)
    })
    .await
}

/// Enters who is there; with a quorum the session is held from then on.
pub(in crate::desk) async fn attend(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let fields = Fields::of(&form);
    let present = fields.all("present").map(str::parse::<MemberId>);
    let outcome = match present.collect::<Result<BTreeSet<_>, _>>() {
        Ok(present) => hold(&desk, &member, &meeting, &present).await,
        Err(_) => Err(Wrong("present").into()),
    };
    answer(&desk, &request, outcome)
}

/// Enters these as those who are there.
pub(in crate::desk) async fn hold(
    desk: &Desk,
    member: &Member,
    meeting: &str,
    present: &BTreeSet<MemberId>,
) -> Result<String, MeetingError> {
    let kept = find(desk, member, meeting).await?;
    let (by, today, members) = (member.actor.id, desk.today(), member.roster.profiles());
    let there = Attendance::of(present, &members, kept.on())?;
    kept.hold(there.clone(), &members, by, today)?;
    let seats = u32::try_from(there.seated().len()).unwrap_or(u32::MAX);
    let recorder = member.recorder(desk);
    recorder.meeting_held(kept.on(), seats).await?;
    change(desk, member, &kept, |one| {
        Ok(one.hold(there.clone(), &members, by, today)?)
    })
    .await
}

/// Closes a session: what was not voted on is put off.
pub(in crate::desk) async fn close(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let outcome = match Fields::of(&form).long("remarks") {
        Ok(remarks) => end(&desk, &member, &meeting, remarks).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, outcome)
}

/// Closes it, and carries out what was agreed and has not moved its case yet.
pub(in crate::desk) async fn end(
    desk: &Desk,
    member: &Member,
    meeting: &str,
    remarks: Option<LongText>,
) -> Result<String, MeetingError> {
    let (by, today) = (member.actor.id, desk.today());
    let kept = find(desk, member, meeting).await?;
    kept.close(remarks.clone(), by, today)?;
    member.recorder(desk).meeting_closed(kept.on()).await?;
    change(desk, member, &kept, |one| {
        Ok(one.close(remarks.clone(), by, today)?)
    })
    .await?;
    all_at_once(desk, member, &kept).await?;
    Ok(place(kept.id()))
}

async fn change(
    desk: &Desk,
    member: &Member,
    meeting: &Meeting,
    step: impl Fn(&Meeting) -> Result<Meeting, MeetingError>,
) -> Result<String, MeetingError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let changed = shelf.step(RecordId(meeting.id().0), step).await?;
    changed.map(drop).ok_or(MeetingError::None)?;
    Ok(place(meeting.id()))
}
