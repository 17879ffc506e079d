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
    /// A rule that does not say why it is there.
    #[error("`{0}` has no reason")]
    NoReason(String),
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
    reason: String,
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
            if rule.reason.trim().is_empty() {
                faults.push(RuleFault::NoReason(rule.name.clone()));
            }
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
            .flat_map(|pattern| self.demands.get(pattern).into_iter().flatten())
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
            .replacen("'<arma>'", "'<armas>'", 1)
            .replacen("reason = 'A weapon", "reason = ' ' # A weapon", 1);
        let faults = faults(&broken);
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(matches!(
            self::faults("rule = 3")[..],
            [RuleFault::Unreadable(_)]
        ));
    }

    /// One rule of the file by itself.
    fn only(name: &str) -> Rules {
        let mut file: toml::Table = COMPILED_IN.parse().expect("TOML");
        let rules = file["rule"].as_array_mut().expect("rules");
        rules.retain(|rule| rule["name"].as_str() == Some(name));
        assert_eq!(rules.len(), 1, "{name}");
        Rules::read(&file.to_string()).expect("sound rules")
    }

    fn names() -> Vec<String> {
        let file: File = toml::from_str(COMPILED_IN).expect("sound rules");
        file.rule.into_iter().map(|rule| rule.name).collect()
    }

    /// Of every rule what it must find, however it is spelt and also after a "no", and what it must
    /// leave alone.
    const EXAMPLES: &[(&str, &[&str], &[&str])] = &[
        (
            "self_harm",
            &[
                "ya no quiero vivir, mi jefa me humilla diario",
                "YA PENSE EN SUISIDARME",
                "no voy a suicidarme, pero lo pensé",
                "hay noches en que pienso en colgarme",
            ],
            &[
                "quiero vivir tranquila y trabajar",
                "me mata el cansancio",
                "se atrevió a colgarme el teléfono",
            ],
        ),
        (
            "death_or_weapon",
            &[
                "EL CAMILLERO TRAE UNA NABAJA",
                "dijo que me va a matar si hablo",
                "no me amenazó de muerte, sólo me enseñó la pistola",
                "me puso el bisturí en el cuello",
                "me aventó un cuchillo en la cocina",
                "llegó armado a la junta",
                "unos sujetos armados entraron al almacén",
            ],
            &[
                "faltan bisturís en quirófano",
                "en el comedor no hay cuchillos ni cucharas",
                "mi hermano sirve en las Fuerzas Armadas",
                "la cama estaba mal armada",
                "mi jefa armó un problema por la mesa que pedí",
                "me mata de hambre la fila",
            ],
        ),
        (
            "sexual_violence",
            &[
                "el supervisor me metio la mano debajo de la falda",
                "me agarró una nalga en el elevador",
                "no me violó pero intentó besarme",
                "me tocó la pierna y se rio",
                "me toca los senos jugando",
                "nos tocó varias veces la cintura",
                "le tocó por la cadera al pasar",
            ],
            &[
                "me tocó radiografía de pecho",
                "me toca revisar placas de cadera",
                "me tocó la guardia de noche otra vez",
                "violaron el procedimiento de compras",
                "me agarró la lluvia",
            ],
        ),
        (
            "minors",
            &[
                "la maestra de la guardería pellizca a los niños",
                "al bebé lo dejaron amarrado",
                "no le pega al niño, lo encierra",
                "el camillero tocó a una niña en el cuarto",
                "le tocaba las piernas a la niña",
            ],
            &[
                "me toca vacunar niños",
                "me tocó pasar visita a tres bebés",
                "los niños esperan dos horas su vacuna",
                "es la menor de mis quejas",
            ],
        ),
        (
            "confinement",
            &[
                "me encerraron bajo llave cuatro horas",
                "tienen a un paciente amarrado a la cama",
                "no me dejaban salir del cuarto",
            ],
            &[
                "cerraron la ventanilla con llave temprano",
                "no me dejan descansar",
            ],
        ),
        (
            "retaliation",
            &[
                "desde que me quejé me quitaron mis guardias",
                "me amenasa con correrme si lo denunsio",
                "no es justo que haya represalias",
            ],
            &[
                "quiero denunciar que no hay agua",
                "retiré mi expediente de archivo",
            ],
        ),
    ];

    #[test]
    fn each_rule_finds_what_it_is_for_and_leaves_the_near_miss_alone() {
        let tried: Vec<_> = EXAMPLES.iter().map(|(name, ..)| *name).collect();
        assert_eq!(tried, names());
        for (name, hits, misses) in EXAMPLES {
            let rule = only(name);
            for text in *hits {
                let demands = rule.demands(text);
                assert!(
                    demands.iter().any(|d| d.urgency == Urgency::Alta),
                    "{name}: {text}"
                );
            }
            for text in *misses {
                assert_eq!(rule.demands(text), [], "{name}: {text}");
            }
        }
    }

    /// Every mark that the model does not see is none for the rules either.
    #[test]
    fn marks_without_width_hide_nothing() {
        let rule = only("self_harm");
        let marks: Vec<char> = ('\0'..=char::MAX)
            .filter(|c| crate::reading::is_invisible(*c))
            .collect();
        for mark in [
            '\u{ad}', '\u{200b}', '\u{202a}', '\u{202e}', '\u{2061}', '\u{206f}', '\u{feff}',
        ] {
            assert!(marks.contains(&mark), "{mark:?}");
        }
        for mark in marks.into_iter().chain(['\u{301}', '\u{fe0f}']) {
            let text = format!("pensé en suici{mark}darme");
            assert_ne!(rule.demands(&text), [], "{mark:?}");
        }
    }

    #[derive(serde::Deserialize)]
    struct Labelled {
        text: String,
        urgency: Urgency,
    }

    /// A false alarm costs a look; if there were many, nobody would look.
    #[test]
    fn false_alarms_are_few() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/training/corpus");
        let texts: Vec<Labelled> = "abcdefhiklm"
            .chars()
            .map(|author| std::fs::read_to_string(format!("{folder}/{author}.jsonl")))
            .flat_map(|file| {
                let file = file.expect("a file of the corpus");
                let lines = file.lines().map(serde_json::from_str);
                lines
                    .collect::<Result<Vec<_>, _>>()
                    .expect("labelled texts")
            })
            .collect();
        assert!(texts.len() > 3000);
        let of = |urgency| {
            texts
                .iter()
                .filter(move |text: &&Labelled| text.urgency == urgency)
        };
        let mut told = Vec::new();
        for name in names() {
            let rule = only(&name);
            let flagged = |urgency| {
                let found = of(urgency).filter(|text| !rule.demands(&text.text).is_empty());
                found.count()
            };
            told.push((
                name,
                [Urgency::Alta, Urgency::Media, Urgency::Baja].map(flagged),
            ));
        }
        for (name, [alta, media, baja]) in &told {
            assert!(baja * 100 <= of(Urgency::Baja).count(), "{name}: {told:?}");
            assert!(
                media * 100 <= of(Urgency::Media).count(),
                "{name}: {told:?}"
            );
            assert!(*alta >= media + baja, "{name}: {told:?}");
        }
    }
}
