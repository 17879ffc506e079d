//! Opening a file: who may read it, how it is synced, and its schema.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Sqlite, SqliteConnection, SqlitePool, Transaction};
use store::StoreError;

use crate::failure::{migration, unavailable};

/// How long a statement waits for another process. Intake and triage write to one file, and the daily
/// rewrite holds it for as long as it takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Connections that only read. Reading is fast and SQLite's readers never wait for its writer.
const READERS: u32 = 4;

/// How often a busy step of opening is tried again, and after how long.
const ATTEMPTS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// How often the log is tried to be emptied while others read, each time for half a second: ten
/// seconds in all, for which writers of this process wait.
const EMPTYINGS: u32 = 18;

/// The sqlx bookkeeping of migrations, made before sqlx makes it: its own would note the second at
/// which each was applied.
const MIGRATIONS_TABLE: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY NOT NULL,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT '1970-01-01',
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
) WITHOUT ROWID";

/// An open file: one connection that writes, so that writers of this process queue here and not at
/// the file's lock, and a few that read.
pub(crate) struct Connections {
    writer: SqlitePool,
    pub(crate) reader: SqlitePool,
    /// Where the file is.
    folder: PathBuf,
}

impl Connections {
    /// Opens the file, creating it when absent, and brings its schema up to date.
    pub(crate) async fn open(address: &str, migrator: &Migrator) -> Result<Self, StoreError> {
        let path = path(address)?;
        create(path).map_err(failed)?;
        let folder = std::path::absolute(path).map_err(failed)?;
        let folder = folder.parent().unwrap_or(&folder).to_owned();
        let options = options(path);

        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_lazy_with(options.clone());
        migrate(&writer, migrator).await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_lazy_with(options);
        Ok(Self {
            writer,
            reader,
            folder,
        })
    }

    /// Starts a unit of work. It takes the file's write lock at once: a transaction that reads first
    /// and asks for the lock later is refused without waiting.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.writer
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(unavailable)
    }

    #[cfg(test)]
    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// Rewrites the file table by table in the order of the primary keys, and empties the log.
    ///
    /// Every table is WITHOUT ROWID, so its rows lie in the tree of their random ids; what tells
    /// their order of arrival is on which page a row and its overflow landed. VACUUM copies all of
    /// it in key order into new pages. The log still holds the old pages, so it is cut to nothing.
    ///
    /// The copy is a temporary file beside the store, as large as the store: in memory it could take
    /// all that there is. SQLite gives it mode 0600 and removes its name as soon as it is open.
    pub(crate) async fn shuffle(&self) -> Result<(), StoreError> {
        let mut connection = self.writer.acquire().await.map_err(unavailable)?;
        let done = match self.vacuum(&mut connection).await {
            Ok(()) => empty_the_log(&mut connection).await,
            Err(error) => Err(error),
        };
        let patience = format!("PRAGMA busy_timeout = {}", PATIENCE.as_millis());
        let restored = sqlx::raw_sql(AssertSqlSafe(patience + "; PRAGMA temp_store = MEMORY"))
            .execute(&mut *connection)
            .await;
        done?;
        restored.map_err(unavailable)?;
        Ok(())
    }

    async fn vacuum(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        // The folder counts for the whole process, in which no other connection uses a file. SQLite
        // has a lock around it, and would fall back on a shared folder if it were not told at all.
        let folder = self.folder.to_str().filter(|path| !path.contains('\0'));
        if let Some(folder) = folder {
            let folder = folder.replace('\'', "''");
            let settings = format!("PRAGMA temp_store_directory = '{folder}'");
            sqlx::raw_sql(AssertSqlSafe(settings + "; PRAGMA temp_store = FILE"))
                .execute(&mut *connection)
                .await
                .map_err(unavailable)?;
        }
        sqlx::query("VACUUM")
            .execute(connection)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

/// Cuts the log to nothing, which takes a moment in which nobody reads what is in it.
async fn empty_the_log(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query("PRAGMA busy_timeout = 500")
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    for _ in 0..EMPTYINGS {
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut *connection)
            .await
            .map_err(unavailable)?;
        if busy == 0 {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(failed(io::Error::new(
        ErrorKind::ResourceBusy,
        "the log could not be emptied while another process reads",
    )))
}

fn failed(error: io::Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

/// The path in `sqlite://PATH`; a bare path is taken as it is.
fn path(address: &str) -> Result<&Path, StoreError> {
    let path = address.strip_prefix("sqlite://").unwrap_or(address);
    if path.is_empty() || path.contains("://") || path.contains(":memory:") {
        return Err(StoreError::Url);
    }
    Ok(Path::new(path))
}

/// Creates the file for its owner alone, before SQLite would create it for everybody that the umask
/// lets in. SQLite gives its log and shared-memory files the mode of the main file.
fn create(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    match OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        // The new name must outlive a power cut as well.
        Ok(_) => File::open(folder.unwrap_or(Path::new(".")))?.sync_all(),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .busy_timeout(PATIENCE)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL, which many advise beside WAL, loses acknowledged rows at a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten.
        .pragma("secure_delete", "ON")
        // Nothing in the file's own schema may call functions of the program.
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        // No temporary files, least of all in a shared folder; the daily rewrite alone takes one.
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging()
}

/// Brings the schema up to date in one transaction under the write lock, so that two processes that
/// start together do it one after the other (sqlx takes no lock on SQLite).
async fn migrate(writer: &SqlitePool, migrator: &Migrator) -> Result<(), StoreError> {
    // The first connection turns the log on, which SQLite refuses at once while another process is
    // at the same, however long it was told to wait.
    let mut attempt = 0;
    let mut transaction = loop {
        match writer.begin_with("BEGIN IMMEDIATE").await {
            Ok(transaction) => break transaction,
            Err(error) if attempt < ATTEMPTS && is_busy(&error) => attempt += 1,
            Err(error) => return Err(unavailable(error)),
        }
        tokio::time::sleep(PAUSE).await;
    };
    sqlx::query(MIGRATIONS_TABLE)
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
    migrator
        .run_direct(None, &mut *transaction, false)
        .await
        .map_err(migration)?;
    transaction.commit().await.map_err(unavailable)
}

fn is_busy(error: &sqlx::Error) -> bool {
    // SQLITE_BUSY and SQLITE_LOCKED, whose low byte is what the extended codes share.
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.and_then(|code| code.parse::<i64>().ok())
        .is_some_and(|code| matches!(code & 0xff, 5 | 6))
}
