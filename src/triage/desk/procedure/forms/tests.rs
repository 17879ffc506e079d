//! Every field that a form shows is read, and no other; every move can be entered.

use service::language::{Language, Translations};

use super::super::fields::{Codes, Field, Input, fields, papers};
use super::*;

const LINES: usize = 2;

/// Something that fits the field.
fn filled(texts: &service::language::Texts, field: &Field) -> String {
    let day = "2026-03-04";
    match field.input {
        Input::Short | Input::Long | Input::Message => "Algo".to_owned(),
        Input::Day => day.to_owned(),
        Input::Count | Input::Entry(_) | Input::Flag => "1".to_owned(),
        Input::One(codes) | Input::Many(codes) => codes.options(texts)[0].0.to_owned(),
        Input::Members => "0".repeat(32),
        Input::Case => "CE-2026-000001".to_owned(),
        Input::Changes => serde_json::json!({
            "key": "conclusion_total", "about": { "kind": "case" }, "was": day, "becomes": day,
        })
        .to_string(),
    }
}

fn form(texts: &service::language::Texts, fields: &[Field], without: Option<&str>) -> Typed {
    let given = fields
        .iter()
        .filter(|field| Some(field.name.as_str()) != without);
    Typed::new(
        given
            .map(|field| (field.name.clone(), SecretText::from(filled(texts, field))))
            .collect(),
    )
}

fn translations() -> Translations {
    crate::desk::translations().unwrap()
}

#[test]
fn every_move_is_read_from_the_fields_of_its_form_and_from_no_others() {
    let translations = translations();
    let texts = translations.of(Language::EsMx);
    for kind in MoveKind::ALL {
        let all = [fields(*kind, LINES), papers(LINES)].concat();
        let typed = form(texts, &all, None);
        let step = typed.step(*kind, LINES).unwrap();
        assert_eq!(step.act.kind(), *kind);
        assert_eq!(step.papers.len(), LINES);
        let names: BTreeSet<String> = all.iter().map(|field| field.name.clone()).collect();
        assert_eq!(typed.asked(), names, "{kind}");
    }
}

#[test]
fn what_is_needed_and_left_empty_is_named_and_the_rest_may_be_left() {
    let translations = translations();
    let texts = translations.of(Language::EsMx);
    for kind in MoveKind::ALL {
        let all = fields(*kind, LINES);
        for field in &all {
            let typed = form(texts, &all, Some(&field.name));
            let read = typed.step(*kind, LINES);
            // Of a list with nothing in it, and of a row that is begun, the procedure or the row says
            // what is missing.
            let is_list = matches!(
                field.input,
                Input::Many(_) | Input::Members | Input::Changes
            );
            let is_of_group = field.row.is_some() || field.name.starts_with("agreement_");
            if field.needed && !is_list {
                let fault = read.unwrap_err();
                let found = fault.iter().next().unwrap();
                assert_eq!(
                    (found.field.as_str(), found.kind),
                    (field.name.as_str(), FaultKind::Required)
                );
            } else if !is_of_group {
                assert!(read.is_ok(), "{kind} without {}", field.name);
            }
        }
    }
}

#[test]
fn what_is_none_of_a_list_no_day_and_no_number_is_refused() {
    let translations = translations();
    let texts = translations.of(Language::EsMx);
    for kind in MoveKind::ALL {
        let all = fields(*kind, LINES);
        for field in &all {
            if matches!(
                field.input,
                Input::Short | Input::Long | Input::Message | Input::Flag
            ) {
                continue;
            }
            let mut typed = form(texts, &all, Some(&field.name));
            typed
                .fields
                .push((field.name.clone(), SecretText::from("x y".to_owned())));
            let fault = typed.step(*kind, LINES).unwrap_err();
            assert_eq!(fault.iter().next().unwrap().field, field.name, "{kind}");
        }
    }
}

#[test]
fn every_code_that_a_form_offers_is_read() {
    let translations = translations();
    let texts = translations.of(Language::EsMx);
    for kind in MoveKind::ALL {
        let all = [fields(*kind, 1), papers(1)].concat();
        for field in &all {
            let (Input::One(codes) | Input::Many(codes)) = field.input else {
                continue;
            };
            let _: Codes = codes;
            for (code, name) in codes.options(texts) {
                assert!(!name.is_empty());
                let mut typed = form(texts, &all, Some(&field.name));
                typed
                    .fields
                    .push((field.name.clone(), SecretText::from(code.to_owned())));
                assert!(typed.step(*kind, 1).is_ok(), "{kind}: {code}");
            }
        }
    }
}

#[test]
fn every_field_and_every_refusal_has_its_words() {
    use domain::procedure::{Field as Day, Needed};
    let translations = translations();
    let labels = MoveKind::ALL.iter().flat_map(|kind| {
        let all = [fields(*kind, 1), papers(1)].concat();
        all.into_iter().map(|field| field.label)
    });
    let labels = labels.chain(Day::ALL.iter().map(|field| field.code()));
    let labels = labels.map(|label| format!("step-field-{label}"));
    let needed = Needed::ALL.iter();
    let needed = needed.map(|what| format!("refused-missing-{}", what.code()));
    for id in labels.chain(needed) {
        for language in Language::ALL {
            assert!(translations.of(language).has(&id), "{id} in {language:?}");
        }
    }
}
