//! `GET /api/v1/cases`: the register.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::waiting::backlog;

use super::frame::{answer, told_as_on_pages};
use super::schemas::{CasesView, RegisterView};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::list::{Filter, ListError, Listed, seen};
use crate::desk::register::Case;

/// The register, the most pressing case first.
#[utoipa::path(
    get, path = "/api/v1/cases",
    params(
        ("year" = Option<i16>, Query, description = "Year of reception"),
        ("risk" = Option<String>, Query, description = "Code of a risk, main or not"),
        ("state" = Option<String>, Query, description = "Code of a state"),
        ("ooad" = Option<String>, Query, description = "Code of an OOAD"),
        ("umae" = Option<String>, Query, description = "Code of a UMAE"),
        ("priority" = Option<String>, Query, description = "Code of a priority"),
        ("signal" = Option<String>, Query, description = "Code of the signal of the next term"),
        ("owner" = Option<String>, Query, description = "Code of whoever has to keep the next term"),
        ("review" = Option<String>, Query, description = "`si` or `no`: whether a person has to look first"),
        ("alert" = Option<String>, Query, description = "`VENCE`, `NUEVO` or `DETENIDO`"),
        ("sort" = Option<String>, Query, description = "`pressing`, `folio`, `priority`, `risk`, `term`, `state`, `place` or `received`"),
        ("reverse" = Option<String>, Query, description = "`si`: from the last to the first"),
        ("page" = Option<u32>, Query, description = "One page of 50, from 1; without it, all of them"),
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
    let cases = read(&desk, &request, &member).await;
    answer(&desk, &request, StatusCode::OK, cases)
}

told_as_on_pages!(ListError);

async fn read(desk: &Desk, request: &HttpRequest, member: &Member) -> Result<CasesView, ListError> {
    let filter = Filter::parse(request.query_string())?;
    let seen = seen(desk, member);
    let mut listed = Listed::read(desk, member, &filter, &seen).await?;
    let view = |case: &Arc<Case>| RegisterView::new(&case.entry, &seen.signals);
    let cases = match filter.page {
        Some(page) => listed.page(filter.order, page).iter().map(view).collect(),
        None => listed.in_order(filter.order).iter().map(view).collect(),
    };
    Ok(CasesView {
        backlog: backlog(&*desk.mailroom, &member.keyring.key_ids())
            .await?
            .into(),
        cases,
    })
}
