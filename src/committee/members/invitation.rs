//! From a link that is given by hand to an active member.
//!
//! A link works once, for seven days. One that was used, has expired, or never was is answered in one
//! and the same way.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::ToSpan as _;
use jiff::civil::Date;
use opening::PersonIdentity;
use ring::digest;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::factors::{Factors, FirstFactor, SecondFactor};
use super::login::LoginName;
use super::passphrase::ProtectedKey;
use super::record::{Credentials, MemberRecord, State};
use super::recovery_codes::{RecoveryCode, RecoveryCodes};
use super::strength::StrongPassphrase;
use super::{NoRandomness, draw, encoded};
use domain::committee::MemberProfile;

/// Days for which a link works, besides the one on which it was made.
pub const VALID_DAYS: i32 = 7;
/// Bytes of a code: 256 random bits.
const CODE: usize = 32;

/// What a link holds, at the only moment at which it is known, or as somebody brings it.
#[derive(Clone)]
pub struct InvitationCode(Zeroizing<[u8; CODE]>);

/// What is kept of a link.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    #[serde(with = "encoded")]
    hash: [u8; digest::SHA256_OUTPUT_LEN],
    /// The last day on which it works.
    until: Date,
}

/// What whoever accepts an invitation brings.
#[derive(Debug)]
pub struct Acceptance {
    /// Day on which the confidentiality agreement is signed: the day of accepting.
    pub agreement_on: Date,
    /// The passphrase.
    pub passphrase: StrongPassphrase,
    /// The second factor, which has shown that it works.
    pub first: FirstFactor,
}

/// What comes of it.
#[derive(Debug)]
pub struct Accepted {
    /// The active member.
    pub record: MemberRecord,
    /// The member's new key.
    pub key: PersonIdentity,
    /// To be shown once.
    pub recovery: Vec<RecoveryCode>,
}

impl InvitationCode {
    /// Draws one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, NoRandomness> {
        Ok(Self(draw(rng)?))
    }

    /// Reads one out of a link.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// As it stands in a link.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(*self.0))
    }

    /// The path of the link.
    pub fn path(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("/invitacion/{}", *self.text()))
    }

    fn hash(&self) -> [u8; digest::SHA256_OUTPUT_LEN] {
        let mut hash = [0; digest::SHA256_OUTPUT_LEN];
        hash.copy_from_slice(digest::digest(&digest::SHA256, self.0.as_slice()).as_ref());
        hash
    }
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

impl Invitation {
    /// One that begins today.
    pub fn new(code: &InvitationCode, today: Date) -> Self {
        Self {
            hash: code.hash(),
            until: today.saturating_add(VALID_DAYS.days()),
        }
    }

    /// The last day on which it works.
    pub fn until(&self) -> Date {
        self.until
    }

    /// Whether this is its code, and still in time.
    pub fn opens_with(&self, code: &InvitationCode, today: Date) -> bool {
        bool::from(self.hash.ct_eq(&code.hash())) && today <= self.until
    }
}

impl MemberRecord {
    /// Somebody who is asked in.
    pub fn invited(
        profile: MemberProfile,
        login: LoginName,
        code: &InvitationCode,
        today: Date,
    ) -> Self {
        Self {
            profile,
            login,
            state: State::Invited(Invitation::new(code, today)),
        }
    }

    /// The same member, invited anew: what there was to sign in with is gone.
    #[must_use]
    pub fn invited_again(&self, code: &InvitationCode, today: Date) -> Self {
        Self {
            profile: self.profile.clone(),
            login: self.login.clone(),
            state: State::Invited(Invitation::new(code, today)),
        }
    }

    /// The same member, no more one.
    #[must_use]
    pub fn ended(&self, today: Date) -> Self {
        Self {
            profile: self.profile.clone(),
            login: self.login.clone(),
            state: State::Ended { on: today },
        }
    }

    /// Makes an invited member active, with a key of its own. Takes as long as a sign-in.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn accept(
        &self,
        acceptance: Acceptance,
        rng: &dyn SecureRandom,
    ) -> Result<Accepted, NoRandomness> {
        let Acceptance {
            agreement_on,
            passphrase,
            first,
        } = acceptance;
        let (codes, recovery) = RecoveryCodes::draw(self.profile.id, rng)?;
        let second = SecondFactor::Required(Factors::new(first, codes));
        let (profile, login) = (self.profile.clone(), self.login.clone());
        let (record, key) = activated(profile, login, agreement_on, &passphrase, second, rng)?;
        Ok(Accepted {
            record,
            key,
            recovery,
        })
    }

    /// A member of the demonstration, who has no second factor, and the member's key. For `guiando demo`
    /// and tests alone.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn of_demonstration(
        profile: MemberProfile,
        login: LoginName,
        passphrase: &StrongPassphrase,
        today: Date,
        rng: &dyn SecureRandom,
    ) -> Result<(Self, PersonIdentity), NoRandomness> {
        let second = SecondFactor::Demonstration;
        activated(profile, login, today, passphrase, second, rng)
    }
}

fn activated(
    profile: MemberProfile,
    login: LoginName,
    agreement_on: Date,
    passphrase: &StrongPassphrase,
    second: SecondFactor,
    rng: &dyn SecureRandom,
) -> Result<(MemberRecord, PersonIdentity), NoRandomness> {
    let key = PersonIdentity::generate();
    let credentials = Credentials {
        public: key.recipient(),
        key: ProtectedKey::seal(&key, passphrase, profile.id, rng)?,
        second,
    };
    let record = MemberRecord {
        profile: MemberProfile {
            agreement_on: Some(agreement_on),
            ..profile
        },
        login,
        state: State::Active(Box::new(credentials)),
    };
    Ok((record, key))
}
