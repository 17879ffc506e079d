//! One installation: folder, stores, key, programs.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU8, AtomicU16, Ordering};

use opening::{CommitteeIdentity, Passphrase};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::person::Person;
use super::postgres::Postgres;
use super::program::{Program, program};

/// Protects the committee's key in tests; no secret.
pub const PASSPHRASE: &str = "frase de paso de las pruebas";

/// Which database the stores are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Files in the house's folder.
    Sqlite,
    /// Two databases of their own on the server of this run.
    Postgres,
}

/// One installation. Everything that its programs write is in its folder, temporary files included;
/// only a store on PostgreSQL lies elsewhere.
#[derive(Debug)]
pub struct House {
    // The programs come first, so that they have stopped when the folder goes.
    intake: Option<Program>,
    triage: Option<Program>,
    intake_at: String,
    triage_at: String,
    /// Where browsers open the committee's service, if devices are to be bound to it.
    origin: Option<String>,
    mailroom: String,
    cases: String,
    engine: Engine,
    folder: TempDir,
}

impl House {
    /// Makes the folder, the stores and the committee's key; nothing runs yet.
    ///
    /// # Panics
    /// When anything of it fails.
    pub fn build(engine: Engine) -> Self {
        Self::build_with_key(engine, &[])
    }

    /// The same, with the committee's key split: so many of so many shares open it.
    ///
    /// # Panics
    /// When anything of it fails.
    pub fn build_with_shares(engine: Engine, threshold: u8, members: u8) -> Self {
        let (threshold, members) = (threshold.to_string(), members.to_string());
        Self::build_with_key(engine, &["--threshold", &threshold, "--members", &members])
    }

    fn build_with_key(engine: Engine, split: &[&str]) -> Self {
        let folder = TempDir::with_prefix("guiando-journey-").expect("a folder can be made");
        for name in ["data", "logs", "tmp"] {
            std::fs::create_dir(folder.path().join(name)).expect("a folder can be made");
        }
        let (mailroom, cases) = match engine {
            Engine::Sqlite => {
                let url = |name| format!("sqlite://{}/data/{name}.db", folder.path().display());
                (url("mailroom"), url("cases"))
            }
            Engine::Postgres => {
                let server = Postgres::of_this_run();
                (
                    server.new_database("mailroom"),
                    server.new_database("cases"),
                )
            }
        };
        let house = Self {
            intake: None,
            triage: None,
            intake_at: free_address(),
            triage_at: free_address(),
            origin: None,
            mailroom,
            cases,
            engine,
            folder,
        };
        let keys = house.path("keys");
        let keys = keys.to_string_lossy();
        let made = house.guiando(&[&["keys", "generate", "--out", &*keys], split].concat());
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        house
    }

    /// The same house, with the committee's service at an address to which browsers bind devices: one of
    /// `localhost`, which is as good to them as one with TLS.
    ///
    /// # Panics
    /// When there is no free port.
    #[must_use]
    pub fn at_localhost(mut self) -> Self {
        let port = free_port();
        self.triage_at = format!("{}:{port}", Ipv4Addr::LOCALHOST);
        self.origin = Some(format!("http://localhost:{port}"));
        self
    }

