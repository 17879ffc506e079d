//! The page of terms that come out otherwise.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::case::Folio;
use domain::committee::policy::decide;
use domain::committee::{Act, Ruling};
use domain::procedure::{About, Recounted};
use service::language::Texts;
use service::problem::Problem;
use service::wording;

use super::{Recounts, seen};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::pages::{self, Frame};
use crate::desk::table::Table;

#[derive(Template)]
#[template(path = "recounts.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    rows: Vec<Row>,
    /// Cases of which nobody can say.
    damaged: Vec<String>,
    token: &'a str,
    /// What was shown, for whoever may take it over.
    shown: Option<String>,
}

struct Row {
    folio: String,
    lines: Vec<Line>,
}

struct Line {
    what: String,
    about: Option<String>,
    was: String,
    becomes: String,
}

pub(super) fn page(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    all: &Recounts,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let may_take = match decide(&member.actor, Act::RecountTerms, None) {
        Ruling::Allowed => !all.changed.is_empty(),
        Ruling::NeedsSecond | Ruling::Hidden | Ruling::Refused => false,
    };
    let rows = all.changed.iter().map(|one| Row {
        folio: one.folio.to_string(),
        lines: one
            .changes
            .iter()
            .map(|change| line(texts, change))
            .collect(),
    });
    let page = Page {
        frame: Frame::of(texts, member),
        problem,
        rows: rows.collect(),
        token: member.session.token.as_str(),
        shown: may_take.then(|| seen(&all.changed)),
        damaged: all.damaged.iter().map(Folio::to_string).collect(),
    };
    pages::page(texts, pages::status_of(problem), &page)
}

/// The same as a table; last the cases of which nobody can say.
pub(super) fn table(texts: &Texts, all: &Recounts) -> Table<5> {
    let headings = [
        "desk-recounts-case",
        "desk-recounts-term",
        "desk-recounts-about",
        "desk-recounts-was",
        "desk-recounts-becomes",
    ];
    let changes = all.changed.iter().flat_map(|one| {
        let changes = one.changes.iter();
        changes.map(|change| {
            let Line { what, about, .. } = line(texts, change);
            [
                one.folio.to_string(),
                what,
                about.unwrap_or_default(),
                change.was.to_string(),
                change.becomes.to_string(),
            ]
            .map(Into::into)
        })
    });
    let damaged = all.damaged.iter().map(|folio| {
        let unreadable = texts.get("desk-kept-damaged").into();
        [
            folio.to_string().into(),
            unreadable,
            "".into(),
            "".into(),
            "".into(),
        ]
    });
    Table::new(texts, "plazos", headings)
        .with_all(changes)
        .with_all(damaged)
}

fn line(texts: &Texts, change: &Recounted) -> Line {
    let numbered = |id: &str, number: u16| Some(texts.with(id, "number", u32::from(number)));
    Line {
        what: texts.get(&format!("term-{}", change.key.code())),
        about: match change.about {
            About::Case => None,
            About::Decision(number) => numbered("desk-step-decision", number),
            About::Recommendation(number) => numbered("desk-step-recommendation", number),
            About::Referral(number) => numbered("desk-step-referral", number),
        },
        was: wording::date(texts, change.was),
        becomes: wording::date(texts, change.becomes),
    }
}
