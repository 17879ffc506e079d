//! How long closed cases are kept, as data with its source.

use jiff::civil::Date;
use serde::Deserialize;

use super::current;
use super::fault::{Faults, Problem};
use super::list::Edition;
use super::terms::Confidence;
use crate::coded_enum;

coded_enum! {
    /// The archival series of a closed case.
    pub enum Series {
        /// Without notice to the control body.
        General = "GENERAL",
        /// With one.
        Referred = "VISTA_OIC",
        /// About human rights.
        HumanRights = "DERECHOS_HUMANOS",
    }
}

impl Series {
    /// Its entry.
    pub fn entry(self) -> &'static SeriesEntry {
        let all = &current().retention().series;
        let found = all.iter().find(|entry| entry.key == self);
        found.expect("the catalogue has each series")
    }
}

/// What holds for a series.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesEntry {
    key: Series,
    /// Years after the closing; `None`: it does not end by itself.
    pub years: Option<i16>,
    /// Which cases, in Spanish.
    pub meaning: String,
    /// Where the term comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A number of years.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// How many.
    pub years: i16,
    /// Of what, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The rules of the catalogue.
#[derive(Debug)]
pub struct RetentionRules {
    edition: Edition,
    series: Vec<SeriesEntry>,
    /// The longest that any may be kept.
    pub longest: Years,
    /// The least that the certificate of a deletion is kept.
    pub certificate: Years,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetentionFile {
    version: String,
    as_of: Date,
    source: String,
    series: Vec<SeriesEntry>,
    longest: Years,
    certificate: Years,
}

impl RetentionRules {
    pub(super) fn new(file: &'static str, read: RetentionFile, faults: &mut Faults) -> Self {
        let found = read.series.iter().map(|entry| entry.key);
        faults.each_once(file, Series::ALL, Series::code, found);
        for entry in &read.series {
            let possible = 1..=read.longest.years;
            if entry.years.is_some_and(|years| !possible.contains(&years)) {
                let entry = entry.key.code().to_owned();
                let why = "is kept for no time, or longer than any may be";
                faults.add(file, Problem::Senseless { entry, why });
            }
        }
        Self {
            edition: Edition {
                version: read.version,
                as_of: read.as_of,
                source: read.source,
            },
            series: read.series,
            longest: read.longest,
            certificate: read.certificate,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }
}
