//! Rows as an engine gives them, and how each becomes what the domain knows.
//!
//! Both drivers compile this one file: the columns have the same types on both engines, so what a
//! valid row is must not be said twice. A row that no version of this program writes is
//! [`StoreError::Inconsistent`], never a panic.

use std::collections::BTreeSet;
use std::str::FromStr;

use domain::case::{Deadline, Folio};
use jiff::civil::Date;
use mailbox::SealedEntry;
use sealing::SealedEnvelope;
use store::StoreError;
use store::casefiles::{
    CaseHandle, CaseId, Classification, DocumentId, Finding, RegisterEntry, RunningTerm,
    SealedDocument,
};
use store::mailroom::{PublishedTree, Quarantined, StoredChunk, WaitingEnvelope};
use store::shelves::{Mark, Shelf};
use store::steps::{CaseChange, CaseStep, FollowUp};

/// A column, to be named when what it holds is not valid.
#[derive(Clone, Copy)]
pub(crate) struct Column(pub(crate) &'static str, pub(crate) &'static str);

impl Column {
    pub(crate) fn invalid(self) -> StoreError {
        let Self(table, column) = self;
        StoreError::Inconsistent { table, column }
    }

    pub(crate) fn parse<T: FromStr>(self, text: &str) -> Result<T, StoreError> {
        text.parse().map_err(|_| self.invalid())
    }

    fn parse_optional<T: FromStr>(self, text: Option<&str>) -> Result<Option<T>, StoreError> {
        text.map(|text| self.parse(text)).transpose()
    }

    /// A list of codes with one space between two.
    fn parse_list<T: FromStr>(self, text: &str) -> Result<Vec<T>, StoreError> {
        text.split_terminator(' ')
            .map(|code| self.parse(code))
            .collect()
    }

    pub(crate) fn id<T, const N: usize>(self, bytes: &[u8]) -> Result<T, StoreError>
    where
        T: From<[u8; N]>,
    {
        <[u8; N]>::try_from(bytes)
            .map(T::from)
            .map_err(|_| self.invalid())
    }

    pub(crate) fn number<T: TryFrom<i64>>(self, number: i64) -> Result<T, StoreError> {
        T::try_from(number).map_err(|_| self.invalid())
    }

    fn flag(self, number: i64) -> Result<bool, StoreError> {
        match number {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.invalid()),
        }
    }

    fn present<T>(self, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.invalid())
    }
}

/// Stands where the main risk is, while the risks are kept from the committee. No code is empty.
pub(crate) const HIDDEN: &str = "";

/// Codes as a column holds them: one space between two.
pub(crate) fn list<'a>(codes: impl IntoIterator<Item = &'a str>) -> String {
    codes.into_iter().collect::<Vec<_>>().join(" ")
}

pub(crate) struct EnvelopeRow {
    pub(crate) id: Vec<u8>,
    pub(crate) received_on: String,
    pub(crate) key_id: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

impl TryFrom<EnvelopeRow> for WaitingEnvelope {
    type Error = StoreError;

    /// Fails only where there is not even an id to set the row aside by.
    fn try_from(row: EnvelopeRow) -> Result<Self, StoreError> {
        let id = Column("envelopes", "id").id(&row.id)?;
        let received_on = Column("envelopes", "received_on").parse(&row.received_on);
        let key_id = Column("envelopes", "key_id").id(&row.key_id);
        Ok(match (received_on, key_id) {
            (Ok(received_on), Ok(key_id)) => Self::Sound(SealedEnvelope {
                id,
                received_on,
                key_id,
                bytes: row.sealed,
            }),
            _ => Self::Unsound {
                id,
                reason: Self::ROW,
            },
        })
    }
}

pub(crate) struct QuarantineRow {
    pub(crate) id: Vec<u8>,
    pub(crate) received_on: String,
    pub(crate) key_id: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
    pub(crate) reason: String,
}

impl TryFrom<QuarantineRow> for Quarantined {
    type Error = StoreError;

    fn try_from(row: QuarantineRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: Column("quarantine", "id").id(&row.id)?,
            received_on: row.received_on,
            key_id: row.key_id,
            sealed: row.sealed,
            reason: row.reason,
        })
    }
}

/// An entry of `mailbox_entries` or of the `outbox`.
pub(crate) struct EntryRow {
    pub(crate) lookup_id: Vec<u8>,
    pub(crate) position: i64,
    pub(crate) sealed: Vec<u8>,
}

impl EntryRow {
    pub(crate) fn into_entry(self, table: &'static str) -> Result<SealedEntry, StoreError> {
        Ok(SealedEntry {
            lookup_id: Column(table, "lookup_id").id(&self.lookup_id)?,
            position: Column(table, "position").number(self.position)?,
            bytes: self.sealed,
        })
    }
}

pub(crate) struct ChunkRow {
    pub(crate) id: Vec<u8>,
    pub(crate) received_on: String,
    pub(crate) sealed: Vec<u8>,
}

impl TryFrom<ChunkRow> for StoredChunk {
    type Error = StoreError;

