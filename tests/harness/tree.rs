//! Every byte of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::canary::{Hit, Needles};

/// A folder whose every byte can be looked at.
#[derive(Debug, Clone)]
pub struct Tree(PathBuf);

impl Tree {
    /// A folder and all that is below.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Where the needles are, in contents and in names. A file that goes while we look is no fault;
    /// one that cannot be read is.
    ///
    /// # Panics
    /// When something cannot be read.
    pub fn search(&self, needles: &Needles) -> Vec<Hit> {
        let mut hits = Vec::new();
        for path in self.files() {
            needles.search(&path, path.as_os_str().as_encoded_bytes(), &mut hits);
            match fs::read(&path) {
                Ok(bytes) => needles.search(&path, &bytes, &mut hits),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => panic!("{} cannot be read: {error}", path.display()),
            }
        }
        hits
    }

    /// Every file in it.
    ///
    /// # Panics
    /// When a folder cannot be read.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        collect(&self.0, &mut files);
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => panic!("{} cannot be read: {error}", folder.display()),
    };
    for entry in entries {
        let entry = entry.expect("a folder can be listed");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            // Sockets and links hold nothing of their own.
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => panic!("{} cannot be looked at: {error}", entry.path().display()),
        }
    }
}
