//! What the norms say of the procedure in numbers and names, as data with its source.

use jiff::civil::Date;
use serde::Deserialize;

use super::fault::{Faults, Problem};
use super::list::Edition;
use super::terms::{Confidence, TermKey};
use crate::procedure::{Owner, RecommendationKind};

/// Who keeps a term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ownership {
    key: TermKey,
    /// Who.
    pub owner: Owner,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The most of something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Most {
    /// How many.
    pub most: usize,
    /// Of what, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// Kinds of recommendations of which a norm says something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// Which.
    pub kinds: Vec<RecommendationKind>,
    /// What holds for them, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The rules of the catalogue.
#[derive(Debug)]
pub struct ProcedureRules {
    edition: Edition,
    /// Members of a commission.
    pub commission: Most,
    /// Summonses of a party to an interview.
    pub summonses: Most,
    /// Working days without an entry, after which a case counts as stuck.
    pub stuck: Most,
    /// What may be recommended where there was no breach.
    pub without_breach: Kinds,
    owners: Vec<Ownership>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProcedureFile {
    version: String,
    as_of: Date,
    source: String,
    commission: Most,
    summonses: Most,
    stuck: Most,
    without_breach: Kinds,
    owner: Vec<Ownership>,
}

impl ProcedureRules {
    pub(super) fn new(file: &'static str, read: ProcedureFile, faults: &mut Faults) -> Self {
        let owners = read.owner.iter().map(|one| one.key);
        faults.each_once(file, TermKey::ALL, TermKey::code, owners);
        for (entry, most) in [
            ("commission", &read.commission),
            ("summonses", &read.summonses),
            ("stuck", &read.stuck),
        ] {
            if most.most == 0 {
                let entry = entry.to_owned();
                let why = "lets nobody do anything";
                faults.add(file, Problem::Senseless { entry, why });
            }
        }
        Self {
            edition: Edition {
                version: read.version,
                as_of: read.as_of,
                source: read.source,
            },
            commission: read.commission,
            summonses: read.summonses,
            stuck: read.stuck,
            without_breach: read.without_breach,
            owners: read.owner,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Who keeps a term.
    pub fn owner(&self, key: TermKey) -> &Ownership {
        self.owners
            .iter()
            .find(|one| one.key == key)
            .expect("`Catalogues::load` found each term exactly once")
    }
}
