//! `GET /casos/{folio}`: one case, opened, with the reasons of what is proposed.

mod alike;
pub(super) mod file;
mod involved;
mod late;
mod page;
pub(super) mod proposal;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::access::AccessError;
use committee::log::LogError;
use service::language::Texts;
use service::problem::Problem;

use super::acts;
use super::acts::panel::Panel;
use super::dossier::{Dossier, DossierError};
use super::gate::Member;
use super::pages::{self, Frame};
use super::pass::CasePass;
use super::{Desk, fallback};

/// Why a case is not shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum CaseError {
    /// It is gone by now.
    #[error("there is no such case")]
    Unknown,
    /// See there.
    #[error(transparent)]
    Dossier(#[from] DossierError),
    /// It cannot be written down that it was opened.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl CaseError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Unknown => fallback::no_such_case(texts),
            Self::Log(error) | Self::Dossier(DossierError::Log(error)) => {
                fallback::not_logged(texts, error)
            }
            Self::Dossier(error @ DossierError::Store(_)) => {
                tracing::error!(cause = %error, "a case cannot be read");
                fallback::unavailable(texts)
            }
            Self::Dossier(DossierError::Access(error)) => who_may_open(texts, error),
            Self::Dossier(
                error @ (DossierError::Open(_)
                | DossierError::Complaint(_)
                | DossierError::Incomplete),
            ) => {
                tracing::error!(cause = %error, "a case does not open");
                Problem::new(texts, StatusCode::INTERNAL_SERVER_ERROR, "case-closed")
            }
        }
    }
}

/// What is told where a case cannot be opened, or it cannot be changed who may.
pub(super) fn who_may_open(texts: &Texts, error: &AccessError) -> Problem {
    match error {
        AccessError::Unknown => fallback::no_such_case(texts),
        AccessError::NoCopy => Problem::new(texts, StatusCode::CONFLICT, "no-copy"),
        AccessError::NobodyLeft => Problem::new(texts, StatusCode::CONFLICT, "nobody-left"),
        AccessError::Store(_) | AccessError::Contended => {
            tracing::error!(cause = %error, "a case cannot be read");
            fallback::unavailable(texts)
        }
        AccessError::Altered
        | AccessError::Open(_)
        | AccessError::Seal(_)
        | AccessError::Recipient(_) => {
            tracing::error!(cause = %error, "a case does not open");
            Problem::new(texts, StatusCode::INTERNAL_SERVER_ERROR, "case-closed")
        }
    }
}

/// A case that the gate let a member at, opened.
pub(super) async fn find(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
) -> Result<Dossier, CaseError> {
    Ok(Dossier::open(desk, member, pass).await?)
}

/// The same for whoever reads it, which is written down first.
pub(super) async fn open(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
) -> Result<Dossier, CaseError> {
    let dossier = find(desk, member, pass).await?;
    let recorder = member.recorder(desk);
    recorder.case_opened(dossier.entry.folio).await?;
    Ok(dossier)
}

/// A letter that was not taken, given back with what is wrong about it.
#[derive(Default)]
pub(super) struct Draft<'a> {
    pub(super) written: &'a str,
    pub(super) error: Option<String>,
}

/// The page of a case that is open, with a letter that was not taken.
pub(super) async fn answer(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    texts: &Texts,
    status: StatusCode,
    dossier: &Dossier,
    draft: Draft<'_>,
) -> HttpResponse {
    let acts = match acts::on_case(desk, member, pass).await {
        Ok(acts) => acts,
        Err(fault) => return pages::problem(texts, &fault.problem(texts), Some(&member.at_risk)),
    };
    let others = match alike::others(desk, texts, member, dossier).await {
        Ok(others) => others,
        Err(error) => {
            // A hint: the case is read without it.
            tracing::error!(cause = %error, "cases like this one cannot be looked for");
            Vec::new()
        }
    };
    let panel = Panel::new(member, texts, pass, dossier, &acts);
    let frame = Frame::of(texts, member);
    let page = page::page(
        desk,
        frame,
        dossier,
        acts.unmasked.as_ref(),
        panel,
        draft,
        others,
        member,
    );
    pages::page(texts, status, &page)
}

/// The page.
pub(super) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match open(&desk, &member, &pass).await {
        Ok(dossier) => {
            let (status, draft) = (StatusCode::OK, Draft::default());
            answer(&desk, &member, &pass, texts, status, &dossier, draft).await
        }
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}
