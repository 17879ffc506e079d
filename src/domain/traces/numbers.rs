//! Numbers and addresses that belong to one person.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Match, Regex};

use super::folded::Folded;
use super::{Found, TraceKind};

/// Four letters, a date, sex, entity and consonants, and two check characters (DOF 23-10-1996).
static CURP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b[a-z]{4}\d{2}(\d{2})(\d{2})[hmx][a-z]{5}[a-z0-9]\d\b"));
/// Three or four letters, a date and the homoclave (CFF 27).
static RFC: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b[a-z&]{3,4}-?\d{2}(\d{2})(\d{2})-?[a-z0-9]{3}\b"));
/// Eleven digits in the usual groups, of which the last is a check digit.
static NSS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{4}[ -]?\d\b"));
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"[a-z0-9._%+-]*[a-z0-9_]@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
        r"|\b[a-z0-9._-]+ ?\(?\barroba\b\)? ?[a-z0-9-]+(?: ?(?:\.|\bpunto\b) ?[a-z]{2,})+",
    ))
});
/// Digits with the separators of telephone numbers between them.
static DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\+?\(?\d[\d ().-]{5,22}\d"));
/// Said right before a telephone number, which may then be short.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:tel(?:efono)?s?|cel(?:ular)?|whats?app|movil|llam\w+ al?|marc\w+ al?)\W{1,3}",
        r"(?:(?:es|el|al|numero|num|no|mi|su|particular)\W{1,3}){0,3}$",
    ))
});
/// Said right before a number that is none of a telephone.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:\b(?:folios?|oficios?|expedientes?|cuentas?|clabe|facturas?|referencia|tarjetas?",
        r"|pedidos?|contratos?|series?|reporte|licitacion|inventario|clave|acta)\b[^\d\n]{0,15}",
        r"|\$ ?)$",
    ))
});
static MATRICULA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:matriculas?|(?:numero|num\.?|no\.?) de (?:emplead[oa]|trabajador(?:a)?|matricula))\b",
        r"[^\d\n]{0,20}\d{5,10}\b",
    ))
});
/// How the ten digits of a telephone number are grouped.
const GROUPINGS: [&[usize]; 11] = [
    &[10],
    &[2, 8],
    &[3, 7],
    &[2, 4, 4],
    &[3, 3, 4],
    &[3, 3, 2, 2],
    &[2, 4, 2, 2],
    &[2, 2, 2, 2, 2],
    &[3, 4, 3],
    &[2, 3, 5],
    &[5, 5],
];
/// Digits of a national number.
const NATIONAL: usize = 10;
/// Fewest digits of a local number.
const LOCAL: usize = 7;
/// How many bytes before a number may say what it is.
const BEFORE: usize = 48;

pub(super) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this module are sound")
}

pub(super) fn find(folded: &Folded<'_>) -> Vec<Found> {
    let text = folded.text();
    let mut found = Vec::new();
    let mut note = |kind, range: Range<usize>| {
        let span = folded.span(range);
        found.push(Found { kind, span });
    };
    for (kind, dated) in [(TraceKind::Curp, &CURP), (TraceKind::Rfc, &RFC)] {
        for one in dated.captures_iter(text) {
            let part = |group| one.get(group).map_or("", |part: Match<'_>| part.as_str());
            if is_a_day(part(1), part(2)) {
                note(kind, one.get_match().range());
            }
        }
    }
    for one in NSS
        .find_iter(text)
        .filter(|one| has_check_digit(one.as_str()))
    {
        note(TraceKind::Nss, one.range());
    }
    for one in EMAIL.find_iter(text) {
        note(TraceKind::Email, one.range());
    }
    for one in MATRICULA.find_iter(text) {
        note(TraceKind::Matricula, one.range());
    }
    for one in DIGITS.find_iter(text).filter(|one| is_telephone(text, one)) {
        note(TraceKind::Phone, one.range());
    }
    found
}

fn is_a_day(month: &str, day: &str) -> bool {
    let within = |text: &str, most: u8| {
        text.parse::<u8>()
            .is_ok_and(|number| (1..=most).contains(&number))
    };
    within(month, 12) && within(day, 31)
}

/// The check digit of Luhn, as the Institute computes it over the ten digits before.
fn has_check_digit(number: &str) -> bool {
    let digits = number.chars().rev().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits
        .enumerate()
        .map(|(position, digit)| match (position % 2, digit * 2) {
            (0, _) => digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn is_telephone(text: &str, found: &Match<'_>) -> bool {
    let before = &text[..found.start()];
    let after = &text[found.end()..];
    let joined = |c: char| c.is_alphanumeric() || "/_-:".contains(c);
    if before.chars().next_back().is_some_and(joined) || after.starts_with(joined) {
        return false;
    }
    let from = before.len().saturating_sub(BEFORE);
    let from = (from..=before.len()).find(|at| before.is_char_boundary(*at));
    let said = from.map_or("", |from| &before[from..]);
    let groups: Vec<usize> = found
        .as_str()
        .split(|c: char| !c.is_ascii_digit())
        .map(str::len)
        .filter(|length| *length > 0)
        .collect();
    let digits: usize = groups.iter().sum();
    if CALLED.is_match(said) {
        return digits >= LOCAL;
    }
    if OTHER.is_match(said) || is_dated(found.as_str()) {
        return false;
    }
    let number = without_prefix(found.as_str(), groups);
    number.iter().sum::<usize>() == NATIONAL && GROUPINGS.contains(&number.as_slice())
}

/// Takes the country code, or the prefixes that were dialled before it, from the groups of digits.
fn without_prefix(written: &str, mut groups: Vec<usize>) -> Vec<usize> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let surplus = digits.len().saturating_sub(NATIONAL);
    let known = ["52", "521", "044", "045", "01"];
    if surplus > 0 && known.contains(&&digits[..surplus]) {
        let mut left = surplus;
        while left > 0 && !groups.is_empty() {
            let taken = left.min(groups[0]);
            groups[0] -= taken;
            left -= taken;
            if groups[0] == 0 {
                groups.remove(0);
            }
        }
    }
    groups
}

/// Whether there is a date among the digits.
fn is_dated(written: &str) -> bool {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:19|20)\d{2}[-.]\d{1,2}[-.]\d{1,2}\b|\b\d{1,2}[-.]\d{1,2}[-.](?:19|20)\d{2}\b",
        )
    });
    DATE.is_match(written)
}
