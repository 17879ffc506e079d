//! From risk and urgency to protocol, priority, mediation, orientation and first term.
//!
//! A route is a *proposal*: a person confirms it, and both stay on record. What the machine may not do
//! is fixed here and not in the data: it never archives and never lowers. A doubtful classification,
//! and anything that may lie outside the committee's competence, always goes to a person
//! ([`Route::needs_person`]).
//!
//! Everything else is data, in the catalogue of risks: each risk's rulings, and a short table of
//! escalations; who of the committee is involved is a catalogue of its own (`involved.toml`). Every decision says which rule made it, so that the desk can show why.

mod involved;

use serde::Serialize;

pub use self::involved::{Occasion, ProposedCommission, Telling, propose_commission};
use crate::catalogue::{self, Escalation, InstanceCode, Risk, RiskEntry, TermKey};

crate::coded_enum! {
    /// How soon the narrative itself asks to be read.
    pub enum Urgency {
        /// At once.
        Alta = "alta",
        /// Soon.
        Media = "media",
        /// In its turn.
        Baja = "baja",
    }
}

crate::coded_enum! {
    /// In which order cases are attended. In the order of the list: the most urgent compares least.
    pub enum Priority {
        /// Before all others.
        Urgente = "urgente",
        /// High.
        Alta = "alta",
        /// Middle.
        Media = "media",
        /// Low.
        Baja = "baja",
    }
}

crate::coded_enum! {
    /// Whether mediation between the parties is open (CHIS 76). The stricter compares greater.
    pub enum Mediation {
        /// Open, if the facts hurt only the personal sphere.
        Possible = "possible",
        /// A person decides.
        CaseByCase = "case_by_case",
        /// Closed, unless it is documented that it does not revictimise.
        BlockedByDefault = "blocked_by_default",
        /// Closed without exception (`HSyAS` 56).
        Forbidden = "forbidden",
    }
}

crate::coded_enum! {
    /// A special protocol.
    pub enum Protocol {
        /// Hostigamiento sexual y acoso sexual (DOF 03-01-2020).
        Hsyas = "HSYAS",
        /// Discriminación (DOF 18-07-2017).
        Disc = "DISC",
    }
}

crate::coded_enum! {
    /// When the internal control body is given notice (*vista*), always after hearing the opinion of
    /// its representative (CHIS 54).
    pub enum Referral {
        /// To be weighed in every case, with the will of the presumed victim (`HSyAS` 29).
        AlwaysAssess = "always_assess",
        /// Due as soon as there are elements of an administrative fault (CHIS 54, 83).
        MandatoryIfFault = "mandatory_if_fault",
        /// Possible where there are elements of an administrative fault (DISC 25).
        IfFault = "if_fault",
    }
}

crate::coded_enum! {
    /// What may raise a case above its risks.
    pub enum Condition {
        /// The complainant says that there is danger now.
        ImmediateDanger = "immediate_danger",
        /// The narrative is of high urgency.
        UrgencyAlta = "urgency_alta",
        /// The narrative is of middle urgency.
        UrgencyMedia = "urgency_media",
        /// The classification is doubtful.
        Review = "review",
        /// The complaint, or part of it, may be outside the committee's competence.
        OutsideCompetence = "outside_competence",
    }
}

/// A decision with the rule that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Decided<T> {
    /// What was decided.
    pub value: T,
    /// The id of the rule: a risk's (`RE01`) or an escalation's (`peligro_inmediato`).
    pub rule: &'static str,
    /// The norm behind the rule.
    pub source: &'static str,
}

/// An escalation that applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The id of the rule.
    pub rule: &'static str,
    /// Why, in Spanish, for the desk.
    pub text: &'static str,
    /// The norm behind the rule.
    pub source: &'static str,
}

/// The notice to the internal control body that a risk asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReferralDue {
    /// When it is due.
    pub when: Referral,
    /// The term after which somebody has to ask what became of it.
    pub alert_term: Option<TermKey>,
}

