//! Security incidents: what happened, when, to which data, what was done, and who was told (LGPDPPSO 31–35).
//!
//! One sealed record each, all of one size. What was written stays; later findings are added. Whoever filed a
//! case is told through its mailbox, if the committee wants: the service posts the notice into each, once.

use std::fmt;
use std::str::FromStr;

use domain::case::Folio;
use domain::coded_enum;
use domain::committee::MemberId;
use domain::complaint::LongText;
use jiff::civil::Date;
use opening::OpenError;
use ring::digest::{SHA256, digest};
use sealing::SealError;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId, DocumentId};
use store::records::{RecordId, RecordKind};

use crate::keyring::Keyring;
use crate::places;
use crate::readable::Readable;

const KIND: RecordKind = RecordKind::Incident;
/// Bytes of a sealed record, the largest size that there is.
const SIZE: usize = 32 << 10;
/// How often a change is tried while others change the same.
const TRIES: usize = 8;

/// Which incident, by 16 random bytes written as 32 small hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncidentId(pub [u8; 16]);

/// A text that is no id of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of an incident is 32 small hexadecimal digits")]
pub struct NotAnIncidentId;

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl FromStr for IncidentId {
    type Err = NotAnIncidentId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = u128::from_str_radix(text, 16).map_err(|_| NotAnIncidentId)?;
        let id = Self(read.to_be_bytes());
        // Only the form that is written, so that an incident has one address.
        (id.to_string() == text)
            .then_some(id)
            .ok_or(NotAnIncidentId)
    }
}

coded_enum! {
    /// What a security incident is (LGPDPPSO 31).
    pub enum Nature {
        /// Loss, or destruction that nobody permitted.
        Loss = "PERDIDA",
        /// Theft, going astray, or copying.
        Theft = "ROBO_O_COPIA",
        /// Use, access or treatment that nobody permitted.
        Access = "ACCESO_NO_AUTORIZADO",
        /// Damage, alteration or change that nobody permitted.
        Alteration = "ALTERACION",
        /// What should be reachable was not.
        Outage = "INTERRUPCION",
    }
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Random.
    pub id: IncidentId,
    /// What it was.
    pub nature: Nature,
    /// The day on which it happened or began.
    pub happened_on: Date,
    /// The day on which it was noticed.
    pub noticed_on: Date,
    /// How it came about and what followed.
    pub what: LongText,
    /// Which data of whom.
    pub affected: LongText,
    /// What was done at once and for good.
    pub measures: LongText,
    /// Who else was told, and when.
    pub told: Option<LongText>,
    /// When it was written down.
    pub recorded_on: Date,
    /// By whom.
    pub recorded_by: MemberId,
    /// What was found later, in order.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// What whoever filed reads of it.
    #[serde(default)]
    pub notice: Option<Notice>,
}

/// What was found later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// When.
    pub on: Date,
    /// By whom.
    pub by: MemberId,
    /// What.
    pub text: LongText,
}

/// What is posted into mailboxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// What it says.
    pub text: LongText,
    /// Into which.
    pub to: Whom,
    /// When it was ordered.
    pub on: Date,
    /// By whom.
    pub by: MemberId,
    /// Their account, as cases keep it of letters.
    pub account: String,
    /// When the last of them had it.
    pub done_on: Option<Date>,
}

/// Into which mailboxes a notice goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Of all cases that had come by the day on which the incident was noticed.
    All,
    /// Of these.
    Cases(Vec<Folio>),
}

impl Incident {
    /// The notice, if it is not in all its mailboxes yet.
    pub fn pending(&self) -> Option<&Notice> {
        self.notice
            .as_ref()
            .filter(|notice| notice.done_on.is_none())
    }

    /// Whether the notice goes into the mailbox of a case.
    pub fn is_for(&self, folio: Folio, received_on: Date) -> bool {
        match self.notice.as_ref().map(|notice| &notice.to) {
            Some(Whom::All) => received_on <= self.noticed_on,
            Some(Whom::Cases(cases)) => cases.contains(&folio),
            None => false,
        }
    }

