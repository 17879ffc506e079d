//! What the name of a file tells: telephones write the moment into it, and people write names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use zeroize::Zeroizing;

use super::numbers::pattern;
use super::{TraceKind, find};
use crate::code::fold;

/// Year, month and day, as cameras and scanners name their files.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|\D)(?:19|20)\d{2}[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?(?:0[1-9]|[12]\d|3[01])(?:\D|$)")
});
/// How many digits a bare number of an employee may have.
const MATRICULA: std::ops::RangeInclusive<usize> = 7..=10;

/// What in the name of a file could identify whoever hands it in, each kind once.
///
/// ```
/// use domain::traces::{TraceKind, in_file_name};
///
/// let found: Vec<_> = in_file_name("IMG_20260304_101500.jpg").into_iter().collect();
/// assert_eq!(found, [TraceKind::FileDate]);
/// assert!(in_file_name("turno noche.jpg").is_empty());
/// ```
pub fn in_file_name(name: &str) -> BTreeSet<TraceKind> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Zeroizing<String> = Zeroizing::new(stem.replace(['_', '+'], " "));
    let mut kinds: BTreeSet<TraceKind> = find(&words)
        .into_iter()
        .map(|found| found.kind)
        .filter(|kind| is_told_by_names(*kind))
        .collect();
    let has_day = DAY.is_match(stem);
    if has_day {
        kinds.insert(TraceKind::FileDate);
    }
    let mut numbers = stem.split(|c: char| !c.is_ascii_digit());
    if !has_day && kinds.is_empty() && numbers.any(|digits| MATRICULA.contains(&digits.len())) {
        kinds.insert(TraceKind::Matricula);
    }
    if parts(stem).iter().any(|part| is_name(part)) {
        kinds.insert(TraceKind::FileName);
    }
    kinds
}

/// Other kinds need sentences.
fn is_told_by_names(kind: TraceKind) -> bool {
    match kind {
        TraceKind::Curp
        | TraceKind::Rfc
        | TraceKind::Nss
        | TraceKind::Email
        | TraceKind::Matricula
        | TraceKind::Phone
        | TraceKind::Presentation => true,
        TraceKind::Signature
        | TraceKind::OnlyOne
        | TraceKind::SmallCentre
        | TraceKind::Combination
        | TraceKind::FileName
        | TraceKind::FileDate => false,
    }
}

/// The words of a name, also where only a capital letter parts them: `actaAnaPerez`.
fn parts(stem: &str) -> Vec<Zeroizing<String>> {
    let mut parts = Vec::new();
    let mut part = Zeroizing::new(String::with_capacity(stem.len()));
    let mut after_small = false;
    for c in stem.chars() {
        if !c.is_alphabetic() || (after_small && c.is_uppercase()) {
            parts.push(std::mem::replace(
                &mut part,
                Zeroizing::new(String::with_capacity(stem.len())),
            ));
        }
        if c.is_alphabetic() {
            part.push(c);
        }
        after_small = c.is_lowercase();
    }
    parts.push(part);
    parts
}

/// Whether a word is a frequent given name or surname.
pub(crate) fn is_name(part: &str) -> bool {
    let folded = Zeroizing::new(fold(part));
    NAMES.split(' ').any(|name| name == folded.as_str())
}