    /// A house in which both programs run.
    pub async fn open(engine: Engine) -> Self {
        let mut house = Self::build(engine);
        house.start_intake().await;
        house.start_triage().await;
        house
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A place in its folder.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// URL of the mailroom.
    pub fn mailroom(&self) -> &str {
        &self.mailroom
    }

    /// URL of the case files.
    pub fn cases(&self) -> &str {
        &self.cases
    }

    /// Base URL of the public service.
    pub fn intake_url(&self) -> String {
        format!("http://{}", self.intake_at)
    }

    /// Base URL of the committee's service.
    pub fn triage_url(&self) -> String {
        let plain = || format!("http://{}", self.triage_at);
        self.origin.clone().unwrap_or_else(plain)
    }

    /// The running public service.
    pub fn intake(&mut self) -> Option<&mut Program> {
        self.intake.as_mut()
    }

    /// The running service of the committee.
    pub fn triage(&mut self) -> Option<&mut Program> {
        self.triage.as_mut()
    }

    /// The committee's key, as `guiando keys generate` wrote it.
    ///
    /// # Panics
    /// When the file does not open.
    pub fn identity(&self) -> CommitteeIdentity {
        let file = std::fs::read(self.path("keys/committee.key")).expect("the key was made");
        CommitteeIdentity::from_protected(&file, Passphrase::from(PASSPHRASE.to_owned()))
            .expect("the passphrase is the one it was made with")
    }

    /// Starts the public service and waits until it is ready.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn start_intake(&mut self) {
        let receipt_key = self.path("data/receipt.key");
        if self.engine == Engine::Postgres && !receipt_key.exists() {
            // On PostgreSQL the key must be there; intake makes it on SQLite only.
            let url = format!(
                "sqlite://{}/tmp/for-the-receipt-key.db",
                self.folder().display()
            );
            self.run_intake(&url).await;
            self.stop_intake();
        }
        let mailroom = self.mailroom.clone();
        self.run_intake(&mailroom).await;
    }

