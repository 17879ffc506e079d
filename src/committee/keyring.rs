//! What an unsealed service holds in memory: the committee's identity and what follows from it.

use std::sync::Mutex;

use opening::{CaseKey, CommitteeIdentity, LookupHasher, OpenError, OwnKey, ResealError};
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::{
    Announcer, EnvelopeId, KeyId, Letter, LookupHash, LookupId, MailboxKey, Recipients, SealError,
    SealedEnvelope,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};
use zeroize::Zeroizing;

use crate::anchor::{self, Anchor};
use crate::log;
use crate::places;

/// Least bytes of a sealed record, so that records of one kind are of one size.
const LEAST: usize = 1 << 10;

/// Everything that can open or find a case. It exists only while the service is unsealed.
#[derive(Debug)]
pub struct Keyring {
    identity: CommitteeIdentity,
    /// What is sealed from now on, and then the keys of before a rotation.
    own: Vec<OwnKey>,
    hasher: LookupHasher,
    rng: SystemRandom,
    /// The newest that this process has seen.
    pub(crate) anchor: Mutex<Anchor>,
}

/// Why the service cannot be unsealed.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The case files do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The case files were begun with another committee key.
    #[error("these case files belong to another committee key; check --identity and --cases")]
    ForeignCaseFiles(#[source] OpenError),
    /// There are cases, members or a log, and not what they were begun with: somebody took it away.
    #[error(
        "the case files hold something already, and the row of the service's own state is gone; put the \
         database back as it was"
    )]
    Gone,
    /// The log names a later state than the one that is there.
    #[error(
        "the service's own state is older than its log says; put the database back as it was, or see \
         `guiando audit accept`"
    )]
    Older,
    /// The secret could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system has no randomness to give.
    #[error("the system gives no randomness")]
    Randomness,
}

/// What the service itself must be able to use for a case, sealed to the committee's key: with it,
/// notices can be posted while nobody is signed in, but no case opened.
#[derive(Serialize, Deserialize)]
pub struct ServiceRecord {
    /// The complainant's mailbox.
    pub lookup_id: LookupId,
    /// With which replies are sealed.
    pub mailbox_key: MailboxKey,
}

impl std::fmt::Debug for ServiceRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServiceRecord(…)")
    }
}

