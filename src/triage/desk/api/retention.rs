//! `/api/v1/retention` and below: how long closed cases are kept, which may be deleted, and the certificates of
//! those that were. Deleting one is asked for at `/api/v1/cases/{folio}/acts/delete`, and another member agrees
//! at `/api/v1/acts/{act}`, whose id then names the certificate.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::certificate::{Basis, Certificate};
use domain::case::Folio;
use domain::catalogue::Series;
use domain::retention::Kept;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::frame::{answer, told_as_on_pages};
use super::schemas::ProblemView;
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::retention::{self, Fault, Found};

told_as_on_pages!(Fault);

/// How long cases are kept.
#[derive(Serialize, ToSchema)]
struct RetentionView {
    /// Closed cases whose term is over, the one that ended first before the others.
    blocked: Vec<ClosedView>,
    /// Those whose term runs, does not end, or to which somebody wrote since.
    kept: Vec<ClosedView>,
    /// Folios of closed cases of which nobody can say how long they are kept.
    damaged: Vec<String>,
    /// Of those that were deleted.
    certificates: Vec<CertificateView>,
    /// How many certificates there are besides that cannot be read.
    unreadable: usize,
    /// The terms.
    series: Vec<SeriesView>,
}

/// A closed case.
#[derive(Serialize, ToSchema)]
struct ClosedView {
    folio: String,
    #[serde(flatten)]
    kept: KeptView,
    /// `CONSERVADA`, `CON_MENSAJE`, `BLOQUEADA`.
    phase: &'static str,
    /// Whether this member may ask that it be deleted.
    may_ask: bool,
}

/// Under which term a case is kept.
#[derive(Serialize, ToSchema)]
struct KeptView {
    /// Code of the series.
    series: &'static str,
    #[schema(value_type = String, format = Date)]
    closed_on: Date,
    /// The last day of the term; nothing if it does not end by itself.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

/// The certificate of a deletion.
#[derive(Serialize, ToSchema)]
struct CertificateView {
    /// Id of the act by which it was deleted.
    act: String,
    folio: String,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// Whether the term was over; otherwise two members did it before that.
    term_over: bool,
    /// Under which term it was, if it was closed.
    kept: Option<KeptView>,
    #[schema(value_type = String, format = Date)]
    deleted_on: Date,
    /// Id of the member who asked for it.
    asked_by: String,
    /// Id of the member who agreed.
    agreed_by: Option<String>,
    /// How many sealed documents it had.
    documents: usize,
}

/// A series of the archive.
#[derive(Serialize, ToSchema)]
struct SeriesView {
    code: &'static str,
    /// Nothing if its term does not end.
    years: Option<i16>,
    /// The norm.
    source: String,
}

impl ClosedView {
    fn new(member: &Member, found: &Found) -> Self {
        Self {
            folio: found.case.entry.folio.to_string(),
            kept: found.kept.into(),
            phase: found.phase.code(),
            may_ask: found.may_ask(member),
        }
    }
}

impl From<Kept> for KeptView {
    fn from(kept: Kept) -> Self {
        Self {
            series: kept.series.code(),
            closed_on: kept.closed_on,
            until: kept.until,
        }
    }
}

impl From<Certificate> for CertificateView {
    fn from(one: Certificate) -> Self {
        let (term_over, kept) = match one.basis {
            Basis::TermOver { kept } => (true, Some(kept)),
            Basis::BeforeTime { kept } => (false, kept),
        };
        Self {
            act: one.act.to_string(),
            folio: one.folio.to_string(),
            received_on: one.received_on,
            term_over,
            kept: kept.map(KeptView::from),
            deleted_on: one.deleted_on,
            asked_by: one.asked_by.to_string(),
            agreed_by: one.agreed_by.map(|member| member.to_string()),
            documents: one.documents,
        }
    }
}

/// How long closed cases are kept, and the certificates of those that were deleted.
#[utoipa::path(
    get, path = "/api/v1/retention",
    responses(
        (status = 200, description = "As far as this member may know of cases", body = RetentionView),
        (status = 401, description = "Nobody is signed in",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let view = async {
        let shelved = retention::shelved(&desk, &member).await?;
        let certificates = retention::known_certificates(&desk, &member).await?;
        let line = |found: &Found| ClosedView::new(&member, found);
        Ok::<_, Fault>(RetentionView {
            blocked: shelved.blocked.iter().map(line).collect(),
            kept: shelved.kept.iter().map(line).collect(),
            damaged: shelved.damaged.iter().map(Folio::to_string).collect(),
            unreadable: certificates.damaged,
            certificates: certificates
                .records
                .into_iter()
                .map(CertificateView::from)
                .collect(),
            series: Series::ALL
                .iter()
                .map(|series| SeriesView {
                    code: series.code(),
                    years: series.entry().years,
                    source: series.entry().source.clone(),
                })
                .collect(),
        })
    };
    answer(&desk, &request, StatusCode::OK, view.await)
}

/// One certificate.
#[utoipa::path(
    get, path = "/api/v1/retention/{certificate}",
    params(("certificate" = String, Path, description = "Id of the act by which the case was deleted")),
    responses(
        (status = 200, description = "The certificate", body = CertificateView),
        (status = 404, description = "There is no such certificate, for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn certificate(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    act: Path<String>,
) -> HttpResponse {
    let found = retention::find_certificate(&desk, &member, &act).await;
    let view = found.map(CertificateView::from);
    answer(&desk, &request, StatusCode::OK, view)
}
