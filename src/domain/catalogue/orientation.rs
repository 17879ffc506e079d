//! Who can help with a matter: rules as data, so that a change of competence is a change of data.

use serde::Deserialize;

use super::fault::{Faults, Problem};
use super::list::Edition;
use super::{InstanceCode, current};
use crate::code::fold;
use jiff::civil::Date;

crate::coded_enum! {
    /// An answer to a question that is yes or no.
    pub enum YesNo {
        /// Sí
        Yes = "si",
        /// No
        No = "no",
    }
}

crate::coded_enum! {
    /// What happened, in the words of people and not of norms.
    pub enum Matter {
        /// Sexual harassment of any kind.
        SexualHarassment = "acoso_sexual",
        /// Discrimination.
        Discrimination = "discriminacion",
        /// Blows, shouting, threats.
        Aggression = "agresiones",
        /// Mistreatment at work, abuse of command.
        Mistreatment = "maltrato",
        /// Money, bribes, contracts, favours.
        Corruption = "corrupcion",
        /// An authority did not respect somebody's rights.
        HumanRights = "derechos_humanos",
        /// Only the quality of medical care.
        Service = "servicio",
        /// Only discipline, contract or post.
        Labour = "laboral",
        /// A doubt on a conflict of interest of one's own.
        InterestConflict = "conflicto_interes",
        /// Somebody used personal data.
        PersonalData = "datos_personales",
        /// Something else, or the person does not know.
        Other = "otro",
    }
}

crate::coded_enum! {
    /// Who did it.
    pub enum Accused {
        /// Somebody who works at the Institute.
        Institute = "imss",
        /// Somebody of another public institution.
        OtherInstitution = "otra_institucion",
        /// Somebody who is no public servant.
        Private = "particular",
        /// The person does not know.
        Unknown = "no_se",
    }
}

/// What a person answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// Whether somebody is in danger now.
    pub danger: YesNo,
    /// What happened.
    pub matter: Matter,
    /// Who did it.
    pub accused: Accused,
    /// Whether the person works at the Institute.
    pub works_here: YesNo,
}

/// Where a rule leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// This committee.
    Committee,
    /// Another instance.
    Instance(InstanceCode),
}

/// One result, with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// Where to go.
    pub to: Destination,
    /// The name of the text that says why.
    pub why: &'static str,
}

const COMMITTEE: &str = "comite";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    danger: Option<Vec<YesNo>>,
    matter: Option<Vec<Matter>>,
    accused: Option<Vec<Accused>>,
    works_here: Option<Vec<YesNo>>,
    to: String,
    why: String,
}

