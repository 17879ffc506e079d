//! `GET /hoy`: what is due, what is new, what is stuck; first what this member's seat has to keep.
//!
//! Each part links to the list that holds all of it, where it can be sorted and exported.

use std::cmp::Reverse;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::kept::heard_on;
use domain::catalogue::TermKey;
use domain::committee::{Act, Relation, Ruling, Seat, policy};
use domain::procedure::{MoveKind, Owner, makes};
use service::language::Texts;
use service::wording;
use store::StoreError;
use store::casefiles::RunningTerm;

use super::gate::Member;
use super::labels::Labelled;
use super::list::views::{self, SavedViews};
use super::list::{
    self, Alert, By, Counts, Filter, ListError, Order, Row, Seen, Stuck, is_open, row, why_stuck,
};
use super::pages::{self, Frame};
use super::register::Case;
use super::signal::Signal;
use super::{Desk, fallback, shortcuts};

/// Most lines of a part.
const LINES: usize = 20;

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
    /// The list that holds all of it.
    link: String,
    /// The same as a table.
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
    let open: Vec<&Arc<Case>> = register
        .cases()
        .filter(|case| seen.eye.knows(case) && is_open(case))
        .collect();
    let mine = owner_of(member.actor.seat);
    let (own, others): (Vec<_>, Vec<_>) = due(&open, &seen)
        .into_iter()
        .partition(|due| Some(Owner::of(due.term.deadline.key)) == mine);
    let mut parts = Vec::new();
    if let Some(owner) = mine {
        parts.push(due_part(texts, &seen, "mine", &own, Some(owner)));
    }
    let unanswered = unanswered(&seen, &open);
    // These have a part of their own.
    let is_told = |due: &Due<'_>| {
        let mut terms = list::unanswered(due.case, &seen);
        terms.any(|(term, _)| *term == due.term)
    };
    let others: Vec<_> = others.into_iter().filter(|due| !is_told(due)).collect();
    if !unanswered.is_empty() {
        parts.push(unanswered_part(desk, texts, member, &seen, &unanswered).await?);
    }
    parts.push(due_part(texts, &seen, "due", &others, None));
    parts.push(new_part(texts, &seen, &open));
    parts.push(stuck_part(texts, &seen, &open));
    Ok(Page {
        frame: Frame::of(texts, member),
        scripted: shortcuts::are_on(request),
        day: wording::date(texts, seen.signals.today()),
        counts: Counts::of(open.iter().map(|case| &case.entry), &seen.signals),
        seat: mine.map(|owner| Labelled::label(owner, texts)),
        parts,
        views: views::of(desk, member).await?,
    })
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
) -> Part {
    let lines = due.iter().take(LINES).map(|due| Line {
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
) -> Result<Part, StoreError> {
    let takes_steps = policy::decide(&member.actor, Act::TakeStep, Some(Relation::Entitled));
    let mut lines = Vec::new();
    for one in found.iter().take(LINES) {
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

fn new_part(texts: &Texts, seen: &Seen<'_>, open: &[&Arc<Case>]) -> Part {
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
    let lines = new.iter().take(LINES).map(|case| Line {
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

fn stuck_part(texts: &Texts, seen: &Seen<'_>, open: &[&Arc<Case>]) -> Part {
    let mut stuck: Vec<(&Arc<Case>, Stuck)> = open
        .iter()
        .filter_map(|case| Some((*case, why_stuck(case, seen)?)))
        .collect();
    stuck.sort_by_key(|(case, why)| (*why, case.last_step(), case.entry.folio));
    let lines = stuck.iter().take(LINES).map(|(case, why)| Line {
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
        table: format!("/asuntos.csv?{link}"),
        link: format!("/?{link}"),
    }
}
