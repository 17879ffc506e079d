//! The text of office files: Office Open XML (ECMA-376) and `OpenDocument` (ISO/IEC 26300).
//!
//! Only what a reader of the file would read: paragraphs, cells, slides and their notes. Properties, comments,
//! deleted passages, formulas and programs are not text.

use std::borrow::Cow;
use std::ops::ControlFlow;

use cleaning::NotShown;
use domain::evidence::MediaType;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::Text;
use super::text::Gathered;
use crate::archive::parts;

/// Most bytes of a part that are read.
const PART_BYTES: usize = 64 << 20;
/// Most parts of one kind: sheets or slides.
const PARTS: usize = 500;
/// Most texts that the cells of a workbook share.
const SHARED: usize = 200_000;
/// Most spaces in a row: a number in the file says how many.
const SPACES: usize = 80;

/// Reads a file.
pub(super) fn read(media: MediaType, file: &[u8]) -> Result<Text, NotShown> {
    let mut to = Gathered::default();
    match media {
        MediaType::Docx => {
            let all = named(file, |name| {
                name == "word/document.xml"
                    || name == "word/footnotes.xml"
                    || name == "word/endnotes.xml"
            });
            text_of(Way::Runs, &all, "document.xml", &mut to)?;
        }
        MediaType::Pptx => {
            let slides = |name: &str| {
                number(name, "ppt/slides/slide").is_some()
                    || number(name, "ppt/notesSlides/notesSlide").is_some()
            };
            let mut all = named(file, slides);
            // Each slide, then its notes: both have the number of the slide in most files.
            all.sort_by_key(|(name, _)| {
                let slide = number(name, "ppt/slides/slide");
                let notes = number(name, "ppt/notesSlides/notesSlide");
                (slide.or(notes), slide.is_none())
            });
            text_of(Way::Runs, &all, "slide", &mut to)?;
        }
        MediaType::Xlsx => {
            let shared = shared(file);
            let mut all = named(file, |name| number(name, "xl/worksheets/sheet").is_some());
            all.sort_by_key(|(name, _)| number(name, "xl/worksheets/sheet"));
            for (_, xml) in &all {
                sheet(xml, &shared, &mut to)?;
                to.end_line();
            }
            if all.is_empty() {
                return Err(NotShown::Unreadable);
            }
        }
        MediaType::Odt | MediaType::Ods | MediaType::Odp => {
            let all = named(file, |name| name == "content.xml");
            text_of(Way::Paragraphs, &all, "content.xml", &mut to)?;
        }
        MediaType::Jpeg
        | MediaType::Png
        | MediaType::Webp
        | MediaType::Gif
        | MediaType::Heic
        | MediaType::Avif
        | MediaType::Tiff
        | MediaType::Pdf
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
        | MediaType::Unknown => return Err(NotShown::Unsupported),
    }
    Ok(to.into_text())
}

/// The parts that are wanted, the first of each name, with what is in them.
fn named(file: &[u8], wanted: impl Fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    for part in parts(file) {
        let Ok(name) = std::str::from_utf8(part.name) else {
            continue;
        };
        if found.len() < PARTS && wanted(name) && found.iter().all(|(known, _)| known != name) {
            found.push((name.to_owned(), part.unpacked(PART_BYTES)));
        }
    }
    found
}

/// The number in the name of a part.
fn number(name: &str, before: &str) -> Option<u32> {
    name.strip_prefix(before)?
        .strip_suffix(".xml")?
        .parse()
        .ok()
}

/// The text of parts that are paragraphs; without a part of the name that has to be there it is none.
fn text_of(
    way: Way,
    all: &[(String, Vec<u8>)],
    needed: &str,
    to: &mut Gathered,
) -> Result<(), NotShown> {
    if all.iter().all(|(name, _)| !name.contains(needed)) {
        return Err(NotShown::Unreadable);
    }
    for (_, xml) in all {
        paragraphs(way, xml, to)?;
        to.end_line();
    }
    Ok(())
}

