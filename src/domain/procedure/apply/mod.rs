//! What a move does: the new course, the clocks that it starts and stops, and what the complainant is
//! told.

mod closing;
mod inquiry;
mod mediation;
mod recommendations;
mod review;
mod side;
mod turn;

use self::turn::{Turn, at_most};
use super::codes::PaperKind;
use super::course::Course;
use super::moves::{Move, MoveKind};
use super::refused::Refused;
use super::step::{Step, limits};
use super::{By, Next, Rules};
use crate::calendar::Today;

impl Course {
    /// Makes a move: checks who, when and what, and gives the course that follows. `self` stays as it was.
    ///
    /// A case that came in after hours counts as received on the next working day; what is done before
    /// that day counts as done on it.
    ///
    /// What was done while days were suspended bears the day after them, and so does a complaint that came in
    /// then. If the suspension is taken back, that stays as it is and the case goes on from today: nobody waits
    /// for a day that counts no more. Only where no calendar of then explains it do days not run backwards.
    ///
    /// # Errors
    /// Why the move is not made.
    pub fn apply(
        &self,
        step: &Step,
        by: By,
        now: impl Into<Today>,
        rules: &Rules<'_>,
    ) -> Result<Next, Refused> {
        let kind = step.act.kind();
        self.admits(kind, by)?;
        let now = now.into();
        let counts_as = now.counts_as;
        let today = if rules.calendar.explains(self.received_on, counts_as) {
            counts_as
        } else {
            counts_as.max(self.received_on)
        };
        if !rules.calendar.explains(self.last_entry, today) {
            let last = self.last_entry;
            return Err(Refused::BeforeLastEntry { last });
        }
        at_most(step.papers.len(), limits::PAPERS)?;
        if let Some(kind) = paper_of(kind)
            && !step.papers.iter().any(|paper| paper.kind == kind)
        {
            return Err(Refused::MissingPaper { kind });
        }
        let mut turn = Turn {
            course: self.clone(),
            kind,
            by,
            today,
            entered_on: now
                .on
                .unwrap_or_else(|| rules.calendar.suspended_since(today)),
            rules,
            started: Vec::new(),
            stopped: Vec::new(),
            notice: None,
        };
        turn.course.last_entry = today;
        if turn.course.since > today {
            turn.course.since = rules.calendar.done_from(turn.course.since).min(today);
        }
        turn.course.steps = turn.course.steps.saturating_add(1);
        turn.make(&step.act)?;
        Ok(Next {
            course: turn.course,
            started: turn.started,
            stopped: turn.stopped,
            notice: turn.notice,
        })
    }
}

/// Moves that are not made without a document.
const PAPERS: [(MoveKind, PaperKind); 6] = [
    // The answer is given in writing (CHIS 73).
    (MoveKind::ReceiveAnswer, PaperKind::Answer),
    (MoveKind::SettleMediation, PaperKind::Settlement),
    (MoveKind::SubmitDraft, PaperKind::Draft),
    (MoveKind::Determine, PaperKind::Determination),
    (MoveKind::JustifyRefusal, PaperKind::UnitAnswer),
    (MoveKind::FulfilRecommendation, PaperKind::Evidence),
];

/// The document without which a move is not made.
fn paper_of(kind: MoveKind) -> Option<PaperKind> {
    let mut all = PAPERS.iter();
    all.find(|(other, _)| *other == kind)
        .map(|(_, paper)| *paper)
}

