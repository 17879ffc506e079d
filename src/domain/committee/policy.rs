//! Who may do what on which case: the one place where that is said.
//!
//! Whatever is not allowed here is refused. [`decide`] answers who acts, [`may_second`] who may be
//! the other person of an act that takes two. The rows of [`rights`] are the table of DOMAIN §14.1,
//! as far as it is about opening and changing what the service keeps.
//!
//! A member who is excluded from a case gets [`Ruling::Hidden`] for whatever is asked of it, which is
//! also the answer for a case that does not exist: the callers make both alike to the byte.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MemberId, MemberProfile, Seat, Standing};
use crate::coded_enum;

coded_enum! {
    /// Something that a member can ask the service to do.
    pub enum Act {
        /// Lists and counts; with a relation: whether that case is in them.
        ReadRegister = "READ_REGISTER",
        /// Opening a case.
        ReadCase = "READ_CASE",
        /// Opening a file of a case.
        ReadFile = "READ_FILE",
        /// Writing to whoever filed it, and what goes with it: asking for what is missing, notices.
        WriteToPerson = "WRITE_TO_PERSON",
        /// Saying that oneself has a conflict.
        DeclareConflict = "DECLARE_CONFLICT",
        /// Pointing out that another has.
        ProposeRecusal = "PROPOSE_RECUSAL",
        /// Deciding on what another pointed out; [`may_second`] keeps the proposer from it.
        DecideRecusal = "DECIDE_RECUSAL",
        /// Letting one more member open a case.
        ShareCase = "SHARE_CASE",
        /// Taking a member's access away without a conflict of interest: the case gets a new key.
        RotateCase = "ROTATE_CASE",
        /// Seeing who filed, where that was told under reserve.
        UnmaskIdentity = "UNMASK_IDENTITY",
        /// Taking a whole case out of the service.
        ExportCase = "EXPORT_CASE",
        /// Deleting a case.
        DeleteCase = "DELETE_CASE",
        /// The list of members.
        ReadMembers = "READ_MEMBERS",
        /// Asking somebody in.
        InviteMember = "INVITE_MEMBER",
        /// Ending a membership before its term.
        EndMembership = "END_MEMBERSHIP",
        /// Letting a member in again who lost what the own key needs.
        ReadmitMember = "READMIT_MEMBER",
        /// The log: what oneself did; with a relation: the entries of that case.
        ReadLog = "READ_LOG",
        /// What others did, in the log; with a relation: the entries of that case, without its key too.
        OverseeLog = "OVERSEE_LOG",
        /// Sealing the service at once.
        SealService = "SEAL_SERVICE",
        /// Own devices, second factor and sessions; signing out.
        OwnAccount = "OWN_ACCOUNT",
        /// Acts that wait for a second person; with a relation: those on that case.
        SecondAct = "SECOND_ACT",
        /// Passing on keys to members who are entitled and have none yet; with a relation: that case's.
        GiveCopies = "GIVE_COPIES",
    }
}

