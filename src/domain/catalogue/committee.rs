//! What the norms say of the committee as a body, as data with its source.

use jiff::civil::Date;
use serde::Deserialize;

use super::fault::{Faults, Problem};
use super::list::Edition;
use super::terms::Confidence;
use crate::committee::Seat;

/// Seats of which a norm says something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatList {
    /// Which.
    pub seats: Vec<Seat>,
    /// What holds for them, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How many seats with a vote make a session.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    of: usize,
    plus: usize,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

impl Quorum {
    /// How many of `seats` have to be there: half of them, rounded down, and one.
    pub fn least(&self, seats: usize) -> usize {
        seats / self.of + self.plus
    }
}

/// How many persons an act takes that nobody does alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoPersons {
    /// That many.
    pub least: usize,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The rules of the catalogue.
#[derive(Debug)]
pub struct CommitteeRules {
    edition: Edition,
    /// Seats with a vote.
    pub voting: SeatList,
    /// Seats without which, or whose suplente, there is no session.
    pub indispensable: SeatList,
    /// Seats that may act on matters of their own administrative unit.
    pub own_unit_spared: SeatList,
    /// How many make a session.
    pub quorum: Quorum,
    /// How many an act takes that nobody does alone.
    pub two_persons: TwoPersons,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeFile {
    version: String,
    as_of: Date,
    source: String,
    voting: SeatList,
    indispensable: SeatList,
    own_unit_spared: SeatList,
    quorum: Quorum,
    two_persons: TwoPersons,
}

impl CommitteeRules {
    pub(super) fn new(file: &'static str, read: CommitteeFile, faults: &mut Faults) -> Self {
        let mut senseless = |entry: &str, why| {
            let entry = entry.to_owned();
            faults.add(file, Problem::Senseless { entry, why });
        };
        let voting = &read.voting.seats;
        for (entry, list) in [
            ("indispensable", &read.indispensable),
            ("own_unit_spared", &read.own_unit_spared),
        ] {
            if !list.seats.iter().all(|seat| voting.contains(seat)) {
                senseless(entry, "names a seat without a vote");
            }
        }
        if read.quorum.of == 0 {
            senseless("quorum", "is a part of nothing");
        }
        if read.two_persons.least < 2 {
            senseless("two_persons", "can be one person");
        }
        Self {
            edition: Edition {
                version: read.version,
                as_of: read.as_of,
                source: read.source,
            },
            voting: read.voting,
            indispensable: read.indispensable,
            own_unit_spared: read.own_unit_spared,
            quorum: read.quorum,
            two_persons: read.two_persons,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }
}
