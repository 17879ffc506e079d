//! `/casos/{folio}/documentos/{paper}`: a paper with its words in fields, and what is done with it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION,
};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::case::Folio;
use domain::coded_enum;
use domain::complaint::SecretText;
use papers::template::{Role, Source};
use papers::{Block, Document, Draft, DraftError, Template as Paper, TemplateKind};
use service::language::Texts;
use store::casefiles::{DocumentId, DocumentKind};
use zeroize::Zeroizing;

use super::facts::{Found, facts};
use super::{Named, PaperError, hex, keep, slug};
use crate::desk::case::CaseError;
use crate::desk::case::file::{POLICY, disposition};
use crate::desk::dossier::Dossier;
use crate::desk::gate::{Form, Member};
use crate::desk::pages::{self, Frame};
use crate::desk::pass::CasePass;
use crate::desk::{Desk, case, fallback};
use crate::documents::PaperDocument;

coded_enum! {
    /// What is done with a paper.
    pub(in crate::desk) enum Doing {
        /// To look at it.
        Preview = "preview",
        /// To take it as PDF.
        Pdf = "pdf",
        /// To take it as DOCX.
        Docx = "docx",
        /// To keep it in the case.
        Keep = "keep",
    }
}

pub(in crate::desk) const DOCX: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

#[derive(Template)]
#[template(path = "paper.html")]
pub(in crate::desk) struct Page<'a> {
    frame: Frame<'a>,
    place: Place,
    title: &'static str,
    purpose: &'static str,
    version: &'static str,
    sources: &'static [Source],
    parts: Vec<Part<'a>>,
    /// How many blanks wait for a person, in words.
    blanks: Option<String>,
    pub(in crate::desk) error: Option<String>,
    /// Whether it was kept just now.
    kept: bool,
    pub(in crate::desk) preview: Option<Document>,
}

/// What a paper is on, and where.
pub(in crate::desk) struct Place {
    /// What it is on.
    pub(in crate::desk) about: String,
    /// Its own address.
    pub(in crate::desk) here: String,
    /// Where it belongs, and how the way there is called.
    pub(in crate::desk) back: (String, String),
    /// Whether it can be kept there.
    pub(in crate::desk) is_kept: bool,
}

struct Part<'a> {
    id: &'a str,
    text: &'a str,
    /// What kind of part it is, and how it is written.
    label: String,
    rows: usize,
}

/// The paper, filled or as it is kept.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let (_, name) = path.into_inner();
    let told = |error: &PaperError| fallback::problem(&desk, &request, &error.problem(texts));
    let dossier = match case::open(&desk, &member, &pass).await {
        Ok(dossier) => dossier,
        Err(error) => return told(&error.into()),
    };
    let draft = match draft(&desk, &member, &dossier, &name) {
        Ok(draft) => draft,
        Err(error) => return told(&error),
    };
    let page = Page {
        kept: request.query_string() == "guardado",
        ..page(
            Frame::of(texts, &member),
            in_case(texts, &dossier, &name),
            &draft,
        )
    };
    pages::page(texts, StatusCode::OK, &page)
}

/// A paper of a case by its name in addresses: filled, or as it is kept.
pub(in crate::desk) fn draft(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    name: &str,
) -> Result<Draft, PaperError> {
    match Named::parse(name).ok_or(PaperError::Unknown)? {
        Named::New(kind) => {
            let paper = new(dossier, kind)?;
            Ok(paper.fill(&facts(desk, &desk.calendar(), member, dossier)))
        }
        Named::Kept(id) => Ok(kept(dossier, id)?.clone()),
    }
}

/// A paper that may be written anew: where nobody knows yet which protocol the case is under, none that
/// depends on it. Taking the general text there would promise the wrong things.
fn new(dossier: &Dossier, kind: TemplateKind) -> Result<&'static Paper, PaperError> {
    let paper = Paper::of(kind);
    if paper.depends_on_classification() && Found::of(dossier).risk.is_none() {
        return Err(PaperError::Unclassified);
    }
    Ok(paper)
}

fn kept(dossier: &Dossier, id: DocumentId) -> Result<&Draft, PaperError> {
    let found = dossier.papers.iter().find(|kept| kept.id == id);
    Ok(&found.ok_or(PaperError::Unknown)?.paper.draft)
}

/// The same with the words that somebody wrote; of one that is new, the parts that have some.
pub(in crate::desk) fn rewritten(
    dossier: &Dossier,
    name: &str,
    text_of: impl FnMut(&str) -> Option<String>,
) -> Result<Draft, PaperError> {
    let draft = match Named::parse(name).ok_or(PaperError::Unknown)? {
        Named::New(kind) => new(dossier, kind)?.written(text_of),
        Named::Kept(id) => kept(dossier, id)?.clone().edited(text_of),
    };
    if draft.parts.is_empty() {
        return Err(PaperError::Form);
    }
    Ok(draft)
}

fn in_case(texts: &Texts, dossier: &Dossier, name: &str) -> Place {
    let folio = dossier.entry.folio;
    let all = format!("/casos/{folio}/documentos");
    Place {
        about: folio.to_string(),
        here: format!("{all}/{name}"),
        back: (all, texts.get("desk-papers-back")),
        is_kept: true,
    }
}

