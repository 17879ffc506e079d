//! One age file for many recipients: the X25519 stanzas of all of them, from one ephemeral secret.
//!
//! age makes an ephemeral secret for each recipient. Its format asks for a new one for each file key alone
//! (C2SP, age-encryption.org/v1, *X25519 recipient stanza*), and the key that wraps the file key follows from
//! the recipient's public half, too: with one secret for all, no two stanzas are under one key. A case is
//! sealed to fifteen people, so that makes fifteen ephemeral halves out of one; and a stanza that is for
//! nobody costs nothing, because it stands beside the same share as all others.
//!
//! The other half of the work is the agreement with each recipient. A recipient to whom much is sealed gets a
//! table of multiples, with which it costs a quarter. Both ways run in constant time.

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
    table: OnceLock<Option<EdwardsBasepointTable>>,
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
                Some(EdwardsBasepointTable::create(&point))
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

/// Wraps a file's key for each of these in turn. `None` is nobody: a stanza that opens for no key, and looks
/// like any other to whoever has none of the private halves.
///
/// # Errors
/// See [`WrapError`].
pub(crate) fn wrap<'a>(
    file_key: &FileKey,
    everyone: impl IntoIterator<Item = Option<&'a PublicHalf>>,
) -> Result<Vec<Stanza>, WrapError> {
    let rng = SystemRandom::new();
    let mut secret = Zeroizing::new([0; 32]);
    rng.fill(secret.as_mut_slice())
        .map_err(|_| WrapError::Randomness)?;
    let share = EdwardsPoint::mul_base_clamped(*secret).to_montgomery();
    let written = BASE64_STANDARD_NO_PAD.encode(share.as_bytes());
    let mut salt = [*share.as_bytes(), [0; 32]].concat();
    let mut stanzas = Vec::new();
    for one in everyone {
        let body = if let Some(recipient) = one {
            let agreed = recipient.agree(&secret);
            if agreed.is_identity() {
                return Err(WrapError::SmallOrder);
            }
            salt[32..].copy_from_slice(recipient.point.as_bytes());
            let key = Zeroizing::new(hkdf(&salt, LABEL, agreed.as_bytes()));
            aead_encrypt(&key, file_key.expose_secret())
        } else {
            let mut body = vec![0; WRAPPED];
            rng.fill(&mut body).map_err(|_| WrapError::Randomness)?;
            body
        };
        stanzas.push(Stanza {
            tag: TAG.to_owned(),
            args: vec![written.clone()],
            body,
        });
    }
    Ok(stanzas)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file_key() -> FileKey {
        FileKey::new(Box::new([7; 16]))
    }

    #[test]
    fn nobody_looks_like_anybody() {
        let one = PublicHalf::new([9; 32]);
        let wrapped = || wrap(&file_key(), [Some(&one), None, None]).unwrap();
        let stanzas = wrapped();
        let shapes: std::collections::BTreeSet<_> = stanzas
            .iter()
            .map(|stanza| (&stanza.tag, &stanza.args, stanza.body.len()))
            .collect();
        assert_eq!(shapes.len(), 1);
        assert!(stanzas[1].body != stanzas[2].body);
        assert!(
            wrapped()[0].args != stanzas[0].args,
            "a new share each time"
        );
    }

    #[test]
    fn nothing_is_sealed_to_a_key_that_is_none() {
        // The points of small order: RFC 7748, section 6.1, and those that reduce to them.
        for low in [[0; 32], {
            let mut one = [0; 32];
            one[0] = 1;
            one
        }] {
            let half = PublicHalf::new(low);
            for _ in 0..=OFTEN + 1 {
                let refused = wrap(&file_key(), [Some(&half)]);
                assert!(matches!(refused, Err(WrapError::SmallOrder)));
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
