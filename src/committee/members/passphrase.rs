//! A member's private key under the member's passphrase. That it opens *is* the check of the passphrase.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::committee::MemberId;
use domain::complaint::SecretText;
use opening::PersonIdentity;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::strength::StrongPassphrase;
use super::{NoRandomness, draw, encoded};

/// Bytes of the salt (RFC 9106, 3.1).
const SALT: usize = 16;
/// Bytes of the key that Argon2 gives.
const KEY: usize = 32;

/// The first set of settings that OWASP names for Argon2id (Password Storage Cheat Sheet): 19 MiB, two
/// passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// No record may ask for more memory than this, in KiB.
const MOST_MEMORY_KIB: u32 = 1 << 20;
/// Nor for more passes or lanes than this.
const MOST_TIMES: u32 = 64;

/// How a passphrase becomes a key. It is kept with what it opens, so that the work can be raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "KdfParts", into = "KdfParts")]
struct Kdf {
    salt: [u8; SALT],
    params: Params,
}

#[derive(Clone, Serialize, Deserialize)]
struct KdfParts {
    #[serde(with = "encoded")]
    salt: [u8; SALT],
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// A private key that one passphrase opens.
#[derive(Clone, Serialize, Deserialize)]
pub struct ProtectedKey {
    kdf: Kdf,
    /// Nonce, sealed key, tag.
    #[serde(with = "encoded")]
    sealed: Vec<u8>,
}

impl ProtectedKey {
    /// Seals a member's key. Takes tens of milliseconds and 19 MiB.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn seal(
        key: &PersonIdentity,
        passphrase: &StrongPassphrase,
        member: MemberId,
        rng: &dyn SecureRandom,
    ) -> Result<Self, NoRandomness> {
        let kdf = Kdf::draw(rng)?;
        let nonce = draw::<NONCE_LEN>(rng)?;
        let mut bytes = Zeroizing::new(key.to_text().as_bytes().to_vec());
        let tag = kdf
            .key(&passphrase.0)
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(place(member).as_bytes()),
                &mut bytes,
            )
            .expect("a key is far shorter than what the cipher can seal");
        let sealed = [nonce.as_slice(), &bytes, tag.as_ref()].concat();
        Ok(Self { kdf, sealed })
    }

    /// Opens it; `None` for another passphrase, or the key of another member. Takes as long as
    /// [`Self::seal`].
    pub fn open(&self, passphrase: &SecretText, member: MemberId) -> Option<PersonIdentity> {
        let key = self.kdf.key(passphrase);
        let (nonce, sealed) = self.sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut bytes = Zeroizing::new(sealed.to_vec());
        let text = key
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(place(member).as_bytes()),
                &mut bytes,
            )
            .ok()?;
        PersonIdentity::from_text(std::str::from_utf8(text).ok()?)
    }

    /// One that no passphrase opens and that takes as long as any: for names that do not exist.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn decoy(rng: &dyn SecureRandom) -> Result<Self, NoRandomness> {
        let drawn = draw::<KEY>(rng)?;
        let passphrase = SecretText::from(STANDARD_NO_PAD.encode(*drawn));
        let nobody = MemberId(*draw(rng)?);
        Self::seal(
            &PersonIdentity::generate(),
            &StrongPassphrase::drawn(passphrase),
            nobody,
            rng,
        )
    }
}

impl std::fmt::Debug for ProtectedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProtectedKey")
            .field("kdf", &self.kdf)
            .finish_non_exhaustive()
    }
}

/// No other member's record takes the key.
fn place(member: MemberId) -> String {
    format!("member {member} key")
}

impl Kdf {
    fn draw(rng: &dyn SecureRandom) -> Result<Self, NoRandomness> {
        Ok(Self {
            salt: *draw(rng)?,
            params: params(MEMORY_KIB, PASSES, LANES).expect("these settings are sound"),
        })
    }

