//! How a text is read before the model sees it.
//!
//! Case, accents, emoji, line breaks and insisting ("nooo!!!") carry no meaning here and are taken
//! away. Names of people and places and the gender of persons must not change a class, so each is
//! read as one word. `training/reading.py` does the same; golden vectors compare the two.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// As what every person's name is read.
const PERSON: &str = "fulano";
/// As what every place's name is read.
const PLACE: &str = "ciudad";
/// The longest name of a place, in words.
const LONGEST_PLACE: usize = 5;

/// After these a word with a capital is a name, whatever else it means …
const SHORT_TITLES: &[&str] = &[
    "dr", "dra", "lic", "licda", "ing", "mtro", "mtra", "profr", "profra", "sr", "sra", "srta",
    "srita", "don", "dona", "arq", "enf",
];
/// … and after these, a word that can be a name is one.
const LONG_TITLES: &[&str] = &[
    "doctor",
    "doctora",
    "licenciado",
    "licenciada",
    "ingeniero",
    "ingeniera",
    "maestro",
    "maestra",
    "senor",
    "senora",
    "senorita",
    "profesor",
    "profesora",
    "profe",
    "companero",
    "companera",
    "enfermero",
    "enfermera",
    "jefe",
    "jefa",
    "quimico",
    "quimica",
];
/// Before a person, these agree with the person's gender and say nothing else.
const ARTICLES: &[(&str, &str)] = &[
    ("la", "el"),
    ("las", "los"),
    ("una", "un"),
    ("unas", "unos"),
    ("esta", "este"),
    ("estas", "estos"),
    ("esa", "ese"),
    ("esas", "esos"),
    ("aquella", "aquel"),
    ("aquellas", "aquellos"),
    ("otra", "otro"),
    ("otras", "otros"),
    ("nuestra", "nuestro"),
    ("nuestras", "nuestros"),
    ("nueva", "nuevo"),
    ("misma", "mismo"),
    ("alguna", "algun"),
    ("algunas", "algunos"),
    ("ninguna", "ningun"),
    ("varias", "varios"),
    ("muchas", "muchos"),
    ("todas", "todos"),
    ("dicha", "dicho"),
    ("dichas", "dichos"),
    ("cuanta", "cuanto"),
    ("cierta", "cierto"),
];
/// Between the parts of one name.
const LINKS: &[&str] = &["de", "del", "la", "las", "los"];
/// Quotes and the opening marks, which most people leave out, are not read.
const PUNCTUATION: &str = ".,;:!?()-/%$&+=@#*_";
/// Marks that follow their word without a space.
const CLOSING: &str = ".,;:!?)%";
const DASHES: &str = "‐‑‒–—―−";
const SENTENCE_ENDS: &str = ".!?:";

/// The word lists, as sets.
struct Lists {
    names: HashSet<&'static str>,
    names_or_words: HashSet<&'static str>,
    places: HashSet<&'static str>,
    places_or_words: HashSet<&'static str>,
    genders: HashMap<&'static str, &'static str>,
    persons: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let genders: HashMap<_, _> = lines(include_str!("reading/gender.txt"))
        .filter_map(|line| line.split_once(' '))
        .collect();
    Lists {
        names: words(include_str!("reading/names.txt")).collect(),
        names_or_words: words(include_str!("reading/names_or_words.txt")).collect(),
        places: lines(include_str!("reading/places.txt")).collect(),
        places_or_words: lines(include_str!("reading/places_or_words.txt")).collect(),
        persons: words(include_str!("reading/persons.txt"))
            .chain(genders.values().copied())
            .chain([PERSON])
            .collect(),
        genders,
    }
});

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    lines(list).flat_map(str::split_ascii_whitespace)
}

/// A word or a mark, in lower case and without accents.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    word: String,
    /// Whether it begins with a capital that says something.
    capital: bool,
}

