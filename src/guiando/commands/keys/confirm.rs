//! `guiando keys confirm`: the committee says who holds the pieces of last resort.
//!
//! The list is sealed under the committee's key, so that nobody who only runs the server can put another
//! one in its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use committee::anchor::AnchorError;
use committee::keyring::{Keyring, KeyringError};
use committee::log::{Actor, LogError, Logbook};
use opening::recovery::{HoldersError, RecoveryHolders};
use service::clock::{Clock as _, SystemClock};
use service::settings::StoreUrl;

use super::source::{KeyArgs, KeySourceError};
use super::stores::{self, StoresError};
use crate::output;

/// Who is to hold pieces of each case's key.
#[derive(Debug, clap::Args)]
pub(crate) struct Confirm {
    /// The list of holders, `recovery.pub`, as `guiando keys recovery` made it
    #[arg(long, value_name = "FILE", required_unless_present = "nobody")]
    recovery: Option<PathBuf>,
    /// Nobody is to hold pieces of what comes from now on
    #[arg(long, conflicts_with = "recovery")]
    nobody: bool,
    /// The case files, which triage has made at its first start
    #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
    cases: StoreUrl,
    #[command(flatten)]
    key: KeyArgs,
}

/// Why the list is not in force; the one of before is.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// See there.
    #[error(transparent)]
    List(#[from] ListError),
    /// The committee's key was not had.
    #[error(transparent)]
    Key(#[from] KeySourceError),
    /// The case files are not there.
    #[error(transparent)]
    Stores(#[from] StoresError),
    /// The case files belong to another key.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// No entry of the log could be written, so nothing was done.
    #[error("the log of the committee's acts takes no entry")]
    Log(#[from] LogError),
    /// It could not be written.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The runtime that talks to the store.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no list.
    #[error("{} is no list of holders", path.display())]
    Holders {
        /// Which.
        path: PathBuf,
        /// Why.
        source: HoldersError,
    },
}

impl Confirm {
    pub(super) fn run(self) -> Result<(), ConfirmError> {
        let list = self.recovery.as_deref().map(read_list).transpose()?;
        let (identity, _) = self.key.open()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let cases = stores::cases(&self.cases).await?;
            let keyring = Keyring::unseal(identity, &*cases).await?;
            let holders = list.as_ref().map_or(0, |list| list.quorum().members());
            Logbook::new(cases.clone())
                .recorder(&keyring, Actor::Operator, SystemClock.now())
                .recovery_confirmed(u32::from(holders))
                .await?;
            keyring.confirm_holders(&*cases, list.as_ref()).await?;
            Ok::<_, ConfirmError>(())
        })?;
        match &list {
            Some(list) => {
                output::tell(&format!(
                    "confirmed: {} of these {} open a case together. Compare each key id, by voice, with its \
                     holder's",
                    list.quorum().threshold(),
                    list.quorum().members()
                ));
                for holder in list.holders() {
                    output::tell(&format!("{}  {}", holder.recipient.key_id(), holder.name));
                }
            }
            None => output::tell("confirmed: nobody gets pieces of what comes from now on"),
        }
        Ok(())
    }
}

/// A list of holders, in a file.
pub(super) fn read_list(path: &Path) -> Result<RecoveryHolders, ListError> {
    let text = fs::read_to_string(path).map_err(|source| ListError::Read {
        path: path.to_owned(),
        source,
    })?;
    text.parse().map_err(|source| ListError::Holders {
        path: path.to_owned(),
        source,
    })
}
