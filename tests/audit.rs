//! The log of the committee's acts: the service writes it, and whoever changes it in the database is
//! found out, on both engines, with no secret at all.

use journeys::{Engine, House, Postgres, until};
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

/// Runs `guiando audit`: whether it went well, and what it printed where.
fn audit(house: &House, arguments: &[&str]) -> (bool, String, String) {
    let mut all = vec!["audit"];
    all.extend(arguments);
    all.extend(["--cases", house.cases()]);
    let output = house.guiando(&all);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (
        output.status.success(),
        text(output.stdout).trim().to_owned(),
        text(output.stderr),
    )
}

/// Does to the log what the service never does, as whoever has the database can.
async fn tamper(house: &House, engine: Engine, statement: &str) {
    match engine {
        Engine::Sqlite => {
            let options: SqliteConnectOptions = house.cases().parse().expect("an address");
            let mut cases: SqliteConnection = options.connect().await.expect("a file");
            let all = format!(
                "DROP TRIGGER IF EXISTS case_log_keeps_every_entry;
                DROP TRIGGER IF EXISTS case_log_changes_no_entry;
                {statement}"
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(all))
                .execute(&mut cases)
                .await
                .expect("whoever has the file can");
            cases.close().await.expect("it closes");
        }
        Engine::Postgres => {
            let all = format!(
                "SET search_path = casefiles;
                ALTER TABLE case_log DISABLE TRIGGER USER;
                {statement}"
            );
            Postgres::of_this_run().run(house.cases(), &all);
        }
    }
}

/// The end of the log as the service printed it.
async fn printed_head(house: &mut House) -> String {
    let triage = house.triage().expect("triage runs");
    until("the service prints the end of the log", async || {
        let lines = triage.stderr();
        lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .find_map(|line| line["head"].as_str().map(str::to_owned))
    })
    .await
}

async fn what_is_changed_is_found(engine: Engine) {
    let mut house = House::build(engine);
    house.start_triage().await;
    let monday = printed_head(&mut house).await;
    house.stop_triage();
    let (_, key, _) = audit(&house, &["key", "--identity", "keys/committee.key"]);
    assert_eq!(audit(&house, &["key"]).1, key, "the log names its own key");
    house.start_triage().await;
    let tuesday = printed_head(&mut house).await;
    house.stop_triage();

    let verify = |head: &str| audit(&house, &["verify", "--key", &key, "--head", head]);
    for noted in [&monday, &tuesday] {
        let (sound, head, told) = verify(noted);
        assert!(sound, "{told}");
        assert_eq!(head, tuesday);
    }

    // Entries 1 and 2 are of the first start, 3 and 4 of the second.
    let cut = "DELETE FROM case_log WHERE position = 4";
    tamper(&house, engine, cut).await;
    let (sound, _, told) = verify(&tuesday);
    assert!(!sound && told.contains("ends before entry 4"), "{told}");
    assert!(verify(&monday).0, "whoever noted only Monday cannot know");
    let whole = ["verify", "--identity", "keys/committee.key"];
    let (sound, _, told) = audit(&house, &whole);
    assert!(
        !sound && told.contains("ends before entry 4"),
        "the service noted it by itself: {told}"
    );

    let replayed =
        "INSERT INTO case_log SELECT 4, sealed, hash, signature FROM case_log WHERE position = 2";
    tamper(&house, engine, replayed).await;
    let (sound, _, told) = verify(&tuesday);
    assert!(!sound && told.contains("entry 4 was altered"), "{told}");
    // The service does not go on from it either.
    let mut triage = house.launch_triage();
    let ended = until("the service gives up", async || triage.exited()).await;
    assert_eq!(ended.code(), Some(1));
    assert!(
        triage.stderr().contains("the log was changed at entry 4"),
        "{}",
        triage.stderr()
    );

    tamper(&house, engine, "DELETE FROM case_log WHERE position = 2").await;
    let (sound, _, told) = verify(&monday);
    assert!(!sound && told.contains("entry 2 is missing"), "{told}");

    // A log that is emptied does not begin anew.
    tamper(&house, engine, "DELETE FROM case_log").await;
    let mut triage = house.launch_triage();
    let ended = until("the service gives up", async || triage.exited()).await;
    assert_eq!(ended.code(), Some(1));
    let printed = triage.stderr();
    assert!(
        printed.contains("the log was changed at entry 0"),
        "{printed}"
    );
    let (sound, _, told) = audit(&house, &whole);
    assert!(!sound && told.contains("ends before entry 0"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_in_the_log_is_found_on_sqlite() {
    what_is_changed_is_found(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_in_the_log_is_found_on_postgres() {
    what_is_changed_is_found(Engine::Postgres).await;
}