impl Keyring {
    /// Unseals the service: proves that the identity belongs to these case files, or begins them.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub async fn unseal(
        identity: CommitteeIdentity,
        cases: &dyn CaseFiles,
    ) -> Result<Self, KeyringError> {
        let own: Vec<OwnKey> = [identity.own()]
            .into_iter()
            .chain(identity.older_own())
            .collect();
        // Before the state is read, which may go on meanwhile.
        let logged = log::generation(cases, &own).await?;
        let keyring = Self::as_it_is(identity, cases).await?;
        if keyring.generation() < logged {
            return Err(KeyringError::Older);
        }
        Ok(keyring)
    }

    /// The same, even if the log names a later state: to look into it, and to go on.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub async fn as_it_is(
        identity: CommitteeIdentity,
        cases: &dyn CaseFiles,
    ) -> Result<Self, KeyringError> {
        let rng = SystemRandom::new();
        let own: Vec<OwnKey> = [identity.own()]
            .into_iter()
            .chain(identity.older_own())
            .collect();
        let sealed = match cases.secret(anchor::ROW).await? {
            Some(sealed) => sealed,
            None => begin(&identity, cases, &rng).await?,
        };
        let anchor: Anchor =
            open_with(&own, anchor::ROW, &sealed).map_err(KeyringError::ForeignCaseFiles)?;
        Ok(Self {
            hasher: LookupHasher::new(&anchor.lookup),
            identity,
            own,
            rng,
            anchor: Mutex::new(anchor),
        })
    }

    /// The committee's key in use.
    pub fn key_id(&self) -> KeyId {
        self.identity.key_id()
    }

    /// Which envelopes it opens: those of the key in use, and of the older ones until they are retired.
    pub fn key_ids(&self) -> Vec<KeyId> {
        self.identity.key_ids()
    }

    /// To whom new envelopes are sealed.
    pub fn recipients(&self) -> &Recipients {
        self.identity.recipients()
    }

    /// What signs announcements to intake, for each key that intake may still seal to.
    pub fn announcers(&self) -> Vec<(KeyId, Announcer)> {
        let own = self.own.iter().map(OwnKey::announcer);
        self.key_ids().into_iter().zip(own).collect()
    }

    /// What the service seals for itself with.
    pub fn own(&self) -> &OwnKey {
        self.own.first().expect("an identity has a key")
    }

    /// The same, and then those of before a rotation.
    pub(crate) fn all_own(&self) -> &[OwnKey] {
        &self.own
    }

    /// Seals a record for one place; `least` is its least size in bytes.
    ///
    /// # Errors
    /// See [`SealError`].
    pub fn seal_record<T: Serialize>(
        &self,
        place: &str,
        record: &T,
        least: usize,
    ) -> Result<Vec<u8>, SealError> {
        self.own().seal(place, record, least, &self.rng)
    }

    /// Opens a record, of before a rotation too.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_record<T: DeserializeOwned>(
        &self,
        place: &str,
        sealed: &[u8],
    ) -> Result<T, OpenError> {
        open_with(&self.own, place, sealed)
    }

    /// Seals a record anew under the key in use; `None` when it lies under it already.
    ///
    /// # Errors
    /// See [`ResealError`].
    pub fn reseal_record(
        &self,
        place: &str,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>, ResealError> {
        if self.own().sealed(place, sealed) {
            return Ok(None);
        }
        let mut refused = ResealError::Open(OpenError::Damaged);
        for older in self.own.iter().skip(1) {
            match self.own().reseal(older, place, sealed, &self.rng) {
                Ok(anew) => return Ok(Some(anew)),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    /// Seals an envelope anew to the key in use.
    ///
    /// # Errors
    /// See [`ResealError`].
    pub fn reseal(&self, envelope: &SealedEnvelope) -> Result<SealedEnvelope, ResealError> {
        self.identity.reseal(envelope)
    }

    /// Opens an envelope.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(&self, envelope: &SealedEnvelope) -> Result<Letter, OpenError> {
        self.identity.open(envelope)
    }

    /// The keyed hash under which a mailbox's case is found.
    pub fn hash(&self, mailbox: LookupId) -> LookupHash {
        self.hasher.hash(mailbox)
    }

    /// A short keyed hash of a text, to compare what is not kept in clear.
    pub fn mark(&self, about: &str, text: &str) -> u64 {
        self.hasher.mark(about, text)
    }

    /// The id of the document that lists the files of an envelope.
    pub fn evidence_list(&self, envelope: EnvelopeId) -> [u8; 16] {
        self.hasher.name("evidence", envelope)
    }

    /// The id of a record of which there is one: who writes it second finds it taken.
    pub fn name_of(&self, what: &str) -> [u8; 16] {
        self.hasher.name_of(what)
    }

    /// Opens a case's key as wrapped for the committee.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn case_key(&self, case: CaseId, wrapped: &[u8]) -> Result<CaseKey, OpenError> {
        let place = places::committee_wrap(case);
        let mut refused = OpenError::Damaged;
        for own in &self.own {
            match CaseKey::unwrap_own(own, &place, wrapped) {
                Ok(key) => return Ok(key),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    /// Wraps a new case's key for the committee, as long as there are no members.
    ///
    /// # Errors
    /// See [`SealError`].
    pub fn wrap(&self, case: CaseId, key: &CaseKey) -> Result<Vec<u8>, SealError> {
        key.wrap_own(self.own(), &places::committee_wrap(case), LEAST, &self.rng)
    }

    /// Seals what the service needs for notices.
    ///
    /// # Errors
    /// See [`SealError`].
    pub fn seal_service_record(
        &self,
        case: CaseId,
        record: &ServiceRecord,
    ) -> Result<Vec<u8>, SealError> {
        self.seal_record(&places::service_record(case), record, LEAST)
    }

    /// Opens what the service needs for notices.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_service_record(
        &self,
        case: CaseId,
        sealed: &[u8],
    ) -> Result<ServiceRecord, OpenError> {
        self.open_record(&places::service_record(case), sealed)
    }

    /// The system's randomness.
    pub fn rng(&self) -> &SystemRandom {
        &self.rng
    }
}

/// Begins case files that hold nothing yet.
async fn begin(
    identity: &CommitteeIdentity,
    cases: &dyn CaseFiles,
    rng: &SystemRandom,
) -> Result<Vec<u8>, KeyringError> {
    if !anchor::is_empty(cases).await? {
        // Another process may have begun them since.
        return cases.secret(anchor::ROW).await?.ok_or(KeyringError::Gone);
    }
    let mut fresh = Zeroizing::new([0; LookupHasher::SECRET]);
    rng.fill(fresh.as_mut_slice())
        .map_err(|_| KeyringError::Randomness)?;
    let begun = Anchor::begun(fresh);
    let sealed = identity
        .own()
        .seal(anchor::ROW, &begun, anchor::LEAST, rng)?;
    // Another process may have been first; what is kept counts for both.
    Ok(cases.keep_secret(anchor::ROW, &sealed).await?)
}

/// Opens with the first of the keys that fits.
fn open_with<T: DeserializeOwned>(
    keys: &[OwnKey],
    place: &str,
    sealed: &[u8],
) -> Result<T, OpenError> {
    let mut refused = OpenError::Damaged;
    for key in keys {
        match key.open(place, sealed) {
            Ok(record) => return Ok(record),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}
