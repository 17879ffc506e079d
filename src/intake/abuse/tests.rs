//! Sources and their marks, with a clock moved by hand.

use std::sync::Arc;

use ring::rand::SystemRandom;

use super::sources::{Kind, Sources};
use super::{Budgets, Ticks};
use crate::network::Mark;
use crate::testing::HandClock;

fn sources() -> (Sources, Arc<HandClock>, SystemRandom) {
    let (clock, rng) = (HandClock::at_noon(), SystemRandom::new());
    let ticks = Ticks(clock.clone());
    let sources = Sources::new(Budgets::default(), ticks, &rng).unwrap();
    (sources, clock, rng)
}

/// How many of so many filings of one source are within its budget.
fn passes(sources: &Sources, rng: &SystemRandom, source: [u8; 4], tries: usize) -> usize {
    let over = |_: &usize| sources.is_over(Kind::Filings, rng, |key| Some(Mark::new(&source, key)));
    (0..tries).filter(|n| !over(n)).count()
}

#[test]
fn a_source_is_over_its_budget_alone_and_comes_back() {
    let (sources, clock, rng) = sources();
    assert_eq!(passes(&sources, &rng, [198, 51, 100, 7], 300), 240);
    assert_eq!(passes(&sources, &rng, [198, 51, 100, 8], 100), 100);
    clock.forward(50);
    assert_eq!(passes(&sources, &rng, [198, 51, 100, 7], 300), 10);
    // Its looks are counted apart.
    let look = |key: &_| Some(Mark::new(&[198, 51, 100, 7], key));
    assert!(!sources.is_over(Kind::Looks, &rng, look));
}

#[test]
fn who_has_no_mark_is_never_over() {
    let (sources, _, rng) = sources();
    assert!((0..10_000).all(|_| !sources.is_over(Kind::Filings, &rng, |_| None)));
    assert_eq!(sources.told_apart(), 0);
}

#[test]
fn each_hour_all_marks_are_forgotten_and_no_new_one_is_like_an_old_one() {
    let (sources, clock, rng) = sources();
    let source = [198, 51, 100, 7];
    let before = sources.mark_of(&source);
    assert_eq!(passes(&sources, &rng, source, 300), 240);
    clock.forward(59 * 60);
    assert_eq!(passes(&sources, &rng, [198, 51, 100, 9], 1), 1);
    assert_eq!(sources.told_apart(), 2);
    assert_eq!(sources.mark_of(&source), before);
    clock.forward(60);
    assert_eq!(passes(&sources, &rng, [198, 51, 100, 9], 1), 1);
    assert_eq!(sources.told_apart(), 1);
    assert_ne!(sources.mark_of(&source), before);
}

#[test]
fn a_flood_from_everywhere_takes_bounded_room_and_holds_nobody_up_for_it() {
    let (sources, clock, rng) = sources();
    for n in 0..20_000_u32 {
        assert_eq!(passes(&sources, &rng, n.to_be_bytes(), 1), 1);
        assert!(sources.told_apart() <= 4_096);
    }
    // Those that have been quiet make room.
    clock.forward(60);
    assert_eq!(passes(&sources, &rng, [198, 51, 100, 7], 300), 240);
}
