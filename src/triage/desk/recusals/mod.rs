//! Who may see a case and who is kept out of it, and what members can say about that (DOMAIN §3.3):
//! `/casos/{folio}/excusas` and its forms.
//!
//! - `show`: the page. Whoever may open the case sees who else may, who is kept out and why; whoever only
//!   knows that there is such a case sees the forms alone.
//! - `changes`: declaring an own conflict, which takes nobody else; pointing out another's and taking
//!   one back, which another decides; letting one more member in.
//! - `view`, `reasons`, `shortage`: what is shown, in words, on the page of the case too.
//!
//! Whoever is kept out finds none of this: the gate answers before anything here is asked.

pub(super) mod changes;
pub(super) mod reasons;
pub(super) mod shortage;
pub(super) mod show;
pub(super) mod view;

use actix_web::http::StatusCode;
use committee::access::AccessError;
use committee::acts::{ActError, BookError};
use committee::log::LogError;
use domain::complaint::{FaultKind, FieldFaults};
use service::language::Texts;
use service::problem::Problem;

use super::case::who_may_open;
use super::copies::SettleError;
use super::fallback;

/// Why something about who may see a case is not shown or not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum RecusalError {
    /// The request has not the fields that it must have.
    #[error("not a form about who may see a case")]
    Form,
    /// The reason breaks a rule.
    #[error("the reason breaks a rule")]
    Reason(FaultKind),
    /// The member who is named is none that this can be about.
    #[error("the member who is named is none that this can be about")]
    Whom,
    /// The member is kept out of the case.
    #[error("the member is kept out of the case")]
    KeptOut,
    /// Two took the case from the member.
    #[error("it takes two to give the case back to the member")]
    Withdrawn,
    /// The member has no key yet.
    #[error("the member has no key yet")]
    NoKey,
    /// The case cannot be opened, or it cannot be changed who may.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// What takes another cannot be asked for.
    #[error(transparent)]
    Book(#[from] BookError),
    /// It could not be written down, so it was not done.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl From<SettleError> for RecusalError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Access(error) => Self::Access(error),
            SettleError::Log(error) => Self::Log(error),
        }
    }
}

impl RecusalError {
    /// What is told.
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let conflict = |code| Problem::new(texts, StatusCode::CONFLICT, code);
        match self {
            Self::Form => Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Reason(fault) => Problem::fields(texts, &FieldFaults::one("reason", *fault)),
            Self::Whom => {
                Problem::fields(texts, &FieldFaults::one("member", FaultKind::UnknownCode))
            }
            Self::KeptOut => conflict("kept-out"),
            Self::Withdrawn => conflict("taken-by-two"),
            Self::NoKey => conflict("no-key-yet"),
            Self::Access(error) => who_may_open(texts, error),
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Book(BookError::Act(ActError::Hidden)) => fallback::no_such_case(texts),
            Self::Book(BookError::Act(
                ActError::Refused
                | ActError::TakesOne
                | ActError::Closed
                | ActError::Lapsed
                | ActError::Outdated,
            )) => Problem::new(texts, StatusCode::FORBIDDEN, "not-yours"),
            Self::Book(
                error @ (BookError::Store(_)
                | BookError::Open(_)
                | BookError::Seal(_)
                | BookError::Contended),
            ) => {
                tracing::error!(cause = %error, "a conflict cannot be pointed out");
                fallback::unavailable(texts)
            }
        }
    }
}