/// What a complaint leads to, as proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    /// The special protocols of all risks.
    pub protocols: Vec<Decided<Protocol>>,
    /// The highest of all risks and escalations.
    pub priority: Decided<Priority>,
    /// The strictest of all risks.
    pub mediation: Decided<Mediation>,
    /// Where else the person may go, most pressing first.
    pub orientation: Vec<Decided<InstanceCode>>,
    /// The term that runs first, by the main risk.
    pub first_term: Decided<TermKey>,
    /// Notices to the internal control body that the risks ask for.
    pub referrals: Vec<Decided<ReferralDue>>,
    /// Who of the committee is to be told, and what for.
    pub tell: Vec<Decided<Telling>>,
    /// Whether a person has to look before the proposal is followed at all.
    pub needs_person: bool,
    /// The escalations that applied.
    pub reasons: Vec<Reason>,
}

/// Proposes what a complaint leads to.
///
/// `main` is the principal risk and `labels` all of them, with or without `main`. `review` says that
/// the classification is doubtful; `immediate_danger` is the complainant's own word.
pub fn route(
    main: Risk,
    labels: &[Risk],
    urgency: Urgency,
    immediate_danger: bool,
    review: bool,
) -> Route {
    let risks: Vec<Risk> = unique(
        std::iter::once(main).chain(labels.iter().copied()),
        |risk| *risk,
    );
    let holds = |condition| match condition {
        Condition::ImmediateDanger => immediate_danger,
        Condition::UrgencyAlta => urgency == Urgency::Alta,
        Condition::UrgencyMedia => urgency == Urgency::Media,
        Condition::Review => review,
        Condition::OutsideCompetence => risks.contains(&Risk::FueraCompetencia),
    };
    let escalations: Vec<&'static Escalation> = catalogue::current()
        .escalations()
        .iter()
        .filter(|escalation| holds(escalation.when))
        .collect();
    let entries = || risks.iter().map(|risk| risk.entry());
    let protocols = unique(entries().filter_map(protocol), |decided| decided.value);
    let referrals = unique(entries().filter_map(referral), |decided| decided.value);
    let needs_person = escalations.iter().any(|escalation| escalation.needs_person);

    Route {
        tell: involved::tell(involved::Asked {
            protocols: &protocols,
            immediate_danger,
            needs_person,
            referral: !referrals.is_empty(),
        }),
        protocols,
        // The main risk comes first in each, so that it is the one named when several agree.
        priority: entries()
            .skip(1)
            .map(priority)
            .chain(
                escalations
                    .iter()
                    .filter_map(|escalation| priority_at_least(escalation)),
            )
            .fold(priority(main.entry()), |kept, next| {
                if next.value < kept.value { next } else { kept }
            }),
        mediation: entries()
            .skip(1)
            .map(mediation)
            .fold(mediation(main.entry()), |kept, next| {
                if next.value > kept.value { next } else { kept }
            }),
        orientation: unique(
            escalations
                .iter()
                .flat_map(|escalation| escalation_orientation(escalation))
                .chain(risks.iter().flat_map(|risk| risk_orientation(*risk))),
            |decided| decided.value,
        ),
        first_term: first_term(main.entry()),
        referrals,
        needs_person,
        reasons: escalations
            .iter()
            .map(|escalation| reason(escalation))
            .collect(),
    }
}

/// How soon a case is to be worked on as far as its risk says nothing of it: what danger and urgency ask for,
/// and never less than the middle, which is where a case is that nobody has classified.
pub fn priority_before_risk(urgency: Urgency, immediate_danger: bool) -> Priority {
    let holds = |condition| match condition {
        Condition::ImmediateDanger => immediate_danger,
        Condition::UrgencyAlta => urgency == Urgency::Alta,
        Condition::UrgencyMedia => urgency == Urgency::Media,
        Condition::Review | Condition::OutsideCompetence => false,
    };
    let rules = catalogue::current().escalations().iter();
    rules
        .filter(|escalation| holds(escalation.when))
        .filter_map(|escalation| escalation.priority_at_least)
        // The more pressing compares less.
        .fold(Priority::Media, Ord::min)
}

fn protocol(entry: &'static RiskEntry) -> Option<Decided<Protocol>> {
    let ruling = entry.protocol.as_ref()?;
    Some(Decided {
        value: ruling.value,
        rule: &entry.id,
        source: &ruling.source,
    })
}

