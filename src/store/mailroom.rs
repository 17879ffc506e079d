//! The store that both services reach: sealed envelopes in, sealed replies out.

use std::collections::BTreeSet;
use std::slice;

use async_trait::async_trait;
use jiff::civil::Date;
use mailbox::SealedEntry;
use sealing::{ChunkId, EnvelopeId, KeyId, LookupId, SealedEnvelope};

use crate::StoreError;
pub use crate::StoredChunk;

/// What a complaint adds to the tree of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leaf {
    /// The legal day whose tree takes it.
    pub day: Date,
    /// Looks random; only the receipt leads to it.
    pub hash: [u8; 32],
}

/// The tree of one day, as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTree {
    /// The legal day.
    pub day: Date,
    /// All leaves, fillers included, sorted: 32 bytes each.
    pub leaves: Vec<u8>,
    /// The signed head. Opaque to the store.
    pub head: Vec<u8>,
}

/// What a person hands in: an envelope and, with a complaint, the first entry of its mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// For the committee.
    pub envelope: SealedEnvelope,
    /// Position 0 of the new mailbox; `None` for a further message to an old one.
    pub first_entry: Option<SealedEntry>,
    /// What a complaint adds to the tree of its day; written only together with its first entry.
    pub leaf: Option<Leaf>,
}

/// Other words for a mailbox: the letter that says so, and the mailbox under the new ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenWords {
    /// For the committee. Its id follows from the words of before alone, whatever the new ones are: of
    /// several such letters only one can wait.
    pub envelope: SealedEnvelope,
    /// The mailbox of before.
    pub old: LookupId,
    /// Position 0 of the new mailbox.
    pub first_entry: SealedEntry,
}

/// What became of [`ChosenWords`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// They were written.
    Now,
    /// The new mailbox was there: the same request came before.
    Before,
    /// Other words were chosen first, or the mailbox of before is gone: nothing was written.
    TooLate,
}

/// All that intake may do.
#[async_trait]
pub trait IntakeMailroom: Send + Sync {
    /// Stores deposits, all or none, in one durable transaction. Repeating one is harmless:
    /// - With a first entry, the mailbox position decides. If it is taken, the deposit changes
    ///   nothing, even when triage has worked off the first one's envelope.
    /// - Without, the envelope id decides. If such an envelope waits, the deposit changes nothing; if
    ///   it waits no longer, it waits again, and triage knows it by its id.
    ///
    /// Where the position is free but an envelope with that id waits, which takes two deposits that
    /// differ, the entry is written and the envelope that waits stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then nothing may be acknowledged.
    async fn deposit(&self, deposits: &[Deposit]) -> Result<(), StoreError>;

    /// Stores other words for a mailbox, the letter and the new mailbox or neither, in one durable
    /// transaction: if the mailbox of before is there, the new one is not, and no letter with that id waits.
    /// So whoever is written down first has the mailbox. Triage ends the mailbox of before before it removes
    /// the letter, so at no moment is there room for a second one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then nothing may be acknowledged.
    async fn choose_words(&self, chosen: &ChosenWords) -> Result<Chosen, StoreError>;

    /// Of one mailbox the first entry and, of the others, the newest `limit` whose position is below
    /// `before`; all by position, empty when there is no such mailbox. So a look reads no more however
    /// long a mailbox is.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn mailbox_page(
        &self,
        id: LookupId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError>;

