//! The committee's private key: how it is kept, and how it opens envelopes.

use std::fmt;
use std::io::Read as _;
use std::str::FromStr as _;

use age::secrecy::ExposeSecret as _;
use age::{DecryptError, Decryptor, x25519};
use sealing::{KeyId, Letter, Recipients, SealedEnvelope, SizeClass, frame};
use zeroize::Zeroizing;

use crate::error::{IdentityError, OpenError, ResealError};
use crate::own::OwnKey;
use crate::protected::{self, Brought, Passphrase};

#[cfg(test)]
mod tests;

/// Bytes of one private key as a line; such a line has 74 letters.
const LINE: usize = 80;

/// Most keys of an identity: with more, a share might be longer than what a sealed service reads.
const MOST_KEYS: usize = 8;

/// An identity that holds as many keys as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the committee's key holds {MOST_KEYS} keys already; retire the older ones first")]
pub struct TooManyKeys;

/// The key that opens what intake sealed.
///
/// After a rotation it holds the older keys as well, until they are retired: what was sealed to them
/// still opens, and nothing new is sealed to them.
#[derive(Clone)]
pub struct CommitteeIdentity {
    /// The one in use, then the older ones, the newest first.
    keys: Vec<Key>,
}

/// One private key and its public half.
#[derive(Clone)]
struct Key {
    identity: x25519::Identity,
    recipients: Recipients,
}

impl CommitteeIdentity {
    /// Makes a new one.
    pub fn generate() -> Self {
        Self {
            keys: vec![Key::generate()],
        }
    }

    /// A new key, in front of those that this one holds.
    ///
    /// # Errors
    /// [`TooManyKeys`]; then the older ones are to be retired first.
    pub fn rotated(&self) -> Result<Self, TooManyKeys> {
        if self.keys.len() >= MOST_KEYS {
            return Err(TooManyKeys);
        }
        let older = self.keys.iter().cloned();
        Ok(Self {
            keys: [Key::generate()].into_iter().chain(older).collect(),
        })
    }

    /// The same without its older keys.
    #[must_use]
    pub fn retired(&self) -> Self {
        Self {
            keys: self.keys.iter().take(1).cloned().collect(),
        }
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

    /// The private halves as text, one line each, the only form in which they are kept.
    pub(crate) fn secret_text(&self) -> Zeroizing<String> {
        // As long as it gets, so that the buffer never moves.
        let mut text = Zeroizing::new(String::with_capacity(self.keys.len() * LINE));
        for key in &self.keys {
            text.push_str(key.identity.to_string().expose_secret());
            text.push('\n');
        }
        text
    }

    /// Reads what [`Self::secret_text`] wrote.
    pub(crate) fn from_secret_text(text: &str) -> Option<Self> {
        let keys: Vec<Key> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| x25519::Identity::from_str(line.trim()).ok().map(Key::from))
            .collect::<Option<_>>()?;
        (!keys.is_empty()).then_some(Self { keys })
    }

    /// The public half of the key in use, as `committee.pub` holds it.
    pub fn recipients(&self) -> &Recipients {
        &self.in_use().recipients
    }

    /// The key in use: what is sealed from now on carries it.
    pub fn key_id(&self) -> KeyId {
        self.recipients().key_id()
    }

    /// Every key that it opens with, the one in use first.
    pub fn key_ids(&self) -> Vec<KeyId> {
        self.keys
            .iter()
            .map(|key| key.recipients.key_id())
            .collect()
    }

    /// The text of the public half in use (`age1…`).
    pub fn public_key(&self) -> String {
        self.in_use().identity.to_public().to_string()
    }

    /// How many keys of before it still holds.
    pub fn older(&self) -> usize {
        self.keys.len() - 1
    }

    /// What the service seals for itself with, from now on.
    pub fn own(&self) -> OwnKey {
        self.in_use().own()
    }

    /// The keys of before, under which records may lie that are not sealed anew yet.
    pub fn older_own(&self) -> Vec<OwnKey> {
        self.keys.iter().skip(1).map(Key::own).collect()
    }

    /// Opens an envelope and reads its letter.
    ///
    /// # Errors
    /// See [`OpenError`]. Nothing of the plaintext leaves this function unless every check holds.
    pub fn open(&self, envelope: &SealedEnvelope) -> Result<Letter, OpenError> {
        self.read(envelope).map(|(_, letter)| letter)
    }

    /// The same envelope sealed to the key in use: id, day, letter and size stay as they are.
    ///
    /// # Errors
    /// See [`ResealError`]. What does not open is not sealed anew.
    pub fn reseal(&self, envelope: &SealedEnvelope) -> Result<SealedEnvelope, ResealError> {
        let (mut plaintext, letter) = self.read(envelope)?;
        let class = SizeClass::of(envelope.bytes.len()).ok_or(OpenError::Size)?;
        let padded = class.plaintext(self.recipients().count());
        if plaintext.len() < padded {
            // It was sealed to more recipients, which left less room. A buffer that grows moves.
            let mut longer = Zeroizing::new(Vec::with_capacity(padded));
            longer.extend_from_slice(&plaintext);
            longer.resize(padded, 0);
            plaintext = longer;
        }
        // The key of the filler stays, as part of the letter: the id tells anyway that it is the same.
        let bytes = frame(&plaintext, class, &letter.filler_key, self.recipients())?;
        Ok(SealedEnvelope {
            key_id: self.key_id(),
            bytes,
            ..*envelope
        })
    }

    /// The padded plaintext and the letter in it, every check made.
    fn read(&self, envelope: &SealedEnvelope) -> Result<(Zeroizing<Vec<u8>>, Letter), OpenError> {
        let key = self
            .keys
            .iter()
            .find(|key| key.recipients.key_id() == envelope.key_id)
            .unwrap_or(self.in_use());
        let (plaintext, filler) = unframe(&key.identity, &envelope.bytes)?;
        let letter = Letter::from_plaintext(&plaintext)?;
        if letter.envelope_id != envelope.id || letter.received_on != envelope.received_on {
            return Err(OpenError::Moved);
        }
        if !letter.filler_key.matches(filler) {
            return Err(OpenError::Filler);
        }
        Ok((plaintext, letter))
    }

    fn in_use(&self) -> &Key {
        self.keys.first().expect("an identity has a key")
    }
}

impl Key {
    fn generate() -> Self {
        Self::from(x25519::Identity::generate())
    }

    fn own(&self) -> OwnKey {
        OwnKey::from_secret(self.identity.to_string().expose_secret().as_bytes())
    }
}

impl From<x25519::Identity> for CommitteeIdentity {
    fn from(identity: x25519::Identity) -> Self {
        Self {
            keys: vec![Key::from(identity)],
        }
    }
}

impl From<x25519::Identity> for Key {
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
