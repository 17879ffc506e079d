use super::*;

const STORY: &str = "El jefe de turno grita e insulta al personal.";

fn parse(json: &serde_json::Value) -> Result<Complaint, FieldFaults> {
    let draft = ComplaintDraft::from_json(json.to_string().as_bytes()).map_err(|e| match e {
        DraftError::Fields(faults) => faults,
        DraftError::NotUtf8 | DraftError::NotJson => panic!("{e}"),
    })?;
    Complaint::parse(draft)
}

fn fault(json: &serde_json::Value) -> (String, FaultKind) {
    let faults = parse(json).expect_err("the complaint is at fault");
    let first = faults.iter().next().expect("faults are never empty");
    (first.field.clone(), first.kind)
}

#[test]
fn a_story_alone_is_a_complaint() {
    let complaint = parse(&serde_json::json!({ "narrative": STORY })).expect("valid");
    assert_eq!(complaint.narrative.expose(), STORY);
    assert!(complaint.is_anonymous());
    assert_eq!(
        serde_json::to_value(&complaint).expect("serialises"),
        serde_json::json!({ "narrative": STORY })
    );
}

#[test]
fn a_full_complaint_reads_back_as_it_was_written() {
    let json = serde_json::json!({
        "narrative": STORY,
        "suspected_risk": "acoso_laboral",
        "workplace": { "ooad": "jalisco", "kind": "HGZ", "place": "Urgencias" },
        "people": [{ "name": "N. N.", "position": "Jefatura de turno", "rank": "SUPERIOR" }],
        "facts": { "from": "2026-01-10", "to": "2026-02-01", "ongoing": true,
                   "frequency": "VARIAS", "place_kind": "INSTALACION" },
        "witnesses": [{ "name": "Una compañera" }],
        "immediate_danger": false,
        "retaliation": true,
        "support_wanted": ["PSICOLOGICO"],
        "protection_wanted": true,
        "keep_from": ["Presidencia"],
        "already_filed_with": ["NO"],
        "referral_consent": "QUIERO_ORIENTACION",
        "reporter": { "role": "TESTIGO", "bond": "HONORARIOS", "sex": "NO_DICE", "age_group": "30-39" },
        "identity": { "name": "A. B.", "contact": "555" }
    });
    let complaint = parse(&json).expect("valid");
    assert_eq!(serde_json::to_value(&complaint).expect("serialises"), json);
}

#[test]
fn every_fault_is_told_at_once() {
    let faults = parse(&serde_json::json!({
        "narrative": "corto",
        "suspected_risk": "envidia",
        "workplace": { "ooad": "narnia" },
        "facts": { "from": "ayer", "to": "2026-01-01T10:00" },
        "people": [{}, { "rank": "REY" }],
    }))
    .expect_err("at fault");
    let told: Vec<_> = faults
        .iter()
        .map(|fault| (fault.field.as_str(), fault.kind))
        .collect();
    assert_eq!(
        told,
        [
            ("narrative", FaultKind::TooShort { min: 20 }),
            ("suspected_risk", FaultKind::UnknownCode),
            ("workplace.ooad", FaultKind::UnknownCode),
            ("people[1].rank", FaultKind::UnknownCode),
            ("facts.from", FaultKind::NotADate),
            ("facts.to", FaultKind::NotADate),
        ]
    );
}

#[test]
fn unknown_fields_and_wrong_types_are_named_wherever_they_are() {
    let story = || serde_json::Value::from(STORY);
    for (json, field, kind) in [
        (
            serde_json::json!({ "narrative": story(), "ip": "x" }),
            "ip",
            FaultKind::UnknownField,
        ),
        (
            serde_json::json!({ "narrative": story(), "workplace": { "room": 4 } }),
            "workplace.room",
            FaultKind::UnknownField,
        ),
        (
            serde_json::json!({ "narrative": story(), "people": [{ "alias": "x" }] }),
            "people[0].alias",
            FaultKind::UnknownField,
        ),
        (
            serde_json::json!({ "workplace": { "workplace": 4 } }),
            "workplace.workplace",
            FaultKind::UnknownField,
        ),
        (
            serde_json::json!({ "witnesses": [{ "alias": "x" }] }),
            "witnesses[0].alias",
            FaultKind::UnknownField,
        ),
        (
            serde_json::json!({ "narrative": 7 }),
            "narrative",
            FaultKind::WrongType,
        ),
        (
            serde_json::json!({ "narrative": story(), "witnesses": [3] }),
            "witnesses[0]",
            FaultKind::WrongType,
        ),
    ] {
        assert_eq!(fault(&json), (field.to_owned(), kind), "{json}");
    }
}

#[test]
fn an_array_is_no_object_wherever_it_stands() {
    let list = serde_json::json!(["aaaaaaaaaaaaaaaaaaaaaaaa"]);
    for root in [
        list.clone(),
        serde_json::json!([]),
        serde_json::json!("x"),
        serde_json::json!(null),
    ] {
        assert_eq!(
            fault(&root),
            (String::new(), FaultKind::NotAnObject),
            "{root}"
        );
    }
    for field in ["workplace", "facts", "reporter", "identity"] {
        let json = serde_json::json!({ "narrative": STORY, field: list });
        assert_eq!(fault(&json), (field.to_owned(), FaultKind::WrongType));
    }
    for field in ["people", "witnesses"] {
        let json = serde_json::json!({ "narrative": STORY, field: [{}, list] });
        assert_eq!(fault(&json), (format!("{field}[1]"), FaultKind::WrongType));
    }
}

