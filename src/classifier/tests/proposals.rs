//! What holds of every proposal, whatever the text.

use classifier::{Proposal, standard};
use domain::{catalogue::Risk, routing::Urgency};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

fn passage(text: &str, proposal: &Proposal, risk: Risk) -> Option<String> {
    let found = proposal
        .evidence
        .iter()
        .find(|passage| passage.risk == risk)?;
    Some(
        text.chars()
            .skip(found.start)
            .take(found.end - found.start)
            .collect(),
    )
}

/// Any text at all, or words of complaints in any order and dress.
fn texts() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "acoso",
        "sexual",
        "JEFE",
        "mi",
        "me",
        "no",
        "pegó",
        "golpeo\u{301}",
        "cobran",
        "plaza",
        "nunca",
        "resuelve",
        "por",
        "ser",
        "mujer",
        "😡",
        ".",
        ",",
        "\n",
        "n\u{303}",
        "\u{200b}",
        "mano",
        "la",
        "pierna",
        "humilla",
        "diario",
        "paciente",
        "amarrado",
        "navaja",
        "zzz",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(words, 0..60).prop_map(|words| words.join(" ")),
    ]
}

/// Every number of a proposal that is not a place in the text.
fn numbers(proposal: &Proposal) -> Vec<f64> {
    let weights = proposal.evidence.iter().map(|passage| passage.weight);
    proposal
        .probabilities
        .values()
        .copied()
        .chain(weights)
        .collect()
}

/// All the rest of it.
fn without_numbers(mut proposal: Proposal) -> Proposal {
    proposal.probabilities.values_mut().for_each(|p| *p = 0.0);
    for passage in &mut proposal.evidence {
        passage.weight = 0.0;
    }
    proposal
}

proptest! {
    // Each case is read by the whole model several times.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_gets_a_coherent_proposal(text in texts()) {
        let proposal = standard().classify(&text);

        prop_assert_eq!(proposal.probabilities.len(), Risk::ALL.len());
        let sum: f64 = proposal.probabilities.values().sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "sum {}", sum);
        prop_assert!(proposal.probabilities.values().all(|p| p.is_finite() && *p >= 0.0));

        prop_assert_eq!(proposal.labels[0], proposal.main);
        for (at, label) in proposal.labels.iter().enumerate() {
            prop_assert!(!proposal.labels[..at].contains(label), "{} twice", label);
        }
        let length = text.chars().count();
        for passage in proposal.evidence.iter().chain(&proposal.counter_evidence) {
            prop_assert!(passage.start < passage.end && passage.end <= length, "{:?}", passage);
            prop_assert!(passage.weight > 0.0 && passage.weight.is_finite());
        }
        if proposal.evidence.is_empty() || proposal.main == Risk::FueraCompetencia {
            prop_assert!(proposal.review);
        }
        if !proposal.evidence.is_empty() {
            let highest = proposal.probabilities.values().copied().fold(0.0, f64::max);
            prop_assert!(proposal.probabilities[&proposal.main] >= highest);
        }
        prop_assert_eq!(standard().classify(&text), proposal, "another time, another proposal");
    }

    #[test]
    fn a_proposal_survives_being_stored(text in texts()) {
        let proposal = standard().classify(&text);
        let stored = serde_json::to_string(&proposal).unwrap();
        let restored: Proposal = serde_json::from_str(&stored).unwrap();
        // What spoke against the main risk is not stored.
        let expected = Proposal { counter_evidence: Vec::new(), ..proposal };
        prop_assert_eq!(numbers(&restored).len(), numbers(&expected).len());
        for (found, wanted) in numbers(&restored).into_iter().zip(numbers(&expected)) {
            // Decimal digits may cost the last bit.
            prop_assert!((found - wanted).abs() <= 4.0 * f64::EPSILON * wanted.abs(), "{} {}", found, wanted);
        }
        prop_assert_eq!(without_numbers(restored), without_numbers(expected));
    }
}

#[test]
fn evidence_points_at_the_words_as_they_were_written() {
    let written = "🚑 Ñandú: ¡el CAMILLERO me GOLPEÓ 😡 ayer!";
    for text in [
        written.to_owned(),
        written.nfd().collect(),
        written.nfc().collect(),
    ] {
        let proposal = standard().classify(&text);
        let passage = passage(&text, &proposal, Risk::Agresiones).unwrap();
        assert!(
            passage.nfc().collect::<String>().contains("me GOLPEÓ"),
            "{passage}"
        );
    }
}

#[test]
fn case_accents_and_emoji_change_nothing() {
    let text = "La jefa me humilla a diario y nadie hace nada";
    let expected = standard().classify(text);
    for variant in [
        "LA JEFA ME HUMILLA A DIARIO Y NADIE HACE NADA",
        "la jefá me humillá a diario y nadie hace nada",
        "La jefa me humilla a diario 😡😡 y nadie hace nada 🙏",
    ] {
        let found = standard().classify(variant);
        assert_eq!(found.probabilities, expected.probabilities, "{variant}");
    }
}

