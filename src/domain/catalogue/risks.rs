//! The ethical risks, and what each leads to.

use jiff::civil::Date;
use serde::Deserialize;

use super::{
    InstanceCode, TermKey, current,
    fault::{Faults, Problem},
    list::Edition,
};
use crate::routing::{Condition, Mediation, Priority, Protocol, Referral};

crate::coded_enum! {
    /// What a complaint is about: the ten ethical risks of the Code of Conduct (DOF 06-11-2024), or
    /// none of them.
    pub enum Risk {
        /// Acoso sexual / hostigamiento sexual
        AcosoSexual = "acoso_sexual",
        /// Acoso laboral / hostigamiento laboral
        AcosoLaboral = "acoso_laboral",
        /// Falta de Imparcialidad
        FaltaImparcialidad = "falta_imparcialidad",
        /// Agresiones físicas y/o verbales
        Agresiones = "agresiones",
        /// Discriminación
        Discriminacion = "discriminacion",
        /// Violaciones a Derechos Humanos
        DerechosHumanos = "derechos_humanos",
        /// Falta de liderazgo
        FaltaLiderazgo = "falta_liderazgo",
        /// Corrupción
        Corrupcion = "corrupcion",
        /// Falta de eficacia
        FaltaEficacia = "falta_eficacia",
        /// Falta de Cooperación
        FaltaCooperacion = "falta_cooperacion",
        /// Outside the committee's competence: a person decides, and orients (CHIS 49, 66).
        FueraCompetencia = "fuera_competencia",
    }
}

impl Risk {
    /// The ten ethical risks, without [`Risk::FueraCompetencia`].
    pub const ETHICAL: &'static [Self] = &[
        Self::AcosoSexual,
        Self::AcosoLaboral,
        Self::FaltaImparcialidad,
        Self::Agresiones,
        Self::Discriminacion,
        Self::DerechosHumanos,
        Self::FaltaLiderazgo,
        Self::Corrupcion,
        Self::FaltaEficacia,
        Self::FaltaCooperacion,
    ];

    /// What the catalogue says of this risk.
    pub fn entry(self) -> &'static RiskEntry {
        current().risks.get(self)
    }

    /// The official name in Spanish.
    pub fn name(self) -> &'static str {
        &self.entry().name
    }
}

/// What was decided, and by which norm.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling<T> {
    /// The decision.
    pub value: T,
    /// The norm.
    pub source: String,
}

/// When a case goes to the internal control body as well (*vista*). It never ends the committee's own
/// case (CHIS 83).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferralRuling {
    /// The decision.
    pub value: Referral,
    /// The norm.
    pub source: String,
    /// The term after which somebody has to ask what became of it.
    pub alert_term: Option<TermKey>,
}

/// A risk and what it leads to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskEntry {
    /// Which risk.
    pub code: Risk,
    /// `RE01` to `RE10`, in the order of the Code of Conduct: the id of the rule in every decision
    /// that follows from the risk alone.
    pub id: String,
    /// The official name.
    pub name: String,
    /// The norm that defines it.
    pub source: String,
    /// The special protocol, if there is one.
    pub protocol: Option<Ruling<Protocol>>,
    /// Whether mediation is open.
    pub mediation: Ruling<Mediation>,
    /// The lowest priority it may have.
    pub priority: Ruling<Priority>,
    pub(super) orientation: Option<Ruling<Vec<String>>>,
    /// The term that runs first.
    pub first_term: Ruling<TermKey>,
    /// Referral to the internal control body.
    pub referral: Option<ReferralRuling>,
}

impl RiskEntry {
    /// Where a person who tells of this risk may go as well, nearest first, each with the norm.
    pub fn orientation(&self) -> impl Iterator<Item = (InstanceCode, &str)> {
        let ruling = self.orientation.as_ref();
        ruling.into_iter().flat_map(
            |Ruling {
                 value: codes,
                 source,
             }| { codes.iter().map(|code| (instance(code), source.as_str())) },
        )
    }
}