impl Turn<'_> {
    #[expect(clippy::too_many_lines, reason = "a table: an entry for each move")]
    fn make(&mut self, act: &Move) -> Result<(), Refused> {
        match act {
            Move::Classify {
                main,
                others,
                urgency: _,
                reason,
            } => self.classify(*main, others, reason.is_some()),
            Move::AskForInformation {
                missing,
                question: _,
            } => self.ask(missing),
            Move::Answer {} => self.answer(),
            Move::Archive { cause, reason: _ } => self.archive(*cause),
            Move::Redirect {
                cause: _,
                instances,
                reason: _,
                agreement,
            } => self.redirect(instances, agreement.as_ref()),
            Move::Register { folio, captured_on } => self.register(folio, *captured_on),
            Move::Propose { .. } => {
                self.propose();
                Ok(())
            }
            Move::CallSession { kind, held_on } => self.call_session(*kind, *held_on),
            Move::NotAdmit {
                cause,
                reason: _,
                agreement,
            } => self.not_admit(*cause, agreement),
            Move::Admit { agreement } => self.admit(agreement),
            Move::AppointCommission { members } => self.appoint(members),
            Move::Inquire { requested: _ } => {
                self.inquire();
                Ok(())
            }
            Move::ConcludeEarly {
                cause,
                reason: _,
                agreement,
            } => self.conclude_early(*cause, agreement),
            Move::NotifyDenounced { notified_on } => self.notify_denounced(*notified_on),
            Move::ReceiveAnswer { received_on } => self.receive_answer(*received_on),
            Move::GoOnWithoutAnswer {} => self.go_on_without_answer(),
            Move::Summon { party, held_on } => self.summon(*party, *held_on),
            Move::OpenMediation {
                interviews_closed_on,
                held_on,
                personal_sphere: _,
                no_revictimisation: _,
            } => self.open_mediation(*interviews_closed_on, *held_on),
            Move::SettleMediation {
                signed_on,
                oic_present,
                commitments: _,
                verify_on,
            } => self.settle(*signed_on, *oic_present, *verify_on),
            Move::EndMediation { ended_on } => self.end_mediation(*ended_on),
            Move::Reopen {
                breach: _,
                agreement,
            } => self.reopen(agreement),
            Move::StartDraft {
                interviews_closed_on,
            } => self.start_draft(*interviews_closed_on),
            Move::SubmitDraft { sense } => self.submit_draft(*sense),
            Move::Determine {
                sense,
                grounds: _,
                recommendations,
                agreement,
            } => self.determine(*sense, recommendations, agreement),
            Move::NotifyDetermination { notified_on } => self.notify_determination(*notified_on),
            Move::StartFollowUp { notified_on } => self.start_follow_up(*notified_on),
            Move::AdoptRecommendation {
                recommendation,
                informed_on,
            } => self.adopt(*recommendation, *informed_on),
            Move::DeclineRecommendation {
                recommendation,
                informed_on,
            } => self.decline(*recommendation, *informed_on),
            Move::JustifyRefusal {
                recommendation,
                received_on,
            } => self.justify(*recommendation, *received_on),
            Move::ReportProgress {
                recommendation,
                progress: _,
            } => self.report_progress(*recommendation),
            Move::FulfilRecommendation {
                recommendation,
                received_on,
            } => self.fulfil(*recommendation, *received_on),
            Move::FlagUnfulfilled {
                recommendation,
                reason: _,
            } => self.flag_unfulfilled(*recommendation),
            Move::Conclude {} => {
                self.conclude();
                Ok(())
            }
            Move::NotifyDecision {
                decision,
                notified_on,
            } => self.notify_decision(*decision, *notified_on),
            Move::Extend {
                days,
                letter: _,
                reason: _,
            } => self.extend(*days),
            Move::ProposeMeasure {
                kind,
                cause: _,
                protects: _,
            } => self.propose_measure(*kind),
            Move::OrderMeasure {
                measure,
                consented_on,
                unit_agreed_on,
                notified: _,
            } => self.order_measure(*measure, *consented_on, *unit_agreed_on),
            Move::DropMeasure { measure, reason: _ } => self.drop_measure(*measure),
            Move::LiftMeasure { measure, reason: _ } => self.lift_measure(*measure),
            Move::WaiveMeasures { consulted_on } => self.waive_measures(*consulted_on),
            Move::Refer {
                letter: _,
                given_on,
                conducts: _,
                opinion,
                will,
            } => self.refer(*given_on, opinion, *will),
            Move::RecordReferralOutcome {
                referral,
                on,
                outcome: _,
            } => self.record_outcome(*referral, *on),
            Move::Join {
                into,
                cause: _,
                reason: _,
            } => {
                self.join(*into);
                Ok(())
            }
            Move::SetMark { mark, reason: _ } => self.set_mark(*mark),
            Move::ClearMark { mark, reason: _ } => self.clear_mark(*mark),
            Move::Recount { changes, reason: _ } => self.recount(changes),
        }
    }
}
