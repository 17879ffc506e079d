//! The file of a case as one of its parties may read it (`/casos/{folio}/version/{party}`): what they may
//! not read is masked by default, a member masks more, and takes it as PDF (CHIS 51, 53). Each person who
//! is denounced has a version of their own, in which the others are third parties.
//!
//! What a member decides is a document of the case, sealed to its key; each change keeps the whole of it
//! under the next number.
//!
//! # What is always masked
//!
//! Names stay masked while the identity of whoever filed is reserved: could a member show one name after the
//! other again, the one that stays masked would be theirs, which takes two to see. Once two have agreed, or
//! where nobody said who they are, names can be shown again; that of whoever filed never is.

mod change;
mod compose;
mod decided;
mod party;
pub(super) mod show;

use actix_web::http::StatusCode;
use committee::log::LogError;
use domain::complaint::{FaultKind, FieldFaults};
use service::language::Texts;
use service::problem::{Problem, fault_text};

use super::acts::Fault;
use super::case::CaseError;
use super::fallback;
use super::papers::KeepError;

pub(super) use change::{Change, apply, change};
pub(super) use compose::Field;
pub(super) use show::{Opened, find, open, show, take};

/// What is said where the words are not in the text.
const NOT_FOUND: &str = "desk-version-not-found";
/// What is said of a range that stays masked.
const NOT_LIFTABLE: &str = "desk-version-not-liftable";

/// Why a version is not shown, changed or taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum VersionError {
    /// See there.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// Whether two have agreed cannot be found out.
    #[error(transparent)]
    Acts(#[from] Fault),
    /// There is no such party, or text.
    #[error("there is no such version")]
    Unknown,
    /// The request has not the fields that it must have.
    #[error("not a form of a version")]
    Form,
    /// The words are not to be masked.
    #[error("the words break a rule")]
    Words(FaultKind),
    /// The words are not in the text.
    #[error("the words are not in the text")]
    NotFound,
    /// The range is none that can be shown again.
    #[error("the range cannot be shown again")]
    NotLiftable,
    /// It could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepError),
}

impl From<LogError> for VersionError {
    fn from(error: LogError) -> Self {
        Self::Case(error.into())
    }
}

impl VersionError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let field = |field, fault| Problem::fields(texts, &FieldFaults::one(field, fault));
        match self {
            Self::Case(error) => error.problem(texts),
            Self::Acts(error) => error.problem(texts),
            Self::Unknown => Problem::new(texts, StatusCode::NOT_FOUND, "no-paper"),
            Self::Form => Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Words(fault) => field("text", *fault),
            Self::NotFound => {
                let told = texts.get(NOT_FOUND);
                Problem::field(texts, "text", "not_in_text", told)
            }
            Self::NotLiftable => {
                let told = texts.get(NOT_LIFTABLE);
                Problem::field(texts, "span", "not_liftable", told)
            }
            Self::Keep(KeepError::Gone) => fallback::no_such_case(texts),
            Self::Keep(error) => error.problem(texts),
        }
    }

    /// What is said beside the form, if it can be mended there.
    fn beside(&self, texts: &Texts) -> Option<String> {
        match self {
            Self::Words(fault) => Some(fault_text(texts, *fault)),
            Self::NotFound => Some(texts.get(NOT_FOUND)),
            Self::NotLiftable => Some(texts.get(NOT_LIFTABLE)),
            Self::Case(_) | Self::Acts(_) | Self::Unknown | Self::Form | Self::Keep(_) => None,
        }
    }
}
