//! Proof that a receipt is in the tree of its day.

use std::fmt;
use std::str::FromStr;

use crate::Hash;
use crate::bytes::{Reader, from_text, to_text};
use crate::head::{Head, HeadError, SignedHead};
use crate::key::ReceiptPublicKey;
use crate::receipt::Receipt;
use crate::tree::{MOST_LEVELS, Tree, root_of};

const VERSION: u8 = 1;

/// A head and the way up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    head: SignedHead,
    place: u32,
    beside: Vec<Hash>,
}

/// Why a proof does not show that a receipt is in the tree of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not the form of a proof.
    #[error("not a proof")]
    Format,
    /// Of another version.
    #[error("proof version {0} is not known")]
    Version(u8),
    /// Its head is not this service's.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// Its tree is of another day than the receipt.
    #[error("the proof is of another day than the receipt")]
    Day,
    /// It leads to another root, so it is of another receipt or was altered.
    #[error("the proof is not of this receipt")]
    Root,
}

impl Proof {
    /// The proof for a leaf; `None` if the tree has it not.
    pub fn of(leaf: &Hash, tree: &Tree, head: SignedHead) -> Option<Self> {
        let (place, beside) = tree.path(leaf)?;
        Some(Self {
            head,
            place,
            beside,
        })
    }

    /// The head that it leads to, which must be among the published ones.
    pub fn head(&self) -> &SignedHead {
        &self.head
    }

    /// Checks that a receipt is in the tree of its day; gives what the head says.
    ///
    /// # Errors
    /// See [`ProofError`].
    pub fn verify(&self, receipt: &Receipt, key: &ReceiptPublicKey) -> Result<Head, ProofError> {
        let head = self.head.verify(key)?;
        if head.day != receipt.received_on {
            return Err(ProofError::Day);
        }
        let root = root_of(receipt.leaf, self.place, &self.beside);
        if usize::from(head.levels) != self.beside.len() || root != Some(head.root) {
            return Err(ProofError::Root);
        }
        Ok(head)
    }
}

impl FromStr for Proof {
    type Err = ProofError;

    fn from_str(text: &str) -> Result<Self, ProofError> {
        let bytes = from_text(text).ok_or(ProofError::Format)?;
        let mut reader = Reader(&bytes);
        let version = reader.byte().ok_or(ProofError::Format)?;
        if version != VERSION {
            return Err(ProofError::Version(version));
        }
        let head = reader
            .slice(SignedHead::LENGTH)
            .ok_or(ProofError::Format)?
            .try_into()?;
        let place = reader.array().ok_or(ProofError::Format)?;
        let (beside, rest) = reader.0.as_chunks();
        if !rest.is_empty() || beside.len() > MOST_LEVELS.into() {
            return Err(ProofError::Format);
        }
        Ok(Self {
            head,
            place: u32::from_be_bytes(place),
            beside: beside.to_vec(),
        })
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(self.head.as_bytes());
        bytes.extend_from_slice(&self.place.to_be_bytes());
        bytes.extend_from_slice(self.beside.as_flattened());
        f.write_str(&to_text(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use ring::rand::SystemRandom;
    use sealing::ReceiptId;

    use super::*;
    use crate::commitment::Commitment;
    use crate::key::ReceiptKey;
    use crate::receipt::{SignedReceipt, verify};

    const DAY: Date = date(2026, 3, 4);

    fn key() -> ReceiptKey {
        to_text(&[1; 32]).parse().unwrap()
    }

    fn receipt(n: u8, day: Date) -> SignedReceipt {
        key().sign(ReceiptId::from([n; 16]), day, &[], Commitment([n; 32]))
    }

    fn read(signed: &SignedReceipt) -> Receipt {
        verify(&signed.text, &key().public()).unwrap()
    }

    fn proof(of: &SignedReceipt, among: &[&SignedReceipt], day: Date) -> Option<Proof> {
        let leaves: Vec<_> = among.iter().map(|receipt| receipt.leaf).collect();
        let tree = Tree::grow(&leaves, &SystemRandom::new()).unwrap();
        Proof::of(&of.leaf, &tree, key().sign_head(day, &tree, None))
    }

    #[test]
    fn a_receipt_is_proved_and_no_other_one_with_its_proof() {
        let (one, two) = (receipt(1, DAY), receipt(2, DAY));
        let proof = proof(&one, &[&one, &two], DAY).unwrap();
        let head = proof.verify(&read(&one), &key().public()).unwrap();
        assert_eq!((head.day, head.levels), (DAY, 12));
        let outcome = proof.verify(&read(&two), &key().public());
        assert_eq!(outcome, Err(ProofError::Root));
    }

    #[test]
    fn a_receipt_that_was_left_out_has_no_proof() {
        let (one, two) = (receipt(1, DAY), receipt(2, DAY));
        assert_eq!(proof(&one, &[&two], DAY), None);
    }

    #[test]
    fn the_tree_of_another_day_proves_nothing() {
        let one = receipt(1, DAY);
        let other = proof(&one, &[&one], date(2026, 3, 5)).unwrap();
        let outcome = other.verify(&read(&one), &key().public());
        assert_eq!(outcome, Err(ProofError::Day));
    }

    #[test]
    fn a_proof_altered_in_any_bit_or_cut_anywhere_is_refused() {
        let one = receipt(1, DAY);
        let proof = proof(&one, &[&one], DAY).unwrap();
        assert_eq!(proof.to_string().parse(), Ok(proof.clone()));
        let bytes = from_text(&proof.to_string()).unwrap();
        let public = key().public();
        let receipt = read(&one);
        let holds = |bytes: &[u8]| {
            to_text(bytes)
                .parse::<Proof>()
                .is_ok_and(|proof| proof.verify(&receipt, &public).is_ok())
        };
        assert!(holds(&bytes));
        // One bit of each byte, and in each byte another.
        for bit in (0..bytes.len() * 8).step_by(7) {
            let mut altered = bytes.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(!holds(&altered), "bit {bit}");
        }
        for length in 0..bytes.len() {
            assert!(!holds(&bytes[..length]), "length {length}");
        }
        assert!(!holds(&[&bytes[..], &[0; 32]].concat()));
    }
}
