//! What an entry says: who did what, when, and on which case.
//!
//! Never what a complaint says, who filed it, or from where somebody came.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::calendar::Profile;
use domain::case::Folio;
use domain::coded_enum;
use domain::committee::{Act, MemberId, Seat, ShownGround, Standing, Term};
use domain::evidence::OriginalNeed;
use domain::procedure::MoveKind;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::members::{Amendment, Detail};

coded_enum! {
    /// What was done.
    pub enum Event {
        /// A member signed in.
        SignedIn = "SIGNED_IN",
        /// Somebody failed to sign in; the subject is whose account it was, if there is one.
        SignInRefused = "SIGN_IN_REFUSED",
        /// A session was ended.
        SessionEnded = "SESSION_ENDED",
        /// A passphrase, a second factor or the recovery codes are others now.
        FactorChanged = "FACTOR_CHANGED",
        /// A member gets mail at another address, to another key, or no more.
        ContactChanged = "CONTACT_CHANGED",
        /// A case was opened.
        CaseOpened = "CASE_OPENED",
        /// A file of a case was opened.
        FileOpened = "FILE_OPENED",
        /// A file of a case was taken out as it was sent; why.
        OriginalTaken = "ORIGINAL_TAKEN",
        /// A letter went to whoever filed.
        LetterSent = "LETTER_SENT",
        /// A step of the procedure was made in a case; which.
        StepMade = "STEP_MADE",
        /// A paper of a case was kept in it, or taken out.
        PaperWritten = "PAPER_WRITTEN",
        /// What a party may not read of a case was changed.
        VersionMasked = "VERSION_MASKED",
        /// The version of a case for a party was taken out.
        VersionTaken = "VERSION_TAKEN",
        /// An act was refused.
        ActRefused = "ACT_REFUSED",
        /// A security incident was written down, or added to.
        IncidentRecorded = "INCIDENT_RECORDED",
        /// Those who filed are to be told of a security incident.
        IncidentTold = "INCIDENT_TOLD",
        /// Somebody was asked in.
        MemberInvited = "MEMBER_INVITED",
        /// Somebody gave a wrong code for an invitation; how many more are taken.
        InvitationRefused = "INVITATION_REFUSED",
        /// Whoever was asked in is a member.
        MemberAdmitted = "MEMBER_ADMITTED",
        /// A member was let in again.
        MemberReadmitted = "MEMBER_READMITTED",
        /// A membership was ended.
        MembershipEnded = "MEMBERSHIP_ENDED",
        /// What is known of a member was changed.
        MemberAmended = "MEMBER_AMENDED",
        /// A member was suspended, from a day on.
        MemberSuspended = "MEMBER_SUSPENDED",
        /// A suspension was taken back.
        SuspensionLifted = "SUSPENSION_LIFTED",
        /// A member declared a conflict.
        ConflictDeclared = "CONFLICT_DECLARED",
        /// The service found a conflict. Entered when a member first deals with the case, never when
        /// the case comes: that would tell the order in which cases came.
        ConflictFound = "CONFLICT_FOUND",
        /// The service ruled by itself who may open a case: when it came, when a message named a member,
        /// when a member left. Entered as the next day begins; how many may open it.
        CaseRuled = "CASE_RULED",
        /// A member pointed out another's conflict.
        RecusalProposed = "RECUSAL_PROPOSED",
        /// The conflict was found to be one.
        RecusalUpheld = "RECUSAL_UPHELD",
        /// The conflict was found to be none.
        RecusalRejected = "RECUSAL_REJECTED",
        /// One more member may open a case.
        CaseShared = "CASE_SHARED",
        /// A case got a new key.
        CaseRotated = "CASE_ROTATED",
        /// Keys were passed on to members who were entitled to them.
        CopiesGiven = "COPIES_GIVEN",
        /// A reserved identity was shown.
        IdentityUnmasked = "IDENTITY_UNMASKED",
        /// A whole case was taken out.
        CaseExported = "CASE_EXPORTED",
        /// A case was deleted.
        CaseDeleted = "CASE_DELETED",
        /// An act that takes two was asked for.
        ActProposed = "ACT_PROPOSED",
        /// The second person agreed.
        ActSeconded = "ACT_SECONDED",
        /// The second person did not agree.
        ActDeclined = "ACT_DECLINED",
        /// Nobody agreed in time, or it was taken back.
        ActExpired = "ACT_EXPIRED",
        /// A session of the committee was called, for a day.
        MeetingCalled = "MEETING_CALLED",
        /// It was put off to another day, or called off.
        MeetingMoved = "MEETING_MOVED",
        /// It was held, on a day; how many seats with a vote were filled.
        MeetingHeld = "MEETING_HELD",
        /// Votes on a point were entered; on which case, if on one.
        PointDecided = "POINT_DECIDED",
        /// It was closed with its minutes.
        MeetingClosed = "MEETING_CLOSED",
        /// Its call or its minutes were taken out.
        MeetingPaper = "MEETING_PAPER",
        /// An attention was entered.
        AttentionRecorded = "ATTENTION_RECORDED",
        /// An attention was taken back.
        AttentionWithdrawn = "ATTENTION_WITHDRAWN",
        /// A consultation or petition was entered, or a step taken in one.
        MatterChanged = "MATTER_CHANGED",
        /// A consultation or petition was opened.
        MatterOpened = "MATTER_OPENED",
        /// Days on which terms stand still were entered: from which day, how many.
        TermsSuspended = "TERMS_SUSPENDED",
        /// Such days were taken back: from which day, how many.
        TermsResumed = "TERMS_RESUMED",
        /// Terms follow another official list of non-working days; which.
        ProfileChosen = "PROFILE_CHOSEN",
        /// The service was opened; with shares, how many.
        ServiceOpened = "SERVICE_OPENED",
        /// The service was sealed.
        ServiceSealed = "SERVICE_SEALED",
        /// Shares that were not taken since the service was last open; how many.
        SharesRefused = "SHARES_REFUSED",
        /// The committee's key is another.
        KeyRotated = "KEY_ROTATED",
        /// Older keys of the committee were given up.
        KeyRetired = "KEY_RETIRED",
        /// The committee's key has new shares.
        SharesRefreshed = "SHARES_REFRESHED",
        /// A case was opened to members from the offline pieces of its key.
        RecoveryUsed = "RECOVERY_USED",
        /// Who holds pieces of each case's key was confirmed; how many.
        RecoveryConfirmed = "RECOVERY_CONFIRMED",
        /// The file of those holders, as it lies on the server, is another list than the confirmed one.
        RecoveryFileDiffers = "RECOVERY_FILE_DIFFERS",
        /// Something that the service had noted of its own state is gone for good, and the committee's
        /// key took what is left.
        StateAccepted = "STATE_ACCEPTED",
        /// The service's own state is another; nothing was done besides what other entries tell.
        StateNoted = "STATE_NOTED",
        /// A day began. Its hash is what members note: it is another each day, whatever was done, and so
        /// tells nothing of acts that a reader may not know of.
        DayBegun = "DAY_BEGUN",
    }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A member.
    Member(MemberId),
    /// The service, of itself.
    Service,
    /// Whoever opened the service before it had members.
    Founders,
    /// Whoever runs the machine, with the committee's key in hand.
    Operator,
    /// Somebody who is not signed in.
    Unknown,
}

