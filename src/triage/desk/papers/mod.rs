//! The papers of the procedure (`/casos/{folio}/documentos`): filled from the case, edited, looked at,
//! taken as PDF or DOCX, and kept in the case if a member wants so.
//!
//! Nothing is kept by itself: what is typed comes with the form and goes back with the page. A kept paper is
//! a document of the case, sealed to its key; one that is changed is kept beside the one it came from.

mod facts;
mod form;
mod keep;
mod list;

use actix_web::http::StatusCode;
use domain::complaint::{FaultKind, FieldFaults};
use papers::template::limits;
use papers::{DraftError, TemplateKind};
use service::language::Texts;
use service::problem::Problem;
use store::casefiles::DocumentId;

use super::case::CaseError;

pub(super) use facts::Found;
pub(super) use form::{
    DOCX, Doing, Place, as_docx, as_pdf, draft, keep_paper, page, rewritten, send, show, taken,
    wrong,
};
pub(super) use keep::{KeepError, keep};
pub(super) use list::{kinds, list};

/// Why a paper is not shown, taken or kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum PaperError {
    /// See there.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// There is no such paper.
    #[error("there is no such paper")]
    Unknown,
    /// What it says depends on the protocol, and a person is to classify the case first.
    #[error("the case is to be classified before this paper is written")]
    Unclassified,
    /// The request has not the fields that it must have.
    #[error("not a form of a paper")]
    Form,
    /// Its words are not taken.
    #[error(transparent)]
    Words(#[from] DraftError),
    /// It has no such part.
    #[error("the paper has no such part")]
    Part(String),
    /// It could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepError),
}

impl PaperError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Case(error) => error.problem(texts),
            Self::Unknown => Problem::new(texts, StatusCode::NOT_FOUND, "no-paper"),
            Self::Unclassified => Problem::new(texts, StatusCode::CONFLICT, "classify-first"),
            Self::Form => Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Part(id) => {
                let field = format!("parts.{id}");
                Problem::fields(texts, &FieldFaults::one(field, FaultKind::UnknownField))
            }
            Self::Words(error) => {
                let max = limits::WHOLE as u64;
                let fault = match error {
                    DraftError::TooLong => FaultKind::TooLong { max },
                    DraftError::Empty => FaultKind::Required,
                };
                Problem::fields(texts, &FieldFaults::one("parts", fault))
            }
            Self::Keep(error) => error.problem(texts),
        }
    }
}

/// What the address of a paper names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// A new one.
    New(TemplateKind),
    /// One that is kept.
    Kept(DocumentId),
}

impl Named {
    fn parse(name: &str) -> Option<Self> {
        let is_id = name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id {
            let id = u128::from_str_radix(name, 16).ok()?;
            return Some(Self::Kept(DocumentId(id.to_be_bytes())));
        }
        let kind = name.parse::<TemplateKind>().ok()?;
        (!kind.is_on_session()).then_some(Self::New(kind))
    }
}

/// How an address names a kept paper.
pub(super) fn hex(DocumentId(id): DocumentId) -> String {
    format!("{:032x}", u128::from_be_bytes(id))
}

/// How an address names a kind of paper.
pub(super) fn slug(kind: TemplateKind) -> String {
    kind.code().to_lowercase()
}
