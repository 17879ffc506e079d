//! A public `OpenPGP` key: of a whole certificate, what it takes to seal to it.
//!
//! A certificate says who somebody is, who vouches for them, and which of its keys is for what. Only the key for
//! sealing is of use here, so names and other people's signatures are dropped as soon as it is read.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use pgp::composed::{
    ArmorOptions, Deserializable as _, MessageBuilder, SignedKeyDetails, SignedPublicKey,
    SignedPublicSubKey,
};
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::packet::{Signature, SignatureType};
use pgp::types::{KeyDetails as _, Tag};
use rand_core::OsRng;

use super::{NotAMailKey, NotSealed};

/// A certificate without names, with one subkey that is for sealing and the newest signature that binds it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct OpenPgpKey {
    text: String,
    subkey: SignedPublicSubKey,
}

impl OpenPgpKey {
    /// Reads a certificate as its owner gives it away.
    ///
    /// # Errors
    /// See [`NotAMailKey`].
    pub(super) fn offered(text: &str, now: Timestamp) -> Result<Self, NotAMailKey> {
        let certificate = read(text)?;
        if is_revoked(&certificate) {
            return Err(NotAMailKey::NothingToSealTo);
        }
        if has_ended(primary_end(&certificate), now) {
            return Err(NotAMailKey::Ended);
        }
        let usable: Vec<Bound<'_>> = certificate
            .public_subkeys
            .iter()
            .filter_map(|subkey| Bound::of(&certificate, subkey))
            .collect();
        if usable.is_empty() {
            return Err(NotAMailKey::NothingToSealTo);
        }
        let newest = usable
            .into_iter()
            .filter(|bound| !has_ended(bound.end(), now))
            .max_by_key(|bound| bound.subkey.key.created_at());
        Self::keep(&certificate, &newest.ok_or(NotAMailKey::Ended)?)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// As every reader of `OpenPGP` opens it: AES-256 with a modification check (RFC 9580, 5.13.1), nothing
    /// compressed, so that no length tells of the text.
    pub(super) fn seal(&self, text: &[u8]) -> Result<String, NotSealed> {
        let mut message = MessageBuilder::from_bytes("", text.to_vec())
            .seipd_v1(OsRng, SymmetricKeyAlgorithm::AES256);
        message
            .encrypt_to_key(OsRng, &self.subkey)
            .map_err(|_| NotSealed)?;
        message
            .to_armored_string(OsRng, ArmorOptions::default())
            .map_err(|_| NotSealed)
    }

    fn keep(certificate: &SignedPublicKey, bound: &Bound<'_>) -> Result<Self, NotAMailKey> {
        let subkey = SignedPublicSubKey::new(bound.subkey.key.clone(), vec![bound.binding.clone()]);
        let nobody = SignedKeyDetails::new(vec![], vec![], vec![], vec![]);
        let primary = certificate.primary_key.clone();
        let text = SignedPublicKey::new(primary, nobody, vec![subkey.clone()])
            .to_armored_string(ArmorOptions::default())
            .map_err(|_| NotAMailKey::Unreadable)?;
        // What it takes to seal is found out now, not when a notice has to go.
        let key = Self { text, subkey };
        match key.seal(b"") {
            Ok(_) => Ok(key),
            Err(NotSealed) => Err(NotAMailKey::NothingToSealTo),
        }
    }
}

impl FromStr for OpenPgpKey {
    type Err = NotAMailKey;

    /// Reads what was kept of a certificate; that it was good then is enough.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let certificate = read(text)?;
        let [subkey] = &certificate.public_subkeys[..] else {
            return Err(NotAMailKey::Unreadable);
        };
        Bound::of(&certificate, subkey).ok_or(NotAMailKey::NothingToSealTo)?;
        Ok(Self {
            text: text.to_owned(),
            subkey: subkey.clone(),
        })
    }
}

/// A subkey for sealing, with the newest signature by which the owner says so.
struct Bound<'a> {
    subkey: &'a SignedPublicSubKey,
    binding: &'a Signature,
}

impl<'a> Bound<'a> {
    /// `None` if it is for something else, or its owner took it back.
    fn of(certificate: &SignedPublicKey, subkey: &'a SignedPublicSubKey) -> Option<Self> {
        let signed = |signature: &&Signature| {
            signature
                .verify_subkey_binding(&certificate.primary_key, &subkey.key)
                .is_ok()
        };
        let (taken_back, bindings): (Vec<_>, Vec<_>) = subkey
            .signatures
            .iter()
            .filter(signed)
            .partition(|signature| signature.typ() == Some(SignatureType::SubkeyRevocation));
        if !taken_back.is_empty() || !subkey.key.algorithm().can_encrypt() {
            return None;
        }
        let binding = bindings
            .into_iter()
            .max_by_key(|signature| signature.created())?;
        let flags = binding.key_flags();
        (flags.encrypt_comms() || flags.encrypt_storage()).then_some(Self { subkey, binding })
    }

    fn end(&self) -> Option<Timestamp> {
        end(self.subkey.key.created_at(), self.binding)
    }
}

/// The one public certificate in a block of text. Of several it is not known which is meant.
fn read(text: &str) -> Result<SignedPublicKey, NotAMailKey> {
    if text.contains("-----BEGIN PGP PRIVATE KEY BLOCK-----") {
        return Err(NotAMailKey::Private);
    }
    let (mut certificates, _) =
        SignedPublicKey::from_armor_many(text.as_bytes()).map_err(|_| NotAMailKey::Unreadable)?;
    match (certificates.next(), certificates.next()) {
        (Some(Ok(certificate)), None) => Ok(certificate),
        _ => Err(NotAMailKey::Unreadable),
    }
}

/// Whether its owner took the whole of it back.
fn is_revoked(certificate: &SignedPublicKey) -> bool {
    let primary = &certificate.primary_key;
    certificate
        .details
        .revocation_signatures
        .iter()
        .any(|signature| signature.verify_key(primary).is_ok())
}

/// Until when the owner wants the whole of it used, by the newest word on that.
fn primary_end(certificate: &SignedPublicKey) -> Option<Timestamp> {
    let primary = &certificate.primary_key;
    let direct = certificate
        .details
        .direct_signatures
        .iter()
        .filter(|signature| signature.verify_key(primary).is_ok());
    let with_names = certificate.details.users.iter().flat_map(|user| {
        user.signatures.iter().filter(|signature| {
            signature
                .verify_certification(primary, Tag::UserId, &user.id)
                .is_ok()
        })
    });
    let newest = direct
        .chain(with_names)
        .max_by_key(|signature| signature.created())?;
    end(primary.created_at(), newest)
}

/// When a key ends that was made then, by a signature of its owner (RFC 9580, 5.2.3.13: in seconds after it was
/// made, none or zero for never).
fn end(made: pgp::types::Timestamp, signature: &Signature) -> Option<Timestamp> {
    let lasts = std::time::Duration::from(signature.key_expiration_time()?);
    if lasts.is_zero() {
        return None;
    }
    let made = Timestamp::from_second(made.as_secs().into()).ok()?;
    Some(
        made.saturating_add(SignedDuration::try_from(lasts).ok()?)
            .unwrap_or(Timestamp::MAX),
    )
}

fn has_ended(end: Option<Timestamp>, now: Timestamp) -> bool {
    end.is_some_and(|end| end <= now)
}
