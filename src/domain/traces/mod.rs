//! What in a complaint could tell who wrote it, so that the person is warned before sending.
//!
//! Nothing is blocked and nothing is kept: the findings go back to the person, who decides. A number
//! of somebody else looks the same as one's own, so it is shown too. Patterns are forgiving about
//! capitals, accents and the usual ways of writing numbers.
//!
//! ```
//! use domain::traces::{TraceKind, find};
//!
//! let story = "El jefe me llamó a mi celular, 55 1234 5678.";
//! let found = find(story);
//! assert_eq!(found[0].kind, TraceKind::Phone);
//! assert_eq!(&story[found[0].span.clone()], "55 1234 5678");
//! ```

pub(crate) mod folded;
mod names;
mod numbers;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use self::folded::Folded;
pub use self::names::in_file_name;
pub(crate) use self::names::is_name;
use crate::complaint::{Complaint, SecretText};

crate::coded_enum! {
    /// What was found.
    pub enum TraceKind {
        /// Clave Única de Registro de Población.
        Curp = "curp",
        /// Registro Federal de Contribuyentes.
        Rfc = "rfc",
        /// Number of social security.
        Nss = "nss",
        /// E-mail address.
        Email = "email",
        /// Number of an employee.
        Matricula = "matricula",
        /// Telephone number.
        Phone = "phone",
        /// "Me llamo …", "soy la jefa de …".
        Presentation = "presentation",
        /// A name at the end, as letters have it.
        Signature = "signature",
        /// "Soy la única que …": a fact that only one person knows or is.
        OnlyOne = "only_one",
        /// A kind of centre where few people work.
        SmallCentre = "small_centre",
        /// Place, own post, shift, seniority: each harmless, together perhaps one person.
        Combination = "combination",
        /// A person's name in the name of a file.
        FileName = "file_name",
        /// The day on which a file was made, in its name.
        FileDate = "file_date",
    }
}

/// Something found in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: TraceKind,
    /// Where it lies, in bytes and on the bounds of characters.
    pub span: Range<usize>,
}

/// Something found in a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The path of the field, as in the form and in the API: `narrative`, `people[0].name`.
    pub field: String,
    /// What it is.
    pub kind: TraceKind,
    /// The words themselves, cut to [`EXCERPT`] code points; empty when no words are to blame.
    pub excerpt: SecretText,
}

/// Most code points of an excerpt.
pub const EXCERPT: usize = 80;

/// The field of a trace that is in the text of a further message.
pub const TEXT: &str = "text";

/// The field of a trace that is in the name of a file.
pub const EVIDENCE: &str = "evidence";

/// Most findings in one complaint; whoever pasted a list of telephones needs no longer one.
pub const MOST: usize = 20;

/// Looks for what could identify the author in one text, in the order of the text.
pub fn find(text: &str) -> Vec<Found> {
    let folded = Folded::new(text);
    let mut found = numbers::find(&folded);
    found.extend(words::find(&folded));
    // Where two overlap, the more telling one stays: a CURP has the beginning of a RFC in it.
    found.sort_by_key(|one| (one.kind, one.span.start));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        let overlaps = kept
            .iter()
            .any(|other| one.span.start < other.span.end && other.span.start < one.span.end);
        if !overlaps && !one.span.is_empty() {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.span.start);
    kept
}

/// Looks for what could identify the author of a complaint, at most [`MOST`] findings.
///
/// Whoever gave a name wants to be known, and is not warned. An address for notices alone is no name:
/// a throw-away one keeps its owner unknown.
pub fn in_complaint(complaint: &Complaint) -> Vec<Trace> {
    if wants_to_be_known(complaint) {
        return Vec::new();
    }
    let mut traces = Vec::new();
    for (field, text) in texts(complaint) {
        add_found(&mut traces, &field, text);
    }
    traces.extend(words::combination(complaint));
    if let Some(kind) = complaint.workplace.kind
        && kind.entry().small
    {
        traces.push(trace(
            "workplace.kind".to_owned(),
            TraceKind::SmallCentre,
            kind.name(),
        ));
    }
    traces.truncate(MOST);
    traces
}

/// Looks for what could identify the author in the names of the files that are handed in with a
/// complaint; the field is `evidence`, the excerpt the whole name. The same limits as in
/// [`in_complaint`].
pub fn in_file_names<'a>(
    complaint: &Complaint,
    names: impl IntoIterator<Item = &'a str>,
) -> Vec<Trace> {
    if wants_to_be_known(complaint) {
        return Vec::new();
    }
    in_names(names).take(MOST).collect()
}

/// Looks for what could identify the author of a further message, in its text and in the names of its
/// files. The same limits as in [`in_complaint`], by what was filed, if that is known.
pub fn in_message<'a>(
    filed: Option<&Complaint>,
    text: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Vec<Trace> {
    if filed.is_some_and(wants_to_be_known) {
        return Vec::new();
    }
    let mut traces = Vec::new();
    add_found(&mut traces, TEXT, text);
    traces.extend(in_names(names));
    traces.truncate(MOST);
    traces
}

/// Adds what is found in a text and was not found before.
fn add_found(traces: &mut Vec<Trace>, field: &str, text: &str) {
    for found in find(text) {
        let words = text.get(found.span).unwrap_or_default();
        let seen = traces
            .iter()
            .any(|one| one.kind == found.kind && one.excerpt.expose() == words);
        if !seen {
            traces.push(trace(field.to_owned(), found.kind, words));
        }
    }
}

fn in_names<'a>(names: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = Trace> {
    names.into_iter().flat_map(|name| {
        in_file_name(name)
            .into_iter()
            .map(|kind| trace(EVIDENCE.to_owned(), kind, name))
    })
}

fn wants_to_be_known(complaint: &Complaint) -> bool {
    let identity = complaint.identity.as_ref();
    identity.is_some_and(|identity| identity.name.is_some())
}

fn trace(field: String, kind: TraceKind, words: &str) -> Trace {
    let excerpt: String = words.chars().take(EXCERPT).collect();
    Trace {
        field,
        kind,
        excerpt: SecretText::from(excerpt),
    }
}

/// The texts in which people tell of themselves without meaning to. How to reach a witness, and who
/// must not see the complaint, are asked for as such.
fn texts(complaint: &Complaint) -> Vec<(String, &str)> {
    let mut texts = vec![("narrative".to_owned(), complaint.narrative.expose())];
    for (position, person) in complaint.people.iter().enumerate() {
        if let Some(text) = &person.description {
            texts.push((format!("people[{position}].description"), text.expose()));
        }
    }
    for (field, text) in [
        ("workplace.place", &complaint.workplace.place),
        ("facts.place_detail", &complaint.facts.place_detail),
    ] {
        if let Some(text) = text {
            texts.push((field.to_owned(), text.expose()));
        }
    }
    texts
}