    /// All entries of one mailbox by position, however many there are.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn mailbox(&self, id: LookupId) -> Result<Vec<SealedEntry>, StoreError> {
        self.mailbox_page(id, None, u32::MAX).await
    }

    /// Stores chunks of evidence, all or none, in one durable transaction. One whose id is there
    /// already changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then nothing may be acknowledged.
    async fn put_chunks(&self, chunks: &[StoredChunk]) -> Result<(), StoreError>;

    /// The leaves that complaints of a day have added, sorted.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn leaves(&self, day: Date) -> Result<Vec<[u8; 32]>, StoreError>;

    /// The first day of which leaves are kept.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn first_leaf_day(&self) -> Result<Option<Date>, StoreError>;

    /// The published tree of a day.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn tree(&self, day: Date) -> Result<Option<PublishedTree>, StoreError>;

    /// Up to `limit` signed heads with their days, the newest first, from the last one before a day.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn tree_heads(
        &self,
        before: Option<Date>,
        limit: u32,
    ) -> Result<Vec<(Date, Vec<u8>)>, StoreError>;

    /// Publishes the tree of a day if it comes next: if there is none yet, or the newest is the one of
    /// the day before. Otherwise it is left out, and what is published stays: whoever publishes reads
    /// the newest head again.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn publish_tree(&self, tree: &PublishedTree) -> Result<(), StoreError>;

    /// What triage has announced of the committee's calendar, for whoever has this committee key. In clear
    /// and signed; opaque to the store.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn announced_calendar(&self, key: KeyId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Whether the store answers.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn ping(&self) -> Result<(), StoreError>;
}

/// How many envelopes wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Sealed to a key that was asked for.
    pub ours: u64,
    /// Sealed to another key.
    pub foreign: u64,
    /// Set aside because they could not be opened.
    pub quarantined: u64,
}

/// An envelope that waits, as far as its row can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitingEnvelope {
    /// To be opened.
    Sound(SealedEnvelope),
    /// Its row holds what no version of this program writes; it can still be set aside.
    Unsound {
        /// What [`TriageMailroom::quarantine`] finds it by.
        id: EnvelopeId,
        /// Why, as a stable code.
        reason: &'static str,
    },
}

impl WaitingEnvelope {
    /// The reason of a row that does not read back.
    pub const ROW: &'static str = "row";

    /// The id of either.
    #[must_use]
    pub fn id(&self) -> EnvelopeId {
        match self {
            Self::Sound(envelope) => envelope.id,
            Self::Unsound { id, .. } => *id,
        }
    }
}

/// What became of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// It was written.
    Now,
    /// The same bytes were there.
    Before,
    /// Other bytes stood in its place, which is triage's alone; they gave way to it.
    Replaced,
}

/// What was set aside, column by column as it stood: the row may be the very thing that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// The id of the envelope. Two rows may bear the same one, if they differ in anything else.
    pub id: EnvelopeId,
    /// The legal day of reception, if it is one.
    pub received_on: String,
    /// The key that it says it was sealed to.
    pub key_id: Vec<u8>,
    /// The envelope, to the byte.
    pub sealed: Vec<u8>,
    /// Why, as a stable code.
    pub reason: String,
}

/// Bytes of envelopes that [`TriageMailroom::waiting`] gives at once: it ends with the one that reaches them.
pub const MOST_WAITING_BYTES: u32 = 4 << 20;

/// What triage announces to intake in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// For whoever has this committee key.
    pub key: KeyId,
    /// Signed; opaque to the store.
    pub bytes: Vec<u8>,
}

