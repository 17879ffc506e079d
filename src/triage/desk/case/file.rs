//! A file of a case, opened piece by piece.
//!
//! A file that is not the one that was named does not arrive whole: the last piece is held back until
//! the digest is known, and if it is wrong the transfer breaks off before its announced end.

use std::sync::Arc;

use actix_web::http::StatusCode;
use domain::complaint::FieldFaults;
use domain::evidence::Version;
use opening::evidence::{EvidenceOpenError, open_chunk};
use ring::digest::{self, SHA256};
use sealing::{ChunkId, EvidenceItem};
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};
use zeroize::Zeroizing;

use super::CaseError;
use crate::desk::fallback;

/// Nothing in it may load, run, or take part in anything.
pub(in crate::desk) const POLICY: &str = "sandbox; default-src 'none'";

/// Why a file is not sent, or not to its end.
#[derive(Debug, thiserror::Error)]
pub(in crate::desk) enum FileError {
    /// See there.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// It is not said what it is needed for.
    #[error(transparent)]
    Field(#[from] FieldFaults),
    /// The case has no such file.
    #[error("the case has no such file")]
    Unknown,
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A part of it is not there.
    #[error("a part of the file is missing")]
    Missing,
    /// It was altered.
    #[error(transparent)]
    Damaged(#[from] EvidenceOpenError),
}

/// A file on its way out.
pub(in crate::desk) struct Download {
    cases: Arc<dyn CaseFiles>,
    case: CaseId,
    item: EvidenceItem,
    /// Under which the pieces lie that are still to come.
    ids: Box<dyn Iterator<Item = ChunkId> + Send>,
    /// Number of the next piece.
    index: u32,
    digest: digest::Context,
}

impl Download {
    pub(in crate::desk) fn new(
        cases: Arc<dyn CaseFiles>,
        case: CaseId,
        item: EvidenceItem,
    ) -> Self {
        Self {
            cases,
            case,
            ids: Box::new(item.chunk_ids()),
            item,
            index: 0,
            digest: digest::Context::new(&SHA256),
        }
    }

    /// The next piece, `None` after the last; the last one only if the whole is the file.
    pub(in crate::desk) async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        let Some(id) = self.ids.next() else {
            return Ok(None);
        };
        let sealed = self.cases.case_chunk(self.case, id).await?;
        let piece = open_chunk(&self.item, self.index, &sealed.ok_or(FileError::Missing)?)?;
        self.digest.update(&piece);
        self.index += 1;
        if self.index == self.item.chunk_count()
            && self.digest.clone().finish().as_ref() != self.item.sha256.0
        {
            return Err(EvidenceOpenError::Digest.into());
        }
        Ok(Some(piece))
    }
}

/// The name that the file is saved under: ours, whatever it was called.
pub(in crate::desk) fn saved_as(folio: &str, number: u32, item: &EvidenceItem) -> String {
    let version = match item.version {
        Version::Original => "",
        Version::Cleaned => "-limpio",
    };
    let extension = item.media_type.extension();
    format!("{folio}-archivo-{number}{version}.{extension}")
}

pub(in crate::desk) fn disposition(name: &str) -> String {
    format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}")
}

impl FileError {
    pub(in crate::desk) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Case(error) => error.problem(texts),
            Self::Field(faults) => Problem::fields(texts, faults),
            Self::Unknown => Problem::new(texts, StatusCode::NOT_FOUND, "no-file"),
            Self::Store(error) => {
                tracing::error!(cause = %error, "a file cannot be read");
                fallback::unavailable(texts)
            }
            Self::Missing | Self::Damaged(_) => {
                tracing::error!(cause = %self, "a file cannot be sent");
                Problem::new(texts, StatusCode::CONFLICT, "file-damaged")
            }
        }
    }
}
