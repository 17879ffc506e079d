//! `GET /`: the cases, the most pressing first, as far as the filter takes them.

mod cells;
pub(super) mod export;
mod filter;
mod order;
mod stuck;
pub(super) mod views;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::waiting::backlog;
use domain::case::CaseState;
use domain::catalogue::{OoadCode, Risk, UmaeCode};
use domain::complaint::FieldFaults;
use domain::procedure::Owner;
use domain::routing::Priority;
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::mailroom::Backlog;

pub(super) use self::cells::{Next, Row, next, row};
pub(super) use self::filter::unanswered;
pub(super) use self::filter::{Alert, Counts, Filter, Seen, is_open, is_unaided};
pub(super) use self::order::{By, Order};
pub(super) use self::stuck::{Stuck, why as why_stuck};
use self::views::{SavedViews, ViewsError};
use super::gate::Member;
use super::labels::Labelled;
use super::pages::{self, Frame};
use super::register::{Case, Eye, RegisterError};
use super::shortcuts;
use super::signal::Signal;
use super::{Desk, fallback};

/// Cases of one page; the counts are of all of them.
pub(super) const ROWS: usize = 50;

/// Where whoever declared a conflict is led: the list, which says that it is noted and names no case.
pub(super) const AFTER_DECLARING: &str = "/?excusa";

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListError {
    #[error(transparent)]
    Filter(#[from] FieldFaults),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Views(#[from] ViewsError),
}

impl ListError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Filter(faults) => Problem::fields(texts, faults),
            Self::Store(_) | Self::Register(_) | Self::Views(_) => {
                tracing::error!(cause = %self, "the list cannot be read");
                fallback::unavailable(texts)
            }
        }
    }
}

/// The cases that a member may know of and a filter takes.
pub(super) struct Listed {
    /// In their order only after [`Self::page`] or [`Self::in_order`].
    cases: Vec<Arc<Case>>,
    /// Cases of which others wait for copies of the key.
    pub(super) copies: usize,
}

impl Listed {
    pub(super) async fn read(
        desk: &Desk,
        member: &Member,
        filter: &Filter,
        seen: &Seen<'_>,
    ) -> Result<Self, RegisterError> {
        let register = desk.register.now(&*desk.cases, &member.keyring).await?;
        let mut copies = 0;
        let mut cases = Vec::new();
        for case in register.cases().filter(|case| seen.eye.knows(case)) {
            if filter.takes(case, seen) {
                copies += usize::from(seen.eye.owes_copies(case));
                cases.push(Arc::clone(case));
            }
        }
        Ok(Self { cases, copies })
    }

    pub(super) fn counts(&self, seen: &Seen<'_>) -> Counts {
        Counts::of(self.cases.iter().map(|case| &case.entry), &seen.signals)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.cases.len()
    }

    /// One page of them.
    pub(super) fn page(&mut self, order: Order, page: u32) -> &[Arc<Case>] {
        let start = usize::try_from(page)
            .unwrap_or(usize::MAX)
            .saturating_mul(ROWS)
            .min(self.cases.len());
        let end = start.saturating_add(ROWS).min(self.cases.len());
        order.bring(&mut self.cases, start, end);
        &self.cases[start..end]
    }

    /// All of them.
    pub(super) fn in_order(mut self, order: Order) -> Vec<Arc<Case>> {
        let end = self.cases.len();
        order.bring(&mut self.cases, 0, end);
        self.cases
    }
}

/// What a member sees cases with.
pub(super) fn seen<'a>(desk: &'a Desk, member: &'a Member) -> Seen<'a> {
    Seen::new(Eye::of(member), desk.calendar(), desk.today())
}

#[derive(Template)]
#[template(path = "list.html")]
struct Page<'a> {
    frame: Frame<'a>,
    scripted: bool,
    counts: Counts,
    backlog: Backlog,
    copies: usize,
    columns: Vec<Column>,
    rows: Vec<Row>,
    pager: Option<Pager>,
    /// Whether the member has just declared a conflict.
    declared: bool,
    filtered: bool,
    /// The query string of this list from its first page on.
    query: String,
    year: String,
    choices: Vec<Field>,
    views: SavedViews,
}

/// A column that the list can be sorted by.
struct Column {
    label: String,
    link: String,
    /// What `aria-sort` says, if the list is sorted by it.
    sorted: Option<&'static str>,
}

