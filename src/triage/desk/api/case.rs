//! `GET /api/v1/cases/{folio}`: one case, opened.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{answer, refused};
use super::schemas::CaseView;
use crate::desk::Desk;
use crate::desk::acts;
use crate::desk::case;
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;

/// One case: register, complaint, messages, proposal.
#[utoipa::path(
    get, path = "/api/v1/cases/{folio}",
    params(("folio" = String, Path, description = "`CE-<year>-<6 digits>`")),
    responses(
        (status = 200, description = "The case", body = CaseView<'_>),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let dossier = match case::open(&desk, &member, &pass).await {
        Ok(dossier) => dossier,
        Err(error) => return refused(&desk, &request, &error),
    };
    let acts = acts::on_case(&desk, &member, &pass).await;
    let view = acts.as_ref().map(|acts| {
        let unmasked = acts.unmasked.as_ref();
        CaseView::new(&dossier, unmasked, desk.calendar(), desk.today())
    });
    answer(&desk, &request, StatusCode::OK, view)
}
