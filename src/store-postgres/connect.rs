//! Connecting to a server: durability, limits, silence, and the schema.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool};
use store::StoreError;

use crate::failure::{migration, unavailable};

/// Connections of one open store. A few processes of each service fit into a server's default of 100.
const CONNECTIONS: u32 = 8;

/// How long a statement may take before it counts as failed; waiting for the daily rewrite included.
const STATEMENT_TIMEOUT: &str = "30s";

/// How long a unit of work waits for a connection, whether all are busy or the server is away.
const PATIENCE: Duration = Duration::from_secs(10);

/// A store's own schema. The two stores may share a database, and sqlx keeps one bookkeeping table
/// for each set of migrations, so that table lies in the schema as well.
pub(crate) struct Schema {
    /// The name, and with it the statements that need it: sqlx takes no SQL made at run time.
    pub(crate) bookkeeping: &'static str,
    pub(crate) exists: &'static str,
    pub(crate) applied: &'static str,
    pub(crate) create: &'static str,
}

/// The statements that open a schema. The bookkeeping table is made before sqlx makes it: its own
/// would note the second at which each migration was applied. Two processes that start together
/// queue at the advisory lock, since even `IF NOT EXISTS` fails when both are at it.
macro_rules! schema {
    ($name:literal) => {
        $crate::connect::Schema {
            bookkeeping: concat!($name, "._sqlx_migrations"),
            exists: concat!(
                "SELECT to_regclass('",
                $name,
                "._sqlx_migrations') IS NOT NULL"
            ),
            applied: concat!(
                "SELECT version, checksum FROM ",
                $name,
                "._sqlx_migrations ORDER BY version"
            ),
            create: concat!(
                "BEGIN;
                SELECT pg_advisory_xact_lock(hashtext('guiando schema'));
                CREATE SCHEMA IF NOT EXISTS ",
                $name,
                ";
                CREATE TABLE IF NOT EXISTS ",
                $name,
                "._sqlx_migrations (
                    version BIGINT PRIMARY KEY,
                    description TEXT NOT NULL,
                    installed_on TIMESTAMPTZ NOT NULL DEFAULT 'epoch',
                    success BOOLEAN NOT NULL,
                    checksum BYTEA NOT NULL,
                    execution_time BIGINT NOT NULL
                );
                COMMIT"
            ),
        }
    };
}
pub(crate) use schema;

/// Connects and brings the schema up to date.
pub(crate) async fn open(
    url: &str,
    schema: &Schema,
    mut migrator: Migrator,
) -> Result<PgPool, StoreError> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(StoreError::Url);
    }
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Url)?
        // What the server's list of sessions and its log call us: nothing that tells the services
        // apart.
        .application_name("guiando")
        .options([
            // Acknowledged means synced, whatever the server's default is.
            ("synchronous_commit", "on"),
            ("statement_timeout", STATEMENT_TIMEOUT),
            ("idle_in_transaction_session_timeout", STATEMENT_TIMEOUT),
        ])
        .disable_statement_logging();
    // Not from a pool, which would go on trying while the server refuses.
    let mut connection = options.connect().await.map_err(unavailable)?;
    if !is_current(&mut connection, schema, &migrator).await? {
        sqlx::raw_sql(schema.create)
            .execute(&mut connection)
            .await
            .map_err(unavailable)?;
        migrator.dangerous_set_table_name(schema.bookkeeping);
        migrator
            .run_direct(None, &mut connection, false)
            .await
            .map_err(migration)?;
    }
    connection.close().await.map_err(unavailable)?;
    Ok(PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options))
}

/// Whether there is nothing to do, so that a role that may not create anything can open a store that
/// another has prepared.
async fn is_current(
    connection: &mut PgConnection,
    schema: &Schema,
    migrator: &Migrator,
) -> Result<bool, StoreError> {
    let exists: bool = sqlx::query_scalar(schema.exists)
        .fetch_one(&mut *connection)
        .await
        .map_err(unavailable)?;
    if !exists {
        return Ok(false);
    }
    let applied: Vec<(i64, Vec<u8>)> = sqlx::query_as(schema.applied)
        .fetch_all(connection)
        .await
        .map_err(unavailable)?;
    let ours = migrator
        .iter()
        .map(|migration| (migration.version, &*migration.checksum));
    Ok(ours.eq(applied
        .iter()
        .map(|(version, checksum)| (*version, checksum.as_slice()))))
}

/// How a table is written again in another order.
pub(crate) struct Rewrite {
    pub(crate) reorder: &'static str,
    pub(crate) vacuum: &'static str,
    pub(crate) file: &'static str,
    pub(crate) is_settled: &'static str,
}

