//! The log of the committee's acts, checked and exported.

use committee::keyring::Keyring;
use committee::log::{Actor, Logbook};
use domain::committee::MemberId;
use jiff::Timestamp;
use opening::custody::{Quorum, split};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tempfile::TempDir;

use super::*;

/// Case files with a log of six entries.
struct Log {
    folder: TempDir,
    identity: CommitteeIdentity,
    url: String,
}

const PASSPHRASE: &str = "larga y secreta";

/// A command with the committee's key.
fn with_key_of(log: &Log, arguments: &[&str]) -> Output {
    guiando(arguments)
        .args(["--cases", &log.url, "--identity"])
        .arg(log.key_file())
        .env("GUIANDO_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap()
}

fn run_to_end<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

impl Log {
    fn write() -> Self {
        let folder = tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("cases.db").display());
        let log = Self {
            folder,
            identity: CommitteeIdentity::generate(),
            url,
        };
        log.go_on();
        log
    }

    /// Three acts more.
    fn go_on(&self) {
        run_to_end(async {
            let cases = service::stores::case_files(&self.url.parse().unwrap())
                .await
                .unwrap();
            let keyring = Keyring::unseal(self.identity.clone(), &*cases)
                .await
                .unwrap();
            let book = Logbook::new(cases);
            let at: Timestamp = "2026-03-02T16:00:00Z".parse().unwrap();
            let juana = Actor::Member(MemberId([7; 16]));
            let recorder = book.recorder(&keyring, juana, at);
            recorder.signed_in().await.unwrap();
            recorder
                .case_opened(Folio::new(2026, 42).unwrap())
                .await
                .unwrap();
            let unknown = book.recorder(&keyring, Actor::Unknown, at);
            unknown.sign_in_refused(None).await.unwrap();
        });
    }

    /// The service notes the end of the log, as it does at its start and each minute.
    fn note(&self) {
        run_to_end(async {
            let cases = service::stores::case_files(&self.url.parse().unwrap())
                .await
                .unwrap();
            let keyring = Keyring::unseal(self.identity.clone(), &*cases)
                .await
                .unwrap();
            let head = Logbook::new(cases.clone()).head().await.unwrap();
            keyring.note_head(&*cases, head.unwrap()).await.unwrap();
        });
    }

    /// The committee's key in a file.
    fn key_file(&self) -> std::path::PathBuf {
        let file = self.folder.path().join("committee.key");
        let protected = self
            .identity
            .to_protected(Passphrase::from(PASSPHRASE.to_owned()));
        fs::write(&file, protected.unwrap()).unwrap();
        file
    }

    fn audit(&self, what: &str, more: &[&str]) -> Output {
        let mut arguments = vec!["audit", what, "--cases", &self.url];
        arguments.extend(more);
        run(&arguments)
    }

    /// Does to the table what nothing in the service does, as whoever has the file can.
    fn tamper(&self, statement: &'static str) {
        run_to_end(async {
            let options: SqliteConnectOptions = self.url.parse().unwrap();
            let mut connection: SqliteConnection = options.connect().await.unwrap();
            for statement in [
                "DROP TRIGGER IF EXISTS case_log_keeps_every_entry",
                "DROP TRIGGER IF EXISTS case_log_changes_no_entry",
                statement,
            ] {
                sqlx::query(statement)
                    .execute(&mut connection)
                    .await
                    .unwrap();
            }
            connection.close().await.unwrap();
        });
    }
}

#[test]
fn a_sound_log_is_said_to_be_and_its_head_printed() {
    let log = Log::write();
    let head = log.audit("head", &[]);
    let head = done(&head);
    assert!(head.starts_with("3:"), "{head}");
    let key = log.audit("key", &[]);
    let key = done(&key).trim();
    assert_eq!(key.len(), 64);
    let key_file = log.folder.path().join("log.key");
    fs::write(&key_file, format!("{key}\nnoted on Monday\n")).unwrap();

    let checked = log.audit("verify", &[]);
    assert_eq!(done(&checked), head);
    let told = text(&checked.stderr);
    assert!(told.contains("taken from the log itself"), "{told}");
    assert!(told.contains(key), "{told}");
    assert!(told.contains("--head"), "{told}");
    log.go_on();
    for key in [key, path(&key_file)] {
        let checked = log.audit("verify", &["--key", key, "--head", head.trim()]);
        assert!(done(&checked).starts_with("6:"));
        assert_eq!(text(&checked.stderr).lines().count(), 1);
    }
    let (_, hash) = head.trim().split_once(':').unwrap();
    assert!(done(&log.audit("verify", &["--head", hash])).starts_with("6:"));
    let other = "0".repeat(64);
    let checked = log.audit("verify", &["--head", &other]);
    assert!(failed(&checked).contains("the entry that was noted is not there"));
    let checked = log.audit("verify", &["--key", &other]);
    assert!(failed(&checked).contains("never signed by the key"));
}