/// Walks through a part: what begins, what ends, and the text between.
fn walk(xml: &[u8], mut each: impl FnMut(Met<'_>) -> ControlFlow<()>) -> Result<(), NotShown> {
    let mut reader = Reader::from_reader(xml);
    // Text that breaks off is told as far as it goes.
    reader.config_mut().check_end_names = false;
    let mut read_something = false;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) if read_something => return Ok(()),
            Err(_) => return Err(NotShown::Unreadable),
        };
        let flow = match event {
            Event::Start(tag) => {
                read_something = true;
                each(Met::Begins(&tag))
            }
            Event::Empty(tag) => {
                read_something = true;
                match each(Met::Begins(&tag)) {
                    ControlFlow::Continue(()) => each(Met::Ends(tag.local_name().as_ref())),
                    stop @ ControlFlow::Break(()) => stop,
                }
            }
            Event::End(tag) => each(Met::Ends(tag.local_name().as_ref())),
            Event::Text(text) => match text.xml10_content() {
                Ok(text) => each(Met::Text(&text)),
                Err(_) => ControlFlow::Continue(()),
            },
            Event::CData(text) => match text.xml10_content() {
                Ok(text) => each(Met::Text(&text)),
                Err(_) => ControlFlow::Continue(()),
            },
            // Only the five names that XML itself has: what a file defines is not followed.
            Event::GeneralRef(reference) => match referred(&reference) {
                Some(c) => each(Met::Text(c.encode_utf8(&mut [0; 4]))),
                None => ControlFlow::Continue(()),
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                ControlFlow::Continue(())
            }
            Event::Eof => return Ok(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

/// What is met on the way through a part.
enum Met<'a> {
    Begins(&'a BytesStart<'a>),
    Ends(&'a [u8]),
    Text(&'a str),
}

fn referred(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match &**reference {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"apos" => Some('\''),
        b"quot" => Some('"'),
        _ => None,
    }
}

/// The value of an attribute, whatever its prefix.
fn attribute(tag: &BytesStart<'_>, wanted: &[u8]) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == wanted)
        .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(Cow::into_owned)
}

/// Where the characters of a text stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In runs, in elements of their own (`w:t`, `a:t`).
    Runs,
    /// Right in the paragraphs and headings, with whatever is inside of them.
    Paragraphs,
}

impl Way {
    fn is_text(self, name: &[u8], inside_of_text: bool) -> bool {
        match self {
            Self::Runs => name == b"t",
            Self::Paragraphs => inside_of_text || name == b"p" || name == b"h",
        }
    }
}

/// Elements whose inside is not read: what was deleted, fields, comments and who made them.
const SKIPPED: [&[u8]; 6] = [
    b"del",
    b"delText",
    b"instrText",
    b"annotation",
    b"tracked-changes",
    b"moveFrom",
];

/// Paragraph by paragraph.
fn paragraphs(way: Way, xml: &[u8], to: &mut Gathered) -> Result<(), NotShown> {
    let mut skipped = 0_u32;
    let mut open: Vec<bool> = Vec::new();
    walk(xml, |met| {
        match met {
            Met::Begins(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                if skipped > 0 || SKIPPED.contains(&name) {
                    skipped += 1;
                    return ControlFlow::Continue(());
                }
                let inside_of_text = open.last().copied().unwrap_or(false);
                open.push(way.is_text(name, inside_of_text));
                match name {
                    b"tab" => to.push('\t'),
                    b"br" | b"cr" | b"line-break" => to.push('\n'),
                    b"s" => {
                        let count = attribute(tag, b"c").and_then(|count| count.parse().ok());
                        to.push_str(&" ".repeat(count.unwrap_or(1).min(SPACES)));
                    }
                    _ => {}
                }
            }
            Met::Ends(name) => {
                if skipped > 0 {
                    skipped -= 1;
                    return ControlFlow::Continue(());
                }
                open.pop();
                match name {
                    b"p" | b"h" | b"tr" | b"table-row" => to.end_line(),
                    b"tc" | b"table-cell" => to.push('\t'),
                    _ => {}
                }
            }
            Met::Text(text) => {
                if skipped == 0 && open.last().copied().unwrap_or(false) {
                    to.push_str(text);
                }
            }
        }
        full(to)
    })
}

fn full(to: &Gathered) -> ControlFlow<()> {
    if to.is_cut() {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// The texts that the cells of a workbook share, by number.
fn shared(file: &[u8]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut inside = false;
    for (_, xml) in named(file, |name| name == "xl/sharedStrings.xml") {
        // One that cannot be read leaves its cells empty.
        let _ = walk(&xml, |met| {
            match met {
                Met::Begins(tag) => match tag.local_name().as_ref() {
                    b"si" => all.push(String::new()),
                    b"t" => inside = true,
                    _ => {}
                },
                Met::Ends(b"t") => inside = false,
                Met::Ends(_) => {}
                Met::Text(text) => {
                    if let Some(last) = all.last_mut().filter(|_| inside) {
                        last.push_str(text);
                    }
                }
            }
            if all.len() > SHARED {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
    }
    all
}

/// A sheet, row by row, with a tab between two cells.
fn sheet(xml: &[u8], shared: &[String], to: &mut Gathered) -> Result<(), NotShown> {
    let mut is_shared = false;
    let mut inside = false;
    let mut value = String::new();
    walk(xml, |met| {
        match met {
            Met::Begins(tag) => match tag.local_name().as_ref() {
                b"c" => {
                    is_shared = attribute(tag, b"t").is_some_and(|kind| kind == "s");
                    value.clear();
                }
                b"v" | b"t" => inside = true,
                _ => {}
            },
            Met::Text(text) => {
                if inside {
                    value.push_str(text);
                }
            }
            Met::Ends(name) => match name {
                b"v" | b"t" => inside = false,
                b"c" => {
                    let known = value.trim().parse().ok().filter(|_| is_shared);
                    let known = known.and_then(|at: usize| shared.get(at));
                    to.push_str(known.unwrap_or(&value));
                    to.push('\t');
                }
                b"row" => to.end_line(),
                _ => {}
            },
        }
        full(to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(way: Way, xml: &str) -> String {
        let mut to = Gathered::default();
        assert!(paragraphs(way, xml.as_bytes(), &mut to).is_ok(), "{xml}");
        to.into_text().text
    }

    #[test]
    fn the_text_of_a_document_is_what_a_reader_would_read() {
        for (xml, text) in [
            (
                "<w:p>\n <w:r><w:t>uno</w:t><w:tab/><w:t>dos</w:t></w:r>\n</w:p><w:p><w:t>tres</w:t></w:p>",
                "uno\tdos\ntres",
            ),
            (
                "<w:p><w:del><w:r><w:delText>fue</w:delText></w:r></w:del><w:t>es</w:t></w:p>",
                "es",
            ),
            (
                "<w:p><w:instrText>INCLUDE x</w:instrText><w:t>a &amp; b &#241;</w:t></w:p>",
                "a & b ñ",
            ),
            (
                "<w:tr><w:tc><w:p><w:t>1</w:t></w:p></w:tc><w:tc><w:p><w:t>2</w:t></w:p></w:tc></w:tr>",
                "1\n\t2",
            ),
            ("<a:p><a:r><a:t>lámina</a:t></a:r></a:p>", "lámina"),
            ("<script>alert(1)</script><w:p><w:t>sin</w:t></w:p>", "sin"),
        ] {
            assert_eq!(told(Way::Runs, xml), text, "{xml}");
        }
        for (xml, text) in [
            (
                "<text:p>uno<text:s text:c=\"3\"/>dos <text:span>tres</text:span><office:annotation>\
                 <dc:creator>Ana</dc:creator><text:p>nota</text:p></office:annotation></text:p>",
                "uno   dos tres",
            ),
            (
                "<text:h>T</text:h><text:p>a<text:line-break/>b <text:a xlink:href=\"http://x\">c</text:a></text:p>",
                "T\na\nb c",
            ),
        ] {
            assert_eq!(told(Way::Paragraphs, xml), text, "{xml}");
        }
    }

    #[test]
    fn what_a_file_defines_itself_is_not_followed() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"jajaja\"><!ENTITY b \"&a;&a;\">]><w:p><w:t>1&b;2</w:t></w:p>";
        assert_eq!(told(Way::Runs, bomb), "12");
        let outside =
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:p><w:t>1&a;2</w:t></w:p>";
        assert_eq!(told(Way::Runs, outside), "12");
    }

    #[test]
    fn cells_stand_in_their_rows() {
        let xml = "<sheetData><row><c t=\"s\"><v>1</v></c><c><v>7.5</v></c></row>\
                   <row><c t=\"inlineStr\"><is><t>fin</t></is></c><c t=\"s\"><v>9</v></c></row></sheetData>";
        let shared = ["cero".to_owned(), "uno".to_owned()];
        let mut to = Gathered::default();
        assert!(sheet(xml.as_bytes(), &shared, &mut to).is_ok());
        assert_eq!(to.into_text().text, "uno\t7.5\t\nfin\t9");
    }
}
