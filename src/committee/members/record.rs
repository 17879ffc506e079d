//! What is kept of a member.

use std::borrow::Cow;

use domain::committee::{MemberId, MemberProfile};
use jiff::civil::Date;
use opening::{OpenError, PersonRecipient};
use sealing::SealError;
use serde::{Deserialize, Serialize};

use super::factors::SecondFactor;
use super::invitation::Invitation;
use super::login::LoginName;
use super::passphrase::ProtectedKey;
use crate::keyring::Keyring;
use crate::places;

/// The kind of record, as it is part of its place.
const KIND: &str = "member";
/// Bytes of a sealed record: enough for a member with every device and a long name, so that none tells
/// by its size what it holds.
const SIZE: usize = 8 << 10;

/// A member.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRecord {
    /// Name, seat, unit, term.
    pub profile: MemberProfile,
    /// The name to sign in with.
    pub login: LoginName,
    /// Whether the member can.
    pub state: State,
}

/// How far a membership is.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Whoever has the link can accept.
    Invited(Invitation),
    /// Can sign in.
    Active(Box<Credentials>),
    /// Cannot, any more.
    Ended {
        /// The day on which it ended.
        on: Date,
    },
}

/// What an active member signs in with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// To which keys of cases are wrapped.
    pub public: PersonRecipient,
    /// The private half, under the passphrase.
    pub key: ProtectedKey,
    /// What it takes besides.
    pub second: SecondFactor,
}

impl MemberRecord {
    /// What an active member signs in with; `None` for all others.
    pub fn credentials(&self) -> Option<&Credentials> {
        match &self.state {
            State::Active(credentials) => Some(credentials),
            State::Invited(_) | State::Ended { .. } => None,
        }
    }

    /// The same, to change it.
    pub fn credentials_mut(&mut self) -> Option<&mut Credentials> {
        match &mut self.state {
            State::Active(credentials) => Some(credentials),
            State::Invited(_) | State::Ended { .. } => None,
        }
    }

    /// The invitation of whoever has not accepted it yet.
    pub fn invitation(&self) -> Option<&Invitation> {
        match &self.state {
            State::Invited(invitation) => Some(invitation),
            State::Active(_) | State::Ended { .. } => None,
        }
    }

    /// Whether the membership has ended.
    pub fn has_ended(&self) -> bool {
        match self.state {
            State::Ended { .. } => true,
            State::Invited(_) | State::Active(_) => false,
        }
    }

    /// The same member, suspended from a day on; `None` if they are already.
    #[must_use]
    pub fn suspended(&self, from: Date) -> Option<Self> {
        let already = self
            .profile
            .suspended_from
            .is_some_and(|since| since <= from);
        (!already).then(|| self.with_suspension(Some(from)))
    }

    /// The same member, suspended no more; `None` if they are not.
    #[must_use]
    pub fn reinstated(&self) -> Option<Self> {
        self.profile
            .suspended_from
            .map(|_| self.with_suspension(None))
    }

    fn with_suspension(&self, suspended_from: Option<Date>) -> Self {
        Self {
            profile: MemberProfile {
                suspended_from,
                ..self.profile.clone()
            },
            ..self.clone()
        }
    }

    /// Seals it for its own row; `revision` tells it from those of before.
    ///
    /// # Errors
    /// See [`SealError`].
    pub fn seal(&self, keyring: &Keyring, revision: u64) -> Result<Vec<u8>, SealError> {
        let written = Written {
            revision,
            record: Cow::Borrowed(self),
        };
        keyring.seal_record(&places::record(KIND, self.profile.id.0), &written, SIZE)
    }

    /// Opens the record of a row, and gives its revision.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(keyring: &Keyring, id: MemberId, sealed: &[u8]) -> Result<(Self, u64), OpenError> {
        let Written { revision, record } =
            keyring.open_record(&places::record(KIND, id.0), sealed)?;
        if record.profile.id == id {
            Ok((record.into_owned(), revision))
        } else {
            Err(OpenError::Moved)
        }
    }
}

/// A record as it is sealed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    revision: u64,
    record: Cow<'a, MemberRecord>,
}
