//! What a move does: the new course, the clocks that it starts and stops, and what the complainant is
//! told.

mod closing;
mod inquiry;
mod mediation;
mod recommendations;
mod review;
mod side;

use jiff::civil::Date;

use super::clock::{About, Clock, Ending, Stop};
use super::codes::{PaperKind, SessionKind};
use super::course::{Course, Decision, is_final};
use super::moves::{Move, MoveKind, Step, limits};
use super::notice::ProcedureNotice;
use super::refused::{Field, Refused};
use super::session::Agreement;
use super::{By, Next, Rules};
use crate::case::CaseState;
use crate::catalogue::TermKey;

impl Course {
    /// Makes a move: checks who, when and what, and gives the course that follows. `self` stays as it was.
    ///
    /// A case that came in after hours counts as received on the next working day; what is done before
    /// that day counts as done on it.
    ///
    /// # Errors
    /// Why the move is not made.
    pub fn apply(
        &self,
        step: &Step,
        by: By,
        today: Date,
        rules: &Rules<'_>,
    ) -> Result<Next, Refused> {
        let kind = step.act.kind();
        self.admits(kind, by)?;
        let today = today.max(self.received_on);
        if today < self.last_entry {
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
            rules,
            started: Vec::new(),
            stopped: Vec::new(),
            notice: None,
        };
        turn.course.last_entry = today;
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

/// Refuses a list that is too long.
fn at_most(count: usize, most: usize) -> Result<(), Refused> {
    (count <= most)
        .then_some(())
        .ok_or(Refused::TooMany { most })
}

/// A move in the making.
struct Turn<'a> {
    course: Course,
    kind: MoveKind,
    by: By,
    today: Date,
    rules: &'a Rules<'a>,
    started: Vec<Clock>,
    stopped: Vec<(TermKey, Stop)>,
    notice: Option<ProcedureNotice>,
}

impl Turn<'_> {
    #[expect(clippy::too_many_lines, reason = "a table: an entry for each move")]
    fn make(&mut self, act: &Move) -> Result<(), Refused> {
        match act {
            Move::Classify { main, others } => self.classify(*main, others),
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
                commitments,
                verify_on,
            } => self.settle(*signed_on, *oic_present, commitments, *verify_on),
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
                cause,
                protects,
            } => self.propose_measure(*kind, cause, protects),
            Move::OrderMeasure {
                measure,
                consented_on,
                unit_agreed_on,
                notified: _,
            } => self.order_measure(*measure, *consented_on, *unit_agreed_on),
            Move::DropMeasure { measure, reason } => self.drop_measure(*measure, reason),
            Move::LiftMeasure { measure, reason } => self.lift_measure(*measure, reason),
            Move::WaiveMeasures { consulted_on } => self.waive_measures(*consulted_on),
            Move::Refer {
                letter,
                given_on,
                conducts: _,
                opinion,
                will,
            } => self.refer(letter, *given_on, opinion, *will),
            Move::RecordReferralOutcome {
                referral,
                on,
                outcome,
            } => self.record_outcome(*referral, *on, outcome),
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

    /// Starts a clock with what happened on `on`, unless it runs already: it is never begun anew to win
    /// time.
    fn start(&mut self, key: TermKey, about: About, on: Date) -> Result<(), Refused> {
        if self.course.clock(key, about).is_none() {
            let clock = Clock::start(key, about, on, self.rules.calendar)?;
            self.started.push(clock.clone());
            self.course.clocks.push(clock);
        }
        Ok(())
    }

    /// What has to be done in a term was done on `on`.
    fn keep(&mut self, key: TermKey, about: About, on: Date) {
        self.stop_where(on, None, |clock| {
            clock.key() == key && clock.about() == about
        });
    }

    /// Nothing is left to be done in a term.
    fn drop_clock(&mut self, key: TermKey, about: About) {
        let how = Some(Ending::Dropped);
        self.stop_where(self.today, how, |clock| {
            clock.key() == key && clock.about() == about
        });
    }

    /// Stops the running clocks of which `which` says so; without `how`, by whether `on` is in time.
    fn stop_where(&mut self, on: Date, how: Option<Ending>, which: impl Fn(&Clock) -> bool) {
        for clock in &mut self.course.clocks {
            if clock.is_running() && which(clock) {
                let in_time = if clock.is_over_on(on) {
                    Ending::Late
                } else {
                    Ending::Kept
                };
                let stop = clock.stop(on, how.unwrap_or(in_time));
                self.stopped.push((clock.key(), stop));
            }
        }
    }

    /// The case enters a state; nothing out of it may be of an earlier day than `on`. At an end, what
    /// nobody is owed any more stands still.
    fn enter(&mut self, state: CaseState, on: Date) {
        self.course.state = state;
        self.course.since = on;
        if is_final(state) {
            self.keep(TermKey::ConclusionTotal, About::Case, on);
            self.stop_where(self.today, Some(Ending::Dropped), |clock| {
                !outlives_the_case(clock.key())
            });
        }
    }

    /// Takes note of a decision, of which those concerned have to be told.
    fn decide(&mut self, on: Date, agreement: Option<Agreement>) -> Result<(), Refused> {
        at_most(self.course.decisions.len() + 1, limits::PER_CASE)?;
        let decision = Decision {
            kind: self.kind,
            on,
            agreement,
            notified_on: None,
        };
        self.course.decisions.push(decision);
        let about = About::Decision(number(self.course.decisions.len()));
        self.start(TermKey::NotificarAcuerdo, about, on)
    }

    /// Checks what a session decided; gives its day.
    fn agreed(&mut self, agreement: &Agreement) -> Result<Date, Refused> {
        let on = self.within(Field::HeldOn, agreement.held_on, self.course.since)?;
        // The installation only installs (CHIS 21).
        if agreement.kind == SessionKind::Installation {
            return Err(self.wrong_code(agreement.kind.code()));
        }
        if !agreement.votes.carry() {
            return Err(Refused::NotCarried);
        }
        self.course.session_on = None;
        Ok(on)
    }

    /// Checks that a day lies between `from` and today.
    fn within(&self, field: Field, on: Date, from: Date) -> Result<Date, Refused> {
        let to = self.today;
        between(field, on, from, to)
    }

    fn wrong_code(&self, code: &'static str) -> Refused {
        Refused::WrongCode {
            kind: self.kind,
            code,
        }
    }
}

/// Checks that a day lies between two others.
fn between(field: Field, on: Date, from: Date, to: Date) -> Result<Date, Refused> {
    if (from..=to).contains(&on) {
        Ok(on)
    } else {
        Err(Refused::DayOutside { field, from, to })
    }
}

/// The number of the entry that is the `count`th; lists are bounded far below what it can hold.
fn number(count: usize) -> u16 {
    u16::try_from(count).expect("`limits` keeps every list short")
}

/// What is owed to people even when the case is at its end.
const fn outlives_the_case(key: TermKey) -> bool {
    matches!(
        key,
        TermKey::NotificarAcuerdo | TermKey::VistaFaltaGrave | TermKey::MedidasProteccionHsas
    )
}
