//! What is read from the documents of a case, and what the counts of it are.

use std::collections::BTreeMap;

use domain::case::CaseState;
use domain::catalogue::Risk;
use domain::committee::Seat;
use domain::procedure::{Move, Step};
use domain::routing::{Mediation, Priority, Urgency};
use jiff::civil::{Date, date};
use ring::rand::SystemRandom;

use super::{Agreement, Line, Opinion, Quarter, Rate, shuffled};
use crate::documents::StepDocument;
use crate::proposal::{ProposalDocument, Proposed};

const FIRST: Date = date(2026, 3, 31);
const LATER: Date = date(2026, 4, 1);

fn proposal(main: Risk, hidden: bool) -> ProposalDocument {
    ProposalDocument {
        model: "one".to_owned(),
        hidden,
        proposed: Some(Proposed {
            main,
            labels: vec![main],
            urgency: Urgency::Media,
            priority: Priority::Media,
            mediation: Mediation::Possible,
            protocols: Vec::new(),
            review: false,
        }),
        probabilities: BTreeMap::from([(main, 0.987_654_3), (Risk::Corrupcion, 0.004)]),
        evidence: Vec::new(),
        counter_evidence: Vec::new(),
        orientation: Vec::new(),
        referrals: Vec::new(),
        tell: Vec::new(),
        needs_person: false,
        reasons: Vec::new(),
    }
}

fn step(number: u32, act: Move) -> StepDocument {
    StepDocument {
        number,
        step: Step::from(act),
        by: "ejecutiva".to_owned(),
        seat: Seat::SecretariaEjecutiva,
        state: CaseState::UnderReview,
        text: None,
        position: None,
    }
}

fn classify(number: u32, main: Risk, others: &[Risk], urgency: Option<Urgency>) -> StepDocument {
    let act = Move::Classify {
        main,
        others: others.iter().copied().collect(),
        urgency,
        reason: None,
    };
    step(number, act)
}

fn opinion(proposed: Risk, hidden: bool, said: Risk) -> Opinion {
    let said = classify(1, said, &[], None);
    Opinion::of(&proposal(proposed, hidden), &[(FIRST, said)]).unwrap()
}

#[test]
fn an_opinion_has_the_first_word_and_the_last() {
    let made = proposal(Risk::Agresiones, true);
    let steps = [
        (FIRST, step(1, Move::Answer {})),
        (
            FIRST,
            classify(
                2,
                Risk::AcosoLaboral,
                &[Risk::Agresiones],
                Some(Urgency::Alta),
            ),
        ),
        (LATER, classify(3, Risk::Agresiones, &[], None)),
    ];
    let found = Opinion::of(&made, &steps).unwrap();
    assert_eq!(
        found.quarter,
        Quarter {
            year: 2026,
            number: 1
        }
    );
    assert_eq!(found.quarter.to_string(), "2026-Q1");
    assert_eq!(
        (found.first.main, &found.first.labels[..]),
        (
            Risk::AcosoLaboral,
            &[Risk::AcosoLaboral, Risk::Agresiones][..]
        )
    );
    assert_eq!(found.confirmed.main, Risk::Agresiones);
    assert_eq!(
        (found.first.urgency, found.confirmed.urgency),
        (Some(Urgency::Alta), Some(Urgency::Alta)),
        "what was said of the urgency holds until something else is"
    );
    assert!(found.hidden);
    assert!(
        (found.confidence - 1.0).abs() < 1e-9,
        "0.988 in tenths, not {}",
        found.confidence
    );
}

#[test]
fn what_nobody_classified_and_what_was_not_kept_is_no_opinion() {
    let made = proposal(Risk::Agresiones, false);
    assert_eq!(
        Opinion::of(&made, &[(FIRST, step(1, Move::Answer {}))]),
        None
    );
    let old = ProposalDocument {
        proposed: None,
        ..made
    };
    let said = classify(1, Risk::Agresiones, &[], None);
    assert_eq!(Opinion::of(&old, &[(FIRST, said)]), None);
}

/// Against the figures of Wilson's interval as published tables have them.
#[test]
fn the_interval_is_wilsons() {
    for (agreed, of, low, high) in [
        (8, 10, 0.490_2, 0.943_3),
        (0, 10, 0.0, 0.277_5),
        (10, 10, 0.722_5, 1.0),
        (81, 263, 0.255_3, 0.366_2),
    ] {
        let (from, to) = Rate { agreed, of }.interval().unwrap();
        assert!((from - low).abs() < 5e-5, "{agreed} of {of}: {from}");
        assert!((to - high).abs() < 5e-5, "{agreed} of {of}: {to}");
    }
    assert_eq!(Rate::default().interval(), None);
    assert_eq!(Rate::default().share(), None);
}

