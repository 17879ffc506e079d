//! The store of triage: the register in clear, everything else sealed.
//!
//! In clear are only folio, days, OOAD/UMAE codes, risk codes, state, terms and counts, so that
//! terms run and reports come without any key. `docs/inventory.toml` lists every clear column, and a
//! test compares.

use std::slice;

use async_trait::async_trait;
use domain::case::{CaseState, Deadline, Folio};
use domain::catalogue::{OoadCode, Risk, UmaeCode};
use domain::coded_enum;
use domain::routing::{Mediation, Priority, Protocol, Urgency};
use jiff::civil::Date;
use mailbox::SealedEntry;
use sealing::{ChunkId, EnvelopeId, LookupHash, LookupId};

use crate::StoreError;
use crate::log::Log;
use crate::records::Records;
use crate::rings::{NewAccess, Rings};
use crate::shelves::Shelves;
use crate::steps::Steps;

/// Random name of a case inside the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseId(pub [u8; 16]);

/// Random name of a document of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub [u8; 16]);

coded_enum! {
    /// What a sealed document of a case is.
    pub enum DocumentKind {
        /// The complaint as it was filed.
        Complaint = "complaint",
        /// A further message of the complainant.
        Message = "message",
        /// What the classifier and the routing proposed, with their reasons.
        Proposal = "proposal",
        /// The files that came with a complaint or a message: names, sizes, keys.
        Evidence = "evidence",
        /// A message of the committee.
        Reply = "reply",
        /// Why members may not open the case: which words matched whom.
        Conflict = "conflict",
        /// A step of the procedure: what was done, by whom, why.
        Step = "step",
        /// A paper of the procedure, as a member kept it.
        Paper = "paper",
        /// What a party may not read of the case.
        Masks = "masks",
    }
}

/// A document, sealed to its case's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDocument {
    /// Random.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// Day on which it came.
    pub written_on: Date,
    /// As long as an envelope size class.
    pub sealed: Vec<u8>,
}

/// A document on its way into a case, beside the key that it is sealed to. A case may get another key
/// meanwhile; then the document is not written, so that whoever lost the case never reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// The case's [`recipient`](CaseHandle::recipient) as it was read.
    pub recipient: String,
    /// Sealed to it.
    pub document: SealedDocument,
}

/// What became of a document that may be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was written.
    Now,
    /// It was written before: nothing was written.
    Before,
    /// The case has another key by now, or is gone: nothing was written; read the case and seal anew.
    Outdated,
}

/// A case as it is first written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Random.
    pub id: CaseId,
    /// Drawn at random; unique within its year.
    pub folio: Folio,
    /// Keyed hash of the mailbox.
    pub lookup_hash: LookupHash,
    /// Legal day of reception.
    pub received_on: Date,
    /// State that it starts in.
    pub state: CaseState,
    /// OOAD of the facts, if told.
    pub ooad: Option<OoadCode>,
    /// UMAE of the facts, if told.
    pub umae: Option<UmaeCode>,
    /// Public half of the case's key (`age1…`).
    pub recipient: String,
    /// Who can open it.
    pub access: NewAccess,
    /// Lookup id and mailbox key, sealed to the committee's key.
    pub service_record: Vec<u8>,
    /// The complaint, sealed to the case's key.
    pub complaint: SealedDocument,
    /// Why members may not open it, sealed to the case's key.
    pub conflict: Option<SealedDocument>,
    /// How it stands in the procedure, sealed under the service's own key.
    pub course: Vec<u8>,
    /// The terms that run from now on.
    pub terms: Vec<RunningTerm>,
}

/// A legal term that runs in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningTerm {
    /// Which, and its last day.
    pub deadline: Deadline,
    /// Day of the notice that it runs from, itself not counted.
    pub starts_on: Date,
}

/// The first step of triage: everything of it in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The envelope that is being worked off.
    pub envelope_id: EnvelopeId,
    /// Its legal day; seen ids are kept longer than any backup of the mailroom.
    pub seen_on: Date,
    /// The new case.
    pub case: NewCase,
    /// The finished reply, position 1 of the mailbox.
    pub reply: SealedEntry,
}

