//! Files that nobody opens without a password.

use domain::evidence::MediaType;
use flate2::{Decompress, FlushDecompress};

/// Most bytes of an `OpenDocument` manifest that are looked at.
const MANIFEST_BYTES: usize = 1 << 20;

/// Whether a password is needed to read the file. One that is only protected against changes opens
/// without.
pub(crate) fn needs_password(media: MediaType, file: &[u8]) -> bool {
    match media {
        MediaType::Pdf => contains(file, b"/Encrypt") && is_locked_pdf(file),
        MediaType::Docx | MediaType::Xlsx | MediaType::Pptx => is_locked_archive(file),
        MediaType::Odt | MediaType::Ods | MediaType::Odp => {
            is_locked_archive(file)
                || part(file, b"META-INF/manifest.xml")
                    .is_some_and(|manifest| contains(&manifest, b"encryption-data"))
        }
        MediaType::Jpeg
        | MediaType::Png
        | MediaType::Webp
        | MediaType::Gif
        | MediaType::Heic
        | MediaType::Avif
        | MediaType::Tiff
        | MediaType::Mp3
        | MediaType::Wav
        | MediaType::Flac
        | MediaType::Ogg
        | MediaType::Opus
        | MediaType::M4a
        | MediaType::Mp4
        | MediaType::Mov
        | MediaType::Webm
        | MediaType::Avi
        | MediaType::Text
        | MediaType::Unknown => false,
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Readers try the empty password first (ISO 32000-2, 7.6.4), and so does the library.
fn is_locked_pdf(file: &[u8]) -> bool {
    lopdf::Document::load_mem(file).map_or_else(
        |error| {
            matches!(
                error,
                lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)
            )
        },
        |document| document.is_encrypted() && document.encryption_state.is_none(),
    )
}

/// The parts of an archive before its directory: flags, method, name, and what follows.
fn parts(file: &[u8]) -> impl Iterator<Item = (u16, u16, &[u8], &[u8])> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = file.get(from..)?;
        let at = rest.windows(4).position(|bytes| bytes == b"PK\x03\x04")?;
        let header = &rest[at..];
        from += at + 4;
        let number = |at: usize| {
            let bytes = header.get(at..at + 2)?.first_chunk()?;
            Some(u16::from_le_bytes(*bytes))
        };
        let (name, extra) = (usize::from(number(26)?), usize::from(number(28)?));
        let named = header.get(30..30 + name)?;
        let body = header.get(30 + name + extra..)?;
        Some((number(6)?, number(8)?, named, body))
    })
}

/// Bit 0 of a part's flags (APPNOTE 4.4.4).
fn is_locked_archive(file: &[u8]) -> bool {
    parts(file).next().is_some_and(|(flags, ..)| flags & 1 != 0)
}

fn part(file: &[u8], wanted: &[u8]) -> Option<Vec<u8>> {
    let (_, method, _, body) = parts(file).find(|(_, _, name, _)| *name == wanted)?;
    if method == 0 {
        return Some(body[..body.len().min(MANIFEST_BYTES)].to_vec());
    }
    let mut bytes = Vec::with_capacity(MANIFEST_BYTES);
    Decompress::new(false)
        .decompress_vec(body, &mut bytes, FlushDecompress::Finish)
        .ok()?;
    Some(bytes)
}
