//! A person of the committee: name, seat, unit of work and term of office.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use super::Seat;
use crate::catalogue::{OoadCode, UmaeCode};
use crate::coded_enum;
use crate::complaint::{NamePart, ShortText};

/// Which member, by 16 random bytes written as 32 hexadecimal digits; tells neither seat nor order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberId(pub [u8; 16]);

impl fmt::Display for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that is no id of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of a member is 32 small hexadecimal digits")]
pub struct NotAMemberId;

impl FromStr for MemberId {
    type Err = NotAMemberId;

    /// Only the form that is written is read, so that an id has one address.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 32 || !text.bytes().all(digit) {
            return Err(NotAMemberId);
        }
        let id = u128::from_str_radix(text, 16).map_err(|_| NotAMemberId)?;
        Ok(Self(id.to_be_bytes()))
    }
}

impl Serialize for MemberId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MemberId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The name of a member, in its parts: only so can a lone surname be told from a lone given name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "NameParts", into = "NameParts")]
pub struct PersonName {
    given: NamePart,
    first_surname: NamePart,
    second_surname: Option<NamePart>,
}

/// Why three texts are not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// The given name has no letter; ask for it again.
    #[error("the given name has no letter")]
    Given,
    /// The first surname has no letter; ask for it again.
    #[error("the first surname has no letter")]
    FirstSurname,
    /// The second surname has no letter; ask for it again, or leave it out.
    #[error("the second surname has no letter")]
    SecondSurname,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameParts {
    given: NamePart,
    first_surname: NamePart,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second_surname: Option<NamePart>,
}

impl PersonName {
    /// A name of given names, first and, where there is one, second surname.
    ///
    /// # Errors
    /// Which part has no letter in it.
    pub fn new(
        given: NamePart,
        first_surname: NamePart,
        second_surname: Option<NamePart>,
    ) -> Result<Self, NameFault> {
        let told = |part: &NamePart| part.expose().chars().any(char::is_alphabetic);
        if !told(&given) {
            return Err(NameFault::Given);
        }
        if !told(&first_surname) {
            return Err(NameFault::FirstSurname);
        }
        if second_surname.as_ref().is_some_and(|part| !told(part)) {
            return Err(NameFault::SecondSurname);
        }
        Ok(Self {
            given,
            first_surname,
            second_surname,
        })
    }

    /// The given names.
    pub fn given(&self) -> &str {
        self.given.expose()
    }

    /// The first surname.
    pub fn first_surname(&self) -> &str {
        self.first_surname.expose()
    }

    /// The second surname, for those who have one.
    pub fn second_surname(&self) -> Option<&str> {
        self.second_surname.as_ref().map(NamePart::expose)
    }

    /// The whole name, given names first.
    pub fn full(&self) -> Zeroizing<String> {
        let parts = [self.given(), self.first_surname()];
        let length = parts.iter().map(|part| part.len() + 1).sum::<usize>();
        let second = self.second_surname();
        let length = length + second.map_or(0, str::len);
        let mut full = Zeroizing::new(String::with_capacity(length));
        for part in parts.into_iter().chain(second) {
            if !full.is_empty() {
                full.push(' ');
            }
            full.push_str(part.trim());
        }
        full
    }
}

impl TryFrom<NameParts> for PersonName {
    type Error = NameFault;

    fn try_from(parts: NameParts) -> Result<Self, NameFault> {
        Self::new(parts.given, parts.first_surname, parts.second_surname)
    }
}

impl From<PersonName> for NameParts {
    fn from(name: PersonName) -> Self {
        Self {
            given: name.given,
            first_surname: name.first_surname,
            second_surname: name.second_surname,
        }
    }
}

/// Whether a seat is held or stood in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Standing {
    /// Holds the seat.
    Titular,
    /// Acts when the titular is absent, or may not act on a case.
    Suplente {
        /// The titular.
        of: MemberId,
    },
}

/// Administrative unit of work, as far as it is known: who works in the same one may not act
/// (CHIS 34).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unit {
    /// Órgano de Operación Administrativa Desconcentrada; none at central level and in a UMAE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ooad: Option<OoadCode>,
    /// Unidad Médica de Alta Especialidad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub umae: Option<UmaeCode>,
    /// Centre of work, such as a hospital, or direction at central level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<ShortText>,
    /// Area or service in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<ShortText>,
}

/// Term of office; both days are part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day; `None` for seats that last until somebody else is appointed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Term {
    /// Whether the day lies in it.
    pub fn covers(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What the committee knows of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberProfile {
    /// Which member.
    pub id: MemberId,
    /// Name.
    pub name: PersonName,
    /// Place in the committee.
    pub seat: Seat,
    /// Titular or suplente.
    pub standing: Standing,
    /// Where the person works.
    pub unit: Unit,
    /// Term of office.
    pub term: Term,
    /// Day on which the confidentiality agreement was signed (CHIS 23); without it nothing is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement_on: Option<Date>,
    /// First day on which the committee has suspended the member, who is denounced (CHIS 39); until it
    /// takes that back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_from: Option<Date>,
    /// How often that by which the member is found in a case was changed: who was looked for under an
    /// earlier name or unit is looked for again.
    #[serde(default, skip_serializing_if = "is_first")]
    pub edition: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_first(edition: &u32) -> bool {
    *edition == 0
}

impl MemberProfile {
    /// Whether the member acts for the seat: holds it, and is not suspended.
    pub fn in_office(&self, today: Date) -> bool {
        self.holds_office(today) && !self.is_suspended(today)
    }

    /// Whether the term of office runs and the confidentiality agreement is signed. Whoever is suspended
    /// still holds the seat, which counts as one that nobody fills.
    pub fn holds_office(&self, today: Date) -> bool {
        self.term.covers(today) && self.agreement_on.is_some_and(|signed| signed <= today)
    }

    /// Whether the committee has suspended the member.
    pub fn is_suspended(&self, today: Date) -> bool {
        self.suspended_from.is_some_and(|from| from <= today)
    }

    /// The titular for whom a suplente stands in; `None` for a titular.
    pub fn stands_in_for(&self) -> Option<MemberId> {
        match self.standing {
            Standing::Titular => None,
            Standing::Suplente { of } => Some(of),
        }
    }
}

coded_enum! {
    /// Why a member may not know of a case; the gravest first.
    pub enum Ground {
        /// Is denounced in it.
        Denounced = "DENUNCIADA",
        /// Filed it, under the own name.
        Complainant = "DENUNCIANTE",
        /// Is named as a witness.
        Witness = "TESTIGO",
        /// The person who files does not want this member to see it.
        KeptFrom = "VOLUNTAD",
        /// Works in the administrative unit that it is about (CHIS 34).
        Unit = "UNIDAD",
        /// Is named in what was written.
        Named = "MENCIONADA",
        /// The member declared a conflict (CHIS 34; LGRA 58).
        Declared = "DECLARADO",
        /// The committee decided so.
        Decided = "DECIDIDO",
    }
}

#[cfg(test)]
mod tests;
