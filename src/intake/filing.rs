//! What becomes of a complaint or a further message once it is known to be valid.

use domain::complaint::Complaint;
use jiff::civil::Date;
use mailbox::{Body, Entry, EntrySealError, HandedIn, HandingIn, HandingInError};
use ring::rand::SecureRandom;
use sealing::{
    Content, EnvelopeId, EvidenceItem, FillerKey, FollowUp, Letter, NewWords, SealError,
    TrackingToken,
};
use store::StoreError;
use store::mailroom::{Chosen, ChosenWords, Deposit, Leaf};

use crate::deposits::NotStored;
use crate::message_id::{self, Once};
use crate::shared::Shared;

/// A complaint that is ready to be sealed, with what it will be found by.
///
/// Token and content are one to one: whoever changes the content draws another.
#[derive(Debug)]
pub(crate) struct PreparedComplaint {
    /// What the person will be told.
    pub(crate) token: TrackingToken,
    /// Name of the envelope.
    pub(crate) envelope_id: EnvelopeId,
    /// What is told.
    pub(crate) complaint: Complaint,
    /// The files that are handed in with it, which are stored already.
    pub(crate) evidence: Vec<EvidenceItem>,
    /// Legal day of reception, on which a letter may name these files.
    pub(crate) received_on: Date,
}

impl PreparedComplaint {
    /// Draws what a complaint will be found by.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(crate) fn draw(
        complaint: Complaint,
        evidence: Vec<EvidenceItem>,
        received_on: Date,
        rng: &dyn SecureRandom,
    ) -> Result<Self, ring::error::Unspecified> {
        Ok(Self {
            token: TrackingToken::draw(rng)?,
            envelope_id: EnvelopeId::draw(rng)?,
            complaint,
            evidence,
            received_on,
        })
    }
}

/// A complaint that is durable.
#[derive(Debug)]
pub(crate) struct Filed {
    /// What the person is told once and nobody keeps.
    pub(crate) token: TrackingToken,
    /// Legal day of reception.
    pub(crate) received_on: Date,
    /// Signed proof of it.
    pub(crate) receipt: String,
}

