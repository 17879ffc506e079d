//! What is found and, as important, what is not.

use proptest::prelude::*;

use super::*;
use crate::complaint::{ComplaintDraft, IdentityDraft, WorkplaceDraft};

fn kinds(text: &str) -> Vec<TraceKind> {
    find(text).into_iter().map(|found| found.kind).collect()
}

fn words(text: &str) -> Vec<&str> {
    find(text)
        .into_iter()
        .map(|found| &text[found.span])
        .collect()
}

#[test]
fn what_tells_one_person_is_found_however_it_is_written() {
    use TraceKind::{Curp, Email, Matricula, Nss, OnlyOne, Phone, Presentation, Rfc, Signature};
    for (text, kind, excerpt) in [
        ("mi curp es GOMC900514MDFLRR09.", Curp, "GOMC900514MDFLRR09"),
        ("curp gomc900514mdflrr09", Curp, "gomc900514mdflrr09"),
        ("RFC GOMC900514AB1", Rfc, "GOMC900514AB1"),
        ("rfc GOMC-900514-AB1,", Rfc, "GOMC-900514-AB1"),
        ("su nss 39877654325 ", Nss, "39877654325"),
        ("nss 39 87 76 5432 5", Nss, "39 87 76 5432 5"),
        (
            "escriban a ana.perez@example.com.mx.",
            Email,
            "ana.perez@example.com.mx",
        ),
        ("ANA_1@EXAMPLE.ORG", Email, "ANA_1@EXAMPLE.ORG"),
        (
            "ana.perez (arroba) example punto com",
            Email,
            "ana.perez (arroba) example punto com",
        ),
        ("llámeme al 5512345678", Phone, "5512345678"),
        ("al 55 1234 5678 por favor", Phone, "55 1234 5678"),
        ("(55) 1234-5678", Phone, "(55) 1234-5678"),
        ("+52 1 55 1234 5678", Phone, "+52 1 55 1234 5678"),
        ("55.12.34.56.78", Phone, "55.12.34.56.78"),
        ("664-123-4567.", Phone, "664-123-4567"),
        ("044 664 123 4567", Phone, "044 664 123 4567"),
        ("mi tel. es el 5726 1700", Phone, "5726 1700"),
        ("Matrícula: 99123456", Matricula, "Matrícula: 99123456"),
        (
            "mi número de empleada es 311234",
            Matricula,
            "número de empleada es 311234",
        ),
        (
            "Hola, me llamo Ana Pérez y",
            Presentation,
            "me llamo Ana Pérez y",
        ),
        ("MI NOMBRE ES ANA", Presentation, "MI NOMBRE ES ANA"),
        ("Yo soy Ana Pérez.", Presentation, "Yo soy Ana Pérez"),
        ("soy la Dra. Pérez", Presentation, "soy la Dra. Pérez"),
        (
            "Soy la jefa de enfermería.",
            Presentation,
            "Soy la jefa de enfermería",
        ),
        ("Soy la única que sabe.", OnlyOne, "Soy la única que sabe"),
        ("sólo yo lo vi", OnlyOne, "sólo yo lo vi"),
        ("Nadie más lo sabía.", OnlyOne, "Nadie más lo sabía"),
        ("Es todo. Atte. Ana Pérez", Signature, "Atte. Ana Pérez"),
        (
            "Es todo.\nATENTAMENTE:\nAna Pérez L.\n",
            Signature,
            "ATENTAMENTE:\nAna Pérez L.",
        ),
        (
            "Me gritó ayer.\nAna de la Cruz",
            Signature,
            "Ana de la Cruz",
        ),
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text} {found:?}");
        assert_eq!(found[0].kind, kind, "{text}");
        assert_eq!(&text[found[0].span.clone()], excerpt);
    }
}

#[test]
fn what_tells_nobody_is_left_alone() {
    for text in [
        "Fue el 14 de marzo de 2025 a las 16:20 horas.",
        "El 2025-03-14 16:20 y el 14-03-2025 a las 10.",
        "Entre 2023-2024 y del 01/02/2024 al 03/04/2024.",
        "Me pidió $1,500.00 y luego $12,000 pesos; en total 13500.",
        "Con el oficio 095217614000/2025 y el folio 2024000123.",
        "Expediente 5512345678, cuenta 0123456789.",
        "La factura A-1234 del pedido 4500123456.",
        "Yo soy casada y no sé cómo decirle a mi esposo.",
        "Soy enfermera y no quiero problemas.",
        "YO SOY CASADA Y NO SE QUE HACER",
        "Es la única vez que pasó. Él es el único que manda.",
        "Nadie más se atreve a denunciar.",
        "Nos firma las guardias el jefe.",
        "Atentamente, una trabajadora preocupada.",
        "Me gritó ayer.\nGracias por su atención",
        "Cama 12, piso 3, consultorio 4, de 8 a 15 hrs.",
        "Faltan 120 cajas, 3 refrigeradores y 45 sillas de las 1,200.",
        "Turnos del 10 al 20, 8 horas diarias, 40 semanales.",
        "quiero que @ alguien lo vea",
        "",
    ] {
        assert_eq!(words(text), [""; 0], "{text}");
    }
}

#[test]
fn of_two_that_overlap_the_more_telling_one_is_told() {
    assert_eq!(kinds("GOMC900514MDFLRR09"), [TraceKind::Curp]);
    assert_eq!(kinds("matrícula 5512345678"), [TraceKind::Matricula]);
}

