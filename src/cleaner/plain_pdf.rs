//! PDF with its objects packed into streams, written anew with each object by itself.
//!
//! Since PDF 1.5 objects may lie in compressed streams, and the index in another. The cleaning library
//! refuses what it cannot write exactly as it read it, and such files are among that. In the plain form
//! of PDF 1.4 it takes them, and every reader shows the same pages.

use lopdf::xref::XrefType;
use lopdf::{Document, Object};

/// What the index in a stream adds to the trailer, and means nothing in a table.
const OF_THE_STREAM: [&[u8]; 8] = [
    b"DecodeParms",
    b"Filter",
    b"Index",
    b"Length",
    b"Prev",
    b"Type",
    b"W",
    b"XRefStm",
];

/// The same document in the plain form; nothing if it cannot be read or written.
pub(crate) fn unpack(file: &[u8]) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(file).ok()?;
    if document.is_encrypted() || document.was_encrypted() {
        return None;
    }
    let pages = document.page_iter().count();
    let packed = |object: &Object| {
        object
            .as_stream()
            .is_ok_and(|stream| stream.dict.has_type(b"ObjStm") || stream.dict.has_type(b"XRef"))
    };
    document.objects.retain(|_, object| !packed(object));
    document.prune_objects();
    for key in OF_THE_STREAM {
        document.trailer.remove(key);
    }
    document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    let mut plain = Vec::new();
    document.save_to(&mut plain).ok()?;
    let again = Document::load_mem(&plain).ok()?;
    (pages > 0 && again.page_iter().count() == pages).then_some(plain)
}
