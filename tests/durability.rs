//! What was acknowledged is there, whatever is killed and when; and it is there once.

use std::collections::BTreeSet;
use std::time::Duration;

use journeys::{Engine, House, Postgres, until};
use sealing::KeyId;
use serde_json::json;
use store::mailroom::TriageMailroom as _;
use store_sqlite::SqliteMailroom;

/// Times that a program is killed.
const ROUNDS: u64 = 6;

/// Times that triage is killed.
const KILLS: u64 = 3 * ROUNDS;
/// Envelopes that a triage works off before it is killed.
const STEP: u64 = 6;

/// Counts the envelopes that wait in a house's mailroom.
enum Watch {
    Sqlite(SqliteMailroom, KeyId),
    Postgres(Postgres, String),
}

impl Watch {
    async fn new(house: &House) -> Self {
        if house.mailroom().starts_with("sqlite:") {
            let mailroom = SqliteMailroom::open(house.mailroom()).await;
            Self::Sqlite(
                mailroom.expect("the mailroom opens"),
                house.identity().key_id(),
            )
        } else {
            Self::Postgres(Postgres::of_this_run(), house.mailroom().to_owned())
        }
    }

    async fn waiting(&self) -> u64 {
        match self {
            Self::Sqlite(mailroom, key) => mailroom.backlog(*key).await.expect("it answers").ours,
            Self::Postgres(server, mailroom) => server
                .run(mailroom, "SELECT count(*) FROM mailroom.envelopes")
                .trim()
                .parse()
                .expect("a number"),
        }
    }

