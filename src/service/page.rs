//! Answers whose length tells only which of a few sizes they have.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use actix_web::{HttpResponse, HttpResponseBuilder};

use crate::language::Language;

/// Every length of a padded answer, in bytes; a longer one is padded to a multiple of the last.
///
/// The first holds the public pages of the guide with their style and stays under 30 KiB with its
/// headers. The last holds the longest answers that a form brings back sealed. Answers to programs
/// use the same sizes, so that a length does not tell whether a person or a program is at work.
pub const ANSWER_SIZES: [usize; 4] = [28 << 10, 64 << 10, 256 << 10, 1 << 20];

/// One of the [`ANSWER_SIZES`], the smallest that an answer may have, however short it is: so that what
/// must not be told apart has one length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerSize {
    /// Pages that are the same for everybody.
    Small,
    /// A mailbox, or that there is none.
    Medium,
    /// A mailbox for a program, and what brings back a long text.
    Large,
    /// What brings back a whole form, sealed.
    Largest,
}

impl AnswerSize {
    /// In bytes.
    pub const fn bytes(self) -> usize {
        let [small, medium, large, largest] = ANSWER_SIZES;
        match self {
            Self::Small => small,
            Self::Medium => medium,
            Self::Large => large,
            Self::Largest => largest,
        }
    }
}

/// Pads with blanks, which mean nothing at the end of HTML and of JSON.
pub fn pad(text: String) -> String {
    pad_to(AnswerSize::Small, text)
}

/// The same, to a size at least.
pub fn pad_to(least: AnswerSize, mut text: String) -> String {
    let [.., largest] = ANSWER_SIZES;
    let size = ANSWER_SIZES
        .into_iter()
        .find(|size| text.len() <= *size && least.bytes() <= *size)
        .unwrap_or_else(|| text.len().next_multiple_of(largest));
    text.extend(std::iter::repeat_n(' ', size - text.len()));
    text
}

/// A page of HTML, padded.
pub fn html(status: StatusCode, language: Language, page: String) -> HttpResponse {
    html_of(AnswerSize::Small, status, language, page)
}

/// The same, padded to a size at least.
pub fn html_of(
    least: AnswerSize,
    status: StatusCode,
    language: Language,
    page: String,
) -> HttpResponse {
    HttpResponseBuilder::new(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_LANGUAGE, language.tag()))
        .body(pad_to(least, page))
}

/// A JSON answer, padded.
///
/// # Panics
/// Never for the answer types of this project, which have only text keys.
pub fn json(status: StatusCode, body: &impl serde::Serialize) -> HttpResponse {
    json_of(AnswerSize::Small, status, body)
}

/// The same, padded to a size at least.
///
/// # Panics
/// As [`json`].
pub fn json_of(
    least: AnswerSize,
    status: StatusCode,
    body: &impl serde::Serialize,
) -> HttpResponse {
    let body = serde_json::to_string(body).expect("answers have only text keys");
    HttpResponseBuilder::new(status)
        .insert_header((CONTENT_TYPE, "application/json"))
        .body(pad_to(least, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_one_of_the_sizes() {
        for (length, padded) in [
            (0, 28 << 10),
            (1, 28 << 10),
            ((28 << 10) + 1, 64 << 10),
            ((256 << 10) + 1, 1 << 20),
            ((1 << 20) + 1, 2 << 20),
        ] {
            assert_eq!(pad("x".repeat(length)).len(), padded);
        }
    }

    #[test]
    fn an_answer_may_be_kept_from_being_shorter_than_others() {
        let length = |least, length| pad_to(least, "x".repeat(length)).len();
        for least in [
            AnswerSize::Small,
            AnswerSize::Medium,
            AnswerSize::Large,
            AnswerSize::Largest,
        ] {
            assert_eq!(length(least, 0), least.bytes());
            assert_eq!(length(least, least.bytes()), least.bytes());
            assert!(length(least, least.bytes() + 1) > least.bytes());
        }
    }
}
