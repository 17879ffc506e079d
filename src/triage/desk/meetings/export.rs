//! `GET /sesiones/{meeting}/orden.csv`: the agenda of a session and what came of each point, as far as the
//! reader may know of them; `GET /sesiones/{meeting}/asistencia.csv`: who was there.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::committee::MemberId;
use domain::meeting::{Ballot, Meeting, Outcome};
use service::language::Texts;

use super::moves;
use super::show::{attended, counts, is_reserved, outcome_words, point_title};
use super::{MeetingError, SeenPoint, find, name, points};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::labels::{Labelled as _, yes_no};
use crate::desk::table::{self, Cells, Table};

const COLUMNS: usize = 14;

/// The points that exist for the reader, numbered as on the page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let table = agenda(&desk, texts, &member, &meeting).await;
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

async fn agenda(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    meeting: &str,
) -> Result<Table<COLUMNS>, MeetingError> {
    let meeting = find(desk, member, meeting).await?;
    let seen = points(desk, member, &meeting).await?;
    let headings = [
        "desk-log-number",
        "desk-point-what",
        "desk-folio",
        "desk-state",
        "desk-point-result",
        "desk-point-count",
        "desk-point-text",
        "desk-point-votes",
        "desk-point-out",
        "desk-point-dissent",
        "desk-point-is-reserved",
        "desk-point-move",
        "desk-point-move-stands",
        "desk-point-move-why",
    ];
    let mut lines = Vec::new();
    for (one, number) in seen.records.iter().zip(1..) {
        let moves = moves::of_point(desk, texts, member, (one, &meeting), None).await?;
        let moves = moves.map_or_else(Default::default, |moves| {
            let why = moves.why.unwrap_or_default();
            [moves.name.to_owned(), moves.words, why]
        });
        lines.push(line(texts, member, (&meeting, one), number, moves));
    }
    Ok(
        Table::new(texts, format!("sesion-{}-orden", meeting.on()), headings)
            .with_all(lines)
            .complete(texts, seen.is_damaged()),
    )
}

fn line(
    texts: &Texts,
    member: &Member,
    (meeting, seen): (&Meeting, &SeenPoint),
    number: u32,
    [what, stands, why]: [String; 3],
) -> Cells<'static, COLUMNS> {
    let topic = seen.point.topic();
    let state = seen
        .case
        .as_ref()
        .map(|(entry, _)| entry.state.label(texts));
    let [result, count, text, votes, out, dissent] = outcome(texts, member, meeting, seen);
    [
        number.to_string(),
        point_title(texts, topic),
        topic
            .case()
            .map(|folio| folio.to_string())
            .unwrap_or_default(),
        state.unwrap_or_default(),
        result,
        count,
        text,
        votes,
        out,
        dissent,
        yes_no(texts, is_reserved(topic)),
        what,
        stands,
        why,
    ]
    .map(Into::into)
}

/// Who was there, in the order of the page: first who votes, then who only speaks.
pub(in crate::desk) async fn attendance(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let meeting = find(&desk, &member, &meeting).await;
    let table = meeting.map(|meeting| {
        let headings = [
            "desk-member-name",
            "desk-member-seat",
            "desk-member-stands-in",
            "desk-meeting-only-voice",
        ];
        let there = attended(texts, &member, &meeting).into_iter();
        let lines = there.map(|(person, voice)| {
            let titular = person.stands_in_for.as_ref();
            [
                person.name.to_string().into(),
                person.seat.into(),
                titular
                    .map_or_else(String::new, |name| name.to_string())
                    .into(),
                yes_no(texts, voice).into(),
            ]
        });
        Table::new(
            texts,
            format!("sesion-{}-asistencia", meeting.on()),
            headings,
        )
        .with_all(lines)
    });
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

/// What came of a point: how, by which counts, what was decided, who voted how, who was out, and who
/// dissented.
fn outcome(texts: &Texts, member: &Member, meeting: &Meeting, seen: &SeenPoint) -> [String; 6] {
    let none = String::new;
    match seen.point.outcome() {
        Some(Outcome::Voted {
            ballot,
            out,
            text,
            dissent,
            ..
        }) => [
            texts.get(outcome_words(seen.point.agreement(meeting).is_some())),
            counts(texts, ballot),
            text.expose().to_owned(),
            votes(texts, member, ballot),
            names(texts, member, out),
            dissent
                .as_ref()
                .map_or_else(none, |text| text.expose().to_owned()),
        ],
        Some(Outcome::Noted { text, .. }) => [
            texts.get("desk-point-noted"),
            none(),
            text.expose().to_owned(),
            none(),
            none(),
            none(),
        ],
        None => Default::default(),
    }
}

fn votes(texts: &Texts, member: &Member, ballot: &Ballot) -> String {
    let cast = ballot.cast().iter().map(|cast| {
        let who = name(member, texts, cast.who.member);
        format!("{}: {}", who.as_str(), cast.vote.label(texts))
    });
    cast.collect::<Vec<_>>().join("; ")
}

fn names<'a>(
    texts: &Texts,
    member: &Member,
    all: impl IntoIterator<Item = &'a MemberId>,
) -> String {
    let all = all
        .into_iter()
        .map(|id| name(member, texts, *id).to_string());
    all.collect::<Vec<_>>().join("; ")
}
