//! The log of incidents, as a page and as a table.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::incidents::{Incident, Nature, Notice, Whom};
use committee::readable::Readable;
use domain::case::Folio;
use domain::complaint::LongText;
use jiff::civil::Date;
use service::language::Texts;
use service::wording;
use zeroize::Zeroizing;

use super::{Fault, all, known, shown};
use crate::desk::acts::view::name;
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::pages::{self, Frame};
use crate::desk::table::{self, Cells, Table};
use crate::desk::{Desk, fallback};

const COLUMNS: usize = 12;

#[derive(Template)]
#[template(path = "incidents.html")]
struct Page<'a> {
    frame: Frame<'a>,
    token: &'a str,
    today: String,
    natures: Vec<(&'static str, String)>,
    incidents: Vec<Line>,
    /// Whether there are incidents that do not open.
    unreadable: bool,
}

struct Line {
    id: String,
    nature: String,
    happened_on: Date,
    noticed_on: Date,
    days: String,
    what: LongText,
    affected: LongText,
    measures: LongText,
    told: Option<LongText>,
    recorded: String,
    notes: Vec<(String, LongText)>,
    notice: Option<Said>,
    /// Whether those who filed can still be told.
    may_tell: bool,
}

/// What those who filed were told.
struct Said {
    text: LongText,
    to: String,
    how_far: String,
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &member).await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(texts)),
    }
}

/// The log, as a table.
pub(in crate::desk) async fn export(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let lines = lines(&desk, texts, &member).await;
    let table = lines.map(|lines| {
        let headings = [
            "desk-incident-nature",
            "desk-incident-happened",
            "desk-incident-noticed",
            "desk-incident-what",
            "desk-incident-affected",
            "desk-incident-measures",
            "desk-incident-told",
            "desk-incident-recorded",
            "desk-incident-note",
            "desk-incident-notice",
            "desk-incident-notice-to",
            "desk-incident-notice-far",
        ];
        Table::new(texts, "incidentes", headings)
            .with_all(lines.records.iter().map(cells))
            .complete(texts, lines.is_damaged())
    });
    table::answer(&desk, &request, table.map_err(|fault| fault.problem(texts)))
}

fn cells(line: &Line) -> Cells<'_, COLUMNS> {
    let notes = line.notes.iter();
    let notes: Vec<String> = notes
        .map(|(by, note)| format!("{} ({by})", note.expose()))
        .collect();
    let notice = line.notice.as_ref();
    [
        line.nature.as_str().into(),
        line.happened_on.to_string().into(),
        line.noticed_on.to_string().into(),
        line.what.expose().into(),
        line.affected.expose().into(),
        line.measures.expose().into(),
        line.told.as_ref().map_or("", LongText::expose).into(),
        line.recorded.as_str().into(),
        notes.join("\n").into(),
        notice.map_or("", |notice| notice.text.expose()).into(),
        notice.map_or("", |notice| notice.to.as_str()).into(),
        notice.map_or("", |notice| notice.how_far.as_str()).into(),
    ]
}

async fn page<'a>(desk: &Desk, texts: &'a Texts, member: &'a Member) -> Result<Page<'a>, Fault> {
    let lines = lines(desk, texts, member).await?;
    Ok(Page {
        frame: Frame::of(texts, member),
        token: &member.session.token,
        today: desk.today().to_string(),
        natures: Nature::ALL
            .iter()
            .map(|nature| (nature.code(), nature.label(texts)))
            .collect(),
        unreadable: lines.is_damaged(),
        incidents: lines.records,
    })
}

/// All incidents, as the reader may know of them.
async fn lines(desk: &Desk, texts: &Texts, member: &Member) -> Result<Readable<Line>, Fault> {
    let known = known(desk, member).await?;
    let Readable { records, damaged } = all(desk, member).await?;
    let lines = records.into_iter();
    Ok(Readable {
        records: lines.map(|one| line(texts, member, &known, one)).collect(),
        damaged,
    })
}

fn line(texts: &Texts, member: &Member, known: &BTreeSet<Folio>, incident: Incident) -> Line {
    let by = |by, on| -> String {
        let who: Zeroizing<String> = name(member, texts, by);
        let on = wording::date(texts, on);
        texts.fill("desk-incident-by", &[("who", &who), ("on", &on)])
    };
    let notice = incident
        .notice
        .as_ref()
        .and_then(|notice| said(texts, known, notice));
    Line {
        id: incident.id.to_string(),
        nature: incident.nature.label(texts),
        days: texts.fill(
            "desk-incident-days",
            &[
                ("happened", &wording::date(texts, incident.happened_on)),
                ("noticed", &wording::date(texts, incident.noticed_on)),
            ],
        ),
        happened_on: incident.happened_on,
        noticed_on: incident.noticed_on,
        recorded: by(incident.recorded_by, incident.recorded_on),
        notes: incident
            .notes
            .into_iter()
            .map(|note| (by(note.by, note.on), note.text))
            .collect(),
        may_tell: incident.notice.is_none(),
        notice,
        what: incident.what,
        affected: incident.affected,
        measures: incident.measures,
        told: incident.told,
    }
}

fn said(texts: &Texts, known: &BTreeSet<Folio>, notice: &Notice) -> Option<Said> {
    let to = match shown(known, notice)? {
        Whom::All => texts.get("desk-incident-all"),
        Whom::Cases(cases) => {
            let cases: Vec<String> = cases.iter().map(Folio::to_string).collect();
            cases.join(", ")
        }
    };
    let how_far = match notice.done_on {
        Some(day) => texts.fill("desk-incident-done", &[("on", &wording::date(texts, day))]),
        None => texts.get("desk-incident-going"),
    };
    let text = notice.text.clone();
    Some(Said { text, to, how_far })
}
