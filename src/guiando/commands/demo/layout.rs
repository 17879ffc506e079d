//! Where the demonstration keeps what it needs, all of it for its owner alone:
//!
//! ```text
//! DIR/keys/committee.pub      recipient that intake seals to
//! DIR/keys/committee.key      identity that triage opens with
//! DIR/demo/passphrase         of that identity: here, and only here, beside the data
//! DIR/demo/sign-in            of the account `demo`
//! DIR/demo/lock               held while a demonstration runs
//! DIR/mailroom.db             sealed envelopes and replies
//! DIR/casefiles.db            the register, and sealed documents
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use opening::Passphrase;
use ring::rand::{SecureRandom as _, SystemRandom};
use service::settings::{NotAStoreUrl, StoreUrl};
use zeroize::Zeroizing;

use crate::key_files::{self, KeyFileError};
use crate::output;

/// Random bytes of the key's passphrase.
const PASSPHRASE_BYTES: usize = 16;

/// Why the directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// A directory or file cannot be made or read.
    #[error("{} cannot be made or read", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another demonstration runs there.
    #[error("another demonstration runs in {}; stop it, or choose another with --data", data.display())]
    Locked {
        /// The directory.
        data: PathBuf,
    },
    /// One half of the keys is gone.
    #[error(
        "the keys in {} are incomplete: bring {missing} back, or start anew with another --data",
        keys.display()
    )]
    Incomplete {
        /// The directory of the keys.
        keys: PathBuf,
        /// What is not there.
        missing: &'static str,
    },
    /// The keys cannot be made.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// The directory's name cannot stand in a URL.
    #[error("{} cannot name a database; choose another with --data", data.display())]
    Name {
        /// The directory.
        data: PathBuf,
        /// Why.
        source: NotAStoreUrl,
    },
    /// The system has no randomness to give.
    #[error("the system gives no randomness")]
    Randomness,
}

/// The directory of a demonstration, locked for this one.
#[derive(Debug)]
pub(crate) struct Layout {
    data: PathBuf,
    mailroom: StoreUrl,
    cases: StoreUrl,
    /// Held until this is dropped.
    _lock: File,
}

impl Layout {
    /// Makes the directory and the keys unless they are there; gives the passphrase of the identity.
    pub(crate) fn prepare(data: &Path) -> Result<(Self, Zeroizing<String>), LayoutError> {
        for folder in [data.to_owned(), data.join("demo")] {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&folder)
                .map_err(|source| LayoutError::Io {
                    path: folder,
                    source,
                })?;
        }
        let lock = lock(data)?;
        let store = |name: &str| {
            let path = data.join(name);
            let named = path
                .to_str()
                .ok_or(NotAStoreUrl)
                .map(|path| format!("sqlite://{path}"));
            named
                .and_then(|url| url.parse())
                .map_err(|source| LayoutError::Name {
                    data: data.to_owned(),
                    source,
                })
        };
        let layout = Self {
            mailroom: store("mailroom.db")?,
            cases: store("casefiles.db")?,
            data: data.to_owned(),
            _lock: lock,
        };
        let passphrase = layout.keys()?;
        Ok((layout, passphrase))
    }

    /// The keys, made on first start. The passphrase is kept first, so that no key is ever without.
    fn keys(&self) -> Result<Zeroizing<String>, LayoutError> {
        let keys = self.data.join("keys");
        let there = |name| keys.join(name).exists();
        let known = self.keep("passphrase")?;
        let incomplete = |missing| LayoutError::Incomplete {
            keys: keys.clone(),
            missing,
        };
        match (there(key_files::PRIVATE), there(key_files::PUBLIC), known) {
            (true, true, Some(known)) => Ok(known),
            (true, true, None) => Err(incomplete("demo/passphrase")),
            (true, false, _) => Err(incomplete(key_files::PUBLIC)),
            (false, true, _) => Err(incomplete(key_files::PRIVATE)),
            (false, false, known) => {
                let passphrase = match known {
                    Some(known) => known,
                    None => self.remember("passphrase", random_passphrase()?)?,
                };
                key_files::generate(&keys, Passphrase::from(String::clone(&passphrase)))?;
                Ok(passphrase)
            }
        }
    }

    /// A line kept under `demo/`, if there is one.
    pub(crate) fn keep(&self, name: &str) -> Result<Option<Zeroizing<String>>, LayoutError> {
        let path = self.data.join("demo").join(name);
        match fs::read_to_string(&path).map(Zeroizing::new) {
            Ok(text) => Ok(Some(Zeroizing::new(text.trim_end().to_owned()))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(LayoutError::Io { path, source }),
        }
    }

    /// Keeps a line under `demo/`.
    pub(crate) fn remember(
        &self,
        name: &str,
        line: Zeroizing<String>,
    ) -> Result<Zeroizing<String>, LayoutError> {
        let path = self.data.join("demo").join(name);
        let text = Zeroizing::new(format!("{}\n", line.as_str()));
        output::create(&path, text.as_bytes(), 0o600)
            .map_err(|source| LayoutError::Io { path, source })?;
        Ok(line)
    }

    /// The directory itself.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// The store that both services reach.
    pub(crate) fn mailroom(&self) -> &StoreUrl {
        &self.mailroom
    }

    /// The store of triage.
    pub(crate) fn cases(&self) -> &StoreUrl {
        &self.cases
    }

    /// What intake seals to.
    pub(crate) fn recipients(&self) -> PathBuf {
        self.data.join("keys").join(key_files::PUBLIC)
    }

    /// What triage opens with.
    pub(crate) fn identity(&self) -> PathBuf {
        self.data.join("keys").join(key_files::PRIVATE)
    }
}

