//! Shares of the committee's key: handed out to their holders, and gathered from them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use opening::CommitteeIdentity;
use opening::custody::{self, Assembly, Quorum, Share, ShareError, ShareRefused};

use crate::key_files::{self, KeyFileError};
use crate::output;
use crate::passphrase::{PassphraseError, known_passphrase, new_passphrase};

/// Why shares were not handed out or do not open.
#[derive(Debug, thiserror::Error)]
pub enum HoldersError {
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is no share, or its passphrase is another.
    #[error("{} does not open", path.display())]
    Share {
        /// Which.
        path: PathBuf,
        /// Why.
        source: ShareError,
    },
    /// A share does not go with the others.
    #[error("{} was not taken", path.display())]
    Refused {
        /// Which.
        path: PathBuf,
        /// Why.
        source: ShareRefused,
    },
    /// Too few.
    #[error("these shares do not open the key: {came} of the {needed} that it takes")]
    TooFew {
        /// How many came.
        came: usize,
        /// How many it takes.
        needed: u8,
    },
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The files were not written.
    #[error(transparent)]
    Files(#[from] KeyFileError),
}

/// Splits an identity and writes a file for each holder, who is asked for a passphrase.
pub(super) fn hand_out(
    identity: &CommitteeIdentity,
    quorum: Quorum,
    folder: &Path,
) -> Result<(), HoldersError> {
    key_files::refuse_to_overwrite_shares(folder, quorum.members())?;
    let shares = custody::split(identity, quorum)
        .into_iter()
        .map(|share| {
            let what = format!("share {} of {}", share.number(), quorum.members());
            Ok((share, new_passphrase(&what)?))
        })
        .collect::<Result<Vec<_>, PassphraseError>>()?;
    key_files::write_shares(folder, identity, shares)?;
    output::tell(&format!(
        "committee key {} written to {}: {quorum} shares open it",
        identity.key_id(),
        folder.display(),
    ));
    if quorum.is_fragile() {
        output::tell("every share is needed: if one is lost, nothing can be opened any more");
    }
    Ok(())
}

/// Reads shares until they open; says how the key was split as well.
pub(super) fn gather(paths: &[PathBuf]) -> Result<(CommitteeIdentity, Quorum), HoldersError> {
    let mut assembly = Assembly::default();
    for path in paths {
        let share = read(path)?;
        let quorum = share.splitting().quorum();
        let opened = assembly
            .add(share)
            .map_err(|source| HoldersError::Refused {
                path: path.clone(),
                source,
            })?;
        if let Some(identity) = opened {
            return Ok((identity, quorum));
        }
    }
    Err(HoldersError::TooFew {
        came: assembly.came(),
        needed: assembly.needed().unwrap_or_default(),
    })
}

fn read(path: &Path) -> Result<Share, HoldersError> {
    let file = fs::read(path).map_err(|source| HoldersError::Read {
        path: path.to_owned(),
        source,
    })?;
    let passphrase = known_passphrase(&path.display().to_string())?;
    Share::from_protected(&file, passphrase).map_err(|source| HoldersError::Share {
        path: path.to_owned(),
        source,
    })
}
