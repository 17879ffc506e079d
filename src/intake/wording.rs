//! What is told in words both to people and to programs.

use domain::case::Deadline;
use mailbox::{Detail, Posted, Words};
use sealing::TokenError;
use service::language::Texts;
use service::wording;

/// What is wrong with a tracking token, naming the word.
pub(crate) fn token_fault(texts: &Texts, error: &TokenError) -> String {
    match error {
        TokenError::WordCount { found } => {
            texts.fill("token-word-count", &[("found", &found.to_string())])
        }
        TokenError::UnknownWord {
            position,
            written,
            suggestion: None,
        } => texts.fill(
            "token-unknown-word",
            &[("position", &position.to_string()), ("written", written)],
        ),
        TokenError::UnknownWord {
            position,
            written,
            suggestion: Some(near),
        } => texts.fill(
            "token-unknown-word-near",
            &[
                ("position", &position.to_string()),
                ("written", written),
                ("suggestion", near),
            ],
        ),
        TokenError::Checksum => texts.get("token-checksum"),
    }
}

/// What a message of a mailbox says.
pub(crate) fn words(texts: &Texts, posted: &Posted) -> String {
    match &posted.words {
        Words::Written(text) => text.expose().to_owned(),
        Words::Notice(notice) => {
            let said = texts.get(&format!("notice-{}", notice.code()));
            match &posted.detail {
                Some(of_it) => format!("{said} {}", detail(texts, of_it)),
                None => said,
            }
        }
        Words::None => texts.get("message-without-text"),
    }
}

/// What a notice names.
fn detail(texts: &Texts, detail: &Detail) -> String {
    match detail {
        Detail::On(day) => texts.with("notice-detail-on", "date", wording::date(texts, *day)),
        Detail::Reference(number) => {
            texts.with("notice-detail-reference", "folio", number.expose())
        }
        Detail::Instances(codes) => {
            let names: Vec<&str> = codes
                .iter()
                .map(|code| code.entry().name.as_str())
                .collect();
            texts.with(
                "notice-detail-instances",
                "names",
                names.join("; ").as_str(),
            )
        }
    }
}

/// Who has to do what by which day, as the person who filed is told.
pub(crate) fn due(texts: &Texts, deadline: Deadline) -> String {
    texts.fill(
        &format!("due-{}", deadline.key.code()),
        &[("date", &wording::date(texts, deadline.due_on))],
    )
}
