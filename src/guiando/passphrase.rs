//! The passphrase that protects a key: from the environment, or asked for.

use std::collections::BTreeSet;
use std::env::{self, VarError};
use std::io::{self, IsTerminal as _};

use domain::complaint::SecretText;
use opening::Passphrase;
use zeroize::Zeroizing;

use crate::output;

/// Fewest characters of a passphrase that stands alone (NIST SP 800-63B-4, 3.1.1.2). Whoever has the
/// file may try as many as their machines can.
const FEWEST: usize = 15;
/// Fewest different ones among them.
const FEWEST_DIFFERENT: usize = 6;

/// The variable that holds it, for machines that have no terminal.
pub(crate) const VARIABLE: &str = "GUIANDO_PASSPHRASE";
/// The same for a member's own, where both are needed.
const OF_MEMBER: &str = "GUIANDO_MEMBER_PASSPHRASE";

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// Nobody can be asked.
    #[error(
        "no passphrase: run this at a terminal, or set the environment variable {0} for this one command"
    )]
    Nobody(&'static str),
    /// Nothing was given, which would protect nothing.
    #[error("the passphrase is empty; a key without one would lie open")]
    Empty,
    /// The variable is not text.
    #[error("the environment variable {0} is not UTF-8 text")]
    NotText(&'static str),
    /// It can be guessed by whoever has the file.
    #[error(
        "the passphrase is weak, nothing was written; take at least {FEWEST} characters, best six words \
         drawn at random"
    )]
    Weak,
    /// It was not typed twice alike.
    #[error("the two passphrases differ; nothing was written, try again")]
    Differ,
    /// The terminal failed.
    #[error("the passphrase could not be read from the terminal")]
    Terminal(#[source] io::Error),
}

/// A passphrase for what is being made, named `what` at the prompt. At the terminal it is asked for
/// twice, since nobody could open what a mistyped one protects, and a weak one is refused. From the
/// variable a weak one is taken with a warning: programs that set it up must go on.
pub(crate) fn new_passphrase(what: &str) -> Result<Passphrase, PassphraseError> {
    let given = given(VARIABLE, || {
        let first = ask(&format!("Passphrase for {what}: "))?;
        if is_weak(&first) {
            return Err(PassphraseError::Weak);
        }
        let second = ask("The same once more: ")?;
        if first == second {
            Ok(first)
        } else {
            Err(PassphraseError::Differ)
        }
    })?;
    if is_weak(&given) {
        output::tell(&format!(
            "warning: the passphrase in {VARIABLE} is weak; whoever gets what it protects can guess it. \
             Take at least {FEWEST} characters, best six words drawn at random"
        ));
    }
    Ok(Passphrase::from(String::clone(&given)))
}

/// Whether nobody would need long to guess it. A measure of length alone, and of variety: a long
/// passphrase that many people use is not recognised.
fn is_weak(passphrase: &str) -> bool {
    let different: BTreeSet<char> = passphrase.chars().collect();
    passphrase.chars().count() < FEWEST || different.len() < FEWEST_DIFFERENT
}

/// The passphrase of what is there already, named `what` at the prompt.
pub(crate) fn known_passphrase(what: &str) -> Result<Passphrase, PassphraseError> {
    let given = given(VARIABLE, || ask(&format!("Passphrase of {what}: ")))?;
    Ok(Passphrase::from(String::clone(&given)))
}

/// The passphrase with which a member signs in.
pub(crate) fn member_passphrase(login: &str) -> Result<SecretText, PassphraseError> {
    let given = given(OF_MEMBER, || {
        ask(&format!("Passphrase of the member {login}: "))
    })?;
    Ok(SecretText::from(String::clone(&given)))
}

/// From the variable, or else from the terminal.
fn given(
    variable: &'static str,
    asked: impl FnOnce() -> Result<Zeroizing<String>, PassphraseError>,
) -> Result<Zeroizing<String>, PassphraseError> {
    let given = match env::var(variable) {
        Ok(given) => Zeroizing::new(given),
        Err(VarError::NotUnicode(_)) => return Err(PassphraseError::NotText(variable)),
        // The prompt would find a terminal even where input comes from elsewhere, and then wait for
        // somebody who is not there.
        Err(VarError::NotPresent) if !io::stdin().is_terminal() => {
            return Err(PassphraseError::Nobody(variable));
        }
        Err(VarError::NotPresent) => asked()?,
    };
    if given.is_empty() {
        return Err(PassphraseError::Empty);
    }
    Ok(given)
}

fn ask(prompt: &str) -> Result<Zeroizing<String>, PassphraseError> {
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(PassphraseError::Terminal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_or_of_few_characters_is_weak() {
        for weak in [
            "a",
            "catorce letras",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "1212121212121212",
        ] {
            assert!(is_weak(weak), "{weak}");
        }
        for strong in [
            "larga y secreta",
            "río mesa luz diez tren pan",
            "cóndor y murciélago",
        ] {
            assert!(!is_weak(strong), "{strong}");
        }
    }
}
