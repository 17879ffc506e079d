//! Words with which people tell who they are.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded::Folded;
use super::numbers::pattern;
use super::{Found, Trace, TraceKind, trace};
use crate::complaint::Complaint;

/// A name follows, whatever it is.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:me llamo|mi nombre(?: completo)? es|mi nombre:|responde al nombre de|",
        r"(?:el|la) que suscribe|(?:el|la) suscrit[oa])\b[^\n.;]{0,60}",
    ))
});
/// "Soy" and a name with capital letters.
static I_AM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:yo )?soy,? (?:(?:el|la) )?(?:(?:dr|dra|lic|ing|enf|mtr[oa]|c)\.? )?(\w+(?: \w+){0,3})",
    )
});
/// "Soy la jefa de …": a post that one person holds.
static MY_POST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:yo )?soy (?:el|la) (?:actual )?(?:jef[ea]|subjef[ea]|director(?:a)?|subdirector(?:a)?|",
        r"coordinador(?:a)?|administrador(?:a)?|encargad[oa]|responsable|secretari[oa]|titular|",
        r"supervisor(?:a)?|delegad[oa]|representante|chofer|asistente|espos[oa]|mama|papa|madre|padre|",
        r"hij[oa]|herman[oa]|pareja|viud[oa])\b[^\n.;]{0,50}",
    ))
});
static ONLY_ONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:soy|somos|fui|fuimos|era|eramos) (?:yo )?(?:el|la|los|las) unic[oa]s?\b[^\n.;]{0,60}",
        r"|\b(?:solo|solamente|unicamente) (?:yo|nosotr[oa]s) (?:lo |la |los |las )?",
        r"(?:se|sabemos|sabia|sabiamos|vi|vimos|estaba|estabamos|tengo|tenemos|conozco|conocia)\b",
        r"[^\n.;]{0,40}",
        r"|\b(?:nadie mas|ninguna otra persona) (?:que yo |aparte de mi )?",
        r"(?:lo |la )?(?:sabe|sabia|vio|tiene|conoce|estaba)\b[^\n.;]{0,40}",
    ))
});
/// Closes a letter; a name may follow.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:atte|atentamente|att|respetuosamente|firma|firmo|suscribo|suscribe)\b[\s.,:_-]*")
});
static MY_WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:soy|trabajo como|laboro como|trabajo de|me desempeno como|estoy como) ",
        r"(?:un |una )?(?:enfermer[oa]|medic[oa]|doctor(?:a)?|auxiliar|residente|intern[oa]|camiller[oa]|",
        r"asistente|trabajador(?:a)? social|quimic[oa]|laboratorista|radiolog[oa]|secretari[oa]|",
        r"administrativ[oa]|intendente|cociner[oa]|nutriolog[oa]|chofer|vigilante|tecnic[oa]|",
        r"educador(?:a)?|becari[oa]|pasante)",
    ))
});
static MY_SHIFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:mi turno|mi guardia|mi jornada|turno (?:de la )?(?:matutino|vespertino|nocturno|manana|",
        r"tarde|noche)|jornada acumulada|(?:trabajo|laboro|estoy) (?:de|en la) (?:noche|manana|tarde))",
    ))
});
static MY_YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:desde hace|llevo|tengo|con) (?:mas de )?(?:\d+|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta) anos?\b",
    )
});

/// Longest signature, in bytes; a longer ending is a sentence.
const SIGNATURE: usize = 120;
/// Words that begin an ending without a name in it.
const NAMELESS: [&str; 18] = [
    "una",
    "un",
    "el",
    "la",
    "los",
    "las",
    "gracias",
    "personal",
    "trabajadores",
    "trabajadoras",
    "compañeros",
    "compañeras",
    "anónimo",
    "anónima",
    "nosotros",
    "quienes",
    "usuario",
    "usuaria",
];

pub(super) fn find(folded: &Folded<'_>) -> Vec<Found> {
    let text = folded.text();
    let mut found = Vec::new();
    let mut note = |kind, range: Range<usize>| {
        let span = folded.span(range);
        found.push(Found { kind, span });
    };
    for one in NAMED.find_iter(text).chain(MY_POST.find_iter(text)) {
        note(TraceKind::Presentation, one.range());
    }
    for one in I_AM.captures_iter(text) {
        if let Some(name) = one.get(1)
            && is_capital(folded.words(name.range()))
            && !is_shouted(folded.words(0..text.len()))
        {
            note(TraceKind::Presentation, one.get_match().range());
        }
    }
    for one in ONLY_ONE.find_iter(text) {
        note(TraceKind::OnlyOne, one.range());
    }
    if let Some(range) = signature(folded) {
        note(TraceKind::Signature, range);
    }
    found
}

/// Whether a text begins with a capital letter.
fn is_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a text is written in capitals throughout, where they tell nothing.
fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// A name after the closing of a letter, or alone on the last line.
fn signature(folded: &Folded<'_>) -> Option<Range<usize>> {
    let text = folded.text();
    let end = text.trim_end().len();
    if let Some(closing) = CLOSING.find_iter(text).last() {
        let name = folded.words(closing.end()..end.max(closing.end()));
        if name.len() <= SIGNATURE && has_a_name(name) {
            return Some(closing.start()..end);
        }
    }
    let start = text[..end].rfind('\n')? + 1;
    let line = folded.words(start..end).trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let linking = ["de", "del", "la", "las", "los", "y"];
    let named = words
        .iter()
        .all(|word| linking.contains(word) || is_capital(word) && !word.contains(char::is_numeric));
    ((2..=6).contains(&words.len())
        && named
        && !line.ends_with(['.', '!', '?'])
        && has_a_name(line))
    .then_some(start..end)
}

fn has_a_name(text: &str) -> bool {
    let first = text
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty());
    first.is_some_and(|word| is_capital(word) && !NAMELESS.contains(&word.to_lowercase().as_str()))
}

/// Whether place, own post, own shift and seniority are told together: three of them fit few people.
pub(super) fn combination(complaint: &Complaint) -> Option<Trace> {
    let narrative = Folded::new(complaint.narrative.expose());
    let told = |pattern: &Regex| pattern.is_match(narrative.text());
    let place = complaint.workplace.place.is_some() || complaint.workplace.umae.is_some();
    let told = [place, told(&MY_WORK), told(&MY_SHIFT), told(&MY_YEARS)];
    (told.into_iter().filter(|told| *told).count() >= 3)
        .then(|| trace("narrative".to_owned(), TraceKind::Combination, ""))
}
