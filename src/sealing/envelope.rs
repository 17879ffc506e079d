//! Closing an envelope: pad, seal with age, frame to a size class.

use std::io::{self, Write as _};
use std::iter;

use jiff::civil::Date;

use crate::filler::FillerKey;
use crate::ids::{EnvelopeId, KeyId};
use crate::letter::{Content, Letter};
use crate::recipients::Recipients;
use crate::size::{LENGTH_FIELD, SizeClass};

/// An envelope as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEnvelope {
    /// Random; the same as inside.
    pub id: EnvelopeId,
    /// Legal day of reception.
    pub received_on: Date,
    /// Which committee key opens it.
    pub key_id: KeyId,
    /// As long as one of the [`SIZE_CLASSES`](crate::SIZE_CLASSES).
    pub bytes: Vec<u8>,
}

/// Why a letter could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Longer than the largest size class; the bounds of the form keep a complaint below it.
    #[error("the letter is longer than the largest envelope")]
    TooLong,
    /// More files than [`Content::MOST_EVIDENCE`]; whoever opens it would set it aside.
    #[error("the letter names more than {} files", Content::MOST_EVIDENCE)]
    TooMuchEvidence,
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness,
    /// age could not write.
    #[error("age could not seal")]
    Age(#[source] io::Error),
    /// age needed more bytes than its format was reckoned to need.
    #[error("age needed {length} bytes, and {room} were left for it")]
    Overhead {
        /// How long the age bytes are.
        length: usize,
        /// How long they may be.
        room: usize,
    },
}

/// Seals a letter to the committee.
///
/// # Errors
/// See [`SealError`]; none is the fault of what a person wrote.
pub fn seal(letter: &Letter, recipients: &Recipients) -> Result<SealedEnvelope, SealError> {
    if letter.content.evidence().len() > Content::MOST_EVIDENCE {
        return Err(SealError::TooMuchEvidence);
    }
    let class = SizeClass::fitting(letter.plaintext_length(), recipients.count())
        .ok_or(SealError::TooLong)?;
    let plaintext = letter.to_plaintext(class.plaintext(recipients.count()));
    let bytes = frame(&plaintext, class, &letter.filler_key, recipients)?;
    Ok(SealedEnvelope {
        id: letter.envelope_id,
        received_on: letter.received_on,
        key_id: recipients.key_id(),
        bytes,
    })
}

/// Seals a plaintext, already padded to `class`, with age, and frames it.
///
/// # Errors
/// See [`SealError`].
pub fn frame(
    plaintext: &[u8],
    class: SizeClass,
    filler_key: &FillerKey,
    recipients: &Recipients,
) -> Result<Vec<u8>, SealError> {
    let mut framed = Vec::with_capacity(class.bytes());
    framed.extend_from_slice(&[0; LENGTH_FIELD]);
    let encryptor = age::Encryptor::with_recipients(iter::once(recipients as &dyn age::Recipient))
        .map_err(|error| SealError::Age(io::Error::other(error)))?;
    let mut writer = encryptor.wrap_output(&mut framed).map_err(SealError::Age)?;
    writer.write_all(plaintext).map_err(SealError::Age)?;
    writer.finish().map_err(SealError::Age)?;

    let length = framed.len() - LENGTH_FIELD;
    let room = class.bytes() - LENGTH_FIELD;
    if length > room {
        return Err(SealError::Overhead { length, room });
    }
    let field = u32::try_from(length)
        .expect("a size class is far below 4 GiB")
        .to_be_bytes();
    framed[..LENGTH_FIELD].copy_from_slice(&field);
    let end = framed.len();
    framed.resize(class.bytes(), 0);
    filler_key.fill(&mut framed[end..]);
    Ok(framed)
}
