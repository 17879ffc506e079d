use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::code::fold;
use crate::complaint::{NamePart, SecretText};

/// Invented names, their parts drawn by how frequent they are in Mexico.
const SAMPLE: &str = include_str!("sample.txt");

fn part(text: &str) -> NamePart {
    NamePart::parse(SecretText::from(text.to_owned())).unwrap()
}

fn name(text: &str) -> PersonName {
    let mut parts = text.split('|');
    let mut next = || parts.next().map(part);
    let (given, first, second) = (next(), next(), next());
    PersonName::new(given.unwrap(), first.unwrap(), second).unwrap()
}

fn seek(member: &str, text: &str, kind: Kind) -> Option<(Sure, How, String)> {
    let folded = Folded::new(text);
    find(&Sought::new(&name(member)), &Text::new(&folded, kind))
        .map(|hit| (hit.sure, hit.how, text[hit.span].to_owned()))
}

fn sure(member: &str, text: &str, kind: Kind) -> Option<Sure> {
    seek(member, text, kind).map(|(sure, ..)| sure)
}

const JUAN: &str = "Juan Carlos|Pérez|López";
const LUZ: &str = "María de la Luz|Ponce de León|Ortega y Gasset";

#[test]
fn a_member_is_found_in_a_field_however_the_name_is_written() {
    for text in [
        "Juan Pérez",
        "juan perez",
        "JUAN CARLOS PÉREZ LÓPEZ",
        "Pérez López Juan Carlos",
        "Pérez López, Juan",
        "Dr. Juan Pérez",
        "dr juan peres lopes",
        "C. Juan C. Pérez L.",
        "J. C. Pérez López",
        "el doctor Pérez López",
        "Juan López",
        "Carlos Pérez",
        "Ing. Juan Carlos Pérez López, jefe de turno",
        "Juan Carlos Prz",
        "lic. carlos perez lopez de contabilidad",
        "Juan Antonio Pérez López",
    ] {
        assert_eq!(sure(JUAN, text, Kind::Name), Some(Sure::Certain), "{text}");
    }
    for text in [
        "María Ponce de León",
        "Luz Ponce León",
        "Ma. de la Luz Ponce de Leon Ortega Gasset",
        "ortega y gasset luz",
        "Mtra. Ponce de León Ortega y Gasset",
        "Maria de la lus ponze de leon",
    ] {
        let found = sure(LUZ, text, Kind::Name);
        // One of the two words of a compound surname is no surname.
        assert_eq!(found, Some(Sure::Certain), "{text}");
    }
    let found = sure(
        "Guillermo|Hernández|Domínguez",
        "Guilermo Hernadez",
        Kind::Name,
    );
    assert_eq!(found, Some(Sure::Certain));
    let found = sure("Francisco|Hernández|Ruiz", "Paco Hdez.", Kind::Name);
    assert_eq!(found, Some(Sure::Certain));
}

#[test]
fn a_possible_namesake_is_told_apart() {
    for text in [
        "J. Pérez",
        "Juan Pérez García",
        "Pedro Pérez López",
        "Juan Antonio Pérez",
        "Juan Gómez y María Pérez",
    ] {
        assert_eq!(sure(JUAN, text, Kind::Name), Some(Sure::Possible), "{text}");
    }
    for text in ["Pérez", "Dr. Pérez", "la Dra. Perez de urgencias", "López"] {
        assert_eq!(sure(JUAN, text, Kind::Name), Some(Sure::Slight), "{text}");
    }
}

#[test]
fn another_person_is_not_found_in_a_field() {
    for text in [
        "Juan",
        "Juan Carlos",
        "Juan García",
        "Juan García López",
        "Juan López Hernández",
        "Pedro Pérez",
        "Pedro Pérez García",
        "Ana López",
        "Juana Peralta",
        "Pérez Gómez Ana",
        "",
        "no sé",
        "del turno de la noche",
    ] {
        let found = seek(JUAN, text, Kind::Name);
        let given_alone = matches!(found, Some((Sure::Slight, How::Given, _)));
        assert!(found.is_none() || given_alone, "{text} {found:?}");
    }
}

#[test]
fn a_story_names_a_member_by_given_name_and_surname() {
    for (text, words) in [
        ("Ayer Juan Pérez me gritó.", "Juan Pérez"),
        ("el dr. juan carlos perez me grito", "juan carlos perez"),
        (
            "Se lo dije al Lic. Pérez López y no hizo nada",
            "Pérez López",
        ),
        (
            "firmó PÉREZ LÓPEZ, JUAN CARLOS el acta",
            "PÉREZ LÓPEZ, JUAN CARLOS",
        ),
        ("fue J. C. Pérez López quien", "J. C. Pérez López"),
        ("Juan\u{a0}Pérez", "Juan\u{a0}Pérez"),
    ] {
        let found = seek(JUAN, text, Kind::Prose);
        let (sure, _, found) = found.unwrap_or_else(|| panic!("{text}"));
        assert_eq!((sure, found.as_str()), (Sure::Certain, words), "{text}");
    }
}

