//! The mailroom in PostgreSQL.

use std::collections::{BTreeSet, HashSet};

use async_trait::async_trait;
use jiff::civil::Date;
use mailbox::SealedEntry;
use sealing::{ChunkId, EnvelopeId, KeyId, LookupId, SealedEnvelope};
use sqlx::{PgConnection, PgPool};
use store::StoreError;
use store::mailroom::{
    Announcement, Backlog, Chosen, ChosenWords, Deposit, IntakeMailroom, MOST_WAITING_BYTES,
    Posted, PublishedTree, Quarantined, StoredChunk, TriageMailroom, WaitingEnvelope,
};

use crate::announcements;
use crate::connect::{self, Rewrite, rewrite, rewrite_all, schema};
use crate::evidence;
use crate::failure::unavailable;
use crate::receipts;
use crate::rows::{Column, EntryRow, EnvelopeRow, QuarantineRow};

/// Every table, and its order.
const REWRITES: [Rewrite; 7] = [
    rewrite!("mailroom.mailbox_entries", "lookup_id, position"),
    rewrite!("mailroom.envelopes", "id"),
    rewrite!("mailroom.quarantine", "id, sealed"),
    rewrite!("mailroom.evidence_chunks", "id"),
    rewrite!("mailroom.receipt_leaves", "day, hash"),
    rewrite!("mailroom.receipt_trees", "day"),
    rewrite!("mailroom.announced_calendars", "key_id"),
];

/// The mailroom in PostgreSQL.
pub struct PgMailroom {
    pub(crate) pool: PgPool,
}

impl PgMailroom {
    /// Connects to `postgres://…` and brings the schema `mailroom` up to date.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let migrator = sqlx::migrate!("../../migrations/mailroom/postgres");
        Ok(Self {
            pool: connect::open(url, &schema!("mailroom"), migrator).await?,
        })
    }
}

