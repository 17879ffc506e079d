//! `GET /conservacion`: how long closed cases are kept, which may be deleted, and the certificates of those that
//! were; `GET /conservacion/{certificate}`: one of them, to be kept elsewhere.
//!
//! A case whose term is over is *blocked*: it is opened by nobody alone any more. What takes two stays possible:
//! taking it out, to answer for what was done, and deleting it.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::certificate::{Basis, Certificate, CertificateError};
use committee::kept::{KeptError, kept};
use domain::case::Folio;
use domain::catalogue;
use domain::committee::{Act, Relation, Ruling, policy};
use domain::procedure::is_final;
use domain::retention::{Kept, Phase};
use opening::OpenError;
use service::language::Texts;
use service::problem::Problem;
use service::wording;
use store::StoreError;
use store::casefiles::RegisterEntry;

use super::acts::view::name;
use super::gate::Member;
use super::labels::Labelled as _;
use super::pages::{self, Frame};
use super::{Desk, fallback, pass};

/// Why the page is not shown.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the circle of a case does not open")]
    Circle(#[from] OpenError),
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

#[derive(Template)]
#[template(path = "retention.html")]
struct Page<'a> {
    frame: Frame<'a>,
    blocked: Vec<Line>,
    kept: Vec<Line>,
    certificates: Vec<Deleted>,
    series: Vec<SeriesLine>,
}

/// A closed case.
struct Line {
    folio: Folio,
    series: String,
    closed_on: String,
    until: String,
    phase: String,
    /// Whether this member may ask that it be deleted.
    may_ask: bool,
}

struct Deleted {
    id: String,
    folio: Folio,
    on: String,
    basis: String,
}

struct SeriesLine {
    name: String,
    years: String,
    source: String,
}

/// Whether a case is blocked. One that stands elsewhere than at an end never is.
pub(super) async fn is_blocked(
    desk: &Desk,
    member: &Member,
    entry: &RegisterEntry,
) -> Result<bool, KeptError> {
    if !is_final(entry.state) {
        return Ok(false);
    }
    let Some(handle) = desk.cases.handle(entry.id).await? else {
        return Ok(false);
    };
    let found = kept(&handle, desk.today(), &*desk.cases, &member.keyring).await?;
    Ok(found.is_some_and(|(_, phase)| phase == Phase::Blocked))
}

/// What is not done with a blocked case. Whoever has to answer for something takes it out, with another.
pub(super) fn stops(act: Act) -> bool {
    [
        Act::ReadCase,
        Act::ReadFile,
        Act::WriteToPerson,
        Act::TakeStep,
        Act::WritePaper,
        Act::RedactFile,
        Act::CaptureCase,
        Act::ShareCase,
    ]
    .contains(&act)
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &member).await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(fault) => unavailable(&desk, &request, &fault),
    }
}

/// A certificate, as text.
pub(super) async fn certificate(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    asked: Path<String>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let all = match known_certificates(&desk, &member).await {
        Ok(all) => all,
        Err(fault) => return unavailable(&desk, &request, &fault),
    };
    let found = all.iter().find(|one| one.act.to_string() == *asked);
    let Some(found) = found else {
        let problem = Problem::new(texts, StatusCode::NOT_FOUND, "not-found");
        return fallback::problem(&desk, &request, &problem);
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"constancia-{}.txt\"", found.folio),
        ))
        .body(written(texts, &member, found))
}

async fn page<'a>(desk: &Desk, texts: &'a Texts, member: &'a Member) -> Result<Page<'a>, Fault> {
    let mut register = desk.cases.register(None).await?;
    register.retain(|entry| is_final(entry.state));
    let mut lines = Vec::new();
    for entry in pass::known_to(member, register)? {
        let Some(handle) = desk.cases.handle(entry.id).await? else {
            continue;
        };
        let found = kept(&handle, desk.today(), &*desk.cases, &member.keyring).await?;
        if let Some((kept, phase)) = found {
            lines.push((kept.until, phase, line(texts, member, &entry, kept, phase)?));
        }
    }
    // What ends first comes first; what does not end by itself, last.
    lines.sort_by_key(|(until, _, line)| (until.is_none(), *until, line.folio));
    let (blocked, kept): (Vec<_>, Vec<_>) = lines
        .into_iter()
        .partition(|(_, phase, _)| *phase == Phase::Blocked);
    let lines = |all: Vec<(_, _, Line)>| all.into_iter().map(|(_, _, line)| line).collect();
    Ok(Page {
        frame: Frame::of(texts, member),
        blocked: lines(blocked),
        kept: lines(kept),
        certificates: known_certificates(desk, member)
            .await?
            .iter()
            .map(|one| Deleted {
                id: one.act.to_string(),
                folio: one.folio,
                on: wording::date(texts, one.deleted_on),
                basis: basis(texts, one.basis),
            })
            .collect(),
        series: series(texts),
    })
}