    /// The name of the notice among the documents of a case: so it is posted into each once, however often
    /// that is begun.
    pub fn document(&self, case: CaseId) -> DocumentId {
        // The incident's id is random and sealed, so this looks random.
        let mut named = b"guiando incident ".to_vec();
        named.extend(self.id.0);
        named.extend(case.0);
        let whole = digest(&SHA256, &named);
        let mut id = [0; 16];
        id.copy_from_slice(&whole.as_ref()[..16]);
        DocumentId(id)
    }
}

/// All incidents.
#[derive(Clone, Copy)]
pub struct Incidents<'a> {
    cases: &'a dyn CaseFiles,
    keyring: &'a Keyring,
}

/// Why an incident is not read or kept.
#[derive(Debug, thiserror::Error)]
pub enum IncidentError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record was altered, or is of another key.
    #[error("the record of an incident does not open")]
    Open(#[from] OpenError),
    /// The record could not be sealed.
    #[error(transparent)]
    Seal(SealError),
    /// There is no room for more.
    #[error("the record of an incident has no room for more")]
    Full,
    /// Others changed the same all the time: try again.
    #[error("the record of an incident stayed contended")]
    Contended,
}

impl From<SealError> for IncidentError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::TooLong => Self::Full,
            error @ (SealError::TooMuchEvidence
            | SealError::Randomness
            | SealError::Age(_)
            | SealError::Overhead { .. }) => Self::Seal(error),
        }
    }
}

impl<'a> Incidents<'a> {
    /// Of these case files.
    pub fn new(cases: &'a dyn CaseFiles, keyring: &'a Keyring) -> Self {
        Self { cases, keyring }
    }

    /// All that can be read, the last one noticed first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn all(&self) -> Result<Readable<Incident>, StoreError> {
        let rows = self.cases.records(KIND).await?;
        let mut all = Readable::of(rows.iter().map(|row| self.open(row.id, &row.sealed)));
        all.records
            .sort_by_key(|one| (std::cmp::Reverse(one.noticed_on), one.id.0));
        Ok(all)
    }

    /// Keeps a new one.
    ///
    /// # Errors
    /// See [`IncidentError`].
    pub async fn add(&self, incident: &Incident) -> Result<(), IncidentError> {
        let id = RecordId(incident.id.0);
        let sealed = self.seal(incident)?;
        if self.cases.put_record(KIND, id, None, &sealed).await? {
            Ok(())
        } else {
            Err(IncidentError::Contended)
        }
    }

    /// Changes one, if it is there: gives it as it is then. The change is asked again on what others left.
    ///
    /// # Errors
    /// See [`IncidentError`].
    pub async fn change(
        &self,
        id: IncidentId,
        change: impl Fn(Incident) -> Incident,
    ) -> Result<Option<Incident>, IncidentError> {
        let row = RecordId(id.0);
        for _ in 0..TRIES {
            let Some(kept) = self.cases.record(KIND, row).await? else {
                return Ok(None);
            };
            let changed = change(self.open(row, &kept.sealed)?);
            let sealed = self.seal(&changed)?;
            let put = self
                .cases
                .put_record(KIND, row, Some(&kept.sealed), &sealed);
            if put.await? {
                return Ok(Some(changed));
            }
        }
        Err(IncidentError::Contended)
    }

    fn seal(&self, incident: &Incident) -> Result<Vec<u8>, SealError> {
        let place = places::record(KIND.code(), incident.id.0);
        self.keyring.seal_record(&place, incident, SIZE)
    }

    fn open(&self, id: RecordId, sealed: &[u8]) -> Result<Incident, OpenError> {
        let place = places::record(KIND.code(), id.0);
        let incident: Incident = self.keyring.open_record(&place, sealed)?;
        if incident.id.0 == id.0 {
            Ok(incident)
        } else {
            Err(OpenError::Moved)
        }
    }
}

impl fmt::Debug for Incidents<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incidents").finish_non_exhaustive()
    }
}
