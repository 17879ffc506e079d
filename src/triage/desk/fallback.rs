//! What is answered where something is wrong: programs get a problem, people a page.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{self, Data};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, Route};
use committee::log::LogError;
use committee::members::RosterError;
use service::language::Texts;
use service::problem::Problem;

use super::at_risk::AtRisk;
use super::{Desk, pages};

/// Whether a request is one of the interface.
pub(super) fn is_for_programs(request: &HttpRequest) -> bool {
    request.path().starts_with("/api/")
}

/// The answer that tells of a problem.
pub(super) fn problem(desk: &Desk, request: &HttpRequest, problem: &Problem) -> HttpResponse {
    let texts = desk.texts(request);
    if is_for_programs(request) {
        problem.respond(texts)
    } else {
        let at_risk = request.extensions().get::<AtRisk>().cloned();
        pages::problem(texts, problem, at_risk.as_ref())
    }
}

/// The store does not answer.
pub(super) fn unavailable(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::SERVICE_UNAVAILABLE, "unavailable")
}

/// The members cannot be read.
pub(super) fn no_members(texts: &Texts, error: &RosterError) -> Problem {
    tracing::error!(cause = %error, "the members cannot be read");
    if error.is_tampering() {
        Problem::new(texts, StatusCode::SERVICE_UNAVAILABLE, "state-changed")
    } else {
        unavailable(texts)
    }
}

/// What was asked for could not be written into the log, and so was not done.
pub(super) fn not_logged(texts: &Texts, error: &LogError) -> Problem {
    tracing::error!(cause = %error, "the log of the committee's acts cannot be written or read");
    match error {
        LogError::Store(_) | LogError::Contended | LogError::Seal(_) => unavailable(texts),
        LogError::Changed { .. } | LogError::Foreign { .. } | LogError::DoesNotOpen { .. } => {
            Problem::new(texts, StatusCode::SERVICE_UNAVAILABLE, "log-changed")
        }
    }
}

/// There is no such case; a text that is no folio is told the same.
pub(super) fn no_such_case(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::NOT_FOUND, "no-case")
}

/// For every address that does not exist.
pub(super) async fn no_such_page(desk: Data<Desk>, request: HttpRequest) -> HttpResponse {
    let found = Problem::new(desk.texts(&request), StatusCode::NOT_FOUND, "not-found");
    problem(&desk, &request, &found)
}

/// For a method that an address does not take.
pub(super) fn no_such_method(allow: HeaderValue) -> Route {
    web::to(move |desk: Data<Desk>, request: HttpRequest| {
        let allow = allow.clone();
        async move {
            let texts = desk.texts(&request);
            let found = Problem::new(texts, StatusCode::METHOD_NOT_ALLOWED, "method");
            let mut answer = problem(&desk, &request, &found);
            answer.headers_mut().insert(ALLOW, allow);
            answer
        }
    })
}
