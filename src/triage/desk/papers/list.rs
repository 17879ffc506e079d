//! `GET /casos/{folio}/documentos`: which papers there are to write, and which are kept.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use papers::{Template as Paper, TemplateKind};
use service::wording;

use super::{hex, slug};
use crate::desk::gate::Member;
use crate::desk::pages::{self, Frame};
use crate::desk::pass::CasePass;
use crate::desk::{Desk, case, fallback};

#[derive(Template)]
#[template(path = "papers.html")]
struct Page<'a> {
    frame: Frame<'a>,
    folio: String,
    kinds: Vec<Kind>,
    kept: Vec<Kept<'a>>,
}

struct Kind {
    slug: String,
    name: &'static str,
    purpose: &'static str,
}

struct Kept<'a> {
    id: String,
    name: &'static str,
    day: String,
    by: &'a str,
}

/// The papers that are written on a case.
pub(in crate::desk) fn kinds() -> impl Iterator<Item = &'static Paper> {
    let all = TemplateKind::ALL.iter().copied();
    all.filter(|kind| !kind.is_on_session()).map(Paper::of)
}

/// The page.
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let dossier = match case::open(&desk, &member, &pass).await {
        Ok(dossier) => dossier,
        Err(error) => return fallback::problem(&desk, &request, &error.problem(texts)),
    };
    let page = Page {
        frame: Frame::of(texts, &member),
        folio: dossier.entry.folio.to_string(),
        kinds: kinds()
            .map(|paper| Kind {
                slug: slug(paper.kind),
                name: &paper.name,
                purpose: &paper.purpose,
            })
            .collect(),
        kept: dossier
            .papers
            .iter()
            .map(|kept| Kept {
                id: hex(kept.id),
                name: &Paper::of(kept.paper.draft.kind).name,
                day: wording::date(texts, kept.kept_on),
                by: &kept.paper.by,
            })
            .collect(),
    };
    pages::page(texts, StatusCode::OK, &page)
}
