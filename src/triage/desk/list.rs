//! `GET /`: the cases, the most pressing first.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::waiting::backlog;
use domain::case::CaseState;
use domain::catalogue::Risk;
use domain::complaint::FieldFaults;
use domain::routing::Priority;
use service::language::Texts;
use service::problem::Problem;
use service::wording;
use store::StoreError;
use store::casefiles::RegisterEntry;
use store::mailroom::Backlog;

use super::copies;
use super::filter::{Counts, Filter, FilterError, priority};
use super::gate::Member;
use super::labels::{self, Labelled as _};
use super::pages::{self, Frame};
use super::pass;
use super::recusals::view::may_know;
use super::signal::Signal;
use super::{Desk, fallback};

/// Most cases of one page; the counts are of all of them.
const ROWS: usize = 500;

/// Where whoever declared a conflict is led: the list, which says that it is noted and names no case.
pub(super) const AFTER_DECLARING: &str = "/?excusa";

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
enum ListError {
    #[error(transparent)]
    Filter(#[from] FieldFaults),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Cases(#[from] FilterError),
}

impl ListError {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Filter(faults) => Problem::fields(texts, faults),
            Self::Cases(error) => {
                tracing::error!(cause = %error, "the list cannot be read");
                fallback::unavailable(texts)
            }
            Self::Store(error) => {
                tracing::error!(cause = %error, "the list cannot be read");
                fallback::unavailable(texts)
            }
        }
    }
}

#[derive(Template)]
#[template(path = "list.html")]
struct Page<'a> {
    frame: Frame<'a>,
    counts: Counts,
    backlog: Backlog,
    /// Cases of which others wait for copies of the key.
    copies: usize,
    rows: Vec<Row>,
    left_out: usize,
    /// Whether the member has just declared a conflict.
    declared: bool,
    filtered: bool,
    years: String,
    risks: Vec<Choice>,
    states: Vec<Choice>,
}

/// One case of the list.
struct Row {
    folio: String,
    received: String,
    risk: Option<String>,
    priority: Option<(Priority, String)>,
    state: String,
    place: Option<String>,
    review: bool,
    /// Whether too few are left to act, as far as this member may know.
    too_few: bool,
    next: Option<Next>,
}

/// The term that ends next.
struct Next {
    what: String,
    due: String,
    signal: Signal,
    label: String,
}

/// A choice of a filter.
struct Choice {
    code: &'static str,
    label: String,
    chosen: bool,
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &request, &member).await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn page<'a>(
    desk: &Desk,
    texts: &'a Texts,
    request: &HttpRequest,
    member: &'a Member,
) -> Result<Page<'a>, ListError> {
    let declared = AFTER_DECLARING.strip_prefix("/?") == Some(request.query_string());
    let filter = if declared {
        Filter::default()
    } else {
        Filter::parse(request.query_string())?
    };
    let cases = filter.cases(member).await?;
    let backlog = backlog(&*desk.mailroom, &member.keyring.key_ids()).await?;
    let today = desk.today();
    Ok(Page {
        frame: Frame::of(texts, member),
        counts: Counts::of(&cases, &desk.calendar(), today),
        backlog,
        copies: copies::waiting(member, &cases).map_err(FilterError::from)?,
        left_out: cases.len().saturating_sub(ROWS),
        rows: cases
            .iter()
            .take(ROWS)
            .map(|case| row(desk, texts, member, case))
            .collect::<Result<_, _>>()?,
        declared,
        filtered: filter != Filter::default(),
        years: filter.year.map(|year| year.to_string()).unwrap_or_default(),
        risks: choices(Risk::ALL, filter.risk, |risk| {
            (risk.code(), risk.label(texts))
        }),
        states: choices(CaseState::ALL, filter.state, |state| {
            (state.code(), state.label(texts))
        }),
    })
}

fn row(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    case: &RegisterEntry,
) -> Result<Row, FilterError> {
    let today = desk.today();
    let circle = pass::circle_of(member, case)?;
    let too_few = circle.is_some_and(|circle| {
        may_know(member, circle.relation_of(member.actor.id))
            && !circle
                .shortage(member.access.people.profiles(), today)
                .is_empty()
    });
    Ok(Row {
        too_few,
        folio: case.folio.to_string(),
        received: wording::date(texts, case.received_on),
        risk: case
            .classification
            .as_ref()
            .map(|found| found.main.label(texts)),
        priority: priority(case).map(|priority| (priority, priority.label(texts))),
        state: case.state.label(texts),
        place: labels::place(case.ooad, case.umae),
        review: case
            .classification
            .as_ref()
            .is_some_and(|found| found.review),
        next: case.terms.first().map(|term| {
            let signal = Signal::of(&desk.calendar(), today, term.deadline.due_on);
            Next {
                what: texts.get(&format!("term-{}", term.deadline.key.code())),
                due: wording::date(texts, term.deadline.due_on),
                signal,
                label: signal.label(texts),
            }
        }),
    })
}

fn choices<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    name: impl Fn(T) -> (&'static str, String),
) -> Vec<Choice> {
    all.iter()
        .map(|value| {
            let (code, label) = name(*value);
            Choice {
                code,
                label,
                chosen: chosen == Some(*value),
            }
        })
        .collect()
}
