//! Whether a name and a passphrase belong together, and whether a code is the member's.

use std::time::Duration;

use actix_web::web;
use committee::keyring::Keyring;
use committee::members::passphrase::ProtectedKey;
use committee::members::roster::{ChangeError, RosterError};
use committee::members::{Factors, MemberRecord, Roster, SecondFactor, Versioned, login};
use domain::committee::MemberId;
use domain::complaint::SecretText;
use opening::PersonIdentity;
use ring::rand::SystemRandom;
use store::casefiles::CaseFiles;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::DeskError;
use super::known_device::KnownDevice;
use super::throttle::{Door, NotNow, Throttle};

/// How many passphrases are worked on at once; each takes 19 MiB and a processor.
const AT_ONCE: usize = 2;
/// How many more of those whom the service knows already: nobody else gets these places.
const KNOWN_AT_ONCE: usize = 1;
/// How long a check waits for a place.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a member's record is read again when somebody else changed it meanwhile.
const TRIES: usize = 4;

/// Checks what members sign in with.
pub(super) struct Credentials {
    throttle: Throttle,
    places: Semaphore,
    known_places: Semaphore,
    /// Opened where there is no such member, so that their absence costs as much.
    decoy: ProtectedKey,
}

/// Who a passphrase is worked on for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Whoever typed it.
    Anybody,
    /// Somebody with a session, an invitation, or a browser that is known.
    Known,
}

/// Somebody whose name and passphrase were right.
pub(super) struct Known {
    pub(super) member: Versioned,
    pub(super) key: PersonIdentity,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(super) enum CredentialsError {
    /// No such member, not the passphrase, not a code: nobody is told which. Whose name it was is for
    /// the log alone.
    #[error("this does not belong together")]
    Wrong(Option<MemberId>),
    /// It is not looked at now.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// What was used up could not be written, so it does not count.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The check was broken off.
    #[error("the passphrase could not be checked")]
    Broken,
}

/// What a member's record is read from and written to.
#[derive(Clone, Copy)]
pub(super) struct Records<'a> {
    pub(super) cases: &'a dyn CaseFiles,
    pub(super) keyring: &'a Keyring,
}

impl Credentials {
    pub(super) fn new() -> Result<Self, DeskError> {
        let decoy = ProtectedKey::decoy(&SystemRandom::new()).map_err(|_| DeskError::Randomness)?;
        Ok(Self {
            throttle: Throttle::default(),
            places: Semaphore::new(AT_ONCE),
            known_places: Semaphore::new(KNOWN_AT_ONCE),
            decoy,
        })
    }

    /// The member whom name and passphrase belong to.
    pub(super) async fn check(
        &self,
        records: Records<'_>,
        name: &str,
        device: Option<KnownDevice>,
        passphrase: SecretText,
    ) -> Result<Known, CredentialsError> {
        let mut meant = None;
        let verify = async |whose| {
            let roster = Roster::load(records.cases, records.keyring).await?;
            let member = roster.signing_in_as(name).cloned();
            meant = member.as_ref().map(|member| member.record.profile.id);
            let key = self.open(member.as_ref(), passphrase, whose).await?;
            Ok::<_, CredentialsError>(member.zip(key).map(|(member, key)| Known { member, key }))
        };
        self.throttle
            .attempt(Door::First(&login::fold(name)), device, verify)
            .await?
            .ok_or(CredentialsError::Wrong(meant))
    }

    /// Whether a passphrase is a member's, who is signed in and wants to change something. Slowed down
    /// together with signing in, so that an unattended session is no way around.
    pub(super) async fn confirm(
        &self,
        records: Records<'_>,
        name: &str,
        device: Option<KnownDevice>,
        member: MemberId,
        passphrase: SecretText,
    ) -> Result<Known, CredentialsError> {
        let known = self.check(records, name, device, passphrase).await?;
        if known.member.record.profile.id == member {
            Ok(known)
        } else {
            Err(CredentialsError::Wrong(Some(member)))
        }
    }

    /// Lets a second factor be used up. `take` gives what came of it, or `None` if it is wrong; it is
    /// called again on a fresh record when somebody else changed the record meanwhile, so one code
    /// is never taken twice, however many try at once.
    pub(super) async fn second<T>(
        &self,
        records: Records<'_>,
        member: MemberId,
        device: Option<KnownDevice>,
        mut take: impl FnMut(&mut Factors) -> Option<T>,
    ) -> Result<(Versioned, T), CredentialsError> {
        let verify = async |_| {
            for _ in 0..TRIES {
                let found = Versioned::load(member, records.cases, records.keyring).await?;
                let Some(found) = found else {
                    return Ok(None);
                };
                let mut record = found.record.clone();
                let Some(taken) = factors_of(&mut record).and_then(&mut take) else {
                    return Ok(None);
                };
                match found.replace(record, records.cases, records.keyring).await {
                    Ok(kept) => return Ok(Some((kept, taken))),
                    Err(ChangeError::Contended) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Err(CredentialsError::Change(ChangeError::Contended))
        };
        self.throttle
            .attempt(Door::Second(member), device, verify)
            .await?
            .ok_or(CredentialsError::Wrong(Some(member)))
    }

    /// Works on a passphrase when there is a place for it.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        whose: Whose,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CredentialsError> {
        let places = match whose {
            Whose::Anybody => &self.places,
            Whose::Known => &self.known_places,
        };
        let waited = timeout(PATIENCE, places.acquire())
            .await
            .map_err(|_| NotNow::Crowded)?;
        let _place = waited.map_err(|_| NotNow::Crowded)?;
        web::block(work).await.map_err(|_| CredentialsError::Broken)
    }

    /// As in a flood: each attempt under a name waits long, and nobody else gets a place.
    #[cfg(test)]
    pub(super) async fn flooded(&self, name: &str) -> tokio::sync::SemaphorePermit<'_> {
        self.throttle.slow_down(name);
        let all = AT_ONCE.try_into().unwrap();
        self.places.acquire_many(all).await.unwrap()
    }

    async fn open(
        &self,
        member: Option<&Versioned>,
        passphrase: SecretText,
        whose: Whose,
    ) -> Result<Option<PersonIdentity>, CredentialsError> {
        let (sealed, id) = match member.and_then(|member| {
            let id = member.record.profile.id;
            member
                .record
                .credentials()
                .map(|kept| (kept.key.clone(), id))
        }) {
            Some(known) => known,
            None => (self.decoy.clone(), MemberId([0; 16])),
        };
        self.work(whose, move || sealed.open(&passphrase, id)).await
    }
}

fn factors_of(record: &mut MemberRecord) -> Option<&mut Factors> {
    match &mut record.credentials_mut()?.second {
        SecondFactor::Required(factors) => Some(factors),
        SecondFactor::Demonstration => None,
    }
}
