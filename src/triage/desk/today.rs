//! `GET /hoy`: what is due, what is new, what is stuck; first what this member's seat has to keep.
//! `GET /hoy.csv?part=due`: one part as a table, its lines without the cut of the page; without a part, all of them
//! one after another.
//!
//! Each part links to the list, where cases can be sorted; the list is by cases and asks more simply, so the
//! table of a part is made of the part itself.

use std::cmp::Reverse;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::kept::heard_on;
use domain::catalogue::TermKey;
use domain::committee::{Act, Relation, Ruling, Seat, policy};
use domain::complaint::{FaultKind, FieldFaults};
use domain::procedure::{MoveKind, Owner, makes};
use serde::Deserialize;
use service::language::Texts;
use service::wording;
use store::StoreError;
use store::casefiles::RunningTerm;

use super::gate::Member;
use super::labels::{Labelled, yes_no};
use super::list::views::{self, SavedViews};
use super::list::{
    self, Alert, By, Counts, Filter, ListError, Order, Row, Seen, Stuck, is_open, is_unaided, row,
    why_stuck,
};
use super::pages::{self, Frame};
use super::register::{Case, Snapshot};
use super::signal::Signal;
use super::table::{self, Cells, Table};
use super::{Desk, fallback, shortcuts};

/// Most lines of a part on the page.
const LINES: usize = 20;

/// What a part is called by a link, a style sheet and the query of its table.
const PARTS: [&str; 6] = ["mine", "unanswered", "unaided", "due", "new", "stuck"];

const COLUMNS: usize = 11;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    part: Option<String>,
}

#[derive(Template)]
#[template(path = "today.html")]
struct Page<'a> {
    frame: Frame<'a>,
    scripted: bool,
    day: String,
    counts: Counts,
    /// The seat of whoever reads, if it has terms to keep.
    seat: Option<String>,
    parts: Vec<Part>,
    views: SavedViews,
}

/// A part of the page.
struct Part {
    /// What a style sheet or a link names it by.
    name: &'static str,
    title: String,
    /// What it says where there is nothing.
    nothing: String,
    lines: Vec<Line>,
    /// How many there are in all.
    all: usize,
    /// The list of the cases that it is about.
    link: String,
    /// All of its lines as a table.
    table: String,
}

/// A case, and why it is here.
struct Line {
    row: Row,
    /// A term, if it is about one.
    term: Option<list::Next>,
    /// Why it is here, in words.
    why: Option<String>,
    /// What else is to be known first.
    besides: Option<String>,
    /// What this member may confirm: where, and what it is called.
    act: Option<(String, &'static str)>,
}

/// A term that is near its end, and its case.
struct Due<'c> {
    signal: Signal,
    term: RunningTerm,
    case: &'c Arc<Case>,
}

/// A term that a party let pass, and what a person may do since.
struct Unanswered<'c> {
    case: &'c Arc<Case>,
    term: &'c RunningTerm,
    kind: MoveKind,
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
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let seen = list::seen(desk, member);
    let open = open(&register, &seen);
    Ok(Page {
        frame: Frame::of(texts, member),
        scripted: shortcuts::are_on(request),
        day: wording::date(texts, seen.signals.today()),
        counts: Counts::of(open.iter().map(|case| &case.entry), &seen.signals),
        seat: owner_of(member.actor.seat).map(|owner| Labelled::label(owner, texts)),
        parts: parts(desk, texts, member, &seen, &open, |_| LINES).await?,
        views: views::of(desk, member).await?,
    })
}

/// One part as a table; a part that this reader has not has no lines.
pub(super) async fn export(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let table = async {
        let name = asked(request.query_string())?;
        let register = desk.register.now(&*desk.cases, &member.keyring).await?;
        let seen = list::seen(&desk, &member);
        let open = open(&register, &seen);
        // Of the other parts nothing is worked out.
        let most = |part: &str| match name {
            Some(name) if name != part => 0,
            Some(_) | None => usize::MAX,
        };
        let parts = parts(&desk, texts, &member, &seen, &open, most).await?;
        let lines = parts.into_iter().flat_map(|part| part.lines);
        Ok(of(texts, name.unwrap_or("todo"), lines))
    };
    let table: Result<_, ListError> = table.await;
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

/// The part that the query asks for, if it asks for one.
fn asked(query: &str) -> Result<Option<&'static str>, FieldFaults> {
    let asked = Query::<Asked>::from_query(query)
        .map_err(|_| FieldFaults::one("query", FaultKind::UnknownField))?;
    let Some(name) = &asked.part else {
        return Ok(None);
    };
    let part = PARTS.into_iter().find(|part| part == name);
    match part {
        Some(part) => Ok(Some(part)),
        None => Err(FieldFaults::one("part", FaultKind::UnknownCode)),
    }
}

