//! The file that the receipt key lives in.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use receipts::{NotAKey, ReceiptKey};
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::private_file;

/// Name of the key file beside a SQLite mailroom.
pub(crate) const NAME: &str = "receipt.key";

/// Ending of the public half's file.
const PUBLIC: &str = "pub";

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
    /// Others than its owner may read it.
    #[error("the receipt key {} can be read by others than its owner; it must have mode 0600", path.display())]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// The public half would take the place of the key.
    #[error("the receipt key {} must not end in .pub: that is where its public half goes", path.display())]
    PublicName {
        /// Which file.
        path: PathBuf,
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
    if path.extension().is_some_and(|ending| ending == PUBLIC) {
        return Err(ReceiptFileError::PublicName { path });
    }
    match private_file::read(&path) {
        Ok(Some(text)) => text
            .parse()
            .map_err(|source| ReceiptFileError::Key { path, source }),
        Ok(None) => Err(ReceiptFileError::Exposed { path }),
        Err(source) => Err(ReceiptFileError::Read { path, source }),
    }
}

/// Reads a key or, where there is none, makes one, and writes its public half beside it.
pub(crate) fn load_or_make(path: &Path) -> Result<ReceiptKey, ReceiptFileError> {
    match path.try_exists() {
        Ok(false) if path.extension().is_none_or(|ending| ending != PUBLIC) => {}
        Ok(_) => return load(path),
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
    let public = path.with_extension(PUBLIC);
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
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    // A draft that a crash left behind must not be in the way of the next start.
    let mut name = [0; 8];
    SystemRandom::new()
        .fill(&mut name)
        .map_err(|_| io::Error::other("no randomness"))?;
    let draft = path.with_extension(format!("key.{:016x}", u64::from_be_bytes(name)));
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
    outcome?;
    // Receipts are given out only once the key itself would outlast a loss of power.
    File::open(folder)?.sync_all()
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
        assert_eq!(
            fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
            0o700
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
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(
            load_or_make(&path),
            Err(ReceiptFileError::Key { .. })
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), "algo más");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_draft_that_a_crash_left_behind_is_not_in_the_way() {
        let folder = folder("draft");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(NAME);
        let stale = path.with_extension(format!("key.{}", std::process::id()));
        fs::write(&stale, "").unwrap();
        assert!(load_or_make(&path).is_ok());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_key_that_its_public_half_would_replace_is_refused() {
        let folder = folder("public");
        let path = folder.join("receipt.pub");
        assert!(matches!(
            load_or_make(&path),
            Err(ReceiptFileError::PublicName { .. })
        ));
        assert!(!folder.exists());
        assert!(matches!(
            load(&path),
            Err(ReceiptFileError::PublicName { .. })
        ));
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = folder("exposed");
        let path = folder.join(NAME);
        load_or_make(&path).unwrap();
        for mode in [0o640, 0o604, 0o644] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            for outcome in [load(&path), load_or_make(&path)] {
                assert!(matches!(outcome, Err(ReceiptFileError::Exposed { .. })));
            }
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        assert!(load(&path).is_ok());
        fs::remove_dir_all(folder).unwrap();
    }
}
