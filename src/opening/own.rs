//! What the committee's service keeps for itself: sealed, authenticated, and padded.
//!
//! The public half of the committee's key is known to everybody, so what is only sealed *to* it could
//! be made up by whoever can write to the database. What the service believes later (who is a member,
//! who may open a case, what was done) is therefore sealed under a key that follows from the *private*
//! half: nobody without it reads such a record, alters one, makes one up, or moves one to another place.
//!
//! *What this does not show:* whether a record is the newest one that was kept in its place. The log
//! of the committee's acts does.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use ring::rand::SecureRandom;
use sealing::{Announcer, SealError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::error::{OpenError, ResealError};

/// Every length of a sealed record, in bytes.
pub const OWN_SIZES: [usize; 6] = [1 << 10, 2 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10];

/// Names the product and the version of the scheme.
const SALT: &[u8] = b"guiando tu denuncia, service's own key, v1";
const RECORDS: &[u8] = b"records";
const ANNOUNCING: &str = "announcements";

/// Bytes of the length in front of the content.
const LENGTH_FIELD: usize = 4;
/// Bytes of a record that are not padded content.
const AROUND: usize = NONCE_LEN + 16;

/// Seals and opens what the service keeps for itself.
#[derive(Clone)]
pub struct OwnKey {
    secret: Zeroizing<Vec<u8>>,
    records: LessSafeKey,
}

impl OwnKey {
    /// The one that follows from a secret with at least 128 random bits.
    pub(crate) fn from_secret(secret: &[u8]) -> Self {
        let records = derive(secret, RECORDS);
        Self {
            secret: Zeroizing::new(secret.to_vec()),
            records: LessSafeKey::new(
                UnboundKey::new(&CHACHA20_POLY1305, records.as_slice())
                    .expect("a derived key is as long as the cipher's"),
            ),
        }
    }

    /// The one that follows from a key that [`Self::derive`] gave: for what has to be opened without
    /// everything else that this key opens.
    pub fn following(derived: &[u8; 32]) -> Self {
        Self::from_secret(derived)
    }

    /// What signs the announcements to intake.
    pub fn announcer(&self) -> Announcer {
        Announcer::from_seed(&self.derive(ANNOUNCING))
    }

    /// A key for another use, named by its label.
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        derive(&self.secret, label.as_bytes())
    }

    /// Seals a record for one place, in the smallest of [`OWN_SIZES`] that is at least `least` and
    /// holds it.
    ///
    /// # Errors
    /// [`SealError::TooLong`], [`SealError::Randomness`].
    pub fn seal<T: Serialize>(
        &self,
        place: &str,
        record: &T,
        least: usize,
        rng: &dyn SecureRandom,
    ) -> Result<Vec<u8>, SealError> {
        let json = Zeroizing::new(
            serde_json::to_vec(record).expect("records have only text keys, and memory takes them"),
        );
        let size = OWN_SIZES
            .into_iter()
            .find(|size| *size >= least && json.len() + LENGTH_FIELD + AROUND <= *size)
            .ok_or(SealError::TooLong)?;
        let length = u32::try_from(json.len()).expect("a record is far below 4 GiB");
        let mut padded = Zeroizing::new(Vec::with_capacity(size));
        padded.extend_from_slice(&length.to_be_bytes());
        padded.extend_from_slice(&json);
        padded.resize(size - AROUND, 0);
        self.seal_padded(place, padded, rng)
    }

    /// Seals anew what `older` sealed for the same place: the content and the size stay.
    ///
    /// # Errors
    /// See [`ResealError`].
    pub fn reseal(
        &self,
        older: &Self,
        place: &str,
        sealed: &[u8],
        rng: &dyn SecureRandom,
    ) -> Result<Vec<u8>, ResealError> {
        let padded = older.open_padded(place, sealed)?;
        Ok(self.seal_padded(place, padded, rng)?)
    }

    fn seal_padded(
        &self,
        place: &str,
        mut padded: Zeroizing<Vec<u8>>,
        rng: &dyn SecureRandom,
    ) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_LEN];
        rng.fill(&mut nonce).map_err(|_| SealError::Randomness)?;
        let tag = self
            .records
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.as_bytes()),
                &mut padded,
            )
            .map_err(|_| SealError::TooLong)?;
        let mut sealed = Vec::with_capacity(padded.len() + AROUND);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&padded);
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what [`Self::seal`] sealed for the same place.
    ///
    /// # Errors
    /// [`OpenError::Size`], or [`OpenError::Damaged`] for all else: another key, another place, altered.
    pub fn open<T: DeserializeOwned>(&self, place: &str, sealed: &[u8]) -> Result<T, OpenError> {
        let padded = self.open_padded(place, sealed)?;
        let (length, rest) = padded
            .split_first_chunk::<LENGTH_FIELD>()
            .ok_or(OpenError::Damaged)?;
        usize::try_from(u32::from_be_bytes(*length))
            .ok()
            .and_then(|length| rest.get(..length))
            .and_then(|json| serde_json::from_slice(json).ok())
            .ok_or(OpenError::Damaged)
    }

    /// Whether this key sealed it for this place.
    pub fn sealed(&self, place: &str, sealed: &[u8]) -> bool {
        self.open_padded(place, sealed).is_ok()
    }

    fn open_padded(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        if !OWN_SIZES.contains(&sealed.len()) {
            return Err(OpenError::Size);
        }
        let (nonce, rest) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(OpenError::Size)?;
        let mut bytes = Zeroizing::new(rest.to_vec());
        let length = self
            .records
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(place.as_bytes()),
                &mut bytes,
            )
            .map_err(|_| OpenError::Damaged)?
            .len();
        bytes.truncate(length);
        Ok(bytes)
    }
}

