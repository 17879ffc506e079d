//! The case files in PostgreSQL.

use async_trait::async_trait;
use domain::case::Folio;
use jiff::civil::Date;
use sealing::{ChunkId, EnvelopeId, LookupHash, LookupId};
use sqlx::{PgConnection, PgPool};
use store::StoreError;
use store::casefiles::{
    Added, Admission, Admitted, CaseFiles, CaseHandle, CaseId, DocumentId, Known, NewDocument,
    Proposed, RegisterEntry, SealedDocument,
};

use crate::admission;
use crate::classification;
use crate::connect::{self, Rewrite, rewrite, rewrite_all, schema};
use crate::evidence;
use crate::failure::unavailable;
use crate::rings::COMMITTEE;
use crate::rows::{DocumentRow, EntryRow, HandleRow, RegisterRow, register as register_of};

/// Every table and its order, but the log, whose order is the order of the committee's own acts. Where a
/// row names a case, it is enough that the case is there again at the end of the statement.
const REWRITES: [Rewrite; 11] = [
    rewrite!("casefiles.seen_envelopes", "envelope_id"),
    rewrite!("casefiles.cases", "id"),
    rewrite!("casefiles.case_terms", "case_id, term"),
    rewrite!("casefiles.case_keys", "case_id, holder"),
    rewrite!("casefiles.case_rings", "case_id, recipient"),
    rewrite!("casefiles.documents", "id"),
    rewrite!("casefiles.case_chunks", "id, case_id"),
    rewrite!("casefiles.outbox", "lookup_id, position"),
    rewrite!("casefiles.service_secrets", "name"),
    rewrite!("casefiles.records", "kind, id"),
    // Last: to rewrite the others draws the marks anew.
    rewrite!("casefiles.case_marks", "shelf"),
];

/// The case files in PostgreSQL.
pub struct PgCaseFiles {
    pub(crate) pool: PgPool,
}

impl PgCaseFiles {
    /// Connects to `postgres://…` and brings the schema `casefiles` up to date.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let migrator = sqlx::migrate!("../../migrations/casefiles/postgres");
        Ok(Self {
            pool: connect::open(url, &schema!("casefiles"), migrator).await?,
        })
    }
}