fn priority(entry: &'static RiskEntry) -> Decided<Priority> {
    let ruling = &entry.priority;
    Decided {
        value: ruling.value,
        rule: &entry.id,
        source: &ruling.source,
    }
}

fn priority_at_least(escalation: &'static Escalation) -> Option<Decided<Priority>> {
    let value = escalation.priority_at_least?;
    Some(Decided {
        value,
        rule: &escalation.rule,
        source: &escalation.source,
    })
}

fn mediation(entry: &'static RiskEntry) -> Decided<Mediation> {
    let ruling = &entry.mediation;
    Decided {
        value: ruling.value,
        rule: &entry.id,
        source: &ruling.source,
    }
}

fn first_term(entry: &'static RiskEntry) -> Decided<TermKey> {
    let ruling = &entry.first_term;
    Decided {
        value: ruling.value,
        rule: &entry.id,
        source: &ruling.source,
    }
}

fn referral(entry: &'static RiskEntry) -> Option<Decided<ReferralDue>> {
    let ruling = entry.referral.as_ref()?;
    let value = ReferralDue {
        when: ruling.value,
        alert_term: ruling.alert_term,
    };
    Some(Decided {
        value,
        rule: &entry.id,
        source: &ruling.source,
    })
}

fn risk_orientation(risk: Risk) -> impl Iterator<Item = Decided<InstanceCode>> {
    let entry = risk.entry();
    entry.orientation().map(|(value, source)| Decided {
        value,
        rule: &entry.id,
        source,
    })
}

fn escalation_orientation(
    escalation: &'static Escalation,
) -> impl Iterator<Item = Decided<InstanceCode>> {
    escalation.orientation().map(|value| Decided {
        value,
        rule: &escalation.rule,
        source: &escalation.source,
    })
}

fn reason(escalation: &'static Escalation) -> Reason {
    Reason {
        rule: &escalation.rule,
        text: &escalation.reason,
        source: &escalation.source,
    }
}

