//! The daily trees of the receipts.

use jiff::civil::Date;
use sqlx::PgPool;
use store::StoreError;
use store::mailroom::PublishedTree;

use crate::failure::unavailable;
use crate::rows::{Column, HeadRow, TreeRow, leaf_hashes};

pub(crate) async fn leaves(pool: &PgPool, day: Date) -> Result<Vec<[u8; 32]>, StoreError> {
    let day = day.to_string();
    let found = sqlx::query_scalar!(
        "SELECT hash FROM mailroom.receipt_leaves WHERE day = $1 ORDER BY hash",
        day
    )
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    leaf_hashes(&found)
}

pub(crate) async fn first_leaf_day(pool: &PgPool) -> Result<Option<Date>, StoreError> {
    let first = sqlx::query_scalar!("SELECT day FROM mailroom.receipt_leaves ORDER BY day LIMIT 1")
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    first
        .map(|day| Column("receipt_leaves", "day").parse(&day))
        .transpose()
}

pub(crate) async fn tree(pool: &PgPool, day: Date) -> Result<Option<PublishedTree>, StoreError> {
    let day = day.to_string();
    sqlx::query_as!(
        TreeRow,
        "SELECT day, leaves, head FROM mailroom.receipt_trees WHERE day = $1",
        day,
    )
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?
    .map(PublishedTree::try_from)
    .transpose()
}

pub(crate) async fn heads(
    pool: &PgPool,
    before: Option<Date>,
    limit: u32,
) -> Result<Vec<(Date, Vec<u8>)>, StoreError> {
    let before = before.map(|day| day.to_string());
    let rows = sqlx::query_as!(
        HeadRow,
        "SELECT day, head
        FROM mailroom.receipt_trees
        WHERE $1::TEXT IS NULL OR day < $1
        ORDER BY day DESC
        LIMIT $2",
        before,
        i64::from(limit),
    )
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    rows.into_iter().map(HeadRow::into_head).collect()
}

pub(crate) async fn publish(pool: &PgPool, tree: &PublishedTree) -> Result<(), StoreError> {
    let day = tree.day.to_string();
    let mut transaction = pool.begin().await.map_err(unavailable)?;
    // One after the other: of two that see the same newest day, only the first may add to it.
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtext('guiando receipt trees')) AS \"locked: ()\""
    )
    .fetch_one(&mut *transaction)
    .await
    .map_err(unavailable)?;
    sqlx::query!(
        "INSERT INTO mailroom.receipt_trees (day, leaves, head)
        SELECT $1::TEXT, $2, $3
        WHERE COALESCE(
            (SELECT to_char(max(day)::DATE + 1, 'YYYY-MM-DD') FROM mailroom.receipt_trees),
            $1
        ) = $1",
        day,
        tree.leaves,
        tree.head,
    )
    .execute(&mut *transaction)
    .await
    .map_err(unavailable)?;
    transaction.commit().await.map_err(unavailable)
}

pub(crate) async fn forget_published_leaves(pool: &PgPool) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM mailroom.receipt_leaves WHERE day IN (SELECT day FROM mailroom.receipt_trees)"
    )
    .execute(pool)
    .await
    .map_err(unavailable)?;
    Ok(())
}
