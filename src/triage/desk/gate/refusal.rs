//! Why a request does not go on, and what is answered.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse};
use committee::members::roster::RosterError;
use service::body::BodyError;
use service::problem::Problem;

use super::SIGN_IN;
use crate::desk::pass::NoPass;
use crate::desk::sign_in::to;
use crate::desk::{Desk, account, fallback};

/// Why a request does not go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// The service has no key.
    #[error("the service is sealed")]
    Sealed,
    /// The service is open already.
    #[error("the service is open")]
    Unsealed,
    /// It changes something and comes from another site.
    #[error("the request comes from another site")]
    Foreign,
    /// There is no session, or it has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// It changes something without the session's token.
    #[error("the token of the session is missing or not the one")]
    Token,
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// It is for the first page of all, and the member may see the own account alone.
    #[error("the member is not in office")]
    NotInOffice,
    /// The policy does not let it.
    #[error(transparent)]
    NoPass(#[from] NoPass),
    /// Its form could not be read.
    #[error(transparent)]
    Body(#[from] BodyError),
}

impl Refusal {
    pub(super) fn answer(&self, desk: &Desk, request: &HttpRequest) -> HttpResponse {
        let texts = desk.texts(request);
        let programs = fallback::is_for_programs(request);
        let (status, code) = match self {
            Self::Sealed => (StatusCode::SERVICE_UNAVAILABLE, "sealed"),
            Self::Foreign => (StatusCode::FORBIDDEN, "foreign"),
            Self::Token => (StatusCode::FORBIDDEN, "token"),
            Self::SignedOut if programs => (StatusCode::UNAUTHORIZED, "signed-out"),
            Self::SignedOut | Self::Unsealed => {
                return to(SIGN_IN);
            }
            Self::NotInOffice => return to(account::HERE),
            Self::Roster(error) => {
                return fallback::problem(desk, request, &fallback::no_members(texts, error));
            }
            Self::NoPass(NoPass::Hidden) => {
                return fallback::problem(desk, request, &fallback::no_such_case(texts));
            }
            Self::NoPass(NoPass::Refused) => (StatusCode::FORBIDDEN, "not-yours"),
            Self::NoPass(NoPass::Blocked) => (StatusCode::CONFLICT, "blocked"),
            Self::NoPass(error @ (NoPass::Store(_) | NoPass::Circle(_) | NoPass::Kept(_))) => {
                tracing::error!(cause = %error, "it cannot be found out who may open a case");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
            Self::Body(error) => {
                return fallback::problem(desk, request, &Problem::body(texts, *error));
            }
        };
        let mut answer = fallback::problem(desk, request, &Problem::new(texts, status, code));
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Cookie realm=\"guiando\"");
            answer.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        answer
    }
}
