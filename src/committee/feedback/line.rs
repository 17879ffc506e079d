//! What is told of an opinion outside the cases.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{FEWEST, Opinion, Quarter, Verdict};

/// An opinion as it may leave the cases: with how long ago it was told so that at least [`FEWEST`] lines share it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Which classifier proposed.
    pub model: String,
    /// When the committee classified the case first: the quarter, such as `2026-Q1`; the year alone where the
    /// quarter has fewer than [`FEWEST`] cases; nothing where those of the year that are left have fewer too.
    pub period: Option<String>,
    /// Whether the proposal was hidden until then.
    pub hidden: bool,
    /// What was proposed.
    pub proposed: Verdict,
    /// How probable the proposed main risk was, in tenths.
    pub confidence: f64,
    /// Whether the machine asked for a person.
    pub review: bool,
    /// How the committee classified it first.
    pub first: Verdict,
    /// How the committee classified it last.
    pub confirmed: Verdict,
}

impl Line {
    /// All lines of an export, in the order of the opinions. How exactly one of them tells when depends on the
    /// others.
    pub fn all(opinions: Vec<Opinion>) -> Vec<Self> {
        let mut quarters: BTreeMap<Quarter, u64> = BTreeMap::new();
        for opinion in &opinions {
            *quarters.entry(opinion.quarter).or_default() += 1;
        }
        // Of those alone that do not tell their quarter: the others of the year are no cover for them.
        let mut years: BTreeMap<i16, u64> = BTreeMap::new();
        for (quarter, cases) in quarters.iter().filter(|(_, cases)| **cases < FEWEST) {
            *years.entry(quarter.year).or_default() += cases;
        }
        let period = |quarter: Quarter| {
            let enough = |cases: Option<&u64>| cases.is_some_and(|cases| *cases >= FEWEST);
            if enough(quarters.get(&quarter)) {
                Some(quarter.to_string())
            } else if enough(years.get(&quarter.year)) {
                Some(format!("{:04}", quarter.year))
            } else {
                None
            }
        };
        opinions
            .into_iter()
            .map(|opinion| Self {
                period: period(opinion.quarter),
                model: opinion.model,
                hidden: opinion.hidden,
                proposed: opinion.proposed,
                confidence: opinion.confidence,
                review: opinion.review,
                first: opinion.first,
                confirmed: opinion.confirmed,
            })
            .collect()
    }
}
