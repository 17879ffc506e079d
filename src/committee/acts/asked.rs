//! What can be asked of two members, each with what it needs.

use std::fmt;
use std::str::FromStr;

use domain::case::Folio;
use domain::committee::{Act, MemberId, MemberProfile};
use domain::complaint::LongText;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use store::casefiles::CaseId;
use store::records::RecordId;

use crate::log::Proposed;
use crate::members::encoded;
use crate::members::{Amendment, LinkHash, LoginName, Roster};

/// Which act, by 16 random bytes written as 32 small hexadecimal digits; tells nothing about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActId(pub [u8; 16]);

/// A text that is no id of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of an act is 32 small hexadecimal digits")]
pub struct NotAnActId;

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl FromStr for ActId {
    type Err = NotAnActId;

    /// Only the form that is written is read, so that an act has one address.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 32 || !text.bytes().all(digit) {
            return Err(NotAnActId);
        }
        let id = u128::from_str_radix(text, 16).map_err(|_| NotAnActId)?;
        Ok(Self(id.to_be_bytes()))
    }
}

impl Serialize for ActId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ActId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl From<ActId> for RecordId {
    fn from(id: ActId) -> Self {
        Self(id.0)
    }
}

/// Why somebody asks; the other reads it before agreeing.
pub type Reason = LongText;

/// A case as an act names it: by its folio too, which is what is left of it once it is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRef {
    #[serde(with = "encoded")]
    id: [u8; 16],
    /// Its number.
    pub folio: Folio,
}

impl CaseRef {
    /// A case of the register.
    pub fn new(id: CaseId, folio: Folio) -> Self {
        Self { id: id.0, folio }
    }

