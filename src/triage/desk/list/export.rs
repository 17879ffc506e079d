//! `GET /asuntos.csv`: the list as a table, with the same cases in the same order and the same columns.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front, as in the records.

use std::borrow::Cow;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use csv::{Terminator, WriterBuilder};
use service::language::Texts;

use super::filter::Filter;
use super::{ListError, Listed, Row, row, seen};
use crate::desk::gate::Member;
use crate::desk::labels::yes_no;
use crate::desk::{Desk, fallback};

/// What tells spreadsheets that the text is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The table could not be written, which memory alone never does.
#[derive(Debug, thiserror::Error)]
#[error("a table could not be written")]
pub(in crate::desk) struct TableError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// The list that the query string asks for, all its pages.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match table(&desk, texts, &request, &member).await {
        Ok(table) => file(table),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn table(
    desk: &Desk,
    texts: &Texts,
    request: &HttpRequest,
    member: &Member,
) -> Result<Vec<u8>, ListError> {
    let filter = Filter::parse(request.query_string())?;
    let seen = seen(desk, member);
    let listed = Listed::read(desk, member, &filter, &seen).await?;
    let cases = listed.in_order(filter.order);
    let rows = cases.iter().map(|case| row(texts, case, &seen));
    Ok(write(texts, rows)?)
}

/// Lines of the list as a table.
pub(in crate::desk) fn write(
    texts: &Texts,
    rows: impl Iterator<Item = Row>,
) -> Result<Vec<u8>, TableError> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(MARK.to_vec());
    let header = [
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
    ]
    .map(|id| texts.get(id));
    let mut put = |cells: &[String]| {
        let cells = cells.iter().map(|cell| guarded(cell).into_owned());
        writer
            .write_record(cells)
            .map_err(|error| TableError(error.into()))
    };
    put(&header)?;
    for row in rows {
        put(&cells(texts, row))?;
    }
    writer
        .into_inner()
        .map_err(|error| TableError(error.into_error().into()))
}

fn cells(texts: &Texts, row: Row) -> [String; 12] {
    let unclassified = || texts.get("desk-unclassified");
    let (what, due, signal, owner) = row.next.map_or_else(
        || {
            (
                texts.get("desk-no-term"),
                String::new(),
                String::new(),
                String::new(),
            )
        },
        |next| (next.what, next.due_on.to_string(), next.label, next.owner),
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
}

/// A table as a file to be kept.
pub(in crate::desk) fn file(table: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"asuntos.csv\""))
        .body(table)
}

/// One apostrophe more for what would be a formula, or begins with one itself.
fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'x"] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        assert_eq!(guarded("Ciudad de México"), "Ciudad de México");
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_the_cell_without_its_first_apostrophe(cell in any::<String>()) {
            let guarded = guarded(&cell);
            prop_assert_eq!(guarded.strip_prefix('\'').unwrap_or(&guarded), cell.as_str());
        }
    }
}
