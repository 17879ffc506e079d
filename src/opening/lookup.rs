//! Finding the case of a mailbox without keeping the lookup id in clear.

use std::fmt;

use ring::hmac;
use sealing::{EnvelopeId, LookupHash, LookupId};

/// Hashes lookup ids under a secret that only the unsealed service holds, so that whoever has both
/// stores still cannot join a mailbox to its case.
#[derive(Clone)]
pub struct LookupHasher(hmac::Key);

impl LookupHasher {
    /// Length of the secret, in bytes.
    pub const SECRET: usize = 32;

    /// From the secret that the case files keep sealed.
    pub fn new(secret: &[u8; Self::SECRET]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The keyed hash (HMAC-SHA-256).
    pub fn hash(&self, lookup_id: LookupId) -> LookupHash {
        let tag = hmac::sign(&self.0, lookup_id.as_bytes());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(tag.as_ref());
        LookupHash::from(bytes)
    }

    /// A name for something of which there is one: the same each time, after a change of the committee's
    /// key too, and nobody without the secret knows it.
    pub fn name_of(&self, what: &str) -> [u8; 16] {
        // Nothing else that is hashed begins so.
        let tag = hmac::sign(&self.0, format!("guiando record {what}").as_bytes());
        let (name, _) = tag
            .as_ref()
            .split_first_chunk()
            .expect("a tag has 32 bytes");
        *name
    }

    /// A short keyed hash of a text, for comparing what is not kept in clear. `about` keeps the hashes of
    /// different things apart.
    pub fn mark(&self, about: &str, text: &str) -> u64 {
        // What begins so is no lookup id, which is random.
        let tag = hmac::sign(&self.0, format!("guiando mark {about}: {text}").as_bytes());
        let (mark, _) = tag
            .as_ref()
            .split_first_chunk()
            .expect("a tag has 32 bytes");
        u64::from_be_bytes(*mark)
    }

    /// A name for what one envelope brings into its case once: the same each time, and whoever has
    /// both stores cannot join it to the envelope.
    pub fn name(&self, part: &str, envelope: EnvelopeId) -> [u8; 16] {
        // A lookup id has no such length with any part, so the two never meet.
        let tag = hmac::sign(
            &self.0,
            format!("guiando envelope {envelope} part {part}").as_bytes(),
        );
        let (name, _) = tag
            .as_ref()
            .split_first_chunk()
            .expect("a tag has 32 bytes");
        *name
    }
}

impl fmt::Debug for LookupHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupHasher(…)")
    }
}
