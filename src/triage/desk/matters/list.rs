//! The lists of consultations and petitions, as pages and as tables.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::readable::Readable;
use domain::catalogue::{OoadCode, UmaeCode};
use domain::matter::{Kind, Matter};
use jiff::civil::Date;
use service::language::Texts;
use service::wording;

use super::show::{Due, due, title, words};
use super::{MatterError, all, home};
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::pages::{self, Frame};
use crate::desk::table::{self, Table};
use crate::desk::{Desk, fallback};

#[derive(Template)]
#[template(path = "matters.html")]
struct ListPage<'a> {
    frame: Frame<'a>,
    heading: String,
    lead: String,
    home: &'static str,
    is_consultation: bool,
    rows: Vec<Row>,
    /// Whether there are some that do not open.
    unreadable: bool,
    today: String,
    ooads: Vec<(&'static str, String)>,
    umaes: Vec<(&'static str, String)>,
}

/// One in a list.
struct Row {
    place: String,
    title: String,
    received_on: Date,
    received: String,
    state: String,
    due: Option<Due>,
}

/// The consultations.
pub(in crate::desk) async fn consultations(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    show(&desk, &request, &member, Kind::Consultation).await
}

/// The petitions.
pub(in crate::desk) async fn petitions(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    show(&desk, &request, &member, Kind::Petition).await
}

/// The consultations, as a table.
pub(in crate::desk) async fn export_consultations(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    export(&desk, &request, &member, Kind::Consultation).await
}

/// The petitions, as a table.
pub(in crate::desk) async fn export_petitions(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    export(&desk, &request, &member, Kind::Petition).await
}

async fn show(desk: &Desk, request: &HttpRequest, member: &Member, kind: Kind) -> HttpResponse {
    let texts = desk.texts(request);
    let Readable {
        records: rows,
        damaged,
    } = match rows(desk, texts, member, kind).await {
        Ok(rows) => rows,
        Err(error) => return fallback::problem(desk, request, &error.problem(texts)),
    };
    let (heading, lead) = words(kind);
    let page = ListPage {
        frame: Frame::of(texts, member),
        heading: texts.get(heading),
        lead: texts.get(lead),
        home: home(kind),
        is_consultation: kind == Kind::Consultation,
        rows,
        unreadable: damaged > 0,
        today: desk.today().to_string(),
        ooads: OoadCode::all()
            .map(|one| (one.code(), one.name().to_owned()))
            .collect(),
        umaes: UmaeCode::all()
            .map(|one| (one.code(), one.name().to_owned()))
            .collect(),
    };
    pages::page(texts, StatusCode::OK, &page)
}

async fn export(desk: &Desk, request: &HttpRequest, member: &Member, kind: Kind) -> HttpResponse {
    let texts = desk.texts(request);
    let rows = rows(desk, texts, member, kind).await;
    let headings = [
        "desk-matter-which",
        "desk-matter-day",
        "desk-state",
        "desk-next-term",
        "desk-due",
        "desk-signal",
    ];
    let table = rows.map(|rows| {
        let due = |row: &Row| {
            row.due.as_ref().map_or_else(Default::default, |due| {
                [due.what.clone(), due.on.to_string(), due.label.clone()]
            })
        };
        let cells = rows.records.iter().map(|row| {
            let [what, on, signal] = due(row).map(Into::into);
            [
                row.title.as_str().into(),
                row.received_on.to_string().into(),
                row.state.as_str().into(),
                what,
                on,
                signal,
            ]
        });
        Table::new(texts, home(kind).trim_start_matches('/'), headings)
            .with_all(cells)
            .complete(texts, rows.is_damaged())
    });
    table::answer(desk, request, table.map_err(|error| error.problem(texts)))
}

/// Those of a kind that exist for the reader.
async fn rows(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    kind: Kind,
) -> Result<Readable<Row>, MatterError> {
    let all = all(desk, member).await?;
    let of_kind = all.records.iter().filter(|one| one.what().kind == kind);
    Ok(Readable {
        records: of_kind.map(|one| row(desk, texts, one)).collect(),
        damaged: all.damaged,
    })
}

fn row(desk: &Desk, texts: &Texts, one: &Matter) -> Row {
    Row {
        place: format!("{}/{}", home(one.what().kind), one.id()),
        title: title(texts, one),
        received_on: one.what().received_on,
        received: wording::date(texts, one.what().received_on),
        state: one.state().label(texts),
        due: due(desk, texts, one),
    }
}