/// What became of an [`Admission`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    /// The case was written and the reply is in the outbox.
    Now,
    /// The envelope was seen before: nothing was written.
    Before,
    /// Another case has this folio: nothing was written; draw again.
    FolioTaken,
    /// Another case has this mailbox: nothing was written.
    MailboxTaken,
}

/// What is known of a complaint before it is made a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Whether its envelope has been worked into a case.
    pub seen: bool,
    /// Whether its mailbox has a case.
    pub has_case: bool,
}

/// What is proposed for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Which.
    pub case: CaseId,
    /// As the register shows it.
    pub classification: Classification,
    /// With its reasons.
    pub document: NewDocument,
}

/// What is needed to add to a case without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHandle {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub folio: Folio,
    /// Where it stands.
    pub state: CaseState,
    /// Public half of its key.
    pub recipient: String,
    /// Lookup id and mailbox key, sealed to the committee's key.
    pub service_record: Vec<u8>,
    /// The mailbox position that the next reply takes.
    pub next_position: u32,
    /// Whether the second step of triage is done.
    pub classified: bool,
    /// Who is entitled and who is excluded, sealed; `None` until the case has members.
    pub circle: Option<Vec<u8>>,
    /// How it stands in the procedure, sealed; `None` in a case of before this was kept.
    pub course: Option<Vec<u8>>,
}

/// The result of the second step of triage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// Which risks; `None` while they are kept from the committee, which classifies such a case before it
    /// sees what was proposed. Nobody reads them in the register until then.
    pub finding: Option<Finding>,
    /// How urgent.
    pub urgency: Urgency,
    /// Whether the classifier asks for a person's reading.
    pub review: bool,
    /// How soon it is to be worked on.
    pub priority: Priority,
    /// Whether mediation is possible.
    pub mediation: Mediation,
    /// Which classifier said so.
    pub model: String,
}

/// The risks of a case, and what follows from them alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Main risk.
    pub main: Risk,
    /// All risks, the main one first.
    pub labels: Vec<Risk>,
    /// Special protocols that apply.
    pub protocols: Vec<Protocol>,
}

impl Classification {
    /// The main risk, unless it is kept from the committee.
    pub fn main(&self) -> Option<Risk> {
        self.finding.as_ref().map(|finding| finding.main)
    }

    /// All risks, the main one first; none while they are kept from the committee.
    pub fn labels(&self) -> &[Risk] {
        let finding = self.finding.as_ref();
        finding.map_or(&[], |finding| finding.labels.as_slice())
    }

    /// Special protocols that apply; none while the risks are kept from the committee.
    pub fn protocols(&self) -> &[Protocol] {
        let finding = self.finding.as_ref();
        finding.map_or(&[], |finding| finding.protocols.as_slice())
    }

    /// Whether the risks are kept from the committee until it has classified the case itself.
    pub fn is_hidden(&self) -> bool {
        self.finding.is_none()
    }
}

/// The clear part of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub folio: Folio,
    /// Legal day of reception.
    pub received_on: Date,
    /// Where it stands.
    pub state: CaseState,
    /// OOAD of the facts, if told.
    pub ooad: Option<OoadCode>,
    /// UMAE of the facts, if told.
    pub umae: Option<UmaeCode>,
    /// What was proposed, once it was.
    pub classification: Option<Classification>,
    /// Terms that run, the next one first.
    pub terms: Vec<RunningTerm>,
    /// How many messages the complainant has sent after filing.
    pub messages: u32,
    /// Who is entitled and who is excluded, sealed; `None` until the case has members.
    pub circle: Option<Vec<u8>>,
}

/// What triage does with its own store.
#[async_trait]
pub trait CaseFiles: Steps + Rings + Records + Shelves + Log + Send + Sync {
    /// Writes cases, each with its seen envelope id and its outbox reply, all in one transaction. What
    /// cannot be written keeps nothing of the others back: each has its own outcome, in the order
    /// given. Rows are written in the order of their random ids, so that within a transaction nothing tells
    /// which of them came together.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing was written.
    async fn admit_all(&self, admissions: &[Admission]) -> Result<Vec<Admitted>, StoreError>;

