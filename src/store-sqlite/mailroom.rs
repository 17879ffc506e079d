//! The mailroom in a SQLite file.

use std::collections::{BTreeSet, HashSet};

use async_trait::async_trait;
use jiff::civil::Date;
use mailbox::SealedEntry;
use sealing::{ChunkId, EnvelopeId, KeyId, LookupId, SealedEnvelope};
use sqlx::SqliteConnection;
use store::StoreError;
use store::mailroom::{
    Announcement, Backlog, Chosen, ChosenWords, Deposit, IntakeMailroom, MOST_WAITING_BYTES,
    Posted, PublishedTree, Quarantined, StoredChunk, TriageMailroom, WaitingEnvelope,
};

use crate::announcements;
use crate::bulk::Bulk;
use crate::connect::Connections;
use crate::evidence;
use crate::failure::unavailable;
use crate::receipts;
use crate::rows::{Column, EntryRow, EnvelopeRow, QuarantineRow};

/// The mailroom in a SQLite file.
pub struct SqliteMailroom {
    pub(crate) connections: Connections,
}

impl SqliteMailroom {
    /// Opens `sqlite://PATH` or a bare path, creates it when absent, for its owner alone, and brings
    /// its schema up to date.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let migrator = sqlx::migrate!("../../migrations/mailroom/sqlite");
        Ok(Self {
            connections: Connections::open(address, &migrator).await?,
        })
    }
}

