//! The suite of all drivers on SQLite files, and what only files can show: their mode, their schema,
//! and the order of their bytes.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use sealing::EnvelopeId;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};
use store::StoreError;
use store::casefiles::CaseFiles;
use store::conformance::order::{
    Order, Trace, assert_orderless, kendall_tau, let_a_batch_arrive, let_case_chunks_arrive,
    let_cases_arrive, let_chunks_arrive, let_envelopes_arrive, let_members_arrive, places_in,
};
use store::conformance::{Fixture, TableColumn};
use store::mailroom::{IntakeMailroom as _, Mailroom, TriageMailroom as _};

use crate::{SqliteCaseFiles, SqliteMailroom};

/// A folder with both stores, removed at the end.
struct Files {
    folder: PathBuf,
}

impl Files {
    fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("guiando-store-sqlite-{}-{count}", std::process::id());
        Self {
            folder: std::env::temp_dir().join(name),
        }
    }

    fn path(&self, store: &str) -> PathBuf {
        self.folder.join(format!("{store}.db"))
    }

    fn url(&self, store: &str) -> String {
        format!("sqlite://{}", self.path(store).display())
    }

    /// A connection beside the driver's own.
    async fn raw(&self, store: &str) -> SqliteConnection {
        SqliteConnectOptions::new()
            .filename(self.path(store))
            .connect()
            .await
            .unwrap()
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

#[async_trait]
impl Fixture for Files {
    async fn fresh() -> Self {
        Self::new()
    }

    async fn mailroom(&self) -> Box<dyn Mailroom> {
        Box::new(SqliteMailroom::open(&self.url("mailroom")).await.unwrap())
    }

    async fn case_files(&self) -> Box<dyn CaseFiles> {
        Box::new(SqliteCaseFiles::open(&self.url("casefiles")).await.unwrap())
    }

    async fn spoil(&self, id: EnvelopeId) {
        let mut raw = self.raw("mailroom").await;
        sqlx::raw_sql("PRAGMA ignore_check_constraints = ON")
            .execute(&mut raw)
            .await
            .unwrap();
        let done = sqlx::query("UPDATE envelopes SET received_on = '2026-99-99' WHERE id = $1")
            .bind(id.as_bytes().as_slice())
            .execute(&mut raw)
            .await
            .unwrap();
        assert_eq!(done.rows_affected(), 1);
    }

    async fn tamper_with_the_log(&self) -> Vec<&'static str> {
        let mut raw = self.raw("casefiles").await;
        let mut taken = Vec::new();
        for statement in [
            "UPDATE case_log SET sealed = zeroblob(1024)",
            "UPDATE case_log SET position = position + 1",
            "DELETE FROM case_log",
            "DELETE FROM case_log WHERE position = 0",
            "REPLACE INTO case_log SELECT position, zeroblob(1024), hash, signature FROM case_log",
        ] {
            if sqlx::query(statement).execute(&mut raw).await.is_ok() {
                taken.push(statement);
            }
        }
        taken
    }

    async fn columns(&self, store: &str) -> BTreeSet<TableColumn> {
        let rows: Vec<TableColumn> = sqlx::query_as(
            "SELECT t.name, c.name
            FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
            WHERE t.schema = 'main' AND t.name <> 'sqlite_schema'",
        )
        .fetch_all(&mut self.raw(store).await)
        .await
        .unwrap();
        rows.into_iter().collect()
    }
}

store::suite!(Files);

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[tokio::test]
async fn a_new_store_is_its_owners_alone() {
    let files = Files::new();
    let (_mailroom, _case_files) = (files.mailroom().await, files.case_files().await);
    assert_eq!(mode(&files.folder), 0o700);
    for store in ["mailroom", "casefiles"] {
        for suffix in ["", "-wal", "-shm"] {
            assert_eq!(
                mode(&beside(&files.path(store), suffix)),
                0o600,
                "{store}{suffix}"
            );
        }
    }
}

#[tokio::test]
async fn a_path_may_stand_without_its_scheme() {
    let files = Files::new();
    let path = files.path("mailroom");
    SqliteMailroom::open(path.to_str().unwrap())
        .await
        .unwrap()
        .ping()
        .await
        .unwrap();
    assert!(path.exists());
}

