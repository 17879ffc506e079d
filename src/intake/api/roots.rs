//! `GET /api/v1/receipts/…`: what a program needs to check receipts by itself.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use jiff::civil::Date;
use serde::Serialize;
use service::page;
use service::problem::Problem;

use crate::shared::Shared;

/// Heads of an answer: those of a year.
const YEAR: u32 = 366;

#[derive(Serialize)]
struct Key {
    key: String,
}

#[derive(Serialize)]
struct Roots {
    heads: Vec<Root>,
}

#[derive(Serialize)]
struct Root {
    day: Date,
    head: String,
}

pub(super) async fn key(shared: Data<Shared>) -> HttpResponse {
    let key = shared.receipts.public().to_string();
    page::json(StatusCode::OK, &Key { key })
}

pub(super) async fn newest(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    show(&shared, &request, None).await
}

pub(super) async fn earlier(
    shared: Data<Shared>,
    request: HttpRequest,
    before: Path<String>,
) -> HttpResponse {
    if let Ok(before) = before.parse() {
        return show(&shared, &request, Some(before)).await;
    }
    let texts = shared.texts(&request);
    Problem::new(texts, StatusCode::NOT_FOUND, "not-found").respond(texts)
}

async fn show(shared: &Shared, request: &HttpRequest, before: Option<Date>) -> HttpResponse {
    match shared.heads(before, YEAR).await {
        Ok(heads) => {
            let heads = heads
                .into_iter()
                .map(|(day, head)| Root {
                    day,
                    head: head.to_string(),
                })
                .collect();
            page::json(StatusCode::OK, &Roots { heads })
        }
        Err(error) => {
            tracing::error!(cause = %error, "the heads could not be read");
            let texts = shared.texts(request);
            super::unavailable(texts).respond(texts)
        }
    }
}
