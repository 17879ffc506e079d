use proptest::prelude::*;

use super::*;
use crate::document::{Block, Signature};

fn document(text: &str) -> Document {
    Document {
        language: "es-MX",
        title: "Prevención".to_owned(),
        blocks: vec![
            Block::Heading("Hechos".to_owned()),
            Block::Paragraph(text.to_owned()),
            Block::List(vec!["primera".to_owned(), text.to_owned()]),
            Block::Facts(vec![
                ("Folio".to_owned(), "CE-2026-000001".to_owned()),
                ("Relato".to_owned(), text.to_owned()),
            ]),
            Block::Signatures(vec![Signature {
                name: "Ana Pérez".to_owned(),
                post: "Secretaría Ejecutiva".to_owned(),
            }]),
        ],
        foot: "CE-2026-000001".to_owned(),
    }
}

fn opened(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).unwrap()
}

/// The words of a file as a reader copies them, without spaces and line breaks.
fn words(bytes: &[u8]) -> String {
    let file = opened(bytes);
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    bare(&file.extract_text(&pages).unwrap())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn it_says_what_the_document_says_in_its_order() {
    let said = words(&pdf(&document(
        "El día 3, la jefa —Sra. Núñez— dijo: «¿y qué?» €5",
    )));
    let mut rest = said.as_str();
    for part in [
        "Prevención",
        "Hechos",
        "Eldía3,lajefa—Sra.Núñez—dijo:«¿yqué?»€5",
        "•primera",
        "Folio",
        "CE-2026-000001",
        "AnaPérez",
        "SecretaríaEjecutiva",
        "CE-2026-000001·Página1de1",
    ] {
        let at = rest.find(part);
        assert!(at.is_some(), "{part} in {said}");
        rest = &rest[at.unwrap() + part.len()..];
    }
}

#[test]
fn a_long_story_takes_many_pages_and_all_of_it_is_there() {
    let numbered: Vec<String> = (0..4_000).map(|n| format!("n{n}")).collect();
    let story = numbered.join(" ");
    let bytes = pdf(&document(&story));
    let pages = opened(&bytes).get_pages().len();
    assert!(pages > 10, "{pages}");
    let said = words(&bytes);
    assert!(said.contains(&format!("Página{pages}de{pages}")));
    for n in [0, 1_999, 3_999] {
        assert!(said.matches(&format!("n{n}")).count() >= 3, "{n}");
    }
}

#[test]
fn what_the_font_has_not_and_what_shows_nothing_is_told_by_number() {
    let said = words(&pdf(&document("a\u{202e}b 😀 漢 e\u{301}")));
    assert!(said.contains("a[U+202E]b[U+1F600][U+6F22]é"), "{said}");
}

#[test]
fn nothing_tells_when_or_with_what_it_was_made() {
    let bytes = pdf(&document("algo"));
    assert_eq!(bytes, pdf(&document("algo")));
    let file = opened(&bytes);
    let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = file.get_dictionary(info).unwrap();
    let keys: Vec<&[u8]> = info.iter().map(|(key, _)| key.as_slice()).collect();
    assert_eq!(keys, [b"Title"]);
    assert!(file.trailer.get(b"ID").is_err());
    assert!(file.catalog().unwrap().get(b"Metadata").is_err());
}

#[test]
fn it_is_tagged_and_says_its_language() {
    let bytes = pdf(&document("algo"));
    let file = opened(&bytes);
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"es-MX");
    let tree = catalog
        .get(b"StructTreeRoot")
        .unwrap()
        .as_reference()
        .unwrap();
    let roles: Vec<String> = (file.objects.values())
        .filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    assert!(
        file.get_dictionary(tree)
            .unwrap()
            .get(b"ParentTree")
            .is_ok()
    );
    for role in [
        "Document", "H1", "H2", "P", "L", "LI", "Table", "TR", "TH", "TD",
    ] {
        assert!(roles.iter().any(|one| one == role), "{role}: {roles:?}");
    }
}

#[test]
fn a_letter_that_is_not_drawn_is_not_in_the_font() {
    let long = pdf(&document(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    ));
    let short = pdf(&document(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ));
    assert!(
        short.len() + 2_000 < long.len(),
        "{} {}",
        short.len(),
        long.len()
    );
}

#[test]
fn twenty_thousand_of_the_widest_and_strangest_letters_are_drawn() {
    for letter in ["W", "😀", "\u{202e}", "\n", "\u{301}"] {
        let bytes = pdf(&document(&letter.repeat(20_000)));
        assert!(!opened(&bytes).get_pages().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_gives_a_file_that_opens(text in any::<String>(), title in any::<String>()) {
        let mut document = document(&text);
        document.title = title;
        let bytes = pdf(&document);
        let file = opened(&bytes);
        prop_assert!(!file.get_pages().is_empty());
        prop_assert!(bytes.ends_with(b"%%EOF"));
    }

    #[test]
    fn spanish_is_copied_as_it_was_written(text in "[a-zA-ZáéíóúüñÁÉÍÓÚÑ0-9 ,.;:¿?¡!()«»“”—–-]{1,400}") {
        let said = words(&pdf(&document(&text)));
        prop_assert!(said.contains(&bare(&text)), "{said} {text}");
    }
}