#[test]
fn who_somebody_is_and_where_hardly_moves_a_probability() {
    let classify = |text: &str| standard().classify(text);
    let expected = classify("La doctora Elena Ruiz me grita en Monterrey enfrente de la enfermera");
    for variant in [
        "El doctor Juan Hernández me grita en Oaxaca enfrente del enfermero",
        "LA DOCTORA PATRICIA GÓMEZ ME GRITA EN TIJUANA ENFRENTE DEL ENFERMERO",
    ] {
        let found = classify(variant);
        assert_eq!(found.main, expected.main, "{variant}");
        for (risk, p) in &expected.probabilities {
            let moved = (p - found.probabilities[risk]).abs();
            // What is left is "del", which is read otherwise than "de la".
            assert!(moved < 0.15, "{variant}, {risk}: {moved}");
        }
    }
}

#[test]
fn the_json_is_that_of_the_contract() {
    let proposal = standard().classify("Mi jefe me manda fotos íntimas y me pide sexo");
    let json = serde_json::to_value(&proposal).unwrap();
    let mut keys: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "evidence",
            "labels",
            "main",
            "probabilities",
            "review",
            "urgency"
        ]
    );
    assert_eq!(json["main"], "acoso_sexual");
    assert_eq!(json["labels"][0], "acoso_sexual");
    assert!(json["probabilities"]["fuera_competencia"].is_f64());
    assert!(json["review"].is_boolean());
    assert_eq!(json["evidence"][0]["risk"], "acoso_sexual");
    assert!(json["evidence"][0]["start"].is_u64() && json["evidence"][0]["end"].is_u64());
    assert!(json["evidence"][0]["weight"].is_f64());
    assert!(["alta", "media", "baja"].contains(&json["urgency"].as_str().unwrap()));
}

#[test]
fn a_text_that_says_nothing_is_left_to_a_person() {
    for text in [
        "",
        "   \n",
        "🙂🙂🙂",
        "zzzz qqqq wwww",
        "\u{301}\u{301}",
        "12345 67890",
    ] {
        let proposal = standard().classify(text);
        assert!(proposal.review, "{text:?}");
    }
}

#[test]
fn danger_is_urgent_whatever_else_is_said() {
    for text in [
        "ya no quiero vivir, mi jefa me humilla diario",
        "el camillero trae una navaja y me amenazó",
        "me encerraron bajo llave cuatro horas",
        "el supervisor me metió la mano debajo de la falda",
        "una becaria de 16 años recibe mensajes del encargado",
    ] {
        assert_eq!(standard().classify(text).urgency, Urgency::Alta, "{text}");
    }
    assert_eq!(
        standard()
            .classify("no contestan el teléfono de archivo")
            .urgency,
        Urgency::Baja
    );
}

#[test]
fn conducts_named_by_the_code_of_conduct_are_recognised() {
    for (text, risk) in [
        (
            "condiciona el ascenso a que tenga relaciones sexuales con él",
            Risk::AcosoSexual,
        ),
        (
            "me excluye de las juntas y me humilla todos los días",
            Risk::AcosoLaboral,
        ),
        (
            "le dieron la plaza a su sobrino sin concurso, puro favoritismo",
            Risk::FaltaImparcialidad,
        ),
        (
            "me insultó y me aventó los papeles en la cara",
            Risk::Agresiones,
        ),
        (
            "no me dejan ascender por ser indígena y por mi discapacidad",
            Risk::Discriminacion,
        ),
        (
            "amarraron a un paciente a la cama sin su consentimiento",
            Risk::DerechosHumanos,
        ),
        (
            "la jefa no supervisa, no decide y no pone orden",
            Risk::FaltaLiderazgo,
        ),
        (
            "falsifica facturas y recibe moches del proveedor",
            Risk::Corrupcion,
        ),
        (
            "los trámites llevan meses de retraso y extravían los expedientes",
            Risk::FaltaEficacia,
        ),
        (
            "no comparten información ni ayudan, obstaculizan el trabajo en equipo",
            Risk::FaltaCooperacion,
        ),
        (
            "quiero saber cuándo depositan mi pensión",
            Risk::FueraCompetencia,
        ),
    ] {
        assert_eq!(standard().classify(text).main, risk, "{text}");
    }
}

#[test]
fn sexual_harassment_called_by_its_name_is_always_proposed() {
    for text in [
        "Mi jefe me acosa sexualmente y me amenaza con despedirme si digo algo.",
        "La subdirectora hostiga sexualmente a los residentes y les grita enfrente de todos.",
        "Me violó el jefe de turno en el almacén.",
        "Me condiciona el cambio de turno a que salga con él.",
    ] {
        let proposal = standard().classify(text);
        assert!(proposal.labels.contains(&Risk::AcosoSexual), "{text}");
        assert!(
            proposal.main == Risk::AcosoSexual || proposal.review,
            "{text}"
        );
    }
}
