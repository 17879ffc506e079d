//! The files with keys that the service is started with: the committee's identity, its recipients, and
//! the holders of the last resort.

use std::io;
use std::path::Path;

use opening::custody::SetId;
use opening::recovery::{HoldersError, RecoveryHolders};
use opening::{CommitteeIdentity, Passphrase};
use sealing::Recipients;

use crate::settings::Settings;
use crate::start::{PASSPHRASE, StartError};
use crate::vault::Expected;

/// What they hold, as far as they are given.
pub(crate) struct KeyFiles {
    /// Of `committee.pub` and `recovery.pub`.
    pub(crate) expected: Expected,
    /// Of `committee.key`.
    pub(crate) identity: Option<CommitteeIdentity>,
}

impl KeyFiles {
    /// Reads them all.
    ///
    /// # Errors
    /// See [`StartError`].
    pub(crate) fn read(settings: &Settings) -> Result<Self, StartError> {
        let recipients = settings.recipients.as_deref().map(read_recipients);
        let recovery = settings.recovery.as_deref().map(read_recovery);
        let identity = settings.identity.as_deref().map(read_identity);
        Ok(Self {
            expected: Expected {
                recovery: recovery.transpose()?,
                ..recipients.transpose()?.unwrap_or_default()
            },
            identity: identity.transpose()?,
        })
    }
}

fn read_recipients(path: &Path) -> Result<Expected, StartError> {
    let unusable = |source| StartError::Recipients {
        path: path.to_owned(),
        source,
    };
    let text = std::fs::read_to_string(path).map_err(|error| unusable(error.into()))?;
    let recipients = text
        .parse::<Recipients>()
        .map_err(|error| unusable(error.into()))?;
    Ok(Expected {
        recipients: Some(recipients),
        shares: SetId::named_in(&text).map_err(|error| unusable(error.into()))?,
        recovery: None,
    })
}

fn read_recovery(path: &Path) -> Result<RecoveryHolders, StartError> {
    let unusable = |source| StartError::Recovery {
        path: path.to_owned(),
        source,
    };
    let text = std::fs::read_to_string(path).map_err(|error| unusable(error.into()))?;
    text.parse()
        .map_err(|error: HoldersError| unusable(error.into()))
}

fn read_identity(path: &Path) -> Result<CommitteeIdentity, StartError> {
    let file = std::fs::read(path).map_err(|source| StartError::IdentityFile {
        path: path.to_owned(),
        source,
    })?;
    CommitteeIdentity::from_protected(&file, passphrase()?).map_err(|source| StartError::Identity {
        path: path.to_owned(),
        source,
    })
}

fn passphrase() -> Result<Passphrase, StartError> {
    use std::io::IsTerminal as _;
    if let Ok(given) = std::env::var(PASSPHRASE) {
        return Ok(Passphrase::from(given));
    }
    if !io::stdin().is_terminal() {
        return Err(StartError::NoPassphrase);
    }
    rpassword::prompt_password("Frase de la llave del comité: ")
        .map(Passphrase::from)
        .map_err(|_| StartError::NoPassphrase)
}
