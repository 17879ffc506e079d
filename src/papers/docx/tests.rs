use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::*;
use crate::document::{Block, Signature};

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            assert_eq!(entry.last_modified(), Some(DateTime::default()));
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// The words of a part; panics where it is not well-formed, or closes what it did not open.
fn words(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut words = String::new();
    let mut open = 0_i32;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::Empty(tag) if tag.name().as_ref() == b"w:br" => words.push('\n'),
            Event::Empty(tag) if tag.name().as_ref() == b"w:tab" => words.push('\t'),
            Event::Text(text) => words.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) => match name.resolve_char_ref().unwrap() {
                Some(c) => words.push(c),
                None => words.push_str(match &*name.decode().unwrap() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("{other}"),
                }),
            },
            Event::Empty(_) | Event::Decl(_) => {}
            other @ (Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_)) => {
                panic!("{other:?}")
            }
        }
    }
    assert_eq!(open, 0);
    words
}

fn document(text: &str) -> Document {
    Document {
        language: "es-MX",
        title: text.to_owned(),
        blocks: vec![
            Block::Heading(text.to_owned()),
            Block::Paragraph(text.to_owned()),
            Block::List(vec![text.to_owned(), String::new()]),
            Block::Facts(vec![("Folio".to_owned(), text.to_owned())]),
            Block::Signatures(vec![Signature {
                name: text.to_owned(),
                post: "Presidencia".to_owned(),
            }]),
        ],
        foot: "CE-2026-000001".to_owned(),
    }
}

fn written(text: &str, part: &str) -> String {
    let bytes = docx(&document(text));
    let parts = parts(&bytes);
    let (_, xml) = parts.iter().find(|(name, _)| name == part).unwrap();
    words(xml)
}

#[test]
fn every_part_is_well_formed_and_is_named_where_a_reader_looks() {
    let bytes = docx(&document("Año ñandú"));
    let parts = parts(&bytes);
    assert_eq!(parts[0].0, "[Content_Types].xml");
    for (name, xml) in &parts {
        words(xml);
        let listed = parts[0].1.contains(&format!("PartName=\"/{name}\""));
        assert!(
            listed || name.contains("_rels/") || name == "[Content_Types].xml",
            "{name}"
        );
    }
    for target in ["styles.xml", "numbering.xml", "footer1.xml"] {
        assert!(
            parts
                .iter()
                .any(|(name, _)| *name == format!("word/{target}"))
        );
    }
}

#[test]
fn markup_in_a_case_is_text_in_the_paper() {
    let text = "</w:t><w:p> & \"x\" <!-- ]]> {folio}\nsegunda\tcolumna";
    let said = written(text, "word/document.xml");
    // The title and each of five blocks.
    assert_eq!(said.matches(text).count(), 6, "{said}");
}

#[test]
fn nothing_tells_when_by_whom_or_with_what_it_was_made() {
    let bytes = docx(&document("Acuse"));
    assert_eq!(bytes, docx(&document("Acuse")));
    let core = &parts(&bytes)[2].1;
    for absent in [
        "created",
        "modified",
        "creator",
        "lastModifiedBy",
        "Application",
    ] {
        assert!(!core.contains(absent), "{absent}");
    }
    assert!(core.contains("<dc:language>es-MX</dc:language>"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_a_document_that_opens_and_says_it(text in any::<String>()) {
        let said = written(&text, "word/document.xml");
        let shown = crate::letters::visible(&text);
        let shown = shown.replace('\u{fffe}', "[U+FFFE]").replace('\u{ffff}', "[U+FFFF]");
        prop_assert!(said.contains(&shown), "{said:?} {shown:?}");
        written(&text, "docProps/core.xml");
    }
}
