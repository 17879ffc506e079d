//! The services that this program starts beside itself, and stops again.
//!
//! No service outlives its starter: on Linux each asks the kernel to be told to stop when the parent
//! ends in whatever way ([`with_parent`]); elsewhere it stays in the starter's process group. On Linux
//! it has a group of its own, so that Ctrl-C at the terminal reaches the starter alone, which then
//! stops the services in its own order.

pub(crate) mod ready;
#[cfg(target_os = "linux")]
pub(crate) mod with_parent;

use std::env;
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::output::tell;

/// How long a service may take to finish what it has begun.
const FAREWELL: Duration = Duration::from_secs(15);

/// Why a service is not running.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The program is not installed where it should be.
    #[error("{} is missing: build or install all programs side by side", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The system does not start it.
    #[error("{name} cannot be started")]
    Start {
        /// Which service.
        name: &'static str,
        /// Why.
        source: io::Error,
    },
    /// It ended though nobody asked it to.
    #[error("{name} ended by itself ({status}); its own message stands above")]
    Ended {
        /// Which service.
        name: &'static str,
        /// How.
        status: ExitStatus,
    },
    /// It does not answer.
    #[error("{name} was started and does not answer; its own messages stand above")]
    Silent {
        /// Which service.
        name: &'static str,
    },
}

/// A service that runs.
#[derive(Debug)]
pub(crate) struct Service {
    name: &'static str,
    process: Child,
}

/// A service that is about to be started: no input, the starter's output and environment.
#[derive(Debug)]
pub(crate) struct Prepared {
    name: &'static str,
    command: Command,
}

/// Prepares the program `name` that stands beside this one.
pub(crate) fn beside(name: &'static str) -> Result<Prepared, ServiceError> {
    let start = |source| ServiceError::Start { name, source };
    let own = env::current_exe().map_err(start)?;
    let path = own.with_file_name(name);
    if !path.is_file() {
        return Err(ServiceError::Missing { path });
    }
    let mut command = following(&own, &path);
    command.stdin(Stdio::null()).kill_on_drop(true);
    Ok(Prepared { name, command })
}

#[cfg(target_os = "linux")]
fn following(own: &std::path::Path, program: &std::path::Path) -> Command {
    let mut command = Command::new(own);
    command
        .arg("with-parent")
        .arg(std::process::id().to_string())
        .arg(program)
        .process_group(0);
    command
}

#[cfg(not(target_os = "linux"))]
fn following(_: &std::path::Path, program: &std::path::Path) -> Command {
    Command::new(program)
}

impl Prepared {
    /// Adds an option with its value.
    pub(crate) fn option(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.arg(name).arg(value);
        self
    }

    /// Sets a variable for this service alone.
    pub(crate) fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Keeps variables of the starter from it.
    pub(crate) fn without(mut self, variables: &[&str]) -> Self {
        for variable in variables {
            self.command.env_remove(variable);
        }
        self
    }

    /// Starts it. On Linux it follows the *thread* that calls this, which therefore has to be the
    /// main one.
    pub(crate) fn start(mut self) -> Result<Service, ServiceError> {
        let Self { name, command } = &mut self;
        let process = command
            .spawn()
            .map_err(|source| ServiceError::Start { name, source })?;
        Ok(Service { name, process })
    }
}

impl Service {
    /// Its process id, as long as it runs.
    pub(crate) fn id(&self) -> Option<u32> {
        self.process.id()
    }

    /// Resolves when it ends by itself.
    pub(crate) async fn ended(&mut self) -> ServiceError {
        let name = self.name;
        match self.process.wait().await {
            Ok(status) => ServiceError::Ended { name, status },
            Err(source) => ServiceError::Start { name, source },
        }
    }

    /// Asks it to stop, waits while it finishes what it has begun, and ends it if it does not.
    pub(crate) async fn stop(mut self) {
        let pid = self
            .process
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(Pid::from_raw);
        if let Some(pid) = pid {
            // One that has ended meanwhile needs no signal.
            let _ = kill_process(pid, Signal::TERM);
            if timeout(FAREWELL, self.process.wait()).await.is_err() {
                tell(&format!("{} did not stop in time and was ended", self.name));
                let _ = self.process.kill().await;
            }
        }
    }
}
