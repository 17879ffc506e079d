//! Whether a text speaks of a member by name: without accents, in any order, with titles, misspelt.
//!
//! Missing an accused member gives them the complaint, and nothing mends that; keeping out a namesake
//! is mended by a suplente or with one click. So the rules lean towards finding, and what is only
//! possible is told apart from what is certain.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::PersonName;
use super::words::{Gap, Near, Word, is_particle, near, runs, sound, words};
use crate::coded_enum;
use crate::traces::folded::Folded;

coded_enum! {
    /// How a text matched a member.
    pub enum How {
        /// Given name and all surnames.
        FullName = "NOMBRE_COMPLETO",
        /// Given name and one surname.
        Name = "NOMBRE_Y_APELLIDO",
        /// Both surnames.
        Surnames = "DOS_APELLIDOS",
        /// An initial and a surname.
        Initial = "INICIAL_Y_APELLIDO",
        /// One surname alone.
        Surname = "UN_APELLIDO",
        /// The given name alone.
        Given = "NOMBRE_DE_PILA",
        /// The seat, by its name.
        Seat = "CARGO",
        /// Member of the committee, without saying which.
        Committee = "COMITE",
        /// The centre of work.
        Workplace = "CENTRO_DE_TRABAJO",
        /// The OOAD or UMAE, the centre of work being unknown on one side.
        Region = "OOAD_O_UMAE",
    }
}

/// How sure it is that the member is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sure {
    /// A given name or surname alone, as many people have.
    Slight,
    /// May be a namesake: another surname or given name stands beside.
    Possible,
    /// Taken for certain.
    Certain,
}

/// A place in a text that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) sure: Sure,
    pub(super) how: How,
    /// Whether a letter was wrong.
    pub(super) misspelt: bool,
    /// How many parts of the name were there.
    parts: usize,
    /// Where, in bytes of the text.
    pub(super) span: Range<usize>,
}

/// What a text is: it decides what a strange word beside a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A field for one name.
    Name,
    /// Sentences.
    Prose,
}

/// A member's name as it is sought.
pub(super) struct Sought {
    given: Vec<Part>,
    first: Vec<Part>,
    second: Vec<Part>,
}

struct Part {
    plain: Zeroizing<String>,
    sound: Zeroizing<String>,
}

impl Sought {
    pub(super) fn new(name: &PersonName) -> Self {
        Self {
            given: parts(name.given()),
            first: parts(name.first_surname()),
            second: name.second_surname().map(parts).unwrap_or_default(),
        }
    }

    fn is_part(&self, word: &Word<'_>) -> bool {
        let all = [&self.given, &self.first, &self.second];
        all.into_iter()
            .flatten()
            .any(|part| part.near(word).is_some())
    }
}

impl Part {
    fn near(&self, word: &Word<'_>) -> Option<Near> {
        if SHORT_FORMS
            .iter()
            .any(|(short, long)| *short == word.plain && *long == *self.plain)
        {
            return Some(Near::Same);
        }
        near((&self.plain, &self.sound), (word.plain, &word.sound))
    }

    fn begins_with(&self, word: &Word<'_>) -> bool {
        word.is_letter() && self.plain.starts_with(word.plain)
    }
}

fn parts(text: &str) -> Vec<Part> {
    let folded = Folded::new(text);
    let part = |plain: &str| Part {
        plain: Zeroizing::new(plain.to_owned()),
        sound: sound(plain),
    };
    let all: Vec<Part> = runs(folded.text()).map(|(_, plain)| part(plain)).collect();
    let telling: Vec<Part> = runs(folded.text())
        .filter(|(_, plain)| !is_particle(plain))
        .map(|(_, plain)| part(plain))
        .collect();
    if telling.is_empty() { all } else { telling }
}

/// How many words before and after a surname the rest of the name is sought in.
const REACH: usize = 6;

