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

/// Runs the statements of a rewrite as one transaction. It may take as long as the store is large, but
/// waits only so long for its locks.
pub(crate) async fn rewrite(pool: &PgPool, statements: &'static str) -> Result<(), StoreError> {
    let mut transaction = pool.begin().await.map_err(unavailable)?;
    sqlx::raw_sql("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'")
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    sqlx::raw_sql(statements)
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    transaction.commit().await.map_err(unavailable)
}
