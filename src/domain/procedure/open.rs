//! Which moves are open: by who asks, by where the case stands, and by what was done in it.

use super::By;
use super::clock::About;
use super::codes::{Mark, RecommendationState};
use super::course::Course;
use super::moves::MoveKind;
use super::reach::is_in_reach;
use super::refused::{Needed, Refused};
use super::rights::{is_complainants, makes, seats_of};
use super::side::MeasureState;
use crate::case::CaseState;
use crate::catalogue::TermKey;
use crate::committee::Seat;
use crate::routing::Mediation;

impl Course {
    /// What a seat may do now, in the order of the procedure. Whether the day and the content of the move
    /// allow it, only [`Course::apply`] can tell.
    pub fn open_moves(&self, seat: Seat) -> Vec<MoveKind> {
        let all = MoveKind::ALL.iter().copied();
        all.filter(|kind| self.admits(*kind, By::Member(seat)).is_ok())
            .collect()
    }

    /// Whether a move of this kind is open.
    ///
    /// # Errors
    /// Why it is not.
    pub fn admits(&self, kind: MoveKind, by: By) -> Result<(), Refused> {
        let theirs = match by {
            By::Member(seat) => makes(seat, kind),
            By::Complainant => is_complainants(kind),
        };
        if !theirs {
            let needs = seats_of(kind);
            return Err(Refused::NotYours { needs });
        }
        if self.joined_into.is_some() && !outlives_joining(kind) {
            return Err(Refused::Joined);
        }
        if !is_in_reach(kind, self.state) {
            return Err(self.not_now(kind));
        }
        self.conditions(kind)
    }

    pub(super) fn not_now(&self, kind: MoveKind) -> Refused {
        Refused::NotNow {
            kind,
            state: self.state,
        }
    }

    /// What has to have been done, or not, besides the state.
    fn conditions(&self, kind: MoveKind) -> Result<(), Refused> {
        let now = |holds: bool| holds.then_some(()).ok_or_else(|| self.not_now(kind));
        match kind {
            MoveKind::AskForInformation => once(self.prevention.is_none(), kind),
            MoveKind::Archive => self.may_archive(),
            MoveKind::Register => self.may_register(),
            MoveKind::OpenMediation => self.may_mediate(),
            MoveKind::SettleMediation => self.not_forbidden(),
            MoveKind::NotifyDetermination => now(self.owes_determination()),
            MoveKind::StartFollowUp => {
                now(!self.owes_determination() && !self.recommendations.is_empty())
            }
            MoveKind::AdoptRecommendation
            | MoveKind::DeclineRecommendation
            | MoveKind::JustifyRefusal
            | MoveKind::ReportProgress
            | MoveKind::FulfilRecommendation
            | MoveKind::FlagUnfulfilled => {
                now((1..=self.count()).any(|number| self.stands_for(kind, number)))
            }
            MoveKind::Conclude => now(self.may_conclude()),
            MoveKind::NotifyDecision => {
                let mut all = self.decisions.iter();
                now(all.any(|decision| decision.notified_on.is_none()))
            }
            MoveKind::Extend => {
                let total = self.clock(TermKey::ConclusionTotal, About::Case);
                now(total.is_some())?;
                once(!self.has_mark(Mark::Extended), kind)
            }
            MoveKind::OrderMeasure | MoveKind::DropMeasure => {
                now(self.has_measure(MeasureState::Proposed))
            }
            MoveKind::LiftMeasure => now(self.has_measure(MeasureState::InForce)),
            MoveKind::WaiveMeasures => {
                let runs = self.clock(TermKey::MedidasProteccionHsas, About::Case);
                now(runs.is_some())
            }
            MoveKind::RecordReferralOutcome => {
                let mut all = self.referrals.iter();
                now(all.any(|referral| referral.answered_on.is_none()))
            }
            MoveKind::ClearMark => {
                now(self.has_mark(Mark::LifeAtRisk) || self.has_mark(Mark::Recusal))
            }
            MoveKind::Classify
            | MoveKind::Answer
            | MoveKind::Redirect
            | MoveKind::Propose
            | MoveKind::CallSession
            | MoveKind::NotAdmit
            | MoveKind::Admit
            | MoveKind::AppointCommission
            | MoveKind::Inquire
            | MoveKind::ConcludeEarly
            | MoveKind::NotifyDenounced
            | MoveKind::ReceiveAnswer
            | MoveKind::GoOnWithoutAnswer
            | MoveKind::Summon
            | MoveKind::EndMediation
            | MoveKind::Reopen
            | MoveKind::StartDraft
            | MoveKind::SubmitDraft
            | MoveKind::Determine
            | MoveKind::ProposeMeasure
            | MoveKind::Refer
            | MoveKind::Join
            | MoveKind::SetMark => Ok(()),
            MoveKind::Recount => now(self.running().next().is_some()),
        }
    }

