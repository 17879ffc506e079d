//! A document as one page of PDF, tagged, in the fonts that every reader has.

use pdf_writer::types::{StructRole, TabOrder};
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use crate::document::{Block, Document};
use crate::text::{chunks, wrap};

/// A4 is taller than letter and letter wider than A4: what fits into both prints on either.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 792.0;
const MARGIN: f32 = 64.0;
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Letters of a line of code: 6 points each at 10 points, as all letters of Courier.
const CODE_LETTERS: usize = 77;

const BODY: Name<'static> = Name(b"F1");
const BOLD: Name<'static> = Name(b"F2");
const MONO: Name<'static> = Name(b"F3");

/// Ids of the objects, of which every document has the same.
const CATALOG: i32 = 1;
const PAGES: i32 = 2;
const PAGE: i32 = 3;
const CONTENT: i32 = 4;
const TREE: i32 = 5;
const BODY_FONT: i32 = 6;
const BOLD_FONT: i32 = 7;
const MONO_FONT: i32 = 8;
const INFO: i32 = 9;
const PARENTS: i32 = 10;
const WHOLE: i32 = 11;
const ELEMENTS: i32 = 12;

/// Draws a document as PDF of exactly `size` bytes, or as many as it needs if they are more: a shorter
/// one is filled up with blanks that draw nothing, so that its length does not tell what it says.
///
/// It holds no date and no name of a program; letters outside Windows' Latin alphabet become `?`.
pub fn pdf(document: &Document, size: usize) -> Vec<u8> {
    let mut blanks = 0;
    let mut drawn = draw(document, blanks);
    // More blanks may make the numbers in the file longer by a digit or two, so it takes some rounds.
    for _ in 0..8 {
        if drawn.len() == size {
            break;
        }
        blanks = (blanks + size).saturating_sub(drawn.len());
        drawn = draw(document, blanks);
    }
    drawn
}

fn draw(document: &Document, blanks: usize) -> Vec<u8> {
    let mut sheet = Sheet::default();
    sheet.heading(&document.title, 20.0);
    for block in &document.blocks {
        match block {
            Block::Heading(words) => sheet.heading(words, 13.0),
            Block::Paragraph(words) => sheet.paragraph(words),
            Block::Code(letters) => sheet.code(letters),
        }
    }
    let Sheet { content, roles, .. } = sheet;
    let mut content = content.finish().to_vec();
    content.extend(std::iter::repeat_n(b' ', blanks));

    let mut pdf = Pdf::new();
    let mut catalog = pdf.catalog(Ref::new(CATALOG));
    catalog.pages(Ref::new(PAGES));
    catalog.lang(TextStr(document.language));
    catalog.mark_info().marked(true);
    catalog.viewer_preferences().display_doc_title(true);
    let mut tree = catalog.struct_tree_root();
    tree.child(Ref::new(WHOLE));
    tree.parent_tree().nums().insert(0, Ref::new(PARENTS));
    tree.parent_tree_next_key(1);
    tree.finish();
    catalog.finish();

    pdf.pages(Ref::new(PAGES)).kids([Ref::new(PAGE)]).count(1);
    let mut page = pdf.page(Ref::new(PAGE));
    page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
    page.parent(Ref::new(PAGES));
    page.contents(Ref::new(CONTENT));
    page.struct_parents(0);
    page.tab_order(TabOrder::StructureOrder);
    let mut resources = page.resources();
    let mut fonts = resources.fonts();
    fonts.pair(BODY, Ref::new(BODY_FONT));
    fonts.pair(BOLD, Ref::new(BOLD_FONT));
    fonts.pair(MONO, Ref::new(MONO_FONT));
    fonts.finish();
    resources.finish();
    page.finish();
    pdf.stream(Ref::new(CONTENT), &content);

    for (id, name) in [
        (BODY_FONT, "Helvetica"),
        (BOLD_FONT, "Helvetica-Bold"),
        (MONO_FONT, "Courier"),
    ] {
        pdf.type1_font(Ref::new(id))
            .base_font(Name(name.as_bytes()))
            .encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    structure(&mut pdf, &roles);
    pdf.document_info(Ref::new(INFO))
        .title(TextStr(&document.title));
    pdf.finish()
}

/// Tells a reader aloud what is a heading and what is text, in the order of the page.
fn structure(pdf: &mut Pdf, roles: &[StructRole]) {
    let elements: Vec<Ref> = (ELEMENTS..).map(Ref::new).take(roles.len()).collect();
    let mut parents = pdf.indirect(Ref::new(PARENTS)).array();
    for element in &elements {
        parents.item(*element);
    }
    parents.finish();
    let mut whole = pdf.struct_element(Ref::new(WHOLE));
    whole.kind(StructRole::Document);
    whole.parent(Ref::new(TREE));
    let mut children = whole.children();
    for element in &elements {
        children.struct_element(*element);
    }
    children.finish();
    whole.finish();
    for ((element, role), mark) in elements.iter().zip(roles).zip(0..) {
        let mut part = pdf.struct_element(*element);
        part.kind(*role);
        part.parent(Ref::new(WHOLE));
        part.page(Ref::new(PAGE));
        part.children().marked_content_id(mark);
    }
}

/// The page as it fills up.
struct Sheet {
    content: Content,
    /// Of each part, in order.
    roles: Vec<StructRole>,
    /// Height of the next line.
    y: f32,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            content: Content::new(),
            roles: Vec::new(),
            y: HEIGHT - MARGIN,
        }
    }
}

