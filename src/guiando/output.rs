//! Where results go: standard output, whose reader may leave early, and files that are whole or
//! absent.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes to standard output and flushes. A reader that has left (`guiando … | head`) is no fault.
pub(crate) fn to_stdout(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    unless_reader_left(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Takes a closed pipe as the reader's choice.
pub(crate) fn unless_reader_left(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Tells the operator something on standard error.
pub(crate) fn tell(line: &str) {
    // Where standard error is gone there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Puts a file in place whole, over an older one if there is one, for its owner alone.
///
/// Only a regular file is replaced: renaming over `/dev/null` would take it away from everybody.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Through a symbolic link the file itself is replaced, and the link stays.
    let target = match fs::canonicalize(path) {
        Ok(target) if target.is_file() => target,
        Ok(_) => {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "there is something else than a file",
            ));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    written(&target, bytes, 0o600)?
        .persist(&target)
        .map_err(io::Error::from)?;
    sync_folder(&target)
}

/// Puts a new file in place whole; fails with [`ErrorKind::AlreadyExists`] if there is one.
pub(crate) fn create(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    written(path, bytes, mode)?
        .persist_noclobber(path)
        .map_err(io::Error::from)?;
    sync_folder(path)
}

/// A synced file of another name in the same folder. It goes away unless it is given its name.
fn written(path: &Path, bytes: &[u8], mode: u32) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix(".guiando-")
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A name must outlive a power cut as well as the bytes behind it.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_takes_no_other_ones_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one");
        create(&path, b"first", 0o600).unwrap();
        let error = create(&path, b"second", 0o600).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(names(folder.path()), ["one"]);
    }

    #[test]
    fn a_replaced_file_keeps_its_link() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("file"), folder.path().join("link"));
        replace(&path, b"old").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace(&link, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(link.is_symlink());
        assert_eq!(names(folder.path()), ["file", "link"]);
    }

    #[test]
    fn what_is_not_a_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(folder.path(), b"x").is_err());
        assert!(replace(Path::new("/dev/null"), b"x").is_err());
        assert!(replace(&folder.path().join("absent/file"), b"x").is_err());
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn only_a_closed_pipe_is_forgiven() {
        assert!(unless_reader_left(Err(ErrorKind::BrokenPipe.into())).is_ok());
        assert!(unless_reader_left(Err(ErrorKind::StorageFull.into())).is_err());
    }
}
