//! The audit log. Triggers refuse to change or delete an entry; the shuffle leaves it as it is.

use async_trait::async_trait;
use sqlx::SqliteConnection;
use store::StoreError;
use store::log::{Log, StoredEntry};

use crate::SqliteCaseFiles;
use crate::failure::unavailable;
use crate::sealed_rows::{LogRow, position};

/// Writes an entry at the end of the log, unless that is elsewhere by now; says whether it wrote.
pub(crate) async fn append(
    connection: &mut SqliteConnection,
    entry: &StoredEntry,
) -> Result<bool, StoreError> {
    let position = position(entry.position);
    let hash = entry.hash.as_slice();
    let signature = entry.signature.as_slice();
    let done = sqlx::query!(
        "INSERT INTO case_log (position, sealed, hash, signature)
        SELECT $1, $2, $3, $4
        WHERE $1 = (SELECT coalesce(max(position) + 1, 0) FROM case_log)
        ON CONFLICT DO NOTHING",
        position,
        entry.sealed,
        hash,
        signature,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

#[async_trait]
impl Log for SqliteCaseFiles {
    async fn log_head(&self) -> Result<Option<StoredEntry>, StoreError> {
        sqlx::query_as!(
            LogRow,
            "SELECT position, sealed, hash, signature FROM case_log ORDER BY position DESC LIMIT 1",
        )
        .fetch_optional(&self.connections.reader)
        .await
        .map_err(unavailable)?
        .map(StoredEntry::try_from)
        .transpose()
    }

    async fn append_log(&self, entry: &StoredEntry) -> Result<bool, StoreError> {
        let mut transaction = self.connections.write().await?;
        let done = append(&mut transaction, entry).await?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(done)
    }

    async fn log_entries(&self, from: u64, limit: u32) -> Result<Vec<StoredEntry>, StoreError> {
        let from = position(from);
        let rows = sqlx::query_as!(
            LogRow,
            "SELECT position, sealed, hash, signature
            FROM case_log
            WHERE position >= $1
            ORDER BY position
            LIMIT $2",
            from,
            limit,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(StoredEntry::try_from).collect()
    }
}
