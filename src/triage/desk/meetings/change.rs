//! What happens to a session as a whole: putting it off, calling it off, who is there, closing.

use std::collections::BTreeSet;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::shelf::Shelf;
use domain::committee::MemberId;
use domain::meeting::{Attendance, Meeting};
use store::records::RecordId;

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
    let outcome = async {
        let to = Fields::of(&form).needed("to")?;
        let (by, today) = (member.actor.id, desk.today());
        let kept = find(&desk, &member, &meeting).await?;
        kept.postpone(to, by, today, &desk.calendar())?;
        member.recorder(&desk).meeting_moved(to).await?;
        change(&desk, &member, &kept, |one| {
            Ok(one.postpone(to, by, today, &desk.calendar())?)
        })
        .await
    };
    let outcome = outcome.await;
    answer(&desk, &request, outcome)
}

/// Calls a session off.
pub(in crate::desk) async fn cancel(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let outcome = async {
        let reason = Fields::of(&form).short("reason")?.ok_or(Wrong("reason"))?;
        let (by, today) = (member.actor.id, desk.today());
        let kept = find(&desk, &member, &meeting).await?;
        kept.cancel(reason.clone(), by, today)?;
        member.recorder(&desk).meeting_moved(kept.on()).await?;
        change(&desk, &member, &kept, |one| {
            Ok(one.cancel(reason.clone(), by, today)?)
        })
        .await
    };
    let outcome = outcome.await;
    answer(&desk, &request, outcome)
}

/// Enters who is there; with a quorum the session is held from then on.
pub(in crate::desk) async fn attend(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let outcome = async {
        let fields = Fields::of(&form);
        let present = fields.all("present").map(str::parse::<MemberId>);
        let present: BTreeSet<MemberId> = present
            .collect::<Result<_, _>>()
            .map_err(|_| Wrong("present"))?;
        let kept = find(&desk, &member, &meeting).await?;
        let (by, today, members) = (member.actor.id, desk.today(), member.roster.profiles());
        let there = Attendance::of(&present, &members, kept.on())?;
        kept.hold(there.clone(), &members, by, today)?;
        let seats = u32::try_from(there.seated().len()).unwrap_or(u32::MAX);
        let recorder = member.recorder(&desk);
        recorder.meeting_held(kept.on(), seats).await?;
        change(&desk, &member, &kept, |one| {
            Ok(one.hold(there.clone(), &members, by, today)?)
        })
        .await
    };
    let outcome = outcome.await;
    answer(&desk, &request, outcome)
}

/// Closes a session: what was not voted on is put off.
pub(in crate::desk) async fn close(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    let outcome = async {
        let remarks = Fields::of(&form).long("remarks")?;
        let (by, today) = (member.actor.id, desk.today());
        let kept = find(&desk, &member, &meeting).await?;
        kept.close(remarks.clone(), by, today)?;
        member.recorder(&desk).meeting_closed(kept.on()).await?;
        change(&desk, &member, &kept, |one| {
            Ok(one.close(remarks.clone(), by, today)?)
        })
        .await
    };
    let outcome = outcome.await;
    answer(&desk, &request, outcome)
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
