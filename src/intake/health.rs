//! For whoever keeps the service running.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};

use crate::fallback::{READ, read, resource};
use crate::shared::Shared;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/health/live", READ).route(read().to(live)))
        .service(resource("/health/ready", READ).route(read().to(ready)));
}

/// The process answers.
async fn live() -> HttpResponse {
    text(StatusCode::OK, "live\n")
}

/// The store answers too. By which calendar complaints are dated is told besides: a service that does not know
/// the committee's serves all the same.
async fn ready(shared: Data<Shared>) -> HttpResponse {
    match shared.mailroom.ping().await {
        Ok(()) => {
            let calendar = shared.calendar.standing().code();
            text(StatusCode::OK, format!("ready\ncalendar: {calendar}\n"))
        }
        Err(error) => {
            tracing::warn!(cause = %error, "not ready");
            text(
                StatusCode::SERVICE_UNAVAILABLE,
                "the store does not answer\n",
            )
        }
    }
}

fn text(status: StatusCode, text: impl Into<String>) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/plain; charset=utf-8")
        .body(text.into())
}
