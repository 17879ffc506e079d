//! Keys of cases: everyone entitled holds a wrapped copy, the service can always add.

use std::fmt;
use std::str::FromStr;

use age::secrecy::ExposeSecret as _;
use age::x25519;
use ring::rand::SecureRandom;
use sealing::{FillerKey, Recipients, SealError, SizeClass, frame};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::error::{OpenError, ResealError};
use crate::identity::unframe;
use crate::own::OwnKey;

/// The private half of a case's key, with the public one that follows from it.
#[derive(Clone)]
pub struct CaseKey {
    identity: x25519::Identity,
    public: String,
    recipient: CaseRecipient,
}

/// The public half of a case's key, kept in clear beside the case.
#[derive(Clone)]
pub struct CaseRecipient(Recipients);

impl From<x25519::Identity> for CaseKey {
    fn from(identity: x25519::Identity) -> Self {
        let public = identity.to_public().to_string();
        let recipient = public
            .parse()
            .expect("the public half of an identity is a recipient");
        Self {
            identity,
            public,
            recipient,
        }
    }
}

impl CaseKey {
    /// Makes the key of a new case.
    pub fn generate() -> Self {
        Self::from(x25519::Identity::generate())
    }

    /// The public half.
    pub fn recipient(&self) -> CaseRecipient {
        self.recipient.clone()
    }

    /// The private half as text, the only form in which it is wrapped.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.identity.to_string().expose_secret().to_owned())
    }

    /// Reads what [`Self::to_text`] wrote.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        text.parse::<x25519::Identity>().ok().map(Self::from)
    }

    /// The public half as text.
    pub fn public_key(&self) -> String {
        self.public.clone()
    }

    /// Wraps the private half for the service itself, as long as no member can open the case. It is
    /// authenticated: nobody without the committee's private half can put another key in its place.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn wrap_own(
        &self,
        own: &OwnKey,
        place: &str,
        least: usize,
        rng: &dyn SecureRandom,
    ) -> Result<Vec<u8>, SealError> {
        own.seal(place, &self.to_text().as_str(), least, rng)
    }

    /// Unwraps what [`Self::wrap_own`] wrapped.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn unwrap_own(own: &OwnKey, place: &str, wrapped: &[u8]) -> Result<Self, OpenError> {
        let secret: Zeroizing<String> = own.open(place, wrapped)?;
        Self::from_text(&secret).ok_or(OpenError::Damaged)
    }

    /// Seals what was sealed to this key to another one; what it says stays in memory, and is not read.
    ///
    /// # Errors
    /// [`ResealError`].
    pub fn reseal(
        &self,
        document: &[u8],
        to: &CaseRecipient,
        rng: &dyn SecureRandom,
    ) -> Result<Vec<u8>, ResealError> {
        let content = open_framed(&self.identity, document)?;
        Ok(seal_framed(&content, &to.0, rng)?)
    }

    /// Opens a document of the case.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open<T: DeserializeOwned>(&self, place: &str, document: &[u8]) -> Result<T, OpenError> {
        open_json(&self.identity, place, document)
    }
}

impl fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseKey(…)")
    }
}

impl CaseRecipient {
    /// Seals a document of the case, padded to a size class, for one place.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn seal<T: Serialize>(
        &self,
        place: &str,
        document: &T,
        rng: &dyn SecureRandom,
    ) -> Result<Vec<u8>, SealError> {
        seal_json(document, &self.0, place, rng)
    }
}

impl FromStr for CaseRecipient {
    type Err = sealing::RecipientError;

    /// One alone: a list would let somebody read along.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let recipients: Recipients = text.parse()?;
        if recipients.count() > 1 {
            return Err(sealing::RecipientError::TooMany);
        }
        Ok(Self(recipients))
    }
}

impl fmt::Debug for CaseRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseRecipient(…)")
    }
}

/// Everything is sealed together with its place, a text that names the row and the column; what is
/// opened at another place is refused. So whoever can write to the database but holds no key cannot
/// swap one case's part for another's.
pub(crate) fn seal_json<T: Serialize>(
    value: &T,
    recipients: &Recipients,
    place: &str,
    rng: &dyn SecureRandom,
) -> Result<Vec<u8>, SealError> {
    let json = Zeroizing::new(
        serde_json::to_vec(&(place, value))
            .expect("documents have only text keys, and memory takes them"),
    );
    seal_framed(&json, recipients, rng)
}

pub(crate) fn open_json<T: DeserializeOwned>(
    identity: &x25519::Identity,
    place: &str,
    sealed: &[u8],
) -> Result<T, OpenError> {
    let json = open_framed(identity, sealed)?;
    let (written, value): (String, T) =
        serde_json::from_slice(&json).map_err(|_| OpenError::Damaged)?;
    if written == place {
        Ok(value)
    } else {
        Err(OpenError::Moved)
    }
}

/// Bytes before the content: the key of the filler and the content's length.
const PREFIX: usize = 64 + 4;

/// `filler key, hexadecimal (64) ‖ u32 length ‖ content ‖ zeros`, framed like an envelope.
fn seal_framed(
    content: &[u8],
    recipients: &Recipients,
    rng: &dyn SecureRandom,
) -> Result<Vec<u8>, SealError> {
    let class =
        SizeClass::fitting(PREFIX + content.len(), recipients.count()).ok_or(SealError::TooLong)?;
    let filler_key = FillerKey::draw(rng).map_err(|_| SealError::Randomness)?;
    let padded = class.plaintext(recipients.count());
    let mut plaintext = Zeroizing::new(Vec::with_capacity(padded));
    plaintext.extend_from_slice(filler_key.to_hex().as_bytes());
    let length = u32::try_from(content.len()).expect("a size class is far below 4 GiB");
    plaintext.extend_from_slice(&length.to_be_bytes());
    plaintext.extend_from_slice(content);
    plaintext.resize(padded, 0);
    frame(&plaintext, class, &filler_key, recipients)
}

fn open_framed(
    identity: &x25519::Identity,
    framed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (plaintext, filler) = unframe(identity, framed)?;
    let (prefix, rest) = plaintext
        .split_at_checked(PREFIX)
        .ok_or(OpenError::Damaged)?;
    let (key, length) = prefix.split_at(PREFIX - 4);
    let filler_key = FillerKey::from_hex(key).ok_or(OpenError::Damaged)?;
    if !filler_key.matches(filler) {
        return Err(OpenError::Filler);
    }
    let length = length
        .first_chunk()
        .and_then(|length| usize::try_from(u32::from_be_bytes(*length)).ok())
        .ok_or(OpenError::Damaged)?;
    rest.get(..length)
        .map(|content| Zeroizing::new(content.to_vec()))
        .ok_or(OpenError::Damaged)
}
