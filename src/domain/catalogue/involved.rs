//! Who of the committee is to be told of a case, and who may be in its commission, as data with its
//! source. What a rule says to people, the translations say.

use jiff::civil::Date;
use serde::Deserialize;

use super::fault::{Faults, Problem};
use super::list::Edition;
use crate::committee::Seat;
use crate::routing::Occasion;

/// A seat that is to be told of a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tell {
    /// Id of the rule.
    pub rule: String,
    /// Who.
    pub seat: Seat,
    /// Of which cases.
    pub when: Occasion,
    /// What for, in Spanish.
    pub what: String,
    /// The norm.
    pub source: String,
}

/// From which seats a commission is made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommissionSeats {
    /// Id of the rule.
    pub rule: String,
    /// Which seats.
    pub seats: Vec<Seat>,
    /// The norm.
    pub source: String,
}

/// How to choose where there are more than it takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Id of the rule.
    pub rule: String,
    /// The norm.
    pub source: String,
}

/// The rules of the catalogue.
#[derive(Debug)]
pub struct InvolvedRules {
    edition: Edition,
    /// Whom to tell.
    pub tell: Vec<Tell>,
    /// Who may be in a commission.
    pub commission: CommissionSeats,
    /// Who comes first.
    pub turn: Turn,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InvolvedFile {
    version: String,
    as_of: Date,
    source: String,
    tell: Vec<Tell>,
    commission: CommissionSeats,
    turn: Turn,
}

impl InvolvedRules {
    pub(super) fn new(file: &'static str, read: InvolvedFile, faults: &mut Faults) -> Self {
        let mut senseless = |entry: &str, why| {
            let entry = entry.to_owned();
            faults.add(file, Problem::Senseless { entry, why });
        };
        let own = [read.commission.rule.as_str(), read.turn.rule.as_str()];
        let rules: Vec<&str> = read
            .tell
            .iter()
            .map(|one| one.rule.as_str())
            .chain(own)
            .collect();
        for (position, rule) in rules.iter().enumerate() {
            if rules[..position].contains(rule) {
                senseless(rule, "is the id of two rules");
            }
        }
        for when in Occasion::ALL {
            if read.tell.iter().all(|one| one.when != *when) {
                senseless(when.code(), "tells nobody");
            }
        }
        if read.commission.seats.is_empty() {
            senseless(own[0], "lets nobody in");
        }
        Self {
            edition: Edition {
                version: read.version,
                as_of: read.as_of,
                source: read.source,
            },
            tell: read.tell,
            commission: read.commission,
            turn: read.turn,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }
}
