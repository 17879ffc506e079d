//! One receipt: signed, written as text, and read back.

use std::str;

use domain::case::Deadline;
use jiff::civil::Date;
use ring::digest::{SHA256, digest};
use sealing::ReceiptId;

use crate::bytes::{Reader, from_text, to_text, write_day};
use crate::commitment::Commitment;
use crate::key::{ReceiptKey, ReceiptPublicKey, SIGNATURE};
use crate::text::codes;
use crate::{Hash, tree};

/// Most terms of a receipt.
pub const MOST_TERMS: usize = 8;

/// Without terms and commitment.
const FIRST: u8 = 1;
const FIRST_CONTEXT: &[u8] = b"guiando receipt, v1";
/// The one that is signed today.
const SECOND: u8 = 2;
const SECOND_CONTEXT: &[u8] = b"guiando receipt, v2";

/// A receipt whose signature was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Which complaint, for whoever holds its token.
    pub id: ReceiptId,
    /// Legal day of reception.
    pub received_on: Date,
    /// The terms that began to run with it; none in the first version.
    pub terms: Vec<Deadline>,
    /// Ties it to the content; absent in the first version.
    pub commitment: Option<Commitment>,
    /// How it stands in the tree of its day, if it is there.
    pub leaf: Hash,
}

/// A receipt as it is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedReceipt {
    /// For people.
    pub text: String,
    /// For the tree of its day.
    pub leaf: Hash,
}

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
    /// Signs a receipt. The same arguments always give the same one.
    ///
    /// # Panics
    /// With more than [`MOST_TERMS`] terms.
    pub fn sign(
        &self,
        id: ReceiptId,
        received_on: Date,
        terms: &[Deadline],
        commitment: Commitment,
    ) -> SignedReceipt {
        let mut bytes = vec![SECOND];
        bytes.extend_from_slice(id.as_bytes());
        write_day(received_on, &mut bytes);
        assert!(terms.len() <= MOST_TERMS, "a receipt has few terms");
        let short = |length: usize| u8::try_from(length).expect("codes and lists are short");
        bytes.push(short(terms.len()));
        for term in terms {
            let code = term.key.code();
            bytes.push(short(code.len()));
            bytes.extend_from_slice(code.as_bytes());
            write_day(term.due_on, &mut bytes);
        }
        bytes.extend_from_slice(&commitment.0);
        let signature = self.sign_bytes(SECOND_CONTEXT, &bytes);
        bytes.extend_from_slice(&signature);
        SignedReceipt {
            text: to_text(&bytes),
            leaf: leaf(&bytes),
        }
    }
}

/// How a receipt stands in a tree.
fn leaf(receipt: &[u8]) -> Hash {
    let mut leaf = [0; 32];
    leaf.copy_from_slice(digest(&SHA256, &[&[tree::LEAF], receipt].concat()).as_ref());
    leaf
}

/// Checks a receipt as people hand it over.
///
/// # Errors
/// See [`ReceiptError`].
pub fn verify(text: &str, key: &ReceiptPublicKey) -> Result<Receipt, ReceiptError> {
    let bytes = from_text(text).ok_or(ReceiptError::Format)?;
    let context = match bytes.first() {
        None => return Err(ReceiptError::Format),
        Some(&FIRST) => FIRST_CONTEXT,
        Some(&SECOND) => SECOND_CONTEXT,
        Some(&other) => return Err(ReceiptError::Version(other)),
    };
    let end = bytes
        .len()
        .checked_sub(SIGNATURE)
        .ok_or(ReceiptError::Format)?;
    let (signed, signature) = bytes.split_at(end);
    // Read before the signature is checked, so that half a receipt is told from a forged one.
    let receipt = read(signed, leaf(&bytes)).ok_or(ReceiptError::Format)?;
    if !key.signed(context, signed, signature) {
        return Err(ReceiptError::Signature);
    }
    Ok(receipt)
}

/// Most codes of a text that are looked at: our own documents hold three, and each one costs the check
/// of a signature.
const MOST_CODES: usize = 8;

/// Finds a receipt of this key in a text, which may be a whole document that holds one; gives it as it
/// was written, too.
///
/// # Errors
/// See [`ReceiptError`].
pub fn find(text: &str, key: &ReceiptPublicKey) -> Result<(String, Receipt), ReceiptError> {
    let alone: String = text.split_whitespace().collect();
    let mut outcome = match verify(&alone, key) {
        Ok(receipt) => return Ok((alone, receipt)),
        Err(error) => Err(error),
    };
    for code in codes(text).into_iter().take(MOST_CODES) {
        match verify(&code, key) {
            Ok(receipt) => return Ok((code, receipt)),
            // What has the form of a receipt says more than what has none.
            Err(ReceiptError::Signature) => outcome = Err(ReceiptError::Signature),
            Err(ReceiptError::Format | ReceiptError::Version(_)) => {}
        }
    }
    outcome
}

