//! What triage announces to intake in clear.

use sealing::KeyId;
use store::StoreError;
use store::mailroom::Announcement;

use crate::connect::Connections;
use crate::failure::unavailable;
use crate::rows::Column;

pub(crate) async fn of(store: &Connections, key: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
    let key_id = key.as_bytes().as_slice();
    sqlx::query_scalar!(
        "SELECT announcement FROM announced_calendars WHERE key_id = $1",
        key_id,
    )
    .fetch_optional(&store.reader)
    .await
    .map_err(unavailable)
}

pub(crate) async fn all(store: &Connections) -> Result<Vec<Announcement>, StoreError> {
    let rows = sqlx::query!("SELECT key_id, announcement FROM announced_calendars ORDER BY key_id")
        .fetch_all(&store.reader)
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

pub(crate) async fn replace(
    store: &Connections,
    announcements: &[Announcement],
) -> Result<(), StoreError> {
    let mut transaction = store.write().await?;
    sqlx::query!("DELETE FROM announced_calendars")
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    for Announcement { key, bytes } in announcements {
        let key_id = key.as_bytes().as_slice();
        sqlx::query!(
            "INSERT INTO announced_calendars (key_id, announcement) VALUES ($1, $2)",
            key_id,
            bytes,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    }
    transaction.commit().await.map_err(unavailable)
}
