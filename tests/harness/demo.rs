//! The demonstration as a newcomer starts it, and what it prints.

use std::process::{Command, ExitStatus};

use tempfile::TempDir;

use super::house::free_address;
use super::person::Person;
use super::poll::until;
use super::program::{Program, program};

/// A running `guiando demo`.
#[derive(Debug)]
pub struct Demo {
    program: Option<Program>,
    /// Where people file, as printed.
    pub intake_url: String,
    /// Where the committee reads, as printed.
    pub triage_url: String,
    /// Name to sign in with, as printed.
    pub user: String,
    /// Passphrase to sign in with, as printed.
    pub passphrase: String,
    folder: TempDir,
}

impl Demo {
    /// Starts it on free ports and waits for its greeting.
    ///
    /// # Panics
    /// When it ends before.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same, with settings of its services.
    ///
    /// # Panics
    /// When it ends before.
    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        let folder = TempDir::with_prefix("guiando-demo-").expect("a folder can be made");
        let (intake, triage) = (free_address(), free_address());
        let mut command = Command::new(program("guiando"));
        command
            .current_dir(folder.path())
            .args([
                "demo", "--data", "data", "--intake", &intake, "--triage", &triage,
            ])
            .envs(settings.iter().copied())
            .env_remove("DATABASE_URL");
        let mut program = Program::start("demo", command, &folder.path().join("logs"));
        let greeting = until("the greeting of the demonstration", async || {
            if let Some(status) = program.exited() {
                panic!(
                    "it ended with {status}:\n{}{}",
                    program.stdout(),
                    program.stderr()
                );
            }
            Some(program.stdout()).filter(|text| text.contains("Ctrl-C"))
        })
        .await;
        let urls: Vec<&str> = greeting
            .split_whitespace()
            .filter(|word| word.starts_with("http://"))
            .collect();
        let [intake_url, triage_url] = urls[..] else {
            panic!("two addresses are printed: {greeting}");
        };
        let printed = |label: &str| {
            let line = greeting
                .lines()
                .find_map(|line| line.trim().strip_prefix(label));
            line.unwrap_or_else(|| panic!("`{label}` is printed: {greeting}"))
                .trim()
                .to_owned()
        };
        Self {
            program: Some(program),
            intake_url: intake_url.trim_end_matches('/').to_owned(),
            triage_url: triage_url.trim_end_matches('/').to_owned(),
            user: printed("usuario:"),
            passphrase: printed("frase:"),
            folder,
        }
    }

    /// Somebody who uses the public service.
    pub fn person(&self) -> Person {
        Person::new(&self.intake_url, reqwest::Client::builder())
    }

    /// Somebody at the committee's desk, not signed in.
    pub fn member(&self) -> Person {
        Person::new(&self.triage_url, reqwest::Client::builder())
    }

    /// The folder of its data.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The ids of the processes that it started.
    ///
    /// # Panics
    /// When it has stopped.
    pub fn children(&self) -> Vec<u32> {
        let id = self.program.as_ref().expect("it runs").id();
        std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))
            .expect("the system tells of a process's children")
            .split_whitespace()
            .map(|id| id.parse().expect("a process id"))
            .collect()
    }

    /// Asks it to stop and waits until it has.
    ///
    /// # Panics
    /// When it has stopped before.
    pub fn stop(&mut self) -> ExitStatus {
        self.program.take().expect("it runs").stop()
    }
}
