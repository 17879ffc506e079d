//! `guiando demo` and what it starts.

use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::*;

/// A service that notes what it was given and that it was asked to stop.
const WAITS: &str = r#"#!/bin/sh
echo "$*" > "$0.arguments"
trap 'echo > "$0.stopped"; exit 0' TERM
echo "${GUIANDO_PASSPHRASE-none}" > "$0.passphrase"
while :; do sleep 0.05; done
"#;
/// A service that ends by itself.
const ENDS: &str = "#!/bin/sh\nsleep 0.3\nexit 3\n";

/// The program with services of a test's own beside it.
struct Stage(TempDir);

impl Stage {
    fn with(services: &[(&str, &str)]) -> Self {
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        fs::hard_link(env!("CARGO_BIN_EXE_guiando"), folder.path().join("guiando")).unwrap();
        for (name, script) in services {
            let path = folder.path().join(name);
            fs::write(&path, script).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn demo(&self) -> Child {
        Command::new(self.path("guiando"))
            .args([
                "demo",
                "--intake",
                "127.0.0.1:0",
                "--triage",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(self.path("data"))
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// The demonstration, once both its services wait.
    fn running(&self) -> Child {
        let demo = self.demo();
        for service in ["intake", "triage"] {
            self.wait_for(&format!("{service}.passphrase"));
        }
        demo
    }

    fn wait_for(&self, name: &str) -> String {
        let begun = Instant::now();
        loop {
            if let Ok(text) = fs::read_to_string(self.path(name))
                && !text.is_empty()
            {
                return text;
            }
            assert!(
                begun.elapsed() < Duration::from_mins(1),
                "{name} is awaited"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn a_demonstration_whose_address_is_taken_says_which_option_chooses_another() {
    let folder = tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = folder.path().join("data");
    let arguments = [
        "demo",
        "--data",
        path(&data),
        "--intake",
        "127.0.0.1:0",
        "--triage",
        &address,
    ];
    let output = run(&arguments);
    let message = failed(&output);
    assert!(
        message.contains("--triage") && message.contains(&address),
        "{message}"
    );
    assert!(!data.exists());
}

#[test]
fn a_service_that_is_not_installed_is_named() {
    let stage = Stage::with(&[]);
    let output = stage.demo().wait_with_output().unwrap();
    assert!(failed(&output).contains("intake is missing"));
}

#[test]
fn each_service_gets_what_it_needs_and_only_triage_the_passphrase() {
    let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
    let mut demo = stage.running();
    assert_eq!(stage.wait_for("intake.passphrase"), "none\n");
    let passphrase = fs::read_to_string(stage.path("data/demo/passphrase")).unwrap();
    assert_eq!(stage.wait_for("triage.passphrase"), passphrase);
    let intake = stage.wait_for("intake.arguments");
    let triage = stage.wait_for("triage.arguments");
    assert!(
        !intake.contains("casefiles") && !intake.contains("committee.key"),
        "{intake}"
    );
    assert!(
        triage.contains("committee.key") && triage.contains("--interval 2"),
        "{triage}"
    );
    assert!(
        !triage.contains(passphrase.trim_end()),
        "a command line is no secret"
    );
    signal(&demo, Signal::TERM);
    demo.wait().unwrap();
}

#[test]
fn a_signal_stops_both_services() {
    for asked in [Signal::TERM, Signal::INT] {
        let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
        let demo = stage.running();
        signal(&demo, asked);
        let output = demo.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(stage.path("intake.stopped").exists());
        assert!(stage.path("triage.stopped").exists());
    }
}

#[test]
fn two_demonstrations_do_not_run_in_one_directory() {
    let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
    let mut first = stage.running();
    let output = stage.demo().wait_with_output().unwrap();
    assert!(failed(&output).contains("another demonstration runs"));
    signal(&first, Signal::TERM);
    assert!(first.wait().unwrap().success());
}

#[test]
fn when_one_service_ends_the_other_is_stopped_and_the_first_is_named() {
    let stage = Stage::with(&[("intake", WAITS), ("triage", ENDS)]);
    let output = stage.demo().wait_with_output().unwrap();
    let message = failed(&output);
    assert!(message.contains("triage ended by itself"), "{message}");
    assert!(stage.path("intake.stopped").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn no_service_outlives_a_demonstration_that_was_killed() {
    let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
    let mut demo = stage.running();
    signal(&demo, Signal::KILL);
    assert_eq!(demo.wait().unwrap().signal(), Some(9));
    stage.wait_for("intake.stopped");
    stage.wait_for("triage.stopped");
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_that_lost_its_parent_before_it_could_follow_does_not_start() {
    let output = run(&["with-parent", "1", "/bin/echo", "started"]);
    failed(&output);
}
