//! The case files in a SQLite file.

use async_trait::async_trait;
use domain::case::Folio;
use jiff::civil::Date;
use sealing::{ChunkId, EnvelopeId, LookupHash, LookupId};
use sqlx::SqliteConnection;
use store::StoreError;
use store::casefiles::{
    Added, Admission, Admitted, CaseFiles, CaseHandle, CaseId, DocumentId, Known, NewDocument,
    Proposed, RegisterEntry, SealedDocument,
};

use crate::admission;
use crate::bulk::Bulk;
use crate::classification;
use crate::connect::Connections;
use crate::evidence;
use crate::failure::unavailable;
use crate::rings::COMMITTEE;
use crate::rows::{DocumentRow, EntryRow, HandleRow, RegisterRow, register as register_of};

/// The case files in a SQLite file.
pub struct SqliteCaseFiles {
    pub(crate) connections: Connections,
}

impl SqliteCaseFiles {
    /// Opens `sqlite://PATH` or a bare path, creates it when absent, for its owner alone, and brings
    /// its schema up to date.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let migrator = sqlx::migrate!("../../migrations/casefiles/sqlite");
        Ok(Self {
            connections: Connections::open(address, &migrator).await?,
        })
    }
}

/// Notes that an envelope was worked off, unless it was noted before; says whether it wrote.
pub(crate) async fn insert_seen(
    connection: &mut SqliteConnection,
    envelope: EnvelopeId,
    seen_on: Date,
) -> Result<bool, StoreError> {
    let envelope_id = envelope.as_bytes().as_slice();
    let seen_on = seen_on.to_string();
    let done = sqlx::query!(
        "INSERT INTO seen_envelopes (envelope_id, seen_on) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        envelope_id,
        seen_on,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

/// Writes a document unless its id is taken; says whether it wrote.
async fn insert_document(
    connection: &mut SqliteConnection,
    case: CaseId,
    document: &SealedDocument,
) -> Result<bool, StoreError> {
    let id = document.id.0.as_slice();
    let case_id = case.0.as_slice();
    let kind = document.kind.code();
    let written_on = document.written_on.to_string();
    let done = sqlx::query!(
        "INSERT INTO documents (id, case_id, kind, written_on, sealed)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING",
        id,
        case_id,
        kind,
        written_on,
        document.sealed,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

/// Writes a document whose id was drawn for it.
pub(crate) async fn insert_new_document(
    connection: &mut SqliteConnection,
    case: CaseId,
    document: &SealedDocument,
) -> Result<(), StoreError> {
    insert_new_documents(connection, &[(case, document)]).await
}

/// Writes documents whose ids were drawn for them.
pub(crate) async fn insert_new_documents(
    connection: &mut SqliteConnection,
    documents: &[(CaseId, &SealedDocument)],
) -> Result<(), StoreError> {
    const DOCUMENTS: Bulk = Bulk {
        into: "INSERT INTO documents (id, case_id, kind, written_on, sealed)",
        then: "ON CONFLICT DO NOTHING",
    };
    let written = DOCUMENTS
        .execute(connection, documents, |values, (case, document)| {
            values
                .push_bind(document.id.0.as_slice())
                .push_bind(case.0.as_slice())
                .push_bind(document.kind.code())
                .push_bind(document.written_on.to_string())
                .push_bind(&document.sealed);
        })
        .await?;
    if written == documents.len() {
        Ok(())
    } else {
        Err(StoreError::Inconsistent {
            table: "documents",
            column: "id",
        })
    }
}

async fn has_document(
    connection: &mut SqliteConnection,
    case: CaseId,
    document: DocumentId,
) -> Result<bool, StoreError> {
    let id = document.0.as_slice();
    let case_id = case.0.as_slice();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
            SELECT 1 FROM documents WHERE id = $1 AND case_id = $2
        ) AS "found!: bool""#,
        id,
        case_id,
    )
    .fetch_one(connection)
    .await
    .map_err(unavailable)
}

/// Whether a case has that key as its newest.
async fn is_newest_key(
    connection: &mut SqliteConnection,
    case: CaseId,
    recipient: &str,
) -> Result<bool, StoreError> {
    let id = case.0.as_slice();
    let newest = sqlx::query_scalar!("SELECT recipient FROM cases WHERE id = $1", id)
        .fetch_optional(connection)
        .await
        .map_err(unavailable)?;
    Ok(newest.is_some_and(|newest| newest == recipient))
}

pub(crate) async fn insert_reply(
    connection: &mut SqliteConnection,
    reply: &mailbox::SealedEntry,
) -> Result<(), StoreError> {
    let lookup_id = reply.lookup_id.as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO outbox (lookup_id, position, sealed) VALUES ($1, $2, $3)",
        lookup_id,
        reply.position,
        reply.bytes,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

#[async_trait]
impl CaseFiles for SqliteCaseFiles {
    async fn admit_all(&self, admissions: &[Admission]) -> Result<Vec<Admitted>, StoreError> {
        admission::admit_all(&self.connections, admissions).await
    }

    async fn known(
        &self,
        complaints: &[(EnvelopeId, LookupHash)],
    ) -> Result<Vec<Known>, StoreError> {
        admission::known(&self.connections, complaints).await
    }

    async fn add_document(&self, case: CaseId, new: &NewDocument) -> Result<Added, StoreError> {
        let mut transaction = self.connections.write().await?;
        let added = if has_document(&mut transaction, case, new.document.id).await? {
            Added::Before
        } else if !is_newest_key(&mut transaction, case, &new.recipient).await? {
            Added::Outdated
        } else if insert_document(&mut transaction, case, &new.document).await? {
            Added::Now
        } else {
            Added::Before
        };
        transaction.commit().await.map_err(unavailable)?;
        Ok(added)
    }

    async fn has_document(&self, case: CaseId, document: DocumentId) -> Result<bool, StoreError> {
        let mut connection = self
            .connections
            .reader
            .acquire()
            .await
            .map_err(unavailable)?;
        has_document(&mut connection, case, document).await
    }

    async fn put_case_chunks(
        &self,
        case: CaseId,
        chunks: &[(ChunkId, Vec<u8>)],
    ) -> Result<(), StoreError> {
        evidence::put_case(&self.connections, case, chunks).await
    }

    async fn case_chunk(&self, case: CaseId, id: ChunkId) -> Result<Option<Vec<u8>>, StoreError> {
        evidence::get_case(&self.connections, case, id).await
    }

    async fn case_of(&self, mailbox: LookupHash) -> Result<Option<CaseHandle>, StoreError> {
        let lookup_hash = mailbox.as_bytes().as_slice();
        sqlx::query_as!(
            HandleRow,
            "SELECT id, folio_year, folio_digits, state, recipient, service_record, next_position,
                main_risk, circle, course
            FROM cases
            WHERE lookup_hash = $1",
            lookup_hash,
        )
        .fetch_optional(&self.connections.reader)
        .await
        .map_err(unavailable)?
        .map(CaseHandle::try_from)
        .transpose()
    }

    async fn handle(&self, case: CaseId) -> Result<Option<CaseHandle>, StoreError> {
        let id = case.0.as_slice();
        sqlx::query_as!(
            HandleRow,
            "SELECT id, folio_year, folio_digits, state, recipient, service_record, next_position,
                main_risk, circle, course
            FROM cases
            WHERE id = $1",
            id,
        )
        .fetch_optional(&self.connections.reader)
        .await
        .map_err(unavailable)?
        .map(CaseHandle::try_from)
        .transpose()
    }

    async fn has_seen(&self, envelope: EnvelopeId) -> Result<bool, StoreError> {
        let envelope_id = envelope.as_bytes().as_slice();
        sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT 1 FROM seen_envelopes WHERE envelope_id = $1
            ) AS "seen!: bool""#,
            envelope_id,
        )
        .fetch_one(&self.connections.reader)
        .await
        .map_err(unavailable)
    }

    async fn classify_all(&self, proposed: &[Proposed]) -> Result<Vec<Added>, StoreError> {
        classification::classify_all(&self.connections, proposed).await
    }

    async fn outbox(&self, limit: u32) -> Result<Vec<mailbox::SealedEntry>, StoreError> {
        let rows = sqlx::query_as!(
            EntryRow,
            "SELECT lookup_id, position, sealed
            FROM outbox
            ORDER BY lookup_id, position
            LIMIT $1",
            limit,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter()
            .map(|row| row.into_entry("outbox"))
            .collect()
    }

    async fn delivered(&self, replies: &[(LookupId, u32)]) -> Result<(), StoreError> {
        if replies.is_empty() {
            return Ok(());
        }
        let places: Vec<String> = replies
            .iter()
            .map(|(mailbox, position)| {
                format!(r#"["{}",{position}]"#, hex::encode(mailbox.as_bytes()))
            })
            .collect();
        let places = format!("[{}]", places.join(","));
        let mut transaction = self.connections.write().await?;
        sqlx::query!(
            "DELETE FROM outbox
            WHERE (lookup_id, position) IN (
                SELECT unhex(place.value ->> 0), place.value ->> 1 FROM json_each($1) AS place
            )",
            places,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)
    }

    async fn register(&self, year: Option<i16>) -> Result<Vec<RegisterEntry>, StoreError> {
        let rows = sqlx::query_as!(
            RegisterRow,
            r#"SELECT c.id, c.folio_year, c.folio_digits, c.received_on, c.state, c.ooad, c.umae,
                c.messages, c.main_risk, c.labels, c.urgency, c.review, c.priority, c.mediation,
                c.protocols, c.model, t.term AS "term?", t.starts_on AS "starts_on?",
                t.due_on AS "due_on?",
                CASE WHEN NOT EXISTS (
                    SELECT 1 FROM case_terms AS sooner
                    WHERE sooner.case_id = c.id
                        AND (sooner.due_on, sooner.term) < (t.due_on, t.term)
                ) THEN c.circle END AS "circle?"
            FROM cases AS c LEFT JOIN case_terms AS t ON t.case_id = c.id
            WHERE $1 IS NULL OR c.folio_year = $1
            ORDER BY c.folio_year, c.folio_digits, t.due_on, t.term"#,
            year,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        register_of(rows)
    }

    async fn case(&self, folio: Folio) -> Result<Option<RegisterEntry>, StoreError> {
        let year = folio.year();
        let digits = folio.digits();
        let rows = sqlx::query_as!(
            RegisterRow,
            r#"SELECT c.id, c.folio_year, c.folio_digits, c.received_on, c.state, c.ooad, c.umae,
                c.messages, c.main_risk, c.labels, c.urgency, c.review, c.priority, c.mediation,
                c.protocols, c.model, t.term AS "term?", t.starts_on AS "starts_on?",
                t.due_on AS "due_on?",
                CASE WHEN NOT EXISTS (
                    SELECT 1 FROM case_terms AS sooner
                    WHERE sooner.case_id = c.id
                        AND (sooner.due_on, sooner.term) < (t.due_on, t.term)
                ) THEN c.circle END AS "circle?"
            FROM cases AS c LEFT JOIN case_terms AS t ON t.case_id = c.id
            WHERE c.folio_year = $1 AND c.folio_digits = $2
            ORDER BY t.due_on, t.term"#,
            year,
            digits,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        Ok(register_of(rows)?.pop())
    }

    async fn documents(&self, case: CaseId) -> Result<Vec<SealedDocument>, StoreError> {
        let case_id = case.0.as_slice();
        let rows = sqlx::query_as!(
            DocumentRow,
            "SELECT id, kind, written_on, sealed
            FROM documents
            WHERE case_id = $1
            ORDER BY written_on, id",
            case_id,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(SealedDocument::try_from).collect()
    }

    async fn committee_wrap(&self, case: CaseId) -> Result<Option<Vec<u8>>, StoreError> {
        let case_id = case.0.as_slice();
        sqlx::query_scalar!(
            "SELECT wrapped FROM case_keys WHERE case_id = $1 AND holder = $2",
            case_id,
            COMMITTEE,
        )
        .fetch_optional(&self.connections.reader)
        .await
        .map_err(unavailable)
    }

    async fn keep_secret(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut transaction = self.connections.write().await?;
        sqlx::query!(
            "INSERT INTO service_secrets (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            name,
            sealed,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        let kept = sqlx::query_scalar!("SELECT sealed FROM service_secrets WHERE name = $1", name)
            .fetch_one(&mut *transaction)
            .await
            .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(kept)
    }

    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        sqlx::query_scalar!("SELECT sealed FROM service_secrets WHERE name = $1", name)
            .fetch_optional(&self.connections.reader)
            .await
            .map_err(unavailable)
    }

    async fn replace_secret(
        &self,
        name: &str,
        expected: &[u8],
        sealed: &[u8],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.connections.write().await?;
        let done = sqlx::query!(
            "UPDATE service_secrets SET sealed = $3 WHERE name = $1 AND sealed = $2",
            name,
            expected,
            sealed,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(done.rows_affected() == 1)
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        self.connections.shuffle().await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query!(r#"SELECT EXISTS (SELECT 1 FROM cases) AS "any!: bool""#)
            .fetch_one(&self.connections.reader)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}