#[test]
fn a_field_given_twice_is_named() {
    for (json, field) in [
        (r#"{"narrative":"a","narrative":"b"}"#, "narrative"),
        (r#"{"workplace":{"ooad":"a","ooad":"a"}}"#, "workplace.ooad"),
        (
            r#"{"people":[{},{"name":"a","name":"b"}]}"#,
            "people[1].name",
        ),
        (
            r#"{"witnesses":[{"name":"a","name":"b"}]}"#,
            "witnesses[0].name",
        ),
    ] {
        let Err(DraftError::Fields(faults)) = ComplaintDraft::from_json(json.as_bytes()) else {
            panic!("{json} is read");
        };
        assert_eq!(
            faults,
            FieldFaults::one(field, FaultKind::DuplicateField),
            "{json}"
        );
    }
}

#[test]
fn a_field_that_must_be_there_and_is_not_is_named() {
    #[derive(Debug, Deserialize)]
    struct Pair {
        #[expect(dead_code, reason = "only its absence matters")]
        first: String,
    }
    let Err(DraftError::Fields(faults)) = read_json::<Pair>(b"{}") else {
        panic!("an empty object is read");
    };
    assert_eq!(faults, FieldFaults::one("first", FaultKind::Required));
}

#[test]
fn a_witness_may_be_a_bare_text() {
    let json = serde_json::json!({ "narrative": STORY, "witnesses": ["Una \n compañera"] });
    let complaint = parse(&json).expect("valid");
    let name = complaint.witnesses[0].name.as_ref().map(ShortText::expose);
    assert_eq!(name, Some("Una \n compañera"));
}

#[test]
fn a_day_is_four_two_and_two_digits_of_a_year_that_can_be_meant() {
    let read = |day: &str| {
        parse(&serde_json::json!({ "narrative": STORY, "facts": { "from": day } }))
            .map(|complaint| complaint.facts.from)
    };
    for odd in [
        "-2026-01-01",
        "+2026-01-01",
        "26-01-01",
        "0000-01-01",
        "1899-12-31",
        "2200-01-01",
        "2026-1-1",
        "2026-001-1",
        "2026-01-1 ",
        "2026 -01-1",
        "2026-01-01T00:00",
        "2026-02-30",
        "２026-01-01",
    ] {
        assert_eq!(
            read(odd),
            Err(FieldFaults::one("facts.from", FaultKind::NotADate)),
            "{odd}"
        );
    }
    for good in ["1900-01-01", "2199-12-31", " 2024-02-29 "] {
        assert!(matches!(read(good), Ok(Some(_))), "{good}");
    }
}

#[test]
fn what_is_invisible_counts_as_not_given() {
    let json = serde_json::json!({
        "narrative": STORY, "identity": { "name": "\u{200b}", "contact": " \u{feff} " }
    });
    assert!(parse(&json).expect("valid").is_anonymous());
}

#[test]
fn facts_after_the_day_of_filing_are_refused() {
    let day = "2026-03-04".parse::<Date>().expect("a day");
    let filed = |from: Option<&str>, to: Option<&str>| {
        parse(&serde_json::json!({ "narrative": STORY, "facts": { "from": from, "to": to } }))
            .and_then(|complaint| complaint.filed_on(day))
            .map(|_| ())
    };
    assert_eq!(filed(None, None), Ok(()));
    assert_eq!(filed(Some("2026-03-04"), Some("2026-03-04")), Ok(()));
    for (from, to, at_fault) in [
        (Some("2026-03-05"), None, &["facts.from"][..]),
        (None, Some("2026-03-05"), &["facts.to"]),
        (Some("2026-03-04"), Some("2026-03-05"), &["facts.to"]),
        (
            Some("2026-03-05"),
            Some("2026-03-06"),
            &["facts.from", "facts.to"],
        ),
    ] {
        let faults = filed(from, to).expect_err("in the future");
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, at_fault);
        assert!(
            faults
                .iter()
                .all(|fault| fault.kind == FaultKind::InTheFuture)
        );
    }
}

#[test]
fn a_missing_narrative_is_a_fault_like_any_other() {
    assert_eq!(
        fault(&serde_json::json!({})),
        ("narrative".into(), FaultKind::Required)
    );
    assert_eq!(
        fault(&serde_json::json!({ "narrative": null })),
        ("narrative".into(), FaultKind::Required)
    );
}

#[test]
fn the_last_day_does_not_come_before_the_first() {
    let json = serde_json::json!({
        "narrative": STORY, "facts": { "from": "2026-02-02", "to": "2026-02-01" }
    });
    assert_eq!(
        fault(&json),
        ("facts.to".into(), FaultKind::EndsBeforeItBegins)
    );
}

#[test]
fn what_is_not_json_or_not_utf_8_is_told_apart() {
    let read = ComplaintDraft::from_json;
    assert!(matches!(
        read(b"{\"narrative\":\"\xff\"}"),
        Err(DraftError::NotUtf8)
    ));
    assert!(matches!(read(b"narrative=x"), Err(DraftError::NotJson)));
    assert!(matches!(read(b"{} {}"), Err(DraftError::NotJson)));
    assert!(matches!(read(b""), Err(DraftError::NotJson)));
}
