//! What is inside an envelope: the letter, and how it is written as bytes.

use std::io;

use domain::complaint::{
    Complaint, ComplaintDraft, FaultKind, FieldFaults, MessageText, ReferralConsent, SecretText,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::evidence::EvidenceItem;
use crate::filler::FillerKey;
use crate::ids::{EnvelopeId, LookupId};
use crate::keys::MailboxKey;
use crate::token::TrackingToken;

/// Version of the plaintext, its first byte.
pub const PLAINTEXT_VERSION: u8 = 1;

/// Bytes before the JSON: the version and its length.
const PREFIX: usize = 1 + 4;

/// One letter to the committee, with all that ties it to a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same as on the envelope's row.
    pub envelope_id: EnvelopeId,
    /// The mailbox that replies go to.
    pub lookup_id: LookupId,
    /// With which replies are sealed.
    pub mailbox_key: MailboxKey,
    /// Legal day of reception; no hour exists.
    pub received_on: Date,
    /// Key of the envelope's filler.
    pub filler_key: FillerKey,
    /// What is told.
    pub content: Content,
}

/// What a letter tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A new complaint.
    Complaint {
        /// What is told.
        complaint: Box<Complaint>,
        /// The files handed in with it, at most [`Content::MOST_EVIDENCE`].
        evidence: Vec<EvidenceItem>,
    },
    /// Something further to a case that exists.
    FollowUp(Box<FollowUp>),
    /// Other words for the same mailbox, from whoever holds those of now.
    NewWords(NewWords),
}

/// What follows from the words that a person has chosen in place of theirs: the committee's side moves the
/// mailbox there. The words themselves are in no letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWords {
    /// Where the mailbox is found from then on.
    pub lookup_id: LookupId,
    /// With which it is sealed from then on.
    pub mailbox_key: MailboxKey,
}

impl NewWords {
    /// What follows from a token.
    #[must_use]
    pub fn of(token: &TrackingToken) -> Self {
        Self {
            lookup_id: token.lookup_id(),
            mailbox_key: token.mailbox_key(),
        }
    }
}

impl Content {
    /// Most files that one letter names; a file handed in as it was sent and cleaned counts twice.
    pub const MOST_EVIDENCE: usize = 40;

    /// The files handed in with it.
    pub fn evidence(&self) -> &[EvidenceItem] {
        match self {
            Self::Complaint { evidence, .. } => evidence,
            Self::FollowUp(told) => &told.evidence,
            Self::NewWords(_) => &[],
        }
    }

    /// A complaint without files.
    pub fn complaint(complaint: Complaint) -> Self {
        Self::Complaint {
            complaint: Box::new(complaint),
            evidence: Vec::new(),
        }
    }
}

/// Something further to a case that exists: a text, a decision, files, or several of these.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FollowUp {
    /// What is told.
    pub text: Option<MessageText>,
    /// Whether the case may be handed over to the control body, when that is said here.
    pub referral_consent: Option<ReferralConsent>,
    /// Whether it answers what the committee asked for.
    pub answers_request: bool,
    /// The files handed in with it, at most [`Content::MOST_EVIDENCE`].
    pub evidence: Vec<EvidenceItem>,
}

/// A follow-up that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is neither a text, nor a decision, nor a file")]
pub struct EmptyFollowUp;

impl FollowUp {
    /// A follow-up that says at least one thing.
    ///
    /// # Errors
    /// [`EmptyFollowUp`] when there is neither a text, nor a decision, nor a file.
    pub fn new(
        text: Option<MessageText>,
        referral_consent: Option<ReferralConsent>,
        answers_request: bool,
        evidence: Vec<EvidenceItem>,
    ) -> Result<Self, EmptyFollowUp> {
        if text.is_none() && referral_consent.is_none() && evidence.is_empty() {
            return Err(EmptyFollowUp);
        }
        Ok(Self {
            text,
            referral_consent,
            answers_request,
            evidence,
        })
    }
}

impl From<MessageText> for FollowUp {
    fn from(text: MessageText) -> Self {
        Self {
            text: Some(text),
            referral_consent: None,
            answers_request: false,
            evidence: Vec::new(),
        }
    }
}

impl From<MessageText> for Content {
    fn from(text: MessageText) -> Self {
        Self::FollowUp(Box::new(text.into()))
    }
}

