//! The signed head of a day's tree.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use ring::digest::{SHA256, digest};

use crate::Hash;
use crate::bytes::{Reader, from_text, to_text, write_day};
use crate::key::{ReceiptKey, ReceiptPublicKey, SIGNATURE};
use crate::tree::{MOST_LEVELS, Tree};

const VERSION: u8 = 1;
const CONTEXT: &[u8] = b"guiando tree head, v1";
const SIGNED: usize = 1 + 4 + 1 + 32 + 32;

/// What is said of a day's tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The day.
    pub day: Date,
    /// Logarithm of the number of leaves.
    pub levels: u8,
    /// The hash at the top.
    pub root: Hash,
    /// The hash of the head of the day before; zero in the first one.
    pub previous: Hash,
}

/// A head with its signature; whether it is this service's, [`SignedHead::verify`] tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SignedHead([u8; Self::LENGTH]);

/// Why bytes are not a head of this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// Not the form of a head.
    #[error("not the head of a tree")]
    Format,
    /// Of another version.
    #[error("head version {0} is not known")]
    Version(u8),
    /// Altered, or signed with another key.
    #[error("the head was not signed with this key")]
    Signature,
}

impl ReceiptKey {
    /// Signs the head of a day's tree, which follows the one of the day before.
    pub fn sign_head(&self, day: Date, tree: &Tree, previous: Option<&SignedHead>) -> SignedHead {
        let mut bytes = vec![VERSION];
        write_day(day, &mut bytes);
        bytes.push(tree.levels());
        bytes.extend_from_slice(&tree.root());
        bytes.extend_from_slice(&previous.map_or([0; 32], SignedHead::hash));
        let signature = self.sign_bytes(CONTEXT, &bytes);
        bytes.extend_from_slice(&signature);
        SignedHead(bytes.try_into().expect("all its fields have fixed lengths"))
    }
}

impl SignedHead {
    /// Length in bytes.
    pub const LENGTH: usize = SIGNED + SIGNATURE;

    /// The bytes, as the store keeps them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What the head of the next day names.
    pub fn hash(&self) -> Hash {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, &self.0).as_ref());
        hash
    }

    /// Checks the signature and gives what was signed.
    ///
    /// # Errors
    /// See [`HeadError`].
    pub fn verify(&self, key: &ReceiptPublicKey) -> Result<Head, HeadError> {
        let (signed, signature) = self.0.split_at(SIGNED);
        let [version, ..] = self.0;
        if version != VERSION {
            return Err(HeadError::Version(version));
        }
        let head = read(signed).ok_or(HeadError::Format)?;
        if !key.signed(CONTEXT, signed, signature) {
            return Err(HeadError::Signature);
        }
        Ok(head)
    }
}

impl Head {
    /// Whether this head comes right after another: on the next day, and naming it.
    pub fn follows(&self, before: &SignedHead, day_before: Date) -> bool {
        self.previous == before.hash() && day_before.tomorrow().is_ok_and(|next| next == self.day)
    }
}

fn read(signed: &[u8]) -> Option<Head> {
    let mut reader = Reader(signed);
    reader.byte()?;
    let head = Head {
        day: reader.day()?,
        levels: reader.byte()?,
        root: reader.array()?,
        previous: reader.array()?,
    };
    (reader.is_empty() && head.levels <= MOST_LEVELS).then_some(head)
}

impl TryFrom<&[u8]> for SignedHead {
    type Error = HeadError;

    fn try_from(bytes: &[u8]) -> Result<Self, HeadError> {
        bytes.try_into().map(Self).map_err(|_| HeadError::Format)
    }
}

impl FromStr for SignedHead {
    type Err = HeadError;

    fn from_str(text: &str) -> Result<Self, HeadError> {
        let bytes = from_text(text).ok_or(HeadError::Format)?;
        Self::try_from(bytes.as_slice())
    }
}

impl fmt::Display for SignedHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_text(&self.0))
    }
}

impl fmt::Debug for SignedHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedHead({self})")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ring::rand::SystemRandom;

    use super::*;

    fn empty_tree() -> Tree {
        Tree::grow(&[], &SystemRandom::new()).unwrap()
    }

    #[test]
    fn heads_form_a_chain_of_days() {
        let key: ReceiptKey = to_text(&[1; 32]).parse().unwrap();
        let days = [date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)];
        let mut chain: Vec<SignedHead> = Vec::new();
        for day in days {
            chain.push(key.sign_head(day, &empty_tree(), chain.last()));
        }
        let heads: Vec<Head> = chain
            .iter()
            .map(|head| head.verify(&key.public()).unwrap())
            .collect();
        assert_eq!(heads[0].previous, [0; 32]);
        assert!(heads[1].follows(&chain[0], days[0]));
        assert!(heads[2].follows(&chain[1], days[1]));
        assert!(!heads[2].follows(&chain[0], days[0]));
    }

    #[test]
    fn a_head_altered_in_any_bit_is_refused() {
        let key: ReceiptKey = to_text(&[1; 32]).parse().unwrap();
        let day = date(2026, 3, 4);
        let head = key.sign_head(day, &empty_tree(), None);
        assert_eq!(head.to_string().parse(), Ok(head));
        for bit in 0..SignedHead::LENGTH * 8 {
            let mut altered = head.0;
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(SignedHead(altered).verify(&key.public()).is_err(), "{bit}");
        }
    }
}
