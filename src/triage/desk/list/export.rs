//! `GET /asuntos.csv`: the list as a table, with the same cases in the same order and the same columns.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use service::language::Texts;

use super::filter::Filter;
use super::{ListError, Listed, Row, row, seen};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::labels::yes_no;
use crate::desk::table::{self, Cells, Table};

const COLUMNS: usize = 12;

/// The list that the query string asks for, all its pages.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let listed = listed(&desk, texts, &request, &member).await;
    table::answer(
        &desk,
        &request,
        listed.map_err(|error| error.problem(texts)),
    )
}

async fn listed(
    desk: &Desk,
    texts: &Texts,
    request: &HttpRequest,
    member: &Member,
) -> Result<Table<COLUMNS>, ListError> {
    let filter = Filter::parse(request.query_string())?;
    let seen = seen(desk, member);
    let listed = Listed::read(desk, member, &filter, &seen).await?;
    let cases = listed.in_order(filter.order);
    Ok(of(texts, cases.iter().map(|case| row(texts, case, &seen))))
}

/// Lines of the list as a table.
pub(in crate::desk) fn of(texts: &Texts, rows: impl Iterator<Item = Row>) -> Table<COLUMNS> {
    let headings = [
        "desk-folio",
        "desk-priority",
        "desk-review",
        "desk-risk",
        "desk-next-term",
        "desk-due",
        "desk-signal",
        "desk-owner",
        "desk-state",
        "desk-place",
        "desk-received",
        "desk-few-tag",
    ];
    Table::new(texts, "asuntos", headings).with_all(rows.map(|row| cells(texts, row)))
}

fn cells(texts: &Texts, row: Row) -> Cells<'static, COLUMNS> {
    let unclassified = || texts.get("desk-unclassified");
    let [what, due, signal, owner] = row.next.map_or_else(
        || {
            [
                texts.get("desk-no-term"),
                String::new(),
                String::new(),
                String::new(),
            ]
        },
        |next| [next.what, next.due_on.to_string(), next.label, next.owner],
    );
    [
        row.folio,
        row.priority.map_or_else(unclassified, |(_, label)| label),
        yes_no(texts, row.review),
        row.risk.unwrap_or_else(unclassified),
        what,
        due,
        signal,
        owner,
        row.state,
        row.place.unwrap_or_else(|| texts.get("desk-untold")),
        row.received_on.to_string(),
        yes_no(texts, row.too_few),
    ]
    .map(Into::into)
}
