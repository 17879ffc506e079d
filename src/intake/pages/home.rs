//! `GET /`: what this is and the ways in.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use service::language::Texts;

use super::guide::Topic;
use crate::shared::Shared;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "home.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    visit: Visit<'a>,
}

pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let t = shared.texts(&request);
    let visit = shared.visit(&request);
    super::render(
        StatusCode::OK,
        t,
        &Page {
            t,
            here: "/",
            visit,
        },
    )
}
