use proptest::prelude::*;

use super::*;

#[test]
fn what_sounds_alike_is_written_alike() {
    for (one, other) in [
        ("gonzalez", "gonsales"),
        ("vazquez", "basques"),
        ("elena", "helena"),
        ("jimenez", "ximenes"),
        ("marta", "martha"),
        ("yolanda", "llolanda"),
        ("ibarra", "ybarra"),
        ("cesar", "sesar"),
        ("erica", "ericka"),
        ("sofia", "sophia"),
        ("jessica", "jesica"),
    ] {
        assert_eq!(sound(one), sound(other), "{one} {other}");
    }
    for (one, other) in [
        ("perez", "lopez"),
        ("chavez", "cavez"),
        ("marin", "martin"),
        ("juana", "juan"),
        ("guerrero", "gerrero"),
    ] {
        assert_ne!(sound(one), sound(other), "{one} {other}");
    }
}

#[test]
fn one_wrong_letter_is_forgiven_in_long_words_and_not_where_it_makes_another_name() {
    let near = |one, other| near((one, &sound(one)), (other, &sound(other)));
    assert_eq!(near("hernandez", "hernadez"), Some(Near::Misspelt));
    assert_eq!(near("hernandez", "hernndez"), Some(Near::Misspelt));
    assert_eq!(near("guillermo", "guilermo"), Some(Near::Misspelt));
    assert_eq!(near("dominguez", "domingues"), Some(Near::Same));
    assert_eq!(near("rodriguez", "rodirguez"), Some(Near::Misspelt));
    for (one, other) in [
        ("fernando", "fernanda"),
        ("daniela", "daniel"),
        ("rivera", "rivero"),
        ("juarez", "suarez"),
        ("marin", "martin"),
        ("hernandez", "fernandez"),
    ] {
        assert_eq!(near(one, other), None, "{one} {other}");
    }
}

#[test]
fn words_know_what_stands_before_them() {
    let folded = Folded::new("La Dra. M. Pérez, de Personal. GÓMEZ del área");
    let found: Vec<_> = words(&folded)
        .iter()
        .map(|word| (word.plain.to_owned(), word.capital, word.gap))
        .collect();
    assert_eq!(
        found,
        [
            ("m".to_owned(), true, Gap::None),
            ("perez".to_owned(), true, Gap::None),
            ("personal".to_owned(), true, Gap::Comma),
            ("gomez".to_owned(), false, Gap::Sentence),
            ("area".to_owned(), false, Gap::None),
        ]
    );
}

proptest! {
    #[test]
    fn whatever_is_written_every_word_lies_within_the_text(text in "\\PC{0,80}") {
        let folded = Folded::new(&text);
        for word in words(&folded) {
            prop_assert!(text.get(word.span.clone()).is_some_and(|word| !word.is_empty()));
        }
    }
}
