//! `/api/v1/meetings` and below: the sessions of the committee. What a call does, its form on the page does:
//! see [`crate::desk::meetings`]. A point on a case exists only for those who may know of that case.

mod views;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use committee::readable::Readable;
use committee::shelf::Shelf;
use domain::meeting::{Call, Meeting, Topic};
use service::language::Texts;

use self::views::{
    CarriedView, DayBody, MeetingView, MeetingsView, NoteBody, PointView, PresentBody, ReasonBody,
    RemarksBody, VotesBody, WholeView,
};
use super::frame::{Refusal, answer, taking, told_as_on_pages};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::meetings::carry::{Due, Standing};
use crate::desk::meetings::vote::Ballots;
use crate::desk::meetings::{self, MeetingError, agenda, change, list as called, vote as voted};
use crate::desk::procedure::refusal;

type Done<T> = Result<T, Refusal<MeetingError>>;

told_as_on_pages!(MeetingError);

/// A session as it stands for a member.
async fn whole(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    id: &str,
) -> Result<WholeView, MeetingError> {
    let meeting = meetings::find(desk, member, id).await?;
    let mut points = Vec::new();
    let seen = meetings::points(desk, member, &meeting).await?;
    for (one, number) in seen.records.iter().zip(1..) {
        let carried_out = match Due::of(one, &meeting) {
            Some(due) => {
                let (standing, _) = due.standing(desk, member, one).await?;
                Some(carried_out(texts, &due, &standing))
            }
            None => None,
        };
        points.push(PointView::new(one, number, &meeting, carried_out));
    }
    Ok(WholeView::new(&meeting, points, seen.damaged))
}

fn carried_out(texts: &Texts, due: &Due, standing: &Standing) -> CarriedView {
    let (standing, why) = match standing {
        Standing::Made => ("made", None),
        Standing::Open => ("open", None),
        Standing::Waits => ("waits", None),
        Standing::Stuck(refused) => ("stuck", Some(refusal::words(texts, refused))),
        Standing::Damaged => ("unreadable", Some(texts.get("desk-point-case-unreadable"))),
    };
    CarriedView {
        kind: due.kind.code(),
        standing,
        why,
    }
}

/// The session after something was done in it.
async fn after<T>(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    id: &str,
    (status, done): (StatusCode, Done<T>),
) -> HttpResponse {
    let view = match done {
        Ok(_) => {
            let view = whole(desk, desk.texts(request), member, id).await;
            view.map_err(Refusal::Own)
        }
        Err(refusal) => Err(refusal),
    };
    answer(desk, request, status, view)
}

/// All sessions.
#[utoipa::path(
    get, path = "/api/v1/meetings",
    responses(
        (status = 200, description = "The sessions", body = MeetingsView),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let all = shelf.readable::<Meeting>().await;
    let all = all.map_err(MeetingError::from);
    let view = all.map(
        |Readable {
             mut records,
             damaged,
         }| {
            records.sort_by_key(|meeting| (std::cmp::Reverse(meeting.on()), meeting.number()));
            MeetingsView {
                meetings: records.iter().map(MeetingView::new).collect(),
                unreadable: damaged,
            }
        },
    );
    answer(&desk, &request, StatusCode::OK, view)
}

/// Calls a session: `{"kind": "ORDINARIA", "on": "2026-03-09", "mode": "VIRTUAL", "place": "…"}`.
#[utoipa::path(
    post, path = "/api/v1/meetings",
    params(("X-CSRF-Token" = String, Header, description = "The token of the session")),
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 201, description = "Called", body = WholeView),
        (status = 403, description = "The token is missing or not the session's, or the act another's",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The day or another field cannot be right",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn call(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    payload: Payload,
) -> HttpResponse {
    let done = taking(&desk, &request, payload, async |call: Call| {
        let id = called::begin(&desk, &member, call).await?;
        let texts = desk.texts(&request);
        whole(&desk, texts, &member, &id.to_string()).await
    })
    .await;
    answer(&desk, &request, StatusCode::CREATED, done)
}

