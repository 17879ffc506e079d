//! Who reads what.

use domain::case::Folio;
use domain::committee::policy::Actor as Reader;
use domain::committee::{Act, Relation, Seat, Standing};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::log::view::{self, Line};

fn folio(digits: u32) -> Folio {
    Folio::new(2026, digits).unwrap()
}

fn reader(seat: Seat) -> Reader {
    Reader {
        id: member(1),
        seat,
        standing: Standing::Titular,
        in_office: true,
        acting: true,
        alone: false,
    }
}

fn opened(entries: Vec<Entry>) -> Vec<Opened> {
    let acts = entries.into_iter().map(Content::Act);
    (0..)
        .zip(acts)
        .map(|(position, content)| Opened {
            position,
            hash: [0; 32],
            content,
        })
        .collect()
}

/// Cases 0 to 2 are those that there are.
fn relation(relations: [Relation; 3]) -> impl Fn(Folio) -> Option<Relation> {
    move |case| {
        let digits = usize::try_from(case.digits()).ok()?;
        relations.get(digits).copied()
    }
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (
        select(Event::ALL),
        0_u8..4,
        proptest::option::of(0_u32..5),
        proptest::option::of(0_u8..4),
    )
        .prop_map(|(event, actor, case, subject)| Entry {
            case: case.map(folio),
            subject: subject.map(member),
            ..Entry::new(now(), Actor::Member(member(actor)), event)
        });
    proptest::collection::vec(entry, 0..40)
}

#[test]
fn nobody_reads_that_their_conflict_was_pointed_out() {
    let proposed = |subject| Entry {
        case: Some(folio(1)),
        subject: Some(member(subject)),
        ..Entry::new(now(), Actor::Member(member(2)), Event::RecusalProposed)
    };
    let decided = Entry {
        act: Some(Act::DecideRecusal),
        ..Entry {
            event: Event::ActDeclined,
            ..proposed(1)
        }
    };
    let entries = opened(vec![proposed(1), decided, proposed(3)]);
    let relations = relation([Relation::Excluded, Relation::Entitled, Relation::Outside]);
    let lines = view::of(&entries, &reader(Seat::Presidencia), &relations);
    let subjects: Vec<_> = lines.iter().map(|line| line.entry.subject).collect();
    assert_eq!(subjects, [Some(member(3))]);
}

proptest! {
    #[test]
    fn what_is_done_on_a_case_that_does_not_exist_for_the_reader_changes_nothing(
        entries in entries(),
        seat in select(Seat::ALL),
    ) {
        let entries: Vec<Entry> = entries
            .into_iter()
            // Asking for a case oneself leaves a line; see the next test.
            .filter(|entry| entry.actor != Actor::Member(member(1)))
            .collect();
        let relations = relation([Relation::Excluded, Relation::Entitled, Relation::Outside]);
        let with = view::of(&opened(entries.clone()), &reader(seat), &relations);
        let without: Vec<Entry> = entries
            .into_iter()
            .filter(|entry| entry.case != Some(folio(0)))
            .collect();
        let without = view::of(&opened(without), &reader(seat), &relations);
        prop_assert_eq!(&with, &without);
        let numbers: Vec<u64> = with.iter().map(|line| line.number).collect();
        let count = u64::try_from(numbers.len()).unwrap();
        prop_assert_eq!(numbers, (1..=count).collect::<Vec<u64>>());
    }

    #[test]
    fn a_hidden_case_and_one_that_does_not_exist_read_the_same(
        entries in entries(),
        seat in select(Seat::ALL),
    ) {
        let relations = relation([Relation::Excluded, Relation::Entitled, Relation::Outside]);
        // Deleting is what tells that there was one.
        let entries: Vec<Entry> = entries
            .into_iter()
            .filter(|entry| entry.event != Event::CaseDeleted)
            .collect();
        let elsewhere = entries
            .iter()
            .cloned()
            .map(|entry| Entry {
                case: entry.case.map(|case| if case == folio(0) { folio(3) } else { case }),
                ..entry
            })
            .collect();
        prop_assert_eq!(
            view::of(&opened(entries), &reader(seat), &relations),
            view::of(&opened(elsewhere), &reader(seat), &relations)
        );
    }

    #[test]
    fn without_an_office_one_reads_what_concerns_oneself(entries in entries()) {
        let relations = relation([Relation::Outside, Relation::Entitled, Relation::Outside]);
        let lines = view::of(&opened(entries), &reader(Seat::Electa), &relations);
        for Line { entry, .. } in lines {
            let own = [entry.actor.member(), entry.subject].contains(&Some(member(1)));
            prop_assert!(own || entry.case == Some(folio(1)), "{entry:?}");
        }
    }
}

#[test]
fn those_who_oversee_read_all_but_what_does_not_exist_for_them() {
    let on = |case| Entry {
        case: Some(folio(case)),
        ..Entry::new(now(), Actor::Member(member(2)), Event::CaseOpened)
    };
    let entries = opened(vec![
        Entry::new(now(), Actor::Member(member(2)), Event::SignedIn),
        on(0),
        on(1),
        on(2),
    ]);
    let relations = relation([Relation::Excluded, Relation::Entitled, Relation::Outside]);
    for seat in Seat::ALL {
        let lines = view::of(&entries, &reader(*seat), &relations);
        let cases: Vec<_> = lines.iter().map(|line| line.entry.case).collect();
        let oversees = seat.is_indispensable() || *seat == Seat::RepresentacionOic;
        let expected = if oversees {
            vec![None, Some(folio(1)), Some(folio(2))]
        } else {
            vec![Some(folio(1))]
        };
        assert_eq!(cases, expected, "{seat}");
    }
}

#[test]
fn a_deleted_case_stays_in_the_log_for_those_for_whom_it_was() {
    let deleted = |kept_from| {
        opened(vec![
            Entry {
                case: Some(folio(9)),
                ..Entry::new(now(), Actor::Member(member(2)), Event::CaseOpened)
            },
            Entry {
                case: Some(folio(9)),
                kept_from,
                ..Entry::new(now(), Actor::Member(member(2)), Event::CaseDeleted)
            },
        ])
    };
    let reads = |entries: &[Opened]| view::of(entries, &reader(Seat::Presidencia), |_| None);
    let lines = reads(&deleted(Members::new([member(3)])));
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].entry.kept_from, Members::default());
    assert_eq!(reads(&deleted(Members::new([member(1)]))), []);
}

#[test]
fn asking_for_a_hidden_case_is_seen_by_oneself_without_its_folio_and_by_those_who_know_it() {
    let asked = |actor, case| Entry {
        case: Some(folio(case)),
        act: Some(Act::ReadCase),
        ..Entry::new(now(), Actor::Member(member(actor)), Event::ActRefused)
    };
    let relations = relation([Relation::Excluded, Relation::Entitled, Relation::Outside]);
    let entries = opened(vec![
        asked(1, 0),
        asked(1, 4),
        asked(2, 0),
        asked(2, 4),
        asked(2, 1),
    ]);
    let lines = view::of(&entries, &reader(Seat::Presidencia), &relations);
    let seen: Vec<_> = lines
        .iter()
        .map(|line| (line.entry.actor, line.entry.case))
        .collect();
    let (own, other) = (Actor::Member(member(1)), Actor::Member(member(2)));
    assert_eq!(seen, [(own, None), (own, None), (other, Some(folio(1)))]);
}
