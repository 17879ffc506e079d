//! A place in a list of recipients that is nobody's, and looks like any other.
//!
//! An X25519 stanza of age is a public key that was drawn for it, and the file's key under what follows from
//! that one and the recipient's. To whoever has no private half of the recipient the second looks like random
//! bytes. Here it is random bytes, beside a public key whose private half is forgotten at once: there is
//! nobody to whom the agreement would lead, so it is not made, and a decoy costs a fraction of a recipient.

use std::collections::HashSet;
use std::io;

use age::EncryptError;
use age_core::format::{FileKey, Stanza};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use ring::agreement::{EphemeralPrivateKey, X25519};
use ring::error::Unspecified;
use ring::rand::{SecureRandom as _, SystemRandom};

/// Bytes of a file's key under a recipient's: the key and the tag.
const WRAPPED: usize = 16 + 16;

/// Nobody.
#[derive(Clone, Copy)]
pub(crate) struct Decoy;

impl age::Recipient for Decoy {
    fn wrap_file_key(&self, _: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let stanza = stanza().map_err(|_| EncryptError::Io(io::Error::other("no randomness")))?;
        // As age labels what is for an X25519 recipient: not at all.
        Ok((vec![stanza], HashSet::new()))
    }
}

fn stanza() -> Result<Stanza, Unspecified> {
    let rng = SystemRandom::new();
    let share = EphemeralPrivateKey::generate(&X25519, &rng)?.compute_public_key()?;
    let mut body = vec![0; WRAPPED];
    rng.fill(&mut body)?;
    Ok(Stanza {
        tag: "X25519".to_owned(),
        args: vec![BASE64_STANDARD_NO_PAD.encode(share)],
        body,
    })
}

#[cfg(test)]
mod tests {
    use age::Recipient as _;

    use super::*;

    #[test]
    fn a_decoy_looks_like_a_recipient_and_is_another_each_time() {
        let file_key = || FileKey::new(Box::new([7; 16]));
        let recipient: age::x25519::Recipient =
            "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm"
                .parse()
                .unwrap();
        let (real, labels) = recipient.wrap_file_key(&file_key()).unwrap();
        let (first, other_labels) = Decoy.wrap_file_key(&file_key()).unwrap();
        let (second, _) = Decoy.wrap_file_key(&file_key()).unwrap();
        assert_eq!(labels, other_labels);
        let [real, first, second] = [&real[..], &first, &second].map(|stanzas| {
            let [stanza] = stanzas else {
                panic!("one stanza each")
            };
            stanza
        });
        let shape = |stanza: &Stanza| {
            let arguments: Vec<usize> = stanza.args.iter().map(String::len).collect();
            (stanza.tag.clone(), arguments, stanza.body.len())
        };
        assert_eq!(shape(real), shape(first));
        assert!(first.args != second.args && first.body != second.body);
    }
}
