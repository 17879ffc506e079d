//! `guiando audit`: checks and exports the log of the committee's acts; checking takes no key.

mod accept;
mod export;
mod verify;

use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use clap::{Subcommand, ValueEnum};
use committee::anchor::AnchorError;
use committee::keyring::{Keyring, KeyringError};
use committee::log::{Fault, Head, LogError, LogKey, Logbook, NotALogKey, Noted};
use committee::members::RosterError;
use service::settings::StoreUrl;
use store::StoreError;
use store::casefiles::CaseFiles;

use super::keys::source::{self, KeyArgs, KeySourceError};
use crate::output;

/// What can be done with the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Find any entry that was removed, altered, moved or made up; print the head when there is none
    ///
    /// No key of the committee is needed. Give the log's public key (`guiando audit key`, or the page
    /// Bitácora) and a head that was noted earlier: without the one, the whole log could be another;
    /// without the other, entries could be missing at its end. With the committee's key, the log is
    /// compared besides with the entry that the service noted itself.
    Verify {
        #[command(flatten)]
        log: LogArgs,
        #[command(flatten)]
        committee: CommitteeArgs,
        /// The log's public key as 64 hexadecimal digits, or a file that begins with them
        #[arg(long, value_name = "FILE|HEX", env = "AUDIT_KEY")]
        key: Option<KeySource>,
        /// An entry that was noted earlier: the head of another day, or its hash alone
        #[arg(long, value_name = "POSITION:HASH")]
        head: Option<Noted>,
    },
    /// Go on when something of the log, or of the members, is gone for good, and write down that it was so
    ///
    /// A service whose log or members lack what it noted does not work: put the database back, from a
    /// backup. Only where there is none: this takes what is there now, with the committee's key. Stop triage
    /// first; tell all members, and keep what `verify` said.
    Accept {
        #[command(flatten)]
        log: LogArgs,
        #[command(flatten)]
        key: KeyArgs,
    },
    /// Print position and hash of the last entry, to be noted
    Head {
        #[command(flatten)]
        log: LogArgs,
    },
    /// Print the public key that signs the log now
    ///
    /// As the log names it; with the committee's key, as it must be.
    Key {
        #[command(flatten)]
        log: LogArgs,
        #[command(flatten)]
        committee: CommitteeArgs,
    },
    /// Write the log for another system that keeps such logs, one entry a line
    ///
    /// With the committee's key, the lines say what was done and by which member.
    Export {
        #[command(flatten)]
        log: LogArgs,
        /// Shape of a line
        #[arg(long, value_enum)]
        format: Format,
        /// Position of the first entry
        #[arg(long, value_name = "POSITION", default_value_t = 0)]
        from: u64,
        #[command(flatten)]
        committee: CommitteeArgs,
    },
}

/// Where the log is.
#[derive(Debug, clap::Args)]
pub(crate) struct LogArgs {
    /// The case files: `sqlite://PATH`, which must be there, or `postgres://…`
    #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
    cases: StoreUrl,
}

/// The committee's key, if it is at hand.
#[derive(Debug, clap::Args)]
pub(crate) struct CommitteeArgs {
    /// The committee's identity file
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// A share of the committee's key, where it is split: once for each of as many as it takes
    #[arg(long = "share", value_name = "FILE", conflicts_with = "identity")]
    shares: Vec<PathBuf>,
}

/// Shape of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A JSON object a line
    Json,
    /// Messages of RFC 5424
    Syslog,
}

/// Where a key is.
#[derive(Debug, Clone)]
pub(crate) enum KeySource {
    Key(LogKey),
    File(PathBuf),
}

impl FromStr for KeySource {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text
            .parse()
            .map_or_else(|_| Self::File(text.into()), Self::Key))
    }
}

impl KeySource {
    fn read(self) -> Result<LogKey, AuditError> {
        let path = match self {
            Self::Key(key) => return Ok(key),
            Self::File(path) => path,
        };
        let text = std::fs::read_to_string(&path).map_err(|source| AuditError::Read {
            path: path.clone(),
            source,
        })?;
        let first = text.split_whitespace().next().unwrap_or_default();
        first
            .parse()
            .map_err(|source| AuditError::NotAKey { path, source })
    }
}

/// Why the log was not checked, or not exported.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The case files cannot be read.
    #[error("the case files cannot be read; check --cases")]
    Store(#[from] StoreError),
    /// The path is mistyped.
    #[error("there are no case files at {}; check --cases", .0.display())]
    Absent(PathBuf),
    /// Somebody changed the case files.
    #[error("the log is NOT sound: {}", list(.0))]
    NotSound(Vec<Fault>),
    /// Nothing was ever written.
    #[error(
        "the log is empty: the service was never opened on these case files, or the log is gone"
    )]
    Empty,
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file holds no key.
    #[error("{} holds no key of a log", path.display())]
    NotAKey {
        /// Which.
        path: PathBuf,
        /// Why.
        source: NotALogKey,
    },
    /// The committee's key was not had.
    #[error(transparent)]
    Key(#[from] KeySourceError),
    /// The identity is another committee's.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The row of the service's own state is not as it has to be.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// The log does not open.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Standard output, or the runtime that talks to the store.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

fn list(faults: &[Fault]) -> String {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("; ")
}

impl Audit {
    pub(crate) fn run(self) -> Result<(), AuditError> {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(self.done())
    }

    async fn done(self) -> Result<(), AuditError> {
        match self {
            Self::Verify {
                log,
                committee,
                key,
                head,
            } => {
                let key = key.map(KeySource::read).transpose()?;
                let cases = log.open().await?;
                let keyring = committee.keyring(&*cases).await?;
                let own = keyring.as_ref().and_then(Keyring::noted_head);
                verify::verify(&*cases, key, verify::Heads { given: head, own }).await
            }
            Self::Accept { log, key } => accept::accept(log.open().await?, &key).await,
            Self::Head { log } => {
                let last = log.open().await?.log_head().await?;
                let head = Head::from(&last.ok_or(AuditError::Empty)?);
                Ok(output::to_stdout(format!("{head}\n").as_bytes())?)
            }
            Self::Key { log, committee } => {
                let cases = log.open().await?;
                let key = match committee.keyring(&*cases).await? {
                    Some(keyring) => Logbook::key(&keyring),
                    None => verify::key_in_use(&*cases).await?,
                };
                Ok(output::to_stdout(format!("{key}\n").as_bytes())?)
            }
            Self::Export {
                log,
                format,
                from,
                committee,
            } => {
                let cases = log.open().await?;
                let keyring = committee.keyring(&*cases).await?;
                export::export(cases, format, from, keyring.as_ref()).await
            }
        }
    }
}

impl CommitteeArgs {
    /// The committee's keys, if any were given, and if these case files are that committee's.
    async fn keyring(&self, cases: &dyn CaseFiles) -> Result<Option<Keyring>, AuditError> {
        if self.identity.is_none() && self.shares.is_empty() {
            return Ok(None);
        }
        let (identity, _) = source::open(self.identity.as_deref(), &self.shares)?;
        // Whatever was done to them, they can be looked into.
        Ok(Some(Keyring::as_it_is(identity, cases).await?))
    }
}

impl LogArgs {
    async fn open(&self) -> Result<Arc<dyn CaseFiles>, AuditError> {
        if let Some(path) = self.cases.path().filter(|path| !path.exists()) {
            return Err(AuditError::Absent(path.to_owned()));
        }
        Ok(service::stores::case_files(&self.cases).await?)
    }
}