/// The statements that rewrite a table in an order.
///
/// The first deletes every row and writes it again, in one statement: it sorts what it deleted, so
/// nothing is written before all is deleted. Nobody sees the table half done, nor empty, not even an
/// older snapshot. The second gives the table new files without the deleted rows. It keeps those that
/// an older snapshot may still see; an index counts them in its `reltuples` and the table does not, by
/// which they are noticed.
macro_rules! rewrite {
    ($table:literal, $order:literal) => {
        $crate::connect::Rewrite {
            reorder: concat!(
                "BEGIN;
                LOCK TABLE ",
                $table,
                " IN EXCLUSIVE MODE;
                WITH rows AS (DELETE FROM ",
                $table,
                " RETURNING *)
                INSERT INTO ",
                $table,
                " SELECT * FROM rows ORDER BY ",
                $order,
                ";
                COMMIT"
            ),
            vacuum: concat!("VACUUM (FULL) ", $table),
            file: concat!(
                "SELECT pg_relation_filenode('",
                $table,
                "'::REGCLASS)::BIGINT"
            ),
            is_settled: concat!(
                "SELECT NOT EXISTS (
                    SELECT FROM pg_index
                    JOIN pg_class AS heap ON heap.oid = indrelid
                    JOIN pg_class AS index ON index.oid = indexrelid
                    WHERE indrelid = '",
                $table,
                "'::REGCLASS AND index.reltuples > greatest(heap.reltuples, 0)
                )"
            ),
        }
    };
}
pub(crate) use rewrite;

/// How often it is asked whether older work has ended, and after how long: ten seconds in all.
const QUESTIONS: u32 = 100;
const INTERVAL: Duration = Duration::from_millis(100);

/// How often a table is cleared of rows that an older snapshot may still see, and after how long.
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(200);

/// Rewrites tables, on a connection of its own: a rewrite may take as long as the store is large, but
/// waits only so long for its locks.
pub(crate) async fn rewrite_all(pool: &PgPool, rewrites: &[Rewrite]) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await.map_err(unavailable)?.detach();
    let done = rewrite_on(&mut connection, rewrites).await;
    // Its transaction, if one failed, goes with it.
    drop(connection.close().await);
    done
}

async fn rewrite_on(connection: &mut PgConnection, rewrites: &[Rewrite]) -> Result<(), StoreError> {
    let limits = "SET statement_timeout = 0; SET lock_timeout = '30s'";
    execute(connection, limits).await?;
    for rewrite in rewrites {
        execute(connection, rewrite.reorder).await?;
    }
    wait_for_older_work(connection).await?;
    let mut left = Ok(());
    for rewrite in rewrites {
        left = left.and(clear(connection, rewrite).await?);
    }
    left.map_err(|reason: &str| StoreError::Unavailable(reason.into()))
}

/// Waits for the transactions that were at work when this begins, on the whole server: as long as one
/// is, VACUUM keeps what was deleted after its beginning. If it stays, what is kept is noticed later.
async fn wait_for_older_work(connection: &mut PgConnection) -> Result<(), StoreError> {
    let now = "SELECT pg_snapshot_xmax(pg_current_snapshot())::TEXT";
    let now: String = fetch(connection, now).await?;
    for _ in 0..QUESTIONS {
        let is_over: bool = sqlx::query_scalar(
            "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= CAST($1 AS TEXT)::XID8",
        )
        .bind(&now)
        .fetch_one(&mut *connection)
        .await
        .map_err(unavailable)?;
        if is_over {
            break;
        }
        tokio::time::sleep(INTERVAL).await;
    }
    Ok(())
}

/// Gives a table new files without the rows that were deleted, or says why it could not.
async fn clear(
    connection: &mut PgConnection,
    rewrite: &Rewrite,
) -> Result<Result<(), &'static str>, StoreError> {
    let before: i64 = fetch(connection, rewrite.file).await?;
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            tokio::time::sleep(PAUSE).await;
        }
        execute(connection, rewrite.vacuum).await?;
        // To whoever may not, VACUUM gives a warning and no error.
        if before == fetch::<i64>(connection, rewrite.file).await? {
            return Ok(Err("only the owner of a table may rewrite it"));
        }
        if fetch(connection, rewrite.is_settled).await? {
            return Ok(Ok(()));
        }
    }
    Ok(Err(
        "an older transaction may still see the rows as they lay",
    ))
}

async fn execute(
    connection: &mut PgConnection,
    statements: &'static str,
) -> Result<(), StoreError> {
    sqlx::raw_sql(statements)
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

async fn fetch<T>(connection: &mut PgConnection, query: &'static str) -> Result<T, StoreError>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    sqlx::query_scalar(query)
        .fetch_one(connection)
        .await
        .map_err(unavailable)
}
