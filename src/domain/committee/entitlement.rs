//! Who gets the key of a new case: by seat, without those who may not know of it (DOMAIN §14.1).
//!
//! Presidencia and both Secretarías get it, or whoever stands in for them. Elected members, the persons
//! of the special protocols and guests get it when an entitled member shares the case with them. The
//! representation of the control body gets it at once when too few of the committee are left.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::conflict::Findings;
use super::quorum::{Sufficiency, sufficiency};
use super::{Ground, MemberId, MemberProfile, Relation, Seat, Standing};

/// Who may open a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitlement {
    /// Those who get its key, in the order of the members given.
    pub entitled: Vec<MemberId>,
    /// Those for whom it does not exist, in office or not.
    pub excluded: Vec<(MemberId, Ground)>,
    /// Those who get no key until somebody has looked: they may be meant.
    pub withheld: Vec<MemberId>,
    /// Whether enough are left.
    pub sufficiency: Sufficiency,
}

impl Entitlement {
    /// What a member is to the case.
    pub fn relation(&self, member: MemberId) -> Relation {
        if self
            .excluded
            .iter()
            .any(|(excluded, _)| *excluded == member)
        {
            Relation::Excluded
        } else if self.entitled.contains(&member) {
            Relation::Entitled
        } else {
            Relation::Outside
        }
    }
}

/// Who may open a new case.
///
/// A member who is suspended is not in office, so whoever stands in gets the case. They are not among the
/// excluded: what a case says of a member outlasts the suspension, and a suspension is of no one case. The
/// policy answers them all the same as if no case existed.
pub fn first(members: &[MemberProfile], findings: &Findings, today: Date) -> Entitlement {
    let ground = |id| findings.conflict(id).map(|conflict| conflict.ground);
    let excluded: Vec<(MemberId, Ground)> = members
        .iter()
        .filter_map(|member| Some((member.id, ground(member.id)?)))
        .collect();
    let withheld: Vec<MemberId> = members
        .iter()
        .map(|member| member.id)
        .filter(|id| ground(*id).is_none() && findings.is_withheld(*id))
        .collect();
    let may_open = |member: &MemberProfile| {
        member.in_office(today) && ground(member.id).is_none() && !withheld.contains(&member.id)
    };
    let with = |chosen: fn(Seat) -> bool| -> Vec<MemberId> {
        let chosen = members
            .iter()
            .filter(|member| chosen(member.seat) && may_open(member));
        let acting = chosen.filter(|member| acts(member, members, may_open));
        acting.map(|member| member.id).collect()
    };
    let mut entitled = with(at_once);
    let may_act = |id| ground(id).is_none();
    let sufficiency = sufficiency(members, may_act, entitled.len(), today);
    match sufficiency {
        Sufficiency::Enough => {}
        Sufficiency::TooFew { .. } => entitled.extend(with(when_too_few)),
    }
    Entitlement {
        entitled,
        excluded,
        withheld,
        sufficiency,
    }
}

/// Whether a member acts on the case: a titular, or a suplente whose titular may not open it.
fn acts(
    member: &MemberProfile,
    members: &[MemberProfile],
    may_open: impl Fn(&MemberProfile) -> bool,
) -> bool {
    match member.standing {
        Standing::Titular => true,
        Standing::Suplente { of } => !members
            .iter()
            .any(|titular| titular.id == of && may_open(titular)),
    }
}

/// Whether a seat alone, without anybody sharing a case, can give its key.
pub fn gives_cases(seat: Seat) -> bool {
    at_once(seat) || when_too_few(seat)
}

fn at_once(seat: Seat) -> bool {
    match seat {
        Seat::Presidencia | Seat::SecretariaEjecutiva | Seat::SecretariaTecnica => true,
        Seat::Electa
        | Seat::RepresentacionOic
        | Seat::Consejera
        | Seat::Asesora
        | Seat::Invitada => false,
    }
}

fn when_too_few(seat: Seat) -> bool {
    match seat {
        Seat::RepresentacionOic => true,
        Seat::Presidencia
        | Seat::SecretariaEjecutiva
        | Seat::SecretariaTecnica
        | Seat::Electa
        | Seat::Consejera
        | Seat::Asesora
        | Seat::Invitada => false,
    }
}

#[cfg(test)]
mod tests;
