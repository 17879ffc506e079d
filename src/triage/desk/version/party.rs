//! For whom a version is made: whoever filed, or one of those who are denounced.

use std::fmt;
use std::str::FromStr;

use domain::redaction::Reader;

use crate::documents::MasksDocument;

/// A party of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum Party {
    /// Whoever filed.
    Complainant,
    /// Who is denounced: which of them, in the order of the complaint, from 1.
    Denounced(u16),
}

/// There is no such party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a party")]
pub(in crate::desk) struct NoParty;

impl Party {
    /// All parties of a case with so many people denounced: one more than these, and never fewer than two,
    /// since whom the complaint does not name is a party too.
    pub(in crate::desk) fn all(denounced: usize) -> impl Iterator<Item = Self> {
        let people = u16::try_from(denounced.max(1)).unwrap_or(u16::MAX);
        std::iter::once(Self::Complainant).chain((1..=people).map(Self::Denounced))
    }

    /// What kind of a reader it is.
    pub(super) const fn reader(self) -> Reader {
        match self {
            Self::Complainant => Reader::Complainant,
            Self::Denounced(_) => Reader::Denounced,
        }
    }

    /// Which of its kind, from 1.
    pub(super) const fn number(self) -> u16 {
        match self {
            Self::Complainant => 1,
            Self::Denounced(number) => number,
        }
    }

    /// Whether a decision is about this party's version.
    pub(super) fn owns(self, decision: &MasksDocument) -> bool {
        (decision.reader, decision.number) == (self.reader(), self.number())
    }
}

/// As addresses name it: the first without a number.
impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number() {
            1 => f.write_str(self.reader().code()),
            number => write!(f, "{}-{number}", self.reader().code()),
        }
    }
}

impl FromStr for Party {
    type Err = NoParty;

    fn from_str(text: &str) -> Result<Self, NoParty> {
        let (reader, number) = match text.split_once('-') {
            Some((reader, number)) => (reader, number.parse().map_err(|_| NoParty)?),
            None => (text, 1),
        };
        let party = match reader.parse().map_err(|_| NoParty)? {
            Reader::Complainant => Self::Complainant,
            Reader::Denounced => Self::Denounced(number),
        };
        // One name each.
        if number == 0 || party.to_string() != text {
            return Err(NoParty);
        }
        Ok(party)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_party_has_one_name() {
        let all: Vec<Party> = Party::all(12).collect();
        assert_eq!(all.len(), 13);
        for party in all {
            assert_eq!(party.to_string().parse(), Ok(party));
        }
        assert_eq!(Party::all(0).count(), 2);
        for text in [
            "",
            "nadie",
            "persona_denunciada-0",
            "persona_denunciada-1",
            "persona_denunciada-02",
            "persona_denunciada-+2",
            "persona_denunciada-",
            "persona_denunciada-65536",
            "persona_denunciante-2",
        ] {
            assert_eq!(text.parse::<Party>(), Err(NoParty), "{text}");
        }
    }
}
