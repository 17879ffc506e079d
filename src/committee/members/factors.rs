//! The second factors of a member: never none, unless it is the demonstration's.

use domain::coded_enum;
use domain::committee::MemberId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::passkey::PasskeyFactor;
use super::recovery_codes::RecoveryCodes;
use super::totp::Totp;

/// What a member shows besides the passphrase.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// One of these.
    Required(Factors),
    /// Nothing: the member of the demonstration (`guiando demo`), whose cases are invented. Every page
    /// says so.
    Demonstration,
}

/// An app, devices, and codes for when both are lost. There is always an app or a device.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Factors(Parts);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    totp: Option<Totp>,
    passkeys: Vec<PasskeyFactor>,
    recovery: RecoveryCodes,
}

/// The factor with which a member begins.
#[derive(Debug, Clone)]
pub enum FirstFactor {
    /// An app.
    Totp(Totp),
    /// A device.
    Passkey(Box<PasskeyFactor>),
}

coded_enum! {
    /// A way to take the second step.
    pub enum Way {
        /// A code of the app.
        Totp = "totp",
        /// A device.
        Passkey = "passkey",
        /// A recovery code.
        Recovery = "recovery",
    }
}

/// How a code was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// As one of the app.
    Totp,
    /// As a recovery code, which is spent now.
    Recovery,
}

/// It is the only app or device: take up another one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the last factor cannot be removed")]
pub struct LastFactor;

/// Why a device is not taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a member has at most {} devices", Factors::MOST_PASSKEYS)]
pub struct TooMany;

impl Factors {
    /// Most devices of a member, so that all records are of one size.
    pub const MOST_PASSKEYS: usize = 4;

    /// The first one.
    pub fn new(first: FirstFactor, recovery: RecoveryCodes) -> Self {
        let (totp, passkeys) = match first {
            FirstFactor::Totp(totp) => (Some(totp), Vec::new()),
            FirstFactor::Passkey(passkey) => (None, vec![*passkey]),
        };
        Self(Parts {
            totp,
            passkeys,
            recovery,
        })
    }

    /// In which ways the second step can be taken; devices only where the service knows its own address.
    pub fn ways(&self, devices: bool) -> Vec<Way> {
        let Parts {
            totp,
            passkeys,
            recovery,
        } = &self.0;
        [
            (totp.is_some(), Way::Totp),
            (devices && !passkeys.is_empty(), Way::Passkey),
            (recovery.left() > 0, Way::Recovery),
        ]
        .into_iter()
        .filter_map(|(open, way)| open.then_some(way))
        .collect()
    }

    /// Takes a code of the app or a recovery code. What changed has to be kept before anybody is let in.
    pub fn take(&mut self, member: MemberId, code: &str, now: Timestamp) -> Option<Taken> {
        if self
            .0
            .totp
            .as_mut()
            .is_some_and(|totp| totp.take(code, now))
        {
            return Some(Taken::Totp);
        }
        self.0
            .recovery
            .spend(member, code)
            .then_some(Taken::Recovery)
    }

    /// Whether there is an app.
    pub fn has_totp(&self) -> bool {
        self.0.totp.is_some()
    }

    /// Sets an app up, in place of the one before.
    pub fn set_totp(&mut self, totp: Totp) {
        self.0.totp = Some(totp);
    }

    /// Removes the app.
    ///
    /// # Errors
    /// [`LastFactor`].
    pub fn remove_totp(&mut self) -> Result<(), LastFactor> {
        if self.0.passkeys.is_empty() {
            return Err(LastFactor);
        }
        self.0.totp = None;
        Ok(())
    }

    /// The devices.
    pub fn passkeys(&self) -> &[PasskeyFactor] {
        &self.0.passkeys
    }

    /// The devices, to move their counters on.
    pub fn passkeys_mut(&mut self) -> &mut [PasskeyFactor] {
        &mut self.0.passkeys
    }

    /// Takes up a device.
    ///
    /// # Errors
    /// [`TooMany`].
    pub fn add_passkey(&mut self, passkey: PasskeyFactor) -> Result<(), TooMany> {
        if self.0.passkeys.len() >= Self::MOST_PASSKEYS {
            return Err(TooMany);
        }
        self.0.passkeys.push(passkey);
        Ok(())
    }

    /// Removes a device; one that is not there is removed already.
    ///
    /// # Errors
    /// [`LastFactor`].
    pub fn remove_passkey(&mut self, id: &str) -> Result<(), LastFactor> {
        let is_other = |passkey: &PasskeyFactor| passkey.id() != id;
        let others = self.0.passkeys.iter().filter(|passkey| is_other(passkey));
        if self.0.totp.is_none() && others.count() == 0 {
            return Err(LastFactor);
        }
        self.0.passkeys.retain(is_other);
        Ok(())
    }

    /// How many recovery codes are left.
    pub fn recovery_left(&self) -> usize {
        self.0.recovery.left()
    }

    /// Replaces the recovery codes.
    pub fn set_recovery(&mut self, recovery: RecoveryCodes) {
        self.0.recovery = recovery;
    }
}

/// Neither app nor device.
#[derive(Debug, thiserror::Error)]
#[error("a member has no second factor")]
struct NoFactor;

impl TryFrom<Parts> for Factors {
    type Error = NoFactor;

    fn try_from(parts: Parts) -> Result<Self, NoFactor> {
        if parts.totp.is_none() && parts.passkeys.is_empty() {
            return Err(NoFactor);
        }
        Ok(Self(parts))
    }
}

impl From<Factors> for Parts {
    fn from(factors: Factors) -> Self {
        factors.0
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;
    use crate::members::totp::TotpSecret;

    const MEMBER: MemberId = MemberId([1; 16]);

    fn now() -> Timestamp {
        "2026-03-04T16:00:10Z".parse().unwrap()
    }

    fn factors() -> (Factors, Vec<String>, TotpSecret) {
        let rng = SystemRandom::new();
        let secret = TotpSecret::draw(&rng).unwrap();
        let totp = Totp::confirm(secret.clone(), &secret.code(now()), now()).unwrap();
        let (recovery, codes) = RecoveryCodes::draw(MEMBER, &rng).unwrap();
        let codes = codes.iter().map(|code| code.text().to_string()).collect();
        (
            Factors::new(FirstFactor::Totp(totp), recovery),
            codes,
            secret,
        )
    }

    #[test]
    fn the_last_factor_stays_and_no_record_is_without_one() {
        let (mut factors, _, _) = factors();
        assert_eq!(factors.remove_totp(), Err(LastFactor));
        assert!(factors.has_totp());
        assert_eq!(factors.remove_passkey("00"), Ok(()));
        let none = r#"{"passkeys":[],"recovery":[]}"#;
        assert!(serde_json::from_str::<Factors>(none).is_err());
    }

    #[test]
    fn a_code_of_either_kind_is_taken_once_and_the_ways_say_what_is_left() {
        let (mut factors, codes, secret) = factors();
        assert_eq!(factors.ways(true), [Way::Totp, Way::Recovery]);
        let later = now() + jiff::SignedDuration::from_secs(30);
        let code = secret.code(later);
        assert_eq!(factors.take(MEMBER, &code, later), Some(Taken::Totp));
        assert_eq!(factors.take(MEMBER, &code, later), None);
        for code in &codes {
            assert_eq!(factors.take(MEMBER, code, now()), Some(Taken::Recovery));
            assert_eq!(factors.take(MEMBER, code, now()), None);
        }
        assert_eq!(factors.ways(true), [Way::Totp]);
    }
}
