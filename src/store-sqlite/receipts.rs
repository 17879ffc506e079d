//! The daily trees of the receipts.

use jiff::civil::Date;
use sqlx::SqliteConnection;
use store::StoreError;
use store::mailroom::{Leaf, PublishedTree};

use crate::connect::Connections;
use crate::failure::unavailable;
use crate::rows::{Column, HeadRow, TreeRow, leaf_hashes};

pub(crate) async fn insert_leaf(
    connection: &mut SqliteConnection,
    leaf: &Leaf,
) -> Result<(), StoreError> {
    let day = leaf.day.to_string();
    let hash = leaf.hash.as_slice();
    sqlx::query!(
        "INSERT INTO receipt_leaves (day, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        day,
        hash,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn leaves(store: &Connections, day: Date) -> Result<Vec<[u8; 32]>, StoreError> {
    let day = day.to_string();
    let found = sqlx::query_scalar!(
        "SELECT hash FROM receipt_leaves WHERE day = $1 ORDER BY hash",
        day
    )
    .fetch_all(&store.reader)
    .await
    .map_err(unavailable)?;
    leaf_hashes(&found)
}

pub(crate) async fn first_leaf_day(store: &Connections) -> Result<Option<Date>, StoreError> {
    let first = sqlx::query_scalar!("SELECT day FROM receipt_leaves ORDER BY day LIMIT 1")
        .fetch_optional(&store.reader)
        .await
        .map_err(unavailable)?;
    first
        .map(|day| Column("receipt_leaves", "day").parse(&day))
        .transpose()
}

pub(crate) async fn tree(
    store: &Connections,
    day: Date,
) -> Result<Option<PublishedTree>, StoreError> {
    let day = day.to_string();
    sqlx::query_as!(
        TreeRow,
        "SELECT day, leaves, head FROM receipt_trees WHERE day = $1",
        day,
    )
    .fetch_optional(&store.reader)
    .await
    .map_err(unavailable)?
    .map(PublishedTree::try_from)
    .transpose()
}

pub(crate) async fn heads(
    store: &Connections,
    before: Option<Date>,
    limit: u32,
) -> Result<Vec<(Date, Vec<u8>)>, StoreError> {
    let before = before.map(|day| day.to_string());
    let rows = sqlx::query_as!(
        HeadRow,
        "SELECT day, head
        FROM receipt_trees
        WHERE $1 IS NULL OR day < $1
        ORDER BY day DESC
        LIMIT $2",
        before,
        limit,
    )
    .fetch_all(&store.reader)
    .await
    .map_err(unavailable)?;
    rows.into_iter().map(HeadRow::into_head).collect()
}

pub(crate) async fn publish(store: &Connections, tree: &PublishedTree) -> Result<(), StoreError> {
    let day = tree.day.to_string();
    let mut transaction = store.write().await?;
    sqlx::query!(
        "INSERT INTO receipt_trees (day, leaves, head)
        SELECT $1, $2, $3
        WHERE COALESCE((SELECT date(max(day), '+1 day') FROM receipt_trees), $1) = $1",
        day,
        tree.leaves,
        tree.head,
    )
    .execute(&mut *transaction)
    .await
    .map_err(unavailable)?;
    transaction.commit().await.map_err(unavailable)
}

pub(crate) async fn forget_published_leaves(store: &Connections) -> Result<(), StoreError> {
    let mut transaction = store.write().await?;
    sqlx::query!("DELETE FROM receipt_leaves WHERE day IN (SELECT day FROM receipt_trees)")
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    transaction.commit().await.map_err(unavailable)
}
