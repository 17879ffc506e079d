//! The committee's key as the operator brings it, and how a new one is to be kept.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use opening::custody::Quorum;
use opening::{CommitteeIdentity, IdentityError};

use super::holders::{HoldersError, gather, hand_out};
use crate::key_files::{self, KeyFileError};
use crate::output;
use crate::passphrase::{PassphraseError, known_passphrase, new_passphrase};

/// The committee's key: shares of it, or the file that holds it whole.
#[derive(Debug, clap::Args)]
pub(crate) struct KeyArgs {
    /// Files of as many shares as it takes
    #[arg(value_name = "SHARE", required_unless_present = "identity")]
    shares: Vec<PathBuf>,
    /// The identity file instead, where the key is not split
    #[arg(long, value_name = "FILE", conflicts_with = "shares")]
    identity: Option<PathBuf>,
}

/// Why the committee's key was not had, or not written.
#[derive(Debug, thiserror::Error)]
pub enum KeySourceError {
    /// The identity file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The identity file does not open.
    #[error("{} does not open", path.display())]
    Identity {
        /// Which.
        path: PathBuf,
        /// Why.
        source: IdentityError,
    },
    /// The shares were not read, or do not open, or none were handed out.
    #[error(transparent)]
    Holders(#[from] HoldersError),
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The files were not written.
    #[error(transparent)]
    Files(#[from] KeyFileError),
}

impl KeyArgs {
    /// The key; says as well how it was split, if it was.
    pub(in crate::commands) fn open(
        &self,
    ) -> Result<(CommitteeIdentity, Option<Quorum>), KeySourceError> {
        open(self.identity.as_deref(), &self.shares)
    }
}

/// The key in an identity file, or else in shares.
pub(in crate::commands) fn open(
    identity: Option<&Path>,
    shares: &[PathBuf],
) -> Result<(CommitteeIdentity, Option<Quorum>), KeySourceError> {
    let Some(path) = identity else {
        let (identity, quorum) = gather(shares)?;
        return Ok((identity, Some(quorum)));
    };
    let file = fs::read(path).map_err(|source| KeySourceError::Read {
        path: path.to_owned(),
        source,
    })?;
    let passphrase = known_passphrase(&path.display().to_string())?;
    let identity = CommitteeIdentity::from_protected(&file, passphrase).map_err(|source| {
        KeySourceError::Identity {
            path: path.to_owned(),
            source,
        }
    })?;
    Ok((identity, None))
}

/// Writes a key, durably: in shares, or whole where it is not to be split.
pub(super) fn keep(
    identity: &CommitteeIdentity,
    quorum: Option<Quorum>,
    folder: &Path,
) -> Result<(), KeySourceError> {
    if let Some(quorum) = quorum {
        return Ok(hand_out(identity, quorum, folder)?);
    }
    key_files::refuse_to_overwrite(folder)?;
    let passphrase = new_passphrase("the committee's key")?;
    key_files::write_identity(folder, identity, passphrase)?;
    output::tell(&format!(
        "committee key {} written to {}",
        identity.key_id(),
        folder.display()
    ));
    Ok(())
}