fn of(texts: &Texts, name: &str, lines: impl Iterator<Item = Line>) -> Table<COLUMNS> {
    let headings = [
        "desk-folio",
        "desk-due",
        "desk-signal",
        "desk-next-term",
        "desk-owner",
        "desk-priority",
        "desk-risk",
        "desk-review",
        "desk-today-why",
        "desk-state",
        "desk-place",
    ];
    Table::new(texts, format!("hoy-{name}"), headings)
        .with_all(lines.map(|line| cells(texts, line)))
}

fn cells(texts: &Texts, line: Line) -> Cells<'static, COLUMNS> {
    let Line {
        row,
        term,
        why,
        besides,
        ..
    } = line;
    let unclassified = || texts.get("desk-unclassified");
    let [due, signal, what, owner] = term.map_or_else(Default::default, |term| {
        [term.due_on.to_string(), term.label, term.what, term.owner]
    });
    let why: Vec<String> = why.into_iter().chain(besides).collect();
    [
        row.folio,
        due,
        signal,
        what,
        owner,
        row.priority.map_or_else(unclassified, |(_, label)| label),
        row.risk.unwrap_or_else(unclassified),
        yes_no(texts, row.review),
        why.join(" "),
        row.state,
        row.place.unwrap_or_else(|| texts.get("desk-untold")),
    ]
    .map(Into::into)
}

/// The open cases that the member may know of.
fn open<'c>(register: &'c Snapshot, seen: &Seen<'_>) -> Vec<&'c Arc<Case>> {
    let all = register.cases();
    all.filter(|case| seen.eye.knows(case) && is_open(case))
        .collect()
}

/// The parts, each with at most so many lines.
async fn parts(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    seen: &Seen<'_>,
    open: &[&Arc<Case>],
    most: impl Fn(&str) -> usize,
) -> Result<Vec<Part>, StoreError> {
    let mine = owner_of(member.actor.seat);
    let (own, others): (Vec<_>, Vec<_>) = due(open, seen)
        .into_iter()
        .partition(|due| Some(Owner::of(due.term.deadline.key)) == mine);
    let mut parts = Vec::new();
    if let Some(owner) = mine {
        parts.push(due_part(
            texts,
            seen,
            "mine",
            &own,
            Some(owner),
            most("mine"),
        ));
    }
    let unanswered = unanswered(seen, open);
    // These have a part of their own.
    let is_told = |due: &Due<'_>| {
        let mut terms = list::unanswered(due.case, seen);
        terms.any(|(term, _)| *term == due.term)
    };
    let others: Vec<_> = others.into_iter().filter(|due| !is_told(due)).collect();
    if !unanswered.is_empty() {
        parts.push(
            unanswered_part(desk, texts, member, seen, &unanswered, most("unanswered")).await?,
        );
    }
    if open.iter().any(|case| is_unaided(case)) {
        parts.push(unaided_part(texts, member, seen, open, most("unaided")));
    }
    parts.push(due_part(texts, seen, "due", &others, None, most("due")));
    parts.push(new_part(texts, seen, open, most("new")));
    parts.push(stuck_part(texts, seen, open, most("stuck")));
    Ok(parts)
}

/// Whose terms a seat has to keep.
fn owner_of(seat: Seat) -> Option<Owner> {
    Owner::ALL
        .iter()
        .copied()
        .find(|owner| owner.seat() == Some(seat))
}

