//! The parts of an office file, which is a zip archive (APPNOTE of PKWARE).

use std::io::Read as _;

use flate2::read::DeflateDecoder;

/// One part of an archive.
pub(crate) struct Part<'a> {
    /// General purpose flags; bit 0 says that a password is needed (APPNOTE 4.4.4).
    pub(crate) flags: u16,
    /// Its path in the archive.
    pub(crate) name: &'a [u8],
    method: u16,
    /// Up to the end of the file, if the part does not say before how long it is.
    body: &'a [u8],
}

impl Part<'_> {
    /// What is in it, up to so many bytes, as far as it can be read.
    pub(crate) fn unpacked(&self, most: usize) -> Vec<u8> {
        if self.method == 0 {
            return self.body[..self.body.len().min(most)].to_vec();
        }
        let mut bytes = Vec::new();
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        // A part that breaks off has told its beginning all the same.
        let _ = DeflateDecoder::new(self.body)
            .take(most)
            .read_to_end(&mut bytes);
        bytes
    }
}

/// The parts of an archive before its directory.
pub(crate) fn parts(file: &[u8]) -> impl Iterator<Item = Part<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = file.get(from..)?;
        let at = rest.windows(4).position(|bytes| bytes == b"PK\x03\x04")?;
        let header = &rest[at..];
        let number = |at: usize| {
            let bytes = header.get(at..at + 2)?.first_chunk()?;
            Some(u16::from_le_bytes(*bytes))
        };
        let (name, extra) = (usize::from(number(26)?), usize::from(number(28)?));
        let (flags, start) = (number(6)?, 30 + name + extra);
        let mut body = header.get(start..)?;
        from += at + 4;
        // Bit 3: how long it is comes behind it.
        if flags & 8 == 0 {
            let length = header.get(18..22)?.first_chunk()?;
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            body = &body[..body.len().min(length)];
            from += start - 4 + body.len();
        }
        Some(Part {
            flags,
            method: number(8)?,
            name: header.get(30..30 + name)?,
            body,
        })
    })
}
