//! `guiando keys recover`: holders of the last resort open a case to members again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use committee::last_resort::{self, LastResortError, Recovered};
use domain::case::Folio;
use opening::{IdentityError, PersonIdentity, PersonRecipient};
use ring::rand::SystemRandom;
use service::settings::StoreUrl;
use store::StoreError;

use super::stores::{self, StoresError};
use crate::output;
use crate::passphrase::{PassphraseError, known_passphrase};

/// A case that nobody can open any more.
#[derive(Debug, clap::Args)]
pub(crate) struct Recover {
    /// The case files
    #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
    cases: StoreUrl,
    /// The case's number
    #[arg(long, value_name = "FOLIO")]
    case: Folio,
    /// Public key of a member who is to open it, as their page shows it; say it once for each. Copies of
    /// all others go
    #[arg(long = "to", value_name = "age1…", required = true)]
    to: Vec<PersonRecipient>,
    /// Key files of as many holders as it takes
    #[arg(value_name = "HOLDER", required = true)]
    holders: Vec<PathBuf>,
}

/// Why the case was not recovered; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RecoverCaseError {
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A holder's file does not open.
    #[error("{} does not open", path.display())]
    Holder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: IdentityError,
    },
    /// A holder has no piece.
    #[error(
        "{}: this holder has no piece of this case; they may not know of it, or it came before them",
        .0.display()
    )]
    NoPiece(PathBuf),
    /// See there.
    #[error(transparent)]
    LastResort(LastResortError),
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The case files are not there.
    #[error(transparent)]
    Stores(#[from] StoresError),
    /// The case files do not answer.
    #[error("the case files do not answer")]
    Store(#[from] StoreError),
    /// The runtime that talks to the store.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

impl Recover {
    pub(super) fn run(self) -> Result<(), RecoverCaseError> {
        let holders = self
            .holders
            .iter()
            .map(|path| read(path))
            .collect::<Result<Vec<_>, _>>()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let Recovered { keys, closed } = runtime.block_on(self.recover(&holders))?;
        output::tell(&format!(
            "{} opens for {} people named, and for nobody else ({keys} keys of the case)",
            self.case,
            self.to.len(),
        ));
        if closed > 0 {
            output::tell(&format!(
                "what was sealed to {closed} older keys of the case stays closed: these holders have no pieces \
                 of them"
            ));
        }
        output::tell(
            "whether they may open it is the committee's to decide, at the service; there it takes two",
        );
        Ok(())
    }

    async fn recover(&self, holders: &[PersonIdentity]) -> Result<Recovered, RecoverCaseError> {
        let cases = stores::cases(&self.cases).await?;
        let case = cases.case(self.case).await?;
        let case = case.ok_or(RecoverCaseError::LastResort(LastResortError::Unknown))?;
        last_resort::recover(&*cases, case.id, holders, &self.to, &SystemRandom::new())
            .await
            .map_err(|error| self.named(error))
    }

    /// Says which file is meant.
    fn named(&self, error: LastResortError) -> RecoverCaseError {
        if let LastResortError::NoPiece { holder } = error
            && let Some(path) = self.holders.get(holder)
        {
            return RecoverCaseError::NoPiece(path.clone());
        }
        RecoverCaseError::LastResort(error)
    }
}

fn read(path: &Path) -> Result<PersonIdentity, RecoverCaseError> {
    let file = fs::read(path).map_err(|source| RecoverCaseError::Read {
        path: path.to_owned(),
        source,
    })?;
    let passphrase = known_passphrase(&path.display().to_string())?;
    PersonIdentity::from_protected(&file, passphrase).map_err(|source| RecoverCaseError::Holder {
        path: path.to_owned(),
        source,
    })
}