#[test]
fn hidden_and_shown_are_counted_apart_and_so_are_versions() {
    let mut opinions = vec![
        opinion(Risk::Agresiones, true, Risk::Agresiones),
        opinion(Risk::Agresiones, true, Risk::AcosoLaboral),
        opinion(Risk::Agresiones, false, Risk::Agresiones),
    ];
    let newer = Opinion {
        model: "two".to_owned(),
        quarter: Quarter::of(LATER),
        ..opinion(Risk::Corrupcion, false, Risk::Corrupcion)
    };
    opinions.push(newer);
    let counted = Agreement::of(&opinions);
    let [two, one] = &counted.versions[..] else {
        panic!("{counted:?}");
    };
    assert_eq!((two.model.as_str(), one.model.as_str()), ("two", "one"));
    assert_eq!(one.main.hidden, Rate { agreed: 1, of: 2 });
    assert_eq!(one.main.shown, Rate { agreed: 1, of: 1 });
    assert_eq!(one.quarters.len(), 1);
    assert_eq!(
        one.quarters[0].urgency.hidden.of, 0,
        "nobody said anything of it"
    );
    assert_eq!(one.classes.len(), Risk::ALL.len());
    let of = |class| {
        one.classes
            .iter()
            .find(|found| found.class == class)
            .unwrap()
    };
    assert_eq!(of(Risk::Agresiones).main.hidden, Rate { agreed: 1, of: 1 });
    assert_eq!(
        of(Risk::AcosoLaboral).main.hidden,
        Rate { agreed: 0, of: 1 }
    );
    assert!(of(Risk::Agresiones).main.hidden.is_of_few());
}

/// So many opinions of each day, told; what each line says of when, in order.
fn told(days: &[(Date, usize)]) -> Vec<String> {
    let said = opinion(Risk::Agresiones, false, Risk::Agresiones);
    let opinions = days.iter().flat_map(|(day, count)| {
        let quarter = Quarter::of(*day);
        std::iter::repeat_n(
            Opinion {
                quarter,
                ..said.clone()
            },
            *count,
        )
    });
    let lines = Line::all(opinions.collect());
    let mut periods: Vec<String> = lines
        .iter()
        .map(|line| line.period.clone().unwrap_or_else(|| "-".to_owned()))
        .collect();
    periods.sort();
    periods.dedup();
    periods
}

#[test]
fn few_cases_share_a_longer_period_and_too_few_have_none() {
    let [one, two, three] = [date(2026, 1, 9), date(2026, 4, 9), date(2026, 7, 9)];
    let next = date(2027, 1, 9);
    for (days, expected) in [
        (&[(one, 5), (two, 6)][..], &["2026-Q1", "2026-Q2"][..]),
        (&[(one, 4), (two, 5)], &["-", "2026-Q2"]),
        (&[(one, 5), (two, 2), (three, 3)], &["2026", "2026-Q1"]),
        (&[(one, 4)], &["-"]),
        (&[(one, 2), (next, 3)], &["-"]),
        (&[], &[]),
    ] {
        assert_eq!(told(days), expected, "{days:?}");
    }
}

#[test]
fn a_line_has_no_more_than_is_told() {
    let said = opinion(Risk::Agresiones, true, Risk::Corrupcion);
    let lines = Line::all(vec![said]);
    let verdict = |main: &str, urgency| serde_json::json!({ "main": main, "labels": [main], "urgency": urgency });
    assert_eq!(
        serde_json::to_value(&lines).unwrap(),
        serde_json::json!([{
            "model": "one",
            "period": null,
            "hidden": true,
            "proposed": verdict("agresiones", Some("media")),
            "confidence": 1.0,
            "review": false,
            "first": verdict("corrupcion", None),
            "confirmed": verdict("corrupcion", None),
        }])
    );
}

#[test]
fn the_order_is_drawn() {
    let all: Vec<u32> = (0..64).collect();
    let drawn = shuffled(all.clone(), &SystemRandom::new()).unwrap();
    assert_ne!(drawn, all, "one order of as many as there are is the same");
    let mut sorted = drawn;
    sorted.sort_unstable();
    assert_eq!(sorted, all);
}