    fn try_from(row: ChunkRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: Column("evidence_chunks", "id").id(&row.id)?,
            received_on: Column("evidence_chunks", "received_on").parse(&row.received_on)?,
            bytes: row.sealed,
        })
    }
}

/// Days of a column in which nothing else stands.
pub(crate) fn days(column: Column, found: &[String]) -> Result<BTreeSet<Date>, StoreError> {
    found.iter().map(|day| column.parse(day)).collect()
}

/// The days among texts that may be none.
pub(crate) fn readable_days(found: &[String]) -> BTreeSet<Date> {
    found.iter().filter_map(|day| day.parse().ok()).collect()
}

/// Hashes of leaves.
pub(crate) fn leaf_hashes(found: &[Vec<u8>]) -> Result<Vec<[u8; 32]>, StoreError> {
    let column = Column("receipt_leaves", "hash");
    found.iter().map(|hash| column.id(hash)).collect()
}

pub(crate) struct TreeRow {
    pub(crate) day: String,
    pub(crate) leaves: Vec<u8>,
    pub(crate) head: Vec<u8>,
}

impl TryFrom<TreeRow> for PublishedTree {
    type Error = StoreError;

    fn try_from(row: TreeRow) -> Result<Self, StoreError> {
        Ok(Self {
            day: Column("receipt_trees", "day").parse(&row.day)?,
            leaves: row.leaves,
            head: row.head,
        })
    }
}

pub(crate) struct HeadRow {
    pub(crate) day: String,
    pub(crate) head: Vec<u8>,
}

impl HeadRow {
    pub(crate) fn into_head(self) -> Result<(Date, Vec<u8>), StoreError> {
        Ok((Column("receipt_trees", "day").parse(&self.day)?, self.head))
    }
}

fn folio(year: i64, digits: i64) -> Result<Folio, StoreError> {
    let year = Column("cases", "folio_year").number(year)?;
    let column = Column("cases", "folio_digits");
    column.present(Folio::new(year, column.number(digits)?))
}

pub(crate) struct HandleRow {
    pub(crate) id: Vec<u8>,
    pub(crate) folio_year: i64,
    pub(crate) folio_digits: i64,
    pub(crate) state: String,
    pub(crate) recipient: String,
    pub(crate) service_record: Vec<u8>,
    pub(crate) next_position: i64,
    pub(crate) main_risk: Option<String>,
    pub(crate) circle: Option<Vec<u8>>,
    pub(crate) course: Option<Vec<u8>>,
}

impl TryFrom<HandleRow> for CaseHandle {
    type Error = StoreError;

    fn try_from(row: HandleRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: Column("cases", "id").id(&row.id).map(CaseId)?,
            folio: folio(row.folio_year, row.folio_digits)?,
            state: Column("cases", "state").parse(&row.state)?,
            recipient: row.recipient,
            service_record: row.service_record,
            next_position: Column("cases", "next_position").number(row.next_position)?,
            classified: row.main_risk.is_some(),
            circle: row.circle,
            course: row.course,
        })
    }
}

/// One step of a case.
pub(crate) struct Step<'a> {
    pub(crate) case: CaseId,
    /// The mailbox position that it takes.
    pub(crate) position: Option<u32>,
    /// How many messages of the complainant it brings.
    pub(crate) messages: u32,
    pub(crate) change: &'a CaseChange,
    /// What the document that comes with it is sealed to.
    pub(crate) recipient: Option<&'a str>,
}

impl<'a> From<&'a FollowUp> for Step<'a> {
    fn from(follow_up: &'a FollowUp) -> Self {
        Self {
            case: follow_up.case_id,
            position: Some(follow_up.reply.position),
            messages: 1,
            change: &follow_up.change,
            recipient: Some(&follow_up.document.recipient),
        }
    }
}

impl<'a> From<&'a CaseStep> for Step<'a> {
    fn from(step: &'a CaseStep) -> Self {
        Self {
            case: step.case_id,
            position: step.entry.as_ref().map(|entry| entry.position),
            messages: 0,
            change: &step.change,
            recipient: step.document.as_ref().map(|new| new.recipient.as_str()),
        }
    }
}

/// A case of the register beside one of its terms: a case with three terms is three rows, one after
/// the other.
pub(crate) struct RegisterRow {
    pub(crate) id: Vec<u8>,
    pub(crate) folio_year: i64,
    pub(crate) folio_digits: i64,
    pub(crate) received_on: String,
    pub(crate) state: String,
    pub(crate) ooad: Option<String>,
    pub(crate) umae: Option<String>,
    pub(crate) messages: i64,
    pub(crate) main_risk: Option<String>,
    pub(crate) labels: Option<String>,
    pub(crate) urgency: Option<String>,
    pub(crate) review: Option<i64>,
    pub(crate) priority: Option<String>,
    pub(crate) mediation: Option<String>,
    pub(crate) protocols: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) term: Option<String>,
    pub(crate) starts_on: Option<String>,
    pub(crate) due_on: Option<String>,
    /// On the first row of the case alone.
    pub(crate) circle: Option<Vec<u8>>,
}

