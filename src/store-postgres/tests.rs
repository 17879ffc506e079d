//! The suite of all drivers on a PostgreSQL server, and what only a server can show: what a role may
//! do, and the order of rows in its files.
//!
//! The server is the one at `GUIANDO_TEST_POSTGRES_URL`; `.ci/with-postgres` starts one. Without it
//! these tests fail.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use sealing::EnvelopeId;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection};
use store::StoreError;
use store::casefiles::CaseFiles;
use store::conformance::order::{
    MARK, Order, Trace, assert_orderless, kendall_tau, let_a_batch_arrive, let_case_chunks_arrive,
    let_cases_arrive, let_chunks_arrive, let_envelopes_arrive, let_members_arrive, places_in,
};
use store::conformance::samples::Samples;
use store::conformance::{Fixture, TableColumn};
use store::mailroom::{Announcement, Chosen, IntakeMailroom as _, Mailroom, TriageMailroom as _};

use crate::{PgCaseFiles, PgMailroom};

fn server() -> String {
    std::env::var("GUIANDO_TEST_POSTGRES_URL").expect(
        "these tests need a server: run `.ci/with-postgres cargo test -p store-postgres`, or name \
         one in GUIANDO_TEST_POSTGRES_URL",
    )
}

/// A database of its own with both stores in it, dropped at the end.
struct Database {
    name: String,
}

impl Database {
    async fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("guiando_test_{}_{count}", std::process::id());
        execute(&server(), format!("CREATE DATABASE {name}")).await;
        Self { name }
    }

    fn url(&self) -> String {
        self.url_as(None)
    }

    fn url_as(&self, role: Option<&str>) -> String {
        let mut options = PgConnectOptions::from_str(&server())
            .unwrap()
            .database(&self.name);
        if let Some(role) = role {
            options = options.username(role);
        }
        options.to_url_lossy().into()
    }

    async fn raw(&self) -> PgConnection {
        PgConnectOptions::from_str(&self.url())
            .unwrap()
            .connect()
            .await
            .unwrap()
    }
}

/// Runs SQL that has names in it; only tests may make SQL at run time.
async fn execute(url: &str, statements: String) {
    let mut connection = PgConnectOptions::from_str(url)
        .unwrap()
        .connect()
        .await
        .unwrap();
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(&mut connection)
        .await
        .unwrap();
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop_it = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A destructor can't wait, and the test's own runtime may be the thread that it is on.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(execute(&server(), drop_it));
        });
        drop(dropping.join());
    }
}

#[async_trait]
impl Fixture for Database {
    async fn fresh() -> Self {
        Self::new().await
    }

    async fn mailroom(&self) -> Box<dyn Mailroom> {
        Box::new(PgMailroom::open(&self.url()).await.unwrap())
    }

    async fn case_files(&self) -> Box<dyn CaseFiles> {
        Box::new(PgCaseFiles::open(&self.url()).await.unwrap())
    }

    async fn spoil(&self, id: EnvelopeId) {
        let mut raw = self.raw().await;
        sqlx::raw_sql("ALTER TABLE mailroom.envelopes DROP CONSTRAINT envelopes_received_on_check")
            .execute(&mut raw)
            .await
            .unwrap();
        let done =
            sqlx::query("UPDATE mailroom.envelopes SET received_on = '2026-99-99' WHERE id = $1")
                .bind(id.as_bytes())
                .execute(&mut raw)
                .await
                .unwrap();
        assert_eq!(done.rows_affected(), 1);
    }

    async fn tamper_with_the_log(&self) -> Vec<&'static str> {
        let mut raw = self.raw().await;
        let mut taken = Vec::new();
        for statement in [
            "UPDATE casefiles.case_log SET sealed = decode(repeat('00', 1024), 'hex')",
            "UPDATE casefiles.case_log SET position = position + 1",
            "DELETE FROM casefiles.case_log",
            "DELETE FROM casefiles.case_log WHERE position = 0",
            "TRUNCATE casefiles.case_log",
            "INSERT INTO casefiles.case_log SELECT * FROM casefiles.case_log
            ON CONFLICT (position) DO UPDATE SET hash = excluded.hash",
        ] {
            if sqlx::query(statement).execute(&mut raw).await.is_ok() {
                taken.push(statement);
            }
        }
        taken
    }

    async fn columns(&self, store: &str) -> BTreeSet<TableColumn> {
        let rows: Vec<TableColumn> = sqlx::query_as(
            "SELECT table_name::TEXT, column_name::TEXT
            FROM information_schema.columns
            WHERE table_schema = $1",
        )
        .bind(store)
        .fetch_all(&mut self.raw().await)
        .await
        .unwrap();
        rows.into_iter().collect()
    }
}