    /// [`Self::admit_all`] for one.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn admit(&self, admission: &Admission) -> Result<Admitted, StoreError> {
        let outcomes = self.admit_all(slice::from_ref(admission)).await?;
        Ok(one(outcomes))
    }

    /// What is known of these complaints, as of one moment and in the order given.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn known(
        &self,
        complaints: &[(EnvelopeId, LookupHash)],
    ) -> Result<Vec<Known>, StoreError>;

    /// Adds a document, unless there is one under its id.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn add_document(&self, case: CaseId, document: &NewDocument)
    -> Result<Added, StoreError>;

    /// Whether a case has a document under an id.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn has_document(&self, case: CaseId, document: DocumentId) -> Result<bool, StoreError>;

    /// Stores chunks of evidence of a case, all or none, in one durable transaction. One that the
    /// case has already changes nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn put_case_chunks(
        &self,
        case: CaseId,
        chunks: &[(ChunkId, Vec<u8>)],
    ) -> Result<(), StoreError>;

    /// A chunk of evidence of a case; if it has none under that id, then that of another case, to
    /// which the same file was sent. Whoever knows the id has the key of the file.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn case_chunk(&self, case: CaseId, id: ChunkId) -> Result<Option<Vec<u8>>, StoreError>;

    /// The case of a mailbox.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn case_of(&self, mailbox: LookupHash) -> Result<Option<CaseHandle>, StoreError>;

    /// The same of a case that is known by its name.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn handle(&self, case: CaseId) -> Result<Option<CaseHandle>, StoreError>;

    /// Whether an envelope has been worked into a case.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn has_seen(&self, envelope: EnvelopeId) -> Result<bool, StoreError>;

    /// Writes what was proposed, where nothing was proposed before, all in one transaction. Each has its
    /// own outcome, in the order given.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing was written.
    async fn classify_all(&self, proposed: &[Proposed]) -> Result<Vec<Added>, StoreError>;

    /// [`Self::classify_all`] for one.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn classify(
        &self,
        case: CaseId,
        classification: &Classification,
        proposal: &NewDocument,
    ) -> Result<Added, StoreError> {
        let proposed = Proposed {
            case,
            classification: classification.clone(),
            document: proposal.clone(),
        };
        Ok(one(self.classify_all(&[proposed]).await?))
    }

    /// Up to `limit` replies that wait to be copied into the mailroom.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn outbox(&self, limit: u32) -> Result<Vec<SealedEntry>, StoreError>;

    /// Forgets replies that the mailroom has, by mailbox and position. One that is gone already is no
    /// error.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn delivered(&self, replies: &[(LookupId, u32)]) -> Result<(), StoreError>;

    /// The register by folio, of one year or of all.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn register(&self, year: Option<i16>) -> Result<Vec<RegisterEntry>, StoreError>;

    /// One case of the register.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn case(&self, folio: Folio) -> Result<Option<RegisterEntry>, StoreError>;

    /// The sealed documents of a case, by day.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn documents(&self, case: CaseId) -> Result<Vec<SealedDocument>, StoreError>;

    /// The case's key as wrapped for the committee, until members have it.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn committee_wrap(&self, case: CaseId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps a sealed secret of the service unless there is one; gives the one that is kept.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn keep_secret(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError>;

    /// A sealed secret of the service.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Replaces a secret if what is kept now is `expected`; says whether it wrote.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn replace_secret(
        &self,
        name: &str,
        expected: &[u8],
        sealed: &[u8],
    ) -> Result<bool, StoreError>;

    /// As [`TriageMailroom::shuffle`](crate::mailroom::TriageMailroom::shuffle).
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn shuffle(&self) -> Result<(), StoreError>;

    /// Whether the store answers.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn ping(&self) -> Result<(), StoreError>;
}

/// The only outcome of what was asked for one alone.
fn one<T>(mut outcomes: Vec<T>) -> T {
    outcomes
        .pop()
        .expect("what is asked for one has one outcome")
}
