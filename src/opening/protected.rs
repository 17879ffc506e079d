//! Files that only a passphrase opens: age with scrypt, in armor. `age -d` reads them too.

use std::fmt;
use std::io::{Read as _, Write as _};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use zeroize::Zeroizing;

use crate::error::ProtectedError;

/// Work to protect a file: scrypt with N = 2^17 (OWASP's figure for r = 8, p = 1).
const WORK: u8 = 17;
/// Most work that reading one may ask for.
const MOST_WORK: u8 = 20;
/// Longest text that is read: some times what a share or an identity takes.
const MOST_BYTES: u64 = 4 << 10;

/// A passphrase; wiped when dropped, never printed.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl From<String> for Passphrase {
    fn from(text: String) -> Self {
        Self(SecretString::from(text))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// Protects a short text.
pub(crate) fn protect(text: &str, passphrase: Passphrase) -> Result<Vec<u8>, ProtectedError> {
    let mut recipient = scrypt::Recipient::new(passphrase.0);
    recipient.set_work_factor(WORK);
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
        .expect("one recipient is given");
    let write = || {
        let armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
        let mut writer = encryptor.wrap_output(armor)?;
        writer.write_all(text.as_bytes())?;
        writer.finish()?.finish()
    };
    write().map_err(ProtectedError::Seal)
}

/// Opens what [`protect`] wrote.
pub(crate) fn open(
    file: &[u8],
    passphrase: Passphrase,
) -> Result<Zeroizing<String>, ProtectedError> {
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(file))
        .map_err(|_| ProtectedError::NotProtected)?;
    let mut key = scrypt::Identity::new(passphrase.0);
    key.set_max_work_factor(MOST_WORK);
    let reader = decryptor
        .decrypt(std::iter::once(&key as &dyn age::Identity))
        .map_err(|error| {
            if let DecryptError::ExcessiveWork { .. } = error {
                ProtectedError::TooMuchWork
            } else if let DecryptError::DecryptionFailed
            | DecryptError::KeyDecryptionFailed
            | DecryptError::NoMatchingKeys = error
            {
                ProtectedError::WrongPassphrase
            } else {
                ProtectedError::NotProtected
            }
        })?;
    // As long as the longest text may be, so the buffer never moves and leaves no copy behind.
    let most = usize::try_from(MOST_BYTES).expect("some KiB");
    let mut text = Zeroizing::new(String::with_capacity(most));
    reader
        .take(MOST_BYTES)
        .read_to_string(&mut text)
        .map_err(|_| ProtectedError::NotProtected)?;
    Ok(text)
}
