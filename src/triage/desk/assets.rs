//! Style sheets, compiled in.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::{Desk, fallback};

/// Every file by its name.
pub(super) const FILES: [(&str, &str); 2] = [
    (
        "guiando.css",
        include_str!("../../../web/styles/guiando.css"),
    ),
    ("desk.css", include_str!("../../../web/styles/desk.css")),
];

/// One file. There is no path to be climbed out of: it is a list.
pub(super) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    file: Path<String>,
) -> HttpResponse {
    match FILES.iter().find(|(name, _)| *name == file.as_str()) {
        Some((_, text)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
            .body(*text),
        None => fallback::no_such_page(desk, request).await,
    }
}
