//! Files that were handed in: `/casos/{folio}/evidencia/{file}` and below.
//!
//! - `view`: the page of a file, with what there is to look at in place of it.
//! - `drawing`: one page of it, as a picture that the cleaner drew.
//! - `original`: the file as it was sent; for whoever says why, and never by following a link.
//! - `viewer`: has the cleaner draw and read.
//!
//! What somebody unknown sent may be made to harm whoever opens it, or to tell the sender that it was opened. So
//! the committee looks at clean copies, which are made for each look and kept nowhere.

pub(super) mod drawing;
pub(super) mod original;
pub(super) mod view;
mod viewer;

use sealing::EvidenceItem;

pub(crate) use self::viewer::Viewer;
use super::case::CaseError;
use super::case::file::{FileError, saved_as};
use super::dossier::{Dossier, FileOfCase};
use super::gate::Member;
use super::pass::CasePass;
use super::{Desk, case};

/// A file of a case that a member may open.
pub(super) struct Chosen {
    dossier: Dossier,
    /// Its place among the files of the case.
    place: usize,
}

impl Chosen {
    /// Finds it, without any note of it.
    async fn find(
        desk: &Desk,
        member: &Member,
        pass: &CasePass,
        name: &str,
    ) -> Result<Self, FileError> {
        let dossier = case::find(desk, member, pass).await?;
        let place = dossier.files.iter().position(|file| file.name() == name);
        let place = place.ok_or(FileError::Unknown)?;
        Ok(Self { dossier, place })
    }

    fn of_case(&self) -> &FileOfCase {
        &self.dossier.files[self.place]
    }

    fn item(&self) -> &EvidenceItem {
        &self.of_case().file.item
    }

    /// The name that it is saved under: ours, whatever it was called.
    fn saved_as(&self) -> String {
        let number = u32::try_from(self.place + 1).unwrap_or(u32::MAX);
        saved_as(&self.dossier.entry.folio.to_string(), number, self.item())
    }

    async fn note_opened(&self, desk: &Desk, member: &Member) -> Result<(), FileError> {
        let recorder = member.recorder(desk);
        let noted = recorder.file_opened(self.dossier.entry.folio).await;
        Ok(noted.map_err(CaseError::from)?)
    }
}
