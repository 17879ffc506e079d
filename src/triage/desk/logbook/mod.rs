//! `GET /bitacora`: what was done, as far as it concerns the reader; `GET /bitacora.csv`: all of it as a table.

mod wording;

pub(super) use self::wording::hex;

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::log::view::{self, Line};
use committee::log::{LogError, LogKey, Logbook};
use domain::case::Folio;
use domain::committee::{Act, Relation, Ruling, policy};
use domain::complaint::{FaultKind, FieldFaults};
use jiff::Timestamp;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::gate::Member;
use super::labels;
use super::pages::{self, Frame};
use super::register::{Case, RegisterError, Snapshot};
use super::table::{self, Table};
use super::{Desk, fallback};

/// Lines of one page.
const LINES: usize = 50;

/// Why the log is not shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// The page that is asked for means nothing.
    #[error(transparent)]
    Asked(#[from] FieldFaults),
    /// See there.
    #[error(transparent)]
    Log(#[from] LogError),
    /// It cannot be found out who may know of a case.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl ReadError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Asked(faults) => Problem::fields(texts, faults),
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Register(_) => {
                tracing::error!(cause = %self, "the log cannot be shown");
                fallback::unavailable(texts)
            }
        }
    }
}

/// One page of the log, for one reader.
pub(super) struct Read {
    /// The newest first.
    pub(super) lines: Vec<Line>,
    /// Whether there are newer ones than these.
    pub(super) has_newer: bool,
    /// From where on the older ones are asked for.
    pub(super) before: Option<u64>,
    /// What to note.
    pub(super) seal: Seal,
}

/// What somebody notes to show later that the log was changed or cut off.
pub(super) struct Seal {
    /// Since when, and the hash; `None` before the first day has begun.
    pub(super) of_the_day: Option<(Timestamp, [u8; 32])>,
    /// Who signs the log.
    pub(super) key: LogKey,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    before: Option<String>,
}

/// Reads what a member may read, from the newest line back or from before another line.
pub(super) async fn read(desk: &Desk, member: &Member, query: &str) -> Result<Read, ReadError> {
    let before = before(query)?;
    let (mut all, of_the_day) = all(desk, member).await?;
    let last = all.last().map_or(0, |line| line.number);
    all.retain(|line| line.number < before);
    let first = all.len().saturating_sub(LINES);
    let mut lines = all.split_off(first);
    lines.reverse();
    Ok(Read {
        has_newer: lines.first().is_some_and(|line| line.number < last),
        before: lines
            .last()
            .map(|line| line.number)
            .filter(|number| *number > 1),
        lines,
        seal: Seal {
            of_the_day,
            key: Logbook::key(&member.keyring),
        },
    })
}

/// From which line on the page goes back.
fn before(query: &str) -> Result<u64, FieldFaults> {
    let asked = actix_web::web::Query::<Asked>::from_query(query)
        .map_err(|_| FieldFaults::one("query", FaultKind::UnknownField))?
        .into_inner();
    asked.before.map_or(Ok(u64::MAX), |text| {
        let number = text.parse();
        number.map_err(|_| FieldFaults::one("before", FaultKind::WrongType))
    })
}

/// What a member may read, the oldest first, and the seal of the day.
async fn all(
    desk: &Desk,
    member: &Member,
) -> Result<(Vec<Line>, Option<(Timestamp, [u8; 32])>), ReadError> {
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let cases = Cases::new(member, &register);
    let log = desk.vault.log();
    let read = log
        .read(&member.keyring, |entries| {
            let lines = view::of(entries, &member.actor, |case| cases.relation(case));
            (lines, view::seal_of_the_day(entries))
        })
        .await?;
    if desk.vault.keyring().is_none() {
        // It was sealed meanwhile, and has to forget what was opened just now.
        log.forget().await;
    }
    Ok(read)
}

/// What a member may note.
pub(super) async fn seal(desk: &Desk, member: &Member) -> Result<Seal, ReadError> {
    let log = desk.vault.log();
    Ok(Seal {
        of_the_day: log.read(&member.keyring, view::seal_of_the_day).await?,
        key: Logbook::key(&member.keyring),
    })
}

/// What the reader is to each case.
struct Cases<'a> {
    member: &'a Member,
    register: HashMap<Folio, &'a Case>,
}

impl<'a> Cases<'a> {
    fn new(member: &'a Member, register: &'a Snapshot) -> Self {
        Self {
            member,
            register: register
                .cases()
                .map(|case| (case.entry.folio, &**case))
                .collect(),
        }
    }

    fn relation(&self, case: Folio) -> Option<Relation> {
        let case = self.register.get(&case)?;
        Some(case.circle.as_ref().map_or(Relation::Excluded, |circle| {
            circle.relation_of(self.member.actor.id)
        }))
    }
}

#[derive(Template)]
#[template(path = "logbook.html")]
struct Page<'a> {
    frame: Frame<'a>,
    /// Whether the reader sees what others did on no case.
    oversees: bool,
    rows: Vec<wording::Row>,
    has_newer: bool,
    before: Option<u64>,
    seal: Option<(String, String)>,
    key: String,
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let read = match read(&desk, &member, request.query_string()).await {
        Ok(read) => read,
        Err(error) => return fallback::problem(&desk, &request, &error.problem(texts)),
    };
    let words = wording::Words {
        texts,
        roster: &member.roster,
    };
    let page = Page {
        frame: Frame::of(texts, &member),
        oversees: policy::decide(&member.actor, Act::OverseeLog, None) == Ruling::Allowed,
        rows: read.lines.iter().map(|line| words.row(line)).collect(),
        has_newer: read.has_newer,
        before: read.before,
        seal: read
            .seal
            .of_the_day
            .map(|(at, hash)| (labels::moment(texts, at), hex(&hash))),
        key: read.seal.key.to_string(),
    };
    pages::page(texts, StatusCode::OK, &page)
}

/// All that a member may read as a table, the newest first, whatever page is asked for.
pub(super) async fn export(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let table = async {
        before(request.query_string())?;
        let (lines, _) = all(&desk, &member).await?;
        let words = wording::Words {
            texts,
            roster: &member.roster,
        };
        let headings = [
            "desk-log-number",
            "desk-log-when",
            "desk-log-what",
            "desk-folio",
        ];
        let rows = lines.iter().rev().map(|line| words.row(line));
        Ok(
            Table::new(texts, "bitacora", headings).with_all(rows.map(|row| {
                [
                    row.number.to_string().into(),
                    row.at.into(),
                    row.what.into(),
                    row.case
                        .unwrap_or_else(|| texts.get("desk-log-no-case"))
                        .into(),
                ]
            })),
        )
    };
    let table = table.await.map_err(|error: ReadError| error.problem(texts));
    table::answer(&desk, &request, table)
}