impl RegisterRow {
    fn running_term(&self) -> Result<Option<RunningTerm>, StoreError> {
        let Some(term) = &self.term else {
            return Ok(None);
        };
        let day = |name, text: &Option<String>| {
            let column = Column("case_terms", name);
            column.parse(column.present(text.as_deref())?)
        };
        Ok(Some(RunningTerm {
            deadline: Deadline {
                key: Column("case_terms", "term").parse(term)?,
                due_on: day("due_on", &self.due_on)?,
            },
            starts_on: day("starts_on", &self.starts_on)?,
        }))
    }

    fn classification(&self) -> Result<Option<Classification>, StoreError> {
        let Some(main) = &self.main_risk else {
            return Ok(None);
        };
        let text = |name, text: &'_ Option<String>| Column("cases", name).present(text.clone());
        let labels = text("labels", &self.labels)?;
        let urgency = text("urgency", &self.urgency)?;
        let priority = text("priority", &self.priority)?;
        let mediation = text("mediation", &self.mediation)?;
        let protocols = text("protocols", &self.protocols)?;
        let review = Column("cases", "review");
        let finding = if main == HIDDEN {
            None
        } else {
            Some(Finding {
                main: Column("cases", "main_risk").parse(main)?,
                labels: Column("cases", "labels").parse_list(&labels)?,
                protocols: Column("cases", "protocols").parse_list(&protocols)?,
            })
        };
        Ok(Some(Classification {
            finding,
            urgency: Column("cases", "urgency").parse(&urgency)?,
            review: review.flag(review.present(self.review)?)?,
            priority: Column("cases", "priority").parse(&priority)?,
            mediation: Column("cases", "mediation").parse(&mediation)?,
            model: text("model", &self.model)?,
        }))
    }

    fn entry(&mut self) -> Result<RegisterEntry, StoreError> {
        Ok(RegisterEntry {
            id: Column("cases", "id").id(&self.id).map(CaseId)?,
            folio: folio(self.folio_year, self.folio_digits)?,
            received_on: Column("cases", "received_on").parse::<Date>(&self.received_on)?,
            state: Column("cases", "state").parse(&self.state)?,
            ooad: Column("cases", "ooad").parse_optional(self.ooad.as_deref())?,
            umae: Column("cases", "umae").parse_optional(self.umae.as_deref())?,
            classification: self.classification()?,
            terms: Vec::new(),
            messages: Column("cases", "messages").number(self.messages)?,
            circle: self.circle.take(),
        })
    }
}

/// The cases of rows that come by case, and within a case by the day a term ends.
pub(crate) fn register(rows: Vec<RegisterRow>) -> Result<Vec<RegisterEntry>, StoreError> {
    let mut entries: Vec<RegisterEntry> = Vec::new();
    for mut row in rows {
        let same_case = entries
            .last()
            .is_some_and(|last| last.id.0.as_slice() == row.id);
        if !same_case {
            entries.push(row.entry()?);
        }
        if let Some(last) = entries.last_mut() {
            last.terms.extend(row.running_term()?);
        }
    }
    Ok(entries)
}

/// A shelf and its mark.
pub(crate) struct MarkRow {
    pub(crate) shelf: String,
    pub(crate) mark: Vec<u8>,
}

impl MarkRow {
    pub(crate) fn into_mark(self) -> Result<(Shelf, Mark), StoreError> {
        let byte = u8::from_str_radix(&self.shelf, 16);
        Ok((
            Shelf(byte.map_err(|_| Column("case_marks", "shelf").invalid())?),
            Column("case_marks", "mark").id(&self.mark).map(Mark)?,
        ))
    }
}

/// A case and how it stands.
pub(crate) struct CourseRow {
    pub(crate) id: Vec<u8>,
    pub(crate) course: Option<Vec<u8>>,
}

impl CourseRow {
    pub(crate) fn into_course(self) -> Result<Option<(CaseId, Vec<u8>)>, StoreError> {
        let id = Column("cases", "id").id(&self.id).map(CaseId)?;
        Ok(self.course.map(|course| (id, course)))
    }
}

/// A case and one of its documents.
pub(crate) struct PartRow {
    pub(crate) case_id: Vec<u8>,
    pub(crate) id: Vec<u8>,
}

impl PartRow {
    pub(crate) fn into_part(self) -> Result<(CaseId, DocumentId), StoreError> {
        Ok((
            Column("documents", "case_id")
                .id(&self.case_id)
                .map(CaseId)?,
            Column("documents", "id").id(&self.id).map(DocumentId)?,
        ))
    }
}

pub(crate) struct DocumentRow {
    pub(crate) id: Vec<u8>,
    pub(crate) kind: String,
    pub(crate) written_on: String,
    pub(crate) sealed: Vec<u8>,
}

impl TryFrom<DocumentRow> for SealedDocument {
    type Error = StoreError;

    fn try_from(row: DocumentRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: Column("documents", "id").id(&row.id).map(DocumentId)?,
            kind: Column("documents", "kind").parse(&row.kind)?,
            written_on: Column("documents", "written_on").parse(&row.written_on)?,
            sealed: row.sealed,
        })
    }
}