/// One session.
#[utoipa::path(
    get, path = "/api/v1/meetings/{meeting}",
    params(("meeting" = String, Path, description = "Its id")),
    responses(
        (status = 200, description = "The session, with the points that exist for this member",
            body = WholeView),
        (status = 404, description = "There is no such session",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
) -> HttpResponse {
    after(&desk, &request, &member, &id, (StatusCode::OK, Ok(()))).await
}

/// Puts a point on the agenda: `{"topic": "case", "folio": "CE-2026-000001", "motion": "ADMITIR"}`, or
/// `{"topic": "matter", "matter": "NORMATIVA", "title": "…", "kept_from": []}`.
#[utoipa::path(
    post, path = "/api/v1/meetings/{meeting}/points",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 201, description = "It is on the agenda", body = WholeView),
        (status = 404, description = "There is no such session",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "No such case, or such a session does not deal with it",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn add(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let done = taking(&desk, &request, payload, async |topic: Topic| {
        agenda::put(&desk, &member, &id, vec![topic]).await
    })
    .await;
    after(&desk, &request, &member, &id, (StatusCode::CREATED, done)).await
}

/// Takes a point off the agenda, before the session.
#[utoipa::path(
    delete, path = "/api/v1/meetings/{meeting}/points/{point}",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("point" = String, Path, description = "Id of the point"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    responses(
        (status = 200, description = "It is off the agenda", body = WholeView),
        (status = 404, description = "There is no such session or point",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "It was decided, or the session is held",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn remove(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (id, point) = path.into_inner();
    let done = agenda::take_off(&desk, &member, &id, &point).await;
    let done = (StatusCode::OK, done.map_err(Refusal::Own));
    after(&desk, &request, &member, &id, done).await
}

/// Enters the votes on a point; what is carried moves its case, if it says all that the move needs.
#[utoipa::path(
    post, path = "/api/v1/meetings/{meeting}/points/{point}/votes",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("point" = String, Path, description = "Id of the point"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = VotesBody, content_type = "application/json"),
    responses(
        (status = 200, description = "Entered", body = WholeView),
        (status = 404, description = "There is no such session or point",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The room or the votes are not right, or it was decided before",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn vote(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    path: Path<(String, String)>,
    payload: Payload,
) -> HttpResponse {
    let (id, point) = path.into_inner();
    let done = taking(&desk, &request, payload, async |sent: VotesBody| {
        let ballots = Ballots {
            text: sent.text,
            dissent: sent.dissent,
            votes: sent.votes.into_iter().collect(),
        };
        voted::enter(&desk, &member, (&id, &point), ballots).await
    })
    .await;
    after(&desk, &request, &member, &id, (StatusCode::OK, done)).await
}

/// Takes note of a point without a vote; not of one on a case.
#[utoipa::path(
    post, path = "/api/v1/meetings/{meeting}/points/{point}/note",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("point" = String, Path, description = "Id of the point"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = NoteBody, content_type = "application/json"),
    responses(
        (status = 200, description = "Entered", body = WholeView),
        (status = 404, description = "There is no such session or point",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "It takes a vote, or was decided before",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn note(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    path: Path<(String, String)>,
    payload: Payload,
) -> HttpResponse {
    let (id, point) = path.into_inner();
    let done = taking(&desk, &request, payload, async |sent: NoteBody| {
        voted::take_note(&desk, &member, (&id, &point), sent.text).await
    })
    .await;
    after(&desk, &request, &member, &id, (StatusCode::OK, done)).await
}

/// Enters who is there; with a quorum the session is held from then on.
#[utoipa::path(
    post, path = "/api/v1/meetings/{meeting}/attendance",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = PresentBody, content_type = "application/json"),
    responses(
        (status = 200, description = "It is held", body = WholeView),
        (status = 404, description = "There is no such session",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "No quorum, or its day has not come",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn attend(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let done = taking(&desk, &request, payload, async |sent: PresentBody| {
        change::hold(&desk, &member, &id, &sent.present).await
    })
    .await;
    after(&desk, &request, &member, &id, (StatusCode::OK, done)).await
}

/// Puts a session off, for want of a quorum.
#[utoipa::path(
    post, path = "/api/v1/meetings/{meeting}/postponement",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = DayBody, content_type = "application/json"),
    responses(
        (status = 200, description = "Put off", body = WholeView),
        (status = 404, description = "There is no such session",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The day cannot be right, or it is held",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn postpone(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let done = taking(&desk, &request, payload, async |sent: DayBody| {
        change::put_off(&desk, &member, &id, sent.to).await
    })
    .await;
    after(&desk, &request, &member, &id, (StatusCode::OK, done)).await
}

/// Calls a session off.
#[utoipa::path(
    post, path = "/api/v1/meetings/{meeting}/cancellation",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = ReasonBody, content_type = "application/json"),
    responses(
        (status = 200, description = "Called off", body = WholeView),
        (status = 404, description = "There is no such session",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "It is held or over",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn cancel(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let done = taking(&desk, &request, payload, async |sent: ReasonBody| {
        change::call_off(&desk, &member, &id, &sent.reason).await
    })
    .await;
    after(&desk, &request, &member, &id, (StatusCode::OK, done)).await
}

/// Closes a session: what was not voted on is put off, and what was agreed and has not moved its case yet
/// moves it.
#[utoipa::path(
    post, path = "/api/v1/meetings/{meeting}/closing",
    params(
        ("meeting" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = RemarksBody, content_type = "application/json"),
    responses(
        (status = 200, description = "Closed", body = WholeView),
        (status = 404, description = "There is no such session",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "It is not held, or over",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn close(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let done = taking(&desk, &request, payload, async |sent: RemarksBody| {
        change::end(&desk, &member, &id, sent.remarks).await
    })
    .await;
    after(&desk, &request, &member, &id, (StatusCode::OK, done)).await
}
