//! `GET /sesiones`: the sessions of the committee; `GET /sesiones.csv`: the same as a table; `POST /sesiones`:
//! calling one.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::readable::Readable;
use committee::shelf::Shelf;
use domain::committee::{Act, Ruling, policy};
use domain::meeting::{Call, Meeting, MeetingId, Mode, Stage};
use domain::procedure::SessionKind;
use jiff::civil::Date;
use service::language::Texts;
use service::wording;

use super::{MeetingError, answer, place};
use crate::desk::fields::{Choice, Fields, Wrong, options};
use crate::desk::gate::{Form, Member};
use crate::desk::labels::Labelled;
use crate::desk::pages::{self, Frame};
use crate::desk::table::{self, Table};
use crate::desk::{Desk, fallback};

/// Highest number of a session within a year: a bound of the service.
const MOST: u16 = 999;

#[derive(Template)]
#[template(path = "meetings.html")]
struct Page<'a> {
    frame: Frame<'a>,
    /// Whether there are sessions that do not open.
    unreadable: bool,
    coming: Vec<Row>,
    over: Vec<Row>,
    may_call: bool,
    kinds: Vec<Choice>,
    modes: Vec<Choice>,
    /// The first day for which one can be called today.
    first_day: String,
}

/// A session in the list.
struct Row {
    place: String,
    title: String,
    on: Date,
    day: String,
    stage: String,
    class: &'static str,
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let Rows {
        coming,
        over,
        unreadable,
    } = match rows(&desk, texts, &member).await {
        Ok(rows) => rows,
        Err(error) => return fallback::problem(&desk, &request, &error.problem(texts)),
    };
    let page = Page {
        frame: Frame::of(texts, &member),
        unreadable,
        coming,
        over,
        may_call: policy::decide(&member.actor, Act::CallMeeting, None) == Ruling::Allowed,
        kinds: options(SessionKind::ALL, texts),
        modes: options(Mode::ALL, texts),
        first_day: first_day(&desk).map_or_else(String::new, |day| day.to_string()),
    };
    pages::page(texts, StatusCode::OK, &page)
}

/// The sessions as a table, in the order of the page.
pub(in crate::desk) async fn export(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let rows = rows(&desk, texts, &member).await;
    let headings = ["desk-meeting-which", "desk-meeting-on", "desk-state"];
    let table = rows.map(|rows| {
        let lines = rows.coming.iter().chain(&rows.over);
        let cells = lines.map(|row| {
            [
                row.title.as_str().into(),
                row.on.to_string().into(),
                row.stage.as_str().into(),
            ]
        });
        Table::new(texts, "sesiones", headings)
            .with_all(cells)
            .complete(texts, rows.unreadable)
    });
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

/// All sessions: those to come, the next first; those that are over, the latest first.
struct Rows {
    coming: Vec<Row>,
    over: Vec<Row>,
    unreadable: bool,
}

async fn rows(desk: &Desk, texts: &Texts, member: &Member) -> Result<Rows, MeetingError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let Readable {
        records: mut all,
        damaged,
    } = shelf.readable::<Meeting>().await?;
    all.sort_by_key(|meeting| (std::cmp::Reverse(meeting.on()), meeting.number()));
    let (over, mut coming): (Vec<_>, Vec<_>) = all.iter().partition(|meeting| meeting.is_over());
    coming.reverse();
    let rows = |meetings: Vec<&Meeting>| meetings.into_iter().map(|one| row(texts, one)).collect();
    Ok(Rows {
        coming: rows(coming),
        over: rows(over),
        unreadable: damaged > 0,
    })
}

/// The first day for which a session called today can be held.
fn first_day(desk: &Desk) -> Option<Date> {
    let today = desk.today();
    let days = std::iter::successors(today.tomorrow().ok(), |day| day.tomorrow().ok());
    days.take(60).find(|day| {
        desk.calendar().is_working_day(*day)
            && Meeting::latest_call(*day, &desk.calendar()).is_ok_and(|latest| today <= latest)
    })
}

fn row(texts: &Texts, meeting: &Meeting) -> Row {
    let (stage, class) = stage(meeting);
    Row {
        place: place(meeting.id()),
        title: title(texts, meeting),
        on: meeting.on(),
        day: wording::date(texts, meeting.on()),
        stage: texts.get(stage),
        class,
    }
}

/// What a kind of session is called; the catalogue has it in Spanish alone.
fn kind(texts: &Texts, kind: SessionKind) -> String {
    Labelled::label(kind, texts)
}

/// Kind, number and year.
pub(super) fn title(texts: &Texts, meeting: &Meeting) -> String {
    texts.fill(
        "desk-meeting-title",
        &[
            ("kind", &kind(texts, meeting.kind())),
            ("number", &meeting.number().to_string()),
            ("year", &meeting.year().to_string()),
        ],
    )
}

/// How far it is: the id of the words, and the class of the tag.
pub(super) fn stage(meeting: &Meeting) -> (&'static str, &'static str) {
    match meeting.stage() {
        Stage::Called => ("desk-meeting-called", "soon"),
        Stage::Held { .. } => ("desk-meeting-held", "review"),
        Stage::Closed { .. } => ("desk-meeting-closed", "on_time"),
        Stage::Cancelled { .. } => ("desk-meeting-cancelled", ""),
    }
}

/// Calls a session.
pub(in crate::desk) async fn call(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let called = match read(&Fields::of(&form)) {
        Ok(call) => begin(&desk, &member, call).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, called.map(place))
}

fn read(fields: &Fields) -> Result<Call, Wrong> {
    Ok(Call {
        kind: fields.needed("kind")?,
        on: fields.needed("on")?,
        mode: fields.needed("mode")?,
        place: fields.short("place")?.ok_or(Wrong("place"))?,
    })
}

/// Calls a session, under the next number of its kind and year.
pub(in crate::desk) async fn begin(
    desk: &Desk,
    member: &Member,
    call: Call,
) -> Result<MeetingId, MeetingError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let same = |one: &&Meeting| one.kind() == call.kind && one.year() == call.on.year();
    let all = shelf.readable::<Meeting>().await?.records;
    let last = all.iter().filter(same).map(Meeting::number).max();
    let mut logged = false;
    // The id follows from the number, so two who call at once do not get the same one.
    for number in last.unwrap_or_default() + 1..=MOST {
        let what = format!("meeting {} {} {number}", call.kind, call.on.year());
        let meeting = Meeting::call(
            MeetingId(member.keyring.name_of(&what)),
            call.clone(),
            number,
            member.actor.id,
            desk.today(),
            &desk.calendar(),
        )?;
        if !logged {
            member.recorder(desk).meeting_called(call.on).await?;
            logged = true;
        }
        if shelf.add(&meeting).await? {
            return Ok(meeting.id());
        }
    }
    Err(domain::meeting::MeetingRefused::TooMany.into())
}
