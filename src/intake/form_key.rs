//! The file that the keys of pages come from, when several processes share them.

use std::io;
use std::path::{Path, PathBuf};

use ring::rand::SystemRandom;

use crate::page_seal::{NotPageKeys, PageKeys};
use crate::private_file;

/// Why there are no keys for pages.
#[derive(Debug, thiserror::Error)]
pub enum FormKeyError {
    /// The file cannot be read.
    #[error("the form key {} cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("the form key {} cannot be used", path.display())]
    Keys {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: NotPageKeys,
    },
    /// Others than its owner may read it.
    #[error("the form key {} can be read by others than its owner; it must have mode 0600", path.display())]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// The system has no randomness to give.
    #[error("no randomness for a form key")]
    Randomness,
}

/// The keys of a file, the current one on its first line; or, without a file, one of this process
/// alone, which ends with it.
pub(crate) fn load_or_draw(path: Option<&Path>) -> Result<PageKeys, FormKeyError> {
    let Some(path) = path else {
        let key = PageKeys::draw(&SystemRandom::new()).map_err(|_| FormKeyError::Randomness)?;
        return Ok(key.parse().expect("a key that was drawn is a key"));
    };
    let path = path.to_owned();
    match private_file::read(&path) {
        Ok(Some(text)) => text
            .parse()
            .map_err(|source| FormKeyError::Keys { path, source }),
        Ok(None) => Err(FormKeyError::Exposed { path }),
        Err(source) => Err(FormKeyError::Read { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn keys_come_from_a_file_that_only_its_owner_may_read() {
        let path = std::env::temp_dir().join(format!("intake-form-key-{}", std::process::id()));
        assert!(matches!(
            load_or_draw(Some(&path)),
            Err(FormKeyError::Read { .. })
        ));
        fs::write(&path, "nada").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(
            load_or_draw(Some(&path)),
            Err(FormKeyError::Keys { .. })
        ));
        let key = PageKeys::draw(&SystemRandom::new()).unwrap();
        fs::write(&path, format!("{}\n", *key)).unwrap();
        assert!(load_or_draw(Some(&path)).is_ok());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(
            load_or_draw(Some(&path)),
            Err(FormKeyError::Exposed { .. })
        ));
        fs::remove_file(path).unwrap();
        assert!(load_or_draw(None).is_ok());
    }
}
