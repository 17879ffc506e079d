//! `guiando keys`: makes the committee's key.

use std::path::PathBuf;

use clap::Subcommand;

use crate::key_files::{self, KeyFileError};
use crate::output;
use crate::passphrase::{PassphraseError, new_passphrase};

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make the committee's key: `committee.pub` for intake, `committee.key` for triage
    ///
    /// The passphrase comes from `GUIANDO_PASSPHRASE` or is asked for twice at the terminal. Without
    /// it, what was sealed stays closed for ever.
    Generate {
        /// Directory for the two files; made when absent, never written over
        #[arg(long, env = "GUIANDO_KEYS", value_name = "DIR")]
        out: PathBuf,
    },
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The files were not written.
    #[error(transparent)]
    Files(#[from] KeyFileError),
}

impl Keys {
    pub(crate) fn run(self) -> Result<(), KeysError> {
        let Self::Generate { out } = self;
        key_files::refuse_to_overwrite(&out)?;
        let identity = key_files::generate(&out, new_passphrase()?)?;
        output::tell(&format!(
            "committee key {} written to {}",
            identity.key_id(),
            out.display()
        ));
        Ok(())
    }
}
