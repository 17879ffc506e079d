//! A member's private key while the member is signed in, sealed under what only the cookie gives.

use opening::PersonIdentity;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use super::cookie::Id;
use crate::desk::DeskError;

/// Names the product and the version of the scheme.
const SALT: &[u8] = b"guiando tu denuncia, session, v1";
/// What the key that follows from the id is for.
const LABEL: &[u8] = b"member key";

/// A private key that one session id opens.
pub(super) struct HeldKey {
    nonce: [u8; NONCE_LEN],
    pub(super) sealed: Vec<u8>,
}

impl HeldKey {
    pub(super) fn seal(
        key: &PersonIdentity,
        id: &Id,
        rng: &SystemRandom,
    ) -> Result<Self, DeskError> {
        let mut nonce = [0; NONCE_LEN];
        rng.fill(&mut nonce).map_err(|_| DeskError::Randomness)?;
        let mut bytes = Zeroizing::new(key.to_text().as_bytes().to_vec());
        let tag = sealing_key(id)
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::empty(),
                &mut bytes,
            )
            .expect("a key is far shorter than what the cipher can seal");
        let sealed = [bytes.as_slice(), tag.as_ref()].concat();
        Ok(Self { nonce, sealed })
    }

    pub(super) fn open(&self, id: &Id) -> Option<PersonIdentity> {
        let mut bytes = Zeroizing::new(self.sealed.clone());
        let text = sealing_key(id)
            .open_in_place(
                Nonce::assume_unique_for_key(self.nonce),
                Aad::empty(),
                &mut bytes,
            )
            .ok()?;
        PersonIdentity::from_text(std::str::from_utf8(text).ok()?)
    }
}

fn sealing_key(id: &Id) -> LessSafeKey {
    let mut key = Zeroizing::new([0; 32]);
    Salt::new(HKDF_SHA256, SALT)
        .extract(id.as_bytes())
        .expand(&[LABEL], HKDF_SHA256)
        .and_then(|material| material.fill(key.as_mut_slice()))
        .expect("HKDF gives as many bytes as its hash has");
    let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_slice());
    LessSafeKey::new(key.expect("the cipher's key has 32 bytes"))
}
