//! `GET /casos/{folio}/evidencia/{file}/vista/{page}/{seal}`: one page of a file, as a picture that was drawn here.
//!
//! Opening a file is written into the log once, with its page, and not with each picture on it. So a picture is
//! given only to the session that opened the page: its address carries a seal ([`ticket`]) that only then exists,
//! and that only this service can make: everything else of a session is on its pages.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cleaning::{Drawn, NotShown, Shown};
use ring::hmac;
use runner::Viewed;
use service::language::Texts;
use service::problem::Problem;

use super::view::why;
use super::{Chosen, viewer};
use crate::desk::case::file::{FileError, POLICY};
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;
use crate::desk::{Desk, fallback};

/// What the seal of an address is for, and nothing else.
const PURPOSE: &str = "evidence-view";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("there is nothing to draw")]
    Nothing(Shown),
}

/// The seal of the addresses of a file's pictures, for one session.
pub(super) fn ticket(member: &Member, file: &str) -> String {
    let tag = hmac::sign(&key(member), message(member, file).as_bytes());
    URL_SAFE_NO_PAD.encode(tag)
}

fn is_ours(member: &Member, file: &str, sealed: &str) -> bool {
    let tag = URL_SAFE_NO_PAD.decode(sealed).unwrap_or_default();
    hmac::verify(&key(member), message(member, file).as_bytes(), &tag).is_ok()
}

fn key(member: &Member) -> hmac::Key {
    let key = member.keyring.own().derive(PURPOSE);
    hmac::Key::new(hmac::HMAC_SHA256, key.as_slice())
}

fn message(member: &Member, file: &str) -> String {
    format!("{} {file}", member.session.token)
}

/// Sends the picture.
pub(in crate::desk) async fn send(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String, String, String)>,
) -> HttpResponse {
    let (_, name, page, seal) = path.into_inner();
    let texts = desk.texts(&request);
    match draw(&desk, &member, &pass, &name, &page, &seal).await {
        Ok((bytes, drawn)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, drawn.mime()))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .insert_header((
                CONTENT_DISPOSITION,
                format!("inline; filename=\"vista.{}\"", drawn.code()),
            ))
            .body(bytes),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(texts)),
    }
}

async fn draw(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    name: &str,
    page: &str,
    sealed: &str,
) -> Result<(Bytes, Drawn), Fault> {
    let page = page.parse().ok().filter(|page| *page > 0);
    let page = page
        .filter(|_| is_ours(member, name, sealed))
        .ok_or(FileError::Unknown)?;
    let chosen = Chosen::find(desk, member, pass, name).await?;
    let Viewed { view, bytes } = match &desk.viewer {
        Some(viewer) => {
            let cases = Arc::clone(&desk.cases);
            let case = chosen.dossier.entry.id;
            viewer.show(cases, case, chosen.item(), page).await?
        }
        None => viewer::nothing(chosen.item().media_type, NotShown::Unavailable),
    };
    match view.shown {
        // Wiped once it is sent.
        Shown::Picture { drawn, .. } => Ok((Bytes::from_owner(bytes), drawn)),
        Shown::Text { .. } | Shown::Pages { .. } | Shown::Refused(_) | Shown::Nothing(_) => {
            Err(Fault::Nothing(view.shown))
        }
    }
}

impl Fault {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::File(error) => error.problem(texts),
            Self::Nothing(shown) => {
                let mut problem = Problem::new(texts, StatusCode::UNPROCESSABLE_ENTITY, "no-view");
                problem.detail = why(texts, *shown);
                problem
            }
        }
    }
}
