//! The records of the committee's service.

use async_trait::async_trait;
use store::StoreError;
use store::records::{RecordId, RecordKind, Records, SealedRecord};
use store::rings::Resealed;

use crate::SqliteCaseFiles;
use crate::failure::unavailable;
use crate::sealed_rows::RecordRow;

#[async_trait]
impl Records for SqliteCaseFiles {
    async fn records(&self, kind: RecordKind) -> Result<Vec<SealedRecord>, StoreError> {
        let kind = kind.code();
        let rows = sqlx::query_as!(
            RecordRow,
            "SELECT id, sealed FROM records WHERE kind = $1 ORDER BY id",
            kind,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(SealedRecord::try_from).collect()
    }

    async fn record(
        &self,
        kind: RecordKind,
        id: RecordId,
    ) -> Result<Option<SealedRecord>, StoreError> {
        let kind = kind.code();
        let id = id.0.as_slice();
        sqlx::query_as!(
            RecordRow,
            "SELECT id, sealed FROM records WHERE kind = $1 AND id = $2",
            kind,
            id,
        )
        .fetch_optional(&self.connections.reader)
        .await
        .map_err(unavailable)?
        .map(SealedRecord::try_from)
        .transpose()
    }

    async fn put_record(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: Option<&[u8]>,
        sealed: &[u8],
    ) -> Result<bool, StoreError> {
        let kind = kind.code();
        let id = id.0.as_slice();
        let mut transaction = self.connections.write().await?;
        let done = if let Some(expected) = expected {
            sqlx::query!(
                "UPDATE records SET sealed = $4 WHERE kind = $1 AND id = $2 AND sealed = $3",
                kind,
                id,
                expected,
                sealed,
            )
            .execute(&mut *transaction)
            .await
        } else {
            sqlx::query!(
                "INSERT INTO records (kind, id, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                kind,
                id,
                sealed,
            )
            .execute(&mut *transaction)
            .await
        };
        let is_written = done.map_err(unavailable)?.rows_affected() == 1;
        transaction.commit().await.map_err(unavailable)?;
        Ok(is_written)
    }

    async fn keep_records(
        &self,
        kind: RecordKind,
        records: &[SealedRecord],
    ) -> Result<(), StoreError> {
        if records.is_empty() {
            return Ok(());
        }
        let kind = kind.code();
        let mut records: Vec<_> = records.iter().collect();
        records.sort_by_key(|record| record.id);
        let mut transaction = self.connections.write().await?;
        for record in records {
            let id = record.id.0.as_slice();
            sqlx::query!(
                "INSERT INTO records (kind, id, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                kind,
                id,
                record.sealed,
            )
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        }
        transaction.commit().await.map_err(unavailable)
    }

    async fn put_record_and_secret(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: Option<&[u8]>,
        sealed: &[u8],
        secret: &str,
        anew: Resealed<'_>,
    ) -> Result<bool, StoreError> {
        let kind = kind.code();
        let id = id.0.as_slice();
        let mut transaction = self.connections.write().await?;
        let done = if let Some(expected) = expected {
            sqlx::query!(
                "UPDATE records SET sealed = $4 WHERE kind = $1 AND id = $2 AND sealed = $3",
                kind,
                id,
                expected,
                sealed,
            )
            .execute(&mut *transaction)
            .await
        } else {
            sqlx::query!(
                "INSERT INTO records (kind, id, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                kind,
                id,
                sealed,
            )
            .execute(&mut *transaction)
            .await
        };
        let is_written = done.map_err(unavailable)?.rows_affected() == 1;
        let done = sqlx::query!(
            "UPDATE service_secrets SET sealed = $3 WHERE name = $1 AND sealed = $2",
            secret,
            anew.old,
            anew.new,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        // Dropped, the transaction is rolled back.
        let both = is_written && done.rows_affected() == 1;
        if both {
            transaction.commit().await.map_err(unavailable)?;
        }
        Ok(both)
    }

    async fn remove_record(
        &self,
        kind: RecordKind,
        id: RecordId,
        expected: &[u8],
    ) -> Result<bool, StoreError> {
        let kind = kind.code();
        let id = id.0.as_slice();
        let mut transaction = self.connections.write().await?;
        let done = sqlx::query!(
            "DELETE FROM records WHERE kind = $1 AND id = $2 AND sealed = $3",
            kind,
            id,
            expected,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(done.rows_affected() == 1)
    }
}
