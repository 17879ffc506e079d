//! `GET /salir`: the quick exit, a page that looks like nothing.

use actix_web::http::header::HeaderValue;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use service::language::Texts;

use crate::shared::Shared;

/// What the page may load: itself once more, as an image that is none and not shown. Chromium keeps
/// the page that is left in memory for the button Back, whatever `no-store` says, and forgets it when
/// it is told to clear its cache; it is told before it leaves that page, so it is told again after.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; form-action 'none'; \
     frame-ancestors 'none'; base-uri 'none'";

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
    answer.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    answer
}
