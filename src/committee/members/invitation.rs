//! From a link that is given by hand, and a code that is said, to an active member.
//!
//! The two halves come from two people, so that neither of them can come in under another's name: whoever
//! asks somebody in has the link, whoever agrees has the code. Both together work once, for some days
//! (`committee.toml`), and of codes few guesses are taken. An invitation that was used, has expired, is void or never was is answered
//! in one and the same way.

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
use super::spoken_code::{self, SpokenCode};
use super::strength::StrongPassphrase;
use super::{NoRandomness, draw, encoded};
use domain::catalogue::current;
use domain::committee::{MemberId, MemberProfile};

/// Bytes of what a link holds: 256 random bits.
const CODE: usize = 32;
/// Wrong codes after which an invitation is void.
pub const TRIES: u8 = 5;

/// What a link holds, at the only moment at which it is known, or as somebody brings it.
#[derive(Clone)]
pub struct InvitationCode(Zeroizing<[u8; CODE]>);

/// What is kept of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkHash(#[serde(with = "encoded")] [u8; digest::SHA256_OUTPUT_LEN]);

/// Both halves of an invitation, where one person hands over both.
#[derive(Debug)]
pub struct Halves {
    /// What the link holds.
    pub link: InvitationCode,
    /// What is said.
    pub code: SpokenCode,
}

/// What is kept of an invitation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    link: LinkHash,
    code: spoken_code::Hash,
    /// Wrong codes that are still taken.
    left: u8,
    /// The last day on which it works.
    until: Date,
}

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// It is the one.
    Right,
    /// It is not; so many more are taken.
    Wrong {
        /// How many.
        left: u8,
    },
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

    /// What is kept of it.
    pub fn hash(&self) -> LinkHash {
        let mut hash = [0; digest::SHA256_OUTPUT_LEN];
        hash.copy_from_slice(digest::digest(&digest::SHA256, self.0.as_slice()).as_ref());
        LinkHash(hash)
    }
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

impl Halves {
    /// Draws both.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, NoRandomness> {
        Ok(Self {
            link: InvitationCode::draw(rng)?,
            code: SpokenCode::draw(rng)?,
        })
    }

    /// The invitation that they are of.
    pub fn invitation(&self, member: MemberId, today: Date) -> Invitation {
        Invitation::new(self.link.hash(), &self.code, member, today)
    }
}

impl Invitation {
    /// One that begins today.
    pub fn new(link: LinkHash, code: &SpokenCode, member: MemberId, today: Date) -> Self {
        Self {
            link,
            code: code.hash(member),
            left: TRIES,
            until: today.saturating_add(i32::from(current().committee().invitation.days).days()),
        }
    }

    /// The same with one guess less, to be kept before it is looked at what was guessed: of many at once
    /// no more are taken than of one after the other. `None` if none is left.
    #[must_use]
    pub fn with_guess_taken(&self) -> Option<Self> {
        Some(Self {
            left: self.left.checked_sub(1)?,
            ..self.clone()
        })
    }

    /// The same after the right code: what was typed wrong before is forgiven.
    #[must_use]
    pub fn with_guesses_given_back(&self) -> Self {
        Self {
            left: TRIES,
            ..self.clone()
        }
    }

    /// Looks at what was typed, once the guess is taken.
    pub fn check(&self, member: MemberId, typed: &str) -> Checked {
        if self.code.is_of(member, typed) {
            Checked::Right
        } else {
            Checked::Wrong { left: self.left }
        }
    }

    /// Whether it is of this link, and so of the act that was asked for with it.
    pub fn is_of(&self, link: LinkHash) -> bool {
        bool::from(self.link.0.ct_eq(&link.0))
    }

    /// The last day on which it works.
    pub fn until(&self) -> Date {
        self.until
    }

    /// Whether wrong codes were given until no more are taken.
    pub fn is_void(&self) -> bool {
        self.left == 0
    }

    /// Whether this is its link, it is still in time, and a code is still taken.
    pub fn opens_with(&self, link: &InvitationCode, today: Date) -> bool {
        self.is_of(link.hash()) && today <= self.until && !self.is_void()
    }
}

impl MemberRecord {
    /// Somebody who is asked in.
    pub fn invited(profile: MemberProfile, login: LoginName, invitation: Invitation) -> Self {
        Self {
            profile,
            login,
            state: State::Invited(invitation),
        }
    }

    /// The same member, invited anew: what there was to sign in with is gone.
    #[must_use]
    pub fn invited_again(&self, invitation: Invitation) -> Self {
        Self {
            profile: self.profile.clone(),
            login: self.login.clone(),
            state: State::Invited(invitation),
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
