//! From which states a move can be made at all: the arrows of DOMAIN §4.3.

use super::course::is_final;
use super::moves::MoveKind;
use crate::case::CaseState;

/// Whether a move can be made in a state at all: the arrows of DOMAIN §4.3, and what may be done at
/// any time.
pub(crate) const fn is_in_reach(kind: MoveKind, state: CaseState) -> bool {
    use CaseState as S;
    match kind {
        MoveKind::AskForInformation => matches!(state, S::UnderReview),
        MoveKind::Answer => matches!(state, S::NeedsInformation),
        MoveKind::Archive | MoveKind::Register => {
            matches!(state, S::UnderReview | S::NeedsInformation)
        }
        MoveKind::Redirect => matches!(state, S::UnderReview | S::InAnalysis),
        MoveKind::Propose => matches!(state, S::Registered),
        MoveKind::NotAdmit | MoveKind::Admit => matches!(state, S::InAnalysis),
        MoveKind::Inquire => matches!(state, S::Admitted | S::UnderInquiry),
        MoveKind::ConcludeEarly | MoveKind::NotifyDenounced => matches!(state, S::UnderInquiry),
        MoveKind::ReceiveAnswer | MoveKind::GoOnWithoutAnswer => {
            matches!(state, S::AwaitingAnswer)
        }
        MoveKind::Summon | MoveKind::OpenMediation => matches!(state, S::GatheringEvidence),
        MoveKind::SettleMediation | MoveKind::EndMediation => matches!(state, S::InMediation),
        MoveKind::Reopen => matches!(state, S::ConcludedByMediation),
        MoveKind::StartDraft => matches!(state, S::GatheringEvidence | S::Reopened),
        MoveKind::SubmitDraft => matches!(state, S::Drafting),
        MoveKind::Determine => matches!(state, S::InDetermination),
        MoveKind::NotifyDetermination | MoveKind::StartFollowUp => matches!(state, S::Determined),
        MoveKind::AdoptRecommendation
        | MoveKind::DeclineRecommendation
        | MoveKind::JustifyRefusal
        | MoveKind::ReportProgress
        | MoveKind::FulfilRecommendation
        | MoveKind::FlagUnfulfilled => matches!(state, S::InFollowUp),
        MoveKind::Conclude => matches!(state, S::Determined | S::InFollowUp),
        // A session decides on these.
        MoveKind::CallSession => matches!(
            state,
            S::InAnalysis | S::UnderInquiry | S::InDetermination | S::ConcludedByMediation
        ),
        // From the session that admits on; it also follows up what was agreed or recommended.
        MoveKind::AppointCommission => matches!(
            state,
            S::InAnalysis
                | S::Admitted
                | S::UnderInquiry
                | S::AwaitingAnswer
                | S::GatheringEvidence
                | S::InMediation
                | S::Drafting
                | S::InDetermination
                | S::Determined
                | S::InFollowUp
                | S::ConcludedByMediation
                | S::Reopened
        ),
        MoveKind::Classify | MoveKind::Join => is_undecided(state),
        MoveKind::Extend | MoveKind::ProposeMeasure => {
            !matches!(state, S::Received) && !is_final(state)
        }
        MoveKind::NotifyDecision
        | MoveKind::OrderMeasure
        | MoveKind::DropMeasure
        | MoveKind::LiftMeasure
        | MoveKind::WaiveMeasures
        | MoveKind::Refer
        | MoveKind::RecordReferralOutcome
        | MoveKind::SetMark
        | MoveKind::ClearMark
        | MoveKind::Recount => !matches!(state, S::Received),
    }
}

/// Whether the case is open and before its determination.
const fn is_undecided(state: CaseState) -> bool {
    !is_final(state)
        && !matches!(
            state,
            CaseState::Received | CaseState::Determined | CaseState::InFollowUp
        )
}
