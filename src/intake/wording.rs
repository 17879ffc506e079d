//! What is told in words both to people and to programs.

use domain::case::Deadline;
use mailbox::Words;
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
pub(crate) fn words(texts: &Texts, words: &Words) -> String {
    match words {
        Words::Written(text) => text.expose().to_owned(),
        Words::Notice(notice) => texts.get(&format!("notice-{}", notice.code())),
        Words::None => texts.get("message-without-text"),
    }
}

/// Who has to do what by which day, as the person who filed is told.
pub(crate) fn due(texts: &Texts, deadline: Deadline) -> String {
    texts.fill(
        &format!("due-{}", deadline.key.code()),
        &[("date", &wording::date(texts, deadline.due_on))],
    )
}
