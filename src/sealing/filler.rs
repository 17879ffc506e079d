//! Filler that looks like noise to everyone and is checked by whoever opens the envelope.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// One-time key of an envelope's filler; travels inside the letter.
#[derive(Clone, PartialEq, Eq)]
pub struct FillerKey(Zeroizing<[u8; 32]>);

impl FillerKey {
    /// Draws a key, for one envelope only.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, ring::error::Unspecified> {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// 64 hexadecimal digits.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*self.0))
    }

    /// Reads 64 hexadecimal digits.
    pub fn from_hex(digits: &[u8]) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(digits, bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    /// Overwrites `filler` with the keystream.
    pub fn fill(&self, filler: &mut [u8]) {
        filler.fill(0);
        let key = UnboundKey::new(&CHACHA20_POLY1305, self.0.as_slice())
            .expect("the key has the length of the cipher");
        // The key is used for this one message only, so a fixed nonce repeats nothing; the tag is
        // not needed, since the reader makes the same bytes and compares.
        let _tag = LessSafeKey::new(key)
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key([0; 12]), Aad::empty(), filler)
            .expect("an envelope is far shorter than the cipher's limit");
    }

    /// Whether `filler` is the keystream, byte for byte.
    pub fn matches(&self, filler: &[u8]) -> bool {
        let mut expected = vec![0; filler.len()];
        self.fill(&mut expected);
        expected == filler
    }
}

impl fmt::Debug for FillerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FillerKey(…)")
    }
}

impl Serialize for FillerKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for FillerKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        Self::from_hex(text.as_bytes()).ok_or_else(|| serde::de::Error::custom("not a filler key"))
    }
}
