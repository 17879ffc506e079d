//! Receipts: proof that the committee's channel took a complaint in on a day, without saying which.
//!
//! A receipt is signed with Ed25519 over [`CONTEXT`] and its own first bytes, and written as base64url
//! without padding:
//!
//! `version (1 byte, 1) ‖ receipt id (16) ‖ year (i16, big endian) ‖ month (1) ‖ day (1) ‖ signature (64)`
//!
//! The receipt id is derived from the token, but is not what the mailroom indexes: a receipt shown
//! to somebody leads to no mailbox.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::civil::Date;
use ring::rand::SecureRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use sealing::ReceiptId;
use zeroize::Zeroizing;

/// Version of the format, its first byte.
pub const VERSION: u8 = 1;
/// What is signed before the receipt's own bytes, so that a signature means nothing elsewhere.
pub const CONTEXT: &[u8] = b"guiando receipt, v1";

const KEY: usize = 32;
const SIGNED: usize = 1 + ReceiptId::LENGTH + 4;
const SIGNATURE: usize = 64;

/// Signs receipts. Shared by all intake processes of a committee.
pub struct ReceiptKey(Ed25519KeyPair);

/// With which anyone checks a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptPublicKey([u8; KEY]);

/// A receipt whose signature was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Which complaint, for whoever holds its token.
    pub id: ReceiptId,
    /// Legal day of reception.
    pub received_on: Date,
}

/// A text that is not a key for receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key for receipts")]
pub struct NotAKey;

/// Why a text is not a receipt of this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not the form of a receipt.
    #[error("not a receipt")]
    Format,
    /// Of another version.
    #[error("receipt version {0} is not known")]
    Version(u8),
    /// Altered, or signed with another key.
    #[error("the receipt was not signed with this key")]
    Signature,
}

impl ReceiptKey {
    /// Draws a key; gives the text that a key file holds.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw(rng: &dyn SecureRandom) -> Result<Zeroizing<String>, ring::error::Unspecified> {
        let mut seed = Zeroizing::new([0; KEY]);
        rng.fill(seed.as_mut_slice())?;
        Ok(Zeroizing::new(BASE64.encode(seed.as_slice())))
    }

    /// The public half.
    pub fn public(&self) -> ReceiptPublicKey {
        let mut bytes = [0; KEY];
        bytes.copy_from_slice(self.0.public_key().as_ref());
        ReceiptPublicKey(bytes)
    }

    /// Signs a receipt.
    pub fn sign(&self, receipt: Receipt) -> String {
        let mut bytes = Vec::with_capacity(SIGNED + SIGNATURE);
        bytes.push(VERSION);
        bytes.extend_from_slice(receipt.id.as_bytes());
        bytes.extend_from_slice(&receipt.received_on.year().to_be_bytes());
        bytes.extend_from_slice(&receipt.received_on.month().to_be_bytes());
        bytes.extend_from_slice(&receipt.received_on.day().to_be_bytes());
        let signature = self.0.sign(&[CONTEXT, &bytes].concat());
        bytes.extend_from_slice(signature.as_ref());
        BASE64.encode(bytes)
    }
}

impl FromStr for ReceiptKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let seed = Zeroizing::new(BASE64.decode(text.trim()).map_err(|_| NotAKey)?);
        Ed25519KeyPair::from_seed_unchecked(&seed)
            .map(Self)
            .map_err(|_| NotAKey)
    }
}

impl fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptKey(…)")
    }
}

impl FromStr for ReceiptPublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let bytes = BASE64.decode(text.trim()).map_err(|_| NotAKey)?;
        bytes.try_into().map(Self).map_err(|_| NotAKey)
    }
}

impl fmt::Display for ReceiptPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(self.0))
    }
}

/// Checks a receipt as people hand it over, blanks around it aside.
///
/// # Errors
/// See [`ReceiptError`].
pub fn verify(text: &str, key: &ReceiptPublicKey) -> Result<Receipt, ReceiptError> {
    let bytes = BASE64
        .decode(text.trim())
        .map_err(|_| ReceiptError::Format)?;
    match bytes.first() {
        None => return Err(ReceiptError::Format),
        Some(&VERSION) => {}
        Some(&other) => return Err(ReceiptError::Version(other)),
    }
    if bytes.len() != SIGNED + SIGNATURE {
        return Err(ReceiptError::Format);
    }
    let (signed, signature) = bytes.split_at(SIGNED);
    UnparsedPublicKey::new(&ED25519, key.0)
        .verify(&[CONTEXT, signed].concat(), signature)
        .map_err(|_| ReceiptError::Signature)?;
    let (id, day) = signed[1..].split_at(ReceiptId::LENGTH);
    let id = ReceiptId::try_from(id).map_err(|_| ReceiptError::Format)?;
    let &[year_high, year_low, month, day] = day else {
        return Err(ReceiptError::Format);
    };
    let year = i16::from_be_bytes([year_high, year_low]);
    let [month, day] = [month, day].map(|byte| i8::from_be_bytes([byte]));
    let received_on = Date::new(year, month, day).map_err(|_| ReceiptError::Format)?;
    Ok(Receipt { id, received_on })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ring::rand::SystemRandom;

    use super::*;

    fn key() -> ReceiptKey {
        ReceiptKey::draw(&SystemRandom::new())
            .unwrap()
            .parse()
            .unwrap()
    }

    fn receipt() -> Receipt {
        Receipt {
            id: ReceiptId::from([7; 16]),
            received_on: date(2026, 3, 4),
        }
    }

    #[test]
    fn a_receipt_says_what_was_signed() {
        let key = key();
        assert_eq!(verify(&key.sign(receipt()), &key.public()), Ok(receipt()));
        assert_eq!(
            verify(&format!(" {}\n", key.sign(receipt())), &key.public()),
            Ok(receipt())
        );
    }

    #[test]
    fn a_receipt_altered_in_any_byte_is_refused() {
        let key = key();
        let bytes = BASE64.decode(key.sign(receipt())).unwrap();
        for index in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[index] ^= 1;
            assert!(
                verify(&BASE64.encode(altered), &key.public()).is_err(),
                "byte {index}"
            );
        }
    }

    #[test]
    fn a_receipt_of_another_key_is_refused() {
        let signed = key().sign(receipt());
        assert_eq!(
            verify(&signed, &key().public()),
            Err(ReceiptError::Signature)
        );
    }

    #[test]
    fn what_is_no_receipt_is_refused() {
        for text in ["", "hola", "AQ", "ñ"] {
            assert!(verify(text, &key().public()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_key_reads_back_as_it_was_written() {
        let public = key().public();
        assert_eq!(public.to_string().parse(), Ok(public));
    }
}