impl Actor {
    /// The member, if it was one.
    pub fn member(self) -> Option<MemberId> {
        match self {
            Self::Member(id) => Some(id),
            Self::Service | Self::Founders | Self::Operator | Self::Unknown => None,
        }
    }
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When, to the second.
    pub at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// What.
    pub event: Event,
    /// On which case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Folio>,
    /// Whom it is about, besides who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<MemberId>,
    /// Which act was refused, asked for, agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// Which step of the procedure was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<MoveKind>,
    /// Why somebody is excluded, as far as it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<ShownGround>,
    /// Why a file was taken out as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<OriginalNeed>,
    /// Which official list terms follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// From which day on it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// What was changed of a member, from what to what as far as it is short. The act that two agreed on
    /// has the names and units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amended: Option<Amended>,
    /// How many changes the service's own state had: nobody puts it back as it was before this entry.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub generation: u64,
    /// For whom the case does not exist; of one that is deleted, so that it never did.
    #[serde(default, skip_serializing_if = "Members::is_empty")]
    pub kept_from: Members,
}

impl Entry {
    /// An entry without details.
    pub fn new(at: Timestamp, actor: Actor, event: Event) -> Self {
        Self {
            at: Timestamp::from_second(at.as_second()).unwrap_or(at),
            actor,
            event,
            case: None,
            subject: None,
            act: None,
            step: None,
            ground: None,
            need: None,
            profile: None,
            count: None,
            from: None,
            amended: None,
            generation: 0,
            kept_from: Members::default(),
        }
    }
}

/// What was changed of a member: of each detail that is short, what it was and what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Amended {
    /// Whether the name is another.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub name: bool,
    /// Whether the unit of work is another.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unit: bool,
    /// The seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<[Seat; 2]>,
    /// Whom the member stands in for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<[Option<MemberId>; 2]>,
    /// The term of office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<[Term; 2]>,
    /// The day of the confidentiality agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement_on: Option<[Option<Date>; 2]>,
}

impl Amended {
    /// By an amendment.
    pub fn new(Amendment { was, becomes }: &Amendment) -> Self {
        fn changed<T: PartialEq>(was: T, becomes: T) -> Option<[T; 2]> {
            (was != becomes).then_some([was, becomes])
        }
        let titular = |standing| match standing {
            Standing::Titular => None,
            Standing::Suplente { of } => Some(of),
        };
        Self {
            name: was.name != becomes.name,
            unit: was.unit != becomes.unit,
            seat: changed(was.seat, becomes.seat),
            stands_in_for: changed(titular(was.standing), titular(becomes.standing)),
            term: changed(was.term, becomes.term),
            agreement_on: changed(was.agreement_on, becomes.agreement_on),
        }
    }

    /// Which details.
    pub fn details(&self) -> Vec<Detail> {
        [
            (Detail::Name, self.name),
            (Detail::Seat, self.seat.is_some()),
            (Detail::Standing, self.stands_in_for.is_some()),
            (Detail::Unit, self.unit),
            (Detail::Term, self.term.is_some()),
            (Detail::Agreement, self.agreement_on.is_some()),
        ]
        .into_iter()
        .filter_map(|(detail, changed)| changed.then_some(detail))
        .collect()
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields over by reference"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Some members, written so that [`Self::MOST`] of them fit in an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(Vec<MemberId>);

impl Members {
    /// How many an entry holds.
    pub const MOST: usize = 32;

    /// These.
    pub fn new(members: impl IntoIterator<Item = MemberId>) -> Self {
        Self(members.into_iter().collect())
    }

    /// Whether a member is one of them.
    pub fn contains(&self, member: MemberId) -> bool {
        self.0.contains(&member)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|member| member.0).collect();
        to.serialize_str(&STANDARD_NO_PAD.encode(bytes))
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        let bytes = STANDARD_NO_PAD.decode(&*text).map_err(D::Error::custom)?;
        let (ids, rest) = bytes.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(D::Error::custom("a member's id has 16 bytes"));
        }
        Ok(Self(ids.iter().copied().map(MemberId).collect()))
    }
}