/// The surest hit of a name in a text, the first of equals.
pub(super) fn find(name: &Sought, text: &Text<'_>) -> Option<Hit> {
    let seen = Seen::new(name, text);
    let within_reach = |all: &[At], of: At| -> Vec<Option<At>> {
        let near = all.iter().filter(|at| at.start.abs_diff(of.start) <= REACH);
        std::iter::once(None)
            .chain(near.copied().map(Some))
            .collect()
    };
    let mut best = None;
    for first in &seen.first {
        for second in within_reach(&seen.second, *first) {
            for given in within_reach(&seen.given, *first) {
                best = surer(best, seen.judge(Some(*first), second, given));
            }
        }
    }
    for second in &seen.second {
        for given in within_reach(&seen.given, *second) {
            best = surer(best, seen.judge(None, Some(*second), given));
        }
    }
    if best.is_none() && text.kind == Kind::Name {
        best = seen.given_alone();
    }
    best
}

fn surer(best: Option<Hit>, hit: Option<Hit>) -> Option<Hit> {
    match (&best, &hit) {
        (Some(best), Some(hit)) if (best.sure, best.parts) < (hit.sure, hit.parts) => {}
        (None, _) => {}
        (Some(_), _) => return best,
    }
    hit
}

/// A text made ready: it is read once, and searched for every member.
pub(super) struct Text<'a> {
    words: Vec<Word<'a>>,
    kind: Kind,
    /// Whether capitals tell names here.
    capitals: bool,
}

impl<'a> Text<'a> {
    pub(super) fn new(folded: &'a Folded<'_>, kind: Kind) -> Self {
        let words = words(folded);
        let capitals = words.iter().any(|word| word.capital);
        Self {
            words,
            kind,
            capitals: capitals && kind == Kind::Prose,
        }
    }

    /// Whether a word that is no part of the name may be a name all the same.
    fn is_name_like(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            !word.is_letter()
                && word.plain.chars().all(char::is_alphabetic)
                && !EVERYDAY.contains(&word.plain)
                && (word.capital || !self.capitals)
                && (self.kind == Kind::Name || word.capital)
        })
    }
}

/// Where a part of the name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct At {
    start: usize,
    /// One after the last word.
    end: usize,
    misspelt: bool,
    initial: bool,
}

/// Where each part of a name stands in a text.
struct Seen<'a> {
    name: &'a Sought,
    text: &'a Text<'a>,
    given: Vec<At>,
    first: Vec<At>,
    second: Vec<At>,
}

impl<'a> Seen<'a> {
    fn new(name: &'a Sought, text: &'a Text<'a>) -> Self {
        let mut given = Vec::new();
        for (start, word) in text.words.iter().enumerate() {
            let near = name.given.iter().find_map(|part| part.near(word));
            let initial = || name.given.iter().any(|part| part.begins_with(word));
            if near.is_some() || initial() {
                given.push(At {
                    start,
                    end: start + 1,
                    misspelt: near == Some(Near::Misspelt),
                    initial: near.is_none(),
                });
            }
        }
        Self {
            name,
            text,
            given,
            first: blocks(&name.first, &text.words),
            second: blocks(&name.second, &text.words),
        }
    }

