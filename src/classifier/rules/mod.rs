//! The few hard rules: what must never be missed, whatever the model believes.
//!
//! They are data, `rules.toml`, each with its reason, so that the committee can see and change its
//! own policy; they only ever raise.

mod normalise;
mod pattern;

use std::collections::HashMap;
use std::fmt;

use domain::{catalogue::Risk, routing::Urgency};

use normalise::tokens;
use pattern::{Finder, Groups};

pub use pattern::PatternFault;

/// The rules that are part of the program.
pub(crate) const COMPILED_IN: &str = include_str!("rules.toml");

/// The rules cannot be used; every reason is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesError {
    /// In the order of the file.
    pub faults: Vec<RuleFault>,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rules have {} faults", self.faults.len())?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n- {fault}"))
    }
}

impl std::error::Error for RulesError {}

/// One thing wrong with the rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// It is not TOML, or not of the expected shape.
    #[error("{0}")]
    Unreadable(String),
    /// A risk that is not in the catalogue.
    #[error("`{0}` is not a risk of the catalogue")]
    UnknownRisk(String),
    /// A level that is none of the urgencies.
    #[error("`{0}` is not an urgency")]
    UnknownUrgency(String),
    /// A term that cannot be looked for.
    #[error("in `{rule}`, `{term}`: {fault}")]
    Term {
        /// The name of the rule.
        rule: String,
        /// As it is written.
        term: String,
        /// What is wrong with it.
        fault: PatternFault,
    },
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: Groups,
    rule: Vec<RuleOfFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleOfFile {
    name: String,
    /// For whoever reads the file.
    #[serde(rename = "reason")]
    _reason: String,
    urgency: String,
    risk: Option<String>,
    terms: Vec<String>,
}

/// What a rule that was found asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Demand {
    pub(crate) urgency: Urgency,
    /// A risk to propose beside the others.
    pub(crate) risk: Option<Risk>,
}

/// Rules, ready to be looked for.
pub(crate) struct Rules {
    finder: Finder,
    /// By pattern number.
    demands: HashMap<usize, Vec<Demand>>,
}

impl Rules {
    pub(crate) fn read(source: &str) -> Result<Self, RulesError> {
        let file: File = toml::from_str(source).map_err(|error| RulesError {
            faults: vec![RuleFault::Unreadable(error.to_string())],
        })?;
        let mut rules = Self {
            finder: Finder::new(),
            demands: HashMap::new(),
        };
        let mut faults = Vec::new();
        for rule in file.rule {
            let risk = rule.risk.as_ref().map(|code| code.parse::<Risk>());
            let (urgency, risk) = match (rule.urgency.parse(), risk.transpose()) {
                (Ok(urgency), Ok(risk)) => (urgency, risk),
                (urgency, risk) => {
                    if urgency.is_err() {
                        faults.push(RuleFault::UnknownUrgency(rule.urgency));
                    }
                    if risk.is_err() {
                        faults.push(RuleFault::UnknownRisk(rule.risk.unwrap_or_default()));
                    }
                    continue;
                }
            };
            for term in rule.terms {
                match rules.finder.add(&term, &file.groups) {
                    Ok(number) => rules
                        .demands
                        .entry(number)
                        .or_default()
                        .push(Demand { urgency, risk }),
                    Err(fault) => faults.push(RuleFault::Term {
                        rule: rule.name.clone(),
                        term,
                        fault,
                    }),
                }
            }
        }
        if faults.is_empty() {
            Ok(rules)
        } else {
            Err(RulesError { faults })
        }
    }

    /// What the rules found in a text ask for.
    pub(crate) fn demands(&self, text: &str) -> Vec<Demand> {
        self.finder
            .find(&tokens(text))
            .iter()
            .flat_map(|hit| self.demands.get(&hit.pattern).into_iter().flatten())
            .copied()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(source: &str) -> Vec<RuleFault> {
        match Rules::read(source) {
            Ok(_) => Vec::new(),
            Err(error) => error.faults,
        }
    }

    #[test]
    fn the_compiled_in_rules_have_no_faults() {
        assert_eq!(faults(COMPILED_IN), []);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let broken = COMPILED_IN
            .replacen("urgency = 'alta'", "urgency = 'ayer'", 1)
            .replacen("risk = 'acoso_sexual'", "risk = 'acoso'", 1)
            .replacen("'<arma>'", "'<armas>'", 1);
        let faults = faults(&broken);
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(matches!(
            self::faults("rule = 3")[..],
            [RuleFault::Unreadable(_)]
        ));
    }

    #[test]
    fn each_rule_finds_what_it_is_for_however_it_is_spelt() {
        let rules = Rules::read(COMPILED_IN).expect("sound rules");
        for text in [
            "ya no quiero vivir, mi jefa me humilla diario",
            "EL CAMILLERO TRAE UNA NABAJA",
            "dijo que me va a matar si hablo",
            "me encerraron bajo llave cuatro horas",
            "el supervisor me metio la mano debajo de la falda",
            "la maestra de la guardería pellizca a los niños",
        ] {
            let demands = rules.demands(text);
            assert!(demands.iter().any(|d| d.urgency == Urgency::Alta), "{text}");
        }
        for text in [
            "no contestan el teléfono de archivo",
            "los niños esperan dos horas su vacuna",
            "me tocó la guardia de noche otra vez",
            "mi jefa armó un problema por la mesa que pedí",
        ] {
            assert_eq!(rules.demands(text), [], "{text}");
        }
    }
}
