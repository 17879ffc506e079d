use proptest::prelude::*;

use super::*;

fn masked(text: &str, known: Known<'_>) -> String {
    let Suggested { people, traces } = suggest(text, known);
    people.and(&traces).apply(text).to_string()
}

#[test]
fn witnesses_and_names_are_masked_and_who_is_denounced_is_not() {
    let known = Known {
        kept: &["Doña Casilda Ek, de archivo", "casilda@correo.mx"],
        told: &["Aurelio Pech"],
    };
    let story = "Aurelio Pech me gritó. Lo vio CASILDA, y también Berta Canul. Escriba a casilda@correo.mx.";
    assert_eq!(
        masked(story, known),
        "Aurelio Pech me gritó. Lo vio [TESTADO], y también [TESTADO] [TESTADO]. Escriba a [TESTADO]."
    );
}

#[test]
fn what_tells_who_wrote_is_masked() {
    for (story, words) in [
        ("Mi celular es 55 1234 5678 y ya.", "55 1234 5678"),
        ("CURP GOMC900514MDFLRR09.", "GOMC900514MDFLRR09"),
        ("Me llamo Xóchitl, de farmacia.", "Xóchitl"),
    ] {
        let shown = masked(story, Known::default());
        assert!(!shown.contains(words), "{shown}");
        assert!(shown.contains(MASK));
    }
}

#[test]
fn everyday_words_of_a_description_are_not_masked() {
    let known = Known {
        kept: &["la enfermera de noche"],
        told: &[],
    };
    let story = "De noche cierran. Lo vio la enfermera de noche.";
    assert_eq!(masked(story, known), "De noche cierran. Lo vio [TESTADO].");
}

#[test]
fn phrases_are_found_whatever_their_capitals_and_accents() {
    let text = "Él dijo Farmacia; en la FARMACIA, farmacias.";
    let spans: Vec<(u32, u32)> = occurrences(text, "farmácia")
        .into_iter()
        .map(Into::into)
        .collect();
    assert_eq!(spans, [(8, 16), (24, 32)]);
    assert_eq!(occurrences(text, "farm").len(), 1);
    assert_eq!(occurrences(text, " ; ").len(), 1);
    assert!(occurrences(text, "  ").is_empty());
    assert!(occurrences("", "a").is_empty());
}

#[test]
fn a_mask_is_as_long_for_one_letter_as_for_a_name() {
    let text = "abcdefghij";
    let mask = |start, end| {
        let masks: Masks = [Span::new(start, end).unwrap()].into_iter().collect();
        masks.apply(text).to_string()
    };
    assert_eq!(mask(1, 2), "a[TESTADO]cdefghij");
    assert_eq!(mask(1, 10), "a[TESTADO]");
    assert_eq!(mask(4, 4_000_000_000), "abcd[TESTADO]");
    assert_eq!(mask(10, 12), text);
    assert!(Span::new(3, 3).is_err());
}

#[test]
fn neighbours_are_one_mask_and_lifting_takes_whole_masks_away() {
    let spans = [(4, 6), (0, 2), (2, 4), (8, 9)].map(|(start, end)| Span::new(start, end).unwrap());
    let masks: Masks = spans.into_iter().collect();
    assert_eq!(masks.spans().len(), 2);
    let lifted: Masks = [Span::new(5, 6).unwrap()].into_iter().collect();
    assert_eq!(masks.without(&lifted).spans(), [Span::new(8, 9).unwrap()]);
    assert!(serde_json::from_str::<Masks>("[[3,3]]").is_err());
    let again: Masks = serde_json::from_str(&serde_json::to_string(&masks).unwrap()).unwrap();
    assert_eq!(again, masks);
}

proptest! {
    #[test]
    fn nothing_of_what_is_masked_is_left_and_nothing_else_is_gone(
        text in "\\PC{0,60}",
        spans in prop::collection::vec((0_u32..70, 1_u32..20), 0..6),
    ) {
        let masks: Masks = spans
            .iter()
            .map(|(start, length)| Span::new(*start, start + length).unwrap())
            .collect();
        let covered = |at: u32| spans.iter().any(|(start, length)| (*start..start + length).contains(&at));
        let mut expected = String::new();
        let mut inside = false;
        for (c, at) in text.chars().zip(0..) {
            if covered(at) {
                if !inside {
                    expected.push_str(MASK);
                }
                inside = true;
            } else {
                expected.push(c);
                inside = false;
            }
        }
        prop_assert_eq!(&*masks.apply(&text), &expected);
    }

    #[test]
    fn a_kept_name_is_never_left_in_any_text(before in "[a-zñ ,.]{0,30}", after in "[a-zñ ,.]{0,30}") {
        let known = Known { kept: &["Zenaida Xool"], told: &["Zenaida Pech"] };
        for name in ["Zenaida Xool", "zenaida xool", "ZENAIDA", "Xool"] {
            let text = format!("{before} {name} {after}");
            let shown = masked(&text, known).to_lowercase();
            prop_assert!(!shown.contains("zenaida") && !shown.contains("xool"), "{shown}");
        }
    }

    #[test]
    fn any_text_can_be_looked_at(text in any::<String>(), phrase in any::<String>()) {
        let _ = masked(&text, Known { kept: &[&phrase], told: &[&text] });
        for span in occurrences(&text, &phrase) {
            prop_assert!(span.end() <= length(&text));
        }
    }
}
