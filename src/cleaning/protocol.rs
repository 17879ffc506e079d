//! The bytes on the pipes: a frame of JSON with its length before it, then raw bytes.
//!
//! - to the cleaner: a frame with a [`Request`], then the file until the end of input;
//! - from the cleaner, asked to clean: a frame with a [`Report`], then as many bytes as [`Outcome::Cleaned`] says;
//! - from the cleaner, asked to show: a frame with a [`View`], then as many bytes as it says.
//!
//! [`Outcome::Cleaned`]: crate::Outcome::Cleaned

use domain::evidence::MediaType;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::report::Report;
use crate::view::View;

/// Bytes of the length before a frame, the greatest first.
pub const LENGTH_BYTES: usize = 4;
/// Most bytes of JSON in one frame.
pub const FRAME_BYTES: usize = 64 * 1024;

/// What is to be done with a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// A cleaned copy.
    #[default]
    Clean,
    /// What a reader may look at in place of the file. With 0 the whole, as far as it is text, or how many
    /// pages there are to draw; from 1 on that page, drawn.
    Show(u32),
}

/// What is said before a file is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What is to be done.
    #[serde(default)]
    pub task: Task,
    /// What the file's beginning says that it is.
    pub media: MediaType,
    /// Most bytes of the file; a longer one is answered with [`TooLarge`](crate::NotCleaned::TooLarge).
    pub limit: u64,
}

/// Something on a pipe that is no frame.
#[derive(Debug, thiserror::Error)]
pub enum ProtocolError {
    /// The frame says that it is longer than any frame.
    #[error("a frame of {0} bytes")]
    TooLong(usize),
    /// What is in the frame is not what belongs there. The text is not part of the error.
    #[error("a frame that cannot be read")]
    Unreadable,
}

/// The frame of a request, ready to be written.
///
/// # Errors
/// [`ProtocolError::TooLong`], never in practice.
pub fn request_frame(request: &Request) -> Result<Zeroizing<Vec<u8>>, ProtocolError> {
    frame(request)
}

/// The frame of a report, ready to be written.
///
/// # Errors
/// [`ProtocolError::TooLong`] if it has more findings than the cleaner ever tells.
pub fn report_frame(report: &Report) -> Result<Zeroizing<Vec<u8>>, ProtocolError> {
    frame(report)
}

/// The frame of a view, ready to be written.
///
/// # Errors
/// [`ProtocolError::TooLong`], never in practice.
pub fn view_frame(view: &View) -> Result<Zeroizing<Vec<u8>>, ProtocolError> {
    frame(view)
}

fn frame<T: Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, ProtocolError> {
    // With its full room at once: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LENGTH_BYTES + FRAME_BYTES));
    bytes.extend_from_slice(&[0; LENGTH_BYTES]);
    serde_json::to_writer(&mut *bytes, value).map_err(|_| ProtocolError::Unreadable)?;
    let length = bytes.len() - LENGTH_BYTES;
    let told = u32::try_from(length)
        .ok()
        .filter(|_| length <= FRAME_BYTES)
        .ok_or(ProtocolError::TooLong(length))?;
    bytes[..LENGTH_BYTES].copy_from_slice(&told.to_be_bytes());
    Ok(bytes)
}

/// The length that the bytes before a frame tell.
///
/// # Errors
/// [`ProtocolError::TooLong`].
pub fn frame_length(told: [u8; LENGTH_BYTES]) -> Result<usize, ProtocolError> {
    usize::try_from(u32::from_be_bytes(told))
        .ok()
        .filter(|length| *length <= FRAME_BYTES)
        .ok_or(ProtocolError::TooLong(usize::MAX))
}

/// Reads the JSON of a frame.
///
/// # Errors
/// [`ProtocolError::Unreadable`].
pub fn read_frame<T: DeserializeOwned>(json: &[u8]) -> Result<T, ProtocolError> {
    serde_json::from_slice(json).map_err(|_| ProtocolError::Unreadable)
}

#[cfg(test)]
mod tests {
    use domain::complaint::SecretText;
    use domain::evidence::{Finding, FindingKind};
    use proptest::prelude::*;

    use super::*;
    use crate::report::{NotCleaned, Outcome, Refusal};

    fn back<T: DeserializeOwned>(frame: &[u8]) -> T {
        let (length, json) = frame.split_first_chunk().unwrap();
        assert_eq!(frame_length(*length).unwrap(), json.len());
        read_frame(json).unwrap()
    }

    #[test]
    fn what_is_said_is_what_is_heard() {
        let request = Request {
            task: Task::Show(3),
            media: MediaType::Docx,
            limit: 20 << 20,
        };
        assert_eq!(back::<Request>(&request_frame(&request).unwrap()), request);

        let outcomes = [Outcome::NothingFound, Outcome::Cleaned(7)].into_iter();
        let refused = Refusal::ALL.iter().map(|code| Outcome::Refused(*code));
        let not = NotCleaned::ALL
            .iter()
            .map(|code| Outcome::NotCleaned(*code));
        for outcome in outcomes.chain(refused).chain(not) {
            let report = Report {
                media: MediaType::Jpeg,
                outcome,
                findings: vec![Finding {
                    kind: FindingKind::Location,
                    detail: Some(SecretText::from("19.43, -99.13".to_owned())),
                }],
            };
            assert_eq!(back::<Report>(&report_frame(&report).unwrap()), report);
        }
    }

    #[test]
    fn a_frame_that_is_too_long_is_neither_made_nor_read() {
        let report = Report {
            media: MediaType::Jpeg,
            outcome: Outcome::NothingFound,
            findings: vec![Finding {
                kind: FindingKind::Comment,
                detail: Some(SecretText::from("x".repeat(FRAME_BYTES))),
            }],
        };
        assert!(matches!(
            report_frame(&report),
            Err(ProtocolError::TooLong(_))
        ));
        let length = u32::try_from(FRAME_BYTES + 1).unwrap();
        assert!(frame_length(length.to_be_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reading(json in any::<Vec<u8>>()) {
            let _ = read_frame::<Report>(&json);
            let _ = read_frame::<Request>(&json);
            let _ = read_frame::<View>(&json);
        }
    }
}