    /// What these places together say, if they can be one name.
    fn judge(&self, first: Option<At>, second: Option<At>, given: Option<At>) -> Option<Hit> {
        let places: Vec<At> = [first, second, given].into_iter().flatten().collect();
        let apart = places.iter().enumerate().all(|(index, one)| {
            let mut others = places.iter().skip(index + 1);
            others.all(|other| one.end <= other.start || other.end <= one.start)
        });
        let start = places.iter().map(|at| at.start).min()?;
        let end = places.iter().map(|at| at.end).max()?;
        let strange = self.strange(start, end, &places, given)?;
        if !apart {
            return None;
        }
        let misspelt = places.iter().any(|at| at.misspelt);
        let (sure, how) = match (first, second, given) {
            (Some(_), Some(_), Some(given)) => {
                let how = if given.initial {
                    How::Initial
                } else {
                    How::FullName
                };
                (
                    if strange <= 1 {
                        Sure::Certain
                    } else {
                        Sure::Possible
                    },
                    how,
                )
            }
            (Some(first), None, Some(given)) => {
                let only_surname = self.name.second.is_empty();
                let doubt = given.initial
                    || strange > usize::from(only_surname)
                    || !only_surname && self.has_other_surname(first, given)
                    || given.start > first.start && self.stands_among_others(start, end);
                let how = if given.initial {
                    How::Initial
                } else {
                    How::Name
                };
                (if doubt { Sure::Possible } else { Sure::Certain }, how)
            }
            (Some(_), Some(_), None) => {
                let doubt = strange > 0 || self.stands_among_others(start, end);
                (
                    if doubt { Sure::Possible } else { Sure::Certain },
                    How::Surnames,
                )
            }
            (None, Some(second), Some(given)) => {
                // Another surname before it, or one behind that makes it the first, is another person.
                let follows = given.start < second.start && self.text.is_name_like(second.end);
                if strange > 0 || given.initial || follows || self.has_surname(start, end, second) {
                    return None;
                }
                (Sure::Certain, How::Name)
            }
            (Some(_), None, None) => {
                if misspelt || self.stands_among_others(start, end) || self.is_everyday(start) {
                    return None;
                }
                (Sure::Slight, How::Surname)
            }
            (None, Some(_), None) => {
                let alone = self.text.words.len() == end - start;
                if misspelt || !alone || self.text.kind == Kind::Prose {
                    return None;
                }
                (Sure::Slight, How::Surname)
            }
            (None, None, _) => return None,
        };
        let hit = self.hit(sure, how, misspelt, start..end);
        Some(Hit {
            parts: places.len(),
            ..hit
        })
    }

    fn given_alone(&self) -> Option<Hit> {
        let end = self.text.words.len();
        let whole = self.text.words.iter();
        let all = whole.map(|word| self.name.given.iter().find_map(|part| part.near(word)));
        let all: Option<Vec<Near>> = all.collect();
        let misspelt = all.as_ref()?.contains(&Near::Misspelt);
        (end > 0).then(|| self.hit(Sure::Slight, How::Given, misspelt, 0..end))
    }

    fn hit(&self, sure: Sure, how: How, misspelt: bool, at: Range<usize>) -> Hit {
        let belongs = |at: usize| {
            let word = self.text.words.get(at);
            word.is_some_and(|word| word.gap == Gap::None && self.name.is_part(word))
        };
        let Range { start, end } = at;
        let start = if belongs(start) && start > 0 && !self.is_foreign(start - 1) {
            start - 1
        } else {
            start
        };
        let end = if belongs(end) { end + 1 } else { end };
        let words = self.text.words.get(start..end).unwrap_or_default();
        let from = words.first().map_or(0, |word| word.span.start);
        let to = words.last().map_or(from, |word| word.span.end);
        Hit {
            sure,
            how,
            misspelt,
            parts: 1,
            span: from..to,
        }
    }

    /// How many words between the places are no part of the name; `None` if there are too many, or
    /// they show that the places are not one name.
    fn strange(&self, start: usize, end: usize, places: &[At], given: Option<At>) -> Option<usize> {
        let within = |at: usize| {
            places
                .iter()
                .any(|place| (place.start..place.end).contains(&at))
        };
        let mut strange = 0;
        for at in start..end {
            let word = self.text.words.get(at)?;
            let parted = match self.text.kind {
                Kind::Name => false,
                Kind::Prose => match word.gap {
                    Gap::None => false,
                    // "Pérez López, Juan", and no other comma is part of a name.
                    Gap::Comma => given.is_none_or(|given| given.start != at),
                    Gap::Sentence => true,
                },
            };
            if at > start && parted {
                return None;
            }
            if within(at) || self.name.is_part(word) || word.is_letter() && !is_and(word) {
                continue;
            }
            strange += 1;
            let foreign = EVERYDAY.contains(&word.plain) || is_and(word);
            if self.text.kind == Kind::Prose && foreign {
                return None;
            }
        }
        (strange <= 3).then_some(strange)
    }

