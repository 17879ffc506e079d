//! What a file is, told by its first bytes.

use domain::evidence::MediaType;

/// How many of the first bytes are worth looking at; fewer do if the file is shorter.
pub const HEAD_BYTES: usize = 8 * 1024;

/// Tells the type of a file by its first bytes, at most [`HEAD_BYTES`] of them.
///
/// A text is told by the absence of anything else, so what comes after the head may still be no text;
/// nothing is run or shown by it.
///
/// ```
/// use domain::evidence::MediaType;
/// assert_eq!(cleaning::sniff(b"%PDF-1.7\n"), MediaType::Pdf);
/// assert_eq!(cleaning::sniff("El jefe de turno\n".as_bytes()), MediaType::Text);
/// assert_eq!(cleaning::sniff(b"MZ\x90\0\x03\0"), MediaType::Unknown);
/// ```
pub fn sniff(head: &[u8]) -> MediaType {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    if head.get(4..8) == Some(b"ftyp") {
        return base_media(head);
    }
    if head.starts_with(b"OggS") {
        return ogg(head);
    }
    if head.starts_with(b"PK\x03\x04") {
        return package(head);
    }
    match infer::get(head).map(|known| known.mime_type()) {
        Some("image/jpeg") => MediaType::Jpeg,
        Some("image/png") => MediaType::Png,
        Some("image/webp") => MediaType::Webp,
        Some("image/gif") => MediaType::Gif,
        Some("image/tiff") => MediaType::Tiff,
        Some("application/pdf") => MediaType::Pdf,
        Some("audio/mpeg") => MediaType::Mp3,
        Some("audio/x-wav") => MediaType::Wav,
        Some("audio/x-flac") => MediaType::Flac,
        Some("video/webm") => MediaType::Webm,
        Some("video/x-msvideo") => MediaType::Avi,
        // Scanners and mail gateways put a few bytes before the header, and every reader takes it.
        None if contains(head.get(..1024).unwrap_or(head), b"%PDF-") => MediaType::Pdf,
        None if is_text(head) => MediaType::Text,
        Some(_) | None => MediaType::Unknown,
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// ISO base media (ISO/IEC 14496-12): the brand of the first box tells the vocabulary.
fn base_media(head: &[u8]) -> MediaType {
    let length = head
        .first_chunk()
        .map_or(0, |length| u32::from_be_bytes(*length));
    let end = usize::try_from(length).unwrap_or(0).min(head.len());
    // The major brand, then its version, then what else it is compatible with.
    let major = head.get(8..12).unwrap_or_default();
    let others = head.get(16..end).unwrap_or_default().chunks_exact(4);
    let brands = || std::iter::once(major).chain(others.clone());
    let has = |wanted: &[&[u8]]| brands().any(|brand| wanted.contains(&brand));
    if major == b"qt  " {
        MediaType::Mov
    } else if has(&[b"avif", b"avis"]) {
        MediaType::Avif
    } else if has(&[
        b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1",
    ]) {
        MediaType::Heic
    } else if [b"M4A ", b"M4B "].iter().any(|brand| major == *brand) {
        MediaType::M4a
    } else if [&b"M4P "[..], b"jp2 ", b"jxl ", b"crx "].contains(&major) {
        MediaType::Unknown
    } else {
        MediaType::Mp4
    }
}

/// The first page of an Ogg stream starts with the name of its codec.
fn ogg(head: &[u8]) -> MediaType {
    let page = head.get(..128).unwrap_or(head);
    if contains(page, b"OpusHead") {
        MediaType::Opus
    } else {
        MediaType::Ogg
    }
}

/// Office files are zip archives; the names of their parts tell which. Any other archive is unknown.
fn package(head: &[u8]) -> MediaType {
    let has = |part: &[u8]| contains(head, part);
    // OpenDocument: the first part is called `mimetype`, is not compressed, and says it.
    if head.get(30..38) == Some(b"mimetype") {
        let said = head.get(38..).unwrap_or_default();
        return [
            (
                &b"application/vnd.oasis.opendocument.text"[..],
                MediaType::Odt,
            ),
            (
                b"application/vnd.oasis.opendocument.spreadsheet",
                MediaType::Ods,
            ),
            (
                b"application/vnd.oasis.opendocument.presentation",
                MediaType::Odp,
            ),
        ]
        .iter()
        .find(|(name, _)| said.starts_with(name))
        .map_or(MediaType::Unknown, |(_, media)| *media);
    }
    if !has(b"[Content_Types].xml") && !has(b"_rels/.rels") && !has(b"docProps/") {
        return MediaType::Unknown;
    }
    if has(b"word/") {
        MediaType::Docx
    } else if has(b"xl/") {
        MediaType::Xlsx
    } else if has(b"ppt/") {
        MediaType::Pptx
    } else {
        MediaType::Unknown
    }
}

/// Whether bytes are a text: there are some, and no control characters but those of text. The first
/// bytes of a text may end within a character, so UTF-8 is not asked for; UTF-16 is recognised by its
/// mark.
pub fn is_text(head: &[u8]) -> bool {
    let control = |unit: u16| unit < 0x20 && ![9, 10, 12, 13].contains(&unit) || unit == 0x7f;
    let wide = |read: fn([u8; 2]) -> u16| {
        let (units, _) = head.as_chunks::<2>();
        !units.iter().any(|unit| control(read(*unit)))
    };
    match head {
        [] => false,
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => !head.iter().any(|byte| control(u16::from(*byte))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn brands(list: &[&[u8; 4]]) -> Vec<u8> {
        let length = u8::try_from(8 + 4 + 4 * list.len()).unwrap();
        let mut head = vec![0, 0, 0, length];
        head.extend(b"ftyp");
        head.extend(list[0]);
        head.extend([0; 4]);
        for brand in &list[1..] {
            head.extend(*brand);
        }
        head.extend(b"\0\0\0\x08free");
        head
    }

    fn zip(names: &[&str]) -> Vec<u8> {
        let mut head = Vec::new();
        for name in names {
            head.extend(b"PK\x03\x04");
            head.extend([0; 22]);
            head.extend([u8::try_from(name.len()).unwrap(), 0, 0, 0]);
            head.extend(name.as_bytes());
        }
        head
    }

    #[test]
    fn boxes_are_told_by_their_brands() {
        for (list, media) in [
            (&[b"isom", b"mp42"][..], MediaType::Mp4),
            (&[b"qt  "], MediaType::Mov),
            (&[b"M4A ", b"isom"], MediaType::M4a),
            (&[b"heic", b"mif1"], MediaType::Heic),
            (&[b"mif1", b"avif"], MediaType::Avif),
            (&[b"M4P "], MediaType::Unknown),
            // What comes after the box is no brand.
            (&[b"isom"], MediaType::Mp4),
        ] {
            assert_eq!(sniff(&brands(list)), media, "{list:?}");
        }
        assert_eq!(sniff(b"\xff\xff\xff\xffftyp"), MediaType::Mp4);
    }

    #[test]
    fn office_files_are_told_by_their_parts_and_archives_are_unknown() {
        for (names, media) in [
            (
                &["[Content_Types].xml", "_rels/.rels", "word/document.xml"][..],
                MediaType::Docx,
            ),
            (
                &["_rels/.rels", "docProps/core.xml", "xl/workbook.xml"],
                MediaType::Xlsx,
            ),
            (
                &["[Content_Types].xml", "ppt/presentation.xml"],
                MediaType::Pptx,
            ),
            (&["word/"], MediaType::Unknown),
            (&["foto.jpg"], MediaType::Unknown),
            (
                &["mimetypeapplication/vnd.oasis.opendocument.text"],
                MediaType::Odt,
            ),
            (&["mimetypeapplication/epub+zip"], MediaType::Unknown),
        ] {
            assert_eq!(sniff(&zip(names)), media, "{names:?}");
        }
    }

    #[test]
    fn texts_are_texts_and_nothing_else_is() {
        for text in ["hola", "línea\r\n\tsangría", "\u{feff}con marca"] {
            assert_eq!(sniff(text.as_bytes()), MediaType::Text, "{text}");
        }
        let wide: Vec<u8> = "\u{feff}ancho"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(sniff(&wide), MediaType::Text);
        for other in [
            &b""[..],
            b"\0",
            b"texto\0nulo",
            b"\x7fELF\x02\x01\x01",
            b"#!/bin/sh\nrm",
            b"<!DOCTYPE html><html>",
            b"{\\rtf1 hola}",
        ] {
            assert_eq!(sniff(other), MediaType::Unknown, "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it_and_only_the_head_counts(head in prop::collection::vec(any::<u8>(), 0..300)) {
            sniff(&head);
            let mut long = head;
            long.resize(HEAD_BYTES, b' ');
            let at_the_head = sniff(&long);
            long.extend([0; 64]);
            prop_assert_eq!(sniff(&long), at_the_head);
        }
    }
}