store::suite!(Database);

#[tokio::test]
async fn what_is_no_server_is_refused() {
    for address in [
        "",
        "data/mailroom.db",
        "sqlite://x",
        "postgres://[",
        "mysql://x/y",
    ] {
        let refused = PgMailroom::open(address).await.err();
        assert!(
            matches!(refused, Some(StoreError::Url)),
            "{address}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_unavailable() {
    let refused = PgMailroom::open("postgres://nobody@127.0.0.1:1/none")
        .await
        .err();
    assert!(
        matches!(refused, Some(StoreError::Unavailable(_))),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_processes_may_open_new_stores_at_once() {
    let database = Database::new().await;
    let url = database.url();
    let opening: Vec<_> = (0..8)
        .map(|number| {
            let url = url.clone();
            tokio::spawn(async move {
                if number % 2 == 0 {
                    PgMailroom::open(&url).await.map(drop)
                } else {
                    PgCaseFiles::open(&url).await.map(drop)
                }
            })
        })
        .collect();
    for opened in opening {
        opened.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_store_of_a_newer_version_is_left_alone() {
    let database = Database::new().await;
    drop(database.mailroom().await);
    let future = "INSERT INTO mailroom._sqlx_migrations
        (version, description, success, checksum, execution_time)
        VALUES (9999, 'from the future', TRUE, '\\x00', 0)";
    execute(&database.url(), future.to_owned()).await;
    let refused = PgMailroom::open(&database.url()).await.err();
    assert!(
        matches!(refused, Some(StoreError::Schema(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn what_no_version_writes_is_named_by_table_and_column() {
    let database = Database::new().await;
    let case_files = database.case_files().await;
    let admission = Samples::new(90).admission();
    case_files.admit(&admission).await.unwrap();
    execute(
        &database.url(),
        "UPDATE casefiles.cases SET state = 'EN_LA_LUNA'".to_owned(),
    )
    .await;
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
async fn every_connection_syncs_each_commit() {
    let database = Database::new().await;
    let mailroom = PgMailroom::open(&database.url()).await.unwrap();
    let settings: (String, String, String) = sqlx::query_as(
        "SELECT current_setting('synchronous_commit'), current_setting('statement_timeout'),
            current_setting('application_name')",
    )
    .fetch_one(&mailroom.pool)
    .await
    .unwrap();
    assert_eq!(
        settings,
        ("on".to_owned(), "30s".to_owned(), "guiando".to_owned())
    );
}

#[tokio::test]
async fn no_table_has_a_sequence_a_loose_type_or_a_time_of_day() {
    let database = Database::new().await;
    drop((database.mailroom().await, database.case_files().await));
    let mut raw = database.raw().await;
    let sequences: Vec<(String,)> =
        sqlx::query_as("SELECT sequence_name::TEXT FROM information_schema.sequences")
            .fetch_all(&mut raw)
            .await
            .unwrap();
    assert!(sequences.is_empty(), "{sequences:?}");
    let types: Vec<(String,)> = sqlx::query_as(
        "SELECT DISTINCT data_type::TEXT FROM information_schema.columns
        WHERE table_schema IN ('mailroom', 'casefiles') AND table_name <> '_sqlx_migrations'
        ORDER BY 1",
    )
    .fetch_all(&mut raw)
    .await
    .unwrap();
    assert_eq!(
        types,
        ["bigint", "bytea", "text"].map(|name| (name.to_owned(),))
    );
    let installed: Vec<(bool,)> = sqlx::query_as(
        "SELECT DISTINCT installed_on = 'epoch' FROM (
            SELECT installed_on FROM mailroom._sqlx_migrations
            UNION ALL SELECT installed_on FROM casefiles._sqlx_migrations
        ) AS migrations",
    )
    .fetch_all(&mut raw)
    .await
    .unwrap();
    assert_eq!(installed, [(true,)]);
}

#[tokio::test]
async fn intake_needs_no_right_to_read_an_envelope() {
    let database = Database::new().await;
    drop((database.mailroom().await, database.case_files().await));
    let role = format!("{}_intake", database.name);
    let grants = format!(
        "CREATE ROLE {role} LOGIN;
        GRANT USAGE ON SCHEMA mailroom TO {role};
        GRANT SELECT ON mailroom._sqlx_migrations TO {role};
        GRANT INSERT ON mailroom.envelopes, mailroom.evidence_chunks TO {role};
        GRANT SELECT, INSERT ON mailroom.mailbox_entries, mailroom.receipt_leaves,
            mailroom.receipt_trees TO {role};
        GRANT SELECT ON mailroom.announced_calendars TO {role};"
    );
    execute(&database.url(), grants).await;
    let mut samples = Samples::new(92);
    let key = samples.id();
    let deposits = [samples.deposit(key), samples.deposit(key)];

    let url = database.url_as(Some(&role));
    let intake = PgMailroom::open(&url).await.unwrap();
    for _ in 0..2 {
        intake.deposit(&deposits).await.unwrap();
    }
    let lookup_id = deposits[0].first_entry.as_ref().unwrap().lookup_id;
    assert_eq!(intake.mailbox(lookup_id).await.unwrap().len(), 1);
    let words = samples.chosen_words(key, deposits[0].envelope.id, lookup_id);
    let of_another_letter = intake.choose_words(&words).await.unwrap();
    assert_eq!(of_another_letter, Chosen::TooLate);
    let id = samples.id();
    let words = samples.chosen_words(key, id, lookup_id);
    for chosen in [Chosen::Now, Chosen::Before] {
        assert_eq!(intake.choose_words(&words).await.unwrap(), chosen);
    }
    intake.ping().await.unwrap();
    let chunk = samples.chunk();
    for _ in 0..2 {
        intake
            .put_chunks(std::slice::from_ref(&chunk))
            .await
            .unwrap();
    }
    let day = deposits[0].leaf.unwrap().day;
    assert_eq!(intake.leaves(day).await.unwrap().len(), 2);
    let tree = samples.tree(day);
    intake.publish_tree(&tree).await.unwrap();
    assert_eq!(intake.tree(day).await.unwrap(), Some(tree));
    assert_eq!(intake.announced_calendar(key).await.unwrap(), None);
    let announcement = Announcement {
        key,
        bytes: samples.bytes(100),
    };
    intake
        .announce(std::slice::from_ref(&announcement))
        .await
        .expect_err("intake may not announce anything");
    intake.announce(&[]).await.expect_err("nor take it away");
    intake
        .chunk(chunk.id)
        .await
        .expect_err("intake may not read chunks");
    intake
        .sweep_chunks(day, 1)
        .await
        .expect_err("nor remove them");
    intake
        .waiting(key, None, 1)
        .await
        .expect_err("intake may not read envelopes");
    intake
        .remove(deposits[0].envelope.id)
        .await
        .expect_err("nor remove them");
    intake.backlog(key).await.expect_err("nor count them");
    drop(intake);
    PgCaseFiles::open(&url)
        .await
        .err()
        .expect("nor reach the case files");

    let waiting = database
        .mailroom()
        .await
        .waiting(key, None, 10)
        .await
        .unwrap();
    assert_eq!(waiting.len(), 3);
    let clean = format!("DROP OWNED BY {role}; DROP ROLE {role}");
    execute(&database.url(), clean).await;
}

/// The bytes of a table's own file and of the file that holds its long values, as the server has
/// them on disk.
async fn files(raw: &mut PgConnection, schema: &str, table: &str) -> [Vec<u8>; 2] {
    let data = std::env::var_os("GUIANDO_TEST_POSTGRES_DATA")
        .map(PathBuf::from)
        .expect("`.ci/with-postgres` names the server's folder in GUIANDO_TEST_POSTGRES_DATA");
    sqlx::query("CHECKPOINT").execute(&mut *raw).await.unwrap();
    let (heap, toast): (String, String) = sqlx::query_as(
        "SELECT pg_relation_filepath(oid), pg_relation_filepath(reltoastrelid)
        FROM pg_class WHERE oid = ($1 || '.' || $2)::REGCLASS",
    )
    .bind(schema)
    .bind(table)
    .fetch_one(raw)
    .await
    .unwrap();
    let read = |path: &str| {
        let path = data.join(Path::new(path));
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    [read(&heap), read(&toast)]
}

/// Every order that a table has: by `ctid`, by `xmin`, by the places of its bytes in the files, and
/// by the ids of its values that are stored out of line.
async fn orders(raw: &mut PgConnection, schema: &str, traces: &[Trace]) -> Vec<Order> {
    let mut orders = Vec::new();
    for trace in traces {
        let [heap, toast] = files(raw, schema, trace.table).await;
        let mark = &trace.marks[0];
        let in_toast = !heap.windows(MARK).any(|window| window == mark);
        orders.extend(places_in(if in_toast { &toast } else { &heap }, trace));
        if in_toast && trace.what.starts_with("first") {
            orders.push(by_value_id(&toast, trace));
        }
        if let Some(column) = trace.what.strip_suffix("id") {
            orders.extend(by_row(raw, schema, trace, &format!("{column}id")).await);
        }
    }
    orders
}

/// By the ids of values stored out of line: each chunk is `id (4) ‖ number (4) ‖ length (4) ‖ bytes`.
fn by_value_id(toast: &[u8], trace: &Trace) -> Order {
    let [first, _] = places_in(toast, trace);
    let id_of = |place: u64| {
        let at = usize::try_from(place).unwrap() - 12;
        u64::from(u32::from_le_bytes(*toast[at..].first_chunk().unwrap()))
    };
    let places = first.places.into_iter().map(id_of).collect();
    Order {
        table: trace.table,
        how: "id of the out-of-line value".to_owned(),
        places,
    }
}

/// By what every row has in PostgreSQL: its place and its transaction.
async fn by_row(raw: &mut PgConnection, schema: &str, trace: &Trace, column: &str) -> [Order; 2] {
    let rows: Vec<(Vec<u8>, i64, i64)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {column}, row_number() OVER (ORDER BY ctid), xmin::TEXT::BIGINT FROM {schema}.{}",
        trace.table
    )))
    .fetch_all(raw)
    .await
    .unwrap();
    assert_eq!(rows.len(), trace.marks.len());
    let find = |mark: &[u8; MARK]| rows.iter().find(|(id, ..)| id.starts_with(mark)).unwrap();
    let order = |how: &str, value: fn(&(Vec<u8>, i64, i64)) -> i64| Order {
        table: trace.table,
        how: how.to_owned(),
        places: trace
            .marks
            .iter()
            .map(|mark| u64::try_from(value(find(mark))).unwrap())
            .collect(),
    };
    [order("ctid", |row| row.1), order("xmin", |row| row.2)]
}

#[tokio::test]
async fn what_is_no_day_is_refused() {
    let database = Database::new().await;
    drop(database.mailroom().await);
    let mut raw = database.raw().await;
    for (day, is_taken) in [
        ("2028-02-29", true),
        ("2026-02-29", false),
        ("2026-99-99", false),
        ("2026-03-17 10:00", false),
        ("now", false),
        ("", false),
    ] {
        let done = sqlx::query(
            "INSERT INTO mailroom.envelopes (id, received_on, key_id, sealed)
            VALUES (uuid_send(gen_random_uuid()), $1, $2, $3)",
        )
        .bind(day)
        .bind([0_u8; 8].as_slice())
        .bind([0_u8; 4096].as_slice())
        .execute(&mut raw)
        .await;
        assert_eq!(done.is_ok(), is_taken, "{day}: {done:?}");
    }
}

/// A backup takes its snapshot first and comes to a table later; it must not find it empty.
#[tokio::test]
async fn a_snapshot_from_before_the_shuffle_loses_no_row() {
    let database = Database::new().await;
    let (mailroom, case_files) = (database.mailroom().await, database.case_files().await);
    let mut samples = Samples::new(93);
    let key = samples.id();
    let deposits: Vec<_> = (0..20).map(|_| samples.deposit(key)).collect();
    mailroom.deposit(&deposits).await.unwrap();
    mailroom
        .quarantine(deposits[0].envelope.id, "size")
        .await
        .unwrap();
    case_files.admit(&samples.admission()).await.unwrap();

    let mut backup = database.raw().await;
    sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")
        .execute(&mut backup)
        .await
        .unwrap();
    // The rows as they lay are still there, which is told.
    for kept in [mailroom.shuffle().await, case_files.shuffle().await] {
        assert!(matches!(kept, Err(StoreError::Unavailable(_))), "{kept:?}");
    }
    let counts: (i64, i64, i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM mailroom.envelopes),
            (SELECT count(*) FROM mailroom.mailbox_entries),
            (SELECT count(*) FROM mailroom.quarantine),
            (SELECT count(*) FROM casefiles.cases JOIN casefiles.documents ON case_id = cases.id),
            (SELECT count(*) FROM casefiles.seen_envelopes JOIN casefiles.outbox ON TRUE)",
    )
    .fetch_one(&mut backup)
    .await
    .unwrap();
    assert_eq!(counts, (19, 20, 1, 1, 1));
    sqlx::raw_sql("COMMIT").execute(&mut backup).await.unwrap();

    mailroom.shuffle().await.unwrap();
    case_files.shuffle().await.unwrap();
    assert_eq!(mailroom.backlog(key).await.unwrap().ours, 19);
}

/// Whoever adds a table has to say how it is rewritten. The log alone keeps its order.
#[tokio::test]
async fn the_shuffle_leaves_no_table_out() {
    let database = Database::new().await;
    let (mailroom, case_files) = (database.mailroom().await, database.case_files().await);
    let mut raw = database.raw().await;
    let mut files = async || -> Vec<(String, i64)> {
        sqlx::query_as(
            "SELECT oid::REGCLASS::TEXT, pg_relation_filenode(oid)::BIGINT
            FROM pg_class
            WHERE relkind = 'r' AND relname NOT IN ('_sqlx_migrations', 'case_log')
                AND relnamespace::REGNAMESPACE::TEXT IN ('mailroom', 'casefiles')
            ORDER BY 1",
        )
        .fetch_all(&mut raw)
        .await
        .unwrap()
    };
    let before = files().await;
    assert_eq!(before.len(), 18, "{before:?}");
    mailroom.shuffle().await.unwrap();
    case_files.shuffle().await.unwrap();
    for (old, new) in before.iter().zip(files().await) {
        assert_eq!(old.0, new.0);
        assert_ne!(old.1, new.1, "{} was left out", old.0);
    }
}

/// The rewrite is no new table, so what hangs on the old one stays.
#[tokio::test]
async fn only_the_owner_shuffles() {
    let database = Database::new().await;
    let mailroom = database.mailroom().await;
    mailroom
        .deposit(&[Samples::new(94).deposit([7; 8].into())])
        .await
        .unwrap();
    let role = format!("{}_triage", database.name);
    let grants = format!(
        "CREATE ROLE {role} LOGIN;
        GRANT USAGE ON SCHEMA mailroom TO {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA mailroom TO {role};"
    );
    execute(&database.url(), grants).await;
    let other = PgMailroom::open(&database.url_as(Some(&role)))
        .await
        .unwrap();

    let refused = other.shuffle().await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );

    mailroom.shuffle().await.unwrap();
    assert_eq!(other.quarantined().await.unwrap(), [], "its grants stay");
    let drop_role = format!("DROP OWNED BY {role}; DROP ROLE {role}");
    execute(&database.url(), drop_role).await;
}

/// Whether the measure sees an order where there is one: rows as they came, before any shuffle.
fn assert_order_in(orders: &[Order], table: &str, how: &str, at_least: f64) {
    let order = orders
        .iter()
        .find(|order| order.table == table && order.how.starts_with(how))
        .unwrap_or_else(|| panic!("{table} was not read by {how}"));
    let arrival: Vec<u64> = (0..).take(order.places.len()).collect();
    let tau = kendall_tau(&arrival, &order.places);
    assert!(tau >= at_least, "{table} by {how}: tau {tau:.3}");
}

/// A transaction id counts arrivals exactly, so does the id of a value that is stored out of line.
const EXACT: f64 = 0.9;

/// Each connection fills pages of its own, so a place in the files blurs the order a little.
const BLURRED: f64 = 0.5;

#[tokio::test]
async fn after_the_shuffle_the_mailroom_tells_no_order() {
    let database = Database::new().await;
    let mailroom = database.mailroom().await;
    let traces = let_envelopes_arrive(&*mailroom).await;
    let mut raw = database.raw().await;
    let before = orders(&mut raw, "mailroom", &traces).await;
    for table in ["envelopes", "mailbox_entries"] {
        assert_order_in(&before, table, "ctid", BLURRED);
        assert_order_in(&before, table, "xmin", EXACT);
    }
    assert_order_in(&before, "envelopes", "id of the out-of-line value", EXACT);
    assert_order_in(&before, "envelopes", "first place of last bytes", BLURRED);

    mailroom.shuffle().await.unwrap();

    assert_orderless(&orders(&mut raw, "mailroom", &traces).await, |_, _| false);
}

#[tokio::test]
async fn after_the_shuffle_the_chunks_tell_no_order() {
    let database = Database::new().await;
    let mailroom = database.mailroom().await;
    let traces = let_chunks_arrive(&*mailroom).await;
    let mut raw = database.raw().await;
    let before = orders(&mut raw, "mailroom", &traces).await;
    let table = "evidence_chunks";
    assert_order_in(&before, table, "xmin", EXACT);
    assert_order_in(&before, table, "id of the out-of-line value", EXACT);

    mailroom.shuffle().await.unwrap();

    assert_orderless(&orders(&mut raw, "mailroom", &traces).await, |_, _| false);
}

#[tokio::test]
async fn after_the_shuffle_the_chunks_of_a_case_tell_no_order() {
    let database = Database::new().await;
    let case_files = database.case_files().await;
    let traces = let_case_chunks_arrive(&*case_files).await;
    let mut raw = database.raw().await;
    let before = orders(&mut raw, "casefiles", &traces).await;
    let table = "case_chunks";
    assert_order_in(&before, table, "xmin", EXACT);
    assert_order_in(&before, table, "id of the out-of-line value", EXACT);

    case_files.shuffle().await.unwrap();

    assert_orderless(&orders(&mut raw, "casefiles", &traces).await, |_, _| false);
}

#[tokio::test]
async fn after_the_shuffle_the_case_files_tell_no_order() {
    let database = Database::new().await;
    let case_files = database.case_files().await;
    let traces = let_cases_arrive(&*case_files).await;
    let mut raw = database.raw().await;
    let before = orders(&mut raw, "casefiles", &traces).await;
    for table in ["cases", "seen_envelopes", "documents", "outbox"] {
        assert_order_in(&before, table, "ctid", BLURRED);
        assert_order_in(&before, table, "xmin", EXACT);
    }

    case_files.shuffle().await.unwrap();

    assert_orderless(
        &orders(&mut raw, "casefiles", &traces).await,
        joins_in_clear,
    );
}

#[tokio::test]
async fn a_batch_of_cases_tells_no_order_from_the_beginning() {
    let database = Database::new().await;
    let case_files = database.case_files().await;
    let traces = let_a_batch_arrive(&*case_files).await;
    let mut raw = database.raw().await;

    assert_orderless(
        &orders(&mut raw, "casefiles", &traces).await,
        joins_in_clear,
    );
}

#[tokio::test]
async fn after_the_shuffle_members_and_their_cases_tell_no_order() {
    let database = Database::new().await;
    let case_files = database.case_files().await;
    let traces = let_members_arrive(&*case_files).await;
    let mut raw = database.raw().await;
    let before = orders(&mut raw, "casefiles", &traces).await;
    for table in ["case_rings", "records"] {
        assert_order_in(&before, table, "first place of last bytes", BLURRED);
    }
    assert_order_in(&before, "records", "xmin", EXACT);
    assert_order_in(&before, "case_rings", "id of the out-of-line value", EXACT);

    case_files.shuffle().await.unwrap();

    assert_orderless(
        &orders(&mut raw, "casefiles", &traces).await,
        joins_in_clear,
    );
}

/// A case, its keys and its documents name one another in clear.
fn joins_in_clear(one: &str, other: &str) -> bool {
    let of_a_case =
        |table: &str| ["cases", "case_keys", "case_rings", "documents"].contains(&table);
    of_a_case(one) && of_a_case(other)
}