fn lock(data: &Path) -> Result<File, LayoutError> {
    let path = data.join("demo").join("lock");
    let opened = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(&path);
    let file = opened.map_err(|source| LayoutError::Io {
        path: path.clone(),
        source,
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LayoutError::Locked {
            data: data.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(LayoutError::Io { path, source }),
    }
}

fn random_passphrase() -> Result<Zeroizing<String>, LayoutError> {
    use std::fmt::Write as _;

    let mut bytes = Zeroizing::new([0; PASSPHRASE_BYTES]);
    SystemRandom::new()
        .fill(bytes.as_mut_slice())
        .map_err(|_| LayoutError::Randomness)?;
    let mut text = Zeroizing::new(String::with_capacity(2 * PASSPHRASE_BYTES));
    for byte in bytes.iter() {
        write!(text, "{byte:02x}").expect("a string takes every character");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_first_start_makes_keys_and_a_later_one_finds_them() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let (first, passphrase) = Layout::prepare(&data).unwrap();
        let identity = fs::read(first.identity()).unwrap();
        drop(first);
        let (second, again) = Layout::prepare(&data).unwrap();
        assert_eq!(passphrase, again);
        assert_eq!(fs::read(second.identity()).unwrap(), identity);
        for (path, mode) in [
            ("", 0o700),
            ("keys", 0o700),
            ("demo", 0o700),
            ("demo/passphrase", 0o600),
            ("keys/committee.key", 0o600),
        ] {
            let found = fs::metadata(data.join(path)).unwrap().permissions().mode() & 0o777;
            assert_eq!(found, mode, "{path}");
        }
    }

    #[test]
    fn two_demonstrations_do_not_share_a_directory() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Layout::prepare(folder.path()).unwrap();
        assert!(matches!(
            Layout::prepare(folder.path()),
            Err(LayoutError::Locked { .. })
        ));
    }

    #[test]
    fn what_is_lost_is_named_and_nothing_is_made_in_its_place() {
        for (lost, named) in [
            ("keys/committee.pub", "committee.pub"),
            ("keys/committee.key", "committee.key"),
            ("demo/passphrase", "demo/passphrase"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            drop(Layout::prepare(folder.path()).unwrap());
            fs::remove_file(folder.path().join(lost)).unwrap();
            let error = Layout::prepare(folder.path()).unwrap_err();
            assert!(matches!(error, LayoutError::Incomplete { missing, .. } if missing == named));
            assert!(!folder.path().join(lost).exists());
        }
    }
}