    /// Starts the public service from this file instead of the build that runs the test.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn start_intake_from(&mut self, program: &Path) {
        let mailroom = self.mailroom.clone();
        self.run_intake_of(self.command_of(program), &mailroom)
            .await;
    }

    async fn run_intake(&mut self, mailroom: &str) {
        self.run_intake_of(self.command("intake"), mailroom).await;
    }

    async fn run_intake_of(&mut self, mut command: Command, mailroom: &str) {
        command
            .args(["--listen", &self.intake_at, "--mailroom", mailroom])
            .arg("--recipients")
            .arg(self.path("keys/committee.pub"))
            .arg("--receipt-key")
            .arg(self.path("data/receipt.key"));
        let mut intake = Program::start("intake", command, &self.path("logs"));
        intake
            .ready(&format!("{}/health/ready", self.intake_url()))
            .await;
        self.intake = Some(intake);
    }

    /// Starts the committee's service and waits until it is ready; it looks into the mailroom each
    /// second. Where the committee's key is split, it is sealed.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn start_triage(&mut self) {
        let mut triage = self.launch_triage();
        triage
            .ready(&format!("{}/health/ready", self.triage_url()))
            .await;
        self.triage = Some(triage);
    }

    /// Starts the committee's service and waits for nothing.
    pub fn launch_triage(&self) -> Program {
        let mut command = self.command("triage");
        command
            .args(["--listen", &self.triage_at, "--mailroom", &self.mailroom])
            .args(["--cases", &self.cases, "--interval", "1"])
            .arg("--recipients")
            .arg(self.path("keys/committee.pub"));
        if let Some(origin) = &self.origin {
            command.args(["--origin", origin]);
        }
        let whole = self.path("keys/committee.key");
        if whole.exists() {
            command.arg("--identity").arg(whole);
        }
        let holders = self.path("keys/recovery.pub");
        if holders.exists() {
            command.arg("--recovery").arg(holders);
        }
        let learnt = self.path("keys/committee.heads");
        if learnt.exists() {
            command.arg("--classifier-heads").arg(learnt);
        }
        Program::start("triage", command, &self.path("logs"))
    }

    /// Asks the public service to stop; it must end well.
    ///
    /// # Panics
    /// When it does not run, or ends badly.
    pub fn stop_intake(&mut self) {
        let status = self.intake.take().expect("intake runs").stop();
        assert!(status.success(), "intake ended with {status}");
    }

    /// Asks the committee's service to stop; it must end well.
    ///
    /// # Panics
    /// When it does not run, or ends badly.
    pub fn stop_triage(&mut self) {
        let status = self.triage.take().expect("triage runs").stop();
        assert!(status.success(), "triage ended with {status}");
    }

    /// Kills the public service.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill_intake(&mut self) {
        self.intake.take().expect("intake runs").kill();
    }

    /// Somebody who uses the public service.
    pub fn person(&self) -> Person {
        Person::new(&self.intake_url(), reqwest::Client::builder())
    }

    /// A member of the committee, at its service.
    pub fn member(&self) -> Person {
        Person::new(&self.triage_url(), reqwest::Client::builder())
    }

    /// Somebody who uses the public service from another address and with another program.
    pub fn person_from(&self, address: Ipv4Addr, user_agent: &str) -> Person {
        let client = reqwest::Client::builder()
            .local_address(Some(address.into()))
            .user_agent(user_agent);
        Person::new(&self.intake_url(), client)
    }

    /// Runs the operator's program to its end.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn guiando(&self, arguments: &[&str]) -> Output {
        self.command("guiando")
            .args(arguments)
            .output()
            .expect("guiando can be started")
    }

    /// What `guiando classify` proposes for each text, in the same order.
    ///
    /// # Panics
    /// When it fails or answers another number of lines.
    pub fn classify(&self, texts: &[&str]) -> Vec<Value> {
        let questions: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(id, text)| json!({ "id": id, "text": text }).to_string())
            .collect();
        let file = self.path("tmp/questions.jsonl");
        std::fs::write(&file, questions.join("\n")).expect("a file can be written");
        let output = self
            .command("guiando")
            .arg("classify")
            .stdin(File::open(&file).expect("it was written"))
            .output()
            .expect("guiando can be started");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let answers: Vec<Value> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect();
        assert_eq!(answers.len(), texts.len());
        answers
    }

    /// The records as the operator exports them, one JSON value each.
    ///
    /// # Panics
    /// When the export fails or is not a list.
    pub fn export_json(&self) -> Vec<Value> {
        let text = self.export("json");
        let mut document: Value = serde_json::from_str(&text).expect("the export is JSON");
        let Value::Array(records) = document["registros"].take() else {
            panic!("no list of records in {text}");
        };
        records
    }

    /// The records as the operator exports them.
    ///
    /// # Panics
    /// When the export fails.
    pub fn export(&self, format: &str) -> String {
        let output = self.guiando(&[
            "records",
            "export",
            "--cases",
            &self.cases,
            "--format",
            format,
        ]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("the export is text")
    }

    /// A program of this build with this house's temporary folder, in its folder.
    pub fn command(&self, name: &str) -> Command {
        self.command_of(&program(name))
    }

    fn command_of(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder())
            .env("TMPDIR", self.path("tmp"))
            .env("HOME", self.path("tmp"))
            .env("GUIANDO_PASSPHRASE", PASSPHRASE)
            .env_remove("DATABASE_URL");
        command
    }
}

/// A port of 127.0.0.1 at which nobody listens. It lies below those that the system gives to clients, which
/// all have that address of their own: so none of them takes it before it is used.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    const FIRST: u32 = 10_000;
    const PORTS: u32 = 20_000;
    let own = std::process::id().wrapping_mul(16) % PORTS;
    let mut ports = std::iter::repeat_with(|| {
        let number = u32::from(NEXT.fetch_add(1, Ordering::Relaxed));
        u16::try_from(FIRST + (own + number) % PORTS).expect("a port")
    });
    ports
        .by_ref()
        .take(64)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("there is a free port")
}

/// An address at which nobody listens. Each house has loopback addresses of its own, so that neither
/// another test nor a client's own port can take it in between.
pub(crate) fn free_address() -> String {
    static HOSTS: AtomicU8 = AtomicU8::new(1);
    let [_, _, high, low] = std::process::id().to_be_bytes();
    let host = Ipv4Addr::new(
        127,
        16 | (high >> 4),
        low,
        HOSTS.fetch_add(1, Ordering::Relaxed),
    );
    TcpListener::bind((host, 0))
        .and_then(|listener| listener.local_addr())
        .expect("a loopback address has a free port")
        .to_string()
}
