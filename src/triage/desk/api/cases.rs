//! `GET /api/v1/cases`: the register.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::waiting::backlog;
use domain::complaint::FieldFaults;
use service::language::Texts;
use service::page;
use service::problem::Problem;
use store::StoreError;

use super::schemas::{CasesView, RegisterView};
use crate::desk::filter::{Filter, FilterError};
use crate::desk::gate::Member;
use crate::desk::{Desk, fallback};

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Filter(#[from] FieldFaults),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Cases(#[from] FilterError),
}

impl Refusal {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Filter(faults) => Problem::fields(texts, faults),
            Self::Cases(error) => {
                tracing::error!(cause = %error, "the list cannot be read");
                fallback::unavailable(texts)
            }
            Self::Store(error) => {
                tracing::error!(cause = %error, "the register cannot be read");
                fallback::unavailable(texts)
            }
        }
    }
}

/// The register, the most pressing case first.
#[utoipa::path(
    get, path = "/api/v1/cases",
    params(
        ("year" = Option<i16>, Query, description = "Year of reception"),
        ("risk" = Option<String>, Query, description = "Code of a risk, main or not"),
        ("state" = Option<String>, Query, description = "Code of a state"),
    ),
    responses(
        (status = 200, description = "The cases", body = CasesView),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "A filter means nothing",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    match read(&desk, &request, &member).await {
        Ok(cases) => page::json(StatusCode::OK, &cases),
        Err(refusal) => {
            let texts = desk.texts(&request);
            refusal.problem(texts).respond(texts)
        }
    }
}

async fn read(desk: &Desk, request: &HttpRequest, member: &Member) -> Result<CasesView, Refusal> {
    let cases = Filter::parse(request.query_string())?.cases(member).await?;
    let today = desk.today();
    Ok(CasesView {
        backlog: backlog(&*desk.mailroom, &member.keyring.key_ids())
            .await?
            .into(),
        cases: cases
            .iter()
            .map(|case| RegisterView::new(case, &desk.calendar(), today))
            .collect(),
    })
}
