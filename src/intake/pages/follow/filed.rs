//! `POST /seguimiento/enviado`: what a person filed, as they filed it. It is shown when asked for
//! alone, so that the mailbox does not lay it open to whoever passes by. What does not fit on one page
//! stands on the next.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::Complaint;
use mailbox::Filed;
use serde_json::Value;
use service::language::Texts;
use service::wording;

use super::room::{ROOM, SIZE, beginning, in_html};
use super::sheet::Place;
use super::view::{MessageForm, file_text, label_of};
use super::{
    HERE, TOKEN, find, found_or_unknown, mailbox_page, no_mailbox_page, read, words_first,
};
use crate::lists::List;
use crate::shared::Shared;

/// The field of where the page begins.
const FROM: &str = "from";
/// What a row takes beside its texts.
const MARKUP: usize = 64;

#[derive(Template)]
#[template(path = "mailbox_filed.html")]
struct FiledPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    /// The story, or the part of it that is on this page.
    narrative: Option<String>,
    rows: Vec<Row>,
    /// Whether all rows are on this page or on those before.
    is_last: bool,
    any_files: bool,
    /// Where the next page begins.
    next: Option<Place>,
}

/// One answer of the form, or one file.
struct Row {
    kind: Kind,
    label: String,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Story,
    Answer,
    File,
}

pub(in crate::pages) async fn show(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    let begin: Option<Place> = fields.value(FROM).parse().ok();
    let visit = shared.visit(&request);
    match find(&shared, &request, fields.value(TOKEN), None).await {
        Ok((token, reading)) => {
            let phrase = token.phrase();
            let seen = &reading.seen;
            let found = if let Some(filed) = &seen.mailbox.filed {
                let page = FiledPage::new(t, &phrase, filed, begin);
                super::super::render_of(SIZE, StatusCode::OK, t, &page)
            } else {
                let form = MessageForm::default();
                mailbox_page(&shared, t, (SIZE, StatusCode::OK), &token, seen, form).await
            };
            let words = seen.mailbox.found;
            let found = words_first(t, (SIZE, StatusCode::OK), &token, words).unwrap_or(found);
            found_or_unknown(t, visit, SIZE, &token, (seen.known, found))
        }
        Err(error) => no_mailbox_page(t, visit, SIZE, &error, fields.value(TOKEN)),
    }
}

impl<'a> FiledPage<'a> {
    fn new(t: &'a Texts, token: &'a str, filed: &Filed, begin: Option<Place>) -> Self {
        let mut page = Self {
            t,
            here: HERE,
            token,
            narrative: None,
            rows: Vec::new(),
            is_last: false,
            any_files: !filed.evidence.is_empty(),
            next: None,
        };
        page.fill(rows(t, filed), begin);
        page
    }

    /// Puts rows on the page from a place on, until it is full.
    fn fill(&mut self, rows: Vec<Row>, begin: Option<Place>) {
        let mut room = ROOM;
        let begin = begin.unwrap_or_default();
        for (place, mut row) in (0..).map(Place::of_row).zip(rows) {
            if place.is_row_before(begin) {
                continue;
            }
            let place = place.later(begin);
            place.cut_off(&mut row.value);
            let left = room.saturating_sub(MARKUP + in_html(&row.label));
            let fits = beginning(&row.value, left).len();
            if fits < row.value.len() {
                self.next = Some(place.further(fits));
                if fits > 0 {
                    row.value.truncate(fits);
                    self.push(row);
                }
                return;
            }
            room = left - in_html(&row.value);
            self.push(row);
        }
        self.is_last = true;
    }

    fn push(&mut self, row: Row) {
        match row.kind {
            Kind::Story => self.narrative = Some(row.value),
            Kind::Answer | Kind::File => self.rows.push(row),
        }
    }

    fn answers(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind == Kind::Answer)
    }

    fn files(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind == Kind::File)
    }
}

/// The story, every answer by the name that the form gives it, and the files.
fn rows(t: &Texts, filed: &Filed) -> Vec<Row> {
    let complaint: &Complaint = &filed.complaint;
    let mut rows = vec![Row {
        kind: Kind::Story,
        label: String::new(),
        value: complaint.narrative.expose().to_owned(),
    }];
    let json = serde_json::to_value(complaint).expect("a complaint has only text keys");
    flatten(t, "", &json, &mut rows);
    rows.extend(filed.evidence.iter().map(|file| Row {
        kind: Kind::File,
        label: String::new(),
        value: file_text(t, file),
    }));
    rows
}

fn flatten(t: &Texts, path: &str, value: &Value, rows: &mut Vec<Row>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('_', "-");
                let path = if path.is_empty() {
                    name
                } else {
                    format!("{path}-{name}")
                };
                flatten(t, &path, value, rows);
            }
        }
        Value::Array(items) => {
            for item in items {
                flatten(t, path, item, rows);
            }
        }
        Value::String(text) if path != "narrative" => rows.push(Row {
            kind: Kind::Answer,
            label: t.get(&format!("field-{path}")),
            value: in_words(t, path, text),
        }),
        Value::Bool(answer) => rows.push(Row {
            kind: Kind::Answer,
            label: t.get(&format!("field-{path}")),
            value: t.get(if *answer { "yes" } else { "no" }),
        }),
        Value::String(_) | Value::Number(_) | Value::Null => {}
    }
}

/// A code of a list by its label, a day written out, anything else as it was written.
fn in_words(t: &Texts, path: &str, text: &str) -> String {
    if let Some(list) = list_of(path) {
        return label_of(t, list, text);
    }
    match (path, text.parse()) {
        ("facts-from" | "facts-to", Ok(day)) => wording::date(t, day),
        _ => text.to_owned(),
    }
}

fn list_of(path: &str) -> Option<List> {
    Some(match path {
        "suspected-risk" => List::Risk,
        "workplace-ooad" => List::Ooad,
        "workplace-umae" => List::Umae,
        "workplace-kind" => List::Centre,
        "people-rank" => List::Rank,
        "facts-frequency" => List::Frequency,
        "facts-place-kind" => List::PlaceKind,
        "support-wanted" => List::Support,
        "already-filed-with" => List::EarlierFiling,
        "referral-consent" => List::ReferralConsent,
        "reporter-role" => List::ReporterRole,
        "reporter-bond" => List::Bond,
        "reporter-sex" => List::Sex,
        "reporter-age-group" => List::AgeGroup,
        _ => return None,
    })
}
