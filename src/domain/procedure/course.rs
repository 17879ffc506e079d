//! How a case stands in the procedure.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::clock::{About, Clock, Ending};
use super::codes::{EarlyCause, Mark, RecommendationState, Sense};
use super::records::{
    Classification, Decision, Prevention, Recommendation, Registration, Settlement, Summons,
};
use super::side::{Measure, Referral};
use crate::case::{CaseState, Folio};
use crate::catalogue::TermKey;
use crate::committee::MemberId;

/// All of a case that decides which moves are open. Kept sealed beside the case.
///
/// It holds no words of anybody: the service can open it while nobody is signed in, and what is said,
/// asked or reasoned in a case only its members may read. Each [`Step`](super::Step) is a document of
/// the case, sealed to the case's own key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    pub(super) state: CaseState,
    /// The first day that a move out of the state may be of.
    pub(super) since: Date,
    pub(super) received_on: Date,
    /// Day of the last entry.
    pub(super) last_entry: Date,
    pub(super) clocks: Vec<Clock>,
    /// How many moves were made.
    #[serde(default)]
    pub(super) steps: u32,
    #[serde(default)]
    pub(super) marks: BTreeSet<Mark>,
    #[serde(default)]
    pub(super) classification: Option<Classification>,
    #[serde(default)]
    pub(super) prevention: Option<Prevention>,
    #[serde(default)]
    pub(super) registration: Option<Registration>,
    #[serde(default)]
    pub(super) decisions: Vec<Decision>,
    #[serde(default)]
    pub(super) commission: BTreeSet<MemberId>,
    /// The day for which the session on this case was called.
    #[serde(default)]
    pub(super) session_on: Option<Date>,
    #[serde(default)]
    pub(super) summonses: Vec<Summons>,
    #[serde(default)]
    pub(super) settlement: Option<Settlement>,
    #[serde(default)]
    pub(super) early_cause: Option<EarlyCause>,
    #[serde(default)]
    pub(super) sense: Option<Sense>,
    #[serde(default)]
    pub(super) recommendations: Vec<Recommendation>,
    #[serde(default)]
    pub(super) measures: Vec<Measure>,
    #[serde(default)]
    pub(super) referrals: Vec<Referral>,
    #[serde(default)]
    pub(super) joined_into: Option<Folio>,
}

impl Course {
    /// A case that was just opened, with the clocks that run since its reception.
    pub fn begin(received_on: Date, clocks: Vec<Clock>) -> Self {
        Self::adopt(CaseState::UnderReview, received_on, clocks, None)
    }

    /// The same case, whose complaint says that a life may be at risk: marked until somebody attends to it.
    #[must_use]
    pub fn at_risk(mut self) -> Self {
        self.marks.insert(Mark::LifeAtRisk);
        self
    }

    /// The same case after the interim message was posted on a day, which is no move of anybody: its clock
    /// stands.
    #[must_use]
    pub fn interim_posted(mut self, on: Date) -> Self {
        for clock in &mut self.clocks {
            if clock.is_running() && clock.key() == TermKey::MensajeIntermedio {
                let late = clock.is_over_on(on);
                clock.stop(on, if late { Ending::Late } else { Ending::Kept });
            }
        }
        self
    }

    /// A case that is older than its course: where it stands, what runs, and the request to complete it,
    /// if one was made. A case that waits for such an answer was asked, whatever `prevention` says.
    pub fn adopt(
        state: CaseState,
        received_on: Date,
        clocks: Vec<Clock>,
        prevention: Option<Prevention>,
    ) -> Self {
        let asked_on = clocks
            .iter()
            .find(|clock| clock.key() == TermKey::PrevencionDesahogo)
            .map_or(received_on, Clock::starts_on);
        let waits = state == CaseState::NeedsInformation;
        let prevention = prevention.or_else(|| {
            waits.then(|| Prevention {
                asked_on,
                missing: BTreeSet::new(),
                answered_on: None,
            })
        });
        Self {
            state,
            since: received_on,
            received_on,
            last_entry: received_on,
            clocks,
            steps: 0,
            marks: BTreeSet::new(),
            classification: None,
            prevention,
            registration: None,
            decisions: Vec::new(),
            commission: BTreeSet::new(),
            session_on: None,
            summonses: Vec::new(),
            settlement: None,
            early_cause: None,
            sense: None,
            recommendations: Vec::new(),
            measures: Vec::new(),
            referrals: Vec::new(),
            joined_into: None,
        }
    }

