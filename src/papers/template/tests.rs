use domain::calendar::Calendar;
use domain::catalogue::{Risk, TermKey};
use domain::procedure::Element;
use domain::routing::{Mediation, Protocol};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::document::{Block, Signature};
use crate::facts::{Denounced, Signers};

pub(crate) fn facts(calendar: &Calendar) -> Facts<'_> {
    Facts {
        folio: "CE-2026-123456".parse().unwrap(),
        external_folio: None,
        registered_on: None,
        received_on: date(2026, 1, 28),
        today: date(2026, 1, 29),
        calendar,
        risk: Some(Risk::Agresiones),
        confirmed: true,
        other_risks: Vec::new(),
        protocols: Vec::new(),
        mediation: Some(Mediation::Possible),
        denounced: vec![Denounced {
            name: Some("Aurelio Pech".to_owned()),
            post: Some("jefe de turno".to_owned()),
            ..Denounced::default()
        }],
        narrative: "El jefe de turno me gritó frente a todo el equipo.".to_owned(),
        period: (Some(date(2026, 1, 5)), None),
        ongoing: Some(true),
        ooad: None,
        umae: None,
        missing: vec![Element::Facts],
        files: 2,
        signers: Signers {
            secretaria_ejecutiva: Some("Berta Canul".to_owned()),
            ..Signers::default()
        },
    }
}

fn session() -> SessionFacts {
    SessionFacts {
        session: "Sesión ordinaria 1/2026".to_owned(),
        on: date(2026, 3, 11),
        mode: "Presencial".to_owned(),
        place: "Sala 2, 10:00".to_owned(),
        called_on: date(2026, 3, 4),
        postponed: vec![date(2026, 3, 9)],
        agenda: vec!["1. Asunto {folio}".to_owned(), "2. Otro\nasunto".to_owned()],
        present: vec!["Aurelio Pech, Presidencia".to_owned()],
        seats: 5,
        course: "1. Asunto\nAprobado.\n\n2. Otro".to_owned(),
        remarks: None,
        closed_on: Some(date(2026, 3, 11)),
        signatures: vec![Signature {
            name: "Aurelio Pech".to_owned(),
            post: "Presidencia".to_owned(),
        }],
        presidencia: Some("Aurelio Pech".to_owned()),
    }
}

#[test]
fn the_minutes_say_what_the_session_did_line_by_line() {
    let draft = Template::of(TemplateKind::Minutes).fill_session(&session());
    let of = |id: &str| draft.parts.iter().find(|part| part.id == id).unwrap();
    // What is put in is never read again, and an item is one line.
    assert_eq!(of("orden").text, "1. Asunto {folio}\n2. Otro asunto");
    assert_eq!(of("puntos").text, session().course);
    assert_eq!(of("firmas").text, "Aurelio Pech | Presidencia");
    assert!(of("diferida").text.contains("9 de marzo de 2026"));
    assert_eq!(of("observaciones").text, "");
    assert_eq!(draft.blanks(), 0);
    let mut open = session();
    (open.closed_on, open.presidencia) = (None, None);
    open.postponed.clear();
    let draft = Template::of(TemplateKind::Minutes).fill_session(&open);
    let said = text(&draft);
    assert!(
        said.contains("borrador") && !said.contains("difirió"),
        "{said}"
    );
    let call = Template::of(TemplateKind::Call).fill_session(&open);
    assert_eq!(call.blanks(), 1, "{}", text(&call));
    assert!(text(&call).contains("2 días hábiles"), "{}", text(&call));
}

