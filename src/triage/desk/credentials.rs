//! Whether a name and a passphrase belong together.

use std::time::Duration;

use actix_web::web;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::complaint::SecretText;
use ring::rand::{SecureRandom as _, SystemRandom};
use store::StoreError;
use store::casefiles::{Account, CaseFiles};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::DeskError;
use super::throttle::{Crowded, Throttle};

/// How many passphrases are checked at once; each takes 19 MiB and a processor.
const AT_ONCE: usize = 2;
/// How long a check waits for a place.
const PATIENCE: Duration = Duration::from_secs(10);

/// Checks passphrases.
pub(super) struct Credentials {
    throttle: Throttle,
    places: Semaphore,
    /// Checked where there is no account, so that its absence costs as much. It has the settings
    /// with which accounts are made.
    decoy: String,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(super) enum CredentialsError {
    /// No such account or not its passphrase: nobody is told which.
    #[error("name and passphrase do not belong together")]
    Wrong,
    /// Too many attempts wait.
    #[error(transparent)]
    Crowded(#[from] Crowded),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored hash is not one, or the check was broken off.
    #[error("the passphrase could not be checked")]
    Broken,
}

impl Credentials {
    pub(super) fn new() -> Result<Self, DeskError> {
        let mut random = [0; 32];
        SystemRandom::new()
            .fill(&mut random)
            .map_err(|_| DeskError::Randomness)?;
        let decoy = hash(&URL_SAFE_NO_PAD.encode(random))?;
        Ok(Self {
            throttle: Throttle::default(),
            places: Semaphore::new(AT_ONCE),
            decoy,
        })
    }

    /// The account that name and passphrase belong to.
    pub(super) async fn check(
        &self,
        cases: &dyn CaseFiles,
        name: &str,
        passphrase: SecretText,
    ) -> Result<Account, CredentialsError> {
        let verify = async {
            let account = cases.account(name).await?;
            let hash = account
                .as_ref()
                .map_or(&self.decoy, |account| &account.passphrase_hash);
            let fits = self.verify(hash.clone(), passphrase).await?;
            Ok::<_, CredentialsError>(account.filter(|_| fits))
        };
        self.throttle
            .attempt(name, verify)
            .await?
            .ok_or(CredentialsError::Wrong)
    }

    async fn verify(&self, hash: String, given: SecretText) -> Result<bool, CredentialsError> {
        let waited = timeout(PATIENCE, self.places.acquire())
            .await
            .map_err(|_| Crowded)?;
        let _place = waited.map_err(|_| Crowded)?;
        web::block(move || {
            let hash = PasswordHash::new(&hash).map_err(|_| CredentialsError::Broken)?;
            Ok(Argon2::default()
                .verify_password(given.expose().as_bytes(), &hash)
                .is_ok())
        })
        .await
        .map_err(|_| CredentialsError::Broken)?
    }
}

/// A passphrase as accounts keep it: Argon2id with the settings that OWASP names first.
pub(super) fn hash(passphrase: &str) -> Result<String, DeskError> {
    Argon2::default()
        .hash_password(passphrase.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|_| DeskError::Hash)
}
