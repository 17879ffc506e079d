//! `GET /conservacion`: how long closed cases are kept, which may be deleted, and the certificates of those that
//! were; `GET /conservacion/{certificate}`: one of them, to be kept elsewhere.
//! `export` makes tables of the lists.
//!
//! A case whose term is over is *blocked*: it is opened by nobody alone any more. What takes two stays possible:
//! taking it out, to answer for what was done, and deleting it.

pub(super) mod export;

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::certificate::{Basis, Certificate, CertificateError};
use committee::kept::{KeptError, heard_on, kept};
use committee::readable::Readable;
use domain::case::Folio;
use domain::catalogue;
use domain::committee::{Act, Relation, Ruling, policy};
use domain::procedure::is_final;
use domain::retention::{Kept, Phase};
use service::language::Texts;
use service::problem::Problem;
use service::wording;
use store::StoreError;
use store::casefiles::RegisterEntry;

use super::acts::view::name;
use super::gate::Member;
use super::labels::Labelled as _;
use super::pages::{self, Frame};
use super::register::{Case, Eye, RegisterError, way_to};
use super::{Desk, fallback};

/// Most lines of a part.
const LINES: usize = 200;

/// Why the page is not shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// There is no such certificate, for this member.
    #[error("there is no such certificate for this member")]
    None,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

impl Fault {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::None => Problem::new(texts, StatusCode::NOT_FOUND, "not-found"),
            Self::Store(_) | Self::Register(_) | Self::Certificate(_) => {
                tracing::error!(cause = %self, "it cannot be shown how long cases are kept");
                fallback::unavailable(texts)
            }
        }
    }
}

#[derive(Template)]
#[template(path = "retention.html")]
struct Page<'a> {
    frame: Frame<'a>,
    blocked: Vec<Line>,
    /// How many there are besides.
    more_blocked: usize,
    kept: Vec<Line>,
    more_kept: usize,
    /// Closed cases of which nobody can say how long they are kept.
    damaged: Vec<Folio>,
    /// Whether there are certificates that do not open.
    unreadable: bool,
    certificates: Vec<Deleted>,
    series: Vec<SeriesLine>,
}

/// A closed case.
struct Line {
    folio: Folio,
    /// Where it leads.
    way: String,
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
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(texts)),
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
    let found = match find_certificate(&desk, &member, &asked).await {
        Ok(found) => found,
        Err(fault) => return fallback::problem(&desk, &request, &fault.problem(texts)),
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"constancia-{}.txt\"", found.folio),
        ))
        .body(written(texts, &member, &found))
}

async fn page<'a>(desk: &Desk, texts: &'a Texts, member: &'a Member) -> Result<Page<'a>, Fault> {
    let Shelved {
        blocked,
        kept,
        damaged,
    } = shelved(desk, member).await?;
    let certificates = known_certificates(desk, member).await?;
    let line = |one: &Found| line(texts, member, one);
    Ok(Page {
        frame: Frame::of(texts, member),
        more_blocked: blocked.len().saturating_sub(LINES),
        more_kept: kept.len().saturating_sub(LINES),
        blocked: blocked.iter().take(LINES).map(line).collect(),
        kept: kept.iter().take(LINES).map(line).collect(),
        unreadable: certificates.is_damaged(),
        damaged,
        certificates: certificates
            .records
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

/// A closed case that the member may know of.
pub(super) struct Found {
    pub(super) case: Arc<Case>,
    pub(super) kept: Kept,
    pub(super) phase: Phase,
}

/// The closed cases: what ends first comes first; what does not end by itself, last.
pub(super) struct Shelved {
    pub(super) blocked: Vec<Found>,
    pub(super) kept: Vec<Found>,
    /// Those of which nobody can say how long they are kept.
    pub(super) damaged: Vec<Folio>,
}

/// The closed cases that the member may know of.
pub(super) async fn shelved(desk: &Desk, member: &Member) -> Result<Shelved, Fault> {
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let eye = Eye::of(member);
    // Where a case goes on in another, it matters whether that one is there still.
    let joined: BTreeSet<Folio> = register
        .cases()
        .filter_map(|case| case.closed()?.joined_into())
        .collect();
    let there: BTreeSet<Folio> = register
        .cases()
        .map(|case| case.entry.folio)
        .filter(|folio| joined.contains(folio))
        .collect();
    let today = desk.today();
    let mut all: Vec<Found> = register
        .cases()
        .filter_map(|case| {
            let kept = case.closed()?.kept(|folio| there.contains(&folio));
            eye.knows(case).then(|| Found {
                case: Arc::clone(case),
                phase: kept.phase(today, None),
                kept,
            })
        })
        .collect();
    // Only then it matters what came since.
    for found in &mut all {
        if found.phase == Phase::Blocked {
            let heard_on = heard_on(found.case.entry.id, &*desk.cases).await?;
            found.phase = found.kept.phase(today, heard_on);
        }
    }
    all.sort_by_key(|found| {
        let until = found.kept.until;
        (until.is_none(), until, found.case.entry.folio)
    });
    let (blocked, kept) = all
        .into_iter()
        .partition(|found| found.phase == Phase::Blocked);
    let mut damaged: Vec<Folio> = register
        .cases()
        .filter(|case| case.is_damaged() && is_final(case.entry.state) && eye.knows(case))
        .map(|case| case.entry.folio)
        .collect();
    damaged.sort_unstable();
    Ok(Shelved {
        blocked,
        kept,
        damaged,
    })
}

impl Found {
    /// Whether a member may ask that it be deleted.
    pub(super) fn may_ask(&self, member: &Member) -> bool {
        self.phase == Phase::Blocked && self.rules(member, Act::DeleteCase) == Ruling::NeedsSecond
    }

    fn rules(&self, member: &Member, act: Act) -> Ruling {
        let circle = self.case.circle.as_ref();
        let relation = circle.map_or(Relation::Excluded, |circle| {
            circle.relation_of(member.actor.id)
        });
        policy::decide(&member.actor, act, Some(relation))
    }
}

fn line(texts: &Texts, member: &Member, found: &Found) -> Line {
    let Found { case, kept, phase } = found;
    Line {
        folio: case.entry.folio,
        way: way_to(
            case.entry.folio,
            found.rules(member, Act::ReadCase) == Ruling::Allowed,
        ),
        series: kept.series.label(texts),
        closed_on: wording::date(texts, kept.closed_on),
        until: until(texts, *kept),
        phase: phase.label(texts),
        may_ask: found.may_ask(member),
    }
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
pub(super) async fn known_certificates(
    desk: &Desk,
    member: &Member,
) -> Result<Readable<Certificate>, Fault> {
    let known = policy::decide(&member.actor, Act::ReadRegister, Some(Relation::Outside));
    if known != Ruling::Allowed {
        return Ok(Readable::of([]));
    }
    Ok(Certificate::known_to(member.actor.id, &*desk.cases, &member.keyring).await?)
}

/// The certificate of an act, if the member may know of it.
pub(super) async fn find_certificate(
    desk: &Desk,
    member: &Member,
    act: &str,
) -> Result<Certificate, Fault> {
    let all = known_certificates(desk, member).await?;
    let mut all = all.records.into_iter();
    all.find(|one| one.act.to_string() == act)
        .ok_or(Fault::None)
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