impl Rule {
    fn takes(&self, answers: Answers) -> bool {
        fn takes<T: PartialEq>(list: Option<&Vec<T>>, answer: &T) -> bool {
            list.is_none_or(|list| list.contains(answer))
        }
        takes(self.danger.as_ref(), &answers.danger)
            && takes(self.matter.as_ref(), &answers.matter)
            && takes(self.accused.as_ref(), &answers.accused)
            && takes(self.works_here.as_ref(), &answers.works_here)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrientationFile {
    version: String,
    as_of: Date,
    source: String,
    rule: Vec<Rule>,
}

/// The rules.
#[derive(Debug)]
pub(super) struct Orientation {
    edition: Edition,
    rules: Vec<Rule>,
}

impl Orientation {
    /// Checks that each reason is written as a code, and that the last rule takes every answer to the
    /// committee.
    pub(super) fn new(file: &'static str, read: OrientationFile, faults: &mut Faults) -> Self {
        let OrientationFile {
            version,
            as_of,
            source,
            rule: rules,
        } = read;
        for rule in &rules {
            if rule.why.is_empty() || fold(&rule.why) != rule.why {
                let code = rule.why.clone();
                faults.add(file, Problem::BadCode { code });
            }
        }
        let open = rules.last().is_some_and(|last| {
            last.to == COMMITTEE
                && last.danger.is_none()
                && last.matter.is_none()
                && last.accused.is_none()
                && last.works_here.is_none()
        });
        if !open {
            faults.add(
                file,
                Problem::Senseless {
                    entry: COMMITTEE.to_owned(),
                    why: "the last rule has to leave the committee open to everybody",
                },
            );
        }
        Self {
            edition: Edition {
                version,
                as_of,
                source,
            },
            rules,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Every instance that a rule leads to, by its code.
    pub(super) fn instances(&self) -> impl Iterator<Item = (&str, &str)> {
        let elsewhere = self.rules.iter().filter(|rule| rule.to != COMMITTEE);
        elsewhere.map(|rule| (rule.why.as_str(), rule.to.as_str()))
    }
}

/// Every reason that a rule gives, for the texts that say it.
pub fn reasons() -> impl Iterator<Item = &'static str> {
    current()
        .orientation
        .rules
        .iter()
        .map(|rule| rule.why.as_str())
}

impl Answers {
    /// Who can help, the most urgent first, each once.
    pub fn advice(&self) -> Vec<Advice> {
        let mut advice: Vec<Advice> = Vec::new();
        let rules = &current().orientation.rules;
        for rule in rules.iter().filter(|rule| rule.takes(*self)) {
            let to = if rule.to == COMMITTEE {
                Destination::Committee
            } else {
                let instance = rule.to.parse();
                Destination::Instance(instance.expect("`Catalogues::load` checked every rule"))
            };
            if advice.iter().all(|one| one.to != to) {
                advice.push(Advice { to, why: &rule.why });
            }
        }
        advice
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_combination() -> impl Iterator<Item = Answers> {
        YesNo::ALL.iter().flat_map(|&danger| {
            Matter::ALL.iter().flat_map(move |&matter| {
                Accused::ALL.iter().flat_map(move |&accused| {
                    YesNo::ALL.iter().map(move |&works_here| Answers {
                        danger,
                        matter,
                        accused,
                        works_here,
                    })
                })
            })
        })
    }

    fn codes(answers: Answers) -> Vec<&'static str> {
        let advice = answers.advice().into_iter();
        advice
            .map(|one| match one.to {
                Destination::Committee => COMMITTEE,
                Destination::Instance(instance) => instance.code(),
            })
            .collect()
    }

    #[test]
    fn whatever_is_answered_the_committee_stays_open_and_nobody_is_named_twice() {
        for answers in every_combination() {
            let codes = codes(answers);
            assert!(codes.contains(&COMMITTEE), "{answers:?}");
            let mut once = codes.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), codes.len(), "{answers:?}");
        }
    }

    #[test]
    fn danger_comes_first_and_only_where_there_is_some() {
        for answers in every_combination() {
            let first = codes(answers)[0];
            assert_eq!(first == "911", answers.danger == YesNo::Yes, "{answers:?}");
        }
    }

    #[test]
    fn each_matter_leads_to_those_who_are_competent() {
        let table = [
            (
                Matter::SexualHarassment,
                &["comite", "consejera", "linea_079_1", "oic_sidec", "mp"][..],
            ),
            (Matter::Discrimination, &["comite", "asesora", "conapred"]),
            (Matter::Aggression, &["comite", "linea_079_1", "mp"]),
            (Matter::Mistreatment, &["comite"]),
            (
                Matter::Corruption,
                &["comite", "oic_sidec", "alertadores", "mp"],
            ),
            (Matter::HumanRights, &["comite", "cndh"]),
            (Matter::Service, &["calidad_servicio", "comite"]),
            (Matter::Labour, &["laboral", "comite"]),
            (Matter::InterestConflict, &["conflicto_interes", "comite"]),
            (Matter::PersonalData, &["datos_personales", "comite"]),
            (Matter::Other, &["comite"]),
        ];
        assert_eq!(table.len(), Matter::ALL.len());
        for (matter, expected) in table {
            let answers = Answers {
                danger: YesNo::No,
                matter,
                accused: Accused::Institute,
                works_here: YesNo::No,
            };
            assert_eq!(codes(answers), expected, "{matter:?}");
        }
    }

    #[test]
    fn whoever_is_denounced_elsewhere_is_not_sent_to_this_institute_first() {
        for answers in every_combination().filter(|one| one.danger == YesNo::No) {
            let codes = codes(answers);
            match answers.accused {
                Accused::OtherInstitution => {
                    assert!(codes.contains(&"otra_institucion"), "{answers:?}");
                    assert_eq!(codes.last(), Some(&COMMITTEE), "{answers:?}");
                }
                Accused::Private => {
                    assert!(codes.contains(&"mp"), "{answers:?}");
                    assert_eq!(codes.last(), Some(&COMMITTEE), "{answers:?}");
                }
                Accused::Institute | Accused::Unknown => {
                    assert!(!codes.contains(&"otra_institucion"), "{answers:?}");
                }
            }
        }
    }

    #[test]
    fn staff_who_suffer_are_told_where_they_are_heard() {
        for answers in every_combination() {
            let suffers = matches!(
                answers.matter,
                Matter::SexualHarassment
                    | Matter::Discrimination
                    | Matter::Aggression
                    | Matter::Mistreatment
                    | Matter::HumanRights
            );
            let heard = suffers && answers.works_here == YesNo::Yes;
            assert_eq!(codes(answers).contains(&"eco"), heard, "{answers:?}");
        }
    }
}
