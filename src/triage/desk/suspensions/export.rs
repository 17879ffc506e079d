//! `GET /calendario/suspensiones.csv`: the days on which terms stand still; `GET /calendario/perfiles.csv`: the
//! official lists that were chosen. What was taken back is in them, as on the page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::calendar::CalendarBook;

use super::page::{by, row};
use super::unread;
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::table::{self, Table};

/// The suspensions, the farthest first.
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let book = CalendarBook::new(&*desk.cases, &member.keyring);
    let table = book.read().await.map(|all| {
        let headings = [
            "desk-suspension-from",
            "desk-suspension-to",
            "desk-suspension-reason",
            "desk-suspension-source",
            "desk-suspension-entered",
            "desk-suspension-standing",
        ];
        let lines = all.suspensions.iter().rev().map(|kept| {
            let row = row(texts, &member.roster, kept);
            [
                kept.entered.from.to_string().into(),
                kept.entered.to.to_string().into(),
                row.reason.into(),
                row.source.into(),
                row.entered.into(),
                row.withdrawn
                    .unwrap_or_else(|| texts.get("desk-suspension-holds"))
                    .into(),
            ]
        });
        Table::new(texts, "suspensiones", headings).with_all(lines)
    });
    table::answer(
        &desk,
        &request,
        table.map_err(|error| unread(texts, &error)),
    )
}

/// The official lists that were chosen, the latest first.
pub(in crate::desk) async fn choices(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let book = CalendarBook::new(&*desk.cases, &member.keyring);
    let table = book.read().await.map(|all| {
        let headings = [
            "desk-suspensions-profile",
            "desk-suspension-reason",
            "desk-profile-source",
            "desk-suspension-entered",
        ];
        let lines = all.choices.iter().rev().map(|one| {
            [
                one.profile.rules().name.as_str().into(),
                one.reason.expose().into(),
                one.source.expose().into(),
                by(texts, &member.roster, one.by, one.at).into(),
            ]
        });
        Table::new(texts, "calendarios", headings).with_all(lines)
    });
    table::answer(
        &desk,
        &request,
        table.map_err(|error| unread(texts, &error)),
    )
}