/// Notes that an envelope was worked off, unless it was noted before; says whether it wrote.
pub(crate) async fn insert_seen(
    connection: &mut PgConnection,
    envelope: EnvelopeId,
    seen_on: Date,
) -> Result<bool, StoreError> {
    let envelope_id = envelope.as_bytes().as_slice();
    let seen_on = seen_on.to_string();
    let done = sqlx::query!(
        "INSERT INTO casefiles.seen_envelopes (envelope_id, seen_on) VALUES ($1, $2) ON CONFLICT DO NOTHING",
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
    connection: &mut PgConnection,
    case: CaseId,
    document: &SealedDocument,
) -> Result<bool, StoreError> {
    let id = document.id.0.as_slice();
    let case_id = case.0.as_slice();
    let kind = document.kind.code();
    let written_on = document.written_on.to_string();
    let done = sqlx::query!(
        "INSERT INTO casefiles.documents (id, case_id, kind, written_on, sealed)
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
    connection: &mut PgConnection,
    case: CaseId,
    document: &SealedDocument,
) -> Result<(), StoreError> {
    if insert_document(connection, case, document).await? {
        Ok(())
    } else {
        Err(StoreError::Inconsistent {
            table: "documents",
            column: "id",
        })
    }
}

/// Writes documents whose ids were drawn for them, in the order of these.
pub(crate) async fn insert_new_documents(
    connection: &mut PgConnection,
    documents: &[(CaseId, &SealedDocument)],
) -> Result<(), StoreError> {
    let ids: Vec<&[u8]> = documents
        .iter()
        .map(|(_, one)| one.id.0.as_slice())
        .collect();
    let cases: Vec<&[u8]> = documents
        .iter()
        .map(|(case, _)| case.0.as_slice())
        .collect();
    let kinds: Vec<&str> = documents.iter().map(|(_, one)| one.kind.code()).collect();
    let days: Vec<String> = documents
        .iter()
        .map(|(_, one)| one.written_on.to_string())
        .collect();
    let sealed: Vec<&[u8]> = documents
        .iter()
        .map(|(_, one)| one.sealed.as_slice())
        .collect();
    let written = sqlx::query!(
        "INSERT INTO casefiles.documents (id, case_id, kind, written_on, sealed)
        SELECT id, case_id, kind, written_on, sealed
        FROM UNNEST($1::BYTEA[], $2::BYTEA[], $3::TEXT[], $4::TEXT[], $5::BYTEA[])
            AS new (id, case_id, kind, written_on, sealed)
        ORDER BY id
        ON CONFLICT DO NOTHING",
        &ids as _,
        &cases as _,
        &kinds as _,
        &days,
        &sealed as _,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    if usize::try_from(written.rows_affected()) == Ok(documents.len()) {
        Ok(())
    } else {
        Err(StoreError::Inconsistent {
            table: "documents",
            column: "id",
        })
    }
}

async fn has_document(
    connection: &mut PgConnection,
    case: CaseId,
    document: DocumentId,
) -> Result<bool, StoreError> {
    let id = document.0.as_slice();
    let case_id = case.0.as_slice();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
            SELECT 1 FROM casefiles.documents WHERE id = $1 AND case_id = $2
        ) AS "found!""#,
        id,
        case_id,
    )
    .fetch_one(connection)
    .await
    .map_err(unavailable)
}

/// Whether a case has that key as its newest. It gets no other until the transaction ends.
async fn is_newest_key(
    connection: &mut PgConnection,
    case: CaseId,
    recipient: &str,
) -> Result<bool, StoreError> {
    let id = case.0.as_slice();
    let newest = sqlx::query_scalar!(
        "SELECT recipient FROM casefiles.cases WHERE id = $1 FOR NO KEY UPDATE",
        id,
    )
    .fetch_optional(connection)
    .await
    .map_err(unavailable)?;
    Ok(newest.is_some_and(|newest| newest == recipient))
}

pub(crate) async fn insert_reply(
    connection: &mut PgConnection,
    reply: &mailbox::SealedEntry,
) -> Result<(), StoreError> {
    let lookup_id = reply.lookup_id.as_bytes().as_slice();
    sqlx::query!(
        "INSERT INTO casefiles.outbox (lookup_id, position, sealed) VALUES ($1, $2, $3)",
        lookup_id,
        i64::from(reply.position),
        reply.bytes,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

#[async_trait]
impl CaseFiles for PgCaseFiles {
    async fn admit_all(&self, admissions: &[Admission]) -> Result<Vec<Admitted>, StoreError> {
        admission::admit_all(&self.pool, admissions).await
    }

    async fn known(
        &self,
        complaints: &[(EnvelopeId, LookupHash)],
    ) -> Result<Vec<Known>, StoreError> {
        admission::known(&self.pool, complaints).await
    }

    async fn add_document(&self, case: CaseId, new: &NewDocument) -> Result<Added, StoreError> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
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
        let mut connection = self.pool.acquire().await.map_err(unavailable)?;
        has_document(&mut connection, case, document).await
    }

    async fn put_case_chunks(
        &self,
        case: CaseId,
        chunks: &[(ChunkId, Vec<u8>)],
    ) -> Result<(), StoreError> {
        evidence::put_case(&self.pool, case, chunks).await
    }

    async fn case_chunk(&self, case: CaseId, id: ChunkId) -> Result<Option<Vec<u8>>, StoreError> {
        evidence::get_case(&self.pool, case, id).await
    }

    async fn case_of(&self, mailbox: LookupHash) -> Result<Option<CaseHandle>, StoreError> {
        let lookup_hash = mailbox.as_bytes().as_slice();
        sqlx::query_as!(
            HandleRow,
            "SELECT id, folio_year, folio_digits, state, recipient, service_record, next_position,
                main_risk, circle, course
            FROM casefiles.cases
            WHERE lookup_hash = $1",
            lookup_hash,
        )
        .fetch_optional(&self.pool)
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
            FROM casefiles.cases
            WHERE id = $1",
            id,
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)?
        .map(CaseHandle::try_from)
        .transpose()
    }

    async fn has_seen(&self, envelope: EnvelopeId) -> Result<bool, StoreError> {
        let envelope_id = envelope.as_bytes().as_slice();
        sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT 1 FROM casefiles.seen_envelopes WHERE envelope_id = $1
            ) AS "seen!""#,
            envelope_id,
        )
        .fetch_one(&self.pool)
        .await
        .map_err(unavailable)
    }

    async fn classify_all(&self, proposed: &[Proposed]) -> Result<Vec<Added>, StoreError> {
        classification::classify_all(&self.pool, proposed).await
    }

    async fn outbox(&self, limit: u32) -> Result<Vec<mailbox::SealedEntry>, StoreError> {
        let rows = sqlx::query_as!(
            EntryRow,
            "SELECT lookup_id, position, sealed
            FROM casefiles.outbox
            ORDER BY lookup_id, position
            LIMIT $1",
            i64::from(limit),
        )
        .fetch_all(&self.pool)
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
        let mailboxes: Vec<&[u8]> = replies
            .iter()
            .map(|(mailbox, _)| &mailbox.as_bytes()[..])
            .collect();
        let positions: Vec<i64> = replies
            .iter()
            .map(|(_, position)| i64::from(*position))
            .collect();
        sqlx::query!(
            "DELETE FROM casefiles.outbox
            WHERE (lookup_id, position) IN (
                SELECT * FROM UNNEST($1::BYTEA[], $2::BIGINT[])
            )",
            &mailboxes as _,
            &positions,
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn register(&self, year: Option<i16>) -> Result<Vec<RegisterEntry>, StoreError> {
        let rows = sqlx::query_as!(
            RegisterRow,
            r#"SELECT c.id, c.folio_year, c.folio_digits, c.received_on, c.state, c.ooad, c.umae,
                c.messages, c.main_risk, c.labels, c.urgency, c.review, c.priority, c.mediation,
                c.protocols, c.model, t.term AS "term?", t.starts_on AS "starts_on?",
                t.due_on AS "due_on?",
                CASE WHEN NOT EXISTS (
                    SELECT 1 FROM casefiles.case_terms AS sooner
                    WHERE sooner.case_id = c.id
                        AND (sooner.due_on, sooner.term) < (t.due_on, t.term)
                ) THEN c.circle END AS "circle?"
            FROM casefiles.cases AS c LEFT JOIN casefiles.case_terms AS t ON t.case_id = c.id
            WHERE $1::BIGINT IS NULL OR c.folio_year = $1
            ORDER BY c.folio_year, c.folio_digits, t.due_on, t.term"#,
            year.map(i64::from),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        register_of(rows)
    }

    async fn case(&self, folio: Folio) -> Result<Option<RegisterEntry>, StoreError> {
        let year = i64::from(folio.year());
        let digits = i64::from(folio.digits());
        let rows = sqlx::query_as!(
            RegisterRow,
            r#"SELECT c.id, c.folio_year, c.folio_digits, c.received_on, c.state, c.ooad, c.umae,
                c.messages, c.main_risk, c.labels, c.urgency, c.review, c.priority, c.mediation,
                c.protocols, c.model, t.term AS "term?", t.starts_on AS "starts_on?",
                t.due_on AS "due_on?",
                CASE WHEN NOT EXISTS (
                    SELECT 1 FROM casefiles.case_terms AS sooner
                    WHERE sooner.case_id = c.id
                        AND (sooner.due_on, sooner.term) < (t.due_on, t.term)
                ) THEN c.circle END AS "circle?"
            FROM casefiles.cases AS c LEFT JOIN casefiles.case_terms AS t ON t.case_id = c.id
            WHERE c.folio_year = $1 AND c.folio_digits = $2
            ORDER BY t.due_on, t.term"#,
            year,
            digits,
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(register_of(rows)?.pop())
    }

    async fn documents(&self, case: CaseId) -> Result<Vec<SealedDocument>, StoreError> {
        let case_id = case.0.as_slice();
        let rows = sqlx::query_as!(
            DocumentRow,
            "SELECT id, kind, written_on, sealed
            FROM casefiles.documents
            WHERE case_id = $1
            ORDER BY written_on, id",
            case_id,
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(SealedDocument::try_from).collect()
    }

    async fn committee_wrap(&self, case: CaseId) -> Result<Option<Vec<u8>>, StoreError> {
        let case_id = case.0.as_slice();
        sqlx::query_scalar!(
            "SELECT wrapped FROM casefiles.case_keys WHERE case_id = $1 AND holder = $2",
            case_id,
            COMMITTEE,
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)
    }

    async fn keep_secret(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        sqlx::query!(
            "INSERT INTO casefiles.service_secrets (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            name,
            sealed,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        let kept = sqlx::query_scalar!(
            "SELECT sealed FROM casefiles.service_secrets WHERE name = $1",
            name
        )
        .fetch_one(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(kept)
    }

    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        sqlx::query_scalar!(
            "SELECT sealed FROM casefiles.service_secrets WHERE name = $1",
            name
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)
    }

    async fn replace_secret(
        &self,
        name: &str,
        expected: &[u8],
        sealed: &[u8],
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE casefiles.service_secrets SET sealed = $3 WHERE name = $1 AND sealed = $2",
            name,
            expected,
            sealed,
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(done.rows_affected() == 1)
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        rewrite_all(&self.pool, &REWRITES).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query!(r#"SELECT EXISTS (SELECT 1 FROM casefiles.cases) AS "any!""#)
            .fetch_one(&self.pool)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}
