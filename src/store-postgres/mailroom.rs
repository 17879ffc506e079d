//! The mailroom in PostgreSQL.

use async_trait::async_trait;
use mailbox::SealedEntry;
use sealing::{EnvelopeId, KeyId, LookupId, SealedEnvelope};
use sqlx::PgPool;
use store::StoreError;
use store::mailroom::{Backlog, Deposit, IntakeMailroom, Quarantined, TriageMailroom};

use crate::connect::{self, rewrite, schema};
use crate::failure::unavailable;
use crate::rows::{Column, EntryRow, EnvelopeRow, QuarantineRow};

/// The rewrite of each table, in a transaction of its own so that no table is locked for longer than
/// its own rewrite.
const REWRITES: [&str; 3] = [
    "LOCK TABLE mailroom.mailbox_entries IN ACCESS EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE aside ON COMMIT DROP AS SELECT * FROM mailroom.mailbox_entries;
    TRUNCATE mailroom.mailbox_entries;
    INSERT INTO mailroom.mailbox_entries SELECT * FROM pg_temp.aside ORDER BY lookup_id, position",
    "LOCK TABLE mailroom.envelopes IN ACCESS EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE aside ON COMMIT DROP AS SELECT * FROM mailroom.envelopes;
    TRUNCATE mailroom.envelopes;
    INSERT INTO mailroom.envelopes SELECT * FROM pg_temp.aside ORDER BY id",
    "LOCK TABLE mailroom.quarantine IN ACCESS EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE aside ON COMMIT DROP AS SELECT * FROM mailroom.quarantine;
    TRUNCATE mailroom.quarantine;
    INSERT INTO mailroom.quarantine SELECT * FROM pg_temp.aside ORDER BY id",
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
        sqlx::query!(
            "WITH deposits AS (
                SELECT * FROM UNNEST(
                    $1::BYTEA[], $2::TEXT[], $3::BYTEA[], $4::BYTEA[],
                    $5::BYTEA[], $6::BIGINT[], $7::BYTEA[]
                ) AS deposit (id, received_on, key_id, sealed, lookup_id, position, reply)
            ),
            entries AS (
                INSERT INTO mailroom.mailbox_entries (lookup_id, position, sealed)
                SELECT lookup_id, position, reply
                FROM deposits
                WHERE lookup_id IS NOT NULL
                ORDER BY lookup_id, position
                ON CONFLICT DO NOTHING
                RETURNING lookup_id, position
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
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn mailbox(&self, id: LookupId) -> Result<Vec<SealedEntry>, StoreError> {
        let rows = sqlx::query_as!(
            EntryRow,
            "SELECT lookup_id, position, sealed
            FROM mailroom.mailbox_entries
            WHERE lookup_id = $1
            ORDER BY position",
            id.as_bytes(),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter()
            .map(|row| row.into_entry("mailbox_entries"))
            .collect()
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
        except: &[EnvelopeId],
        limit: u32,
    ) -> Result<Vec<SealedEnvelope>, StoreError> {
        let except: Vec<&[u8]> = except.iter().map(|id| &id.as_bytes()[..]).collect();
        let rows = sqlx::query_as!(
            EnvelopeRow,
            "SELECT id, received_on, key_id, sealed
            FROM mailroom.envelopes
            WHERE key_id = $1 AND id <> ALL ($2::BYTEA[])
            ORDER BY id
            LIMIT $3",
            key.as_bytes(),
            &except as _,
            i64::from(limit),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(SealedEnvelope::try_from).collect()
    }

    async fn post(&self, reply: &SealedEntry) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO mailroom.mailbox_entries (lookup_id, position, sealed)
            VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING",
            reply.lookup_id.as_bytes(),
            i64::from(reply.position),
            reply.bytes,
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn remove(&self, id: EnvelopeId) -> Result<(), StoreError> {
        sqlx::query!(
            "DELETE FROM mailroom.envelopes WHERE id = $1",
            id.as_bytes()
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

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
            "SELECT id, received_on, key_id, sealed, reason FROM mailroom.quarantine ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(Quarantined::try_from).collect()
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

    async fn shuffle(&self) -> Result<(), StoreError> {
        for statements in REWRITES {
            rewrite(&self.pool, statements).await?;
        }
        Ok(())
    }
}