    /// Whether a surname stands where the other one of the member would.
    fn has_other_surname(&self, surname: At, given: At) -> bool {
        let follows = surname.end;
        given.start < surname.start && self.is_strange_name(follows)
    }

    /// Whether a surname stands between, so that the second one is that of somebody else.
    fn has_surname(&self, start: usize, end: usize, second: At) -> bool {
        let outside = |at: &usize| !(second.start..second.end).contains(at);
        (start..end).filter(outside).any(|at| {
            let word = self.text.words.get(at);
            let given = |word: &Word<'_>| {
                self.name
                    .given
                    .iter()
                    .any(|part| part.near(word).is_some() || part.begins_with(word))
            };
            !word.is_some_and(given)
        })
    }

    /// Whether names of others stand directly before or behind, so that these are parts of two.
    fn stands_among_others(&self, start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).is_some_and(|at| {
            let gap = self
                .text
                .words
                .get(start)
                .map_or(Gap::Sentence, |word| word.gap);
            gap == Gap::None && self.text.is_name_like(at) && self.is_foreign(at)
        });
        before || self.is_strange_name(end)
    }

    fn is_strange_name(&self, at: usize) -> bool {
        let word = self.text.words.get(at);
        word.is_some_and(|word| word.gap == Gap::None)
            && self.text.is_name_like(at)
            && self.is_foreign(at)
    }

    fn is_foreign(&self, at: usize) -> bool {
        self.text
            .words
            .get(at)
            .is_some_and(|word| !self.name.is_part(word))
    }

    /// Whether a lone surname in prose is rather a word like any other: "las flores", "la cruz".
    fn is_everyday(&self, at: usize) -> bool {
        self.text.kind == Kind::Prose
            && self
                .text
                .words
                .get(at)
                .is_some_and(|word| !word.capital || at == 0 || word.gap == Gap::Sentence)
    }
}

fn is_and(word: &Word<'_>) -> bool {
    matches!(word.plain, "y" | "e" | "o" | "u" | "a")
}