/// Raises what the risks alone would give.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// The id of this rule.
    pub rule: String,
    /// When it applies.
    pub when: Condition,
    /// The lowest priority left.
    pub priority_at_least: Option<Priority>,
    #[serde(default)]
    pub(super) orientation: Vec<String>,
    /// Whether a person has to look before the proposal is followed.
    #[serde(default)]
    pub needs_person: bool,
    /// Why, in Spanish.
    pub reason: String,
    /// The norm.
    pub source: String,
}

impl Escalation {
    /// Where it orients to before all others.
    pub fn orientation(&self) -> impl Iterator<Item = InstanceCode> {
        self.orientation.iter().map(|code| instance(code))
    }
}

fn instance(code: &str) -> InstanceCode {
    code.parse()
        .expect("`Catalogues::load` found every instance of orientation")
}

/// The risks and escalations of the catalogue.
#[derive(Debug)]
pub(super) struct Risks {
    edition: Edition,
    entries: Vec<RiskEntry>,
    escalations: Vec<Escalation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RisksFile {
    version: String,
    as_of: Date,
    source: String,
    risk: Vec<RiskEntry>,
    escalation: Vec<Escalation>,
}

impl Risks {
    pub(super) fn new(file: &'static str, read: RisksFile, faults: &mut Faults) -> Self {
        let RisksFile {
            version,
            as_of,
            source,
            risk: entries,
            escalation: escalations,
        } = read;
        faults.each_once(
            file,
            Risk::ALL,
            Risk::code,
            entries.iter().map(|entry| entry.code),
        );
        let conditions = escalations.iter().map(|escalation| escalation.when);
        faults.each_once(file, Condition::ALL, Condition::code, conditions);

        let ids: Vec<&str> = entries
            .iter()
            .map(|entry| entry.id.as_str())
            .chain(
                escalations
                    .iter()
                    .map(|escalation| escalation.rule.as_str()),
            )
            .collect();
        for (position, id) in ids.iter().enumerate() {
            if ids[..position].contains(id) {
                let entry = (*id).to_owned();
                faults.add(
                    file,
                    Problem::Senseless {
                        entry,
                        why: "is the id of two rules",
                    },
                );
            }
        }
        for escalation in &escalations {
            if let Some(why) = missing_effect(escalation) {
                let entry = escalation.rule.clone();
                faults.add(file, Problem::Senseless { entry, why });
            }
        }
        Self {
            edition: Edition {
                version,
                as_of,
                source,
            },
            entries,
            escalations,
        }
    }

    /// Every orientation with the rule that names it.
    pub(super) fn orientations(&self) -> impl Iterator<Item = (&str, &str)> {
        let of_risks = self.entries.iter().flat_map(|entry| {
            let codes = entry.orientation.iter().flat_map(|ruling| &ruling.value);
            codes.map(|code| (entry.id.as_str(), code.as_str()))
        });
        let of_escalations = self.escalations.iter().flat_map(|escalation| {
            let codes = escalation.orientation.iter();
            codes.map(|code| (escalation.rule.as_str(), code.as_str()))
        });
        of_risks.chain(of_escalations)
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }

    pub(super) fn escalations(&self) -> &[Escalation] {
        &self.escalations
    }

    fn get(&self, risk: Risk) -> &RiskEntry {
        self.entries
            .iter()
            .find(|entry| entry.code == risk)
            .expect("`Catalogues::load` found each risk exactly once")
    }
}

/// What no edit of the data may take away: a doubtful proposal and a complaint that may be outside the
/// competence always reach a person, danger is always urgent, an urgent narrative never waits.
fn missing_effect(escalation: &Escalation) -> Option<&'static str> {
    let at_least = |priority| {
        escalation
            .priority_at_least
            .is_some_and(|given| given <= priority)
    };
    match escalation.when {
        Condition::Review | Condition::OutsideCompetence => {
            (!escalation.needs_person).then_some("has to send the case to a person")
        }
        Condition::ImmediateDanger => {
            (!at_least(Priority::Urgente)).then_some("has to make the case urgent")
        }
        Condition::UrgencyAlta => {
            (!at_least(Priority::Alta)).then_some("has to give the case a high priority")
        }
        Condition::UrgencyMedia => None,
    }
}