/// Writes an entry over what stands in its place, unless that is the same or the first entry.
async fn replace_entry(
    connection: &mut PgConnection,
    entry: &SealedEntry,
) -> Result<Posted, StoreError> {
    let same = sqlx::query_scalar!(
        r#"SELECT sealed = $3 AS "same!"
        FROM mailroom.mailbox_entries
        WHERE lookup_id = $1 AND position = $2
        FOR UPDATE"#,
        entry.lookup_id.as_bytes(),
        i64::from(entry.position),
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
        "UPDATE mailroom.mailbox_entries SET sealed = $3
        WHERE lookup_id = $1 AND position = $2",
        entry.lookup_id.as_bytes(),
        i64::from(entry.position),
        entry.bytes,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(Posted::Replaced)
}

/// Whether there is a mailbox.
async fn is_mailbox(connection: &mut PgConnection, id: LookupId) -> Result<bool, StoreError> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
            SELECT FROM mailroom.mailbox_entries WHERE lookup_id = $1 AND position = 0
        ) AS "is_there!""#,
        id.as_bytes(),
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
impl IntakeMailroom for PgMailroom {
    /// One statement, so a group of any size is one round trip and one sync. Intake's role needs no
    /// right to read envelopes: what was there already is found by the mailbox position, or by
    /// `ON CONFLICT` for a message without one. Rows go in by their random ids, so that within a
    /// group nothing joins an envelope to its mailbox.
    async fn deposit(&self, deposits: &[Deposit]) -> Result<(), StoreError> {
        if deposits.is_empty() {
            return Ok(());
        }
        let envelopes = || deposits.iter().map(|deposit| &deposit.envelope);
        let entries = || deposits.iter().map(|deposit| deposit.first_entry.as_ref());
        let leaves = || deposits.iter().map(|deposit| deposit.leaf.as_ref());
        let ids: Vec<&[u8]> = envelopes()
            .map(|envelope| &envelope.id.as_bytes()[..])
            .collect();
        let days: Vec<String> = envelopes()
            .map(|envelope| envelope.received_on.to_string())
            .collect();
        let keys: Vec<&[u8]> = envelopes()
            .map(|envelope| &envelope.key_id.as_bytes()[..])
            .collect();
        let sealed: Vec<&[u8]> = envelopes()
            .map(|envelope| envelope.bytes.as_slice())
            .collect();
        let lookup_ids: Vec<Option<&[u8]>> = entries()
            .map(|entry| entry.map(|entry| &entry.lookup_id.as_bytes()[..]))
            .collect();
        let positions: Vec<Option<i64>> = entries()
            .map(|entry| entry.map(|entry| i64::from(entry.position)))
            .collect();
        let replies: Vec<Option<&[u8]>> = entries()
            .map(|entry| entry.map(|entry| entry.bytes.as_slice()))
            .collect();
        let leaf_days: Vec<Option<String>> = leaves()
            .map(|leaf| leaf.map(|leaf| leaf.day.to_string()))
            .collect();
        let leaf_hashes: Vec<Option<&[u8]>> = leaves()
            .map(|leaf| leaf.map(|leaf| &leaf.hash[..]))
            .collect();
        sqlx::query!(
            "WITH deposits AS (
                SELECT * FROM UNNEST(
                    $1::BYTEA[], $2::TEXT[], $3::BYTEA[], $4::BYTEA[],
                    $5::BYTEA[], $6::BIGINT[], $7::BYTEA[], $8::TEXT[], $9::BYTEA[]
                ) AS deposit (
                    id, received_on, key_id, sealed, lookup_id, position, reply, leaf_day, leaf_hash
                )
            ),
            entries AS (
                INSERT INTO mailroom.mailbox_entries (lookup_id, position, sealed)
                SELECT lookup_id, position, reply
                FROM deposits
                WHERE lookup_id IS NOT NULL
                ORDER BY lookup_id, position
                ON CONFLICT DO NOTHING
                RETURNING lookup_id, position
            ),
            leaves AS (
                INSERT INTO mailroom.receipt_leaves (day, hash)
                SELECT leaf_day, leaf_hash
                FROM deposits
                WHERE leaf_hash IS NOT NULL
                    AND (lookup_id, position) IN (SELECT lookup_id, position FROM entries)
                ORDER BY leaf_day, leaf_hash
                ON CONFLICT DO NOTHING
            )
            INSERT INTO mailroom.envelopes (id, received_on, key_id, sealed)
            SELECT id, received_on, key_id, sealed
            FROM deposits
            WHERE lookup_id IS NULL
                OR (lookup_id, position) IN (SELECT lookup_id, position FROM entries)
            ORDER BY id
            ON CONFLICT DO NOTHING",
            &ids as _,
            &days,
            &keys as _,
            &sealed as _,
            &lookup_ids as _,
            &positions as _,
            &replies as _,
            &leaf_days as _,
            &leaf_hashes as _,
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    /// The letter goes in first: of two who come together the second waits here for the first, and sees
    /// afterwards what that one wrote. What the letter takes for granted is looked at after it, so that
    /// nobody ends the mailbox of before in between.
    async fn choose_words(&self, chosen: &ChosenWords) -> Result<Chosen, StoreError> {
        let (new, entry) = (chosen.first_entry.lookup_id, &chosen.first_entry);
        let envelope = &chosen.envelope;
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        let first = sqlx::query!(
            "INSERT INTO mailroom.envelopes (id, received_on, key_id, sealed)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING",
            envelope.id.as_bytes(),
            envelope.received_on.to_string(),
            envelope.key_id.as_bytes(),
            envelope.bytes,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        if is_mailbox(&mut transaction, new).await? {
            return Ok(Chosen::Before);
        }
        if first.rows_affected() == 0 || !is_mailbox(&mut transaction, chosen.old).await? {
            return Ok(Chosen::TooLate);
        }
        sqlx::query!(
            "INSERT INTO mailroom.mailbox_entries (lookup_id, position, sealed) VALUES ($1, $2, $3)",
            entry.lookup_id.as_bytes(),
            i64::from(entry.position),
            entry.bytes,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(Chosen::Now)
    }

    async fn mailbox_page(
        &self,
        id: LookupId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError> {
        let rows = sqlx::query_as!(
            EntryRow,
            r#"SELECT lookup_id AS "lookup_id!", position AS "position!", sealed AS "sealed!"
            FROM mailroom.mailbox_entries
            WHERE lookup_id = $1 AND position = 0
            UNION ALL
            SELECT * FROM (
                SELECT lookup_id, position, sealed
                FROM mailroom.mailbox_entries
                WHERE lookup_id = $1 AND position > 0 AND position < $2
                ORDER BY position DESC
                LIMIT $3
            ) AS newest
            ORDER BY 2"#,
            id.as_bytes(),
            end_of_page(before),
            i64::from(limit),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter()
            .map(|row| row.into_entry("mailbox_entries"))
            .collect()
    }

    async fn put_chunks(&self, chunks: &[StoredChunk]) -> Result<(), StoreError> {
        evidence::put(&self.pool, chunks).await
    }

    async fn leaves(&self, day: Date) -> Result<Vec<[u8; 32]>, StoreError> {
        receipts::leaves(&self.pool, day).await
    }

    async fn first_leaf_day(&self) -> Result<Option<Date>, StoreError> {
        receipts::first_leaf_day(&self.pool).await
    }

    async fn tree(&self, day: Date) -> Result<Option<PublishedTree>, StoreError> {
        receipts::tree(&self.pool, day).await
    }

    async fn tree_heads(
        &self,
        before: Option<Date>,
        limit: u32,
    ) -> Result<Vec<(Date, Vec<u8>)>, StoreError> {
        receipts::heads(&self.pool, before, limit).await
    }

    async fn publish_tree(&self, tree: &PublishedTree) -> Result<(), StoreError> {
        receipts::publish(&self.pool, tree).await
    }

    async fn announced_calendar(&self, key: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
        announcements::of(&self.pool, key).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query!(r#"SELECT EXISTS (SELECT FROM mailroom.mailbox_entries) AS "any!""#)
            .fetch_one(&self.pool)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

#[async_trait]
impl TriageMailroom for PgMailroom {
    async fn waiting(
        &self,
        key: KeyId,
        after: Option<EnvelopeId>,
        limit: u32,
    ) -> Result<Vec<WaitingEnvelope>, StoreError> {
        // No bytes at all come before any id.
        let after = after.as_ref().map_or(&[][..], |id| id.as_bytes());
        let rows = sqlx::query_as!(
            EnvelopeRow,
            "SELECT e.id, e.received_on, e.key_id, e.sealed
            FROM (
                SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS before
                FROM (
                    SELECT id, length(sealed) AS bytes
                    FROM mailroom.envelopes
                    WHERE key_id = $1 AND id > $2
                    ORDER BY id
                    LIMIT $3
                ) AS first
            ) AS next JOIN mailroom.envelopes AS e ON e.id = next.id
            WHERE next.before < $4
            ORDER BY e.id",
            key.as_bytes(),
            after,
            i64::from(limit),
            i64::from(MOST_WAITING_BYTES),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(WaitingEnvelope::try_from).collect()
    }

    async fn post_all(&self, replies: &[SealedEntry]) -> Result<Vec<Posted>, StoreError> {
        if replies.is_empty() {
            return Ok(Vec::new());
        }
        // In one order for all processes, so that two that post the same wait for each other and no more.
        let mut order: Vec<usize> = (0..replies.len()).collect();
        order.sort_by_key(|at| (replies[*at].lookup_id, replies[*at].position));
        let sorted = || order.iter().map(|at| &replies[*at]);
        let lookup_ids: Vec<&[u8]> = sorted()
            .map(|entry| &entry.lookup_id.as_bytes()[..])
            .collect();
        let positions: Vec<i64> = sorted().map(|entry| entry.position.into()).collect();
        let sealed: Vec<&[u8]> = sorted().map(|entry| entry.bytes.as_slice()).collect();
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        let inserted = sqlx::query!(
            "INSERT INTO mailroom.mailbox_entries (lookup_id, position, sealed)
            SELECT * FROM UNNEST($1::BYTEA[], $2::BIGINT[], $3::BYTEA[])
            ON CONFLICT DO NOTHING
            RETURNING lookup_id, position",
            &lookup_ids as _,
            &positions,
            &sealed as _,
        )
        .fetch_all(&mut *transaction)
        .await
        .map_err(unavailable)?;
        let mut inserted: HashSet<_> = inserted
            .into_iter()
            .map(|row| (row.lookup_id, row.position))
            .collect();
        let mut outcomes = vec![Posted::Now; replies.len()];
        for at in order {
            let reply = &replies[at];
            let place = (reply.lookup_id.as_bytes().to_vec(), reply.position.into());
            if !inserted.remove(&place) {
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
        let ids: Vec<&[u8]> = ids.iter().map(|id| &id.as_bytes()[..]).collect();
        sqlx::query!(
            "DELETE FROM mailroom.envelopes WHERE id = ANY($1::BYTEA[])",
            &ids as _,
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    /// The index of the quarantine is over the whole row but the reason: a conflict is an identical
    /// row, so the one that is taken is kept either way.
    async fn quarantine(&self, id: EnvelopeId, reason: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH taken AS (
                DELETE FROM mailroom.envelopes WHERE id = $1
                RETURNING id, received_on, key_id, sealed
            )
            INSERT INTO mailroom.quarantine (id, received_on, key_id, sealed, reason)
            SELECT id, received_on, key_id, sealed, $2 FROM taken
            ON CONFLICT DO NOTHING",
            id.as_bytes(),
            reason,
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        let rows = sqlx::query_as!(
            QuarantineRow,
            "SELECT id, received_on, key_id, sealed, reason
            FROM mailroom.quarantine
            ORDER BY id, sealed",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(Quarantined::try_from).collect()
    }

    async fn reseal(
        &self,
        expected: KeyId,
        envelopes: &[SealedEnvelope],
    ) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        let mut resealed = 0;
        for envelope in envelopes {
            let done = sqlx::query!(
                "UPDATE mailroom.envelopes SET key_id = $3, sealed = $4 WHERE id = $1 AND key_id = $2",
                envelope.id.as_bytes(),
                expected.as_bytes(),
                envelope.key_id.as_bytes(),
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
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        let gone = sqlx::query!(
            "DELETE FROM mailroom.mailbox_entries WHERE lookup_id = $1",
            old.as_bytes(),
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        if gone.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!(
            "INSERT INTO mailroom.mailbox_entries (lookup_id, position, sealed) VALUES ($1, $2, $3)
            ON CONFLICT (lookup_id, position) DO UPDATE SET sealed = excluded.sealed",
            first.lookup_id.as_bytes(),
            i64::from(first.position),
            first.bytes,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(true)
    }

    async fn purge_mailbox(&self, id: LookupId) -> Result<(), StoreError> {
        sqlx::query!(
            "DELETE FROM mailroom.mailbox_entries WHERE lookup_id = $1",
            id.as_bytes(),
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn backlog(&self, key: KeyId) -> Result<Backlog, StoreError> {
        let counts = sqlx::query!(
            r#"SELECT
                (SELECT count(*) FROM mailroom.envelopes WHERE key_id = $1) AS "ours!",
                (SELECT count(*) FROM mailroom.envelopes WHERE key_id <> $1) AS "foreign!",
                (SELECT count(*) FROM mailroom.quarantine) AS "quarantined!""#,
            key.as_bytes(),
        )
        .fetch_one(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(Backlog {
            ours: Column("envelopes", "id").number(counts.ours)?,
            foreign: Column("envelopes", "id").number(counts.foreign)?,
            quarantined: Column("quarantine", "id").number(counts.quarantined)?,
        })
    }

    async fn chunk(&self, id: ChunkId) -> Result<Option<StoredChunk>, StoreError> {
        evidence::get(&self.pool, id).await
    }

    async fn remove_chunks(&self, ids: &[ChunkId]) -> Result<(), StoreError> {
        evidence::remove(&self.pool, ids).await
    }

    async fn pending_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        evidence::pending_days(&self.pool).await
    }

    async fn chunk_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        evidence::chunk_days(&self.pool).await
    }

    async fn sweep_chunks(&self, day: Date, limit: u32) -> Result<u64, StoreError> {
        evidence::sweep(&self.pool, day, limit).await
    }

    async fn forget_published_leaves(&self) -> Result<(), StoreError> {
        receipts::forget_published_leaves(&self.pool).await
    }

    async fn announcements(&self) -> Result<Vec<Announcement>, StoreError> {
        announcements::all(&self.pool).await
    }

    async fn announce(&self, announcements: &[Announcement]) -> Result<(), StoreError> {
        announcements::replace(&self.pool, announcements).await
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        rewrite_all(&self.pool, &REWRITES).await
    }
}