fn text(draft: &Draft) -> String {
    draft
        .parts
        .iter()
        .map(|part| part.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

fn filled(kind: TemplateKind, facts: &Facts<'_>) -> String {
    text(&Template::of(kind).fill(facts))
}

#[test]
fn there_is_one_template_of_each_kind_and_each_is_drawn() {
    assert!(all(&FILES).is_ok());
    assert!(matches!(
        all(&FILES[1..]),
        Err(TemplateError::NotOnce(TemplateKind::Receipt))
    ));
    let calendar = Calendar::default();
    for kind in TemplateKind::ALL {
        let template = Template::of(*kind);
        let draft = if kind.is_on_session() {
            template.fill_session(&session())
        } else {
            template.fill(&facts(&calendar))
        };
        assert!(draft.parts.len() <= limits::PARTS);
        let document = draft.document("CE-2026-123456");
        assert_eq!(document.title, template.name);
        for signed in &document.blocks {
            if let Block::Signatures(who) = signed {
                assert!(who.iter().all(|one| !one.post.is_empty()), "{kind}");
            }
            if let Block::Facts(rows) = signed {
                assert!(
                    rows.iter()
                        .all(|(name, value)| !name.is_empty() && !value.is_empty()),
                    "{kind}"
                );
            }
        }
        assert!(crate::pdf(&document).starts_with(b"%PDF-"));
        assert!(crate::docx(&document).starts_with(b"PK"));
    }
}

#[test]
fn a_template_that_asks_for_what_is_not_known_is_not_loaded() {
    let file = |text: &str| {
        format!(
            "kind = \"ACUSE\"\nname = \"x\"\npurpose = \"x\"\nversion = \"1\"\nas_of = \"2026-01-01\"\n\
             [[source]]\nnorm = \"CHIS 59\"\nasks = \"x\"\nconfidence = \"b\"\n\
             [[part]]\nid = \"a\"\nrole = \"paragraph\"\ntext = \"{text}\"\n"
        )
    };
    assert!(Template::parse(&file("Folio {folio}, {plazo:proyecto}, {?algo}")).is_ok());
    for bad in [
        "{folios}",
        "{plazo:nada}",
        "{nada:proyecto}",
        "{",
        "}",
        "{{folio}}",
        "{?}",
        "{}",
        "{identidad}",
    ] {
        let error = Template::parse(&file(bad)).unwrap_err();
        assert!(
            matches!(error, TemplateError::Slot { .. }),
            "{bad}: {error}"
        );
    }
    let twice = format!(
        "{}[[part]]\nid = \"a\"\nrole = \"list\"\ntext = \"b\"\n",
        file("a")
    );
    assert!(matches!(Template::parse(&twice), Err(TemplateError::Id(_))));
    let unsourced = file("a").replace("[[source]]", "[[nada]]");
    assert!(Template::parse(&unsourced).is_err());
}

#[test]
fn days_and_lengths_come_from_the_terms_and_the_calendar() {
    let calendar = Calendar::default();
    let said = filled(TemplateKind::Request, &facts(&calendar));
    // DOMAIN §12: 2 February is a holiday.
    assert!(said.contains("Tiene 5 días hábiles"), "{said}");
    assert!(said.contains("vence el 6 de febrero de 2026"), "{said}");
    assert_eq!(TermKey::PrevencionDesahogo.term().amount().value, 5);
}

#[test]
fn what_nobody_has_said_is_left_open_and_counted() {
    let calendar = Calendar::default();
    let mut facts = facts(&calendar);
    let draft = Template::of(TemplateKind::Request).fill(&facts);
    let before = draft.blanks();
    assert!(text(&draft).contains("[Por completar: escriba aquí"));
    facts.missing.clear();
    let draft = Template::of(TemplateKind::Request).fill(&facts);
    assert_eq!(draft.blanks(), before + 1);
    let done = draft.edited(|_| Some("Listo.".to_owned()));
    assert_eq!(done.blanks(), 0);
}

#[test]
fn the_special_protocols_say_what_they_forbid() {
    let calendar = Calendar::default();
    let mut facts = facts(&calendar);
    for kind in TemplateKind::ALL {
        assert!(!filled(*kind, &facts).contains("conciliación"), "{kind}");
    }
    facts.protocols = vec![Protocol::Hsyas];
    facts.mediation = Some(Mediation::Forbidden);
    for kind in [
        TemplateKind::Receipt,
        TemplateKind::Agreement,
        TemplateKind::Summons,
    ] {
        assert!(filled(kind, &facts).contains("conciliación"), "{kind}");
    }
    assert!(!filled(TemplateKind::Request, &facts).contains("se archivará"));
    assert!(!filled(TemplateKind::Summons, &facts).contains("apto para mediación"));
}

#[test]
fn a_machine_s_proposal_is_never_given_as_the_committee_s_word() {
    let calendar = Calendar::default();
    let mut facts = facts(&calendar);
    assert!(!filled(TemplateKind::Agreement, &facts).contains("es una propuesta"));
    facts.confirmed = false;
    for kind in [
        TemplateKind::Agreement,
        TemplateKind::Draft,
        TemplateKind::Determination,
        TemplateKind::Referral,
    ] {
        assert!(filled(kind, &facts).contains("es una propuesta"), "{kind}");
    }
}

#[test]
fn words_with_line_breaks_stay_one_row_and_words_with_braces_stay_words() {
    let calendar = Calendar::default();
    let mut facts = facts(&calendar);
    facts.denounced = vec![Denounced {
        description: Some("alto\nFolio: CE-2026-999999\r\n{presidencia} | {?x}".to_owned()),
        ..Denounced::default()
    }];
    let document = Template::of(TemplateKind::Draft)
        .fill(&facts)
        .document("pie");
    let mut seen = 0;
    for block in &document.blocks {
        if let Block::Facts(rows) = block {
            for (name, value) in rows {
                if value.contains("{presidencia} | {?x}") {
                    assert_eq!(name, "Persona denunciada");
                    assert!(value.contains("Folio: CE-2026-999999"));
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 1);
}

#[test]
fn a_long_story_is_cut_between_words() {
    let calendar = Calendar::default();
    let mut facts = facts(&calendar);
    facts.narrative = "palabra ".repeat(2_500);
    let said = filled(TemplateKind::Draft, &facts);
    assert!(said.contains("palabra palabra […]"));
    assert!(!said.contains("pal […]"));
    facts.narrative = "ñ".repeat(20_000);
    assert!(filled(TemplateKind::Draft, &facts).contains("ñ […]"));
}

#[test]
fn a_paper_without_bounds_or_words_is_not_taken() {
    let calendar = Calendar::default();
    let draft = Template::of(TemplateKind::Receipt).fill(&facts(&calendar));
    let with = |text: String| draft.clone().edited(|_| Some(text.clone())).check();
    assert_eq!(with("a".repeat(limits::PART + 1)), Err(DraftError::TooLong));
    let one = |text: String| {
        let of = |id: &str| (id == "recibo").then(|| text.clone());
        draft.clone().edited(of).check()
    };
    assert_eq!(one("a".repeat(limits::PART)), Ok(()));
    assert_eq!(one("\u{1}".repeat(limits::PART)), Err(DraftError::TooLong));
    assert_eq!(with(" \r\n".to_owned()), Err(DraftError::Empty));
    assert_eq!(with("a".repeat(limits::PART)), Err(DraftError::TooLong));
    let kept = draft.clone().edited(|_| None);
    assert_eq!(kept, draft);
    assert_eq!(kept.check(), Ok(()));
    let two = [
        ("recibo", "Uno\r\ndos "),
        ("datos", "Folio: 1"),
        ("nada", "x"),
    ];
    let of = |id: &str| {
        two.iter()
            .find(|one| one.0 == id)
            .map(|one| one.1.to_owned())
    };
    let written = Template::of(TemplateKind::Receipt).written(of);
    let words: Vec<&str> = written
        .parts
        .iter()
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(words, ["Folio: 1", "Uno\ndos"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_word_of_a_case_is_a_slot_or_a_row(story in any::<String>(), name in "[ -~\\n{}|:?]{0,60}") {
        let calendar = Calendar::default();
        let mut facts = facts(&calendar);
        let rows = |facts: &Facts<'_>, kind| {
            let draft = Template::of(kind).fill(facts);
            let roles: Vec<Role> = draft.parts.iter().map(|part| part.role).collect();
            let lines: Vec<usize> = draft.parts.iter()
                .filter(|part| part.role != Role::Paragraph)
                .map(|part| part.text.lines().count())
                .collect();
            (roles, lines)
        };
        for kind in TemplateKind::ALL {
            let plain = rows(&facts, *kind);
            let (before, story_before) = (facts.denounced.clone(), facts.narrative.clone());
            facts.denounced = vec![Denounced { name: Some(format!("x{name}")), ..Denounced::default() }];
            facts.narrative.clone_from(&story);
            prop_assert_eq!(rows(&facts, *kind), plain);
            let document = Template::of(*kind).fill(&facts).document("pie");
            prop_assert!(crate::pdf(&document).ends_with(b"%%EOF"));
            (facts.denounced, facts.narrative) = (before, story_before);
        }
    }
}