#[test]
fn whatever_is_done_to_the_log_is_found_and_its_place_said() {
    for (statement, told) in [
        ("DELETE FROM case_log", "the log is empty"),
        (
            "DELETE FROM case_log WHERE position = 0",
            "entry 0 is missing",
        ),
        (
            "DELETE FROM case_log WHERE position = 2",
            "entry 2 is missing",
        ),
        (
            "DELETE FROM case_log WHERE position > 4",
            "before entry 5, and had one at 6",
        ),
        (
            "UPDATE case_log SET sealed = zeroblob(1024) WHERE position = 1",
            "entry 1 was altered",
        ),
        (
            "UPDATE case_log SET sealed = (SELECT sealed FROM case_log WHERE position = 1)
            WHERE position = 4",
            "entry 4 was altered",
        ),
        (
            "UPDATE case_log SET hash = zeroblob(32) WHERE position = 5",
            "entry 5 was altered",
        ),
        (
            "UPDATE case_log SET signature = zeroblob(64) WHERE position = 3",
            "entry 3 is not signed",
        ),
        (
            "UPDATE case_log SET position = 100 WHERE position = 6",
            "entries 6 to 99 are missing",
        ),
        (
            "INSERT INTO case_log SELECT 7, sealed, hash, signature FROM case_log WHERE position = 3",
            "entry 7 was altered",
        ),
    ] {
        let log = Log::write();
        log.go_on();
        let head = done(&log.audit("head", &[])).trim().to_owned();
        log.tamper(statement);
        let checked = log.audit("verify", &["--head", &head]);
        let found = failed(&checked);
        assert!(found.contains(told), "{statement}: {found}");
        assert_eq!(text(&checked.stdout), "");
    }
}

#[test]
fn with_the_committees_key_the_log_is_compared_with_what_the_service_noted() {
    for (statement, told) in [
        (
            "DELETE FROM case_log",
            "ends before entry 0, and had one at 3",
        ),
        (
            "DELETE FROM case_log WHERE position = 3",
            "ends before entry 3, and had one at 3",
        ),
    ] {
        let log = Log::write();
        log.note();
        let with_key = |what: &str| with_key_of(&log, &["audit", what]);
        let sound = with_key("verify");
        done(&sound);
        let noted = text(&sound.stderr);
        assert!(noted.contains("the service noted entry 3:"), "{noted}");
        log.tamper(statement);
        let checked = with_key("verify");
        assert!(failed(&checked).contains(told), "{checked:?}");

        // Nobody begins it anew, nor goes on with it, unless the committee's key says so.
        let confirm = with_key_of(&log, &["keys", "confirm", "--nobody"]);
        assert!(failed(&confirm).contains("takes no entry"), "{confirm:?}");
        done(&with_key("accept"));
        done(&with_key("verify"));
        let exported = with_key_of(&log, &["audit", "export", "--format", "syslog"]);
        assert!(done(&exported).contains("STATE_ACCEPTED"), "{exported:?}");
    }
}

#[test]
fn an_export_says_what_was_done_to_the_committee_alone() {
    let log = Log::write();
    let plain = log.audit("export", &["--format", "json"]);
    let lines: Vec<Value> = done(&plain)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["key"], done(&log.audit("key", &[])).trim());
    assert_eq!(lines[3]["position"], 3);
    let head = format!("3:{}\n", lines[3]["hash"].as_str().unwrap());
    assert_eq!(head, done(&log.audit("head", &[])));
    assert!(lines.iter().all(|line| line.get("entry").is_none()));
    let plain = log.audit("export", &["--format", "syslog", "--from", "3"]);
    let line = done(&plain);
    assert!(
        line.starts_with("<110>1 - - guiando - - [guiando@32473 position=\"3\" hash=\""),
        "{line}"
    );

    let (identity, passphrase) = (log.key_file(), PASSPHRASE);
    let open = |more: &[&str]| {
        let mut arguments = vec!["audit", "--cases", &log.url, "--identity", path(&identity)];
        arguments.splice(1..1, more.iter().copied());
        guiando(&arguments)
            .env("GUIANDO_PASSPHRASE", passphrase)
            .output()
            .unwrap()
    };
    let opened = open(&["export", "--format", "json", "--from", "1"]);
    let lines: Vec<Value> = done(&opened)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[1]["entry"],
        serde_json::json!({
            "at": "2026-03-02T16:00:00Z",
            "actor": { "member": "07".repeat(16) },
            "event": "CASE_OPENED",
            "case": "CE-2026-000042",
        })
    );
    let opened = open(&["export", "--format", "syslog"]);
    let lines: Vec<_> = done(&opened).lines().collect();
    assert!(
        lines[2].starts_with(
            "<110>1 2026-03-02T16:00:00Z - guiando - CASE_OPENED [guiando@32473 position=\"2\" "
        ),
        "{}",
        lines[2]
    );
    let who = format!(
        "actor=\"member:{}\" case=\"CE-2026-000042\"]",
        "07".repeat(16)
    );
    assert!(lines[2].ends_with(&who), "{}", lines[2]);
    assert!(
        lines[3].starts_with("<108>1 2026-03-02T16:00:00Z - guiando - SIGN_IN_REFUSED ["),
        "{}",
        lines[3]
    );
    let shares: Vec<_> = split(&log.identity, Quorum::new(2, 2).unwrap())
        .iter()
        .zip(1..)
        .map(|(share, number)| {
            let file = log.folder.path().join(format!("share-{number}.key"));
            let passphrase = Passphrase::from(passphrase.to_owned());
            fs::write(&file, share.to_protected(passphrase).unwrap()).unwrap();
            file
        })
        .collect();
    let joined = guiando(&["audit", "key", "--cases", &log.url])
        .args(shares.iter().flat_map(|file| ["--share", path(file)]))
        .env("GUIANDO_PASSPHRASE", passphrase)
        .output()
        .unwrap();
    let told = open(&["key"]);
    assert_eq!(joined.stdout, told.stdout, "{}", text(&joined.stderr));
    assert_eq!(done(&told), done(&log.audit("key", &[])));
}

#[test]
fn wrong_use_and_an_absent_log_are_told() {
    let folder = tempdir().unwrap();
    let absent = format!("sqlite://{}", folder.path().join("cases.db").display());
    assert!(failed(&run(&["audit", "head", "--cases", &absent])).contains("no case files at"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let log = Log::write();
    let wrong = log.audit("verify", &["--head", "12"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("POSITION:HASH"));
    assert!(failed(&log.audit("verify", &["--key", "nowhere"])).contains("nowhere"));
}