impl Sheet {
    fn heading(&mut self, words: &str, size: f32) {
        let role = if self.roles.is_empty() {
            StructRole::H1
        } else {
            StructRole::H2
        };
        self.y -= size * 0.9;
        // Bold letters are a tenth wider.
        let lines = wrap(words, |line| width(line) * size * 1.1 <= MEASURE);
        self.part(
            role,
            BOLD,
            size,
            size * 1.25,
            lines.iter().map(String::as_str),
        );
    }

    fn paragraph(&mut self, words: &str) {
        self.y -= 5.0;
        let lines = wrap(words, |line| width(line) * 10.5 <= MEASURE);
        let lines = lines.iter().map(String::as_str);
        self.part(StructRole::P, BODY, 10.5, 14.5, lines);
    }

    fn code(&mut self, letters: &str) {
        self.y -= 5.0;
        self.part(
            StructRole::Code,
            MONO,
            10.0,
            13.0,
            chunks(letters, CODE_LETTERS).into_iter(),
        );
    }

    fn part<'a>(
        &mut self,
        role: StructRole,
        font: Name<'_>,
        size: f32,
        leading: f32,
        lines: impl Iterator<Item = &'a str>,
    ) {
        let mark = i32::try_from(self.roles.len()).expect("a page has few parts");
        self.content
            .begin_marked_content_with_properties(role.to_name())
            .properties()
            .identify(mark);
        for line in lines {
            self.y -= leading;
            self.content.begin_text();
            self.content.set_font(font, size);
            self.content.next_line(MARGIN, self.y);
            self.content.show(Str(&latin(line)));
            self.content.end_text();
        }
        self.content.end_marked_content();
        self.roles.push(role);
    }
}

/// A text in Windows' Latin alphabet.
fn latin(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| match letter {
            '–' => 0x96,
            '—' => 0x97,
            '‘' => 0x91,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '…' => 0x85,
            '\u{80}'..='\u{9f}' => b'?',
            other => u8::try_from(other).unwrap_or(b'?'),
        })
        .collect()
}

/// How wide a text is in Helvetica of one point.
fn width(text: &str) -> f32 {
    text.chars()
        .map(|letter| f32::from(advance(letter)) / 1_000.0)
        .sum()
}

/// From Adobe's metrics of Helvetica; an accent does not change the width of a letter.
fn advance(letter: char) -> u16 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '‘' | '’' | '|' => 222,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | 'Í' | '[' | '\\' | ']' | 'f' | 't'
        | 'í' => 278,
        '(' | ')' | '-' | '`' | 'r' | '¡' | '“' | '”' => 333,
        'J' | 'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 500,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | 'Á' | 'É' | '&' => 667,
        'F' | 'T' | 'Z' | '¿' => 611,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' | 'Ñ' | 'Ú' => 722,
        'G' | 'O' | 'Q' | 'Ó' => 778,
        'M' | 'm' => 833,
        'W' => 944,
        '—' | '…' | '@' | '%' => 1_000,
        _ => 584,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(words: usize) -> Document {
        Document {
            language: "es-MX",
            title: "Acuse".to_owned(),
            blocks: vec![
                Block::Heading("Qué es".to_owned()),
                Block::Paragraph("Año ñandú (público) ¿sí?".repeat(words)),
                Block::Code("abc-DEF_123".repeat(20)),
            ],
        }
    }

    #[test]
    fn documents_of_different_lengths_are_files_of_one_length() {
        for words in [1, 5, 20] {
            let file = pdf(&document(words), 16 << 10);
            assert_eq!(file.len(), 16 << 10, "{words}");
            assert!(file.starts_with(b"%PDF-1."));
        }
        assert_eq!(pdf(&document(1), 16 << 10), pdf(&document(1), 16 << 10));
    }

    #[test]
    fn nothing_tells_when_or_with_what_it_was_made() {
        let file = pdf(&document(1), 0);
        for absent in ["Date", "Producer", "Creator", "Author", "/ID"] {
            let absent = absent.as_bytes();
            assert!(!file.windows(absent.len()).any(|part| part == absent));
        }
    }

    #[test]
    fn accents_are_kept_and_what_has_no_place_is_told() {
        assert_eq!(latin("áñ¿–“"), [0xe1, 0xf1, 0xbf, 0x96, 0x93]);
        assert_eq!(latin("€漢\u{85}"), b"???");
    }
}
