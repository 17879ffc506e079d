//! The key that signs receipts and heads, and its public half.

use std::fmt;
use std::str::FromStr;

use ring::rand::SecureRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use zeroize::Zeroizing;

use crate::bytes::{from_text, to_text};

const KEY: usize = 32;
/// Length of a signature.
pub(crate) const SIGNATURE: usize = 64;

/// Signs receipts and heads. Shared by all intake processes of a committee.
pub struct ReceiptKey {
    pair: Ed25519KeyPair,
}

/// With which anyone checks a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptPublicKey([u8; KEY]);

/// A text that is not a key for receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key for receipts")]
pub struct NotAKey;

impl ReceiptKey {
    /// Draws a key; gives the text that a key file holds.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw(rng: &dyn SecureRandom) -> Result<Zeroizing<String>, ring::error::Unspecified> {
        let mut seed = Zeroizing::new([0; KEY]);
        rng.fill(seed.as_mut_slice())?;
        Ok(Zeroizing::new(to_text(seed.as_slice())))
    }

    /// The public half.
    pub fn public(&self) -> ReceiptPublicKey {
        let mut bytes = [0; KEY];
        bytes.copy_from_slice(self.pair.public_key().as_ref());
        ReceiptPublicKey(bytes)
    }

    /// Signs bytes for one purpose, which `context` names.
    pub(crate) fn sign_bytes(&self, context: &[u8], bytes: &[u8]) -> [u8; SIGNATURE] {
        let mut signature = [0; SIGNATURE];
        signature.copy_from_slice(self.pair.sign(&[context, bytes].concat()).as_ref());
        signature
    }
}

impl FromStr for ReceiptKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let seed = Zeroizing::new(from_text(text).ok_or(NotAKey)?);
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| NotAKey)?;
        Ok(Self { pair })
    }
}

impl fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptKey(…)")
    }
}

impl ReceiptPublicKey {
    /// Whether this key's other half signed these bytes for this purpose.
    pub(crate) fn signed(&self, context: &[u8], bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0)
            .verify(&[context, bytes].concat(), signature)
            .is_ok()
    }
}

impl FromStr for ReceiptPublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let bytes = from_text(text).ok_or(NotAKey)?;
        bytes.try_into().map(Self).map_err(|_| NotAKey)
    }
}

impl fmt::Display for ReceiptPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_text(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    #[test]
    fn a_public_key_reads_back_as_it_was_written() {
        let key: ReceiptKey = ReceiptKey::draw(&SystemRandom::new())
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(key.public().to_string().parse(), Ok(key.public()));
    }

    #[test]
    fn another_length_is_no_key() {
        for length in [0, 31, 33, 64] {
            let text = to_text(&vec![7; length]);
            assert!(text.parse::<ReceiptKey>().is_err(), "{length}");
            assert!(text.parse::<ReceiptPublicKey>().is_err(), "{length}");
        }
    }
}
