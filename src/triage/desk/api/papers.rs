//! `/api/v1/cases/{folio}/papers` and below: the papers of the procedure, filled from the case, taken as PDF or
//! DOCX, and kept in the case.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::SecretText;
use jiff::civil::Date;
use papers::{Draft, DraftError, Template as Paper};
use serde::{Deserialize, Serialize};
use service::page;
use utoipa::ToSchema;

use super::frame::{answer, refused, taking, told_as_on_pages};
use super::schemas::ProblemView;
use crate::desk::Desk;
use crate::desk::case::{self, CaseError};
use crate::desk::dossier::Dossier;
use crate::desk::gate::Member;
use crate::desk::papers::{self as desk_papers, Doing, PaperError, hex, slug};
use crate::desk::pass::CasePass;

told_as_on_pages!(PaperError);

/// Papers of a case.
#[derive(Serialize, ToSchema)]
struct PapersView<'a> {
    /// Those that there are to write.
    kinds: Vec<KindView>,
    /// Those that are kept.
    kept: Vec<KeptView<'a>>,
}

/// A paper to write.
#[derive(Serialize, ToSchema)]
struct KindView {
    /// As addresses name it.
    paper: String,
    name: &'static str,
    /// When it is written.
    purpose: &'static str,
}

/// A paper that is kept.
#[derive(Serialize, ToSchema)]
struct KeptView<'a> {
    /// As addresses name it.
    paper: String,
    /// Code of its kind.
    kind: &'static str,
    #[schema(value_type = String, format = Date)]
    kept_on: Date,
    /// Account of the member.
    by: &'a str,
}

/// A paper and its words.
#[derive(Serialize, ToSchema)]
struct DraftView<'a> {
    /// Code of its kind.
    kind: &'static str,
    name: &'static str,
    /// Edition of its template.
    version: &'static str,
    /// From top to bottom.
    parts: Vec<PartView<'a>>,
    /// How many blanks wait for a person.
    blanks: usize,
}

/// A part of a paper.
#[derive(Serialize, ToSchema)]
struct PartView<'a> {
    id: &'a str,
    /// `heading`, `paragraph`, `list`, `facts`, `signatures`.
    role: &'static str,
    text: &'a str,
}

/// A paper that was kept now.
#[derive(Serialize, ToSchema)]
struct AddedView {
    /// As addresses name it.
    paper: String,
}

/// What is done with a paper.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaperBody {
    /// `preview`, `pdf`, `docx`, `keep`.
    #[serde(rename = "do")]
    #[schema(value_type = String)]
    doing: Doing,
    /// The words of its parts, by id. Without them it is as it is filled or kept; of one that is new, a part
    /// without words is left out.
    #[schema(value_type = Option<BTreeMap<String, String>>)]
    parts: Option<BTreeMap<String, SecretText>>,
}

impl<'a> PapersView<'a> {
    fn new(dossier: &'a Dossier) -> Self {
        Self {
            kinds: desk_papers::kinds()
                .map(|paper| KindView {
                    paper: slug(paper.kind),
                    name: &paper.name,
                    purpose: &paper.purpose,
                })
                .collect(),
            kept: dossier
                .papers
                .iter()
                .map(|kept| KeptView {
                    paper: hex(kept.id),
                    kind: kept.paper.draft.kind.code(),
                    kept_on: kept.kept_on,
                    by: &kept.paper.by,
                })
                .collect(),
        }
    }
}

impl<'a> DraftView<'a> {
    fn new(draft: &'a Draft) -> Self {
        let paper = Paper::of(draft.kind);
        Self {
            kind: draft.kind.code(),
            name: &paper.name,
            version: &paper.version,
            parts: draft
                .parts
                .iter()
                .map(|part| PartView {
                    id: &part.id,
                    role: part.role.code(),
                    text: &part.text,
                })
                .collect(),
            blanks: draft.blanks(),
        }
    }
}

/// Which papers there are to write, and which are kept.
#[utoipa::path(
    get, path = "/api/v1/cases/{folio}/papers",
    params(("folio" = String, Path, description = "`CE-<year>-<6 digits>`")),
    responses(
        (status = 200, description = "The papers", body = PapersView<'_>),
        (status = 404, description = "There is no such case, for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let dossier = case::open(&desk, &member, &pass).await;
    let view = dossier.as_ref().map(PapersView::new);
    answer(&desk, &request, StatusCode::OK, view)
}

/// A paper, filled or as it is kept.
#[utoipa::path(
    get, path = "/api/v1/cases/{folio}/papers/{paper}",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("paper" = String, Path, description = "As `papers` names it"),
    ),
    responses(
        (status = 200, description = "Its words", body = DraftView<'_>),
        (status = 404, description = "There is no such case or paper, for this member",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "A person is to classify the case first: its words depend on the protocol",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (_, name) = path.into_inner();
    let draft = async {
        let dossier = case::open(&desk, &member, &pass).await?;
        desk_papers::draft(&desk, &member, &dossier, &name)
    };
    let draft = draft.await;
    let view = draft.as_ref().map(DraftView::new);
    answer(&desk, &request, StatusCode::OK, view)
}

/// Takes a paper as PDF or DOCX, keeps it in the case, or looks at it.
#[utoipa::path(
    post, path = "/api/v1/cases/{folio}/papers/{paper}",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("paper" = String, Path, description = "As `papers` names it"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = PaperBody, content_type = "application/json"),
    responses(
        (status = 200, description = "Its words (`DraftView`) for `preview`; otherwise the file",
            content_type = "application/octet-stream"),
        (status = 201, description = "Kept", body = AddedView),
        (status = 403, description = "Not for this member, or the token is missing",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case or paper, for this member",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "A person is to classify the case first: its words depend on the protocol",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "A part is none of the paper, or it is empty or too long",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn make(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    payload: Payload,
) -> HttpResponse {
    let (_, name) = path.into_inner();
    let made = taking(&desk, &request, payload, async |what: PaperBody| {
        take(&desk, &member, &pass, &name, what).await
    })
    .await;
    match made {
        Ok(answer) => answer,
        Err(refusal) => refused(&desk, &request, &refusal),
    }
}

async fn take(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    name: &str,
    what: PaperBody,
) -> Result<HttpResponse, PaperError> {
    let dossier = case::find(desk, member, pass).await?;
    let draft = match what.parts {
        Some(parts) if parts.is_empty() => return Err(DraftError::Empty.into()),
        Some(parts) => {
            let text_of = |id: &str| Some(parts.get(id)?.expose().to_owned());
            let draft = desk_papers::rewritten(&dossier, name, text_of)?;
            let is_part = |id: &&String| draft.parts.iter().any(|part| part.id == **id);
            if let Some(other) = parts.keys().find(|id| !is_part(id)) {
                return Err(PaperError::Part(other.clone()));
            }
            draft
        }
        None => desk_papers::draft(desk, member, &dossier, name)?,
    };
    draft.check()?;
    let folio = dossier.entry.folio;
    match what.doing {
        Doing::Preview => {
            let recorder = member.recorder(desk);
            recorder.case_opened(folio).await.map_err(CaseError::from)?;
            Ok(page::json(StatusCode::OK, &DraftView::new(&draft)))
        }
        Doing::Keep => {
            let id = desk_papers::keep_paper(desk, member, &dossier, draft).await?;
            let view = AddedView { paper: hex(id) };
            Ok(page::json(StatusCode::CREATED, &view))
        }
        Doing::Pdf => desk_papers::as_pdf(desk, member, folio, &draft).await,
        Doing::Docx => desk_papers::as_docx(desk, member, folio, &draft).await,
    }
}