/// Frequent given names and surnames, without accents and in order; those that are everyday words as
/// well (Cruz, Luz, Rosa, Campos, Flores) are left out. No list has all of them: the review says so.
const NAMES: &str = "abigail abraham adalberto adela adolfo adrian adriana aguilar aguirre agustin aida alan \
     alberto alejandra alejandro alfonso alfredo alicia alonso alvarado alvarez amalia amelia ana \
     andrea andres angelica anibal anselmo antonia antonio araceli armando arturo aurelio avila \
     ayala barrera bautista beatriz becerra beltran benitez benito benjamin berenice bernardo \
     berta brenda bruno cabrera calderon camacho camila cardenas carina carla carlos carlota \
     carmen carolina carrillo castaneda castro catalina cecilia celia cervantes cesar chavez \
     cinthia claudia contreras cordova coronado cortez cristian cristina cynthia daniel daniela \
     david diana diaz diego dominguez dora duran edgar eduardo efrain elba elena elias elisa \
     elizabeth eloisa elsa elvira emilia emilio emmanuel enrique enriquez erica erick erika \
     ernesto escobar escobedo espinosa espinoza esquivel esteban estela esther estrada eugenia \
     eugenio eva evelyn fabiola fatima federico felipe felix fernanda fernandez fernando fidel \
     figueroa francisca francisco gabriel gabriela galindo gallegos garcia garza genaro gerardo \
     gilberto gisela godinez gomez gonzales gonzalez gonzalo graciela gregorio griselda guadalupe \
     guillermina guillermo gustavo gutierrez guzman hector heriberto hernandez herrera hilda hugo \
     humberto ibarra ignacio iliana ines irene irma isaac isabel ismael israel itzel ivan ivonne \
     jacobo jaime janet javier jazmin jessica jesus jimenez joaquin joel jorge jose josefina juan \
     juana juanita juarez julia julian juliana julieta karen karina karla laura leonardo leonel \
     leopoldo leticia lidia liliana lizbeth lopez lorena lourdes lozano lucas lucia lugo luis \
     luisa lupita macias magdalena maldonado manuel marcela marcelo marco marcos margarita maria \
     mariana maricela maricruz mario marisela marisol marquez marta martha martin martinez mateo \
     matilde mauricio maximiliano mayra mejia mendez mendoza meza miguel minerva miranda miriam \
     moises molina monica montoya morales munoz murillo najera nancy natalia nicolas noe noemi \
     nora norma nunez ochoa octavio ofelia olga olivares olivia omar orozco ortega ortiz oscar \
     osorio pablo pacheco padilla pamela patricia paula paulina pedro peralta perez pineda ponce \
     quintero rafael ramirez ramiro ramon rangel raquel raul rebeca reyes reynoso ricardo rivas \
     rivera roberto rocha rocio rodolfo rodrigo rodriguez rogelio rojas romero rosalba rosales \
     rosalia rosario rosaura roxana ruben ruiz ruth salazar salgado salinas samuel sanchez \
     sandoval sandra santiago sara saul sebastian sergio serrano silvia sofia solis sonia sosa \
     soto suarez susana tania tapia tellez teresa tomas torres trejo trevino trujillo valdez \
     valentina valenzuela valeria vanessa vargas vasquez vazquez vega velasco velazquez velez \
     veronica vicente victor villalobos villanueva villarreal virginia viridiana wendy xochitl \
     yadira yanez yesenia yolanda zapata zavala zoila zuniga";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(name: &str) -> Vec<TraceKind> {
        in_file_name(name).into_iter().collect()
    }

    #[test]
    fn names_that_tell_who_or_when_are_found() {
        use TraceKind::{Curp, Email, FileDate, FileName, Matricula, Phone, Presentation, Rfc};
        for (name, expected) in [
            ("IMG_20260304_101500.jpg", vec![FileDate]),
            ("Screenshot_2026-03-04-10-15-00.png", vec![FileDate]),
            ("WhatsApp Image 2026-03-04 at 10.15.00.jpeg", vec![FileDate]),
            ("PXL_20260304.mp4", vec![FileDate]),
            ("GOMC900514MDFLRR09.pdf", vec![Curp]),
            ("curp_GOMC900514MDFLRR09_2.pdf", vec![Curp]),
            ("GOMC900514AB1.xml", vec![Rfc]),
            ("constancia_99123456.pdf", vec![Matricula]),
            ("matricula 311234567.pdf", vec![Matricula]),
            ("55_1234_5678.txt", vec![Phone]),
            ("ana.perez@example.com.txt", vec![Email, FileName]),
            ("Me llamo Ana.txt", vec![Presentation, FileName]),
            ("acta Ana PÉREZ.docx", vec![FileName]),
            ("actaAnaPerez.docx", vec![FileName]),
            ("carta_de_guadalupe.pdf", vec![FileName]),
        ] {
            assert_eq!(kinds(name), expected, "{name}");
        }
    }

    #[test]
    fn names_that_tell_nothing_are_left_alone() {
        for name in [
            "archivo-1.jpg",
            "foto.jpg",
            "turno noche.jpg",
            "captura de pantalla (2).png",
            "IMG_1234.jpg",
            "oficio 12-2026.pdf",
            "Nómina marzo.xlsx",
            "",
            ".",
        ] {
            assert_eq!(kinds(name), [], "{name}");
        }
    }

    #[test]
    fn the_list_of_names_is_in_order_and_folded() {
        let names: Vec<_> = NAMES.split(' ').collect();
        assert!(names.is_sorted_by(|one, other| one < other));
        for name in names {
            assert_eq!(fold(name), name);
        }
    }

    proptest! {
        #[test]
        fn any_name_is_read(name in ".{0,120}") {
            in_file_name(&name);
        }
    }
}
