//! The passphrase that protects a key: from the environment, or asked for.

use std::env::{self, VarError};
use std::io::{self, IsTerminal as _};

use opening::Passphrase;
use zeroize::Zeroizing;

/// The variable that holds it, for machines that have no terminal.
pub(crate) const VARIABLE: &str = "GUIANDO_PASSPHRASE";

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// Nobody can be asked.
    #[error(
        "no passphrase: run this at a terminal, or set the environment variable {VARIABLE} for this \
         one command"
    )]
    Nobody,
    /// Nothing was given, which would protect nothing.
    #[error("the passphrase is empty; a key without one would lie open")]
    Empty,
    /// The variable is not text.
    #[error("the environment variable {VARIABLE} is not UTF-8 text")]
    NotText,
    /// It was not typed twice alike.
    #[error("the two passphrases differ; nothing was written, try again")]
    Differ,
    /// The terminal failed.
    #[error("the passphrase could not be read from the terminal")]
    Terminal(#[source] io::Error),
}

/// A passphrase for what is being made, named `what` at the prompt. At the terminal it is asked for
/// twice, since nobody could open what a mistyped one protects.
pub(crate) fn new_passphrase(what: &str) -> Result<Passphrase, PassphraseError> {
    passphrase(|| {
        let first = ask(&format!("Passphrase for {what}: "))?;
        let second = ask("The same once more: ")?;
        if first == second {
            Ok(first)
        } else {
            Err(PassphraseError::Differ)
        }
    })
}

/// The passphrase of what is there already, named `what` at the prompt.
pub(crate) fn known_passphrase(what: &str) -> Result<Passphrase, PassphraseError> {
    passphrase(|| ask(&format!("Passphrase of {what}: ")))
}

/// From the variable, or else from the terminal.
fn passphrase(
    asked: impl FnOnce() -> Result<Zeroizing<String>, PassphraseError>,
) -> Result<Passphrase, PassphraseError> {
    let given = match env::var(VARIABLE) {
        Ok(given) => Zeroizing::new(given),
        Err(VarError::NotUnicode(_)) => return Err(PassphraseError::NotText),
        // The prompt would find a terminal even where input comes from elsewhere, and then wait for
        // somebody who is not there.
        Err(VarError::NotPresent) if !io::stdin().is_terminal() => {
            return Err(PassphraseError::Nobody);
        }
        Err(VarError::NotPresent) => asked()?,
    };
    if given.is_empty() {
        return Err(PassphraseError::Empty);
    }
    Ok(Passphrase::from(String::clone(&given)))
}

fn ask(prompt: &str) -> Result<Zeroizing<String>, PassphraseError> {
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(PassphraseError::Terminal)
}
