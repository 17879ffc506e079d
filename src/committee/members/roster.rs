//! All members, as they are kept now, and how one is changed.

use domain::committee::{MemberId, MemberProfile};
use jiff::civil::Date;
use opening::OpenError;
use sealing::SealError;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind};

use super::invitation::InvitationCode;
use super::login::{LoginName, fold};
use super::record::{Credentials, MemberRecord};
use crate::anchor::AnchorError;
use crate::keyring::Keyring;
use crate::people::People;

/// Every member, of before too.
#[derive(Debug, Clone, Default)]
pub struct Roster(Vec<Versioned>);

/// A member, with what was read: a change is written only if that is kept still.
#[derive(Debug, Clone)]
pub struct Versioned {
    /// The member.
    pub record: MemberRecord,
    sealed: Vec<u8>,
}

/// Why the members cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What has to be there is not known.
    #[error(transparent)]
    Anchor(AnchorError),
    /// A record was altered, or is of another key.
    #[error("a member's record does not open")]
    Open(#[from] OpenError),
}

impl From<AnchorError> for RosterError {
    fn from(error: AnchorError) -> Self {
        match error {
            AnchorError::Store(error) => Self::Store(error),
            error @ (AnchorError::Gone
            | AnchorError::Older
            | AnchorError::Open(_)
            | AnchorError::Seal(_)
            | AnchorError::Contended) => Self::Anchor(error),
        }
    }
}

/// Why a member was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Somebody else changed the record first: read it again.
    #[error("the member's record is another by now")]
    Contended,
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Roster {
    /// Reads all records.
    ///
    /// # Errors
    /// See [`RosterError`]. One record that does not open is an error: who is missing would be taken
    /// for one who is not a member.
    pub async fn load(cases: &dyn CaseFiles, keyring: &Keyring) -> Result<Self, RosterError> {
        keyring.refresh(cases).await?;
        let mut all = Vec::new();
        for row in cases.records(RecordKind::Member).await? {
            let record = MemberRecord::open(keyring, MemberId(row.id.0), &row.sealed)?;
            all.push(Versioned {
                record,
                sealed: row.sealed,
            });
        }
        Ok(Self(all))
    }

    /// Everybody, of before too, by random ids.
    pub fn all(&self) -> &[Versioned] {
        &self.0
    }

    /// One member.
    pub fn of(&self, id: MemberId) -> Option<&Versioned> {
        self.0.iter().find(|member| member.record.profile.id == id)
    }

    /// The active member who signs in under a name, however it is typed.
    pub fn signing_in_as(&self, typed: &str) -> Option<&Versioned> {
        let typed = fold(typed);
        self.0.iter().find(|member| {
            member.record.credentials().is_some() && member.record.login.folded() == typed
        })
    }

    /// Whether a name to sign in with is somebody's, who is invited or active.
    pub fn has_login(&self, login: &LoginName) -> bool {
        let mut staying = self.0.iter().filter(|member| !member.record.has_ended());
        staying.any(|member| member.record.login == *login)
    }

    /// The invited member whom a link is for, in time.
    pub fn invited_with(&self, code: &InvitationCode, today: Date) -> Option<&Versioned> {
        self.0.iter().find(|member| {
            let invitation = member.record.invitation();
            invitation.is_some_and(|invitation| invitation.opens_with(code, today))
        })
    }

    /// Those who can sign in, with what they sign in with.
    pub fn active(&self) -> impl Iterator<Item = (&MemberProfile, &Credentials)> {
        self.0.iter().filter_map(|member| {
            let credentials = member.record.credentials()?;
            Some((&member.record.profile, credentials))
        })
    }

    /// The profiles of those who can sign in: who is entitled is chosen among them.
    pub fn profiles(&self) -> Vec<MemberProfile> {
        self.active().map(|(profile, _)| profile.clone()).collect()
    }

    /// As entitlements and conflicts are concerned: whoever can sign in or was invited, unless the term
    /// of office is over.
    pub fn people(&self, today: Date) -> People {
        let mut people = People::default();
        for member in &self.0 {
            let profile = &member.record.profile;
            let over = profile.term.until.is_some_and(|until| until < today);
            if !over && !member.record.has_ended() {
                let key = member
                    .record
                    .credentials()
                    .map(|found| found.public.clone());
                people.add(profile.clone(), key);
                if profile.is_suspended(today) {
                    people.suspend(profile.id);
                }
            }
        }
        people
    }

    /// Whether nobody can sign in yet, nor ever could.
    pub fn is_founding(&self) -> bool {
        let mut all = self.0.iter();
        all.all(|member| member.record.invitation().is_some())
    }
}

impl Versioned {
    /// Adds a new member.
    ///
    /// # Errors
    /// See [`ChangeError`].
    pub async fn add(
        record: MemberRecord,
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<Self, ChangeError> {
        write(record, None, cases, keyring).await
    }

    /// Reads one member.
    ///
    /// # Errors
    /// See [`RosterError`].
    pub async fn load(
        id: MemberId,
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<Option<Self>, RosterError> {
        let row = cases.record(RecordKind::Member, RecordId(id.0)).await?;
        row.map(|row| {
            Ok(Self {
                record: MemberRecord::open(keyring, id, &row.sealed)?,
                sealed: row.sealed,
            })
        })
        .transpose()
    }

    /// Puts another record in place of this one.
    ///
    /// # Errors
    /// See [`ChangeError`].
    pub async fn replace(
        &self,
        record: MemberRecord,
        cases: &dyn CaseFiles,
        keyring: &Keyring,
    ) -> Result<Self, ChangeError> {
        write(record, Some(&self.sealed), cases, keyring).await
    }
}

async fn write(
    record: MemberRecord,
    expected: Option<&[u8]>,
    cases: &dyn CaseFiles,
    keyring: &Keyring,
) -> Result<Versioned, ChangeError> {
    let sealed = record.seal(keyring)?;
    let id = RecordId(record.profile.id.0);
    let wrote = cases
        .put_record(RecordKind::Member, id, expected, &sealed)
        .await?;
    if wrote {
        Ok(Versioned { record, sealed })
    } else {
        Err(ChangeError::Contended)
    }
}