/// Why an opened plaintext is not a letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// Written by a newer program.
    #[error("plaintext version {0} is not known")]
    Version(u8),
    /// The length field or the padding is not as the format has it.
    #[error("the plaintext is not padded as it must be")]
    Padding,
    /// Not the JSON of a letter.
    #[error("the plaintext is not a letter")]
    Json,
    /// A letter whose complaint breaks the rules of the form.
    #[error("the complaint is not valid")]
    Complaint(#[from] FieldFaults),
    /// A letter whose message breaks the rules of the form.
    #[error("the message is not valid")]
    Message(FaultKind),
    /// A further letter that says nothing.
    #[error(transparent)]
    Empty(#[from] EmptyFollowUp),
    /// More files than a letter may name.
    #[error("the letter names more files than it may")]
    TooMuchEvidence,
}

/// The JSON of a letter. `kind` decides how `content` is read.
#[derive(Serialize)]
struct Written<'a> {
    kind: Kind,
    envelope_id: &'a EnvelopeId,
    lookup_id: &'a LookupId,
    mailbox_key: &'a MailboxKey,
    received_on: Date,
    filler_key: &'a FillerKey,
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint: Option<&'a Complaint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a MessageText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referral_consent: Option<ReferralConsent>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    answers_request: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    evidence: &'a [EvidenceItem],
    #[serde(skip_serializing_if = "Option::is_none")]
    new_words: Option<&'a NewWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    kind: Kind,
    envelope_id: EnvelopeId,
    lookup_id: LookupId,
    mailbox_key: MailboxKey,
    received_on: Date,
    filler_key: FillerKey,
    complaint: Option<ComplaintDraft>,
    message: Option<SecretText>,
    referral_consent: Option<ReferralConsent>,
    #[serde(default)]
    answers_request: bool,
    #[serde(default)]
    evidence: Vec<EvidenceItem>,
    new_words: Option<NewWords>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Complaint,
    Message,
    NewWords,
}

impl Letter {
    /// How many bytes the plaintext has before padding.
    pub(crate) fn plaintext_length(&self) -> usize {
        let mut count = Count(PREFIX);
        self.write_json(&mut count);
        count.0
    }

    /// The plaintext, padded to `padded` bytes, in a buffer that never moves and is wiped when
    /// dropped.
    pub(crate) fn to_plaintext(&self, padded: usize) -> Zeroizing<Vec<u8>> {
        let mut plaintext = Zeroizing::new(Vec::with_capacity(padded));
        plaintext.extend_from_slice(&[PLAINTEXT_VERSION, 0, 0, 0, 0]);
        self.write_json(&mut *plaintext);
        let length = u32::try_from(plaintext.len() - PREFIX)
            .expect("the bounds of the form keep a letter under 4 GiB");
        plaintext[1..PREFIX].copy_from_slice(&length.to_be_bytes());
        plaintext.resize(padded, 0);
        plaintext
    }

    fn write_json(&self, to: impl io::Write) {
        let (kind, complaint, follow_up, new_words) = match &self.content {
            Content::Complaint { complaint, .. } => {
                (Kind::Complaint, Some(&**complaint), None, None)
            }
            Content::FollowUp(follow_up) => (Kind::Message, None, Some(&**follow_up), None),
            Content::NewWords(new) => (Kind::NewWords, None, None, Some(new)),
        };
        let written = Written {
            kind,
            envelope_id: &self.envelope_id,
            lookup_id: &self.lookup_id,
            mailbox_key: &self.mailbox_key,
            received_on: self.received_on,
            filler_key: &self.filler_key,
            complaint,
            message: follow_up.and_then(|told| told.text.as_ref()),
            referral_consent: follow_up.and_then(|told| told.referral_consent),
            answers_request: follow_up.is_some_and(|told| told.answers_request),
            evidence: self.content.evidence(),
            new_words,
        };
        serde_json::to_writer(to, &written)
            .expect("a letter has only text keys, and memory takes every byte");
    }

    /// Reads a letter from an opened, padded plaintext. It opens nothing: whoever calls it already
    /// holds the plaintext.
    ///
    /// # Errors
    /// What is not as the format or the form has it. What was sealed elsewhere is not trusted: the
    /// complaint is parsed anew.
    pub fn from_plaintext(plaintext: &[u8]) -> Result<Self, LetterError> {
        let (&version, rest) = plaintext.split_first().ok_or(LetterError::Padding)?;
        if version != PLAINTEXT_VERSION {
            return Err(LetterError::Version(version));
        }
        let (length, rest) = rest.split_first_chunk().ok_or(LetterError::Padding)?;
        let length =
            usize::try_from(u32::from_be_bytes(*length)).map_err(|_| LetterError::Padding)?;
        let (json, padding) = rest.split_at_checked(length).ok_or(LetterError::Padding)?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(LetterError::Padding);
        }
        let read: Read = serde_json::from_slice(json).map_err(|_| LetterError::Json)?;
        if read.evidence.len() > Content::MOST_EVIDENCE {
            return Err(LetterError::TooMuchEvidence);
        }
        let says_more = read.referral_consent.is_some() || read.answers_request;
        let content = match (read.kind, read.complaint, read.message, read.new_words) {
            (Kind::Complaint, Some(draft), None, None) if !says_more => Content::Complaint {
                complaint: Box::new(Complaint::parse(draft)?),
                evidence: read.evidence,
            },
            (Kind::NewWords, None, None, Some(new)) if !says_more && read.evidence.is_empty() => {
                Content::NewWords(new)
            }
            (Kind::Message, None, text, None) => Content::FollowUp(Box::new(FollowUp::new(
                text.map(MessageText::parse)
                    .transpose()
                    .map_err(LetterError::Message)?,
                read.referral_consent,
                read.answers_request,
                read.evidence,
            )?)),
            (Kind::Complaint | Kind::Message | Kind::NewWords, ..) => {
                return Err(LetterError::Json);
            }
        };
        Ok(Self {
            envelope_id: read.envelope_id,
            lookup_id: read.lookup_id,
            mailbox_key: read.mailbox_key,
            received_on: read.received_on,
            filler_key: read.filler_key,
            content,
        })
    }
}

/// Counts what would be written.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
