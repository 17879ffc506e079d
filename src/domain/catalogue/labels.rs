//! What the codes of the procedure are called in Spanish, as data with its source.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::current;
use super::fault::{Faults, Problem};
use super::list::Edition;
use super::terms::Confidence;
use crate::procedure::{
    EarlyCause, Element, Ending, IncompetenceCause, JoinCause, Mark, MeasureKind, MeasureState,
    MoveKind, NoProcedureCause, Owner, PaperKind, Party, Proposal, RecommendationKind,
    RecommendationState, Sense, SessionKind, Signal,
};

/// What a code is called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// In Spanish, for the committee.
    pub name: String,
    /// The norm that the code comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The labels of one list, by code.
type Labels = BTreeMap<String, Label>;

/// The labels of all lists.
#[derive(Debug)]
pub(super) struct AllLabels {
    edition: Edition,
    lists: BTreeMap<String, Labels>,
}

#[derive(Debug, Deserialize)]
pub(super) struct LabelsFile {
    version: String,
    as_of: Date,
    source: String,
    #[serde(flatten)]
    lists: BTreeMap<String, Labels>,
}

/// Gives each code its label, and checks that the file has every one of them, once, and no other.
macro_rules! labelled {
    ($($code:ident = $list:literal),+ $(,)?) => {
        $(impl $code {
            /// What it is called in Spanish, and the norm that it comes from.
            pub fn label(self) -> &'static Label {
                current().labels.get($list, self.code())
            }
        })+

        /// The codes of each list.
        fn all() -> Vec<(&'static str, Vec<&'static str>)> {
            vec![$(($list, $code::ALL.iter().map(|code| code.code()).collect())),+]
        }
    };
}

labelled! {
    MoveKind = "move",
    Element = "element",
    NoProcedureCause = "no_procedure_cause",
    EarlyCause = "early_cause",
    IncompetenceCause = "incompetence_cause",
    Proposal = "proposal",
    Sense = "sense",
    RecommendationKind = "recommendation_kind",
    RecommendationState = "recommendation_state",
    MeasureKind = "measure_kind",
    MeasureState = "measure_state",
    JoinCause = "join_cause",
    Mark = "mark",
    SessionKind = "session_kind",
    PaperKind = "paper_kind",
    Party = "party",
    Owner = "owner",
    Ending = "ending",
    Signal = "signal",
}

impl AllLabels {
    pub(super) fn new(file: &'static str, read: LabelsFile, faults: &mut Faults) -> Self {
        let lists = read.lists;
        let nothing = Labels::new();
        for (list, codes) in all() {
            let labels = lists.get(list).unwrap_or(&nothing);
            for code in &codes {
                if !labels.contains_key(*code) {
                    faults.add(file, Problem::NotOnce { code, times: 0 });
                }
            }
            for code in labels.keys().filter(|code| !codes.contains(&code.as_str())) {
                let (entry, code) = (list.to_owned(), code.clone());
                let field = "label";
                faults.add(file, Problem::Dangling { entry, field, code });
            }
        }
        for list in lists.keys() {
            if !all().iter().any(|(known, _)| known == list) {
                let entry = list.clone();
                let why = "is no list";
                faults.add(file, Problem::Senseless { entry, why });
            }
        }
        Self {
            edition: Edition {
                version: read.version,
                as_of: read.as_of,
                source: read.source,
            },
            lists,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }

    fn get(&self, list: &str, code: &str) -> &Label {
        self.lists
            .get(list)
            .and_then(|labels| labels.get(code))
            .expect("`Catalogues::load` found a label for each code")
    }
}