/// Why something valid was not stored. None is the fault of what a person wrote.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FilingError {
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness,
    /// The envelope could not be sealed.
    #[error("the envelope could not be sealed")]
    Envelope(#[from] SealError),
    /// The first entry of the mailbox could not be sealed.
    #[error("the first entry could not be sealed")]
    Entry(#[from] EntrySealError),
    /// The store did not take it.
    #[error("the store did not take it")]
    NotStored(#[from] NotStored),
    /// Whether it was filed before could not be read.
    #[error("the mailbox could not be read")]
    NotRead(#[from] StoreError),
    /// There is a mailbox of this token, and its first entry does not open.
    #[error("the first entry of the mailbox does not open")]
    FirstEntry(#[from] mailbox::OpenError),
}

impl From<HandingInError> for FilingError {
    fn from(error: HandingInError) -> Self {
        match error {
            HandingInError::Randomness => Self::Randomness,
            HandingInError::Envelope(error) => Self::Envelope(error),
            HandingInError::Entry(error) => Self::Entry(error),
        }
    }
}

impl From<ring::error::Unspecified> for FilingError {
    fn from(_: ring::error::Unspecified) -> Self {
        Self::Randomness
    }
}

impl Shared {
    /// Seals and stores a complaint; returns once it is durable.
    ///
    /// Nothing may be acknowledged that the committee's side cannot read. That is not tried out here:
    /// it would take a second plaintext of every complaint. It rests on the property test
    /// `every_complaint_that_is_accepted_is_read_back_as_the_same_one` of `domain::complaint`.
    pub(crate) async fn file(&self, prepared: PreparedComplaint) -> Result<Filed, FilingError> {
        self.try_file(prepared).await.inspect_err(tell)
    }

    /// The same for what a page carries, which may be sent again: whatever happened to the answer
    /// before, there is one complaint, under one token, received on one day.
    pub(crate) async fn file_once(
        &self,
        prepared: PreparedComplaint,
    ) -> Result<Filed, FilingError> {
        self.try_file_once(prepared).await.inspect_err(tell)
    }

    /// Seals and stores a further letter to the committee, received on this legal day; returns once it
    /// is durable. What the same page sends twice is stored once.
    pub(crate) async fn follow_up(
        &self,
        token: &TrackingToken,
        told: FollowUp,
        once: Option<Once>,
        received_on: Date,
    ) -> Result<(), FilingError> {
        self.try_follow_up(token, told, once, received_on)
            .await
            .inspect_err(tell)
    }

    /// Gives the mailbox of a token to another one, which was drawn for it, unless another one has it: makes
    /// the place where it will be found and tells the committee's side; returns once both are durable.
    /// Repeated, it is done once.
    pub(crate) async fn choose_words(
        &self,
        token: &TrackingToken,
        new: &TrackingToken,
        received_on: Date,
    ) -> Result<Chosen, FilingError> {
        self.try_choose_words(token, new, received_on)
            .await
            .inspect_err(tell)
    }

    /// What was filed under a token, if it was.
    pub(crate) async fn filed_before(
        &self,
        token: TrackingToken,
    ) -> Result<Option<Filed>, FilingError> {
        let first = self.first_of(&token).await.inspect_err(tell)?;
        Ok(first.and_then(|first| match first.body {
            Body::Filed(before) => Some(Filed {
                token,
                received_on: first.posted_on,
                receipt: before.receipt,
            }),
            Body::Standing(_) | Body::Message(_) | Body::Words(_) => None,
        }))
    }

    async fn try_file_once(&self, prepared: PreparedComplaint) -> Result<Filed, FilingError> {
        let mut filed = self.try_file(prepared).await?;
        // The store takes the first of several and lets the others be: that one is told.
        if let Some(first) = self.first_of(&filed.token).await?
            && let Body::Filed(before) = first.body
        {
            filed.received_on = first.posted_on;
            filed.receipt = before.receipt;
        }
        Ok(filed)
    }

    /// The first entry in the mailbox of a token.
    async fn first_of(&self, token: &TrackingToken) -> Result<Option<Entry>, FilingError> {
        let entries = self
            .mailroom
            .mailbox_page(token.lookup_id(), None, 0)
            .await?;
        let Some(first) = entries.iter().find(|entry| entry.position == 0) else {
            return Ok(None);
        };
        Ok(Some(mailbox::open(&token.mailbox_key(), first)?))
    }

    async fn try_file(&self, prepared: PreparedComplaint) -> Result<Filed, FilingError> {
        let PreparedComplaint {
            token,
            envelope_id,
            complaint,
            evidence,
            received_on,
        } = prepared;
        let files: Vec<_> = evidence.iter().map(|item| item.sha256.0).collect();
        let receipt = self.sign_receipt(&token, received_on, &complaint, &files);
        let handing_in = HandingIn {
            token: &token,
            envelope_id,
            received_on,
            complaint,
            evidence,
            receipt: receipt.text.clone(),
            assisted: false,
        };
        let HandedIn {
            envelope,
            first_entry,
        } = handing_in.seal(&self.recipients, &self.rng)?;
        self.deposits
            .store(Deposit {
                envelope,
                first_entry: Some(first_entry),
                leaf: Some(Leaf {
                    day: received_on,
                    hash: receipt.leaf,
                }),
            })
            .await?;
        Ok(Filed {
            token,
            received_on,
            receipt: receipt.text,
        })
    }

    async fn try_follow_up(
        &self,
        token: &TrackingToken,
        told: FollowUp,
        once: Option<Once>,
        received_on: Date,
    ) -> Result<(), FilingError> {
        let id = match once {
            Some(once) => once.envelope(token, &told),
            None => EnvelopeId::draw(&self.rng)?,
        };
        let content = Content::FollowUp(Box::new(told));
        let envelope = self.seal(token, id, received_on, content)?;
        self.deposits
            .store(Deposit {
                envelope,
                first_entry: None,
                leaf: None,
            })
            .await?;
        Ok(())
    }

    async fn try_choose_words(
        &self,
        token: &TrackingToken,
        new: &TrackingToken,
        received_on: Date,
    ) -> Result<Chosen, FilingError> {
        let entry = Entry {
            posted_on: received_on,
            body: Body::Words(mailbox::NewWords::Moving),
        };
        let key = new.mailbox_key();
        let first_entry = mailbox::seal(&key, new.lookup_id(), 0, &entry, &self.rng)?;
        let id = message_id::of_new_words(token);
        let content = Content::NewWords(NewWords::of(new));
        let chosen = ChosenWords {
            envelope: self.seal(token, id, received_on, content)?,
            old: token.lookup_id(),
            first_entry,
        };
        let outcome = self.mailroom.choose_words(&chosen).await;
        outcome.map_err(|error| {
            tracing::error!(cause = %error, "new words were not stored");
            NotStored.into()
        })
    }

    fn seal(
        &self,
        token: &TrackingToken,
        envelope_id: EnvelopeId,
        received_on: Date,
        content: Content,
    ) -> Result<sealing::SealedEnvelope, FilingError> {
        let letter = Letter {
            envelope_id,
            lookup_id: token.lookup_id(),
            mailbox_key: token.mailbox_key(),
            received_on,
            filler_key: FillerKey::draw(&self.rng)?,
            content,
        };
        Ok(sealing::seal(&letter, &self.recipients)?)
    }
}

/// What the store refused has been told where it happened.
fn tell(error: &FilingError) {
    match error {
        FilingError::NotStored(_) => {}
        FilingError::NotRead(_) | FilingError::FirstEntry(_) => {
            tracing::error!(cause = %error, "a complaint that was stored could not be read back");
        }
        FilingError::Randomness | FilingError::Envelope(_) | FilingError::Entry(_) => {
            tracing::error!(cause = %error, "a valid text could not be sealed");
        }
    }
}
