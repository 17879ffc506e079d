//! A case as a line of the list, of its export, and of whatever else shows cases by the line.

use domain::procedure::Owner;
use domain::routing::Priority;
use jiff::civil::Date;
use service::language::Texts;
use service::wording;
use store::casefiles::RunningTerm;

use super::filter::{Seen, priority};
use crate::desk::labels::{self, Labelled};
use crate::desk::register::Case;
use crate::desk::signal;

/// One case of the list.
pub(in crate::desk) struct Row {
    pub(in crate::desk) folio: String,
    /// Where it leads.
    pub(in crate::desk) way: String,
    /// Said where this member may not open it.
    pub(in crate::desk) closed: Option<String>,
    pub(in crate::desk) received_on: Date,
    pub(in crate::desk) received: String,
    pub(in crate::desk) risk: Option<String>,
    pub(in crate::desk) priority: Option<(Priority, String)>,
    pub(in crate::desk) state: String,
    pub(in crate::desk) place: Option<String>,
    pub(in crate::desk) review: bool,
    /// Whether too few are left to act, as far as this member may know.
    pub(in crate::desk) too_few: bool,
    /// Whether how it stands cannot be read.
    pub(in crate::desk) damaged: bool,
    pub(in crate::desk) next: Option<Next>,
}

/// The term that ends next.
#[derive(Clone)]
pub(in crate::desk) struct Next {
    pub(in crate::desk) what: String,
    pub(in crate::desk) due_on: Date,
    pub(in crate::desk) due: String,
    /// Class of the style sheet.
    pub(in crate::desk) class: &'static str,
    /// The signal in words.
    pub(in crate::desk) label: String,
    /// Who has to keep it.
    pub(in crate::desk) owner: String,
}

/// A case as a line.
pub(in crate::desk) fn row(texts: &Texts, case: &Case, seen: &Seen<'_>) -> Row {
    let entry = &case.entry;
    let found = entry.classification.as_ref();
    Row {
        too_few: seen.eye.too_few(case),
        damaged: case.is_damaged(),
        folio: entry.folio.to_string(),
        way: seen.eye.way_to(case),
        closed: (!seen.eye.reads(case)).then(|| texts.get("desk-row-closed")),
        received_on: entry.received_on,
        received: wording::date(texts, entry.received_on),
        risk: found.map(|found| match found.main() {
            Some(risk) => risk.label(texts),
            None => texts.get("desk-row-hidden"),
        }),
        priority: priority(entry).map(|priority| (priority, priority.label(texts))),
        state: entry.state.label(texts),
        place: labels::place(entry.ooad, entry.umae),
        review: found.is_some_and(|found| found.review),
        next: entry.terms.first().map(|term| next(texts, term, seen)),
    }
}

/// A term as a line shows it.
pub(in crate::desk) fn next(texts: &Texts, term: &RunningTerm, seen: &Seen<'_>) -> Next {
    let signal = seen.signals.of(term);
    let deadline = term.deadline;
    Next {
        what: texts.get(&format!("term-{}", deadline.key.code())),
        due_on: deadline.due_on,
        due: wording::date(texts, deadline.due_on),
        class: signal::class(signal),
        label: Labelled::label(signal, texts),
        owner: Labelled::label(Owner::of(deadline.key), texts),
    }
}
