//! What every page has in common, and the pages that tell of a problem.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use askama::Template;
use service::headers::LINKED_SCRIPT;
use service::language::Texts;
use service::problem::Problem;

use super::at_risk::AtRisk;
use super::gate::Member;

/// What stands around every page.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// The texts in the reader's language.
    pub(super) t: &'a Texts,
    /// Who is signed in; then there is a way to sign out.
    pub(super) member: Option<&'a Member>,
    /// Where a life may be at risk, as far as whoever is signed in may know.
    pub(super) at_risk: Option<&'a AtRisk>,
}

impl<'a> Frame<'a> {
    /// For a page that needs a session.
    pub(super) fn of(t: &'a Texts, member: &'a Member) -> Self {
        Self {
            t,
            member: Some(member),
            at_risk: Some(&member.at_risk),
        }
    }

    /// For a page that anybody may see.
    pub(super) fn outside(t: &'a Texts) -> Self {
        Self {
            t,
            member: None,
            at_risk: None,
        }
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame<'a>,
    problem: &'a Problem,
    sealed: bool,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
}

/// Renders a page. A template fails only if a text of it does, which ours do not; should one all the
/// same, nothing half-written leaves the service.
pub(super) fn page(texts: &Texts, status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => service::page::html(status, texts.language(), html),
        Err(error) => {
            tracing::error!(cause = %error, "a page cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// The same for a page that may need a script of our own: only then may it load one.
pub(super) fn page_with_script(
    texts: &Texts,
    status: StatusCode,
    written: &impl Template,
    scripted: bool,
) -> HttpResponse {
    let mut answer = page(texts, status, written);
    if scripted {
        let policy = HeaderValue::from_static(LINKED_SCRIPT);
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// The status of a page that may tell of a problem.
pub(super) fn status_of(problem: Option<&Problem>) -> StatusCode {
    problem.map_or(StatusCode::OK, |problem| {
        StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    })
}

/// The page that tells of a problem.
pub(super) fn problem(texts: &Texts, problem: &Problem, at_risk: Option<&AtRisk>) -> HttpResponse {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let sealed = problem.kind == "urn:guiando:problem:sealed";
    page(
        texts,
        status,
        &ProblemPage {
            frame: Frame {
                at_risk,
                ..Frame::outside(texts)
            },
            problem,
            sealed,
        },
    )
}

/// The form to sign in. What was typed is not given back: an answer tells nothing about a name.
pub(super) fn sign_in(
    texts: &Texts,
    status: StatusCode,
    problem: Option<&Problem>,
) -> HttpResponse {
    page(
        texts,
        status,
        &SignInPage {
            frame: Frame::outside(texts),
            problem,
        },
    )
}
