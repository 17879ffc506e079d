//! The lexicon: which words and phrases speak for or against which risk, read from `lexicon.toml`
//! and checked as a whole, so that whoever edits it learns of every slip at once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use domain::{catalogue::Risk, routing::Urgency};

use crate::normalise::{shortened, tokens};
use crate::pattern::{Finder, Groups, PatternFault};
use crate::urgency::Policy;

/// The lexicon that is part of the program.
pub(crate) const COMPILED_IN: &str = include_str!("lexicon.toml");

/// Words that say nothing by themselves, beside those of `[spanish]`.
const ARTICLES_AND_PREPOSITIONS: &[&str] = &[
    "el", "la", "lo", "los", "las", "un", "una", "unos", "unas", "al", "del", "a", "ante", "bajo",
    "con", "contra", "de", "desde", "durante", "en", "entre", "hacia", "hasta", "mediante", "para",
    "por", "según", "sin", "sobre", "tras", "vía",
];

/// The lexicon cannot be used; every reason is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    /// In the order of the file.
    pub faults: Vec<Fault>,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the lexicon has {} faults", self.faults.len())?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n- {fault}"))
    }
}

impl std::error::Error for LexiconError {}

/// One thing wrong with the lexicon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not TOML, or not of the expected shape.
    #[error("{0}")]
    Unreadable(String),
    /// A section that names no risk of the catalogue.
    #[error("`{0}` is not a risk of the catalogue")]
    UnknownRisk(String),
    /// A level that is none of the urgencies.
    #[error("`{0}` is not an urgency")]
    UnknownUrgency(String),
    /// A risk for which no word speaks, so that it would never be proposed.
    #[error("no term speaks for `{0}`")]
    NoTerms(Risk),
    /// A risk without a starting urgency.
    #[error("`{0}` has no starting urgency")]
    NoBase(Risk),
    /// A term that cannot be looked for.
    #[error("in `{section}`, `{term}`: {fault}")]
    Term {
        /// Where it stands.
        section: String,
        /// As it is written.
        term: String,
        /// What is wrong with it.
        fault: PatternFault,
    },
    /// A term that counts twice for one risk.
    #[error("in `{section}`, `{term}` is there twice")]
    Twice {
        /// Where it stands.
        section: String,
        /// As it is written the second time.
        term: String,
    },
    /// A term that would be found in nearly every text.
    #[error("in `{section}`, `{term}` would be found wherever somebody writes `{word}`")]
    Everyday {
        /// Where it stands.
        section: String,
        /// As it is written.
        term: String,
        /// The stop word, written-out shorthand or single letter that would be evidence.
        word: String,
    },
    /// A number with which no honest probability comes out.
    #[error("`{0}` must be a positive number")]
    NotPositive(&'static str),
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    weights: Weights,
    calibration: Calibration,
    negation: NegationFile,
    spanish: SpanishFile,
    groups: Groups,
    risk: BTreeMap<String, Terms>,
    urgency: UrgencyFile,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    explicit: f64,
    conclusive: f64,
    strong: f64,
    hint: f64,
    against: f64,
}

