//! The keys that seal what pages of the form carry: the current one on the first line, then the one
//! before it, whose pages may still be open. Whoever has an old key reads old pages, so no more are kept.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use crate::output;

/// Bytes of a key.
const KEY: usize = 32;
/// Longer than any file of form keys.
const LONGEST: u64 = 4 << 10;

/// Why there is no new form key; the file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FormKeyFileError {
    /// The file cannot be read.
    #[error("the form key {} cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds something else, and is not written over.
    #[error("{} holds something else than form keys, and is left as it is", path.display())]
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// Others than its owner may read it: its keys are worth nothing.
    #[error("the form key {} can be read by others than its owner; remove it and start anew", path.display())]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("the form key {} cannot be written", path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system has no randomness to give.
    #[error("no randomness for a form key")]
    Randomness,
}

/// Puts a new key before the current one of a file, and lets those before it go.
pub(super) fn renew(path: &Path) -> Result<(), FormKeyFileError> {
    let previous = current(path)?;
    let mut key = Zeroizing::new([0; KEY]);
    SystemRandom::new()
        .fill(key.as_mut_slice())
        .map_err(|_| FormKeyFileError::Randomness)?;
    let key = Zeroizing::new(BASE64.encode(key.as_slice()));
    let previous = previous.as_deref().map_or("", String::as_str);
    let mut text = Zeroizing::new(String::with_capacity(key.len() + previous.len() + 2));
    for line in [key.as_str(), previous] {
        if !line.is_empty() {
            text.push_str(line);
            text.push('\n');
        }
    }
    output::replace(path, text.as_bytes()).map_err(|source| FormKeyFileError::Write {
        path: path.to_owned(),
        source,
    })
}

/// The key in use, if there is a file.
fn current(path: &Path) -> Result<Option<Zeroizing<String>>, FormKeyFileError> {
    let unreadable = |source| FormKeyFileError::Read {
        path: path.to_owned(),
        source,
    };
    let foreign = || FormKeyFileError::Foreign {
        path: path.to_owned(),
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > LONGEST {
        return Err(foreign());
    }
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(FormKeyFileError::Exposed {
            path: path.to_owned(),
        });
    }
    let room = usize::try_from(LONGEST).unwrap_or_default();
    let mut text = Zeroizing::new(String::with_capacity(room));
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|_| foreign())?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_key = |line: &str| {
        let key = BASE64.decode(line).map(Zeroizing::new);
        key.is_ok_and(|key| key.len() == KEY)
    };
    let Some(first) = lines.next().filter(|line| is_key(line)) else {
        return Err(foreign());
    };
    if !lines.all(is_key) {
        return Err(foreign());
    }
    Ok(Some(Zeroizing::new(first.to_owned())))
}
