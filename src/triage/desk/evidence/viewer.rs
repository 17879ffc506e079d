//! Has the program `cleaner` draw and read files, with places of its own for the desk.

use std::path::PathBuf;
use std::sync::Arc;

use cleaning::{HEAD_BYTES, NotShown, Shown, Task, View, sniff};
use domain::evidence::MediaType;
use runner::{Lane, Program, Viewed};
use sealing::EvidenceItem;
use store::casefiles::{CaseFiles, CaseId};
use zeroize::Zeroizing;

use crate::desk::case::file::{Download, FileError};

/// How many processes may work at once: as many as there are cores on a small machine.
const AT_WORK: usize = 2;
/// How many files of the greatest length all processes may hold.
const HELD: u64 = 6;

/// The program that shows files.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    program: Program,
    lane: Lane,
}

impl Viewer {
    /// A program in a file, for files of up to so many MiB as it can hold.
    pub(crate) fn new(path: PathBuf) -> Self {
        let program = Program::new(path, Program::MOST_MIB);
        let lane = Lane::new(AT_WORK, HELD * program.limit());
        Self { program, lane }
    }

    /// Whether the program is there and works.
    pub(crate) async fn works(&self) -> bool {
        self.program.works(&self.lane).await
    }

    /// Where the program is.
    pub(crate) fn path(&self) -> &std::path::Path {
        self.program.path()
    }

    /// Shows a file of a case: the whole with 0, a page of it from 1 on.
    pub(super) async fn show(
        &self,
        cases: Arc<dyn CaseFiles>,
        case: CaseId,
        item: &EvidenceItem,
        page: u32,
    ) -> Result<Viewed, FileError> {
        // Not even fetched.
        if item.bytes > self.program.limit() {
            return Ok(nothing(item.media_type, NotShown::TooLarge));
        }
        let mut download = Download::new(cases, case, item.clone());
        let first = download.next().await?.unwrap_or_default();
        let head = first.get(..HEAD_BYTES).unwrap_or(&first);
        let task = Task::Show(page);
        let errand = (task, sniff(head));
        let whole = self.program.start_whole(errand, item.bytes, &self.lane);
        let mut inspection = whole.await;
        inspection.write(&first).await;
        drop(first);
        // Whatever is wrong with a piece, the process has not seen the end and shows nothing.
        while let Some(piece) = download.next().await? {
            inspection.write(&piece).await;
        }
        Ok(inspection.finish_view().await)
    }
}

/// That there is nothing to look at.
pub(super) fn nothing(media: MediaType, why: NotShown) -> Viewed {
    let shown = Shown::Nothing(why);
    Viewed {
        view: View { media, shown },
        bytes: Zeroizing::default(),
    }
}
