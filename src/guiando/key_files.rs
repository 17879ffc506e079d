//! The committee's key on disk: `committee.pub`, which anyone may read, and either `committee.key`, which
//! opens nothing without its passphrase, or a file for each holder of a share.

use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use opening::custody::Share;
use opening::recovery::RecoveryHolders;
use opening::{CommitteeIdentity, IdentityError, Passphrase, PersonIdentity, ProtectedError};

use crate::output;

/// Name of the file with the recipient that intake seals to.
pub(crate) const PUBLIC: &str = "committee.pub";
/// Name of the file with the identity that triage opens with.
pub(crate) const PRIVATE: &str = "committee.key";

/// Name of the file with the holders of the last resort.
pub(crate) const RECOVERY: &str = "recovery.pub";

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
    /// A share cannot be protected.
    #[error(transparent)]
    ProtectShare(#[from] ProtectedError),
}

/// Name of the file with a holder's share.
pub(crate) fn share_name(number: u8) -> String {
    format!("share-{number}.key")
}

/// Name of the file with the key of a holder of the last resort.
fn holder_name(number: usize) -> String {
    format!("holder-{number}.key")
}

/// Fails if a key file is there, so that nobody is asked for a passphrase in vain.
pub(crate) fn refuse_to_overwrite(folder: &Path) -> Result<(), KeyFileError> {
    refuse(folder, [PRIVATE, PUBLIC].into_iter())
}

/// The same for a set of shares.
pub(crate) fn refuse_to_overwrite_shares(folder: &Path, members: u8) -> Result<(), KeyFileError> {
    refuse_to_overwrite(folder)?;
    let names: Vec<_> = (1..=members).map(share_name).collect();
    refuse(folder, names.iter().map(String::as_str))
}

/// The same for the keys of the holders of the last resort.
pub(crate) fn refuse_to_overwrite_recovery(
    folder: &Path,
    holders: usize,
) -> Result<(), KeyFileError> {
    refuse(folder, [RECOVERY].into_iter())?;
    let names: Vec<_> = (1..=holders).map(holder_name).collect();
    refuse(folder, names.iter().map(String::as_str))
}

fn refuse<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> Result<(), KeyFileError> {
    for name in names {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(KeyFileError::Exists { path });
        }
    }
    Ok(())
}

/// Writes the keys of the holders of the last resort in `folder`, each under its holder's passphrase, and
/// the list of the holders; makes the folder where there is none.
pub(crate) fn write_recovery(
    folder: &Path,
    list: &RecoveryHolders,
    keys: &[(PersonIdentity, Passphrase)],
) -> Result<(), KeyFileError> {
    refuse_to_overwrite_recovery(folder, keys.len())?;
    let files = keys
        .iter()
        .zip(1..)
        .map(|((key, passphrase), number)| {
            let protected = key.to_protected(passphrase.clone())?;
            Ok((holder_name(number), protected))
        })
        .collect::<Result<Vec<_>, KeyFileError>>()?;
    make_folder(folder)?;
    write_all(folder, &files, (RECOVERY, list.to_string().as_bytes()))
}

/// Makes a key pair in `folder`, and the folder where there is none.
pub(crate) fn generate(
    folder: &Path,
    passphrase: Passphrase,
) -> Result<CommitteeIdentity, KeyFileError> {
    let identity = CommitteeIdentity::generate();
    write_identity(folder, &identity, passphrase)?;
    Ok(identity)
}

/// Writes an identity in `folder`, whole and under one passphrase, and makes the folder where there is
/// none.
pub(crate) fn write_identity(
    folder: &Path,
    identity: &CommitteeIdentity,
    passphrase: Passphrase,
) -> Result<(), KeyFileError> {
    refuse_to_overwrite(folder)?;
    let protected = identity.to_protected(passphrase)?;
    let opens = format!("only its {PRIVATE} opens.");
    write(folder, &[(PRIVATE.to_owned(), protected)], identity, &opens)
}

/// Writes the shares of an identity in `folder`, each under its holder's passphrase, and makes the
/// folder where there is none.
pub(crate) fn write_shares(
    folder: &Path,
    identity: &CommitteeIdentity,
    shares: Vec<(Share, Passphrase)>,
) -> Result<(), KeyFileError> {
    let set = shares
        .first()
        .map(|(share, _)| share.splitting().id().line())
        .unwrap_or_default();
    let opens = format!("only its shares open together.\n{set}");
    let files = shares
        .into_iter()
        .map(|(share, passphrase)| {
            Ok((share_name(share.number()), share.to_protected(passphrase)?))
        })
        .collect::<Result<Vec<_>, ProtectedError>>()?;
    write(folder, &files, identity, &opens)
}

/// The private files come first: a recipient that nobody can open for would be worse than none.
fn write(
    folder: &Path,
    private: &[(String, Vec<u8>)],
    identity: &CommitteeIdentity,
    opens: &str,
) -> Result<(), KeyFileError> {
    make_folder(folder)?;
    let public = format!(
        "# Committee key {}: what is sealed to it, {opens}\n{}\n{}\n",
        identity.key_id(),
        identity.public_key(),
        identity.own().announcer().key().line(),
    );
    write_all(folder, private, (PUBLIC, public.as_bytes()))
}

fn make_folder(folder: &Path) -> Result<(), KeyFileError> {
    let unwritable = |source| KeyFileError::Write {
        path: folder.to_owned(),
        source,
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(unwritable)?;
    // Its own name must outlive a power cut as well as the names in it.
    output::sync_folder(folder).map_err(unwritable)
}

/// The public file comes last. If one of all cannot be written, those before it go again.
fn write_all(
    folder: &Path,
    private: &[(String, Vec<u8>)],
    public: (&str, &[u8]),
) -> Result<(), KeyFileError> {
    let mut written = Vec::new();
    let files = private
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice(), 0o600))
        .chain([(public.0, public.1, 0o644)]);
    for (name, bytes, mode) in files {
        let path = folder.join(name);
        if let Err(error) = create(&path, bytes, mode) {
            for path in written {
                // It protects nothing yet; if it cannot go, the next run says that it exists.
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
        written.push(path);
    }
    Ok(())
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
