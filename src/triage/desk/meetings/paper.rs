//! `/sesiones/{meeting}/convocatoria` and `/sesiones/{meeting}/acta`: the call and the minutes of a session,
//! filled, edited, and taken as PDF or DOCX. They have the points that the reader may know of and no
//! others, and nothing tells whether there are others. Nothing of them is kept.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::SecretText;
use domain::meeting::{Meeting, Stage};
use papers::{Draft, Template as Paper, TemplateKind};
use service::language::{Language, Texts};
use service::problem::Problem;

use super::list::title;
use super::minutes::facts;
use super::{MeetingError, find, place, points};
use crate::desk::case::file::disposition;
use crate::desk::gate::{Form, Member};
use crate::desk::pages::{self, Frame};
use crate::desk::papers::{self as form, DOCX, Doing, Place, taken};
use crate::desk::{Desk, fallback};

/// The call.
pub(in crate::desk) async fn call(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
) -> HttpResponse {
    shown(&desk, &request, &member, &meeting, TemplateKind::Call).await
}

/// The minutes.
pub(in crate::desk) async fn minutes(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
) -> HttpResponse {
    shown(&desk, &request, &member, &meeting, TemplateKind::Minutes).await
}

/// What is done with the call.
pub(in crate::desk) async fn send_call(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    sent(
        &desk,
        &request,
        &member,
        (&meeting, TemplateKind::Call),
        &form,
    )
    .await
}

/// What is done with the minutes.
pub(in crate::desk) async fn send_minutes(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
    form: Form,
) -> HttpResponse {
    sent(
        &desk,
        &request,
        &member,
        (&meeting, TemplateKind::Minutes),
        &form,
    )
    .await
}

/// One session, if it has such a paper by now: a session that was called off has no call, and one that was
/// not held no minutes.
async fn session(
    desk: &Desk,
    member: &Member,
    id: &str,
    kind: TemplateKind,
) -> Result<Meeting, MeetingError> {
    let meeting = find(desk, member, id).await?;
    let is_there = match meeting.stage() {
        Stage::Called => kind == TemplateKind::Call,
        Stage::Held { .. } | Stage::Closed { .. } => true,
        Stage::Cancelled { .. } => false,
    };
    is_there.then_some(meeting).ok_or(MeetingError::None)
}

/// How addresses and files name a paper.
fn slug(kind: TemplateKind) -> &'static str {
    if kind == TemplateKind::Call {
        "convocatoria"
    } else {
        "acta"
    }
}

fn of_session(texts: &Texts, meeting: &Meeting, kind: TemplateKind) -> Place {
    let (session, title) = (place(meeting.id()), title(texts, meeting));
    Place {
        here: format!("{session}/{}", slug(kind)),
        about: title.clone(),
        back: (session, title),
        is_kept: false,
    }
}

async fn shown(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    id: &str,
    kind: TemplateKind,
) -> HttpResponse {
    let texts = desk.texts(request);
    let draft = async {
        let meeting = session(desk, member, id, kind).await?;
        let seen = points(desk, member, &meeting).await?;
        if seen.is_damaged() {
            // It would look whole.
            return Err(MeetingError::Damaged);
        }
        let seen = seen.records;
        // A document of the committee, whatever language its reader has chosen.
        let spanish = desk.translations.of(Language::EsMx);
        let draft = Paper::of(kind).fill_session(&facts(spanish, member, &meeting, &seen));
        Ok::<_, MeetingError>((meeting, draft))
    };
    match draft.await {
        Ok((meeting, draft)) => {
            let place = of_session(texts, &meeting, kind);
            let page = form::page(Frame::of(texts, member), place, &draft);
            pages::page(texts, StatusCode::OK, &page)
        }
        Err(error) => fallback::problem(desk, request, &error.problem(texts)),
    }
}

async fn sent(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    (id, kind): (&str, TemplateKind),
    form: &Form,
) -> HttpResponse {
    let texts = desk.texts(request);
    let told = |problem: &Problem| fallback::problem(desk, request, problem);
    let meeting = match session(desk, member, id, kind).await {
        Ok(meeting) => meeting,
        Err(error) => return told(&error.problem(texts)),
    };
    let Some((doing, draft)) = read(form, kind) else {
        return told(&Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"));
    };
    let error = form::wrong(texts, &draft);
    let foot = title(desk.translations.of(Language::EsMx), &meeting);
    let file = |extension: &str| {
        let (year, number) = (meeting.year(), meeting.number());
        let session = meeting.kind().code().to_lowercase();
        disposition(&format!(
            "{}-{year}-{session}-{number}.{extension}",
            slug(kind)
        ))
    };
    match (doing, error) {
        (Doing::Pdf, None) => {
            if let Err(error) = member.recorder(desk).meeting_paper(meeting.on()).await {
                return told(&fallback::not_logged(texts, &error));
            }
            let bytes = papers::pdf(&draft.document(&foot));
            taken("application/pdf", &file("pdf"), bytes)
        }
        (Doing::Docx, None) => {
            if let Err(error) = member.recorder(desk).meeting_paper(meeting.on()).await {
                return told(&fallback::not_logged(texts, &error));
            }
            taken(DOCX, &file("docx"), papers::docx(&draft.document(&foot)))
        }
        (Doing::Preview | Doing::Pdf | Doing::Docx | Doing::Keep, error) => {
            let status = match error {
                Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
                None => StatusCode::OK,
            };
            let preview = error.is_none().then(|| draft.document(&foot));
            let mut page = form::page(
                Frame::of(texts, member),
                of_session(texts, &meeting, kind),
                &draft,
            );
            (page.error, page.preview) = (error, preview);
            pages::page(texts, status, &page)
        }
    }
}

/// What was sent: what to do, and the words. A session keeps no papers.
fn read(form: &Form, kind: TemplateKind) -> Option<(Doing, Draft)> {
    let fields: HashMap<String, SecretText> = form.parse()?;
    let doing: Doing = fields.get("do")?.expose().parse().ok()?;
    let text_of = |id: &str| {
        let field = fields.get(&format!("p_{id}"))?;
        Some(field.expose().to_owned())
    };
    let draft = Paper::of(kind).written(text_of);
    (doing != Doing::Keep && !draft.parts.is_empty()).then_some((doing, draft))
}