/// What an act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// One case, always.
    Case,
    /// One case, or a page on which there may be many.
    Either,
    /// No case.
    Service,
}

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
    /// Whether the term of office runs and the confidentiality agreement is signed.
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
        let in_office = |id| {
            let mut others = all.iter().filter(|other| other.id == id);
            others.any(|other| other.in_office(today))
        };
        let acting = match member.standing {
            Standing::Titular => true,
            Standing::Suplente { of } => !in_office(of),
        };
        let mut others = all.iter().filter(|other| other.id != member.id);
        Self {
            id: member.id,
            seat: member.seat,
            standing: member.standing,
            in_office: member.in_office(today),
            acting,
            alone: !others.any(|other| other.seat.votes() && other.in_office(today)),
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

/// [`decide`] for an act that is about another member: nobody points at, decides on, ends or readmits
/// themselves.
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

impl Act {
    const fn scope(self) -> Scope {
        match self {
            Self::ReadCase
            | Self::ReadFile
            | Self::WriteToPerson
            | Self::DeclareConflict
            | Self::ProposeRecusal
            | Self::DecideRecusal
            | Self::ShareCase
            | Self::RotateCase
            | Self::UnmaskIdentity
            | Self::ExportCase
            | Self::DeleteCase => Scope::Case,
            Self::ReadRegister
            | Self::ReadLog
            | Self::OverseeLog
            | Self::SecondAct
            | Self::GiveCopies => Scope::Either,
            Self::ReadMembers
            | Self::InviteMember
            | Self::EndMembership
            | Self::ReadmitMember
            | Self::SealService
            | Self::OwnAccount => Scope::Service,
        }
    }

    /// Whether the act is never completed by one person alone. Recusing takes who proposes and who
    /// decides; inviting takes two once there are two.
    pub const fn takes_two(self) -> bool {
        match self {
            Self::DecideRecusal
            | Self::RotateCase
            | Self::UnmaskIdentity
            | Self::ExportCase
            | Self::DeleteCase
            | Self::InviteMember
            | Self::EndMembership
            | Self::ReadmitMember => true,
            Self::ReadRegister
            | Self::ReadCase
            | Self::ReadFile
            | Self::WriteToPerson
            | Self::DeclareConflict
            | Self::ProposeRecusal
            | Self::ShareCase
            | Self::ReadMembers
            | Self::ReadLog
            | Self::OverseeLog
            | Self::SealService
            | Self::OwnAccount
            | Self::SecondAct
            | Self::GiveCopies => false,
        }
    }

    const fn may_be_about_oneself(self) -> bool {
        match self {
            Self::ProposeRecusal
            | Self::DecideRecusal
            | Self::RotateCase
            | Self::EndMembership
            | Self::ReadmitMember => false,
            Self::ReadRegister
            | Self::ReadCase
            | Self::ReadFile
            | Self::WriteToPerson
            | Self::DeclareConflict
            | Self::ShareCase
            | Self::UnmaskIdentity
            | Self::ExportCase
            | Self::DeleteCase
            | Self::ReadMembers
            | Self::InviteMember
            | Self::ReadLog
            | Self::OverseeLog
            | Self::SealService
            | Self::OwnAccount
            | Self::SecondAct
            | Self::GiveCopies => true,
        }
    }
}

/// What an act is to each seat, in the order of [`Seat::ALL`].
struct Row([Ruling; 8]);

impl Row {
    const fn of(&self, seat: Seat) -> Ruling {
        let [pres, ejec, tecn, electa, oic, consejera, asesora, invitada] = self.0;
        match seat {
            Seat::Presidencia => pres,
            Seat::SecretariaEjecutiva => ejec,
            Seat::SecretariaTecnica => tecn,
            Seat::Electa => electa,
            Seat::RepresentacionOic => oic,
            Seat::Consejera => consejera,
            Seat::Asesora => asesora,
            Seat::Invitada => invitada,
        }
    }
}

const Y: Ruling = Ruling::Allowed;
const II: Ruling = Ruling::NeedsSecond;
const X: Ruling = Ruling::Refused;

/// What each seat may do: on a case, if entitled to it; in the service, if it acts there.
#[rustfmt::skip]
#[expect(clippy::match_same_arms, reason = "a table: a row for each act")]
const fn rights(act: Act) -> Row {
    Row(match act {
        //                    Pres Ejec Tecn Elec OIC  Cons Ases Invi
        Act::ReadRegister   => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::ReadCase       => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::ReadFile       => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::WriteToPerson  => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        Act::DeclareConflict=> [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::ProposeRecusal => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::DecideRecusal  => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::ShareCase      => [Y,  Y,  X,  X,  X,  X,  X,  X],
        Act::RotateCase     => [II, II, X,  X,  X,  X,  X,  X],
        Act::UnmaskIdentity => [II, II, X,  X,  X,  X,  X,  X],
        Act::ExportCase     => [II, II, II, X,  II, X,  X,  X],
        Act::DeleteCase     => [II, II, II, X,  X,  X,  X,  X],
        Act::ReadMembers    => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  X],
        Act::InviteMember   => [II, II, II, X,  X,  X,  X,  X],
        Act::EndMembership  => [II, II, II, X,  X,  X,  X,  X],
        Act::ReadmitMember  => [II, II, II, II, II, X,  X,  X],
        Act::ReadLog        => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::OverseeLog     => [Y,  Y,  Y,  X,  Y,  X,  X,  X],
        Act::SealService    => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::OwnAccount     => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::SecondAct      => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::GiveCopies     => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
    })
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
        | Act::SealService
        | Act::OwnAccount => Ruling::Refused,
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
        | Act::GiveCopies => right,
        Act::InviteMember => match right {
            Ruling::NeedsSecond if actor.acting && actor.alone => Ruling::Allowed,
            Ruling::NeedsSecond if actor.acting => Ruling::NeedsSecond,
            Ruling::Allowed | Ruling::NeedsSecond | Ruling::Refused => Ruling::Refused,
            Ruling::Hidden => Ruling::Hidden,
        },
        Act::EndMembership | Act::ReadmitMember | Act::OverseeLog | Act::SealService => {
            if actor.acting { right } else { Ruling::Refused }
        }
        Act::ReadCase
        | Act::ReadFile
        | Act::WriteToPerson
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