/// What triage does with the mailroom.
#[async_trait]
pub trait TriageMailroom: Send + Sync {
    /// Up to `limit` envelopes sealed to `key`, by their random ids, from the first one after
    /// `after`; fewer when together they are longer than [`MOST_WAITING_BYTES`]: by one envelope at most. A
    /// row that does not read back is one [`WaitingEnvelope::Unsound`] among the others.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn waiting(
        &self,
        key: KeyId,
        after: Option<EnvelopeId>,
        limit: u32,
    ) -> Result<Vec<WaitingEnvelope>, StoreError>;

    /// Places replies in their mailboxes, all in one transaction and in the order of the mailboxes' ids.
    /// Every position but the first is triage's alone, so other bytes that stand there are replaced. Each
    /// has its own outcome, in the order given.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`], and nothing is written, for other bytes at position 0, which stay: the
    /// complaint brought them. Otherwise see [`StoreError`].
    async fn post_all(&self, replies: &[SealedEntry]) -> Result<Vec<Posted>, StoreError>;

    /// [`Self::post_all`] for one.
    ///
    /// # Errors
    /// See there.
    async fn post(&self, reply: &SealedEntry) -> Result<Posted, StoreError> {
        let mut outcomes = self.post_all(slice::from_ref(reply)).await?;
        Ok(outcomes
            .pop()
            .expect("what is asked for one has one outcome"))
    }

    /// Removes envelopes that have been worked off, all in one transaction. One that is gone already is no
    /// error.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove_all(&self, ids: &[EnvelopeId]) -> Result<(), StoreError>;

    /// [`Self::remove_all`] for one.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove(&self, id: EnvelopeId) -> Result<(), StoreError> {
        self.remove_all(&[id]).await
    }

    /// Sets an envelope aside, unchanged, with the reason why it cannot be opened; it no longer
    /// waits. One that is gone already is no error. Nothing is lost: a row that is identical but for
    /// the reason stays, with its first reason, and beside any other of the same id there is room.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn quarantine(&self, id: EnvelopeId, reason: &str) -> Result<(), StoreError>;

    /// What was set aside.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError>;

    /// Puts envelopes, sealed anew, in the places of the same ones that wait for another key,
    /// `expected`, in one durable transaction; says of how many it did. Their days stay. One that waits
    /// no longer, or for another key, is left as it is; what was set aside is never touched.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn reseal(
        &self,
        expected: KeyId,
        envelopes: &[SealedEnvelope],
    ) -> Result<u64, StoreError>;

    /// Part of a mailbox, as [`IntakeMailroom::mailbox_page`] gives it.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn mailbox_part(
        &self,
        id: LookupId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError>;

    /// Ends the move of a mailbox to other words, in one durable transaction: `first` becomes position 0 of
    /// the new one, whatever stands there, and the old one goes with all that is in it. Where there is no
    /// old one any more, the move was ended before and nothing changes. Says whether it ended the move.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn end_move(&self, old: LookupId, first: &SealedEntry) -> Result<bool, StoreError>;

    /// Removes a mailbox with all that is in it: from now on its token is one that leads nowhere. One
    /// that is not there is no error.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn purge_mailbox(&self, id: LookupId) -> Result<(), StoreError>;

    /// How many envelopes wait for `key`, for other keys, and in quarantine.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn backlog(&self, key: KeyId) -> Result<Backlog, StoreError>;

    /// A chunk of evidence.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn chunk(&self, id: ChunkId) -> Result<Option<StoredChunk>, StoreError>;

    /// Removes chunks that the case files have. One that is gone already is no error.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove_chunks(&self, ids: &[ChunkId]) -> Result<(), StoreError>;

    /// The legal days of all envelopes that wait or are set aside, for any key. A row whose day is
    /// none counts for none.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn pending_days(&self) -> Result<BTreeSet<Date>, StoreError>;

    /// The legal days of all chunks.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn chunk_days(&self) -> Result<BTreeSet<Date>, StoreError>;

    /// Removes up to `limit` chunks of a day and says how many it removed, so that a day of any size
    /// takes transactions of a bounded one.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn sweep_chunks(&self, day: Date, limit: u32) -> Result<u64, StoreError>;

    /// Removes the leaves of all days whose tree is published: the tree holds them.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn forget_published_leaves(&self) -> Result<(), StoreError>;

    /// What is announced, by key.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn announcements(&self) -> Result<Vec<Announcement>, StoreError>;

    /// Announces this, at most one thing for each key, and nothing else any more, in one durable
    /// transaction.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn announce(&self, announcements: &[Announcement]) -> Result<(), StoreError>;

    /// Rewrites every table in the order of its random ids, so that no page, row number or
    /// transaction id tells any longer in which order rows came. Done once a day; within the day the
    /// physical order is a stated limit.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] also when another reader, such as a backup, kept the old order from
    /// being cleared away; nothing is lost, and it is to be done again. Otherwise see [`StoreError`].
    async fn shuffle(&self) -> Result<(), StoreError>;
}

/// A driver's mailroom, for whoever may do both (tests, the operator).
pub trait Mailroom: IntakeMailroom + TriageMailroom {}

impl<T: IntakeMailroom + TriageMailroom> Mailroom for T {}
