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
/// By whom a file is brought: it says itself how much work it asks for, and not everybody may ask for much.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Brought {
    /// By the operator: up to 1 GiB of memory and some seconds.
    ByOperator,
    /// By whoever stands at the door of a sealed service: what our own files ask for, which is
    /// 128 MiB and some tenths of a second.
    ByAnybody,
}

impl Brought {
    fn most_work(self) -> u8 {
        match self {
            Self::ByOperator => 20,
            Self::ByAnybody => WORK,
        }
    }
}
/// Longest text that is read: twice what a share of the largest quorum takes.
const MOST_BYTES: u64 = 8 << 10;

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
    brought: Brought,
) -> Result<Zeroizing<String>, ProtectedError> {
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(file))
        .map_err(|_| ProtectedError::NotProtected)?;
    let mut key = scrypt::Identity::new(passphrase.0);
    key.set_max_work_factor(brought.most_work());
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that asks for so much work.
    fn asking_for(work: u8) -> Vec<u8> {
        let mut recipient = scrypt::Recipient::new(SecretString::from("x"));
        recipient.set_work_factor(work);
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).unwrap();
        let mut file = Vec::new();
        let mut writer = encryptor.wrap_output(&mut file).unwrap();
        writer.write_all(b"text").unwrap();
        writer.finish().unwrap();
        file
    }

    #[test]
    fn what_anybody_brings_asks_for_no_more_than_our_own_files() {
        let read = |work, brought| {
            let passphrase = Passphrase::from("x".to_owned());
            open(&asking_for(work), passphrase, brought)
        };
        assert_eq!(*read(WORK, Brought::ByAnybody).unwrap(), "text");
        assert!(matches!(
            read(WORK + 1, Brought::ByAnybody),
            Err(ProtectedError::TooMuchWork)
        ));
        assert_eq!(*read(WORK + 1, Brought::ByOperator).unwrap(), "text");
    }
}
