use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::catalogue::Risk;
use crate::committee::{PersonName, Term, Unit};
use crate::complaint::{NamePart, SecretText};
use crate::routing::{Urgency, route};

const TODAY: Date = Date::constant(2026, 3, 4);

fn told(main: Risk, danger: bool, review: bool) -> Vec<(Seat, &'static str)> {
    let all = route(main, &[], Urgency::Baja, danger, review).tell;
    all.iter().map(|one| (one.value.seat, one.rule)).collect()
}

#[test]
fn the_executive_and_the_technical_secretary_are_told_of_every_case_and_the_others_of_theirs() {
    let always = [
        (Seat::SecretariaEjecutiva, "AV01"),
        (Seat::SecretariaTecnica, "AV02"),
    ];
    assert_eq!(told(Risk::FaltaEficacia, false, false), always);
    let with = |more: &[(Seat, &'static str)]| [&always, more].concat();
    let sexual = [
        (Seat::Presidencia, "AV05"),
        (Seat::Consejera, "AV06"),
        (Seat::RepresentacionOic, "AV09"),
    ];
    assert_eq!(told(Risk::AcosoSexual, false, false), with(&sexual));
    let unequal = [
        (Seat::Asesora, "AV07"),
        (Seat::Presidencia, "AV08"),
        (Seat::RepresentacionOic, "AV09"),
    ];
    assert_eq!(told(Risk::Discriminacion, false, false), with(&unequal));
    assert_eq!(
        told(Risk::Corrupcion, false, false),
        with(&[(Seat::RepresentacionOic, "AV09")])
    );
    let looked_at = (Seat::SecretariaEjecutiva, "AV03");
    assert_eq!(told(Risk::FaltaEficacia, false, true), with(&[looked_at]));
    assert_eq!(
        told(Risk::FueraCompetencia, false, false),
        with(&[looked_at])
    );
    let danger = (Seat::Presidencia, "AV04");
    assert_eq!(
        told(Risk::FaltaEficacia, true, false),
        with(&[looked_at, danger])
    );
}

fn member(number: u8, seat: Seat, standing: Standing) -> MemberProfile {
    let part = |text: &str| NamePart::parse(SecretText::from(text.to_owned())).unwrap();
    MemberProfile {
        id: MemberId([number; 16]),
        name: PersonName::new(part("Inés"), part("Robles"), None).unwrap(),
        seat,
        standing,
        unit: Unit::default(),
        term: Term {
            from: TODAY,
            until: None,
        },
        agreement_on: Some(TODAY),
        suspended_from: None,
        edition: 0,
    }
}

#[test]
fn a_suplente_is_proposed_only_where_the_titular_may_not() {
    let titular = member(1, Seat::Electa, Standing::Titular);
    let suplente = member(2, Seat::Electa, Standing::Suplente { of: titular.id });
    let all = [titular.clone(), suplente.clone()];
    let proposed =
        |may_know: &dyn Fn(MemberId) -> bool| propose_commission(&all, may_know, 7, TODAY).members;
    assert_eq!(proposed(&|_| true), [titular.id]);
    assert_eq!(proposed(&|id| id != titular.id), [suplente.id]);
    assert_eq!(proposed(&|_| false), []);
    let mut away = all.clone();
    away[0].suspended_from = Some(date(2026, 3, 1));
    assert_eq!(
        propose_commission(&away, |_| true, 7, TODAY).members,
        [suplente.id]
    );
}

prop_compose! {
    fn members()(given in prop::collection::vec((select(Seat::ALL), any::<bool>(), any::<bool>(), any::<bool>()), 0..9))
        -> Vec<(MemberProfile, bool)> {
        given.into_iter().zip(1_u8..).map(|((seat, suspended, over, may_know), number)| {
            let mut one = member(number, seat, Standing::Titular);
            one.suspended_from = suspended.then_some(TODAY);
            one.term.until = over.then_some(date(2026, 3, 3));
            (one, may_know)
        }).collect()
    }
}

proptest! {
    #[test]
    fn nobody_is_proposed_who_may_not_act_and_never_too_many(all in members(), number in 0_u32..1_000_000) {
        let profiles: Vec<MemberProfile> = all.iter().map(|(one, _)| one.clone()).collect();
        let may_know = |id| all.iter().any(|(one, knows)| one.id == id && *knows);
        let proposed = propose_commission(&profiles, may_know, number, TODAY);
        let able: BTreeSet<MemberId> = all.iter()
            .filter(|(one, knows)| *knows && one.seat == Seat::Electa && one.suspended_from.is_none() && one.term.until.is_none())
            .map(|(one, _)| one.id)
            .collect();
        let chosen: BTreeSet<MemberId> = proposed.members.iter().copied().collect();
        prop_assert!(chosen.is_subset(&able));
        prop_assert_eq!(chosen.len(), proposed.members.len());
        prop_assert_eq!(chosen.len(), able.len().min(proposed.places));
        prop_assert_eq!(proposed.by_turn, able.len() > proposed.places);
        prop_assert!(proposed.places <= 3);
        let mut turned = profiles;
        turned.reverse();
        prop_assert_eq!(proposed, propose_commission(&turned, may_know, number, TODAY));
    }

    /// Over as many folios as there are members, everybody has as many turns.
    #[test]
    fn the_turn_spreads_the_work(count in 4_u8..9, from in 0_u32..900_000) {
        let all: Vec<MemberProfile> =
            (1..=count).map(|number| member(number, Seat::Electa, Standing::Titular)).collect();
        let mut turns = std::collections::BTreeMap::new();
        for number in from..from + u32::from(count) {
            for id in propose_commission(&all, |_| true, number, TODAY).members {
                *turns.entry(id).or_insert(0_u32) += 1;
            }
        }
        prop_assert_eq!(turns.len(), usize::from(count));
        prop_assert!(turns.values().all(|times| *times == 3));
    }
}