fn read(signed: &[u8], leaf: Hash) -> Option<Receipt> {
    let mut reader = Reader(signed);
    let version = reader.byte()?;
    let id = ReceiptId::from(reader.array()?);
    let received_on = reader.day()?;
    let (terms, commitment) = if version == FIRST {
        (Vec::new(), None)
    } else {
        let count = usize::from(reader.byte()?);
        if count > MOST_TERMS {
            return None;
        }
        let terms = (0..count)
            .map(|_| term(&mut reader))
            .collect::<Option<_>>()?;
        (terms, Some(Commitment(reader.array()?)))
    };
    reader.is_empty().then_some(Receipt {
        id,
        received_on,
        terms,
        commitment,
        leaf,
    })
}

fn term(reader: &mut Reader<'_>) -> Option<Deadline> {
    let length = reader.byte()?;
    let code = str::from_utf8(reader.slice(length.into())?).ok()?;
    Some(Deadline {
        key: code.parse().ok()?,
        due_on: reader.day()?,
    })
}

#[cfg(test)]
mod tests {
    use domain::catalogue::TermKey;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn key(seed: u8) -> ReceiptKey {
        to_text(&[seed; 32]).parse().unwrap()
    }

    fn signed() -> SignedReceipt {
        let terms = [Deadline {
            key: TermKey::RegistroSseccoe,
            due_on: date(2026, 3, 9),
        }];
        key(1).sign(
            ReceiptId::from([7; 16]),
            date(2026, 3, 4),
            &terms,
            Commitment([9; 32]),
        )
    }

    /// One that an earlier release of this program gave out, with the key of seed 1.
    fn first_version() -> String {
        let mut bytes = vec![FIRST];
        bytes.extend_from_slice(&[7; 16]);
        write_day(date(2026, 3, 4), &mut bytes);
        let signature = key(1).sign_bytes(FIRST_CONTEXT, &bytes);
        bytes.extend_from_slice(&signature);
        to_text(&bytes)
    }

    fn days() -> impl Strategy<Value = Date> {
        (0_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
    }

    fn deadlines() -> impl Strategy<Value = Deadline> {
        (prop::sample::select(TermKey::ALL), days())
            .prop_map(|(key, due_on)| Deadline { key, due_on })
    }

    proptest! {
        #[test]
        fn a_receipt_says_what_was_signed(
            id: [u8; 16],
            received_on in days(),
            terms in prop::collection::vec(deadlines(), 0..=MOST_TERMS),
            commitment: [u8; 32],
            seed: u8,
        ) {
            let (key, id) = (key(seed), ReceiptId::from(id));
            let signed = key.sign(id, received_on, &terms, Commitment(commitment));
            let receipt = verify(&signed.text, &key.public()).unwrap();
            let commitment = Some(Commitment(commitment));
            let leaf = signed.leaf;
            prop_assert_eq!(receipt, Receipt { id, received_on, terms, commitment, leaf });
        }

        #[test]
        fn what_is_no_receipt_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(verify(&to_text(&bytes), &key(1).public()).is_err());
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,300}") {
            prop_assert!(verify(&text, &key(1).public()).is_err());
        }
    }

    #[test]
    fn a_receipt_altered_in_any_bit_or_cut_anywhere_is_refused() {
        for text in [signed().text, first_version()] {
            let bytes = from_text(&text).unwrap();
            assert!(verify(&text, &key(1).public()).is_ok());
            for bit in 0..bytes.len() * 8 {
                let mut altered = bytes.clone();
                altered[bit / 8] ^= 1 << (bit % 8);
                assert!(
                    verify(&to_text(&altered), &key(1).public()).is_err(),
                    "bit {bit}"
                );
            }
            for length in 0..bytes.len() {
                assert!(verify(&to_text(&bytes[..length]), &key(1).public()).is_err());
            }
        }
    }

    #[test]
    fn a_receipt_of_the_first_version_is_still_one() {
        let receipt = verify(&first_version(), &key(1).public()).unwrap();
        assert_eq!(receipt.id, ReceiptId::from([7; 16]));
        assert_eq!(receipt.received_on, date(2026, 3, 4));
        assert_eq!((receipt.terms, receipt.commitment), (Vec::new(), None));
    }

    #[test]
    fn a_receipt_may_come_in_lines() {
        let text = signed().text;
        let (a, b) = text.split_at(60);
        let lines = format!("  {a}\r\n\t{b}\n");
        assert!(verify(&lines, &key(1).public()).is_ok());
    }

    #[test]
    fn a_receipt_is_found_in_a_document() {
        let receipt = signed().text;
        let (one, two) = receipt.split_at(76);
        let document = format!("El acuse\n--------\n\n{one}\n{two}\n\nPrueba\n\nabc\n");
        let found = find(&document, &key(1).public()).unwrap();
        assert_eq!(
            found,
            (receipt.clone(), verify(&receipt, &key(1).public()).unwrap())
        );
        let outcome = find(&document, &key(2).public());
        assert_eq!(outcome, Err(ReceiptError::Signature));
    }

    #[test]
    fn a_receipt_of_another_key_is_refused() {
        let outcome = verify(&signed().text, &key(2).public());
        assert_eq!(outcome, Err(ReceiptError::Signature));
    }

    #[test]
    fn a_version_of_the_future_is_told() {
        let mut bytes = from_text(&signed().text).unwrap();
        bytes[0] = 3;
        let outcome = verify(&to_text(&bytes), &key(1).public());
        assert_eq!(outcome, Err(ReceiptError::Version(3)));
    }
}
