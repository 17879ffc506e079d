//! Random committees for the tests: any seats, standings, terms, agreements, suspensions, units and names,
//! and what is found out about them.

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::conflict::{Conflict, Doubt, Findings};
use super::people::{TODAY, name, short};
use super::{Ground, MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};

/// Invented names, their parts drawn by how frequent they are in Mexico.
const SAMPLE: &str = include_str!("names/sample.txt");

/// A name as people in Mexico have, or of any letters.
fn names() -> impl Strategy<Value = PersonName> {
    let word = "[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,9}";
    let any = (word, proptest::option::of(word), word).prop_map(|(given, more, surname)| {
        name(&format!("{given} {}|{surname}", more.unwrap_or_default()))
    });
    let known = select(SAMPLE.lines().collect::<Vec<_>>()).prop_map(name);
    prop_oneof![6 => known, 1 => any]
}

/// The units of the random members: few, so that members share them.
pub(super) fn units() -> impl Strategy<Value = Unit> {
    let unit = |ooad: &str, place: Option<&str>| Unit {
        ooad: Some(ooad.parse().unwrap()),
        place: place.map(short),
        ..Unit::default()
    };
    select(vec![
        Unit::default(),
        unit("Jalisco", Some("HGZ 14")),
        unit("Jalisco", Some("UMF 3")),
        unit("Jalisco", None),
        unit("Sonora", Some("HGZ 14")),
    ])
}

fn days(from: i64) -> Date {
    TODAY.saturating_add(jiff::Span::new().days(from))
}

/// Terms of office that run, ended, or begin later; the first and the last day are among them.
fn terms() -> impl Strategy<Value = Term> {
    let term = |from, until: Option<i64>| Term {
        from: days(from),
        until: until.map(days),
    };
    prop_oneof![
        6 => Just(term(-60, None)),
        1 => Just(term(0, Some(0))),
        1 => Just(term(-60, Some(-1))),
        1 => Just(term(1, None)),
    ]
}

fn agreements() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![
        6 => Just(Some(days(-60))),
        1 => Just(Some(TODAY)),
        1 => Just(Some(days(1))),
        1 => Just(None),
    ]
}

fn suspensions() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![
        8 => Just(None),
        1 => Just(Some(TODAY)),
        1 => Just(Some(days(1))),
    ]
}

/// For whom a random member stands in.
#[derive(Debug, Clone)]
enum Place {
    Titular,
    /// For some other member, at that member's seat.
    For(Index),
    /// For some member or for oneself, at a seat of one's own: as a wrong record would have it.
    Odd(Index),
    /// For a titular whom nobody knows any more.
    ForNobody,
}

fn places() -> impl Strategy<Value = Place> {
    prop_oneof![
        5 => Just(Place::Titular),
        4 => any::<Index>().prop_map(Place::For),
        1 => any::<Index>().prop_map(Place::Odd),
        1 => Just(Place::ForNobody),
    ]
}

/// The three offices are drawn more often than the rest: without them there is not much to rule on.
fn seats() -> impl Strategy<Value = Seat> {
    let offices = select(vec![
        Seat::Presidencia,
        Seat::SecretariaEjecutiva,
        Seat::SecretariaTecnica,
    ]);
    prop_oneof![1 => offices, 1 => select(Seat::ALL)]
}

/// Committees of up to twenty members, in any order.
pub(super) fn committees() -> impl Strategy<Value = Vec<MemberProfile>> {
    let member = (
        any::<[u8; 15]>(),
        names(),
        seats(),
        places(),
        units(),
        (terms(), agreements(), suspensions()),
    );
    proptest::collection::vec(member, 0..=20).prop_map(|drawn| {
        let ids: Vec<MemberId> = drawn
            .iter()
            .zip(0_u8..)
            .map(|((random, ..), number)| {
                // The last byte keeps them apart, however a failing case is made smaller.
                let mut id = [number; 16];
                id[..15].copy_from_slice(random);
                MemberId(id)
            })
            .collect();
        let seats: Vec<Seat> = drawn.iter().map(|(_, _, seat, ..)| *seat).collect();
        drawn
            .into_iter()
            .enumerate()
            .map(
                |(at, (_, name, own, place, unit, (term, agreement_on, suspended_from)))| {
                    let other = |index: Index| index.index(ids.len());
                    let (seat, standing) = match place {
                        Place::Titular => (own, Standing::Titular),
                        Place::For(index) if other(index) == at => (own, Standing::Titular),
                        Place::For(index) => (
                            seats[other(index)],
                            Standing::Suplente {
                                of: ids[other(index)],
                            },
                        ),
                        Place::Odd(index) => (
                            own,
                            Standing::Suplente {
                                of: ids[other(index)],
                            },
                        ),
                        Place::ForNobody => (
                            own,
                            Standing::Suplente {
                                of: MemberId([0xff; 16]),
                            },
                        ),
                    };
                    MemberProfile {
                        id: ids[at],
                        name,
                        seat,
                        standing,
                        unit,
                        term,
                        agreement_on,
                        suspended_from,
                        edition: 0,
                    }
                },
            )
            .collect()
    })
}

/// A committee, and what was found out about its members in a case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) members: Vec<MemberProfile>,
    pub(super) findings: Findings,
}

impl Case {
    /// Whether a member may not know of the case.
    pub(super) fn is_out(&self, member: MemberId) -> bool {
        self.findings.conflict(member).is_some()
    }

    /// The same with one more member who may not know of it.
    pub(super) fn with_conflict(&self, member: MemberId, ground: Ground) -> Self {
        let mut more = self.clone();
        more.findings.doubts.retain(|doubt| doubt.member != member);
        if more.findings.conflict(member).is_none() {
            more.findings.conflicts.push(Conflict {
                member,
                ground,
                reasons: Vec::new(),
            });
        }
        more
    }
}

/// A committee and any findings about it, as no text might lead to.
pub(super) fn cases() -> impl Strategy<Value = Case> {
    let each = (
        prop_oneof![6 => Just(None), 1 => select(Ground::ALL).prop_map(Some)],
        prop_oneof![6 => Just(None), 1 => any::<bool>().prop_map(Some)],
    );
    committees().prop_flat_map(move |members| {
        let all = proptest::collection::vec(each.clone(), members.len());
        (Just(members), all).prop_map(|(members, drawn)| {
            let mut findings = Findings::default();
            for (member, (ground, withheld)) in members.iter().zip(drawn) {
                let member = member.id;
                if let Some(ground) = ground {
                    findings.conflicts.push(Conflict {
                        member,
                        ground,
                        reasons: Vec::new(),
                    });
                } else if let Some(withheld) = withheld {
                    findings.doubts.push(Doubt {
                        member,
                        withheld,
                        reasons: Vec::new(),
                    });
                }
            }
            Case { members, findings }
        })
    })
}