fn line(
    texts: &Texts,
    member: &Member,
    entry: &RegisterEntry,
    kept: Kept,
    phase: Phase,
) -> Result<Line, Fault> {
    let relation = pass::circle_of(member, entry)?.map_or(Relation::Excluded, |circle| {
        circle.relation_of(member.actor.id)
    });
    let ruling = policy::decide(&member.actor, Act::DeleteCase, Some(relation));
    Ok(Line {
        folio: entry.folio,
        series: kept.series.label(texts),
        closed_on: wording::date(texts, kept.closed_on),
        until: until(texts, kept),
        phase: phase.label(texts),
        may_ask: phase == Phase::Blocked && ruling == Ruling::NeedsSecond,
    })
}

fn until(texts: &Texts, kept: Kept) -> String {
    kept.until.map_or_else(
        || texts.get("desk-kept-no-end"),
        |until| wording::date(texts, until),
    )
}

fn series(texts: &Texts) -> Vec<SeriesLine> {
    let all = catalogue::Series::ALL.iter();
    all.map(|series| {
        let entry = series.entry();
        SeriesLine {
            name: series.label(texts),
            years: entry.years.map_or_else(
                || texts.get("desk-kept-no-end"),
                |years| texts.with("desk-kept-years", "years", years),
            ),
            source: entry.source.clone(),
        }
    })
    .collect()
}

/// As of the log: whoever may know of a case of which they have no key, and was not kept out of it.
async fn known_certificates(desk: &Desk, member: &Member) -> Result<Vec<Certificate>, Fault> {
    let known = policy::decide(&member.actor, Act::ReadRegister, Some(Relation::Outside));
    if known != Ruling::Allowed {
        return Ok(Vec::new());
    }
    Ok(Certificate::known_to(member.actor.id, &*desk.cases, &member.keyring).await?)
}

fn basis(texts: &Texts, basis: Basis) -> String {
    match basis {
        Basis::TermOver { kept } => texts.fill(
            "desk-certificate-over",
            &[
                ("series", &kept.series.label(texts)),
                ("closed", &wording::date(texts, kept.closed_on)),
                ("until", &until(texts, kept)),
            ],
        ),
        Basis::BeforeTime { kept: Some(kept) } => texts.fill(
            "desk-certificate-early",
            &[
                ("series", &kept.series.label(texts)),
                ("closed", &wording::date(texts, kept.closed_on)),
                ("until", &until(texts, kept)),
            ],
        ),
        Basis::BeforeTime { kept: None } => texts.get("desk-certificate-open"),
    }
}

fn written(texts: &Texts, member: &Member, one: &Certificate) -> String {
    let rules = catalogue::current().retention();
    let source = match one.basis {
        Basis::TermOver { kept } | Basis::BeforeTime { kept: Some(kept) } => {
            kept.series.entry().source.as_str()
        }
        Basis::BeforeTime { kept: None } => "",
    };
    let agreed = one.agreed_by.map(|by| name(member, texts, by));
    let agreed = agreed.as_ref().map_or("", |name| name.as_str());
    texts.fill(
        "desk-certificate-text",
        &[
            ("folio", &one.folio.to_string()),
            ("received", &wording::date(texts, one.received_on)),
            ("basis", &basis(texts, one.basis)),
            ("source", source),
            ("on", &wording::date(texts, one.deleted_on)),
            ("asked", name(member, texts, one.asked_by).as_str()),
            ("agreed", agreed),
            ("documents", &one.documents.to_string()),
            ("years", &rules.certificate.years.to_string()),
            ("law", &rules.certificate.source),
            ("act", &one.act.to_string()),
        ],
    )
}

fn unavailable(desk: &Desk, request: &HttpRequest, fault: &Fault) -> HttpResponse {
    tracing::error!(cause = %fault, "it cannot be shown how long cases are kept");
    let problem = fallback::unavailable(desk.texts(request));
    fallback::problem(desk, request, &problem)
}
