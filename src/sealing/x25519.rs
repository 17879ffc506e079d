//! The X25519 stanzas of an age file, for many recipients and for nobody.
//!
//! They are made as the format says (C2SP, age-encryption.org/v1, *X25519 recipient stanza*), each with an
//! ephemeral secret of its own, and age opens them. What age's own code does not have is a table of multiples
//! for a recipient to whom much is sealed, with which an agreement costs a quarter, and a stanza that is for
//! nobody. A case's key is sealed to fifteen people, and that is most of what a new case costs. Both ways to
//! agree run in constant time.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use age_core::format::{FileKey, Stanza};
use age_core::primitives::{aead_encrypt, hkdf};
use age_core::secrecy::ExposeSecret as _;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use curve25519_dalek::edwards::{EdwardsBasepointTable, EdwardsPoint};
use curve25519_dalek::montgomery::MontgomeryPoint;
use curve25519_dalek::traits::{BasepointTable as _, IsIdentity as _};
use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

/// Bytes of a file's key under a recipient's: the key and the tag.
const WRAPPED: usize = 16 + 16;

/// What age calls such a stanza.
const TAG: &str = "X25519";
const LABEL: &[u8] = b"age-encryption.org/v1/X25519";

/// Agreements after which a recipient is worth a table: it takes about as long to make as these.
const OFTEN: u32 = 8;

/// A recipient's public half.
#[derive(Clone)]
pub(crate) struct PublicHalf {
    point: MontgomeryPoint,
    /// Shared by all copies of it.
    often: Arc<Often>,
}

#[derive(Default)]
struct Often {
    agreements: AtomicU32,
    /// `None` for a point of the curve's twist, which has no such table.
    table: OnceLock<Option<Box<EdwardsBasepointTable>>>,
}

/// Why no stanzas were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WrapError {
    #[error("no randomness")]
    Randomness,
    /// Whatever is agreed on with it is known to everybody.
    #[error("a recipient is no public key that anybody has the private half of")]
    SmallOrder,
}

impl PublicHalf {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self {
            point: MontgomeryPoint(bytes),
            often: Arc::default(),
        }
    }

    /// X25519 (RFC 7748, section 5) of a secret and this.
    fn agree(&self, secret: &[u8; 32]) -> Zeroizing<MontgomeryPoint> {
        let table = if self.often.agreements.fetch_add(1, Ordering::Relaxed) < OFTEN {
            self.often.table.get()
        } else {
            Some(self.often.table.get_or_init(|| {
                let point = self.point.to_edwards(0)?;
                Some(Box::new(EdwardsBasepointTable::create(&point)))
            }))
        };
        Zeroizing::new(match table {
            Some(Some(table)) => table.mul_base_clamped(*secret).to_montgomery(),
            Some(None) | None => self.point.mul_clamped(*secret),
        })
    }
}

impl fmt::Debug for PublicHalf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.point.as_bytes()))
    }
}

/// A file's key for each of these in turn. `None` is nobody: a stanza that opens for no key, and looks like any
/// other to whoever has none of the private halves.
///
/// # Errors
/// See [`WrapError`].
pub(crate) fn wrap<'a>(
    file_key: &FileKey,
    everyone: impl IntoIterator<Item = Option<&'a PublicHalf>>,
) -> Result<Vec<Stanza>, WrapError> {
    let rng = SystemRandom::new();
    let stanzas = everyone.into_iter().map(|one| stanza(file_key, one, &rng));
    stanzas.collect()
}

fn stanza(
    file_key: &FileKey,
    recipient: Option<&PublicHalf>,
    rng: &SystemRandom,
) -> Result<Stanza, WrapError> {
    let mut secret = Zeroizing::new([0; 32]);
    rng.fill(secret.as_mut_slice())
        .map_err(|_| WrapError::Randomness)?;
    let share = EdwardsPoint::mul_base_clamped(*secret).to_montgomery();
    let body = if let Some(recipient) = recipient {
        let agreed = recipient.agree(&secret);
        if agreed.is_identity() {
            return Err(WrapError::SmallOrder);
        }
        let salt = [share.as_bytes().as_slice(), recipient.point.as_bytes()].concat();
        let key = Zeroizing::new(hkdf(&salt, LABEL, agreed.as_bytes()));
        aead_encrypt(&key, file_key.expose_secret())
    } else {
        let mut body = vec![0; WRAPPED];
        rng.fill(&mut body).map_err(|_| WrapError::Randomness)?;
        body
    };
    Ok(Stanza {
        tag: TAG.to_owned(),
        args: vec![BASE64_STANDARD_NO_PAD.encode(share.as_bytes())],
        body,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file_key() -> FileKey {
        FileKey::new(Box::new([7; 16]))
    }

    #[test]
    fn nobody_looks_like_anybody_whom_age_seals_to() {
        let text = "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm";
        let (_, one) = crate::recipients::read(text).unwrap();
        let stanzas = wrap(&file_key(), [Some(&one), None, None]).unwrap();
        let recipient: age::x25519::Recipient = text.parse().unwrap();
        let (of_age, _) = age::Recipient::wrap_file_key(&recipient, &file_key()).unwrap();
        let shape = |stanza: &Stanza| {
            let arguments: Vec<usize> = stanza.args.iter().map(String::len).collect();
            (stanza.tag.clone(), arguments, stanza.body.len())
        };
        for stanza in &stanzas {
            assert_eq!(shape(stanza), shape(&of_age[0]));
        }
        let shares: std::collections::BTreeSet<_> =
            stanzas.iter().map(|stanza| &stanza.args).collect();
        assert_eq!(shares.len(), 3, "each has a secret of its own");
        assert!(stanzas[1].body != stanzas[2].body);
    }

    /// All points of small order: those of order 1, 2, 4 and 8, and what is the same to X25519.
    #[test]
    fn nothing_is_sealed_to_a_key_that_is_none() {
        for low in [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        ] {
            let mut bytes = [0; 32];
            hex::decode_to_slice(low, &mut bytes).unwrap();
            let half = PublicHalf::new(bytes);
            for _ in 0..=OFTEN + 1 {
                let refused = wrap(&file_key(), [Some(&half)]);
                assert!(matches!(refused, Err(WrapError::SmallOrder)), "{low}");
            }
        }
    }

    proptest! {
        /// Also for points of the twist, and for those with a part of small order.
        #[test]
        fn both_ways_agree_on_the_same(point: [u8; 32], secret: [u8; 32]) {
            let half = PublicHalf::new(point);
            let slowly = half.agree(&secret);
            half.often.agreements.store(OFTEN, Ordering::Relaxed);
            let quickly = half.agree(&secret);
            prop_assert!(half.often.table.get().is_some());
            prop_assert_eq!(slowly.as_bytes(), quickly.as_bytes());
        }
    }
}
