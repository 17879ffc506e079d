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

/// Pads with blanks, which mean nothing at the end of HTML and of JSON.
pub fn pad(mut text: String) -> String {
    let [.., last] = ANSWER_SIZES;
    let size = ANSWER_SIZES
        .into_iter()
        .find(|size| text.len() <= *size)
        .unwrap_or_else(|| text.len().div_ceil(last) * last);
    text.extend(std::iter::repeat_n(' ', size - text.len()));
    text
}

/// A page of HTML, padded.
pub fn html(status: StatusCode, language: Language, page: String) -> HttpResponse {
    HttpResponseBuilder::new(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_LANGUAGE, language.tag()))
        .body(pad(page))
}

/// A JSON answer, padded.
///
/// # Panics
/// Never for the answer types of this project, which have only text keys.
pub fn json(status: StatusCode, body: &impl serde::Serialize) -> HttpResponse {
    let body = serde_json::to_string(body).expect("answers have only text keys");
    HttpResponseBuilder::new(status)
        .insert_header((CONTENT_TYPE, "application/json"))
        .body(pad(body))
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
}
