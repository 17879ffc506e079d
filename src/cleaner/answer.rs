//! One request in; one report and perhaps a cleaned copy out, or what is shown of the file.

use std::io::{self, Read, Write};

use cleaning::protocol::{self, LENGTH_BYTES};
use cleaning::{NotCleaned, NotShown, Outcome, ProtocolError, Report, Request, Shown, Task};

use crate::clean::{Cleaned, clean};
use crate::view::{Page, show};

/// Why a request could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// A pipe broke: whoever asked is gone.
    #[error("a pipe broke")]
    Pipe(#[from] io::Error),
    /// What came is no request.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
}

/// Reads a request and the file that follows, and writes the answer.
///
/// # Errors
/// See [`AnswerError`]. Nothing that is in the file is an error: that is in the report.
pub fn answer(mut from: impl Read, mut to: impl Write) -> Result<(), AnswerError> {
    let mut told = [0; LENGTH_BYTES];
    from.read_exact(&mut told)?;
    let mut json = vec![0; protocol::frame_length(told)?];
    from.read_exact(&mut json)?;
    let request: Request = protocol::read_frame(&json)?;

    let mut file = Vec::new();
    // One byte past the limit tells that there is more.
    from.take(request.limit.saturating_add(1))
        .read_to_end(&mut file)?;
    let too_large = u64::try_from(file.len()).is_ok_and(|length| length > request.limit);
    match request.task {
        Task::Clean => answer_clean(&request, &file, too_large, &mut to)?,
        Task::Show(page) => answer_show(&request, &file, too_large, page, &mut to)?,
    }
    to.flush()?;
    Ok(())
}

fn answer_clean(
    request: &Request,
    file: &[u8],
    too_large: bool,
    to: &mut impl Write,
) -> Result<(), AnswerError> {
    let Cleaned { report, copy } = if too_large {
        let outcome = Outcome::NotCleaned(NotCleaned::TooLarge);
        Cleaned::without_copy(Report::without_findings(request.media, outcome))
    } else {
        clean(request.media, file)
    };
    to.write_all(&protocol::report_frame(&report)?)?;
    if let Some(copy) = copy {
        to.write_all(&copy)?;
    }
    Ok(())
}

fn answer_show(
    request: &Request,
    file: &[u8],
    too_large: bool,
    page: u32,
    to: &mut impl Write,
) -> Result<(), AnswerError> {
    let shown = if too_large {
        let shown = Shown::Nothing(NotShown::TooLarge);
        Page::empty(request.media, shown)
    } else {
        show(file, page)
    };
    to.write_all(&protocol::view_frame(&shown.view)?)?;
    to.write_all(&shown.bytes)?;
    Ok(())
}