/// Keeps the first of those that have the same key. The lists are short, so no set is needed.
fn unique<T, K: PartialEq>(items: impl Iterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for item in items {
        if kept.iter().all(|other| key(other) != key(&item)) {
            kept.push(item);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(main: Risk, labels: &[Risk]) -> Route {
        route(main, labels, Urgency::Baja, false, false)
    }

    /// Every question that can be asked with at most two labels.
    fn every_question() -> impl Iterator<Item = (Risk, [Risk; 2], Urgency, bool, bool)> {
        let risks = || Risk::ALL.iter().copied();
        risks().flat_map(move |main| {
            risks().flat_map(move |a| {
                risks().flat_map(move |b| {
                    Urgency::ALL.iter().flat_map(move |urgency| {
                        [(false, false), (false, true), (true, false), (true, true)]
                            .map(|(danger, review)| (main, [a, b], *urgency, danger, review))
                    })
                })
            })
        })
    }

    #[test]
    fn sexual_harassment_is_urgent_follows_its_protocol_and_is_never_mediated() {
        let route = plain(Risk::AcosoSexual, &[]);
        assert_eq!(route.priority.value, Priority::Urgente);
        assert_eq!(route.mediation.value, Mediation::Forbidden);
        assert_eq!(route.mediation.rule, "RE01");
        assert_eq!(route.mediation.source, "HSyAS 56; CHIS 76");
        assert_eq!(route.first_term.value, TermKey::RegistroSseccoe);
        assert!(matches!(
            route.protocols[..],
            [Decided {
                value: Protocol::Hsyas,
                ..
            }]
        ));
        assert!(!route.needs_person && route.reasons.is_empty());
    }

    #[test]
    fn a_secondary_risk_counts_as_much_as_the_main_one() {
        let route = plain(
            Risk::FaltaLiderazgo,
            &[Risk::Discriminacion, Risk::AcosoSexual],
        );
        assert_eq!(
            (route.priority.value, route.priority.rule),
            (Priority::Urgente, "RE01")
        );
        assert_eq!(
            (route.mediation.value, route.mediation.rule),
            (Mediation::Forbidden, "RE05")
        );
        let protocols: Vec<_> = route
            .protocols
            .iter()
            .map(|decided| decided.value)
            .collect();
        assert_eq!(protocols, [Protocol::Disc, Protocol::Hsyas]);
    }

    #[test]
    fn danger_now_is_urgent_and_names_911_first() {
        let route = route(Risk::FaltaEficacia, &[], Urgency::Baja, true, false);
        assert_eq!(route.priority.value, Priority::Urgente);
        assert_eq!(route.priority.rule, "peligro_inmediato");
        assert_eq!(route.orientation[0].value.code(), "911");
        assert!(route.needs_person);
    }

    #[test]
    fn the_urgency_of_the_narrative_raises_a_low_priority() {
        let priority = |urgency| {
            route(Risk::FaltaEficacia, &[], urgency, false, false)
                .priority
                .value
        };
        assert_eq!(priority(Urgency::Baja), Priority::Baja);
        assert_eq!(priority(Urgency::Media), Priority::Media);
        assert_eq!(priority(Urgency::Alta), Priority::Alta);
    }

    #[test]
    fn corruption_is_to_be_referred_and_watched() {
        let route = plain(Risk::Corrupcion, &[Risk::Corrupcion]);
        let [referral] = route.referrals[..] else {
            panic!("one referral")
        };
        assert_eq!(referral.value.when, Referral::MandatoryIfFault);
        assert_eq!(referral.value.alert_term, Some(TermKey::VistaFaltaGrave));
    }

    #[test]
    fn the_doubtful_and_what_is_outside_always_go_to_a_person() {
        for (main, labels, urgency, danger, review) in every_question() {
            let outside =
                main == Risk::FueraCompetencia || labels.contains(&Risk::FueraCompetencia);
            let route = route(main, &labels, urgency, danger, review);
            if review || outside {
                assert!(route.needs_person, "{main} {labels:?}");
                assert!(!route.reasons.is_empty());
            }
        }
    }

    #[test]
    fn nothing_makes_a_case_less_urgent_or_easier_to_mediate_than_its_risks() {
        for (main, labels, urgency, danger, review) in every_question() {
            let route = route(main, &labels, urgency, danger, review);
            for risk in labels.into_iter().chain([main]) {
                let entry = risk.entry();
                assert!(route.priority.value <= entry.priority.value);
                assert!(route.mediation.value >= entry.mediation.value);
                if let Some(protocol) = &entry.protocol {
                    assert!(
                        route
                            .protocols
                            .iter()
                            .any(|found| found.value == protocol.value)
                    );
                }
            }
            assert!(!danger || route.priority.value == Priority::Urgente);
            assert!(urgency != Urgency::Alta || route.priority.value <= Priority::Alta);
        }
    }

    #[test]
    fn every_decision_names_a_rule_of_the_catalogue() {
        let rules: Vec<&str> = Risk::ALL
            .iter()
            .map(|risk| risk.entry().id.as_str())
            .chain(
                catalogue::current()
                    .escalations()
                    .iter()
                    .map(|found| found.rule.as_str()),
            )
            .collect();
        for (main, labels, urgency, danger, review) in every_question() {
            let route = route(main, &labels, urgency, danger, review);
            let named = [
                route.priority.rule,
                route.mediation.rule,
                route.first_term.rule,
            ]
            .into_iter()
            .chain(route.protocols.iter().map(|decided| decided.rule))
            .chain(route.orientation.iter().map(|decided| decided.rule))
            .chain(route.referrals.iter().map(|decided| decided.rule))
            .chain(route.reasons.iter().map(|reason| reason.rule));
            for rule in named {
                assert!(rules.contains(&rule), "{rule}");
            }
        }
    }

    #[test]
    fn a_route_is_written_with_codes() {
        let json = serde_json::to_value(plain(Risk::AcosoSexual, &[])).unwrap();
        assert_eq!(json["priority"]["value"], "urgente");
        assert_eq!(json["first_term"]["value"], "registro_sseccoe");
        assert_eq!(json["orientation"][0]["value"], "consejera");
    }
}