    /// Its name inside the store.
    pub fn id(&self) -> CaseId {
        CaseId(self.id)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asked {
    /// Seeing who filed a case.
    UnmaskIdentity {
        /// Which case.
        case: CaseRef,
    },
    /// Taking a whole case out.
    ExportCase {
        /// Which case.
        case: CaseRef,
    },
    /// Deleting a case, with the mailbox of whoever filed it.
    DeleteCase {
        /// Which case.
        case: CaseRef,
    },
    /// Taking a case from a member who has no conflict.
    RotateCase {
        /// Which case.
        case: CaseRef,
        /// Who opens it no longer.
        without: MemberId,
    },
    /// Keeping a member out of a case, for a conflict of interest that another points out.
    Recuse {
        /// Which case.
        case: CaseRef,
        /// Whom.
        member: MemberId,
    },
    /// Taking back that a member is kept out of a case: a namesake, or a mistake.
    LiftRecusal {
        /// Which case.
        case: CaseRef,
        /// Whom.
        member: MemberId,
    },
    /// Asking somebody in.
    InviteMember {
        /// Who.
        profile: Box<MemberProfile>,
        /// The name to sign in with.
        login: LoginName,
        /// Of the link, which whoever asked has.
        link: LinkHash,
    },
    /// Ending a membership.
    EndMembership {
        /// Whose.
        member: MemberId,
    },
    /// Letting a member in again who lost what it takes to sign in.
    ReadmitMember {
        /// Whom.
        member: MemberId,
        /// Of the link, which whoever asked has.
        link: LinkHash,
    },
    /// Changing what is known of a member.
    AmendMember {
        /// Whose.
        member: MemberId,
        /// From what to what.
        amendment: Box<Amendment>,
    },
    /// Suspending a member against whom a complaint was admitted.
    SuspendMember {
        /// Whom.
        member: MemberId,
        /// First day.
        from: Date,
    },
    /// Taking a suspension back.
    LiftSuspension {
        /// Whose.
        member: MemberId,
    },
}

impl Asked {
    /// The act, as the policy knows it.
    pub fn act(&self) -> Act {
        match self {
            Self::UnmaskIdentity { .. } => Act::UnmaskIdentity,
            Self::ExportCase { .. } => Act::ExportCase,
            Self::DeleteCase { .. } => Act::DeleteCase,
            Self::RotateCase { .. } => Act::RotateCase,
            Self::Recuse { .. } | Self::LiftRecusal { .. } => Act::DecideRecusal,
            Self::InviteMember { .. } => Act::InviteMember,
            Self::EndMembership { .. } => Act::EndMembership,
            Self::ReadmitMember { .. } => Act::ReadmitMember,
            Self::AmendMember { .. } => Act::AmendMember,
            Self::SuspendMember { .. } | Self::LiftSuspension { .. } => Act::SuspendMember,
        }
    }

    /// The case, if it is about one.
    pub fn case(&self) -> Option<CaseRef> {
        match self {
            Self::UnmaskIdentity { case }
            | Self::ExportCase { case }
            | Self::DeleteCase { case }
            | Self::RotateCase { case, .. }
            | Self::Recuse { case, .. }
            | Self::LiftRecusal { case, .. } => Some(*case),
            Self::InviteMember { .. }
            | Self::EndMembership { .. }
            | Self::ReadmitMember { .. }
            | Self::AmendMember { .. }
            | Self::SuspendMember { .. }
            | Self::LiftSuspension { .. } => None,
        }
    }

    /// The case that it takes from somebody, if it does.
    pub fn takes_away(&self) -> Option<CaseRef> {
        match self {
            Self::RotateCase { case, .. } | Self::Recuse { case, .. } => Some(*case),
            Self::UnmaskIdentity { .. }
            | Self::ExportCase { .. }
            | Self::DeleteCase { .. }
            | Self::LiftRecusal { .. }
            | Self::InviteMember { .. }
            | Self::AmendMember { .. }
            | Self::EndMembership { .. }
            | Self::ReadmitMember { .. }
            | Self::SuspendMember { .. }
            | Self::LiftSuspension { .. } => None,
        }
    }

    /// The member whom it is about, if there is one.
    pub fn about(&self) -> Option<MemberId> {
        match self {
            Self::RotateCase { without, .. } => Some(*without),
            Self::InviteMember { profile, .. } => Some(profile.id),
            Self::Recuse { member, .. }
            | Self::LiftRecusal { member, .. }
            | Self::EndMembership { member }
            | Self::ReadmitMember { member, .. }
            | Self::AmendMember { member, .. }
            | Self::SuspendMember { member, .. }
            | Self::LiftSuspension { member } => Some(*member),
            Self::UnmaskIdentity { .. } | Self::ExportCase { .. } | Self::DeleteCase { .. } => None,
        }
    }

    /// The first day of what is asked for, if it begins on one.
    pub fn first_day(&self) -> Option<Date> {
        match self {
            Self::SuspendMember { from, .. } => Some(*from),
            Self::UnmaskIdentity { .. }
            | Self::ExportCase { .. }
            | Self::DeleteCase { .. }
            | Self::RotateCase { .. }
            | Self::Recuse { .. }
            | Self::LiftRecusal { .. }
            | Self::InviteMember { .. }
            | Self::EndMembership { .. }
            | Self::ReadmitMember { .. }
            | Self::AmendMember { .. }
            | Self::LiftSuspension { .. } => None,
        }
    }

    /// Whether it is hidden from whoever it is about, as long as they may know of the case at all: a
    /// conflict that is pointed out, or a complaint for which somebody is to be suspended, is decided on
    /// before the member hears of it.
    pub fn is_kept_from(&self, member: MemberId) -> bool {
        match self {
            Self::Recuse { member: about, .. }
            | Self::LiftRecusal { member: about, .. }
            | Self::SuspendMember { member: about, .. }
            | Self::LiftSuspension { member: about } => *about == member,
            Self::UnmaskIdentity { .. }
            | Self::ExportCase { .. }
            | Self::DeleteCase { .. }
            | Self::RotateCase { .. }
            | Self::InviteMember { .. }
            | Self::EndMembership { .. }
            | Self::AmendMember { .. }
            | Self::ReadmitMember { .. } => false,
        }
    }

    /// Whether both may do it for a while, rather than the service at once.
    pub fn opens_a_window(&self) -> bool {
        match self {
            Self::UnmaskIdentity { .. } | Self::ExportCase { .. } => true,
            Self::DeleteCase { .. }
            | Self::RotateCase { .. }
            | Self::Recuse { .. }
            | Self::LiftRecusal { .. }
            | Self::InviteMember { .. }
            | Self::EndMembership { .. }
            | Self::ReadmitMember { .. }
            | Self::AmendMember { .. }
            | Self::SuspendMember { .. }
            | Self::LiftSuspension { .. } => false,
        }
    }

    /// Whether another asks for the same.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let login = |asked: &Self| match asked {
            Self::InviteMember { login, .. } => Some(login.folded()),
            Self::UnmaskIdentity { .. }
            | Self::ExportCase { .. }
            | Self::DeleteCase { .. }
            | Self::RotateCase { .. }
            | Self::Recuse { .. }
            | Self::LiftRecusal { .. }
            | Self::EndMembership { .. }
            | Self::ReadmitMember { .. }
            | Self::AmendMember { .. }
            | Self::SuspendMember { .. }
            | Self::LiftSuspension { .. } => None,
        };
        // Whoever is asked in has a new id each time; the name to sign in with is the same.
        let same_person = match login(self) {
            Some(name) => Some(name) == login(other),
            None => self.about() == other.about(),
        };
        std::mem::discriminant(self) == std::mem::discriminant(other)
            && self.case() == other.case()
            && same_person
            && self.amendment() == other.amendment()
            && self.first_day() == other.first_day()
    }

    /// From what to what a member is to be changed, if it is that.
    pub fn amendment(&self) -> Option<&Amendment> {
        match self {
            Self::AmendMember { amendment, .. } => Some(amendment),
            Self::UnmaskIdentity { .. }
            | Self::ExportCase { .. }
            | Self::DeleteCase { .. }
            | Self::RotateCase { .. }
            | Self::Recuse { .. }
            | Self::LiftRecusal { .. }
            | Self::InviteMember { .. }
            | Self::EndMembership { .. }
            | Self::ReadmitMember { .. }
            | Self::SuspendMember { .. }
            | Self::LiftSuspension { .. } => None,
        }
    }

    /// Whether nothing can come of it any more, since a member is another by now.
    pub fn is_outdated(&self, roster: &Roster) -> bool {
        match (self.amendment(), self.about()) {
            (Some(amendment), Some(member)) => !amendment.is_possible(member, roster),
            (Some(_) | None, _) => false,
        }
    }

    /// As the log names it.
    pub fn proposed(&self) -> Proposed {
        Proposed {
            act: self.act(),
            case: self.case().map(|case| case.folio),
            about: self.about(),
        }
    }
}
