//! Codes of an authenticator app (TOTP, RFC 6238). Each is taken once.

use std::fmt;

use jiff::Timestamp;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret};
use zeroize::Zeroizing;

use super::login::LoginName;
use super::{NoRandomness, draw, encoded};

/// Shown by the app beside the code.
const ISSUER: &str = "Guiando tu Denuncia";
/// Bytes of the secret: 160 bits (RFC 4226, 4, R6).
const SECRET: usize = 20;
/// Seconds of a step (RFC 6238, 5.2).
const STEP: u64 = 30;
/// Steps before and after the present one whose codes are taken (RFC 6238, 5.2).
const SKEW: u16 = 1;
/// Digits of a code.
const DIGITS: usize = 6;

/// What app and service share.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TotpSecret(#[serde(with = "encoded")] Bytes);

/// Wiped when dropped.
#[derive(Clone)]
struct Bytes(Zeroizing<[u8; SECRET]>);

/// An app that was set up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Totp {
    secret: TotpSecret,
    /// No code of this step, or of one before it, is taken again.
    last_step: u64,
}

impl TotpSecret {
    /// Draws one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, NoRandomness> {
        Ok(Self(Bytes(draw(rng)?)))
    }

    /// The address (`otpauth://…`) that an app reads from the picture.
    pub fn uri(&self, login: &LoginName) -> Zeroizing<String> {
        let uri = self.totp(login.as_str()).to_url();
        Zeroizing::new(uri.expect("a name to sign in with is one that an address can hold"))
    }

    /// What is typed into an app that reads no picture: base32 in groups of four.
    pub fn typed(&self) -> Zeroizing<String> {
        let letters = Zeroizing::new(Secret::new_stack(*self.0.0).to_base32());
        let mut text = Zeroizing::new(String::with_capacity(letters.len() * 2));
        for (at, letter) in letters.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push(' ');
            }
            text.push(letter);
        }
        text
    }

    /// Reads what [`Self::typed`] wrote, as an app does.
    pub fn read(typed: &str) -> Option<Self> {
        let letters: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let secret = Secret::try_from_base32(letters).ok()?;
        let bytes = secret.as_bytes().try_into().ok()?;
        Some(Self(Bytes(Zeroizing::new(bytes))))
    }

    /// The code that an app shows at a moment.
    pub fn code(&self, at: Timestamp) -> String {
        let seconds = u64::try_from(at.as_second()).unwrap_or_default();
        self.totp("").generate(seconds).to_string()
    }

    /// The step whose code this is, if it is one of now.
    fn step(&self, code: &str, now: Timestamp) -> Option<u64> {
        let code: Zeroizing<String> =
            Zeroizing::new(code.chars().filter(|c| !c.is_whitespace()).collect());
        if code.len() != DIGITS || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let seconds = u64::try_from(now.as_second()).ok()?;
        self.totp("").check(&code, seconds)
    }

    fn totp(&self, account: &str) -> totp_rs::Totp {
        Builder::new()
            .with_secret(*self.0.0)
            .with_skew(SKEW)
            .with_step_duration(STEP)
            .with_issuer(Some(ISSUER))
            .with_account_name(account)
            .build()
            .expect("secret and settings are those of RFC 6238, and no name has a colon")
    }
}

impl Totp {
    /// Sets an app up, if the code shows that it knows the secret.
    pub fn confirm(secret: TotpSecret, code: &str, now: Timestamp) -> Option<Self> {
        let last_step = secret.step(code, now)?;
        Some(Self { secret, last_step })
    }

    /// Whether a code is one of now that was not taken before. Then it is taken: what changed has to
    /// be kept before anybody is let in.
    pub fn take(&mut self, code: &str, now: Timestamp) -> bool {
        match self.secret.step(code, now) {
            Some(step) if step > self.last_step => {
                self.last_step = step;
                true
            }
            Some(_) | None => false,
        }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl TryFrom<Vec<u8>> for Bytes {
    type Error = Vec<u8>;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        bytes.try_into().map(Zeroizing::new).map(Self)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;

    fn now() -> Timestamp {
        "2026-03-04T16:00:10Z".parse().unwrap()
    }

    fn steps(count: i64) -> SignedDuration {
        SignedDuration::from_secs(30 * count)
    }

    #[test]
    fn a_code_is_that_of_rfc_6238() {
        let secret = TotpSecret(Bytes(Zeroizing::new(*b"12345678901234567890")));
        for (second, expected) in [(59, "287082"), (1_111_111_109, "081804")] {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(secret.code(at), expected);
            assert!(secret.step(expected, at).is_some());
        }
        assert!(
            secret.typed().starts_with("GEZD GNBV "),
            "{}",
            *secret.typed()
        );
    }

    #[test]
    fn no_code_is_taken_twice_nor_one_from_before_it() {
        let secret = TotpSecret::draw(&SystemRandom::new()).unwrap();
        let earlier = secret.code(now() - steps(1));
        let confirming = secret.code(now());
        let mut totp = Totp::confirm(secret.clone(), &confirming, now()).unwrap();
        assert!(!totp.take(&confirming, now()));
        assert!(!totp.take(&earlier, now()));
        let next = secret.code(now() + steps(1));
        assert!(totp.take(&next, now()));
        assert!(!totp.take(&next, now() + steps(1)));
    }

    #[test]
    fn a_clock_may_be_wrong_by_one_step() {
        let secret = TotpSecret::draw(&SystemRandom::new()).unwrap();
        for (away, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let other = secret.code(now() + steps(away));
            // Two codes of different steps are the same once in a million; then this says nothing.
            if away == 0 || other != secret.code(now()) {
                assert_eq!(
                    Totp::confirm(secret.clone(), &other, now()).is_some(),
                    taken
                );
            }
        }
    }

    #[test]
    fn an_app_reads_who_it_is_for() {
        let secret = TotpSecret::draw(&SystemRandom::new()).unwrap();
        let uri = secret.uri(&LoginName::parse("Núñez").unwrap());
        assert!(
            uri.starts_with("otpauth://totp/Guiando%20tu%20Denuncia:"),
            "{}",
            *uri
        );
        assert!(uri.contains(&*secret.typed().replace(' ', "")));
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    }

    proptest! {
        #[test]
        fn what_is_no_code_is_refused(text in "\\PC{0,8}") {
            let secret = TotpSecret(Bytes(Zeroizing::new([3; SECRET])));
            let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let is_code = (-1..=1).any(|away| secret.code(now() + steps(away)) == digits);
            prop_assert_eq!(secret.step(&text, now()).is_some(), is_code);
        }
    }
}
