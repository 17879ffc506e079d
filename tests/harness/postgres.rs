//! Databases of their own on the server that `.ci/with-postgres` starts.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// The server. There is always one: where it is missing, tests fail instead of passing by.
#[derive(Debug, Clone)]
pub struct Postgres {
    url: String,
    data: PathBuf,
}

impl Postgres {
    /// The server of this run.
    ///
    /// # Panics
    /// When none was started.
    pub fn of_this_run() -> Self {
        let variable = |name: &str| {
            std::env::var(name).unwrap_or_else(|_| {
                panic!("{name} is not set; run the tests with `make test` or `.ci/with-postgres`")
            })
        };
        Self {
            url: variable("GUIANDO_TEST_POSTGRES_URL"),
            data: PathBuf::from(variable("GUIANDO_TEST_POSTGRES_DATA")),
        }
    }

    /// The folder that holds all that the server writes, its log included.
    ///
    /// # Panics
    /// When the data folder has no parent, which it has.
    pub fn folder(&self) -> &Path {
        self.data
            .parent()
            .expect("the server's data folder is inside a folder of this run")
    }

    /// Makes an empty database and gives its URL.
    pub fn new_database(&self, purpose: &str) -> String {
        static DATABASES: AtomicU32 = AtomicU32::new(0);
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("journey_{}_{number}_{purpose}", std::process::id());
        self.run(&self.url, &format!("CREATE DATABASE {name}"));
        let (server, _) = self.url.rsplit_once('/').expect("the URL names a database");
        format!("{server}/{name}")
    }

    /// Runs a statement and gives what it prints, without headings.
    ///
    /// # Panics
    /// When the server refuses it.
    pub fn run(&self, database: &str, statement: &str) -> String {
        let output = Command::new("psql")
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--set", "ON_ERROR_STOP=1", "--command", statement, database])
            .output()
            .expect("psql is installed with the server");
        assert!(
            output.status.success(),
            "{statement}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("psql prints text")
    }

    /// Lets the server write everything that it holds in memory to its files.
    pub fn flush(&self) {
        self.run(&self.url, "CHECKPOINT");
    }
}