    fn key(&self, passphrase: &SecretText) -> LessSafeKey {
        // Two keyboards may write one letter in two ways.
        let mut typed = Zeroizing::new(String::with_capacity(4 * passphrase.expose().len()));
        typed.extend(passphrase.expose().nfc());
        let mut key = Zeroizing::new([0; KEY]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
            .hash_password_into(typed.as_bytes(), &self.salt, key.as_mut_slice())
            .expect("salt and settings are checked, and no passphrase is near 4 GiB");
        let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_slice());
        LessSafeKey::new(key.expect("the cipher's key has 32 bytes"))
    }
}

fn params(memory_kib: u32, passes: u32, lanes: u32) -> Option<Params> {
    let sound = memory_kib <= MOST_MEMORY_KIB && passes <= MOST_TIMES && lanes <= MOST_TIMES;
    sound
        .then(|| Params::new(memory_kib, passes, lanes, Some(KEY)).ok())
        .flatten()
}

/// Settings that Argon2 does not take, or that ask for more than any record should.
#[derive(Debug, thiserror::Error)]
#[error("not settings of Argon2")]
struct NotSettings;

impl TryFrom<KdfParts> for Kdf {
    type Error = NotSettings;

    fn try_from(parts: KdfParts) -> Result<Self, NotSettings> {
        Ok(Self {
            salt: parts.salt,
            params: params(parts.memory_kib, parts.passes, parts.lanes).ok_or(NotSettings)?,
        })
    }
}

impl From<Kdf> for KdfParts {
    fn from(kdf: Kdf) -> Self {
        Self {
            salt: kdf.salt,
            memory_kib: kdf.params.m_cost(),
            passes: kdf.params.t_cost(),
            lanes: kdf.params.p_cost(),
        }
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    const MEMBER: MemberId = MemberId([7; 16]);
    const GOOD: &str = "vidrio tambor cueva lunar";

    fn text(text: &str) -> SecretText {
        SecretText::from(text.to_owned())
    }

    fn sealed(passphrase: &str) -> (PersonIdentity, ProtectedKey) {
        let key = PersonIdentity::generate();
        let strong = StrongPassphrase::choose(text(passphrase), &[]).unwrap();
        let sealed = ProtectedKey::seal(&key, &strong, MEMBER, &SystemRandom::new()).unwrap();
        (key, sealed)
    }

    #[test]
    fn only_the_passphrase_of_this_member_opens_the_key() {
        let (key, sealed) = sealed(GOOD);
        let opened = sealed.open(&text(GOOD), MEMBER).unwrap();
        assert_eq!(opened.recipient(), key.recipient());
        assert!(
            sealed
                .open(&text("vidrio tambor cueva solar"), MEMBER)
                .is_none()
        );
        assert!(sealed.open(&text(GOOD), MemberId([8; 16])).is_none());
        assert!(sealed.open(&text(""), MEMBER).is_none());
    }

    #[test]
    fn it_does_not_matter_how_a_keyboard_writes_an_accent() {
        let (_, sealed) = sealed("vidrió tambor cueva lunar");
        assert!(
            sealed
                .open(&text("vidrio\u{301} tambor cueva lunar"), MEMBER)
                .is_some()
        );
    }

    #[test]
    fn what_is_kept_comes_back_and_shows_nothing() {
        let (_, sealed) = sealed(GOOD);
        let json = serde_json::to_string(&sealed).unwrap();
        assert!(!json.contains("AGE-SECRET"));
        let again: ProtectedKey = serde_json::from_str(&json).unwrap();
        assert!(again.open(&text(GOOD), MEMBER).is_some());
        for (good, bad) in [
            ("19456", "4"),
            ("19456", "4294967295"),
            ("\"lanes\":1", "\"lanes\":0"),
        ] {
            let bad = json.replace(good, bad);
            assert_ne!(bad, json);
            assert!(serde_json::from_str::<ProtectedKey>(&bad).is_err());
        }
    }

    #[test]
    fn a_decoy_opens_for_nobody_and_costs_the_same_work() {
        let decoy = ProtectedKey::decoy(&SystemRandom::new()).unwrap();
        assert!(decoy.open(&text(GOOD), MEMBER).is_none());
        assert_eq!(decoy.kdf.params, sealed(GOOD).1.kdf.params);
    }
}
