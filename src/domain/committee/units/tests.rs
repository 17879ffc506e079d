use super::*;
use crate::committee::people::short;

fn unit(ooad: &str, umae: &str, place: &str) -> Unit {
    Unit {
        ooad: (!ooad.is_empty()).then(|| ooad.parse().unwrap()),
        umae: (!umae.is_empty()).then(|| umae.parse().unwrap()),
        place: (!place.is_empty()).then(|| short(place)),
        area: None,
    }
}

fn workplace(ooad: &str, umae: &str, kind: &str, place: &str) -> Workplace {
    let unit = unit(ooad, umae, place);
    Workplace {
        ooad: unit.ooad,
        umae: unit.umae,
        kind: (!kind.is_empty()).then(|| kind.parse().unwrap()),
        place: unit.place,
    }
}

fn check(cases: impl IntoIterator<Item = (Unit, Workplace, Option<Same>)>) {
    for (member, told, expected) in cases {
        let found = compare(&member, &told);
        let place = told.place.as_ref().map(ShortText::expose);
        assert_eq!(found, expected, "{:?} {place:?}", member.ooad);
    }
}

#[test]
fn one_unit_is_known_by_its_region_and_its_centre() {
    let same = Some(Same::Surely);
    let perhaps = Some(Same::Perhaps);
    check([
        // The whole OOAD, and any centre of it.
        (
            unit("Jalisco", "", ""),
            workplace("Jalisco", "", "", ""),
            same,
        ),
        (
            unit("Jalisco", "", ""),
            workplace("Jalisco", "", "HGZ", "HGZ 14"),
            same,
        ),
        (
            unit("Jalisco", "", ""),
            workplace("Sonora", "", "", ""),
            None,
        ),
        // A centre of it.
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("Jalisco", "", "", ""),
            perhaps,
        ),
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace(
                "Jalisco",
                "",
                "",
                "Hospital General de Zona No. 14, urgencias",
            ),
            same,
        ),
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("Jalisco", "", "HGZ", "el 14, piso 3"),
            same,
        ),
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("Jalisco", "", "", "piso 2, HGZ 14"),
            same,
        ),
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("Jalisco", "", "", "HGZ 89"),
            None,
        ),
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("Jalisco", "", "UMF", "14"),
            None,
        ),
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("Sonora", "", "HGZ", "14"),
            None,
        ),
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("", "", "", "el HGZ número 14"),
            same,
        ),
    ]);
}

#[test]
fn a_hospital_of_high_speciality_and_a_direction_are_units() {
    let same = Some(Same::Surely);
    check([
        // A hospital of high speciality is one unit.
        (
            unit("", "he_25_monterrey", "Consulta externa"),
            workplace("", "he_25_monterrey", "", "Quirófano"),
            same,
        ),
        // Central level.
        (
            unit("", "", "Dirección de Administración"),
            workplace(
                "",
                "",
                "OFICINA_CENTRAL",
                "direccion de administracion, piso 4",
            ),
            same,
        ),
        (
            unit("", "", "Dirección de Administración"),
            workplace("", "", "", "Dirección Jurídica"),
            None,
        ),
        // Nothing to compare.
        (
            unit("Jalisco", "", "HGZ 14"),
            workplace("", "", "", ""),
            None,
        ),
        (
            unit("", "", ""),
            workplace("Jalisco", "", "HGZ", "HGZ 14"),
            None,
        ),
        (unit("", "", ""), workplace("", "", "", ""), None),
    ]);
}
