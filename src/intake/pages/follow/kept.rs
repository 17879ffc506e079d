//! What was written, given back when it could not be sent now, so that it can be sent again.

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
use crate::abuse::Wait;

#[derive(Template)]
#[template(path = "mailbox_kept.html")]
struct KeptPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    problem: Option<Problem>,
    written: &'a str,
    /// The wait that it carries in a flood.
    delay: Option<&'a str>,
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
    wait: Option<&Wait>,
) -> HttpResponse {
    let status = StatusCode::from_u16(problem.status).expect("a problem is made from a status");
    let phrase = token.phrase();
    let carried = [ONCE, ANSWERS, CONSENT].map(|name| (name, fields.value(name)));
    let page = KeptPage {
        t,
        here: HERE,
        token: &phrase,
        problem: Some(problem),
        written: fields.value(TEXT),
        delay: delay_of(wait),
        carried: carried
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
    };
    let mut answer = render_of(size, status, t, &page);
    if let Some(wait) = wait {
        wait.mark(&mut answer);
    }
    answer
}

/// What a page carries of a wait, if it is of any use.
pub(super) fn delay_of(wait: Option<&Wait>) -> Option<&str> {
    wait.map(|wait| wait.carried.as_str())
        .filter(|carried| !carried.is_empty())
}
