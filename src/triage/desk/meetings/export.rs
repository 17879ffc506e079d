//! `GET /sesiones/{meeting}/orden.csv`: the agenda of a session and what came of each point, as far as the
//! reader may know of them.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::committee::MemberId;
use domain::meeting::{Ballot, Meeting, Outcome};
use service::language::Texts;

use super::show::{counts, outcome_words, point_title};
use super::{MeetingError, SeenPoint, find, name, points};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::table::{self, Cells, Table};

const COLUMNS: usize = 10;

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
    ];
    let numbered = seen.records.iter().zip(1..);
    let lines = numbered.map(|(one, number)| line(texts, member, &meeting, one, number));
    Ok(
        Table::new(texts, format!("sesion-{}-orden", meeting.on()), headings)
            .with_all(lines)
            .complete(texts, seen.is_damaged()),
    )
}

fn line(
    texts: &Texts,
    member: &Member,
    meeting: &Meeting,
    seen: &SeenPoint,
    number: u32,
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
    ]
    .map(Into::into)
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