/// A paper with its words in fields.
pub(in crate::desk) fn page<'a>(frame: Frame<'a>, place: Place, draft: &'a Draft) -> Page<'a> {
    let paper = Paper::of(draft.kind);
    let blanks = draft.blanks();
    Page {
        frame,
        place,
        title: &paper.name,
        purpose: &paper.purpose,
        version: &paper.version,
        sources: &paper.sources,
        parts: draft
            .parts
            .iter()
            .map(|part| Part {
                id: &part.id,
                text: &part.text,
                label: frame.t.get(label(part.role)),
                rows: rows(&part.text),
            })
            .collect(),
        blanks: (blanks > 0).then(|| frame.t.with("desk-paper-blanks", "count", blanks)),
        error: None,
        kept: false,
        preview: None,
    }
}

const fn label(role: Role) -> &'static str {
    match role {
        Role::Heading => "desk-paper-heading",
        Role::Paragraph => "desk-paper-paragraph",
        Role::List => "desk-paper-list",
        Role::Facts => "desk-paper-facts",
        Role::Signatures => "desk-paper-signatures",
    }
}

/// Lines of a field, so that most words are seen at once.
fn rows(text: &str) -> usize {
    let lines = text.lines().map(|line| 1 + line.chars().count() / 70);
    lines.sum::<usize>().clamp(1, 18)
}

/// What is done with the words that were sent.
pub(in crate::desk) async fn send(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let (_, name) = path.into_inner();
    match answer(&desk, texts, &member, &pass, name, &form).await {
        Ok(answer) => answer,
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn answer(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    pass: &CasePass,
    name: String,
    form: &Form,
) -> Result<HttpResponse, PaperError> {
    let fields: HashMap<String, SecretText> = form.parse().ok_or(PaperError::Form)?;
    let doing = fields
        .get("do")
        .map(|doing| doing.expose().parse::<Doing>());
    let Some(Ok(doing)) = doing else {
        return Err(PaperError::Form);
    };
    let dossier = case::find(desk, member, pass).await?;
    let draft = rewritten(&dossier, &name, |id| {
        let field = fields.get(&format!("p_{id}"))?;
        Some(field.expose().to_owned())
    })?;
    let error = wrong(texts, &draft);
    let folio = dossier.entry.folio;
    if doing == Doing::Preview || error.is_some() {
        let recorder = member.recorder(desk);
        recorder.case_opened(folio).await.map_err(CaseError::from)?;
        let status = match error {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let preview = error.is_none().then(|| draft.document(&folio.to_string()));
        let page = Page {
            error,
            preview,
            ..page(
                Frame::of(texts, member),
                in_case(texts, &dossier, &name),
                &draft,
            )
        };
        return Ok(pages::page(texts, status, &page));
    }
    Ok(match doing {
        Doing::Keep | Doing::Preview => {
            let id = keep_paper(desk, member, &dossier, draft).await?;
            let place = format!("/casos/{folio}/documentos/{}?guardado", hex(id));
            HttpResponse::SeeOther()
                .insert_header((LOCATION, place))
                .finish()
        }
        Doing::Pdf => as_pdf(desk, member, folio, &draft).await?,
        Doing::Docx => as_docx(desk, member, folio, &draft).await?,
    })
}

/// Keeps a paper in its case, which is written down first.
pub(in crate::desk) async fn keep_paper(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    draft: Draft,
) -> Result<DocumentId, PaperError> {
    note(desk, member, dossier.entry.folio).await?;
    let content = PaperDocument {
        draft,
        by: member.session.account.to_string(),
    };
    let (case, today) = (dossier.entry.id, desk.today());
    Ok(keep(desk, member, case, DocumentKind::Paper, today, &content).await?)
}

/// A paper as PDF, which is written down first.
pub(in crate::desk) async fn as_pdf(
    desk: &Desk,
    member: &Member,
    folio: Folio,
    draft: &Draft,
) -> Result<HttpResponse, PaperError> {
    note(desk, member, folio).await?;
    let pdf = papers::pdf(&draft.document(&folio.to_string()));
    Ok(taken("application/pdf", &file(folio, draft, "pdf"), pdf))
}

/// The same as DOCX.
pub(in crate::desk) async fn as_docx(
    desk: &Desk,
    member: &Member,
    folio: Folio,
    draft: &Draft,
) -> Result<HttpResponse, PaperError> {
    note(desk, member, folio).await?;
    let docx = papers::docx(&draft.document(&folio.to_string()));
    Ok(taken(DOCX, &file(folio, draft, "docx"), docx))
}

async fn note(desk: &Desk, member: &Member, folio: Folio) -> Result<(), PaperError> {
    let written = member.recorder(desk).paper_written(folio).await;
    Ok(written.map_err(CaseError::from)?)
}

fn file(folio: Folio, draft: &Draft, extension: &str) -> String {
    disposition(&format!("{folio}-{}.{extension}", slug(draft.kind)))
}

/// What is wrong with the words of a paper.
pub(in crate::desk) fn wrong(texts: &Texts, draft: &Draft) -> Option<String> {
    draft.check().err().map(|error| {
        texts.get(match error {
            DraftError::TooLong => "desk-paper-long",
            DraftError::Empty => "desk-paper-empty",
        })
    })
}

/// A file that is saved and never shown, and wiped once it is sent.
pub(in crate::desk) fn taken(
    media_type: &'static str,
    saved_as: &str,
    bytes: Zeroizing<Vec<u8>>,
) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CONTENT_DISPOSITION, saved_as))
        .body(Bytes::from_owner(bytes))
}
