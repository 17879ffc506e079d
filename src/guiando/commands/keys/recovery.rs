//! `guiando keys recovery`: keys for the holders of the last resort.

use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use opening::PersonIdentity;
use opening::recovery::{Holder, RecoveryHolders};

use crate::key_files::{self, KeyFileError, RECOVERY};
use crate::output;
use crate::passphrase::{PassphraseError, new_passphrase};

/// Keys for the holders of the last resort.
#[derive(Debug, clap::Args)]
pub(crate) struct Recovery {
    /// Directory for the files; made when absent, never written over
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many holders it takes
    #[arg(long, value_name = "K")]
    threshold: u8,
    /// A holder's whole name, by which a conflict with a case is looked for; say it once for each
    #[arg(long = "holder", value_name = "NAME", required = true, value_parser = name)]
    holders: Vec<String>,
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The files were not written.
    #[error(transparent)]
    Files(#[from] KeyFileError),
}

impl Recovery {
    pub(super) fn run(self) -> Result<(), RecoveryError> {
        let Self {
            out,
            threshold,
            holders: names,
        } = self;
        let identities: Vec<PersonIdentity> =
            names.iter().map(|_| PersonIdentity::generate()).collect();
        let holders = names
            .iter()
            .zip(&identities)
            .map(|(name, identity)| Holder {
                name: name.clone(),
                recipient: identity.recipient(),
            })
            .collect();
        let list = match RecoveryHolders::new(threshold, holders) {
            Ok(list) => list,
            // Wrong use, which ends the program as such.
            Err(error) => clap::Error::raw(ErrorKind::ValueValidation, format!("{error}\n")).exit(),
        };
        write(&out, &list, &names, identities)
    }
}

fn write(
    out: &Path,
    list: &RecoveryHolders,
    names: &[String],
    identities: Vec<PersonIdentity>,
) -> Result<(), RecoveryError> {
    // Nobody is asked for a passphrase in vain.
    key_files::refuse_to_overwrite_recovery(out, names.len())?;
    let keys = identities
        .into_iter()
        .zip(names)
        .map(|(identity, name)| Ok((identity, new_passphrase(&format!("the key of {name}"))?)))
        .collect::<Result<Vec<_>, PassphraseError>>()?;
    key_files::write_recovery(out, list, &keys)?;
    output::tell(&format!(
        "{} of the {} holders open a case together; their keys are in {}. Put the list {} in force with the \
         committee's key, `guiando keys confirm`: new cases get their pieces from then on",
        list.quorum().threshold(),
        list.quorum().members(),
        out.display(),
        out.join(RECOVERY).display(),
    ));
    if list.quorum().is_fragile() {
        output::tell(
            "every holder is needed: one who is recused from a case, or whose key is lost, leaves it \
             without a last resort",
        );
    }
    Ok(())
}

fn name(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err("a holder's name is one line of text");
    }
    Ok(name.to_owned())
}
