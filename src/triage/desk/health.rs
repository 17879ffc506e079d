//! For whoever keeps the service running.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;
use store::StoreError;

use super::Desk;

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    sealed: bool,
}

/// The process answers.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("live\n")
}

/// Both stores answer. A sealed service is ready, too: to say that it is sealed.
pub(super) async fn ready(desk: Data<Desk>) -> HttpResponse {
    let outcome = stores_answer(&desk).await;
    if let Err(error) = &outcome {
        tracing::warn!(cause = %error, "not ready");
    }
    let status = if outcome.is_ok() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    HttpResponse::build(status).json(Readiness {
        ready: outcome.is_ok(),
        sealed: desk.vault.keyring().is_none(),
    })
}

async fn stores_answer(desk: &Desk) -> Result<(), StoreError> {
    desk.cases.ping().await?;
    desk.mailroom.ping().await
}
