//! A tracking token in a request.

use domain::complaint::{FaultKind, FieldFaults, SecretText};
use sealing::{TokenError, TrackingToken};
use service::language::Texts;
use service::problem::{FieldError, Problem};

use crate::wording::token_fault;

/// Its field.
pub(super) const FIELD: &str = "tracking_token";

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadToken {
    #[error("no token was given")]
    Missing,
    #[error(transparent)]
    Malformed(#[from] TokenError),
}

impl BadToken {
    /// The problem, which names the word that is wrong.
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let missing = FieldFaults::one(FIELD, FaultKind::Required);
        let mut problem = Problem::fields(texts, &missing);
        if let Self::Malformed(error) = self {
            let field = FIELD.to_owned();
            problem.errors = vec![FieldError {
                field,
                code: code(error),
                message: token_fault(texts, error),
            }];
        }
        problem
    }
}

/// Reads a token; it is refused from itself alone, without a look-up.
pub(super) fn parse(text: Option<SecretText>) -> Result<TrackingToken, BadToken> {
    let text = text.ok_or(BadToken::Missing)?;
    if text.expose().trim().is_empty() {
        return Err(BadToken::Missing);
    }
    Ok(TrackingToken::parse(text.expose())?)
}

const fn code(error: &TokenError) -> &'static str {
    match error {
        TokenError::WordCount { .. } => "word_count",
        TokenError::UnknownWord { .. } => "unknown_word",
        TokenError::Checksum => "checksum",
    }
}
