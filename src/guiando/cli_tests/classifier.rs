//! The classifier's figures.

use quick_xml::events::Event;

use super::*;

/// Three texts that any version should get right, one that is labelled wrongly on purpose.
const LABELLED: &str = r#"{"id":"1","text":"Mi jefe me manda fotos íntimas y me pide sexo a cambio de renovarme","main":"acoso_sexual","labels":["acoso_sexual"],"urgency":"alta"}
{"id":"2","text":"Falsifica facturas y recibe moches del proveedor de medicamentos","main":"corrupcion","labels":["corrupcion"],"urgency":"media","style":"formal"}

{"id":"3","text":"Sacó una navaja, me golpeó en la cara y me tiró al piso delante de todos","main":"agresiones","labels":["agresiones"],"urgency":"alta"}
{"id":"4","text":"El proveedor le paga moches al director por cada factura falsa","main":"discriminacion","labels":["discriminacion"],"urgency":"media"}
"#;

fn evaluated(arguments: &[&str]) -> Output {
    let all: Vec<&str> = ["classifier", "evaluate"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    fed(&all, LABELLED.as_bytes())
}

#[test]
fn the_figures_of_four_texts_are_those_done_by_hand() {
    let output = evaluated(&["--json", "-"]);
    let figures: Value = serde_json::from_str(done(&output)).unwrap();
    assert_eq!(figures["texts"], 4);
    let value = |measure: &str| figures["measures"][measure]["value"].as_f64().unwrap();
    let near = |measure: &str, expected: f64| {
        assert!(
            (value(measure) - expected).abs() < 1e-9,
            "{measure}: {}",
            value(measure)
        );
    };
    near("accuracy", 0.75);
    // Acoso sexual and agresiones 1, corrupcion ⅔ (one of two proposals is right), discriminacion 0.
    near("macro_f1", (1.0 + 1.0 + 2.0 / 3.0) / 4.0);
    near("alta_recall", 1.0);
    near("explained", 1.0);
    near("turned_away", 0.0);
    let accuracy = &figures["measures"]["accuracy"];
    assert!(accuracy["low"].as_f64().unwrap() < 0.75 && accuracy["high"].as_f64().unwrap() > 0.75);
    let class = |code: &str| {
        let classes = figures["classes"].as_array().unwrap();
        classes.iter().find(|class| class["risk"] == code).unwrap()
    };
    assert_eq!(class("corrupcion")["precision"], 0.5);
    assert_eq!(class("corrupcion")["recall"], 1.0);
    assert_eq!(class("discriminacion")["texts"], 1);
    let at = |risk: Risk| Risk::ALL.iter().position(|one| *one == risk).unwrap();
    let confusion = &figures["confusion"][at(Risk::Discriminacion)];
    assert_eq!(confusion[at(Risk::Corrupcion)], 1);
    let speed = &figures["speed"];
    assert!(speed["texts_per_second"].as_f64().unwrap() > 0.0);
    assert_eq!(speed["lengths"][0]["texts"], 4);
}

#[test]
fn a_person_gets_a_table_and_a_picture() {
    let folder = tempdir().unwrap();
    let (file, plot) = (
        folder.path().join("texts.jsonl"),
        folder.path().join("x.svg"),
    );
    fs::write(&file, LABELLED).unwrap();
    // The same file twice: eight texts.
    let output = evaluated(&["--reliability", path(&plot), path(&file), path(&file)]);
    let told = done(&output);
    assert!(told.contains("on 8 texts"), "{told}");
    assert!(told.contains("main risk right          0.750"), "{told}");
    for risk in Risk::ALL {
        assert!(told.contains(risk.code()), "{risk}");
    }
    assert!(!told.contains("moches"));
    let svg = fs::read_to_string(&plot).unwrap();
    let mut reader = quick_xml::Reader::from_str(&svg);
    let (mut depth, mut dots) = (0, 0);
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(tag) = &event {
            depth += 1;
            dots += usize::from(tag.name().as_ref() == b"circle");
        } else if let Event::End(_) = event {
            depth -= 1;
        } else if let Event::Eof = event {
            break;
        }
    }
    assert_eq!(depth, 0);
    assert!(dots > 0);
}

#[test]
fn what_cannot_be_evaluated_is_named_and_no_text_is_repeated() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("texts.jsonl");
    let good = LABELLED.lines().next().unwrap();
    for bad in [
        "secreto",
        r#"{"text":"secreto"}"#,
        r#"{"text":"secreto","main":"chisme","labels":[],"urgency":"alta"}"#,
        r#"{"text":"secreto","main":"agresiones","labels":["secreto"],"urgency":"alta"}"#,
        r#"{"text":"secreto","main":"agresiones","labels":[],"urgency":"ayer"}"#,
        r#"{"text":"secreto","main":"agresiones","labels":[],"urgency":"alta"}"#,
        r#"{"text":"secreto","main":"agresiones","labels":["corrupcion","agresiones"],"urgency":"alta"}"#,
    ] {
        fs::write(&file, format!("{good}\n\n{bad}\n")).unwrap();
        let output = run(&["classifier", "evaluate", path(&file)]);
        let message = failed(&output);
        assert!(
            message.contains("texts.jsonl, line 3") && !message.contains("secreto"),
            "{message}"
        );
    }
    fs::write(&file, "\n\n").unwrap();
    let output = run(&["classifier", "evaluate", path(&file)]);
    assert!(failed(&output).contains("no labelled complaint"));
    let output = run(&["classifier", "evaluate", "/nowhere.jsonl"]);
    assert!(failed(&output).contains("/nowhere.jsonl cannot be read"));
    assert_eq!(run(&["classifier", "evaluate"]).status.code(), Some(2));
}
