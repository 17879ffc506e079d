//! The other half of an invitation: a short code that is said, to whoever has the link from somebody else.

use std::fmt;

use domain::committee::MemberId;
use ring::digest;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::{NoRandomness, encoded, letters};

/// Letters of a code, of 5 bits each: 40 bits, of which few guesses are taken.
const LETTERS: usize = 8;

/// A code, at the only moment at which it is known.
pub struct SpokenCode(Zeroizing<String>);

/// What is kept of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Hash(#[serde(with = "encoded")] [u8; digest::SHA256_OUTPUT_LEN]);

impl SpokenCode {
    /// Draws one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(rng: &dyn SecureRandom) -> Result<Self, NoRandomness> {
        Ok(Self(letters::draw::<LETTERS>(rng)?))
    }

    /// In groups, as it is said and typed.
    pub fn text(&self) -> Zeroizing<String> {
        letters::grouped(&self.0)
    }

    pub(super) fn hash(&self, member: MemberId) -> Hash {
        Hash::of(member, &self.0)
    }
}

impl fmt::Debug for SpokenCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpokenCode(…)")
    }
}

impl Hash {
    /// A fast hash is enough for what lies sealed, and of which few guesses are taken.
    fn of(member: MemberId, letters: &str) -> Self {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(b"guiando invitation code ");
        context.update(&member.0);
        context.update(letters.as_bytes());
        let mut hash = [0; digest::SHA256_OUTPUT_LEN];
        hash.copy_from_slice(context.finish().as_ref());
        Self(hash)
    }

    /// Whether this was typed. What cannot be a code costs the same as a wrong one.
    pub(super) fn is_of(&self, member: MemberId, typed: &str) -> bool {
        let letters = letters::read::<LETTERS>(typed).unwrap_or_default();
        bool::from(self.0.ct_eq(&Self::of(member, &letters).0))
    }
}
