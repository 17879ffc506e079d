//! `/acuse/raices`: the signed heads of the daily trees, for whoever keeps them.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::civil::Date;
use service::language::Texts;
use service::problem::Problem;
use service::wording;

use crate::shared::Shared;

const HERE: &str = "/acuse/raices";
/// Heads of a page: those of a month.
const MONTH: u32 = 31;

#[derive(Template)]
#[template(path = "roots.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    key: String,
    heads: Vec<Shown>,
    earlier: Option<&'a str>,
}

struct Shown {
    day: String,
    text: String,
}

pub(super) async fn newest(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    show(&shared, shared.texts(&request), None).await
}

pub(super) async fn earlier(
    shared: Data<Shared>,
    request: HttpRequest,
    before: Path<String>,
) -> HttpResponse {
    let t = shared.texts(&request);
    match before.parse() {
        Ok(before) => show(&shared, t, Some(before)).await,
        Err(_) => super::problem(t, &Problem::new(t, StatusCode::NOT_FOUND, "not-found")),
    }
}

async fn show(shared: &Shared, t: &Texts, before: Option<Date>) -> HttpResponse {
    let heads = match shared.heads(before, MONTH).await {
        Ok(heads) => heads,
        Err(error) => {
            super::verify::tell(&error);
            return super::problem(t, &super::unavailable(t));
        }
    };
    let full = u32::try_from(heads.len()).is_ok_and(|count| count == MONTH);
    let earlier = heads
        .last()
        .filter(|_| full)
        .map(|(day, _)| format!("{HERE}/{day}"));
    let page = Page {
        t,
        here: HERE,
        key: shared.receipts.public().to_string(),
        heads: heads
            .into_iter()
            .map(|(day, head)| Shown {
                day: wording::date(t, day),
                text: head.to_string(),
            })
            .collect(),
        earlier: earlier.as_deref(),
    };
    super::render(StatusCode::OK, t, &page)
}