/// All terms that are near their end or over, the most pressing first.
fn due<'c>(open: &[&'c Arc<Case>], seen: &Seen<'_>) -> Vec<Due<'c>> {
    let mut due: Vec<Due<'c>> = Vec::new();
    for &case in open {
        let terms = case.entry.terms.iter().map(|term| Due {
            signal: seen.signals.of(term),
            term: *term,
            case,
        });
        due.extend(terms.filter(|due| due.signal >= Signal::Late80));
    }
    due.sort_by_key(|due| {
        let entry = &due.case.entry;
        let day = due.term.deadline.due_on;
        let priority = entry.classification.as_ref().map(|found| found.priority);
        (Reverse(due.signal), day, priority, entry.folio)
    });
    due
}

fn due_part(
    texts: &Texts,
    seen: &Seen<'_>,
    name: &'static str,
    due: &[Due<'_>],
    owner: Option<Owner>,
    most: usize,
) -> Part {
    let lines = due.iter().take(most).map(|due| Line {
        row: row(texts, due.case, seen),
        term: Some(list::next(texts, &due.term, seen)),
        why: None,
        besides: None,
        act: None,
    });
    let words = match owner {
        Some(_) => ["desk-today-mine", "desk-today-mine-none"],
        None => ["desk-today-due", "desk-today-due-none"],
    };
    let filter = Filter {
        owner,
        alert: Some(Alert::Due),
        ..Filter::default()
    };
    Part {
        all: due.len(),
        lines: lines.collect(),
        ..part(texts, name, words, filter, By::Term)
    }
}

/// The terms that a party let pass, from the one that is over longest on.
fn unanswered<'c>(seen: &Seen<'_>, open: &[&'c Arc<Case>]) -> Vec<Unanswered<'c>> {
    let mut found: Vec<Unanswered<'c>> = Vec::new();
    for &case in open {
        let terms = list::unanswered(case, seen);
        found.extend(terms.map(|(term, kind)| Unanswered { case, term, kind }));
    }
    found.sort_by_key(|one| (one.term.deadline.due_on, one.case.entry.folio));
    found
}

/// Where nothing that came stopped the term of a party. A person confirms what follows; nothing is done by
/// itself.
async fn unanswered_part(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    seen: &Seen<'_>,
    found: &[Unanswered<'_>],
    most: usize,
) -> Result<Part, StoreError> {
    let takes_steps = policy::decide(&member.actor, Act::TakeStep, Some(Relation::Entitled));
    let mut lines = Vec::new();
    for one in found.iter().take(most) {
        let Unanswered { case, term, kind } = one;
        let reads = seen.eye.reads(case);
        let confirms = reads && takes_steps == Ruling::Allowed && makes(member.actor.seat, *kind);
        let source = &term.deadline.key.term().source;
        lines.push(Line {
            row: row(texts, case, seen),
            term: Some(list::next(texts, term, seen)),
            why: Some(texts.with("desk-today-unanswered-rule", "source", source.as_str())),
            besides: (reads && one.may_be_answered(desk).await?)
                .then(|| texts.get("desk-today-unanswered-heard")),
            act: confirms.then(|| {
                let folio = case.entry.folio;
                (
                    format!("/casos/{folio}/tramite/{}", kind.code()),
                    kind.label().name.as_str(),
                )
            }),
        });
    }
    let filter = Filter {
        alert: Some(Alert::Unanswered),
        ..Filter::default()
    };
    Ok(Part {
        all: found.len(),
        lines,
        ..part(
            texts,
            "unanswered",
            ["desk-today-unanswered", "desk-today-unanswered-none"],
            filter,
            By::Term,
        )
    })
}

impl Unanswered<'_> {
    /// Whether whoever filed wrote since they were asked. Only an answer that is sent as one stops the term.
    async fn may_be_answered(&self, desk: &Desk) -> Result<bool, StoreError> {
        if self.term.deadline.key != TermKey::PrevencionDesahogo {
            return Ok(false);
        }
        let heard_on = heard_on(self.case.entry.id, &*desk.cases).await?;
        Ok(heard_on.is_some_and(|day| day >= self.term.starts_on))
    }
}

/// The cases whose proposal is hidden: measures that hang on the risk wait until somebody has classified them.
fn unaided_part(
    texts: &Texts,
    member: &Member,
    seen: &Seen<'_>,
    open: &[&Arc<Case>],
    most: usize,
) -> Part {
    let takes_steps = policy::decide(&member.actor, Act::TakeStep, Some(Relation::Entitled));
    let classifies = takes_steps == Ruling::Allowed && makes(member.actor.seat, MoveKind::Classify);
    let mut found: Vec<&Arc<Case>> = open
        .iter()
        .copied()
        .filter(|case| is_unaided(case))
        .collect();
    found.sort_by_key(|case| {
        let entry = &case.entry;
        let priority = entry.classification.as_ref().map(|found| found.priority);
        (priority, entry.received_on, entry.folio)
    });
    let lines = found.iter().take(most).map(|case| Line {
        row: row(texts, case, seen),
        term: None,
        why: Some(texts.get("desk-today-unaided-why")),
        besides: None,
        act: (classifies && seen.eye.reads(case)).then(|| {
            let kind = MoveKind::Classify;
            let folio = case.entry.folio;
            (
                format!("/casos/{folio}/tramite/{}", kind.code()),
                kind.label().name.as_str(),
            )
        }),
    });
    let filter = Filter {
        alert: Some(Alert::Unaided),
        ..Filter::default()
    };
    Part {
        all: found.len(),
        lines: lines.collect(),
        ..part(
            texts,
            "unaided",
            ["desk-today-unaided", "desk-today-unaided-none"],
            filter,
            By::Pressing,
        )
    }
}

fn new_part(texts: &Texts, seen: &Seen<'_>, open: &[&Arc<Case>], most: usize) -> Part {
    let mut new: Vec<&Arc<Case>> = open
        .iter()
        .copied()
        .filter(|case| case.entry.received_on >= seen.new_since)
        .collect();
    new.sort_by_key(|case| {
        let entry = &case.entry;
        let priority = entry.classification.as_ref().map(|found| found.priority);
        (priority, entry.folio)
    });
    let lines = new.iter().take(most).map(|case| Line {
        row: row(texts, case, seen),
        term: None,
        why: None,
        besides: None,
        act: None,
    });
    let filter = Filter {
        alert: Some(Alert::New),
        ..Filter::default()
    };
    Part {
        all: new.len(),
        lines: lines.collect(),
        ..part(
            texts,
            "new",
            ["desk-today-new", "desk-today-new-none"],
            filter,
            By::Pressing,
        )
    }
}

fn stuck_part(texts: &Texts, seen: &Seen<'_>, open: &[&Arc<Case>], most: usize) -> Part {
    let mut stuck: Vec<(&Arc<Case>, Stuck)> = open
        .iter()
        .filter_map(|case| Some((*case, why_stuck(case, seen)?)))
        .collect();
    stuck.sort_by_key(|(case, why)| (*why, case.last_step(), case.entry.folio));
    let lines = stuck.iter().take(most).map(|(case, why)| Line {
        row: row(texts, case, seen),
        term: None,
        why: Some(why_in_words(texts, case, *why)),
        besides: None,
        act: None,
    });
    let filter = Filter {
        alert: Some(Alert::Stuck),
        ..Filter::default()
    };
    Part {
        all: stuck.len(),
        lines: lines.collect(),
        ..part(
            texts,
            "stuck",
            ["desk-today-stuck", "desk-today-stuck-none"],
            filter,
            By::Received,
        )
    }
}

/// Why it does not move, and for whom it waits.
fn why_in_words(texts: &Texts, case: &Case, why: Stuck) -> String {
    match why {
        Stuck::Damaged | Stuck::TooFew | Stuck::NoTerm => why.label(texts),
        Stuck::NoStep => {
            let owner = case.entry.terms.first();
            let owner = owner.map_or_else(String::new, |term| {
                Labelled::label(Owner::of(term.deadline.key), texts)
            });
            let since = wording::date(texts, case.last_step());
            texts.fill("desk-today-no-step", &[("date", &since), ("owner", &owner)])
        }
    }
}

fn part(
    texts: &Texts,
    name: &'static str,
    [title, nothing]: [&str; 2],
    filter: Filter,
    by: By,
) -> Part {
    let order = Order { by, reverse: false };
    let link = Filter { order, ..filter }.query();
    Part {
        name,
        title: texts.get(title),
        nothing: texts.get(nothing),
        lines: Vec::new(),
        all: 0,
        table: format!("/hoy.csv?part={name}"),
        link: format!("/?{link}"),
    }
}
