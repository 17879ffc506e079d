//! A document as PDF: tagged, with a text layer, in a font that it carries.
//!
//! It holds no date, no id and no name of a program. What is not in the document is nowhere in the file: the
//! font carries only the letters that are drawn.

mod font;
mod lines;
mod sheet;
mod tags;
#[cfg(test)]
mod tests;

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::TabOrder;
use pdf_writer::{Filter, Finish as _, Pdf, Rect, Ref, TextStr};
use zeroize::Zeroizing;

use self::font::EFFORT;
use self::sheet::{BODY, BOLD, HEIGHT, Pages, WIDTH};
use crate::document::Document;

const CATALOG: i32 = 1;
const PAGES: i32 = 2;
const TREE: i32 = 3;
const BODY_FONT: i32 = 4;
const BOLD_FONT: i32 = 5;
const INFO: i32 = 6;
/// All others, in the order in which they are written.
const FIRST_FREE: i32 = 7;

/// Draws a document.
///
/// Letters that the font has not, such as emoji, and such as show nothing are drawn by their number:
/// `[U+1F600]`.
pub fn pdf(document: &Document) -> Zeroizing<Vec<u8>> {
    let mut drawn = Pages::draw(document);
    let mut free = FIRST_FREE;
    let mut next = || {
        free += 1;
        Ref::new(free - 1)
    };
    let page_ids: Vec<Ref> = drawn.contents.iter().map(|_| next()).collect();

    let mut pdf = Pdf::new();
    let mut catalog = pdf.catalog(Ref::new(CATALOG));
    catalog.pages(Ref::new(PAGES));
    catalog.lang(TextStr(document.language));
    catalog.mark_info().marked(true);
    catalog.viewer_preferences().display_doc_title(true);
    catalog.pair(pdf_writer::Name(b"StructTreeRoot"), Ref::new(TREE));
    catalog.finish();
    pdf.pages(Ref::new(PAGES))
        .kids(page_ids.iter().copied())
        .count(i32::try_from(page_ids.len()).expect("few pages"));
    for ((number, id), content) in (0..).zip(&page_ids).zip(drawn.contents.drain(..)) {
        let stream = next();
        let mut page = pdf.page(*id);
        page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
        page.parent(Ref::new(PAGES));
        page.contents(stream);
        page.struct_parents(number);
        page.tab_order(TabOrder::StructureOrder);
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        fonts.pair(BODY, Ref::new(BODY_FONT));
        fonts.pair(BOLD, Ref::new(BOLD_FONT));
        fonts.finish();
        resources.finish();
        page.finish();
        let packed = compress_to_vec_zlib(content.finish().as_slice(), EFFORT);
        pdf.stream(stream, &packed).filter(Filter::FlateDecode);
    }
    drawn.body.write(&mut pdf, Ref::new(BODY_FONT), &mut next);
    drawn.bold.write(&mut pdf, Ref::new(BOLD_FONT), &mut next);
    drawn
        .tags
        .write(&mut pdf, Ref::new(TREE), &page_ids, &mut next);
    pdf.document_info(Ref::new(INFO))
        .title(TextStr(&crate::letters::visible(&document.title)));
    Zeroizing::new(pdf.finish())
}
