//! Invented members for the tests.

use jiff::civil::Date;

use super::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use crate::complaint::{NamePart, SecretText, ShortText};

pub(super) const TODAY: Date = jiff::civil::date(2026, 3, 2);

pub(super) fn part(text: &str) -> NamePart {
    NamePart::parse(SecretText::from(text.to_owned())).unwrap()
}

pub(super) fn short(text: &str) -> ShortText {
    ShortText::parse(SecretText::from(text.to_owned())).unwrap()
}

/// Of "given|first surname|second surname".
pub(super) fn name(text: &str) -> PersonName {
    let mut parts = text.split('|');
    let mut next = || parts.next().map(part);
    let (given, first, second) = (next(), next(), next());
    PersonName::new(given.unwrap(), first.unwrap(), second).unwrap()
}

pub(crate) fn id(number: u8) -> MemberId {
    MemberId([number; 16])
}

pub(super) fn titular(number: u8, seat: Seat, text: &str) -> MemberProfile {
    MemberProfile {
        id: id(number),
        name: name(text),
        seat,
        standing: Standing::Titular,
        unit: Unit::default(),
        term: Term {
            from: jiff::civil::date(2026, 1, 1),
            until: None,
        },
        agreement_on: Some(jiff::civil::date(2026, 1, 1)),
        suspended_from: None,
        edition: 0,
    }
}

pub(super) fn suplente(number: u8, of: u8, seat: Seat, text: &str) -> MemberProfile {
    MemberProfile {
        standing: Standing::Suplente { of: id(of) },
        ..titular(number, seat, text)
    }
}

/// Seven seats as CHIS 6 has them, each with a suplente of the number plus 100.
pub(crate) fn committee() -> Vec<MemberProfile> {
    let seats = [
        (
            1,
            Seat::Presidencia,
            "Rosa María|Aguirre|Téllez",
            "Tomás|Zepeda|Luján",
        ),
        (
            2,
            Seat::SecretariaEjecutiva,
            "Juan Carlos|Pérez|López",
            "Elvira|Quiroga|Nava",
        ),
        (
            3,
            Seat::SecretariaTecnica,
            "Beatriz|Ponce de León|Ruiz",
            "Hugo|Montiel|Vera",
        ),
        (
            4,
            Seat::Electa,
            "Guillermo|Hernández|Domínguez",
            "Nadia|Farías|Lugo",
        ),
        (5, Seat::Electa, "Lucía|Barragán|Ochoa", "Óscar|Tinoco|Meza"),
        (
            6,
            Seat::Electa,
            "Ignacio|Villaseñor|Rangel",
            "Perla|Urbina|Cota",
        ),
        (
            7,
            Seat::RepresentacionOic,
            "Fernanda|Cisneros|Ibarra",
            "Abel|Zúñiga|Peralta",
        ),
    ];
    let mut members = Vec::new();
    for (number, seat, holder, other) in seats {
        members.push(titular(number, seat, holder));
        members.push(suplente(number + 100, number, seat, other));
    }
    members
}
