//! Files that nobody opens without a password.

use domain::evidence::MediaType;

use crate::archive::parts;

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

fn is_locked_archive(file: &[u8]) -> bool {
    parts(file).next().is_some_and(|part| part.flags & 1 != 0)
}

fn part(file: &[u8], wanted: &[u8]) -> Option<Vec<u8>> {
    let part = parts(file).find(|part| part.name == wanted)?;
    Some(part.unpacked(MANIFEST_BYTES))
}
