//! The file that the receipt key lives in.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use ring::rand::SystemRandom;
use zeroize::Zeroizing;

use crate::receipt::{NotAKey, ReceiptKey};

/// Name of the key file beside a SQLite mailroom.
pub(crate) const NAME: &str = "receipt.key";

/// Why there is no receipt key.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptFileError {
    /// The file cannot be read.
    #[error("the receipt key {} cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("{} holds no receipt key", path.display())]
    Key {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: NotAKey,
    },
    /// A new key cannot be kept.
    #[error("the new receipt key {} cannot be written", path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system has no randomness to give.
    #[error("no randomness for a receipt key")]
    Randomness,
}

/// Reads a key.
pub(crate) fn load(path: &Path) -> Result<ReceiptKey, ReceiptFileError> {
    let path = path.to_owned();
    match fs::read_to_string(&path).map(Zeroizing::new) {
        Ok(text) => text
            .parse()
            .map_err(|source| ReceiptFileError::Key { path, source }),
        Err(source) => Err(ReceiptFileError::Read { path, source }),
    }
}

/// Reads a key or, where there is none, makes one, and writes its public half beside it.
pub(crate) fn load_or_make(path: &Path) -> Result<ReceiptKey, ReceiptFileError> {
    match path.try_exists() {
        Ok(true) => return load(path),
        Ok(false) => {}
        Err(source) => {
            return Err(ReceiptFileError::Read {
                path: path.to_owned(),
                source,
            });
        }
    }
    let text = ReceiptKey::draw(&SystemRandom::new()).map_err(|_| ReceiptFileError::Randomness)?;
    keep(path, &text).map_err(|source| ReceiptFileError::Write {
        path: path.to_owned(),
        source,
    })?;
    let key = load(path)?;
    let public = path.with_extension("pub");
    fs::write(&public, format!("{}\n", key.public())).map_err(|source| {
        ReceiptFileError::Write {
            path: public,
            source,
        }
    })?;
    Ok(key)
}

/// Writes the whole file under another name and links it into place, so that of two processes that
/// start together both read one and the same key, and none a half-written one.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    let outcome = writeln!(file, "{text}")
        .and_then(|()| file.sync_all())
        .and_then(|()| match fs::hard_link(&draft, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            outcome => outcome,
        });
    fs::remove_file(&draft)?;
    outcome
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("intake-receipt-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let folder = folder("made");
        let path = folder.join(NAME);
        let made = load_or_make(&path).unwrap();
        assert_eq!(load_or_make(&path).unwrap().public(), made.public());
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let public = fs::read_to_string(folder.join("receipt.pub")).unwrap();
        assert_eq!(public.parse(), Ok(made.public()));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_is_no_key_is_refused_and_left_alone() {
        let folder = folder("other");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(NAME);
        fs::write(&path, "algo más").unwrap();
        assert!(matches!(
            load_or_make(&path),
            Err(ReceiptFileError::Key { .. })
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), "algo más");
        fs::remove_dir_all(folder).unwrap();
    }
}