fn complaint(change: impl FnOnce(&mut ComplaintDraft)) -> Complaint {
    let mut draft = ComplaintDraft {
        narrative: Some("Me llamo Ana y llámenme al 55 1234 5678.".to_owned().into()),
        ..ComplaintDraft::default()
    };
    change(&mut draft);
    Complaint::parse(draft).unwrap()
}

#[test]
fn each_finding_names_its_field_once() {
    let traces = in_complaint(&complaint(|draft| {
        draft.narrative = Some(
            "Su número es 55 1234 5678, sí: 55 1234 5678, y ya."
                .to_owned()
                .into(),
        );
        draft.workplace = Some(WorkplaceDraft {
            place: Some("Velatorio, tel. 55 1234 5678".to_owned().into()),
            ..WorkplaceDraft::default()
        });
    }));
    let told: Vec<_> = traces
        .iter()
        .map(|one| (one.field.as_str(), one.kind))
        .collect();
    assert_eq!(told, [("narrative", TraceKind::Phone)]);
    assert_eq!(traces[0].excerpt.expose(), "55 1234 5678");
}

#[test]
fn whoever_gives_a_name_is_not_warned() {
    let traces = in_complaint(&complaint(|draft| {
        draft.identity = Some(IdentityDraft {
            name: Some("Ana".to_owned().into()),
            ..IdentityDraft::default()
        });
    }));
    assert_eq!(traces, []);
}

#[test]
fn whoever_gives_an_address_alone_is_warned() {
    let traces = in_complaint(&complaint(|draft| {
        draft.narrative = Some(
            "Me llamo Ana y vi cómo cobraban las guardias."
                .to_owned()
                .into(),
        );
        draft.identity = Some(IdentityDraft {
            contact: Some("buzon@example.org".to_owned().into()),
            ..IdentityDraft::default()
        });
    }));
    assert!(traces.iter().any(|one| one.field == "narrative"));
}

#[test]
fn a_small_centre_and_a_telling_combination_are_told() {
    let traces = in_complaint(&complaint(|draft| {
        draft.narrative = Some(
            "Soy enfermera y llevo 12 años en el turno nocturno."
                .to_owned()
                .into(),
        );
        draft.workplace = Some(WorkplaceDraft {
            kind: Some("VELATORIO".to_owned()),
            place: Some("Capillas".to_owned().into()),
            ..WorkplaceDraft::default()
        });
    }));
    let told: Vec<_> = traces
        .iter()
        .map(|one| (one.field.as_str(), one.kind))
        .collect();
    assert_eq!(
        told,
        [
            ("narrative", TraceKind::Combination),
            ("workplace.kind", TraceKind::SmallCentre)
        ]
    );
}

/// Invented complaints, of which most tell nothing about who wrote them.
const COMPLAINTS: &str = include_str!("../../../tests/data/complaints-dev.jsonl");

#[test]
fn few_ordinary_complaints_are_warned_about() {
    let texts = COMPLAINTS.lines().map(|line| {
        let complaint: serde_json::Value = serde_json::from_str(line).unwrap();
        complaint["text"].as_str().unwrap().to_owned()
    });
    let mut flagged = Vec::new();
    for text in texts {
        flagged.extend(words(&text).into_iter().map(ToOwned::to_owned));
    }
    assert!(flagged.len() < 10, "{flagged:#?}");
}

proptest! {
    #[test]
    fn whatever_is_written_every_span_lies_within_the_text(
        parts in proptest::collection::vec(
            prop_oneof![
                ".{0,20}",
                "[0-9 ().+-]{0,30}",
                Just("Atte. Áná Ñuñez".to_owned()),
                Just("soy la única que".to_owned()),
                Just("me llamo İstanbul ﬁn".to_owned()),
                Just("\n".to_owned()),
                Just("tel. ".to_owned()),
            ],
            0..8,
        )
    ) {
        let text = parts.concat();
        let found = find(&text);
        for one in &found {
            prop_assert!(text.get(one.span.clone()).is_some_and(|words| !words.is_empty()));
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
    }

    #[test]
    fn a_telephone_is_found_wherever_it_stands(before in "[a-z ]{0,40}", number in "55[0-9]{8}") {
        let text = format!("{before} . {number} .");
        prop_assert!(kinds(&text).iter().any(|kind| {
            matches!(kind, TraceKind::Phone)
        }), "{}", text);
    }
}

#[test]
fn a_further_message_is_looked_at_with_the_names_of_its_files() {
    let found = |filed: Option<&Complaint>| {
        let traces = in_message(
            filed,
            "Mi correo: ana@nadie.mx",
            ["IMG_20260304_101500.jpg"],
        );
        let told = traces.iter().map(|trace| (trace.field.clone(), trace.kind));
        told.collect::<Vec<_>>()
    };
    let both = [
        (TEXT.to_owned(), TraceKind::Email),
        (EVIDENCE.to_owned(), TraceKind::FileDate),
    ];
    assert_eq!(found(None), both);
    assert_eq!(found(Some(&complaint(|_| {}))), both);
    let known = complaint(|draft| {
        draft.identity = Some(IdentityDraft {
            name: Some("Ana Nadie".to_owned().into()),
            ..IdentityDraft::default()
        });
    });
    assert_eq!(found(Some(&known)), []);
}