/// Where all words of a surname stand together.
fn blocks(surname: &[Part], words: &[Word<'_>]) -> Vec<At> {
    if surname.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (start, window) in words.windows(surname.len()).enumerate() {
        let near: Option<Vec<Near>> = surname
            .iter()
            .zip(window)
            .map(|(part, word)| part.near(word))
            .collect();
        if let Some(near) = near {
            found.push(At {
                start,
                end: start + surname.len(),
                misspelt: near.contains(&Near::Misspelt),
                initial: false,
            });
        }
    }
    found
}

/// Words beside a name that are none, in forms and in stories.
const EVERYDAY: &[&str] = &[
    "que",
    "quien",
    "con",
    "al",
    "en",
    "por",
    "para",
    "se",
    "le",
    "lo",
    "es",
    "era",
    "fue",
    "esta",
    "estaba",
    "dijo",
    "dice",
    "me",
    "mi",
    "mis",
    "nos",
    "su",
    "sus",
    "tu",
    "un",
    "una",
    "uno",
    "no",
    "ni",
    "si",
    "ya",
    "como",
    "cuando",
    "donde",
    "porque",
    "pero",
    "y",
    "e",
    "o",
    "u",
    "a",
    "ante",
    "desde",
    "hasta",
    "sin",
    "sobre",
    "tambien",
    "ese",
    "esa",
    "este",
    "ha",
    "han",
    "hay",
    "director",
    "directora",
    "subdirector",
    "subdirectora",
    "coordinador",
    "coordinadora",
    "encargado",
    "encargada",
    "responsable",
    "titular",
    "suplente",
    "medico",
    "medica",
    "personal",
    "area",
    "servicio",
    "turno",
    "departamento",
    "oficina",
    "hospital",
    "clinica",
    "umf",
    "hgz",
    "unidad",
    "presidente",
    "presidenta",
    "secretario",
    "secretaria",
    "comite",
    "administrador",
    "administradora",
    "supervisor",
    "supervisora",
    "auxiliar",
    "asistente",
    "trabajador",
    "trabajadora",
    "social",
    "delegado",
    "delegada",
    "ejecutivo",
    "ejecutiva",
    "tecnico",
    "tecnica",
    "integrante",
    "miembro",
    "consejera",
    "asesora",
    "enfermeria",
    "urgencias",
    "matutino",
    "vespertino",
    "nocturno",
    "piso",
    "contabilidad",
    "finanzas",
    "nadie",
    "todos",
    "todas",
];

/// Short and familiar forms of names, as they are written in Mexico, without accents.
const SHORT_FORMS: &[(&str, &str)] = &[
    ("ale", "alejandra"),
    ("ale", "alejandro"),
    ("alex", "alejandro"),
    ("alex", "alejandra"),
    ("beto", "alberto"),
    ("beto", "roberto"),
    ("beto", "humberto"),
    ("bety", "beatriz"),
    ("betty", "beatriz"),
    ("caro", "carolina"),
    ("chabela", "isabel"),
    ("chava", "salvador"),
    ("chayo", "rosario"),
    ("chela", "graciela"),
    ("chelo", "consuelo"),
    ("chuy", "jesus"),
    ("concha", "concepcion"),
    ("conchita", "concepcion"),
    ("dani", "daniel"),
    ("dani", "daniela"),
    ("edu", "eduardo"),
    ("fco", "francisco"),
    ("fer", "fernanda"),
    ("fer", "fernando"),
    ("gabo", "gabriel"),
    ("gaby", "gabriela"),
    ("gabi", "gabriela"),
    ("goyo", "gregorio"),
    ("gpe", "guadalupe"),
    ("lupe", "guadalupe"),
    ("lupita", "guadalupe"),
    ("kike", "enrique"),
    ("quique", "enrique"),
    ("lalo", "eduardo"),
    ("lety", "leticia"),
    ("leti", "leticia"),
    ("licha", "alicia"),
    ("lola", "dolores"),
    ("lucha", "luz"),
    ("lulu", "lourdes"),
    ("ma", "maria"),
    ("malena", "magdalena"),
    ("manolo", "manuel"),
    ("mari", "maria"),
    ("memo", "guillermo"),
    ("meche", "mercedes"),
    ("moni", "monica"),
    ("nacho", "ignacio"),
    ("nando", "fernando"),
    ("neto", "ernesto"),
    ("paco", "francisco"),
    ("pancho", "francisco"),
    ("paty", "patricia"),
    ("pati", "patricia"),
    ("pepe", "jose"),
    ("pepita", "josefa"),
    ("pili", "pilar"),
    ("polo", "leopoldo"),
    ("queta", "enriqueta"),
    ("rafa", "rafael"),
    ("richi", "ricardo"),
    ("rosy", "rosa"),
    ("sandy", "sandra"),
    ("susy", "susana"),
    ("tere", "teresa"),
    ("tono", "antonio"),
    ("toni", "antonio"),
    ("tony", "antonio"),
    ("tina", "cristina"),
    ("tita", "margarita"),
    ("vero", "veronica"),
    ("vicky", "victoria"),
    ("yola", "yolanda"),
    ("fdz", "fernandez"),
    ("fdez", "fernandez"),
    ("glz", "gonzalez"),
    ("gzz", "gonzalez"),
    ("glez", "gonzalez"),
    ("gtz", "gutierrez"),
    ("gtrz", "gutierrez"),
    ("hdz", "hernandez"),
    ("hdez", "hernandez"),
    ("mtz", "martinez"),
    ("mtnz", "martinez"),
    ("rdz", "rodriguez"),
    ("rguez", "rodriguez"),
    ("rmz", "ramirez"),
    ("vzq", "vazquez"),
    ("vqz", "vazquez"),
    ("dmz", "dominguez"),
    ("jmz", "jimenez"),
    ("snz", "sanchez"),
    ("lpz", "lopez"),
    ("prz", "perez"),
];

#[cfg(test)]
mod tests;