    /// Waits until no more than so many wait; looks as often as it can, for the work is quick.
    async fn fallen_to(&self, most: u64) {
        let looked = tokio::time::timeout(Duration::from_mins(2), async {
            while self.waiting().await > most {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        looked.await.expect("triage works the mailroom off");
    }
}

/// A number for each round that differs and is the same in every run.
fn drawn(round: u64, most: u64) -> u64 {
    let mixed = (round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)) % most
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_complaint_survives_the_killing_of_intake_on_sqlite() {
    acknowledged_complaints_survive(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_complaint_survives_the_killing_of_intake_on_postgresql() {
    acknowledged_complaints_survive(Engine::Postgres).await;
}

async fn acknowledged_complaints_survive(engine: Engine) {
    let mut house = House::build(engine);
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..ROUNDS {
        house.start_intake().await;
        // Eight people file one after the other until the service is gone.
        let filing: Vec<_> = (0..8)
            .map(|who| {
                let person = house.person();
                tokio::spawn(async move {
                    let mut tokens = Vec::new();
                    for n in 0.. {
                        let text = format!("Vuelta {round}, persona {who}, historia número {n}.");
                        match person.try_tell(&text).await {
                            Some(filed) => tokens.push(filed.tracking_token),
                            None => break,
                        }
                    }
                    tokens
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(100 + drawn(round, 400))).await;
        house.kill_intake();
        for filing in filing {
            acknowledged.extend(filing.await.expect("nothing was refused"));
        }
    }
    assert!(
        acknowledged.len() > 50,
        "only {} were acknowledged",
        acknowledged.len()
    );

    house.start_intake().await;
    let person = house.person();
    for token in &acknowledged {
        let reply = person.ask(token).await;
        assert_eq!(
            reply.status,
            200,
            "an acknowledged complaint is lost: {}",
            reply.text()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killing_triage_between_any_two_steps_makes_each_case_once_on_sqlite() {
    each_case_is_made_once(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killing_triage_between_any_two_steps_makes_each_case_once_on_postgresql() {
    each_case_is_made_once(Engine::Postgres).await;
}

async fn each_case_is_made_once(engine: Engine) {
    const COMPLAINTS: usize = 60;
    let mut house = House::build(engine);
    house.start_intake().await;
    let person = house.person();
    let mut tokens = Vec::new();
    for n in 0..COMPLAINTS {
        let filed = person
            .tell(&format!("Historia {n} que debe abrirse una sola vez."))
            .await;
        person
            .write(
                &filed.tracking_token,
                &format!("Mensaje {n}, una sola vez."),
            )
            .await;
        tokens.push(filed.tracking_token);
    }

    // Killed as soon as it is seen to have worked off a few more, so that work is in progress; each
    // third time a little after its start, so that it falls before that too.
    let watch = Watch::new(&house).await;
    let all = watch.waiting().await;
    assert_eq!(all, 2 * COMPLAINTS as u64, "complaints and messages wait");
    let mut halfway = 0;
    for round in 0..KILLS {
        let before = watch.waiting().await;
        let mut triage = house.launch_triage();
        until("triage to have begun", async || {
            if let Some(status) = triage.exited() {
                panic!("triage ended with {status}:\n{}", triage.stderr());
            }
            triage.stderr().contains("listening").then_some(())
        })
        .await;
        if round % 3 == 0 {
            tokio::time::sleep(Duration::from_millis(drawn(round, 60))).await;
        } else {
            watch.fallen_to(before.saturating_sub(STEP)).await;
        }
        triage.kill();
        let left = watch.waiting().await;
        assert!(left <= before, "killing brings nothing back");
        halfway += u32::from(0 < left && left < before);
    }
    assert!(
        halfway >= 3,
        "only {halfway} of {KILLS} kills came while envelopes were being worked off"
    );

    house.start_triage().await;
    let mut folios = BTreeSet::new();
    for (n, token) in tokens.iter().enumerate() {
        let mailbox = until("folio and message", async || {
            let mailbox = person.look(token).await;
            let echoed = mailbox
                .messages
                .iter()
                .any(|message| message.from == "complainant");
            (mailbox.folio.is_some() && echoed).then_some(mailbox)
        })
        .await;
        let from = |who: &str| mailbox.messages.iter().filter(|m| m.from == who).count();
        assert_eq!(
            (from("system"), from("complainant")),
            (2, 1),
            "history {n}: {mailbox:?}"
        );
        assert!(
            folios.insert(mailbox.folio.expect("it was waited for")),
            "no folio twice"
        );
    }
    let records = until("every case to be classified", async || {
        let records = house.export_json();
        records
            .iter()
            .all(|record| record["modelo"].is_string())
            .then_some(records)
    })
    .await;
    let recorded: BTreeSet<String> = records
        .iter()
        .map(|record| record["folio"].as_str().expect("a folio").to_owned())
        .collect();
    assert_eq!(records.len(), COMPLAINTS);
    assert_eq!(recorded, folios);
    assert!(records.iter().all(|record| record["mensajes"] == json!(1)));
}

#[tokio::test]
async fn a_graceful_stop_ends_well_and_leaves_nothing_undone() {
    let mut house = House::open(Engine::Sqlite).await;
    let person = house.person();
    let filed = person
        .tell("Una historia antes de que el servicio pare con calma.")
        .await;
    person.wait_for_folio(&filed.tracking_token).await;
    house.stop_triage();
    house.stop_intake();
    house.start_intake().await;
    assert!(
        house
            .person()
            .look(&filed.tracking_token)
            .await
            .folio
            .is_some()
    );
}

#[tokio::test]
async fn a_mailroom_on_sqlite_is_a_write_ahead_log_of_tables_without_row_numbers() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    house
        .person()
        .tell("Una historia para que haya algo en el archivo.")
        .await;
    house.stop_intake();
    // Bytes 18 and 19 of a SQLite file are 2 when it is written through a write-ahead log.
    let file = std::fs::read(house.path("data/mailroom.db")).expect("the mailroom is a file");
    assert_eq!(file[18..20], [2, 2]);
    // Of the log, what was not yet carried over into the file.
    let log = std::fs::read(house.path("data/mailroom.db-wal")).unwrap_or_default();
    let text = String::from_utf8_lossy(&[file, log].concat()).into_owned();
    for table in ["envelopes", "quarantine", "mailbox_entries"] {
        // A table that was renamed has its name in quotes.
        let mut created = text
            .split("CREATE TABLE ")
            .filter(|sql| sql.trim_start_matches('"').starts_with(table))
            .peekable();
        assert!(created.peek().is_some(), "{table}");
        assert!(created.all(|sql| sql.contains("WITHOUT ROWID")), "{table}");
    }
    let key = house.identity().key_id();
    let mailroom = SqliteMailroom::open(house.mailroom())
        .await
        .expect("the mailroom opens");
    assert_eq!(mailroom.backlog(key).await.expect("it answers").ours, 1);
}

#[tokio::test]
async fn postgresql_acknowledges_only_what_it_has_synced() {
    let mut house = House::build(Engine::Postgres);
    house.start_intake().await;
    house
        .person()
        .tell("Una historia en el servidor de la prueba.")
        .await;
    let server = Postgres::of_this_run();
    for setting in ["fsync", "synchronous_commit"] {
        let value = server.run(house.mailroom(), &format!("SHOW {setting}"));
        assert_eq!(value.trim(), "on", "{setting}");
    }
}