/// How scores become probabilities; fitted, see the lexicon file.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calibration {
    /// Softness of the probabilities: the higher, the less sure.
    pub(crate) temperature: f64,
    /// Total evidence at which each further word counts half, so that length does not decide.
    pub(crate) saturation: f64,
    /// What a text without any evidence is taken for: head start of "outside our remit".
    pub(crate) outside: f64,
    /// A secondary risk is proposed from this probability on.
    pub(crate) secondary: f64,
    /// Below this probability a person has to classify unaided …
    pub(crate) sure: f64,
    /// … and likewise when the second risk comes closer than this.
    pub(crate) margin: f64,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NegationFile {
    words: Vec<String>,
    bridge: Vec<String>,
    exempt: Vec<String>,
    factor: f64,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SpanishFile {
    words: Vec<String>,
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Terms {
    explicit: Vec<String>,
    conclusive: Vec<String>,
    strong: Vec<String>,
    hint: Vec<String>,
    against: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct UrgencyFile {
    base: BTreeMap<String, String>,
    rule: Vec<Rule>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    reason: String,
    level: String,
    terms: Vec<String>,
}

/// What a pattern means once it is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    /// Speaks for a risk, or against it when negative.
    Weighs(Risk, f64),
    /// Asks for haste.
    Presses(Urgency),
    /// A word that turns what follows into its opposite.
    Negates,
    /// A word across which a negation reaches.
    Bridges,
    /// A phrase whose "no" denies nothing ("no sólo", "no es la primera vez").
    SparesNegation,
    /// A word found in every Spanish text.
    IsSpanish,
}

/// A checked lexicon.
pub(crate) struct Lexicon {
    pub(crate) finder: Finder,
    /// By pattern number; one pattern may mean several things.
    pub(crate) meanings: HashMap<usize, Vec<Meaning>>,
    pub(crate) policy: Policy,
    pub(crate) calibration: Calibration,
    /// What remains of a weight under a negation.
    pub(crate) negated: f64,
}

impl Lexicon {
    pub(crate) fn read(source: &str) -> Result<Self, LexiconError> {
        let file: File = toml::from_str(source).map_err(|error| LexiconError {
            faults: vec![Fault::Unreadable(error.to_string())],
        })?;
        let mut reader = Reader {
            finder: Finder::new(),
            meanings: HashMap::new(),
            groups: file.groups,
            evidence: Vec::new(),
            faults: Vec::new(),
        };
        for (name, value) in [
            ("calibration.temperature", file.calibration.temperature),
            ("calibration.saturation", file.calibration.saturation),
            ("negation.factor", file.negation.factor),
            ("weights.explicit", file.weights.explicit),
            ("weights.conclusive", file.weights.conclusive),
            ("weights.strong", file.weights.strong),
            ("weights.hint", file.weights.hint),
            ("weights.against", file.weights.against),
        ] {
            if !value.is_finite() || value <= 0.0 {
                reader.faults.push(Fault::NotPositive(name));
            }
        }
        reader.terms("negation", &file.negation.words, Meaning::Negates);
        reader.terms("negation", &file.negation.bridge, Meaning::Bridges);
        reader.terms("negation", &file.negation.exempt, Meaning::SparesNegation);
        reader.terms("spanish", &file.spanish.words, Meaning::IsSpanish);
        reader.risks(&file.risk, &file.weights);
        let policy = reader.urgency(&file.urgency);
        reader.refuse_everyday_words(&file.spanish.words);
        if !reader.faults.is_empty() {
            return Err(LexiconError {
                faults: reader.faults,
            });
        }
        Ok(Self {
            finder: reader.finder,
            meanings: reader.meanings,
            policy,
            calibration: file.calibration,
            negated: file.negation.factor,
        })
    }
}

/// Collects faults instead of stopping at the first.
struct Reader {
    finder: Finder,
    meanings: HashMap<usize, Vec<Meaning>>,
    groups: Groups,
    /// The terms that weigh or press: pattern number, section and spelling.
    evidence: Vec<(usize, String, String)>,
    faults: Vec<Fault>,
}

impl Reader {
    /// Adds terms that all mean the same; gives the pattern numbers.
    fn terms(&mut self, section: &str, terms: &[String], meaning: Meaning) -> Vec<(usize, String)> {
        let mut added = Vec::with_capacity(terms.len());
        for term in terms {
            match self.finder.add(term, &self.groups) {
                Ok(number) => {
                    self.meanings.entry(number).or_default().push(meaning);
                    if matches!(meaning, Meaning::Weighs(..) | Meaning::Presses(_)) {
                        self.evidence
                            .push((number, section.to_owned(), term.clone()));
                    }
                    added.push((number, term.clone()));
                }
                Err(fault) => self.faults.push(Fault::Term {
                    section: section.to_owned(),
                    term: term.clone(),
                    fault,
                }),
            }
        }
        added
    }

    fn risks(&mut self, sections: &BTreeMap<String, Terms>, weights: &Weights) {
        let mut spoken_for = HashSet::new();
        for (code, terms) in sections {
            let Ok(risk) = code.parse::<Risk>() else {
                self.faults.push(Fault::UnknownRisk(code.clone()));
                continue;
            };
            let mut seen = HashSet::new();
            for (terms, weight) in [
                (&terms.explicit, weights.explicit),
                (&terms.conclusive, weights.conclusive),
                (&terms.strong, weights.strong),
                (&terms.hint, weights.hint),
                (&terms.against, -weights.against),
            ] {
                for (number, term) in self.terms(code, terms, Meaning::Weighs(risk, weight)) {
                    if weight > 0.0 {
                        spoken_for.insert(risk);
                    }
                    if !seen.insert(number) {
                        self.faults.push(Fault::Twice {
                            section: code.clone(),
                            term,
                        });
                    }
                }
            }
        }
        let silent = Risk::ALL.iter().filter(|risk| !spoken_for.contains(risk));
        self.faults.extend(silent.map(|risk| Fault::NoTerms(*risk)));
    }

    fn urgency(&mut self, file: &UrgencyFile) -> Policy {
        let mut base = BTreeMap::new();
        for (code, level) in &file.base {
            match (code.parse::<Risk>(), self.level(level)) {
                (Ok(risk), Some(level)) => {
                    base.insert(risk, level);
                }
                (Ok(_), None) => {}
                (Err(_), _) => self.faults.push(Fault::UnknownRisk(code.clone())),
            }
        }
        let missing = Risk::ALL.iter().filter(|risk| !base.contains_key(risk));
        self.faults.extend(missing.map(|risk| Fault::NoBase(*risk)));
        for rule in &file.rule {
            if let Some(level) = self.level(&rule.level) {
                self.terms(&rule.reason, &rule.terms, Meaning::Presses(level));
            }
        }
        Policy { base }
    }

    /// No stop word and no letter may be evidence when it stands alone, however the term that would
    /// find it is spelled.
    fn refuse_everyday_words(&mut self, spanish: &[String]) {
        let mut refused = HashSet::new();
        for word in everyday_words(spanish) {
            for hit in self.finder.find(&tokens(&word)) {
                for (number, section, term) in &self.evidence {
                    if *number == hit.pattern && refused.insert((section.clone(), term.clone())) {
                        self.faults.push(Fault::Everyday {
                            section: section.clone(),
                            term: term.clone(),
                            word: word.clone(),
                        });
                    }
                }
            }
        }
    }

    fn level(&mut self, written: &str) -> Option<Urgency> {
        let level = written.parse().ok();
        if level.is_none() {
            self.faults.push(Fault::UnknownUrgency(written.to_owned()));
        }
        level
    }
}

/// The words of `[spanish]`, what shorthand stands for, articles, prepositions and single letters.
pub(crate) fn everyday_words(spanish: &[String]) -> Vec<String> {
    let fixed = shortened().chain(ARTICLES_AND_PREPOSITIONS.iter().copied());
    spanish
        .iter()
        .flat_map(|words| words.split('|').map(str::to_owned))
        .chain(fixed.map(str::to_owned))
        .chain(('a'..='z').chain(['ñ']).map(String::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(source: &str) -> Vec<Fault> {
        match Lexicon::read(source) {
            Ok(_) => Vec::new(),
            Err(error) => error.faults,
        }
    }

    #[test]
    fn the_compiled_in_lexicon_has_no_faults() {
        assert_eq!(faults(COMPILED_IN), []);
    }

    #[test]
    fn a_text_that_is_no_lexicon_is_unreadable() {
        assert!(matches!(
            faults("risk = 3").as_slice(),
            [Fault::Unreadable(_)]
        ));
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let broken = COMPILED_IN
            .replacen(
                "[risk.corrupcion]",
                "[risk.corupcion]\nhint = ['<nadie> roba']\n[risk.x]",
                1,
            )
            .replacen("factor = ", "factor = -", 1)
            .replacen("level = 'alta'", "level = 'ayer'", 1);
        let faults = faults(&broken);
        for expected in [
            Fault::NotPositive("negation.factor"),
            Fault::UnknownRisk("corupcion".to_owned()),
            Fault::UnknownRisk("x".to_owned()),
            Fault::NoTerms(Risk::Corrupcion),
            Fault::UnknownUrgency("ayer".to_owned()),
        ] {
            assert!(faults.contains(&expected), "{expected} not in {faults:?}");
        }
    }

    #[test]
    fn a_term_found_in_every_text_is_refused() {
        for term in [
            "por",
            "ke",
            "para",
            "también",
            "los",
            "entre",
            "x",
            "c|golpe",
            "una|golpe",
            "est*",
        ] {
            for section in [
                "[risk.corrupcion]\nconclusive = [",
                "level = 'alta'\nterms = [",
            ] {
                let everyday = COMPILED_IN.replacen(section, &format!("{section}'{term}', "), 1);
                assert!(
                    faults(&everyday)
                        .iter()
                        .any(|fault| matches!(fault, Fault::Everyday { .. })),
                    "{term} in {section}"
                );
            }
        }
    }

    #[test]
    fn a_term_counts_once_however_it_is_spelled() {
        let doubled = COMPILED_IN.replacen(
            "[risk.corrupcion]\nconclusive = [",
            "[risk.corrupcion]\nconclusive = ['kueyo roto', 'cuello roto', 'a ||b',",
            1,
        );
        let faults = faults(&doubled);
        assert!(
            matches!(
                faults.as_slice(),
                [
                    Fault::Term { fault: PatternFault::Empty, .. },
                    Fault::Twice { term, .. },
                ] if term == "cuello roto"
            ),
            "{faults:?}"
        );
    }
}
