//! Sealed pieces of files in both stores.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sealing::ChunkId;
use store::StoreError;
use store::casefiles::CaseId;
use store::mailroom::StoredChunk;

use crate::connect::Connections;
use crate::failure::unavailable;
use crate::rows::{ChunkRow, Column, days, readable_days};

/// Rows go in by their random ids, so that within a group the pages do not tell which came together.
pub(crate) async fn put(store: &Connections, chunks: &[StoredChunk]) -> Result<(), StoreError> {
    if chunks.is_empty() {
        return Ok(());
    }
    let mut chunks: Vec<&StoredChunk> = chunks.iter().collect();
    chunks.sort_by_key(|chunk| chunk.id);
    let mut transaction = store.write().await?;
    for chunk in chunks {
        let id = chunk.id.as_bytes().as_slice();
        let received_on = chunk.received_on.to_string();
        sqlx::query!(
            "INSERT INTO evidence_chunks (id, received_on, sealed)
            VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING",
            id,
            received_on,
            chunk.bytes,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    }
    transaction.commit().await.map_err(unavailable)
}

pub(crate) async fn get(
    store: &Connections,
    id: ChunkId,
) -> Result<Option<StoredChunk>, StoreError> {
    let id = id.as_bytes().as_slice();
    sqlx::query_as!(
        ChunkRow,
        "SELECT id, received_on, sealed FROM evidence_chunks WHERE id = $1",
        id,
    )
    .fetch_optional(&store.reader)
    .await
    .map_err(unavailable)?
    .map(StoredChunk::try_from)
    .transpose()
}

pub(crate) async fn remove(store: &Connections, ids: &[ChunkId]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut transaction = store.write().await?;
    for id in ids {
        let id = id.as_bytes().as_slice();
        sqlx::query!("DELETE FROM evidence_chunks WHERE id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
    }
    transaction.commit().await.map_err(unavailable)
}

pub(crate) async fn pending_days(store: &Connections) -> Result<BTreeSet<Date>, StoreError> {
    let found = sqlx::query_scalar!(
        r#"SELECT received_on AS "day!" FROM envelopes
        UNION SELECT received_on FROM quarantine"#,
    )
    .fetch_all(&store.reader)
    .await
    .map_err(unavailable)?;
    Ok(readable_days(&found))
}

pub(crate) async fn chunk_days(store: &Connections) -> Result<BTreeSet<Date>, StoreError> {
    let found = sqlx::query_scalar!("SELECT DISTINCT received_on FROM evidence_chunks")
        .fetch_all(&store.reader)
        .await
        .map_err(unavailable)?;
    days(Column("evidence_chunks", "received_on"), &found)
}

pub(crate) async fn sweep(store: &Connections, day: Date, limit: u32) -> Result<u64, StoreError> {
    let day = day.to_string();
    let mut transaction = store.write().await?;
    let done = sqlx::query!(
        "DELETE FROM evidence_chunks WHERE id IN (
            SELECT id FROM evidence_chunks WHERE received_on = $1 ORDER BY id LIMIT $2
        )",
        day,
        limit,
    )
    .execute(&mut *transaction)
    .await
    .map_err(unavailable)?;
    transaction.commit().await.map_err(unavailable)?;
    Ok(done.rows_affected())
}

pub(crate) async fn put_case(
    store: &Connections,
    case: CaseId,
    chunks: &[(ChunkId, Vec<u8>)],
) -> Result<(), StoreError> {
    if chunks.is_empty() {
        return Ok(());
    }
    let mut chunks: Vec<&(ChunkId, Vec<u8>)> = chunks.iter().collect();
    chunks.sort_by_key(|(id, _)| *id);
    let case_id = case.0.as_slice();
    let mut transaction = store.write().await?;
    for (id, sealed) in chunks {
        let id = id.as_bytes().as_slice();
        sqlx::query!(
            "INSERT INTO case_chunks (id, case_id, sealed)
            VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING",
            id,
            case_id,
            sealed,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    }
    transaction.commit().await.map_err(unavailable)
}

pub(crate) async fn get_case(
    store: &Connections,
    case: CaseId,
    id: ChunkId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let id = id.as_bytes().as_slice();
    let case_id = case.0.as_slice();
    sqlx::query_scalar!(
        "SELECT sealed FROM case_chunks WHERE id = $1 ORDER BY case_id = $2 DESC LIMIT 1",
        id,
        case_id,
    )
    .fetch_optional(&store.reader)
    .await
    .map_err(unavailable)
}
