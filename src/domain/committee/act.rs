//! What members can ask the service to do.

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
        /// Making a step of the procedure in a case. Which step is whose seat's, the procedure says
        /// (`crate::procedure::Course::open_moves`).
        TakeStep = "TAKE_STEP",
        /// Writing the papers of the procedure: filling, keeping and taking them.
        WritePaper = "WRITE_PAPER",
        /// Making the version of the file that a party may read.
        RedactFile = "REDACT_FILE",
        /// Copying a case into the Secretaría's system.
        CaptureCase = "CAPTURE_CASE",
        /// Saying that oneself has a conflict.
        DeclareConflict = "DECLARE_CONFLICT",
        /// Pointing out that another has.
        ProposeRecusal = "PROPOSE_RECUSAL",
        /// Deciding on what another pointed out; [`may_second`](super::policy::may_second) keeps the proposer from it.
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
        /// Changing what is known of a member: name, seat, standing, unit, term, agreement.
        AmendMember = "AMEND_MEMBER",
        /// Suspending a member against whom a complaint was admitted (CHIS 39), and taking that back.
        SuspendMember = "SUSPEND_MEMBER",
        /// The log: what oneself did; with a relation: the entries of that case.
        ReadLog = "READ_LOG",
        /// What others did, in the log; with a relation: the entries of that case, without its key too.
        OverseeLog = "OVERSEE_LOG",
        /// Security incidents: reading and writing of them, and having those who filed told.
        RecordIncident = "RECORD_INCIDENT",
        /// Saying on which days terms stand still, and taking that back.
        SetCalendar = "SET_CALENDAR",
        /// Taking over, in all cases at once, terms that come out otherwise by the calendar of now.
        RecountTerms = "RECOUNT_TERMS",
        /// Sealing the service at once.
        SealService = "SEAL_SERVICE",
        /// Own devices, second factor and sessions; signing out.
        OwnAccount = "OWN_ACCOUNT",
        /// Acts that wait for a second person; with a relation: those on that case.
        SecondAct = "SECOND_ACT",
        /// Passing on keys to members who are entitled and have none yet; with a relation: that case's.
        GiveCopies = "GIVE_COPIES",
        /// Sessions of the committee: their agendas, as far as the reader may know of the cases.
        ReadMeetings = "READ_MEETINGS",
        /// Calling a session, and its agenda; putting it off and calling it off.
        CallMeeting = "CALL_MEETING",
        /// Entering who is in a session, and the votes.
        HoldMeeting = "HOLD_MEETING",
        /// Closing a session with its minutes.
        CloseMeeting = "CLOSE_MEETING",
        /// Entering attentions, and seeing the own ones.
        RecordAttention = "RECORD_ATTENTION",
        /// Seeing the attentions of everybody.
        OverseeAttentions = "OVERSEE_ATTENTIONS",
        /// Conflict-of-interest consultations and citizen petitions.
        KeepMatters = "KEEP_MATTERS",
    }
}

/// What an act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// One case, always.
    Case,
    /// One case, or a page on which there may be many.
    Either,
    /// No case.
    Service,
}

impl Act {
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::ReadCase
            | Self::ReadFile
            | Self::WriteToPerson
            | Self::TakeStep
            | Self::WritePaper
            | Self::RedactFile
            | Self::CaptureCase
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
            | Self::AmendMember
            | Self::SuspendMember
            | Self::RecordIncident
            | Self::SetCalendar
            | Self::RecountTerms
            | Self::SealService
            | Self::OwnAccount
            | Self::ReadMeetings
            | Self::CallMeeting
            | Self::HoldMeeting
            | Self::CloseMeeting
            | Self::RecordAttention
            | Self::OverseeAttentions
            | Self::KeepMatters => Scope::Service,
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
            | Self::ReadmitMember
            | Self::AmendMember
            | Self::SuspendMember => true,
            Self::ReadRegister
            | Self::ReadCase
            | Self::ReadFile
            | Self::WriteToPerson
            | Self::TakeStep
            | Self::WritePaper
            | Self::RedactFile
            | Self::CaptureCase
            | Self::DeclareConflict
            | Self::ProposeRecusal
            | Self::ShareCase
            | Self::ReadMembers
            | Self::ReadLog
            | Self::OverseeLog
            | Self::RecordIncident
            | Self::SetCalendar
            | Self::RecountTerms
            | Self::SealService
            | Self::OwnAccount
            | Self::SecondAct
            | Self::GiveCopies
            | Self::ReadMeetings
            | Self::CallMeeting
            | Self::HoldMeeting
            | Self::CloseMeeting
            | Self::RecordAttention
            | Self::OverseeAttentions
            | Self::KeepMatters => false,
        }
    }

    pub(super) const fn may_be_about_oneself(self) -> bool {
        match self {
            Self::ProposeRecusal
            | Self::DecideRecusal
            | Self::RotateCase
            | Self::EndMembership
            | Self::ReadmitMember
            | Self::SuspendMember => false,
            Self::ReadRegister
            | Self::ReadCase
            | Self::ReadFile
            | Self::WriteToPerson
            | Self::TakeStep
            | Self::WritePaper
            | Self::RedactFile
            | Self::CaptureCase
            | Self::DeclareConflict
            | Self::ShareCase
            | Self::UnmaskIdentity
            | Self::ExportCase
            | Self::DeleteCase
            | Self::ReadMembers
            | Self::InviteMember
            | Self::AmendMember
            | Self::ReadLog
            | Self::OverseeLog
            | Self::RecordIncident
            | Self::SetCalendar
            | Self::RecountTerms
            | Self::SealService
            | Self::OwnAccount
            | Self::SecondAct
            | Self::GiveCopies
            | Self::ReadMeetings
            | Self::CallMeeting
            | Self::HoldMeeting
            | Self::CloseMeeting
            | Self::RecordAttention
            | Self::OverseeAttentions
            | Self::KeepMatters => true,
        }
    }
}
