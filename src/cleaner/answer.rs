//! One request in, one report and perhaps a cleaned copy out.

use std::io::{self, Read, Write};

use cleaning::protocol::{self, LENGTH_BYTES};
use cleaning::{NotCleaned, Outcome, ProtocolError, Report, Request};

use crate::clean::{Cleaned, clean};

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
    let Cleaned { report, copy } = if too_large {
        let outcome = Outcome::NotCleaned(NotCleaned::TooLarge);
        Cleaned::without_copy(Report::without_findings(request.media, outcome))
    } else {
        clean(request.media, &file)
    };
    to.write_all(&protocol::report_frame(&report)?)?;
    if let Some(copy) = copy {
        to.write_all(&copy)?;
    }
    to.flush()?;
    Ok(())
}
