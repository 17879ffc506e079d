//! Whether enough of the committee is left to act on a case (CHIS 33).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MemberId, MemberProfile, Seat, Standing};
use crate::catalogue::current;

/// Whether enough are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Sufficiency {
    /// Yes.
    Enough,
    /// No: the committee is told, and offered the way to the control body.
    TooFew {
        /// All that is missing.
        why: Vec<Shortage>,
    },
}

/// Something that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Shortage {
    /// A seat without which there is no session has neither its holder nor a suplente.
    Seat {
        /// Which.
        seat: Seat,
    },
    /// Too few seats with a vote.
    Quorum {
        /// Seats of which somebody may act.
        left: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Fewer can open the case than the acts take that nobody does alone.
    Persons {
        /// How many can.
        left: usize,
        /// How many it takes.
        needed: usize,
    },
}

/// Whether enough are left, when only those may act of whom `may_act` says so, and `entitled` can open
/// the case. Of each seat one person counts, its holder or a suplente; a seat without holder counts as
/// a seat as long as it has a suplente, and the seat of whoever is suspended counts as one.
pub fn sufficiency(
    members: &[MemberProfile],
    may_act: impl Fn(MemberId) -> bool,
    entitled: usize,
    today: Date,
) -> Sufficiency {
    let rules = current().committee();
    // A seat goes by its titular, who may be nobody we know any more, or may hold another seat by now.
    let mut seats: BTreeMap<(Seat, MemberId), bool> = BTreeMap::new();
    for member in members
        .iter()
        .filter(|member| member.seat.votes() && member.holds_office(today))
    {
        let titular = match member.standing {
            Standing::Titular => member.id,
            Standing::Suplente { of } => of,
        };
        let filled = seats.entry((member.seat, titular)).or_default();
        *filled = *filled || (member.in_office(today) && may_act(member.id));
    }
    let mut why = Vec::new();
    for seat in rules.indispensable.seats.iter().copied() {
        if !seats
            .iter()
            .any(|((other, _), filled)| *other == seat && *filled)
        {
            why.push(Shortage::Seat { seat });
        }
    }
    let left = seats.values().filter(|filled| **filled).count();
    let needed = rules.quorum.least(seats.len());
    if left < needed {
        why.push(Shortage::Quorum { left, needed });
    }
    let needed = rules.two_persons.least;
    if entitled < needed {
        let left = entitled;
        why.push(Shortage::Persons { left, needed });
    }
    if why.is_empty() {
        Sufficiency::Enough
    } else {
        Sufficiency::TooFew { why }
    }
}

#[cfg(test)]
mod tests;
