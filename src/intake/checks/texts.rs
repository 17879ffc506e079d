//! The translation files against each other, the code and the templates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::case::Status;
use domain::catalogue::TermKey;
use mailbox::{Author, Notice};
use service::language::Language;

use crate::evidence::EvidenceFault;
use crate::shared::translations;

const SPANISH: [&str; 3] = [
    include_str!("../../../web/locales/es-MX/shared.ftl"),
    include_str!("../../../web/locales/es-MX/intake.ftl"),
    include_str!("../../../web/locales/es-MX/guide.ftl"),
];
const ENGLISH: [&str; 3] = [
    include_str!("../../../web/locales/en/shared.ftl"),
    include_str!("../../../web/locales/en/intake.ftl"),
    include_str!("../../../web/locales/en/guide.ftl"),
];
/// Every file of a kind in a folder of the sources.
fn sources_in(folder: &str, extension: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    let sources: Vec<String> = files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    assert!(!sources.is_empty());
    sources
}

/// Ids with the arguments that each takes.
fn messages(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let texts = lines.filter_map(|line| line.split_once(" = "));
    texts
        .map(|(id, text)| (id.to_owned(), arguments(text)))
        .collect()
}

fn arguments(text: &str) -> BTreeSet<String> {
    let names = text
        .split("{ $")
        .skip(1)
        .filter_map(|rest| rest.split_once(" }"));
    names.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_arguments() {
    for (spanish, english) in SPANISH.into_iter().zip(ENGLISH) {
        assert_eq!(messages(spanish), messages(english));
    }
}

#[test]
fn every_text_that_templates_and_code_name_exists() {
    let known: BTreeSet<String> = SPANISH
        .into_iter()
        .flat_map(|file| messages(file).into_keys())
        .collect();
    let sources = sources_in("../../web/templates/intake", "html")
        .into_iter()
        .chain(sources_in("pages", "rs"));
    for source in sources.chain(sources_in(".", "rs")) {
        for call in ["t.get(\"", "t.fill(\"", "texts.get(\"", "texts.fill(\""] {
            for rest in source.split(call).skip(1) {
                let id = rest.split('"').next().unwrap();
                assert!(known.contains(id), "{id}");
            }
        }
    }
}

#[test]
fn every_status_notice_author_month_and_term_has_its_words() {
    let translations = translations().unwrap();
    let mut ids: Vec<String> = (1..=12).map(|month| format!("month-{month}")).collect();
    for status in Status::ALL {
        ids.push(format!("status-{status}"));
        ids.push(format!("status-{status}-means"));
        ids.push(format!("status-{status}-then"));
    }
    ids.extend(Notice::ALL.iter().map(|notice| format!("notice-{notice}")));
    ids.extend(Author::ALL.iter().map(|author| format!("from-{author}")));
    ids.extend(TermKey::ALL.iter().map(|term| format!("term-{term}")));
    ids.extend(TermKey::ALL.iter().map(|term| format!("due-{term}")));
    for language in Language::ALL {
        for id in &ids {
            assert!(translations.of(language).has(id), "{language:?} {id}");
        }
    }
}

#[test]
fn every_problem_and_fault_has_its_words() {
    let translations = translations().unwrap();
    let problems = [
        "fields",
        "encoding",
        "media-type",
        "not-multipart",
        "too-large",
        "too-slow",
        "busy",
        "broken",
        "not-utf8",
        "not-json",
        "not-form",
        "unavailable",
        "not-found",
        "method",
        "unknown-mailbox",
        "mailbox-full",
        "form-lapsed",
        "form-given-back",
        "review-lapsed",
        "review-given-back",
        "words-lapsed",
    ];
    let faults = [
        "required",
        "too-short",
        "too-long",
        "too-many",
        "control-character",
        "unknown-code",
        "not-a-date",
        "ends-before-it-begins",
        "unknown-field",
        "wrong-type",
        "cut",
    ];
    for language in Language::ALL {
        let texts = translations.of(language);
        for problem in problems {
            assert!(texts.has(&format!("problem-{problem}")), "{problem}");
            assert!(texts.has(&format!("problem-{problem}-next")), "{problem}");
        }
        for fault in EvidenceFault::ALL {
            assert!(texts.has(&format!("problem-{}", fault.code())), "{fault}");
            assert!(
                texts.has(&format!("problem-{}-next", fault.code())),
                "{fault}"
            );
        }
        for fault in faults {
            assert!(texts.has(&format!("fault-{fault}")), "{fault}");
        }
    }
}

#[test]
fn the_form_asks_about_passing_a_case_on_as_the_mailbox_does() {
    let translations = translations().unwrap();
    for language in Language::ALL {
        let t = translations.of(language);
        assert_eq!(
            t.get("field-referral-consent"),
            t.get("mailbox-consent"),
            "{language:?}"
        );
    }
}

#[test]
fn the_spanish_words_of_terms_are_those_of_the_catalogue() {
    let translations = translations().unwrap();
    for key in TermKey::ALL {
        let words = translations.of(Language::EsMx).get(&format!("term-{key}"));
        assert_eq!(words, key.term().meaning);
    }
}
