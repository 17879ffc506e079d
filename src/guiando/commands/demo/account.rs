//! The account of the demonstration: a passphrase of a few plain words, the same at each start.

use argon2::Argon2;
use argon2::password_hash::PasswordHasher as _;
use bip39::Language;
use ring::rand::{SecureRandom, SystemRandom};
use store::StoreError;
use store::casefiles::{Account, CaseFiles};
use zeroize::Zeroizing;

use super::layout::{Layout, LayoutError};

/// Name to sign in with.
pub(crate) const NAME: &str = "demo";
/// How many words the passphrase has.
const WORDS: usize = 4;
/// File under `demo/` that keeps it.
const FILE: &str = "sign-in";

/// Why nobody can sign in.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The passphrase cannot be kept.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The case files do not take the account.
    #[error("the account of the demonstration cannot be written")]
    Store(#[from] StoreError),
    /// The passphrase cannot be hashed.
    #[error("the passphrase of the demonstration cannot be hashed")]
    Hash(#[source] argon2::password_hash::Error),
    /// The system has no randomness to give.
    #[error("the system gives no randomness")]
    Randomness,
}

/// Makes the account unless it is there; gives its passphrase.
pub(crate) async fn prepare(
    cases: &dyn CaseFiles,
    layout: &Layout,
) -> Result<Zeroizing<String>, AccountError> {
    let known = layout.keep(FILE)?;
    if let Some(known) = &known
        && cases.account(NAME).await?.is_some()
    {
        return Ok(known.clone());
    }
    let passphrase = match known {
        Some(known) => known,
        None => layout.remember(FILE, words(&SystemRandom::new())?)?,
    };
    let hash = Argon2::default()
        .hash_password(passphrase.as_bytes())
        .map_err(AccountError::Hash)?;
    cases
        .put_account(&Account {
            name: NAME.to_owned(),
            passphrase_hash: hash.to_string(),
        })
        .await?;
    Ok(passphrase)
}

/// Words of the Spanish BIP-39 list that have no accent, since they are typed by hand.
fn words(rng: &dyn SecureRandom) -> Result<Zeroizing<String>, AccountError> {
    let list = Language::Spanish.word_list();
    let mut phrase = Zeroizing::new(String::with_capacity(64));
    let mut drawn = 0;
    while drawn < WORDS {
        let mut index = [0; 2];
        rng.fill(&mut index).map_err(|_| AccountError::Randomness)?;
        // The list has 2^11 words, so every one is as likely.
        let word = list[usize::from(u16::from_be_bytes(index)) % list.len()];
        if word.is_ascii() {
            if drawn > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
            drawn += 1;
        }
    }
    Ok(phrase)
}

#[cfg(test)]
mod tests {
    use argon2::PasswordVerifier as _;
    use argon2::password_hash::phc::PasswordHash;

    use super::*;

    #[test]
    fn a_passphrase_is_four_plain_words() {
        for _ in 0..100 {
            let phrase = words(&SystemRandom::new()).unwrap();
            assert_eq!(phrase.split(' ').count(), WORDS);
            assert!(
                phrase.chars().all(|c| c == ' ' || c.is_ascii_lowercase()),
                "{}",
                *phrase
            );
        }
    }

    #[tokio::test]
    async fn the_account_is_the_same_at_each_start_and_comes_back_with_new_case_files() {
        let folder = tempfile::tempdir().unwrap();
        let (layout, _) = Layout::prepare(folder.path()).unwrap();
        let mut phrases = Vec::new();
        for file in ["casefiles.db", "casefiles.db", "others.db"] {
            let url = format!("sqlite://{}", folder.path().join(file).display());
            let cases = service::stores::case_files(&url.parse().unwrap())
                .await
                .unwrap();
            let phrase = prepare(&*cases, &layout).await.unwrap();
            let account = cases.account(NAME).await.unwrap().unwrap();
            let hash = PasswordHash::new(&account.passphrase_hash).unwrap();
            assert!(
                Argon2::default()
                    .verify_password(phrase.as_bytes(), &hash)
                    .is_ok()
            );
            phrases.push(phrase);
        }
        assert!(phrases.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
