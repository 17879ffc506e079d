//! `POST /casos/{folio}/expediente`: a whole case as one ZIP archive, for whoever two members agreed may
//! take it out.
//!
//! It is put together while it is sent: nothing of it touches the disk, and no more than one piece of a
//! file is in memory. In it are `expediente.json` and the files under names of ours. Who filed is in it
//! only while two members have agreed on seeing that, too.
//!
//! A file that came damaged is left out, and `expediente.json` says so. One that turns out damaged now
//! breaks the transfer off: an archive without its end does not open.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::vec::IntoIter;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use domain::committee::Act;
use futures_util::stream;
use sealing::EvidenceItem;
use store::casefiles::{CaseFiles, CaseId};
use zeroize::Zeroizing;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};

use super::{Fault, on_case, open_until};
use crate::desk::api::schemas::{ArchiveView, ProblemView};
use crate::desk::case::CaseError;
use crate::desk::case::file::{Download, FileError, POLICY, disposition, saved_as};
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;
use crate::desk::{Desk, case, fallback};
use crate::documents::Wholeness;

/// The name of what was told and written.
const DOCUMENT: &str = "expediente.json";

/// Why an archive is not sent, or not to its end.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    /// See there.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// See there.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// A file of it cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It cannot be put together.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// See there.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// A whole case as one ZIP archive, for whoever two members agreed may take it out.
#[utoipa::path(
    post, path = "/api/v1/cases/{folio}/archive",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    responses(
        (status = 200, description = "The archive", content_type = "application/zip"),
        (status = 403, description = "Nobody has agreed to it, or it is too long ago",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case, for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn send(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match begin(&desk, &member, &pass).await {
        Ok(answer) => answer,
        Err(error) => {
            let problem = match &error {
                ExportError::Fault(fault) => fault.problem(texts),
                ExportError::Case(error) => error.problem(texts),
                ExportError::File(_) | ExportError::Zip(_) | ExportError::Write(_) => {
                    tracing::error!(cause = %error, "a case cannot be taken out");
                    fallback::unavailable(texts)
                }
            };
            fallback::problem(&desk, &request, &problem)
        }
    }
}

async fn begin(desk: &Desk, member: &Member, pass: &CasePass) -> Result<HttpResponse, ExportError> {
    open_until(desk, member, Act::ExportCase, pass.entry.id).await?;
    let folio = pass.entry.folio;
    let dossier = case::find(desk, member, pass).await?;
    let recorder = member.recorder(desk);
    recorder.case_exported(folio).await.map_err(Fault::from)?;
    let acts = on_case(desk, member, pass).await?;
    let view = ArchiveView::new(desk, member, &dossier, acts.unmasked.as_ref());
    let document =
        Zeroizing::new(serde_json::to_vec_pretty(&view).expect("a case has only text keys"));
    let folio = folio.to_string();
    let files = dossier
        .files
        .iter()
        .zip(1..)
        .filter(|(file, _)| match file.file.wholeness {
            Wholeness::Whole => true,
            Wholeness::Incomplete | Wholeness::Damaged => false,
        });
    let files: Vec<Entry> = files
        .map(|(file, number)| Entry {
            name: format!("{folio}/{}", saved_as(&folio, number, &file.file.item)),
            item: file.file.item.clone(),
        })
        .collect();
    let mut archive = Archive::new(Arc::clone(&desk.cases), pass.entry.id, files);
    archive.begin(&format!("{folio}/{DOCUMENT}"), &document)?;
    let body = stream::try_unfold(archive, |mut archive| async move {
        match archive.next().await {
            Ok(piece) => Ok(piece.map(|piece| (piece, archive))),
            Err(error) => {
                tracing::error!(cause = %error, "a case could not be taken out to its end");
                Err(error)
            }
        }
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((
            CONTENT_DISPOSITION,
            disposition(&format!("{folio}-expediente.zip")),
        ))
        .streaming(body))
}

/// A file on its way into the archive.
struct Entry {
    name: String,
    item: EvidenceItem,
}

/// What the archive has written and nobody has sent.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Zeroizing<Vec<u8>>>>);

impl Sink {
    fn take(&self) -> Zeroizing<Vec<u8>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An archive that is put together while it is sent.
struct Archive {
    cases: Arc<dyn CaseFiles>,
    case: CaseId,
    sink: Sink,
    /// Until its end is written.
    zip: Option<ZipWriter<StreamWriter<Sink>>>,
    files: IntoIter<Entry>,
    /// The file that is being written.
    current: Option<Download>,
}

impl Archive {
    fn new(cases: Arc<dyn CaseFiles>, case: CaseId, files: Vec<Entry>) -> Self {
        let sink = Sink::default();
        Self {
            cases,
            case,
            zip: Some(ZipWriter::new_stream(sink.clone())),
            sink,
            files: files.into_iter(),
            current: None,
        }
    }

    /// Nothing is compressed: what people send mostly is already, and lengths of compressed texts tell
    /// of them.
    fn options() -> SimpleFileOptions {
        SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .large_file(true)
    }

    fn begin(&mut self, name: &str, document: &[u8]) -> Result<(), ExportError> {
        if let Some(zip) = &mut self.zip {
            zip.start_file(name, Self::options())?;
            zip.write_all(document)?;
        }
        Ok(())
    }

    /// The next bytes, `None` after the last.
    async fn next(&mut self) -> Result<Option<Bytes>, ExportError> {
        loop {
            let ready = self.sink.take();
            if !ready.is_empty() {
                // Wiped once they are sent.
                return Ok(Some(Bytes::from_owner(ready)));
            }
            let Some(zip) = &mut self.zip else {
                return Ok(None);
            };
            if let Some(download) = &mut self.current {
                match download.next().await? {
                    Some(piece) => zip.write_all(&piece)?,
                    None => self.current = None,
                }
            } else if let Some(Entry { name, item }) = self.files.next() {
                zip.start_file(name, Self::options())?;
                self.current = Some(Download::new(Arc::clone(&self.cases), self.case, item));
            } else if let Some(zip) = self.zip.take() {
                zip.finish()?;
            }
        }
    }
}