    /// Where the case stands.
    pub fn state(&self) -> CaseState {
        self.state
    }

    /// The legal day of reception.
    pub fn received_on(&self) -> Date {
        self.received_on
    }

    /// The day of the last entry.
    pub fn last_entry(&self) -> Date {
        self.last_entry
    }

    /// How many moves were made; the number of each is its place, from 1.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The clocks that run, in the order in which they started.
    pub fn running(&self) -> impl Iterator<Item = &Clock> {
        self.clocks.iter().filter(|clock| clock.is_running())
    }

    /// The clocks that stand.
    pub fn over(&self) -> impl Iterator<Item = &Clock> {
        self.clocks.iter().filter(|clock| !clock.is_running())
    }

    /// The flags.
    pub fn marks(&self) -> &BTreeSet<Mark> {
        &self.marks
    }

    /// The risks as confirmed, once they are.
    pub fn classification(&self) -> Option<&Classification> {
        self.classification.as_ref()
    }

    /// The request to complete the complaint, if it was made.
    pub fn prevention(&self) -> Option<&Prevention> {
        self.prevention.as_ref()
    }

    /// The capture in the Secretaría's system, once it was.
    pub fn registration(&self) -> Option<&Registration> {
        self.registration.as_ref()
    }

    /// The decisions; the number of each is its place, from 1.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Who is in the commission.
    pub fn commission(&self) -> &BTreeSet<MemberId> {
        &self.commission
    }

    /// The day for which a session on this case is called.
    pub fn session_on(&self) -> Option<Date> {
        self.session_on
    }

    /// The summonses to interviews.
    pub fn summonses(&self) -> &[Summons] {
        &self.summonses
    }

    /// What the parties agreed, if they did.
    pub fn settlement(&self) -> Option<&Settlement> {
        self.settlement.as_ref()
    }

    /// Why the case ended early, if it did.
    pub fn early_cause(&self) -> Option<EarlyCause> {
        self.early_cause
    }

    /// How it was decided, once it was.
    pub fn sense(&self) -> Option<Sense> {
        self.sense
    }

    /// The recommendations; the number of each is its place, from 1.
    pub fn recommendations(&self) -> &[Recommendation] {
        &self.recommendations
    }

    /// Whether a recommendation was not carried out, or not answered for.
    pub fn has_unfulfilled(&self) -> bool {
        let mut all = self.recommendations.iter();
        all.any(|one| one.state == RecommendationState::Unfulfilled)
    }

    /// The protection measures; the number of each is its place, from 1.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The notices to the control body; the number of each is its place, from 1.
    pub fn referrals(&self) -> &[Referral] {
        &self.referrals
    }

    /// The case that goes on for this one, if it was joined to another.
    pub fn joined_into(&self) -> Option<Folio> {
        self.joined_into
    }

    /// The running clock of a term, if it runs.
    pub fn clock(&self, key: TermKey, about: About) -> Option<&Clock> {
        self.running()
            .find(|clock| clock.key() == key && clock.about() == about)
    }

    pub(super) fn has_mark(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    pub(super) fn is_answered(&self) -> bool {
        let asked = self.prevention.as_ref();
        asked.is_some_and(|asked| asked.answered_on.is_some())
    }
}

/// Whether a state is one that the case does not leave, except as the norm says: after a mediation it
/// may be opened again.
pub const fn is_final(state: CaseState) -> bool {
    match state {
        CaseState::ArchivedWithoutProcedure
        | CaseState::NotAdmitted
        | CaseState::Redirected
        | CaseState::ConcludedByMediation
        | CaseState::ConcludedEarly
        | CaseState::Concluded => true,
        CaseState::Received
        | CaseState::UnderReview
        | CaseState::NeedsInformation
        | CaseState::Registered
        | CaseState::InAnalysis
        | CaseState::Admitted
        | CaseState::UnderInquiry
        | CaseState::AwaitingAnswer
        | CaseState::GatheringEvidence
        | CaseState::InMediation
        | CaseState::Drafting
        | CaseState::InDetermination
        | CaseState::Determined
        | CaseState::InFollowUp
        | CaseState::Reopened => false,
    }
}
