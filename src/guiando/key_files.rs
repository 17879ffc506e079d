//! The committee's key on disk: `committee.pub`, which anyone may read, and `committee.key`, which
//! opens nothing without its passphrase.

use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use opening::{CommitteeIdentity, IdentityError, Passphrase};

use crate::output;

/// Name of the file with the recipient that intake seals to.
pub(crate) const PUBLIC: &str = "committee.pub";
/// Name of the file with the identity that triage opens with.
pub(crate) const PRIVATE: &str = "committee.key";

/// Why no key was written.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// A key is never written over: what was sealed to the old one could not be opened any more.
    #[error("{} exists already; keys are never overwritten, choose another directory", path.display())]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// The directory or a file in it cannot be written.
    #[error("{} cannot be written", path.display())]
    Write {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The identity cannot be protected.
    #[error(transparent)]
    Protect(#[from] IdentityError),
}

/// Fails if a key file is there, so that nobody is asked for a passphrase in vain.
pub(crate) fn refuse_to_overwrite(folder: &Path) -> Result<(), KeyFileError> {
    for name in [PRIVATE, PUBLIC] {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(KeyFileError::Exists { path });
        }
    }
    Ok(())
}

/// Makes a key pair in `folder`, and the folder where there is none.
///
/// The private half comes first: a recipient that nobody can open for would be worse than none. If
/// the public half then cannot be written, the private one goes again.
pub(crate) fn generate(
    folder: &Path,
    passphrase: Passphrase,
) -> Result<CommitteeIdentity, KeyFileError> {
    refuse_to_overwrite(folder)?;
    let identity = CommitteeIdentity::generate();
    let protected = identity.to_protected(passphrase)?;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|source| KeyFileError::Write {
            path: folder.to_owned(),
            source,
        })?;
    let private = folder.join(PRIVATE);
    create(&private, &protected, 0o600)?;
    let public = format!(
        "# Committee key {}: what is sealed to it, only its {PRIVATE} opens.\n{}\n",
        identity.key_id(),
        identity.public_key()
    );
    create(&folder.join(PUBLIC), public.as_bytes(), 0o644).inspect_err(|_| {
        // It protects nothing yet; if it cannot go, the next run says that it exists.
        let _ = fs::remove_file(&private);
    })?;
    Ok(identity)
}

fn create(path: &Path, bytes: &[u8], mode: u32) -> Result<(), KeyFileError> {
    let path = path.to_owned();
    match output::create(&path, bytes, mode) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(KeyFileError::Exists { path })
        }
        Err(source) => Err(KeyFileError::Write { path, source }),
    }
}
