use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::*;
use crate::complaint::ComplaintDraft;

fn mark(text: &str) -> Mark {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn traits(people: &Value, workplace: &Value) -> Traits {
    let draft: ComplaintDraft = serde_json::from_value(json!({
        "narrative": "Cobra por cada guardia y por cada permiso.",
        "people": people,
        "workplace": workplace,
    }))
    .unwrap();
    read(&Complaint::parse(draft).unwrap(), mark)
}

fn named(name: &str, place: &str) -> Traits {
    let people = json!([{ "name": name }]);
    traits(&people, &json!({ "ooad": "jalisco", "place": place }))
}

fn alike(one: &Traits, other: &Traits) -> Option<Alike> {
    let found = one.compare(other);
    assert_eq!(found, other.compare(one), "as seen from both");
    found
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let whole = named("Juan Carlos Pérez López", "HGZ 45");
    for written in [
        "Dr. Juan Carlos Perez Lopes",
        "PÉREZ LÓPEZ, JUAN",
        "El doctor Juan Pérez López, jefe de enfermería",
        "juan carlos de la perez",
    ] {
        assert_eq!(
            alike(&whole, &named(written, "UMF 3")),
            Some(Alike::Person),
            "{written}"
        );
    }
    // With one surname: surely only where the place is the same.
    let short = "Juan Pérez";
    assert_eq!(
        alike(&whole, &named(short, "Hospital General de Zona No. 45")),
        Some(Alike::Person)
    );
    assert_eq!(alike(&whole, &named(short, "UMF 3")), Some(Alike::Perhaps));
    // A sister, or somebody with the same given names, somewhere else.
    for other in ["Ana María Pérez López", "Juan Carlos Gómez Ruiz"] {
        assert_eq!(alike(&whole, &named(other, "UMF 3")), None, "{other}");
        assert_eq!(
            alike(&whole, &named(other, "HGZ 45")),
            Some(Alike::Perhaps),
            "{other}"
        );
    }
    assert_eq!(alike(&whole, &named("Rosa Díaz Mora", "UMF 3")), None);
}

#[test]
fn what_is_no_name_makes_nobody_the_same() {
    for no_name in [
        "No sé",
        "El director del hospital",
        "Jefa de enfermería",
        "Lupita",
        "X. Y.",
    ] {
        let (one, other) = (named(no_name, "HGZ 45"), named(no_name, "UMF 3"));
        assert_eq!(alike(&one, &other), None, "{no_name}");
    }
}

#[test]
fn a_post_counts_within_its_unit_and_where_a_name_is_missing() {
    let post = |name: Option<&str>, position: &str, place: &str| {
        let mut person = json!({ "position": position });
        if let Some(name) = name {
            person["name"] = json!(name);
        }
        traits(
            &json!([person]),
            &json!({ "ooad": "jalisco", "place": place }),
        )
    };
    let one = post(None, "Jefa de quirófano", "HGZ 45");
    assert_eq!(
        alike(&one, &post(None, "jefa del quirofano", "HGZ No. 45")),
        Some(Alike::Post)
    );
    assert_eq!(
        alike(&one, &post(None, "jefa de quirófano", "HGZ 46")),
        None
    );
    let whose = post(Some("Rosa Díaz Mora"), "jefa de quirófano", "HGZ 45");
    assert_eq!(alike(&one, &whose), Some(Alike::Post));
    let another = post(Some("Inés Robles Gil"), "jefa de quirófano", "HGZ 45");
    assert_eq!(
        alike(&whose, &another),
        Some(Alike::Unit),
        "two people, by their names"
    );
}

#[test]
fn units_are_the_same_by_kind_and_number_or_by_their_words_within_their_ooad() {
    let at = |workplace: Value| traits(&json!([]), &workplace);
    let hgz = at(json!({ "ooad": "jalisco", "place": "HGZ 45" }));
    let same = [
        json!({ "ooad": "jalisco", "place": "Hospital General de Zona No. 45, piso 3" }),
        json!({ "ooad": "jalisco", "kind": "HGZ", "place": "45" }),
    ];
    for other in same {
        assert_eq!(
            alike(&hgz, &at(other.clone())),
            Some(Alike::Unit),
            "{other}"
        );
    }
    for other in [
        json!({ "ooad": "jalisco", "place": "UMF 45" }),
        json!({ "ooad": "jalisco", "place": "HGZ 46" }),
        json!({ "ooad": "colima", "place": "HGZ 45" }),
        json!({ "ooad": "jalisco" }),
        json!({}),
    ] {
        assert_eq!(alike(&hgz, &at(other.clone())), None, "{other}");
    }
    let umae = |place: &str| at(json!({ "umae": "he_71_torreon", "place": place }));
    assert_eq!(
        alike(&umae("urgencias"), &umae("archivo")),
        Some(Alike::Unit)
    );
    let store = |text: &str| at(json!({ "ooad": "jalisco", "place": text }));
    assert_eq!(
        alike(
            &store("Almacén delegacional"),
            &store("el almacen delegacional")
        ),
        Some(Alike::Unit)
    );
    let nothing = at(json!({}));
    assert_eq!(
        alike(&nothing, &nothing.clone()),
        None,
        "nothing told is nothing alike"
    );
}

proptest! {
    /// Titles, capitals, accents and the order of the words change nothing.
    #[test]
    fn three_words_of_a_name_are_enough(
        parts in subsequence(vec!["Hermenegildo", "Cuauhtémoc", "Zaldívar", "Echeverría"], 3..=4).prop_shuffle(),
        title in select(vec!["", "Dr. ", "Lic. ", "C. ", "Ing. "]),
        capitals: bool,
    ) {
        let mut written = format!("{title}{}", parts.join(" "));
        if capitals {
            written = written.to_uppercase();
        }
        let whole = named("Hermenegildo Cuauhtémoc Zaldívar Echeverría", "HGZ 45");
        prop_assert_eq!(whole.compare(&named(&written, "UMF 3")), Some(Alike::Person));
    }

    #[test]
    fn what_is_kept_is_read_back_and_holds_no_name(name in "[A-Z][a-z]{4,8} [A-Z][a-z]{4,8}") {
        let kept = named(&name, "HGZ 45");
        let written = serde_json::to_string(&kept).unwrap();
        for part in name.split(' ') {
            prop_assert!(!written.to_lowercase().contains(&part.to_lowercase()));
        }
        prop_assert_eq!(serde_json::from_str::<Traits>(&written).unwrap(), kept);
    }
}
