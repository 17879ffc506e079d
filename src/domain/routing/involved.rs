//! Who of the committee is told of a case, and who is proposed for its commission.
//!
//! Both are proposals. Being told opens no case, and only the Presidencia appoints a commission.

use jiff::civil::Date;
use serde::Serialize;

use super::{Decided, Protocol};
use crate::catalogue;
use crate::committee::{MemberId, MemberProfile, Seat, Standing};

crate::coded_enum! {
    /// Of which cases a seat is told.
    pub enum Occasion {
        /// Of all.
        Always = "ALWAYS",
        /// Of those that a person has to look at before the proposal is followed.
        NeedsPerson = "NEEDS_PERSON",
        /// Of those in which there is danger now.
        ImmediateDanger = "IMMEDIATE_DANGER",
        /// Of those under the protocol on hostigamiento and acoso sexual.
        ProtocolHsyas = "PROTOCOL_HSYAS",
        /// Of those under the protocol on discrimination.
        ProtocolDisc = "PROTOCOL_DISC",
        /// Of those of which notice to the control body may be due.
        Referral = "REFERRAL",
    }
}

/// A seat that is to be told of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Telling {
    /// Who.
    pub seat: Seat,
    /// What for, in Spanish.
    pub what: &'static str,
}

/// What decides who is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) protocols: &'a [Decided<Protocol>],
    pub(super) immediate_danger: bool,
    pub(super) needs_person: bool,
    pub(super) referral: bool,
}

/// Whom to tell, in the order of the catalogue.
pub(super) fn tell(asked: Asked<'_>) -> Vec<Decided<Telling>> {
    let under = |protocol| {
        asked
            .protocols
            .iter()
            .any(|decided| decided.value == protocol)
    };
    let holds = |occasion| match occasion {
        Occasion::Always => true,
        Occasion::NeedsPerson => asked.needs_person,
        Occasion::ImmediateDanger => asked.immediate_danger,
        Occasion::ProtocolHsyas => under(Protocol::Hsyas),
        Occasion::ProtocolDisc => under(Protocol::Disc),
        Occasion::Referral => asked.referral,
    };
    let rules = catalogue::current().involved().tell.iter();
    rules
        .filter(|rule| holds(rule.when))
        .map(|rule| Decided {
            value: Telling {
                seat: rule.seat,
                what: &rule.what,
            },
            rule: &rule.rule,
            source: &rule.source,
        })
        .collect()
}

/// Who is proposed for the commission of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedCommission {
    /// Who, by turn; fewer than there are places for if no more may act, and perhaps nobody.
    pub members: Vec<MemberId>,
    /// How many places there are.
    pub places: usize,
    /// Whether there were more than places, so that the turn decided.
    pub by_turn: bool,
}

/// Proposes a commission of a case with this number.
///
/// `may_know` says whether a case may be known to a member: whoever is recused, excluded for their unit of
/// work, or not looked at yet is never proposed. Neither is who is suspended or out of office; then the
/// suplente is, if there is one who may.
pub fn propose_commission(
    members: &[MemberProfile],
    may_know: impl Fn(MemberId) -> bool,
    number: u32,
    today: Date,
) -> ProposedCommission {
    let rules = catalogue::current();
    let seats = &rules.involved().commission.seats;
    let places = rules.procedure().commission.most;
    let may_act = |member: &MemberProfile| member.in_office(today) && may_know(member.id);
    let stands_by = |member: &MemberProfile| match member.standing {
        Standing::Titular => false,
        Standing::Suplente { of } => {
            let mut all = members.iter();
            all.any(|titular| titular.id == of && may_act(titular))
        }
    };
    let mut found: Vec<MemberId> = members
        .iter()
        .filter(|member| seats.contains(&member.seat) && may_act(member) && !stands_by(member))
        .map(|member| member.id)
        .collect();
    // So that the turn does not hang on the order in which members are kept.
    found.sort_unstable();
    let by_turn = found.len() > places;
    if by_turn {
        let all = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let first = usize::try_from(number % all).unwrap_or(0);
        found.rotate_left(first);
        found.truncate(places);
    }
    ProposedCommission {
        members: found,
        places,
        by_turn,
    }
}

#[cfg(test)]
mod tests;
