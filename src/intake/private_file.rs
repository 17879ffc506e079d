//! Reading a file that holds a key: only when nobody but its owner can, and without leaving copies.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use zeroize::Zeroizing;

/// The text of a file; `None` when group or others may do anything with it.
pub(crate) fn read(path: &Path) -> io::Result<Option<Zeroizing<String>>> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.permissions().mode() & 0o077 != 0 {
        return Ok(None);
    }
    // The final room from the start: growing would leave unwiped copies.
    let room = usize::try_from(metadata.len()).unwrap_or_default();
    let mut text = Zeroizing::new(String::with_capacity(room + 1));
    file.read_to_string(&mut text)?;
    Ok(Some(text))
}
