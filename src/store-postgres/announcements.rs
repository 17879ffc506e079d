//! What triage announces to intake in clear.

use sealing::KeyId;
use sqlx::PgPool;
use store::StoreError;
use store::mailroom::Announcement;

use crate::failure::unavailable;
use crate::rows::Column;

pub(crate) async fn of(pool: &PgPool, key: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
    sqlx::query_scalar!(
        "SELECT announcement FROM mailroom.announced_calendars WHERE key_id = $1",
        key.as_bytes(),
    )
    .fetch_optional(pool)
    .await
    .map_err(unavailable)
}

pub(crate) async fn all(pool: &PgPool) -> Result<Vec<Announcement>, StoreError> {
    let rows = sqlx::query!(
        "SELECT key_id, announcement FROM mailroom.announced_calendars ORDER BY key_id"
    )
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    rows.into_iter()
        .map(|row| {
            let key = KeyId::try_from(row.key_id.as_slice());
            Ok(Announcement {
                key: key.map_err(|_| Column("announced_calendars", "key_id").invalid())?,
                bytes: row.announcement,
            })
        })
        .collect()
}

/// Several processes announce the same: one that comes while another is at it overwrites its rows, and
/// no moment has fewer than all of them.
pub(crate) async fn replace(
    pool: &PgPool,
    announcements: &[Announcement],
) -> Result<(), StoreError> {
    let keys: Vec<&[u8]> = announcements
        .iter()
        .map(|one| &one.key.as_bytes()[..])
        .collect();
    let bytes: Vec<&[u8]> = announcements
        .iter()
        .map(|one| one.bytes.as_slice())
        .collect();
    let mut transaction = pool.begin().await.map_err(unavailable)?;
    sqlx::query!(
        "DELETE FROM mailroom.announced_calendars WHERE key_id <> ALL ($1::BYTEA[])",
        &keys as _,
    )
    .execute(&mut *transaction)
    .await
    .map_err(unavailable)?;
    sqlx::query!(
        "INSERT INTO mailroom.announced_calendars (key_id, announcement)
        SELECT key_id, announcement
        FROM UNNEST($1::BYTEA[], $2::BYTEA[]) AS announced (key_id, announcement)
        ORDER BY key_id
        ON CONFLICT (key_id) DO UPDATE SET announcement = excluded.announcement",
        &keys as _,
        &bytes as _,
    )
    .execute(&mut *transaction)
    .await
    .map_err(unavailable)?;
    transaction.commit().await.map_err(unavailable)
}
