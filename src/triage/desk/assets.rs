//! Style sheets and the scripts, compiled in.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::{Desk, fallback};

/// Every file by its name.
pub(super) const FILES: [(&str, &str, &str); 4] = [
    (
        "guiando.css",
        CSS,
        include_str!("../../../web/styles/guiando.css"),
    ),
    (
        "desk.css",
        CSS,
        include_str!("../../../web/styles/desk.css"),
    ),
    (
        "keys.js",
        SCRIPT,
        include_str!("../../../web/scripts/keys.js"),
    ),
    (
        "passkey.js",
        SCRIPT,
        include_str!("../../../web/scripts/passkey.js"),
    ),
];

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// One file. There is no path to be climbed out of: it is a list.
pub(super) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    file: Path<String>,
) -> HttpResponse {
    match FILES.iter().find(|(name, _, _)| *name == file.as_str()) {
        Some((_, kind, text)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, *kind))
            .body(*text),
        None => fallback::no_such_page(desk, request).await,
    }
}
