//! `GET /atenciones/cuentas.csv`: the counts that the reader sees; `GET /atenciones/desglose.csv`: the same by
//! channel, subject and outcome; `GET /atenciones.csv`: the attentions that the reader sees by themselves, also
//! those for which the page has no room.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::attention::{AttentionKind, Counts};
use service::language::Texts;

use super::{
    AttentionError, CountRow, Row, breakdowns, count_row, is_shown, labels_of, row, seen, year,
};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::labels::yes_no;
use crate::desk::table::{self, Cells, Table};

/// The month, each kind, and all.
const COUNTS: usize = AttentionKind::ALL.len() + 2;

/// The counts, as a table of numbers and fixed words: nothing in it was typed.
pub(in crate::desk) async fn counts(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let year = year(&desk, &request);
    let counts = counts_of(&desk, &member, year).await;
    let table = counts.map(|counts| counted(texts, year, &counts));
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

async fn counts_of(desk: &Desk, member: &Member, year: i16) -> Result<Counts, AttentionError> {
    let seen = seen(desk, member, year).await?;
    if seen.is_damaged() {
        // A file of numbers cannot say that some are missing.
        return Err(AttentionError::Damaged);
    }
    Ok(Counts::of(&seen.records, year))
}

/// The counts by channel, subject and outcome.
pub(in crate::desk) async fn broken_down(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let year = year(&desk, &request);
    let counts = counts_of(&desk, &member, year).await;
    let table = counts.map(|counts| {
        let parts = breakdowns(texts, &counts).into_iter();
        let lines = parts.flat_map(|(by, parts)| {
            let parts = parts.into_iter();
            parts.map(move |(what, count)| [by.clone(), what, count.to_string()].map(Into::into))
        });
        let headings = [
            "desk-attention-by-what",
            "desk-attention-which",
            "desk-attention-all",
        ];
        Table::new(texts, format!("atenciones-{year}-desglose"), headings).with_all(lines)
    });
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

fn counted(texts: &Texts, year: i16, counts: &Counts) -> Table<COUNTS> {
    let kinds = labels_of(AttentionKind::ALL, texts);
    let (first, last) = (
        texts.get("desk-attention-month"),
        texts.get("desk-attention-all"),
    );
    let whole = count_row(texts.get("desk-attention-year"), counts.whole());
    let months = counts
        .months()
        .iter()
        .zip(1..)
        .map(|(month, number)| count_row(texts.get(&format!("month-{number}")), *month));
    let lines = months
        .chain([whole])
        .map(|CountRow { name, of_kind, all }| {
            let counts = of_kind.iter().map(ToString::to_string);
            line(name, counts, all.to_string())
        });
    Table::under(
        format!("atenciones-{year}"),
        &line(first, kinds.into_iter(), last),
    )
    .with_all(lines)
}

fn line(
    first: String,
    kinds: impl Iterator<Item = String>,
    last: String,
) -> Cells<'static, COUNTS> {
    let mut cells = std::iter::once(first).chain(kinds).chain([last]);
    std::array::from_fn(|_| cells.next().unwrap_or_default().into())
}

/// The attentions one by one, all of the year.
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let year = year(&desk, &request);
    let table = seen(&desk, &member, year).await.map(|seen| {
        let shown = seen.records.iter().filter(|one| is_shown(&member, one));
        let headings = [
            "desk-attention-on",
            "desk-attention-channel",
            "desk-attention-subject",
            "desk-risk",
            "desk-attention-done",
            "desk-place",
            "desk-attention-note",
            "desk-attention-by",
            "desk-attention-withdrawn",
        ];
        let rows: Vec<Row> = shown.map(|one| row(texts, &member, one)).collect();
        Table::new(texts, format!("atenciones-{year}-una-por-una"), headings)
            .with_all(rows.iter().map(|row| cells(texts, row)))
            .complete(texts, seen.is_damaged())
    });
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

fn cells<'a>(texts: &Texts, row: &'a Row) -> Cells<'a, 9> {
    let place = || texts.get("desk-untold");
    [
        row.on.to_string().into(),
        row.channel.as_str().into(),
        row.subject.as_str().into(),
        row.risk.as_deref().unwrap_or_default().into(),
        row.done.as_str().into(),
        row.place.clone().unwrap_or_else(place).into(),
        row.note.as_ref().map_or("", |note| note.as_str()).into(),
        row.by.as_str().into(),
        yes_no(texts, row.withdrawn).into(),
    ]
}