#[tokio::test]
async fn what_is_no_file_is_refused() {
    for address in [
        "",
        "sqlite://",
        "postgres://localhost/x",
        "sqlite://:memory:",
    ] {
        let refused = SqliteMailroom::open(address).await.err();
        assert!(
            matches!(refused, Some(StoreError::Url)),
            "{address}: {refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_processes_may_open_a_new_store_at_once() {
    let files = Files::new();
    let url = files.url("mailroom");
    let opening: Vec<_> = (0..8)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { SqliteMailroom::open(&url).await.map(drop) })
        })
        .collect();
    for opened in opening {
        opened.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_store_of_a_newer_version_is_left_alone() {
    let files = Files::new();
    drop(files.mailroom().await);
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'from the future', TRUE, x'00', 0)",
    )
    .execute(&mut files.raw("mailroom").await)
    .await
    .unwrap();
    let refused = SqliteMailroom::open(&files.url("mailroom")).await.err();
    assert!(
        matches!(refused, Some(StoreError::Schema(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn what_no_version_writes_is_named_by_table_and_column() {
    let files = Files::new();
    let case_files = files.case_files().await;
    let mut samples = store::conformance::samples::Samples::new(90);
    let admission = samples.admission();
    case_files.admit(&admission).await.unwrap();
    sqlx::query("UPDATE cases SET state = 'EN_LA_LUNA'")
        .execute(&mut files.raw("casefiles").await)
        .await
        .unwrap();
    let refused = case_files.case(admission.case.folio).await.unwrap_err();
    assert!(
        matches!(
            refused,
            StoreError::Inconsistent {
                table: "cases",
                column: "state"
            }
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn every_connection_syncs_each_commit_and_overwrites_what_is_deleted() {
    let files = Files::new();
    let mailroom = SqliteMailroom::open(&files.url("mailroom")).await.unwrap();
    for pool in [mailroom.connections.writer(), &mailroom.connections.reader] {
        let mut connection = pool.acquire().await.unwrap();
        let settings: (String, i64, i64, i64, i64, i64) = sqlx::query_as(
            "SELECT journal_mode, synchronous, secure_delete, foreign_keys, trusted_schema, temp_store
            FROM pragma_journal_mode, pragma_synchronous, pragma_secure_delete,
                pragma_foreign_keys, pragma_trusted_schema, pragma_temp_store",
        )
        .fetch_one(&mut *connection)
        .await
        .unwrap();
        assert_eq!(settings, ("wal".to_owned(), 2, 1, 1, 0, 2));
    }
}

#[tokio::test]
async fn no_table_has_a_row_number_a_loose_type_or_a_time_of_day() {
    let files = Files::new();
    drop((files.mailroom().await, files.case_files().await));
    for store in ["mailroom", "casefiles"] {
        let mut raw = files.raw(store).await;
        let tables: Vec<(String, bool, bool)> = sqlx::query_as(
            "SELECT name, wr, strict FROM pragma_table_list
            WHERE schema = 'main' AND name <> 'sqlite_schema'",
        )
        .fetch_all(&mut raw)
        .await
        .unwrap();
        assert!(tables.len() > 3);
        for (table, without_rowid, strict) in tables {
            assert!(without_rowid, "{table} has row numbers");
            assert!(
                strict || table == "_sqlx_migrations",
                "{table} is not STRICT"
            );
        }
        let installed: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT CAST(installed_on AS TEXT) FROM _sqlx_migrations")
                .fetch_all(&mut raw)
                .await
                .unwrap();
        assert_eq!(installed, [("1970-01-01".to_owned(),)]);
    }
}

#[tokio::test]
async fn what_is_removed_leaves_no_bytes_after_the_shuffle() {
    let files = Files::new();
    let mailroom = files.mailroom().await;
    let mut samples = store::conformance::samples::Samples::new(91);
    let key = samples.id();
    let deposit = samples.deposit(key);
    mailroom
        .deposit(std::slice::from_ref(&deposit))
        .await
        .unwrap();
    mailroom.remove(deposit.envelope.id).await.unwrap();
    mailroom.shuffle().await.unwrap();
    let file = std::fs::read(files.path("mailroom")).unwrap();
    for mark in deposit.envelope.bytes.chunks_exact(16) {
        assert!(!file.windows(16).any(|window| window == mark));
    }
}

#[tokio::test]
async fn what_is_no_day_is_refused() {
    let files = Files::new();
    drop(files.mailroom().await);
    let mut raw = files.raw("mailroom").await;
    for (day, is_taken) in [
        ("2028-02-29", true),
        ("2026-02-29", false),
        ("2026-99-99", false),
        ("2026-03-17 10:00", false),
        ("now", false),
        ("", false),
    ] {
        let done = sqlx::query(
            "INSERT INTO envelopes (id, received_on, key_id, sealed)
            VALUES (randomblob(16), $1, x'0000000000000000', zeroblob(4096))",
        )
        .bind(day)
        .execute(&mut raw)
        .await;
        assert_eq!(done.is_ok(), is_taken, "{day}: {done:?}");
    }
}

#[tokio::test]
async fn the_copy_of_the_shuffle_lies_beside_the_store() {
    let files = Files::new();
    let mailroom = SqliteMailroom::open(&files.url("mailroom")).await.unwrap();
    mailroom.shuffle().await.unwrap();
    let mut connection = mailroom.connections.writer().acquire().await.unwrap();
    let settings: (i64, i64) =
        sqlx::query_as("SELECT temp_store, timeout FROM pragma_temp_store, pragma_busy_timeout")
            .fetch_one(&mut *connection)
            .await
            .unwrap();
    assert_eq!(settings, (2, 30_000), "as before");
    // Of the whole process, so another test may have set its own.
    let folder: (String,) = sqlx::query_as("PRAGMA temp_store_directory")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    let name = Path::new(&folder.0).file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("guiando-store-sqlite-"), "{name}");
}

/// Where every mark lies in the main file; the log must be empty, or it would have to be read too.
fn orders(files: &Files, store: &str, traces: &[Trace]) -> Vec<Order> {
    let path = files.path(store);
    let log = std::fs::metadata(beside(&path, "-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "the log is not empty");
    let file = std::fs::read(path).unwrap();
    traces
        .iter()
        .flat_map(|trace| places_in(&file, trace))
        .collect()
}

async fn empty_the_log(files: &Files, store: &str) {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut files.raw(store).await)
        .await
        .unwrap();
}

/// Whether the measure sees an order where there is one: rows as they came, before any shuffle.
fn assert_some_order(orders: &[Order]) {
    let strongest = orders
        .iter()
        .map(|order| {
            let arrival: Vec<u64> = (0..).take(order.places.len()).collect();
            kendall_tau(&arrival, &order.places)
        })
        .fold(0.0, f64::max);
    assert!(strongest > 0.9, "the strongest tau is {strongest:.3}");
}

#[tokio::test]
async fn after_the_shuffle_the_mailroom_file_tells_no_order() {
    let files = Files::new();
    let mailroom = files.mailroom().await;
    let traces = let_envelopes_arrive(&*mailroom).await;
    empty_the_log(&files, "mailroom").await;
    assert_some_order(&orders(&files, "mailroom", &traces));

    mailroom.shuffle().await.unwrap();

    assert_orderless(&orders(&files, "mailroom", &traces), |_, _| false);
}

#[tokio::test]
async fn after_the_shuffle_the_chunks_tell_no_order() {
    let files = Files::new();
    let mailroom = files.mailroom().await;
    let traces = let_chunks_arrive(&*mailroom).await;
    empty_the_log(&files, "mailroom").await;
    assert_some_order(&orders(&files, "mailroom", &traces));

    mailroom.shuffle().await.unwrap();

    assert_orderless(&orders(&files, "mailroom", &traces), |_, _| false);
}

#[tokio::test]
async fn after_the_shuffle_the_chunks_of_a_case_tell_no_order() {
    let files = Files::new();
    let case_files = files.case_files().await;
    let traces = let_case_chunks_arrive(&*case_files).await;
    empty_the_log(&files, "casefiles").await;
    assert_some_order(&orders(&files, "casefiles", &traces));

    case_files.shuffle().await.unwrap();

    assert_orderless(&orders(&files, "casefiles", &traces), |_, _| false);
}

#[tokio::test]
async fn after_the_shuffle_the_case_file_tells_no_order() {
    let files = Files::new();
    let case_files = files.case_files().await;
    let traces = let_cases_arrive(&*case_files).await;
    empty_the_log(&files, "casefiles").await;
    assert_some_order(&orders(&files, "casefiles", &traces));

    case_files.shuffle().await.unwrap();

    assert_orderless(&orders(&files, "casefiles", &traces), joins_in_clear);
}

#[tokio::test]
async fn a_batch_of_cases_tells_no_order_from_the_beginning() {
    let files = Files::new();
    let case_files = files.case_files().await;
    let traces = let_a_batch_arrive(&*case_files).await;
    empty_the_log(&files, "casefiles").await;

    assert_orderless(&orders(&files, "casefiles", &traces), joins_in_clear);
}

#[tokio::test]
async fn after_the_shuffle_members_and_their_cases_tell_no_order() {
    let files = Files::new();
    let case_files = files.case_files().await;
    let traces = let_members_arrive(&*case_files).await;
    empty_the_log(&files, "casefiles").await;
    assert_some_order(&orders(&files, "casefiles", &traces));

    case_files.shuffle().await.unwrap();

    assert_orderless(&orders(&files, "casefiles", &traces), joins_in_clear);
}

/// A case, its keys and its documents name one another in clear.
fn joins_in_clear(one: &str, other: &str) -> bool {
    let of_a_case =
        |table: &str| ["cases", "case_keys", "case_rings", "documents"].contains(&table);
    of_a_case(one) && of_a_case(other)
}
