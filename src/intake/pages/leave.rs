//! `GET /salir`: the quick exit, a page that looks like nothing.

use actix_web::http::header::HeaderValue;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use service::language::Texts;

use crate::shared::Shared;

#[derive(Template)]
#[template(path = "leave.html")]
struct Page<'a> {
    t: &'a Texts,
}

/// A neutral page of our own: one of somebody else would tell them that people come from here.
pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let t = shared.texts(&request);
    let mut answer = super::render(StatusCode::OK, t, &Page { t });
    answer.headers_mut().insert(
        header::CLEAR_SITE_DATA,
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    answer
}
