//! `POST /casos/{folio}/evidencia/{file}`: a file as it was sent, for whoever says why.
//!
//! It is always saved and never shown: what somebody unknown sent may be made to harm whoever looks
//! at it. Its name and its type are ours, so that neither can mislead a computer.

use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{FaultKind, FieldFaults};
use domain::evidence::OriginalNeed;
use futures_util::stream;
use serde::Deserialize;

use super::Chosen;
use crate::desk::case::CaseError;
use crate::desk::case::file::{Download, FileError, POLICY, disposition};
use crate::desk::gate::{Form, Member};
use crate::desk::pass::CasePass;
use crate::desk::{Desk, fallback};

#[derive(Deserialize)]
struct Asked {
    need: Option<String>,
}

/// Sends the file.
pub(in crate::desk) async fn send(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    form: Form,
) -> HttpResponse {
    let (_, name) = path.into_inner();
    let asked = form.parse::<Asked>().and_then(|asked| asked.need);
    let taken = match need(asked.as_deref()) {
        Ok(need) => take(&desk, &member, &pass, &name, need).await,
        Err(fault) => Err(fault.into()),
    };
    match taken {
        Ok(answer) => answer,
        Err(error) => fallback::problem(&desk, &request, &error.problem(desk.texts(&request))),
    }
}

/// What it is needed for, as it was asked.
pub(in crate::desk) fn need(asked: Option<&str>) -> Result<OriginalNeed, FieldFaults> {
    let asked = asked.ok_or_else(|| FieldFaults::one("need", FaultKind::Required))?;
    let known = asked.parse().ok();
    known.ok_or_else(|| FieldFaults::one("need", FaultKind::UnknownCode))
}

/// Writes down that it is taken out, and sends it while it is opened.
pub(in crate::desk) async fn take(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    name: &str,
    need: OriginalNeed,
) -> Result<HttpResponse, FileError> {
    let chosen = Chosen::find(desk, member, pass, name).await?;
    let entry = &chosen.dossier.entry;
    let recorder = member.recorder(desk);
    let noted = recorder.original_taken(entry.folio, need).await;
    noted.map_err(CaseError::from)?;
    let item = chosen.item();
    let mut download = Download::new(Arc::clone(&desk.cases), entry.id, item.clone());
    // If it cannot even begin, there is a page that says so.
    let first = download.next().await?;
    let rest = stream::try_unfold((first, download), |(ready, mut download)| async move {
        let Some(piece) = ready else {
            return Ok(None);
        };
        let next = match download.next().await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(cause = %error, "a file could not be sent to its end");
                return Err(error);
            }
        };
        // Wiped once it is sent.
        Ok(Some((Bytes::from_owner(piece), (next, download))))
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/octet-stream"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CONTENT_DISPOSITION, disposition(&chosen.saved_as())))
        .body(SizedStream::new(item.bytes, rest)))
}
