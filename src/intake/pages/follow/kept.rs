//! What was written, given back when it could not be sent and the mailbox itself could not be read.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use sealing::TrackingToken;
use service::language::Texts;
use service::page::AnswerSize;
use service::problem::Problem;

use super::super::form::Fields;
use super::super::render_of;
use super::HERE;
use super::message::{ANSWERS, CONSENT, ONCE, TEXT};

#[derive(Template)]
#[template(path = "mailbox_kept.html")]
struct KeptPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    problem: Option<Problem>,
    written: &'a str,
    /// Everything else that was chosen, to be sent again as it was.
    carried: Vec<(&'static str, &'a str)>,
}

/// The page, from which the same can be sent again; sent twice, it counts once.
pub(super) fn page(
    t: &Texts,
    size: AnswerSize,
    token: &TrackingToken,
    fields: &Fields,
    problem: Problem,
) -> HttpResponse {
    let phrase = token.phrase();
    let carried = [ONCE, ANSWERS, CONSENT].map(|name| (name, fields.value(name)));
    let page = KeptPage {
        t,
        here: HERE,
        token: &phrase,
        problem: Some(problem),
        written: fields.value(TEXT),
        carried: carried
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
    };
    render_of(size, StatusCode::SERVICE_UNAVAILABLE, t, &page)
}
