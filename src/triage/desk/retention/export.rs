//! `GET /conservacion.csv`: the closed cases and how long they are kept; `GET /constancias.csv`: the deleted
//! ones; `GET /series.csv`: the series and their terms. The page shows the first of each; a table has all.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::readable::Readable;
use service::language::Texts;

use super::{Fault, Found, Line, Shelved, basis, known_certificates, line, series, shelved};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::table::{self, Cells, Table};

/// The closed cases: first those that may be deleted, last those that cannot be read.
pub(in crate::desk) async fn kept(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let table = shelved(&desk, &member).await.map(|shelved| {
        let Shelved {
            blocked,
            kept,
            damaged,
        } = shelved;
        let headings = [
            "desk-folio",
            "desk-kept-in",
            "desk-kept-closed",
            "desk-kept-until",
            "desk-state",
        ];
        let found = blocked.iter().chain(&kept);
        let unreadable = damaged.iter().map(|folio| {
            let state = texts.get("desk-kept-damaged");
            [
                folio.to_string().into(),
                "".into(),
                "".into(),
                "".into(),
                state.into(),
            ]
        });
        Table::new(texts, "conservacion", headings)
            .with_all(found.map(|one| of_case(texts, &member, one)))
            .with_all(unreadable)
    });
    table::answer(&desk, &request, table.map_err(|fault| fault.problem(texts)))
}

fn of_case(texts: &Texts, member: &Member, found: &Found) -> Cells<'static, 5> {
    let Line {
        folio,
        series,
        until,
        phase,
        ..
    } = line(texts, member, found);
    let kept = found.kept;
    let until = kept.until.map_or(until, |until| until.to_string());
    let closed_on = kept.closed_on.to_string();
    [folio.to_string(), series, closed_on, until, phase].map(Into::into)
}

/// The certificates of the deleted cases.
pub(in crate::desk) async fn certificates(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let known: Result<Readable<_>, Fault> = known_certificates(&desk, &member).await;
    let table = known.map(|known| {
        let lines = known.records.iter().map(|one| {
            [
                one.folio.to_string().into(),
                one.deleted_on.to_string().into(),
                basis(texts, one.basis).into(),
            ]
        });
        let headings = ["desk-folio", "desk-certificate-on", "desk-certificate-why"];
        Table::new(texts, "constancias", headings)
            .with_all(lines)
            .complete(texts, known.is_damaged())
    });
    table::answer(&desk, &request, table.map_err(|fault| fault.problem(texts)))
}

/// The series, how long what is in them is kept, and by which norm.
pub(in crate::desk) async fn all_series(desk: Data<Desk>, request: HttpRequest) -> HttpResponse {
    let texts = desk.texts(&request);
    let headings = ["desk-kept-in", "desk-kept-term", "desk-source"];
    let lines = series(texts).into_iter();
    let lines = lines.map(|one| [one.name, one.years, one.source].map(Into::into));
    Table::new(texts, "series", headings).with_all(lines).file()
}