/// Writes an entry unless its place is taken; says whether it wrote.
async fn insert_entry(
    connection: &mut SqliteConnection,
    entry: &SealedEntry,
) -> Result<bool, StoreError> {
    let lookup_id = entry.lookup_id.as_bytes().as_slice();
    let done = sqlx::query!(
        "INSERT INTO mailbox_entries (lookup_id, position, sealed)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
        lookup_id,
        entry.position,
        entry.bytes,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

/// Writes entries in this order, but those whose place is taken; gives the places of what it wrote.
async fn insert_entries(
    connection: &mut SqliteConnection,
    entries: &[SealedEntry],
    order: &[usize],
) -> Result<HashSet<(Vec<u8>, u32)>, StoreError> {
    const ENTRIES: Bulk = Bulk {
        into: "INSERT INTO mailbox_entries (lookup_id, position, sealed)",
        then: "ON CONFLICT DO NOTHING RETURNING lookup_id, position",
    };
    let written = ENTRIES
        .fetch(connection, order, |values, at| {
            let entry = &entries[*at];
            values
                .push_bind(entry.lookup_id.as_bytes().as_slice())
                .push_bind(entry.position)
                .push_bind(&entry.bytes);
        })
        .await?;
    Ok(written.into_iter().collect())
}

/// Writes an entry in the place of another, unless it is the same or the first one.
async fn replace_entry(
    connection: &mut SqliteConnection,
    entry: &SealedEntry,
) -> Result<Posted, StoreError> {
    let lookup_id = entry.lookup_id.as_bytes().as_slice();
    let same = sqlx::query_scalar!(
        r#"SELECT sealed = $3 AS "same!: bool"
        FROM mailbox_entries
        WHERE lookup_id = $1 AND position = $2"#,
        lookup_id,
        entry.position,
        entry.bytes,
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(unavailable)?;
    if same {
        return Ok(Posted::Before);
    }
    if entry.position == 0 {
        return Err(Column("mailbox_entries", "sealed").invalid());
    }
    sqlx::query!(
        "UPDATE mailbox_entries SET sealed = $3
        WHERE lookup_id = $1 AND position = $2",
        lookup_id,
        entry.position,
        entry.bytes,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(Posted::Replaced)
}

/// Writes an envelope unless one with its id waits; says whether it wrote.
async fn insert_envelope(
    connection: &mut SqliteConnection,
    envelope: &SealedEnvelope,
) -> Result<bool, StoreError> {
    let id = envelope.id.as_bytes().as_slice();
    let received_on = envelope.received_on.to_string();
    let key_id = envelope.key_id.as_bytes().as_slice();
    let done = sqlx::query!(
        "INSERT INTO envelopes (id, received_on, key_id, sealed)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING",
        id,
        received_on,
        key_id,
        envelope.bytes,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

/// Whether there is a mailbox.
async fn is_mailbox(connection: &mut SqliteConnection, id: LookupId) -> Result<bool, StoreError> {
    let lookup_id = id.as_bytes().as_slice();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
            SELECT 1 FROM mailbox_entries WHERE lookup_id = $1 AND position = 0
        ) AS "is_there!: bool""#,
        lookup_id,
    )
    .fetch_one(connection)
    .await
    .map_err(unavailable)
}

/// The first position that a page leaves out; without one, the first that no entry has.
fn end_of_page(before: Option<u32>) -> i64 {
    before.map_or(i64::from(u32::MAX) + 1, i64::from)
}

#[async_trait]
impl IntakeMailroom for SqliteMailroom {
    async fn deposit(&self, deposits: &[Deposit]) -> Result<(), StoreError> {
        if deposits.is_empty() {
            return Ok(());
        }
        let mut transaction = self.connections.write().await?;
        // In the order of the random ids, so that within a group even the pages tell nothing, and
        // nothing joins an envelope to its mailbox.
        let mut deposits: Vec<&Deposit> = deposits.iter().collect();
        deposits.sort_by_key(|deposit| deposit.first_entry.as_ref().map(|entry| entry.lookup_id));
        let mut envelopes = Vec::with_capacity(deposits.len());
        let mut leaves = Vec::new();
        for deposit in deposits {
            let is_new = match &deposit.first_entry {
                Some(entry) => insert_entry(&mut transaction, entry).await?,
                None => true,
            };
            if is_new {
                envelopes.push(&deposit.envelope);
            }
            if is_new && deposit.first_entry.is_some() {
                leaves.extend(deposit.leaf);
            }
        }
        envelopes.sort_by_key(|envelope| envelope.id);
        for envelope in envelopes {
            insert_envelope(&mut transaction, envelope).await?;
        }
        leaves.sort();
        for leaf in &leaves {
            receipts::insert_leaf(&mut transaction, leaf).await?;
        }
        transaction.commit().await.map_err(unavailable)
    }

    async fn choose_words(&self, chosen: &ChosenWords) -> Result<Chosen, StoreError> {
        let mut transaction = self.connections.write().await?;
        if is_mailbox(&mut transaction, chosen.first_entry.lookup_id).await? {
            return Ok(Chosen::Before);
        }
        let written = is_mailbox(&mut transaction, chosen.old).await?
            && insert_envelope(&mut transaction, &chosen.envelope).await?
            && insert_entry(&mut transaction, &chosen.first_entry).await?;
        if !written {
            return Ok(Chosen::TooLate);
        }
        transaction.commit().await.map_err(unavailable)?;
        Ok(Chosen::Now)
    }

    async fn mailbox_page(
        &self,
        id: LookupId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError> {
        let lookup_id = id.as_bytes().as_slice();
        let end = end_of_page(before);
        let rows = sqlx::query_as!(
            EntryRow,
            r#"SELECT lookup_id AS "lookup_id!", position AS "position!", sealed AS "sealed!"
            FROM mailbox_entries
            WHERE lookup_id = $1 AND position = 0
            UNION ALL
            SELECT * FROM (
                SELECT lookup_id, position, sealed
                FROM mailbox_entries
                WHERE lookup_id = $1 AND position > 0 AND position < $2
                ORDER BY position DESC
                LIMIT $3
            )
            ORDER BY 2"#,
            lookup_id,
            end,
            limit,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter()
            .map(|row| row.into_entry("mailbox_entries"))
            .collect()
    }

    async fn put_chunks(&self, chunks: &[StoredChunk]) -> Result<(), StoreError> {
        evidence::put(&self.connections, chunks).await
    }

    async fn leaves(&self, day: Date) -> Result<Vec<[u8; 32]>, StoreError> {
        receipts::leaves(&self.connections, day).await
    }

    async fn first_leaf_day(&self) -> Result<Option<Date>, StoreError> {
        receipts::first_leaf_day(&self.connections).await
    }

    async fn tree(&self, day: Date) -> Result<Option<PublishedTree>, StoreError> {
        receipts::tree(&self.connections, day).await
    }

    async fn tree_heads(
        &self,
        before: Option<Date>,
        limit: u32,
    ) -> Result<Vec<(Date, Vec<u8>)>, StoreError> {
        receipts::heads(&self.connections, before, limit).await
    }

    async fn publish_tree(&self, tree: &PublishedTree) -> Result<(), StoreError> {
        receipts::publish(&self.connections, tree).await
    }

    async fn announced_calendar(&self, key: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
        announcements::of(&self.connections, key).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query!(r#"SELECT EXISTS (SELECT 1 FROM mailbox_entries) AS "any!: bool""#)
            .fetch_one(&self.connections.reader)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

#[async_trait]
impl TriageMailroom for SqliteMailroom {
    async fn waiting(
        &self,
        key: KeyId,
        after: Option<EnvelopeId>,
        limit: u32,
    ) -> Result<Vec<WaitingEnvelope>, StoreError> {
        let key_id = key.as_bytes().as_slice();
        // No bytes at all come before any id.
        let after = after.as_ref().map_or(&[][..], |id| id.as_bytes());
        let rows = sqlx::query_as!(
            EnvelopeRow,
            "SELECT e.id, e.received_on, e.key_id, e.sealed
            FROM (
                SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS before
                FROM (
                    SELECT id, length(sealed) AS bytes
                    FROM envelopes
                    WHERE key_id = $1 AND id > $2
                    ORDER BY id
                    LIMIT $3
                )
            ) AS next JOIN envelopes AS e ON e.id = next.id
            WHERE next.before < $4
            ORDER BY e.id",
            key_id,
            after,
            limit,
            MOST_WAITING_BYTES,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(WaitingEnvelope::try_from).collect()
    }

    async fn post_all(&self, replies: &[SealedEntry]) -> Result<Vec<Posted>, StoreError> {
        if replies.is_empty() {
            return Ok(Vec::new());
        }
        let mut order: Vec<usize> = (0..replies.len()).collect();
        order.sort_by_key(|at| (replies[*at].lookup_id, replies[*at].position));
        let mut outcomes = vec![Posted::Now; replies.len()];
        let mut transaction = self.connections.write().await?;
        let mut new = insert_entries(&mut transaction, replies, &order).await?;
        for at in order {
            let reply = &replies[at];
            let place = (reply.lookup_id.as_bytes().to_vec(), reply.position);
            if !new.remove(&place) {
                outcomes[at] = replace_entry(&mut transaction, reply).await?;
            }
        }
        transaction.commit().await.map_err(unavailable)?;
        Ok(outcomes)
    }

    async fn remove_all(&self, ids: &[EnvelopeId]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> = ids
            .iter()
            .map(|id| format!(r#""{}""#, hex::encode(id.as_bytes())))
            .collect();
        let ids = format!("[{}]", ids.join(","));
        let mut transaction = self.connections.write().await?;
        sqlx::query!(
            "DELETE FROM envelopes WHERE id IN (SELECT unhex(value) FROM json_each($1))",
            ids,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)
    }

    async fn quarantine(&self, id: EnvelopeId, reason: &str) -> Result<(), StoreError> {
        let id = id.as_bytes().as_slice();
        let mut transaction = self.connections.write().await?;
        // The key of the quarantine is the whole row but the reason: a conflict is an identical row, so
        // the one that goes below is kept either way.
        sqlx::query!(
            "INSERT INTO quarantine (id, received_on, key_id, sealed, reason)
            SELECT id, received_on, key_id, sealed, $2 FROM envelopes WHERE id = $1
            ON CONFLICT DO NOTHING",
            id,
            reason,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        sqlx::query!("DELETE FROM envelopes WHERE id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)
    }

    async fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        let rows = sqlx::query_as!(
            QuarantineRow,
            "SELECT id, received_on, key_id, sealed, reason
            FROM quarantine
            ORDER BY id, sealed",
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(Quarantined::try_from).collect()
    }

    async fn reseal(
        &self,
        expected: KeyId,
        envelopes: &[SealedEnvelope],
    ) -> Result<u64, StoreError> {
        if envelopes.is_empty() {
            return Ok(0);
        }
        let expected = expected.as_bytes().as_slice();
        let mut transaction = self.connections.write().await?;
        let mut resealed = 0;
        for envelope in envelopes {
            let id = envelope.id.as_bytes().as_slice();
            let key_id = envelope.key_id.as_bytes().as_slice();
            let done = sqlx::query!(
                "UPDATE envelopes SET key_id = $3, sealed = $4 WHERE id = $1 AND key_id = $2",
                id,
                expected,
                key_id,
                envelope.bytes,
            )
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
            resealed += done.rows_affected();
        }
        transaction.commit().await.map_err(unavailable)?;
        Ok(resealed)
    }

    async fn mailbox_part(
        &self,
        id: LookupId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError> {
        self.mailbox_page(id, before, limit).await
    }

    async fn end_move(&self, old: LookupId, first: &SealedEntry) -> Result<bool, StoreError> {
        let old = old.as_bytes().as_slice();
        let lookup_id = first.lookup_id.as_bytes().as_slice();
        let mut transaction = self.connections.write().await?;
        let gone = sqlx::query!("DELETE FROM mailbox_entries WHERE lookup_id = $1", old)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        if gone.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!(
            "INSERT INTO mailbox_entries (lookup_id, position, sealed) VALUES ($1, $2, $3)
            ON CONFLICT (lookup_id, position) DO UPDATE SET sealed = excluded.sealed",
            lookup_id,
            first.position,
            first.bytes,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(true)
    }

    async fn purge_mailbox(&self, id: LookupId) -> Result<(), StoreError> {
        let lookup_id = id.as_bytes().as_slice();
        let mut transaction = self.connections.write().await?;
        sqlx::query!(
            "DELETE FROM mailbox_entries WHERE lookup_id = $1",
            lookup_id
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)
    }

    async fn backlog(&self, key: KeyId) -> Result<Backlog, StoreError> {
        let key_id = key.as_bytes().as_slice();
        let counts = sqlx::query!(
            r#"SELECT
                (SELECT count(*) FROM envelopes WHERE key_id = $1) AS "ours!: i64",
                (SELECT count(*) FROM envelopes WHERE key_id <> $1) AS "foreign!: i64",
                (SELECT count(*) FROM quarantine) AS "quarantined!: i64""#,
            key_id,
        )
        .fetch_one(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        Ok(Backlog {
            ours: Column("envelopes", "id").number(counts.ours)?,
            foreign: Column("envelopes", "id").number(counts.foreign)?,
            quarantined: Column("quarantine", "id").number(counts.quarantined)?,
        })
    }

    async fn chunk(&self, id: ChunkId) -> Result<Option<StoredChunk>, StoreError> {
        evidence::get(&self.connections, id).await
    }

    async fn remove_chunks(&self, ids: &[ChunkId]) -> Result<(), StoreError> {
        evidence::remove(&self.connections, ids).await
    }

    async fn pending_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        evidence::pending_days(&self.connections).await
    }

    async fn chunk_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        evidence::chunk_days(&self.connections).await
    }

    async fn sweep_chunks(&self, day: Date, limit: u32) -> Result<u64, StoreError> {
        evidence::sweep(&self.connections, day, limit).await
    }

    async fn forget_published_leaves(&self) -> Result<(), StoreError> {
        receipts::forget_published_leaves(&self.connections).await
    }

    async fn announcements(&self) -> Result<Vec<Announcement>, StoreError> {
        announcements::all(&self.connections).await
    }

    async fn announce(&self, announcements: &[Announcement]) -> Result<(), StoreError> {
        announcements::replace(&self.connections, announcements).await
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        self.connections.shuffle().await
    }
}
