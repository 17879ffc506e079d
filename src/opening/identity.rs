//! The committee's private key: how it is kept, and how it opens envelopes.

use std::fmt;
use std::io::Read as _;
use std::str::FromStr as _;

use age::secrecy::ExposeSecret as _;
use age::{DecryptError, Decryptor, x25519};
use sealing::{KeyId, Letter, Recipients, SealedEnvelope, SizeClass};
use zeroize::Zeroizing;

use crate::error::{IdentityError, OpenError};
use crate::protected::{self, Brought, Passphrase};

/// The key that opens what intake sealed.
#[derive(Clone)]
pub struct CommitteeIdentity {
    identity: x25519::Identity,
    recipients: Recipients,
}

impl CommitteeIdentity {
    /// Makes a new one.
    pub fn generate() -> Self {
        Self::from(x25519::Identity::generate())
    }

    /// Reads an identity file with its passphrase.
    ///
    /// # Errors
    /// See [`IdentityError`].
    pub fn from_protected(file: &[u8], passphrase: Passphrase) -> Result<Self, IdentityError> {
        Self::from_secret_text(&protected::open(file, passphrase, Brought::ByOperator)?)
            .ok_or(IdentityError::NotAnIdentity)
    }

    /// The identity file: age, under the passphrase, in armor. `age -d` reads it too.
    ///
    /// # Errors
    /// [`IdentityError::Protected`].
    pub fn to_protected(&self, passphrase: Passphrase) -> Result<Vec<u8>, IdentityError> {
        Ok(protected::protect(&self.secret_text(), passphrase)?)
    }

    /// The private half as text, the only form in which it is kept.
    pub(crate) fn secret_text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{}\n", self.identity.to_string().expose_secret()))
    }

    /// Reads what [`Self::secret_text`] wrote.
    pub(crate) fn from_secret_text(text: &str) -> Option<Self> {
        x25519::Identity::from_str(text.trim()).ok().map(Self::from)
    }

    /// The public half, as `committee.pub` holds it.
    pub fn recipients(&self) -> &Recipients {
        &self.recipients
    }

    /// Which envelopes it opens.
    pub fn key_id(&self) -> KeyId {
        self.recipients.key_id()
    }

    /// The text of the public half (`age1…`).
    pub fn public_key(&self) -> String {
        self.identity.to_public().to_string()
    }

    /// Opens an envelope and reads its letter.
    ///
    /// # Errors
    /// See [`OpenError`]. Nothing of the plaintext leaves this function unless every check holds.
    pub fn open(&self, envelope: &SealedEnvelope) -> Result<Letter, OpenError> {
        let (plaintext, filler) = unframe(&self.identity, &envelope.bytes)?;
        let letter = Letter::from_plaintext(&plaintext)?;
        if letter.envelope_id != envelope.id || letter.received_on != envelope.received_on {
            return Err(OpenError::Moved);
        }
        if !letter.filler_key.matches(filler) {
            return Err(OpenError::Filler);
        }
        Ok(letter)
    }

    pub(crate) fn age(&self) -> &x25519::Identity {
        &self.identity
    }
}

impl From<x25519::Identity> for CommitteeIdentity {
    fn from(identity: x25519::Identity) -> Self {
        let recipients = identity
            .to_public()
            .to_string()
            .parse()
            .expect("the public half of an identity is a recipient");
        Self {
            identity,
            recipients,
        }
    }
}

impl fmt::Debug for CommitteeIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommitteeIdentity")
            .field("key_id", &self.key_id())
            .finish_non_exhaustive()
    }
}

/// Opens a frame: the padded plaintext, wiped when dropped, and the filler that is still to be
/// checked.
pub(crate) fn unframe<'a>(
    identity: &x25519::Identity,
    framed: &'a [u8],
) -> Result<(Zeroizing<Vec<u8>>, &'a [u8]), OpenError> {
    SizeClass::of(framed.len()).ok_or(OpenError::Size)?;
    let (length, rest) = framed.split_first_chunk().ok_or(OpenError::Frame)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| OpenError::Frame)?;
    let (sealed, filler) = rest.split_at_checked(length).ok_or(OpenError::Frame)?;
    let plaintext = decrypt(identity, sealed)?;
    Ok((plaintext, filler))
}

/// Opens age bytes that are no longer than an envelope.
pub(crate) fn decrypt(
    identity: &x25519::Identity,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let decryptor = Decryptor::new_buffered(sealed).map_err(|_| OpenError::Damaged)?;
    let mut reader = decryptor
        .decrypt(std::iter::once(identity as &dyn age::Identity))
        .map_err(|error| {
            if let DecryptError::NoMatchingKeys = error {
                OpenError::WrongKey
            } else {
                OpenError::Damaged
            }
        })?;
    // The plaintext is shorter than what holds it, so the buffer never moves.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader
        .read_to_end(&mut plaintext)
        .map_err(|_| OpenError::Damaged)?;
    Ok(plaintext)
}
