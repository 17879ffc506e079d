//! Who may do what on which case: the one place where that is said.
//!
//! Whatever is not allowed here is refused. [`decide`] answers who acts, [`may_second`] who may be
//! the other person of an act that takes two. The rows of [`rights`](mod@rights) are the table of DOMAIN §14.1,
//! as far as it is about opening and changing what the service keeps.
//!
//! A member who is excluded from a case gets [`Ruling::Hidden`] for whatever is asked of it, which is
//! also the answer for a case that does not exist: the callers make both alike to the byte.

mod rights;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::rights::rights;
use super::act::Scope;
use super::{Act, MemberId, MemberProfile, Seat, Standing};
use crate::coded_enum;

/// From where an act is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// On a case, by a member who is entitled to it.
    Inside,
    /// On a case, by a member who is not.
    Outside,
    /// On no case.
    AtLarge,
}

coded_enum! {
    /// What a member is to a case.
    pub enum Relation {
        /// Has, or is to have, its key.
        Entitled = "ENTITLED",
        /// Has no key. Members with a vote may know that the case exists, others may not.
        Outside = "OUTSIDE",
        /// For this member, the case does not exist.
        Excluded = "EXCLUDED",
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Which member.
    pub id: MemberId,
    /// The seat, a suplente's own being that of the titular.
    pub seat: Seat,
    /// Titular or suplente.
    pub standing: Standing,
    /// Whether the term of office runs, the confidentiality agreement is signed, and the member is not
    /// suspended.
    pub in_office: bool,
    /// Whether the member acts beyond single cases: a titular always, a suplente only while the
    /// titular is not in office.
    pub acting: bool,
    /// Whether nobody else is in who could be the second person.
    pub alone: bool,
}

impl Actor {
    /// What a member is today, given all those who can sign in.
    pub fn of(member: &MemberProfile, all: &[MemberProfile], today: Date) -> Self {
        let mut others = all.iter().filter(|other| other.id != member.id);
        Self {
            id: member.id,
            seat: member.seat,
            standing: member.standing,
            in_office: member.in_office(today),
            acting: is_acting(member, all, today),
            alone: !others.any(|other| {
                // Whoever is suspended is no second person, and leaves nobody alone: or two could make
                // one of them so.
                other.seat.votes() && other.holds_office(today) && is_acting(other, all, today)
            }),
        }
    }
}

/// Whether a member acts beyond single cases: a titular, or a suplente whose titular is not in office.
fn is_acting(member: &MemberProfile, all: &[MemberProfile], today: Date) -> bool {
    match member.standing {
        Standing::Titular => true,
        Standing::Suplente { of } => {
            let mut others = all.iter();
            !others.any(|titular| titular.id == of && titular.in_office(today))
        }
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// Done at once.
    Allowed,
    /// Done when [`may_second`] allows another member and that member agrees.
    NeedsSecond,
    /// Answered as if the case did not exist.
    Hidden,
    /// Not for this member, who may know that it is so.
    Refused,
}

/// Whether a member may do something. The relation is `None` where no case is meant, or the case that
/// is meant does not exist.
pub fn decide(actor: &Actor, act: Act, relation: Option<Relation>) -> Ruling {
    let asked = match (act.scope(), relation) {
        (_, Some(Relation::Excluded)) | (Scope::Case, None) => return Ruling::Hidden,
        (Scope::Service, _) | (Scope::Either, None) => Asked::AtLarge,
        (Scope::Case | Scope::Either, Some(Relation::Entitled)) => Asked::Inside,
        (Scope::Case | Scope::Either, Some(Relation::Outside)) => Asked::Outside,
    };
    match (asked, actor.in_office) {
        (Asked::Inside, true) => rights(act).of(actor.seat),
        (Asked::Outside, true) => from_outside(actor, act),
        (Asked::AtLarge, true) => at_large(actor, act),
        (Asked::AtLarge, false) if act == Act::OwnAccount => Ruling::Allowed,
        (Asked::AtLarge, false) => Ruling::Refused,
        (Asked::Inside | Asked::Outside, false) => Ruling::Hidden,
    }
}

/// [`decide`] for an act that is about another member: nobody points at, decides on, ends, readmits or
/// suspends themselves, nor takes the own suspension back.
pub fn decide_about(
    actor: &Actor,
    act: Act,
    relation: Option<Relation>,
    about: MemberId,
) -> Ruling {
    let ruling = decide(actor, act, relation);
    if actor.id == about && !act.may_be_about_oneself() && ruling != Ruling::Hidden {
        return Ruling::Refused;
    }
    ruling
}

/// Whether a member may be the second person of an act that another began: somebody else, with a
/// vote, who is entitled too if it is about a case.
pub fn may_second(actor: &Actor, act: Act, relation: Option<Relation>, first: MemberId) -> Ruling {
    let visible = decide(actor, Act::SecondAct, relation);
    if visible != Ruling::Allowed {
        return visible;
    }
    let on_case = act.scope() == Scope::Case;
    if on_case && relation.is_none() {
        return Ruling::Hidden;
    }
    let able = if on_case {
        actor.seat.votes()
    } else {
        actor.acting
    };
    if able && actor.id != first && act.takes_two() {
        Ruling::Allowed
    } else {
        Ruling::Refused
    }
}

/// [`may_second`] for an act that is about another member.
pub fn may_second_about(
    actor: &Actor,
    act: Act,
    relation: Option<Relation>,
    first: MemberId,
    about: MemberId,
) -> Ruling {
    let ruling = may_second(actor, act, relation, first);
    if actor.id == about && ruling == Ruling::Allowed {
        return Ruling::Refused;
    }
    ruling
}

/// On a case of which the member has no key. Only those with a vote who are acting know that there is
/// such a case; they may say that they, or others, should not touch it.
fn from_outside(actor: &Actor, act: Act) -> Ruling {
    if !actor.seat.votes() || !actor.acting {
        return Ruling::Hidden;
    }
    match act {
        Act::ReadRegister | Act::DeclareConflict | Act::ProposeRecusal => Ruling::Allowed,
        Act::OverseeLog => match rights(act).of(actor.seat) {
            Ruling::Allowed => Ruling::Allowed,
            Ruling::NeedsSecond | Ruling::Hidden | Ruling::Refused => Ruling::Hidden,
        },
        // Not even that there is anything to see.
        Act::ReadLog | Act::SecondAct | Act::GiveCopies => Ruling::Hidden,
        Act::ReadCase
        | Act::ReadFile
        | Act::WriteToPerson
        | Act::TakeStep
        | Act::WritePaper
        | Act::RedactFile
        | Act::CaptureCase
        | Act::DecideRecusal
        | Act::ShareCase
        | Act::RotateCase
        | Act::UnmaskIdentity
        | Act::ExportCase
        | Act::DeleteCase
        // The rest are about no case, and `decide` does not ask for them here.
        | Act::ReadMembers
        | Act::InviteMember
        | Act::EndMembership
        | Act::ReadmitMember
        | Act::AmendMember
        | Act::SuspendMember
        | Act::RecordIncident
        | Act::SetCalendar
        | Act::RecountTerms
        | Act::SealService
        | Act::OwnAccount
        | Act::ReadMeetings
        | Act::CallMeeting
        | Act::HoldMeeting
        | Act::CloseMeeting
        | Act::RecordAttention
        | Act::OverseeAttentions
        | Act::KeepMatters => Ruling::Refused,
    }
}

/// Where no case is meant.
fn at_large(actor: &Actor, act: Act) -> Ruling {
    let right = rights(act).of(actor.seat);
    match act {
        // Suplentes have an own account, and pages on which their cases are.
        Act::ReadRegister
        | Act::ReadMembers
        | Act::ReadLog
        | Act::OwnAccount
        | Act::SecondAct
        | Act::GiveCopies
        // Whoever stands in for an absent titular sits in the session, and keeps it.
        | Act::ReadMeetings
        | Act::HoldMeeting
        | Act::CloseMeeting
        | Act::RecordAttention => right,
        Act::InviteMember => match right {
            Ruling::NeedsSecond if actor.acting && actor.alone => Ruling::Allowed,
            Ruling::NeedsSecond if actor.acting => Ruling::NeedsSecond,
            Ruling::Allowed | Ruling::NeedsSecond | Ruling::Refused => Ruling::Refused,
            Ruling::Hidden => Ruling::Hidden,
        },
        Act::EndMembership
        | Act::ReadmitMember
        | Act::AmendMember
        | Act::SuspendMember
        | Act::OverseeLog
        | Act::RecordIncident
        | Act::SetCalendar
        | Act::RecountTerms
        | Act::SealService
        | Act::CallMeeting
        | Act::OverseeAttentions
        | Act::KeepMatters => {
            if actor.acting {
                right
            } else {
                Ruling::Refused
            }
        }
        Act::ReadCase
        | Act::ReadFile
        | Act::WriteToPerson
        | Act::TakeStep
        | Act::WritePaper
        | Act::RedactFile
        | Act::CaptureCase
        | Act::DeclareConflict
        | Act::ProposeRecusal
        | Act::DecideRecusal
        | Act::ShareCase
        | Act::RotateCase
        | Act::UnmaskIdentity
        | Act::ExportCase
        | Act::DeleteCase => Ruling::Hidden,
    }
}

#[cfg(test)]
mod tests;
