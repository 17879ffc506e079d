//! `GET /static/guiando.css`: the one style sheet.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use service::page;

pub(super) async fn show() -> HttpResponse {
    static STYLE: LazyLock<String> =
        LazyLock::new(|| page::pad(include_str!("../../../web/styles/guiando.css").to_owned()));
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .body(STYLE.as_str())
}