impl fmt::Debug for OwnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnKey(…)")
    }
}

fn derive(secret: &[u8], label: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    Salt::new(HKDF_SHA256, SALT)
        .extract(secret)
        .expand(&[label], HKDF_SHA256)
        .and_then(|material| material.fill(key.as_mut_slice()))
        .expect("HKDF gives as many bytes as its hash has");
    key
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;

    fn key(secret: u8) -> OwnKey {
        OwnKey::from_secret(&[secret; 32])
    }

    #[test]
    fn a_record_opens_at_its_place_under_its_key_and_nowhere_else() {
        let rng = SystemRandom::new();
        let sealed = key(1).seal("member 1", &"Juana", 2048, &rng).unwrap();
        assert_eq!(sealed.len(), 2048);
        assert_eq!(key(1).open::<String>("member 1", &sealed).unwrap(), "Juana");
        for (other, place) in [(key(1), "member 2"), (key(2), "member 1")] {
            assert_eq!(
                other.open::<String>(place, &sealed),
                Err(OpenError::Damaged)
            );
        }
        assert_eq!(
            key(1).open::<String>("member 1", &sealed[1..]),
            Err(OpenError::Size)
        );
    }

    #[test]
    fn what_is_sealed_anew_opens_under_the_new_key_alone_and_keeps_its_size() {
        let rng = SystemRandom::new();
        let old = key(1).seal("member 1", &"Juana", 4096, &rng).unwrap();
        let new = key(2).reseal(&key(1), "member 1", &old, &rng).unwrap();
        assert_eq!(new.len(), old.len());
        assert_eq!(key(2).open::<String>("member 1", &new).unwrap(), "Juana");
        assert!(!key(1).sealed("member 1", &new) && !key(2).sealed("member 2", &new));
        // Nothing is made anew of what was not sealed there.
        for (older, place) in [(3, "member 1"), (1, "member 2")] {
            assert!(matches!(
                key(2).reseal(&key(older), place, &old, &rng),
                Err(ResealError::Open(OpenError::Damaged))
            ));
        }
    }

    #[test]
    fn keys_for_other_uses_differ_from_each_other() {
        assert_ne!(key(1).derive("a"), key(1).derive("b"));
        assert_ne!(key(1).derive("a"), key(2).derive("a"));
    }

    proptest! {
        #[test]
        fn a_sealed_length_tells_only_its_class(length in 0_usize..40_000, least in 0_usize..4_096) {
            let text = "x".repeat(length);
            let sealed = key(1).seal("p", &text, least, &SystemRandom::new());
            if length + 2 + LENGTH_FIELD + AROUND <= 32 << 10 {
                let sealed = sealed.unwrap();
                prop_assert!(OWN_SIZES.contains(&sealed.len()) && sealed.len() >= least);
                prop_assert_eq!(key(1).open::<String>("p", &sealed).unwrap(), text);
            } else {
                prop_assert!(matches!(sealed, Err(SealError::TooLong)));
            }
        }

        #[test]
        fn whoever_alters_a_byte_is_found_out(at in 0_usize..1024, mask in 1_u8..) {
            let mut sealed = key(1).seal("p", &7_u8, 0, &SystemRandom::new()).unwrap();
            sealed[at] ^= mask;
            prop_assert_eq!(key(1).open::<u8>("p", &sealed), Err(OpenError::Damaged));
        }
    }
}
