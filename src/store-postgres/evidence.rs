//! Sealed pieces of files in both stores.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sealing::ChunkId;
use sqlx::PgPool;
use store::StoreError;
use store::casefiles::CaseId;
use store::mailroom::StoredChunk;

use crate::failure::unavailable;
use crate::rows::{ChunkRow, Column, days, readable_days};

/// One statement, so a group of any size is one round trip and one sync. Intake's role needs no right
/// to read chunks. Rows go in by their random ids.
pub(crate) async fn put(pool: &PgPool, chunks: &[StoredChunk]) -> Result<(), StoreError> {
    if chunks.is_empty() {
        return Ok(());
    }
    let ids: Vec<&[u8]> = chunks
        .iter()
        .map(|chunk| &chunk.id.as_bytes()[..])
        .collect();
    let days: Vec<String> = chunks
        .iter()
        .map(|chunk| chunk.received_on.to_string())
        .collect();
    let sealed: Vec<&[u8]> = chunks.iter().map(|chunk| chunk.bytes.as_slice()).collect();
    sqlx::query!(
        "INSERT INTO mailroom.evidence_chunks (id, received_on, sealed)
        SELECT id, received_on, sealed
        FROM UNNEST($1::BYTEA[], $2::TEXT[], $3::BYTEA[]) AS chunk (id, received_on, sealed)
        ORDER BY id
        ON CONFLICT DO NOTHING",
        &ids as _,
        &days,
        &sealed as _,
    )
    .execute(pool)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn get(pool: &PgPool, id: ChunkId) -> Result<Option<StoredChunk>, StoreError> {
    sqlx::query_as!(
        ChunkRow,
        "SELECT id, received_on, sealed FROM mailroom.evidence_chunks WHERE id = $1",
        id.as_bytes(),
    )
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?
    .map(StoredChunk::try_from)
    .transpose()
}

pub(crate) async fn remove(pool: &PgPool, ids: &[ChunkId]) -> Result<(), StoreError> {
    let ids: Vec<&[u8]> = ids.iter().map(|id| &id.as_bytes()[..]).collect();
    sqlx::query!(
        "DELETE FROM mailroom.evidence_chunks WHERE id = ANY($1::BYTEA[])",
        &ids as _,
    )
    .execute(pool)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn pending_days(pool: &PgPool) -> Result<BTreeSet<Date>, StoreError> {
    let found = sqlx::query_scalar!(
        r#"SELECT received_on AS "day!" FROM mailroom.envelopes
        UNION SELECT received_on FROM mailroom.quarantine"#,
    )
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    Ok(readable_days(&found))
}

pub(crate) async fn chunk_days(pool: &PgPool) -> Result<BTreeSet<Date>, StoreError> {
    let found = sqlx::query_scalar!("SELECT DISTINCT received_on FROM mailroom.evidence_chunks")
        .fetch_all(pool)
        .await
        .map_err(unavailable)?;
    days(Column("evidence_chunks", "received_on"), &found)
}

pub(crate) async fn sweep(pool: &PgPool, day: Date, limit: u32) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM mailroom.evidence_chunks WHERE id IN (
            SELECT id FROM mailroom.evidence_chunks WHERE received_on = $1 ORDER BY id LIMIT $2
        )",
        day.to_string(),
        i64::from(limit),
    )
    .execute(pool)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected())
}

pub(crate) async fn put_case(
    pool: &PgPool,
    case: CaseId,
    chunks: &[(ChunkId, Vec<u8>)],
) -> Result<(), StoreError> {
    if chunks.is_empty() {
        return Ok(());
    }
    let ids: Vec<&[u8]> = chunks.iter().map(|(id, _)| &id.as_bytes()[..]).collect();
    let sealed: Vec<&[u8]> = chunks.iter().map(|(_, sealed)| sealed.as_slice()).collect();
    sqlx::query!(
        "INSERT INTO casefiles.case_chunks (id, case_id, sealed)
        SELECT id, $1, sealed
        FROM UNNEST($2::BYTEA[], $3::BYTEA[]) AS chunk (id, sealed)
        ORDER BY id
        ON CONFLICT DO NOTHING",
        case.0.as_slice(),
        &ids as _,
        &sealed as _,
    )
    .execute(pool)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn get_case(
    pool: &PgPool,
    case: CaseId,
    id: ChunkId,
) -> Result<Option<Vec<u8>>, StoreError> {
    sqlx::query_scalar!(
        "SELECT sealed FROM casefiles.case_chunks WHERE id = $1 ORDER BY case_id = $2 DESC LIMIT 1",
        id.as_bytes(),
        case.0.as_slice(),
    )
    .fetch_optional(pool)
    .await
    .map_err(unavailable)
}