/// The text as the model sees it: words and marks, a mark that closes right after its word.
pub(crate) fn read(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in neutral(&masked(&tokens(text))) {
        if !out.is_empty() && !is_among(word, CLOSING) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a word is one of these marks.
fn is_among(word: &str, marks: &str) -> bool {
    !word.is_empty() && marks.contains(word)
}

/// Marks without width that would hide a word from a reader of code points. They belong to the word
/// in which they stand, for the model, the rules and the explanation alike.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// Whether anything is left of a letter or digit when it is [read]. Those of other scripts say nothing
/// to the model.
pub(crate) fn is_readable(c: char) -> bool {
    let readable = |c: char| c.is_ascii_alphanumeric();
    readable(c) || (!c.is_ascii() && std::iter::once(c).nfkd().any(readable))
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut word = String::new();
    let (mut capital, mut upper, mut lower) = (false, 0_usize, 0_usize);
    for c in text.nfkd().chain([' ']) {
        if is_combining_mark(c) || is_invisible(c) {
            continue;
        }
        let small = c.to_ascii_lowercase();
        if small.is_ascii_lowercase() || small.is_ascii_digit() {
            if small != c {
                upper += 1;
                capital |= word.is_empty();
            } else if c.is_ascii_lowercase() {
                lower += 1;
            }
            // A letter said three times or more is said twice; digits are what they are.
            let said_twice = word.ends_with(small) && word[..word.len() - 1].ends_with(small);
            if !(small.is_ascii_lowercase() && said_twice) {
                word.push(small);
            }
            continue;
        }
        if !word.is_empty() {
            out.push(Token {
                word: std::mem::take(&mut word),
                capital: std::mem::take(&mut capital),
            });
        }
        let mark = if DASHES.contains(c) { '-' } else { c };
        let again = out
            .last()
            .is_some_and(|last| last.word.chars().eq(std::iter::once(mark)));
        if PUNCTUATION.contains(mark) && !again {
            out.push(Token {
                word: mark.to_string(),
                capital: false,
            });
        }
    }
    // In a text that is mostly capitals, capitals say nothing.
    if upper > lower {
        for token in &mut out {
            token.capital = false;
        }
    }
    out
}

/// The words, with names and places each as one word.
fn masked(tokens: &[Token]) -> Vec<&str> {
    let mut out = Vec::with_capacity(tokens.len());
    let (mut at, mut inside, mut before) = (0, false, "");
    while let Some(token) = tokens.get(at) {
        let titled = is_title(before);
        let place = if titled {
            0
        } else {
            place(&tokens[at..], inside)
        };
        let person = person(&tokens[at..], inside, before);
        if place > 0 && place >= person {
            out.push(PLACE);
            at += place;
            (inside, before) = (true, PLACE);
        } else if person > 0 {
            out.push(PERSON);
            at += person;
            (inside, before) = (true, PERSON);
        } else {
            let word = token.word.as_str();
            out.push(word);
            at += 1;
            inside = !is_among(word, SENTENCE_ENDS);
            // "Dr. Pérez": the full stop of a title is part of it.
            if word == "." && SHORT_TITLES.contains(&before) {
                inside = true;
            } else {
                before = word;
            }
        }
    }
    out
}

fn is_title(word: &str) -> bool {
    SHORT_TITLES.contains(&word) || LONG_TITLES.contains(&word)
}

/// How many of the tokens, from the first on, are the name of a place.
fn place(tokens: &[Token], inside: bool) -> usize {
    (1..=LONGEST_PLACE.min(tokens.len()))
        .rev()
        .find(|length| {
            let run: Vec<&str> = tokens[..*length].iter().map(|t| t.word.as_str()).collect();
            let run = run.join(" ");
            LISTS.places.contains(run.as_str())
                || (inside && tokens[0].capital && LISTS.places_or_words.contains(run.as_str()))
        })
        .unwrap_or(0)
}

/// Whether a word is a person's name; `expected` where a name would stand.
fn is_name(token: &Token, expected: bool) -> bool {
    let word = token.word.as_str();
    LISTS.names.contains(word)
        || ((expected || token.capital) && LISTS.names_or_words.contains(word))
}

/// How many of the tokens, from the first on, are the name of a person.
fn person(tokens: &[Token], inside: bool, before: &str) -> usize {
    let Some(first) = tokens.first() else {
        return 0;
    };
    let word = first.word.as_str();
    let followed = first.capital
        && tokens
            .get(1)
            .is_some_and(|next| next.capital && is_name(next, true));
    let can_be = LISTS.names_or_words.contains(word)
        && (is_title(before) || (first.capital && (inside || followed)));
    let must_be = SHORT_TITLES.contains(&before)
        && first.capital
        && !is_title(word)
        && !LISTS.genders.contains_key(word);
    if !(LISTS.names.contains(word) || can_be || must_be) {
        return 0;
    }
    let mut end = 1;
    while let Some(next) = tokens.get(end) {
        if is_name(next, false) {
            end += 1;
            continue;
        }
        // "de la Garza"
        let links = tokens[end..]
            .iter()
            .take(2)
            .take_while(|token| LINKS.contains(&token.word.as_str()))
            .count();
        match tokens.get(end + links) {
            Some(name) if links > 0 && name.capital && is_name(name, false) => end += links + 1,
            _ => break,
        }
    }
    end
}

/// The words, with persons and what agrees with them in one gender.
fn neutral<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut out = words.to_vec();
    for (at, word) in words.iter().enumerate() {
        out[at] = LISTS.genders.get(word).copied().unwrap_or(word);
        if !LISTS.persons.contains(out[at]) {
            continue;
        }
        for back in (0..at).rev().take(2) {
            let Some((_, agreed)) = ARTICLES.iter().find(|(article, _)| *article == words[back])
            else {
                break;
            };
            out[back] = agreed;
        }
    }
    out
}
