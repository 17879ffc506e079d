//! Every text is there, in every language.

use std::collections::BTreeSet;
use std::path::Path;

use domain::catalogue::{self, InstanceCode, Risk, TermKey};
use service::language::Language;

use super::super::acts::view::SHOWN;
use super::super::{OWN, labels, translations};

fn ids(file: &str) -> BTreeSet<&str> {
    file.lines()
        .filter(|line| !line.starts_with(['#', ' ', '}']))
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
        .collect()
}

/// Every `"desk-…"` and `"problem-…"` of a template or a source file.
fn asked_for(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').filter(|text| {
        text.starts_with("desk-") && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

/// The sources of this service without its tests, and its templates.
fn sources() -> Vec<String> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![
        crate_folder.to_owned(),
        crate_folder.join("../../web/templates/triage"),
    ];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if path.is_file() && name != "tests.rs" {
                sources.extend(std::fs::read_to_string(&path));
            }
        }
    }
    sources
}

#[test]
fn all_languages_have_the_same_texts() {
    let [(_, spanish), (_, english)] = OWN;
    assert_eq!(ids(spanish), ids(english));
    assert!(ids(spanish).len() > 150);
}

#[test]
fn every_code_that_is_shown_has_a_label() {
    let translations = translations().unwrap();
    let codes = labels::ids();
    let terms = TermKey::ALL
        .iter()
        .map(|term| format!("term-{}", term.code()));
    let instances = InstanceCode::all().flat_map(|code| {
        let when = format!("instance-{}-when", code.code());
        let limit = format!("instance-{}-limit", code.code());
        std::iter::once(when).chain(code.entry().limit.is_some().then_some(limit))
    });
    let two = SHOWN.iter().flat_map(|act| {
        let id = format!("two-{act}");
        [format!("{id}-follows"), id]
    });
    for id in codes.into_iter().chain(terms).chain(instances).chain(two) {
        for language in Language::ALL {
            assert!(translations.of(language).has(&id), "{id} in {language:?}");
        }
    }
}

#[test]
fn every_rule_is_shown_as_a_sentence_in_every_language() {
    let catalogue = catalogue::current();
    let involved = catalogue.involved();
    let tell = involved.tell.iter().map(|tell| tell.rule.as_str());
    let rules = catalogue
        .escalations()
        .iter()
        .map(|one| one.rule.as_str())
        .chain(Risk::ALL.iter().map(|risk| risk.entry().id.as_str()))
        .chain(tell)
        .chain([
            involved.commission.rule.as_str(),
            involved.turn.rule.as_str(),
        ]);
    let translations = translations().unwrap();
    for id in rules {
        let in_words = Language::ALL.map(|one| labels::rule(translations.of(one), id));
        for sentence in &in_words {
            assert!(
                sentence.ends_with('.') && !sentence.contains(id),
                "{id}: {sentence}"
            );
        }
        assert_ne!(in_words[0], in_words[1], "{id}");
    }
}

#[test]
fn every_text_that_is_asked_for_exists_and_every_text_is_asked_for() {
    let sources = sources();
    assert!(sources.len() > 100);
    let asked: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| asked_for(source))
        .collect();
    let [(_, spanish), _] = OWN;
    let there = ids(spanish);
    // Facts are asked for by the second half of their name, codes by their prefix.
    let whole = |id: &&str| {
        let labelled = labels::ids().iter().any(|label| label == id);
        id.starts_with("desk-") && !id.starts_with("desk-fact-") && !labelled
    };
    let unused: Vec<&&str> = there
        .iter()
        .filter(|id| whole(id) && !asked.contains(*id))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
    let facts = include_str!("../case/page.rs")
        .split("told.add(")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1))
        .map(|name| format!("desk-fact-{name}"));
    for id in facts {
        assert!(there.contains(id.as_str()), "{id}");
    }
    let prefixes = [
        "desk-age-group",
        "desk-bond",
        "desk-detail",
        "desk-fact-",
        "desk-from",
        "desk-how",
        "desk-rank",
        "desk-seat",
        "desk-referral-consent",
        "desk-reporter-role",
        "desk-sex",
        "desk-version",
        "desk-wholeness",
    ];
    let missing: Vec<&&str> = asked
        .iter()
        .filter(|id| !there.contains(*id) && !prefixes.contains(*id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