/// Which page it is.
pub(super) struct Pager {
    pub(super) this: usize,
    pub(super) all: usize,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

impl Pager {
    fn of(filter: &Filter, found: usize) -> Option<Self> {
        let all = found.div_ceil(ROWS).max(1);
        let page = filter.page.unwrap_or_default();
        let this = usize::try_from(page).ok()?.saturating_add(1);
        let link = |page: u32| {
            let page = Some(page);
            format!("/?{}", Filter { page, ..*filter }.query())
        };
        (all > 1 || this > 1).then(|| Self {
            this,
            all,
            before: page.checked_sub(1).map(link),
            after: (this < all).then(|| link(page.saturating_add(1))),
        })
    }
}

/// A field of the filter.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: String,
    /// What it says while nothing is chosen.
    pub(super) any: String,
    pub(super) choices: Vec<Choice>,
}

/// A choice of a field.
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &request, &member).await {
        Ok(page) => pages::page_with_script(texts, StatusCode::OK, &page, page.scripted),
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
    let seen = seen(desk, member);
    let mut listed = Listed::read(desk, member, &filter, &seen).await?;
    let backlog = backlog(&*desk.mailroom, &member.keyring.key_ids()).await?;
    let views = views::of(desk, member).await?;
    Ok(Page {
        frame: Frame::of(texts, member),
        scripted: shortcuts::are_on(request),
        counts: listed.counts(&seen),
        backlog,
        copies: listed.copies,
        columns: columns(texts, &filter),
        pager: Pager::of(&filter, listed.len()),
        rows: listed
            .page(filter.order, filter.page.unwrap_or_default())
            .iter()
            .map(|case| row(texts, case, &seen))
            .collect(),
        declared,
        filtered: !filter.takes_all(),
        query: filter.first_page().query(),
        year: filter.year.map(|year| year.to_string()).unwrap_or_default(),
        choices: fields(texts, &filter),
        views,
    })
}

fn columns(texts: &Texts, filter: &Filter) -> Vec<Column> {
    [
        (By::Folio, "desk-folio"),
        (By::Priority, "desk-priority"),
        (By::Risk, "desk-risk"),
        (By::Term, "desk-next-term"),
        (By::State, "desk-state"),
        (By::Place, "desk-place"),
        (By::Received, "desk-received"),
    ]
    .into_iter()
    .map(|(by, label)| {
        let is_this = filter.order.by == by;
        let reverse = is_this && !filter.order.reverse;
        let order = Order { by, reverse };
        let link = Filter { order, ..*filter }.first_page().query();
        Column {
            label: texts.get(label),
            link: format!("/?{link}"),
            sorted: is_this.then_some(if filter.order.reverse {
                "descending"
            } else {
                "ascending"
            }),
        }
    })
    .collect()
}

/// What can be chosen, besides the year.
pub(super) fn fields(texts: &Texts, filter: &Filter) -> Vec<Field> {
    let field = |name, label: &str, choices| Field {
        name,
        label: texts.get(label),
        any: texts.get("desk-any"),
        choices,
    };
    let review = [(true, "desk-yes"), (false, "desk-no")].map(|(answer, label)| Choice {
        code: filter::said(answer),
        label: texts.get(label),
        chosen: filter.review == Some(answer),
    });
    let mut sort = field(
        "sort",
        "desk-sort",
        coded(texts, By::ALL, Some(filter.order.by)),
    );
    sort.any = String::new();
    vec![
        field("risk", "desk-risk", coded(texts, Risk::ALL, filter.risk)),
        field(
            "state",
            "desk-state",
            coded(texts, CaseState::ALL, filter.state),
        ),
        field(
            "priority",
            "desk-priority",
            coded(texts, Priority::ALL, filter.priority),
        ),
        field(
            "signal",
            "desk-signal",
            coded(texts, Signal::ALL, filter.signal),
        ),
        field(
            "owner",
            "desk-owner",
            coded(texts, Owner::ALL, filter.owner),
        ),
        field(
            "alert",
            "desk-alert",
            coded(texts, Alert::ALL, filter.alert),
        ),
        field("review", "desk-review", review.into()),
        field(
            "ooad",
            "desk-ooad",
            OoadCode::all()
                .map(|code| Choice {
                    code: code.code(),
                    label: code.name().to_owned(),
                    chosen: filter.ooad == Some(code),
                })
                .collect(),
        ),
        field(
            "umae",
            "desk-umae",
            UmaeCode::all()
                .map(|code| Choice {
                    code: code.code(),
                    label: code.name().to_owned(),
                    chosen: filter.umae == Some(code),
                })
                .collect(),
        ),
        sort,
    ]
}

fn coded<T: Labelled + PartialEq>(texts: &Texts, all: &[T], chosen: Option<T>) -> Vec<Choice> {
    all.iter()
        .map(|value| Choice {
            code: value.code(),
            label: value.label(texts),
            chosen: chosen == Some(*value),
        })
        .collect()
}
