//! `POST /seguimiento/enviado`: what a person filed, as they filed it. It is shown when asked for
//! alone, so that the mailbox does not lay it open to whoever passes by.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::Complaint;
use mailbox::Filed;
use serde_json::Value;
use service::language::Texts;
use service::wording;

use super::view::{MessageForm, file_text, label_of};
use super::{HERE, TOKEN, find, mailbox_page, no_mailbox_page, read, unknown_page};
use crate::lists::List;
use crate::shared::Shared;

#[derive(Template)]
#[template(path = "mailbox_filed.html")]
struct FiledPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    narrative: &'a str,
    rows: Vec<Row>,
    files: Vec<String>,
}

/// One answer of the form.
struct Row {
    label: String,
    value: String,
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
    match find(&shared, &request, fields.value(TOKEN)).await {
        Ok((token, reading)) => {
            // Both pages are made whatever was found, so that making one takes no longer.
            let phrase = token.phrase();
            let found = if let Some(filed) = &reading.mailbox.filed {
                super::super::render(StatusCode::OK, t, &FiledPage::new(t, &phrase, filed))
            } else {
                let form = MessageForm::default();
                mailbox_page(&shared, t, StatusCode::OK, &token, &reading.mailbox, form)
            };
            let unknown = unknown_page(t, shared.visit(&request), &token);
            if reading.known { found } else { unknown }
        }
        Err(error) => no_mailbox_page(t, shared.visit(&request), &error, fields.value(TOKEN)),
    }
}

impl<'a> FiledPage<'a> {
    fn new(t: &'a Texts, token: &'a str, filed: &'a Filed) -> Self {
        Self {
            t,
            here: HERE,
            token,
            narrative: filed.complaint.narrative.expose(),
            rows: rows(t, &filed.complaint),
            files: filed
                .evidence
                .iter()
                .map(|file| file_text(t, file))
                .collect(),
        }
    }
}

/// Every answer but the story, by the names that the form gives them.
fn rows(t: &Texts, complaint: &Complaint) -> Vec<Row> {
    let json = serde_json::to_value(complaint).expect("a complaint has only text keys");
    let mut rows = Vec::new();
    flatten(t, "", &json, &mut rows);
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
            label: t.get(&format!("field-{path}")),
            value: in_words(t, path, text),
        }),
        Value::Bool(answer) => rows.push(Row {
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