#[test]
fn a_lone_surname_in_a_story_is_slight_and_an_everyday_word_is_nothing() {
    assert_eq!(
        sure(JUAN, "Me gritó el doctor Pérez ayer", Kind::Prose),
        Some(Sure::Slight)
    );
    for text in [
        "Me gritó Juan. Pérez no estaba.",
        "Estaban Ana, Juan, Pérez y otros que no conozco, todos de pie",
        "Le dije a Juan que Pérez venía",
        "Pedro Pérez me gritó",
    ] {
        assert_ne!(sure(JUAN, text, Kind::Prose), Some(Sure::Certain), "{text}");
    }
    for text in [
        "Compró flores para la cruz de mayo",
        "Cruz roja y flores",
        "LAS FLORES DE LA OFICINA",
        "rosa es el color de las flores",
    ] {
        assert_eq!(sure("Luz|Flores|Cruz", text, Kind::Prose), None, "{text}");
    }
}

fn sample() -> impl Strategy<Value = &'static str> {
    select(SAMPLE.lines().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn neither_order_nor_accents_nor_titles_lose_a_member(
        member in sample(),
        title in select(vec!["", "Dr. ", "dra ", "LIC. ", "C. ", "Ing. ", "la enf. "]),
        accents in any::<bool>(),
        capitals in any::<bool>(),
        surnames_first in any::<bool>(),
        both in any::<bool>(),
    ) {
        let parts: Vec<_> = member.split('|').collect();
        let surnames = if both { format!("{} {}", parts[1], parts[2]) } else { parts[1].to_owned() };
        let text = if surnames_first {
            format!("{surnames} {}", parts[0])
        } else {
            format!("{} {surnames}", parts[0])
        };
        let text = if accents { text } else { fold(&text).replace('_', " ") };
        let text = if capitals { text.to_uppercase() } else { text };
        let text = format!("{title}{text}");
        prop_assert_eq!(sure(member, &text, Kind::Name), Some(Sure::Certain), "{}", text);
        let story = format!("Ayer en la oficina {text} me gritó.");
        if !capitals {
            prop_assert_eq!(sure(member, &story, Kind::Prose), Some(Sure::Certain), "{}", story);
        }
    }

    #[test]
    fn no_order_of_the_words_loses_a_member(
        (member, words) in sample().prop_flat_map(|member| {
            // A surname of several words stays together.
            let words: Vec<String> = member
                .split('|')
                .enumerate()
                .flat_map(|(at, part)| match at {
                    0 => part.split(' ').map(ToOwned::to_owned).collect(),
                    _ => vec![part.to_owned()],
                })
                .collect();
            (Just(member), Just(words).prop_shuffle())
        })
    ) {
        prop_assert_eq!(sure(member, &words.join(" "), Kind::Name), Some(Sure::Certain));
    }

    #[test]
    fn a_wrong_letter_in_a_long_surname_loses_nobody(member in sample(), at in 1_usize..6) {
        let parts: Vec<_> = member.split('|').collect();
        if sound(&fold(parts[1])).len() >= 8 && !parts[1].contains(' ') {
            let mut letters: Vec<char> = fold(parts[1]).chars().collect();
            letters.remove(at);
            let wrong: String = letters.into_iter().collect();
            let text = format!("{} {wrong}", parts[0]);
            prop_assert_eq!(sure(member, &text, Kind::Name), Some(Sure::Certain), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read(member in sample(), text in "\\PC{0,120}") {
        seek(member, &text, Kind::Name);
        seek(member, &text, Kind::Prose);
    }
}

/// All pairs of 300 invented names: how often one person is taken for another.
#[test]
fn few_people_are_taken_for_another() {
    let folded: Vec<(String, Sought)> = SAMPLE
        .lines()
        .map(|line| (line.replace('|', " "), Sought::new(&name(line))))
        .collect();
    let folded: Vec<_> = folded
        .iter()
        .map(|(text, name)| (Folded::new(text), name))
        .collect();
    let mut sure = Vec::new();
    for (at, (other, _)) in folded.iter().enumerate() {
        let text = Text::new(other, Kind::Name);
        let members = folded
            .iter()
            .enumerate()
            .filter(|(member, _)| *member != at);
        sure.extend(members.map(|(_, (_, name))| find(name, &text).map(|hit| hit.sure)));
    }
    let count = |kind| sure.iter().filter(|sure| **sure == Some(kind)).count();
    assert_eq!(sure.len(), 89_700);
    assert_eq!(count(Sure::Certain), 0);
    let held_back = count(Sure::Possible) + count(Sure::Slight);
    assert!(held_back <= 180, "{held_back}");
}
