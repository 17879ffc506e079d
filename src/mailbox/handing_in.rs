//! A complaint as it is handed in: the letter for the committee and the first entry of the new mailbox.
//!
//! One way for both who hand in: the public service, and the committee's desk when a member writes a
//! complaint down for a person. What is stored of the two does not differ.

use domain::complaint::Complaint;
use jiff::civil::Date;
use ring::rand::SecureRandom;
use sealing::{
    Content, EnvelopeId, EvidenceItem, FillerKey, Letter, Recipients, SealError, SealedEnvelope,
    TrackingToken,
};

use crate::entry::{Body, Entry, Filed, FiledFile};
use crate::seal::{EntrySealError, SealedEntry, seal};

/// A complaint on its way.
#[derive(Debug)]
pub struct HandingIn<'a> {
    /// What the person will be told.
    pub token: &'a TrackingToken,
    /// Name of the envelope.
    pub envelope_id: EnvelopeId,
    /// Legal day of reception.
    pub received_on: Date,
    /// What is told.
    pub complaint: Complaint,
    /// The files that are handed in with it, which are stored already.
    pub evidence: Vec<EvidenceItem>,
    /// The signed receipt; empty when the desk, which has no key to sign one, hands in.
    pub receipt: String,
    /// Whether a member of the committee has seen the words.
    pub assisted: bool,
}

/// What the mailroom takes of it.
#[derive(Debug)]
pub struct HandedIn {
    /// For the committee.
    pub envelope: SealedEnvelope,
    /// Position 0 of the new mailbox.
    pub first_entry: SealedEntry,
}

/// Why it could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum HandingInError {
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness,
    /// The envelope could not be sealed.
    #[error(transparent)]
    Envelope(#[from] SealError),
    /// The first entry of the mailbox could not be sealed.
    #[error(transparent)]
    Entry(#[from] EntrySealError),
}

impl HandingIn<'_> {
    /// Seals both.
    ///
    /// # Errors
    /// See [`HandingInError`].
    pub fn seal(
        self,
        recipients: &Recipients,
        rng: &dyn SecureRandom,
    ) -> Result<HandedIn, HandingInError> {
        let Self {
            token,
            envelope_id,
            received_on,
            complaint,
            evidence,
            receipt,
            assisted,
        } = self;
        let complaint = Box::new(complaint);
        let first = Entry {
            posted_on: received_on,
            body: Body::Filed(Box::new(Filed {
                receipt,
                complaint: complaint.clone(),
                evidence: evidence.iter().map(FiledFile::from).collect(),
                assisted,
            })),
        };
        let (key, lookup_id) = (token.mailbox_key(), token.lookup_id());
        let first_entry = seal(&key, lookup_id, 0, &first, rng)?;
        let letter = Letter {
            envelope_id,
            lookup_id,
            mailbox_key: key,
            received_on,
            filler_key: FillerKey::draw(rng).map_err(|_| HandingInError::Randomness)?,
            content: Content::Complaint {
                complaint,
                evidence,
            },
        };
        Ok(HandedIn {
            envelope: sealing::seal(&letter, recipients)?,
            first_entry,
        })
    }
}

impl From<&EvidenceItem> for FiledFile {
    fn from(item: &EvidenceItem) -> Self {
        Self {
            name: item.name.clone(),
            bytes: item.bytes,
            version: item.version,
        }
    }
}