    /// A case ends for what is missing in it only after the one request, once a person has confirmed what
    /// it is about; and never under the protocol on sexual harassment, where the person is contacted
    /// *without stopping the procedure* (HSyAS 30).
    fn may_archive(&self) -> Result<(), Refused> {
        if self.state == CaseState::UnderReview && !self.is_answered() {
            return Err(self.not_now(MoveKind::Archive));
        }
        if self.classification.is_none() {
            let what = Needed::Classification;
            return Err(Refused::Missing { what });
        }
        if self.has_mark(Mark::Hsyas) {
            let protocol = Mark::Hsyas;
            return Err(Refused::ProtocolForbids { protocol });
        }
        Ok(())
    }

    /// A case that waits for an answer is registered when it has come (CHIS 60, 61), or without waiting
    /// under the protocol on sexual harassment (HSyAS 30).
    fn may_register(&self) -> Result<(), Refused> {
        let waits = self.state == CaseState::NeedsInformation;
        if waits && !self.has_mark(Mark::Hsyas) {
            let what = Needed::RequestAnswered;
            return Err(Refused::Missing { what });
        }
        Ok(())
    }

    fn may_mediate(&self) -> Result<(), Refused> {
        if self.classification.is_none() {
            let what = Needed::Classification;
            return Err(Refused::Missing { what });
        }
        self.not_forbidden()
    }

    /// No conciliation under either special protocol: HSyAS 56 without exception; DISC 23 only if it
    /// revictimises, but CHIS 76 outright, and the stricter holds.
    fn not_forbidden(&self) -> Result<(), Refused> {
        match &self.classification {
            Some(found) if found.mediation == Mediation::Forbidden => {
                let rule = found.rule.clone();
                Err(Refused::MediationForbidden { rule })
            }
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn owes_determination(&self) -> bool {
        self.clock(TermKey::NotificarDeterminacion, About::Case)
            .is_some()
    }

    fn may_conclude(&self) -> bool {
        if self.state == CaseState::Determined {
            return !self.owes_determination() && self.recommendations.is_empty();
        }
        let mut all = self.recommendations.iter();
        all.all(|recommendation| is_settled(recommendation.state))
    }

    fn has_measure(&self, state: MeasureState) -> bool {
        self.measures.iter().any(|measure| measure.state == state)
    }

    /// How many recommendations there are.
    fn count(&self) -> u16 {
        u16::try_from(self.recommendations.len()).unwrap_or(u16::MAX)
    }

    /// Whether the recommendation of this number stands where this can be said of it.
    pub(super) fn stands_for(&self, kind: MoveKind, number: u16) -> bool {
        let index = usize::from(number).checked_sub(1);
        let Some(one) = index.and_then(|index| self.recommendations.get(index)) else {
            return false;
        };
        let justifying = self.clock(
            TermKey::RecomendacionNegativa,
            About::Recommendation(number),
        );
        let told = one.state == RecommendationState::Notified;
        let declined = told && justifying.is_some();
        let adopted = matches!(
            one.state,
            RecommendationState::Adopted | RecommendationState::UnderWay
        );
        [
            (MoveKind::AdoptRecommendation, told),
            (MoveKind::DeclineRecommendation, told && !declined),
            (MoveKind::JustifyRefusal, declined),
            (MoveKind::ReportProgress, adopted),
            (MoveKind::FulfilRecommendation, adopted),
            (MoveKind::FlagUnfulfilled, told || adopted),
        ]
        .contains(&(kind, true))
    }
}

fn once(first: bool, kind: MoveKind) -> Result<(), Refused> {
    first.then_some(()).ok_or(Refused::OnlyOnce { kind })
}

/// Whether nothing more is expected of the unit.
const fn is_settled(state: RecommendationState) -> bool {
    match state {
        RecommendationState::Fulfilled
        | RecommendationState::DeclinedWithReason
        | RecommendationState::Unfulfilled => true,
        RecommendationState::Issued
        | RecommendationState::Notified
        | RecommendationState::Adopted
        | RecommendationState::UnderWay => false,
    }
}

/// What is still done in a case that was joined to another: what is owed to people in it.
const fn outlives_joining(kind: MoveKind) -> bool {
    matches!(
        kind,
        MoveKind::NotifyDecision
            | MoveKind::OrderMeasure
            | MoveKind::DropMeasure
            | MoveKind::LiftMeasure
            | MoveKind::WaiveMeasures
            | MoveKind::Refer
            | MoveKind::RecordReferralOutcome
            | MoveKind::SetMark
            | MoveKind::ClearMark
            | MoveKind::Recount
    )
}
