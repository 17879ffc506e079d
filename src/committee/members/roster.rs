//! All members, as they are kept now, and how one is changed.

use domain::committee::{MemberId, MemberProfile};
use jiff::civil::Date;
use opening::OpenError;
use sealing::SealError;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::{RecordId, RecordKind, SealedRecord};

use super::invitation::InvitationCode;
use super::login::{LoginName, fold};
use super::record::{Credentials, MemberRecord};
use crate::anchor::{AnchorError, Kept, Wrong};
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
    revision: u64,
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
    /// A record was taken away.
    #[error("the record of member {0} is gone; put the database back as it was")]
    Gone(MemberId),
    /// A record is one of before.
    #[error("the record of member {0} is one of before; put the database back as it was")]
    Older(MemberId),
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
    Seal(SealError),
    /// What has to be there is not known.
    #[error(transparent)]
    Anchor(AnchorError),
}

impl From<AnchorError> for ChangeError {
    fn from(error: AnchorError) -> Self {
        match error {
            AnchorError::Store(error) => Self::Store(error),
            AnchorError::Seal(error) => Self::Seal(error),
            error @ (AnchorError::Gone
            | AnchorError::Older
            | AnchorError::Open(_)
            | AnchorError::Contended) => Self::Anchor(error),
        }
    }
}

impl RosterError {
    /// Whether somebody changed what is stored, and not a store failed.
    pub fn is_tampering(&self) -> bool {
        match self {
            Self::Store(_) => false,
            Self::Anchor(error) => match error {
                AnchorError::Gone | AnchorError::Older | AnchorError::Open(_) => true,
                AnchorError::Store(_) | AnchorError::Seal(_) | AnchorError::Contended => false,
            },
            Self::Gone(_) | Self::Older(_) | Self::Open(_) => true,
        }
    }
}

impl Roster {
    /// Reads all records.
    ///
    /// # Errors
    /// See [`RosterError`]. One record that does not open is an error: who is missing would be taken
    /// for one who is not a member.
    pub async fn load(cases: &dyn CaseFiles, keyring: &Keyring) -> Result<Self, RosterError> {
        let mut kept = keyring.members_kept(cases).await?;
        loop {
            let rows = cases.records(RecordKind::Member).await?;
            let all = rows
                .into_iter()
                .map(|row| Versioned::open(row, keyring))
                .collect::<Result<Vec<_>, _>>()?;
            let found = all
                .iter()
                .map(|member| (member.record.profile.id, member.revision));
            let Some(wrong) = kept.wrong(found) else {
                return Ok(Self(all));
            };
            kept = changed_since(&kept, wrong, cases, keyring).await?;
        }
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
            if member.record.has_ended() {
                people.note_ended(profile.clone());
            } else if !over {
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
        let mut kept = keyring.members_kept(cases).await?;
        loop {
            let row = cases.record(RecordKind::Member, RecordId(id.0)).await?;
            let member = row.map(|row| Self::open(row, keyring)).transpose()?;
            let found = member.as_ref().map(|member| member.revision);
            let Some(wrong) = kept.wrong_of(id, found) else {
                return Ok(member);
            };
            kept = changed_since(&kept, wrong, cases, keyring).await?;
        }
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
        let read = Some((self.sealed.as_slice(), self.revision));
        write(record, read, cases, keyring).await
    }

    fn open(row: SealedRecord, keyring: &Keyring) -> Result<Self, OpenError> {
        let (record, revision) = MemberRecord::open(keyring, MemberId(row.id.0), &row.sealed)?;
        Ok(Self {
            record,
            sealed: row.sealed,
            revision,
        })
    }
}

/// What has to be there by now, if somebody changed it while the records were read; else they are wrong.
async fn changed_since(
    kept: &Kept,
    wrong: Wrong,
    cases: &dyn CaseFiles,
    keyring: &Keyring,
) -> Result<Kept, RosterError> {
    let now = keyring.members_kept(cases).await?;
    if now != *kept {
        return Ok(now);
    }
    Err(match wrong {
        Wrong::Gone(id) => RosterError::Gone(id),
        Wrong::Older(id) => RosterError::Older(id),
    })
}

async fn write(
    record: MemberRecord,
    read: Option<(&[u8], u64)>,
    cases: &dyn CaseFiles,
    keyring: &Keyring,
) -> Result<Versioned, ChangeError> {
    match keyring.put_member(cases, &record, read).await? {
        Some((sealed, revision)) => Ok(Versioned {
            record,
            sealed,
            revision,
        }),
        None => Err(ChangeError::Contended),
    }
}
