//! A document as DOCX: six small parts of XML in one archive.
//!
//! It holds its title and its language, and neither day nor person nor program. Nothing is compressed, and
//! every entry has the same day (the first that the format knows), so the same document gives the same bytes.

mod body;
mod parts;
#[cfg(test)]
mod tests;
mod xml;

use std::io::{Cursor, Write as _};

use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::document::Document;

/// Writes a document.
pub fn docx(document: &Document) -> Zeroizing<Vec<u8>> {
    let body = body::body(document);
    let foot = body::foot(document);
    let core = parts::core(document);
    let written: [(&str, &str); 8] = [
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &core),
        ("word/document.xml", &body),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        ("word/styles.xml", parts::STYLES),
        ("word/numbering.xml", parts::NUMBERING),
        ("word/footer1.xml", &foot),
    ];
    let size = written.iter().map(|(_, part)| part.len() + 512).sum();
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, part) in written {
        archive
            .start_file(name, options)
            .expect("memory takes what is written, and each name comes once");
        archive
            .write_all(part.as_bytes())
            .expect("memory takes what is written");
    }
    let archive = archive.finish().expect("memory takes what is written");
    Zeroizing::new(archive.into_inner())
}
